//! What a draft says of itself: its name, days, rounding, ratings.

use super::{crumbs, parts_of, place};
use crate::actions::sets::{change_set, set};
use crate::files::fields::{self as file, RATING, SET};
use axum::extract::Path;
use base::{Date, Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use rulebook::{Edition, EditionId, Status};
use serde_json::{Map, Value, json};
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::Button;
use web::{Answer, Fault, Posted, Visit, form, show, show_again, to};

pub(super) async fn draft(visit: &Visit, id: EditionId) -> Result<Edition, Fault> {
    let edition = set(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    if edition.status == Status::Published {
        return Err(Failure::from(Refusal::from(rulebook::NotNow::Frozen)).into());
    }
    Ok(edition)
}

pub async fn page(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let edition = draft(&visit, id).await?;
    show(shown(&visit, &edition, edition.version, None, &[]))
}

/// The code stands in the head of the edition and does not change.
fn own_fields() -> impl Iterator<Item = &'static file::Field> {
    SET.iter().filter(|field| field.key != "code")
}

fn shown(visit: &Visit, edition: &Edition, version: i64, typed: Option<&Posted>, refusals: &[Refusal]) -> Page {
    let value =
        |field: &file::Field| typed.map_or_else(|| field.boxed(&edition.body), |form| form.get(field.key).to_owned());
    let ratings = typed.map_or_else(|| ratings_text(&edition.body), |form| form.get("ratings").to_owned());
    let mut page = Page::new(
        format!("Sửa quy định chung: {}", edition.name),
        html! {
            form.form method="post" action={ (place(edition)) "/sua" } data-guard {
                (form::keyed(visit))
                input type="hidden" name="version" value=(version);
                @for field in own_fields() { (parts_of::box_of(field, &value(field), refusals, "Không ghi")) }
                (fields::textarea(Field::new("ratings", "Xếp loại").hint("Mỗi dòng một mức, từ cao xuống thấp: tên | chỉ số từ (%) | không được có tiêu chí 0 điểm (có, nếu cần). Ví dụ: Xuất sắc | 90 | có").rows(6).value(&ratings).refused(refusals)))
                (Button::new("Lưu").key("alt+s")) " " a href=(place(edition)) { "Không sửa" }
            }
        },
    );
    page.crumbs = crumbs();
    page.crumbs.push((edition.name.clone(), place(edition)));
    page
}

fn ratings_text(body: &Value) -> String {
    let list = body.get("ratings").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let line = |rating: &Value| {
        let mut cells: Vec<String> = RATING[..2].iter().map(|field| field.boxed(rating)).collect();
        if rating.get("no_zero") == Some(&Value::Bool(true)) {
            cells.push("có".into());
        }
        cells.join(" | ")
    };
    list.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn read_ratings(text: &str, today: Date, refusals: &mut Refusals) -> Value {
    let mut ratings = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let mut rating = Map::new();
        for (field, cell) in RATING.iter().zip(&cells) {
            match field.typed(cell, today) {
                Ok(Some(value)) => drop(rating.insert(field.key.into(), value)),
                Ok(None) => {}
                Err(no) => refusals.push(Refusal { say: format!("Dòng {}: {}", at + 1, no.say), ..no }.at("ratings")),
            }
        }
        if cells.len() > RATING.len() {
            refusals.push(Refusal::new("rating", format!("Dòng {}: có quá nhiều dấu “|”.", at + 1)).at("ratings"));
        }
        ratings.push(Value::Object(rating));
    }
    json!(ratings)
}

pub async fn save(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let version: i64 = form.hidden("version")?;
    let today = visit.scope.today();
    let mut refusals = Refusals::new();
    let mut own = Map::new();
    for field in own_fields() {
        match field.typed(form.get(field.key), today) {
            Ok(Some(value)) => file::set(&mut own, field.key, value),
            Ok(None) => {}
            Err(no) => refusals.push(no),
        }
    }
    let ratings = read_ratings(form.get("ratings"), today, &mut refusals);
    own.insert("ratings".into(), ratings);
    let done = if refusals.is_empty() {
        change_set(&visit.site, &visit.scope, id, version, own).await
    } else {
        Err(Failure::Refused(refusals))
    };
    match done {
        Ok(()) => to(format!("{}/{id}", super::HERE), Some("Đã lưu.")),
        Err(failure) => {
            again(&visit, id, version, failure, |edition, version, refusals| {
                shown(&visit, edition, version, Some(&form), refusals)
            })
            .await
        }
    }
}

/// The form again: with its refusals, or with what somebody else has changed in between above what was typed.
pub(super) async fn again(
    visit: &Visit,
    id: EditionId,
    version: i64,
    failure: Failure,
    page: impl FnOnce(&Edition, i64, &[Refusal]) -> Page,
) -> Answer {
    let edition = draft(visit, id).await?;
    match failure {
        Failure::Refused(refusals) => show_again(page(&edition, version, &refusals), refusals),
        Failure::Conflict { refusal, .. } => {
            let mut shown = page(&edition, edition.version, &[]);
            shown.body = html! { (theirs(&edition)) (shown.body) };
            let mut answer = show_again(shown, vec![refusal])?;
            *answer.status_mut() = axum::http::StatusCode::CONFLICT;
            Ok(answer)
        }
        other => Err(Fault(other)),
    }
}

fn theirs(edition: &Edition) -> Markup {
    html! { p { "Bản vừa được người khác lưu: " a href=(place(edition)) target="_blank" { "mở bản mới ở trang khác" } ". Nội dung bạn nhập còn nguyên bên dưới; bấm “Lưu” để ghi lên bản mới." } }
}
