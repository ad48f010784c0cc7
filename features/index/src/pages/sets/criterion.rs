//! One criterion of a draft, on screen: the same fields, words and rules as the workbook.
//!
//! A measure of measures ("best-of", "by") is written as in the TOML file: a screen for trees of measures would be
//! harder to read than the file is.

use super::edit::{again, draft};
use super::{HERE, crumbs, parts_of, place, tree};
use crate::actions::sets::{Move, drop_criterion, move_criterion, put_criterion};
use crate::files::fields::{self as file, CRITERION_HEAD, CRITERION_TAIL, KIND, KINDS, PARAMETERS, levels};
use axum::extract::{Path, Query};
use base::{Date, Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use rulebook::{Edition, EditionId};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button};
use web::{Answer, Posted, Visit, form, show, to};

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// The criterion; none: a new one.
    pub ma: Option<String>,
}

pub async fn page(visit: Visit, Path(id): Path<EditionId>, Query(asked): Query<Asked>) -> Answer {
    let edition = draft(&visit, id).await?;
    let before = match &asked.ma {
        Some(code) => Some(
            tree::criteria(&edition.body).iter().find(|known| tree::code(known) == code).ok_or(Failure::NotFound)?,
        ),
        None => None,
    };
    let filled = before.map(Filled::of).unwrap_or_default();
    show(shown(&visit, &edition, edition.version, asked.ma.as_deref(), &filled, &[]))
}

/// What stands in the boxes, by their names.
#[derive(Clone, Debug, Default)]
struct Filled(Vec<(String, String)>);

impl Filled {
    fn of(criterion: &Value) -> Filled {
        let mut all: Vec<(String, String)> = CRITERION_HEAD
            .iter()
            .chain(CRITERION_TAIL)
            .map(|field| (field.key.to_owned(), field.boxed(criterion)))
            .collect();
        if let Some(measure) = criterion.get("measure") {
            all.push((KIND.key.into(), KIND.boxed(measure)));
            all.extend(
                PARAMETERS
                    .iter()
                    .map(|(field, _)| (field.key.to_owned(), field.boxed(measure)))
                    .filter(|(_, value)| !value.is_empty()),
            );
            all.push(("levels".into(), levels_text(measure)));
            all.push(("inner".into(), inner_text(measure)));
        }
        Filled(all)
    }

    fn posted(form: &Posted) -> Filled {
        Filled(form.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    fn kind(&self) -> &str {
        self.get(KIND.key)
    }
}

/// Whether a kind holds measures inside it.
fn is_outer(kind: &str) -> bool {
    matches!(kind, "best-of" | "by")
}

fn levels_text(measure: &Value) -> String {
    let kind = measure.get("kind").and_then(Value::as_str).unwrap_or_default();
    let Some(levels) = levels(kind) else { return String::new() };
    let list = measure.get(levels.key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .map(|level| levels.fields.iter().map(|field| field.boxed(level)).collect::<Vec<_>>().join(" | "))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The measures inside, as the TOML file has them.
fn inner_text(measure: &Value) -> String {
    let kind = measure.get("kind").and_then(Value::as_str).unwrap_or_default();
    let Some(object) = measure.as_object().filter(|_| is_outer(kind)) else { return String::new() };
    let inside: Map<String, Value> = object
        .iter()
        .filter(|(key, _)| matches!(key.as_str(), "measures" | "cases"))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    toml::to_string(&inside).unwrap_or_default()
}

fn shown(
    visit: &Visit,
    edition: &Edition,
    version: i64,
    before: Option<&str>,
    filled: &Filled,
    refusals: &[Refusal],
) -> Page {
    let here = format!("{}/tieu-chi", place(edition));
    let title = before.map_or_else(|| "Thêm tiêu chí".to_owned(), |code| format!("Sửa tiêu chí {code}"));
    let field_box = |field: &file::Field| parts_of::box_of(field, filled.get(field.key), refusals, "Không ghi");
    let mut page = Page::new(
        title,
        html! {
            form.form method="post" action=(here) data-guard {
                (form::keyed(visit))
                input type="hidden" name="version" value=(version);
                @if let Some(before) = before { input type="hidden" name="truoc" value=(before); }
                @for field in CRITERION_HEAD { (field_box(field)) }
                (parts_of::box_of(KIND, filled.kind(), refusals, "Tiêu chí cha, không chấm trực tiếp"))
                p { (Button::new("Hiện các ô của cách chấm này").second().sends("doi", "1")) }
                (measure_boxes(filled, refusals))
                @for field in CRITERION_TAIL { (field_box(field)) }
                (Button::new("Lưu tiêu chí").key("alt+s")) " " a href=(place(edition)) { "Không sửa" }
            }
            @if let Some(before) = before { (discard_form(visit, edition, version, before)) }
        },
    );
    page.crumbs = crumbs();
    page.crumbs.push((edition.name.clone(), place(edition)));
    page
}

/// The boxes of the chosen kind of measure.
fn measure_boxes(filled: &Filled, refusals: &[Refusal]) -> Markup {
    let kind = filled.kind();
    let said = KINDS.iter().find(|(word, _)| *word == kind).map(|(_, said)| *said);
    html! {
        @if let Some(said) = said {
            fieldset.case {
                legend { "Cách chấm: " (said) }
                @for (field, _) in PARAMETERS.iter().filter(|(_, kinds)| kinds.contains(&kind)) { (parts_of::box_of(field, filled.get(field.key), refusals, "Không ghi")) }
                @if let Some(levels) = levels(kind) {
                    (fields::textarea(Field::new("levels", "Các mức").hint(&format!("Mỗi dòng một mức: {}.", levels.fields.iter().map(|field| field.label.to_lowercase()).collect::<Vec<_>>().join(" | "))).rows(6).value(filled.get("levels")).refused(refusals)))
                }
                @if is_outer(kind) {
                    (fields::textarea(Field::new("inner", "Các cách chấm bên trong").hint("Ghi như trong tệp TOML, ví dụ: [[measures]] rồi kind = \"yes-no\"; hoặc [cases.so] rồi kind = \"yes-no\".").rows(12).as_code().value(filled.get("inner")).refused(refusals)))
                }
                @if !is_outer(kind) && levels(kind).is_none() && !PARAMETERS.iter().any(|(_, kinds)| kinds.contains(&kind)) { p.quiet { "Cách chấm này không cần ô nào khác." } }
            }
        }
    }
}

fn discard_form(visit: &Visit, edition: &Edition, version: i64, code: &str) -> Markup {
    let below = tree::criteria(&edition.body)
        .iter()
        .filter(|known| tree::code(known) != code && crate::rules::covers(code, tree::code(known)))
        .count();
    let words = if below == 0 {
        format!("Bỏ tiêu chí {code}")
    } else {
        format!("Bỏ tiêu chí {code} và {below} tiêu chí bên trong")
    };
    parts::section(
        "Bỏ khỏi bộ tiêu chí",
        None,
        html! {
            form method="post" action={ (place(edition)) "/tieu-chi/bo" } {
                (form::token(visit))
                input type="hidden" name="version" value=(version);
                input type="hidden" name="ma" value=(code);
                (Button::new(&words).danger())
            }
        },
    )
}

/// The criterion as the file has it, from what was typed.
fn read(filled: &Filled, today: Date, refusals: &mut Refusals) -> Value {
    let mut criterion = Map::new();
    let mut take =
        |object: &mut Map<String, Value>, field: &file::Field| match field.typed(filled.get(field.key), today) {
            Ok(Some(value)) => file::set(object, field.key, value),
            Ok(None) => {}
            Err(no) => refusals.push(no),
        };
    for field in CRITERION_HEAD {
        take(&mut criterion, field);
    }
    let kind = filled.kind().to_owned();
    let mut measure = Map::new();
    if !kind.is_empty() {
        measure.insert("kind".into(), json!(kind));
        for (field, _) in PARAMETERS.iter().filter(|(_, kinds)| kinds.contains(&kind.as_str())) {
            take(&mut measure, field);
        }
    }
    for field in CRITERION_TAIL {
        take(&mut criterion, field);
    }
    if !kind.is_empty() {
        read_levels(&kind, filled.get("levels"), today, &mut measure, refusals);
        if is_outer(&kind) {
            read_inner(filled.get("inner"), &mut measure, refusals);
        }
        criterion.insert("measure".into(), Value::Object(measure));
    } else {
        // Only a leaf is filled and proven.
        criterion.remove("filled_by");
        criterion.remove("evidence");
    }
    Value::Object(criterion)
}

/// "Nội dung | điểm": the points are what stands after the last bar, so that a name may have one too.
fn read_levels(kind: &str, text: &str, today: Date, measure: &mut Map<String, Value>, refusals: &mut Refusals) {
    let Some(levels) = levels(kind) else { return };
    let mut list = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Some((name, points)) = line.rsplit_once('|') else {
            refusals
                .push(Refusal::new("levels", format!("Dòng {}: thiếu dấu “|” trước số điểm.", at + 1)).at("levels"));
            continue;
        };
        let mut level = Map::new();
        for (field, cell) in levels.fields.iter().zip([name.trim(), points.trim()]) {
            match field.typed(cell, today) {
                Ok(Some(value)) => file::set(&mut level, field.key, value),
                Ok(None) => refusals.push(
                    Refusal::new("levels", format!("Dòng {}: thiếu {}.", at + 1, field.label.to_lowercase()))
                        .at("levels"),
                ),
                Err(no) => refusals.push(Refusal { say: format!("Dòng {}: {}", at + 1, no.say), ..no }.at("levels")),
            }
        }
        list.push(Value::Object(level));
    }
    measure.insert(levels.key.into(), Value::Array(list));
}

fn read_inner(text: &str, measure: &mut Map<String, Value>, refusals: &mut Refusals) {
    match toml::from_str::<Map<String, Value>>(text) {
        Ok(inside) => {
            measure.extend(inside.into_iter().filter(|(key, _)| matches!(key.as_str(), "measures" | "cases")))
        }
        Err(error) => {
            let line = error.span().map(|span| text[..span.start.min(text.len())].lines().count().max(1));
            let say = format!(
                "Các cách chấm bên trong không đúng cú pháp TOML{}.",
                line.map(|line| format!(", dòng {line}")).unwrap_or_default()
            );
            refusals.push(Refusal::new("inner", say).at("inner"));
        }
    }
}

pub async fn save(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let version: i64 = form.hidden("version")?;
    let before = form.text("truoc");
    let filled = Filled::posted(&form);
    if form.get("doi") == "1" {
        let edition = draft(&visit, id).await?;
        return show(shown(&visit, &edition, version, before.as_deref(), &filled, &[]));
    }
    let mut refusals = Refusals::new();
    let criterion = read(&filled, visit.scope.today(), &mut refusals);
    let code = tree::code(&criterion).to_owned();
    let done = match refusals.is_empty() {
        true => put_criterion(&visit.site, &visit.scope, id, version, before.as_deref(), criterion).await,
        false => Err(Failure::Refused(refusals)),
    };
    match done {
        Ok(()) => to(format!("{HERE}/{id}#{}", tree::anchor(&code)), Some(&format!("Đã lưu tiêu chí {code}."))),
        Err(failure) => {
            again(&visit, id, version, failure, |edition, version, refusals| {
                shown(&visit, edition, version, before.as_deref(), &filled, refusals)
            })
            .await
        }
    }
}

pub async fn discard(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    drop_criterion(&visit.site, &visit.scope, id, form.hidden("version")?, form.get("ma")).await?;
    to(format!("{HERE}/{id}"), Some(&format!("Đã bỏ tiêu chí {}.", form.get("ma"))))
}

pub async fn shift(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let way = if form.get("huong") == "len" { Move::Up } else { Move::Down };
    let code = form.get("ma");
    move_criterion(&visit.site, &visit.scope, id, form.hidden("version")?, code, way).await?;
    to(format!("{HERE}/{id}#{}", tree::anchor(code)), None)
}
