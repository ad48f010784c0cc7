//! Một cửa: dossiers of administrative procedures, from the counter or the web to their result, on time.
//!
//! Read in this order: `model`, `rules`, `words`; `flow` (what a dossier runs by), `clock`; `store`; `actions`; then the
//! doors: `pages`.

pub mod actions;
pub mod api;
pub mod clock;
pub mod codes;
pub mod evaluation;
pub mod flow;
pub mod helped;
pub mod jobs;
pub mod model;
pub mod pages;
pub mod papers;
pub mod quality;
pub mod rules;
mod sheets;
pub mod stats;
pub mod store;
mod words;

/// Every door of this room.
pub fn routes() -> web::Routes {
    pages::routes().and(api::routes())
}

pub use pages::NAV;
