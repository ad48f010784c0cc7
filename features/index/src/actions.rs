//! One function per verb: load, decide, save.

mod appraise;
mod conclude;
// mod evidence;
mod excuse;
mod facts;
mod reopen;
mod rounds;
mod scoring;
mod submit;
mod survey;

pub use appraise::{NewVerdict, appraise, explain, second};
pub use conclude::{conclude, publish};
// pub use evidence::{NewEvidence, add_evidence, drop_proof, open_file, prove};
pub use excuse::{ask_excuse, decide_excuse};
pub use facts::read_facts;
pub use reopen::{ask_reopen, decide_reopen};
pub use rounds::{NewRound, change_round, create_round, open_round, set_appraiser, unset_appraiser};
pub use scoring::{Save, assign, save_answer, save_note};
pub use submit::{finish_explaining, submit};
pub use survey::{SurveyAnswer, import_survey};
