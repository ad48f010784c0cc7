//! One file per side: who answers, and who says it.

mod citizen;
mod office;

use people::Role;
use web::{NavEntry, Routes, Who};

const ROLES: &[Role] = &[Role::Head, Role::Coordinator, Role::Clerk];
const ANSWER: Who = Who::Holds(ROLES);

/// All screens of this room.
pub fn routes() -> Routes {
    let all = Who::Everyone;
    Routes::new()
        .get(citizen::HERE, all, citizen::page)
        .post(citizen::HERE, all, citizen::say)
        .get(citizen::FOLLOW, all, citizen::asking)
        .post(citizen::FOLLOW, all, citizen::follow)
        .get(office::HERE, ANSWER, office::list)
        .get("/mot-cua/phan-anh/{id}", ANSWER, office::page)
        .post("/mot-cua/phan-anh/{id}/tra-loi", ANSWER, office::answer)
        .post("/mot-cua/phan-anh/{id}/chuyen", ANSWER, office::pass)
}

/// Their places in the navigation.
pub const NAV: &[NavEntry] =
    &[NavEntry { group: "Một cửa", label: "Phản ánh, kiến nghị", href: office::HERE, roles: ROLES }];
