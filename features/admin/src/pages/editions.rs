//! The rulebook: every edition of every rule, its days, its source. Opening one leads to the feature that knows what
//! its body means.

use crate::actions::editions::{KINDS, editions};
use base::text;
use maud::{Markup, html};
use rulebook::{Head, Status};
use sheet::Cell;
use web::list::{self, Listing};
use web::look::fields::{self, Choice, Field};
use web::look::parts;
use web::look::table::{Column, Row, Table};
use web::look::{Page, Tone};
use web::{Answer, Visit};

const FILTERS: [&str; 2] = ["tim", "tinh_trang"];

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "ma", &FILTERS);
    let mut all = editions(&visit.site, &visit.scope).await?;
    let today = visit.scope.today();
    all.retain(|head| {
        let stands = match list.get("tinh_trang") {
            "" => true,
            "hieu-luc" => head.is_in_force(today),
            status => head.status.code() == status,
        };
        stands && list.finds(&format!("{} {} {}", head.code, head.name, head.source))
    });
    order(&list, &mut all);
    if let Some(kind) = list.as_file() {
        return list::file(kind, "quy-dinh", as_sheet(&all), visit.scope.now);
    }
    let mut page = Page::new(
        "Quy định",
        html! {
            (list.toolbar(filters(&list), list.is_long(all.len())))
            @if all.is_empty() { (list.none("Không có bản quy định nào khớp", "Bộ tiêu chí được soạn và nạp ở trang Bộ tiêu chí.")) }
            @else { (table(&visit, &list, list.slice(&all))) (list.pager(all.len(), "bản quy định")) }
        },
    );
    page.lead = Some(html! { "Bản đã ban hành không sửa được. Hồ sơ giữ bản mà nó bắt đầu." });
    web::show(page)
}

fn order(list: &Listing, all: &mut [Head]) {
    let (column, down) = list.sorted();
    match column {
        "ten" => all.sort_by_cached_key(|head| text::sort_key(&head.name)),
        "tu" => all.sort_by_key(|head| head.valid_from),
        _ => {} // by code, the newest number first, as they come
    }
    if down {
        all.reverse();
    }
}

fn filters(list: &Listing) -> Markup {
    let stands = [
        Choice::new("", "Mọi tình trạng"),
        Choice::new("hieu-luc", "Đang có hiệu lực"),
        Choice::new("published", Status::Published.name()),
        Choice::new("draft", Status::Draft.name()),
    ];
    html! {
        (fields::search(Field::new("tim", "Tìm mã, tên, nguồn").value(list.get("tim"))))
        (fields::select(Field::new("tinh_trang", "Tình trạng").value(list.get("tinh_trang")), &stands))
    }
}

fn kind(head: &Head) -> (&'static str, Option<String>) {
    let found = KINDS.iter().find(|(code, _, _)| *code == head.kind);
    found.map_or(("", None), |(_, name, place)| (*name, Some(format!("{place}{}", head.id))))
}

fn table(visit: &Visit, list: &Listing, heads: &[Head]) -> Markup {
    let row = |head: &Head| {
        let (name, href) = kind(head);
        let stands = match head.status {
            Status::Draft => parts::tag(Tone::Soon, Status::Draft.name()),
            Status::Published if head.is_in_force(visit.scope.today()) => parts::tag(Tone::Ok, "Đang có hiệu lực"),
            Status::Published => html! { (Status::Published.name()) },
        };
        Row::new(vec![
            html! { @match &href { Some(href) => a href=(href) { (head.name) }, None => (head.name) } @if head.sample { " " (parts::tag(Tone::Plain, "Mẫu")) } },
            html! { (name) },
            html! { (head.code) },
            html! { (head.number) },
            html! { (base::day::vi(head.valid_from)) },
            html! { (head.valid_to.map(super::loans::last_day).unwrap_or_default()) },
            html! { (head.source) },
            stands,
        ])
    };
    html! {
        (Table {
            caption: "Các bản quy định",
            columns: vec![
                list.column(Column::new("Tên"), "ten"),
                Column::new("Loại"),
                list.column(Column::new("Mã"), "ma"),
                Column::number("Bản số"),
                list.column(Column::new("Từ ngày"), "tu"),
                Column::new("Đến hết ngày"),
                Column::new("Nguồn"),
                Column::new("Tình trạng"),
            ],
            rows: heads.iter().map(row).collect(),
            ..Table::default()
        })
    }
}

fn as_sheet(heads: &[Head]) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Tên", 50),
        Column::text("Loại", 16),
        Column::text("Mã", 16),
        Column::exact("Bản số"),
        Column::date("Từ ngày"),
        Column::date("Đến trước ngày"),
        Column::text("Nguồn", 50),
        Column::text("Tình trạng", 16),
    ];
    let mut table = sheet::Table::new(columns).title("Các bản quy định");
    for head in heads {
        table.push(vec![
            head.name.as_str().into(),
            kind(head).0.into(),
            head.code.as_str().into(),
            head.number.into(),
            head.valid_from.into(),
            Cell::from(head.valid_to),
            head.source.as_str().into(),
            head.status.name().into(),
        ]);
    }
    table
}
