//! A process as a picture: SVG made here, without script. The table of its steps always stands beside it.
//!
//! ```text
//!         ┌ 1 ┐            a row for each length of the way from the first step
//!         └ │ ┘
//!         ┌ 3a ┐ ┌ 3b ┐    beside each other in one row
//!         └──┬─┘ └─┬──┘
//!         ┌ 4 ┐ ╌╌╌╌╌╌╌┐   what goes back, or on past a row: along the edge, back ones dashed
//! ```

use maud::{Markup, html};
use std::collections::BTreeMap;
use workflow::Process;

const WIDE: usize = 260;
const HIGH: usize = 114;
const BESIDE: usize = 36;
const BELOW: usize = 52;
const LANE: usize = 16;
const EDGE: usize = 14;
/// Letters in a line of a box, at its size of writing.
const LETTERS: usize = 34;

/// The picture. `id` keeps its arrow heads apart from those of other pictures on the page.
pub fn svg(process: &Process, roles: &BTreeMap<String, String>, id: &str) -> Markup {
    let plan = Plan::of(process);
    let (width, height) = (plan.width, plan.height);
    html! {
        div.scroll tabindex="0" role="region" aria-label={ "Sơ đồ quy trình " (process.code) } {
            svg width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="img"
                aria-label={ "Sơ đồ các bước của quy trình " (process.name) ". Bảng các bước nói cùng nội dung." } font-size="13" {
                defs {
                    marker id={ "arrow-" (id) } viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse" {
                        path d="M0 0L8 4L0 8z" fill="#5a6672" {}
                    }
                }
                @for way in &plan.ways { (line(way, id)) }
                @for (at, step) in process.steps.iter().enumerate() {
                    @let (x, y) = plan.places[at];
                    (one_box(step, x, y, roles))
                }
            }
        }
    }
}

fn line(way: &Way, id: &str) -> Markup {
    html! {
        path d=(way.path) fill="none" stroke="#5a6672" stroke-width="1.5" stroke-dasharray=[way.dashed.then_some("5 4")]
            marker-end={ "url(#arrow-" (id) ")" } {}
        @if !way.says.is_empty() {
            text x=(way.at.0) y=(way.at.1) font-size="12" fill="#3d4852" stroke="#fff" stroke-width="3" paint-order="stroke" { (way.says) }
        }
    }
}

fn one_box(step: &workflow::Step, x: usize, y: usize, roles: &BTreeMap<String, String>) -> Markup {
    let ends = step.end.is_some();
    let outside = step.agency.is_some();
    let who = step.agency.as_deref().or(roles.get(&step.role).map(String::as_str)).unwrap_or(&step.role);
    let lines = wrapped(&format!("{}. {}", step.code, step.name), LETTERS, 3);
    let who = wrapped(who, LETTERS + 4, 1);
    html! {
        rect x=(x) y=(y) width=(WIDE) height=(HIGH) rx=(if ends { 24 } else { 6 }) fill="#fff" stroke="#24507a"
            stroke-width=(if ends { "2" } else { "1.25" }) stroke-dasharray=[outside.then_some("2 3")] {}
        @for (at, line) in lines.iter().enumerate() {
            text x=(x + 12) y=(y + 22 + at * 18) font-weight="600" fill="#1a2733" { (line) }
        }
        @for line in &who { text x=(x + 12) y=(y + HIGH - 30) font-size="12" fill="#3d4852" { (line) } }
        text x=(x + 12) y=(y + HIGH - 12) font-size="12" fill="#3d4852" { (time(step.time)) }
    }
}

/// One arrow.
struct Way {
    path: String,
    dashed: bool,
    says: String,
    at: (usize, usize),
}

struct Plan {
    /// The upper left corner of each step.
    places: Vec<(usize, usize)>,
    ways: Vec<Way>,
    width: usize,
    height: usize,
}

/// A way before it is drawn.
struct Edge {
    from: usize,
    to: usize,
    back: bool,
    /// Only when a pause has run out.
    late: bool,
    says: String,
}

impl Plan {
    fn of(process: &Process) -> Plan {
        let edges = edges(process);
        let rows = rows(process.steps.len(), &edges);
        let most = rows.iter().map(Vec::len).max().unwrap_or(1);
        let aside = |edge: &&Edge| edge.back || row_of(&rows, edge.to) != row_of(&rows, edge.from) + 1;
        let lanes = edges.iter().filter(aside).count();
        let left = EDGE;
        let inner = wide(most);
        let mut places = vec![(0, 0); process.steps.len()];
        for (row, steps) in rows.iter().enumerate() {
            for (column, step) in steps.iter().enumerate() {
                // From the left, so that a telephone shows the main way without scrolling.
                places[*step] = (left + column * (WIDE + BESIDE), EDGE + row * (HIGH + BELOW));
            }
        }
        let (mut ways, mut lane) = (Vec::new(), left + inner + LANE);
        for edge in &edges {
            if aside(&edge) {
                ways.push(along_the_edge(edge, &places, &rows, lane));
                lane += LANE;
            } else {
                ways.push(downward(edge, &places));
            }
        }
        let says = ways.iter().map(|way| way.at.0 + way.says.chars().count() * 7).max().unwrap_or(0);
        let width = (left + inner + (lanes + 1) * LANE + EDGE).max(says);
        Plan { places, ways, width, height: 2 * EDGE + rows.len() * (HIGH + BELOW) - BELOW }
    }
}

/// So many boxes beside each other.
fn wide(boxes: usize) -> usize {
    boxes * WIDE + boxes.saturating_sub(1) * BESIDE
}

fn edges(process: &Process) -> Vec<Edge> {
    let mut found: Vec<Edge> = Vec::new();
    for (from, step) in process.steps.iter().enumerate() {
        for one in &step.moves {
            let says =
                [one.case.as_deref(), one.chosen.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
            for to in &one.to {
                match found.iter_mut().find(|edge| (edge.from, edge.to, edge.back) == (from, *to, one.back)) {
                    Some(same) if !says.is_empty() => same.says += &format!("; {says}"),
                    Some(_) => {}
                    None => found.push(Edge { from, to: *to, back: one.back, late: false, says: says.clone() }),
                }
            }
        }
        if let Some((_, then)) = step.pause.as_ref().and_then(|pause| pause.ends) {
            found.push(Edge { from, to: then, back: false, late: true, says: "quá hạn chờ".into() });
        }
    }
    found
}

/// Steps by the length of the longest way to them. A circle (a fault, shown to whoever mends it) is walked once.
fn rows(steps: usize, edges: &[Edge]) -> Vec<Vec<usize>> {
    let mut level = vec![0; steps];
    for _ in 0..steps {
        for edge in edges.iter().filter(|edge| !edge.back && edge.from != edge.to) {
            let next = (level[edge.from] + 1).min(steps.saturating_sub(1));
            level[edge.to] = level[edge.to].max(next);
        }
    }
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); level.iter().max().map_or(1, |most| most + 1)];
    for (step, row) in level.into_iter().enumerate() {
        rows[row].push(step);
    }
    rows.retain(|row| !row.is_empty());
    if rows.is_empty() { vec![Vec::new()] } else { rows }
}

fn row_of(rows: &[Vec<usize>], step: usize) -> usize {
    rows.iter().position(|row| row.contains(&step)).unwrap_or_default()
}

/// From the foot of a box to the head of one in the next row.
fn downward(edge: &Edge, places: &[(usize, usize)]) -> Way {
    let ((x1, y1), (x2, y2)) = (places[edge.from], places[edge.to]);
    let (x1, y1, x2) = (x1 + WIDE / 2, y1 + HIGH, x2 + WIDE / 2);
    let middle = y1 + BELOW / 2;
    let path = if x1 == x2 { format!("M{x1} {y1}V{y2}") } else { format!("M{x1} {y1}V{middle}H{x2}V{y2}") };
    Way { path, dashed: edge.late, says: edge.says.clone(), at: (x2 + 8, y2 - 10) }
}

/// Out to a lane of its own at the right, along it, and in again. Where a neighbour stands in between, through the gap
/// below the one box or above the other.
fn along_the_edge(edge: &Edge, places: &[(usize, usize)], rows: &[Vec<usize>], lane: usize) -> Way {
    let last = |step: usize| rows[row_of(rows, step)].last() == Some(&step);
    let ((x1, y1), (x2, y2)) = (places[edge.from], places[edge.to]);
    let out = match last(edge.from) {
        true => format!("M{} {}H{lane}", x1 + WIDE, y1 + HIGH / 2 + 14),
        false => format!("M{} {}V{}H{lane}", x1 + WIDE - 30, y1 + HIGH, y1 + HIGH + 14),
    };
    let (into, at) = match last(edge.to) {
        true => (format!("V{}H{}", y2 + HIGH / 2 - 14, x2 + WIDE), (lane.saturating_sub(90), y2 + HIGH / 2 - 20)),
        false => (format!("V{}H{}V{y2}", y2.saturating_sub(12), x2 + WIDE - 20), (x2 + WIDE, y2.saturating_sub(16))),
    };
    Way { path: out + &into, dashed: edge.back || edge.late, says: edge.says.clone(), at }
}

/// "2 ngày 4 giờ", of working days of eight hours.
pub fn time(minutes: u32) -> String {
    let parts = [(minutes / 480, "ngày"), (minutes % 480 / 60, "giờ"), (minutes % 60, "phút")];
    let said: Vec<String> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, unit)| format!("{number} {unit}")).collect();
    if said.is_empty() { "0 giờ".into() } else { said.join(" ") }
}

/// At most so many lines of at most so many letters; what does not fit ends with "…".
fn wrapped(text: &str, letters: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let kept: String = last.chars().take(letters - 1).collect();
            *last = format!("{kept}…");
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::actions;

    fn plan(code: &str) -> (Process, Plan) {
        let text = crate::tests::workflow_text(code);
        let process = workflow::read(&toml::from_str(text).unwrap()).process;
        let plan = Plan::of(&process);
        (process, plan)
    }

    #[test]
    fn steps_stand_below_those_that_lead_to_them_and_no_two_in_one_place() {
        for code in ["mau-so-07", "mau-so-15-lien-thong", "mau-attp-20", "mau-xa-01"] {
            let (process, plan) = plan(code);
            for (at, place) in plan.places.iter().enumerate() {
                assert!(!plan.places[..at].contains(place), "{code}: two at {place:?}");
                for one in process.steps[at].moves.iter().filter(|one| !one.back) {
                    assert!(one.to.iter().all(|to| plan.places[*to].1 > place.1), "{code}: {at} leads upward");
                }
            }
            assert!(plan.ways.iter().any(|way| way.dashed), "{code} has returns");
        }
    }

    #[test]
    fn the_picture_names_every_step_and_a_circle_ends() {
        let (process, _) = plan("mau-so-15-lien-thong");
        let drawn = svg(&process, &actions::roles(), "a").into_string();
        assert!(process.steps.iter().all(|step| drawn.contains(&format!(">{}. ", step.code))), "{drawn}");
        let mut round = process.clone();
        round.steps[1].moves[0].to = vec![0];
        assert!(Plan::of(&round).height > 0);
        round.steps.clear();
        assert!(svg(&round, &actions::roles(), "b").into_string().contains("svg"));
    }

    #[test]
    fn long_names_are_broken_between_words() {
        assert_eq!(wrapped("Kiểm tra hồ sơ", 8, 3), ["Kiểm tra", "hồ sơ"]);
        assert_eq!(wrapped("một hai ba bốn", 4, 2), ["một", "hai…"]);
    }
}
