//! Figures that others have published: brought in from their files, read by year and by subject.

use crate::store::{self, History};
use base::{Decimal, Refusal};
use db::{Conn, Tx};
use journal::about;
use people::{Failure, Scope};
use serde_json::json;
use std::str::FromStr;

/// The files of `data/history` that hold figures, by name.
pub const HISTORY_FILES: &[(&str, &str)] = &[
    ("papi_dimensions_2011_2024.csv", include_str!("../../../../data/history/papi_dimensions_2011_2024.csv")),
    ("par_index_provinces.csv", include_str!("../../../../data/history/par_index_provinces.csv")),
    ("hue_2021_so_nganh.csv", include_str!("../../../../data/history/hue_2021_so_nganh.csv")),
    ("provincial_unit_results.csv", include_str!("../../../../data/history/provincial_unit_results.csv")),
    ("sipas.csv", include_str!("../../../../data/history/sipas.csv")),
];

/// Where a series must not be compared across.
const PAPI_BREAKS: &str = include_str!("../../../../data/history/papi_breaks.csv");

/// A figure that somebody else published, for the pages.
pub type Figure = History;

/// The scales that files are kept under.
pub const PAPI: &str = "PAPI";
const PAR_INDEX: &str = "PAR INDEX các tỉnh";
const SIPAS: &str = "SIPAS các tỉnh";

/// Where PAPI's own site says how it is made; the file gathers what it published.
const PAPI_SOURCE: &str = "papi.org.vn (các thành phần đã công bố, tổng hợp tại github.com/hnks-gh/ml-mcdm d165721)";

/// Brings figures in; gives how many. Where there are some already, nothing is added, so that a second start of the
/// program does not double them.
pub async fn load_history(tx: &mut Tx, scope: &Scope, files: &[(&str, &str)]) -> Result<usize, Failure> {
    if store::history_count(tx).await? > 0 {
        return Ok(0);
    }
    let mut count = 0;
    for (name, text) in files {
        for figure in read_file(name, text)? {
            store::put_history(tx, &figure).await?;
            count += 1;
        }
    }
    journal::write(tx, scope, "index.history-loaded", about("history", "files"), &(), &json!({ "figures": count }))
        .await?;
    Ok(count)
}

/// One line of a file, by the names of its columns.
struct Row<'a> {
    head: &'a [String],
    cells: Vec<String>,
}

impl Row<'_> {
    fn get(&self, column: &str) -> &str {
        let at = self.head.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    fn decimal(&self, column: &str) -> Option<Decimal> {
        Decimal::from_str(self.get(column)).ok()
    }
}

fn read_file(name: &str, text: &str) -> Result<Vec<History>, Failure> {
    let lines = records(text);
    let Some((head, rows)) = lines.split_first() else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (line, cells) in rows.iter().enumerate() {
        let row = Row { head, cells: cells.clone() };
        let year: i64 = row.get("year").parse().map_err(|_| unreadable(name, line + 2, "năm"))?;
        if name.starts_with("papi_dimensions") {
            papi(&row, year, &mut found);
        } else {
            found.push(figure(&row, year).ok_or_else(|| unreadable(name, line + 2, "đơn vị"))?);
        }
    }
    Ok(found)
}

fn unreadable(name: &str, line: usize, what: &str) -> Failure {
    Refusal::new("history-file", format!("{name}, dòng {line}: không đọc được {what}.")).into()
}

/// A province's year in PAPI: its total (with its rank) and each dimension.
fn papi(row: &Row, year: i64, found: &mut Vec<History>) {
    let one = |part: &str, value: Option<Decimal>, rank: Option<i64>| History {
        scale: PAPI.into(),
        year,
        subject: row.get("unit").into(),
        part: part.into(),
        value,
        rank,
        rating: None,
        source: PAPI_SOURCE.into(),
    };
    found.push(one("", row.decimal("papi.total"), row.get("papi.rank").parse().ok()));
    for part in 1..=8 {
        if let Some(value) = row.decimal(&format!("papi.d{part}")) {
            found.push(one(&format!("D{part}"), Some(value), None));
        }
    }
}

/// A line about one unit: its province's own scale, or the scale of all provinces.
fn figure(row: &Row, year: i64) -> Option<History> {
    let unit = row.get("unit");
    let province = row.get("province");
    let scale = match (province, row.head.iter().any(|name| name.starts_with("sipas."))) {
        (_, true) => SIPAS.to_owned(),
        ("", false) => PAR_INDEX.to_owned(),
        (province, false) => format!("{province} {year}"),
    };
    let prefix = if scale == SIPAS { "sipas" } else { "par-index" };
    let note = row.get("note");
    let how = match row.get("how") {
        "derived" => " (suy ra)",
        "secondary" => " (nguồn dẫn lại)",
        "claimed" => " (nguồn tự nêu)",
        _ => "",
    };
    let source = if note.is_empty() {
        format!("{}{how}", row.get("source"))
    } else {
        format!("{}{how}; {note}", row.get("source"))
    };
    (!unit.is_empty()).then(|| History {
        scale,
        year,
        subject: unit.into(),
        part: String::new(),
        value: row.decimal(&format!("{prefix}.index")),
        rank: row.get(&format!("{prefix}.rank")).parse().ok(),
        rating: Some(row.get("rating").to_owned()).filter(|rating| !rating.is_empty()),
        source,
    })
}

/// The records of a CSV file. The files are the house's own: commas, quotes around what holds one.
fn records(text: &str) -> Vec<Vec<String>> {
    let record = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                other => cells.last_mut().into_iter().for_each(|cell| cell.push(other)),
            }
        }
        cells
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(record).collect()
}

/// A year from which a series goes on differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    pub year: i64,
    /// 'total' or 'd3'.
    pub part: String,
    /// 'dimensions', 'scale', 'content', 'hidden', 'units'.
    pub kind: String,
    pub what: String,
    pub effect: String,
}

/// PAPI's breaks, oldest first.
pub fn papi_breaks() -> Vec<Break> {
    let lines = records(PAPI_BREAKS);
    let Some((head, rows)) = lines.split_first() else { return Vec::new() };
    let read = |cells: &Vec<String>| {
        let row = Row { head, cells: cells.clone() };
        let of = |column: &str| row.get(column).to_owned();
        Some(Break {
            year: row.get("year").parse().ok()?,
            part: of("part"),
            kind: of("break"),
            what: of("what"),
            effect: of("effect"),
        })
    };
    rows.iter().filter_map(read).collect()
}

/// A scale: its name, its first and last year, how many figures it has.
pub type Scale = (String, i64, i64, i64);

pub async fn scales(conn: &mut Conn) -> Result<Vec<Scale>, Failure> {
    Ok(store::scales(conn).await?)
}

/// One year of a scale, and the years there are, newest first.
pub async fn scale_year(
    conn: &mut Conn,
    scale: &str,
    year: Option<i64>,
) -> Result<(Vec<i64>, i64, Vec<History>), Failure> {
    let years = store::history_years(conn, scale).await?;
    let newest = *years.first().ok_or(Failure::NotFound)?;
    let year = year.filter(|year| years.contains(year)).unwrap_or(newest);
    let figures = store::history_of_year(conn, scale, year).await?;
    Ok((years, year, figures))
}

/// All years of one province or unit, oldest first.
pub async fn scale_subject(conn: &mut Conn, scale: &str, subject: &str) -> Result<Vec<History>, Failure> {
    let found = store::history_of_subject(conn, scale, subject).await?;
    if found.is_empty() { Err(Failure::NotFound) } else { Ok(found) }
}
