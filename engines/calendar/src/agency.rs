//! When an agency works: its hours by weekday, the hour after which a receipt counts for the next day, its closures.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Deserializer};

/// From and to, in minutes of the day.
pub type Span = (u16, u16);

/// The hours of one agency.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub code: String,
    pub name: String,
    /// From Monday: "07:30-11:30", morning before afternoon; none on a day off.
    #[serde(deserialize_with = "week")]
    pub hours: [Vec<Span>; 7],
    /// What is received later counts as received on the next working day (NĐ 118/2025 Art. 18.2 as amended: 15:00).
    #[serde(default)]
    pub cut_off: Option<Time>,
    #[serde(default)]
    pub closures: Vec<Closure>,
    #[serde(default)]
    pub made_up: Vec<MadeUp>,
    /// Other hours than these from a day on, by their day.
    #[serde(default)]
    pub weeks: Vec<Week>,
}

/// The hours of a week from a day on, until the next.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Week {
    pub from: Date,
    #[serde(deserialize_with = "week")]
    pub hours: [Vec<Span>; 7],
}

impl Agency {
    /// The hours of a weekday (Monday is 0) on a day.
    pub(crate) fn spans(&self, weekday: usize, on: Date) -> &[Span] {
        let begun = self.weeks.iter().filter(|week| week.from <= on).max_by_key(|week| week.from);
        &begun.map_or(&self.hours, |week| &week.hours)[weekday]
    }
}

/// A day off that is worked, with the hours of the day that it is worked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MadeUp {
    pub date: Date,
    pub replaces: Date,
    pub why: String,
}

/// Days on which this agency alone is closed: a storm, a flood. Half-open.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    pub from: Date,
    pub to: Date,
    pub why: String,
    /// Closed for half a day only.
    #[serde(default)]
    pub half: Option<Half>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Half {
    Morning,
    Afternoon,
}

impl Half {
    /// What is left of a day's spans: noon divides them.
    pub fn leaves(self, spans: &[Span]) -> Vec<Span> {
        let is_morning = |span: &&Span| span.0 < 12 * 60;
        let keeps_morning = self == Half::Afternoon;
        spans.iter().filter(|span| is_morning(span) == keeps_morning).copied().collect()
    }
}

fn week<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[Vec<Span>; 7], D::Error> {
    let text: [Vec<String>; 7] = Deserialize::deserialize(deserializer)?;
    let mut week: [Vec<Span>; 7] = Default::default();
    for (day, spans) in week.iter_mut().zip(&text) {
        for span in spans {
            let read = read(span).filter(|(from, _)| day.last().is_none_or(|last: &Span| last.1 <= *from));
            day.push(read.ok_or_else(|| {
                serde::de::Error::custom(format!("“{span}”: viết giờ làm việc như 07:30-11:30, buổi sáng trước"))
            })?);
        }
    }
    Ok(week)
}

fn read(text: &str) -> Option<Span> {
    let (from, to) = text.split_once('-')?;
    let minutes = |text: &str| text.trim().parse::<Time>().ok().map(minute_of);
    let span = (minutes(from)?, minutes(to)?);
    (span.0 < span.1).then_some(span)
}

/// The minute of the day; seconds do not count.
pub fn minute_of(time: Time) -> u16 {
    (i32::from(time.hour()) * 60 + i32::from(time.minute())).try_into().unwrap_or(0)
}
