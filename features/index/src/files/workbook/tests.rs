#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use base::Date;
use proptest::prelude::*;
use serde_json::json;
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{Cell, Column, Table};

use super::*;
use crate::files::difference::difference;

const TODAY: Date = Date::constant(2026, 11, 24);

fn toml(text: &str) -> Value {
    toml::from_str(text).unwrap()
}

/// Every set of the house, by file name.
fn sets() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/criteria");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let mut sets: Vec<_> = files
        .map(|path| {
            (path.file_stem().unwrap().to_string_lossy().into_owned(), toml(&std::fs::read_to_string(path).unwrap()))
        })
        .collect();
    sets.sort_by(|a, b| a.0.cmp(&b.0));
    sets
}

fn set(name: &str) -> Value {
    sets().into_iter().find(|(found, _)| found == name).unwrap().1
}

fn open(bytes: &[u8]) -> Result<Workbook, Vec<Refusal>> {
    read(&sheet::read(bytes, "bo-tieu-chi.xlsx").unwrap(), TODAY)
}

fn back(set: &Value) -> Value {
    open(&write(set, "").unwrap()).unwrap_or_else(|no| panic!("{no:#?}")).set
}

/// One of everything: all kinds, measures within measures, every property.
fn everything() -> Value {
    toml(
        r#"
code = "du-thu"
name = "=Bộ \"đủ thứ\""
source = "QĐ 1"
valid = { from = "2026-01-01", to = "2027-01-01" }
applies_to = ["so", "xa"]
rounding = { leaf = 3, total = 2 }
not_applicable = "share"
ties = ["2", "1"]
survey_not_held = "rescale"
ratings = [{ name = "Tốt", from = "80.5", no_zero = true }, { name = "Yếu", from = "0", no_zero = false }]

[[criteria]]
code = "1"
name = "Cha"
applies_to = ["so"]
not_applicable = "full"
rounding = {}

[[criteria]]
code = "1.1"
name = "Có tất cả"
max = "1.10"
filled_by = "auto"
evidence = "none"
text = "Dòng một\n- dòng hai: 0,5 điểm\n"
zero_if = "Ban hành sau ngày 31/01"
rounding = { leaf = 0 }
measure = { kind = "best-of", measures = [
  { kind = "ratio", part = "a", whole = "b", floor = "0.8", full_at = "0.95", empty = "zero" },
  { kind = "by", on = "kind", cases = { xa = { kind = "bands", bands = [{ from = "0.5", points = "1.1" }, { from = "-1", points = "0.25" }], none = "0" }, so = { kind = "best-of", measures = [{ kind = "yes-no" }] } } },
] }

[[criteria]]
code = "1.10"
name = "Theo tiêu chí khác"
max = "2"
measure = { kind = "by", on = "1.1", cases = { "true" = { kind = "deadline", bands = [{ within = -5, points = "2" }, { within = 30, points = "1" }], never = "-0.5" }, "false" = { kind = "points", step = "0.25" } } }

[[criteria]]
code = "2"
name = "Điều tra"
max = "3"
measure = { kind = "survey", weights = ["1", "0.6", "0"], least_answers = 30 }

[[criteria]]
code = "3"
max = "1"
name = "Chọn"
measure = { kind = "choice", options = [{ name = "Mức 1, đủ", points = "1" }, { name = "-Mức 2", points = "0" }] }

[[criteria]]
code = "4"
name = "Cộng"
max = "1"
measure = { kind = "checklist", items = [{ name = "A", points = "1" }] }

[[criteria]]
code = "5"
name = "Trừ"
max = "1"
measure = { kind = "deduct", cases = [{ name = "B", points = "0.123456789012345678" }], least = "-1" }

[[criteria]]
code = "6"
name = "So sánh"
max = "1"
measure = { kind = "versus", with = "last-year", at_or_above = "1", below = "0.5" }

[[criteria]]
code = "7"
name = "So sánh nhất"
max = "1"
measure = { kind = "relative" }

[[criteria]]
code = "9"
name = "Trừ điểm"
group = "penalty"
cap = "15"

[[criteria]]
code = "9.1"
name = "Chậm"
max = "5"
measure = { kind = "count", each = "0.1" }
"#,
    )
}

/// The only thing a workbook changes: 1.10 is written 1.1.
fn normalised(value: Value) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .map(|(key, value)| {
                let number = ["max", "points", "from"].contains(&key.as_str());
                let value = match value {
                    Value::String(text) if number && text.contains('.') => {
                        json!(text.trim_end_matches('0').trim_end_matches('.'))
                    }
                    value => normalised(value),
                };
                (key, value)
            })
            .collect(),
        Value::Array(list) => list.into_iter().map(normalised).collect(),
        value => value,
    }
}

#[test]
fn every_set_of_the_house_comes_back_whole() {
    let sets = sets();
    assert!(sets.len() >= 12);
    for (name, set) in sets {
        let came = back(&set);
        assert_eq!(came, normalised(set.clone()), "{name}");
        let (before, after) = (score::read(&set), score::read(&came));
        assert!(before.set.is_some(), "{name} is a good set");
        assert_eq!(after.set, before.set, "{name}");
        assert_eq!(difference(&set, &came), [], "{name}");
    }
}

#[test]
fn one_of_everything_comes_back_whole() {
    let set = everything();
    let came = back(&set);
    assert_eq!(came, normalised(set.clone()));
    let measure = came.pointer("/criteria/1/measure/measures/1/cases/so/measures/0").unwrap();
    assert_eq!(measure, &json!({ "kind": "yes-no" }));
}

#[test]
fn an_empty_value_gives_the_template() {
    let bytes = write(&json!({}), "").unwrap();
    let book = sheet::read(&bytes, "mau.xlsx").unwrap();
    let names: Vec<_> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["Hướng dẫn", "Bộ tiêu chí", "Tiêu chí", "Mức điểm", "Nhánh", "Xếp loại", "_lists", "_meta"]);
    assert_eq!(open(&bytes).unwrap().set, json!({ "ratings": [], "criteria": [] }));
    assert_eq!(book.meta["template"], "bo-tieu-chi");
}

#[test]
fn the_workbook_says_what_it_was_written_from() {
    let bytes = write(&everything(), "3").unwrap();
    let book = sheet::read(&bytes, "a.xlsx").unwrap();
    assert_eq!((book.meta["code"].as_str(), book.meta["edition"].as_str()), ("du-thu", "3"));
    assert_eq!(open(&bytes).unwrap().edition.as_deref(), Some("3"));
}

#[test]
fn what_the_workbook_has_no_place_for_is_not_written() {
    for (value, place) in [
        (json!({ "weight": "1" }), "weight"),
        (json!({ "valid": { "from": "2026-01-01", "until": "x" } }), "valid.until"),
        (json!({ "criteria": [{ "code": "1", "note": "x" }] }), "criteria[0].note"),
        (
            json!({ "criteria": [{ "code": "1", "measure": { "kind": "yes-no", "each": "1" } }] }),
            "criteria[0].measure.each",
        ),
        (
            json!({ "criteria": [{ "code": "1", "measure": { "kind": "by", "cases": { "a › b": { "kind": "yes-no" } } } }] }),
            "criteria[0].measure.cases.a › b",
        ),
        (json!({ "criteria": { "1": {} } }), "criteria"),
        (json!({ "ratings": ["Tốt"] }), "ratings[0]"),
    ] {
        let no = write(&value, "").unwrap_err();
        assert_eq!((no.code, no.field.as_deref()), ("workbook.no-place", Some(place)));
    }
}

/// The workbook of a set with one cell, or several, changed.
fn edited(set: &Value, edits: &[(&str, &str, Cell)]) -> Vec<u8> {
    let book = sheet::read(&write(set, "").unwrap(), "a.xlsx").unwrap();
    let mut sheets = Vec::new();
    for sheet in book.sheets.iter().filter(|sheet| !sheet.hidden) {
        let mut rows = sheet.rows.clone();
        for (_, cell, new) in edits.iter().filter(|(name, _, _)| *name == sheet.name) {
            let (column, row) = (usize::from(cell.as_bytes()[0] - b'A'), cell[1..].parse::<usize>().unwrap() - 1);
            rows.resize(rows.len().max(row + 1), Vec::new());
            let width = rows[row].len().max(column + 1);
            rows[row].resize(width, Cell::Empty);
            rows[row][column] = new.clone();
        }
        let header = rows.remove(0);
        let name = |cell: &Cell| if let Cell::Text(name) = cell { name.clone() } else { String::new() };
        let mut table = Table::new(header.iter().map(|cell| Column::text(&name(cell), 10)).collect());
        table.rows = rows;
        sheets.push(SheetOut::new(&sheet.name, table));
    }
    xlsx::write(&BookOut { sheets, ..BookOut::default() }).unwrap()
}

/// Two criteria: the simplest set with levels and a branch.
fn small() -> Value {
    toml(
        r#"
code = "nho"
name = "Nhỏ"
source = "QĐ 1"
[[criteria]]
code = "1"
name = "Một"
max = "1"
measure = { kind = "choice", options = [{ name = "Đạt", points = "1" }, { name = "Không", points = "0" }] }
[[criteria]]
code = "2"
name = "Hai"
max = "2"
measure = { kind = "best-of", measures = [{ kind = "yes-no" }, { kind = "count", each = "1" }] }
"#,
    )
}

#[test]
fn every_error_names_its_cell() {
    let text = |text: &str| Cell::from(text);
    let day = || Cell::Date(TODAY);
    for (sheet, cell, new, code) in [
        ("Tiêu chí", "C2", text("một"), "number.unreadable"),
        ("Tiêu chí", "C3", text("1.5"), "number.dot"),
        ("Tiêu chí", "D2", text("ai đó"), "workbook.not-a-choice"),
        ("Tiêu chí", "F2", text("theo tỉ lệ gì đó"), "workbook.not-a-choice"),
        ("Tiêu chí", "A3", text("1"), "workbook.code-twice"),
        ("Tiêu chí", "A3", Cell::Empty, "workbook.no-code"),
        ("Tiêu chí", "A3", day(), "workbook.code-became-a-day"),
        ("Tiêu chí", "G2", text("việc"), "workbook.stray"),
        ("Mức điểm", "A2", text("7"), "workbook.no-outer"),
        ("Mức điểm", "B2", text("9"), "workbook.no-outer"),
        ("Mức điểm", "D2", Cell::from(1i64), "workbook.stray"),
        ("Mức điểm", "E3", text("#DIV/0!"), "number.unreadable"),
        ("Mức điểm", "A4", text("2"), "workbook.stray"),
        ("Nhánh", "B2", Cell::Empty, "workbook.no-branch"),
        ("Nhánh", "B3", text("3"), "workbook.branch-number"),
        ("Nhánh", "B3", text("1 › 1"), "workbook.stray"),
        ("Nhánh", "A3", text("7"), "workbook.no-outer"),
        ("Nhánh", "C3", Cell::Empty, "workbook.no-kind"),
        ("Bộ tiêu chí", "A3", text("Tên gọi"), "workbook.unknown-property"),
        ("Bộ tiêu chí", "B5", text("31/02/2026"), "day.impossible"),
        ("Bộ tiêu chí", "B8", text("hai"), "number.unreadable"),
        ("Xếp loại", "C2", text("có lẽ"), "workbook.not-a-choice"),
    ] {
        let edits = [(sheet, cell, new)];
        let refusals = open(&edited(&small(), &edits)).unwrap_err();
        let place = format!("{sheet}!{cell}");
        let found = refusals.iter().any(|no| no.code == code && no.field.as_deref() == Some(&place));
        assert!(found, "{place} {code}: {refusals:#?}");
    }
}

#[test]
fn all_errors_come_at_once() {
    let edits = [
        ("Tiêu chí", "C2", Cell::from("x")),
        ("Mức điểm", "E2", Cell::from("y")),
        ("Bộ tiêu chí", "B8", Cell::from("z")),
    ];
    let refusals = open(&edited(&small(), &edits)).unwrap_err();
    let fields: Vec<_> = refusals.iter().filter_map(|no| no.field.as_deref()).collect();
    assert_eq!(fields, ["Bộ tiêu chí!B8", "Tiêu chí!C2", "Mức điểm!E2"]);
}

#[test]
fn a_missing_sheet_or_column_is_refused_and_not_taken_for_empty() {
    let book = sheet::read(&write(&small(), "").unwrap(), "a.xlsx").unwrap();
    let mut without = book.clone();
    without.sheets.retain(|sheet| sheet.name != "Nhánh");
    assert_eq!(
        read(&without, TODAY).unwrap_err()[0].say,
        "Tệp không có trang tính “Nhánh”. Dùng tệp mẫu và giữ nguyên tên các trang tính."
    );
    let refusals = open(&edited(&small(), &[("Tiêu chí", "I1", Cell::from("Tỉ lệ ít nhất"))])).unwrap_err();
    assert_eq!(refusals[0].say, "Trang tính “Tiêu chí” thiếu cột “Tỷ lệ thấp nhất”.");
}

#[test]
fn what_the_checker_finds_is_said_at_its_cell() {
    let problems_of = |edits: &[(&str, &str, Cell)]| {
        let workbook = open(&edited(&small(), edits)).unwrap();
        let reading = score::read(&workbook.set);
        reading.errors().map(|problem| workbook.refusal(problem).field.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(problems_of(&[]), [] as [&str; 0]);
    assert_eq!(problems_of(&[("Tiêu chí", "C3", Cell::Empty)]), ["Tiêu chí!C3"]);
    assert_eq!(problems_of(&[("Mức điểm", "E3", Cell::Empty)]), ["Mức điểm!E3"]);
    assert_eq!(problems_of(&[("Mức điểm", "E2", Cell::from(5i64))]), ["Mức điểm!C2"], "a level over the maximum");
    assert_eq!(problems_of(&[("Nhánh", "I3", Cell::from(0i64))]), ["Nhánh!I3"], "each must be over 0");
    assert_eq!(problems_of(&[("Bộ tiêu chí", "B2", Cell::Empty)]), ["Bộ tiêu chí!B2"]);
}

#[test]
fn places_without_a_cell_fall_back_to_the_nearest() {
    let workbook = open(&write(&small(), "").unwrap()).unwrap();
    for (place, address) in [
        ("criteria[0].measure.options[1].points", "Mức điểm!E3"),
        ("criteria[0].measure.options", "Mức điểm!C2"),
        ("criteria[0].measure.unheard", "Tiêu chí!F2"),
        ("criteria[1].measure.measures[1].each", "Nhánh!I3"),
        ("criteria[1]", "Tiêu chí!A3"),
        ("valid.from", "Bộ tiêu chí!B5"),
        ("", "Bộ tiêu chí!B2"),
        ("criteria", "Bộ tiêu chí!B2"),
    ] {
        assert_eq!(workbook.address(place), address, "{place}");
    }
}

#[test]
fn people_write_words_as_they_like_and_spreadsheets_make_numbers_of_codes() {
    let edits = [
        ("Tiêu chí", "D2", Cell::from("ĐƠN VỊ TỰ CHẤM")),
        ("Tiêu chí", "E2", Cell::from("required")),
        ("Tiêu chí", "A3", Cell::Number("2".parse().unwrap())),
        ("Mức điểm", "E3", Cell::from("0,25")),
    ];
    let set = open(&edited(&small(), &edits)).unwrap().set;
    assert_eq!(set.pointer("/criteria/0/filled_by").unwrap(), "self");
    assert_eq!(set.pointer("/criteria/0/evidence").unwrap(), "required");
    assert_eq!(set.pointer("/criteria/1/code").unwrap(), "2");
    assert_eq!(set.pointer("/criteria/0/measure/options/1/points").unwrap(), "0.25");
}

/// As LibreOffice saves it; `None` where it is not installed.
fn saved_by_office(bytes: &[u8], from: &str, to: &str) -> Option<Vec<u8>> {
    if Command::new("soffice").arg("--version").output().is_err() {
        eprintln!("SKIPPED: soffice is not installed, nothing was edited in LibreOffice");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("bo.{from}"));
    std::fs::write(&path, bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let out = folder.path().join("out");
    let done = Command::new("soffice")
        .arg(profile)
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(&out)
        .arg(&path)
        .output()
        .unwrap();
    assert!(done.status.success());
    Some(std::fs::read(out.join(format!("bo.{to}"))).unwrap())
}

#[test]
fn an_edit_in_libreoffice_is_the_only_difference() {
    let set = set("mau-so-2020");
    // Exported, opened in LibreOffice, one maximum and one sentence changed there, saved as XLSX again.
    let Some(opened) = saved_by_office(&write(&set, "1").unwrap(), "xlsx", "fods") else { return };
    let document = String::from_utf8(opened).unwrap();
    let changed = document.replacen("Ban hành kế hoạch CCHC năm", "Ban hành kế hoạch CCHC năm, đúng hạn", 1);
    assert_ne!(changed, document);
    let saved = saved_by_office(changed.as_bytes(), "fods", "xlsx").unwrap();
    let came = open(&saved).unwrap_or_else(|no| panic!("{no:#?}"));
    assert_eq!(came.edition.as_deref(), Some("1"));
    let changes = difference(&set, &came.set);
    assert_eq!(changes.len(), 1, "{changes:#?}");
    let change = &changes[0];
    assert_eq!((change.code.as_deref(), change.what.as_str()), (Some("1.1.1"), "Tên tiêu chí"));
    assert_eq!(change.after.as_deref(), Some("Ban hành kế hoạch CCHC năm, đúng hạn"));
}

fn any_cell() -> impl Strategy<Value = Cell> {
    const WORDS: &[&str] = &[
        "",
        " ",
        "1",
        "1 › 1",
        "2 › 1",
        "so",
        "theo bậc giá trị",
        "tùy trường hợp",
        "lấy cách chấm cao điểm nhất",
        "có hoặc không",
        ";",
        ",",
        "1; 0,5",
        "3; 1",
        "loại đơn vị",
        "có",
        "không làm tròn",
        "\n",
        "›",
    ];
    prop_oneof![
        proptest::sample::select(WORDS).prop_map(Cell::from),
        (-3i64..40).prop_map(Cell::from),
        any::<bool>().prop_map(Cell::from),
        Just(Cell::Date(TODAY)),
        "\\PC{0,6}".prop_map(Cell::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_read_after_any_edits_is_written_and_read_the_same(edits in proptest::collection::vec((1usize..5, 0u8..6, 2usize..5, any_cell()), 1..5)) {
        let sheets = ["", "Tiêu chí", "Mức điểm", "Nhánh", "Xếp loại"];
        let edits: Vec<(&str, String, Cell)> = edits
            .into_iter()
            .map(|(sheet, column, row, cell)| (sheets[sheet], format!("{}{row}", char::from(b'A' + column)), cell))
            .collect();
        let edits: Vec<(&str, &str, Cell)> = edits.iter().map(|(sheet, place, cell)| (*sheet, place.as_str(), cell.clone())).collect();
        if let Ok(workbook) = open(&edited(&small(), &edits)) {
            prop_assert_eq!(back(&workbook.set), workbook.set);
        }
    }
}
