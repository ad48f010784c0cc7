//! One function per verb: load, decide, save.

mod ask;
mod assign;
mod close;
mod evaluation;
mod facts;
mod intake;
mod money;
mod reading;
mod result;
mod stats;
mod step;
mod work;

pub use ask::{NewAsk, ask, supply};
pub use assign::{Candidate, assign, candidates};
pub use close::{correct, extend, refuse, withdraw};
pub use evaluation::{Evaluated, evaluate};
pub use facts::{record_facts, reporting_year};
pub use intake::{Given, Intake, Receipt, offers, receive};
pub use money::{pay, waive};
pub use reading::{Listed, Seen, box_counts, find_code, list, papers_of, seen};
pub use result::{draft, issue, sign};
pub use stats::{
    BehindNumber, LIST as STATS_LIST, Statistics, StatsReach, StatsRow, behind, link_behind, statistics, stats_reach,
    take_away,
};
pub use step::{Onward, judge, leave, undo};
