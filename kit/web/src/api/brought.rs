//! A file that a program brings: the body as it is, its SHA-256 in `Content-Digest` (RFC 9530), its name in the query.

use crate::address;
use crate::answer::{Fault, refused_as};
use crate::site::Site;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base::Refusal;
use data_encoding::BASE64;
use file::Content;
use people::Failure;
use sha2::{Digest, Sha256};

/// A file, judged and stored, and no record's yet.
#[derive(Clone, Debug)]
pub struct Brought {
    pub content: Content,
    pub name: String,
}

impl FromRequest<Site> for Brought {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Response> {
        let name = address::value(request.uri(), "name").trim().to_owned();
        if name.is_empty() {
            return Err(refused(Refusal::new("name", "Thiếu tham số name: tên tệp, có phần mở rộng.").at("name")));
        }
        let digest = digest(request.headers()).map_err(refused)?;
        let most = site.settings.upload_mib as usize * 1024 * 1024;
        let bytes = axum::body::to_bytes(request.into_body(), most).await.map_err(|_| {
            let say = format!("Tệp lớn hơn {} MiB hoặc bị đứt giữa chừng.", site.settings.upload_mib);
            refused_as(StatusCode::PAYLOAD_TOO_LARGE, Refusal::new("body-large", say))
        })?;
        if Sha256::digest(&bytes)[..] != digest[..] {
            let say = "Nội dung nhận được khác với Content-Digest: tệp bị đứt hoặc hỏng trên đường. Hãy gửi lại.";
            return Err(refused(Refusal::new("digest", say)));
        }
        let stored = site.files.put(bytes, &name).await;
        let content = stored.map_err(|failure| Fault(failure).into_response())?;
        Ok(Brought { content, name })
    }
}

fn refused(no: Refusal) -> Response {
    Fault(Failure::from(no)).into_response()
}

/// `sha-256=:…:` among what the header lists.
fn digest(headers: &HeaderMap) -> Result<Vec<u8>, Refusal> {
    let text = headers.get("content-digest").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let ours = text.split(',').find_map(|one| one.trim().strip_prefix("sha-256="));
    let bytes = ours.and_then(|value| BASE64.decode(value.trim_matches(':').as_bytes()).ok());
    bytes.filter(|bytes| bytes.len() == 32).ok_or_else(|| {
        let say = "Cần tiêu đề Content-Digest: sha-256=:…: với SHA-256 của tệp (RFC 9530, base64).";
        Refusal::new("digest", say)
    })
}
