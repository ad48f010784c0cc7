//! The marked form: from the sheet of an official form to columns and rows.

use base::Refusal;
use indicator::form::{ColumnLine, RowLine};
use indicator::{FormFile, Kind, Nature, Since};
use sheet::Sheet;
use std::collections::{BTreeMap, BTreeSet};

/// What a mark says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    indicator: String,
    part: Option<String>,
    nature: Nature,
    since: Option<Since>,
}

/// A mark in a cell's text; none where it has none, a sentence where it cannot be read.
fn mark(text: &str) -> Option<Result<Mark, String>> {
    let (_, rest) = text.split_once("{{")?;
    let Some((inside, _)) = rest.split_once("}}") else {
        return Some(Err("có “{{” mà không có “}}” sau nó".into()));
    };
    let (rest, since) = match inside.trim().split_once('@') {
        Some((rest, since)) => (rest, Some(since)),
        None => (inside.trim(), None),
    };
    let (rest, nature) = rest.split_once(':').map_or((rest, None), |(rest, nature)| (rest, Some(nature)));
    let (indicator, part) = rest.split_once('/').map_or((rest, None), |(rest, part)| (rest, Some(part.to_owned())));
    let nature = nature.map_or(Some(Nature::Actual), Nature::of);
    let known = since.map_or(Some(None), |since| Since::of(since).map(Some));
    Some(match (nature, known) {
        (Some(nature), Some(since)) if !indicator.is_empty() => {
            Ok(Mark { indicator: indicator.to_owned(), part, nature, since })
        }
        _ => Err(format!(
            "“{{{{{inside}}}}}” không phải một số liệu. Viết như {{{{TM.XK}}}}, {{{{TM.XK:ke-hoach}}}}, {{{{TM.XK@cung-ky}}}}"
        )),
    })
}

pub fn has_marks(sheet: &Sheet) -> bool {
    let is = |row: usize, column: usize| text(sheet, row, column).contains("{{");
    sheet.rows.iter().enumerate().any(|(row, cells)| (0..cells.len()).any(|column| is(row, column)))
}

fn width(sheet: &Sheet) -> usize {
    sheet.rows.iter().map(Vec::len).max().unwrap_or(0)
}

fn text(sheet: &Sheet, row: usize, column: usize) -> String {
    sheet.at(row, column).text().ok().flatten().unwrap_or_default()
}

type Marks = BTreeMap<(usize, usize), Mark>;

/// The form of a sheet, or all that is wrong with it, each at its cell.
pub fn form(sheet: &Sheet, code: &str, period: Kind) -> Result<FormFile, Vec<Refusal>> {
    let (mut marks, mut refusals) = (Marks::new(), Vec::new());
    for (row, cells) in sheet.rows.iter().enumerate() {
        for column in 0..cells.len() {
            match mark(&text(sheet, row, column)) {
                Some(Ok(mark)) => _ = marks.insert((row, column), mark),
                Some(Err(say)) => refusals.push(at(sheet, (row, column), &say)),
                None => {}
            }
        }
    }
    let (Some(first), Some(left)) = (marks.keys().map(|one| one.0).min(), marks.keys().map(|one| one.1).min()) else {
        return Err(refusals);
    };
    let columns: BTreeSet<usize> = marks.keys().map(|one| one.1).collect();
    let laid = Laid { sheet, first, left, columns: columns.into_iter().collect(), marks };
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let file = laid.by_row().or_else(|no| laid.by_column().map_err(|_| no)).map_err(|place| {
        let say = "ô này không cùng một cách với cả dòng và cả cột: mỗi dòng phải là một chỉ tiêu (mỗi cột một loại số liệu), hoặc mỗi cột một chỉ tiêu (mỗi dòng một phân tổ)";
        vec![at(sheet, place, say)]
    })?;
    let (columns, rows, grey) = file;
    Ok(FormFile { code: code.to_owned(), name: laid.title(), period, columns, rows, grey })
}

fn at(sheet: &Sheet, (row, column): (usize, usize), say: &str) -> Refusal {
    Refusal::new("design-cell", format!("{}: {say}.", sheet.address(row, column)))
}

type Columns = Vec<ColumnLine>;
type Grey = Vec<(String, String)>;

struct Laid<'a> {
    sheet: &'a Sheet,
    /// The first row and the first column with marks.
    first: usize,
    left: usize,
    columns: Vec<usize>,
    marks: Marks,
}

impl Laid<'_> {
    /// What stands above the head, in one cell: the form's name.
    fn title(&self) -> String {
        let above = 0..self.head_from();
        let line = |row: usize| {
            (0..width(self.sheet)).map(|column| text(self.sheet, row, column)).find(|text| !text.is_empty())
        };
        // What is measured in stands there too, and names nothing.
        let is_unit = |text: &String| base::text::fold(text).starts_with("don vi tinh");
        above.filter_map(line).rfind(|text| !is_unit(text)).unwrap_or_else(|| self.sheet.name.clone())
    }

    /// The first row under the head: headings may come before the first marks.
    fn body_from(&self) -> usize {
        let is_heading = |row: usize| {
            let over = self.columns.iter().any(|column| !text(self.sheet, row, *column).is_empty());
            !over && (0..self.left).any(|column| !text(self.sheet, row, column).is_empty())
        };
        (0..self.first).rev().take_while(|row| is_heading(*row)).last().unwrap_or(self.first)
    }

    /// The first row of the head: those right above the marks that have something over more than one column, or over the first.
    fn head_from(&self) -> usize {
        let is_head = |row: usize| {
            let over = self.columns.iter().filter(|column| !text(self.sheet, row, **column).is_empty()).count();
            let beside = (0..self.left).any(|column| !text(self.sheet, row, column).is_empty());
            over > 1 || (over == 1 && (self.columns.len() == 1 || beside))
        };
        let body = self.body_from();
        (0..body).rev().take_while(|row| is_head(*row)).last().unwrap_or(body)
    }

    /// Headings of a column from the top down; a row of column numbers ("(1)", "A") says nothing.
    fn head(&self, column: usize) -> Vec<String> {
        let mut head: Vec<String> = Vec::new();
        for row in self.head_from()..self.body_from() {
            let cell = text(self.sheet, row, column);
            let is_number =
                cell.len() <= "(12)".len() && cell.chars().all(|one| one.is_ascii_digit() || matches!(one, '(' | ')'));
            let is_number = is_number && cell.chars().filter(char::is_ascii_digit).count() <= 2;
            for part in cell.split(" > ").map(str::trim).filter(|part| !part.is_empty() && !is_number) {
                if head.last().is_none_or(|last| last != part) {
                    head.push(part.to_owned());
                }
            }
        }
        if head.is_empty() { vec![sheet::book::column_name(column)] } else { head }
    }

    fn code(&self, at: usize) -> String {
        format!("c{}", at + 1)
    }

    /// The rows under the head that have marks or a name, each with its code and its name.
    fn lines(&self) -> Vec<(usize, String, String)> {
        let mut seen = BTreeSet::new();
        let last = self.marks.keys().map(|one| one.0).max().unwrap_or(self.first);
        let mut all = Vec::new();
        for row in self.body_from()..=last {
            let beside: Vec<String> =
                (0..self.left).map(|column| text(self.sheet, row, column)).filter(|text| !text.is_empty()).collect();
            let has_marks = self.columns.iter().any(|column| self.marks.contains_key(&(row, *column)));
            let (code, name) = match beside.as_slice() {
                [] if !has_marks => continue,
                [] => (String::new(), String::new()),
                [name] => (String::new(), name.clone()),
                [code, .., name] => (code.clone(), name.clone()),
            };
            let code = if code.is_empty() || !seen.insert(code.clone()) { format!("d{}", row + 1) } else { code };
            all.push((row, code, name));
        }
        all
    }

    /// The marks of a row, in the order of columns.
    fn of_row(&self, row: usize) -> Vec<(usize, &Mark)> {
        self.columns.iter().filter_map(|column| Some((*column, self.marks.get(&(row, *column))?))).collect()
    }

    fn grey(&self, lines: &[(usize, String, String)]) -> Grey {
        let mut grey = Vec::new();
        for (row, code, _) in lines.iter().filter(|line| !self.of_row(line.0).is_empty()) {
            for (at, column) in self.columns.iter().enumerate() {
                if !self.marks.contains_key(&(*row, *column)) {
                    grey.push((code.clone(), self.code(at)));
                }
            }
        }
        grey
    }

    /// Rows whose marks are the same, each finished with its first mark; else the cell that is not.
    fn rows(
        &self,
        lines: &[(usize, String, String)],
        is_same: impl Fn(&Mark, &Mark) -> bool,
        finished: impl Fn(RowLine, Option<&Mark>) -> RowLine,
    ) -> Result<Vec<RowLine>, (usize, usize)> {
        let one = |(row, code, name): &(usize, String, String)| {
            let marks = self.of_row(*row);
            let first = marks.first().map(|one| one.1);
            let other = marks.iter().find(|(_, mark)| first.is_some_and(|first| !is_same(mark, first)));
            if let Some((column, _)) = other {
                return Err((*row, *column));
            }
            let line = RowLine {
                code: code.clone(),
                name: (!name.is_empty()).then(|| name.clone()),
                indicator: None,
                part: first.and_then(|mark| mark.part.clone()),
                heading: false,
            };
            Ok(finished(line, first))
        };
        lines.iter().map(one).collect()
    }

    /// Each row of one indicator, each column of one nature or another period; else the cell that does not fit.
    fn by_row(&self) -> Result<(Columns, Vec<RowLine>, Grey), (usize, usize)> {
        let mut purposes: BTreeMap<usize, (Option<Since>, Nature)> = BTreeMap::new();
        for ((row, column), mark) in &self.marks {
            // What another period's figures were, their column says; their nature is that of the report.
            let purpose = (mark.since, if mark.since.is_some() { Nature::Actual } else { mark.nature });
            if *purposes.entry(*column).or_insert(purpose) != purpose {
                return Err((*row, *column));
            }
        }
        let lines = self.lines();
        let is_same = |one: &Mark, other: &Mark| (&one.indicator, &one.part) == (&other.indicator, &other.part);
        let rows = self.rows(&lines, is_same, |line, mark| RowLine {
            indicator: mark.map(|mark| mark.indicator.clone()),
            ..line
        })?;
        let column = |(at, column): (usize, &usize)| {
            let (since, nature) = purposes.get(column).copied().unwrap_or((None, Nature::Actual));
            ColumnLine {
                code: self.code(at),
                head: self.head(*column),
                indicator: None,
                nature: since.is_none().then(|| nature.code().to_owned()),
                shows: since.map(|since| since.code().to_owned()),
            }
        };
        Ok((self.columns.iter().enumerate().map(column).collect(), rows, self.grey(&lines)))
    }

    /// Each column of one indicator and nature, each row whole or of one part.
    fn by_column(&self) -> Result<(Columns, Vec<RowLine>, Grey), (usize, usize)> {
        let mut columns: BTreeMap<usize, &Mark> = BTreeMap::new();
        for ((row, column), mark) in &self.marks {
            let known = *columns.entry(*column).or_insert(mark);
            if (&known.indicator, known.nature, known.since) != (&mark.indicator, mark.nature, mark.since) {
                return Err((*row, *column));
            }
        }
        let lines = self.lines();
        let is_same = |one: &Mark, other: &Mark| one.part == other.part;
        let rows = self.rows(&lines, is_same, |line, mark| RowLine { heading: mark.is_none(), ..line })?;
        let column = |(at, column): (usize, &usize)| {
            let mark = columns.get(column);
            ColumnLine {
                code: self.code(at),
                head: self.head(*column),
                indicator: mark.map(|mark| mark.indicator.clone()),
                nature: mark.filter(|mark| mark.since.is_none()).map(|mark| mark.nature.code().to_owned()),
                shows: mark.and_then(|mark| mark.since).map(|since| since.code().to_owned()),
            }
        };
        Ok((self.columns.iter().enumerate().map(column).collect(), rows, self.grey(&lines)))
    }
}
