//! One function per verb: load, decide, save.

mod across;
mod appraise;
mod conclude;
mod embedded;
mod evidence;
mod excuse;
pub mod export;
mod facts;
pub mod history;
pub mod importing;
mod load;
pub mod overview;
pub mod papers;
pub mod preparing;
mod reading;
mod reopen;
pub mod results;
mod rounds;
mod scoring;
pub mod sets;
mod submit;
mod survey;
pub mod what_if;

pub use across::{Across, AcrossLine, Beside, across, beside};
pub use appraise::{NewVerdict, appraise, explain, second};
pub use conclude::{conclude, publish};
pub use embedded::{SETS, load_embedded};
pub use evidence::{Given, NewEvidence, add_evidence, drop_proof, given, open_file, prove};
pub use excuse::{ask_excuse, decide_excuse};
pub use facts::{answer_of, facts_behind, read_facts, refresh_facts};
pub use load::{
    LoadedEvidence, load_answers, load_assignments, load_evidence, load_verdicts, read_all_facts, settle_cards,
};
pub use reading::{appraisers, cards_seen, history_of, published, round, rounds};
pub use reopen::{ask_reopen, decide_reopen, reopen_requests};
pub use rounds::{
    NewRound, NewWatch, change_round, create_round, give_fields, open_round, set_survey_held, unset_appraiser,
};
pub use scoring::{Cell, assign, assignable, save_answer, save_note};
pub use submit::{finish_explaining, submit};
pub use survey::{SurveyAnswer, SurveyCheck, SurveyRow, check_survey, import_survey, may_import, survey_table};
