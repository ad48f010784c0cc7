//! Boxes with their counters, and the list of the one that is open, soonest due first.

mod asked;

use super::{many, place, show};
use crate::actions;
use crate::model::*;
use asked::{BOXES, FILTERS};
use base::Timestamp;
use maud::{Markup, html};
use people::{Failure, Role};
use std::collections::BTreeMap;
use web::list::Listing;
use web::look::Page;
use web::look::parts::{self, Button, Tab, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show as show_page, show_again, to};

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "han", FILTERS);
    let (db, scope) = (&visit.site.db, &visit.scope);
    // A code that was scanned or typed whole opens its dossier.
    if list.get("tim").contains('-')
        && let Some(id) = actions::find_code(&mut db.read().await?, scope, list.get("tim")).await?
    {
        return to(place::dossier(id), None);
    }
    // Whom the address names is looked at first: nothing is asked of somebody whom this person does not see.
    let gives = many::oversees(&visit) && asked::state(&list) == State::Processing && list.as_file().is_none();
    let named = match asked::names_hands(&list) {
        true => Some(actions::holders(&mut db.read().await?, scope, gives).await?),
        false => None,
    };
    let (word, filter, refusals) = asked::filter(&list, scope.now, named.as_ref().unwrap_or(&Holders::default()));
    if let Some(kind) = list.as_file() {
        let all = actions::list(&mut db.read().await?, scope, &filter, 0, 50_000).await?;
        return web::list::file(kind, "ho-so", table_file(&all), scope.now);
    }
    let size = list.size() as i64;
    let page: i64 = list.get("trang").parse().unwrap_or(1).max(1);
    // What is far away is asked side by side, what is long on a connection of its own; none of these waits for a second one.
    let counter = asked::counter(&list);
    let lines = actions::list_and_total(db, scope, &filter, ((page - 1) * size, size), counter.is_some());
    let counts = async { actions::box_counts(&mut db.read().await?, scope).await };
    let around = around(&visit, &list, gives, named);
    let ((lines, total), counts, (choices, kept, holders)) = tokio::try_join!(lines, counts, around)?;
    let total = counter.map_or(total, |counter| counts.get(counter).copied().unwrap_or_default());
    let above = html! { (tabs(&list, word, &counts)) (kept) };
    let asking = asked::asking(&list, &choices, &holders, &refusals);
    let page = shown(&visit, &list, (above, asking), (total, filter.most_counted()), &lines, &holders.hands);
    if refusals.is_empty() { show_page(page) } else { show_again(page, refusals) }
}

/// What a box can be narrowed by, the filters that were kept, who may hold its lines and to whom they may be given.
async fn around(
    visit: &Visit,
    list: &Listing,
    gives: bool,
    named: Option<Holders>,
) -> Result<(Vec<Offered>, Markup, Holders), Failure> {
    let (beside, scope) = (visit.site.db.beside().await?, &visit.scope);
    let choices = async { actions::choices(&mut beside.read().await?, scope).await };
    let kept = async { web::kept::bar(&mut beside.read().await?, visit, list).await };
    let holders = async {
        match named {
            Some(holders) => Ok(holders),
            None => actions::holders(&mut beside.read().await?, scope, gives).await,
        }
    };
    tokio::try_join!(choices, kept, holders)
}

fn tabs(list: &Listing, word: &str, counts: &BTreeMap<&str, i64>) -> Markup {
    let hrefs: Vec<String> =
        BOXES.iter().map(|(word, ..)| list.with(&[("hop", word), ("trang", ""), ("tim", "")])).collect();
    let tabs: Vec<Tab> = BOXES
        .iter()
        .zip(&hrefs)
        .map(|((this, label, _, counter), href)| Tab {
            label,
            href,
            count: counts.get(counter).and_then(|count| u64::try_from(*count).ok()),
            current: *this == word,
        })
        .collect();
    parts::tabs("Hộp hồ sơ", &tabs)
}

fn shown(
    visit: &Visit,
    list: &Listing,
    (above, asking): (Markup, Markup),
    (total, most): (i64, i64),
    lines: &[Listed],
    hands: &[Candidate],
) -> Page {
    let count = usize::try_from(total.min(most)).unwrap_or(0);
    let mut page = Page::new(
        "Hồ sơ",
        html! {
            (above)
            (list.toolbar(asking, list.is_long(count)))
            @if lines.is_empty() {
                (list.none("Hộp này không có hồ sơ.", nothing(list)))
            } @else {
                @if lines.iter().any(many::is_at_work) {
                    (many::ticking(visit, hands, &table(visit.scope.now, lines, true)))
                } @else { (table(visit.scope.now, lines, false)) }
                @if total > most { p.quiet { "Còn nhiều hồ sơ hơn. Tìm bằng nhiều chữ của tên, hoặc theo mã, để thấy đúng hồ sơ cần." } }
                (list.pager(count, "hồ sơ"))
            }
        },
    );
    page.wide = true;
    if visit.scope.has(Role::Clerk) {
        page.actions = Some(html! { (Button::new("Tiếp nhận").to("/mot-cua/tiep-nhan").key("alt+n")) });
    }
    page
}

/// What to do where nothing was found.
fn nothing(list: &Listing) -> &'static str {
    let is_ended = BOXES.iter().any(|(word, _, state, _)| *word == list.get("hop") && !state.is_open());
    match is_ended && asked::names_hands(list) {
        true => "Hồ sơ đã kết thúc không còn ai giữ: bỏ lọc theo phòng, theo người giữ.",
        false => "Hồ sơ vào đây khi được tiếp nhận hoặc chuyển tới.",
    }
}

/// `picks`: in a form, where lines may be ticked.
pub fn table(now: Timestamp, lines: &[Listed], picks: bool) -> Markup {
    let mut columns = vec![
        Column::new("Mã hồ sơ").width(15),
        Column::new("Thủ tục, chủ hồ sơ").width(40),
        Column::new("Đang ở").width(25),
        Column::new("Hạn").width(20),
    ];
    let mut rows: Vec<Row> = lines.iter().map(|line| row(now, line)).collect();
    if picks {
        columns.insert(0, Column::picks("Chọn tất cả"));
        for (row, line) in rows.iter_mut().zip(lines) {
            row.cells.insert(0, many::tick(line));
        }
    }
    html! { (Table { caption: "Hồ sơ", columns, rows, names: usize::from(picks), ..Table::default() }) }
}

fn row(now: Timestamp, line: &Listed) -> Row {
    let late = line.state == State::Processing && line.due.is_some_and(|due| due < now);
    let row = Row::new(vec![
        html! { a href=(place::dossier(line.id)) { (line.code) } div.quiet { (line.channel.say()) } },
        html! { (line.name) div { strong { (line.owner) } } },
        html! {
            @if line.ended.is_none() {
                (line.step)
                div.quiet { (line.office) @if !line.holder.is_empty() { @if !line.office.is_empty() { ": " } (line.holder) } }
            }
        },
        html! {
            @if let Some(due) = line.due { div { (base::day::vi_moment(due)) } }
            (show::state_tag(line.state, line.due, line.resolved, now)) " "
            @if line.ended.is_none() { (show::step_tag(line.step_due, now)) }
        },
    ]);
    if late { row.tone(Tone::Bad) } else { row }
}

/// The whole box as a table to take away.
fn table_file(lines: &[Listed]) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Mã hồ sơ", 26),
        Column::text("Thủ tục", 50),
        Column::text("Chủ hồ sơ", 30),
        Column::text("Kênh", 12),
        Column::text("Tình trạng", 16),
        Column::text("Bước", 30),
        Column::text("Người giữ", 24),
        Column::text("Nhận", 18),
        Column::text("Hạn trả", 18),
    ];
    let mut table = sheet::Table::new(columns).title("Danh sách hồ sơ");
    for line in lines {
        let moment = |at: Option<Timestamp>| at.map(base::day::vi_moment).unwrap_or_default();
        table.push(vec![
            line.code.as_str().into(),
            line.name.as_str().into(),
            line.owner.as_str().into(),
            line.channel.say().into(),
            line.state.say().into(),
            line.step.as_str().into(),
            line.holder.as_str().into(),
            moment(Some(line.received)).as_str().into(),
            moment(line.due).as_str().into(),
        ]);
    }
    table
}
