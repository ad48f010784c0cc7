//! Workbooks: what goes out comes back as it was, and every bad cell is named.

use crate::actions::{self, embedded_procedures, embedded_workflows};
use crate::files::{process_book, workbook};
use base::{Date, Refusal};
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{Column, Table};

const TODAY: Date = Date::constant(2026, 11, 27);

#[test]
fn the_whole_catalogue_comes_back_as_it_went_out() {
    let mut all = embedded_procedures().unwrap();
    // A workbook has one edition of a code.
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|one| seen.insert(one.code.clone()));
    all[0].to = Some(Date::constant(2030, 1, 1));
    all[0].order = "Một, nộp.\nHai, nhận.".into();
    all[0].cases[0].form = Some("to-khai".into());
    all[0].fees[0].collect = procedure::Collect::AtReturn;
    all[1].cases[0].time = procedure::Time::Calendar(30);
    let bytes = workbook::write(&all).unwrap();
    let back = workbook::read(&bytes, "danh-muc.xlsx", TODAY).unwrap();
    assert_eq!(back.len(), all.len());
    for (one, back) in all.iter().zip(&back) {
        assert_eq!(one, back);
    }
    assert!(workbook::read(&workbook::write(&[]).unwrap(), "mau.xlsx", TODAY).is_err(), "a template has nothing");
}

#[test]
fn every_process_comes_back_as_it_went_out() {
    for file in embedded_workflows().unwrap() {
        let bytes = process_book::write(Some(&file), &actions::roles()).unwrap();
        let back = process_book::read(&bytes, "quy-trinh.xlsx").unwrap();
        assert_eq!(serde_json::to_value(&back).unwrap(), serde_json::to_value(&file).unwrap(), "{}", file.code);
    }
}

fn places(refusals: &[Refusal]) -> Vec<(String, &str)> {
    refusals.iter().map(|no| (no.field.clone().unwrap_or_default(), no.code)).collect()
}

#[test]
fn every_bad_cell_is_named_and_the_file_is_given_back_with_them_marked() {
    let mut bad = embedded_procedures().unwrap();
    bad.truncate(1);
    bad[0].name.clear();
    bad[0].cases[0].time = procedure::Time::Days(0);
    bad[0].papers[1].number = 0;
    bad[0].fees[0].amount = "0.5".parse().unwrap();
    let bytes = workbook::write(&bad).unwrap();
    let found = workbook::read(&bytes, "sai.xlsx", TODAY).unwrap_err();
    let expected = [
        ("Thủ tục!B2", "cell-empty"),
        ("Trường hợp!D2", "time"),
        ("Giấy tờ!F3", "number"),
        ("Phí, lệ phí!C2", "amount"),
    ];
    assert_eq!(places(&found), expected.map(|(place, code)| (place.to_owned(), code)));
    assert!(workbook::marked(&bytes, "sai.xlsx", &found).unwrap().starts_with(b"PK"));
}

#[test]
fn a_bare_annex_is_a_chain() {
    let mut head = Table::new(vec![Column::text("Mục", 20), Column::text("Nội dung", 20)]);
    for (name, said) in [
        ("Mã quy trình", "qt-1"),
        ("Tên quy trình", "Cấp giấy"),
        ("Thời hạn", "1 ngày"),
        ("Quyết định phê duyệt", "QĐ 1"),
    ] {
        head.push(vec![name.into(), said.into()]);
    }
    let mut steps = Table::new(
        ["TT", "Trình tự công việc", "Vai trò", "Thời gian", "Kết quả"].map(|name| Column::text(name, 20)).into(),
    );
    for (code, name, role) in [("1", "Nhận", "mot-cua"), ("2", "Giải quyết", "chuyen-vien"), ("3", "Trả", "mot-cua")]
    {
        steps.push(vec![code.into(), name.into(), role.into(), "2 giờ".into(), "".into()]);
    }
    let sheets = vec![SheetOut::new("Quy trình", head), SheetOut::new("Các bước", steps)];
    let bytes = xlsx::write(&BookOut { sheets, ..BookOut::default() }).unwrap();
    let file = process_book::read(&bytes, "phu-luc.xlsx").unwrap();
    let next: Vec<Option<&str>> = file.steps.iter().map(|step| step.next.as_deref()).collect();
    assert_eq!(next, [Some("2"), Some("3"), None]);
    assert_eq!(file.steps[2].end.as_deref(), Some("returned"));
    assert_eq!(actions::process_faults(&file), Vec::<String>::new());
}
