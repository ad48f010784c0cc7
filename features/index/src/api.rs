//! The same verbs for programs: `/api/v1`. JSON in and out, failures as problem+json, lists by cursor, ETag and
//! If-Match on what has a version. Decimals travel as strings.

mod described;
mod downloads;
mod evidence;
mod read;
mod results;
mod sets;
mod survey;
mod write;

pub use described::described;

use people::Role;
use web::{Routes, Who};

/// All doors for programs.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/rounds", Who::Key, read::rounds)
        .post("/api/v1/rounds", Who::Key, write::create_round)
        .get("/api/v1/rounds/{round}", Who::Key, read::round)
        .put("/api/v1/rounds/{round}", Who::Key, write::change_round)
        .post("/api/v1/rounds/{round}/open", Who::Key, write::open_round)
        .post("/api/v1/rounds/{round}/publish", Who::Key, write::publish)
        .get("/api/v1/rounds/{round}/appraisers", Who::Key, read::appraisers)
        .post("/api/v1/rounds/{round}/appraisers", Who::Key, write::set_appraiser)
        .delete("/api/v1/rounds/{round}/appraisers/{id}", Who::Key, write::unset_appraiser)
        .get("/api/v1/rounds/{round}/survey", OVERSEERS, survey::table)
        .post("/api/v1/rounds/{round}/survey", OVERSEERS, survey::import)
        .post("/api/v1/rounds/{round}/survey/check", OVERSEERS, survey::check)
        .put("/api/v1/rounds/{round}/survey/not-held", OVERSEERS, survey::not_held)
        .get("/api/v1/rounds/{round}/results", Who::Key, read::results)
        .get("/api/v1/rounds/{round}/cards", Who::Key, read::cards)
        .get("/api/v1/rounds/{round}/cards/{unit}", Who::Key, read::card)
        .get("/api/v1/rounds/{round}/cards/{unit}/answers/{code}", Who::Key, read::answer)
        .put("/api/v1/rounds/{round}/cards/{unit}/answers/{code}", Who::Key, write::answer)
        .put("/api/v1/rounds/{round}/cards/{unit}/notes/{code}", Who::Key, write::note)
        .put("/api/v1/rounds/{round}/cards/{unit}/excuses/{code}", Who::Key, write::excuse)
        .post("/api/v1/rounds/{round}/cards/{unit}/excuses/{code}/decide", Who::Key, write::decide_excuse)
        .post("/api/v1/rounds/{round}/cards/{unit}/assignments", Who::Key, write::assign)
        .post("/api/v1/rounds/{round}/cards/{unit}/facts", Who::Key, write::facts)
        .get("/api/v1/rounds/{round}/cards/{unit}/evidence", Who::Key, evidence::list)
        .post("/api/v1/rounds/{round}/cards/{unit}/evidence/{code}", Who::Key, evidence::add)
        .put("/api/v1/rounds/{round}/cards/{unit}/evidence/{code}/{id}", Who::Key, evidence::prove)
        .delete("/api/v1/rounds/{round}/cards/{unit}/evidence/{code}/{id}", Who::Key, evidence::drop_one)
        .get("/api/v1/evidence/{id}/files/{file}", Who::Key, evidence::file)
        .get("/api/v1/rounds/{round}/cards/{unit}/missing", Who::Key, read::missing)
        .post("/api/v1/rounds/{round}/cards/{unit}/submit", Who::Key, write::submit)
        .post("/api/v1/rounds/{round}/cards/{unit}/explained", Who::Key, write::explained)
        .get("/api/v1/rounds/{round}/cards/{unit}/reopenings", Who::Key, read::reopenings)
        .post("/api/v1/rounds/{round}/cards/{unit}/reopenings", Who::Key, write::ask_reopen)
        .post("/api/v1/rounds/{round}/cards/{unit}/reopenings/{id}", Who::Key, write::decide_reopen)
        .get("/api/v1/rounds/{round}/cards/{unit}/verdicts/{code}", Who::Key, read::verdict)
        .put("/api/v1/rounds/{round}/cards/{unit}/verdicts/{code}", Who::Key, write::verdict)
        .post("/api/v1/rounds/{round}/cards/{unit}/verdicts/{code}/second", Who::Key, write::second)
        .get("/api/v1/rounds/{round}/cards/{unit}/remarks", Who::Key, read::remarks)
        .post("/api/v1/rounds/{round}/cards/{unit}/remarks/{code}", Who::Key, write::say)
        .post("/api/v1/rounds/{round}/cards/{unit}/conclude", Who::Key, write::conclude)
        .get("/api/v1/rounds/{round}/criteria/{kind}/{code}", Who::Key, read::across)
        .get("/api/v1/history", Who::Key, read::history)
        .and(of_results())
        .and(of_sets())
}

fn of_results() -> Routes {
    Routes::new()
        .get("/api/v1/rounds/{round}/results/units/{unit}", Who::Key, results::profile)
        .get("/api/v1/rounds/{round}/results/units/{unit}/table", Who::Key, downloads::profile)
        .get("/api/v1/rounds/{round}/results/units/{unit}/what-if", Who::Key, results::what_if)
        .get("/api/v1/rounds/{round}/results/heat", Who::Key, results::heat)
        .get("/api/v1/rounds/{round}/results/losses", Who::Key, results::losses)
        .get("/api/v1/rounds/{round}/results/losses/{code}", Who::Key, results::losers)
        .get("/api/v1/rounds/{round}/results/robustness", Who::Key, results::robustness)
        .get("/api/v1/rounds/{round}/results/tables/ranking", Who::Key, downloads::ranking)
        .get("/api/v1/rounds/{round}/results/tables/heat", Who::Key, downloads::heat)
        .get("/api/v1/rounds/{round}/results/tables/losses", Who::Key, downloads::losses)
        .get("/api/v1/rounds/{round}/results/tables/robustness", Who::Key, downloads::robustness)
        .get("/api/v1/rounds/{round}/cards/{unit}/table", Who::Key, downloads::card)
        .get("/api/v1/rounds/{round}/cards/{unit}/report", Who::Key, downloads::report)
        .get("/api/v1/rounds/{round}/cards/{unit}/minutes", Who::Key, downloads::minutes)
        .get("/api/v1/rounds/{round}/decision", Who::Key, downloads::decision)
        .post("/api/v1/rounds/{round}/export", Who::Key, downloads::whole)
}

const ADMIN: Who = Who::KeyOf(&[Role::Admin]);
const OVERSEERS: Who = Who::KeyOf(&[Role::Admin, Role::Council]);

fn of_sets() -> Routes {
    Routes::new()
        .get("/api/v1/criteria-sets", Who::Key, sets::all)
        .post("/api/v1/criteria-sets", ADMIN, sets::import)
        .post("/api/v1/criteria-sets/begin", ADMIN, sets::begin)
        .post("/api/v1/criteria-sets/check", ADMIN, sets::check)
        .get("/api/v1/criteria-sets/{id}", Who::Key, sets::one)
        .put("/api/v1/criteria-sets/{id}", ADMIN, sets::change)
        .delete("/api/v1/criteria-sets/{id}", ADMIN, sets::discard)
        .get("/api/v1/criteria-sets/{id}/changes", Who::Key, sets::changes)
        .post("/api/v1/criteria-sets/{id}/copy", ADMIN, sets::copy)
        .post("/api/v1/criteria-sets/{id}/publish", ADMIN, sets::publish)
        .post("/api/v1/criteria-sets/{id}/criteria", ADMIN, sets::add_criterion)
        .put("/api/v1/criteria-sets/{id}/criteria/{code}", ADMIN, sets::change_criterion)
        .delete("/api/v1/criteria-sets/{id}/criteria/{code}", ADMIN, sets::drop_criterion)
        .post("/api/v1/criteria-sets/{id}/criteria/{code}/move", ADMIN, sets::move_criterion)
}
