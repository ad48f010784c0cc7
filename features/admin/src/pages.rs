//! The screens, one file each, and the table of who may call them.

mod account;
mod form;
mod hat;
mod history;
mod keys;
mod list;
mod loans;
mod password;
mod people;
mod person;
mod person_form;
mod second_factor;
mod set_password;
mod set_up;
mod sign_in;
mod unit;
mod unit_end;
mod unit_form;
mod units;

use ::people::Role;
use web::Who::{self, Everyone, SignedIn};
use web::{NavEntry, Routes};

/// What the navigation offers.
pub const NAV: &[NavEntry] = &[
    NavEntry { group: "Quản trị", label: "Đơn vị", href: "/quan-tri/don-vi", roles: &[Role::Admin] },
    NavEntry { group: "Quản trị", label: "Người dùng", href: "/quan-tri/nguoi-dung", roles: &[Role::Admin] },
];

pub fn routes() -> Routes {
    ways_in().and(mine()).and(units()).and(people_of_all())
}

fn ways_in() -> Routes {
    Routes::new()
        .get("/dang-nhap", Everyone, sign_in::page)
        .post("/dang-nhap", Everyone, sign_in::send)
        .post("/dang-xuat", Everyone, sign_in::out)
        .get("/thiet-lap", Everyone, set_up::page)
        .post("/thiet-lap", Everyone, set_up::send)
        .get("/dat-mat-khau", Everyone, set_password::page)
        .post("/dat-mat-khau", Everyone, set_password::send)
        .get("/.well-known/change-password", Everyone, set_password::well_known)
        .post("/vai-tro", SignedIn, hat::send)
}

fn mine() -> Routes {
    Routes::new()
        .get("/tai-khoan", SignedIn, account::page)
        .get("/tai-khoan/phien", SignedIn, account::sessions)
        .post("/tai-khoan/phien", SignedIn, account::end_session)
        .get("/tai-khoan/mat-khau", SignedIn, password::page)
        .post("/tai-khoan/mat-khau", SignedIn, password::send)
        .get("/tai-khoan/hai-lop", SignedIn, second_factor::page)
        .post("/tai-khoan/hai-lop", SignedIn, second_factor::send)
        .get("/tai-khoan/uy-quyen", SignedIn, loans::page)
        .post("/tai-khoan/uy-quyen", SignedIn, loans::send)
        .post("/tai-khoan/uy-quyen/ket-thuc", SignedIn, loans::end)
        .get("/tai-khoan/khoa", SignedIn, keys::page)
        .post("/tai-khoan/khoa", SignedIn, keys::send)
        .post("/tai-khoan/khoa/ket-thuc", SignedIn, keys::end)
}

const ADMIN: Who = Who::Holds(&[Role::Admin]);

fn units() -> Routes {
    Routes::new()
        .get("/quan-tri/don-vi", ADMIN, units::page)
        .get("/quan-tri/don-vi/them", ADMIN, unit_form::new)
        .post("/quan-tri/don-vi/them", ADMIN, unit_form::add)
        .get("/quan-tri/don-vi/{id}", ADMIN, unit::page)
        .get("/quan-tri/don-vi/{id}/sua", ADMIN, unit_form::edit)
        .post("/quan-tri/don-vi/{id}/sua", ADMIN, unit_form::save)
        .get("/quan-tri/don-vi/{id}/ket-thuc", ADMIN, unit_end::page)
        .post("/quan-tri/don-vi/{id}/ket-thuc", ADMIN, unit_end::send)
}

fn people_of_all() -> Routes {
    Routes::new()
        .get("/quan-tri/nguoi-dung", ADMIN, people::page)
        .get("/quan-tri/nguoi-dung/them", ADMIN, person_form::new)
        .post("/quan-tri/nguoi-dung/them", ADMIN, person_form::add)
        .get("/quan-tri/nguoi-dung/{id}", ADMIN, person::page)
        .get("/quan-tri/nguoi-dung/{id}/sua", ADMIN, person_form::edit)
        .post("/quan-tri/nguoi-dung/{id}/sua", ADMIN, person_form::save)
        .post("/quan-tri/nguoi-dung/{id}/khoa", ADMIN, person::close)
        .post("/quan-tri/nguoi-dung/{id}/mo", ADMIN, person::open)
        .post("/quan-tri/nguoi-dung/{id}/lien-ket", ADMIN, person::make_link)
        .post("/quan-tri/nguoi-dung/{id}/tat-hai-lop", ADMIN, person::second_off)
        .post("/quan-tri/nguoi-dung/{id}/go-dang-nhap-chung", ADMIN, person::unbind)
        .post("/quan-tri/nguoi-dung/{id}/vai-tro", ADMIN, person::give)
        .post("/quan-tri/nguoi-dung/{id}/vai-tro/ket-thuc", ADMIN, person::end_role)
}
