//! The criteria of a set as a table: from the file's own value, so that a draft with mistakes shows too.

use super::place;
use crate::files::difference::measure_in_words;
use crate::files::fields::{self, CRITERION_HEAD, CRITERION_TAIL};
use base::number::vi;
use maud::{Markup, html};
use rulebook::Edition;
use score::CriteriaSet;
use serde_json::Value;
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::{Visit, form};

pub(super) fn criteria(body: &Value) -> &[Value] {
    body.get("criteria").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

pub(super) fn code(criterion: &Value) -> &str {
    criterion.get("code").and_then(Value::as_str).unwrap_or_default()
}

/// The id of a criterion's row.
pub(super) fn anchor(code: &str) -> String {
    format!("tc-{}", code.replace(|c: char| !c.is_alphanumeric(), "-"))
}

fn text<'v>(criterion: &'v Value, key: &str) -> &'v str {
    criterion.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A field of a criterion, said as the workbook says it.
fn said(criterion: &Value, key: &str) -> Option<String> {
    let field = CRITERION_HEAD.iter().chain(CRITERION_TAIL).find(|field| field.key == key)?;
    Some(fields::in_words(&field.form.cell(fields::get(criterion, key)?)?))
}

pub(super) fn tree(visit: &Visit, edition: &Edition, set: Option<&CriteriaSet>, writes: bool) -> Markup {
    let list = criteria(&edition.body);
    if list.is_empty() {
        return parts::empty(
            "Chưa có tiêu chí nào.",
            "Thêm lĩnh vực trước (mã 1, 2, …), rồi thêm tiêu chí trong lĩnh vực (mã 1.1, 1.2, …).",
            None,
        );
    }
    let mut columns = vec![
        Column::new("Mã"),
        Column::new("Tiêu chí"),
        Column::number("Tối đa"),
        Column::new("Ai chấm"),
        Column::new("Cách chấm"),
    ];
    if writes {
        columns.push(Column::actions("Sửa"));
    }
    let mut seen = std::collections::HashSet::new();
    let rows = list.iter().map(|one| row(visit, edition, set, one, writes, seen.insert(code(one)))).collect();
    html! { (Table { caption: "Tiêu chí của bộ", columns, rows, names: 1, ..Table::default() }) }
}

fn row(
    visit: &Visit,
    edition: &Edition,
    set: Option<&CriteriaSet>,
    criterion: &Value,
    writes: bool,
    first: bool,
) -> Row {
    let code = code(criterion);
    let measure = criterion.get("measure").map(measure_in_words).unwrap_or_default();
    let leaf = !measure.is_empty();
    let mut cells = vec![
        html! { (code) },
        html! { (text(criterion, "name")) @if leaf { (more(criterion, &measure)) } @else if let Some(note) = notes(criterion) { " " span.quiet { (note) } } },
        html! { (max(set, criterion)) },
        html! { @if leaf { (said(criterion, "filled_by").unwrap_or_else(|| "đơn vị tự chấm".into())) } },
        html! { @if let Some((_, kind)) = measure.first() { (kind) } },
    ];
    if writes {
        cells.push(deeds(visit, edition, code));
    }
    let row = Row::new(cells);
    let row = if first { row.id(anchor(code)) } else { row };
    if leaf || code.contains('.') { row } else { row.strong() }
}

/// Of a parent without a maximum of its own: the sum of those below, for the first kind of unit.
fn max(set: Option<&CriteriaSet>, criterion: &Value) -> Markup {
    if let Some(max) = said(criterion, "max") {
        return html! { (max) };
    }
    let kind = |set: &CriteriaSet| set.applies_to.first().cloned().unwrap_or_default();
    let sum = set.and_then(|set| {
        set.nodes(&kind(set))
            .into_iter()
            .find(|node| node.criterion.code == code(criterion))
            .map(|node| crate::view::shown(&node.max))
    });
    html! { @if let Some(sum) = sum { (vi(&sum.normalize())) } }
}

/// What a parent says besides its name.
fn notes(criterion: &Value) -> Option<String> {
    let pairs: Vec<String> = ["group", "cap", "applies_to", "not_applicable"]
        .into_iter()
        .filter_map(|key| {
            let field = CRITERION_TAIL.iter().find(|field| field.key == key)?;
            Some(format!("{}: {}", field.label, said(criterion, key)?))
        })
        .collect();
    (!pairs.is_empty()).then(|| format!("({})", pairs.join("; ")))
}

/// Everything about a leaf that most readers do not need at once.
fn more(criterion: &Value, measure: &[(String, String)]) -> Markup {
    let lines = CRITERION_TAIL
        .iter()
        .filter(|field| field.key != "text")
        .filter_map(|field| Some((field.label, said(criterion, field.key)?)));
    parts::details(
        "Nội dung và cách chấm",
        html! {
            @for line in text(criterion, "text").lines() { p { (line) } }
            ul {
                li { "Tài liệu kiểm chứng: " (said(criterion, "evidence").unwrap_or_else(|| "bắt buộc".into())) }
                @for (name, value) in measure { li { (name) ": " (value) } }
                @for (name, value) in lines { li { (name) ": " (value) } }
            }
        },
    )
}

fn deeds(visit: &Visit, edition: &Edition, code: &str) -> Markup {
    let here = place(edition);
    let about = format!("tiêu chí {code}");
    html! {
        a href={ (here) "/tieu-chi?ma=" (code) } { "Sửa" span.vh { " " (about) } }
        form method="post" action={ (here) "/tieu-chi/chuyen" } {
            (form::token(visit))
            input type="hidden" name="version" value=(edition.version);
            input type="hidden" name="ma" value=(code);
            (Button::new("Lên").quiet().sends("huong", "len").about(&about))
            (Button::new("Xuống").quiet().sends("huong", "xuong").about(&about))
        }
    }
}
