//! An electronic form from a workbook (XLSForm): every bad cell, or its questions and what it changes; then it may be kept
//! as a draft.

use super::process_upload::wrong;
use super::{FORMS, XLSX, forms, parts_of};
use crate::model::NotNow;
use crate::{actions, rules};
use ::form::File;
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use web::look::Page;
use web::look::parts::{self, Button};
use web::{Answer, Fault, Posted, Visit, download, form, once, show, show_again};

pub async fn template(_: Visit) -> Answer {
    let file = actions::form_template()?;
    let bytes = sheet::xlsform::write(&file).map_err(Failure::from)?;
    download(web::Sheet { bytes, kind: XLSX, name: "mau-don-dien-tu.xlsx".into() })
}

pub async fn page(visit: Visit) -> Answer {
    show(first(&visit, html! {}, &[]))
}

fn first(visit: &Visit, above: Markup, refusals: &[Refusal]) -> Page {
    let (action, template) = (format!("{FORMS}/nap"), format!("{FORMS}/mau.xlsx"));
    let what = form::FileIn {
        action: &action,
        label: "Tệp mẫu đơn",
        lead: "Tệp được kiểm tra trước: mọi lỗi, mỗi lỗi ở trang, dòng, cột của nó. Bạn xem rồi mới lưu.",
        kinds: "Excel (.xlsx, .ods) theo XLSForm, hoặc TOML",
        accept: ".xlsx,.ods,.toml",
        template: &template,
    };
    let mut page = Page::new("Nạp mẫu đơn điện tử", html! { (above) (form::file_in(visit, &what, refusals)) });
    page.crumbs = forms::crumbs();
    page
}

/// A file: shown before it is kept. What was shown before (`noi_dung`): kept as a draft.
pub async fn upload(visit: Visit, posted: Posted) -> Answer {
    if posted.has("noi_dung") {
        return keep(&visit, &posted).await;
    }
    let Some(file) = posted.files.first() else {
        let refusals: Refusals = vec![NotNow::FileMissing.into()];
        return show_again(first(&visit, html! {}, &refusals), refusals);
    };
    match read(&file.bytes, &file.name) {
        Ok(read) => show(preview(&visit, &file.name, &read).await?),
        Err(refusals) => {
            let say = format!("Tệp “{}” có {} chỗ cần sửa. Chưa có gì được lưu.", file.name, refusals.len());
            let summary = vec![Refusal::new("form-errors", say)];
            show_again(first(&visit, wrong(&refusals), &[]), summary)
        }
    }
}

/// A form without any fault: cells that cannot be read, sheets that nothing obeys, and what the form says wrong.
fn read(bytes: &[u8], name: &str) -> Result<File, Refusals> {
    let file = if name.to_lowercase().ends_with(".toml") {
        let text = String::from_utf8_lossy(bytes);
        toml::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| vec![NotNow::Unreadable { why: error.to_string() }.into()])?
    } else {
        let book = sheet::read(bytes, name).map_err(|no| vec![no])?;
        let source = sheet::xlsform::read(&book)?;
        let odd: Refusals = source.left_out.into_iter().map(|say| NotNow::FormFaulty { say }.into()).collect();
        if !odd.is_empty() {
            return Err(odd);
        }
        source.file
    };
    let placed = |one: &::form::Problem| {
        let column = if one.column.is_empty() { String::new() } else { format!(", cột {}", one.column) };
        let place = format!("{}, dòng {}{column}", one.sheet.word(), one.row);
        Refusal::from(NotNow::FormFaulty { say: one.say.clone() }).at(place)
    };
    let problems: Refusals = ::form::read(&file).problems.iter().map(placed).collect();
    if problems.is_empty() { Ok(file) } else { Err(problems) }
}

async fn preview(visit: &Visit, name: &str, file: &File) -> Result<Page, Fault> {
    let form = ::form::read(file).form.ok_or(Failure::from(NotNow::PreviewBroken))?;
    let former = actions::former_form(&mut visit.site.db.read().await?, &form.id).await?;
    let body = serde_json::to_value(file)?;
    let changes = former.as_ref().map(|former| rules::difference(&former.body, &body));
    let same = changes.as_ref().is_some_and(Vec::is_empty);
    let mut page = Page::new(
        format!("Xem trước: {}", form.title),
        html! {
            (parts::facts([
                ("Tệp", html! { (name) }),
                ("Mã", html! { code { (form.id) } }),
                ("Số câu hỏi", html! { (form.questions.iter().filter(|one| !one.kind.is_section()).count()) }),
                ("So với", html! { @match &former { Some(head) => { "bản số " (head.number) " (" (head.status.name()) ")" }, None => "chưa có mẫu đơn nào mang mã này" } }),
            ]))
            @if let Some(changes) = &changes { (parts::section(&format!("{} khác biệt", changes.len()), None, parts_of::changes(changes))) }
            (parts::section("Câu hỏi", None, forms::survey(&file.survey)))
            form.form method="post" action={ (FORMS) "/nap" } enctype="multipart/form-data" {
                (form::keyed(visit))
                input type="hidden" name="noi_dung" value=(body.to_string());
                (Button::new("Lưu thành bản nháp").disabled(same)) " " a href={ (FORMS) "/nap" } { "Chọn tệp khác" }
            }
        },
    );
    page.crumbs = forms::crumbs();
    Ok(page)
}

async fn keep(visit: &Visit, posted: &Posted) -> Answer {
    let file: File = serde_json::from_str(posted.get("noi_dung")).map_err(|_| Failure::from(NotNow::PreviewBroken))?;
    let deed = async {
        let id = actions::keep_form(&visit.site, &visit.scope, &file, visit.scope.today()).await?;
        Ok(format!("{FORMS}/{id}"))
    };
    match once(visit, posted, Some("Đã lưu thành bản nháp. Kiểm tra rồi ban hành."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => show_again(first(visit, html! {}, &[]), refusals),
        other => other,
    }
}
