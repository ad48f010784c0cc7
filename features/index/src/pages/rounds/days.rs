//! A round's name and the days of its phases. People name the last day of a phase; the round keeps the day after.

use super::crumbs;
use crate::actions;
use crate::model::*;
use crate::pages::place;
use axum::extract::Path;
use base::{Date, Refusal, Refusals, day};
use maud::{Markup, html};
use people::Failure;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::Button;
use web::{Answer, Fault, Posted, Visit, form, show, show_again, to};

/// The five days as they are typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub values: [String; 5],
}

const BOXES: [(&str, &str); 5] = [
    ("scoring_from", "Tự chấm từ ngày"),
    ("scoring_to", "Tự chấm đến hết ngày"),
    ("appraisal_to", "Thẩm định lần 1 đến hết ngày"),
    ("explaining_to", "Giải trình đến hết ngày"),
    ("second_to", "Thẩm định lần 2 đến hết ngày"),
];

fn last(day: Date) -> String {
    day::vi(day.yesterday().unwrap_or(day))
}

impl Typed {
    pub fn of(days: &Days) -> Typed {
        Typed {
            values: [
                day::vi(days.scoring_from),
                last(days.scoring_to),
                last(days.appraisal_to),
                last(days.explaining_to),
                last(days.second_to),
            ],
        }
    }

    pub fn posted(form: &Posted) -> Typed {
        Typed { values: BOXES.map(|(name, _)| form.get(name).trim().to_owned()) }
    }

    /// A month for the units, then three weeks, ten days and ten days: what provinces usually give.
    pub fn usual(from: Date) -> Typed {
        use jiff::ToSpan;
        let after = |days: i64| from.saturating_add(days.days());
        Typed::of(&Days {
            scoring_from: from,
            scoring_to: after(30),
            appraisal_to: after(51),
            explaining_to: after(61),
            second_to: after(71),
        })
    }

    pub fn read(&self, today: Date, refusals: &mut Refusals) -> Option<Days> {
        let mut found = Vec::new();
        for ((name, label), value) in BOXES.iter().zip(&self.values) {
            let read = match value.as_str() {
                "" => Err(Refusal::new("day", format!("Nhập “{label}”."))),
                typed => day::read_vi(typed, today),
            };
            match read {
                Ok(day) => found.push(day),
                Err(no) => refusals.push(no.at(*name)),
            }
        }
        let [from, ends @ ..] = found.as_slice() else { return None };
        let [scoring_to, appraisal_to, explaining_to, second_to] =
            ends.iter().map(|end| end.tomorrow().ok()).collect::<Option<Vec<_>>>()?[..]
        else {
            return None;
        };
        Some(Days { scoring_from: *from, scoring_to, appraisal_to, explaining_to, second_to })
    }

    pub fn boxes(&self, refusals: &[Refusal]) -> Markup {
        html! { @for ((name, label), value) in BOXES.iter().zip(&self.values) { (fields::date(Field::new(name, label).value(value).refused(refusals))) } }
    }
}

fn shown(visit: &Visit, round: &Round, version: i64, name: &str, typed: &Typed, refusals: &[Refusal]) -> Page {
    let here = place::round(round.id);
    let mut page = Page::new(
        "Sửa tên và ngày của đợt chấm",
        html! {
            @if round.status == RoundStatus::Open {
                p.narrow { "Đợt đang mở: đổi ngày là đóng hoặc mở lại các bước. Những gì đã làm vẫn giữ nguyên." }
            }
            form.form method="post" action={ (here) "/ngay" } data-guard {
                (form::keyed(visit))
                input type="hidden" name="version" value=(version);
                (fields::text(Field::new("name", "Tên đợt chấm").value(name).refused(refusals)))
                (typed.boxes(refusals))
                (Button::new("Lưu").key("alt+s")) " " a href=(here) { "Không sửa" }
            }
        },
    );
    page.crumbs = crumbs(round);
    page
}

pub async fn page(visit: Visit, Path(id): Path<RoundId>) -> Answer {
    let round = actions::round(&visit.site, &visit.scope, id).await?;
    show(shown(&visit, &round, round.version, &round.name, &Typed::of(&round.days), &[]))
}

pub async fn change(visit: Visit, Path(id): Path<RoundId>, form: Posted) -> Answer {
    let version: i64 = form.hidden("version")?;
    let typed = Typed::posted(&form);
    let mut refusals = Refusals::new();
    let days = typed.read(visit.scope.today(), &mut refusals);
    if form.text("name").is_none() {
        refusals.push(Refusal::new("round-name", "Đặt tên cho đợt chấm.").at("name"));
    }
    let done = match days.filter(|_| refusals.is_empty()) {
        Some(days) => actions::change_round(&visit.site, &visit.scope, id, version, form.get("name"), days).await,
        None => Err(Failure::Refused(refusals)),
    };
    let round = actions::round(&visit.site, &visit.scope, id).await?;
    match done {
        Ok(()) => to(place::round(id), Some("Đã lưu tên và ngày của đợt chấm.")),
        Err(Failure::Refused(refusals)) => {
            show_again(shown(&visit, &round, version, form.get("name"), &typed, &refusals), refusals)
        }
        Err(Failure::Conflict { refusal, .. }) => {
            // Both are shown: what was typed in the boxes, what stands now above them.
            let theirs = Typed::of(&round.days);
            let now = format!("Bản mới: “{}”, {}.", round.name, theirs.values.join(", "));
            let refusals = vec![refusal, Refusal::new("stale-theirs", now)];
            let mut answer = show_again(shown(&visit, &round, round.version, form.get("name"), &typed, &[]), refusals)?;
            *answer.status_mut() = axum::http::StatusCode::CONFLICT;
            Ok(answer)
        }
        Err(other) => Err(Fault(other)),
    }
}
