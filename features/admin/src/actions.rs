//! One function per verb: load, decide, save.

mod mine;
mod ways_in;

pub use mine::{Loan, end_key, end_loan, end_other_sessions, lend, make_key, switch_second_on};
pub use ways_in::{FirstAdmin, choose_password, end_session, set_up, wear};
