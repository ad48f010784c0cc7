//! The year that figures are reported for.

use base::Date;

/// The reporting year that a day belongs to: from 15/12 of the year before to 14/12 (NĐ 09/2019/NĐ-CP Art. 12).
pub fn reporting_year(day: Date) -> (Date, Date) {
    let ends = |year: i16| Date::new(year, 12, 15).unwrap_or(day);
    let year = if day < ends(day.year()) { day.year() } else { day.year() + 1 };
    (ends(year - 1), ends(year))
}

/// Those whose figures are counted on a day: its own, and for a month after its end the one before, for what is
/// corrected late.
pub fn years_counted(today: Date) -> Vec<(Date, Date)> {
    let before = reporting_year(today.saturating_sub(jiff::Span::new().days(31)));
    let mut years = vec![reporting_year(today)];
    if before != years[0] {
        years.push(before);
    }
    years
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_reporting_year_turns_on_the_fifteenth_of_december() {
        let year = |day: &str| {
            let (from, to) = reporting_year(day.parse().unwrap());
            format!("{from} {to}")
        };
        assert_eq!(year("2026-12-14"), "2025-12-15 2026-12-15");
        assert_eq!(year("2026-12-15"), "2026-12-15 2027-12-15");
        assert_eq!(year("2026-01-01"), "2025-12-15 2026-12-15");
    }

    #[test]
    fn the_year_before_is_counted_for_a_month_more() {
        let years = |day: &str| years_counted(day.parse().unwrap()).len();
        assert_eq!([years("2026-12-14"), years("2026-12-20"), years("2027-01-20")], [1, 2, 1]);
    }
}
