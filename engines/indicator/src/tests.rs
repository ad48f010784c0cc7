#![allow(clippy::panic, clippy::unwrap_used)]

use super::*;
use base::Date;
use jiff::ToSpan;
use proptest::prelude::*;

mod forms;
mod sets;
mod sheets;
mod totals;
mod trees;

#[derive(serde::Deserialize)]
struct File {
    rules: Vec<Rules>,
}

fn nd09() -> Closing {
    let file: File = toml::from_str(include_str!("../../../data/reports/periods.toml")).unwrap();
    file.rules.into_iter().find(|one| one.code == "nd09").unwrap().closing
}

/// 2019 to 2027, each kind, by the decree's own list.
#[test]
fn periods_are_those_of_the_decree() {
    let mut listed = Vec::new();
    for line in include_str!("tests/nd09.csv").lines().filter(|line| !line.starts_with('#')) {
        let [kind, name, from, to] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let period: Period = name.parse().unwrap();
        assert_eq!(period.kind().code(), kind, "{line}");
        let days = period.days(nd09()).unwrap();
        assert_eq!((days.0.to_string(), days.1.to_string()), (from.to_owned(), to.to_owned()), "{line}");
        listed.push(period);
    }
    let mut all: Vec<Period> =
        Kind::ALL.into_iter().flat_map(|kind| (2019..=2027).flat_map(move |year| Period::all(kind, year))).collect();
    listed.sort();
    all.sort();
    assert_eq!(listed.len(), 9 * (12 + 4 + 2 + 1 + 1));
    assert_eq!(listed, all);
}

#[test]
fn the_last_days_of_a_year_belong_to_the_next() {
    let on = |kind, day: &str| Period::on(kind, day.parse().unwrap(), nd09()).map(|period| period.to_string());
    assert_eq!(on(Kind::Quarter, "2026-12-14").as_deref(), Some("2026-Q4"));
    assert_eq!(on(Kind::Quarter, "2026-12-15").as_deref(), Some("2027-Q1"));
    assert_eq!(on(Kind::Year, "2026-12-31").as_deref(), Some("2027"));
    assert_eq!(on(Kind::NineMonths, "2026-09-14").as_deref(), Some("2026-9M"));
    assert_eq!(on(Kind::NineMonths, "2026-09-15"), None);
    assert_eq!(on(Kind::NineMonths, "2026-12-14"), None);
    assert_eq!(on(Kind::NineMonths, "2026-12-15").as_deref(), Some("2027-9M"));
}

#[test]
fn a_calendar_month_closes_on_its_last_day() {
    let days = |name: &str| {
        let (from, to) = name.parse::<Period>().unwrap().days(Closing::LAST_DAY).unwrap();
        format!("{from}/{to}")
    };
    assert_eq!(days("2024-02"), "2024-02-01/2024-03-01");
    assert_eq!(days("2025-02"), "2025-02-01/2025-03-01");
    assert_eq!(days("2026-Q2"), "2026-04-01/2026-07-01");
    assert_eq!(days("2026"), "2026-01-01/2027-01-01");
}

#[test]
fn neighbours_are_found() {
    let of = |name: &str| name.parse::<Period>().unwrap();
    assert_eq!(of("2026-01").previous(), Some(of("2025-12")));
    assert_eq!(of("2026-Q3").previous(), Some(of("2026-Q2")));
    assert_eq!(of("2026-9M").previous(), Some(of("2025-9M")));
    assert_eq!(of("2026-H2").year_before(), Some(of("2025-H2")));
    assert_eq!(of("2026-Q3").say(), "quý III năm 2026");
}

#[test]
fn what_is_no_period_is_refused() {
    for text in [
        "", "26", "2026-13", "2026-00", "2026-1", "2026-Q5", "2026-H3", "2026-9m", "2026-Q", "-2026", "2026-+1",
        "9999", "2026-Ü",
    ] {
        assert!(text.parse::<Period>().is_err(), "{text}");
    }
    assert!(Closing::try_from(0).is_err() && Closing::try_from(32).is_err());
}

proptest! {
    /// Each day falls in exactly one period of a kind; nine months leave 15/9 to 14/12 to none.
    #[test]
    fn a_day_has_one_period(days in 0i64..40_000, closing in 1i8..=31) {
        let closing = Closing::try_from(closing).unwrap();
        let day = Date::constant(1950, 1, 1).checked_add(days.days()).unwrap();
        for kind in Kind::ALL {
            let holds = |period: &Period| period.days(closing).is_some_and(|(from, to)| from <= day && day < to);
            let year = day.year();
            let found: Vec<Period> =
                (year - 1..=year + 1).flat_map(|year| Period::all(kind, year)).filter(holds).collect();
            prop_assert_eq!(found.first().copied(), Period::on(kind, day, closing));
            match kind {
                Kind::NineMonths => prop_assert!(found.len() <= 1),
                _ => prop_assert_eq!(found.len(), 1),
            }
        }
    }

    /// Periods of a kind follow each other without a gap.
    #[test]
    fn periods_meet(year in 1950i16..2150, nth in 1i8..=12, closing in 1i8..=31) {
        let closing = Closing::try_from(closing).unwrap();
        for kind in [Kind::Month, Kind::Quarter, Kind::HalfYear, Kind::Year] {
            let Some(period) = Period::new(kind, year, nth) else { continue };
            let before = period.previous().unwrap();
            prop_assert_eq!(before.days(closing).unwrap().1, period.days(closing).unwrap().0);
            prop_assert_eq!(period.to_string().parse::<Period>().unwrap(), period);
        }
    }
}
