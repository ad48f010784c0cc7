//! The survey's results as files: a table with one row per unit and criterion, a matrix of units and criteria, or the
//! answers file (JSON). Templates come filled with the units, the criteria and what is stored already.
//!
//! ```text
//! Mã đơn vị | Đơn vị | Mã tiêu chí | Tiêu chí | Phương án 1 … n | Giá trị        how many chose each option
//! Mã đơn vị | Đơn vị | 1.5 | 3.5.1 | …                                           "12; 5; 1; 0" in a cell
//! ```

use base::{Refusal, Refusals, text};
use serde_json::{Value, json};
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{At, Book, Cell, Column, Line, Sheet, Table};
use std::collections::BTreeMap;

/// One cell of an import: whose, of which criterion, what.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyAnswer {
    /// The unit as the file names it: its name, its short name or its key.
    pub unit: String,
    pub code: String,
    /// As in the answers file.
    pub value: Value,
    /// Where it stands in the file, for refusals: "C12".
    pub place: String,
}

/// One row of a template: a unit with a criterion that its survey fills.
#[derive(Clone, Debug)]
pub struct SurveyRow {
    pub key: String,
    pub unit: String,
    pub kind: String,
    /// Whether the unit held a survey.
    pub held: bool,
    pub code: String,
    pub name: String,
    /// How many options the question has; none where the criterion takes a number.
    pub options: Option<usize>,
    /// What is stored.
    pub value: Option<Value>,
}

const KEY: &str = "Mã đơn vị";
const UNIT: &str = "Đơn vị";
const CODE: &str = "Mã tiêu chí";
const NAME: &str = "Tiêu chí";
const VALUE: &str = "Giá trị";
const GUIDE: &str = "Hướng dẫn";

fn option(at: usize) -> String {
    format!("Phương án {}", at + 1)
}

/// How many options each criterion has, by code.
pub type Options = BTreeMap<String, usize>;

pub fn options(rows: &[SurveyRow]) -> Options {
    rows.iter().filter_map(|row| Some((row.code.clone(), row.options?))).collect()
}

/// Reads a table: every filled cell, and a refusal for every cell that cannot be read.
pub fn read(book: &Book, options: &Options) -> (Vec<SurveyAnswer>, Refusals) {
    let (mut rows, mut refusals) = (Vec::new(), Vec::new());
    let mut sheets = 0;
    for sheet in book.visible().filter(|sheet| text::fold(&sheet.name) != text::fold(GUIDE)) {
        if let Ok(grid) = sheet.grid(&[UNIT, CODE]) {
            sheets += 1;
            for line in grid.lines() {
                collect(long(&line, options), &mut rows, &mut refusals);
            }
        } else if let Some(header) = matrix_header(sheet) {
            sheets += 1;
            matrix(sheet, header, options, &mut rows, &mut refusals);
        }
    }
    if sheets == 0 {
        let say = format!("Tệp không có bảng nào với cột “{UNIT}” và “{CODE}”. Hãy dùng tệp mẫu ở trang này.");
        refusals.push(Refusal::new("survey-table", say));
    } else if rows.is_empty() && refusals.is_empty() {
        refusals.push(Refusal::new(
            "survey-empty",
            "Bảng chưa có số phiếu nào. Điền số phiếu theo từng phương án rồi nạp lại.",
        ));
    }
    (rows, refusals)
}

fn collect(found: Result<Option<SurveyAnswer>, Refusals>, rows: &mut Vec<SurveyAnswer>, refusals: &mut Refusals) {
    match found {
        Ok(found) => rows.extend(found),
        Err(more) => refusals.extend(more.into_iter().map(placed)),
    }
}

/// The sentence begins with its cell, so that it can be read without the file beside it.
fn placed(no: Refusal) -> Refusal {
    match &no.field {
        Some(field) => Refusal { say: format!("{field}: {}", no.say), ..no },
        None => no,
    }
}

/// A row of the long table; none where nothing is filled in.
fn long(line: &Line<'_, '_>, options: &Options) -> Result<Option<SurveyAnswer>, Refusals> {
    let mut refusals = Vec::new();
    let mut keep = |read: Result<Option<String>, Refusal>| read.map_err(|no| refusals.push(no)).ok().flatten();
    let unit = keep(line.at(KEY).text()).or_else(|| keep(line.at(UNIT).text()));
    let code = keep(line.at(CODE).text());
    let mut counts: Vec<Option<u64>> = Vec::new();
    let mut first = None;
    for at in 0..MOST_OPTIONS {
        let cell = line.at(&option(at));
        if !cell.is_blank() && first.is_none() {
            first = Some(cell.address());
        }
        counts.push(cell.count().map_err(|no| refusals.push(no)).ok().flatten());
    }
    let value_at = line.at(VALUE);
    let number = value_at.decimal().map_err(|no| refusals.push(no)).ok().flatten();
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let Some(place) = first.or_else(|| number.map(|_| value_at.address())) else { return Ok(None) };
    let (Some(unit), Some(code)) = (unit, code) else {
        return Err(vec![Refusal::new("survey-row", "Dòng này chưa ghi đơn vị hoặc mã tiêu chí.").at(place)]);
    };
    let value = match number {
        Some(number) if counts.iter().all(Option::is_none) => json!({ "value": number.normalize().to_string() }),
        _ => json!({ "answers": tally(&counts, options.get(&code).copied()) }),
    };
    Ok(Some(SurveyAnswer { unit, code, value, place }))
}

/// More options than any question has.
const MOST_OPTIONS: usize = 12;

/// An option left blank beside filled ones was chosen by nobody.
fn tally(counts: &[Option<u64>], options: Option<usize>) -> Vec<u64> {
    let filled = counts.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let many = options.unwrap_or(filled).max(filled);
    (0..many).map(|at| counts.get(at).copied().flatten().unwrap_or(0)).collect()
}

/// The row that heads a matrix: it has the unit's column and at least one code.
fn matrix_header(sheet: &Sheet) -> Option<usize> {
    let is_header = |row: &Vec<Cell>| {
        let texts: Vec<String> = row.iter().map(shown).collect();
        texts.iter().any(|cell| is(cell, UNIT)) && texts.iter().any(|cell| code_in(cell).is_some())
    };
    sheet.rows.iter().take(30).position(is_header)
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.trim().to_owned(),
        // A code such as 1.5 that the spreadsheet took for a number.
        Cell::Number(number) => number.normalize().to_string(),
        _ => String::new(),
    }
}

fn is(cell: &str, name: &str) -> bool {
    text::fold(cell.trim_end_matches('*')) == text::fold(name)
}

/// The code at the beginning of a head: "3.5.1", "3.5.1. Thái độ phục vụ".
fn code_in(head: &str) -> Option<String> {
    let code = head.split(|c: char| c.is_whitespace() || c == ':').next().unwrap_or_default().trim_end_matches('.');
    let is_code = !code.is_empty()
        && code.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric()))
        && code.contains(|c: char| c.is_ascii_digit());
    is_code.then(|| code.to_owned())
}

fn matrix(sheet: &Sheet, header: usize, options: &Options, rows: &mut Vec<SurveyAnswer>, refusals: &mut Refusals) {
    let heads: Vec<String> = sheet.rows[header].iter().map(shown).collect();
    let column = |name: &str| heads.iter().position(|head| is(head, name));
    let (key, unit) = (column(KEY), column(UNIT));
    let named =
        |row: usize, column: Option<usize>| column.and_then(|column| sheet.at(row, column).text().ok().flatten());
    for row in header + 1..sheet.rows.len() {
        let Some(unit_name) = named(row, key).or_else(|| named(row, unit)) else { continue };
        for (at, head) in heads.iter().enumerate().filter(|(at, _)| Some(*at) != key && Some(*at) != unit) {
            let cell = sheet.at(row, at);
            if cell.is_blank() {
                continue;
            }
            let Some(code) = code_in(head) else {
                refusals.push(placed(
                    cell.refuse(Refusal::new("survey-head", format!("Cột “{head}” không bắt đầu bằng mã tiêu chí."))),
                ));
                continue;
            };
            collect(one_cell(&cell, &unit_name, &code, options), rows, refusals);
        }
    }
}

/// "12; 5; 1; 0", or a number.
fn one_cell(cell: &At<'_>, unit: &str, code: &str, options: &Options) -> Result<Option<SurveyAnswer>, Refusals> {
    let found =
        |value: Value| SurveyAnswer { unit: unit.to_owned(), code: code.to_owned(), value, place: cell.address() };
    let one = |no: Refusal| vec![no];
    if !options.contains_key(code) {
        return Ok(cell
            .decimal()
            .map_err(one)?
            .map(|number| found(json!({ "value": number.normalize().to_string() }))));
    }
    let Some(text) = cell.text().map_err(one)? else { return Ok(None) };
    let counts: Result<Vec<u64>, Refusal> = text.split(';').map(|part| base::number::read_count(part.trim())).collect();
    let counts = counts.map_err(|no| {
        let say = format!("{} Ghi số phiếu từng phương án, cách nhau bằng dấu chấm phẩy, ví dụ 12; 5; 1; 0.", no.say);
        vec![cell.refuse(Refusal::new("survey-counts", say))]
    })?;
    Ok(Some(found(json!({ "answers": counts }))))
}

/// Reads the answers file.
pub fn read_json(file: &str) -> Result<Vec<SurveyAnswer>, Refusals> {
    let value = super::answers::parse(file).map_err(|no| vec![no])?;
    let units = value.get("units").and_then(Value::as_object);
    let Some(units) = units else {
        return Err(vec![Refusal::new(
            "survey-json",
            "Tệp JSON thiếu “units”: {\"units\": {\"Sở A\": {\"3.5.1\": {…}}}}.",
        )]);
    };
    let mut rows = Vec::new();
    for (unit, answers) in units {
        for (code, value) in
            answers.as_object().into_iter().flatten().filter(|(code, value)| *code != "survey_held" && !value.is_null())
        {
            rows.push(SurveyAnswer {
                unit: unit.clone(),
                code: code.clone(),
                value: value.clone(),
                place: format!("{unit}, {code}"),
            });
        }
    }
    Ok(rows)
}

/// The template, one row per unit and criterion.
pub fn template(round: &str, rows: &[SurveyRow]) -> Result<Vec<u8>, Refusal> {
    let most = rows.iter().filter_map(|row| row.options).max().unwrap_or(0).min(MOST_OPTIONS);
    let number = rows.iter().any(|row| row.options.is_none());
    let mut columns =
        vec![Column::text(KEY, 22), Column::text(UNIT, 36), Column::text(CODE, 12), Column::text(NAME, 60)];
    columns.extend((0..most).map(|at| Column::number(&option(at), 0)));
    if number {
        columns.push(Column::exact(VALUE));
    }
    let mut table = Table::new(columns).title(format!("Kết quả điều tra xã hội học: {round}"));
    for row in rows {
        let mut cells: Vec<Cell> =
            vec![row.key.clone().into(), row.unit.clone().into(), row.code.clone().into(), row.name.clone().into()];
        let stored = counts(row);
        cells.extend((0..most).map(|at| Cell::from(stored.as_ref().and_then(|stored| stored.get(at).copied()))));
        if number {
            cells.push(value(row));
        }
        table.push(cells);
    }
    book("long", vec![SheetOut::new("Điều tra", table)])
}

/// The template as a matrix: a sheet per kind of unit, a row per unit, a column per criterion.
pub fn matrix_template(round: &str, rows: &[SurveyRow]) -> Result<Vec<u8>, Refusal> {
    let mut kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
    kinds.dedup();
    let sheets = kinds.into_iter().map(|kind| {
        let of_kind: Vec<&SurveyRow> = rows.iter().filter(|row| row.kind == kind).collect();
        let mut heads: Vec<(&str, &str)> = Vec::new();
        for row in &of_kind {
            if !heads.iter().any(|(code, _)| *code == row.code) {
                heads.push((&row.code, &row.name));
            }
        }
        let mut columns = vec![Column::text(KEY, 22), Column::text(UNIT, 36)];
        columns.extend(heads.iter().map(|(code, name)| Column::text(code, 16).hint(name)));
        let mut table = Table::new(columns).title(format!("Kết quả điều tra xã hội học: {round}"));
        let mut units: Vec<&str> = of_kind.iter().map(|row| row.key.as_str()).collect();
        units.dedup();
        for key in units {
            let of_unit: Vec<&&SurveyRow> = of_kind.iter().filter(|row| row.key == key).collect();
            let mut cells: Vec<Cell> =
                vec![key.into(), of_unit.first().map(|row| row.unit.clone()).unwrap_or_default().into()];
            for (code, _) in &heads {
                cells.push(of_unit.iter().find(|row| row.code == *code).map(|row| written(row)).unwrap_or_default());
            }
            table.push(cells);
        }
        SheetOut::new(people::kind_name(kind), table)
    });
    book("matrix", sheets.collect())
}

fn counts(row: &SurveyRow) -> Option<Vec<u64>> {
    row.value.as_ref()?.get("answers")?.as_array().map(|list| list.iter().filter_map(Value::as_u64).collect())
}

fn value(row: &SurveyRow) -> Cell {
    let text = row.value.as_ref().and_then(|value| value.get("value")).and_then(Value::as_str);
    text.and_then(|text| base::number::read_file(text).ok()).into()
}

fn written(row: &SurveyRow) -> Cell {
    match counts(row) {
        Some(counts) => counts.iter().map(u64::to_string).collect::<Vec<_>>().join("; ").into(),
        None => value(row),
    }
}

fn book(form: &str, sheets: Vec<SheetOut>) -> Result<Vec<u8>, Refusal> {
    let guide = [
        "# Cách điền",
        "Bảng theo dòng: ghi số phiếu đã chọn từng phương án vào các cột “Phương án”, theo thứ tự của phiếu hỏi.",
        "Bảng theo cột: ghi số phiếu từng phương án trong một ô, cách nhau bằng dấu chấm phẩy, ví dụ 12; 5; 1; 0.",
        "Ô để trống: chưa có kết quả. Một phương án để trống bên cạnh phương án đã điền: không phiếu nào.",
        "Không sửa cột mã đơn vị và mã tiêu chí. Có thể xoá những dòng không dùng.",
    ];
    let meta = [("template", "dieu-tra"), ("template_version", "1"), ("form", form)];
    xlsx::write(&BookOut {
        guide: guide.map(str::to_owned).to_vec(),
        sheets,
        meta: meta.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec(),
    })
}

#[cfg(test)]
mod tests;
