//! The conversation of 2019 and 2023: a session, then calls that carry it. HTTP is always 200; `error_code` tells.
//!
//! The portal's answer to a session that is over is not published, so any refusal with a session kept from before is
//! asked again once with a fresh one.

use super::body_2019;
use super::{Portal, Said};
use crate::http::{Answer, Load, unreachable};
use crate::{Delivery, Verdict, contract, words};
use base::text;
use serde_json::{Value, json};

/// The portal has a dossier of this code: it is to be sent as a change. Compared without marks and capitals.
const KNOWN_ALREADY: &str = "da dong bo";
/// What is kept of a dossier that the portal has: there it has no other name than its code.
const KNOWN: &str = "known";

pub(super) async fn deliver(portal: &Portal, said: &Said, key: &str, remote: Option<&str>) -> Delivery {
    let call = match Call::of(portal, said, remote.is_some()) {
        Ok(call) => call,
        Err(say) => return Delivery::wrong(words::unreadable(&say)),
    };
    match converse(portal, call, key).await {
        Ok(delivery) | Err(delivery) => delivery,
    }
}

/// What is asked of the portal, without its session.
struct Call {
    service: &'static str,
    item: Value,
    updating: Option<bool>,
    contract: &'static contract::Contract,
}

impl Call {
    fn of(portal: &Portal, said: &Said, known: bool) -> Result<Call, String> {
        let generation = portal.settings.generation;
        Ok(match said {
            Said::Dossier(sync) => Call {
                service: "DongBoHoSoMC",
                item: body_2019::dossier(sync, generation)?,
                updating: Some(known),
                contract: match generation {
                    super::Generation::Y2023 => contract::dossier_2023(),
                    super::Generation::Y2019 | super::Generation::Y2026 => contract::dossier_2019(),
                },
            },
            Said::Progress(sync) => Call {
                service: "CapNhatTienDoHoSoMC",
                item: body_2019::progress(sync)?,
                updating: None,
                contract: contract::progress_2019(),
            },
        })
    }

    fn body(&self, portal: &Portal, session: &str) -> Value {
        let mut body = body_2019::object(json!({
            "session": session,
            "madonvi": portal.settings.unit,
            "service": self.service,
        }));
        if let Some(updating) = self.updating {
            body.insert("isUpdating".to_owned(), json!(if updating { "True" } else { "False" }));
        }
        body.insert("data".to_owned(), json!([self.item]));
        Value::Object(body)
    }
}

async fn converse(portal: &Portal, mut call: Call, key: &str) -> Result<Delivery, Delivery> {
    // Checked before a session is opened: the outside is not troubled with what is wrong of itself.
    call.contract.hold(&call.body(portal, "-"))?;
    let (mut session, mut fresh) = session(portal).await?;
    loop {
        let answer = ask(portal, &call.body(portal, &session), key).await?;
        let reason = reason(&answer);
        if is_success(&answer) {
            let remote = call.updating.map(|_| KNOWN.to_owned());
            return Ok(Delivery::sent().answered(answer.status, answer.text).known_as(remote));
        }
        if call.updating == Some(false) && text::fold(&reason).contains(KNOWN_ALREADY) {
            call.updating = Some(true);
            continue;
        }
        if fresh {
            return Ok(refused(portal, &answer, &reason));
        }
        *portal.pass.lock().await = None;
        (session, fresh) = self::session(portal).await?;
    }
}

/// The session that worked last, or a fresh one (then true).
async fn session(portal: &Portal) -> Result<(String, bool), Delivery> {
    let mut pass = portal.pass.lock().await;
    if let Some(session) = &*pass {
        return Ok((session.clone(), false));
    }
    let settings = &portal.settings;
    let body = json!({ "username": settings.account, "password": settings.secret });
    let headers = [("dstcode", settings.destination.as_str())];
    let url = portal.url(&settings.paths.session);
    let answer = portal.client.post(&url, &headers, Load::Json(&body)).await.map_err(unreachable)?;
    match answer.text_of("session").filter(|session| is_success(&answer) && !session.is_empty()) {
        Some(session) => Ok((pass.insert(session).clone(), true)),
        // Whatever it says: it is our account that is wrong, never the message.
        None => {
            let say = format!("Cổng Dịch vụ công quốc gia không mở phiên kết nối: {}", reason(&answer));
            // The answer may repeat what was sent; it is not kept.
            Err(Delivery::new(Verdict::Away, say).answered(answer.status, ""))
        }
    }
}

async fn ask(portal: &Portal, body: &Value, key: &str) -> Result<Answer, Delivery> {
    let headers = [("dstcode", portal.settings.destination.as_str()), ("Idempotency-Key", key)];
    let url = portal.url(&portal.settings.paths.call);
    let answer = portal.client.post(&url, &headers, Load::Json(body)).await.map_err(unreachable)?;
    match answer.is_ok() {
        true => Ok(answer),
        false => {
            let said = answer.text_of("message");
            Err(answer.failed(said))
        }
    }
}

/// `error_code` 0 as a number, or "0" or "00" as text.
fn is_success(answer: &Answer) -> bool {
    answer.is_ok() && matches!(answer.text_of("error_code").as_deref(), Some("0" | "00"))
}

fn reason(answer: &Answer) -> String {
    let said = answer.text_of("message").or_else(|| answer.text_of("error_message"));
    said.filter(|said| !said.is_empty()).unwrap_or_else(|| "không nêu lý do".to_owned())
}

fn refused(portal: &Portal, answer: &Answer, reason: &str) -> Delivery {
    let Some(code) = answer.text_of("error_code") else {
        // Not the portal: a proxy, or a page of maintenance.
        return Delivery::new(Verdict::Away, "Cổng Dịch vụ công quốc gia trả lời không đúng quy định.")
            .answered(answer.status, &answer.text);
    };
    let busy = portal.settings.busy_codes.contains(&code);
    let verdict = if busy { Verdict::Again } else { Verdict::Refused };
    let say = format!("Cổng Dịch vụ công quốc gia từ chối: {reason} (mã {code}).");
    Delivery::new(verdict, say).answered(answer.status, &answer.text)
}
