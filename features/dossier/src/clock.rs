//! The clock of a dossier: by when it is due, from its ledger and its agency's calendar, with the reasons in words.

use crate::model::*;
use base::{Refusal, Timestamp};
use calendar::{Act, Calendar, Count, Due, Ledger, LedgerEntry, Limit};
use procedure::Time;
use serde::Serialize;

/// One entry of the ledger as the house keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tick {
    pub at: Timestamp,
    pub act: Deed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Deed {
    Pause { reason: String },
    Resume,
    Extend { minutes: i64 },
    Correct { received: Timestamp },
}

impl Deed {
    /// As it stands in the table.
    pub fn code(&self) -> &'static str {
        match self {
            Deed::Pause { .. } => "pause",
            Deed::Resume => "resume",
            Deed::Extend { .. } => "extend",
            Deed::Correct { .. } => "correct",
        }
    }
}

/// Why the clock stands, in words.
pub fn say_pause(reason: &str) -> &str {
    match workflow::Wait::of(reason) {
        Some(wait) => wait.say(),
        None => reason,
    }
}

fn entry(tick: &Tick, count: Count) -> LedgerEntry {
    let minutes = |minutes: i64| u32::try_from(minutes).unwrap_or(0);
    let act = match &tick.act {
        Deed::Pause { reason } => Act::Pause { reason: say_pause(reason).to_owned() },
        Deed::Resume => Act::Resume,
        Deed::Extend { minutes: by } => Act::Extend {
            by: match count {
                Count::Hours => Limit::Minutes(minutes(*by)),
                Count::Days | Count::Calendar => Limit::Days(minutes(*by) / calendar::DAY),
            },
        },
        Deed::Correct { received } => Act::Correct { received: hours::local(*received) },
    };
    LedgerEntry { at: hours::local(tick.at), act }
}

/// When a dossier is due: none while its clock stands.
pub fn due(calendar: &Calendar, received: Timestamp, time: Time, ticks: &[Tick]) -> Result<Option<Timestamp>, Refusal> {
    Ok(ledger(received, time, ticks).moment(calendar)?.map(hours::instant))
}

/// The same with the reasons in words.
pub fn explained(calendar: &Calendar, received: Timestamp, time: Time, ticks: &[Tick]) -> Result<Due, Refusal> {
    ledger(received, time, ticks).due(calendar)
}

fn ledger(received: Timestamp, time: Time, ticks: &[Tick]) -> Ledger {
    let (limit, count) = time.limit();
    let entries = ticks.iter().map(|tick| entry(tick, count)).collect();
    Ledger { received: hours::local(received), limit, count, entries }
}

/// When a step is due: its working minutes from its beginning, without the pauses since.
pub fn step_due(calendar: &Calendar, step: &Step, ticks: &[Tick]) -> Result<Option<Timestamp>, Refusal> {
    minutes_due(calendar, step.begun, step.minutes, ticks)
}

/// The same of a step that began then and was given so many minutes.
pub fn minutes_due(
    calendar: &Calendar,
    begun: Timestamp,
    minutes: i64,
    ticks: &[Tick],
) -> Result<Option<Timestamp>, Refusal> {
    let mut entries = Vec::new();
    for tick in ticks.iter().filter(|tick| tick.at >= begun) {
        match tick.act {
            // A step that began while the clock stood: it stands from its first minute.
            Deed::Resume if entries.is_empty() => {
                let since = LedgerEntry { at: hours::local(begun), act: Act::Pause { reason: String::new() } };
                entries.extend([since, entry(tick, Count::Hours)]);
            }
            Deed::Pause { .. } | Deed::Resume => entries.push(entry(tick, Count::Hours)),
            Deed::Extend { .. } | Deed::Correct { .. } => {}
        }
    }
    let limit = Limit::Minutes(u32::try_from(minutes).unwrap_or(0).max(1));
    let ledger = Ledger { received: hours::local(begun), limit, count: Count::Hours, entries };
    Ok(ledger.moment(calendar)?.map(hours::instant))
}

/// How it ended against its due moment, for the statistics and the control slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum Against {
    Early,
    OnTime,
    Late,
}

impl Against {
    pub fn say(self) -> &'static str {
        match self {
            Against::Early => "Trước hạn",
            Against::OnTime => "Đúng hạn",
            Against::Late => "Quá hạn",
        }
    }

    /// Done before the day on which it is due: early; up to the due moment: on time.
    pub fn of(done: Timestamp, due: Timestamp) -> Against {
        if done > due {
            Against::Late
        } else if base::day::today(done) < base::day::today(due) {
            Against::Early
        } else {
            Against::OnTime
        }
    }
}

/// How a deadline stands at this moment, in the words and tone of every list: half days, as offices speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Late { days: i64 },
    Morning,
    Afternoon,
    Days(i64),
}

pub fn left(now: Timestamp, due: Timestamp) -> Left {
    let (today, day) = (base::day::today(now), base::day::today(due));
    let days = day.duration_since(today).as_hours() / 24;
    if now > due {
        Left::Late { days: -days }
    } else if days == 0 {
        if hours::local(due).hour() < 12 { Left::Morning } else { Left::Afternoon }
    } else {
        Left::Days(days)
    }
}

impl Left {
    pub fn say(self) -> String {
        match self {
            Left::Late { days: 0 } => "Quá hạn trong ngày".into(),
            Left::Late { days } => format!("Quá hạn {days} ngày"),
            Left::Morning => "Trong sáng nay".into(),
            Left::Afternoon => "Trong chiều nay".into(),
            Left::Days(1) => "Còn 1 ngày".into(),
            Left::Days(days) => format!("Còn {days} ngày"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(text: &str) -> Timestamp {
        hours::instant(text.parse().unwrap())
    }

    fn due_of(time: Time, received: &str, ticks: &[(&str, Deed)]) -> Option<String> {
        let ticks: Vec<Tick> = ticks.iter().map(|(when, act)| Tick { at: at(when), act: act.clone() }).collect();
        let calendar = hours::carried("").unwrap();
        due(&calendar, at(received), time, &ticks).unwrap().map(|due| hours::local(due).to_string())
    }

    #[test]
    fn a_supplement_stops_the_clock_and_what_was_used_stays_used() {
        let pause = Deed::Pause { reason: "supplement".into() };
        // Tuesday 24/11/2020 09:00, 16 working hours: 6.5 that day (to 17:30), 8 on Wednesday, 1.5 on Thursday.
        assert_eq!(due_of(Time::Hours(16), "2020-11-24T09:00", &[]).unwrap(), "2020-11-26T09:00:00");
        assert_eq!(due_of(Time::Hours(16), "2020-11-24T09:00", &[("2020-11-25T08:30", pause.clone())]), None);
        // 7.5 hours were used; from Friday 27/11 13:30 the other 8.5: 4 that afternoon, 4 and a half on Monday.
        let resumed = [("2020-11-25T08:30", pause), ("2020-11-27T13:30", Deed::Resume)];
        assert_eq!(due_of(Time::Hours(16), "2020-11-24T09:00", &resumed).unwrap(), "2020-11-30T14:00:00");
    }

    #[test]
    fn an_extension_of_a_day_count_is_in_days() {
        let extended = [("2020-11-27T09:00", Deed::Extend { minutes: 2 * 480 })];
        // Received on Tuesday 24th, five working days: Tuesday 1/12; two more: Thursday 3/12.
        assert_eq!(due_of(Time::Days(5), "2020-11-24T09:00", &[]).unwrap(), "2020-12-01T17:30:00");
        assert_eq!(due_of(Time::Days(5), "2020-11-24T09:00", &extended).unwrap(), "2020-12-03T17:30:00");
    }

    #[test]
    fn what_is_left_is_said_by_half_days() {
        let say = |now: &str, due: &str| left(at(now), at(due)).say();
        assert_eq!(say("2020-11-24T09:00", "2020-11-24T11:30"), "Trong sáng nay");
        assert_eq!(say("2020-11-24T09:00", "2020-11-24T17:30"), "Trong chiều nay");
        assert_eq!(say("2020-11-24T17:31", "2020-11-24T17:30"), "Quá hạn trong ngày");
        assert_eq!(say("2020-11-26T08:00", "2020-11-24T17:30"), "Quá hạn 2 ngày");
        assert_eq!(say("2020-11-24T09:00", "2020-11-25T09:00"), "Còn 1 ngày");
    }
}
