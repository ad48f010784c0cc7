//! The survey of a round: its template, its import with a look before anything is taken, and who held none.

use super::crumbs;
use crate::actions::importing::read_survey;
use crate::actions::{self, SurveyAnswer, SurveyCheck, SurveyRow, survey_table};
use crate::files::survey::{self, options};
use crate::model::*;
use crate::pages::place;
use axum::extract::{Path, Query};
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::{Failure, UnitId};
use serde::Deserialize;
use serde_json::{Value, json};
use web::look::Page;
use web::look::fields::{self, Choice, Field, Limits};
use web::look::parts::{self, Button, Tone};
use web::{Answer, Fault, Posted, Visit, download, form, once, show, show_again, to};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    pub kieu: Option<String>,
}

fn here(round: RoundId) -> String {
    format!("{}/dieu-tra", place::round(round))
}

async fn load(visit: &Visit, id: RoundId) -> Result<(Round, Vec<Card>, Vec<SurveyRow>), Fault> {
    Ok(survey_table(&mut visit.site.db.read().await?, &visit.scope, id).await?)
}

pub async fn page(visit: Visit, Path(id): Path<RoundId>) -> Answer {
    let (round, cards, rows) = load(&visit, id).await?;
    show(first(&visit, &round, &cards, &rows, &[]))
}

fn framed(round: &Round, title: &str, body: Markup) -> Page {
    let mut page = Page::new(title, body);
    page.crumbs = crumbs(round);
    page
}

fn first(visit: &Visit, round: &Round, cards: &[Card], rows: &[SurveyRow], refusals: &[Refusal]) -> Page {
    let here = here(round.id);
    let known = rows.iter().filter(|row| row.value.is_some()).count();
    let limits = Limits {
        kinds: "Excel (.xlsx, .ods), CSV hoặc JSON",
        accept: ".xlsx,.ods,.csv,.json",
        megabytes: visit.site.settings.upload_mib.min(20),
        many: false,
    };
    let open = round.status != RoundStatus::Published;
    framed(
        round,
        "Điều tra xã hội học",
        html! {
            @if rows.is_empty() {
                (parts::empty("Không có tiêu chí điều tra.", "Bộ tiêu chí của đợt này không có tiêu chí nào chấm bằng điều tra xã hội học.", None))
            } @else {
                p { (parts::progress("Ô đã có kết quả", known as u64, rows.len() as u64)) }
                @if open {
                    (parts::section("Nạp kết quả", Some(html! {
                        (Button::new("Tải mẫu theo dòng").to(&format!("{here}/mau?kieu=dong")).second().file())
                        (Button::new("Tải mẫu theo cột").to(&format!("{here}/mau?kieu=cot")).second().file())
                    }), html! {
                        form.form method="post" action=(here) enctype="multipart/form-data" {
                            (form::token(visit))
                            (fields::file(Field::new("tep", "Tệp kết quả").refused(refusals), &limits))
                            (Button::new("Xem trước"))
                        }
                    }))
                    (parts::section("Đơn vị không tổ chức điều tra", None, held_form(visit, &here, cards)))
                } @else { (parts::notice(Tone::Ok, html! { "Kết quả đợt này đã công bố." })) }
            }
        },
    )
}

fn held_form(visit: &Visit, here: &str, cards: &[Card]) -> Markup {
    let ids: Vec<String> = cards.iter().map(|card| card.unit.to_string()).collect();
    let choices: Vec<Choice> = cards.iter().zip(&ids).map(|(card, id)| Choice::new(id, &card.unit_name)).collect();
    let ticked: Vec<&str> =
        cards.iter().zip(&ids).filter(|(card, _)| !card.survey_held).map(|(_, id)| id.as_str()).collect();
    html! {
        form.form method="post" action={ (here) "/khong-to-chuc" } {
            (form::token(visit))
            (parts::details(&format!("{} trên {} đơn vị không tổ chức điều tra", ticked.len(), cards.len()), html! {
                (fields::checkboxes(Field::new("unit", "Đơn vị không tổ chức điều tra").hint("Bộ tiêu chí quy định cách tính điểm của các đơn vị này."), &choices, &ticked))
                (Button::new("Lưu").second())
            }))
        }
    }
}

pub async fn held(visit: Visit, Path(id): Path<RoundId>, form: Posted) -> Answer {
    let not_held: Vec<UnitId> = form.all("unit").filter_map(|unit| unit.parse().ok()).collect();
    let changed = actions::set_survey_held(&visit.site, &visit.scope, id, &not_held).await?;
    to(here(id), Some(&format!("Đã lưu. {changed} đơn vị thay đổi.")))
}

pub async fn template(visit: Visit, Path(id): Path<RoundId>, Query(asked): Query<Asked>) -> Answer {
    let (round, _, rows) = load(&visit, id).await?;
    let bytes = match asked.kieu.as_deref() {
        Some("cot") => survey::matrix_template(&round.name, &rows)?,
        _ => survey::template(&round.name, &rows)?,
    };
    download(web::Sheet { bytes, kind: XLSX, name: format!("dieu-tra-xhh-{}.xlsx", round.year) })
}

/// A file: shown before it is taken. Rows shown before (`noi_dung`): taken.
pub async fn upload(visit: Visit, Path(id): Path<RoundId>, form: Posted) -> Answer {
    let (round, cards, rows) = load(&visit, id).await?;
    if form.has("noi_dung") {
        return take(&visit, &round, &cards, &rows, &form).await;
    }
    let Some(file) = form.files.first() else {
        let refusals = vec![Refusal::new("survey-file", "Chọn tệp kết quả điều tra.").at("tep")];
        return show_again(first(&visit, &round, &cards, &rows, &refusals), refusals);
    };
    let (answers, mut refusals) = read_survey(&file.bytes, &file.name, &options(&rows));
    let check = actions::check_survey(&visit.site, &visit.scope, id, &answers).await?;
    refusals.extend(check.refusals.iter().cloned());
    if check.good.is_empty() {
        let refusals = unplaced(refusals);
        return show_again(first(&visit, &round, &cards, &rows, &refusals), refusals);
    }
    let good: Vec<&SurveyAnswer> = check.good.iter().map(|at| &answers[*at]).collect();
    show(preview(&visit, &round, &file.name, &good, &check, &refusals))
}

/// A cell of a file is no field of this page.
fn unplaced(refusals: Refusals) -> Refusals {
    refusals.into_iter().map(|no| Refusal { field: None, ..no }).collect()
}

fn preview(
    visit: &Visit,
    round: &Round,
    name: &str,
    good: &[&SurveyAnswer],
    check: &SurveyCheck,
    refusals: &[Refusal],
) -> Page {
    let here = here(round.id);
    let packed: Vec<Value> = good.iter().map(|one| json!([one.unit, one.code, one.value, one.place])).collect();
    framed(
        round,
        &format!("Nạp {name}: xem trước"),
        html! {
            div.numbers {
                (parts::figure_number("Ô hợp lệ", &good.len().to_string(), None))
                (parts::figure_number("Trong đó thay đổi", &check.changed.to_string(), None))
                (parts::figure_number("Ô lỗi", &refusals.len().to_string(), None))
            }
            @if !refusals.is_empty() {
                (parts::notice(Tone::Bad, html! { "Sửa các ô sau trong tệp rồi nạp lại, hoặc bỏ qua chúng." }))
                ul { @for no in refusals.iter().take(MOST_SHOWN) { li { (no.say) } } }
                @if refusals.len() > MOST_SHOWN { p.quiet { "và " (refusals.len() - MOST_SHOWN) " lỗi khác." } }
            }
            // Of thousands of units, this is more than a plain form may carry.
            form.form method="post" action=(here) enctype="multipart/form-data" {
                (form::keyed(visit))
                input type="hidden" name="noi_dung" value=(Value::Array(packed).to_string());
                @if refusals.is_empty() { input type="hidden" name="loi" value="0"; }
                @else {
                    input type="hidden" name="loi" value=(refusals.len());
                    (fields::tick(Field::new("bo_qua", &format!("Bỏ qua {} dòng lỗi, chỉ nạp {} ô hợp lệ", refusals.len(), good.len())), false))
                }
                (Button::new(&format!("Nạp {} ô hợp lệ", good.len()))) " " a href=(here) { "Chọn tệp khác" }
            }
        },
    )
}

/// A longer list helps nobody; the file is mended from its top.
const MOST_SHOWN: usize = 100;

async fn take(visit: &Visit, round: &Round, cards: &[Card], rows: &[SurveyRow], form: &Posted) -> Answer {
    if form.get("loi") != "0" && form.get("bo_qua") != "1" {
        let refusals = vec![
            Refusal::new(
                "survey-skip",
                "Tệp còn dòng lỗi. Sửa tệp rồi nạp lại, hoặc đánh dấu “Bỏ qua dòng lỗi” ở trang xem trước.",
            )
            .at("tep"),
        ];
        return show_again(first(visit, round, cards, rows, &refusals), refusals);
    }
    let answers = unpacked(form.get("noi_dung"))
        .ok_or_else(|| Failure::refused("form", "Nội dung xem trước bị hỏng. Hãy nạp lại tệp."))?;
    let say = format!("Đã nạp {} ô kết quả điều tra.", answers.len());
    let deed = async {
        actions::import_survey(&visit.site, &visit.scope, round.id, &answers).await?;
        Ok(here(round.id))
    };
    match once(visit, form, Some(&say), deed).await {
        Err(Fault(Failure::Refused(refusals))) => {
            let refusals = unplaced(refusals);
            show_again(first(visit, round, cards, rows, &refusals), refusals)
        }
        other => other,
    }
}

fn unpacked(text: &str) -> Option<Vec<SurveyAnswer>> {
    let rows: Vec<(String, String, Value, String)> = serde_json::from_str(text).ok()?;
    Some(rows.into_iter().map(|(unit, code, value, place)| SurveyAnswer { unit, code, value, place }).collect())
}
