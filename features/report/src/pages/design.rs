//! A regime by workbook: read, shown as it would be, published.

use super::{list, regimes};
use crate::actions;
use crate::design::Design;
use base::Refusal;
use maud::{Markup, html};
use people::Failure;
use web::look::Page;
use web::look::fields::{self, Field, Limits};
use web::look::parts::{self, Button};
use web::{Answer, Posted, Visit, form, show, show_again, to};

pub const HERE: &str = "/bao-cao/che-do/nap";
const MOST_MIB: u32 = 20;

pub async fn page(visit: Visit) -> Answer {
    show(first(&visit, &[]))
}

fn crumbs() -> Vec<(String, String)> {
    let mut crumbs = list::crumbs();
    crumbs.push(("Chế độ báo cáo".into(), regimes::HERE.into()));
    crumbs
}

fn first(visit: &Visit, refusals: &[Refusal]) -> Page {
    let megabytes = visit.site.settings.upload_mib.min(MOST_MIB);
    let limits = Limits { kinds: "Excel (.xlsx), OpenDocument (.ods)", accept: ".xlsx,.ods", megabytes, many: false };
    let own: Vec<Refusal> = refusals.iter().filter(|no| no.field.as_deref() == Some("tep")).cloned().collect();
    let rest: Vec<&Refusal> = refusals.iter().filter(|no| no.field.is_none()).collect();
    let mut page = Page::new(
        "Nạp chế độ báo cáo",
        html! {
            p.narrow { "Tải tệp Excel của một chế độ gần giống ở trang của chế độ ấy, sửa rồi nạp lại. Biểu mẫu đã ban hành thì chép vào một trang tính, ô nào nhập số thì ghi dấu như {{TM.XK}}." }
            @if !rest.is_empty() {
                (parts::section("Cần sửa trong tệp", None, html! { ul { @for no in &rest { li { (no.say) } } } }))
            }
            form.form method="post" action=(HERE) enctype="multipart/form-data" {
                (form::token(visit))
                (fields::file(Field::new("tep", "Tệp chế độ báo cáo").refused(&own), &limits))
                (Button::new("Kiểm tra và xem trước"))
            }
        },
    );
    page.crumbs = crumbs();
    page
}

/// A file: shown before it is published. What was shown before (`noi_dung`): published.
pub async fn send(visit: Visit, posted: Posted) -> Answer {
    if posted.has("noi_dung") {
        return publish(&visit, &posted).await;
    }
    let file = posted.files.iter().find(|file| file.field == "tep" && !file.bytes.is_empty());
    let done = match file {
        Some(file) => actions::designed(&visit.scope, file.bytes.to_vec(), file.name.clone()).await,
        None => Err(Refusal::new("file", "Chọn tệp Excel của chế độ báo cáo.").at("tep").into()),
    };
    match done {
        Ok(design) => show(before(&visit, &design, &html! {})?),
        Err(Failure::Refused(refusals)) => show_again(first(&visit, &refusals), refusals),
        Err(other) => Err(other.into()),
    }
}

fn before(visit: &Visit, design: &Design, above: &Markup) -> Result<Page, Failure> {
    let ready = actions::whole(design)?;
    let kept = serde_json::to_string(design)?;
    let mut page = Page::new(
        format!("Xem trước: {}", design.regime.name),
        html! {
            (above)
            (parts::facts(regimes::facts(&design.regime.basis, &ready)))
            p { "Có hiệu lực từ ngày " (base::day::vi(design.regime.from)) "; " (design.set.indicators.len()) " chỉ tiêu, " (ready.forms.len()) " biểu." }
            form.form method="post" action=(HERE) enctype="multipart/form-data" {
                (form::token(visit))
                input type="hidden" name="noi_dung" value=(kept);
                (Button::new("Ban hành"))
                " " (parts::link_button("Chọn tệp khác", HERE))
            }
            (regimes::asked(&ready))
        },
    );
    page.crumbs = crumbs();
    page.wide = true;
    Ok(page)
}

async fn publish(visit: &Visit, posted: &Posted) -> Answer {
    let design: Design = posted.get("noi_dung").parse::<serde_json::Value>().and_then(serde_json::from_value)?;
    match actions::publish(&visit.site, &visit.scope, &design).await {
        Ok(id) => to(format!("{}/{id}", regimes::HERE), Some("Đã ban hành chế độ báo cáo.")),
        Err(Failure::Refused(refusals)) => {
            let above = html! { ul { @for no in &refusals { li { (no.say) } } } };
            show_again(before(visit, &design, &above)?, refusals)
        }
        Err(other) => Err(other.into()),
    }
}
