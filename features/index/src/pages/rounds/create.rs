//! A new round: its name, year and days; a set for each kind of unit, and the units.

use super::days::Typed;
use crate::actions::preparing::{Choices, KindChoice, choices};
use crate::actions::{self, NewRound};
use crate::pages::place;
use axum::extract::Query;
use base::{Date, Refusal, Refusals};
use maud::{Markup, html};
use people::{Failure, UnitId};
use serde::Deserialize;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tone};
use web::{Answer, Fault, Posted, Visit, form, once, show, show_again};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    pub nam: Option<i16>,
}

/// What stands in the form.
struct Filled {
    year: i16,
    name: String,
    days: Typed,
    /// By kind: the edition, and the units ticked. None: nothing was chosen yet, so all are.
    chosen: Option<Posted>,
}

/// The day on which sets and units are looked for: scoring usually begins in November.
fn begins(year: i16, today: Date) -> Date {
    if year == today.year() { today } else { Date::new(year, 11, 1).unwrap_or(today) }
}

pub async fn page(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let today = visit.scope.today();
    let year = asked.nam.filter(|year| (2000..=2100).contains(year)).unwrap_or(today.year());
    let from = begins(year, today);
    let choices = choices(&mut visit.site.db.read().await?, &visit.scope, from).await?;
    let filled = Filled { year, name: format!("Chỉ số CCHC năm {year}"), days: Typed::usual(from), chosen: None };
    show(shown(&visit, &choices, &filled, &[]))
}

fn shown(visit: &Visit, choices: &Choices, filled: &Filled, refusals: &[Refusal]) -> Page {
    let years: Vec<String> =
        (visit.scope.today().year() - 2..=visit.scope.today().year() + 1).rev().map(|year| year.to_string()).collect();
    let year = filled.year.to_string();
    let year_choices: Vec<Choice> = years.iter().map(|year| Choice::new(year, year)).collect();
    let mut page = Page::new(
        "Thêm đợt chấm",
        html! {
            div.toolbar {
                form.filters method="get" action="/chi-so/dot/moi" {
                    (fields::select(Field::new("nam", "Năm được chấm").value(&year), &year_choices))
                    (Button::new("Đổi năm").second())
                }
            }
            form.form method="post" action="/chi-so/dot/moi" data-guard {
                (form::keyed(visit))
                input type="hidden" name="year" value=(year);
                (fields::text(Field::new("name", "Tên đợt chấm").value(&filled.name).refused(refusals)))
                (filled.days.boxes(refusals))
                @if choices.kinds.is_empty() {
                    (parts::notice(Tone::Soon, html! { "Chưa có bộ tiêu chí nào có hiệu lực trong năm " (year) ". " a href="/chi-so/bo-tieu-chi" { "Mở các bộ tiêu chí" } " để ban hành trước." }))
                }
                @for kind in &choices.kinds { (kind_box(kind, filled)) }
                (Button::new("Tạo đợt chấm").disabled(choices.kinds.is_empty()).key("alt+s"))
            }
        },
    );
    page.crumbs = vec![("Chỉ số CCHC".into(), "/chi-so".into())];
    page.lead = Some(html! { (choices.province.name) ". Đợt mới ở trạng thái “Đang chuẩn bị” cho đến khi bạn mở." });
    page
}

fn set_name(kind: &str) -> String {
    format!("bo_{kind}")
}

fn units_name(kind: &str) -> String {
    format!("don_vi_{kind}")
}

fn kind_box(kind: &KindChoice, filled: &Filled) -> Markup {
    let (set, units) = (set_name(&kind.kind), units_name(&kind.kind));
    let ids: Vec<String> = kind.sets.iter().map(|head| head.id.to_string()).collect();
    let labels: Vec<String> = kind.sets.iter().map(|head| format!("{} (bản số {})", head.name, head.number)).collect();
    let mut set_choices = vec![Choice::new("khong", "Không chấm loại đơn vị này")];
    set_choices.extend(ids.iter().zip(&labels).map(|(id, label)| Choice::new(id, label)));
    let unit_ids: Vec<String> = kind.units.iter().map(|unit| unit.id.to_string()).collect();
    let unit_choices: Vec<Choice> =
        kind.units.iter().zip(&unit_ids).map(|(unit, id)| Choice::new(id, &unit.name)).collect();
    // One set fits: it is taken; of several, somebody must say which.
    let usual = if ids.len() == 1 { ids[0].clone() } else { String::new() };
    let chosen_set = filled.chosen.as_ref().map_or(usual, |form| form.get(&set).to_owned());
    let chosen: Vec<&str> = match &filled.chosen {
        Some(form) => form.all(&units).collect(),
        None => unit_ids.iter().map(String::as_str).collect(),
    };
    parts::section(
        people::kind_name(&kind.kind),
        None,
        html! {
            (fields::select(Field::new(&set, "Bộ tiêu chí").value(&chosen_set), &set_choices))
            (parts::details(&format!("{} đơn vị có mặt trong năm", kind.units.len()), html! {
                (fields::checkboxes(Field::new(&units, "Đơn vị tham gia").hint("Bỏ dấu ở đơn vị không chấm."), &unit_choices, &chosen))
            }))
        },
    )
}

pub async fn create(visit: Visit, form: Posted) -> Answer {
    let today = visit.scope.today();
    let year: i16 = form.hidden("year")?;
    let choices = choices(&mut visit.site.db.read().await?, &visit.scope, begins(year, today)).await?;
    let days = Typed::posted(&form);
    let deed = async {
        let new = read(&form, &choices, year, &days, today)?;
        let id = actions::create_round(&visit.site, &visit.scope, new).await?;
        Ok(place::round(id))
    };
    match once(&visit, &form, Some("Đã tạo đợt chấm. Phân công người thẩm định rồi mở đợt."), deed).await
    {
        Err(Fault(Failure::Refused(refusals))) => {
            let filled = Filled { year, name: form.get("name").to_owned(), days, chosen: Some(form) };
            show_again(shown(&visit, &choices, &filled, &refusals), refusals)
        }
        other => other,
    }
}

fn read(form: &Posted, choices: &Choices, year: i16, days: &Typed, today: Date) -> Result<NewRound, Failure> {
    let mut refusals = Refusals::new();
    let days = days.read(today, &mut refusals);
    let mut sets = Vec::new();
    let mut units = Vec::new();
    let mut sample = false;
    for kind in &choices.kinds {
        let name = set_name(&kind.kind);
        let value = form.get(&name);
        let Some(head) = kind.sets.iter().find(|head| head.id.to_string() == value) else {
            if value != "khong" {
                let say = format!("Chọn bộ tiêu chí cho {}, hoặc chọn không chấm.", people::kind_name(&kind.kind));
                refusals.push(Refusal::new("round-set", say).at(name));
            }
            continue;
        };
        sample |= head.sample;
        let units_of = units_name(&kind.kind);
        let ticked: Vec<&str> = form.all(&units_of).collect();
        let chosen: Vec<(UnitId, String)> = kind
            .units
            .iter()
            .filter(|unit| ticked.contains(&unit.id.to_string().as_str()))
            .map(|unit| (unit.id, kind.kind.clone()))
            .collect();
        if chosen.is_empty() {
            let say = format!("Chọn ít nhất một đơn vị: {}.", people::kind_name(&kind.kind));
            refusals.push(Refusal::new("round-units", say).at(units_of));
            continue;
        }
        if let Some(days) = days.filter(|days| !head.is_in_force(days.scoring_from)) {
            let say = format!("“{}” không có hiệu lực vào ngày {}.", head.name, base::day::vi(days.scoring_from));
            refusals.push(Refusal::new("round-set-day", say).at(name));
        }
        sets.push((kind.kind.clone(), head.id));
        units.extend(chosen);
    }
    match days {
        Some(days) if refusals.is_empty() => Ok(NewRound {
            name: form.get("name").to_owned(),
            year: year.into(),
            province: choices.province.id,
            days,
            sets,
            units,
            sample,
        }),
        _ => Err(Failure::Refused(refusals)),
    }
}
