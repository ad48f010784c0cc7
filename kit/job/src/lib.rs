//! Work for later: a queue in the database, leased by workers, tried again, planned, and shown while it runs.
//!
//! ```text
//!            enqueue               lease, tries+1            result
//!  (asked) ──────────▶ waiting ──────────────────▶ running ─────────▶ done
//!                       ▲   ▲    problem, tries<5     │ │
//!                       │   └───────────────────────── ┘ ├─ problem, tries=5 ─▶ failed ─┐
//!                       │        lease ran out: taken up │                              │
//!                       │        again by any worker     └─ cancel ─▶ cancelled ─┐      │
//!                       └──────────────────────── retry ─────────────────────────┴──────┘
//! ```
//!
//! Read in this order: `model`, `words`, `ask` (what people do), `queue` and `ctx` (what a feature writes), `lease`
//! (the SQL of the worker), `worker`.

mod ask;
mod ctx;
mod lease;
mod model;
mod queue;
mod words;
mod worker;

pub use ask::{Filter, cancel, enqueue, find, list, retry, sweep};
pub use ctx::Ctx;
pub use model::{Job, JobId, KEPT_DAYS, MOST_TRIES, Problem, Status};
pub use queue::{Bell, Queue};
pub use words::NotNow;
pub use worker::{run, run_due};
