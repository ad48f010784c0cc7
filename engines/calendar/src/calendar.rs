//! Every day of a span of years: worked or not, with which hours, and why not.
//!
//! Made once, asked a million times: the minutes worked before each day are summed up, so that a deadline is a search
//! and not a walk.

use crate::agency::{Agency, Closure, Span};
use crate::lunar;
use crate::table::{Holiday, Kind, Status, Statute, Table};
use base::{Refusal, Refusals};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use std::collections::BTreeMap;

/// The years a calendar holds: from the first table to where the lunar calendar ends.
const FIRST: Date = Date::constant(2018, 1, 1);
const END: Date = Date::constant(2100, 1, 1);

/// A minute of the calendar: the place of its day, and the minute of that day.
pub(crate) type Minute = (usize, u16);

/// One agency's working days.
pub struct Calendar {
    days: Vec<Day>,
    /// Minutes worked before each day, and after the last.
    before: Vec<u32>,
    pub(crate) cut_off: Option<u16>,
    status: BTreeMap<i16, Status>,
    /// The hours by weekday, each from its day on; the first from the beginning.
    weeks: Vec<(Date, [Vec<Span>; 7])>,
}

/// One day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Day {
    pub spans: Vec<Span>,
    /// Why it is not worked, or worked on a weekend; none for an ordinary day.
    pub why: Option<String>,
    /// Off by the law or an agency's closure, as weekends are not.
    pub is_off: bool,
    pub is_made_up: bool,
}

/// A day that differs from an ordinary week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Special {
    pub date: Date,
    /// What is worked of it.
    pub spans: Vec<Span>,
    pub is_made_up: bool,
    pub why: String,
}

impl Calendar {
    /// Joins the law, the tables of single years and an agency's own hours.
    pub fn new(statute: &Statute, tables: &[Table], agency: &Agency) -> Result<Calendar, Refusals> {
        let wrong: Refusals = tables.iter().flat_map(Table::problems).collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut days = vec![Day::default(); index(END).unwrap_or(0)];
        for (at, day) in days.iter_mut().enumerate() {
            day.spans = agency.spans(weekday(date(at)), date(at)).to_vec();
        }
        let mut status = BTreeMap::new();
        for year in FIRST.year()..END.year() {
            let table = tables.iter().find(|table| table.year == year);
            status.insert(year, table.map_or(Status::Proposed, |table| table.status));
            match table {
                Some(table) => mark(&mut days, table, agency),
                None => proposed(statute, year).into_iter().for_each(|(day, why)| off(&mut days, day, why)),
            }
        }
        agency.made_up.iter().for_each(|one| work(&mut days, agency, one.date, one.replaces, &one.why));
        agency.closures.iter().for_each(|closure| close(&mut days, closure));
        let mut before = Vec::with_capacity(days.len() + 1);
        let mut sum = 0;
        before.push(sum);
        for day in &days {
            sum += day.spans.iter().map(|(from, to)| u32::from(to - from)).sum::<u32>();
            before.push(sum);
        }
        let later = agency.weeks.iter().map(|week| (week.from, week.hours.clone()));
        let weeks = std::iter::once((FIRST, agency.hours.clone())).chain(later).collect();
        Ok(Calendar { days, before, cut_off: agency.cut_off.map(crate::agency::minute_of), status, weeks })
    }

    /// The days off from Monday to Friday.
    pub fn off(&self, year: i16) -> Vec<Date> {
        self.of(year, |day, date| day.is_off && day.spans.is_empty() && is_weekday(date))
    }

    /// The Saturdays and Sundays worked for another day.
    pub fn made_up(&self, year: i16) -> Vec<Date> {
        self.of(year, |day, _| day.is_made_up)
    }

    /// The hours of an ordinary week, from Monday, as they hold on a day.
    pub fn week(&self, on: Date) -> &[Vec<Span>; 7] {
        let begun = self.weeks.iter().enumerate().filter(|(at, (from, _))| *at == 0 || *from <= on);
        begun.max_by_key(|(at, (from, _))| (*at > 0, *from)).map_or(&self.weeks[0].1, |(_, (_, hours))| hours)
    }

    /// When work ends on a day; none where it is not worked, or outside the calendar.
    pub fn close_of(&self, day: Date) -> Option<DateTime> {
        let at = index(day)?;
        let (_, end) = self.day(at)?.spans.last()?;
        Some(crate::due::moment((at, *end)))
    }

    /// None outside the years of the calendar.
    pub fn status(&self, year: i16) -> Option<Status> {
        self.status.get(&year).copied()
    }

    /// The days of a year that are not what their weekday says: off, worked though a weekend, or closed for a part.
    pub fn special(&self, year: i16) -> Vec<Special> {
        let of = |(at, day): (usize, &Day)| {
            let why = day.why.clone()?;
            Some(Special { date: date(at), spans: day.spans.clone(), is_made_up: day.is_made_up, why })
        };
        let days = self.days.iter().enumerate().filter(|(at, _)| date(*at).year() == year);
        days.filter_map(of).collect()
    }

    fn of(&self, year: i16, is: impl Fn(&Day, Date) -> bool) -> Vec<Date> {
        let days = self.days.iter().enumerate().map(|(at, day)| (day, date(at)));
        days.filter(|(day, date)| date.year() == year && is(day, *date)).map(|(_, date)| date).collect()
    }

    pub(crate) fn day(&self, at: usize) -> Option<&Day> {
        self.days.get(at)
    }

    pub(crate) fn is_worked(&self, at: usize) -> bool {
        self.days.get(at).is_some_and(|day| !day.spans.is_empty())
    }

    /// The first day from this one on that is worked.
    pub(crate) fn next_worked(&self, at: usize) -> Option<usize> {
        (at..self.days.len()).find(|at| self.is_worked(*at))
    }

    /// Minutes worked from the beginning of the calendar to this minute of this day.
    pub(crate) fn worked(&self, at: usize, minute: u16) -> u32 {
        let spans = self.days.get(at).map_or(&[][..], |day| &day.spans);
        let within = |(from, to): &Span| u32::from(minute.clamp(*from, *to) - from);
        self.before.get(at).copied().unwrap_or(0) + spans.iter().map(within).sum::<u32>()
    }

    /// The day and minute at whose end so many minutes have been worked; none beyond the calendar.
    pub(crate) fn when(&self, worked: u32) -> Option<Minute> {
        let at = self.before.partition_point(|before| *before < worked).checked_sub(1)?;
        let mut left = worked - self.before.get(at)?;
        for (from, to) in &self.days.get(at)?.spans {
            let length = u32::from(to - from);
            if left <= length {
                return Some((at, from + u16::try_from(left).ok()?));
            }
            left -= length;
        }
        None
    }
}

/// Monday is 0.
pub(crate) fn weekday(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)
}

/// Whether a day is one from Monday to Friday.
pub fn is_weekday(date: Date) -> bool {
    weekday(date) < 5
}

/// The place of a day in the calendar.
pub(crate) fn index(day: Date) -> Option<usize> {
    (day <= END).then(|| usize::try_from(day.duration_since(FIRST).as_hours() / 24).ok()).flatten()
}

pub(crate) fn date(at: usize) -> Date {
    i64::try_from(at).ok().and_then(|at| FIRST.checked_add(at.days()).ok()).unwrap_or(END)
}

/// A day outside the calendar, in words.
pub(crate) fn outside() -> Refusal {
    let say = format!("Lịch làm việc chỉ có từ năm {} đến hết năm {}.", FIRST.year(), END.year() - 1);
    Refusal::new("calendar-outside", say)
}

fn off(days: &mut [Day], day: Date, why: String) {
    if let Some(found) = index(day).and_then(|at| days.get_mut(at)) {
        *found = Day { spans: Vec::new(), why: Some(why), is_off: true, is_made_up: false };
    }
}

fn mark(days: &mut [Day], table: &Table, agency: &Agency) {
    for entry in &table.days {
        match (entry.kind, entry.replaces) {
            (Kind::MadeUp, Some(instead)) => work(days, agency, entry.date, instead, &entry.why),
            _ => off(days, entry.date, entry.why.clone()),
        }
    }
}

/// Works a day off, with the hours of another day.
fn work(days: &mut [Day], agency: &Agency, date: Date, instead: Date, why: &str) {
    if let Some(day) = index(date).and_then(|at| days.get_mut(at)) {
        let spans = agency.spans(weekday(instead), date).to_vec();
        *day = Day { spans, why: Some(why.to_owned()), is_off: false, is_made_up: true };
    }
}

fn close(days: &mut [Day], closure: &Closure) {
    let (Some(from), Some(to)) = (index(closure.from), index(closure.to)) else { return };
    for day in days.iter_mut().take(to).skip(from).filter(|day| !day.spans.is_empty()) {
        day.spans = closure.half.map_or_else(Vec::new, |half| half.leaves(&day.spans));
        day.is_off = true;
        day.why = Some(closure.why.clone());
    }
}

/// The days off of a year that has no table: those of the law, and the next working day for each that falls on a
/// weekly day off (Bộ luật Lao động 2019 Art. 111.3).
fn proposed(statute: &Statute, year: i16) -> Vec<(Date, String)> {
    let mut found: Vec<(Date, String)> = Vec::new();
    for (at, edition) in statute.editions.iter().enumerate() {
        for holiday in &edition.holidays {
            let days = days_of(holiday, year).into_iter().filter(|day| edition_on(statute, *day) == Some(at));
            found.extend(days.map(|day| (day, holiday.name.clone())));
        }
    }
    let weekend: Vec<(Date, String)> = found.iter().filter(|(day, _)| !is_weekday(*day)).cloned().collect();
    for (day, name) in weekend {
        let mut next = day;
        while !is_weekday(next) || found.iter().any(|(taken, _)| *taken == next) {
            next = next.tomorrow().unwrap_or(END);
        }
        found.push((next, format!("Nghỉ bù {name}")));
    }
    found.sort();
    found
}

/// Which edition of the law holds on a day.
fn edition_on(statute: &Statute, day: Date) -> Option<usize> {
    let begun = statute.editions.iter().enumerate().filter(|(_, edition)| edition.from <= day);
    begun.max_by_key(|(_, edition)| edition.from).map(|(at, _)| at)
}

fn days_of(holiday: &Holiday, year: i16) -> Vec<Date> {
    let day = match (holiday.solar, holiday.lunar) {
        (Some([month, day]), _) => {
            Date::new(year, i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0)).ok()
        }
        (None, Some([month, day])) => lunar::day_of(year, month, day),
        (None, None) => None,
    };
    let Some(day) = day else { return Vec::new() };
    let beside = holiday.beside.map(|beside| beside[weekday(day)]);
    (-holiday.before..=holiday.after).chain(beside).filter_map(|ahead| day.checked_add(ahead.days()).ok()).collect()
}
