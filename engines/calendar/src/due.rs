//! By when: a limit counted in working hours, working days or days on the wall.

use crate::calendar::{self, Calendar, Minute, outside};
use crate::ledger::Ledger;
use base::Refusal;
use jiff::civil::{DateTime, time};

/// How a limit is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Working hours: from the minute of receipt to the end of the last minute used. No cut-off hour.
    Hours,
    /// Working days: the day of receipt is not counted (Bộ luật Dân sự 2015 Art. 147.2), the last one ends as work does.
    Days,
    /// Days on the wall: the day of receipt is not counted; a last day not worked moves to the next one that is
    /// (Art. 148.5).
    Calendar,
}

/// How long. A working day is 8 working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    Minutes(u32),
    Days(u32),
}

/// Minutes of a working day, wherever hours stand for days.
pub const DAY: u32 = 8 * 60;

/// A due moment with its reasons, a line each; none while the clock stands still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub due: Option<DateTime>,
    pub why: Vec<String>,
}

/// By when something received at `at` is due, and why. Outside the calendar's years it is refused.
pub fn due(calendar: &Calendar, at: DateTime, limit: Limit, count: Count) -> Result<Due, Refusal> {
    Ledger { received: at, limit, count, entries: Vec::new() }.due(calendar)
}

/// The same without reasons: what a million dossiers are asked after a calendar has changed.
pub fn due_moment(calendar: &Calendar, at: DateTime, limit: Limit, count: Count) -> Result<DateTime, Refusal> {
    let received = place(at)?;
    let due = match (count, limit) {
        (Count::Hours, limit) => calendar.when(calendar.worked(received.0, received.1) + minutes(limit)),
        (Count::Days | Count::Calendar, Limit::Days(days)) => {
            nth_day(calendar, count, received, days, |_| true).map(|at| (at, closing(calendar, at)))
        }
        (Count::Days | Count::Calendar, Limit::Minutes(_)) => return Err(only_days()),
    };
    due.map(moment).ok_or_else(outside)
}

pub(crate) fn minutes(limit: Limit) -> u32 {
    match limit {
        Limit::Minutes(minutes) => minutes,
        Limit::Days(days) => days * DAY,
    }
}

pub(crate) fn only_days() -> Refusal {
    Refusal::new("calendar-only-days", "Thời hạn theo ngày thì nêu số ngày, không nêu số giờ.")
}

/// A moment as the calendar knows it: day and minute.
pub(crate) fn place(at: DateTime) -> Result<Minute, Refusal> {
    Ok((calendar::index(at.date()).ok_or_else(outside)?, crate::agency::minute_of(at.time())))
}

pub(crate) fn moment((day, minute): Minute) -> DateTime {
    let clock = time(i8::try_from(minute / 60).unwrap_or(0), i8::try_from(minute % 60).unwrap_or(0), 0, 0);
    calendar::date(day).to_datetime(clock)
}

/// When work ends on a day.
pub(crate) fn closing(calendar: &Calendar, at: usize) -> u16 {
    calendar.day(at).and_then(|day| day.spans.last()).map_or(0, |span| span.1)
}

/// The day that counts as that of receipt, for working days: the next one worked, where it came after the cut-off hour
/// (that hour itself is in time), after work had ended, or on a day not worked.
pub(crate) fn receipt(calendar: &Calendar, (day, minute): Minute) -> Option<usize> {
    let late = calendar.cut_off.is_some_and(|cut_off| minute > cut_off) || minute > closing(calendar, day);
    calendar.next_worked(if calendar.is_worked(day) && late { day + 1 } else { day })
}

/// The day on which the limit of days ends, `counts` saying which of them are counted at all.
pub(crate) fn nth_day(
    calendar: &Calendar,
    count: Count,
    received: Minute,
    days: u32,
    counts: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut at = if count == Count::Calendar { received.0 } else { receipt(calendar, received)? };
    let mut left = days;
    while left > 0 {
        at += 1;
        let day = calendar.day(at)?;
        if (count == Count::Calendar || !day.spans.is_empty()) && counts(at) {
            left -= 1;
        }
    }
    calendar.next_worked(at)
}
