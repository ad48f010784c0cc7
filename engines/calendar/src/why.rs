//! Why a deadline is what it is, line by line: what a citizen may ask at the counter.

use crate::calendar::{self, Calendar, Minute};
use crate::due::{self, Count, Limit, minutes as minutes_of, moment};
use crate::ledger::Pause;
use jiff::civil::{Date, DateTime};

const WEEKDAYS: [&str; 7] = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ Nhật"];

/// The lines of one explanation, in the order they are found.
pub(crate) struct Words<'a> {
    calendar: &'a Calendar,
    count: Count,
    lines: Vec<String>,
    /// Days off not yet said: first, last, and why.
    rest: Option<(usize, usize, Vec<String>)>,
}

impl<'a> Words<'a> {
    pub fn new(calendar: &'a Calendar, received: Minute, limit: Limit, count: Count) -> Words<'a> {
        let how = match (count, limit) {
            (Count::Hours, limit) => format!("{} làm việc", minutes(minutes_of(limit))),
            (Count::Days, Limit::Days(days)) => format!("{days} ngày làm việc, không tính ngày nhận"),
            (_, Limit::Days(days)) => format!("{days} ngày, không tính ngày nhận"),
            (_, Limit::Minutes(all)) => minutes(all),
        };
        let lines = vec![format!("Nhận lúc {}. Thời hạn: {how}.", said(moment(received)))];
        Words { calendar, count, lines, rest: None }
    }

    /// Working time consumed between two moments; `until` where the last minute is used up.
    pub fn hours(&mut self, from: Minute, to: Minute, until: Option<u16>) {
        for at in from.0..=to.0 {
            let begun = if at == from.0 { from.1 } else { 0 };
            let ended = if at == to.0 { to.1 } else { 24 * 60 };
            let worked = self.calendar.worked(at, ended).saturating_sub(self.calendar.worked(at, begun));
            if !self.calendar.is_worked(at) {
                self.off(at);
            } else if worked > 0 {
                let made_up = self.made_up(at);
                let until =
                    until.filter(|_| at == to.0).map_or_else(String::new, |minute| format!(" → {}", hour(minute)));
                self.line(format!("{}: {}{made_up}{until}.", day(at), minutes(worked)));
            }
        }
    }

    /// Days counted one by one up to `days`, and on to `last`, where a limit ends on a day not worked.
    pub fn days(&mut self, received: Minute, days: u32, last: usize, pauses: &[Pause], runs: impl Fn(usize) -> bool) {
        let mut first = received.0;
        if self.count == Count::Days
            && let Some(counted) = due::receipt(self.calendar, received).filter(|day| *day != received.0)
        {
            self.lines.push(format!("Nhận ngoài giờ nhận của ngày: tính là nhận {}.", day(counted)));
            first = counted;
        }
        let mut nth = 0;
        for at in first + 1..=last {
            for (paused, resumed, reason) in pauses.iter().filter(|pause| pause.0.0 == at) {
                self.pause(*paused, *resumed, reason);
            }
            let is_counted = self.count == Count::Calendar || self.calendar.is_worked(at);
            if nth == days && self.calendar.is_worked(at) {
                self.line(format!("{}: ngày làm việc tiếp theo.", day(at)));
            } else if nth == days || !is_counted {
                self.off(at);
            } else if runs(at) {
                nth += 1;
                let made_up = self.made_up(at);
                self.line(format!("Ngày {nth}: {}{made_up}.", day(at)));
            }
        }
    }

    pub fn pause(&mut self, from: Minute, to: Option<Minute>, reason: &str) {
        self.flush();
        let to = to.map_or_else(|| "chưa tiếp tục".to_owned(), |to| format!("tiếp tục lúc {}", said(moment(to))));
        self.lines.push(format!("Tạm dừng lúc {} ({reason}), {to}.", said(moment(from))));
    }

    pub fn due(mut self, due: Minute) -> Vec<String> {
        self.flush();
        self.lines.push(format!("Hạn: {}.", said(moment(due))));
        self.lines
    }

    pub fn standing(mut self) -> Vec<String> {
        self.flush();
        self.lines.push("Đang tạm dừng: chưa có hạn mới.".into());
        self.lines
    }

    fn made_up(&self, at: usize) -> String {
        let day = self.calendar.day(at).filter(|day| day.is_made_up);
        day.and_then(|day| day.why.as_ref()).map_or_else(String::new, |why| format!(" ({why})"))
    }

    fn line(&mut self, line: String) {
        self.flush();
        self.lines.push(line);
    }

    /// A day not worked: those that follow each other are one line.
    fn off(&mut self, at: usize) {
        let why = self.calendar.day(at).and_then(|day| day.why.clone());
        let (_, last, reasons) = self.rest.get_or_insert_with(|| (at, at, Vec::new()));
        *last = at;
        if let Some(why) = why.filter(|why| !reasons.contains(why)) {
            reasons.push(why);
        }
    }

    fn flush(&mut self) {
        let Some((first, last, reasons)) = self.rest.take() else { return };
        let reasons = if reasons.is_empty() { "cuối tuần".to_owned() } else { reasons.join("; ") };
        let days = if first == last { day(first) } else { format!("{} đến {}", day(first), day(last)) };
        self.lines.push(format!("{days}: nghỉ ({reasons})."));
    }
}

/// "16:00 thứ Năm 12/02/2026"
pub(crate) fn said(at: DateTime) -> String {
    format!("{:02}:{:02} {}", at.hour(), at.minute(), named(at.date()))
}

fn day(at: usize) -> String {
    named(calendar::date(at))
}

/// "thứ Năm 12/02/2026"
pub fn named(date: Date) -> String {
    format!("{} {}", WEEKDAYS[calendar::weekday(date)], base::day::vi(date))
}

fn hour(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// "6 giờ 30 phút"
pub fn minutes(all: u32) -> String {
    match (all / 60, all % 60) {
        (0, rest) => format!("{rest} phút"),
        (hours, 0) => format!("{hours} giờ"),
        (hours, rest) => format!("{hours} giờ {rest} phút"),
    }
}
