//! A report as a workbook: out, filled in without a network, and in again.
//!
//! A sheet for each form, a row for each row that the unit is asked for. The hidden sheet says whose it is and which figures it went
//! out with: what comes back changes only what was edited.

use crate::model::*;
use crate::rules::figures;
use crate::view::View;
use base::Refusal;
use indicator::form::{Cell as Bound, Counts};
use indicator::{Form, Indicator, Scaled, figure, is_nothing, taken};
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{At, Book, Cell, Column, Table};
use std::collections::{BTreeMap, BTreeSet};

const TEMPLATE: &str = "bao-cao";
const CODE: &str = "Mã";
const NAME: &str = "Chỉ tiêu";
const UNIT: &str = "Đơn vị tính";
/// Every bad cell is told, but not more of them than somebody reads.
const MOST: usize = 200;

fn sheet_name(at: usize) -> String {
    format!("Biểu {}", at + 1)
}

/// What a column is called in the workbook.
fn heading(form: &Form, column: usize) -> String {
    form.columns.get(column).map(|column| column.head.join(" - ")).unwrap_or_default()
}

/// The report as it is now.
pub fn write(view: &View) -> Result<Vec<u8>, Refusal> {
    let Held { round, report, ready, .. } = &view.held;
    let sheets = ready.forms.iter().enumerate().map(|(at, form)| SheetOut::new(sheet_name(at), table(view, at, form)));
    let own = [
        ("template", TEMPLATE.to_owned()),
        ("report", report.id.to_string()),
        ("unit", report.unit_name.clone()),
        ("period", round.period.say()),
    ];
    let figures = ready.forms.iter().zip(&view.sheets);
    let figures = figures.map(|(form, sheet)| (format!("figures.{}", form.code), indicator::sheet::written(sheet)));
    let guide = [
        format!("# {}, {}", ready.file.name, round.period.say()),
        format!("Đơn vị: {}. Hạn gửi: {}.", report.unit_name, base::day::vi_moment(report.due)),
        "Điền số vào các cột nhập; không đổi cột Mã và tên cột. Không có số liệu thì ghi dấu -.".into(),
        "Xong thì nạp tệp này ở trang báo cáo: chỉ những ô bạn đã sửa được thay.".into(),
    ];
    xlsx::write(&BookOut {
        guide: guide.into(),
        sheets: sheets.collect(),
        meta: own.into_iter().map(|(key, value)| (key.to_owned(), value)).chain(figures).collect(),
    })
}

fn table(view: &View, at: usize, form: &Form) -> Table {
    let worked = view.worked();
    let own = [Column::text(CODE, 8), Column::text(NAME, 55), Column::text(UNIT, 14)];
    let columns = (0..form.columns.len()).map(|column| Column::exact(&heading(form, column)).width(16));
    let mut table = Table::new(own.into_iter().chain(columns).collect()).title(&form.name);
    for row in figures::rows(view.ready(), form, &view.held.report.asks) {
        let Some(line) = form.rows.get(row) else { continue };
        let indicator = |counts: Counts| view.ready().set.indicators.get(counts.indicator);
        let unit = line.counts.and_then(indicator);
        let first = [line.code.clone(), line.name.clone(), unit.map(|one| one.unit.clone()).unwrap_or_default()];
        let cells =
            (0..form.columns.len()).map(|column| view.value(at, row, column, &worked).map(|(value, _)| value).into());
        table.push(first.into_iter().map(Cell::from).chain(cells).collect());
    }
    table
}

fn number(value: Option<Scaled>, of: Option<&Indicator>) -> Cell {
    let digits = of.map_or(0, |one| one.digits);
    value.and_then(|value| figure(value.into(), digits)).into()
}

/// What a workbook says: figures by form and place that were edited, and every cell that cannot be taken.
#[derive(Debug, Default)]
pub struct Read {
    pub edited: BTreeMap<(usize, usize), Option<Scaled>>,
    pub refusals: Vec<Refusal>,
}

/// Reads a workbook of a report; what is in the sheets now tells what was changed since it went out. What the system counts is not
/// for a workbook to change.
pub fn read(held: &Held, now: &Sheets, sources: &[Source], book: &Book) -> Read {
    let mut read = Read::default();
    if let Some(no) = not_ours(held, book) {
        read.refusals.push(no);
        return read;
    }
    for (at, form) in held.ready.forms.iter().enumerate() {
        let text = book.meta.get(&format!("figures.{}", form.code));
        let out = text.and_then(|text| indicator::sheet::figures(text, form.figures.len()));
        let found = book.find(&sheet_name(at)).or_else(|| book.visible().nth(at));
        let Some(sheet) = found else { continue };
        let counted = sources.iter().filter(|one| one.form == form.code).map(|one| one.place).collect();
        match sheet.grid(&[CODE]) {
            Ok(grid) => {
                let out = out.as_deref();
                Reader { held, at, form, now, out, counted, read: &mut read, seen: BTreeSet::new() }.form(&grid);
            }
            Err(no) => read.refusals.push(no),
        }
    }
    if read.refusals.len() > MOST {
        let more = read.refusals.len() - MOST;
        read.refusals.truncate(MOST);
        read.refusals.push(Refusal::new("book-more", format!("Và {more} lỗi nữa. Sửa những lỗi trên rồi nạp lại.")));
    }
    read
}

/// A workbook of another report: another unit's, another period's, an older form's.
fn not_ours(held: &Held, book: &Book) -> Option<Refusal> {
    let of = book.meta.get("report")?;
    if *of == held.report.id.to_string() {
        return None;
    }
    let named = |key: &str| book.meta.get(key).cloned().unwrap_or_default();
    let say = format!(
        "Tệp này là của {}, {}; báo cáo đang mở là của {}, {}. Tải tệp của báo cáo này rồi nhập lại.",
        named("unit"),
        named("period"),
        held.report.unit_name,
        held.round.period.say()
    );
    Some(Refusal::new("book-other", say))
}

struct Reader<'a> {
    held: &'a Held,
    at: usize,
    form: &'a Form,
    now: &'a Sheets,
    /// The figures that the workbook went out with; none where it is not one of ours.
    out: Option<&'a [Option<Scaled>]>,
    /// Places that the system counts.
    counted: BTreeSet<usize>,
    read: &'a mut Read,
    seen: BTreeSet<String>,
}

impl Reader<'_> {
    fn form(&mut self, grid: &sheet::Grid<'_>) {
        let takes = |column: &usize| matches!(self.form.columns[*column].purpose, indicator::form::Purpose::Takes(_));
        let columns: Vec<(usize, String)> =
            (0..self.form.columns.len()).filter(takes).map(|column| (column, heading(self.form, column))).collect();
        let missing: Vec<&str> =
            columns.iter().filter(|(_, name)| !grid.has(name)).map(|(_, name)| name.as_str()).collect();
        if !missing.is_empty() {
            let say = format!(
                "{}: thiếu cột {}. Giữ nguyên tên các cột của tệp tải về.",
                sheet_name(self.at),
                missing.join(", ")
            );
            self.read.refusals.push(Refusal::new("book-columns", say));
            return;
        }
        let asked = figures::asked(self.form, &self.held.report.asks);
        let rows: BTreeMap<&str, usize> =
            self.form.rows.iter().enumerate().map(|(at, row)| (row.code.as_str(), at)).collect();
        for line in grid.lines() {
            let at = line.at(CODE);
            let Some(code) = self.keep(at.text()).flatten() else { continue };
            let Some(row) = rows.get(code.as_str()) else {
                let say = format!("Biểu không có dòng mã “{code}”. Xoá dòng này hoặc sửa mã.");
                self.refuse(&at, "book-row", say);
                continue;
            };
            if !self.seen.insert(code.clone()) {
                self.refuse(&at, "book-twice", format!("Dòng mã “{code}” có hai lần."));
                continue;
            }
            for (column, name) in &columns {
                self.cell(&line.at(name), self.form.cell(*row, *column), &asked);
            }
        }
    }

    fn cell(&mut self, at: &At<'_>, bound: Bound, asked: &[bool]) {
        let Bound::Takes(place) = bound else {
            if !matches!(bound, Bound::Derived(_))
                && !at.is_blank()
                && !is_nothing(&at.text().ok().flatten().unwrap_or_default())
            {
                self.refuse(at, "book-grey", "Ô này để trống, không nhập.".into());
            }
            return;
        };
        let of = self.form.figures.get(place).and_then(|of| self.held.ready.set.indicators.get(of.indicator));
        let Some(of) = of else { return };
        let Some(value) = self.keep(value_of(at, of)) else { return };
        let out = self.out.and_then(|out| out.get(place).copied()).flatten();
        // A blank cell of a workbook that is not ours says nothing.
        let is_edited = if self.out.is_some() { value != out } else { !at.is_blank() };
        let now = self.now.get(self.at).and_then(|sheet| sheet.get(place).copied()).flatten();
        if !is_edited || value == now {
            return;
        }
        if asked.get(place) != Some(&true) {
            self.refuse(at, "book-not-asked", "Ô này không giao cho đơn vị bạn.".into());
        } else if self.counted.contains(&place) {
            self.refuse(at, "book-counted", "Số này do hệ thống đếm; ghi đè ở trang báo cáo, kèm lý do.".into());
        } else if self.out.is_some() && now != out {
            let now = number(now, Some(of));
            let now = if let Cell::Number(now) = now { base::number::vi(&now) } else { "trống".into() };
            self.refuse(
                at,
                "book-changed",
                format!("Ô này đã được sửa thành {now} sau khi tải tệp. Tải lại tệp rồi sửa."),
            );
        } else {
            self.read.edited.insert((self.at, place), value);
        }
    }

    fn refuse(&mut self, at: &At<'_>, code: &'static str, say: String) {
        self.read.refusals.push(placed(at.refuse(Refusal::new(code, say))));
    }

    fn keep<T>(&mut self, result: Result<T, Refusal>) -> Option<T> {
        result.map_err(|no| self.read.refusals.push(placed(no))).ok()
    }
}

/// With the cell's address in the sentence: the page has no box for it.
fn placed(no: Refusal) -> Refusal {
    let at = no.field.clone().unwrap_or_default();
    Refusal { say: format!("{at}: {}", no.say), field: None, ..no }
}

fn value_of(at: &At<'_>, of: &Indicator) -> Result<Option<Scaled>, Refusal> {
    if let Cell::Text(text) = at.cell
        && is_nothing(text)
    {
        return Ok(None);
    }
    match at.decimal()? {
        None => Ok(None),
        Some(value) => taken(value, of).map(Some).map_err(|no| at.refuse(no)),
    }
}
