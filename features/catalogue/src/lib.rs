//! Danh mục thủ tục hành chính: procedures and their internal processes, in editions; for staff and, in a shell of
//! their own, for citizens.
//!
//! Read in this order: `model`, `rules`, `words`; `store`; `actions`; `files` (workbooks), `diagram`; then the
//! doors: `pages`, `api`.

pub mod actions;
pub mod api;
pub mod diagram;
pub mod files;
pub mod model;
pub mod pages;
pub mod rules;
mod store;
mod words;

#[cfg(test)]
mod tests;

/// Every door of this room: screens, and the same verbs for programs.
pub fn routes() -> web::Routes {
    pages::routes().and(api::routes())
}

pub use pages::NAV;
