//! Counting over days: pure. `store` counts the same in SQL; a test holds the two together.

use crate::model::Measure;
use base::{Date, Timestamp};
use std::ops::AddAssign;

/// Days, half-open, and the moment whose state counts for what is open: the end of the days, or now.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    pub from: Timestamp,
    pub to: Timestamp,
    pub moment: Timestamp,
}

impl Range {
    pub fn days(from: Date, to: Date, now: Timestamp) -> Range {
        let (from, to) = (base::day::start(from), base::day::start(to));
        Range { from, to, moment: to.min(now) }
    }
}

/// The numbers of a row. Those that are sums are not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub carried: i64,
    pub received: i64,
    pub on_time: i64,
    pub late: i64,
    pub in_time: i64,
    pub overdue: i64,
}

impl Counts {
    /// What came before or within the days = what was answered within them + what is open at their end.
    pub fn of(&self, measure: Measure) -> i64 {
        match measure {
            Measure::Whole => self.carried + self.received,
            Measure::Carried => self.carried,
            Measure::Received => self.received,
            Measure::Done => self.on_time + self.late,
            Measure::OnTime => self.on_time,
            Measure::Late => self.late,
            Measure::Open => self.in_time + self.overdue,
            Measure::InTime => self.in_time,
            Measure::Overdue => self.overdue,
            Measure::Owed => self.on_time + self.late + self.overdue,
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Counts::default()
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.carried += other.carried;
        self.received += other.received;
        self.on_time += other.on_time;
        self.late += other.late;
        self.in_time += other.in_time;
        self.overdue += other.overdue;
    }
}

/// What one counts for.
pub fn count(at: Timestamp, due: Timestamp, answered: Option<Timestamp>, range: Range) -> Counts {
    let mut counts = Counts::default();
    if at >= range.to || answered.is_some_and(|answered| answered < range.from) {
        return counts;
    }
    let before = at < range.from;
    (counts.carried, counts.received) = (i64::from(before), i64::from(!before));
    match answered.filter(|answered| *answered < range.to) {
        Some(answered) if answered <= due => counts.on_time = 1,
        Some(_) => counts.late = 1,
        None if due >= range.moment => counts.in_time = 1,
        None => counts.overdue = 1,
    }
    counts
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn hour(hours: i64) -> Timestamp {
        Timestamp::from_second(hours * 3600).unwrap()
    }

    proptest! {
        #[test]
        fn the_parts_are_the_whole(at in 0..400i64, takes in proptest::option::of(0..300i64), days in 0..200i64, from in 0..300i64, long in 1..200i64, now in 0..600i64) {
            let range = Range { from: hour(from), to: hour(from + long), moment: hour(from + long).min(hour(now)) };
            let counts = count(hour(at), hour(at + days), takes.map(|takes| hour(at + takes)), range);
            prop_assert_eq!(counts.of(Measure::Whole), counts.of(Measure::Done) + counts.of(Measure::Open));
            prop_assert!(counts.of(Measure::Whole) <= 1);
        }

        /// Days put end to end: what one range leaves open the next carries over.
        #[test]
        fn what_is_left_open_is_carried_over(at in 0..400i64, takes in proptest::option::of(0..300i64), from in 0..300i64, long in 1..200i64) {
            let due = hour(at + 100);
            let answered = takes.map(|takes| hour(at + takes));
            let of = |from: i64, to: i64| count(hour(at), due, answered, Range { from: hour(from), to: hour(to), moment: hour(to) });
            prop_assert_eq!(of(from, from + long).of(Measure::Open), of(from + long, from + 2 * long).of(Measure::Carried));
        }
    }
}
