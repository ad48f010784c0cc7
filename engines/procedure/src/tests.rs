#![allow(clippy::unwrap_used)]
use super::*;
use base::Date;

const GOOD: &str = r#"
code = "2.000648"
name = "Cấp Giấy chứng nhận cửa hàng đủ điều kiện bán lẻ xăng dầu"
field = "Lưu thông hàng hóa trong nước"
source = "Quyết định mẫu"
from = "2020-01-01"
receives = ["so-cong-thuong"]
resolves = ["so-cong-thuong"]
levels = [{ from = "2020-01-01", level = "level3" }, { from = "2022-08-15", level = "full" }]
cases = [
  { code = "cap-moi", name = "Cấp mới", time = { days = 20 }, process = "qt-20" },
  { code = "cap-lai", name = "Cấp lại", time = { calendar = 30 }, process = "qt-5" },
]
papers = [
  { code = "don", name = "Đơn đề nghị", form = "Mẫu số 1" },
  { code = "ban-do", name = "Tài liệu xây dựng", cases = ["cap-moi"], copy = "copy", number = 2 },
]
fees = [{ name = "Phí thẩm định", amount = "1200000", cases = ["cap-moi"] }]
results = [{ name = "Giấy chứng nhận", electronic = true }]
"#;

fn good() -> Procedure {
    toml::from_str(GOOD).unwrap()
}

#[test]
fn a_case_asks_for_its_own_papers_and_fees() {
    let one = good();
    assert_eq!(check(&one), []);
    let names = |case: &str| {
        let asked = one.asked(case).unwrap();
        (asked.papers.iter().map(|paper| paper.code.as_str()).collect::<Vec<_>>(), asked.fees.len())
    };
    assert_eq!(names("cap-moi"), (vec!["don", "ban-do"], 1));
    assert_eq!(names("cap-lai"), (vec!["don"], 0));
    assert!(one.asked("khac").is_none());
    assert_eq!(one.cases[0].time.say(), "20 ngày làm việc");
    assert_eq!(one.cases[0].time.minutes(), Some(20 * 480));
    assert_eq!(one.cases[1].time.say(), "30 ngày");
}

#[test]
fn the_level_is_that_of_the_day() {
    let level = |day: &str| good().level(day.parse::<Date>().unwrap());
    assert_eq!(level("2019-12-31"), None);
    assert_eq!(level("2022-08-14"), Some(Level::Level3));
    assert_eq!(level("2022-08-15"), Some(Level::Full));
}

#[test]
fn every_fault_is_named_at_its_place() {
    let mut bad = good();
    bad.source.clear();
    bad.to = Some(bad.from);
    bad.receives.clear();
    bad.results.clear();
    bad.levels[1].from = bad.levels[0].from;
    bad.cases[1].code = "cap-moi".into();
    bad.cases[1].time = Time::Hours(0);
    bad.cases[0].process.clear();
    bad.papers[1].code = "don".into();
    bad.papers[1].number = 0;
    bad.papers[0].cases = vec!["sua-doi".into()];
    bad.fees[0].amount = "0.5".parse().unwrap();
    bad.fees[0].cases = vec!["cap-lai".into()];
    let found: Vec<(&str, String)> = check(&bad).into_iter().map(|one| (one.code, one.place)).collect();
    let expected = [
        ("empty", "source"),
        ("days-turned", "to"),
        ("empty", "receives"),
        ("empty", "results"),
        ("level-twice", "levels"),
        ("empty", "cases.cap-moi.process"),
        ("case-twice", "cases.cap-moi"),
        ("time-zero", "cases.cap-moi.time"),
        ("case-unknown", "papers.don"),
        ("paper-twice", "papers.don"),
        ("number-zero", "papers.don"),
        ("amount-odd", "fees.1"),
        ("case-unknown", "fees.1"),
    ];
    assert_eq!(found, expected.map(|(code, place)| (code, place.to_owned())));
    let mut empty = good();
    empty.papers.remove(0);
    assert_eq!(check(&empty)[0].place, "cases.cap-lai", "a case without any paper");
}

#[test]
fn an_unknown_word_is_an_error() {
    assert!(toml::from_str::<Procedure>(&GOOD.replace("copy = \"copy\"", "copy = \"photo\"")).is_err());
    assert!(toml::from_str::<Procedure>(&GOOD.replace("field =", "fild =")).is_err());
}
