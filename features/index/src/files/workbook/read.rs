//! From a workbook to the value of its set.

use std::collections::{BTreeMap, HashMap};

use base::{Date, Refusal, Refusals, text};
use serde_json::{Map, Value, json};
use sheet::{At, Book, Cell, Grid, Line};

use super::write::{Inside, criteria_columns, measure_columns};
use super::*;
use crate::files::fields::{
    self, BRANCH, CODE, CRITERION_HEAD, CRITERION_TAIL, Field, KIND, KINDS, LEVEL_COLUMNS, PARAMETERS, RATING,
    SET as SET_FIELDS,
};

/// Reads a set, or refuses with every cell that cannot be read, each refusal at its cell. Whether the set makes sense
/// is asked of `score::read` afterwards.
pub fn read(book: &Book, today: Date) -> Result<Workbook, Refusals> {
    let mut reader =
        Reader { today, refusals: Vec::new(), places: BTreeMap::new(), measures: Vec::new(), by_key: HashMap::new() };
    let set = reader.book(book);
    match (set, reader.refusals.is_empty()) {
        (Some(set), true) => {
            let edition = book.meta.get("edition").filter(|edition| !edition.is_empty()).cloned();
            Ok(Workbook { set, edition, places: reader.places })
        }
        _ => Err(reader.refusals),
    }
}

struct Reader {
    today: Date,
    refusals: Refusals,
    places: BTreeMap<String, String>,
    measures: Vec<MeasureRow>,
    /// By code and branch.
    by_key: HashMap<(String, Vec<String>), usize>,
}

/// A measure as its row has it, before it is put together with its levels and what is inside it.
struct MeasureRow {
    kind: &'static str,
    kind_at: String,
    parameters: Vec<Found>,
    levels: Vec<Vec<Found>>,
    inside: Vec<(String, usize)>,
}

/// A value found in a cell.
struct Found {
    key: &'static str,
    value: Value,
    address: String,
}

impl Reader {
    fn book(&mut self, book: &Book) -> Option<Value> {
        let set = self.grid(book, SET, &[PROPERTY, CONTENT]);
        let criteria = self.grid(book, CRITERIA, &labels(&criteria_columns()));
        let level_columns = [&[CODE, BRANCH][..], &labels(&LEVEL_COLUMNS)].concat();
        let branch_columns = [&[CODE, BRANCH][..], &labels(&measure_columns())].concat();
        let levels = self.grid(book, LEVELS, &level_columns);
        let branches = self.grid(book, BRANCHES, &branch_columns);
        let ratings = self.grid(book, RATINGS, &labels(&RATING.iter().collect::<Vec<_>>()));
        let (set, criteria, levels, branches, ratings) = (set?, criteria?, levels?, branches?, ratings?);
        let mut object = self.set(&set);
        object.insert("ratings".into(), self.ratings(&ratings));
        let rows = self.criteria(&criteria);
        for line in lines(&branches, &branch_columns) {
            self.branch(&line);
        }
        for line in lines(&levels, &level_columns) {
            self.level(&line);
        }
        object.insert("criteria".into(), self.assemble(rows));
        Some(Value::Object(object))
    }

    fn grid<'b>(&mut self, book: &'b Book, name: &str, columns: &[&str]) -> Option<Grid<'b>> {
        self.keep(book.sheet(name).and_then(|sheet| sheet.grid(columns)))
    }

    fn keep<T>(&mut self, result: Result<T, Refusal>) -> Option<T> {
        result.map_err(|no| self.refusals.push(no)).ok()
    }

    fn refuse(&mut self, at: &At<'_>, code: &'static str, say: String) {
        self.refusals.push(at.refuse(Refusal::new(code, say)));
    }

    fn set(&mut self, grid: &Grid<'_>) -> Map<String, Value> {
        let mut object = Map::new();
        let mut seen = Vec::new();
        for line in lines(grid, &[PROPERTY, CONTENT]) {
            let (label, cell) = (line.at(PROPERTY), line.at(CONTENT));
            let Some(written) = self.keep(label.text()).flatten() else { continue };
            self.places.entry(String::new()).or_insert_with(|| cell.address());
            let Some(field) = SET_FIELDS.iter().find(|field| text::fold(field.label) == text::fold(&written)) else {
                self.refuse(
                    &label,
                    "workbook.unknown-property",
                    format!("Không có mục “{written}”. Giữ nguyên tên các mục của tệp mẫu."),
                );
                continue;
            };
            if seen.contains(&field.key) {
                self.refuse(&label, "workbook.twice", format!("Mục “{written}” ghi hai lần."));
                continue;
            }
            seen.push(field.key);
            self.places.insert(field.key.into(), cell.address());
            if let Some(value) = self.keep(field.form.value(&cell, self.today)).flatten() {
                fields::set(&mut object, field.key, value);
            }
        }
        for field in SET_FIELDS.iter().filter(|field| !seen.contains(&field.key)) {
            let say = format!("Trang “{SET}” thiếu dòng “{}”. Giữ nguyên các dòng của tệp mẫu.", field.label);
            self.refusals.push(Refusal::new("workbook.no-property", say).at(SET));
        }
        object
    }

    fn ratings(&mut self, grid: &Grid<'_>) -> Value {
        let mut ratings = Vec::new();
        for line in lines(grid, &labels(&RATING.iter().collect::<Vec<_>>())) {
            let found = self.fields(&line, RATING.iter());
            ratings.push(Value::Object(self.object(found, &format!("ratings[{}]", ratings.len()))));
        }
        Value::Array(ratings)
    }

    /// The values of some columns of a row; blank cells give none.
    fn fields<'f>(&mut self, line: &Line<'_, '_>, fields: impl Iterator<Item = &'f Field>) -> Vec<Found> {
        let mut found = Vec::new();
        for field in fields {
            let at = line.at(field.label);
            let value = if field.label == CODE {
                self.code(&at).map(Value::from)
            } else {
                self.keep(field.form.value(&at, self.today)).flatten()
            };
            // A place for blank cells too: what is missing is missing there.
            found.push(Found { key: field.key, value: value.unwrap_or_default(), address: at.address() });
        }
        found
    }

    /// Puts values together and notes where each stands.
    fn object(&mut self, found: Vec<Found>, place: &str) -> Map<String, Value> {
        let mut object = Map::new();
        if let Some(first) = found.first() {
            self.places.entry(place.into()).or_insert_with(|| first.address.clone());
        }
        for Found { key, value, address } in found {
            self.places.insert(format!("{place}.{key}"), address);
            if !value.is_null() {
                object.insert(key.into(), value);
            }
        }
        object
    }

    /// A code, as text: a spreadsheet likes to make a number of 1.1, which can be undone, or a day, which cannot.
    fn code(&mut self, at: &At<'_>) -> Option<String> {
        if let Cell::Date(_) | Cell::Moment(_) = at.cell {
            let say = "Bảng tính đã đổi mã tiêu chí này thành ngày. Định dạng ô là Văn bản (Text) rồi nhập lại mã.";
            self.refuse(at, "workbook.code-became-a-day", say.into());
            return None;
        }
        self.keep(at.text()).flatten()
    }

    /// The rows of criteria: each with what stands before and after its measure, and the measure's number.
    fn criteria(&mut self, grid: &Grid<'_>) -> Vec<(Vec<Found>, Option<usize>)> {
        let mut rows = Vec::new();
        let mut first_lines: HashMap<String, usize> = HashMap::new();
        for line in lines(grid, &labels(&criteria_columns())) {
            let at = line.at(CODE);
            let before = self.refusals.len();
            let found = self.fields(&line, CRITERION_HEAD.iter().chain(CRITERION_TAIL));
            let Some(code) = found[0].value.as_str().map(str::to_owned) else {
                if self.refusals.len() == before {
                    self.refuse(&at, "workbook.no-code", "Dòng này chưa có mã tiêu chí.".into());
                }
                continue;
            };
            if let Some(first) = first_lines.insert(code.clone(), line.number()) {
                self.refuse(&at, "workbook.code-twice", format!("Mã {code} đã có ở dòng {first}."));
                continue;
            }
            let measure = self.measure(&line);
            if let Some(measure) = measure {
                self.by_key.insert((code, Vec::new()), measure);
            }
            rows.push((found, measure));
        }
        rows
    }

    /// The measure in a row, if there is one.
    fn measure(&mut self, line: &Line<'_, '_>) -> Option<usize> {
        let at = line.at(KIND.label);
        let kind = self.keep(KIND.form.value(&at, self.today))?;
        let kind = kind.and_then(|kind| KINDS.iter().find(|(word, _)| Some(*word) == kind.as_str()));
        let (word, said) = kind.map_or(("", ""), |(word, said)| (*word, *said));
        let takes =
            |field: &Field| PARAMETERS.iter().any(|(known, kinds)| known.label == field.label && kinds.contains(&word));
        for column in measure_columns().iter().filter(|column| column.key != KIND.key && !takes(column)) {
            let stray = line.at(column.label);
            if !stray.is_blank() && word.is_empty() {
                self.refuse(&at, "workbook.no-kind", format!("Có “{}” mà chưa chọn cách chấm.", column.label));
                break;
            } else if !stray.is_blank() {
                self.refuse(
                    &stray,
                    "workbook.stray",
                    format!("Cách chấm “{said}” không dùng cột “{}”. Xoá ô này.", column.label),
                );
            }
        }
        kind?;
        let own = PARAMETERS.iter().filter(|(_, kinds)| kinds.contains(&word)).map(|(field, _)| field);
        let parameters = self.fields(line, own);
        self.measures.push(MeasureRow {
            kind: word,
            kind_at: at.address(),
            parameters,
            levels: Vec::new(),
            inside: Vec::new(),
        });
        Some(self.measures.len() - 1)
    }

    /// A measure inside another, already read: outer rows come before inner ones.
    fn branch(&mut self, line: &Line<'_, '_>) {
        let Some((code, branch)) = self.key(line) else { return };
        let at = line.at(BRANCH);
        let Some((name, outer)) = branch.split_last() else {
            return self.refuse(&at, "workbook.no-branch", "Dòng này chưa ghi nhánh.".into());
        };
        if branch.len() > DEEPEST {
            return self.refuse(&at, "workbook.too-deep", format!("Nhánh lồng nhau quá {DEEPEST} cấp."));
        }
        let Some(&outside) = self.by_key.get(&(code.clone(), outer.to_vec())) else {
            return self.refuse_outer(line, &code, outer);
        };
        let place = match Inside::of(self.measures[outside].kind) {
            Inside::None => {
                let said = fields::said(KINDS, self.measures[outside].kind).unwrap_or_default();
                return self.refuse(
                    &at,
                    "workbook.stray",
                    format!("Cách chấm “{said}” của tiêu chí {code} không chia nhánh."),
                );
            }
            Inside::List if *name != (self.measures[outside].inside.len() + 1).to_string() => {
                let next = self.measures[outside].inside.len() + 1;
                return self.refuse(
                    &at,
                    "workbook.branch-number",
                    format!("Nhánh tiếp theo của tiêu chí {code} phải là {next}, không phải “{name}”."),
                );
            }
            _ => (code.clone(), branch.clone()),
        };
        if self.by_key.contains_key(&place) {
            return self.refuse(
                &at,
                "workbook.twice",
                format!("Nhánh “{}” của tiêu chí {code} ghi hai lần.", branch.join(INWARD)),
            );
        }
        let before = self.refusals.len();
        match self.measure(line) {
            Some(inner) => {
                self.measures[outside].inside.push((name.clone(), inner));
                self.by_key.insert(place, inner);
            }
            None if self.refusals.len() == before => {
                self.refuse(&line.at(KIND.label), "workbook.no-kind", "Nhánh này chưa chọn cách chấm.".into())
            }
            None => {}
        }
    }

    fn level(&mut self, line: &Line<'_, '_>) {
        let Some((code, branch)) = self.key(line) else { return };
        let Some(&of) = self.by_key.get(&(code.clone(), branch.clone())) else {
            return self.refuse_outer(line, &code, &branch);
        };
        let kind = self.measures[of].kind;
        let said = fields::said(KINDS, kind).unwrap_or_default();
        let Some(levels) = fields::levels(kind) else {
            return self.refuse(
                &line.at(CODE),
                "workbook.stray",
                format!("Cách chấm “{said}” của tiêu chí {code} không có các mức."),
            );
        };
        for column in
            LEVEL_COLUMNS.iter().filter(|column| !levels.fields.iter().any(|field| field.label == column.label))
        {
            let stray = line.at(column.label);
            if !stray.is_blank() {
                self.refuse(
                    &stray,
                    "workbook.stray",
                    format!("Cách chấm “{said}” không dùng cột “{}”. Xoá ô này.", column.label),
                );
            }
        }
        let found = self.fields(line, levels.fields.iter());
        self.measures[of].levels.push(found);
    }

    /// A row of a measure that is not there: the code is wrong, or only the branch.
    fn refuse_outer(&mut self, line: &Line<'_, '_>, code: &str, branch: &[String]) {
        let known = self.by_key.contains_key(&(code.to_owned(), Vec::new()));
        let say = if known {
            format!("Tiêu chí {code} không có nhánh “{}” ở trang “{BRANCHES}”.", branch.join(INWARD))
        } else {
            format!("Trang “{CRITERIA}” không có tiêu chí {code}, hoặc tiêu chí đó chưa chọn cách chấm.")
        };
        self.refuse(&line.at(if known { BRANCH } else { CODE }), "workbook.no-outer", say);
    }

    /// The code and branch that a row belongs to.
    fn key(&mut self, line: &Line<'_, '_>) -> Option<(String, Vec<String>)> {
        let (code_at, branch_at) = (line.at(CODE), line.at(BRANCH));
        let before = self.refusals.len();
        let code = self.code(&code_at);
        if code.is_none() && self.refusals.len() == before {
            self.refuse(&code_at, "workbook.no-code", "Dòng này chưa có mã tiêu chí.".into());
        }
        let branch = match branch_at.cell {
            // The spreadsheet takes the case "true" for its own truth.
            Cell::Bool(yes) => yes.to_string(),
            _ => self.keep(branch_at.text())?.unwrap_or_default(),
        };
        let branch =
            branch.split(INWARD.trim()).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        Some((code?, branch))
    }

    fn assemble(&mut self, rows: Vec<(Vec<Found>, Option<usize>)>) -> Value {
        let mut criteria = Vec::new();
        for (at, (found, measure)) in rows.into_iter().enumerate() {
            let place = format!("criteria[{at}]");
            let mut criterion = self.object(found, &place);
            if let Some(measure) = measure {
                criterion.insert("measure".into(), self.put_together(measure, &format!("{place}.measure")));
            }
            criteria.push(Value::Object(criterion));
        }
        Value::Array(criteria)
    }

    fn put_together(&mut self, measure: usize, place: &str) -> Value {
        let row = &mut self.measures[measure];
        let (kind, kind_at) = (row.kind, row.kind_at.clone());
        let (parameters, levels, inside) =
            (std::mem::take(&mut row.parameters), std::mem::take(&mut row.levels), std::mem::take(&mut row.inside));
        let own = vec![Found { key: KIND.key, value: json!(kind), address: kind_at }];
        let mut object = self.object(own.into_iter().chain(parameters).collect(), place);
        if let Some(list) = fields::levels(kind).filter(|_| !levels.is_empty()) {
            let place = format!("{place}.{}", list.key);
            self.places.extend(levels[0].first().map(|first| (place.clone(), first.address.clone())));
            let levels = levels.into_iter().enumerate();
            let levels = levels.map(|(at, level)| Value::Object(self.object(level, &format!("{place}[{at}]"))));
            object.insert(list.key.into(), levels.collect());
        }
        match Inside::of(kind) {
            Inside::None => {}
            Inside::List => {
                let inner = inside
                    .into_iter()
                    .enumerate()
                    .map(|(at, (_, inner))| self.put_together(inner, &format!("{place}.measures[{at}]")));
                object.insert("measures".into(), inner.collect());
            }
            Inside::Cases => {
                let inner = inside.into_iter().map(|(name, inner)| {
                    let value = self.put_together(inner, &format!("{place}.cases.{name}"));
                    (name, value)
                });
                object.insert("cases".into(), Value::Object(inner.collect()));
            }
        }
        Value::Object(object)
    }
}

/// The rows with something in columns of ours; one with only a note in somebody's own column says nothing.
fn lines<'b, 'g>(grid: &'g Grid<'b>, columns: &[&str]) -> Vec<Line<'b, 'g>> {
    grid.lines().filter(|line| columns.iter().any(|column| !line.at(column).is_blank())).collect()
}

fn labels(fields: &[&'static Field]) -> Vec<&'static str> {
    fields.iter().map(|field| field.label).collect()
}
