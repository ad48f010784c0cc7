//! What people are told: in their page, by e-mail, by a text on the telephone.
//!
//! ```text
//!  deed's transaction                          job, every minute
//!  tell ──▶ page:  kept ──▶ read ──────────────────────────────────────────────▶ swept after 90 days
//!      └──▶ mail, text:  waiting ── lease: due moves on ──▶ (sending) ── sent ──▶ swept after 30 days
//!                          ▲ ▲                                 │ │
//!                          │ └── not now: due = a longer pause ─┘ └─ refused, or too often, or too old ─▶ failed
//!                          └──────────────────────── resend, by an administrator ──────────────────────────┘
//! ```
//!
//! A notice carries code, state, day and link, never a name: what it may say is the closed list [`Word`], and its
//! sentences are templates in `data/notices`.
//!
//! Read in this order: `model`, `template`, `digest`, `words`, `tell`, `inbox` (a person's own), `outbox` (what went
//! wrong), then the sending: `lease` (its SQL), `send`, `mail`, `gateway`; last `postbox`, which receives instead of sending.

mod digest;
mod gateway;
mod inbox;
mod lease;
mod mail;
mod model;
mod outbox;
pub mod postbox;
mod send;
mod tell;
mod template;
mod words;

pub use digest::{Counts, digest};
pub use gateway::{Gateway, Sms};
pub use inbox::{UNREAD_MOST, find, list, read, read_all, sweep, unread};
pub use mail::{Mailer, Security, Smtp};
pub use model::{KEPT_DAYS, MOST_TRIES, Notice, NoticeId, Outgoing, Receiver, SENT_DAYS, Status, TOLD_DAYS, Way};
pub use outbox::{failed, find_failed, of, resend};
pub use send::{Senders, Sending, Sent, Texts, Unsent, send_due};
pub use tell::{Letter, News, put, send, tell};
pub use template::{Said, Values, Word, codes, needs, render};
pub use words::NotNow;
