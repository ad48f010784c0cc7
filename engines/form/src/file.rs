//! A form as people write it: the three sheets of XLSForm, every cell a text under its header.
//!
//! Nothing is thrown away here: columns that only other programs know go out as they came in. The same sheets stand in
//! TOML and JSON as `[[survey]]`, `[[choices]]` and `[settings]`.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    #[serde(default)]
    pub settings: Sheet,
    #[serde(default)]
    pub survey: Sheet,
    #[serde(default)]
    pub choices: Sheet,
}

/// One sheet: its headers, and its rows without those that are blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// Cells that are filled, each under its header, in the order of the sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// As a person counts in a spreadsheet: the header is row 1.
    pub number: usize,
    pub cells: Vec<(String, String)>,
}

impl Sheet {
    /// A sheet as it was read: its headers, and each row with its number and its cells by column.
    pub fn of(columns: Vec<String>, rows: impl IntoIterator<Item = (usize, Vec<String>)>) -> Sheet {
        let rows = rows.into_iter().map(|(number, cells)| {
            let filled = columns.iter().cloned().zip(cells).filter(|(_, cell)| !cell.trim().is_empty());
            Row { number, cells: filled.collect() }
        });
        let rows = rows.filter(|row| !row.cells.is_empty()).collect();
        Sheet { columns, rows }
    }

    /// The same sheet as a table to write: one text per column in each row.
    pub fn table(&self) -> Vec<Vec<&str>> {
        let cell = |row: &'_ Row, column: &String| -> usize {
            row.cells.iter().position(|(header, _)| header == column).unwrap_or(usize::MAX)
        };
        let line = |row| self.columns.iter().map(|column| Row::nth(row, cell(row, column))).collect();
        self.rows.iter().map(line).collect()
    }

    /// Rows under the headers that they bring.
    fn of_rows(rows: Vec<Row>) -> Sheet {
        let mut columns: Vec<String> = Vec::new();
        for (header, _) in rows.iter().flat_map(|row| &row.cells) {
            if !columns.contains(header) {
                columns.push(header.clone());
            }
        }
        let rows = rows.into_iter().zip(2..).map(|(row, number)| Row { number, ..row }).collect();
        Sheet { columns, rows }
    }
}

impl Row {
    fn nth(row: &Row, place: usize) -> &str {
        row.cells.get(place).map_or("", |(_, cell)| cell)
    }

    /// The cell of a column as XLSForm calls it; empty where there is none.
    pub fn get(&self, column: &str) -> &str {
        self.cells.iter().find(|(header, _)| Header::of(header).is(column)).map_or("", |(_, cell)| cell.trim())
    }

    /// The cell of a column that has one per language: the wanted one, else the one of no language, else any.
    pub fn words(&self, column: &str, language: &str) -> &str {
        let mut found: Vec<(Header, &str)> = Vec::new();
        found.extend(self.cells.iter().map(|(header, cell)| (Header::of(header), cell.trim())));
        found.retain(|(header, _)| header.base == column);
        let of = |wanted: &str| found.iter().find(|(header, _)| header.language == wanted);
        of(language).or_else(|| of("")).or(found.first()).map_or("", |(_, cell)| cell)
    }
}

/// A header: `label::English (en)` is the column `label` in one language.
pub struct Header {
    /// In small letters with underscores, under the name that the specification gives.
    pub base: String,
    pub language: String,
}

/// What older forms call columns, and what the specification does.
const ALSO: &[(&str, &str)] = &[
    ("relevance", "relevant"),
    ("calculate", "calculation"),
    ("requiredmsg", "required_message"),
    ("constraint_msg", "constraint_message"),
    ("readonly", "read_only"),
    ("list", "list_name"),
    ("title", "form_title"),
    ("formid", "form_id"),
];

impl Header {
    pub fn of(header: &str) -> Header {
        let header = header.trim();
        let (base, language) = header.split_once("::").or_else(|| header.split_once(':')).unwrap_or((header, ""));
        let plain = |word: &str| word.trim().to_lowercase().replace([' ', '-'], "_");
        let (mut base, mut language) = (plain(base), language.trim().to_owned());
        // `bind::relevant` is the column `relevant` in the words of the XForm it becomes.
        if base == "bind" && super::read::KNOWN.contains(&plain(&language).as_str()) {
            (base, language) = (plain(&language), String::new());
        }
        if let Some((_, name)) = ALSO.iter().find(|(other, _)| *other == base) {
            base = (*name).to_owned();
        }
        Header { base, language }
    }

    fn is(&self, column: &str) -> bool {
        self.base == column && self.language.is_empty()
    }
}

impl Serialize for Sheet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.rows)
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.cells.len()))?;
        self.cells.iter().try_for_each(|(header, cell)| map.serialize_entry(header, cell))?;
        map.end()
    }
}

/// Rows, or a single one: `[settings]`.
impl<'de> Deserialize<'de> for Sheet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Sheet, D::Error> {
        deserializer.deserialize_any(Rows).map(Sheet::of_rows)
    }
}

struct Rows;

impl<'de> Visitor<'de> for Rows {
    type Value = Vec<Row>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("các dòng của một trang")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Row>, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = list.next_element::<Row>()? {
            rows.push(row);
        }
        Ok(rows)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<Row>, A::Error> {
        Cells.visit_map(map).map(|row| vec![row])
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Row, D::Error> {
        deserializer.deserialize_map(Cells)
    }
}

struct Cells;

impl<'de> Visitor<'de> for Cells {
    type Value = Row;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("một dòng: tên cột và nội dung ô")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row, A::Error> {
        let mut cells = Vec::new();
        while let Some((header, Text(cell))) = map.next_entry::<String, Text>()? {
            if !cell.trim().is_empty() {
                cells.push((header, cell));
            }
        }
        Ok(Row { number: 0, cells })
    }
}

/// A cell, which people also write as `true` or `3`.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        struct One;
        impl Visitor<'_> for One {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("nội dung ô trong dấu nháy")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }
            fn visit_bool<E: Error>(self, yes: bool) -> Result<Text, E> {
                Ok(Text(if yes { "yes" } else { "no" }.into()))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
        }
        deserializer.deserialize_any(One)
    }
}
