//! One report with all that its pages, its papers and its rules need.

use crate::model::*;
use crate::regime::Ready;
use crate::rules::{check, figures};
use crate::store;
use base::{Decimal, number};
use db::Conn;
use indicator::form::{Cell, Counts};
use indicator::outline::{GAP, Named, told};
use indicator::{Known, Nature, Scaled, Since, figure};
use people::Failure;
use std::collections::{BTreeMap, BTreeSet};

/// What is worked out, by nature and part: for each indicator of the set, by its place.
pub type Worked = BTreeMap<(Nature, figures::Of), Vec<Known>>;

pub struct View {
    pub held: Held,
    pub sheets: Sheets,
    /// By section.
    pub words: BTreeMap<String, String>,
    pub notes: Vec<Note>,
    /// What the system counted.
    pub sources: Vec<Source>,
    /// What the unit told in the period before, and in the same one of last year.
    pub previous: Told,
    pub same: Told,
    pub versions: Vec<Version>,
    /// Of the collector's own: those that it adds up.
    pub parts: Vec<Report>,
    /// Their figures, once [`View::open_parts`] has asked for them: a province's are many.
    pub part_sheets: BTreeMap<ReportId, Sheets>,
    pub wrong: Vec<Wrong>,
    /// What goes with it.
    pub files: Vec<file::Use>,
    /// What was told outside of the collector's own, the last first.
    pub told: Vec<link::Message>,
}

impl View {
    pub async fn of(conn: &mut Conn, held: Held) -> Result<View, Failure> {
        let id = held.report.id;
        let sheets = read_sheets(&held.ready, &store::sheets(conn, id).await?)?;
        let (words, notes) = (store::words(conn, id).await?, store::notes(conn, id).await?);
        let (versions, sources) = (store::versions(conn, id).await?, store::sources(conn, id).await?);
        let parts = if held.report.gathers() { store::parts(conn, id).await? } else { Vec::new() };
        let [previous, same] = crate::actions::past(conn, &held).await?;
        let told = if held.report.gathers() { crate::actions::told(conn, id).await? } else { Vec::new() };
        let files = crate::actions::files(conn, id).await?;
        let wrong = check::wrong(&held.ready, &sheets, &previous, &same, &notes);
        Ok(View {
            held,
            sheets,
            words,
            notes,
            sources,
            previous,
            same,
            versions,
            parts,
            part_sheets: BTreeMap::new(),
            wrong,
            files,
            told,
        })
    }

    /// Asks for the figures of those that it adds up, so that a total can be opened.
    pub async fn open_parts(&mut self, conn: &mut Conn) -> Result<(), Failure> {
        for (id, kept) in store::sheets_above(conn, self.held.report.id).await? {
            self.part_sheets.insert(id, read_sheets(&self.held.ready, &kept)?);
        }
        Ok(())
    }

    /// What each part that is asked for a figure has of it; none: it has not told it.
    pub fn parts_at(&self, form: usize, place: usize) -> Vec<(&Report, Option<Scaled>)> {
        let Some(table) = self.ready().forms.get(form) else { return Vec::new() };
        let is_asked = |part: &&Report| figures::asked(table, &part.asks).get(place) == Some(&true);
        let figure = |part: &Report| {
            let sheets = self.part_sheets.get(&part.id).filter(|_| part.state.is_told())?;
            sheets.get(form)?.get(place).copied().flatten()
        };
        self.parts.iter().filter(is_asked).map(|part| (part, figure(part))).collect()
    }

    /// A figure of a place as it is written.
    pub fn figure(&self, form: usize, place: usize, value: Scaled) -> String {
        let of = self.ready().forms.get(form).and_then(|form| form.figures.get(place));
        let digits = of.and_then(|of| self.ready().set.indicators.get(of.indicator)).map_or(0, |one| one.digits);
        figure(value.into(), digits).map(|value| number::vi_fixed(&value, digits)).unwrap_or_default()
    }

    pub fn ready(&self) -> &Ready {
        &self.held.ready
    }

    pub fn at(&self, form: usize, place: usize) -> Option<Scaled> {
        self.sheets.get(form).and_then(|sheet| sheet.get(place).copied()).flatten()
    }

    /// What the system counted in a place.
    pub fn source(&self, form: usize, place: usize) -> Option<&Source> {
        let code = &self.ready().forms.get(form)?.code;
        self.sources.iter().find(|one| one.form == *code && one.place == place)
    }

    /// What stands in a place, written with the digits of its indicator.
    pub fn written(&self, form: usize, place: usize) -> String {
        self.at(form, place).map(|value| self.figure(form, place, value)).unwrap_or_default()
    }

    /// The figure of a row in another period, of the nature by which periods are compared.
    pub fn shown(&self, counts: &Counts, since: Since) -> Option<Decimal> {
        let told = match since {
            Since::Previous => &self.previous,
            Since::Same => &self.same,
        };
        figures::of_row(self.ready(), counts, figures::leading(self.ready()), told)
    }

    /// What stands in a cell, entered, worked out or shown, with the digits that it is written with.
    pub fn value(&self, form: usize, row: usize, column: usize, worked: &Worked) -> Option<(Decimal, u32)> {
        let table = self.ready().forms.get(form)?;
        let counts = table.counts(row, column)?;
        let digits = self.ready().set.indicators.get(counts.indicator)?.digits;
        let value = match table.cell(row, column) {
            Cell::Nothing => None,
            Cell::Takes(place) => self.at(form, place).and_then(|value| figure(value.into(), digits)),
            Cell::Shows(since) => self.shown(&counts, since),
            Cell::Derived(nature) => worked.get(&(nature, counts.part))?.get(counts.indicator)?.told(digits),
        };
        Some((value?, digits))
    }

    /// The same as it is read; empty where nothing stands.
    pub fn text(&self, form: usize, row: usize, column: usize, worked: &Worked) -> String {
        let value = self.value(form, row, column, worked);
        value.map(|(value, digits)| number::vi_fixed(&value, digits)).unwrap_or_default()
    }

    /// All that is worked out, of every nature, whole and of each part that there is.
    pub fn worked(&self) -> Worked {
        let ready = self.ready();
        let asked = ready.forms.iter().flat_map(|form| &form.figures).map(|figure| (figure.nature, figure.part));
        let whole = Nature::ALL.iter().map(|nature| (*nature, None));
        let all: BTreeSet<(Nature, figures::Of)> = asked.chain(whole).collect();
        let one = |of| (of, figures::worked_out(ready, of, &self.sheets, &self.previous, &self.same));
        all.into_iter().map(one).collect()
    }

    /// A section as it is read: what was written; before that, of the collector's own, the outline's text with the figures of now
    /// in it. A unit that is asked for a part of the figures writes its part of the text only.
    pub fn section(&self, code: &str) -> String {
        match self.words.get(code) {
            Some(body) => body.clone(),
            None if self.held.report.gathers() => self.outlined(code),
            None => String::new(),
        }
    }

    /// The headings of sections in whose text a figure is still missing.
    pub fn gaps(&self) -> impl Iterator<Item = &str> {
        let has_gap = |section: &&crate::regime::Section| self.section(&section.code).contains(GAP);
        self.ready().sections.iter().filter(has_gap).map(|section| section.heading.as_str())
    }

    /// The outline's text with the figures of now in it.
    pub fn outlined(&self, code: &str) -> String {
        let Some(section) = self.ready().sections.iter().find(|section| section.code == code) else {
            return String::new();
        };
        let worked = self.worked();
        let period = self.held.round.period.say();
        told(&section.text, &period, &self.held.report.unit_name, |named| self.named(named, &worked))
    }

    fn named(&self, named: &Named, worked: &Worked) -> Option<String> {
        let one = self.ready().set.indicators.get(named.indicator)?;
        let counts = Counts { indicator: named.indicator, part: named.part };
        let value = match named.since {
            Some(since) => self.shown(&counts, since),
            None => worked.get(&(named.nature, named.part))?.get(named.indicator)?.told(one.digits),
        };
        value.map(|value| number::vi_fixed(&value, one.digits))
    }

    /// What was said of a place, the earliest first.
    pub fn said<'a>(&'a self, spot: &Spot) -> impl Iterator<Item = &'a Note> + use<'a> {
        let text = spot.text();
        self.notes.iter().filter(move |note| note.spot == text)
    }
}

/// The sheets of a report in the order of its regime's forms; one that is not written yet is empty.
pub fn read_sheets(ready: &Ready, kept: &BTreeMap<String, String>) -> Result<Sheets, Failure> {
    let one = |form: &indicator::Form| match kept.get(&form.code) {
        None => Ok(vec![None; form.figures.len()]),
        Some(text) => indicator::sheet::figures(text, form.figures.len())
            .ok_or_else(|| Failure::Broken(format!("a sheet of {} has other cells than its form", form.code))),
    };
    ready.forms.iter().map(one).collect()
}
