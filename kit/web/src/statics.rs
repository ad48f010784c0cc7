//! Static files: from the binary, packed, kept by browsers for a year (their names change with their content).

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

pub(crate) async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::find(&format!("/tinh/{name}")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let has = |name: header::HeaderName, word: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(word))
    };
    if has(header::IF_NONE_MATCH, asset.etag) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let common = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::ETAG, asset.etag),
        (header::VARY, "accept-encoding"),
    ];
    match asset.gzip.filter(|_| has(header::ACCEPT_ENCODING, "gzip")) {
        Some(packed) => (common, [(header::CONTENT_ENCODING, "gzip")], packed).into_response(),
        None => (common, asset.bytes).into_response(),
    }
}
