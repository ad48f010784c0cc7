//! Phản ánh, kiến nghị: what people say of how administrative work is done, and what they are answered.
//!
//! Read in this order: `model`, `rules`, `words`; `stats`; `store`; `actions`; then the doors: `pages`, `api`, `jobs`.

pub mod actions;
pub mod api;
pub mod jobs;
pub mod model;
pub mod pages;
pub mod rules;
pub mod stats;
pub mod store;
mod words;

/// Every door of this room.
pub fn routes() -> web::Routes {
    pages::routes().and(api::routes())
}

pub use pages::NAV;
