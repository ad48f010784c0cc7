//! The address of the program, answered from its first moment: with a page that says to wait while tables are brought
//! up to date or sample data are made, then by the site.

use crate::settings::Settings;
use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tower::ServiceExt;

/// Loads itself again; without script or style, so that its policy can forbid everything.
const WAIT: &str = include_str!("door/wait.html");
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// What stands behind the address: nothing yet, or the site.
type Behind = Arc<OnceLock<Router>>;

/// An open address.
pub struct Door {
    pub at: SocketAddr,
    behind: Behind,
    stop: watch::Sender<bool>,
    served: JoinHandle<std::io::Result<()>>,
}

impl Door {
    /// Listens and answers. Done first of all: a port in use is told before anything is changed.
    pub async fn open(settings: &Settings) -> Result<Door> {
        let listener = TcpListener::bind(settings.listen).await.with_context(|| {
            format!(
                "Không lắng nghe được ở {}: cổng đang có chương trình khác dùng, hoặc không có quyền",
                settings.listen
            )
        })?;
        let at = listener.local_addr()?;
        let behind = Behind::default();
        let (stop, stopped) = watch::channel(false);
        let router = Router::new().fallback(answer).with_state(behind.clone());
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, service).with_graceful_shutdown(told(stopped));
        Ok(Door { at, behind, stop, served: tokio::spawn(served.into_future()) })
    }

    /// From now on the site answers.
    pub fn lead_to(&self, site: Router) {
        let _ = self.behind.set(site);
    }

    /// Ends when the door was asked to close; work beside it ends with it.
    pub fn closing(&self) -> impl Future<Output = ()> + Send + 'static {
        told(self.stop.subscribe())
    }

    /// Takes no more requests, and returns when the open ones are answered.
    pub async fn close(self) -> Result<()> {
        let _ = self.stop.send(true);
        Ok(self.served.await??)
    }
}

async fn told(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn answer(State(behind): State<Behind>, request: Request) -> Response {
    match behind.get() {
        Some(site) => site.clone().oneshot(request).await.into_response(),
        // Alive, though not ready: whoever watches must not restart a program in the middle of a migration.
        None if request.uri().path() == "/healthz" => "ok\n".into_response(),
        None => {
            let head = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::CACHE_CONTROL, "no-store"),
                (header::RETRY_AFTER, "1"),
            ];
            (StatusCode::SERVICE_UNAVAILABLE, head, WAIT).into_response()
        }
    }
}
