//! The list of units, as a tree.

use crate::rules::{self, Being, KINDS};
use base::{Date, text};
use maud::{Markup, html};
use people::{Unit, kind_name};
use sheet::Cell;
use web::list::{self, Listing};
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::look::{Icon, Page, Tone};
use web::{Answer, Visit};

const FILTERS: [&str; 4] = ["tim", "loai", "ngay", "hien"];

/// The units of a list with the depth of each in the tree.
type Lines<'a> = Vec<(&'a Unit, usize)>;

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "cay", &FILTERS);
    let all = people::units(&mut visit.site.db.read().await?).await?;
    // A day that cannot be read filters by today: a filter is no form to be refused.
    let day = base::day::read_vi(list.get("ngay"), visit.scope.today()).unwrap_or(visit.scope.today());
    let found = sift(&list, &all, day);
    let lines = order(&list, &found);
    if let Some(kind) = list.as_file() {
        return list::file(kind, "don-vi", as_sheet(&all, &lines), visit.scope.now);
    }
    let mut page = Page::new(
        "Đơn vị",
        html! {
            (list.toolbar(filters(&list), list.is_long(lines.len())))
            @if lines.is_empty() { (list.none("Không có đơn vị nào khớp", "Hãy bớt điều kiện lọc hoặc chọn ngày khác.")) }
            @else { (table(&list, &all, list.slice(&lines), day)) (list.pager(lines.len(), "đơn vị")) }
        },
    );
    page.actions =
        Some(html! { (Button::new("Thêm đơn vị").to("/quan-tri/don-vi/them").icon(Icon::Plus).key("alt+n")) });
    web::show(page)
}

fn sift(list: &Listing, all: &[Unit], day: Date) -> Vec<Unit> {
    let being = match list.get("hien") {
        "tat-ca" => Being::All,
        "het" => Being::Ended,
        _ => Being::Now,
    };
    let wanted = |unit: &&Unit| rules::is_wanted(unit, list.get("tim"), list.get("loai"), being, day);
    all.iter().filter(wanted).cloned().collect()
}

fn order<'a>(list: &Listing, found: &'a [Unit]) -> Lines<'a> {
    let (column, down) = list.sorted();
    let mut lines: Lines = match column {
        "ten" => flat(found, |unit| text::sort_key(&unit.name)),
        "loai" => {
            flat(found, |unit| KINDS.iter().position(|kind| *kind == unit.kind).unwrap_or(9).to_string().into_bytes())
        }
        "tu" => flat(found, |unit| unit.from.to_string().into_bytes()),
        _ => rules::as_tree(found),
    };
    if down {
        lines.reverse();
    }
    lines
}

fn flat(found: &[Unit], key: impl Fn(&Unit) -> Vec<u8>) -> Lines<'_> {
    let mut lines: Lines = found.iter().map(|unit| (unit, 0)).collect();
    lines.sort_by_cached_key(|(unit, _)| (key(unit), text::sort_key(&unit.name)));
    lines
}

fn filters(list: &Listing) -> Markup {
    let kinds: Vec<Choice> =
        [Choice::new("", "Mọi loại")].into_iter().chain(KINDS.map(|kind| Choice::new(kind, kind_name(kind)))).collect();
    let shown = [Choice::new("", "Đang hoạt động"), Choice::new("het", "Đã kết thúc"), Choice::new("tat-ca", "Tất cả")];
    html! {
        (fields::search(Field::new("tim", "Tìm tên hoặc mã").value(list.get("tim"))))
        (fields::select(Field::new("loai", "Loại").value(list.get("loai")), &kinds))
        (fields::select(Field::new("hien", "Hiện").value(list.get("hien")), &shown))
        (fields::text(Field::new("ngay", "Vào ngày").value(list.get("ngay")).inputmode("numeric").width(10)))
    }
}

fn table(list: &Listing, all: &[Unit], lines: &[(&Unit, usize)], day: Date) -> Markup {
    let row = |(unit, depth): &(&Unit, usize)| {
        let href = format!("/quan-tri/don-vi/{}", unit.id);
        Row::new(vec![
            // Em spaces: the depth is seen, and is not read aloud.
            html! { ("\u{2003}".repeat(*depth)) a href=(href) { (unit.name) } @if unit.sample { " " (parts::tag(Tone::Plain, "Mẫu")) } },
            html! { (kind_name(&unit.kind)) },
            html! { (superior(all, unit)) },
            html! { (unit.code_new.as_deref().unwrap_or_default()) },
            html! { (base::day::vi(unit.from)) },
            html! { (state(unit, day)) },
        ])
    };
    html! {
        (Table {
            caption: "Đơn vị",
            columns: vec![
                list.column(Column::new("Tên đơn vị"), "ten"),
                list.column(Column::new("Loại"), "loai"),
                Column::new("Trực thuộc"),
                Column::new("Mã định danh").hint("Theo Quyết định 20/2020/QĐ-TTg"),
                list.column(Column::new("Từ ngày"), "tu"),
                Column::new("Tình trạng"),
            ],
            rows: lines.iter().map(row).collect(),
            ..Table::default()
        })
        @if list.sorted().0 != "cay" { p { a href=(list.with(&[("sap", ""), ("trang", "")])) { "Xếp theo cây đơn vị" } } }
    }
}

fn superior<'a>(all: &'a [Unit], unit: &Unit) -> &'a str {
    unit.parent.and_then(|id| all.iter().find(|other| other.id == id)).map_or("", |unit| unit.short.as_str())
}

/// Whether a unit is in being on a day, in a word.
pub fn state(unit: &Unit, day: Date) -> Markup {
    match unit.to {
        Some(to) if to <= day => parts::tag(Tone::Calm, &format!("Kết thúc từ {}", base::day::vi(to))),
        Some(to) => parts::tag(Tone::Soon, &format!("Sẽ kết thúc {}", base::day::vi(to))),
        None if unit.from > day => parts::tag(Tone::Info, "Chưa hoạt động"),
        None => html! { "Đang hoạt động" },
    }
}

fn as_sheet(all: &[Unit], lines: &Lines) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Tên đơn vị", 40),
        Column::text("Tên ngắn", 24),
        Column::text("Loại", 18),
        Column::text("Trực thuộc", 24),
        Column::text("Mã trong hệ thống", 20),
        Column::text("Mã QCVN 102", 16),
        Column::text("Mã QĐ 20/2020", 16),
        Column::date("Từ ngày"),
        Column::date("Kết thúc từ ngày"),
    ];
    let mut table = sheet::Table::new(columns).title("Danh sách đơn vị");
    for (unit, _) in lines {
        table.push(vec![
            unit.name.as_str().into(),
            unit.short.as_str().into(),
            kind_name(&unit.kind).into(),
            superior(all, unit).into(),
            unit.key.as_str().into(),
            Cell::from(unit.code_old.clone()),
            Cell::from(unit.code_new.clone()),
            unit.from.into(),
            Cell::from(unit.to),
        ]);
    }
    table
}
