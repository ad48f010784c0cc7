//! A process from a file, TOML or a workbook: its faults and what it changes are shown; then it may be kept as a draft.

use super::{PROCESSES, XLSX, parts_of, process};
use crate::model::{NotNow, WORKFLOW};
use crate::{actions, diagram, files, rules};
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use web::look::Page;
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Visit, download, form, once, show, show_again};
use workflow::File;

pub async fn template(_: Visit) -> Answer {
    let bytes = files::process_book::write(None, &actions::roles())?;
    download(web::Sheet { bytes, kind: XLSX, name: "mau-quy-trinh.xlsx".into() })
}

pub async fn page(visit: Visit) -> Answer {
    show(first(&visit, html! {}, &[]))
}

fn first(visit: &Visit, above: Markup, refusals: &[Refusal]) -> Page {
    let (action, template) = (format!("{PROCESSES}/nap"), format!("{PROCESSES}/mau.xlsx"));
    let what = form::FileIn {
        action: &action,
        label: "Tệp quy trình",
        lead: "Tệp được kiểm tra trước: mọi lỗi, mỗi lỗi ở bước của nó. Bạn xem rồi mới lưu.",
        kinds: "Excel (.xlsx, .ods) theo tệp mẫu, hoặc TOML",
        accept: ".xlsx,.ods,.toml",
        template: &template,
    };
    let mut page = Page::new("Nạp quy trình nội bộ", html! { (above) (form::file_in(visit, &what, refusals)) });
    page.crumbs = process::crumbs();
    page
}

/// A file: shown before it is kept. What was shown before (`noi_dung`): kept as a draft.
pub async fn upload(visit: Visit, form: Posted) -> Answer {
    if form.has("noi_dung") {
        return keep(&visit, &form).await;
    }
    let Some(file) = form.files.first() else {
        let refusals: Refusals = vec![NotNow::FileMissing.into()];
        return show_again(first(&visit, html! {}, &refusals), refusals);
    };
    match read(&file.bytes, &file.name) {
        Ok(read) => show(preview(&visit, &file.name, &read).await?),
        Err(refusals) => {
            let say = format!("Tệp “{}” có {} chỗ cần sửa. Chưa có gì được lưu.", file.name, refusals.len());
            let summary = vec![Refusal::new("process-errors", say)];
            show_again(first(&visit, wrong(&refusals), &[]), summary)
        }
    }
}

fn read(bytes: &[u8], name: &str) -> Result<File, Refusals> {
    if !name.to_lowercase().ends_with(".toml") {
        return files::process_book::read(bytes, name);
    }
    let text = String::from_utf8_lossy(bytes);
    toml::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| vec![NotNow::Unreadable { why: error.to_string() }.into()])
}

pub(super) fn wrong(refusals: &Refusals) -> Markup {
    let columns = vec![Column::new("Ô"), Column::new("Cần sửa")];
    let row = |no: &Refusal| Row::new(vec![html! { (no.field.as_deref().unwrap_or("–")) }, html! { (no.say) }]);
    let rows = refusals.iter().map(row).collect();
    html! { (Table { caption: "Lỗi trong tệp", columns, rows, names: 0, ..Table::default() }) }
}

async fn preview(visit: &Visit, name: &str, file: &File) -> Result<Page, Fault> {
    let former = rulebook::latest(&mut visit.site.db.read().await?, WORKFLOW, &file.code).await?;
    let body = serde_json::to_value(file)?;
    let changes = former.as_ref().map(|former| rules::difference(&former.body, &body));
    let process = workflow::read(file).process;
    let roles = actions::roles();
    let same = changes.as_ref().is_some_and(Vec::is_empty);
    let mut page = Page::new(
        format!("Xem trước: {}", file.name),
        html! {
            (process::faults(&actions::process_faults(file)))
            (parts::facts([
                ("Tệp", html! { (name) }),
                ("Mã", html! { code { (file.code) } }),
                ("Số bước", html! { (file.steps.len()) }),
                ("Thời hạn", html! { (file.legal) }),
                ("So với", html! { @match &former { Some(head) => { "bản số " (head.number) " (" (head.status.name()) ")" }, None => "chưa có quy trình nào mang mã này" } }),
            ]))
            @if let Some(changes) = &changes { (parts::section(&format!("{} khác biệt", changes.len()), None, parts_of::changes(changes))) }
            (parts::section("Các bước", None, parts_of::steps(&process, &roles)))
            (parts::details("Sơ đồ", diagram::svg(&process, &roles, "so-do")))
            form.form method="post" action={ (PROCESSES) "/nap" } enctype="multipart/form-data" {
                (form::keyed(visit))
                input type="hidden" name="noi_dung" value=(body.to_string());
                (Button::new("Lưu thành bản nháp").disabled(same)) " " a href={ (PROCESSES) "/nap" } { "Chọn tệp khác" }
            }
        },
    );
    page.crumbs = process::crumbs();
    Ok(page)
}

async fn keep(visit: &Visit, form: &Posted) -> Answer {
    let file: File = serde_json::from_str(form.get("noi_dung")).map_err(|_| Failure::from(NotNow::PreviewBroken))?;
    let deed = async {
        let id = actions::keep_process(&visit.site, &visit.scope, &file, visit.scope.today()).await?;
        Ok(format!("{PROCESSES}/{id}"))
    };
    match once(visit, form, Some("Đã lưu thành bản nháp. Kiểm tra rồi ban hành."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => {
            let refusals: Refusals = refusals.into_iter().map(|no| Refusal { field: None, ..no }).collect();
            show_again(first(visit, html! {}, &[]), refusals)
        }
        other => other,
    }
}
