//! Messages to government systems outside, and payments through a gateway: put in the transaction of the change that
//! they tell of, sent later, in order, at least once.
//!
//! ```text
//!          put (in the caller's transaction)
//!               │
//!   line of ────▼────────────────────────────────  a sender leases the LINE of a subject, sends its first message,
//!   a subject │ 1 sent │ 2 waiting │ 3 waiting │   writes down how it went, lets go
//!             └────────┴───────────┴───────────┘
//!
//!             answer: taken           ▶ sent
//!  waiting ──▶ nothing, 5xx, 429      ▶ waiting again, later and later; after MOST_TRIES: given up ─┐
//!             4xx: it is wrong itself ▶ refused ────────────────────────────────────────────────────┤
//!     ▲                                                 resend (a person) ◀─────────────────────────┤
//!     └────────────────────────────────────────────────────┘     pass over (a person): the line goes on
//! ```
//!
//! What is refused or given up holds its line: what comes after it would be told of something the outside has not heard
//! of. This room owns the state of *synchronisation* only; the state of business, of payment and of delivery are others'.
//!
//! Read in this order: `model`, `words`, `queue` (what rooms and people do), `lease` (the SQL of the sender), `sender`,
//! `http`, `schema`, then the ports: `dvcqg` (National Public Service Portal), `payment`, `reporting`; `simulator` plays their other side.

pub mod contract;
pub mod dvcqg;
pub mod http;
mod inbox;
mod lease;
mod model;
pub mod payment;
mod queue;
pub mod reporting;
pub mod schema;
mod sender;
pub mod simulator;
mod wall;
mod words;

pub use inbox::{receive, received};
pub use model::{
    Attempt, Delivery, Doing, LEASE_SECONDS, MOST_TRIES, Message, MessageId, Outgoing, PATIENCE, Port, State, Verdict,
};
pub use queue::{Filter, attempts, find, held, list, pass_over, put, resend, sweep};
pub use sender::{Bell, Clock, run, run_due};
pub use words::NotNow;
