//! Forms with faults: each is named, at its sheet, row and column; and sheets that go out as they came in.

use super::{file, form};
use crate::*;
use proptest::prelude::*;

const MANY: &str = include_str!("many-faults.toml");
const PETROL: &str = include_str!("../../../../data/forms/mau-ban-le-xang-dau.toml");

/// `code@row.column`
fn faults(file: &File) -> Vec<String> {
    let reading = read(file);
    assert_eq!(reading.form.is_some(), reading.problems.is_empty());
    reading.problems.iter().map(|problem| format!("{}@{}.{}", problem.code, problem.row, problem.column)).collect()
}

#[test]
fn every_seeded_fault_is_named() {
    let expected = [
        "header-near@1.relevent",
        "name-twice@3.name",
        "type-unknown@4.type",
        "type-later@5.type",
        "list-unknown@6.type",
        "list-missing@7.type",
        "type-later@8.type",
        "type-missing@9.type",
        "name-missing@10.name",
        "name-bad@11.name",
        "label-missing@12.label",
        "reference-unknown@13.label",
        "reference-unknown@13.relevant",
        "function-unknown@13.relevant",
        "expression@13.constraint",
        "expression@13.required",
        "function-left-out@14.constraint",
        "function-left-out@14.default",
        "cycle@15.calculation",
        "cycle@18.relevant",
        "calculation-missing@19.calculation",
        "misplaced@20.constraint",
        "misplaced@20.required",
        "misplaced@21.repeat_count",
        "default-bad@21.default",
        "column-unknown@22.choice_filter",
        "reference-section@24.relevant",
        "end-without-begin@25.type",
        "cycle@26.relevant",
        "reference-section@27.constraint",
        "reference-ambiguous@31.relevant",
        "begin-without-end@32.type",
        "choice-twice@3.name",
        "choice-space@22.type",
        "label-missing@5.label",
        "choice-name-missing@6.name",
        "choice-list-missing@7.list_name",
    ];
    let found = faults(&file(MANY));
    let (mut sorted, mut wanted) = (found.clone(), expected.map(str::to_owned).to_vec());
    sorted.sort();
    wanted.sort();
    assert_eq!(sorted, wanted, "{found:#?}");
}

#[test]
fn a_fault_is_said_in_words_where_it_is() {
    let said: Vec<String> = read(&file(MANY)).problems.iter().map(Problem::to_string).collect();
    for wanted in [
        "Trang survey, dòng 1, cột relevent: không có cột này; có phải là “relevant”?.",
        "Trang survey, dòng 3 (mot), cột name: tên “mot” đã dùng ở dòng 2, trong cùng một nhóm.",
        "Trang survey, dòng 4 (kieu_la), cột type: không có kiểu “texxt”; có phải là “text”?.",
        "Trang survey, dòng 6 (danh_muc_la), cột type: trang choices không có danh mục “mauu”; có phải là “mau”?.",
        "Trang survey, dòng 13 (hoi), cột relevant: ký tự 1: không có câu hỏi “mott”; có phải là “mot”?.",
        "Trang survey, dòng 13 (hoi), cột relevant: ký tự 19: không có hàm “foo”.",
        "Trang survey, dòng 13 (hoi), cột constraint: ký tự 4: thiếu một giá trị ở đây.",
        "Trang survey, dòng 15 (vong_a), cột calculation: các câu hỏi tính vòng quanh nhau: vong_a → vong_b → vong_c → vong_a.",
        "Trang survey, dòng 21 (so), cột default: “ba” không phải số nguyên, ví dụ 12.",
        "Trang choices, dòng 3 (xanh), cột name: danh mục “mau” đã có phương án “xanh”.",
    ] {
        assert!(said.contains(&wanted.to_owned()), "{wanted}\n{}", said.join("\n"));
    }
}

/// A form of one question with one thing changed.
fn with(cell: &str) -> Vec<String> {
    faults(&file(&format!("[[survey]]\ntype = \"text\"\nname = \"a\"\nlabel = \"A\"\n{cell}\n")))
}

#[test]
fn alone_each_fault_is_the_only_one_said() {
    assert_eq!(with(""), [""; 0]);
    assert_eq!(faults(&File::default()), ["survey-empty@1."]);
    assert_eq!(with("\"bind::relevant\" = \"${b} = 1\""), ["reference-unknown@2.relevant"]);
    assert_eq!(with("Relevance = \"1 +\""), ["expression@2.relevant"]);
    assert_eq!(with("requird = true"), ["header-near@1.requird"]);
    assert_eq!(with("required = true"), [""; 0]);
    assert_eq!(with("trigger = \"${a}\""), ["column-left-out@1.trigger"]);
    assert_eq!(with("\"Read Only\" = \"no\"\nread_only = \"no\""), ["header-twice@1.read_only"]);
    assert_eq!(with("[[survey]]\ntype = \"end group\""), ["end-without-begin@3.type"]);
    let mixed = "[[survey]]\ntype = \"begin group\"\nname = \"g\"\n[[survey]]\ntype = \"begin repeat\"\nname = \"r\"\n[[survey]]\ntype = \"end group\"";
    assert_eq!(with(mixed), ["begin-without-end@4.type"]);
    assert_eq!(with("calculation = \"${a} + 1\""), ["cycle@2.calculation"]);
    assert_eq!(with("constraint = \"${a} != ''\""), [""; 0]);
    assert_eq!(with("[[survey]]\ntype = \"begin repeat\"\nname = \"r\""), ["begin-without-end@3.type"]);
    assert_eq!(with("[[survey]]\ntype = \"nothing at all\"\nname = \"x\"\ndisabled = \"yes\""), [""; 0]);
    assert_eq!(with("[[settings]]\nform_id = \"a\"\n[[settings]]\nform_id = \"b\""), ["settings-twice@3."]);
    let deep = "[[survey]]\ntype = \"begin group\"\nname = \"g\"\n".repeat(17)
        + &"[[survey]]\ntype = \"end group\"\n".repeat(17);
    assert_eq!(with(&deep), ["too-deep@19.type"]);
}

#[test]
fn older_words_of_the_standard_are_understood() {
    let form = form(
        r#"
        [[survey]]
        type = "begin group"
        name = "g"
        [[survey]]
        type = "select multiple ab"
        name = "s"
        "label:English" = "S"
        "Hint" = "h"
        [[survey]]
        type = "int"
        name = "n"
        label = "N"
        "read only" = "TRUE"
        [[survey]]
        type = "end_group"
        [[choices]]
        "list name" = "ab"
        name = "a"
        label = "A"
        "#,
    );
    assert_eq!(
        form.questions.iter().map(|question| question.kind).collect::<Vec<_>>(),
        [Kind::Group, Kind::Many(0), Kind::Integer]
    );
    assert_eq!(form.questions[1].label, Words(vec![Piece::Text("S".into())]));
    assert!(matches!(form.questions[2].read_only, When::Always));
}

#[test]
fn the_sample_goes_out_as_it_came_in() {
    let petrol = file(PETROL);
    assert_eq!(faults(&petrol), [""; 0]);
    assert_eq!(file(&toml::to_string(&petrol).unwrap()), petrol);
    let json = serde_json::to_string(&petrol).unwrap();
    assert_eq!(serde_json::from_str::<File>(&json).unwrap(), petrol);
    assert_eq!(form(PETROL).title, "MẪU - Giấy đề nghị cấp Giấy chứng nhận cửa hàng đủ điều kiện bán lẻ xăng dầu");
}

#[test]
fn a_file_of_another_shape_is_refused() {
    assert!(toml::from_str::<File>("[[question]]\ntype = \"text\"").is_err());
    assert!(toml::from_str::<File>("[[survey]]\ntype = [1]").is_err());
}

fn table() -> impl Strategy<Value = (Vec<String>, Vec<Vec<String>>)> {
    let columns = prop::collection::btree_set("[a-z]{1,6}(::[A-Za-zé ]{1,8}\\(en\\))?", 1..6);
    columns.prop_flat_map(|columns| {
        let width = columns.len();
        let cell = prop_oneof![Just(String::new()), "[^\u{0}-\u{1f}]{1,12}"];
        let rows = prop::collection::vec(prop::collection::vec(cell, width), 0..6);
        (Just(columns.into_iter().collect()), rows)
    })
}

proptest! {
    #[test]
    fn tables_come_back_whole((columns, rows) in table()) {
        let sheet = Sheet::of(columns.clone(), (2..).zip(rows.clone()));
        let filled: Vec<Vec<String>> = rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()))
            .map(|row| row.iter().map(|cell| if cell.trim().is_empty() { String::new() } else { cell.clone() }).collect()).collect();
        prop_assert_eq!(sheet.table(), filled);
        let again = Sheet::of(columns, sheet.rows.iter().map(|row| row.number).zip(sheet.table().into_iter()
            .map(|row| row.into_iter().map(str::to_owned).collect::<Vec<_>>())));
        prop_assert_eq!(&again, &sheet);
        let one = File { survey: sheet, ..File::default() };
        let written = toml::to_string(&one).unwrap();
        let back = toml::from_str::<File>(&written).unwrap();
        prop_assert_eq!(toml::to_string(&back).unwrap(), written);
        let _ = read(&one);
    }

    /// Whatever stands in a sheet: problems, never a fall.
    #[test]
    fn no_sheet_makes_the_reader_fall(rows in prop::collection::vec((prop::sample::select(vec![
        "text", "integer", "begin group", "begin_repeat", "end group", "end repeat", "calculate", "select_one a", "note", "lạ", "",
    ]), prop::sample::select(vec!["a", "b", "c", "", "1"]), prop::sample::select(vec![
        "${a}", "${b} + ${c}", "count(${a})", ".", "position(..)", "sum(${c}) > 1", "1 +", "",
    ])), 0..12)) {
        let columns = ["type", "name", "label", "relevant", "calculation", "repeat_count"].map(str::to_owned).to_vec();
        let rows = rows.into_iter().map(|(kind, name, expr)| {
            let cells = match kind {
                "calculate" => [kind, name, "L", "", expr, ""],
                "begin_repeat" => [kind, name, "L", "", "", expr],
                _ => [kind, name, "L", expr, "", ""],
            };
            cells.map(str::to_owned).to_vec()
        });
        let file = File { survey: Sheet::of(columns, (2..).zip(rows)), ..File::default() };
        if let Some(form) = read(&file).form {
            let begun = begin(&form);
            let settled = settle(&form, &begun, super::today(), super::now());
            prop_assert_eq!(settle(&form, &settled.values, super::today(), super::now()).values, settled.values);
        }
    }
}
