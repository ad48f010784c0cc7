//! Who visits: a signed-in person with one hat on, or a guest.

use crate::answer::Fault;
use crate::site::Site;
use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;
use people::{Failure, Hat, Scope, Session};
use std::ops::Deref;
use std::sync::Arc;

/// A request of a signed-in person: the tools, the scope, and what the shell shows.
#[derive(Clone)]
pub struct Visit(pub(crate) Arc<Visitor>);

/// What is in a [`Visit`].
pub struct Visitor {
    pub site: Site,
    pub scope: Scope,
    pub session: Session,
    pub hats: Vec<Hat>,
    /// Notices that wait to be read.
    pub unread: i64,
    pub uri: Uri,
}

impl Visit {
    /// The token that every form must carry.
    pub fn csrf(&self) -> &str {
        &self.session.csrf
    }

    /// A fresh key, so that a form sent twice is done once.
    pub fn key(&self) -> String {
        uuid::Uuid::now_v7().simple().to_string()
    }
}

impl Deref for Visit {
    type Target = Visitor;
    fn deref(&self) -> &Visitor {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts.extensions.get::<Visit>().cloned().ok_or(Fault(Failure::SignedOut))
    }
}

/// A request that needs nobody to be signed in.
#[derive(Clone)]
pub struct Guest {
    pub site: Site,
    pub visit: Option<Visit>,
    pub uri: Uri,
}

impl FromRequestParts<Site> for Guest {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Fault> {
        Ok(Guest { site: site.clone(), visit: parts.extensions.get::<Visit>().cloned(), uri: parts.uri.clone() })
    }
}
