//! Digital signatures on PDF results: PAdES baseline B-B (ETSI EN 319 142-1), made and read back.
//!
//! ```text
//! result.pdf ─▶ sign ─▶ result.pdf, unchanged ┃ field, mark, /ByteRange, /Contents ┃ xref     (an incremental update)
//!                 │                                          ▲
//!                 └── Signer: Key (PKCS#12, PEM) or Remote ──┘ the hash of the signed attributes, nothing else
//! ```
//!
//! Read in this order: `signer` (who can sign), `key` and `remote` (two who do), `look` (what is said and shown),
//! `sign` and `field` (the update), `mark` and `font` (its visible part), `seal` and `asn1` (its CMS); then `read`, `after`, `cert`,
//! `trust` (the other direction) and `words` (what a person reads of it).

mod after;
mod asn1;
mod cert;
mod field;
mod file;
mod font;
mod key;
mod look;
mod mark;
mod pem;
mod read;
mod remote;
mod seal;
mod sign;
mod signer;
mod trust;
mod words;

pub use after::After;
pub use key::Key;
pub use look::{Look, Mark, Spot};
pub use pem::certificates;
pub use read::{Seal, Signature, read};
pub use remote::{Remote, answers};
pub use sign::sign;
pub use signer::{Algorithm, Own, Signer, Signing, own};
pub use trust::Trust;
pub use words::Verdict;
