//! Days and moments in expressions. XForms keeps them as text: `2026-09-05`, `2026-09-05T08:30:00.000+07:00`, `08:30:00`.
//!
//! As a number a day is the count of days since 1/1/1970, whole; a moment is the same count with its fraction, in UTC.
//! Compared with each other, a day stands for its first moment in Việt Nam. A moment without an offset is local there.

use crate::number::Number;
use base::{Date, Exact, Timestamp, day};
use jiff::{SignedDuration, tz::Offset};

const EPOCH: Date = jiff::civil::date(1970, 1, 1);
const DAY: i64 = 86_400_000;
const HERE: Offset = jiff::tz::offset(7);

/// `2026-09-05`, and nothing near it.
pub fn read_day(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() });
    if !shaped {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?).ok()
}

/// `08:30`, `08:30:00`, `08:30:00.000`, with or without an offset (`Z`, `+07:00`, `+07`): milliseconds of the day, and
/// the offset in seconds where there is one.
pub fn read_time(text: &str) -> Option<(i64, Option<i64>)> {
    let split = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at_checked(split)?;
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = whole.split(':');
    let hours = two(parts.next()?, 23)?;
    let minutes = two(parts.next()?, 59)?;
    let seconds = parts.next().map_or(Some(0), |part| two(part, 59))?;
    let is_fraction = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || !is_fraction {
        return None;
    }
    let millis: i64 = format!("{fraction:0<3}")[..3].parse().ok()?;
    Some((((hours * 60 + minutes) * 60 + seconds) * 1000 + millis, offset(zone)?))
}

fn two(part: &str, most: i64) -> Option<i64> {
    let is_two = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    part.parse().ok().filter(|number| is_two && *number <= most)
}

/// Seconds east of UTC; nothing for a time that names no offset; none where it cannot be read.
fn offset(zone: &str) -> Option<Option<i64>> {
    let sign = match zone.chars().next() {
        None => return Some(None),
        Some('Z') => return (zone == "Z").then_some(Some(0)),
        Some('-') => -1,
        Some(_) => 1,
    };
    let (hours, minutes) = zone.get(1..)?.split_once(':').unwrap_or((zone.get(1..)?, "00"));
    Some(Some(sign * (two(hours, 14)? * 60 + two(minutes, 59)?) * 60))
}

/// A day, `T` and a time.
pub fn read_moment(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once('T')?;
    let (millis, offset) = read_time(time)?;
    let local = day::start(read_day(date)?).checked_add(SignedDuration::from_millis(millis)).ok()?;
    let east = offset.unwrap_or(7 * 3600);
    local.checked_add(SignedDuration::from_secs(7 * 3600 - east)).ok()
}

/// The moment a text stands for: a day begins at midnight in Việt Nam.
pub fn moment(text: &str) -> Option<Timestamp> {
    read_day(text).map(day::start).or_else(|| read_moment(text))
}

/// Days since 1/1/1970 of a day or a moment.
pub fn days(text: &str) -> Option<Number> {
    if let Some(date) = read_day(text) {
        return Some(Number::Exact(Exact::from(date.duration_since(EPOCH).as_hours() / 24)));
    }
    let millis = read_moment(text)?.as_millisecond();
    Exact::ratio(millis, DAY).map(Number::Exact)
}

/// The part of the day that is gone at this time, in Việt Nam.
pub fn part_of_day(text: &str) -> Option<Number> {
    let here = 7 * 3600;
    let millis = match text.split_once('T') {
        Some(_) => (read_moment(text)?.as_millisecond() + here * 1000).rem_euclid(DAY),
        None => {
            let (millis, offset) = read_time(text)?;
            (millis + (here - offset.unwrap_or(here)) * 1000).rem_euclid(DAY)
        }
    };
    Exact::ratio(millis, DAY).map(Number::Exact)
}

/// The day of a text, or so many days after 1/1/1970.
pub fn day_of(text: &str, number: &Number) -> Option<Date> {
    if let Some(day) = read_day(text).or_else(|| read_moment(text).map(day::today)) {
        return Some(day);
    }
    let days = number.exact()?.clone();
    let near = days.round_scaled(0)?;
    let whole = if Exact::scaled(near, 0) > days { near - 1 } else { near };
    // No day is further away, and a longer span would not fit.
    let hours = i64::try_from(whole).ok().filter(|days| days.abs() < 4_000_000)? * 24;
    EPOCH.checked_add(SignedDuration::from_hours(hours)).ok()
}

pub fn write_day(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// With the offset of Việt Nam, as `now()` gives it.
pub fn write_moment(moment: Timestamp) -> String {
    let local = HERE.to_datetime(moment);
    let (time, millis) = (local.time(), local.time().subsec_nanosecond() / 1_000_000);
    let clock = format!("{:02}:{:02}:{:02}.{millis:03}", time.hour(), time.minute(), time.second());
    format!("{}T{clock}+07:00", write_day(local.date()))
}

/// What may stand in a format; `%H` and after only where there is a time.
pub const OF_DAY: &str = "Yymnbdea";
pub const OF_MOMENT: &str = "YymnbdeaHhMS3";

/// `%d/%m/%Y`; the short names are the Vietnamese ones.
pub fn format(moment: Timestamp, pattern: &str) -> String {
    let local = HERE.to_datetime(moment);
    let mut written = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            written.push(letter);
            continue;
        }
        written += &match letters.next().unwrap_or('%') {
            'Y' => format!("{:04}", local.year()),
            'y' => format!("{:02}", local.year().rem_euclid(100)),
            'm' => format!("{:02}", local.month()),
            'n' => local.month().to_string(),
            'b' => format!("thg {}", local.month()),
            'd' => format!("{:02}", local.day()),
            'e' => local.day().to_string(),
            'a' => match local.weekday().to_monday_one_offset() {
                7 => "CN".into(),
                place => format!("Th {}", place + 1),
            },
            'H' => format!("{:02}", local.hour()),
            'h' => local.hour().to_string(),
            'M' => format!("{:02}", local.minute()),
            'S' => format!("{:02}", local.second()),
            '3' => format!("{:03}", local.subsec_nanosecond() / 1_000_000),
            other => other.to_string(),
        };
    }
    written
}
