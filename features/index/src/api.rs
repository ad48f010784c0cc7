//! The same verbs for programs: `/api/v1`. JSON in and out, failures as problem+json, lists by cursor, ETag and
//! If-Match on what has a version. Decimals travel as strings.

mod described;
mod evidence;
mod read;
mod write;

pub use described::described;

use axum::http::HeaderMap;
use axum::http::header::IF_MATCH;
use people::Failure;
use web::{Fault, Routes, Who};

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
        .post("/api/v1/rounds/{round}/survey", Who::Key, write::survey)
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
        .get("/api/v1/criteria-sets", Who::Key, read::sets)
        .get("/api/v1/criteria-sets/{id}", Who::Key, read::set)
        .get("/api/v1/history", Who::Key, read::history)
}

/// The version that the caller saw: `If-Match: "3"`. Something that is not there yet has version 0.
fn version(headers: &HeaderMap) -> Result<i64, Fault> {
    let text = headers.get(IF_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.trim_matches('"').parse().map_err(|_| {
        Fault(Failure::refused(
            "if-match",
            "Cần tiêu đề If-Match với phiên bản đã đọc (ETag), ví dụ If-Match: \"3\"; nội dung chưa có thì \"0\".",
        ))
    })
}
