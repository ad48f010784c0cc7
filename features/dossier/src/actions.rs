//! One function per verb: load, decide, save.

mod accept;
mod access;
mod account;
mod amend;
mod ask;
mod assign;
mod close;
mod coordinate;
mod counter;
mod declare;
mod evaluation;
mod excuse;
mod facts;
mod follow;
mod foresee;
mod helped;
mod incoming;
mod intake;
mod lapse;
mod loaded;
mod many;
mod money;
mod morning;
mod newer;
mod online;
mod own;
mod prints;
mod quality;
mod reading;
mod recompute;
mod refund;
mod renew;
mod replay;
mod result;
mod reuse;
mod scan;
mod stats;
mod step;
mod sync;
mod tell;
mod work;

pub use accept::{accept, tariffs};
pub use account::{Chosen, LINK_HOURS, Made, Opening, choose_password, enter, link_holds, make_account, opening};
pub use amend::{Amending, amend, amending, may_amend};
pub use ask::{NewAsk, ask, supply};
pub use assign::{assign, candidates};
pub use close::{correct, extend, refuse, withdraw};
pub use coordinate::{NewAwaited, agencies, answer, helping, may_answer, wait_for};
pub use counter::Counter;
pub use declare::{Declaring, declare, declaring, may_declare};
pub use evaluation::{Evaluated, evaluate};
pub use excuse::{apply_quality, excuse_quality};
pub use facts::record_facts;
pub use follow::{Followed, follow, followed, rate, result_file, signatures, supply_online, verify_result};
pub use foresee::{Foreseen, Moved, MovedStep, Thought, foresee};
pub use helped::{BehindHelped, Helped, HelpedRow, LIST as HELPED_LIST, behind_helped, helped, helped_link};
pub use incoming::incoming;
pub use intake::{Given, Intake, Receipt, offers, receive};
pub use lapse::{lapse, sweep};
pub use loaded::{Loaded, opened};
pub use many::{Fate, Ticked, assign_many, hands, held, move_many, workload};
pub use money::{Fees, hear, pay, pay_online, waive};
pub use morning::morning;
pub use newer::{Newer, follow_newer, newer};
pub use online::{
    Filling, HandedIn, begin, draft_at_counter, drop_file, fill_file, fill_form, fill_people, fill_return, filling,
    hand_in, online, places_of,
};
pub use own::{own_dossiers, sign_in_citizen, sign_out_citizen, signed_in};
pub use prints::{Range, counters, printed, register, register_printed};
pub use quality::{
    Entered, LIST as QUALITY_LIST, Quality, QualityPlace, enter_quality, listed_quality, quality, quality_link,
    record_quality,
};
pub use reading::{
    Attached, Brought, Past, Rest, Seen, Told, box_counts, choices, find_code, holders, list, list_and_total,
    on_the_wall, papers_of, seen,
};
pub use recompute::{RECOMPUTE, Working, change_hours, recompute, set_week, withdraw_hours, withdraw_week, working};
pub use refund::{ask_refund, cashbook, decide_refund, give_back, refund_printed};
pub use renew::{batch, batches, receive_many, renew};
pub use replay::{Replayed, ReplayedStep, replay};
pub use result::{draft, drop_draft, issue, sign};
pub use reuse::{Earlier, Held, earlier as earlier_papers, held_online, reuse, use_held};
pub use scan::scan;
pub use stats::{
    BehindNumber, LIST as STATS_LIST, Statistics, StatsReach, StatsRow, behind, link_behind, statistics, stats_reach,
    take_away,
};
pub use step::{Onward, judge, leave, undo};
pub use sync::Attachments;
pub use tell::Outside;
