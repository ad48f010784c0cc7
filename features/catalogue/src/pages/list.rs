//! The catalogue: every procedure in one line, found without marks, filtered, sorted, taken away.

use super::parts_of::{agency_choices, days, sample_tag, state_tag};
use super::{HERE, XLSX};
use crate::model::{Entry, State};
use crate::{actions, files, rules};
use base::text::{self, compare as in_order};
use base::{Date, day};
use maud::{Markup, html};
use people::Role;
use procedure::Level;
use std::collections::BTreeMap;
use web::list::{self, Listing};
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, download, show};

const FILTERS: &[&str] = &["tim", "linh_vuc", "muc_do", "co_quan", "trang_thai"];

pub async fn page(visit: Visit) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let entries = actions::entries(&mut conn, &visit.scope).await?;
    let units: BTreeMap<String, String> =
        people::units(&mut conn).await?.into_iter().map(|unit| (unit.key, unit.name)).collect();
    let list = Listing::of(&visit.uri, "ma", FILTERS);
    let today = visit.scope.today();
    let lines = wanted(&entries, &list, today);
    if let Some(file) = list.as_file() {
        return list::file(file, "danh-muc-thu-tuc", as_sheet(&lines, &units, today), visit.scope.now);
    }
    let admin = visit.scope.has(Role::Admin);
    let body = html! {
        @if entries.is_empty() {
            (parts::empty("Chưa có thủ tục nào.", "Danh mục cho biết mỗi thủ tục cần giấy tờ gì, trong bao lâu, phí bao nhiêu, cơ quan nào giải quyết.", admin.then(|| parts::link_button("Nạp từ Excel", &format!("{HERE}/nap")))))
        } @else {
            (list.toolbar(filters(&list, &entries, &units, admin), list.is_long(lines.len())))
            @if lines.is_empty() { (list.none("Không có thủ tục nào phù hợp.", "Hãy bỏ bớt điều kiện lọc.")) }
            @else { (table(&list, &lines, today)) (list.pager(lines.len(), "thủ tục")) }
        }
    };
    let mut page = Page::new("Danh mục thủ tục hành chính", body);
    page.lead = Some(html! { "Người dân xem ở trang " a href="/dich-vu-cong" { "Dịch vụ công" } "." });
    page.actions = Some(html! {
        @if admin { (Button::new("Nạp từ Excel").to(&format!("{HERE}/nap"))) }
        (Button::new("Tải danh mục đầy đủ").to(&format!("{HERE}/danh-muc.xlsx")).second().file())
        (Button::new("Tải tệp mẫu").to(&format!("{HERE}/mau.xlsx")).second().file())
    });
    page.wide = true;
    show(page)
}

fn wanted<'a>(entries: &'a [Entry], list: &Listing, today: Date) -> Vec<&'a Entry> {
    let state = State::ALL.into_iter().find(|state| state.code() == list.get("trang_thai"));
    let level = Level::ALL.into_iter().find(|level| level_code(*level) == list.get("muc_do"));
    let (words, field, agency) = (text::fold(list.get("tim")), list.get("linh_vuc"), list.get("co_quan"));
    let mut lines: Vec<&Entry> = rules::lines(entries, state, today);
    lines.retain(|entry| {
        text::matches(&entry.folded, &words)
            && (field.is_empty() || entry.field == field)
            && (level.is_none() || entry.level(today) == level)
            && (agency.is_empty() || entry.receives.iter().chain(&entry.resolves).any(|key| key == agency))
    });
    let (column, down) = list.sorted();
    match column {
        "ten" => lines.sort_by_cached_key(|entry| text::sort_key(&entry.name)),
        "linh-vuc" => lines.sort_by(|a, b| in_order(&a.field, &b.field)),
        "ngay" => lines.sort_by_key(|entry| entry.valid_from),
        _ => {}
    }
    if down {
        lines.reverse();
    }
    lines
}

/// A level as an address has it.
fn level_code(level: Level) -> &'static str {
    match level {
        Level::Level2 => "2",
        Level::Level3 => "3",
        Level::Level4 => "4",
        Level::Information => "thong-tin",
        Level::Partial => "mot-phan",
        Level::Full => "toan-trinh",
    }
}

fn filters(list: &Listing, entries: &[Entry], units: &BTreeMap<String, String>, admin: bool) -> Markup {
    let mut known: Vec<&str> = entries.iter().map(|entry| entry.field.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    known.sort_by(|a, b| in_order(a, b));
    let all = |say: &'static str| std::iter::once(Choice::new("", say));
    let by_field: Vec<Choice> =
        all("Mọi lĩnh vực").chain(known.iter().map(|field| Choice::new(field, field))).collect();
    let by_level: Vec<Choice> =
        all("Mọi mức độ").chain(Level::ALL.map(|level| Choice::new(level_code(level), level.say()))).collect();
    let agencies = agency_choices(entries, units);
    let by_agency: Vec<Choice> =
        all("Mọi cơ quan").chain(agencies.iter().map(|(key, name)| Choice::new(key, name))).collect();
    let states = State::ALL.into_iter().filter(|state| admin || *state != State::Draft);
    let by_state: Vec<Choice> =
        all("Mọi trạng thái").chain(states.map(|state| Choice::new(state.code(), state.name()))).collect();
    html! {
        (fields::search(Field::new("tim", "Tìm theo mã, tên").value(list.get("tim"))))
        (fields::select(Field::new("linh_vuc", "Lĩnh vực").value(list.get("linh_vuc")), &by_field))
        (fields::select(Field::new("muc_do", "Mức độ").value(list.get("muc_do")), &by_level))
        (fields::select(Field::new("co_quan", "Cơ quan").value(list.get("co_quan")), &by_agency))
        (fields::select(Field::new("trang_thai", "Trạng thái").value(list.get("trang_thai")), &by_state))
    }
}

fn table(list: &Listing, lines: &[&Entry], today: Date) -> Markup {
    let columns = vec![
        list.column(Column::new("Mã"), "ma"),
        list.column(Column::new("Tên thủ tục").width(35), "ten"),
        list.column(Column::new("Lĩnh vực").width(15), "linh-vuc"),
        Column::new("Thời hạn").width(10),
        Column::new("Trực tuyến").width(10),
        list.column(Column::new("Hiệu lực").width(10), "ngay"),
        Column::new("Trạng thái").width(15),
    ];
    let row = |entry: &Entry| {
        Row::new(vec![
            html! { code { (entry.code) } },
            html! { a href=(place(entry)) { (entry.name) } @if entry.sample { " " (sample_tag()) } },
            html! { (entry.field) },
            html! { (entry.times) },
            html! { @match entry.level(today) { Some(level) => (level.say()), None => span.quiet { "chưa" } } },
            html! { (days(entry.valid_from, entry.valid_to)) },
            html! { (state_tag(entry.state(today))) },
        ])
    };
    let rows = list.slice(lines).iter().map(|entry| row(entry)).collect();
    html! { (Table { caption: "Thủ tục hành chính", columns, rows, names: 1, ..Table::default() }) }
}

fn place(entry: &Entry) -> String {
    match entry.published {
        true => format!("{HERE}/{}", entry.code),
        false => format!("{HERE}/{}?ban={}", entry.code, entry.number),
    }
}

fn as_sheet(lines: &[&Entry], units: &BTreeMap<String, String>, today: Date) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Mã", 12),
        Column::text("Tên thủ tục", 70),
        Column::text("Lĩnh vực", 24),
        Column::text("Thời hạn", 24),
        Column::text("Mức độ trực tuyến", 18),
        Column::text("Cơ quan tiếp nhận", 30),
        Column::text("Cơ quan giải quyết", 30),
        Column::date("Từ ngày"),
        Column::date("Đến hết ngày"),
        Column::text("Trạng thái", 16),
    ];
    let mut table = sheet::Table::new(columns)
        .title("Danh mục thủ tục hành chính")
        .note(format!("Trạng thái, mức độ ngày {}.", day::vi(today)));
    let named = |keys: &[String]| {
        keys.iter()
            .map(|key| units.get(key).map_or(people::kind_name(key), String::as_str))
            .collect::<Vec<_>>()
            .join("; ")
    };
    for entry in lines {
        table.push(vec![
            entry.code.as_str().into(),
            entry.name.as_str().into(),
            entry.field.as_str().into(),
            entry.times.as_str().into(),
            entry.level(today).map(Level::say).unwrap_or_default().into(),
            named(&entry.receives).into(),
            named(&entry.resolves).into(),
            entry.valid_from.into(),
            entry.valid_to.and_then(|to| to.yesterday().ok()).into(),
            entry.state(today).name().into(),
        ]);
    }
    table
}

/// All that is in force today, whole: the file that can be changed and taken in again.
pub async fn workbook(visit: Visit) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let mut all = Vec::new();
    for entry in actions::in_force(&mut conn, visit.scope.today()).await? {
        all.push(actions::edition(&mut conn, &visit.scope, entry.edition).await?.1);
    }
    download(web::Sheet {
        bytes: files::workbook::write(&all)?,
        kind: XLSX,
        name: "danh-muc-thu-tuc-day-du.xlsx".into(),
    })
}

pub async fn template(_: Visit) -> Answer {
    download(web::Sheet { bytes: files::workbook::write(&[])?, kind: XLSX, name: "mau-danh-muc-thu-tuc.xlsx".into() })
}
