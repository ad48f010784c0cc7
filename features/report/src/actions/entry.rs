//! Entering: one cell, a block from a spreadsheet, the text of a section, a word about a place.

use super::{about_report, sheets, take};
use crate::model::*;
use crate::rules::{self, figures};
use crate::store;
use base::{Refusal, number};
use db::Tx;
use indicator::form::Cell;
use indicator::{Indicator, Scaled, entered, figure};
use people::{Failure, Scope};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use web::Site;

/// What somebody typed into a cell: the figure that their page showed there, as it is kept, and their text.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub was: String,
    pub text: String,
    /// Why a figure stands in the place of the one that the system counted.
    pub why: String,
}

/// A block copied from a spreadsheet, and the cell where it begins. It is laid over the rows that the person saw: all of them, or
/// those of their unit.
#[derive(Clone, Debug, Default)]
pub struct Block {
    pub form: String,
    pub row: usize,
    pub column: usize,
    pub over_all: bool,
    pub text: String,
    /// What the person's page showed in the cells, as it is kept, by place: another's figure since is not written over.
    pub was: BTreeMap<usize, String>,
}

/// What became of a block: cells taken, and cells with something that the form works out or does not ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wrote {
    pub taken: usize,
    pub skipped: usize,
}

/// A figure as people read it.
fn said(value: Option<Scaled>, of: &Indicator) -> String {
    let value = value.and_then(|value| figure(value.into(), of.digits));
    value.map(|value| number::vi_fixed(&value, of.digits)).unwrap_or_default()
}

/// Writes one cell. What somebody else has written there since is a conflict, with their figure.
pub async fn write_cell(
    site: &Site,
    scope: &Scope,
    id: ReportId,
    (form, place): (&str, usize),
    typed: &Typed,
) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, None).await?;
    rules::may_fill(&held)?;
    let at = held.ready.form(form).ok_or(No::NoSuchCell)?;
    let table = held.ready.forms.get(at).ok_or(No::NoSuchCell)?;
    if figures::asked(table, &held.report.asks).get(place) != Some(&true) {
        return Err(No::NotAsked.into());
    }
    let indicator = &figures::named(&held.ready, table, place).ok_or(No::NoSuchCell)?;
    let wanted = entered(&typed.text, indicator)?;
    let old = sheets(&mut tx, &held).await?;
    let mut all = old.clone();
    let slot = all.get_mut(at).and_then(|sheet| sheet.get_mut(place)).ok_or(No::NoSuchCell)?;
    let before = *slot;
    if before == wanted {
        return Ok(());
    }
    if before.map(|value| value.to_string()).unwrap_or_default() != typed.was {
        return Err(Failure::stale(json!({ "so": said(before, indicator) })));
    }
    *slot = wanted;
    let spot = Spot::Cell(form.to_owned(), place);
    let sources = store::sources(&mut tx, id).await?;
    let source = sources.iter().find(|source| (source.form.as_str(), source.place) == (form, place));
    if super::is_overridden(source, wanted) {
        let why = typed.why.trim();
        if why.is_empty() {
            return Err(No::FromSystem.into());
        }
        if why.chars().count() > rules::NOTE {
            return Err(No::NoteLong { most: rules::NOTE }.into());
        }
        store::add_note(&mut tx, scope, id, &spot, NoteKind::Overridden, why).await?;
    }
    let which = json!({ "form": form, "place": place, "before": said(before, indicator) });
    let now = json!({ "so": said(wanted, indicator) });
    keep(&mut tx, scope, &held, &old, &all).await?;
    let line = journal::entry(scope, "report.entered", about_report(id), &which, &now)?;
    Ok(journal::commit(tx, line).await?)
}

/// Keeps the sheets that differ, with how far the report is now. What was returned of a place is dealt with by changing it. Gives
/// the sheets that changed, as they were and as they are: the journal's before and after.
pub(super) async fn keep(
    tx: &mut Tx,
    scope: &Scope,
    held: &Held,
    before: &Sheets,
    after: &Sheets,
) -> Result<(Value, Value), Failure> {
    let id = held.report.id;
    let (mut was, mut is) = (Map::new(), Map::new());
    for ((form, old), new) in held.ready.forms.iter().zip(before).zip(after).filter(|((_, old), new)| old != new) {
        let (text, old_text) = (indicator::sheet::written(new), indicator::sheet::written(old));
        store::put_sheet(tx, id, &form.code, &text).await?;
        was.insert(form.code.clone(), old_text.into());
        is.insert(form.code.clone(), text.into());
        for (place, _) in old.iter().zip(new).enumerate().filter(|(_, (old, new))| old != new) {
            if held.report.state == State::Returned {
                store::settle(tx, id, &Spot::Cell(form.code.clone(), place), scope.now).await?;
            }
        }
    }
    let state = if held.report.state == State::Todo { State::Doing } else { held.report.state };
    let counts = figures::counted(&held.ready, &held.report.asks, after);
    store::put_counts(tx, id, counts, state).await?;
    Ok((Value::Object(was), Value::Object(is)))
}

/// Writes a block copied from a spreadsheet, from a cell on rightwards and downwards. Every bad cell is told, and then nothing is
/// taken. What falls on headings, grey cells, what the form works out and what the system counts is passed over.
pub async fn paste(site: &Site, scope: &Scope, id: ReportId, block: &Block) -> Result<Wrote, Failure> {
    let (mut tx, held) = take(site, scope, id, None).await?;
    rules::may_fill(&held)?;
    let at = held.ready.form(&block.form).ok_or(No::NoSuchCell)?;
    let old = sheets(&mut tx, &held).await?;
    let mut all = old.clone();
    let sources = store::sources(&mut tx, id).await?;
    let is_counted = |place| sources.iter().any(|one| one.form == block.form && one.place == place);
    let (wrote, refusals) = laid(&held, at, block, all.get_mut(at).ok_or(No::NoSuchCell)?, is_counted);
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let (was, is) = keep(&mut tx, scope, &held, &old, &all).await?;
    let line = journal::entry(scope, "report.pasted", about_report(id), &was, &is)?;
    journal::commit(tx, line).await?;
    Ok(wrote)
}

/// Lays a block over a sheet.
fn laid(
    held: &Held,
    at: usize,
    block: &Block,
    sheet: &mut [Option<Scaled>],
    is_counted: impl Fn(usize) -> bool,
) -> (Wrote, Vec<Refusal>) {
    let (mut wrote, mut refusals) = (Wrote::default(), Vec::new());
    let Some(table) = held.ready.forms.get(at) else { return (wrote, refusals) };
    let asked = figures::asked(table, &held.report.asks);
    let rows = figures::rows(&held.ready, table, if block.over_all { &[] } else { &held.report.asks });
    let mut rows = rows.into_iter().filter(|row| *row >= block.row);
    for (down, line) in block.text.trim_end_matches(['\r', '\n']).lines().enumerate() {
        let row = rows.next();
        for (right, text) in line.split('\t').enumerate() {
            let (row, column) = (row.unwrap_or(table.rows.len()), block.column + right);
            let Cell::Takes(place) = table.cell(row, column) else {
                let is_outside = row >= table.rows.len() || column >= table.columns.len();
                if is_outside && !text.trim().is_empty() {
                    let say = format!("Dòng {}, cột {} của khối dán nằm ngoài biểu.", down + 1, right + 1);
                    refusals.push(Refusal::new("paste-outside", say).at("khoi"));
                }
                wrote.skipped += usize::from(!text.trim().is_empty());
                continue;
            };
            if asked.get(place) != Some(&true) || is_counted(place) {
                wrote.skipped += usize::from(!text.trim().is_empty());
                continue;
            }
            let of = table.figures.get(place).and_then(|of| held.ready.set.indicators.get(of.indicator));
            let Some(of) = of else { continue };
            match entered(text, of) {
                Ok(value) => {
                    let now = sheet[place].map(|now| now.to_string()).unwrap_or_default();
                    if value != sheet[place] && block.was.get(&place).is_some_and(|was| *was != now) {
                        let line = &table.rows[row];
                        let now = said(sheet[place], of);
                        let say = format!(
                            "Dòng {} “{}”: người khác vừa nhập {now}. Tải lại trang rồi dán lại.",
                            line.code, line.name
                        );
                        refusals.push(Refusal::new("paste-changed", say).at("khoi"));
                    }
                    sheet[place] = value;
                    wrote.taken += 1;
                }
                Err(no) => {
                    let (line, head) = (&table.rows[row], table.columns[column].head.join(", "));
                    let say = format!("Dòng {} “{}”, cột “{head}”: {}", line.code, line.name, no.say);
                    refusals.push(Refusal::new(no.code, say).at("khoi"));
                }
            }
        }
    }
    (wrote, refusals)
}

/// Writes a section. `was` is the text that the page began with.
pub async fn write_words(
    site: &Site,
    scope: &Scope,
    id: ReportId,
    section: &str,
    typed: &Typed,
) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, None).await?;
    rules::may_fill(&held)?;
    if !held.ready.sections.iter().any(|one| one.code == section) {
        return Err(No::NoSuchCell.into());
    }
    let body = typed.text.trim().replace("\r\n", "\n");
    if body.chars().count() > rules::LONGEST {
        return Err(No::TextLong { most: rules::LONGEST }.into());
    }
    let before = store::words(&mut tx, id).await?.remove(section).unwrap_or_default();
    if before == body {
        return Ok(());
    }
    if before != typed.was.trim().replace("\r\n", "\n") {
        return Err(Failure::stale(json!({ "so": before })));
    }
    store::put_words(&mut tx, id, section, &body).await?;
    store::settle(&mut tx, id, &Spot::Section(section.to_owned()), scope.now).await?;
    if held.report.state == State::Todo {
        store::move_to(&mut tx, id, State::Doing).await?;
    }
    // How long it is, not what it says: a draft is nobody's history.
    let (was, now) = (before.chars().count(), body.chars().count());
    let line = journal::entry(
        scope,
        "report.written",
        about_report(id),
        &json!({ "section": section, "letters": was }),
        &json!({ "letters": now }),
    )?;
    Ok(journal::commit(tx, line).await?)
}

/// Says something of a place: a word, why it must be changed, why a check may fail.
pub async fn note(
    site: &Site,
    scope: &Scope,
    id: ReportId,
    spot: &Spot,
    (kind, body): (NoteKind, &str),
) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, None).await?;
    match kind {
        NoteKind::Comment => rules::may_say(&held)?,
        NoteKind::Returned => rules::may_return(&held)?,
        NoteKind::Explained => rules::may_explain(&held, spot)?,
        // Only with the figure itself.
        NoteKind::Overridden => return Err(No::NoSuchCell.into()),
    }
    let body = body.trim();
    if body.is_empty() {
        return Err(No::NoteEmpty.into());
    }
    if body.chars().count() > rules::NOTE {
        return Err(No::NoteLong { most: rules::NOTE }.into());
    }
    if !exists(&held, spot) {
        return Err(No::NoSuchCell.into());
    }
    if kind == NoteKind::Comment && rules::may_fill(&held).is_ok() {
        // An answer is one way to deal with what came back.
        store::settle(&mut tx, id, spot, scope.now).await?;
    }
    store::add_note(&mut tx, scope, id, spot, kind, body).await?;
    let after = json!({ "spot": spot.text(), "kind": kind });
    let line = journal::entry(scope, "report.noted", about_report(id), &(), &after)?;
    Ok(journal::commit(tx, line).await?)
}

fn exists(held: &Held, spot: &Spot) -> bool {
    match spot {
        Spot::Whole | Spot::Check(_) => true,
        Spot::Section(code) => held.ready.sections.iter().any(|one| one.code == *code),
        Spot::Cell(form, place) => {
            let form = held.ready.form(form).and_then(|at| held.ready.forms.get(at));
            form.is_some_and(|form| *place < form.figures.len())
        }
    }
}
