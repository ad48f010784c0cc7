//! The web: one site, its routes and who may call them, and the way from a request to an action and back.
//!
//! ```text
//! request → guard (session or key → Visit) → who may call → handler → action
//! answer  ← frame (page into its shell, failure into a page or problem+json) ← handler
//! ```
//!
//! Read in this order: `site`, `visit`, `routes`, `posted`, `answer`, `frame`; `form` and `list` for what
//! forms and lists share; `look` for how pages look.

pub mod address;
mod answer;
mod api;
pub mod form;
mod frame;
mod guard;
pub mod kept;
pub mod list;
pub mod look;
mod once;
mod paper;
mod posted;
mod problem;
mod routes;
mod site;
mod statics;
mod uploads;
mod visit;

pub use answer::{
    Answer, Fault, Sheet, download, file_answer, fragment, show, show_again, show_bare, show_citizen,
    show_citizen_again, to, with_status,
};
pub use api::{Body, Brought, Caller, Cursor, Described, Gives, IfMatch, JsonAnswer, describe, done, json, page_of};
pub use frame::trouble_page;
pub use guard::{Cookie, cookie};
pub use once::once;
pub use paper::{Format, paper};
pub use posted::{Posted, Upload};
pub use problem::answer as problem;
pub use routes::{Line, Routes, Who};
pub use site::{Citizens, Clock, NavEntry, Settings, Signing, Site, Tools};
pub use uploads::upload_routes;
pub use visit::{Guest, Visit};
