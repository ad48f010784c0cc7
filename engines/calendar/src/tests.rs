//! Expected days come from the law, from published tables and from a second calculation that walks minute by minute
//! (`cases.tsv`); nothing here was read off this engine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::*;
use jiff::civil::{Date, DateTime};
use proptest::prelude::*;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(serde::Deserialize)]
struct Agencies {
    agencies: Vec<Agency>,
}

macro_rules! data {
    ($name:literal) => {
        include_str!(concat!("../../../data/calendars/", $name, ".toml"))
    };
}

const TABLES: [&str; 10] = [
    data!("2018"),
    data!("2019"),
    data!("2020"),
    data!("2021"),
    data!("2022"),
    data!("2023"),
    data!("2024"),
    data!("2025"),
    data!("2026"),
    data!("2027"),
];

fn statute() -> Statute {
    toml::from_str(data!("statutory")).unwrap()
}

fn tables() -> Vec<Table> {
    TABLES.iter().map(|text| toml::from_str(text).unwrap()).collect()
}

fn agencies() -> Vec<Agency> {
    toml::from_str::<Agencies>(data!("agencies")).unwrap().agencies
}

fn calendar(code: &str) -> Calendar {
    let agency = agencies().into_iter().find(|agency| agency.code == code).unwrap();
    Calendar::new(&statute(), &tables(), &agency).unwrap()
}

static COMMON: LazyLock<Calendar> = LazyLock::new(|| calendar("chung"));

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

/// Public dates: mùng 1 Tết and Giỗ Tổ of years past, and the years to come as the almanacs of UTC+7 have them. 1968,
/// 1985 and 2007 are years in which Tết at UTC+8 fell on another day.
#[test]
fn tet_and_gio_to_fall_on_their_days() {
    for (year, tet, kings) in [
        (1968, "1968-01-29", None),
        (1985, "1985-01-21", None),
        (2007, "2007-02-17", Some("2007-04-26")),
        (2020, "2020-01-25", Some("2020-04-02")),
        (2021, "2021-02-12", Some("2021-04-21")),
        (2022, "2022-02-01", Some("2022-04-10")),
        (2023, "2023-01-22", Some("2023-04-29")),
        (2024, "2024-02-10", Some("2024-04-18")),
        (2025, "2025-01-29", Some("2025-04-07")),
        (2026, "2026-02-17", Some("2026-04-26")),
        (2027, "2027-02-06", Some("2027-04-16")),
        (2028, "2028-01-26", Some("2028-04-04")),
        (2029, "2029-02-13", Some("2029-04-23")),
        (2030, "2030-02-02", Some("2030-04-12")),
        (2031, "2031-01-23", Some("2031-04-01")),
    ] {
        assert_eq!(lunar::new_year(year).unwrap().to_string(), tet);
        if let Some(kings) = kings {
            assert_eq!(lunar::hung_kings(year).unwrap().to_string(), kings);
        }
    }
    assert!(lunar::new_year(1967).is_none() && lunar::new_year(2101).is_none() && lunar::day_of(2026, 13, 1).is_none());
}

/// Every Tết of the calendar is a new moon: between 21 January and 21 February, 354, 355, 383, 384 or 385 days apart.
#[test]
fn lunar_years_have_their_lengths() {
    for year in 1968..2100 {
        let (this, next) = (lunar::new_year(year).unwrap(), lunar::new_year(year + 1).unwrap());
        let days = next.duration_since(this).as_hours() / 24;
        assert!([354, 355, 383, 384, 385].contains(&days), "{year}: {days}");
        assert!(this >= Date::constant(year, 1, 21) && this <= Date::constant(year, 2, 21), "{this}");
    }
}

#[test]
fn days_off_and_made_up_are_those_of_the_notices() {
    let off: [(i16, &str, &str); 9] = [
        (2018, "01-01 02-14 02-15 02-16 02-19 02-20 04-25 04-30 05-01 09-03 12-31", ""),
        (2019, "01-01 02-04 02-05 02-06 02-07 02-08 04-15 04-29 04-30 05-01 09-02", "01-05 05-04"),
        (2020, "01-01 01-23 01-24 01-27 01-28 01-29 04-02 04-30 05-01 09-02", ""),
        (2021, "01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03", ""),
        (2022, "01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02", ""),
        (2023, "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04", ""),
        (2024, "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03", "05-04"),
        (2025, "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02", "04-26"),
        (2026, "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24", "01-10 08-22"),
    ];
    let said = |days: Vec<Date>| days.iter().map(|day| day.to_string()[5..].to_owned()).collect::<Vec<_>>().join(" ");
    for (year, off, made_up) in off {
        assert_eq!((said(COMMON.off(year)).as_str(), said(COMMON.made_up(year)).as_str()), (off, made_up), "{year}");
        assert_eq!(COMMON.status(year), Some(Status::Official));
    }
    assert_eq!(COMMON.status(2027), Some(Status::Proposed));
    assert_eq!((COMMON.status(2028), COMMON.status(2017)), (Some(Status::Proposed), None));
}

/// The law's list alone gives 10, 11 and 12 days off; and from March on, where no day was swapped, the notice's days.
/// Which days of Tết are off is chosen every year: 2022 had what is proposed.
#[test]
fn what_is_proposed_follows_the_law() {
    let agency = agencies().remove(0);
    let bare = Calendar::new(&statute(), &[], &agency).unwrap();
    let from_march = |calendar: &Calendar, year| -> Vec<Date> {
        calendar.off(year).into_iter().filter(|day| day.month() > 2).collect()
    };
    for year in [2020, 2021, 2022, 2023] {
        assert_eq!(from_march(&bare, year), from_march(&COMMON, year), "{year}");
    }
    assert_eq!([2022, 2027].map(|year| bare.off(year) == COMMON.off(year)), [true, true]);
    assert_eq!([2020, 2021, 2028].map(|year| bare.off(year).len()), [10, 11, 12]);
    let culture = |year| bare.off(year).contains(&Date::constant(year, 11, 24));
    assert_eq!([2025, 2026].map(culture), [false, true]);
}

/// One line of `cases.tsv`: agency, count, limit, received, entries, due (`-`: the clock stands), what it is about.
fn case(line: &str) -> (String, Ledger, Option<DateTime>, String) {
    let parts: Vec<&str> = line.split('\t').collect();
    let [agency, count, whole, received, entries, due, about] = parts[..] else { panic!("{line}") };
    let count = match count {
        "hours" => Count::Hours,
        "days" => Count::Days,
        _ => Count::Calendar,
    };
    let limit = |text: &str| match count {
        Count::Hours => Limit::Minutes(text.parse::<u32>().unwrap() * 60),
        _ => Limit::Days(text.parse().unwrap()),
    };
    let entry = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        let act = match words[1] {
            "pause" => Act::Pause { reason: "bổ sung".into() },
            "resume" => Act::Resume,
            "extend" => Act::Extend { by: limit(words[2]) },
            _ => Act::Correct { received: at(words[2]) },
        };
        LedgerEntry { at: at(words[0]), act }
    };
    let entries = entries.split(';').filter(|text| !text.is_empty()).map(entry).collect();
    let ledger = Ledger { received: at(received), limit: limit(whole), count, entries };
    (agency.to_owned(), ledger, (due != "-").then(|| at(due)), about.to_owned())
}

#[test]
fn deadlines_are_those_of_the_table_and_explain_themselves() {
    let lines: Vec<&str> = include_str!("tests/cases.tsv").lines().collect();
    assert!(lines.len() >= 60);
    let calendars: HashMap<String, Calendar> =
        agencies().into_iter().map(|agency| (agency.code.clone(), calendar(&agency.code))).collect();
    for line in lines {
        let (agency, ledger, expected, about) = case(line);
        let calendar = &calendars[&agency];
        let found = ledger.due(calendar).unwrap();
        assert_eq!(found.due, expected, "{about}: {:#?}", found.why);
        let total: u32 = found.why.iter().map(|line| minutes_in(line)).sum();
        let days = found.why.iter().filter(|line| line.starts_with("Ngày ")).count();
        let whole = match ledger.limit {
            Limit::Minutes(minutes) | Limit::Days(minutes) => minutes,
        };
        let extended = ledger.entries.iter().any(|entry| matches!(entry.act, Act::Extend { .. }));
        if expected.is_some() && !extended {
            let counted = if ledger.count == Count::Hours { total } else { u32::try_from(days).unwrap() };
            assert_eq!(counted, whole, "{about}: the lines add up to the limit: {:#?}", found.why);
        }
        if ledger.entries.is_empty() {
            assert_eq!(due_moment(calendar, ledger.received, ledger.limit, ledger.count).ok(), expected, "{about}");
        }
    }
}

/// The minutes that a line of an explanation says were used: "thứ Hai 02/03/2026: 6 giờ 30 phút → 16:00."
fn minutes_in(line: &str) -> u32 {
    let Some((_, used)) = line.split_once("/20").and_then(|(_, rest)| rest.split_once(": ")) else { return 0 };
    if used.starts_with("nghỉ") || line.starts_with("Nhận") || line.starts_with("Tạm") {
        return 0;
    }
    let words: Vec<&str> = used.split([' ', '.']).collect();
    words
        .windows(2)
        .map(|pair| match pair[1] {
            "giờ" => pair[0].parse::<u32>().unwrap_or(0) * 60,
            "phút" => pair[0].parse().unwrap_or(0),
            _ => 0,
        })
        .sum()
}

#[test]
fn an_explanation_reads_like_this() {
    let due = due(&COMMON, at("2026-02-12T16:00"), Limit::Minutes(16 * 60), Count::Hours).unwrap();
    assert_eq!(
        due.why,
        [
            "Nhận lúc 16:00 thứ Năm 12/02/2026. Thời hạn: 16 giờ làm việc.",
            "thứ Năm 12/02/2026: 1 giờ 30 phút.",
            "thứ Sáu 13/02/2026: 8 giờ.",
            "thứ Bảy 14/02/2026 đến Chủ Nhật 22/02/2026: nghỉ (Tết Nguyên đán).",
            "thứ Hai 23/02/2026: 6 giờ 30 phút → 16:00.",
            "Hạn: 16:00 thứ Hai 23/02/2026.",
        ]
    );
}

#[test]
fn entries_that_cannot_be_are_refused_by_their_place() {
    let ledger = |entries: &[(&str, Act)]| Ledger {
        received: at("2026-03-02T08:00"),
        limit: Limit::Minutes(480),
        count: Count::Hours,
        entries: entries.iter().map(|(moment, act)| LedgerEntry { at: at(moment), act: act.clone() }).collect(),
    };
    let pause = || Act::Pause { reason: "bổ sung".into() };
    for (entries, code) in [
        (vec![("2026-03-02T07:00", pause())], "ledger-order"),
        (vec![("2026-03-02T09:00", pause()), ("2026-03-02T10:00", pause())], "ledger-paused"),
        (vec![("2026-03-02T09:00", Act::Resume)], "ledger-running"),
        (vec![("2026-03-02T09:00", Act::Correct { received: at("2026-03-02T10:00") })], "ledger-correct"),
    ] {
        assert_eq!(ledger(&entries).due(&COMMON).unwrap_err().code, code);
    }
    let days = due(&COMMON, at("2026-03-02T08:00"), Limit::Minutes(60), Count::Days).unwrap_err();
    assert_eq!(days.code, "calendar-only-days");
    assert_eq!(due(&COMMON, at("2017-03-02T08:00"), Limit::Days(1), Count::Days).unwrap_err().code, "calendar-outside");
}

#[test]
fn a_table_with_faults_names_each() {
    let table = r#"
        year = 2026
        status = "official"
        basis = "thử"
        days = [
          { date = "2025-01-01", kind = "off", why = "khác năm" },
          { date = "2026-01-02", kind = "off", why = "một" },
          { date = "2026-01-02", kind = "off", why = "hai" },
          { date = "2026-01-10", kind = "made-up", why = "cho ngày nào" },
          { date = "2026-01-05", kind = "made-up", why = "thứ Hai", replaces = "2026-01-02" },
        ]"#;
    let table: Table = toml::from_str(table).unwrap();
    let codes: Vec<_> = table.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["calendar-year", "calendar-twice", "calendar-replaces", "calendar-made-up"]);
    assert!(Calendar::new(&statute(), &[table], &agencies()[0]).is_err());
}

proptest! {
    /// More time is never due earlier, a later receipt neither; and what is due is the end of a worked minute.
    #[test]
    fn a_deadline_grows_with_its_limit_and_its_receipt(day in 0i32..2900, minute in 0i32..1440, limit in 1u32..4000, more in 0u32..600, later in 0i64..5000) {
        use jiff::ToSpan;
        let received = Date::constant(2018, 1, 1).checked_add(day.days()).unwrap().at(0, 0, 0, 0).checked_add(minute.minutes()).unwrap();
        let due = |received, limit| due_moment(&COMMON, received, Limit::Minutes(limit), Count::Hours).unwrap();
        let first = due(received, limit);
        prop_assert!(first > received);
        prop_assert!(due(received, limit + more) >= first);
        prop_assert!(due(received.checked_add(later.minutes()).unwrap(), limit) >= first);
        let days = |received, days| due_moment(&COMMON, received, Limit::Days(days), Count::Days).unwrap();
        prop_assert!(days(received, 1 + limit % 60) > received);
        prop_assert!(days(received, 2 + limit % 60) > days(received, 1 + limit % 60));
    }

    /// A pause of so many working minutes moves the due moment by just as many.
    #[test]
    fn a_pause_costs_what_it_lasts(start in 0u32..200, pause in 1u32..3000) {
        let received = at("2026-03-02T07:30");
        let moment = |minutes| due_moment(&COMMON, received, Limit::Minutes(minutes), Count::Hours).unwrap();
        let (limit, paused) = (Limit::Minutes(480), moment(start + 1));
        let entries = vec![
            LedgerEntry { at: paused, act: Act::Pause { reason: "bổ sung".into() } },
            LedgerEntry { at: moment(start + 1 + pause), act: Act::Resume },
        ];
        let ledger = Ledger { received, limit, count: Count::Hours, entries };
        prop_assert_eq!(ledger.due(&COMMON).unwrap().due, Some(moment(480 + pause)));
    }
}

/// Other hours hold from their day on, for days made up too, and what came before stays as it was.
#[test]
fn other_hours_hold_from_their_day_on() {
    let mut agency = agencies().remove(0);
    let mut hours = agency.hours.clone();
    hours[2].clear();
    hours[5] = vec![(450, 690)];
    agency.weeks.push(Week { from: "2026-12-07".parse().unwrap(), hours });
    let calendar = Calendar::new(&statute(), &tables(), &agency).unwrap();
    let due = |received: &str| due_moment(&calendar, at(received), Limit::Days(3), Count::Days).unwrap().to_string();
    // Tuesday 1/12/2026: 2, 3 and 4 December, as ever.
    assert_eq!(due("2026-12-01T09:00"), "2026-12-04T17:30:00");
    // Friday 4/12: Monday 7, Tuesday 8, not Wednesday 9, Thursday 10.
    assert_eq!(due("2026-12-04T09:00"), "2026-12-10T17:30:00");
    // Thursday 10/12: Friday 11, Saturday 12 in the morning, Monday 14.
    assert_eq!(due("2026-12-10T09:00"), "2026-12-14T17:30:00");
    assert!(calendar.week("2026-12-06".parse().unwrap())[5].is_empty());
    assert_eq!(calendar.week("2026-12-07".parse().unwrap())[5], vec![(450, 690)]);
}
