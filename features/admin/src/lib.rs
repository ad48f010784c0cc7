//! Administration: the ways in, one's own account, and the screens of units, people, rule editions, facts, jobs and
//! the journal.
//!
//! Read in this order: `model`, `rules`, `words`; `store`; `actions`; then the doors: `pages`, one file per screen, and `api`.

mod actions;
pub mod api;
mod deeds;
mod model;
mod pages;
mod rules;
mod store;
mod words;

pub use pages::NAV;

/// Every door of this room: screens, and the same verbs for programs.
pub fn routes() -> web::Routes {
    pages::routes().and(api::routes())
}

#[cfg(test)]
mod tests;
