//! The life of an edition: begun from the one in force, published, abolished, thrown away.

use super::parts_of::days;
use super::{HERE, crumbs_to};
use crate::actions;
use axum::extract::Path;
use base::{Refusals, day};
use maud::html;
use people::Failure;
use procedure::Procedure;
use rulebook::{Edition, EditionId};
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Tone};
use web::{Answer, Fault, Posted, Visit, form, once, show, show_again, to};

async fn load(visit: &Visit, id: EditionId) -> Result<(Edition, Procedure), Fault> {
    Ok(actions::edition(&mut visit.site.db.read().await?, &visit.scope, id).await?)
}

fn place(edition: &Edition) -> String {
    format!("{HERE}/{}?ban={}", edition.code, edition.number)
}

pub async fn begin(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let deed = async {
        let draft = actions::editing::begin(&visit.site, &visit.scope, id).await?;
        Ok(format!("{HERE}/ban/{draft}/sua"))
    };
    once(&visit, &form, Some("Đây là bản nháp. Sửa xong thì công bố."), deed).await
}

pub async fn publish_page(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let (edition, one) = load(&visit, id).await?;
    show(publish_form(&visit, &edition, &one.source, &Refusals::new()).await?)
}

async fn publish_form(visit: &Visit, edition: &Edition, source: &str, refusals: &Refusals) -> Result<Page, Fault> {
    let ends = rulebook::to_end(&mut visit.site.db.read().await?, edition).await.map_err(Failure::from)?;
    let mut page = Page::new(
        format!("Công bố: {}", edition.name),
        html! {
            (parts::notice(Tone::Soon, html! { "Bản đã công bố không sửa, không xoá được nữa. Muốn thay đổi phải làm bản mới." }))
            @if let Some(old) = &ends {
                (parts::notice(Tone::Info, html! { "Bản số " (old.number) " hết hiệu lực từ ngày " (day::vi(edition.valid_from)) ". Hồ sơ đã nhận vẫn theo bản cũ." }))
            }
            form.form method="post" action={ (HERE) "/ban/" (edition.id) "/cong-bo" } data-guard {
                (form::keyed(visit))
                input type="hidden" name="version" value=(edition.version);
                (parts::facts([("Mã, bản số", html! { (edition.code) ", " (edition.number) }), ("Hiệu lực", html! { (days(edition.valid_from, edition.valid_to)) })]))
                (fields::text(Field::new("source", "Quyết định công bố").hint("Số, ngày và cơ quan, ví dụ: Quyết định 1234/QĐ-UBND ngày 05/9/2026 của Chủ tịch UBND tỉnh").value(source).refused(refusals)))
                (Button::new("Công bố"))
            }
        },
    );
    page.crumbs = crumbs_to(&edition.code);
    Ok(page)
}

pub async fn publish(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let (edition, _) = load(&visit, id).await?;
    let deed = async {
        actions::publish(&visit.site, &visit.scope, id, version, form.get("source")).await?;
        Ok(place(&edition))
    };
    match once(&visit, &form, Some("Đã công bố."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => {
            show_again(publish_form(&visit, &edition, form.get("source"), &refusals).await?, refusals)
        }
        other => other,
    }
}

pub async fn abolish_page(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let (edition, _) = load(&visit, id).await?;
    show(abolish_form(&visit, &edition, &Posted::default(), &Refusals::new()))
}

fn abolish_form(visit: &Visit, edition: &Edition, form: &Posted, refusals: &Refusals) -> Page {
    let mut page = Page::new(
        format!("Bãi bỏ: {}", edition.name),
        html! {
            (parts::notice(Tone::Soon, html! { "Từ ngày bãi bỏ, thủ tục không nhận hồ sơ mới. Hồ sơ đã nhận vẫn được giải quyết. Ngày đã đặt không sửa lại được." }))
            form.form method="post" action={ (HERE) "/ban/" (edition.id) "/bai-bo" } data-guard {
                (form::keyed(visit))
                input type="hidden" name="version" value=(edition.version);
                (fields::date(Field::new("day", "Bãi bỏ từ ngày").hint("Ngày đầu tiên không còn hiệu lực, sau hôm nay").value(form.get("day")).refused(refusals)))
                (fields::text(Field::new("source", "Quyết định bãi bỏ").hint("Số, ngày và cơ quan ban hành").value(form.get("source")).refused(refusals)))
                (Button::new("Bãi bỏ thủ tục").danger())
            }
        },
    );
    page.crumbs = crumbs_to(&edition.code);
    page
}

pub async fn abolish(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let (edition, _) = load(&visit, id).await?;
    let mut unread = Refusals::new();
    let on = form::day(&form, "day", visit.scope.today(), &mut unread);
    if !unread.is_empty() {
        return show_again(abolish_form(&visit, &edition, &form, &unread), unread);
    }
    let deed = async {
        actions::abolish(&visit.site, &visit.scope, id, version, on, form.get("source")).await?;
        Ok(place(&edition))
    };
    match once(&visit, &form, Some("Đã ghi ngày bãi bỏ."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => {
            show_again(abolish_form(&visit, &edition, &form, &refusals), refusals)
        }
        other => other,
    }
}

pub async fn discard(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    actions::discard(&visit.site, &visit.scope, id, form.hidden("version")?).await?;
    to(HERE, Some("Đã bỏ bản nháp."))
}
