//! The conversation of 2026: a token, then one address for each deed; HTTP statuses tell.
//!
//! A dossier that the portal does not know yet is created, then its state is told; one that it knows, only its state. What
//! the portal calls it (`idHoSo`) is kept in the line of the subject, and every later call names it.

use super::body_2026;
use super::{Portal, Said};
use crate::contract::{self, Contract};
use crate::http::{Answer, Load, unreachable};
use crate::{Delivery, Verdict, words};
use data_encoding::{BASE64, HEXLOWER};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(super) async fn deliver(portal: &Portal, said: &Said, key: &str, remote: Option<&str>) -> Delivery {
    // Kept even if a later call of the same delivery fails.
    let mut learned = remote.map(str::to_owned);
    let came = match said {
        Said::Dossier(sync) => tell_dossier(portal, sync, key, &mut learned).await,
        Said::Progress(sync) => match &learned {
            Some(remote) => tell_progress(portal, sync, key, remote).await,
            None => {
                Err(Delivery::wrong("Cổng Dịch vụ công quốc gia chưa có hồ sơ này: gửi hồ sơ trước, tiến trình sau."))
            }
        },
    };
    match came {
        Ok(delivery) | Err(delivery) => delivery.known_as(learned),
    }
}

async fn tell_dossier(
    portal: &Portal,
    sync: &super::DossierSync,
    key: &str,
    learned: &mut Option<String>,
) -> Result<Delivery, Delivery> {
    let paths = &portal.settings.paths;
    // Both are checked before the first is sent: a dossier whose state cannot be told is not created.
    let status = |remote: &str| body_2026::status(sync, remote).map_err(|say| Delivery::wrong(words::unreadable(&say)));
    contract::status_2026().hold(&status("-")?)?;
    let sync = &uploaded(portal, sync, learned.is_none()).await?;
    let status = |remote: &str| body_2026::status(sync, remote).map_err(|say| Delivery::wrong(words::unreadable(&say)));
    if learned.is_none() {
        let body = body_2026::create(sync, &portal.settings);
        let created = ask(portal, &paths.create, &body, contract::create_2026(), key).await?;
        let id = created.text_of("idHoSo").filter(|id| !id.is_empty()).ok_or_else(|| no_id(&created))?;
        *learned = Some(id);
    }
    let remote = learned.clone().unwrap_or_default();
    let key = format!("{key}:status");
    let answer = ask(portal, &paths.status, &status(&remote)?, contract::status_2026(), &key).await?;
    Ok(Delivery::sent().answered(answer.status, answer.text))
}

/// The dossier with its files as the portal calls them: those of papers when it is created, those of results each time that
/// they are told. What cannot be read here is told by its name and hash alone. Uploaded again, the same content is the same
/// file: the key of its call is its hash.
async fn uploaded(portal: &Portal, sync: &super::DossierSync, new: bool) -> Result<super::DossierSync, Delivery> {
    let mut sync = sync.clone();
    let Some(files) = &portal.files else { return Ok(sync) };
    for paper in sync.papers.iter_mut().filter(|paper| new && !paper.file.is_empty()) {
        if let Some(file) = files.read(&paper.file).await {
            (paper.file, paper.sha256) = upload(portal, &file).await?;
        }
    }
    if body_2026::tells_results(&sync) {
        for result in sync.results.iter_mut().filter(|result| !result.file.is_empty()) {
            if let Some(file) = files.read(&result.file).await {
                result.file = upload(portal, &file).await?.0;
            }
        }
    }
    Ok(sync)
}

/// `IdTepTin` and `HashTepTin` of a file.
async fn upload(portal: &Portal, file: &super::Attachment) -> Result<(String, String), Delivery> {
    let hash = HEXLOWER.encode(&Sha256::digest(&file.bytes));
    let body = json!({
        "TenTep": file.name, "LoaiTep": file.media, "HashTepTin": hash, "NoiDungTep": BASE64.encode(&file.bytes),
    });
    let key = format!("file:{hash}");
    let answer = ask(portal, &portal.settings.paths.upload, &body, contract::file_2026(), &key).await?;
    let id = answer.text_of("IdTepTin").filter(|id| !id.is_empty()).ok_or_else(|| {
        Delivery::new(Verdict::Away, "Cổng Dịch vụ công quốc gia nhận tệp nhưng không trả mã tệp (IdTepTin).")
            .answered(answer.status, &answer.text)
    })?;
    Ok((id, answer.text_of("HashTepTin").unwrap_or(hash)))
}

async fn tell_progress(
    portal: &Portal,
    sync: &super::ProgressSync,
    key: &str,
    remote: &str,
) -> Result<Delivery, Delivery> {
    let body = body_2026::progress(sync, remote).map_err(|say| Delivery::wrong(words::unreadable(&say)))?;
    let answer = ask(portal, &portal.settings.paths.progress, &body, contract::progress_2026(), key).await?;
    Ok(Delivery::sent().answered(answer.status, answer.text))
}

fn no_id(answer: &Answer) -> Delivery {
    Delivery::new(Verdict::Away, "Cổng Dịch vụ công quốc gia nhận hồ sơ nhưng không trả mã hồ sơ (idHoSo).")
        .answered(answer.status, &answer.text)
}

/// One call with a token; a token that is over is replaced once.
async fn ask(portal: &Portal, path: &str, body: &Value, held: &Contract, key: &str) -> Result<Answer, Delivery> {
    held.hold(body)?;
    let url = portal.url(path);
    loop {
        let (token, fresh) = token(portal).await?;
        let bearer = format!("Bearer {token}");
        let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", key)];
        let answer = portal.client.post(&url, &headers, Load::Json(body)).await.map_err(unreachable)?;
        if answer.status == 401 && !fresh {
            *portal.pass.lock().await = None;
            continue;
        }
        if !answer.is_ok() {
            let said = answer.text_of("message");
            return Err(answer.failed(said));
        }
        return Ok(answer);
    }
}

/// The token that worked last, or a fresh one (then true), by client credentials (RFC 6749, 4.4).
async fn token(portal: &Portal) -> Result<(String, bool), Delivery> {
    let mut pass = portal.pass.lock().await;
    if let Some(token) = &*pass {
        return Ok((token.clone(), false));
    }
    let settings = &portal.settings;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", settings.account.as_str()),
        ("client_secret", settings.secret.as_str()),
    ];
    let url = portal.url(&settings.paths.session);
    let answer = portal.client.post(&url, &[], Load::Form(&form)).await.map_err(unreachable)?;
    match answer.text_of("access_token").filter(|token| answer.is_ok() && !token.is_empty()) {
        Some(token) => Ok((pass.insert(token).clone(), true)),
        // Whatever it says: it is our account that is wrong, never the message. The answer is not kept: it may hold a token.
        None => {
            Err(Delivery::new(Verdict::Away, "Cổng Dịch vụ công quốc gia không cấp mã truy cập cho tài khoản kết nối.")
                .answered(answer.status, ""))
        }
    }
}
