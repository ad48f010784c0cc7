//! The reporting systems of the Government and of ministries: a report's figures and its text are told to them.
//!
//! QCVN 125:2021/BTTTT names thirteen packets and leaves the way of connecting to whoever connects. The fields of its tables could not
//! be read here, so the packets are of our own making, after the standard's names, with a version in each; their schemas are
//! `data/links/reporting-*.json`. Told here are the figures (số liệu báo cáo) and the text (gửi đề cương báo cáo); what is answered is
//! the status (trạng thái báo cáo), which says of which message it speaks.

use crate::contract;
use crate::http::{Client, Load, unreachable};
use crate::{Delivery, Doing, Message, Outgoing, Port, Verdict, words};
use base::Date;
use people::Failure;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The system's name in the queue.
pub const SYSTEM: &str = "bao-cao";
const FIGURES: &str = "figures";
const TEXT: &str = "text";
/// Of our packets.
const VERSION: &str = "1.0";

/// Where reports are told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Without a slash at the end; packets go to `/goi-tin` under it.
    pub address: String,
    pub token: String,
    /// What the other side calls this province or agency.
    pub unit: String,
}

/// What every packet of a report says first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Of {
    /// The regime, and what the report is called.
    pub regime: String,
    pub name: String,
    pub period: String,
    /// Its days, with the last.
    pub from: Date,
    pub to: Date,
    /// Counted from 1: a report that was opened again is told again.
    pub sending: i64,
    pub number: String,
    pub issued: Date,
}

/// One figure: exact, with a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub indicator: String,
    /// The item of its categories; empty: the whole.
    pub part: String,
    /// 1 planned, 2 estimated, 3 done, 4 official.
    pub nature: u8,
    pub unit: String,
    pub value: String,
}

/// One section of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    pub code: String,
    pub heading: String,
    pub text: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Body<T> {
    of: Of,
    items: Vec<T>,
}

/// The message with a report's figures. `subject` is the report.
pub fn figures(subject: &str, of: &Of, items: Vec<Figure>) -> Result<Outgoing, serde_json::Error> {
    outgoing(subject, FIGURES, of, items)
}

/// The message with a report's text.
pub fn text(subject: &str, of: &Of, items: Vec<Section>) -> Result<Outgoing, serde_json::Error> {
    outgoing(subject, TEXT, of, items)
}

fn outgoing<T: Serialize>(
    subject: &str,
    kind: &'static str,
    of: &Of,
    items: Vec<T>,
) -> Result<Outgoing, serde_json::Error> {
    let key = format!("{subject}:{}:{kind}", of.sending);
    let body = serde_json::to_value(Body { of: of.clone(), items })?;
    Ok(Outgoing { system: SYSTEM, kind, subject: subject.to_owned(), key, body })
}

/// The port to one such system.
pub struct Reporting {
    settings: Settings,
    client: Client,
}

impl Reporting {
    pub fn new(settings: Settings) -> Result<Reporting, Failure> {
        let client = Client::new(&settings.address)?;
        Ok(Reporting { settings, client })
    }

    async fn told(&self, message: &Message) -> Result<Delivery, Delivery> {
        let packet = self.packet(message)?;
        let held = if message.kind == FIGURES { contract::reporting_figures() } else { contract::reporting_text() };
        held.hold(&packet)?;
        let bearer = format!("Bearer {}", self.settings.token);
        let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", message.key.as_str())];
        let url = format!("{}/goi-tin", self.settings.address);
        let answer = self.client.post(&url, &headers, Load::Json(&packet)).await.map_err(unreachable)?;
        if !answer.is_ok() {
            let reason = answer.text_of("LyDo");
            return Err(answer.failed(reason));
        }
        Ok(status(&answer.json, &message.key).answered(answer.status, answer.text))
    }

    fn packet(&self, message: &Message) -> Result<Value, Delivery> {
        let unreadable = |_| Delivery::wrong(words::unreadable("không đúng dạng mà phiên bản này gửi"));
        match message.kind.as_str() {
            FIGURES => {
                let body: Body<Figure> = serde_json::from_value(message.body.clone()).map_err(unreadable)?;
                let items = body.items.iter().map(|one| {
                    json!({ "MaChiTieu": one.indicator, "MaPhanTo": one.part, "LoaiDuLieu": one.nature, "DonViTinh": one.unit, "GiaTri": one.value })
                });
                Ok(self.head("SoLieuBaoCao", &message.key, &body.of, ("SoLieu", items.collect())))
            }
            TEXT => {
                let body: Body<Section> = serde_json::from_value(message.body.clone()).map_err(unreadable)?;
                let items = body.items.iter();
                let items = items.map(|one| json!({ "MaMuc": one.code, "TieuDe": one.heading, "NoiDung": one.text }));
                Ok(self.head("GuiDeCuongBaoCao", &message.key, &body.of, ("DeCuong", items.collect())))
            }
            other => Err(Delivery::wrong(words::unknown_kind(other))),
        }
    }

    fn head(&self, packet: &str, key: &str, of: &Of, (name, items): (&str, Vec<Value>)) -> Value {
        json!({
            "GoiTin": packet, "PhienBan": VERSION, "MaBanTin": key, "MaDonViGui": self.settings.unit, "MaCheDo": of.regime,
            "TenBaoCao": of.name, "MaKy": of.period, "TuNgay": of.from, "DenNgay": of.to, "LanGui": of.sending, "SoVanBan": of.number,
            "NgayVanBan": of.issued, name: items,
        })
    }
}

impl Port for Reporting {
    fn system(&self) -> &'static str {
        SYSTEM
    }

    fn deliver<'a>(&'a self, message: &'a Message, _: Option<&'a str>) -> Doing<'a> {
        Box::pin(async move { self.told(message).await.unwrap_or_else(|failed| failed) })
    }
}

/// What the status packet says. One that is none, or speaks of another message, says nothing of this one: it is asked again.
fn status(answer: &Value, key: &str) -> Delivery {
    let said = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default();
    if !contract::reporting_status().problems(answer).is_empty() {
        return Delivery::new(Verdict::Again, "Hệ thống báo cáo trả lời không đúng gói tin trạng thái.");
    }
    if said("MaBanTin") != key {
        return Delivery::new(Verdict::Again, "Hệ thống báo cáo trả lời về một bản tin khác.");
    }
    match said("TrangThai") {
        "da-tiep-nhan" => Delivery::new(Verdict::Sent, "Hệ thống báo cáo đã tiếp nhận."),
        _ => Delivery::new(Verdict::Refused, format!("Hệ thống báo cáo từ chối: {}", said("LyDo"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(of: &str, state: &str) -> Value {
        json!({ "GoiTin": "TrangThaiBaoCao", "PhienBan": "1.0", "MaBanTin": of, "TrangThai": state, "LyDo": "thiếu kỳ", "ThoiDiem": "2026-12-18T09:00:00+07:00" })
    }

    #[test]
    fn only_a_status_of_the_message_itself_is_believed() {
        let verdict = |answer: &Value| status(answer, "a:1:figures").verdict;
        assert_eq!(verdict(&packet("a:1:figures", "da-tiep-nhan")), Verdict::Sent);
        assert_eq!(verdict(&packet("a:1:figures", "tu-choi")), Verdict::Refused);
        assert_eq!(verdict(&packet("a:2:figures", "da-tiep-nhan")), Verdict::Again, "of another message");
        assert_eq!(verdict(&json!({ "ok": true })), Verdict::Again);
        assert_eq!(verdict(&packet("a:1:figures", "xong")), Verdict::Again, "no such state");
        assert!(status(&packet("a:1:figures", "tu-choi"), "a:1:figures").say.ends_with("thiếu kỳ"));
    }
}
