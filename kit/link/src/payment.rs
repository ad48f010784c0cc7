//! Payments through a gateway: an asking for money, what the gateway says came of it, and giving it back.
//!
//! ```text
//!  begin ─▶ pending ──▶ paid ──────▶ refunded        the fee is paid once; what comes a second time, on the same asking
//!              │  ▲       ▲ late        ▲            or on another of the same fee, is `extra`: paid, to be given back
//!              │  └─ failed ┘           │
//!              └─────▶ mismatch ────────┘            another sum than was asked is never taken as paid
//! ```
//!
//! Nothing is believed that is not signed (`sign`), whether it came by call-back ([`settle`]) or as an answer to our own
//! question ([`poll_due`]): both say the same notices, and a notice heard twice changes nothing. Money is whole đồng, a
//! decimal here and digits on the wire, never a float. This room owns the state of payment; that a fee is settled, and what
//! follows for the dossier, is decided by the room that asked.
//!
//! Read in this order: `model`, `sign`, `notice`, `deeds` (what rooms and people do), `taking` (what a notice changes),
//! `poll`, `gateway` (the conversation), `store`.

mod deeds;
mod gateway;
mod model;
mod notice;
mod poll;
mod sign;
mod store;
mod taking;

pub use deeds::{begin, find, list, of_subject, open, refund, reply, settle, spare, spoken_of};
pub use gateway::{Gateway, Settings};
pub use model::{Asking, Change, Filter, Payment, PaymentId, PaymentState, Settled};
pub use notice::{Notice, Told};
pub use poll::{Heard, Hearing, poll_due};
pub use sign::{canonical, is_signed, sign};

/// The gateway's name in the queue: refunds go through it.
pub const SYSTEM: &str = "payment";
/// The kind of a message that asks to give money back.
pub const REFUND: &str = "refund";
