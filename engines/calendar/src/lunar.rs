//! The Vietnamese lunar calendar: months begin on the day of the new moon at UTC+7 (Quyết định 121-CP, 8/8/1967), and
//! the month that holds the winter solstice is the eleventh.
//!
//! Astronomy is the one place here with floats: the new moon comes from Meeus, *Astronomical Formulae for
//! Calculators* (1979), ch. 32, the sun's longitude from his *Astronomical Algorithms* (1991), ch. 24, as Hồ Ngọc Đức
//! put them together. Good to minutes, and no new moon of 1968–2100 falls that near to midnight.

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use std::f64::consts::PI;

/// Years for which the calendar of UTC+7 is defined here.
pub const YEARS: std::ops::RangeInclusive<i16> = 1968..=2100;

/// Mean length of a lunar month, in days.
const MONTH: f64 = 29.530588853;
/// The new moon from which months are counted, as a Julian day: 1/1/1900.
const FIRST: f64 = 2415021.076998695;
/// The Julian day number of 1/1/1970.
const UNIX: i64 = 2440588;
const HOURS_AHEAD: f64 = 7.0;

/// The civil day of a lunar day in the months that are not doubled; none outside [`YEARS`].
pub fn day_of(year: i16, month: u8, day: u8) -> Option<Date> {
    if !YEARS.contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let (month, year) = (i64::from(month), i64::from(year));
    let (from, to) = match month {
        ..11 => (eleventh(year - 1), eleventh(year)),
        _ => (eleventh(year), eleventh(year + 1)),
    };
    let mut ahead = (month - 11).rem_euclid(12);
    // Thirteen new moons between two solstices: one month has no principal term, and is doubled.
    if to - from > 365 && ahead >= doubled(from) {
        ahead += 1;
    }
    date(new_moon_day(count_at(from) + ahead) + i64::from(day) - 1)
}

/// Mùng 1 tháng Giêng.
pub fn new_year(year: i16) -> Option<Date> {
    day_of(year, 1, 1)
}

/// Giỗ Tổ Hùng Vương: mùng 10 tháng 3.
pub fn hung_kings(year: i16) -> Option<Date> {
    day_of(year, 3, 10)
}

fn date(julian: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add((julian - UNIX).days()).ok()
}

fn julian(day: Date) -> i64 {
    let since: SignedDuration = day.duration_since(Date::constant(1970, 1, 1));
    since.as_hours() / 24 + UNIX
}

/// The first day of the eleventh month of a lunar year: that of the winter solstice.
fn eleventh(year: i64) -> i64 {
    let last = i16::try_from(year).map_or(0, |year| julian(Date::constant(year, 12, 31)));
    let count = ((last - 2415021) as f64 / MONTH).floor() as i64;
    let day = new_moon_day(count);
    if sun_sector(day) >= 9 { new_moon_day(count - 1) } else { day }
}

/// Which month after the eleventh is the doubled one.
fn doubled(eleventh: i64) -> i64 {
    let first = count_at(eleventh);
    let sector = |ahead: i64| sun_sector(new_moon_day(first + ahead));
    (2..14).find(|ahead| sector(*ahead) == sector(ahead - 1)).map_or(13, |ahead| ahead - 1)
}

fn count_at(day: i64) -> i64 {
    (0.5 + (day as f64 - FIRST) / MONTH).floor() as i64
}

fn new_moon_day(count: i64) -> i64 {
    (new_moon(count as f64) + 0.5 + HOURS_AHEAD / 24.0).floor() as i64
}

/// In which twelfth of its year the sun stands as the day begins: 9 from the winter solstice on.
fn sun_sector(day: i64) -> i64 {
    (sun_longitude(day as f64 - 0.5 - HOURS_AHEAD / 24.0) / PI * 6.0).floor() as i64
}

/// The moment of the new moon of this count, as a Julian day in universal time.
fn new_moon(k: f64) -> f64 {
    let t = k / 1236.85;
    let (t2, t3) = (t * t, t * t * t);
    let sin = |degrees: f64| degrees.to_radians().sin();
    let mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3
        + 0.00033 * sin(166.56 + 132.87 * t - 0.009173 * t2);
    // The anomalies of sun and moon, and the moon's argument of latitude.
    let sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3;
    let moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3;
    let node = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3;
    let shift = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2.0 * sun) - 0.4068 * sin(moon)
        + 0.0161 * sin(2.0 * moon)
        - 0.0004 * sin(3.0 * moon)
        + 0.0104 * sin(2.0 * node)
        - 0.0051 * sin(sun + moon)
        - 0.0074 * sin(sun - moon)
        + 0.0004 * sin(2.0 * node + sun)
        - 0.0004 * sin(2.0 * node - sun)
        - 0.0006 * sin(2.0 * node + moon)
        + 0.0010 * sin(2.0 * node - moon)
        + 0.0005 * sin(2.0 * moon + sun);
    // What the earth's rotation lags behind uniform time.
    let lag = -0.000278 + 0.000265 * t + 0.000262 * t2;
    mean + shift - lag
}

/// The sun's longitude at a Julian day, in radians from 0 to 2π.
fn sun_longitude(day: f64) -> f64 {
    let t = (day - 2451545.0) / 36525.0;
    let t2 = t * t;
    let sin = |degrees: f64| degrees.to_radians().sin();
    let anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t2 - 0.00000048 * t * t2;
    let mean = 280.46645 + 36000.76983 * t + 0.0003032 * t2;
    let shift = (1.914600 - 0.004817 * t - 0.000014 * t2) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2.0 * anomaly)
        + 0.000290 * sin(3.0 * anomaly);
    (mean + shift).to_radians().rem_euclid(2.0 * PI)
}
