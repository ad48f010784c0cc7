//! `cuaviet form`, said by the program itself.

use super::desk;
use serde_json::{Value, json};

const MANY: &str = include_str!("../../../engines/form/src/tests/many-faults.toml");
const GOOD: &str = include_str!("../../../data/forms/mau-ban-le-xang-dau.toml");

const SMALL: &str = r#"
[[survey]]
type = "date"
name = "ngay"
label = "Ngày"
required = true
constraint = ". <= today()"
constraint_message = "Ngày không được sau hôm nay."

[[survey]]
type = "decimal"
name = "lit"
label = "Số lít"
"label::English (en)" = "Litres"
"ghi chú của tôi" = "giữ lại"
default = "0.1"

[[survey]]
type = "calculate"
name = "hai_lan"
calculation = "${lit} * 2"
"#;

struct Folder(tempfile::TempDir);

impl Folder {
    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn keep(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name)
    }
}

#[test]
fn a_form_is_judged_from_its_file() {
    let folder = Folder(tempfile::tempdir().unwrap());
    let good = folder.keep("tot.toml", GOOD);
    assert_eq!(desk::done(&["form", "check", &good]), "Mẫu đơn dùng được: 31 câu hỏi, 5 nhóm.\n");
    let many = desk::run(&["form", "check", &folder.keep("sai.toml", MANY)]);
    assert_eq!(many.code, 1);
    assert!(many.out.ends_with("Mẫu đơn chưa dùng được: 37 lỗi.\n"), "{}", many.out);
    assert!(many.out.contains("Trang survey, dòng 4 (kieu_la), cột type: không có kiểu “texxt”"), "{}", many.out);
    let odd = desk::run(&["form", "check", &folder.keep("la.toml", "survey = 1")]);
    assert!(odd.code == 1 && odd.err.contains("la.toml"), "{}", odd.err);
    assert_eq!(desk::run(&["form", "check", &folder.path("khong-co.toml")]).code, 1);
}

#[test]
fn a_workbook_is_the_same_form_and_loses_nothing() {
    let folder = Folder(tempfile::tempdir().unwrap());
    for (name, text) in [("tot", GOOD), ("nho", SMALL), ("sai", MANY)] {
        let toml = folder.keep(&format!("{name}.toml"), text);
        let (book, back) = (folder.path(&format!("{name}.xlsx")), folder.path(&format!("{name}-lai.toml")));
        desk::done(&["form", "convert", &toml, "--to", &book]);
        desk::done(&["form", "convert", &book, "--to", &back]);
        assert_eq!(desk::run(&["form", "check", &book]).out, desk::run(&["form", "check", &toml]).out);
        let read = |text: &str| toml::from_str::<form::File>(text).unwrap();
        assert_eq!(cells(&read(&std::fs::read_to_string(back).unwrap())), cells(&read(text)), "{name}");
        assert_eq!(desk::run(&["form", "convert", &toml, "--to", &book]).code, 1);
    }
}

/// The filled cells of each row, in the order of their headers.
fn cells(file: &form::File) -> Vec<Vec<(String, String)>> {
    let rows = [&file.settings, &file.survey, &file.choices].into_iter().flat_map(|sheet| &sheet.rows);
    let sorted = |mut cells: Vec<(String, String)>| {
        cells.sort();
        cells
    };
    rows.map(|row| sorted(row.cells.clone())).collect()
}

#[test]
fn answers_are_settled_on_a_day() {
    let folder = Folder(tempfile::tempdir().unwrap());
    let form = folder.keep("nho.toml", SMALL);
    let answers = folder.keep("tra-loi.json", r#"{"ngay": "2026-09-05"}"#);
    let on = |day: &str| desk::run(&["form", "check", &form, "--answers", &answers, "--today", day, "--json"]);
    let good = on("2026-09-05");
    let said: Value = serde_json::from_str(&good.out).unwrap();
    assert_eq!(good.code, 0);
    assert_eq!(said["values"], json!({ "ngay": "2026-09-05", "lit": "0.1", "hai_lan": "0.2" }));
    assert_eq!((&said["ok"], &said["refusals"], &said["watched"]), (&json!(true), &json!([]), &json!(["lit"])));
    let early = on("2026-09-04");
    assert_eq!(early.code, 1);
    let said: Value = serde_json::from_str(&early.out).unwrap();
    assert_eq!(
        said["refusals"],
        json!([{ "code": "form.constraint", "say": "Ngày không được sau hôm nay.", "field": "ngay" }])
    );
    let odd = folder.keep("sai.json", r#"{"ngay": "5/9/2026", "lit": 0.5}"#);
    let said = desk::run(&["form", "check", &form, "--answers", &odd]);
    assert_eq!(said.code, 1);
    assert!(said.out.starts_with("ngay: “5/9/2026” không phải ngày"), "{}", said.out);
    assert!(said.out.ends_with("Câu trả lời chưa gửi được: 2 lỗi.\n"), "{}", said.out);
}

/// The first form and the first answers of the guide, and what it promises of them.
#[test]
fn the_guide_tells_the_truth() {
    const GUIDE: &str = include_str!("../../../docs/how-to/forms.md");
    let block = |language: &str| {
        let (_, rest) = GUIDE.split_once(&format!("```{language}\n")).unwrap();
        rest.split_once("```").unwrap().0
    };
    let folder = Folder(tempfile::tempdir().unwrap());
    let (form, answers) = (folder.keep("vi-du.toml", block("toml")), folder.keep("tra-loi.json", block("json")));
    let said = desk::done(&["form", "check", &form, "--answers", &answers]);
    assert_eq!(said, "Mẫu đơn dùng được: 5 câu hỏi, 0 nhóm.\nCâu trả lời gửi được.\n");
    assert!(GUIDE.contains("# Mẫu đơn dùng được: 5 câu hỏi, 0 nhóm.\n# Câu trả lời gửi được.\n"));
}
