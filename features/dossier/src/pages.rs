//! One file per screen: request → action → page.

mod account;
mod batch;
mod board;
mod citizen;
mod coordination;
mod declare;
mod deeds;
mod evaluation;
mod helped;
mod hours;
mod intake;
mod list;
mod many;
mod newer;
mod one;
mod quality;
mod quality_one;
mod questions;
mod refunds;
mod register;
mod sheets;
mod show;
mod stats;

use crate::rules::{CLERKS, WORKERS};
use people::Role;
use web::{NavEntry, Routes, Who};

const WORK: Who = Who::Holds(WORKERS);
/// Who reads the register of a counter.
const READERS: &[Role] = &[Role::Clerk, Role::Head, Role::Coordinator, Role::Registrar];
const BOOK: Who = Who::Holds(READERS);
/// Who counts them: an agency its own, the province all.
const COUNTERS: &[Role] =
    &[Role::Head, Role::Coordinator, Role::Registrar, Role::Clerk, Role::Admin, Role::Council, Role::Viewer];
const COUNT: Who = Who::Holds(COUNTERS);
/// Who gives work out.
const OVERSEERS: &[Role] = &[Role::Head, Role::Coordinator];
const OVERSEE: Who = Who::Holds(OVERSEERS);
/// Who looks at the working days; who may change them is decided further on.
const DAYS: Who = Who::Holds(&[Role::Clerk, Role::Staff, Role::Head, Role::Coordinator, Role::Registrar, Role::Admin]);
const HEAD: Who = Who::Holds(&[Role::Head]);
const CLERK: Who = Who::Holds(CLERKS);

/// All screens of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get("/mot-cua", WORK, list::page)
        .get("/mot-cua/tiep-nhan", CLERK, intake::page)
        .post("/mot-cua/tiep-nhan", CLERK, intake::receive)
        .get(sheets::HERE, CLERK, sheets::page)
        .post(sheets::HERE, CLERK, sheets::receive)
        .get("/mot-cua/tiep-nhan/nhieu/mau", CLERK, sheets::template)
        .get("/mot-cua/tiep-nhan/nhieu/{batch}", CLERK, batch::page)
        .post("/mot-cua/tiep-nhan/nhieu/{batch}/ma", CLERK, batch::renew)
        .post("/mot-cua/nhieu-ho-so", WORK, many::deed)
        .get(many::HERE, OVERSEE, many::workload)
        .get("/mot-cua/phan-viec/{account}", OVERSEE, many::held)
        .get(coordination::HERE, WORK, coordination::page)
        .get(newer::HERE, HEAD, newer::page)
        .post(newer::HERE, HEAD, newer::follow)
        .get(board::HERE, WORK, board::page)
        .get(hours::HERE, DAYS, hours::page)
        .post(hours::HERE, DAYS, hours::change)
        .post("/mot-cua/lich/{id}/bo", DAYS, hours::withdraw)
        .get(hours::WEEK, DAYS, hours::week)
        .post(hours::WEEK, DAYS, hours::set_week)
        .post("/mot-cua/lich/gio/{id}/bo", DAYS, hours::withdraw_week)
        .get(stats::HERE, COUNT, stats::page)
        .get(stats::LIST, COUNT, stats::list)
        .get(helped::HERE, COUNT, helped::page)
        .get(helped::LIST, COUNT, helped::list)
        .get(evaluation::HERE, COUNT, evaluation::page)
        .get(quality::HERE, COUNT, quality::page)
        .get(quality::LIST, COUNT, quality_one::list)
        .get("/mot-cua/danh-gia/766/{tieu_chi}", COUNT, quality_one::page)
        .post("/mot-cua/danh-gia/766/{tieu_chi}", COUNT, quality_one::enter)
        .post("/mot-cua/danh-gia/766/{tieu_chi}/khong-ap-dung", COUNT, quality_one::excuse)
        .get("/mot-cua/ho-so/{id}", WORK, one::page)
        .get("/mot-cua/ho-so/{id}/giay-hen", WORK, one::receipt)
        .get("/mot-cua/ho-so/{id}/in/{form}", WORK, one::print)
        .get("/mot-cua/ho-so/{id}/to-khai", WORK, declare::page)
        .post("/mot-cua/ho-so/{id}/to-khai", WORK, declare::fill)
        .get("/mot-cua/so", BOOK, register::page)
        .get("/mot-cua/so/in", BOOK, register::print)
        .get("/mot-cua/ho-so/{id}/tep/{file}", WORK, one::file)
        .post("/mot-cua/ho-so/{id}/chuyen", WORK, deeds::leave)
        .post("/mot-cua/ho-so/{id}/rut-buoc", WORK, deeds::undo)
        .post("/mot-cua/ho-so/{id}/phan-cong", WORK, deeds::assign)
        .post("/mot-cua/ho-so/{id}/tham-dinh", WORK, deeds::judge)
        .post("/mot-cua/ho-so/{id}/dung-lai", WORK, deeds::reuse)
        .post("/mot-cua/ho-so/{id}/bo-sung", WORK, deeds::ask)
        .post("/mot-cua/ho-so/{id}/nhan-bo-sung", WORK, deeds::supply)
        .get("/mot-cua/ho-so/{id}/cho", WORK, coordination::ask)
        .post("/mot-cua/ho-so/{id}/cho", WORK, coordination::begin)
        .post("/mot-cua/ho-so/{id}/tra-loi", WORK, coordination::answer)
        .post("/mot-cua/ho-so/{id}/tu-choi", WORK, deeds::refuse)
        .post("/mot-cua/ho-so/{id}/rut", WORK, deeds::withdraw)
        .post("/mot-cua/ho-so/{id}/xin-loi", WORK, deeds::extend)
        .post("/mot-cua/ho-so/{id}/sua-luc-nhan", CLERK, deeds::correct)
        .post("/mot-cua/ho-so/{id}/phi", CLERK, deeds::pay)
        .post("/mot-cua/ho-so/{id}/hoan-phi", WORK, refunds::deed)
        .get("/mot-cua/ho-so/{id}/hoan-phi/{refund}", WORK, refunds::print)
        .get(refunds::HERE, BOOK, refunds::page)
        .post("/mot-cua/ho-so/{id}/du-thao", WORK, deeds::draft)
        .post("/mot-cua/ho-so/{id}/bo-du-thao", WORK, deeds::drop_draft)
        .post("/mot-cua/ho-so/{id}/ky", WORK, deeds::sign)
        .post("/mot-cua/ho-so/{id}/vao-so", WORK, deeds::issue)
        .post("/mot-cua/ho-so/{id}/tiep-nhan", CLERK, deeds::accept)
        .get("/mot-cua/ho-so/{id}/tai-khoan", CLERK, account::page)
        .post("/mot-cua/ho-so/{id}/tai-khoan", CLERK, account::make)
        .and(citizen::routes())
}

/// Their places in the navigation.
pub const NAV: &[NavEntry] = &[
    NavEntry { group: "Một cửa", label: "Hồ sơ", href: "/mot-cua", roles: WORKERS },
    NavEntry { group: "Một cửa", label: "Bảng thông báo", href: board::HERE, roles: &[Role::Clerk] },
    NavEntry { group: "Một cửa", label: "Tiếp nhận", href: "/mot-cua/tiep-nhan", roles: &[Role::Clerk] },
    NavEntry { group: "Một cửa", label: "Phối hợp", href: coordination::HERE, roles: WORKERS },
    NavEntry { group: "Một cửa", label: "Phân việc", href: many::HERE, roles: OVERSEERS },
    NavEntry { group: "Một cửa", label: "Đổi quy trình", href: newer::HERE, roles: &[Role::Head] },
    NavEntry { group: "Một cửa", label: "Sổ theo dõi", href: "/mot-cua/so", roles: READERS },
    NavEntry { group: "Một cửa", label: "Thu phí", href: refunds::HERE, roles: READERS },
    NavEntry {
        group: "Một cửa",
        label: "Lịch làm việc",
        href: hours::HERE,
        roles: &[Role::Clerk, Role::Staff, Role::Head, Role::Coordinator, Role::Registrar, Role::Admin],
    },
    NavEntry { group: "Một cửa", label: "Thống kê", href: stats::HERE, roles: COUNTERS },
    NavEntry { group: "Một cửa", label: "Đánh giá", href: evaluation::HERE, roles: COUNTERS },
    NavEntry { group: "Một cửa", label: "Chỉ số 766", href: quality::HERE, roles: COUNTERS },
];

/// Addresses in this room.
pub(crate) mod place {
    use crate::model::DossierId;

    pub fn dossier(id: DossierId) -> String {
        format!("/mot-cua/ho-so/{id}")
    }
}
