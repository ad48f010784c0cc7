//! Procedures from a workbook: every bad cell and nothing taken, or the differences and "Lưu thành bản nháp".

use super::process_upload::wrong;
use super::{HERE, XLSX, crumbs, parts_of};
use crate::actions::{self, Seen};
use crate::files::workbook;
use crate::model::NotNow;
use base::{Refusal, Refusals};
use data_encoding::BASE64;
use maud::{Markup, html};
use people::Failure;
use procedure::Procedure;
use web::look::Page;
use web::look::parts::{self, Button, Tone};
use web::{Answer, Fault, Posted, Upload, Visit, download, form, once, show, show_again};

/// A larger file is not sent back through the page.
const MOST_GIVEN_BACK: usize = 3 << 20;
/// Procedures whose differences are shown open; of more, each is folded.
const SHOWN_OPEN: usize = 3;

pub async fn page(visit: Visit) -> Answer {
    show(first(&visit, html! {}, &[]))
}

fn first(visit: &Visit, above: Markup, refusals: &[Refusal]) -> Page {
    let (action, template) = (format!("{HERE}/nap"), format!("{HERE}/mau.xlsx"));
    let what = form::FileIn {
        action: &action,
        label: "Tệp danh mục",
        lead: "Tệp được kiểm tra trước. Bạn xem khác biệt của từng thủ tục rồi mới lưu; thứ được lưu là bản nháp.",
        kinds: "Excel (.xlsx, .ods) theo tệp mẫu",
        accept: ".xlsx,.ods",
        template: &template,
    };
    let mut page = Page::new("Nạp danh mục thủ tục", html! { (above) (form::file_in(visit, &what, refusals)) });
    page.crumbs = crumbs();
    page
}

/// A file: shown before it is kept. What was shown before (`noi_dung`): kept as drafts.
pub async fn upload(visit: Visit, form: Posted) -> Answer {
    if form.has("noi_dung") {
        return keep(&visit, &form).await;
    }
    let Some(file) = form.files.first() else {
        let refusals: Refusals = vec![NotNow::FileMissing.into()];
        return show_again(first(&visit, html! {}, &refusals), refusals);
    };
    match workbook::read(&file.bytes, &file.name, visit.scope.today()) {
        Ok(all) => {
            let found = actions::preview(&mut visit.site.db.read().await?, &visit.scope, all).await?;
            show(preview(&visit, &file.name, &found.seen)?)
        }
        Err(refusals) => {
            let say = format!("Tệp “{}” có {} chỗ cần sửa. Chưa có gì được lưu.", file.name, refusals.len());
            let summary = vec![Refusal::new("procedure-errors", say)];
            show_again(first(&visit, errors_of(&visit, file, &refusals), &[]), summary)
        }
    }
}

fn errors_of(visit: &Visit, file: &Upload, refusals: &Refusals) -> Markup {
    let placed = refusals.iter().any(|no| no.field.is_some());
    parts::section(
        &format!("Lỗi trong tệp {}", file.name),
        None,
        html! {
            (wrong(refusals))
            @if placed && file.bytes.len() <= MOST_GIVEN_BACK {
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

/// The file given back, with its bad cells marked.
pub async fn errors(visit: Visit, form: Posted) -> Answer {
    let name = form.get("ten").to_owned();
    let gone = || Failure::from(NotNow::PreviewBroken);
    let bytes = BASE64.decode(form.get("goc").as_bytes()).map_err(|_| gone())?;
    let refusals = workbook::read(&bytes, &name, visit.scope.today()).err().unwrap_or_default();
    let bytes = workbook::marked(&bytes, &name, &refusals).ok_or_else(gone)?;
    download(web::Sheet { bytes, kind: XLSX, name: format!("loi-{name}") })
}

fn preview(visit: &Visit, name: &str, seen: &[Seen]) -> Result<Page, Fault> {
    let (new, same) =
        (seen.iter().filter(|one| one.against.is_none()).count(), seen.iter().filter(|one| one.is_same()).count());
    let changed = seen.len() - new - same;
    let taken: Vec<&Procedure> = seen.iter().filter(|one| !one.is_same()).map(|one| &one.one).collect();
    let content = serde_json::to_string(&taken)?;
    let mut page = Page::new(
        "Xem trước danh mục",
        html! {
            (parts::facts([
                ("Tệp", html! { (name) }),
                ("Thủ tục mới", html! { (new) }),
                ("Thủ tục thay đổi", html! { (changed) }),
                ("Không đổi", html! { (same) }),
            ]))
            @for one in seen.iter().filter(|one| !one.is_same()) { (one_seen(one, taken.len() <= SHOWN_OPEN)) }
            form.form method="post" action={ (HERE) "/nap" } enctype="multipart/form-data" {
                (form::keyed(visit))
                input type="hidden" name="noi_dung" value=(content);
                (Button::new("Lưu thành bản nháp").disabled(taken.is_empty())) " " a href={ (HERE) "/nap" } { "Chọn tệp khác" }
            }
        },
    );
    page.crumbs = crumbs();
    Ok(page)
}

fn one_seen(seen: &Seen, open: bool) -> Markup {
    let say = match &seen.against {
        None => "mới".to_owned(),
        Some(head) => {
            format!(
                "{} khác biệt với bản số {} ({})",
                seen.changes.len(),
                head.number,
                head.status.name().to_lowercase()
            )
        }
    };
    parts::details_open(
        &format!("{} {}: {say}", seen.one.code, seen.one.name),
        open || !seen.faults.is_empty(),
        html! {
            @if !seen.faults.is_empty() {
                (parts::notice(Tone::Soon, html! { "Lưu được, nhưng phải sửa trước khi công bố:" }))
                ul { @for fault in &seen.faults { li { (fault) } } }
            }
            @if seen.against.is_some() { (parts_of::changes(&seen.changes)) }
        },
    )
}

async fn keep(visit: &Visit, form: &Posted) -> Answer {
    let all: Vec<Procedure> =
        serde_json::from_str(form.get("noi_dung")).map_err(|_| Failure::from(NotNow::PreviewBroken))?;
    let deed = async {
        actions::keep(&visit.site, &visit.scope, all).await?;
        Ok(format!("{HERE}?trang_thai=nhap"))
    };
    match once(visit, form, Some("Đã lưu thành bản nháp. Xem lại rồi công bố từng thủ tục."), deed).await
    {
        Err(Fault(Failure::Refused(refusals))) => {
            let refusals: Refusals = refusals.into_iter().map(|no| Refusal { field: None, ..no }).collect();
            show_again(first(visit, html! {}, &[]), refusals)
        }
        other => other,
    }
}
