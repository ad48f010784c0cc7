//! From the value of a set to its workbook.

use base::Refusal;
use serde_json::{Map, Value};
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{Cell, Column, Kind, Table};

use super::*;
use crate::files::fields::{
    BRANCH, CODE, CRITERION_HEAD, CRITERION_TAIL, Field, Form, KIND, LEVEL_COLUMNS, PARAMETERS, RATING,
    SET as SET_FIELDS, get, levels,
};

/// The workbook of a set; of an empty value, the template for a new one. `edition` names the edition it is written from.
///
/// A set with mistakes is written too, so that they can be mended there; refused is only what the workbook has no place
/// for, since it would be lost.
pub fn write(set: &Value, edition: &str) -> Result<Vec<u8>, Refusal> {
    let mut out = Out::new();
    out.set(set)?;
    for (place, criterion) in list(set, "criteria", "criteria")? {
        out.criterion(criterion, &place)?;
    }
    for (place, rating) in list(set, "ratings", "ratings")? {
        let rating = Object::of(rating, &place)?;
        rating.only(RATING.iter())?;
        out.ratings.push(RATING.iter().map(|field| rating.cell(field)).collect::<Result<_, _>>()?);
    }
    let meta = [
        ("template", TEMPLATE),
        ("template_version", TEMPLATE_VERSION),
        ("code", text(set, "code")),
        ("edition", edition),
    ];
    xlsx::write(&BookOut {
        guide: guide::lines(),
        sheets: vec![
            SheetOut::new(SET, out.set),
            SheetOut::new(CRITERIA, out.criteria).spare_rows(100),
            SheetOut::new(LEVELS, out.levels).spare_rows(200),
            SheetOut::new(BRANCHES, out.branches).spare_rows(50),
            SheetOut::new(RATINGS, out.ratings).spare_rows(10),
        ],
        meta: meta.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
    })
}

struct Out {
    set: Table,
    criteria: Table,
    levels: Table,
    branches: Table,
    ratings: Table,
}

impl Out {
    fn new() -> Self {
        let key = || [CODE, BRANCH].map(|name| Column::text(name, 12));
        Self {
            set: Table::new(vec![Column::text(PROPERTY, 34), Column::text(CONTENT, 60), Column::text("Cách ghi", 70)]),
            criteria: Table::new(criteria_columns().into_iter().map(column).collect()),
            levels: Table::new(key().into_iter().chain(LEVEL_COLUMNS.map(column)).collect()),
            branches: Table::new(key().into_iter().chain(measure_columns().into_iter().map(column)).collect()),
            ratings: Table::new(RATING.iter().map(column).collect()),
        }
    }

    fn set(&mut self, set: &Value) -> Result<(), Refusal> {
        let object = Object::of(set, "")?;
        object.only_keys(SET_FIELDS.iter().map(|field| field.key).chain(["ratings", "criteria"]))?;
        for outer in ["valid", "rounding"] {
            let inner = |field: &&Field| field.key.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
            if let Some(value) = get(set, outer) {
                let known = SET_FIELDS.iter().filter(inner).map(|field| &field.key[outer.len() + 1..]);
                Object::of(value, outer)?.only_keys(known)?;
            }
        }
        for field in SET_FIELDS {
            self.set.push(vec![field.label.into(), object.cell(field)?, explained(field).into()]);
        }
        Ok(())
    }

    fn criterion(&mut self, criterion: &Value, place: &str) -> Result<(), Refusal> {
        let object = Object::of(criterion, place)?;
        let own = || CRITERION_HEAD.iter().chain(CRITERION_TAIL);
        object.only_keys(own().map(|field| field.key).chain(["measure"]))?;
        let code = text(criterion, "code");
        let mut row: Vec<Cell> = CRITERION_HEAD.iter().map(|field| object.cell(field)).collect::<Result<_, _>>()?;
        match get(criterion, "measure") {
            Some(measure) => row.extend(self.measure(measure, code, &[], &format!("{place}.measure"))?),
            None => row.extend(measure_columns().iter().map(|_| Cell::Empty)),
        }
        for field in CRITERION_TAIL {
            row.push(object.cell(field)?);
        }
        self.criteria.push(row);
        Ok(())
    }

    /// The cells of a measure; its levels, and the measures inside it, go to their own sheets.
    fn measure(&mut self, measure: &Value, code: &str, branch: &[String], place: &str) -> Result<Vec<Cell>, Refusal> {
        let object = Object::of(measure, place)?;
        let kind = text(measure, "kind");
        let parameters: Vec<&Field> =
            PARAMETERS.iter().filter(|(_, kinds)| kinds.contains(&kind)).map(|(field, _)| field).collect();
        let inside = Inside::of(kind);
        let levels = levels(kind);
        let lists = levels.as_ref().map(|levels| levels.key).into_iter().chain(inside.key());
        object.only_keys(parameters.iter().map(|field| field.key).chain(["kind"]).chain(lists))?;
        let mut cells = Vec::new();
        for column in measure_columns() {
            let field = parameters.iter().find(|field| field.label == column.label);
            cells.push(match field {
                Some(field) => object.cell(field)?,
                None if column.key == KIND.key => object.cell(KIND)?,
                None => Cell::Empty,
            });
        }
        if let Some(levels) = levels {
            for (place, level) in list(measure, levels.key, &format!("{place}.{}", levels.key))? {
                let level = Object::of(level, &place)?;
                level.only(levels.fields.iter())?;
                let mut row = key_cells(code, branch);
                for column in LEVEL_COLUMNS {
                    let field = levels.fields.iter().find(|field| field.label == column.label);
                    row.push(field.map_or(Ok(Cell::Empty), |field| level.cell(field))?);
                }
                self.levels.push(row);
            }
        }
        for (name, inner, place) in inside.measures(measure, place)? {
            let branch: Vec<String> = branch.iter().cloned().chain([name]).collect();
            let mut row = key_cells(code, &branch);
            let at = self.branches.rows.len();
            // Before what is inside it, so that the rows read from the outside inward.
            self.branches.push(Vec::new());
            row.extend(self.measure(inner, code, &branch, &place)?);
            self.branches.rows[at] = row;
        }
        Ok(cells)
    }
}

/// The columns of a measure, each once though two parameters may share it.
pub(super) fn measure_columns() -> Vec<&'static Field> {
    let mut columns = vec![KIND];
    for (field, _) in PARAMETERS {
        if !columns.iter().any(|known| known.label == field.label) {
            columns.push(field);
        }
    }
    columns
}

pub(super) fn criteria_columns() -> Vec<&'static Field> {
    CRITERION_HEAD.iter().chain(measure_columns()).chain(CRITERION_TAIL).collect()
}

fn column(field: &Field) -> Column {
    let kind = match field.form {
        Form::Number | Form::Whole => Kind::Number(None),
        _ => Kind::Text,
    };
    Column { kind, ..Column::text(field.label, field.width) }.choices(field.form.choices()).hint(field.hint)
}

fn explained(field: &Field) -> String {
    let choices = match field.form {
        Form::Words(_) => field.form.choices(),
        Form::Ties => Form::Words(crate::files::fields::TIES).choices(),
        _ => Vec::new(),
    };
    let choices = choices.iter().map(|choice| format!("“{choice}”")).collect::<Vec<_>>().join(" hoặc ");
    [choices.as_str(), field.hint].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn key_cells(code: &str, branch: &[String]) -> Vec<Cell> {
    vec![code.into(), branch.join(INWARD).into()]
}

/// The measures inside a measure.
#[derive(Clone, Copy)]
pub(super) enum Inside {
    None,
    /// Numbered from 1.
    List,
    /// By the name of the case.
    Cases,
}

impl Inside {
    pub(super) fn of(kind: &str) -> Self {
        match kind {
            "best-of" => Inside::List,
            "by" => Inside::Cases,
            _ => Inside::None,
        }
    }

    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Inside::None => None,
            Inside::List => Some("measures"),
            Inside::Cases => Some("cases"),
        }
    }

    fn measures<'v>(self, measure: &'v Value, place: &str) -> Result<Vec<(String, &'v Value, String)>, Refusal> {
        match self {
            Inside::None => Ok(Vec::new()),
            Inside::List => {
                let inner = list(measure, "measures", &format!("{place}.measures"))?;
                Ok((1..).zip(inner).map(|(number, (place, inner))| (i64::to_string(&number), inner, place)).collect())
            }
            Inside::Cases => {
                let Some(cases) = get(measure, "cases") else { return Ok(Vec::new()) };
                let place = format!("{place}.cases");
                let cases = cases.as_object().ok_or_else(|| no_place(&place))?;
                let inner = cases.iter().map(|(name, inner)| {
                    let place = format!("{place}.{name}");
                    let holdable = !name.is_empty() && name.trim() == name && !name.contains(INWARD.trim());
                    if holdable { Ok((name.clone(), inner, place)) } else { Err(no_place(&place)) }
                });
                inner.collect()
            }
        }
    }
}

/// A table of the file at its place.
struct Object<'v> {
    value: &'v Value,
    object: &'v Map<String, Value>,
    place: &'v str,
}

impl<'v> Object<'v> {
    fn of(value: &'v Value, place: &'v str) -> Result<Self, Refusal> {
        Ok(Self { value, object: value.as_object().ok_or_else(|| no_place(place))?, place })
    }

    fn only<'f>(&self, fields: impl Iterator<Item = &'f Field>) -> Result<(), Refusal> {
        self.only_keys(fields.map(|field| field.key))
    }

    fn only_keys<'k>(&self, known: impl Iterator<Item = &'k str>) -> Result<(), Refusal> {
        let known: Vec<&str> = known.map(|key| key.split('.').next().unwrap_or(key)).collect();
        let stranger = self.object.iter().find(|(key, value)| !value.is_null() && !known.contains(&key.as_str()));
        stranger.map_or(Ok(()), |(key, _)| Err(no_place(&self.at(key))))
    }

    fn cell(&self, field: &Field) -> Result<Cell, Refusal> {
        let Some(value) = get(self.value, field.key) else { return Ok(Cell::Empty) };
        field.form.cell(value).ok_or_else(|| no_place(&self.at(field.key)))
    }

    fn at(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}.{key}", self.place) }
    }
}

/// A list of the file, each item with its place; an absent one is empty.
fn list<'v>(value: &'v Value, key: &str, place: &str) -> Result<Vec<(String, &'v Value)>, Refusal> {
    let Some(list) = get(value, key) else { return Ok(Vec::new()) };
    let list = list.as_array().ok_or_else(|| no_place(place))?;
    Ok(list.iter().enumerate().map(|(at, item)| (format!("{place}[{at}]"), item)).collect())
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    get(value, key).and_then(Value::as_str).unwrap_or_default()
}

fn no_place(place: &str) -> Refusal {
    let say = format!("Bảng tính không có chỗ cho “{place}”. Sửa trong tệp TOML rồi xuất lại.");
    Refusal::new("workbook.no-place", say).at(place)
}
