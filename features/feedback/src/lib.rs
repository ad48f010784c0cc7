//! Phản ánh, kiến nghị: what people say of how administrative work is done, and what they are answered.
//!
//! Read in this order: `model`, `rules`, `words`; `store`; `actions`; then the doors: `pages`.

pub mod actions;
pub mod model;
pub mod pages;
pub mod rules;
pub mod store;
mod words;

/// Every door of this room.
pub fn routes() -> web::Routes {
    pages::routes()
}

pub use pages::NAV;
