//! Dossiers for programs: the same verbs as the screens, files too.

mod deeds;
mod described;
mod reading;

pub use described::described;

use crate::rules::{CLERKS, WORKERS};
use web::{Routes, Who};

const WORK: Who = Who::KeyOf(WORKERS);
const CLERK: Who = Who::KeyOf(CLERKS);

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/dossiers", WORK, reading::all)
        .post("/api/v1/dossiers", CLERK, deeds::receive)
        .get("/api/v1/dossiers/{id}", WORK, reading::one)
        .post("/api/v1/dossiers/{id}/accept", CLERK, deeds::accept)
        .post("/api/v1/dossiers/{id}/move", WORK, deeds::leave)
        .post("/api/v1/dossiers/{id}/undo", WORK, deeds::undo)
        .post("/api/v1/dossiers/{id}/assign", WORK, deeds::assign)
        .post("/api/v1/dossiers/{id}/verdicts", WORK, deeds::judge)
        .post("/api/v1/dossiers/{id}/ask", WORK, deeds::ask)
        .post("/api/v1/dossiers/{id}/await", WORK, deeds::wait_for)
        .post("/api/v1/dossiers/{id}/answer", WORK, deeds::answer)
        .post("/api/v1/dossiers/{id}/refuse", WORK, deeds::refuse)
        .post("/api/v1/dossiers/{id}/withdraw", WORK, deeds::withdraw)
        .post("/api/v1/dossiers/{id}/extend", WORK, deeds::extend)
        .post("/api/v1/dossiers/{id}/correct", CLERK, deeds::correct)
        .post("/api/v1/dossiers/{id}/pay", CLERK, deeds::pay)
        .post("/api/v1/dossiers/{id}/waive", CLERK, deeds::waive)
        .post("/api/v1/dossiers/{id}/sign", WORK, deeds::sign)
        .post("/api/v1/dossiers/{id}/issue", WORK, deeds::issue)
        .post("/api/v1/dossiers/{id}/papers/{code}/files", WORK, deeds::scan)
        .post("/api/v1/dossiers/{id}/results", WORK, deeds::draft)
        .get("/api/v1/coordination", WORK, reading::helping)
}
