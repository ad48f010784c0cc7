//! Steps done for other agencies, counted over days. The dossier itself is counted once, where it is resolved; here is
//! counted what others were asked to do of it. Pure.
//!
//! What is carried over, with what is received, is what is over, with what stays open: a step is in one of the classes
//! at the end of the range, and came before the range or in it.

use crate::stats::Range;
use base::Timestamp;
use people::UnitId;
use std::ops::AddAssign;

base::words! {
    /// How a step stands at the end of the range.
    Stands {
        OnTime = "dung-han", "Xong đúng hạn";
        Late = "qua-han", "Xong quá hạn";
        /// The dossier ended before the step did: withdrawn, refused.
        Dropped = "khong-con", "Hồ sơ kết thúc trước";
        InTime = "dang-trong-han", "Đang làm trong hạn";
        Overdue = "dang-qua-han", "Đang làm quá hạn";
        /// The clock stands still: nothing is due.
        Paused = "tam-dung", "Tạm dừng";
    }
}

base::words! {
    /// A number of the table.
    Measure {
        Whole = "tong", "Tổng số việc được giao";
        Carried = "ky-truoc", "Kỳ trước chuyển sang";
        Received = "trong-ky", "Nhận trong kỳ";
        Done = "da-xong", "Đã xong";
        OnTime = "dung-han", "Xong đúng hạn";
        Late = "qua-han", "Xong quá hạn";
        Dropped = "khong-con", "Hồ sơ kết thúc trước khi xong";
        Open = "chua-xong", "Chưa xong cuối kỳ";
        InTime = "dang-trong-han", "Đang làm trong hạn";
        Overdue = "dang-qua-han", "Đang làm quá hạn";
        Paused = "tam-dung", "Tạm dừng";
    }
}

impl Measure {
    /// What it counts: how it stands, and whether it was carried over.
    pub fn counts(self) -> (&'static [Stands], Option<bool>) {
        match self {
            Measure::Whole => (Stands::ALL, None),
            Measure::Carried => (Stands::ALL, Some(true)),
            Measure::Received => (Stands::ALL, Some(false)),
            Measure::Done => (&[Stands::OnTime, Stands::Late], None),
            Measure::OnTime => (&[Stands::OnTime], None),
            Measure::Late => (&[Stands::Late], None),
            Measure::Dropped => (&[Stands::Dropped], None),
            Measure::Open => (&[Stands::InTime, Stands::Overdue, Stands::Paused], None),
            Measure::InTime => (&[Stands::InTime], None),
            Measure::Overdue => (&[Stands::Overdue], None),
            Measure::Paused => (&[Stands::Paused], None),
        }
    }
}

/// A step that one agency does for another.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    pub begun: Timestamp,
    /// None while the clock stands.
    pub due: Option<Timestamp>,
    pub done: Option<Timestamp>,
    /// When the dossier ended.
    pub ended: Option<Timestamp>,
}

impl Turn {
    /// Whether it was carried over, and how it stands at the end; none where it does not lie in the range.
    pub fn in_range(&self, range: Range) -> Option<(bool, Stands)> {
        let over = self.done.or(self.ended);
        if self.begun >= range.to || over.is_some_and(|over| over < range.from) {
            return None;
        }
        let stands = match (over.filter(|over| *over < range.to), self.done, self.due) {
            (Some(_), None, _) => Stands::Dropped,
            (Some(_), Some(done), Some(due)) if done > due => Stands::Late,
            (Some(_), Some(_), _) => Stands::OnTime,
            (None, _, None) => Stands::Paused,
            (None, _, Some(due)) if due < range.to => Stands::Overdue,
            (None, _, Some(_)) => Stands::InTime,
        };
        Some((self.begun < range.from, stands))
    }
}

/// Which steps: of whom, for whom, and the number that counts them.
#[derive(Clone, Copy, Debug)]
pub struct Helps {
    pub asked: Option<UnitId>,
    pub asking: Option<UnitId>,
    pub measure: Measure,
}

/// The numbers of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([[i64; Stands::ALL.len()]; 2]);

impl Counts {
    pub fn add(&mut self, carried: bool, stands: Stands, count: i64) {
        self.0[usize::from(carried)][stands as usize] += count;
    }

    pub fn of(&self, measure: Measure) -> i64 {
        let (stands, carried) = measure.counts();
        let lines = [false, true].into_iter().filter(|one| carried.is_none_or(|wanted| wanted == *one));
        lines
            .flat_map(|line| stands.iter().map(move |one| (line, *one)))
            .map(|(line, one)| self.0[usize::from(line)][one as usize])
            .sum()
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        for (line, more) in self.0.iter_mut().zip(other.0) {
            for (sum, more) in line.iter_mut().zip(more) {
                *sum += more;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn hour(hours: i64) -> Timestamp {
        let start: Timestamp = "2026-01-01T00:00:00+07:00".parse().unwrap();
        start.checked_add(jiff::SignedDuration::from_hours(hours)).unwrap()
    }

    fn stands(turn: &Turn, from: i64, to: i64) -> Option<(bool, Stands)> {
        turn.in_range(Range { from: hour(from), to: hour(to) })
    }

    #[test]
    fn a_step_is_told_by_its_own_due_moment() {
        let mut turn = Turn { begun: hour(10), due: Some(hour(30)), done: Some(hour(40)), ended: None };
        assert_eq!(stands(&turn, 0, 10), None);
        assert_eq!(stands(&turn, 0, 20), Some((false, Stands::InTime)));
        assert_eq!(stands(&turn, 20, 35), Some((true, Stands::Overdue)));
        assert_eq!(stands(&turn, 20, 50), Some((true, Stands::Late)));
        assert_eq!(stands(&turn, 41, 50), None);
        turn.done = Some(hour(30));
        assert_eq!(stands(&turn, 0, 50), Some((false, Stands::OnTime)));
        (turn.done, turn.ended, turn.due) = (None, Some(hour(25)), None);
        assert_eq!(stands(&turn, 0, 20), Some((false, Stands::Paused)));
        assert_eq!(stands(&turn, 0, 50), Some((false, Stands::Dropped)));
    }

    proptest! {
        #[test]
        fn the_parts_are_the_whole_and_what_stays_is_carried(
            turns in prop::collection::vec((0i64..200, prop::option::of(0i64..100), prop::option::of(0i64..100), prop::option::of(0i64..150)), 0..40),
            cuts in prop::collection::vec(0i64..300, 3),
        ) {
            let mut cuts = cuts;
            cuts.sort_unstable();
            let turns: Vec<Turn> = turns.iter().map(|(begun, due, done, ended)| Turn {
                begun: hour(*begun),
                due: due.map(|due| hour(begun + due)),
                done: done.map(|done| hour(begun + done)),
                ended: ended.map(|ended| hour(begun + ended.max(done.unwrap_or_default()))),
            }).collect();
            let count = |from: i64, to: i64| {
                let mut all = Counts::default();
                for (carried, stands) in turns.iter().filter_map(|turn| stands(turn, from, to)) {
                    all.add(carried, stands, 1);
                }
                all
            };
            let (first, second, both) = (count(cuts[0], cuts[1]), count(cuts[1], cuts[2]), count(cuts[0], cuts[2]));
            for one in [first, second, both] {
                let whole = one.of(Measure::Whole);
                prop_assert_eq!(whole, one.of(Measure::Carried) + one.of(Measure::Received));
                prop_assert_eq!(whole, one.of(Measure::Done) + one.of(Measure::Dropped) + one.of(Measure::Open));
            }
            if cuts[0] < cuts[1] && cuts[1] < cuts[2] {
                prop_assert_eq!(first.of(Measure::Open), second.of(Measure::Carried));
                prop_assert_eq!(first.of(Measure::Received) + second.of(Measure::Received), both.of(Measure::Received));
                prop_assert_eq!(first.of(Measure::Done) + second.of(Measure::Done), both.of(Measure::Done));
            }
        }
    }
}
