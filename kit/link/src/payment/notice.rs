//! What the gateway says of one payment: a call-back's body, and each entry of its answer to our question.

use super::sign::is_signed;
use crate::{NotNow, contract};
use base::Decimal;
use serde_json::Value;

base::words! {
    /// What the gateway says, in its numbers.
    Told {
        Pending = "0", "Chờ thanh toán";
        Paid = "1", "Đã thanh toán";
        Failed = "2", "Không thành công";
        Refunded = "3", "Đã hoàn tiền";
    }
}

/// One notice, signed by the gateway.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Our code of the asking.
    pub code: String,
    /// The gateway's number of the receipt; empty where no money came.
    pub reference: String,
    /// In đồng.
    pub amount: Decimal,
    pub told: Told,
}

impl Notice {
    /// Reads a body. The signature comes first: of what is not signed nothing is believed, not even what is wrong with it.
    pub(super) fn read(body: &Value, unit: &str, secret: &str) -> Result<Notice, NotNow> {
        let object = body.as_object().ok_or(NotNow::Garbled)?;
        if !is_signed(object, secret) {
            return Err(NotNow::Forged);
        }
        if !contract::payment_notice().problems(body).is_empty() {
            return Err(NotNow::Garbled);
        }
        let text = |name: &str| body[name].as_str().unwrap_or_default();
        // A secret may be shared by several units of one gateway.
        if text("MaDonVi") != unit {
            return Err(NotNow::Forged);
        }
        let told = Told::of(text("TrangThai")).ok_or(NotNow::Garbled)?;
        let amount = text("SoTien").parse().map_err(|_| NotNow::Garbled)?;
        let (code, reference) = (text("MaGiaoDich").to_owned(), text("MaTraCuuTT").to_owned());
        // Money that came, or went back, has a number.
        match matches!(told, Told::Paid | Told::Refunded) && reference.is_empty() {
            true => Err(NotNow::Garbled),
            false => Ok(Notice { code, reference, amount, told }),
        }
    }
}
