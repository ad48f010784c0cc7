//! How a step kept its time.

use base::Timestamp;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Before,
    On,
    Late,
}

impl Kept {
    /// As the control slip has it.
    pub fn say(self) -> &'static str {
        match self {
            Kept::Before => "Trước hạn",
            Kept::On => "Đúng hạn",
            Kept::Late => "Quá hạn",
        }
    }
}

/// By the minute, as working time is reckoned; nothing where it had no time.
pub fn kept_time(done: Timestamp, due: Option<Timestamp>) -> Option<Kept> {
    let minute = |at: Timestamp| at.as_second().div_euclid(60);
    Some(match minute(done).cmp(&minute(due?)) {
        std::cmp::Ordering::Less => Kept::Before,
        std::cmp::Ordering::Equal => Kept::On,
        std::cmp::Ordering::Greater => Kept::Late,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_step_keeps_its_time_by_the_minute() {
        let at = |text: &str| format!("2026-11-24T{text}+07:00").parse::<Timestamp>().unwrap();
        let kept = |done: &str| kept_time(at(done), Some(at("11:30:00"))).unwrap().say();
        assert_eq!([kept("11:29:59"), kept("11:30:59"), kept("11:31:00")], ["Trước hạn", "Đúng hạn", "Quá hạn"]);
        assert_eq!(kept_time(at("11:30:00"), None), None);
    }
}
