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
