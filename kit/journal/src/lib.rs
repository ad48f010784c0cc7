//! Who did what, when: append-only and hash-chained, written in the transaction of the change itself.

mod chain;
mod read;
mod write;

pub use chain::{Broken, verify};
pub use read::{Found, Line, latest, of};
pub use write::{About, Entry, Signature, Signs, about, commit, entry, put, write};
