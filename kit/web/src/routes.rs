//! Routes, each with who may call it: the one table of doors.

use crate::answer::{Fault, refused_as};
use crate::api::Caller;
use crate::site::Site;
use crate::visit::Visit;
use crate::{api, frame, guard, statics};
use axum::Router;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::{Extensions, Method, StatusCode, Uri};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use base::Refusal;
use people::{Failure, Role};
use std::pin::Pin;
use std::sync::Arc;

/// Who may call a route. Rooms decide further: whose unit, which field, in which phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody.
    Everyone,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever holds one of these roles at the unit they act for.
    Holds(&'static [Role]),
    /// A program with a key.
    Key,
    /// A program whose key has one of these roles at its unit.
    KeyOf(&'static [Role]),
}

/// What answers at a door, whatever it takes from the request. Behind one pointer, so that the router and its layers are
/// built once and not anew for each of some hundred functions: that was a third of a room's machine code.
type Work = Arc<dyn Fn(Request, Site) -> Pin<Box<dyn Future<Output = Response> + Send>> + Send + Sync>;

/// One line of the table.
#[derive(Clone)]
pub struct Line {
    pub method: Method,
    pub path: &'static str,
    pub who: Who,
    work: Work,
}

/// The routes of a room.
#[derive(Default)]
pub struct Routes {
    lines: Vec<Line>,
}

impl Routes {
    pub fn new() -> Routes {
        Routes::default()
    }

    pub fn get<H: Handler<T, Site>, T: 'static>(self, path: &'static str, who: Who, handler: H) -> Routes {
        self.add(Method::GET, path, who, work(handler))
    }

    pub fn post<H: Handler<T, Site>, T: 'static>(self, path: &'static str, who: Who, handler: H) -> Routes {
        self.add(Method::POST, path, who, work(handler))
    }

    pub fn put<H: Handler<T, Site>, T: 'static>(self, path: &'static str, who: Who, handler: H) -> Routes {
        self.add(Method::PUT, path, who, work(handler))
    }

    pub fn delete<H: Handler<T, Site>, T: 'static>(self, path: &'static str, who: Who, handler: H) -> Routes {
        self.add(Method::DELETE, path, who, work(handler))
    }

    fn add(mut self, method: Method, path: &'static str, who: Who, work: Work) -> Routes {
        self.lines.push(Line { method, path, who, work });
        self
    }

    /// The routes of another room too.
    pub fn and(mut self, other: Routes) -> Routes {
        self.lines.extend(other.lines);
        self
    }

    /// The table of who may call what.
    pub fn table(&self) -> &[Line] {
        &self.lines
    }

    /// The whole site: these routes, the static files, the guard at the door and the frame around every answer.
    pub fn into_router(self, site: Site) -> Router {
        self.lines
            .into_iter()
            .fold(Router::new(), |router, line| router.route(line.path, line.into_route()))
            .route("/tinh/{name}", axum::routing::get(statics::serve))
            .fallback(|| async { Fault(Failure::NotFound) })
            .method_not_allowed_fallback(no_such_method)
            .layer(middleware::from_fn_with_state(site.clone(), api::admit))
            .layer(middleware::from_fn_with_state(site.clone(), frame::frame))
            .layer(middleware::from_fn_with_state(site.clone(), guard::guard))
            .with_state(site)
    }
}

fn work<H: Handler<T, Site>, T: 'static>(handler: H) -> Work {
    Arc::new(move |request, site| Box::pin(handler.clone().call(request, site)))
}

impl Line {
    fn into_route(self) -> MethodRouter<Site> {
        let filter = match self.method {
            Method::GET => MethodFilter::GET,
            Method::PUT => MethodFilter::PUT,
            Method::DELETE => MethodFilter::DELETE,
            _ => MethodFilter::POST,
        };
        on(filter, async move |State(site): State<Site>, request: Request| {
            match refusal(self.who, request.extensions()) {
                None => (self.work)(request, site).await,
                Some(failure) => Fault(failure).into_response(),
            }
        })
    }
}

/// Why the caller may not pass, where the table does not name them.
fn refusal(who: Who, known: &Extensions) -> Option<Failure> {
    let (visit, caller) = (known.get::<Visit>(), known.get::<Caller>());
    match (who, visit) {
        (Who::Everyone, _) => None,
        (Who::Key, _) => caller.is_none().then_some(Failure::SignedOut),
        (Who::KeyOf(roles), _) => match caller {
            None => Some(Failure::SignedOut),
            Some(caller) if caller.scope.has_any(roles) => None,
            Some(_) => Some(Failure::forbidden(format!(
                "Việc này cần khoá của người có vai trò: {}, tạo tại đơn vị mà người đó giữ vai trò ấy.",
                names(roles)
            ))),
        },
        (_, None) => Some(Failure::SignedOut),
        (Who::SignedIn, Some(_)) => None,
        (Who::Holds(roles), Some(visit)) if visit.scope.has_any(roles) => None,
        (Who::Holds(roles), Some(_)) => Some(Failure::forbidden(format!(
            "Việc này dành cho: {}. Hãy đổi vai trò ở góc trên, hoặc liên hệ quản trị.",
            names(roles)
        ))),
    }
}

fn names(roles: &[Role]) -> String {
    roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ")
}

/// A program is told (the router adds `Allow`); a person has followed a link that is none.
async fn no_such_method(method: Method, uri: Uri) -> Response {
    if !uri.path().starts_with("/api/") {
        return Fault(Failure::NotFound).into_response();
    }
    let say = format!("Địa chỉ này không nhận {method}. Những cách được nhận ở tiêu đề Allow.");
    refused_as(StatusCode::METHOD_NOT_ALLOWED, Refusal::new("method", say))
}
