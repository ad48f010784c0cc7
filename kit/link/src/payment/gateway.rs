//! The conversation with the gateway: create, ask, give back. Each body is signed, each is held against its schema.
//!
//! The contract is our own (docs/how-to/connections.md), with the names of the national payment platform where they are known:
//! a real gateway is joined by an adapter in front of it, or by another file beside this one.

use super::{Notice, Payment, PaymentId, REFUND, SYSTEM, sign};
use crate::contract::{self, Contract};
use crate::http::{Answer, Client, Load, unreachable};
use crate::{Delivery, Doing, Message, NotNow, Port, Verdict, wall, words};
use base::{Decimal, Refusal, Timestamp};
use people::Failure;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A shorter secret could be guessed.
const SHORTEST_SECRET: usize = 16;

/// What the contract with the gateway says.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Without a slash at the end.
    pub address: String,
    /// `MaDonVi`: the unit that money is taken for.
    pub unit: String,
    /// Shared with the gateway; at least 16 characters.
    pub secret: String,
    /// Where the gateway sends its call-backs: an address of this site.
    pub notify: String,
}

/// The port to the gateway.
pub struct Gateway {
    settings: Settings,
    client: Client,
}

impl Gateway {
    pub fn new(settings: Settings) -> Result<Gateway, Failure> {
        if settings.secret.len() < SHORTEST_SECRET {
            let say = format!("Khóa ký của cổng thanh toán phải có ít nhất {SHORTEST_SECRET} ký tự.");
            return Err(Failure::refused("payment-secret", say));
        }
        let client = Client::new(&settings.address)?;
        Ok(Gateway { settings, client })
    }

    /// Reads a notice, if the gateway signed it.
    pub(super) fn read(&self, body: &Value) -> Result<Notice, NotNow> {
        Notice::read(body, &self.settings.unit, &self.settings.secret)
    }

    /// Tells of an asking; gives where the payer goes.
    pub(super) async fn create(&self, payment: &Payment, return_to: &str, now: Timestamp) -> Result<String, Failure> {
        let body = self.signed(
            now,
            json!({
                "MaGiaoDich": payment.code,
                "SoTien": payment.amount.to_string(),
                "MaHoSo": payment.subject,
                "NoiDungThanhToan": wall::beginning(&payment.content, 250),
                "HoTenNguoiNop": payment.payer,
                "DiaChiTraVe": return_to,
                "DiaChiThongBao": self.settings.notify,
            }),
        );
        let answer = self.call("/payments", &body, contract::payment_create()).await.map_err(refusal)?;
        let address = answer.text_of("DiaChiThanhToan").filter(|address| is_web(address));
        address.ok_or_else(|| Refusal::from(NotNow::GatewayAway).into())
    }

    /// What the gateway knows of an asking. A notice that it did not sign is left out, and told in the log.
    pub(super) async fn ask(&self, code: &str, now: Timestamp) -> Result<Vec<Notice>, Delivery> {
        let body = self.signed(now, json!({ "MaGiaoDich": code }));
        let answer = self.call("/payments/query", &body, contract::payment_query()).await?;
        let said = answer.json.get("DanhSach").and_then(Value::as_array).cloned().unwrap_or_default();
        let read = |body: &Value| {
            let notice = self.read(body).ok().filter(|notice| notice.code == code);
            if notice.is_none() {
                tracing::warn!(code, "the gateway's answer holds a notice that is not signed, or not of this payment");
            }
            notice
        };
        Ok(said.iter().filter_map(read).collect())
    }

    async fn give_back(&self, body: &Value, now: Timestamp) -> Result<Delivery, Delivery> {
        let back = Back::deserialize(body).map_err(|error| Delivery::wrong(words::unreadable(&error.to_string())))?;
        let body = self.signed(
            now,
            json!({
                "MaHoanTien": back.refund.to_string(),
                "MaGiaoDich": back.code,
                "MaTraCuuTT": back.reference,
                "SoTien": back.amount.to_string(),
                "LyDo": back.reason,
            }),
        );
        let answer = self.call("/payments/refund", &body, contract::payment_refund()).await?;
        Ok(Delivery::sent().answered(answer.status, answer.text))
    }

    fn signed(&self, now: Timestamp, body: Value) -> Value {
        let mut body = match body {
            Value::Object(object) => object,
            _ => Map::new(),
        };
        body.insert("MaDonVi".to_owned(), json!(self.settings.unit));
        body.insert("ThoiDiem".to_owned(), json!(wall::compact(now)));
        // What cannot be signed has no signature, and the schema refuses it.
        sign::sign(&mut body, &self.settings.secret);
        Value::Object(body)
    }

    /// One call; only an answer with `MaLoi` "00" is one.
    async fn call(&self, path: &str, body: &Value, held: &Contract) -> Result<Answer, Delivery> {
        held.hold(body)?;
        let url = format!("{}{path}", self.settings.address);
        let answer = self.client.post(&url, &[], Load::Json(body)).await.map_err(unreachable)?;
        let said = answer.text_of("ThongBao");
        if !answer.is_ok() {
            return Err(answer.failed(said));
        }
        match answer.text_of("MaLoi").as_deref() {
            Some("00") => Ok(answer),
            Some(code) => {
                let say = format!("{} (mã {code})", said.unwrap_or_else(|| "không nêu lý do".into()));
                Err(Delivery::new(Verdict::Refused, say).answered(answer.status, answer.text))
            }
            None => Err(Delivery::new(Verdict::Away, "Cổng thanh toán trả lời không đúng quy định.")
                .answered(answer.status, answer.text)),
        }
    }
}

/// The body of a refund in the queue.
#[derive(Deserialize)]
struct Back {
    refund: PaymentId,
    code: String,
    reference: String,
    amount: Decimal,
    reason: String,
}

/// The payer is sent nowhere but to a web page.
fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

fn refusal(failed: Delivery) -> Failure {
    match failed.verdict {
        Verdict::Refused => Refusal::from(NotNow::GatewayRefused { say: failed.say }).into(),
        Verdict::Sent | Verdict::Again | Verdict::Away | Verdict::Cut => Refusal::from(NotNow::GatewayAway).into(),
    }
}

impl Port for Gateway {
    fn system(&self) -> &'static str {
        SYSTEM
    }

    fn deliver<'a>(&'a self, message: &'a Message, _remote: Option<&'a str>) -> Doing<'a> {
        Box::pin(async move {
            if message.kind != REFUND {
                return Delivery::wrong(words::unknown_kind(&message.kind));
            }
            // The moment of the message, not of the try: the same again is the same body.
            match self.give_back(&message.body, message.put).await {
                Ok(delivery) | Err(delivery) => delivery,
            }
        })
    }
}
