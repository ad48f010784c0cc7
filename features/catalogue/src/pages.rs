//! One file per screen: request → action → page.

mod citizen;
mod deeds;
mod edit;
mod form_upload;
mod forms;
mod list;
mod paper;
mod parts_of;
mod process;
mod process_edit;
mod process_upload;
mod upload;
mod view;

use people::Role;
use web::{NavEntry, Routes, Who};

const HERE: &str = "/thu-tuc";
const PROCESSES: &str = "/thu-tuc/quy-trinh";
const FORMS: &str = "/thu-tuc/mau-don";
const ADMIN: Who = Who::Holds(&[Role::Admin]);
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// All screens of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get("/dich-vu-cong", Who::Everyone, citizen::search)
        .get("/dich-vu-cong/{code}", Who::Everyone, citizen::one)
        .get("/dich-vu-cong/{code}/mau/{giay}", Who::Everyone, citizen::sample)
        .get("/thu-tuc", Who::SignedIn, list::page)
        .get("/thu-tuc/danh-muc.xlsx", Who::SignedIn, list::workbook)
        .get("/thu-tuc/mau.xlsx", Who::SignedIn, list::template)
        .get("/thu-tuc/nap", ADMIN, upload::page)
        .post("/thu-tuc/nap", ADMIN, upload::upload)
        .post("/thu-tuc/nap/loi", ADMIN, upload::errors)
        .get("/thu-tuc/ban/{edition}/tai", Who::SignedIn, view::workbook)
        .post("/thu-tuc/ban/{edition}/soan", ADMIN, deeds::begin)
        .get("/thu-tuc/ban/{edition}/sua", ADMIN, edit::page)
        .post("/thu-tuc/ban/{edition}/sua", ADMIN, edit::save)
        .get("/thu-tuc/ban/{edition}/giay/{giay}", ADMIN, paper::page)
        .post("/thu-tuc/ban/{edition}/giay/{giay}", ADMIN, paper::save)
        .get("/thu-tuc/ban/{edition}/giay/{giay}/mau", Who::SignedIn, paper::sample)
        .get("/thu-tuc/ban/{edition}/cong-bo", ADMIN, deeds::publish_page)
        .post("/thu-tuc/ban/{edition}/cong-bo", ADMIN, deeds::publish)
        .get("/thu-tuc/ban/{edition}/bai-bo", ADMIN, deeds::abolish_page)
        .post("/thu-tuc/ban/{edition}/bai-bo", ADMIN, deeds::abolish)
        .post("/thu-tuc/ban/{edition}/bo", ADMIN, deeds::discard)
        .get("/thu-tuc/quy-trinh", Who::SignedIn, process::list)
        .get("/thu-tuc/quy-trinh/mau.xlsx", Who::SignedIn, process_upload::template)
        .get("/thu-tuc/quy-trinh/moi", ADMIN, process_edit::new_page)
        .post("/thu-tuc/quy-trinh/moi", ADMIN, process_edit::create)
        .get("/thu-tuc/quy-trinh/nap", ADMIN, process_upload::page)
        .post("/thu-tuc/quy-trinh/nap", ADMIN, process_upload::upload)
        .get("/thu-tuc/quy-trinh/{edition}", Who::SignedIn, process::view)
        .get("/thu-tuc/quy-trinh/{edition}/tai", Who::SignedIn, process::file)
        .get("/thu-tuc/quy-trinh/{edition}/ban-hanh", ADMIN, process::publish_page)
        .post("/thu-tuc/quy-trinh/{edition}/ban-hanh", ADMIN, process::publish)
        .post("/thu-tuc/quy-trinh/{edition}/soan", ADMIN, process_edit::begin)
        .get("/thu-tuc/quy-trinh/{edition}/sua", ADMIN, process_edit::page)
        .post("/thu-tuc/quy-trinh/{edition}/sua", ADMIN, process_edit::save)
        .post("/thu-tuc/quy-trinh/{edition}/bo", ADMIN, process::discard)
        .get("/thu-tuc/mau-don", Who::SignedIn, forms::list)
        .get("/thu-tuc/mau-don/mau.xlsx", Who::SignedIn, form_upload::template)
        .get("/thu-tuc/mau-don/nap", ADMIN, form_upload::page)
        .post("/thu-tuc/mau-don/nap", ADMIN, form_upload::upload)
        .get("/thu-tuc/mau-don/{edition}", Who::SignedIn, forms::view)
        .get("/thu-tuc/mau-don/{edition}/tai", Who::SignedIn, forms::workbook)
        .get("/thu-tuc/mau-don/{edition}/ban-hanh", ADMIN, forms::publish_page)
        .post("/thu-tuc/mau-don/{edition}/ban-hanh", ADMIN, forms::publish)
        .post("/thu-tuc/mau-don/{edition}/bo", ADMIN, forms::discard)
        .get("/thu-tuc/{code}", Who::SignedIn, view::page)
}

/// Their places in the navigation.
pub const NAV: &[NavEntry] = &[
    NavEntry { group: "Thủ tục hành chính", label: "Danh mục thủ tục", href: HERE, roles: &[] },
    NavEntry { group: "Thủ tục hành chính", label: "Quy trình nội bộ", href: PROCESSES, roles: &[] },
    NavEntry { group: "Thủ tục hành chính", label: "Mẫu đơn điện tử", href: FORMS, roles: &[] },
];

/// The crumbs of pages below the list.
fn crumbs() -> Vec<(String, String)> {
    vec![("Danh mục thủ tục".into(), HERE.into())]
}

fn crumbs_to(code: &str) -> Vec<(String, String)> {
    [crumbs(), vec![(code.to_owned(), format!("{HERE}/{code}"))]].concat()
}
