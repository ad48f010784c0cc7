//! Fees that are given back at the counter.

use super::{DossierId, Fee, FeeId};
use base::{Decimal, Timestamp};
use serde::Serialize;

db::id!(
    /// One refund.
    RefundId
);

/// A refund of a fee, whole or in part, in whole đồng.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refund {
    pub id: RefundId,
    pub fee: FeeId,
    pub amount: Decimal,
    pub reason: String,
    pub asked: Timestamp,
    pub asked_by: String,
    pub decided: Option<Timestamp>,
    pub decided_by: String,
    pub agreed: bool,
    pub why_not: String,
    /// When the money was given back.
    pub paid: Option<Timestamp>,
    pub paid_by: String,
    /// Of its slip.
    pub number: String,
}

impl Refund {
    /// Whether money is on its way back, or back: what was declined takes nothing of the fee.
    pub fn counts(&self) -> bool {
        self.decided.is_none() || self.agreed
    }

    pub fn say(&self) -> &'static str {
        match (self.decided, self.agreed, self.paid) {
            (None, ..) => "Chờ lãnh đạo duyệt",
            (_, false, _) => "Không duyệt",
            (_, true, None) => "Được duyệt, chưa trả tiền",
            (_, true, Some(_)) => "Đã trả lại tiền",
        }
    }
}

/// What of a fee has not been given back, nor asked back.
pub fn left_of(fee: &Fee, refunds: &[Refund]) -> Decimal {
    let gone: Decimal = refunds.iter().filter(|one| one.fee == fee.id && one.counts()).map(|one| one.amount).sum();
    fee.amount - gone
}

/// What of a fee is back with whoever paid it.
pub fn returned_of(fee: &Fee, refunds: &[Refund]) -> Decimal {
    refunds.iter().filter(|one| one.fee == fee.id && one.paid.is_some()).map(|one| one.amount).sum()
}

/// A line of the day's money: a fee that came in, or one that went back.
#[derive(Clone, Debug)]
pub struct Cash {
    pub at: Timestamp,
    /// Of the receipt, or of the slip.
    pub number: String,
    pub dossier: DossierId,
    pub code: String,
    pub fee: String,
    /// It came through the gateway.
    pub online: bool,
    pub back: bool,
    pub amount: Decimal,
    pub who: String,
}

/// What came in and went back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Money {
    pub cash: Decimal,
    pub online: Decimal,
    pub back: Decimal,
}

impl Money {
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Cash>) -> Money {
        let mut sum = Money::default();
        for line in lines {
            match (line.back, line.online) {
                (true, _) => sum.back += line.amount,
                (_, true) => sum.online += line.amount,
                (_, false) => sum.cash += line.amount,
            }
        }
        sum
    }

    pub fn paid(&self) -> Decimal {
        self.cash + self.online
    }

    pub fn net(&self) -> Decimal {
        self.paid() - self.back
    }
}
