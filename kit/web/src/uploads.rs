//! Files in pieces, for whoever has a script and a bad line: `assets/js/uploads.js` sends them here and puts their ids into
//! the form instead of the files. A form that is posted with such an id is as one that came with its file (`posted`), so
//! that no page knows the difference; without script the plain upload stays.

use crate::answer::{Answer, Fault};
use crate::guard::cookie;
use crate::posted::{Posted, Upload};
use crate::routes::{Routes, Who};
use crate::site::Site;
use crate::visit::{Guest, Visit};
use axum::Json;
use axum::extract::{Path, Query, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use file::{Added, UploadId};
use people::Failure;
use serde::Deserialize;
use serde_json::json;

/// Before the name of the box whose file came in pieces.
const BOX: &str = "tai_len.";
/// The cookie of a browser that nobody has signed in at.
const COOKIE: &str = "cv_tl";

/// The doors of the pieces.
pub fn upload_routes() -> Routes {
    Routes::new().post("/tai-len", Who::Everyone, begin).get("/tai-len/{id}", Who::Everyone, state).put(
        "/tai-len/{id}",
        Who::Everyone,
        piece,
    )
}

/// Whose uploads these are: the session's, or else the browser's. None for a browser that has begun nothing.
fn owner(visit: Option<&Visit>, headers: &HeaderMap) -> Option<String> {
    match visit {
        Some(visit) => Some(people::sha256(&format!("phien {}", visit.session.token))),
        None => cookie(headers, COOKIE).filter(|value| !value.is_empty()).map(people::sha256),
    }
}

async fn begin(guest: Guest, headers: HeaderMap, form: Posted) -> Answer {
    let bytes = form.get("dung_luong").parse().unwrap_or(0);
    let (owner, fresh) = match owner(guest.visit.as_ref(), &headers) {
        Some(owner) => (owner, None),
        None => {
            let secret = people::fresh_secret()?;
            (people::sha256(&secret), Some(secret))
        }
    };
    let (site, now) = (&guest.site, guest.site.now());
    let mut tx = site.db.begin().await?;
    let id = file::begin_upload(&mut tx, &site.files, &owner, (form.get("ten"), bytes), now).await?;
    tx.commit().await?;
    let mut answer = (StatusCode::CREATED, Json(json!({ "id": id, "da_nhan": 0 }))).into_response();
    if let Some(secret) = fresh {
        let secure = if site.is_secure() { "; Secure" } else { "" };
        let text = format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400{secure}");
        let value = HeaderValue::from_str(&text).map_err(|error| Failure::Broken(error.to_string()))?;
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(answer)
}

async fn state(guest: Guest, Path(id): Path<UploadId>, headers: HeaderMap) -> Answer {
    let owner = owner(guest.visit.as_ref(), &headers).ok_or(Failure::NotFound)?;
    let known = file::upload(&mut guest.site.db.read().await?, &owner, id, guest.site.now()).await?;
    Ok(Json(json!({ "id": id, "da_nhan": known.got, "dung_luong": known.bytes })).into_response())
}

#[derive(Deserialize)]
struct Begins {
    /// Where the piece begins.
    tu: i64,
}

/// No token: a page of another site may not send a PUT here, browsers ask first and are told nothing.
async fn piece(
    guest: Guest,
    Path(id): Path<UploadId>,
    Query(Begins { tu }): Query<Begins>,
    headers: HeaderMap,
    request: Request,
) -> Answer {
    let owner = owner(guest.visit.as_ref(), &headers).ok_or(Failure::NotFound)?;
    let cut = |_| Failure::refused("piece-cut", "Phần vừa gửi của tệp bị đứt hoặc quá lớn. Hãy gửi lại phần ấy.");
    let bytes = axum::body::to_bytes(request.into_body(), file::PIECE).await.map_err(cut)?;
    let (site, now) = (&guest.site, guest.site.now());
    let (status, got) = match file::add_piece(&site.db, &site.files, &owner, (id, tu), bytes, now).await? {
        Added::Kept(got) => (StatusCode::OK, got),
        Added::Elsewhere(got) => (StatusCode::CONFLICT, got),
    };
    Ok((status, Json(json!({ "id": id, "da_nhan": got }))).into_response())
}

/// Puts files that came in pieces into the form that names them.
pub(crate) async fn gather(
    posted: &mut Posted,
    site: &Site,
    visit: Option<&Visit>,
    headers: &HeaderMap,
) -> Result<(), Fault> {
    for (field, id) in posted.take(BOX) {
        let id: UploadId = id.parse().map_err(|_| Failure::NotFound)?;
        let owner = owner(visit, headers).unwrap_or_default();
        let (name, bytes) = file::whole(&site.db, &site.files, &owner, id, site.now()).await?;
        posted.files.push(Upload { field, name, bytes });
    }
    Ok(())
}
