//! Days and moments in Việt Nam: read as people type them, written as offices do.
//!
//! The country has one time zone, UTC+7 without summer time, so no table of zones is needed.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use crate::{Refusal, text};

const VIETNAM: Offset = Offset::constant(7);

/// Years that a day in this house can fall in; anything else is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// The day in Việt Nam at this moment.
pub fn today(now: Timestamp) -> Date {
    local(now).date()
}

/// The moment a day begins in Việt Nam: 00:00 there, 17:00 of the day before in UTC.
pub fn start(day: Date) -> Timestamp {
    let edge = if day.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    VIETNAM.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(edge)
}

/// "05/09/2026"
pub fn vi(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// "ngày 05 tháng 02 năm 2026": days under 10 and the months 1 and 2 take a leading zero, the other months
/// do not (NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục 4).
pub fn vi_long(day: Date) -> String {
    let zero = if day.month() <= 2 { "0" } else { "" };
    format!("ngày {:02} tháng {zero}{} năm {}", day.day(), day.month(), day.year())
}

/// "24/11/2026 09:14"
pub fn vi_moment(moment: Timestamp) -> String {
    format!("{} {}", vi(today(moment)), vi_time(moment))
}

/// "09:14", of 24 hours
pub fn vi_time(moment: Timestamp) -> String {
    let time = local(moment).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn local(moment: Timestamp) -> DateTime {
    VIETNAM.to_datetime(moment)
}

/// Reads a day as staff type it: "5/9/26", "05/09/2026", "05092026", "050926", "5.9.2026", "5-9-2026", the
/// ISO form "2026-09-05", and "hn" (hôm nay) for today.
///
/// The day comes before the month. A year of two digits is the one at most twenty years after `today`'s:
/// in 2026, "46" is 2046 and "47" is 1947.
pub fn read_vi(typed: &str, today: Date) -> Result<Date, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Refusal::new("day.empty", "Chưa nhập ngày."));
    }
    if matches!(text::fold(typed).as_str(), "hn" | "hom nay") {
        return Ok(today);
    }
    let parts = parts(typed).ok_or_else(|| unreadable(typed))?;
    let (day, month, year) = match parts {
        [year, month, day] if year.len() == 4 && typed.contains('-') => (day, month, year),
        parts => (parts[0], parts[1], parts[2]),
    };
    if day.len() > 2 || month.len() > 2 {
        return Err(unreadable(typed));
    }
    let number = |digits: &str| digits.parse::<i16>().map_err(|_| unreadable(typed));
    let full_year = match year.len() {
        2 => this_century(number(year)?, today),
        4 => number(year)?,
        _ => return Err(unreadable(typed)),
    };
    assemble(number(day)?, number(month)?, full_year)
}

/// The three runs of digits, parted by one sign used twice, or by their places.
fn parts(typed: &str) -> Option<[&str; 3]> {
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if all_digits(typed) && matches!(typed.len(), 6 | 8) {
        return Some([&typed[..2], &typed[2..4], &typed[4..]]);
    }
    let sign = typed.chars().find(|c| !c.is_ascii_digit() && !c.is_whitespace()).filter(|c| "/.-".contains(*c))?;
    let parts: Vec<&str> = typed.split(sign).map(str::trim).collect();
    let parts: [&str; 3] = parts.try_into().ok()?;
    parts.iter().all(|part| all_digits(part)).then_some(parts)
}

fn this_century(two_digits: i16, today: Date) -> i16 {
    let latest = today.year() + 20;
    let year = latest - latest.rem_euclid(100) + two_digits;
    if year > latest { year - 100 } else { year }
}

fn assemble(day: i16, month: i16, year: i16) -> Result<Date, Refusal> {
    let impossible = |say: String| Err(Refusal::new("day.impossible", say));
    if !YEARS.contains(&year) {
        return impossible(format!("Năm {year} không hợp lệ."));
    }
    if !(1..=12).contains(&month) {
        return impossible(format!("Không có tháng {month}. Viết ngày trước, tháng sau: dd/mm/yyyy."));
    }
    let Ok(first) = Date::new(year, month as i8, 1) else {
        return impossible(format!("Năm {year} không hợp lệ."));
    };
    if day < 1 || day > i16::from(first.days_in_month()) {
        return impossible(format!("Không có ngày {day}: tháng {month} năm {year} có {} ngày.", first.days_in_month()));
    }
    Date::new(year, month as i8, day as i8).or_else(|_| impossible(format!("Không có ngày {day}/{month}/{year}.")))
}

fn unreadable(typed: &str) -> Refusal {
    Refusal::new("day.unreadable", format!("“{typed}” không phải là ngày. Viết dd/mm/yyyy, ví dụ 05/09/2026."))
}

#[cfg(test)]
mod tests;
