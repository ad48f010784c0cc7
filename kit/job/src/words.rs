//! Every reason for which this room says no, and what it says of a job that fell over.

use base::Refusal;

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// Cancelled too late: it has ended.
    Ended,
    /// Only what failed or was cancelled is begun again.
    NotFailed,
}

impl From<NotNow> for Refusal {
    fn from(no: NotNow) -> Refusal {
        match no {
            NotNow::Ended => Refusal::new("job-ended", "Việc này đã kết thúc nên không hủy được nữa."),
            NotNow::NotFailed => Refusal::new("job-not-failed", "Chỉ chạy lại được việc không thành công hoặc đã hủy."),
        }
    }
}

/// The handler panicked.
pub(crate) const FELL: &str = "Hệ thống gặp sự cố khi làm việc này.";
/// The program stopped in the middle, as often as it may.
pub(crate) const CUT: &str = "Việc này bị dừng giữa chừng quá nhiều lần. Hãy báo người quản trị.";
/// The handler's feature is not part of this program.
pub(crate) const UNKNOWN: &str = "Không có chương trình nào làm được việc này. Hãy báo người quản trị.";
