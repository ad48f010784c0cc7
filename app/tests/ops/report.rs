//! `cuaviet report`: what the contracts promise of it, said by the program itself.

use super::desk;
use serde_json::{Value, json};

fn said(words: &[&str]) -> Value {
    serde_json::from_str(&desk::done(words)).unwrap()
}

#[test]
fn periods_of_a_year_and_of_a_day() {
    let quarters = said(&["report", "periods", "--kind", "quarter", "--year", "2026", "--json"]);
    assert_eq!(quarters["periods"][0], json!({ "period": "2026-Q1", "from": "2025-12-15", "to": "2026-03-15" }));
    assert_eq!(quarters["periods"].as_array().unwrap().len(), 4);
    let on =
        |kind: &str, day: &str| said(&["report", "period", "--kind", kind, "--on", day, "--json"])["period"].clone();
    assert_eq!(on("quarter", "2026-12-15"), "2027-Q1");
    assert_eq!(on("half-year", "2026-06-15"), "2026-H2");
    assert_eq!(on("nine-months", "2026-10-01"), Value::Null);
    let words = desk::done(&["report", "periods", "--kind", "month", "--year", "2026"]);
    assert!(words.contains("2026-01: tháng 1 năm 2026, từ 15/12/2025, chốt số liệu 14/01/2026."), "{words}");
    let plain = said(&["report", "period", "--kind", "month", "--on", "2026-12-15", "--rules", "lich", "--json"]);
    assert_eq!(plain["period"], "2026-12");
}

#[test]
fn what_cannot_be_is_said() {
    let refused = |words: &[&str]| {
        let said = desk::run(words);
        assert_ne!(said.code, 0, "{words:?}");
        said.err
    };
    assert!(refused(&["report", "periods", "--kind", "year", "--year", "1900"]).contains("1901"));
    let rules = ["report", "period", "--kind", "year", "--on", "2026-01-01", "--rules", "khac"];
    assert!(refused(&rules).contains("nd09, lich"));
    assert_eq!(desk::run(&["report", "period", "--kind", "week", "--on", "2026-01-01"]).code, 2);
}

#[test]
fn a_set_of_indicators_is_judged_before_it_is_used() {
    let good = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/reports/indicators/cong-thuong-thang.toml");
    assert_eq!(desk::done(&["report", "check", good]), "Bộ chỉ tiêu dùng được: 13 chỉ tiêu, 3 phép kiểm tra.\n");
    let form = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/reports/forms/cong-thuong-thang.toml");
    let both = desk::done(&["report", "check", good, "--form", form]);
    assert!(both.ends_with("Biểu dùng được: 20 dòng, 4 cột, 18 ô nhập.\n"), "{both}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sai.toml");
    let text = std::fs::read_to_string(good).unwrap();
    std::fs::write(&path, text.replace("of = \"TM.BLE\"", "of = \"TM.BAN\"").replace("\"last\"", "\"cuoi\"")).unwrap();
    let found = desk::run(&["report", "check", path.to_str().unwrap()]);
    let said = "TM.BLE.KT: không có chỉ tiêu “TM.BAN”.\n\
                CN.CUM: over_time không có “cuoi”; ghi sum, average, last hoặc none.\n\
                Bộ chỉ tiêu chưa dùng được: 2 lỗi.\n";
    assert_eq!((found.code, found.out.as_str()), (1, said));
    std::fs::write(&path, text.replace("unit = \"vụ\"", "don_vi = \"vụ\"")).unwrap();
    let odd = desk::run(&["report", "check", path.to_str().unwrap()]);
    assert!(odd.code == 1 && odd.err.contains("sai.toml") && odd.err.contains("don_vi"), "{}", odd.err);
    std::fs::write(&path, std::fs::read_to_string(form).unwrap().replace("TM.XK", "TM.XUAT")).unwrap();
    let found = desk::run(&["report", "check", good, "--form", path.to_str().unwrap()]);
    assert!(
        found.code == 1 && found.out.ends_with("7: không có chỉ tiêu “TM.XUAT”.\nBiểu chưa dùng được: 1 lỗi.\n"),
        "{}",
        found.out
    );
}
