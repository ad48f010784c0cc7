//! What is said of the agency: the list of those who answer.

use super::show::state;
use crate::actions;
use crate::model::*;
use base::Timestamp;
use maud::{Markup, html};
use people::Failure;
use std::collections::BTreeMap;
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Tab as Link, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show};

pub const HERE: &str = "/mot-cua/phan-anh";
/// The most lines of one file.
const MOST: i64 = 50_000;
const FILTERS: &[&str] = &["tim", "loai", "noi"];

pub fn place(id: FeedbackId) -> String {
    format!("{HERE}/{id}")
}

pub async fn list(visit: Visit) -> Answer {
    let wanted = Tab::of(&web::address::value(&visit.uri, "hop")).unwrap_or(Tab::New);
    // What waits: soonest due first; what is done: the newest first.
    let usual = if matches!(wanted, Tab::New | Tab::Late) { "han" } else { "-xong" };
    let list = Listing::of(&visit.uri, usual, FILTERS);
    let (column, down) = list.sorted();
    let filter = Filter {
        kind: Kind::of(list.get("loai")),
        place: list.get("noi").to_owned(),
        words: base::text::fold(list.get("tim")),
        sort: format!("{}{column}", if down { "-" } else { "" }),
    };
    let (size, now) = (list.size() as i64, visit.scope.now);
    let page: i64 = list.get("trang").parse().unwrap_or(1).clamp(1, MOST);
    let part = if list.as_file().is_some() { (0, MOST) } else { ((page - 1) * size, size) };
    let mut conn = visit.site.db.read().await?;
    let (all, counts) = actions::list(&mut conn, &visit.scope, &filter, wanted, part).await?;
    drop(conn);
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "phan-anh", as_file(&all), now);
    }
    let count = usize::try_from(counts.get(&wanted).copied().unwrap_or(0)).unwrap_or(0);
    let fields = filters(&visit, &list).await?;
    let mut page = Page::new(
        "Phản ánh, kiến nghị",
        html! {
            (tabs(&list, wanted, &counts))
            (list.toolbar(fields, list.is_long(count)))
            @if all.is_empty() { (list.none("Hộp này không có phản ánh, kiến nghị.", "Điều người dân gửi ở trang /phan-anh hiện ở đây.")) }
            @else { (table(&list, &all, now)) (list.pager(count, "phản ánh")) }
        },
    );
    page.wide = true;
    show(page)
}

fn tabs(list: &Listing, wanted: Tab, counts: &BTreeMap<Tab, i64>) -> Markup {
    let hrefs: Vec<String> =
        Tab::ALL.iter().map(|tab| list.with(&[("hop", tab.code()), ("trang", ""), ("sap", "")])).collect();
    let count = |tab: &Tab| u64::try_from(counts.get(tab).copied().unwrap_or(0)).unwrap_or(0);
    let tabs: Vec<Link> = Tab::ALL
        .iter()
        .zip(&hrefs)
        .map(|(tab, href)| Link { label: tab.say(), href, count: Some(count(tab)), current: *tab == wanted })
        .collect();
    parts::tabs("Hộp phản ánh", &tabs)
}

async fn filters(visit: &Visit, list: &Listing) -> Result<Markup, Failure> {
    let all = Choice::new("", "Tất cả");
    let kinds: Vec<Choice> =
        std::iter::once(all).chain(Kind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.say()))).collect();
    let places = actions::places(&mut visit.site.db.read().await?, &visit.scope).await?;
    let nobody = Choice::new("-", "Chưa phân công");
    let places: Vec<Choice> =
        [all, nobody].into_iter().chain(places.iter().map(|(id, name)| Choice::new(id, name))).collect();
    Ok(html! {
        (fields::search(Field::new("tim", "Mã, tên, chữ trong nội dung").value(list.get("tim"))))
        (fields::select(Field::new("loai", "Loại").value(list.get("loai")), &kinds))
        @if places.len() > 2 { (fields::select(Field::new("noi", "Đang ở").value(list.get("noi")), &places)) }
    })
}

pub fn is_late(one: &Feedback, now: Timestamp) -> bool {
    one.answered.unwrap_or(now) > one.due
}

fn table(list: &Listing, all: &[Feedback], now: Timestamp) -> Markup {
    let columns = vec![
        list.column(Column::new("Mã").width(15), "ma"),
        Column::new("Nội dung").width(45),
        Column::new("Đang ở").width(20),
        list.column(Column::new("Hạn trả lời").width(20), "han"),
    ];
    let rows = all.iter().map(|one| {
        let late = is_late(one, now);
        let short: String = one.said.chars().take(160).collect();
        let row = Row::new(vec![
            html! { a href=(place(one.id)) { (one.code) } div.quiet { (base::day::vi_moment(one.at)) } },
            html! { (short) @if short.len() < one.said.len() { "…" } div.quiet { (one.kind.say()) } },
            html! { (one.place()) @if one.state != State::New { div { (state(one)) } } },
            html! { (base::day::vi_moment(one.due)) " " @if late { (parts::tag(Tone::Bad, "Quá hạn")) } },
        ]);
        if late && one.state == State::New { row.tone(Tone::Bad) } else { row }
    });
    html! { (Table { caption: "Phản ánh, kiến nghị", columns, rows: rows.collect(), names: 0, ..Table::default() }) }
}

/// Without those who said it: a file travels further than a page.
fn as_file(all: &[Feedback]) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Mã", 20),
        Column::text("Loại", 30),
        Column::text("Nội dung", 80),
        Column::text("Gửi lúc", 18),
        Column::text("Hạn", 18),
        Column::text("Đang ở", 30),
        Column::text("Tình trạng", 16),
        Column::text("Trả lời", 80),
    ];
    let mut table = sheet::Table::new(columns).title("Phản ánh, kiến nghị");
    for one in all {
        let (at, due, place) = (base::day::vi_moment(one.at), base::day::vi_moment(one.due), one.place());
        let cells = [&one.code, one.kind.say(), &one.said, &at, &due, &place, one.state.say(), &one.answer];
        table.push(cells.map(Into::into).to_vec());
    }
    table
}
