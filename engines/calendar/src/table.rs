//! What decides which days are worked, as data: the law's days off by edition, and the table of one year.

use base::Refusal;
use jiff::civil::Date;
use serde::Deserialize;

/// The days off of the labour code, by the day from which each list holds (`data/calendars/statutory.toml`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statute {
    pub editions: Vec<Edition>,
}

/// One list of days off, until the next one begins.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    pub from: Date,
    pub basis: String,
    pub holidays: Vec<Holiday>,
}

/// A day off that comes every year, and those beside it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub name: String,
    /// Month and day of the civil calendar, or of the lunar one.
    #[serde(default)]
    pub solar: Option<[u8; 2]>,
    #[serde(default)]
    pub lunar: Option<[u8; 2]>,
    /// So many days before and after it are off too.
    #[serde(default)]
    pub before: i32,
    #[serde(default)]
    pub after: i32,
    /// The one day beside it that is off too: −1 or 1, by the weekday it falls on, from Monday. The Prime Minister
    /// chooses every year; this is only the proposal.
    #[serde(default)]
    pub beside: Option<[i32; 7]>,
}

/// Whether a year's table follows the official notice, or was made from the law's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Official,
    Proposed,
}

impl Status {
    pub fn code(self) -> &'static str {
        match self {
            Status::Official => "official",
            Status::Proposed => "proposed",
        }
    }
}

/// The days of one year that differ from an ordinary week (`data/calendars/2026.toml`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub year: i16,
    pub status: Status,
    pub basis: String,
    pub days: Vec<Entry>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub date: Date,
    pub kind: Kind,
    pub why: String,
    /// For a day made up: the day it is worked for, whose hours it has.
    #[serde(default)]
    pub replaces: Option<Date>,
    /// Where it is not the table's own.
    #[serde(default)]
    pub basis: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Off,
    MadeUp,
}

impl Table {
    /// Everything wrong with a table, each with its day.
    pub fn problems(&self) -> Vec<Refusal> {
        let mut found = Vec::new();
        let mut say = |code, date: Date, say: &str| {
            found.push(Refusal::new(code, format!("Ngày {}: {say}", base::day::vi(date))).at(date.to_string()));
        };
        for (at, entry) in self.days.iter().enumerate() {
            if entry.date.year() != self.year {
                say("calendar-year", entry.date, &format!("không thuộc năm {}.", self.year));
            }
            if self.days[..at].iter().any(|other| other.date == entry.date) {
                say("calendar-twice", entry.date, "có hai dòng.");
            }
            if (entry.kind == Kind::MadeUp) != entry.replaces.is_some() {
                say("calendar-replaces", entry.date, "ngày làm bù phải ghi ngày được nghỉ thay, ngày nghỉ thì không.");
            }
            if entry.kind == Kind::MadeUp && crate::is_weekday(entry.date) {
                say("calendar-made-up", entry.date, "làm bù phải vào thứ Bảy hoặc Chủ Nhật.");
            }
        }
        found
    }
}
