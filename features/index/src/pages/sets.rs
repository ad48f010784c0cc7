//! Criteria sets: their list, one edition, what came in as a file, what is written on screen.

mod compare;
mod criterion;
mod deeds;
mod edit;
mod export;
mod parts_of;
mod tree;
mod upload;
mod view;

use crate::actions::sets::sets;
use crate::pages::rounds::sample;
use base::text::compare as in_order;
use base::{Date, day};
use maud::{Markup, html};
use people::Role;
use rulebook::{Head, Status};
use web::list::{self, Listing};
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Routes, Visit, Who, show};

pub(crate) const HERE: &str = "/chi-so/bo-tieu-chi";
const ADMIN: Who = Who::Holds(&[Role::Admin]);

pub fn routes() -> Routes {
    Routes::new()
        .get(HERE, Who::SignedIn, page)
        .get("/chi-so/bo-tieu-chi/mau", Who::SignedIn, export::template)
        .get("/chi-so/bo-tieu-chi/so-sanh", Who::SignedIn, compare::page)
        .get("/chi-so/bo-tieu-chi/moi", ADMIN, deeds::begin_page)
        .post("/chi-so/bo-tieu-chi/moi", ADMIN, deeds::begin)
        .get("/chi-so/bo-tieu-chi/nap", ADMIN, upload::page)
        .post("/chi-so/bo-tieu-chi/nap", ADMIN, upload::upload)
        .post("/chi-so/bo-tieu-chi/nap/loi", ADMIN, upload::errors)
        .get("/chi-so/bo-tieu-chi/{edition}", Who::SignedIn, view::page)
        .get("/chi-so/bo-tieu-chi/{edition}/tai", Who::SignedIn, export::file)
        .get("/chi-so/bo-tieu-chi/{edition}/ban-hanh", ADMIN, deeds::publish_page)
        .post("/chi-so/bo-tieu-chi/{edition}/ban-hanh", ADMIN, deeds::publish)
        .get("/chi-so/bo-tieu-chi/{edition}/sao-chep", ADMIN, deeds::copy_page)
        .post("/chi-so/bo-tieu-chi/{edition}/sao-chep", ADMIN, deeds::copy)
        .post("/chi-so/bo-tieu-chi/{edition}/bo", ADMIN, deeds::discard)
        .get("/chi-so/bo-tieu-chi/{edition}/sua", ADMIN, edit::page)
        .post("/chi-so/bo-tieu-chi/{edition}/sua", ADMIN, edit::save)
        .get("/chi-so/bo-tieu-chi/{edition}/tieu-chi", ADMIN, criterion::page)
        .post("/chi-so/bo-tieu-chi/{edition}/tieu-chi", ADMIN, criterion::save)
        .post("/chi-so/bo-tieu-chi/{edition}/tieu-chi/bo", ADMIN, criterion::discard)
        .post("/chi-so/bo-tieu-chi/{edition}/tieu-chi/chuyen", ADMIN, criterion::shift)
}

/// The crumbs of pages below the list.
fn crumbs() -> Vec<(String, String)> {
    vec![("Chỉ số CCHC".into(), "/chi-so".into()), ("Bộ tiêu chí".into(), HERE.into())]
}

fn place(head: &Head) -> String {
    format!("{HERE}/{}", head.id)
}

async fn page(visit: Visit) -> Answer {
    let heads = sets(&mut visit.site.db.read().await?, &visit.scope).await?;
    let list = Listing::of(&visit.uri, "-ngay", &["tim", "trang_thai"]);
    let today = visit.scope.today();
    let lines = wanted(&heads, &list, today);
    if let Some(file) = list.as_file() {
        return list::file(file, "bo-tieu-chi", as_sheet(&lines, today), visit.scope.now);
    }
    let admin = visit.scope.has(Role::Admin);
    let body = html! {
        @if heads.is_empty() {
            (parts::empty("Chưa có bộ tiêu chí nào.", "Bộ tiêu chí quy định cách chấm điểm của mỗi loại đơn vị trong một năm.", admin.then(|| parts::link_button("Nạp từ tệp", &format!("{HERE}/nap")))))
        } @else {
            (list.toolbar(filters(&list), list.is_long(heads.len())))
            @if lines.is_empty() { (list.none("Không có bộ tiêu chí nào phù hợp.", "Hãy bỏ bớt điều kiện lọc.")) }
            @else { (table(&list, &lines, today)) (list.pager(lines.len(), "bản")) }
        }
    };
    let mut page = Page::new("Bộ tiêu chí", body);
    page.crumbs = vec![("Chỉ số CCHC".into(), "/chi-so".into())];
    page.lead = Some(html! { "Mỗi bản có ngày hiệu lực. Bản đã ban hành không sửa được nữa." });
    page.actions = Some(html! {
        @if admin {
            (Button::new("Nạp từ tệp").to(&format!("{HERE}/nap")))
            (Button::new("Soạn mới").to(&format!("{HERE}/moi")).second().key("alt+n"))
        }
        (Button::new("Tải tệp mẫu").to(&format!("{HERE}/mau")).second().file())
        (Button::new("So sánh").to(&format!("{HERE}/so-sanh")).second())
    });
    show(page)
}

fn standing(head: &Head, today: Date) -> (&'static str, Tone, &'static str) {
    match head.status {
        Status::Draft => ("nhap", Tone::Soon, "Bản nháp"),
        Status::Published if head.is_in_force(today) => ("hieu-luc", Tone::Ok, "Đang hiệu lực"),
        Status::Published if head.valid_from > today => ("sap", Tone::Info, "Chưa đến ngày"),
        Status::Published => ("het", Tone::Calm, "Hết hiệu lực"),
    }
}

fn wanted<'a>(heads: &'a [Head], list: &Listing, today: Date) -> Vec<&'a Head> {
    let state = list.get("trang_thai");
    let named = |head: &Head| list.finds(&format!("{} {} {}", head.code, head.name, head.source));
    let mut lines: Vec<&Head> =
        heads.iter().filter(|head| named(head) && (state.is_empty() || standing(head, today).0 == state)).collect();
    let (column, down) = list.sorted();
    lines.sort_by(|a, b| {
        let (a, b) = if down { (b, a) } else { (a, b) };
        match column {
            "ten" => in_order(&a.name, &b.name),
            "ma" => a.code.cmp(&b.code),
            _ => a.valid_from.cmp(&b.valid_from),
        }
        .then_with(|| a.code.cmp(&b.code))
        .then_with(|| a.number.cmp(&b.number))
    });
    lines
}

fn filters(list: &Listing) -> Markup {
    let states = [
        Choice::new("", "Mọi trạng thái"),
        Choice::new("hieu-luc", "Đang hiệu lực"),
        Choice::new("sap", "Chưa đến ngày"),
        Choice::new("het", "Hết hiệu lực"),
        Choice::new("nhap", "Bản nháp"),
    ];
    html! {
        (fields::search(Field::new("tim", "Tìm bộ tiêu chí").value(list.get("tim"))))
        (fields::select(Field::new("trang_thai", "Trạng thái").value(list.get("trang_thai")), &states))
    }
}

/// The days of force as people count them.
fn days(head: &Head) -> String {
    match head.valid_to.and_then(|to| to.yesterday().ok()) {
        Some(last) => format!("{} – {}", day::vi(head.valid_from), day::vi(last)),
        None => format!("từ {}", day::vi(head.valid_from)),
    }
}

fn table(list: &Listing, lines: &[&Head], today: Date) -> Markup {
    let columns = vec![
        list.column(Column::new("Mã"), "ma"),
        list.column(Column::new("Tên"), "ten"),
        Column::number("Bản số"),
        list.column(Column::new("Hiệu lực"), "ngay"),
        Column::new("Trạng thái").width(15),
        Column::new("Căn cứ ban hành"),
    ];
    let row = |head: &Head| {
        let (_, tone, word) = standing(head, today);
        Row::new(vec![
            html! { code { (head.code) } },
            html! { a href=(place(head)) { (head.name) } @if head.sample { " " (sample()) } },
            html! { (head.number) },
            html! { (days(head)) },
            html! { (parts::tag(tone, word)) },
            html! { @if head.source.is_empty() { span.quiet { "chưa ghi" } } @else { (head.source) } },
        ])
    };
    html! { (Table { caption: "Các bộ tiêu chí", columns, rows: list.slice(lines).iter().map(|head| row(head)).collect(), names: 1, ..Table::default() }) }
}

fn as_sheet(lines: &[&Head], today: Date) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Mã", 16),
        Column::text("Tên", 60),
        Column::exact("Bản số"),
        Column::date("Từ ngày"),
        Column::date("Đến hết ngày"),
        Column::text("Trạng thái", 16),
        Column::text("Căn cứ ban hành", 50),
    ];
    let mut table = sheet::Table::new(columns).title("Các bộ tiêu chí");
    for head in lines {
        table.push(vec![
            head.code.as_str().into(),
            head.name.as_str().into(),
            head.number.into(),
            head.valid_from.into(),
            head.valid_to.and_then(|to| to.yesterday().ok()).into(),
            standing(head, today).2.into(),
            head.source.as_str().into(),
        ]);
    }
    table
}
