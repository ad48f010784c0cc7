//! One function per verb: load, decide, save.

mod ask;
mod assign;
mod close;
mod intake;
mod money;
mod prints;
mod reading;
mod result;
mod step;
mod work;

pub use ask::{NewAsk, ask, supply};
pub use assign::{Candidate, assign, candidates};
pub use close::{correct, extend, refuse, withdraw};
pub use intake::{Given, Intake, Receipt, offers, receive};
pub use money::{pay, waive};
pub use prints::{Range, counters, printed, register, register_printed};
pub use reading::{Listed, Seen, box_counts, find_code, list, papers_of, seen};
pub use result::{draft, issue, sign};
pub use step::{Onward, judge, leave, undo};
#[cfg(test)]
pub(crate) use work::Loaded;
