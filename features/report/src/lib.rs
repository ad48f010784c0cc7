//! Chế độ báo cáo: what units report, for which period, by when; entered, approved, added up, sent.
//!
//! Read in this order: `model`, `regime`, `rules`, `words`; `view` (one report with all that its pages need); `store`; `actions`; `files` (a report's workbook), `design` (a regime's), `papers`;
//! `formats` (statistics); then the doors: `pages`, `api`, `jobs`.

pub mod actions;
pub mod api;
pub mod design;
mod files;
mod formats;
pub mod jobs;
pub mod model;
pub mod pages;
mod papers;
pub mod regime;
pub mod rules;
pub mod store;
pub mod view;
mod words;

/// Every door of this room.
pub fn routes() -> web::Routes {
    pages::routes().and(api::routes())
}

pub use pages::NAV;
