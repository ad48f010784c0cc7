//! Every reason for which this room says no, and its sentence; and what it says of a try that failed.

use base::{Decimal, Refusal, number};

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// Only what was refused or given up is sent again or passed over.
    NotStuck,
    /// A line that goes on without a message needs a reason.
    ReasonMissing,
    /// Zero, negative, or with a part of a đồng.
    AmountWrong,
    /// The fee is paid already.
    FeePaid,
    /// A call-back whose signature is not the gateway's.
    Forged,
    /// A call-back that cannot be read.
    Garbled,
    /// Only what was paid is given back.
    NotPaid,
    /// It was asked for already.
    RefundAsked,
    /// The gateway did not answer.
    GatewayAway,
    /// The gateway answered and would not.
    GatewayRefused { say: String },
}

impl From<NotNow> for Refusal {
    fn from(no: NotNow) -> Refusal {
        match no {
            NotNow::NotStuck => {
                Refusal::new("link-not-stuck", "Chỉ gửi lại hoặc bỏ qua được tin bị từ chối hoặc đã ngừng gửi.")
            }
            NotNow::ReasonMissing => Refusal::new("link-reason", "Ghi lý do để người khác xem lại.").at("reason"),
            NotNow::AmountWrong => {
                Refusal::new("payment-amount", "Số tiền phải là số đồng nguyên, lớn hơn 0.").at("amount")
            }
            NotNow::FeePaid => Refusal::new("payment-paid", "Khoản phí này đã được nộp, không cần nộp nữa."),
            NotNow::Forged => Refusal::new("payment-forged", "Chữ ký của thông báo thanh toán không đúng."),
            NotNow::Garbled => Refusal::new("payment-garbled", "Thông báo thanh toán không đúng cấu trúc."),
            NotNow::NotPaid => Refusal::new("payment-not-paid", "Chỉ hoàn được khoản tiền đã nhận."),
            NotNow::RefundAsked => Refusal::new("payment-refund-asked", "Khoản tiền này đã được yêu cầu hoàn."),
            NotNow::GatewayAway => {
                let say = "Cổng thanh toán chưa trả lời. Hãy thử lại sau ít phút; chưa có khoản tiền nào bị trừ.";
                Refusal::new("payment-away", say)
            }
            NotNow::GatewayRefused { say } => {
                Refusal::new("payment-refused", format!("Cổng thanh toán không nhận yêu cầu này: {say}"))
            }
        }
    }
}

/// The program stopped in the middle, as often as it may.
pub(crate) const CUT_TOO_OFTEN: &str = "Việc gửi bị ngắt giữa chừng quá nhiều lần.";
pub(crate) const CUT: &str = "Chương trình dừng khi đang gửi.";
pub(crate) const SLOW: &str = "Hệ thống ngoài không trả lời trong thời gian chờ.";

pub(crate) fn unknown_kind(kind: &str) -> String {
    format!("Kết nối này không gửi được loại tin “{kind}”.")
}

pub(crate) fn unreadable(problem: &str) -> String {
    format!("Nội dung tin thiếu hoặc sai: {problem}.")
}

pub(crate) fn differs(asked: &Decimal, said: &Decimal) -> String {
    format!("Cổng thanh toán báo {} đồng, số phải nộp là {} đồng.", number::vi(said), number::vi(asked))
}

pub(crate) const EXPIRED: &str = "Không có thông báo nộp tiền trong thời hạn chờ.";
pub(crate) const TWICE: &str = "Khoản phí này đã được nộp bằng một lần thanh toán khác: cần hoàn lại tiền.";
