//! The screens, one file each, and the table of who may call them.

mod account;
mod form;
mod hat;
mod keys;
mod loans;
mod password;
mod second_factor;
mod set_password;
mod set_up;
mod sign_in;

use people::Role;
use web::Who::{Everyone, SignedIn};
use web::{NavEntry, Routes};

/// What the navigation offers.
pub const NAV: &[NavEntry] = &[
    NavEntry { group: "Quản trị", label: "Đơn vị", href: "/quan-tri/don-vi", roles: &[Role::Admin] },
    NavEntry { group: "Quản trị", label: "Người dùng", href: "/quan-tri/nguoi-dung", roles: &[Role::Admin] },
];

pub fn routes() -> Routes {
    ways_in().and(mine())
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
