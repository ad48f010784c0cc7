//! The life of a set: begun, copied to the next year, published, thrown away.

use super::{HERE, crumbs, parts_of, place};
use crate::actions::sets;
use crate::actions::sets::{KINDS, set};
use axum::extract::Path;
use base::{Refusal, day};
use maud::html;
use people::Failure;
use rulebook::{Edition, EditionId};
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tone};
use web::{Answer, Fault, Posted, Visit, form, once, show, show_again, to};

pub async fn begin_page(visit: Visit) -> Answer {
    show(begin_form(&visit, &Posted::default(), &[]))
}

fn begin_form(visit: &Visit, form: &Posted, refusals: &[Refusal]) -> Page {
    let kinds: Vec<Choice> = KINDS.iter().map(|kind| Choice::new(kind, people::kind_name(kind))).collect();
    let ticked: Vec<&str> = form.all("kind").collect();
    let mut page = Page::new(
        "Soạn bộ tiêu chí mới",
        html! {
            p.narrow { "Bộ có nhiều tiêu chí thì soạn trong Excel nhanh hơn: " a href={ (HERE) "/mau" } download { "tải tệp mẫu" } ", điền rồi " a href={ (HERE) "/nap" } { "nạp lên" } "." }
            form.form method="post" action={ (HERE) "/moi" } data-guard {
                (form::keyed(visit))
                (fields::text(Field::new("name", "Tên bộ tiêu chí").value(form.get("name")).refused(refusals)))
                (fields::text(Field::new("code", "Mã").hint("Chữ thường không dấu, số và gạch nối, ví dụ so-2027").value(form.get("code")).as_code().width(20).refused(refusals)))
                (fields::checkboxes(Field::new("kind", "Loại đơn vị áp dụng").refused(refusals), &kinds, &ticked))
                (fields::date(Field::new("from", "Hiệu lực từ ngày").value(form.get("from")).refused(refusals)))
                (Button::new("Tạo bản nháp").key("alt+s"))
            }
        },
    );
    page.crumbs = crumbs();
    page
}

pub async fn begin(visit: Visit, form: Posted) -> Answer {
    let kinds: Vec<String> = form.all("kind").map(str::to_owned).collect();
    let deed = async {
        let from = day::read_vi(form.get("from"), visit.scope.today()).map_err(|no| Failure::from(no.at("from")))?;
        let id = sets::begin_set(&visit.site, &visit.scope, form.get("code"), form.get("name"), &kinds, from).await?;
        Ok(format!("{HERE}/{id}"))
    };
    match once(&visit, &form, Some("Đã tạo bản nháp. Thêm lĩnh vực và tiêu chí."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => show_again(begin_form(&visit, &form, &refusals), refusals),
        other => other,
    }
}

async fn load(visit: &Visit, id: EditionId) -> Result<Edition, Fault> {
    Ok(set(&mut visit.site.db.read().await?, &visit.scope, id).await?)
}

pub async fn copy_page(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let edition = load(&visit, id).await?;
    let code = sets::next_code(&edition.code, edition.valid_from.year());
    show(copy_form(&visit, &edition, &code, &[]))
}

fn copy_form(visit: &Visit, edition: &Edition, code: &str, refusals: &[Refusal]) -> Page {
    let mut page = Page::new(
        "Chép sang năm sau",
        html! {
            p.narrow { "Bản nháp mới giữ mọi tiêu chí của “" (edition.name) "”. Ngày hiệu lực lùi lại một năm, căn cứ ban hành để trống. Sau khi sửa, xem lại khác biệt trước khi ban hành." }
            form.form method="post" action={ (place(edition)) "/sao-chep" } {
                (form::keyed(visit))
                (fields::text(Field::new("code", "Mã của bản mới").value(code).as_code().width(20).refused(refusals)))
                (Button::new("Tạo bản nháp"))
            }
        },
    );
    page.crumbs = crumbs();
    page
}

pub async fn copy(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let deed = async {
        let new = sets::copy_set(&visit.site, &visit.scope, id, form.get("code").trim()).await?;
        Ok(format!("{HERE}/{new}"))
    };
    match once(&visit, &form, Some("Đã chép. Đây là bản nháp, bạn sửa được."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => {
            show_again(copy_form(&visit, &load(&visit, id).await?, form.get("code"), &refusals), refusals)
        }
        other => other,
    }
}

pub async fn publish_page(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let edition = load(&visit, id).await?;
    let page = publish_form(&visit, &edition, &edition.source, &[]).await?;
    show(page)
}

async fn publish_form(visit: &Visit, edition: &Edition, source: &str, refusals: &[Refusal]) -> Result<Page, Fault> {
    let before = sets::before(&mut visit.site.db.read().await?, edition).await?;
    let ends = rulebook::to_end(&mut visit.site.db.read().await?, edition).await.map_err(Failure::from)?;
    let reading = score::read(&edition.body);
    let warnings: Vec<String> = reading.warnings().map(|problem| problem.say.clone()).collect();
    let mut page = Page::new(
        format!("Ban hành: {}", edition.name),
        html! {
            (parts::notice(Tone::Soon, html! { "Bản đã ban hành không sửa, không xoá được nữa. Muốn thay đổi phải làm bản mới." }))
            @if let Some(old) = &ends {
                (parts::notice(Tone::Info, html! { "Bản số " (old.number) " “" (old.name) "” không có ngày hết hiệu lực: khi ban hành bản này, nó hết hiệu lực từ ngày " (day::vi(edition.valid_from)) ". Các đợt chấm đã mở vẫn theo bản cũ." }))
            }
            @if !warnings.is_empty() { (parts::details(&format!("{} điểm cần lưu ý", warnings.len()), html! { ul { @for say in &warnings { li { (say) } } } })) }
            form.form method="post" action={ (place(edition)) "/ban-hanh" } data-guard {
                (form::keyed(visit))
                input type="hidden" name="version" value=(edition.version);
                (parts::facts([("Hiệu lực", html! { (super::days(edition)) }), ("Mã, bản số", html! { (edition.code) ", " (edition.number) })]))
                (fields::text(Field::new("source", "Quyết định ban hành").hint("Số, ngày và cơ quan, ví dụ: QĐ 1325/QĐ-UBND ngày 23/6/2023 của UBND tỉnh").value(source).refused(refusals)))
                (Button::new("Ban hành"))
            }
            @if let Some(before) = before {
                (parts::section(&format!("Khác với bản số {}", before.number), None, parts_of::changes(&sets::changes(Some(&before), &edition.body))))
            }
        },
    );
    page.crumbs = crumbs();
    Ok(page)
}

pub async fn publish(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let deed = async {
        sets::publish_set(&visit.site, &visit.scope, id, version, form.get("source")).await?;
        Ok(format!("{HERE}/{id}"))
    };
    match once(&visit, &form, Some("Đã ban hành bộ tiêu chí."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => {
            let page = publish_form(&visit, &load(&visit, id).await?, form.get("source"), &refusals).await?;
            show_again(page, refusals)
        }
        other => other,
    }
}

pub async fn discard(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    sets::discard_set(&visit.site, &visit.scope, id, form.hidden("version")?).await?;
    to(HERE, Some("Đã bỏ bản nháp."))
}
