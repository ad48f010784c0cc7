//! Who appraises what: each field of each kind of unit belongs to a department that watches it.

use super::crumbs;
use crate::actions::preparing::{Watchers, watchers};
use crate::actions::{self, NewWatch};
use crate::model::*;
use crate::pages::place;
use axum::extract::{Path, Query};
use base::Refusal;
use maud::{Markup, html};
use people::Failure;
use serde::Deserialize;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tab, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Visit, form, show, show_again, to};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    pub loai: Option<String>,
}

fn here(round: RoundId, kind: &str) -> String {
    format!("{}/nguoi-tham-dinh?loai={kind}", place::round(round))
}

pub async fn page(visit: Visit, Path(id): Path<RoundId>, Query(asked): Query<Asked>) -> Answer {
    let found = watchers(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    let kind = kind_of(&found, asked.loai.as_deref());
    show(shown(&visit, &found, &kind, None, &[]))
}

fn kind_of(found: &Watchers, asked: Option<&str>) -> String {
    let kinds = found.seen.kinds();
    asked.filter(|kind| kinds.contains(kind)).or(kinds.first().copied()).unwrap_or_default().to_owned()
}

fn shown(visit: &Visit, found: &Watchers, kind: &str, typed: Option<&Posted>, refusals: &[Refusal]) -> Page {
    let round = &found.seen.round;
    let hrefs: Vec<(String, &str)> = found.seen.kinds().into_iter().map(|kind| (here(round.id, kind), kind)).collect();
    let tabs: Vec<Tab> = hrefs
        .iter()
        .map(|(href, one)| Tab { label: people::kind_name(one), href, count: None, current: *one == kind })
        .collect();
    let mut page = Page::new(
        "Người thẩm định",
        html! {
            @if tabs.len() > 1 { (parts::tabs("Loại đơn vị", &tabs)) }
            (table(visit, found, kind))
            (parts::section("Giao lĩnh vực", None, give(visit, found, kind, typed, refusals)))
        },
    );
    page.crumbs = crumbs(round);
    page.lead =
        Some(html! { "Mỗi lĩnh vực giao cho cơ quan theo dõi lĩnh vực đó. Cơ quan chỉ thấy lĩnh vực được giao." });
    page
}

/// The fields of a kind: code and name of the criteria at the top.
fn tops(found: &Watchers, kind: &str) -> Vec<(String, String)> {
    let Some(set) = found.seen.set(kind) else { return Vec::new() };
    set.nodes(kind)
        .into_iter()
        .filter(|node| node.depth == 0)
        .map(|node| (node.criterion.code.clone(), node.criterion.name.clone()))
        .collect()
}

fn table(visit: &Visit, found: &Watchers, kind: &str) -> Markup {
    let columns = vec![Column::new("Lĩnh vực"), Column::new("Cơ quan thẩm định")];
    let rows = tops(found, kind)
        .iter()
        .map(|(code, name)| {
            let mine: Vec<&Appraiser> =
                found.seen.appraisers.iter().filter(|one| one.kind == kind && one.field == *code).collect();
            Row::new(vec![
                html! { (code) ". " (name) },
                html! {
                    @if !mine.iter().any(|one| one.only_unit.is_none()) { (parts::tag(Tone::Soon, "Chưa giao")) }
                    @for one in &mine { div { (watch(visit, found, one)) } }
                    @if let Some(own) = own_card(found, kind, &mine) {
                        div { (parts::tag(Tone::Soon, &format!("Phiếu của chính {own} chưa giao cơ quan khác"))) }
                    }
                },
            ])
        })
        .collect();
    html! { (Table { caption: "Lĩnh vực và cơ quan thẩm định", columns, rows, names: 0, ..Table::default() }) }
}

/// The usual appraiser that is scored itself while nobody is named for its own card: nobody could appraise it there.
fn own_card<'a>(found: &'a Watchers, kind: &str, mine: &[&Appraiser]) -> Option<&'a str> {
    let usual = mine.iter().find(|one| one.only_unit.is_none())?;
    let named = mine.iter().any(|one| one.only_unit == Some(usual.unit));
    let card = found.seen.lines.iter().find(|line| line.card.kind == kind && line.card.unit == usual.unit)?;
    (!named).then_some(card.card.unit_name.as_str())
}

fn watch(visit: &Visit, found: &Watchers, one: &Appraiser) -> Markup {
    let person = one
        .account
        .and_then(|account| found.people.iter().find(|(id, ..)| *id == account))
        .map(|(_, _, name)| name.as_str());
    let only = one
        .only_unit
        .and_then(|unit| found.seen.lines.iter().find(|line| line.card.unit == unit))
        .map(|line| line.card.unit_name.as_str());
    html! {
        form.filters method="post" action={ (place::round(found.seen.round.id)) "/nguoi-tham-dinh/bo" } {
            (form::token(visit))
            input type="hidden" name="id" value=(one.id);
            input type="hidden" name="loai" value=(one.kind);
            span {
                (one.unit_name)
                @if let Some(person) = person { " (" (person) ")" }
                @if let Some(only) = only { ", chỉ với " (only) }
            }
            (Button::new("Bỏ").quiet().about(&format!("{} ở lĩnh vực {}", one.unit_name, one.field)))
        }
    }
}

fn give(visit: &Visit, found: &Watchers, kind: &str, typed: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let value = |name: &str| typed.map(|form| form.get(name).to_owned()).unwrap_or_default();
    let tops = tops(found, kind);
    let labels: Vec<String> = tops.iter().map(|(code, name)| format!("{code}. {name}")).collect();
    let field_choices: Vec<Choice> =
        tops.iter().zip(&labels).map(|((code, _), label)| Choice::new(code, label)).collect();
    let ticked: Vec<&str> = typed.map(|form| form.all("field").collect()).unwrap_or_default();
    let unit_ids: Vec<String> = found.units.iter().map(|unit| unit.id.to_string()).collect();
    let unit_choices: Vec<Choice> =
        found.units.iter().zip(&unit_ids).map(|(unit, id)| Choice::new(id, &unit.name)).collect();
    let people_ids: Vec<String> = found.people.iter().map(|(id, ..)| id.to_string()).collect();
    let mut people_choices = vec![Choice::new("", "Mọi người thẩm định của cơ quan")];
    people_choices.extend(found.people.iter().zip(&people_ids).map(|((_, _, name), id)| Choice::new(id, name)));
    let cards: Vec<_> = found
        .seen
        .lines
        .iter()
        .filter(|line| line.card.kind == kind)
        .map(|line| (line.card.unit.to_string(), line.card.unit_name.as_str()))
        .collect();
    let mut only_choices = vec![Choice::new("", "Mọi đơn vị")];
    only_choices.extend(cards.iter().map(|(id, name)| Choice::new(id, name)));
    html! {
        form.form method="post" action={ (place::round(found.seen.round.id)) "/nguoi-tham-dinh" } data-guard {
            (form::token(visit))
            input type="hidden" name="loai" value=(kind);
            (fields::select(Field::new("unit", "Cơ quan thẩm định").value(&value("unit")).refused(refusals), &unit_choices))
            (fields::checkboxes(Field::new("field", "Lĩnh vực").refused(refusals), &field_choices, &ticked))
            (fields::select(Field::new("account", "Chỉ một người").value(&value("account")).optional().refused(refusals), &people_choices))
            (fields::select(Field::new("only_unit", "Chỉ với một đơn vị").value(&value("only_unit")).optional().refused(refusals), &only_choices))
            (Button::new("Giao lĩnh vực").key("alt+s"))
        }
    }
}

pub async fn set(visit: Visit, Path(id): Path<RoundId>, form: Posted) -> Answer {
    let kind = form.get("loai").to_owned();
    let done = match form.get("unit").parse() {
        Ok(unit) => {
            let new = NewWatch {
                kind: kind.clone(),
                fields: form.all("field").map(str::to_owned).collect(),
                unit,
                account: form.get("account").parse().ok(),
                only_unit: form.get("only_unit").parse().ok(),
            };
            actions::give_fields(&visit.site, &visit.scope, id, new).await
        }
        Err(_) => Err(Refusal::new("watch-unit", "Chọn cơ quan thẩm định.").at("unit").into()),
    };
    match done {
        Ok(_) => to(here(id, &kind), Some("Đã giao lĩnh vực.")),
        Err(Failure::Refused(refusals)) => {
            let found = watchers(&mut visit.site.db.read().await?, &visit.scope, id).await?;
            let kind = kind_of(&found, Some(&kind));
            show_again(shown(&visit, &found, &kind, Some(&form), &refusals), refusals)
        }
        Err(other) => Err(Fault(other)),
    }
}

pub async fn unset(visit: Visit, Path(id): Path<RoundId>, form: Posted) -> Answer {
    actions::unset_appraiser(&visit.site, &visit.scope, id, form.hidden("id")?).await?;
    to(here(id, form.get("loai")), Some("Đã bỏ."))
}
