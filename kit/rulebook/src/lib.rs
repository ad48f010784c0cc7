//! Editions of rule data: draft → published → frozen; which one is in force on a day.
//!
//! Read in this order: `edition`, `read`, `write`, `words`. What a body means, and whether it is right, is known by
//! the feature that asks for it; this room only keeps it, and never lets a published one change.

mod edition;
mod read;
mod words;
mod write;

pub use edition::{Content, Edition, EditionId, Head, New, Status};
pub use read::{all_in_force, editions_of, find, head, in_force, latest, list};
pub use words::NotNow;
pub use write::{discard, draft, end_on, publish, save_draft, to_end};
