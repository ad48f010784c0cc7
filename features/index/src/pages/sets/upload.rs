//! A set from a file: every error with its place and nothing taken, or the difference and "Lưu thành bản nháp".

use super::{HERE, crumbs, parts_of};
use crate::actions::importing::{SetPreview, marked, preview_set, read_set};
use crate::actions::sets;
use base::{Refusal, Refusals};
use data_encoding::BASE64;
use maud::{Markup, html};
use people::Failure;
use serde_json::Value;
use web::look::Page;
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Upload, Visit, download, form, once, show, show_again};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub async fn page(visit: Visit) -> Answer {
    show(first(&visit, html! {}, &[]))
}

fn first(visit: &Visit, above: Markup, refusals: &[Refusal]) -> Page {
    let (action, template) = (format!("{HERE}/nap"), format!("{HERE}/mau"));
    let what = form::FileIn {
        action: &action,
        label: "Tệp bộ tiêu chí",
        lead: "Tệp được kiểm tra trước. Bạn xem khác biệt với bản đang có rồi mới lưu.",
        kinds: "Excel (.xlsx, .ods) theo tệp mẫu, hoặc TOML",
        accept: ".xlsx,.ods,.toml",
        template: &template,
    };
    let mut page = Page::new("Nạp bộ tiêu chí", html! { (above) (form::file_in(visit, &what, refusals)) });
    page.crumbs = crumbs();
    page
}

/// A file: shown before it is kept. A set shown before (`noi_dung`): kept as a draft.
pub async fn upload(visit: Visit, form: Posted) -> Answer {
    if form.has("noi_dung") {
        return keep(&visit, &form).await;
    }
    let Some(file) = form.files.first() else {
        let refusals = vec![Refusal::new("set-file", "Chọn tệp bộ tiêu chí.").at("tep")];
        return show_again(first(&visit, html! {}, &refusals), refusals);
    };
    match read_set(&file.bytes, &file.name, visit.scope.today()) {
        Ok(read) => {
            let found = preview_set(&mut visit.site.db.read().await?, &visit.scope, read).await?;
            show(preview(&visit, &file.name, &found))
        }
        Err(refusals) => {
            let above = errors_table(&visit, file, &refusals);
            let summary = vec![Refusal::new(
                "set-errors",
                format!("Tệp “{}” có {} chỗ cần sửa. Chưa có gì được lưu.", file.name, refusals.len()),
            )];
            show_again(first(&visit, above, &[]), summary)
        }
    }
}

fn errors_table(visit: &Visit, file: &Upload, refusals: &Refusals) -> Markup {
    let columns = vec![Column::new("Ô"), Column::new("Cần sửa")];
    let row = |no: &Refusal| Row::new(vec![html! { (no.field.as_deref().unwrap_or("–")) }, html! { (no.say) }]);
    let placed = refusals.iter().any(|no| no.field.is_some());
    let small = file.bytes.len() <= MOST_GIVEN_BACK;
    parts::section(
        &format!("Lỗi trong tệp {}", file.name),
        None,
        html! {
            (Table { caption: "Lỗi trong tệp", columns, rows: refusals.iter().map(row).collect(), names: 0, ..Table::default() })
            @if placed && small {
                form method="post" action={ (HERE) "/nap/loi" } enctype="multipart/form-data" {
                    (form::token(visit))
                    input type="hidden" name="ten" value=(file.name);
                    input type="hidden" name="goc" value=(BASE64.encode(&file.bytes));
                    (Button::new("Tải tệp có đánh dấu ô lỗi").second().file())
                }
            }
        },
    )
}

/// A larger file is not sent back through the page.
const MOST_GIVEN_BACK: usize = 3 << 20;

/// The file given back, with its bad cells marked.
pub async fn errors(visit: Visit, form: Posted) -> Answer {
    let name = form.get("ten").to_owned();
    let gone = || Failure::refused("form", "Tệp gốc không còn trong trang. Hãy nạp lại tệp.");
    let bytes = BASE64.decode(form.get("goc").as_bytes()).map_err(|_| gone())?;
    let refusals = read_set(&bytes, &name, visit.scope.today()).err().unwrap_or_default();
    let bytes = marked(&bytes, &name, &refusals).ok_or_else(gone)?;
    download(web::Sheet { bytes, kind: XLSX, name: format!("loi-{name}") })
}

fn preview(visit: &Visit, name: &str, found: &SetPreview) -> Page {
    let set = &found.read.value;
    let text = |key: &str| set.get(key).and_then(Value::as_str).unwrap_or_default();
    let criteria = set.get("criteria").and_then(Value::as_array).map_or(0, Vec::len);
    let same = found.against.is_some() && found.changes.is_empty();
    let mut page = Page::new(
        format!("Xem trước: {}", text("name")),
        html! {
            (parts::facts([
                ("Tệp", html! { (name) }),
                ("Mã", html! { code { (text("code")) } }),
                ("Số tiêu chí", html! { (criteria) }),
                ("So với", html! { @match &found.against { Some(head) => { (head.name) ", bản số " (head.number) " (" (head.status.name()) ")" }, None => "chưa có bộ nào mang mã này" } }),
            ]))
            @if found.older {
                (parts::notice(Tone::Soon, html! { "Tệp được xuất từ một bản cũ hơn bản mới nhất. Khác biệt dưới đây là so với bản mới nhất." }))
            }
            @if !found.read.warnings.is_empty() {
                (parts::details(&format!("{} điểm cần lưu ý", found.read.warnings.len()), html! { ul { @for say in &found.read.warnings { li { (say) } } } }))
            }
            @if found.against.is_some() { (parts::section(&format!("{} khác biệt", found.changes.len()), None, parts_of::changes(&found.changes))) }
            form.form method="post" action={ (HERE) "/nap" } enctype="multipart/form-data" {
                (form::keyed(visit))
                input type="hidden" name="noi_dung" value=(set.to_string());
                (Button::new("Lưu thành bản nháp").disabled(same)) " " a href={ (HERE) "/nap" } { "Chọn tệp khác" }
            }
        },
    );
    page.crumbs = crumbs();
    page
}

async fn keep(visit: &Visit, form: &Posted) -> Answer {
    let set: Value = serde_json::from_str(form.get("noi_dung"))
        .map_err(|_| Failure::refused("form", "Nội dung xem trước bị hỏng. Hãy nạp lại tệp."))?;
    let deed = async {
        let id = sets::import_set(&visit.site, &visit.scope, &set, sets::is_sample(&set)).await?;
        Ok(format!("{HERE}/{id}"))
    };
    match once(visit, form, Some("Đã lưu thành bản nháp. Kiểm tra rồi ban hành."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => {
            let refusals: Refusals = refusals.into_iter().map(|no| Refusal { field: None, ..no }).collect();
            show_again(first(visit, html! {}, &[]), refusals)
        }
        other => other,
    }
}
