//! A regime goes out and comes in the same; an official form is understood by its marks; what is wrong is told at its cell.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::regime::{self, Ready};
use indicator::Kind;

fn today() -> base::Date {
    base::Date::constant(2026, 11, 29)
}

fn embedded() -> Vec<(indicator::File, RegimeFile, Ready)> {
    let (sets, regimes) = crate::actions::embedded().unwrap();
    let with = |file: RegimeFile| {
        let set = sets.iter().find(|set| set.code == file.indicators).unwrap().clone();
        let ready = regime::read(&file, &indicator::read(&set).unwrap()).unwrap();
        (set, file, ready)
    };
    regimes.into_iter().map(with).collect()
}

#[test]
fn every_regime_of_the_program_comes_back_the_same() {
    for (set, file, ready) in embedded() {
        let bytes = write(&set, &file, &ready).unwrap();
        let design = read(&sheet::read(&bytes, "che-do.xlsx").unwrap(), today()).unwrap();
        let again = regime::read(&design.regime, &indicator::read(&design.set).unwrap()).unwrap();
        assert_eq!(again.set, ready.set);
        let told = |file: &RegimeFile| serde_json::to_value(RegimeFile { forms: Vec::new(), ..file.clone() }).unwrap();
        assert_eq!(told(&design.regime), told(&file));
        assert_eq!(again.forms.len(), ready.forms.len());
        for (again, form) in again.forms.iter().zip(&ready.forms) {
            assert_eq!((&again.code, &again.name, &again.figures), (&form.code, &form.name, &form.figures));
            let rows = |form: &indicator::Form| {
                form.rows.iter().map(|row| (row.code.clone(), row.name.clone(), row.is_heading)).collect::<Vec<_>>()
            };
            assert_eq!(rows(again), rows(form));
            let heads = |form: &indicator::Form| {
                form.columns.iter().map(|column| (column.head.clone(), column.purpose)).collect::<Vec<_>>()
            };
            assert_eq!(heads(again), heads(form));
            for (row, column) in
                (0..form.rows.len()).flat_map(|row| (0..form.columns.len()).map(move |column| (row, column)))
            {
                assert_eq!(again.cell(row, column), form.cell(row, column), "{} {row} {column}", form.code);
            }
        }
    }
}

fn formed(csv: &str) -> Result<indicator::FormFile, Vec<String>> {
    let book = sheet::read(csv.as_bytes(), "bieu.csv").unwrap();
    let says = |all: Vec<base::Refusal>| all.into_iter().map(|no| no.say).collect();
    forms::form(&book.sheets[0], "bieu", Kind::Month).map_err(says)
}

/// As a ministry prints it: a title, a head over two rows, column numbers, a heading before the first figures.
const OFFICIAL: &str = "BIỂU TỔNG HỢP THÁNG;;;;\n\
TT;Chỉ tiêu;Tháng báo cáo;Tháng báo cáo;Cùng kỳ\n\
;;Kế hoạch;Thực hiện;\n\
(1);(2);(3);(4);(5)\n\
A;Công nghiệp;;;\n\
1;Giá trị sản xuất;{{CN.GTSX:ke-hoach}};{{CN.GTSX}};{{CN.GTSX@cung-ky}}\n\
2;Chỉ số IIP;;{{CN.IIP}};{{CN.IIP@cung-ky}}\n";

#[test]
fn an_official_form_is_understood_by_its_marks() {
    let form = formed(OFFICIAL).unwrap();
    assert_eq!(form.name, "BIỂU TỔNG HỢP THÁNG");
    let heads: Vec<String> = form.columns.iter().map(|column| column.head.join("/")).collect();
    assert_eq!(heads, ["Tháng báo cáo/Kế hoạch", "Tháng báo cáo/Thực hiện", "Cùng kỳ"]);
    let rows: Vec<(&str, Option<&str>)> =
        form.rows.iter().map(|row| (row.code.as_str(), row.indicator.as_deref())).collect();
    assert_eq!(rows, [("A", None), ("1", Some("CN.GTSX")), ("2", Some("CN.IIP"))]);
    assert_eq!(form.grey, [("2".to_owned(), "c1".to_owned())], "nobody plans an index");
    assert_eq!(form.columns[2].shows.as_deref(), Some("cung-ky"));

    // An indicator for each column: rows are the whole and its parts.
    let by_column = formed(
        "TT;Lĩnh vực;Tiếp nhận;Đã giải quyết\nT;Tổng số;{{TN}};{{GQ}}\n1;Hộ tịch;{{TN/ho-tich}};{{GQ/ho-tich}}\n",
    )
    .unwrap();
    assert_eq!(by_column.columns[1].indicator.as_deref(), Some("GQ"));
    assert_eq!(by_column.rows[1].part.as_deref(), Some("ho-tich"));
}

#[test]
fn what_is_wrong_with_a_form_is_told_at_its_cell() {
    let wrong = |csv: &str, says: &str| {
        let said = formed(csv).unwrap_err().join("\n");
        assert!(said.contains(says), "{said}");
    };
    wrong("TT;Tên;Cột\n1;x;{{A:khac}}\n", "C2: “{{A:khac}}” không phải một số liệu");
    wrong("TT;Tên;Cột\n1;x;{{A\n", "không có “}}”");
    // One row of two indicators, in columns of two natures: neither way.
    wrong("TT;Tên;KH;TH\n1;x;{{A:ke-hoach}};{{B}}\n2;y;{{C}};{{D:ke-hoach}}\n", "không cùng một cách");
}

#[test]
fn every_mistake_of_a_workbook_is_told_with_its_place() {
    let (mut set, mut file, ready) = embedded().remove(0);
    file.deadlines[0].of = "to-dan-pho".into();
    set.indicators[0].over_units = Some("nhân".into());
    let bytes = write(&set, &file, &ready).unwrap();
    let refusals = read(&sheet::read(&bytes, "che-do.xlsx").unwrap(), today()).unwrap_err();
    let says: Vec<&str> = refusals.iter().map(|no| no.say.as_str()).collect();
    assert_eq!(says.len(), 2, "{says:?}");
    assert!(says.iter().any(|say| say.contains("Thời hạn!A") && say.contains("to-dan-pho")), "{says:?}");
    assert!(says.iter().any(|say| say.contains("Chỉ tiêu!E") && say.contains("nhân")), "{says:?}");
    let empty = read(&sheet::read(b"a;b\n1;2\n", "x.csv").unwrap(), today()).unwrap_err();
    assert!(empty.iter().any(|no| no.say.contains("Tải tệp mẫu")), "{empty:?}");
}
