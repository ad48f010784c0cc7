//! The drawer: all about one criterion. Its text, its boxes, its evidence, what was said about it.

use crate::entry::{self, Filled};
use crate::model::*;
use crate::pages::place;
use crate::view::View;
use base::number::vi;
use base::{Refusal, Refusals};
use db::Conn;
use maud::{Markup, html};
use people::Failure;
use score::set::{Criterion, Evidence as Wanted};
use web::look::fields::{self, Choice, Field};
use web::look::grid;
use web::look::parts::{self, Button, Tone};
use web::{Posted, Visit, form};

pub async fn load(conn: &mut Conn, visit: &Visit, view: &View, code: &str) -> Result<Markup, Failure> {
    load_with(conn, visit, view, code, None).await
}

/// What was typed into one of the drawer's forms, and why it was not taken.
pub(crate) type Typed<'a> = Option<(&'a Posted, &'a [Refusal])>;

/// What was typed, if it was typed into the form with this box: no two forms of a drawer share the name of one.
fn typed_into<'a>(typed: Typed<'a>, name: &str) -> Typed<'a> {
    typed.filter(|(form, _)| form.has(name))
}

/// Boxes that are no answer's.
const OTHERS: [&str; 5] = ["note", "excused_why", "text", "place", "to"];

/// The id of such a box: by its criterion too, since the answer's boxes and the grid behind may have one of its name.
pub(crate) fn box_id(name: &str, code: &str) -> String {
    format!("{name}-{code}")
}

/// The same refusals, for the summary above the page: each leads to its box.
pub(crate) fn at_boxes(mut refusals: Refusals, code: &str) -> Refusals {
    for refusal in &mut refusals {
        let of_box = |name: &&String| OTHERS.contains(&name.as_str()) || *name == "evidence";
        if let Some(id) = refusal.field.as_ref().filter(of_box).map(|name| box_id(name, code)) {
            refusal.field = Some(id);
        }
    }
    refusals
}

/// With what was typed and refused, where a save failed.
pub async fn load_with(
    conn: &mut Conn,
    visit: &Visit,
    view: &View,
    code: &str,
    typed: Typed<'_>,
) -> Result<Markup, Failure> {
    let criterion = view.set.criterion(code).ok_or_else(|| NotNow::NoSuchCriterion { code: code.to_owned() })?;
    let given = super::evidence::load(conn, view, code).await?;
    let behind = super::facts::behind(conn, visit, view, criterion).await?;
    let people = if view.standing.coordinates || view.standing.heads {
        crate::actions::assignable(conn, view, visit.scope.today()).await?
    } else {
        Vec::new()
    };
    let here = place::card(view.round.id, view.card.unit);
    let may = view.may_answer(&visit.scope, code);
    let answer = typed.filter(|(form, _)| !OTHERS.iter().any(|name| form.has(name)));
    let inside = html! {
        (rule(view, criterion))
        (points(view, code))
        (behind)
        @match &may {
            Ok(()) => { (answer_form(visit, view, criterion, answer)) (note_form(visit, view, code, typed_into(typed, "note"))) }
            Err(no) => { (parts::notice(Tone::Calm, html! { (Refusal::from(no.clone()).say) })) (answered(view, criterion)) }
        }
        @if criterion.evidence != Wanted::None { (super::evidence::section(visit, view, code, &given, may.is_ok(), typed_into(typed, "place"))) }
        @if may.is_ok() { (excuse_form(visit, view, code, typed_into(typed, "excused_why"))) }
        (talk(visit, view, code, "phieu", typed))
        @if !people.is_empty() { (assign_form(visit, view, code, &people)) }
        (verdict(view, code))
    };
    Ok(grid::drawer(&format!("{code}. {}", criterion.name), &format!("{here}#r-{code}"), &inside))
}

/// The set's own words.
fn rule(view: &View, criterion: &Criterion) -> Markup {
    let max = criterion.max.map(|max| vi(&max)).unwrap_or_default();
    html! {
        p { "Điểm tối đa " strong { (max) } }
        @if let Some(text) = &criterion.text { p.rule { @for line in text.lines() { (line) br; } } }
        @if let Some(zero_if) = &criterion.zero_if { p { (parts::tag(Tone::Soon, "0 điểm nếu")) " " (zero_if) } }
        @if view.round.sample { p.quiet { "Bộ tiêu chí mẫu, không phải bộ tiêu chí chính thức." } }
    }
}

fn points(view: &View, code: &str) -> Markup {
    let Some(line) = view.own_line(code) else { return html! { p.quiet { "Không tính cho đơn vị này." } } };
    html! {
        p {
            @match &line.points {
                Some(points) => { "Điểm tự chấm " strong { (vi(&crate::view::shown(points).round_dp(3).normalize())) } },
                None => { "Chưa có điểm" },
            }
            @if !line.why.is_empty() { ": " (line.why) }
        }
    }
}

fn answered(view: &View, criterion: &Criterion) -> Markup {
    let answer = view.answers.get(&criterion.code);
    let asked = entry::asked(criterion, &view.card.kind, &super::rows::plain(view));
    html! {
        @if let Some(value) = answer.and_then(|answer| answer.value.as_ref()) { p { "Trả lời: " strong { (entry::brief(&asked, value)) } } }
        @if let Some(answer) = answer.filter(|answer| !answer.note.is_empty()) { p { "Giải trình của đơn vị: " (answer.note) } }
    }
}

fn version(view: &View, code: &str) -> i64 {
    view.answers.get(code).map_or(0, |answer| answer.version)
}

fn hidden(visit: &Visit, version: i64) -> Markup {
    html! {
        (form::keyed(visit))
        input type="hidden" name="version" value=(version);
    }
}

fn answer_form(visit: &Visit, view: &View, criterion: &Criterion, typed: Typed<'_>) -> Markup {
    let code = &criterion.code;
    let stored = view.answers.get(code).and_then(|answer| answer.value.as_ref());
    let asked = entry::asked(criterion, &view.card.kind, &super::rows::plain(view));
    let (form, refusals) = typed.map_or((None, &[][..]), |(form, refusals)| (Some(form), refusals));
    let filled = Filled { answer: stored, typed: form, refusals };
    let voided = match form {
        Some(form) => form.get("zero_if") == "1",
        None => stored.is_some_and(|value| value.get("zero_if") == Some(&serde_json::Value::Bool(true))),
    };
    html! {
        form.form method="post" action={ (place::card(view.round.id, view.card.unit)) "/o/" (code) } data-guard {
            (hidden(visit, version(view, code)))
            // What the engine refuses is the whole answer, not one box.
            @for refusal in refusals.iter().filter(|refusal| refusal.field.as_deref() == Some(code.as_str())) { p.govuk-error-message { span.vh { "Lỗi: " } (refusal.say) } }
            (entry::boxes(&asked, &filled))
            @if let Some(zero_if) = &criterion.zero_if {
                (fields::tick(Field::new("zero_if", &format!("Thuộc trường hợp 0 điểm: {zero_if}")), voided))
            }
            (Button::new("Lưu trả lời").key("alt+s"))
        }
    }
}

fn note_form(visit: &Visit, view: &View, code: &str, typed: Typed<'_>) -> Markup {
    let stored = view.answers.get(code).map(|answer| answer.note.clone()).unwrap_or_default();
    let (note, refusals) = typed.map_or((stored, &[][..]), |(form, refusals)| (form.get("note").to_owned(), refusals));
    html! {
        form.form method="post" action={ (place::card(view.round.id, view.card.unit)) "/giai-thich/" (code) } data-guard {
            (hidden(visit, version(view, code)))
            (fields::textarea(Field::new("note", "Giải trình cách tính").id(box_id("note", code)).hint("Bắt buộc khi chưa có tài liệu kiểm chứng.").value(&note).optional().refused(refusals)))
            (Button::new("Lưu giải trình").second())
        }
    }
}

fn excuse_form(visit: &Visit, view: &View, code: &str, typed: Typed<'_>) -> Markup {
    let answer = view.answers.get(code).cloned().unwrap_or_default();
    let asked = answer.excused.is_some();
    let (why, refusals) =
        typed.map_or((answer.excused_why.as_str(), &[][..]), |(form, refusals)| (form.get("excused_why"), refusals));
    parts::details_open(
        "Tiêu chí không áp dụng với đơn vị",
        !refusals.is_empty(),
        html! {
            form.form method="post" action={ (place::card(view.round.id, view.card.unit)) "/khong-ap-dung/" (code) } {
                (hidden(visit, answer.version))
                (fields::textarea(Field::new("excused_why", "Lý do không áp dụng").id(box_id("excused_why", code)).value(why).refused(refusals)))
                (Button::new("Đề nghị không áp dụng").second())
                @if asked { (Button::new("Bỏ đề nghị").quiet().sends("bo", "1")) }
            }
        },
    )
}

/// Questions and explanations, and a box to add one where the person may.
pub(crate) fn talk(visit: &Visit, view: &View, code: &str, back: &str, typed: Typed<'_>) -> Markup {
    let (text, refusals) =
        typed_into(typed, "text").map_or(("", &[][..]), |(form, refusals)| (form.get("text"), refusals));
    let said: Vec<&Remark> = view.remarks.iter().filter(|remark| remark.code == code).collect();
    let open =
        view.standing.of_unit && crate::rules::explaining_open(&view.round, &view.card, visit.scope.today()).is_ok();
    let asks = view.fields.iter().any(|field| crate::rules::covers(field, code))
        && crate::rules::appraisal_open(&view.round, &view.card, visit.scope.today()).is_ok();
    if said.is_empty() && !open && !asks && !view.standing.councils {
        return html! {};
    }
    let label = if asks {
        "Hỏi đơn vị"
    } else if view.standing.councils {
        "Ý kiến của Hội đồng"
    } else {
        "Giải trình thêm"
    };
    parts::section(
        "Trao đổi",
        None,
        html! {
            @for remark in &said {
                p.remark {
                    strong { (side(remark.side)) } " · " (remark.by) " · " span.quiet { (base::day::vi_moment(remark.at)) } br;
                    (remark.text)
                }
            }
            @if open || asks || view.standing.councils {
                form.form method="post" action={ (place::card(view.round.id, view.card.unit)) "/trao-doi/" (code) } data-guard {
                    (form::keyed(visit))
                    input type="hidden" name="ve" value=(back);
                    (fields::textarea(Field::new("text", label).id(box_id("text", code)).value(text).refused(refusals)))
                    (Button::new("Gửi").second())
                }
            }
        },
    )
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Appraiser => "Thẩm định",
        Side::Unit => "Đơn vị",
        Side::Council => "Hội đồng",
    }
}

fn assign_form(visit: &Visit, view: &View, code: &str, people: &[(String, String)]) -> Markup {
    let now = view.assigned.iter().find(|one| one.code == code);
    let value = now.map(|one| match (one.account, one.unit) {
        (Some(account), _) => format!("account:{account}"),
        (None, Some(unit)) => format!("unit:{unit}"),
        (None, None) => String::new(),
    });
    let choices: Vec<Choice> = std::iter::once(Choice::new("none", "Không giao riêng"))
        .chain(people.iter().map(|(value, label)| Choice::new(value, label)))
        .collect();
    parts::details(
        "Giao tiêu chí này",
        html! {
            form.form method="post" action={ (place::card(view.round.id, view.card.unit)) "/phan-cong" } {
                (form::token(visit))
                input type="hidden" name="code" value=(code);
                (fields::select(Field::new("to", "Người hoặc phòng thực hiện").id(box_id("to", code)).value(value.as_deref().unwrap_or("none")), &choices))
                (Button::new("Giao").second())
            }
        },
    )
}

/// What the appraiser decided, once the unit may know.
fn verdict(view: &View, code: &str) -> Markup {
    let Some(verdict) = view.verdicts.get(code).filter(|_| view.sees_verdicts()) else { return html! {} };
    let points = verdict.points.map(|points| vi(&points)).unwrap_or_default();
    parts::section(
        "Kết quả thẩm định",
        None,
        html! {
            p { "Điểm thẩm định " strong { (points) } @if verdict.agrees { " (đồng ý điểm tự chấm)" } }
            @if !verdict.reason.is_empty() { p { "Lý do: " (verdict.reason) } }
        },
    )
}
