//! When a fee is given back at the counter.

use crate::model::*;
use base::Decimal;
use serde::Deserialize;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../data/dossier/fees.toml");

#[derive(Deserialize)]
struct Table {
    refund: Practice,
}

/// How refunds are done.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// A greater sum is given back only with the approval of the agency's head.
    pub approval_above: Decimal,
}

/// As the data say; where they cannot be read, each refund is approved.
pub fn practice() -> &'static Practice {
    static READ: OnceLock<Practice> = OnceLock::new();
    let each = Practice { approval_above: Decimal::ZERO };
    READ.get_or_init(|| toml::from_str::<Table>(TABLE).map_or(each, |table| table.refund))
}

impl Practice {
    pub fn asks_approval(&self, amount: Decimal) -> bool {
        amount > self.approval_above
    }
}

/// Whether so much of a fee may be asked back: everything that is wrong.
pub fn may_ask_refund(fee: &Fee, refunds: &[Refund], amount: Decimal, reason: &str) -> Vec<NotNow> {
    if fee.way == ONLINE {
        return vec![NotNow::RefundOnline];
    }
    if !matches!(fee.state, FeeState::Paid | FeeState::Refunded) {
        return vec![NotNow::RefundUnpaid];
    }
    let left = left_of(fee, refunds);
    let mut wrong = Vec::new();
    if left <= Decimal::ZERO {
        return vec![NotNow::RefundTwice { name: fee.name.clone() }];
    }
    if amount <= Decimal::ZERO || !amount.fract().is_zero() {
        wrong.push(NotNow::RefundAmount);
    } else if amount > left {
        wrong.push(NotNow::RefundTooMuch { left });
    }
    if reason.trim().is_empty() {
        wrong.push(NotNow::RefundWhy);
    }
    wrong
}

/// Whether the head still has to decide.
pub fn may_decide_refund(refund: &Refund) -> Result<(), NotNow> {
    if refund.decided.is_none() { Ok(()) } else { Err(NotNow::RefundDecided { how: refund.say() }) }
}

/// Whether the money may be given out.
pub fn may_give_back(refund: &Refund) -> Result<(), NotNow> {
    match (refund.agreed, refund.paid) {
        (true, None) => Ok(()),
        (false, _) => Err(NotNow::RefundUnapproved { how: refund.say() }),
        (true, Some(_)) => Err(NotNow::RefundPaidOut { number: refund.number.clone() }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use base::Timestamp;

    fn fee(state: FeeState, way: &str) -> Fee {
        Fee {
            id: db::fresh_id(),
            name: "Phí thẩm định".into(),
            amount: Decimal::from(1_200_000),
            at_return: false,
            state,
            receipt: "0000007".into(),
            paid: None,
            way: way.into(),
        }
    }

    fn refund(of: &Fee, amount: i64, agreed: Option<bool>) -> Refund {
        Refund {
            id: db::fresh_id(),
            fee: of.id,
            amount: Decimal::from(amount),
            reason: "Thu nhầm".into(),
            asked: Timestamp::UNIX_EPOCH,
            asked_by: String::new(),
            decided: agreed.map(|_| Timestamp::UNIX_EPOCH),
            decided_by: String::new(),
            agreed: agreed.unwrap_or_default(),
            why_not: String::new(),
            paid: None,
            paid_by: String::new(),
            number: String::new(),
        }
    }

    #[test]
    fn no_more_is_asked_back_than_was_paid() {
        let paid = fee(FeeState::Paid, "cash");
        let check = |before: &[Refund], amount: i64| may_ask_refund(&paid, before, Decimal::from(amount), "Thu nhầm");
        assert_eq!(check(&[], 1_200_000), []);
        assert_eq!(check(&[], 1_200_001), [NotNow::RefundTooMuch { left: Decimal::from(1_200_000) }]);
        assert_eq!(check(&[], 0), [NotNow::RefundAmount]);
        assert_eq!(may_ask_refund(&paid, &[], "0.5".parse().unwrap(), ""), [NotNow::RefundAmount, NotNow::RefundWhy]);
        // What is asked counts, also before it is decided; what was declined does not.
        let asked = [refund(&paid, 1_000_000, None)];
        assert_eq!(check(&asked, 200_001), [NotNow::RefundTooMuch { left: Decimal::from(200_000) }]);
        assert_eq!(check(&[refund(&paid, 1_000_000, Some(false))], 1_200_000), []);
        let whole = [refund(&paid, 1_200_000, Some(true))];
        assert_eq!(check(&whole, 1), [NotNow::RefundTwice { name: "Phí thẩm định".into() }]);
    }

    #[test]
    fn only_what_was_paid_at_the_counter_is_given_back_there() {
        let ask = |of: &Fee| may_ask_refund(of, &[], Decimal::ONE, "Thu nhầm");
        assert_eq!(ask(&fee(FeeState::Due, "")), [NotNow::RefundUnpaid]);
        assert_eq!(ask(&fee(FeeState::Waived, "cash")), [NotNow::RefundUnpaid]);
        assert_eq!(ask(&fee(FeeState::Paid, "online")), [NotNow::RefundOnline]);
    }

    #[test]
    fn money_goes_out_once_and_only_when_it_was_agreed() {
        let paid = fee(FeeState::Paid, "cash");
        assert!(may_give_back(&refund(&paid, 1, Some(true))).is_ok());
        for (agreed, how) in [(None, "Chờ lãnh đạo duyệt"), (Some(false), "Không duyệt")] {
            assert_eq!(may_give_back(&refund(&paid, 1, agreed)), Err(NotNow::RefundUnapproved { how }));
        }
        let out =
            Refund { paid: Some(Timestamp::UNIX_EPOCH), number: "0000001".into(), ..refund(&paid, 1, Some(true)) };
        assert_eq!(may_give_back(&out), Err(NotNow::RefundPaidOut { number: "0000001".into() }));
        assert!(may_decide_refund(&refund(&paid, 1, None)).is_ok());
        assert!(may_decide_refund(&refund(&paid, 1, Some(false))).is_err());
    }

    #[test]
    fn the_practice_says_from_which_sum_on_a_head_approves() {
        assert!(practice().asks_approval(Decimal::ONE), "as the data stand, always");
        let lenient = Practice { approval_above: Decimal::from(200_000) };
        assert!(!lenient.asks_approval(Decimal::from(200_000)) && lenient.asks_approval(Decimal::from(200_001)));
    }
}
