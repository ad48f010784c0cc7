//! Opening a collection: which report, for which period, from whom.

use super::{list, place};
use crate::actions;
use crate::model::*;
use base::Refusal;
use maud::html;
use people::{Failure, UnitId};
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::{Answer, Posted, Visit, form, show, to};

pub const HERE: &str = "/bao-cao/mo";

pub async fn page(visit: Visit) -> Answer {
    let posted = Posted::from_pairs(&[("che_do", &web::address::value(&visit.uri, "che_do"))]);
    show(shown(&visit, &posted, &[]).await?)
}

pub async fn open(visit: Visit, posted: Posted) -> Answer {
    let units: Result<Vec<UnitId>, _> = posted.all("don_vi").map(str::parse).collect();
    let (code, period) = (posted.get("che_do").to_owned(), posted.get("ky").trim().to_owned());
    let done = match units {
        Err(_) => Err(No::UnitOther.into()),
        // Nobody ticked is nobody asked, never everybody.
        Ok(units) if units.is_empty() => Err(No::NobodyAsked.into()),
        Ok(units) => actions::open(&visit.site, &visit.scope, &NewRound { code, period, units }).await,
    };
    let onward = |id: RoundId| to(place::round(id), Some("Đã mở kỳ báo cáo và báo cho các đơn vị."));
    let again = async |refusals: Vec<Refusal>| shown(&visit, &posted, &refusals).await;
    form::settled(done, "Kỳ báo cáo", onward, again).await
}

async fn shown(visit: &Visit, posted: &Posted, refusals: &[Refusal]) -> Result<Page, Failure> {
    let mut conn = visit.site.db.read().await?;
    let regimes = actions::regimes_in_force(&mut conn, &visit.scope).await?;
    let code = posted.get("che_do");
    let units = if code.is_empty() { Vec::new() } else { actions::askable(&mut conn, &visit.scope, code).await? };
    let (periods, asked) =
        if code.is_empty() { Default::default() } else { actions::openable(&mut conn, &visit.scope, code).await? };
    drop(conn);
    let lines: Vec<(String, String)> = regimes.into_iter().map(|head| (head.code, head.name)).collect();
    let choices = fields::with_first("Chọn chế độ báo cáo…", &lines);
    let names: Vec<(String, String)> = units.into_iter().map(|unit| (unit.id.to_string(), unit.name)).collect();
    let boxes: Vec<Choice> = names.iter().map(|(id, name)| Choice::new(id, name)).collect();
    // As the last time; the first time all of them.
    let before: Vec<String> = asked.iter().map(ToString::to_string).collect();
    let chosen: Vec<&str> = match (posted.has("ky"), before.is_empty()) {
        (true, _) => posted.all("don_vi").collect(),
        (false, true) => names.iter().map(|(id, _)| id.as_str()).collect(),
        (false, false) => before.iter().map(String::as_str).collect(),
    };
    let periods: Vec<(String, String)> = periods.iter().map(|period| (period.to_string(), period.say())).collect();
    let period_choices: Vec<Choice> = periods.iter().map(|(value, say)| Choice::new(value, say)).collect();
    // The one that runs, unless it is open already.
    let usual = periods.get(1).or(periods.first()).map_or("", |(value, _)| value.as_str());
    let period = if posted.has("ky") { posted.get("ky") } else { usual };
    let mut page = Page::new(
        "Mở kỳ báo cáo",
        html! {
            form.form method="get" action=(HERE) {
                (fields::select(Field::new("che_do", "Chế độ báo cáo").value(code).refused(refusals), &choices))
                (Button::new("Chọn").second())
            }
            @if !code.is_empty() {
                form.form method="post" action=(HERE) data-guard {
                    (form::token(visit))
                    input type="hidden" name="che_do" value=(code);
                    (fields::select(Field::new("ky", "Kỳ báo cáo").value(period).refused(refusals), &period_choices))
                    @if boxes.is_empty() { p { "Không có đơn vị nào thuộc đối tượng của chế độ báo cáo này." } }
                    @else { (fields::checkboxes(Field::new("don_vi", "Đơn vị báo cáo").refused(refusals), &boxes, &chosen)) }
                    p.quiet { "Hạn gửi của từng đơn vị tính theo chế độ báo cáo. Phân công người nhập và dòng số liệu như kỳ trước." }
                    (Button::new("Mở kỳ báo cáo"))
                }
            }
        },
    );
    page.crumbs = list::crumbs();
    page.actions = Some(parts::link_button("Danh mục chế độ báo cáo", super::regimes::HERE));
    Ok(page)
}
