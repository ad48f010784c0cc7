//! Who enters a unit's report, and which rows.

use super::list::crumbs;
use super::place;
use crate::actions;
use crate::model::*;
use axum::extract::Path;
use base::Refusal;
use indicator::form::Cell;
use maud::html;
use people::Failure;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::Button;
use web::{Answer, Posted, Visit, form, show, to};

pub fn place_of(id: ReportId) -> String {
    format!("{}/giao", place::report(id))
}

pub async fn page(visit: Visit, Path(id): Path<ReportId>) -> Answer {
    show(shown(&visit, id, None, &[]).await?)
}

pub async fn give(visit: Visit, Path(id): Path<ReportId>, posted: Posted) -> Answer {
    let asks: Vec<String> = posted.all("dong").map(str::to_owned).collect();
    let holder = posted.text("nguoi").map(|id| id.parse().map_err(|_| No::NoHolder)).transpose();
    let done = match holder {
        Ok(holder) => actions::give(&visit.site, &visit.scope, id, posted.hidden("version")?, (holder, &asks)).await,
        Err(no) => Err(no.into()),
    };
    // Onward to the round, where the next one is given out; a unit's own head sees no round.
    let round =
        actions::hold(&mut visit.site.db.read().await?, &visit.scope, id).await.map(|held| (held.round, held.seat));
    let onward = |()| match round {
        Ok((round, seat)) if seat.collects => to(place::round(round.id), Some("Đã phân công.")),
        _ => to(place::report(id), Some("Đã phân công.")),
    };
    let again = async |refusals: Vec<Refusal>| shown(&visit, id, Some(&posted), &refusals).await;
    form::settled(done, "Báo cáo", onward, again).await
}

/// Whether a row has a figure to be entered.
fn takes(held: &Held, code: &str) -> bool {
    let rows =
        held.ready.forms.iter().flat_map(|form| form.rows.iter().enumerate().map(move |(at, row)| (form, at, row)));
    rows.filter(|(.., row)| row.code == code)
        .any(|(form, at, _)| (0..form.columns.len()).any(|column| matches!(form.cell(at, column), Cell::Takes(_))))
}

async fn shown(visit: &Visit, id: ReportId, posted: Option<&Posted>, refusals: &[Refusal]) -> Result<Page, Failure> {
    let mut conn = visit.site.db.read().await?;
    let held = actions::hold(&mut conn, &visit.scope, id).await?;
    if !(held.seat.collects || held.seat.heads) {
        return Err(Failure::NotFound);
    }
    let people = actions::candidates(&mut conn, &visit.scope, held.report.unit).await?;
    drop(conn);
    let lines: Vec<(String, String)> =
        people.into_iter().map(|one| (one.id.to_string(), format!("{}, {}", one.name, one.title))).collect();
    let choices = fields::with_first("Cả đơn vị", &lines);
    let rows: Vec<(String, String)> = held
        .ready
        .forms
        .iter()
        .flat_map(|form| &form.rows)
        .filter(|row| takes(&held, &row.code))
        .map(|row| (row.code.clone(), format!("{}. {}", row.code, row.name)))
        .collect();
    let boxes: Vec<Choice> = rows.iter().map(|(code, say)| Choice::new(code, say)).collect();
    let chosen: Vec<&str> = match posted {
        Some(posted) => posted.all("dong").collect(),
        None => held.report.asks.iter().map(String::as_str).collect(),
    };
    let holder = held.report.holder.map(|id| id.to_string()).unwrap_or_default();
    let holder = posted.map_or(holder.as_str(), |posted| posted.get("nguoi"));
    let mut page = Page::new(
        format!("Phân công: {}", held.report.unit_name),
        html! {
            form.form method="post" action=(place_of(id)) data-guard {
                (form::token(visit))
                (form::version(posted, refusals, held.report.version))
                (fields::select(Field::new("nguoi", "Người nhập").value(holder).refused(refusals), &choices))
                (fields::checkboxes(Field::new("dong", "Dòng số liệu phải nhập").hint("Không chọn dòng nào: nhập mọi dòng.").refused(refusals), &boxes, &chosen))
                (Button::new("Phân công"))
            }
        },
    );
    page.lead = Some(html! { (held.ready.titled(held.round.period)) });
    page.crumbs = crumbs();
    page.crumbs.push((held.report.unit_name.clone(), place::report(id)));
    Ok(page)
}
