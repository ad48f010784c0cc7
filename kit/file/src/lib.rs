//! Evidence and attachments: judged by content, stored once by their SHA-256, and given back unchanged.
//!
//! ```text
//! upload ─▶ judge (kind by content, size, lock, name; clamd) ─▶ Store::put ─▶ object aa/aabb…      (before the transaction)
//!                                                                        │ sha256
//!                                          attach(tx, …) ─▶ file_content ◀┴─ file_use ─▶ a record of some feature
//! ```
//!
//! Read in this order: `kind`, `name`, `sniff`, `judge`, `words`, `virus`, `store`, `uses`, `headers`, `pieces`, `sweep`,
//! `check`.

mod check;
mod headers;
mod judge;
mod kind;
mod name;
mod pieces;
mod sniff;
mod store;
mod sweep;
mod uses;
mod virus;
mod words;

pub use check::{Fault, Finding, check};
pub use headers::headers;
pub use judge::{Limits, judge};
pub use kind::Kind;
pub use name::{clean, extension};
pub use pieces::{Added, PIECE, Upload, UploadId, add_piece, begin_upload, sweep_uploads, upload, whole};
pub use sniff::Found;
pub use store::{Content, Lost, Place, Settings, Store, sha256};
pub use sweep::{Swept, sweep};
pub use uses::{FileUseId, Opened, Use, attach, contents, detach, find, let_go, open, uses_of};
pub use virus::{Clamd, Seen};
pub use words::{NotNow, size};
