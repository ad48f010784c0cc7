//! Sets from their files; what they work out and check.

use super::*;
use base::Decimal;

fn set(text: &str) -> Result<Set, Vec<Problem>> {
    read(&toml::from_str(text).unwrap())
}

pub fn industry() -> Set {
    set(include_str!("../../../../data/reports/indicators/cong-thuong-thang.toml")).unwrap()
}

fn one(text: &str) -> Option<Decimal> {
    Some(text.parse().unwrap())
}

/// Figures of a unit by code; all others are missing.
fn told(set: &Set, figures: &[(&str, &str)]) -> Vec<Option<Decimal>> {
    let mut all = vec![None; set.indicators.len()];
    for (code, figure) in figures {
        all[set.place(code).unwrap()] = one(figure);
    }
    all
}

/// Each as a complete total of one unit.
fn totals(set: &Set, figures: &[Option<Decimal>]) -> Vec<Total> {
    let total = |(one, figure): (&Indicator, &Option<Decimal>)| {
        let value = figure.and_then(|figure| scaled(figure, one.digits)).map(i128::from);
        Total { value, have: u32::from(value.is_some()), of: 1 }
    };
    set.indicators.iter().zip(figures).map(total).collect()
}

fn said(set: &Set, found: &[Known], code: &str) -> Option<Decimal> {
    let place = set.place(code).unwrap();
    found[place].told(set.indicators[place].digits)
}

/// 1.254,5 of 1.180,0 a year before: 74,5 / 1.180 = 6,3135… %; 18 of 26 checked: 69,2307… %; 21,40 − 35,15 = −13,75.
#[test]
fn what_is_derived_stands_on_the_totals() {
    let set = industry();
    let now = told(
        &set,
        &[("CN.GTSX", "1254.5"), ("QL.XULY", "18"), ("QL.KIEMTRA", "26"), ("TM.XK", "21.40"), ("TM.NK", "35.15")],
    );
    let filled_of = |figures: &[(&str, &str)]| filled(&set, &totals(&set, &told(&set, figures)), Around::NOTHING);
    let same = filled_of(&[("CN.GTSX", "1180.0")]);
    let all = totals(&set, &now);
    let found = filled(&set, &all, Around { previous: &[], same: &same });
    let at = |code: &str| said(&set, &found, code);
    assert_eq!((at("CN.GTSX.TT"), at("QL.TYLE"), at("TM.CAN")), (one("6.3"), one("69.2"), one("-13.75")));
    assert_eq!(at("TM.BLE.KT"), None, "of what is not there nothing is worked out");
    let none = filled_of(&[("QL.XULY", "0"), ("QL.KIEMTRA", "0")]);
    assert_eq!(said(&set, &none, "QL.TYLE"), None, "nothing is a part of nothing");
    let loss = filled_of(&[("CN.GTSX", "-5")]);
    let found = filled(&set, &all, Around { previous: &[], same: &loss });
    assert_eq!(said(&set, &found, "CN.GTSX.TT"), None, "from a loss nothing grows by per cent");
}

/// Handled: 10 and one that is missing; checked: 20 and 80. A tenth of the checked would be said of half of the handled.
#[test]
fn nothing_is_worked_out_from_half() {
    let set = industry();
    let mut all = totals(&set, &told(&set, &[("QL.XULY", "10"), ("QL.KIEMTRA", "100")]));
    (all[set.place("QL.XULY").unwrap()].of, all[set.place("QL.KIEMTRA").unwrap()].have) = (2, 2);
    all[set.place("QL.KIEMTRA").unwrap()].of = 2;
    let found = filled(&set, &all, Around::NOTHING);
    assert_eq!((said(&set, &found, "QL.XULY"), said(&set, &found, "QL.TYLE")), (one("10"), None));
    assert!(!found[set.place("QL.XULY").unwrap()].is_complete);
}

/// 7 − 5 is the double of one; a third of 1 without digits is told as 0, and twice its opposite is still 6.
#[test]
fn what_stands_on_what_is_derived_is_not_rounded_twice() {
    let text = r#"
        code = "chuoi"
        name = "Chuỗi"
        sample = true
        [[indicators]]
        code = "NGUOC"
        name = "Hai chia tỷ lệ"
        unit = "lần"
        derived = { kind = "ratio", part = "HAI", whole = "TY.LE" }
        [[indicators]]
        code = "TY.LE"
        name = "Một phần ba"
        unit = "lần"
        derived = { kind = "ratio", part = "MOT", whole = "BA" }
        [[indicators]]
        code = "BA"
        name = "Ba"
        unit = "vụ"
        derived = { kind = "sum", of = ["MOT", "HAI"] }
        [[indicators]]
        code = "MOT"
        name = "Một"
        unit = "vụ"
        over_units = "sum"
        over_time = "sum"
        [[indicators]]
        code = "HAI"
        name = "Hai"
        unit = "vụ"
        over_units = "sum"
        over_time = "sum"
        [[checks]]
        code = "k"
        say = "Hai kỳ này bằng cùng kỳ cộng ba, trừ một."
        left = ["HAI"]
        is = "="
        right = ["HAI@cung-ky", "BA", "- MOT"]
        severity = "luu-y"
    "#;
    let set = set(text).unwrap();
    let found = filled(&set, &totals(&set, &told(&set, &[("MOT", "1"), ("HAI", "2")])), Around::NOTHING);
    let at = |code: &str| said(&set, &found, code);
    assert_eq!((at("BA"), at("TY.LE"), at("NGUOC")), (one("3"), one("0"), one("6")));
    let half = filled(&set, &totals(&set, &told(&set, &[("MOT", "1")])), Around::NOTHING);
    assert_eq!(said(&set, &half, "BA"), None, "a sum of what is missing is missing");
    let (now, same) = (told(&set, &[("MOT", "1"), ("HAI", "2"), ("BA", "3")]), told(&set, &[("HAI", "0")]));
    let figures = Figures { now: &now, same: &same, ..Figures::default() };
    assert_eq!(set.checks[0].failed(figures), None, "2 = 0 + 3 − 1");
    let same = told(&set, &[("HAI", "1")]);
    assert!(set.checks[0].failed(Figures { same: &same, ..figures }).is_some());
}

#[test]
fn checks_say_which_side_is_what() {
    let set = industry();
    let (now, previous) = (
        told(&set, &[("QL.XULY", "27"), ("QL.KIEMTRA", "26"), ("TM.BLE", "3900"), ("CN.GTSX", "90")]),
        told(&set, &[("TM.BLE", "3000")]),
    );
    let plan = told(&set, &[("CN.GTSX", "90")]);
    let figures = Figures { now: &now, previous: &previous, same: &[], plan: &plan };
    let failed: Vec<_> = set.checks.iter().filter_map(|check| check.failed(figures)).collect();
    // 3.900 is 30 % more than 3.000, no further; 90 is as planned.
    let codes: Vec<_> = failed.iter().map(|one| one.check.code.as_str()).collect();
    assert_eq!(codes, ["xu-ly-khong-qua-kiem-tra"]);
    assert_eq!((failed[0].left.to_decimal_exact(), failed[0].right.to_decimal_exact()), (one("27"), one("26")));
    assert_eq!(failed[0].check.severity, Severity::Blocks);
    let more = told(&set, &[("TM.BLE", "3900.1"), ("CN.GTSX", "89.9")]);
    let failed: Vec<_> =
        set.checks.iter().filter_map(|check| check.failed(Figures { now: &more, ..figures })).collect();
    let said: Vec<_> = failed.iter().map(|one| (one.check.code.as_str(), one.check.severity)).collect();
    let wanted = [("ban-le-gan-ky-truoc", Severity::Explain), ("san-xuat-dat-ke-hoach", Severity::Notice)];
    assert_eq!(said, wanted);
    // What is not there is not wrong.
    assert!(set.checks.iter().all(|check| check.failed(Figures::default()).is_none()));
}

/// Median 100, deviations 0 0 1 1 2 2 3: MAD 1; three of them reach from 97 to 103.
#[test]
fn an_outlier_lies_far_from_the_middle_of_what_came_before() {
    let earlier = [98, 99, 100, 100, 101, 102, 103].map(Decimal::from);
    let far = |figure: i64, k: i64| is_outlier(Decimal::from(figure), &earlier, Decimal::from(k));
    assert!(!far(97, 3) && !far(103, 3) && far(104, 3) && far(96, 3) && !far(104, 4));
    assert!(!is_outlier(Decimal::from(900), &earlier[..4], Decimal::ONE), "four say nothing");
    let still = [7, 7, 7, 7, 8].map(Decimal::from);
    assert!(!is_outlier(Decimal::from(900), &still, Decimal::ONE), "what never moves has no usual distance");
}

/// Every mistake at once, each by its code and place.
#[test]
fn everything_wrong_with_a_set_is_named() {
    let found = set(include_str!("wrong.toml")).unwrap_err();
    let named: Vec<_> = found.iter().map(|one| (one.code, one.place.as_str())).collect();
    let wanted = [
        ("basis-missing", ""),
        ("indicator-twice", "A"),
        ("item-twice", "a"),
        ("too-many-digits", "A"),
        ("categories-unknown", "A"),
        ("weight-missing", "A"),
        ("over-unknown", "A"),
        ("indicator-unknown", "A"),
        ("over-missing", "A"),
        ("derived-adds-up", "B"),
        ("since-unknown", "C"),
        ("sum-empty", "E"),
        ("code-odd", "- F@g"),
        ("name-missing", "- F@g"),
        ("over-mixed", "- F@g"),
        ("weight-unused", "G"),
        ("sum-twice", "G"),
        ("is-unknown", "k"),
        ("severity-unknown", "k"),
        ("side-empty", "k"),
        ("term-unknown", "k"),
        ("indicator-unknown", "k"),
        ("weight-odd", "- F@g"),
        ("circle", "D"),
    ];
    assert_eq!(named, wanted);
    let circle = r#"
        code = "vong"
        name = "Vòng"
        sample = true
        [[indicators]]
        code = "A"
        name = "A"
        unit = "%"
        derived = { kind = "sum", of = ["B"] }
        [[indicators]]
        code = "B"
        name = "B"
        unit = "%"
        derived = { kind = "growth", of = "A", since = "cung-ky" }
    "#;
    let found = set(circle).unwrap_err();
    assert_eq!(
        found.iter().map(|one| (one.code, one.place.as_str())).collect::<Vec<_>>(),
        [("circle", "A"), ("circle", "B")]
    );
}
