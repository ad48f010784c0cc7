//! The rows of the grid: parents with their sums, leaves with their cells.

use super::{Shown, Typed, filled_by};
use crate::entry::{self, Asked};
use crate::model::*;
use crate::pages::place;
use crate::rules::{self, Missing};
use crate::view::{View, shown};
use base::number::{vi, vi_fixed};
use maud::{Markup, PreEscaped, html};
use score::Node;
use score::set::{Evidence, FilledBy, Measure};
use serde_json::{Map, Value};
use web::look::Icon;
use web::look::grid::{self, Cell, Stand};
use web::look::parts::Tone;
use web::{Posted, Visit};

/// The leaves that the unit itself fills.
pub fn own_leaves(view: &View) -> impl Iterator<Item = Node<'_>> {
    view.set
        .nodes(&view.card.kind)
        .into_iter()
        .filter(|node| node.criterion.is_leaf() && node.criterion.filled_by == FilledBy::Own && node.group.is_none())
}

/// All rows that the filter shows; a parent stands where something below it does.
pub fn rows(visit: &Visit, view: &View, shown: &Shown, typed: &Typed) -> Markup {
    let nodes = view.set.nodes(&view.card.kind);
    let missing = view.missing();
    let wanted: Vec<&str> = nodes
        .iter()
        .filter(|node| node.criterion.is_leaf() && is_wanted(visit, view, shown, node, &missing))
        .map(|node| node.criterion.code.as_str())
        .collect();
    let answers = plain(view);
    let mut all = String::new();
    for node in &nodes {
        let code = node.criterion.code.as_str();
        if wanted.iter().any(|leaf| rules::covers(code, leaf)) {
            all += &row(visit, view, node, &missing, &answers, typed).0;
        }
    }
    PreEscaped(all)
}

fn is_wanted(visit: &Visit, view: &View, shown: &Shown, node: &Node<'_>, missing: &[Missing]) -> bool {
    let code = node.criterion.code.as_str();
    let field = shown.linh_vuc.as_deref().filter(|field| !field.is_empty());
    let in_field = field.is_none_or(|field| rules::covers(field, code));
    let chosen = match shown.hien.as_deref() {
        Some("con-thieu") => missing.iter().any(|one| one.code() == code),
        Some("cua-toi") => view
            .assigned
            .iter()
            .any(|one| rules::covers(&one.code, code) && rules::is_mine(&visit.scope, &view.station, one)),
        _ => true,
    };
    in_field && chosen
}

/// The answers alone, as the engine and the boxes read them.
pub fn plain(view: &View) -> Map<String, Value> {
    view.answers.iter().filter_map(|(code, answer)| Some((code.clone(), answer.value.clone()?))).collect()
}

/// The rows that a save of one leaf changes: the leaf, and each parent above it.
pub fn changed(visit: &Visit, view: &View, code: &str, typed: &Typed) -> Vec<Markup> {
    let missing = view.missing();
    let answers = plain(view);
    let nodes = view.set.nodes(&view.card.kind);
    let mut found: Vec<Markup> = nodes
        .iter()
        .filter(|node| rules::covers(&node.criterion.code, code))
        .map(|node| row(visit, view, node, &missing, &answers, typed))
        .collect();
    // Criteria that hang on this one's answer are drawn anew too.
    let hangs = |node: &&Node<'_>| matches!(&node.criterion.measure, Some(Measure::By { on: score::set::On::Criterion(on), .. }) if on == code);
    found.extend(nodes.iter().filter(hangs).map(|node| row(visit, view, node, &missing, &answers, typed)));
    found
}

fn row(
    visit: &Visit,
    view: &View,
    node: &Node<'_>,
    missing: &[Missing],
    answers: &Map<String, Value>,
    typed: &Typed,
) -> Markup {
    let criterion = node.criterion;
    let depth = u8::try_from(node.depth + 1).unwrap_or(5);
    if !criterion.is_leaf() {
        return grid::row(&criterion.code, depth, true, &parent(view, node));
    }
    let open = format!("{}?mo={}#ngan", place::card(view.round.id, view.card.unit), criterion.code);
    let sign = filled_by(criterion.filled_by).map(|(icon, word)| html! { " " span.quiet { (icon) " " (word) } });
    let proofs = view.proofs.get(&criterion.code).map_or(0, Vec::len);
    let lacks = missing.iter().find(|one| one.code() == criterion.code);
    let lacks_proof = matches!(lacks, Some(Missing::Proof(_)));
    let cells = html! {
        (grid::name(&criterion.code, &criterion.name, Some(&open), sign))
        (grid::number(&vi(&shown(&node.max))))
        (answer_cell(visit, view, node, answers, typed))
        (points(view, node))
        @if criterion.evidence == Evidence::None { td.m { } }
        @else { (grid::evidence(proofs as u64, &open, &criterion.code, lacks_proof)) }
        (state(view, node, lacks))
    };
    grid::row(&criterion.code, depth, false, &cells)
}

fn parent(view: &View, node: &Node<'_>) -> Markup {
    let code = &node.criterion.code;
    let sum = view.own.subtotal(&view.set, code);
    let leaves: Vec<String> =
        own_leaves(view).map(|leaf| leaf.criterion.code.clone()).filter(|leaf| rules::covers(code, leaf)).collect();
    let done = leaves.iter().filter(|leaf| is_concluded(view, leaf)).count();
    html! {
        (grid::name(code, &node.criterion.name, None, None))
        (grid::number(&vi(&shown(&node.max))))
        td {}
        (grid::number(&sum.map(|sum| vi_fixed(&shown(&sum.so_far), 2)).unwrap_or_default()))
        td {}
        td.state data-say { @if !leaves.is_empty() { (done) "/" (leaves.len()) } }
    }
}

fn is_concluded(view: &View, code: &str) -> bool {
    view.answers.get(code).is_some_and(|answer| answer.value.is_some() || answer.excused.is_some())
        && !view.wrong.contains_key(code)
}

fn points(view: &View, node: &Node<'_>) -> Markup {
    match view.own_line(&node.criterion.code) {
        None => html! { td.n { span.quiet { "–" } } },
        Some(line) => match &line.points {
            Some(points) => html! { td.n title=(line.why) { (vi(&shown(points).round_dp(3).normalize())) } },
            None => html! { td.n { span.quiet { "chưa có" } } },
        },
    }
}

fn state(view: &View, node: &Node<'_>, lacks: Option<&Missing>) -> Markup {
    let answer = view.answers.get(&node.criterion.code);
    if let Some(excused) = answer.and_then(|answer| answer.excused) {
        return match excused {
            Excused::Asked => grid::state(Tone::Soon, "Không áp dụng, chờ duyệt"),
            Excused::Granted => grid::state(Tone::Calm, "Không áp dụng"),
            Excused::Refused => grid::state(Tone::Bad, "Không được duyệt"),
        };
    }
    match lacks {
        Some(Missing::Answer(_)) => grid::state(Tone::Plain, "Chưa chấm"),
        Some(Missing::Proof(_)) => grid::state(Tone::Soon, "Thiếu TLKC"),
        Some(Missing::ExcuseWhy(_)) => grid::state(Tone::Soon, "Thiếu lý do"),
        Some(Missing::Wrong(..)) => grid::state(Tone::Bad, "Số liệu sai"),
        None => match answer {
            Some(answer) if answer.value.is_some() => grid::state(Tone::Ok, "Đã xong"),
            _ if node.criterion.filled_by == FilledBy::Own => grid::state(Tone::Plain, "Không phát sinh"),
            _ => grid::state(Tone::Plain, "Chờ số liệu"),
        },
    }
}

/// The cell of a leaf: its boxes, or why it is locked.
fn answer_cell(visit: &Visit, view: &View, node: &Node<'_>, answers: &Map<String, Value>, typed: &Typed) -> Markup {
    let criterion = node.criterion;
    let code = criterion.code.as_str();
    let asked = entry::asked(criterion, &view.card.kind, answers);
    let stored = view.answers.get(code);
    let value = stored.and_then(|answer| answer.value.as_ref());
    if let Err(no) = view.may_answer(&visit.scope, code) {
        let text = value.map(|value| entry::brief(&asked, value)).unwrap_or_default();
        let icon = if criterion.filled_by == FilledBy::Auto { Icon::Auto } else { Icon::Lock };
        return grid::locked(&text, icon, &base::Refusal::from(no).say);
    }
    let mine = typed.code == code;
    let stand = match (mine && !typed.say.is_empty(), value, view.wrong.contains_key(code)) {
        (true, ..) | (_, _, true) => Stand::Invalid,
        (_, Some(_), _) if view.missing().iter().any(|one| one.code() == code) => Stand::Warn,
        (_, Some(_), _) => Stand::Saved,
        (_, None, _) => Stand::Todo,
    };
    let said = if mine { typed.say.clone() } else { view.wrong.get(code).cloned().unwrap_or_default() };
    let (id, action) = (format!("d-{code}"), format!("{}/o/{code}", place::card(view.round.id, view.card.unit)));
    let (version, key) = (stored.map_or(0, |answer| answer.version).to_string(), visit.key());
    let cell = Cell {
        id: &id,
        action: &action,
        csrf: visit.csrf(),
        version: &version,
        key: &key,
        stand,
        say: &said,
        conflict: typed.conflict_at(code),
    };
    let typed = mine.then_some(&typed.form);
    cell_boxes(&cell, code, &asked, value, typed)
        .map_or_else(|| in_drawer(view, node, &asked, value), |boxes| cell.with(&boxes))
}

/// The boxes that fit into a cell; none where the drawer is needed.
fn cell_boxes(
    cell: &Cell<'_>,
    code: &str,
    asked: &Asked<'_>,
    value: Option<&Value>,
    typed: Option<&Posted>,
) -> Option<Markup> {
    let Asked::Measure(measure) = asked else { return None };
    let get = |name: &str| typed.map(|form| form.get(name).to_owned());
    let number = |name: &str| get(name).or_else(|| entry::text(value?.get(name))).unwrap_or_default();
    let label = format!("Trả lời {code}");
    let boxes = match measure {
        Measure::YesNo => {
            let now = get("yes")
                .or_else(|| Some(if value?.get("yes")?.as_bool()? { "1" } else { "0" }.to_owned()))
                .unwrap_or_default();
            cell.choose("yes", &label, &now, &[("1", "Có"), ("0", "Không")])
        }
        Measure::Choice { options } => {
            let now = get("choice").or_else(|| Some(value?.get("choice")?.to_string())).unwrap_or_default();
            let values: Vec<String> = (0..options.len()).map(|at| at.to_string()).collect();
            let choices: Vec<(&str, &str)> =
                values.iter().zip(options).map(|(value, option)| (value.as_str(), option.name.as_str())).collect();
            cell.choose("choice", &label, &now, &choices)
        }
        Measure::Ratio { part, whole, .. } => {
            let (part_label, whole_label) = (format!("{code}: {part}"), format!("{code}: {whole}"));
            cell.part_whole((&part_label, &number("part")), (&whole_label, &number("whole")))
        }
        Measure::Bands { .. } => {
            let both = || Some(format!("{}/{}", entry::text(value?.get("part"))?, entry::text(value?.get("whole"))?));
            let now = get("value").or_else(|| entry::text(value?.get("value"))).or_else(both).unwrap_or_default();
            cell.number("value", &label, &now)
        }
        Measure::Count { .. } | Measure::Relative { .. } | Measure::Points { .. } => {
            cell.number("value", &label, &number("value"))
        }
        Measure::Versus { with: score::set::With::Mean, .. } => cell.number("value", &label, &number("value")),
        _ => return None,
    };
    let voided = value.is_some_and(|value| value.get("zero_if") == Some(&Value::Bool(true)));
    Some(html! { @if voided { input type="hidden" name="zero_if" value="1"; } (boxes) })
}

/// What is too large for a cell: its answer in words, and the way to the drawer.
fn in_drawer(view: &View, node: &Node<'_>, asked: &Asked<'_>, value: Option<&Value>) -> Markup {
    let code = &node.criterion.code;
    let words = value.map(|value| entry::brief(asked, value)).filter(|words| !words.is_empty());
    let href = format!("{}?mo={code}#ngan", place::card(view.round.id, view.card.unit));
    let class = match (&words, view.wrong.contains_key(code)) {
        (_, true) => "c invalid",
        (Some(_), false) => "c saved",
        (None, false) => "c",
    };
    html! {
        td class=(class) {
            a href=(href) data-open { @match &words { Some(words) => (words), None => "Nhập" } span.vh { " " (code) } }
        }
    }
}
