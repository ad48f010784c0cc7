//! Periods of a year, as reports name them.

use base::Date;
use jiff::Span;
use jiff::civil::date;

/// Code and name of each period of a year, from the longest.
pub const PERIODS: [(&str, &str); 19] = [
    ("nam", "Cả năm"),
    ("6d", "6 tháng đầu năm"),
    ("6c", "6 tháng cuối năm"),
    ("q1", "Quý I"),
    ("q2", "Quý II"),
    ("q3", "Quý III"),
    ("q4", "Quý IV"),
    ("t1", "Tháng 1"),
    ("t2", "Tháng 2"),
    ("t3", "Tháng 3"),
    ("t4", "Tháng 4"),
    ("t5", "Tháng 5"),
    ("t6", "Tháng 6"),
    ("t7", "Tháng 7"),
    ("t8", "Tháng 8"),
    ("t9", "Tháng 9"),
    ("t10", "Tháng 10"),
    ("t11", "Tháng 11"),
    ("t12", "Tháng 12"),
];

/// The days of a period, half-open; none for a code or a year that there is not.
pub fn days_of(code: &str, year: i16) -> Option<(Date, Date)> {
    if !(1990..=2100).contains(&year) {
        return None;
    }
    let (month, months): (i8, i8) = match code {
        "nam" => (1, 12),
        "6d" => (1, 6),
        "6c" => (7, 6),
        _ => {
            let (kind, number) = code.split_at_checked(1)?;
            let number: i8 = number.parse().ok()?;
            match kind {
                "q" if (1..=4).contains(&number) => (number * 3 - 2, 3),
                "t" if (1..=12).contains(&number) => (number, 1),
                _ => return None,
            }
        }
    };
    let from = date(year, month, 1);
    Some((from, from.saturating_add(Span::new().months(months))))
}

/// A period in words: "Quý I/2020", "Năm 2020"; other days by their first and last.
pub fn name_of(from: Date, to: Date) -> String {
    let found = PERIODS.iter().find(|(code, _)| days_of(code, from.year()) == Some((from, to)));
    match found {
        Some(("nam", _)) => format!("Năm {}", from.year()),
        Some((code, name)) if code.starts_with('6') => name.replace("năm", &format!("năm {}", from.year())),
        Some((_, name)) => format!("{name}/{}", from.year()),
        None => format!("{} – {}", base::day::vi(from), base::day::vi(to.yesterday().unwrap_or(to))),
    }
}
