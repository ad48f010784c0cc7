//! How moments and texts cross the wall: the outside reads the clock of Việt Nam, and keeps to lengths.

use base::Timestamp;
use db::DbError;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde_json::Value;

/// The country has one time zone (Asia/Ho_Chi_Minh) without summer time.
const VIETNAM: Offset = Offset::constant(7);

fn on_wall(at: Timestamp) -> DateTime {
    VIETNAM.to_datetime(at)
}

/// `yyyyMMddHHmmss`: the portal's services of 2019 to 2025, and the payment gateway.
pub(crate) fn compact(at: Timestamp) -> String {
    on_wall(at).strftime("%Y%m%d%H%M%S").to_string()
}

/// `yyyy-MM-dd HH:mm:ss`: how a dossier is created in 2026.
pub(crate) fn plain(at: Timestamp) -> String {
    on_wall(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// ISO 8601 with milliseconds and the offset: how progress is told in 2026.
pub(crate) fn iso(at: Timestamp) -> String {
    let at = on_wall(at);
    format!("{}.{:03}+07:00", at.strftime("%Y-%m-%dT%H:%M:%S"), at.millisecond())
}

/// The first `most` characters.
pub(crate) fn beginning(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

pub(crate) fn json(text: &str) -> Result<Value, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Value(format!("not JSON: {error}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn moments_are_told_by_the_clock_of_vietnam() {
        // Half past one at night, the next day already in Việt Nam.
        let at: Timestamp = "2020-09-14T18:30:05.250Z".parse().unwrap();
        assert_eq!(compact(at), "20200915013005");
        assert_eq!(plain(at), "2020-09-15 01:30:05");
        assert_eq!(iso(at), "2020-09-15T01:30:05.250+07:00");
    }
}
