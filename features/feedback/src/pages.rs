//! One file per screen. `citizen`, `public`: whoever says something, and everybody; `office`, `one`, `stats`: who answers.

mod citizen;
mod office;
mod one;
mod public;
mod show;
mod stats;

use crate::rules::{OVERSEERS, WORKERS};
use people::Role;
use web::{NavEntry, Routes, Who};

const WORK: Who = Who::Holds(WORKERS);
const OVERSEE: Who = Who::Holds(OVERSEERS);
const HEAD: Who = Who::Holds(&[Role::Head]);
const COUNTERS: &[Role] = &[Role::Head, Role::Coordinator, Role::Clerk, Role::Admin, Role::Council, Role::Viewer];

/// All screens of this room.
pub fn routes() -> Routes {
    let all = Who::Everyone;
    Routes::new()
        .get(citizen::HERE, all, citizen::page)
        .post(citizen::HERE, all, citizen::say)
        .get(citizen::FOLLOW, all, citizen::asking)
        .post(citizen::FOLLOW, all, citizen::follow)
        .post("/phan-anh/tra-cuu/tep", all, citizen::file)
        .get(public::HERE, all, public::list)
        .get("/phan-anh/cong-khai/{code}", all, public::one)
        .get(office::HERE, WORK, office::list)
        .get(stats::HERE, Who::Holds(COUNTERS), stats::page)
        .get(crate::actions::STATS_LIST, Who::Holds(COUNTERS), stats::list)
        .get("/mot-cua/phan-anh/{id}", WORK, one::page)
        .get("/mot-cua/phan-anh/{id}/tep/{file}", WORK, one::file)
        .post("/mot-cua/phan-anh/{id}/tra-loi", WORK, one::answer)
        .post("/mot-cua/phan-anh/{id}/phan-cong", OVERSEE, one::give)
        .post("/mot-cua/phan-anh/{id}/chuyen", OVERSEE, one::pass)
        .post("/mot-cua/phan-anh/{id}/cong-khai", WORK, one::propose)
        .post("/mot-cua/phan-anh/{id}/duyet", HEAD, one::approve)
}

/// Their places in the navigation.
pub const NAV: &[NavEntry] = &[
    NavEntry { group: "Một cửa", label: "Phản ánh, kiến nghị", href: office::HERE, roles: WORKERS },
    NavEntry { group: "Một cửa", label: "Thống kê phản ánh", href: stats::HERE, roles: COUNTERS },
];
