//! The ledger of the clock: received, paused, resumed, extended. The due moment is a function of it and the calendar,
//! so that a corrected entry or a changed calendar only needs it asked again.

use crate::calendar::{Calendar, Minute, outside};
use crate::due::{Count, Due, Limit, closing, minutes, moment, nth_day, only_days, place};
use crate::why::{Words, said};
use base::Refusal;
use jiff::civil::DateTime;

/// Everything that happened to one clock, in the order it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    pub received: DateTime,
    pub limit: Limit,
    pub count: Count,
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub at: DateTime,
    pub act: Act,
}

/// What may happen to a running clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Nothing is consumed from now on: a supplement, a financial duty, an answer of another agency.
    Pause { reason: String },
    /// It goes on; what was consumed before stays consumed.
    Resume,
    /// Adds to what remains.
    Extend { by: Limit },
    /// It was received at another moment than entered.
    Correct { received: DateTime },
}

/// A stretch in which the clock stands: from, to, why; none while nobody has resumed it.
pub(crate) type Pause = (Minute, Option<Minute>, String);

impl Ledger {
    /// The due moment, and why. An entry that cannot be is refused by its place.
    pub fn due(&self, calendar: &Calendar) -> Result<Due, Refusal> {
        let (received, limit, pauses) = self.settled()?;
        let mut words = Words::new(calendar, received, limit, self.count);
        match self.find(calendar, (received, limit, &pauses), &mut Some(&mut words))? {
            Found::At(due) => Ok(Due { due: Some(moment(due)), why: words.due(due) }),
            Found::Paused => Ok(Due { due: None, why: words.standing() }),
            Found::Outside => Err(outside()),
        }
    }

    /// The same without reasons; none while the clock stands.
    pub fn moment(&self, calendar: &Calendar) -> Result<Option<DateTime>, Refusal> {
        let (received, limit, pauses) = self.settled()?;
        match self.find(calendar, (received, limit, &pauses), &mut None)? {
            Found::At(due) => Ok(Some(moment(due))),
            Found::Paused => Ok(None),
            Found::Outside => Err(outside()),
        }
    }

    fn find(
        &self,
        calendar: &Calendar,
        (received, limit, pauses): (Minute, Limit, &[Pause]),
        words: &mut Option<&mut Words<'_>>,
    ) -> Result<Found, Refusal> {
        match (self.count, limit) {
            (Count::Hours, limit) => Ok(hours(calendar, received, minutes(limit), pauses, words)),
            (_, Limit::Days(days)) => Ok(whole_days(calendar, self.count, received, days, pauses, words)),
            (_, Limit::Minutes(_)) => Err(only_days()),
        }
    }

    /// The moment of receipt, the whole limit and the pauses, with every entry looked at.
    fn settled(&self) -> Result<(Minute, Limit, Vec<Pause>), Refusal> {
        let (mut received, mut limit) = (self.received, self.limit);
        let mut pauses: Vec<Pause> = Vec::new();
        let mut last = self.received;
        for (at, entry) in self.entries.iter().enumerate() {
            let no = |code, say: &str| {
                Refusal::new(code, format!("Dòng {} lúc {}: {say}", at + 1, said(entry.at))).at(format!("entries.{at}"))
            };
            if entry.at < last {
                return Err(no("ledger-order", "ghi trước dòng liền trên. Các dòng phải theo thứ tự thời gian."));
            }
            last = entry.at;
            let open = pauses.last_mut().filter(|pause| pause.1.is_none());
            match (&entry.act, open) {
                (Act::Pause { .. }, Some(_)) => return Err(no("ledger-paused", "đang tạm dừng rồi.")),
                (Act::Pause { reason }, None) => pauses.push((place(entry.at)?, None, reason.clone())),
                (Act::Resume, Some(pause)) => pause.1 = Some(place(entry.at)?),
                (Act::Resume, None) => {
                    return Err(no("ledger-running", "không đang tạm dừng nên không có gì để tiếp tục."));
                }
                (Act::Extend { by }, _) => {
                    limit = sum(limit, *by, self.count).map_err(|say| no("ledger-extend", say))?
                }
                (Act::Correct { received: to }, _) => {
                    if *to > entry.at || pauses.first().is_some_and(|pause| moment(pause.0) < *to) {
                        return Err(no("ledger-correct", "thời điểm nhận đúng phải trước mọi việc đã ghi."));
                    }
                    received = *to;
                }
            }
        }
        Ok((place(received)?, limit, pauses))
    }
}

/// A limit made longer. Days stay days; hours are given to days as whole days of eight.
fn sum(limit: Limit, by: Limit, count: Count) -> Result<Limit, &'static str> {
    if count == Count::Hours {
        return Ok(Limit::Minutes(minutes(limit) + minutes(by)));
    }
    match (limit, by) {
        (Limit::Days(days), Limit::Days(more)) => Ok(Limit::Days(days + more)),
        (Limit::Days(days), Limit::Minutes(more)) if more % crate::due::DAY == 0 => {
            Ok(Limit::Days(days + more / crate::due::DAY))
        }
        _ => Err("thời hạn theo ngày thì gia hạn theo ngày."),
    }
}

enum Found {
    At(Minute),
    Paused,
    Outside,
}

/// Between pauses working time is consumed. A pause outside working time thereby starts at the next opening.
fn hours(
    calendar: &Calendar,
    received: Minute,
    limit: u32,
    pauses: &[Pause],
    words: &mut Option<&mut Words<'_>>,
) -> Found {
    let (mut from, mut left) = (received, limit);
    for (paused, resumed, reason) in pauses {
        // A pause before the (corrected) receipt, or wholly past the due moment, changes nothing.
        let ran = calendar.worked(paused.0, paused.1).saturating_sub(calendar.worked(from.0, from.1));
        if ran >= left {
            break;
        }
        left -= ran;
        if let Some(words) = words {
            words.hours(from, *paused, None);
            words.pause(*paused, *resumed, reason);
        }
        match resumed {
            Some(resumed) => from = *resumed,
            None => return Found::Paused,
        }
    }
    let Some(due) = calendar.when(calendar.worked(from.0, from.1) + left) else { return Found::Outside };
    if let Some(words) = words {
        words.hours(from, due, Some(due.1));
    }
    Found::At(due)
}

/// A day is counted where the clock ran through all of its working time: like the day of receipt, that of a pause and
/// that of a resumption are not (Bộ luật Dân sự 2015 Art. 147.2).
fn whole_days(
    calendar: &Calendar,
    count: Count,
    received: Minute,
    days: u32,
    pauses: &[Pause],
    words: &mut Option<&mut Words<'_>>,
) -> Found {
    let touches = |at: usize, pause: &&Pause| {
        let (from, to) = (pause.0, pause.1.unwrap_or((usize::MAX, 0)));
        if count == Count::Calendar || to.0 > at && from.0 < at {
            return from.0 <= at && at <= to.0 && to > (at, 0);
        }
        let worked = |(day, minute): Minute| match day.cmp(&at) {
            std::cmp::Ordering::Less => calendar.worked(at, 0),
            std::cmp::Ordering::Equal => calendar.worked(at, minute),
            std::cmp::Ordering::Greater => calendar.worked(at, 24 * 60),
        };
        worked(to) > worked(from)
    };
    let runs = |at: usize| !pauses.iter().any(|pause| touches(at, &pause));
    // Once a pause is open nothing is counted any more.
    let open = pauses.last().filter(|pause| pause.1.is_none()).map(|pause| pause.0.0);
    let found = nth_day(calendar, count, received, days, |at| runs(at) || open.is_some_and(|open| at > open));
    let Some(at) = found else { return Found::Outside };
    let stopped = open.filter(|open| at >= *open && !(at == *open && runs(at)));
    if let Some(words) = words {
        words.days(received, days, stopped.unwrap_or(at), pauses, runs);
    }
    if stopped.is_some() { Found::Paused } else { Found::At((at, closing(calendar, at))) }
}
