//! One file per screen. `list`: which there are; `open`, `board`: a collection; `one`: a report, with `table` (its figures), `words`
//! (its outline), `attached` (its files), `checks`, `drawer` (one row), `deeds` (from hand to hand), `give`; `cells` saves, `books` by workbook; `regimes`: the register, `design`
//! puts one in by workbook; `cube` (figures over units and
//! periods) and `opened` (what one of them is made of); `incoming` (letters of others).

mod attached;
mod board;
mod books;
mod cells;
mod checks;
mod cube;
mod deeds;
mod design;
mod drawer;
mod give;
mod incoming;
mod list;
mod one;
mod open;
mod opened;
mod regimes;
mod table;
mod words;

use crate::model::*;
use crate::rules::{COLLECTORS, RECEIVERS};
use people::Role;
use web::{NavEntry, Routes, Who};

const IN: Who = Who::SignedIn;
const ADMIN: Who = Who::Holds(&[Role::Admin]);
const COLLECT: Who = Who::Holds(COLLECTORS);
const READERS: &[Role] = &[
    Role::Head,
    Role::Coordinator,
    Role::Staff,
    Role::Clerk,
    Role::Registrar,
    Role::Viewer,
    Role::Council,
    Role::Admin,
];

/// All screens of this room. Whose report, in which state, is asked further in.
pub fn routes() -> Routes {
    Routes::new()
        .get(list::HERE, IN, list::page)
        .get(open::HERE, COLLECT, open::page)
        .post(open::HERE, COLLECT, open::open)
        .get(regimes::HERE, IN, regimes::list)
        .get(design::HERE, ADMIN, design::page)
        .post(design::HERE, ADMIN, design::send)
        .get("/bao-cao/che-do/{edition}", IN, regimes::one)
        .get("/bao-cao/che-do/{edition}/tep", IN, regimes::workbook)
        .get(cube::HERE, IN, cube::page)
        .get(opened::HERE, IN, opened::page)
        .get(incoming::HERE, IN, incoming::list)
        .post(incoming::HERE, Who::Holds(RECEIVERS), incoming::take_in)
        .get("/bao-cao/van-ban/{id}", IN, incoming::one)
        .get("/bao-cao/van-ban/{id}/tep/{file}", IN, incoming::file)
        .get("/bao-cao/dot/{round}", IN, board::page)
        .post("/bao-cao/dot/{round}/nhac", COLLECT, board::remind)
        .get("/bao-cao/{id}", IN, one::page)
        .get("/bao-cao/{id}/in", IN, deeds::print)
        .get("/bao-cao/{id}/tai", IN, books::take)
        .post("/bao-cao/{id}/nap", IN, books::bring)
        .post("/bao-cao/{id}/o/{form}/{place}", IN, cells::cell)
        .post("/bao-cao/{id}/dan/{form}", IN, cells::paste)
        .post("/bao-cao/{id}/muc/{section}", IN, cells::section)
        .post("/bao-cao/{id}/dinh-kem", IN, attached::bring)
        .get("/bao-cao/{id}/dinh-kem/{file}", IN, attached::take)
        .post("/bao-cao/{id}/dinh-kem/{file}/bo", IN, attached::remove)
        .post("/bao-cao/{id}/ghi-chu", IN, deeds::note)
        .post("/bao-cao/{id}/trinh", IN, deeds::ask)
        .post("/bao-cao/{id}/rut", IN, deeds::withdraw)
        .post("/bao-cao/{id}/duyet", IN, deeds::approve)
        .post("/bao-cao/{id}/tra-lai", IN, deeds::give_back)
        .post("/bao-cao/{id}/nhan", IN, deeds::accept)
        .post("/bao-cao/{id}/mo-lai", IN, deeds::reopen)
        .post("/bao-cao/{id}/ghep", IN, deeds::gather)
        .post("/bao-cao/{id}/gui", IN, deeds::tell)
        .post("/bao-cao/{id}/dem", IN, deeds::count)
        .post("/bao-cao/{id}/so-van-ban", IN, deeds::issue)
        .get("/bao-cao/{id}/giao", IN, give::page)
        .post("/bao-cao/{id}/giao", IN, give::give)
}

/// Their places in the navigation.
pub const NAV: &[NavEntry] = &[
    NavEntry { group: "Báo cáo", label: "Báo cáo", href: list::HERE, roles: READERS },
    NavEntry { group: "Báo cáo", label: "Số liệu qua các kỳ", href: cube::HERE, roles: READERS },
    NavEntry { group: "Báo cáo", label: "Chế độ báo cáo", href: regimes::HERE, roles: READERS },
    NavEntry { group: "Báo cáo", label: "Văn bản đến", href: incoming::HERE, roles: RECEIVERS },
];

/// Addresses.
mod place {
    use super::*;

    pub fn report(id: ReportId) -> String {
        format!("/bao-cao/{id}")
    }

    pub fn round(id: RoundId) -> String {
        format!("/bao-cao/dot/{id}")
    }
}
