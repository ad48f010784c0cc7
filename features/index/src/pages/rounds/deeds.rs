//! Opening a round, and publishing its results.

use super::crumbs;
use crate::actions;
use crate::actions::overview::overview;
use crate::model::*;
use crate::overview::Overview;
use crate::pages::place;
use axum::extract::Path;
use base::{Refusal, Refusals, day};
use maud::html;
use people::Failure;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Tone};
use web::{Answer, Fault, Posted, Visit, form, once, show, show_again, to};

pub async fn open(visit: Visit, Path(id): Path<RoundId>, _: Posted) -> Answer {
    actions::open_round(&visit.site, &visit.scope, id).await?;
    to(place::round(id), Some("Đã mở đợt chấm. Các bước tự mở và đóng theo ngày."))
}

fn shown(visit: &Visit, seen: &Overview, decision: &str, on: &str, refusals: &[Refusal]) -> Page {
    let here = place::round(seen.round.id);
    let open = seen.to_conclude();
    let mut page = Page::new(
        "Công bố kết quả",
        html! {
            @if open > 0 {
                (parts::notice(Tone::Soon, html! { "Còn " (open) " đơn vị chưa kết luận nên chưa công bố được. " a href={ (here) "?sap=trang-thai" } { "Xem các đơn vị" } }))
            }
            p.narrow { "Khi công bố, điểm, xếp loại và thứ hạng được giữ nguyên như lúc này. Mọi người đều xem được, không ai sửa được nữa." }
            p { a href={ (place::results(seen.round.id)) } { "Xem lại kết quả tạm tính" } " · " a href={ (here) "/quyet-dinh?kieu=pdf" } { "Tải dự thảo quyết định (PDF)" } }
            form.form method="post" action={ (here) "/cong-bo" } data-guard {
                (form::keyed(visit))
                (fields::text(Field::new("decision", "Số quyết định công bố").hint("Ví dụ: 24/QĐ-UBND").value(decision).width(20).as_code().refused(refusals)))
                (fields::date(Field::new("on", "Ngày quyết định").value(on).refused(refusals)))
                (Button::new("Công bố kết quả").disabled(open > 0))
            }
        },
    );
    page.crumbs = crumbs(&seen.round);
    page
}

/// The council of the round's own province.
async fn load(visit: &Visit, id: RoundId) -> Result<Overview, Fault> {
    let seen = overview(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    if !seen.councils {
        return Err(NotNow::NotYourUnit.into());
    }
    if seen.phase == Phase::Published {
        return Err(NotNow::AlreadyPublished.into());
    }
    Ok(seen)
}

pub async fn publish_page(visit: Visit, Path(id): Path<RoundId>) -> Answer {
    let seen = load(&visit, id).await?;
    show(shown(&visit, &seen, "", "", &[]))
}

pub async fn publish(visit: Visit, Path(id): Path<RoundId>, form: Posted) -> Answer {
    let (decision, on) = (form.get("decision").to_owned(), form.get("on").to_owned());
    let deed = async {
        let mut refusals = Refusals::new();
        if decision.trim().is_empty() {
            refusals.push(Refusal::new("decision", "Nhập số quyết định công bố.").at("decision"));
        }
        let day = match on.trim() {
            "" => Err(Refusal::new("decision", "Nhập ngày của quyết định.")),
            typed => day::read_vi(typed, visit.scope.today()),
        };
        let day = day.map_err(|no| refusals.push(no.at("on"))).ok();
        if !refusals.is_empty() {
            return Err(Fault(Failure::Refused(refusals)));
        }
        actions::publish(&visit.site, &visit.scope, id, &decision, day).await?;
        Ok(place::results(id))
    };
    match once(&visit, &form, Some("Đã công bố kết quả."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => {
            show_again(shown(&visit, &load(&visit, id).await?, &decision, &on, &refusals), refusals)
        }
        other => other,
    }
}
