//! Periods of reports: named by the months they are for, and closed on a day of their last month.
//!
//! Of NĐ 09/2019/NĐ-CP (closing of figures in periodic reports) the month of January begins on 15/12 and closes on 14/1. The day
//! is data (`data/reports/periods.toml`): a regime may close on another, or with the month itself.

use base::{Date, Refusal};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Years that a period can be of: those of the house's days, with one to spare on either side.
const YEARS: std::ops::RangeInclusive<i16> = 1901..=2198;

/// How long a period is, and how many of them a year has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Month,
    Quarter,
    HalfYear,
    /// The first nine months, as is the practice of provinces; the rest of the year belongs to none.
    NineMonths,
    Year,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Month, Kind::Quarter, Kind::HalfYear, Kind::NineMonths, Kind::Year];

    pub fn code(self) -> &'static str {
        match self {
            Kind::Month => "month",
            Kind::Quarter => "quarter",
            Kind::HalfYear => "half-year",
            Kind::NineMonths => "nine-months",
            Kind::Year => "year",
        }
    }

    pub fn of(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// "tháng", "quý"
    pub fn say(self) -> &'static str {
        match self {
            Kind::Month => "tháng",
            Kind::Quarter => "quý",
            Kind::HalfYear => "6 tháng",
            Kind::NineMonths => "9 tháng",
            Kind::Year => "năm",
        }
    }

    fn months(self) -> i8 {
        match self {
            Kind::Month => 1,
            Kind::Quarter => 3,
            Kind::HalfYear => 6,
            Kind::NineMonths => 9,
            Kind::Year => 12,
        }
    }

    /// How many a year has.
    pub fn count(self) -> i8 {
        12 / self.months()
    }
}

/// The day of a period's last month on which its figures are closed, that day included; a month that has no such day closes
/// on its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "i8", into = "i8")]
pub struct Closing(i8);

impl TryFrom<i8> for Closing {
    type Error = Refusal;

    fn try_from(day: i8) -> Result<Closing, Refusal> {
        match day {
            1..=31 => Ok(Closing(day)),
            _ => Err(Refusal::new("closing-day", "Ngày chốt số liệu từ 1 đến 31.")),
        }
    }
}

impl From<Closing> for i8 {
    fn from(closing: Closing) -> i8 {
        closing.0
    }
}

impl Closing {
    /// With the month itself.
    pub const LAST_DAY: Closing = Closing(31);

    /// The day after the figures of a month are closed. None outside the calendar's years.
    fn after(self, year: i16, month: i8) -> Option<Date> {
        let first = Date::new(year, month, 1).ok()?;
        Date::new(year, month, self.0.min(first.days_in_month())).ok()?.tomorrow().ok()
    }
}

/// How periods are closed, with what says so: one entry of `data/reports/periods.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub code: String,
    pub name: String,
    pub basis: String,
    pub closing: Closing,
}

/// One period: `2026-01`, `2026-Q1`, `2026-H1`, `2026-9M`, `2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    kind: Kind,
    year: i16,
    /// Which of its year, from 1.
    nth: i8,
}

impl Period {
    /// None where the year has no such period, or is none of the house's.
    pub fn new(kind: Kind, year: i16, nth: i8) -> Option<Period> {
        (YEARS.contains(&year) && (1..=kind.count()).contains(&nth)).then_some(Period { kind, year, nth })
    }

    /// Those of a year, in order.
    pub fn all(kind: Kind, year: i16) -> Vec<Period> {
        (1..=kind.count()).filter_map(|nth| Period::new(kind, year, nth)).collect()
    }

    /// The one that a day falls in; none for the end of a year that nine months leave over.
    pub fn on(kind: Kind, day: Date, closing: Closing) -> Option<Period> {
        // A day after the closing of its year belongs to the next.
        let candidates = [day.year(), day.year().checked_add(1)?];
        let mut all = candidates.into_iter().flat_map(|year| Period::all(kind, year));
        all.find(|period| period.days(closing).is_some_and(|(from, to)| from <= day && day < to))
    }

    pub fn kind(self) -> Kind {
        self.kind
    }

    pub fn year(self) -> i16 {
        self.year
    }

    /// Which of its year, from 1.
    pub fn nth(self) -> i8 {
        self.nth
    }

    /// Its days, half-open: from the day after the closing of the month before, up to and with its own.
    pub fn days(self, closing: Closing) -> Option<(Date, Date)> {
        let last = self.kind.months() * self.nth;
        let before = last - self.kind.months();
        let from = match before {
            0 => closing.after(self.year.checked_sub(1)?, 12),
            month => closing.after(self.year, month),
        };
        Some((from?, closing.after(self.year, last)?))
    }

    /// The one before it, of the same kind.
    pub fn previous(self) -> Option<Period> {
        match self.nth {
            1 => Period::new(self.kind, self.year - 1, self.kind.count()),
            nth => Period::new(self.kind, self.year, nth - 1),
        }
    }

    /// The one after it, of the same kind.
    pub fn next(self) -> Option<Period> {
        match self.nth {
            nth if nth == self.kind.count() => Period::new(self.kind, self.year + 1, 1),
            nth => Period::new(self.kind, self.year, nth + 1),
        }
    }

    /// The same of the year before.
    pub fn year_before(self) -> Option<Period> {
        Period::new(self.kind, self.year - 1, self.nth)
    }

    /// "tháng 1 năm 2026", "quý I năm 2026"
    pub fn say(self) -> String {
        const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];
        let year = self.year;
        match self.kind {
            Kind::Month => format!("tháng {} năm {year}", self.nth),
            Kind::Quarter => format!("quý {} năm {year}", ROMAN[usize::try_from(self.nth - 1).unwrap_or(0) % 4]),
            Kind::HalfYear if self.nth == 1 => format!("6 tháng đầu năm {year}"),
            Kind::HalfYear => format!("6 tháng cuối năm {year}"),
            Kind::NineMonths => format!("9 tháng đầu năm {year}"),
            Kind::Year => format!("năm {year}"),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Period { kind, year, nth } = *self;
        match kind {
            Kind::Month => write!(f, "{year:04}-{nth:02}"),
            Kind::Quarter => write!(f, "{year:04}-Q{nth}"),
            Kind::HalfYear => write!(f, "{year:04}-H{nth}"),
            Kind::NineMonths => write!(f, "{year:04}-9M"),
            Kind::Year => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for Period {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Period, Refusal> {
        let say = format!("“{text}” không phải kỳ báo cáo. Viết như 2026-01, 2026-Q1, 2026-H1, 2026-9M, 2026.");
        read(text).filter(|period| period.to_string() == text).ok_or_else(|| Refusal::new("period-unknown", say))
    }
}

fn read(text: &str) -> Option<Period> {
    let (year, part) = text.split_once('-').unwrap_or((text, ""));
    let year = year.parse().ok()?;
    match (part, part.split_at_checked(1)) {
        ("", _) => Period::new(Kind::Year, year, 1),
        ("9M", _) => Period::new(Kind::NineMonths, year, 1),
        (_, Some(("Q", nth))) => Period::new(Kind::Quarter, year, nth.parse().ok()?),
        (_, Some(("H", nth))) => Period::new(Kind::HalfYear, year, nth.parse().ok()?),
        (month, _) => Period::new(Kind::Month, year, month.parse().ok()?),
    }
}
