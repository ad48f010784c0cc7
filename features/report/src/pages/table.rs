//! The figures of one form (`ux.md` 8.10): headings over headings, each cell a small form of its own.

use super::one::{Again, Shown, address, opens_records};
use super::{drawer, place};
use crate::model::*;
use crate::rules;
use crate::rules::figures;
use crate::view::{View, Worked};
use indicator::form::{Cell as Bound, Column, Purpose};
use indicator::{Form, Severity};
use maud::{Markup, PreEscaped, html};
use web::look::Icon;
use web::look::fields::{self, Choice, Field};
use web::look::grid::{self, Cell, Conflict, Mode, Stand};
use web::look::parts::{self, Button, Tone};
use web::{Visit, form};

pub fn table(visit: &Visit, view: &View, at: usize, shown: &Shown, again: &Again) -> Markup {
    let Some(form) = view.ready().forms.get(at) else { return html! {} };
    let worked = view.worked();
    let wanted = figures::rows(view.ready(), form, if shown.is_whole() { &[] } else { &view.held.report.asks });
    let rows: String = wanted.iter().map(|row| drawn(visit, view, (at, *row), &worked, again).0).collect();
    let open = shown.mo.as_ref().and_then(|row| drawer::drawer(visit, view, (at, row), again));
    let here = address(view.held.report.id, &form.code, "");
    html! {
        (grid::with_head(Mode::Score, &form.name, &head(form), &PreEscaped(rows), open))
        @if wanted.len() < form.rows.len() { p { a href={ (here) "&hien=het" } { "Xem cả biểu, gồm " (form.rows.len()) " dòng" } } }
        @else if shown.is_whole() { p { a href=(here) { "Chỉ xem các dòng giao cho đơn vị" } } }
    }
}

/// Headings from the top down: neighbours with the same share one, a short one reaches down to the figures.
fn head(form: &Form) -> Markup {
    let levels = form.columns.iter().map(|column| column.head.len()).max().unwrap_or(1).max(1);
    let own = |label: &str| html! { th scope="col" rowspan=(levels) { (label) } };
    html! {
        @for level in 0..levels {
            tr {
                @if level == 0 { (own("Mã")) (own("Chỉ tiêu")) }
                @for head in heads(&form.columns, level, levels) {
                    th.n.past[head.shows] scope=(if head.wide > 1 { "colgroup" } else { "col" }) colspan=(head.wide) rowspan=(head.deep) { (head.label) }
                }
                @if level == 0 { (own("Trạng thái")) }
            }
        }
    }
}

/// A heading: over how many columns, down how many levels, and whether it only shows other periods.
struct Head<'a> {
    label: &'a str,
    wide: usize,
    deep: usize,
    shows: bool,
}

fn heads(columns: &[Column], level: usize, levels: usize) -> Vec<Head<'_>> {
    let mut found: Vec<Head<'_>> = Vec::new();
    let mut before: Option<&[String]> = None;
    for column in columns {
        let Some(label) = column.head.get(level) else {
            before = None;
            continue;
        };
        let path = &column.head[..=level];
        let is_last = column.head.len() == level + 1;
        match found.last_mut().filter(|_| before == Some(path) && !is_last) {
            Some(last) => last.wide += 1,
            None => found.push(Head {
                label,
                wide: 1,
                deep: if is_last { levels - level } else { 1 },
                shows: is_last && matches!(column.purpose, Purpose::Shows(_)),
            }),
        }
        before = Some(path);
    }
    found
}

/// The rows that a change of one cell draws anew: its own, and those with something worked out.
pub fn changed(visit: &Visit, view: &View, (at, place): (usize, usize), again: &Again) -> Vec<Markup> {
    let Some(form) = view.ready().forms.get(at) else { return Vec::new() };
    let worked = view.worked();
    let is =
        |row: usize, pick: &dyn Fn(Bound) -> bool| (0..form.columns.len()).any(|column| pick(form.cell(row, column)));
    let own = |row: &usize| is(*row, &|cell| cell == Bound::Takes(place));
    let derived = |row: &usize| is(*row, &|cell| matches!(cell, Bound::Derived(_)));
    let touched = |row: &usize| {
        let cells = view.wrong.iter().flat_map(|one| &one.cells).filter(|(form, _)| *form == at);
        cells.into_iter().any(|(_, place)| is(*row, &|cell| cell == Bound::Takes(*place)))
    };
    let rows = (0..form.rows.len()).filter(|row| own(row) || derived(row) || touched(row));
    rows.map(|row| drawn(visit, view, (at, row), &worked, again)).collect()
}

fn drawn(visit: &Visit, view: &View, (at, row): (usize, usize), worked: &Worked, again: &Again) -> Markup {
    let Some(form) = view.ready().forms.get(at) else { return html! {} };
    let Some(line) = form.rows.get(row) else { return html! {} };
    if line.is_heading {
        let cells = html! {
            (grid::name(&line.code, &line.name, None, None))
            td colspan=(form.columns.len() + 1) {}
        };
        return grid::row(&line.code, 1, true, &cells);
    }
    let depth = if line.counts.is_some_and(|counts| counts.part.is_some()) { 2 } else { 1 };
    let of = line.counts.and_then(|counts| view.ready().set.indicators.get(counts.indicator));
    let unit = of.map_or("", |one| one.unit.as_str());
    let open = format!("{}#ngan", address(view.held.report.id, &form.code, &line.code));
    let cells = html! {
        (grid::name(&line.code, &line.name, Some(&open), Some(html! {
            div.quiet { (unit) }
            // Also where the column of states is out of sight.
            @if is_returned(view, at, row) { (parts::tag(Tone::Bad, "Bị trả lại")) }
        })))
        @for column in 0..form.columns.len() { (cell(visit, view, (at, row, column), worked, again)) }
        (standing(view, at, row))
    };
    grid::row(&line.code, depth, false, &cells)
}

fn cell(
    visit: &Visit,
    view: &View,
    (at, row, column): (usize, usize, usize),
    worked: &Worked,
    again: &Again,
) -> Markup {
    let Some(form) = view.ready().forms.get(at) else { return html! {} };
    let text = view.text(at, row, column, worked);
    match form.cell(row, column) {
        Bound::Nothing => html! { td.c.locked { span.vh { "Không nhập ô này" } } },
        Bound::Shows(_) => html! { td.n.past { span.quiet { (text) } } },
        Bound::Derived(_) => html! { td.n title="Hệ thống tính từ các dòng khác" { (text) } },
        Bound::Takes(place) => match locked(view, at, place) {
            _ if view.source(at, place).is_some() => counted(visit, view, at, place, &text),
            Some(why) => grid::locked(&text, Icon::Lock, &why),
            None => entered(visit, view, (at, row, column), place, again),
        },
    }
}

/// Why a cell cannot be changed by whoever looks; none where it can.
fn locked(view: &View, at: usize, place: usize) -> Option<String> {
    let asked = view.ready().forms.get(at).map(|form| figures::asked(form, &view.held.report.asks)).unwrap_or_default();
    let no = match asked.get(place) {
        Some(true) => rules::may_fill(&view.held).err()?,
        _ => No::NotAsked,
    };
    Some(base::Refusal::from(no).say)
}

/// A figure that the system counted, with the way to its records; one that was overridden says so.
fn counted(visit: &Visit, view: &View, at: usize, place: usize, text: &str) -> Markup {
    let Some(source) = view.source(at, place) else { return html! {} };
    let overridden = crate::actions::is_overridden(Some(source), view.at(at, place));
    let why = format!("{}, đếm lúc {}", source.source, base::day::vi_moment(source.at));
    html! {
        td.c.locked.warn[overridden] {
            span title=(why) {
                @if source.link.is_empty() || !opens_records(visit, view) { (text) } @else { a href=(source.link) { (text) } }
                " " (Icon::Auto) span.vh { " " (why) }
            }
            @if overridden { div { (parts::tag(Tone::Soon, "Ghi đè")) } }
        }
    }
}

fn entered(
    visit: &Visit,
    view: &View,
    (at, row, column): (usize, usize, usize),
    place: usize,
    again: &Again,
) -> Markup {
    let Some(form) = view.ready().forms.get(at) else { return html! {} };
    let (line, head) = (&form.rows[row], form.columns[column].head.join(" "));
    let spot = Spot::Cell(form.code.clone(), place);
    let typed = again.spot.as_ref().filter(|again| **again == spot);
    let (stand, mut say) = stands(view, at, place, &spot);
    let written = view.written(at, place);
    let value = if typed.is_some() { again.posted.get("so") } else { &written };
    if typed.is_some() {
        say.clone_from(&again.say);
    }
    let both = typed.and(again.conflict.as_ref());
    let conflict = both.map(|(theirs, mine)| Conflict { who: "Người khác vừa nhập", theirs, mine });
    let cell = Cell {
        id: &format!("o-{}-{place}", form.code),
        action: &format!("{}/o/{}/{place}", place::report(view.held.report.id), form.code),
        csrf: visit.csrf(),
        version: &view.at(at, place).map(|value| value.to_string()).unwrap_or_default(),
        key: &visit.key(),
        stand: if typed.is_some() { Stand::Invalid } else { stand },
        say: &say,
        conflict,
    };
    cell.with(&cell.number("so", &format!("{head}: {} {}", line.code, line.name), value))
}

/// How a cell stands, and what is to be said under it: that it came back, or does not agree.
fn stands(view: &View, at: usize, place: usize, spot: &Spot) -> (Stand, String) {
    let returned = view.said(spot).filter(|note| note.kind == NoteKind::Returned && note.settled.is_none()).last();
    if let Some(note) = returned {
        return (Stand::Warn, format!("{} trả lại: {}", note.who, note.body));
    }
    let open = |one: &&Wrong| one.cells.contains(&(at, place)) && one.explained.is_empty();
    if let Some(one) = view.wrong.iter().filter(open).min_by_key(|one| one.severity) {
        return (Stand::Warn, one.say.clone());
    }
    (if view.at(at, place).is_some() { Stand::Saved } else { Stand::Todo }, String::new())
}

/// Whether a cell of a row came back and is neither changed nor answered.
fn is_returned(view: &View, at: usize, row: usize) -> bool {
    let Some(form) = view.ready().forms.get(at) else { return false };
    (0..form.columns.len()).any(|column| match form.cell(row, column) {
        Bound::Takes(place) => {
            let spot = Spot::Cell(form.code.clone(), place);
            view.said(&spot).any(|note| note.kind == NoteKind::Returned && note.settled.is_none())
        }
        _ => false,
    })
}

/// The row of a place, for whoever looks for it.
pub fn row_of(view: &View, spot: &Spot) -> Option<(String, String)> {
    let Spot::Cell(code, place) = spot else { return None };
    let form = view.ready().forms.get(view.ready().form(code)?)?;
    let all = (0..form.rows.len()).flat_map(|row| (0..form.columns.len()).map(move |column| (row, column)));
    let (row, _) = all.into_iter().find(|(row, column)| form.cell(*row, *column) == Bound::Takes(*place))?;
    Some((code.clone(), form.rows.get(row)?.code.clone()))
}

/// The state of a row in words.
fn standing(view: &View, at: usize, row: usize) -> Markup {
    let Some(form) = view.ready().forms.get(at) else { return html! {} };
    let asked = figures::asked(form, &view.held.report.asks);
    let places: Vec<usize> = (0..form.columns.len())
        .filter_map(|column| match form.cell(row, column) {
            Bound::Takes(place) if asked.get(place) == Some(&true) => Some(place),
            _ => None,
        })
        .collect();
    let is_here = |one: &&Wrong| places.iter().any(|place| one.cells.contains(&(at, *place)));
    let worst = view.wrong.iter().filter(is_here).filter(|one| one.explained.is_empty()).map(|one| one.severity).min();
    let missing = places.iter().filter(|place| view.at(at, **place).is_none()).count();
    match worst {
        _ if places.is_empty() => html! { td.state data-say {} },
        _ if is_returned(view, at, row) => grid::state(Tone::Bad, "Bị trả lại"),
        Some(Severity::Blocks) => grid::state(Tone::Bad, "Phải sửa"),
        Some(Severity::Explain) => grid::state(Tone::Soon, "Phải giải trình"),
        _ if missing == places.len() => grid::state(Tone::Calm, "Chưa nhập"),
        _ if missing > 0 => grid::state(Tone::Info, &format!("Thiếu {missing} ô")),
        Some(Severity::Notice) => grid::state(Tone::Soon, "Lưu ý"),
        None => grid::state(Tone::Ok, "Đã nhập"),
    }
}

/// "12=345;13=": what each cell of a form has, as it is kept.
fn shown_now(view: &View, at: usize) -> String {
    let sheet = view.sheets.get(at).map(Vec::as_slice).unwrap_or_default();
    let one = |(place, value): (usize, &Option<indicator::Scaled>)| {
        format!("{place}={}", value.map(|value| value.to_string()).unwrap_or_default())
    };
    sheet.iter().enumerate().map(one).collect::<Vec<String>>().join(";")
}

/// A block copied from a spreadsheet. With script it is pasted into the table itself; without, here.
pub fn pasting(visit: &Visit, view: &View, at: usize, shown: &Shown, again: &Again) -> Markup {
    let Some(table) = view.ready().forms.get(at).filter(|_| rules::may_fill(&view.held).is_ok()) else {
        return html! {};
    };
    let rows = table.rows.iter().filter(|row| !row.is_heading);
    let rows: Vec<(String, String)> =
        rows.map(|row| (row.code.clone(), format!("{}. {}", row.code, row.name))).collect();
    let takes = |column: &&Column| matches!(column.purpose, Purpose::Takes(_));
    let columns: Vec<(String, String)> =
        table.columns.iter().filter(takes).map(|column| (column.code.clone(), column.head.join(", "))).collect();
    let rows: Vec<Choice> = rows.iter().map(|(code, say)| Choice::new(code, say)).collect();
    let columns: Vec<Choice> = columns.iter().map(|(code, say)| Choice::new(code, say)).collect();
    let typed = |name: &str| again.posted.get(name).to_owned();
    let inside = html! {
        p.quiet { "Sao chép một khối ô trong Excel rồi dán vào ô bắt đầu của biểu, hoặc vào khung dưới đây. Có ô sai thì không ô nào được nhận." }
        form.form method="post" action={ (place::report(view.held.report.id)) "/dan/" (table.code) } data-block {
            (form::token(visit))
            // Where script has pasted into a cell: that one.
            input type="hidden" name="o";
            @if shown.is_whole() { input type="hidden" name="hien" value="het"; }
            // What stands in the cells now; script brings it up to date.
            input type="hidden" name="truoc" value=(shown_now(view, at));
            (fields::select(Field::new("dong", "Từ dòng").value(&typed("dong")).refused(&again.refusals), &rows))
            (fields::select(Field::new("cot", "Từ cột").value(&typed("cot")).refused(&again.refusals), &columns))
            (fields::textarea(Field::new("khoi", "Khối số liệu").value(&typed("khoi")).rows(6).refused(&again.refusals)))
            (Button::new("Nhận khối số liệu").second())
        }
    };
    parts::details_open("Dán từ Excel", again.posted.has("khoi"), inside)
}
