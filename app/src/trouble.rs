//! The last page: for what goes wrong outside the frame of the site (a panic, a time limit, a body too large, a
//! failure at the door), where nobody else would answer in words.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use people::Failure;
use std::any::Any;
use std::sync::Arc;
use web::Site;
use web::look::{Frame, shell};

/// Turns a panic into a failure with a number; the log has what was said and the number.
pub fn panicked(why: Box<dyn Any + Send + 'static>) -> Response {
    let said = why.downcast_ref::<String>().map(String::as_str).or_else(|| why.downcast_ref::<&str>().copied());
    let mut answer = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    let failure = Failure::Broken(format!("panic: {}", said.unwrap_or("without words")));
    answer.extensions_mut().insert(Arc::new(failure));
    answer
}

/// Gives words to an answer that has none.
pub async fn explain(State(site): State<Site>, request: Request, next: Next) -> Response {
    let is_program = request.uri().path().starts_with("/api/");
    let answer = next.run(request).await;
    let failure = answer.extensions().get::<Arc<Failure>>().cloned();
    let status = answer.status();
    // The limit of size answers in plain English.
    let kind = answer.headers().get(header::CONTENT_TYPE);
    let is_bare =
        kind.is_none_or(|kind| status == StatusCode::PAYLOAD_TOO_LARGE && kind.as_bytes().starts_with(b"text/plain"));
    if !(status.is_client_error() || status.is_server_error()) || !is_bare && failure.is_none() {
        return answer;
    }
    let failure = failure.or_else(|| said_by(status, &site).map(Arc::new));
    match failure {
        Some(failure) => worded(&site, status, &failure, is_program),
        None => answer,
    }
}

fn said_by(status: StatusCode, site: &Site) -> Option<Failure> {
    let most = site.settings.upload_mib;
    Some(match status {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::refused(
            "body-large",
            format!("Lần gửi này quá lớn. Mỗi tệp tối đa {most} MiB; hãy gửi từng ít tệp một."),
        ),
        StatusCode::SERVICE_UNAVAILABLE => Failure::refused(
            "slow",
            "Việc này lâu hơn một phút nên đã dừng chờ. Hãy tải lại trang sau ít phút để xem kết quả.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => {
            Failure::refused("method", "Địa chỉ này không nhận cách gửi như vậy. Hãy mở lại trang rồi làm lại.")
        }
        StatusCode::NOT_FOUND => Failure::NotFound,
        status if status.is_server_error() => Failure::Broken(format!("a bare {status}")),
        _ => return None,
    })
}

fn worded(site: &Site, status: StatusCode, failure: &Failure, is_program: bool) -> Response {
    let mut number = String::new();
    if let Failure::Broken(text) = failure {
        number = base::Uuid::now_v7().simple().to_string()[20..].to_owned();
        tracing::error!(number, error = text, "broken");
    }
    if is_program {
        return web::problem(status, failure, &number);
    }
    let frame = Frame {
        owner: site.settings.owner.clone(),
        help: site.settings.help.clone(),
        sample: site.settings.sample,
        ..Frame::default()
    };
    let page = shell::bare(&frame, &web::trouble_page(failure, &number)).into_string();
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], page)
        .into_response()
}
