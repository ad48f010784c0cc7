//! A form that was sent: its fields and files, once its token is found right.

use crate::address;
use crate::answer::Fault;
use crate::site::Site;
use crate::uploads;
use crate::visit::Visit;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use bytes::Bytes;
use people::Failure;
use std::str::FromStr;

/// A file of a form.
#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

/// The fields of a form in their order, and its files.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    fields: Vec<(String, String)>,
    pub files: Vec<Upload>,
}

/// A form without files is never larger than this.
const FORM_BYTES: usize = 2 * 1024 * 1024;

impl Posted {
    /// A field's text as it was typed, in NFC; empty where there is no such field.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str())
    }

    /// A field without blanks around it; none where it is empty.
    pub fn text(&self, name: &str) -> Option<String> {
        let value = self.get(name).trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// All values of a name: ticked boxes.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(found, _)| found == name)
    }

    /// A hidden field that only a broken page gets wrong: an id, a version.
    pub fn hidden<T: FromStr>(&self, name: &str) -> Result<T, Fault> {
        self.get(name).parse().map_err(|_| {
            Fault(Failure::refused("form", format!("Biểu mẫu thiếu “{name}”. Hãy tải lại trang rồi làm lại.")))
        })
    }

    /// Every field but the form's own, for showing a form again.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .filter(|(name, _)| name != "csrf" && name != "key")
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Takes out the fields whose name begins so: what follows it, and the value.
    pub(crate) fn take(&mut self, begin: &str) -> Vec<(String, String)> {
        let after = |(name, value): &(String, String)| Some((name.strip_prefix(begin)?.to_owned(), value.clone()));
        let taken = self.fields.iter().filter_map(after).collect();
        self.fields.retain(|(name, _)| !name.starts_with(begin));
        taken
    }

    #[doc(hidden)]
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Posted {
        Posted {
            fields: pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            files: Vec::new(),
        }
    }
}

impl FromRequest<Site> for Posted {
    type Rejection = Fault;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Fault> {
        let visit = request.extensions().get::<Visit>().cloned();
        if visit.is_none() && !is_of_this_site(&request, site) {
            return Err(Fault(elsewhere()));
        }
        let headers = request.headers().clone();
        let kind =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let mut posted = if kind.starts_with("multipart/form-data") {
            multipart(request, site).await?
        } else {
            urlencoded(request).await?
        };
        if let Some(visit) = &visit
            && posted.get("csrf") != visit.csrf()
        {
            return Err(Fault(elsewhere()));
        }
        uploads::gather(&mut posted, site, visit.as_ref(), &headers).await?;
        Ok(posted)
    }
}

fn elsewhere() -> Failure {
    Failure::forbidden("Trang này đã mở quá lâu hoặc được gửi từ nơi khác. Hãy tải lại trang rồi làm lại.")
}

/// Whether a form of somebody without a session (signing in, a link that works once) was filled in on a page of ours:
/// it can carry no token. Browsers say where a form comes from; what says nothing is no browser, and nobody's session
/// can be forged with it.
fn is_of_this_site(request: &Request, site: &Site) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(from) = header("sec-fetch-site") {
        return from == "same-origin" || from == "none";
    }
    let Some(origin) = header("origin") else { return true };
    let host = header("host").or_else(|| request.uri().authority().map(|authority| authority.as_str()));
    let named = origin.split_once("://").map(|(_, host)| host);
    named.is_some() && (named == host || site.settings.public_url.trim_end_matches('/') == origin)
}

async fn urlencoded(request: Request) -> Result<Posted, Fault> {
    let bytes = axum::body::to_bytes(request.into_body(), FORM_BYTES).await.map_err(|_| {
        Fault(Failure::refused("form-large", "Biểu mẫu gửi lên quá lớn hoặc bị đứt giữa chừng. Hãy thử lại."))
    })?;
    let pairs = address::pairs(&String::from_utf8_lossy(&bytes)).into_iter();
    let fields = pairs.map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect();
    Ok(Posted { fields, files: Vec::new() })
}

async fn multipart(request: Request, site: &Site) -> Result<Posted, Fault> {
    let broken = |_| Fault(Failure::refused("upload-broken", "Tệp tải lên bị đứt giữa chừng. Hãy gửi lại."));
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| Fault(Failure::refused("form", "Biểu mẫu gửi lên không đọc được. Hãy tải lại trang.")))?;
    let most = site.settings.upload_mib as usize * 1024 * 1024;
    let mut posted = Posted::default();
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let field = part.name().unwrap_or_default().to_owned();
        let Some(name) = part.file_name().map(base::text::nfc) else {
            let text = part.text().await.map_err(broken)?;
            posted.fields.push((field, base::text::nfc(&text.replace("\r\n", "\n"))));
            continue;
        };
        // One byte over the limit is kept, so that the file room refuses it by its name; the rest is let go.
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            let room = (most + 1).saturating_sub(bytes.len());
            bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        }
        if !name.is_empty() {
            posted.files.push(Upload { field, name, bytes: bytes.into() });
        }
    }
    Ok(posted)
}
