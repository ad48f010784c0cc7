//! Sending a card: the list of what was forgotten, the head's word; and asking to open it again.

use super::At;
use crate::actions;
use crate::model::*;
use crate::pages::{place, rounds};
use crate::rules::Missing;
use crate::view::{self, View, shown};
use axum::extract::Path;
use base::number::vi_fixed;
use base::{Refusal, day};
use maud::{Markup, html};
use people::{Failure, UnitId};
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Tone};
use web::{Answer, Posted, Visit, form, once, show, show_again, to};

/// "What you forgot", before sending.
pub async fn page(visit: Visit, Path((round, unit)): At) -> Answer {
    let view = view::load(&mut visit.site.db.read().await?, &visit.scope, round, unit).await?;
    show(sending_page(&visit, &view))
}

fn sending_page(visit: &Visit, view: &View) -> Page {
    let here = place::card(view.round.id, view.card.unit);
    let missing = view.missing();
    let body = html! {
        div.numbers {
            (parts::figure_number("Điểm tự chấm", &vi_fixed(&shown(&view.own.so_far), 2), Some(html! { "trên " (vi_fixed(&shown(&view.own.applicable_max), 2)) })))
            (parts::figure_number("Chỗ chưa xong", &missing.len().to_string(), None))
        }
        @if missing.is_empty() {
            (parts::notice(Tone::Ok, html! { "Mọi tiêu chí đã có trả lời và tài liệu kiểm chứng hoặc giải trình." }))
        } @else {
            (forgotten(&here, view, &missing))
        }
        @if view.standing.heads && view.card.state == CardState::Scoring {
            form.form method="post" action={ (here) "/gui" } {
                (form::keyed(visit))
                p { "Sau khi gửi, phiếu bị khoá. Cơ quan thẩm định sẽ xem đúng nội dung lúc gửi." }
                (Button::new("Gửi phiếu tự chấm"))
            }
        } @else if view.card.state == CardState::Scoring {
            (parts::notice(Tone::Info, html! { "Lãnh đạo đơn vị là người gửi phiếu. Khi đã xong, hãy báo lãnh đạo mở trang này." }))
        }
        p { (Button::new("Xem trước báo cáo tự đánh giá (PDF)").to(&format!("{here}/bao-cao?kieu=pdf")).second()) }
    };
    let mut page = Page::new("Kiểm tra và gửi", body);
    page.crumbs = crumbs(view);
    page
}

fn crumbs(view: &View) -> Vec<(String, String)> {
    let mut crumbs = rounds::crumbs(&view.round);
    crumbs.push((view.card.unit_short.clone(), place::card(view.round.id, view.card.unit)));
    crumbs
}

fn forgotten(here: &str, view: &View, missing: &[Missing]) -> Markup {
    let name = |code: &str| view.set.criterion(code).map(|criterion| criterion.name.clone()).unwrap_or_default();
    parts::section(
        "Những chỗ chưa xong",
        None,
        html! {
            ul.plain {
                @for one in missing {
                    li {
                        a href={ (here) "?mo=" (one.code()) "#ngan" } { (one.code()) " " (name(one.code())) } ": "
                        @match one {
                            Missing::Answer(_) => "chưa trả lời",
                            Missing::Proof(_) => "chưa có tài liệu kiểm chứng; nếu không có, hãy viết giải trình",
                            Missing::ExcuseWhy(_) => "chưa ghi lý do không áp dụng",
                            Missing::Wrong(_, why) => (why),
                        }
                    }
                }
            }
        },
    )
}

/// The head sends it.
pub async fn submit(visit: Visit, Path((round, unit)): At, form: Posted) -> Answer {
    let done = once(&visit, &form, Some("Đã gửi phiếu tự chấm."), async {
        actions::submit(&visit.site, &visit.scope, round, unit).await?;
        Ok(place::card(round, unit))
    })
    .await;
    match done {
        Err(web::Fault(Failure::Refused(refusals))) => {
            let view = view::load(&mut visit.site.db.read().await?, &visit.scope, round, unit).await?;
            show_again(sending_page(&visit, &view), refusals)
        }
        other => other,
    }
}

/// The head says that all has been explained.
pub async fn explained(visit: Visit, Path((round, unit)): At, _: Posted) -> Answer {
    actions::finish_explaining(&visit.site, &visit.scope, round, unit).await?;
    to(place::card(round, unit), Some("Đã gửi giải trình."))
}

/// Asking to open a card again, and what was asked before.
pub async fn reopen_page(visit: Visit, Path((round, unit)): At) -> Answer {
    let (view, asked) = actions::reopen_requests(&visit.site, &visit.scope, round, unit).await?;
    show(reopening_page(&visit, &view, &asked, "", &[]))
}

fn reopening_page(visit: &Visit, view: &View, asked: &[Reopen], reason: &str, refusals: &[Refusal]) -> Page {
    let here = format!("{}/mo-lai", place::card(view.round.id, view.card.unit));
    let decides = view.standing.councils || view.standing.administers;
    let body = html! {
        @if view.standing.heads || view.standing.coordinates {
            form.form method="post" action=(here) data-guard {
                (form::keyed(visit))
                (fields::textarea(Field::new("reason", "Lý do xin mở lại phiếu").hint("Ví dụ: số liệu tháng 11 được điều chỉnh theo Công văn số … ngày …").value(reason).refused(refusals)))
                (Button::new("Gửi đề nghị"))
            }
        }
        (parts::section("Các đề nghị", None, html! {
            @if asked.is_empty() { p.quiet { "Chưa có đề nghị nào." } }
            @for one in asked { (request(visit, &here, one, decides)) }
        }))
    };
    let mut page = Page::new("Xin mở lại phiếu", body);
    page.crumbs = crumbs(view);
    page
}

fn request(visit: &Visit, here: &str, one: &Reopen, decides: bool) -> Markup {
    let until = format!("until-{}", one.id);
    html! {
        div.remark {
            p { strong { (one.by.clone().unwrap_or_default()) } " · " (day::vi_moment(one.asked)) br; (one.reason) }
            @match (one.granted, one.until) {
                (Some(true), Some(until)) => (parts::tag(Tone::Ok, &format!("Được mở đến hết ngày {}", day::vi(until.yesterday().unwrap_or(until))))),
                (Some(_), _) => (parts::tag(Tone::Bad, "Không đồng ý")),
                (None, _) => (parts::tag(Tone::Soon, "Chờ quyết định")),
            }
            @if decides && one.granted.is_none() {
                form.form method="post" action={ (here) "/" (one.id) } {
                    (form::token(visit))
                    (fields::date(Field::new("until", "Mở đến hết ngày").id(until)))
                    (Button::new("Đồng ý mở lại"))
                    (Button::new("Không đồng ý").second().sends("no", "1"))
                }
            }
        }
    }
}

pub async fn ask_reopen(visit: Visit, Path((round, unit)): At, form: Posted) -> Answer {
    let done = once(&visit, &form, Some("Đã gửi đề nghị mở lại phiếu."), async {
        actions::ask_reopen(&visit.site, &visit.scope, round, unit, form.get("reason")).await?;
        Ok(format!("{}/mo-lai", place::card(round, unit)))
    })
    .await;
    match done {
        Err(web::Fault(Failure::Refused(refusals))) => {
            let (view, asked) = actions::reopen_requests(&visit.site, &visit.scope, round, unit).await?;
            show_again(reopening_page(&visit, &view, &asked, form.get("reason"), &refusals), refusals)
        }
        other => other,
    }
}

pub async fn decide_reopen(
    visit: Visit,
    Path((round, unit, request)): Path<(RoundId, UnitId, ReopenId)>,
    form: Posted,
) -> Answer {
    let until = if form.get("no") == "1" {
        None
    } else {
        let last = day::read_vi(form.get("until"), visit.scope.today()).map_err(Failure::from)?;
        Some(last.tomorrow().unwrap_or(last))
    };
    actions::decide_reopen(&visit.site, &visit.scope, round, unit, request, until).await?;
    to(format!("{}/mo-lai", place::card(round, unit)), Some("Đã ghi quyết định."))
}
