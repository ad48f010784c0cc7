//! The screens, one file each, and the table of who may call them.

mod account;
mod both;
mod browser;
mod editions;
mod fact_form;
mod facts;
mod hat;
mod history;
mod jobs;
mod journal;
mod keys;
mod links;
mod loans;
mod notices;
mod oidc;
mod password;
mod payments;
mod people;
mod person;
mod person_form;
mod second_factor;
mod set_password;
mod set_up;
mod sign_in;
mod system;
mod unit;
mod unit_end;
mod unit_form;
mod units;

use ::people::Role;
use web::Who::{self, Everyone, SignedIn};
use web::{NavEntry, Routes};

/// What the navigation offers.
pub const NAV: &[NavEntry] = &[
    entry("Quản trị", "Đơn vị", "/quan-tri/don-vi", &[Role::Admin]),
    entry("Quản trị", "Người dùng", "/quan-tri/nguoi-dung", &[Role::Admin]),
    entry("Quản trị", "Quy định", "/quan-tri/quy-dinh", &[Role::Admin]),
    entry("Quản trị", "Số liệu", "/quan-tri/so-lieu", &[Role::Admin, Role::Coordinator]),
    entry("Quản trị", "Nhật ký", "/quan-tri/nhat-ky", &[Role::Admin]),
    entry("Quản trị", "Việc nền của mọi người", "/quan-tri/viec-nen", &[Role::Admin]),
    entry("Quản trị", "Kết nối ra ngoài", "/quan-tri/ket-noi", &[Role::Admin]),
    entry("Quản trị", "Thanh toán", "/quan-tri/thanh-toan", &[Role::Admin]),
    entry("Quản trị", "Thư, tin nhắn", "/quan-tri/tin-gui", &[Role::Admin]),
    entry("Quản trị", "Hệ thống", "/quan-tri/he-thong", &[Role::Admin]),
    entry("Cá nhân", "Thông báo", "/thong-bao", &[]),
    entry("Cá nhân", "Việc nền", "/viec-nen", &[]),
    entry("Cá nhân", "Tài khoản của tôi", "/tai-khoan", &[]),
];

const fn entry(group: &'static str, label: &'static str, href: &'static str, roles: &'static [Role]) -> NavEntry {
    NavEntry { group, label, href, roles }
}

pub fn routes() -> Routes {
    ways_in().and(mine()).and(units()).and(people_of_all()).and(the_rest()).and(jobs_of_mine())
}

fn ways_in() -> Routes {
    Routes::new()
        .get("/dang-nhap", Everyone, sign_in::page)
        .post("/dang-nhap", Everyone, sign_in::send)
        .get("/dang-nhap/oidc", Everyone, oidc::begin)
        .get("/dang-nhap/oidc/xong", Everyone, oidc::finish)
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
        .get("/thong-bao", SignedIn, notices::mine)
        .post("/thong-bao/da-doc", SignedIn, notices::read_all)
        .post("/thong-bao/{id}", SignedIn, notices::open)
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

const OF_FACTS: Who = Who::Holds(&[Role::Admin, Role::Coordinator]);

fn the_rest() -> Routes {
    Routes::new()
        .get("/quan-tri/quy-dinh", ADMIN, editions::page)
        .get("/quan-tri/nhat-ky", ADMIN, journal::page)
        .post("/quan-tri/nhat-ky/kiem-tra", ADMIN, journal::verify)
        .get("/quan-tri/viec-nen", ADMIN, jobs::all)
        .get("/quan-tri/ket-noi", ADMIN, links::page)
        .get("/quan-tri/ket-noi/{id}", ADMIN, links::one)
        .post("/quan-tri/ket-noi/{id}/gui-lai", ADMIN, links::resend)
        .post("/quan-tri/ket-noi/{id}/bo-qua", ADMIN, links::pass_over)
        .get("/quan-tri/thanh-toan", ADMIN, payments::page)
        .post("/quan-tri/thanh-toan/{id}/hoan", ADMIN, payments::refund)
        .get("/quan-tri/tin-gui", ADMIN, notices::failed)
        .post("/quan-tri/tin-gui/{id}/gui-lai", ADMIN, notices::resend)
        .get("/quan-tri/he-thong", ADMIN, system::page)
        .get("/quan-tri/so-lieu", OF_FACTS, facts::page)
        .get("/quan-tri/so-lieu/nhap", OF_FACTS, fact_form::new)
        .post("/quan-tri/so-lieu/nhap", OF_FACTS, fact_form::add)
        .get("/quan-tri/so-lieu/{id}", OF_FACTS, facts::one)
        .get("/quan-tri/so-lieu/{id}/sua", OF_FACTS, fact_form::edit)
        .post("/quan-tri/so-lieu/{id}/sua", OF_FACTS, fact_form::correct)
}

fn jobs_of_mine() -> Routes {
    Routes::new()
        .get("/viec-nen", SignedIn, jobs::mine)
        .get("/viec-nen/{id}", SignedIn, jobs::page)
        .get("/viec-nen/{id}/tien-do", SignedIn, jobs::again)
        .get("/viec-nen/{id}/tep", SignedIn, jobs::download)
        .post("/viec-nen/{id}/huy", SignedIn, jobs::cancel)
        .post("/viec-nen/{id}/chay-lai", SignedIn, jobs::retry)
}
