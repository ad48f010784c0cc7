//! Chỉ số CCHC (PAR INDEX): criteria sets, self-assessment, evidence, appraisal, publication.
//!
//! Read in this order: `model`, `rules`, `words`; `sets`, `view`, `results`; `store`; `actions`; then the doors:
//! `pages`, `api`, `cli`.

pub mod actions;
pub mod api;
pub mod board;
pub mod cli;
pub mod entry;
pub mod exports;
pub mod files;
pub mod jobs;
pub mod model;
pub mod overview;
pub mod pages;
pub mod papers;
pub mod results;
pub mod rules;
pub mod sets;
pub mod store;
pub mod view;
mod words;

/// Every door of this room: screens, and the same verbs for programs.
pub fn routes() -> web::Routes {
    pages::routes().and(api::routes())
}

pub use pages::NAV;
