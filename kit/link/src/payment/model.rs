//! The nouns: an asking for money, its state, and what a notice changed.

use base::{Decimal, Timestamp};
use db::{DbError, Row};
use serde::Serialize;

db::id!(
    /// One asking for money, or a receipt nobody asked for.
    PaymentId
);

db::words! {
    /// How far a payment is. Neither the state of the dossier nor that of a message.
    PaymentState {
        Pending = "pending", "Chờ thanh toán";
        Paid = "paid", "Đã thanh toán";
        Failed = "failed", "Không thành công";
        /// Another sum than was asked came in: never taken as paid.
        Mismatch = "mismatch", "Sai số tiền";
        Refunded = "refunded", "Đã hoàn tiền";
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// What it is about: 'dossier:<id>'.
    pub subject: String,
    /// What is paid; the same for every asking of the same fee.
    pub fee: String,
    /// In đồng: whole, above zero.
    pub amount: Decimal,
    /// What the payer reads: 'Lệ phí hồ sơ 000.00.12.H50-…'.
    pub content: String,
    /// The payer's name; may be empty.
    pub payer: String,
}

/// One asking for money, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Payment {
    pub id: PaymentId,
    /// What the gateway knows it by; of a receipt nobody asked for, 'code/reference'.
    pub code: String,
    pub subject: String,
    pub fee: String,
    /// In đồng, as asked.
    pub amount: Decimal,
    pub content: String,
    pub payer: String,
    pub state: PaymentState,
    /// Paid, but the fee was paid already: to be given back.
    pub extra: bool,
    /// In đồng, as the gateway says.
    pub said: Option<Decimal>,
    /// The gateway's number of the receipt.
    pub reference: Option<String>,
    /// Where the payer goes to pay; none before [`open`](super::open).
    pub address: Option<String>,
    /// In Vietnamese.
    pub problem: Option<String>,
    pub begun: Timestamp,
    pub settled: Option<Timestamp>,
    pub refund_reason: Option<String>,
    pub refund_asked: Option<Timestamp>,
    pub refunded: Option<Timestamp>,
}

impl Payment {
    /// Whether somebody has to give money back: it came a second time, or in another sum, and nobody has asked for it yet.
    pub fn is_to_refund(&self) -> bool {
        let wrong = self.extra || self.state == PaymentState::Mismatch;
        wrong && matches!(self.state, PaymentState::Paid | PaymentState::Mismatch) && self.refund_asked.is_none()
    }

    /// The code of the asking it came in on.
    pub(super) fn asking_code(&self) -> &str {
        self.code.split('/').next().unwrap_or_default()
    }
}

/// What a notice of the gateway changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Change {
    /// Heard before, or overtaken by what is known: harmless.
    Nothing,
    /// The fee is paid.
    Paid,
    /// Money came for a fee that was paid already; one of the two is to be given back.
    PaidTwice,
    /// Another sum came than was asked.
    Mismatch,
    Failed,
    Refunded,
}

/// A payment as it is after a notice, and what the notice changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settled {
    pub payment: Payment,
    pub change: Change,
}

/// What a list of payments shows. The default: all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<PaymentState>,
    pub subject: Option<String>,
    /// Only where [`Payment::is_to_refund`].
    pub to_refund: bool,
}

/// Reads the columns in the order in which every query of this room names them.
pub(super) fn read_payment(row: &mut Row) -> Result<Payment, DbError> {
    Ok(Payment {
        id: row.pull()?,
        code: row.pull()?,
        subject: row.pull()?,
        fee: row.pull()?,
        amount: row.pull()?,
        content: row.pull()?,
        payer: row.pull()?,
        state: row.pull()?,
        extra: row.pull()?,
        said: row.pull()?,
        reference: row.pull()?,
        address: row.pull()?,
        problem: row.pull()?,
        begun: row.pull()?,
        settled: row.pull()?,
        refund_reason: row.pull()?,
        refund_asked: row.pull()?,
        refunded: row.pull()?,
    })
}
