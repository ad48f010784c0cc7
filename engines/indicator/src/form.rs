//! Forms of figures (biểu mẫu số liệu): a table whose cells are bound to what they count.
//!
//! ```text
//! │                    │        │ Kỳ trước │  Tháng báo cáo       │   a column shows figures of other periods, or takes those of
//! │ Chỉ tiêu           │ Đơn vị │          │ Kế hoạch │ Thực hiện │   one nature; a row is of one indicator, whole or in part
//! │ Tổng mức bán lẻ    │ tỷ đồng│   3.000  │ [      ] │ [       ] │
//! ```
//!
//! Where a table has an indicator for each column (received, resolved, late), its rows are their parts (by field), or the whole.
//!
//! Cells that take figures are numbered along the rows: their places in a [`crate::sheet`].

use crate::Kind;
use crate::read::{Problem, twice};
use crate::set::{Nature, Set, Since};
use crate::total::Scaled;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A form as its file has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormFile {
    pub code: String,
    pub name: String,
    /// The kind of period that it is reported for.
    pub period: Kind,
    pub columns: Vec<ColumnLine>,
    pub rows: Vec<RowLine>,
    /// Cells that nobody fills: `["row", "column"]`.
    #[serde(default)]
    pub grey: Vec<(String, String)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnLine {
    pub code: String,
    /// Headings from the top down; neighbours with the same share one.
    pub head: Vec<String>,
    /// The indicator of its cells, where rows do not name theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    /// What it takes.
    pub nature: Option<String>,
    /// What it shows instead.
    pub shows: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowLine {
    pub code: String,
    /// Without, the indicator's or the part's own.
    pub name: Option<String>,
    /// Without, it is a heading; where columns have indicators, the whole or the part of theirs.
    pub indicator: Option<String>,
    /// The part of the indicator: the code of an item of its categories.
    pub part: Option<String>,
    /// A heading where columns have indicators.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub heading: bool,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Takes(Nature),
    Shows(Since),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub code: String,
    pub head: Vec<String>,
    pub purpose: Purpose,
    /// The place of its indicator in the set, where rows do not name theirs.
    pub indicator: Option<usize>,
}

/// What a cell counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Its place in the set.
    pub indicator: usize,
    /// The categories and the item, by their places.
    pub part: Option<(usize, usize)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub code: String,
    pub name: String,
    pub is_heading: bool,
    /// What all its cells count; none where columns have indicators.
    pub counts: Option<Counts>,
    /// The item of categories that it is of, where columns have indicators.
    part: Option<String>,
}

/// One figure that a form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    pub indicator: usize,
    pub part: Option<(usize, usize)>,
    pub nature: Nature,
}

/// What stands where a row and a column meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Of a heading, or grey: nothing.
    Nothing,
    /// Its place in the sheet.
    Takes(usize),
    /// Worked out, of this nature.
    Derived(Nature),
    Shows(Since),
}

/// A form that can be filled in: of one set, each figure asked once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub code: String,
    pub name: String,
    pub kind: Kind,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// What each place of a sheet is.
    pub figures: Vec<Figure>,
    cells: Vec<(Cell, Option<Counts>)>,
}

impl Form {
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.at(row, column).map_or(Cell::Nothing, |(cell, _)| *cell)
    }

    /// What a cell counts, also one that only shows it.
    pub fn counts(&self, row: usize, column: usize) -> Option<Counts> {
        self.at(row, column)?.1
    }

    fn at(&self, row: usize, column: usize) -> Option<&(Cell, Option<Counts>)> {
        (column < self.columns.len()).then(|| self.cells.get(row * self.columns.len() + column)).flatten()
    }

    /// Where a sheet has a figure.
    pub fn place(&self, of: Figure) -> Option<usize> {
        self.figures.iter().position(|one| *one == of)
    }

    /// Indicators of one nature, whole or of one part, by their places in the set, from a sheet of this form.
    pub fn of_part<T: Copy>(
        &self,
        set: &Set,
        nature: Nature,
        part: Option<(usize, usize)>,
        sheet: &[Option<T>],
    ) -> Vec<Option<T>> {
        let mut all = vec![None; set.indicators.len()];
        for (one, figure) in self.figures.iter().zip(sheet) {
            if one.part == part
                && one.nature == nature
                && let Some(slot) = all.get_mut(one.indicator)
            {
                *slot = *figure;
            }
        }
        all
    }
}

/// An indicator whose parts are all there and are not its whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uneven {
    pub whole: Figure,
    /// By the place of the categories.
    pub by: usize,
    /// What the parts come to.
    pub parts: i128,
}

impl Form {
    /// Where the sum of the parts is not the whole. Of what is missing nothing is said, nor of categories whose items the form
    /// does not ask for one and all.
    pub fn uneven(&self, set: &Set, sheet: &[Option<Scaled>]) -> Vec<Uneven> {
        let at = |figure: Figure| self.place(figure).and_then(|place| sheet.get(place).copied().flatten());
        let mut found = Vec::new();
        for whole in self.figures.iter().filter(|one| one.part.is_none()) {
            let Some(one) = set.indicators.get(whole.indicator) else { continue };
            for by in &one.by {
                let items = set.categories.get(*by).map_or(0, |categories| categories.items.len());
                let parts = (0..items).map(|item| at(Figure { part: Some((*by, item)), ..*whole }).map(i128::from));
                let (Some(parts), Some(all)) = (parts.sum::<Option<i128>>(), at(*whole)) else { continue };
                if items > 0 && parts != i128::from(all) {
                    found.push(Uneven { whole: *whole, by: *by, parts });
                }
            }
        }
        found
    }
}

/// The form, or all that is wrong with it.
pub fn read_form(file: &FormFile, set: &Set) -> Result<Form, Vec<Problem>> {
    let mut problems = Vec::new();
    twice(&mut problems, "row-twice", "mã dòng", file.rows.iter().map(|one| one.code.as_str()));
    twice(&mut problems, "column-twice", "mã cột", file.columns.iter().map(|one| one.code.as_str()));
    let columns: Vec<Option<Column>> = file.columns.iter().map(|line| column(line, set, &mut problems)).collect();
    let by_column = file.columns.iter().any(|column| column.indicator.is_some());
    let rows: Vec<Option<Row>> = file.rows.iter().map(|line| row(line, set, by_column, &mut problems)).collect();
    for (row, column) in &file.grey {
        let is_known =
            file.rows.iter().any(|one| one.code == *row) && file.columns.iter().any(|one| one.code == *column);
        if !is_known {
            let say = format!("ô để trống ({row}, {column}) không có trong biểu.");
            problems.push(Problem { code: "grey-unknown", place: row.clone(), say });
        }
    }
    let (Some(columns), Some(rows)) = (all(columns), all(rows)) else { return Err(problems) };
    let (cells, figures) = bound(file, set, &columns, &rows, &mut problems);
    if figures.is_empty() && problems.is_empty() {
        problems.push(Problem {
            code: "no-cells", place: String::new(), say: "Biểu không có ô nào để nhập.".into()
        });
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let (code, name) = (file.code.clone(), file.name.clone());
    Ok(Form { code, name, kind: file.period, columns, rows, figures, cells })
}

fn all<T>(each: Vec<Option<T>>) -> Option<Vec<T>> {
    each.into_iter().collect()
}

fn column(line: &ColumnLine, set: &Set, problems: &mut Vec<Problem>) -> Option<Column> {
    let mut no = |code, say: &str| problems.push(Problem { code, place: line.code.clone(), say: say.to_owned() });
    if line.head.is_empty() || line.head.iter().any(|one| one.trim().is_empty()) {
        no("head-missing", "cột chưa có tiêu đề (head).");
    }
    let purpose = match (&line.nature, &line.shows) {
        (Some(nature), None) => Nature::of(nature).map(Purpose::Takes),
        (None, Some(shows)) => Since::of(shows).map(Purpose::Shows),
        _ => None,
    };
    if purpose.is_none() {
        let say = "cột hoặc nhận số liệu (nature: ke-hoach, uoc-tinh, thuc-hien, chinh-thuc) hoặc cho xem (shows: ky-truoc, cung-ky).";
        no("purpose-unknown", say);
    }
    let indicator = line.indicator.as_ref().map(|code| (code, set.place(code)));
    if let Some((code, None)) = indicator {
        no("indicator-unknown", &format!("không có chỉ tiêu “{code}”."));
        return None;
    }
    let indicator = indicator.and_then(|(_, place)| place);
    Some(Column { code: line.code.clone(), head: line.head.clone(), purpose: purpose?, indicator })
}

fn row(line: &RowLine, set: &Set, by_column: bool, problems: &mut Vec<Problem>) -> Option<Row> {
    let mut no = |code, say: String| {
        problems.push(Problem { code, place: line.code.clone(), say });
        None
    };
    let Some(code) = &line.indicator else {
        let plain = |name: &String| Row {
            code: line.code.clone(),
            name: name.clone(),
            is_heading: line.heading || !by_column,
            counts: None,
            part: line.part.clone(),
        };
        let item = |code: &String| {
            let all = set.categories.iter().flat_map(|categories| &categories.items);
            all.into_iter().find(|item| item.0 == *code).map(|item| &item.1)
        };
        return match (&line.name, &line.part) {
            (Some(name), part) if by_column && !(line.heading && part.is_some()) => Some(plain(name)),
            (None, Some(part)) if by_column && !line.heading => match item(part) {
                Some(name) => Some(plain(name)),
                None => no("part-unknown", format!("không phân tổ nào có “{part}”.")),
            },
            (Some(name), None) => Some(plain(name)),
            (_, Some(_)) => no("part-of-nothing", "dòng có phần (part) mà không có chỉ tiêu.".into()),
            (None, None) => no("name-missing", "dòng tiêu đề chưa có tên (name).".into()),
        };
    };
    if by_column {
        return no("indicator-both", "các cột đã có chỉ tiêu: dòng chỉ ghi phần (part).".into());
    }
    let Some(place) = set.place(code) else {
        return no("indicator-unknown", format!("không có chỉ tiêu “{code}”."));
    };
    let one = &set.indicators[place];
    let part = match &line.part {
        None => None,
        Some(_) if one.derived.is_some() => {
            return no("part-of-derived", format!("“{code}” có công thức, không nhập theo phần."));
        }
        Some(part) => {
            let Some(found) = set.part(place, part) else {
                return no("part-unknown", format!("“{code}” không chia theo “{part}”."));
            };
            Some(found)
        }
    };
    let item = part.and_then(|(by, item)| set.categories.get(by)?.items.get(item));
    let name = line.name.clone().unwrap_or_else(|| item.map_or_else(|| one.name.clone(), |item| item.1.clone()));
    let counts = Some(Counts { indicator: place, part });
    Some(Row { code: line.code.clone(), name, is_heading: false, counts, part: None })
}

/// What the cell of a row and a column counts; an item that the column's indicator is not divided by is a mistake.
fn meeting(row: &Row, column: &Column, set: &Set, problems: &mut Vec<Problem>) -> Option<Counts> {
    let Some(indicator) = column.indicator.filter(|_| row.counts.is_none() && !row.is_heading) else {
        return row.counts;
    };
    let Some(code) = &row.part else { return Some(Counts { indicator, part: None }) };
    let part = set.part(indicator, code);
    if part.is_none() {
        let say = format!("chỉ tiêu của cột {} không chia theo “{code}”.", column.code);
        problems.push(Problem { code: "part-unknown", place: row.code.clone(), say });
    }
    Some(Counts { indicator, part: Some(part?) })
}

/// What each cell is, row by row, and what each place of a sheet asks for.
fn bound(
    file: &FormFile,
    set: &Set,
    columns: &[Column],
    rows: &[Row],
    problems: &mut Vec<Problem>,
) -> (Vec<(Cell, Option<Counts>)>, Vec<Figure>) {
    let (mut cells, mut figures) = (Vec::new(), Vec::new());
    let mut known: BTreeMap<Figure, &str> = BTreeMap::new();
    for row in rows {
        for column in columns {
            let is_grey = file.grey.iter().any(|(one, other)| *one == row.code && *other == column.code);
            let counts = if is_grey { None } else { meeting(row, column, set, problems) };
            let cell = match (counts, column.purpose) {
                (None, _) => Cell::Nothing,
                (Some(_), Purpose::Shows(since)) => Cell::Shows(since),
                (Some(counts), Purpose::Takes(nature)) if set.indicators[counts.indicator].derived.is_some() => {
                    Cell::Derived(nature)
                }
                (Some(counts), Purpose::Takes(nature)) => {
                    let figure = Figure { indicator: counts.indicator, part: counts.part, nature };
                    if let Some(before) = known.insert(figure, &row.code) {
                        let say = format!("số liệu này đã hỏi ở dòng {before}: một số chỉ nhập một nơi.");
                        problems.push(Problem { code: "figure-twice", place: row.code.clone(), say });
                    }
                    figures.push(figure);
                    Cell::Takes(figures.len() - 1)
                }
            };
            cells.push((cell, counts));
        }
    }
    (cells, figures)
}
