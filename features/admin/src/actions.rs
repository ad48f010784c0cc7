//! One function per verb: load, decide, save.

pub mod editions;
mod facts;
mod jobs;
pub mod journal;
mod mine;
mod people;
pub mod seen;
mod units;
mod ways_in;

pub use facts::{FactsAsked, enter_fact, fact_seen, facts, may_enter};
pub use jobs::{cancel_job, file_of, job_file, retry_job};
pub use mine::{Loan, colleagues, end_key, end_loan, end_other_sessions, lend, loans, make_key, switch_second_on};
pub use people::{
    Giving, add_person, change_person, close_person, end_role, enrol_person, give_role, password_link, read_person,
    switch_second_off, unbind_person,
};
pub use units::{Ending, end_unit, save_unit};
pub use ways_in::{FirstAdmin, choose_password, end_session, set_up, wear};
