//! Boxes with their counters, and the list of the one that is open, soonest due first.

use super::{many, place, show};
use crate::actions;
use crate::model::*;
use base::{Refusal, Refusals, Timestamp};
use maud::{Markup, html};
use people::Role;
use std::collections::BTreeMap;
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tab, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show as show_page, show_again, to};

/// A box: its word in the address, its name, its state, the word of its counter.
const BOXES: [(&str, &str, State, &str); 10] = [
    ("dang-xu-ly", "Đang xử lý", State::Processing, "processing"),
    ("sap-den-han", "Sắp đến hạn", State::Processing, "soon"),
    ("qua-han", "Quá hạn", State::Processing, "late"),
    ("cham-buoc", "Chậm bước", State::Processing, "behind"),
    ("cho-tiep-nhan", "Chờ tiếp nhận", State::Submitted, "submitted"),
    ("tam-dung", "Tạm dừng", State::Waiting, "waiting"),
    ("cho-tra", "Đã có kết quả", State::Resolved, "resolved"),
    ("da-tra", "Đã trả", State::Returned, ""),
    ("tu-choi", "Từ chối", State::Refused, ""),
    ("da-rut", "Đã rút", State::Withdrawn, ""),
];

/// What can be asked of a box.
const FILTERS: &[&str] = &["tim", "linh_vuc", "thu_tuc", "han_den"];

/// The filter of an address; a day that cannot be read is refused at its field, and does not count.
fn filter(list: &Listing, now: Timestamp) -> (&'static str, Filter, Refusals) {
    let asked = list.get("hop");
    let (word, _, state, _) = BOXES.into_iter().find(|(word, ..)| *word == asked).unwrap_or(BOXES[0]);
    let soon = now.saturating_add(jiff::SignedDuration::from_hours(48)).unwrap_or(now);
    let mut refusals = Refusals::new();
    let until = match list.get("han_den") {
        "" => None,
        typed => match base::day::read_vi(typed, base::day::today(now)) {
            Ok(last) => last.tomorrow().map(base::day::start).ok(),
            Err(no) => {
                refusals.push(no.at("han_den"));
                None
            }
        },
    };
    let of_box = match word {
        "qua-han" => Some(now),
        "sap-den-han" => Some(soon),
        _ => None,
    };
    let filter = Filter {
        state,
        field: list.get("linh_vuc").to_owned(),
        procedure: list.get("thu_tuc").to_owned(),
        words: base::text::fold(list.get("tim")),
        due_before: of_box.into_iter().chain(until).min(),
        step_before: (word == "cham-buoc").then_some(now),
    };
    (word, filter, refusals)
}

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "han", FILTERS);
    let (db, scope) = (&visit.site.db, &visit.scope);
    // A code that was scanned or typed whole opens its dossier.
    if list.get("tim").contains('-')
        && let Some(id) = actions::find_code(&mut db.read().await?, scope, list.get("tim")).await?
    {
        return to(place::dossier(id), None);
    }
    let (word, filter, refusals) = filter(&list, scope.now);
    if let Some(kind) = list.as_file() {
        let all = actions::list(&mut db.read().await?, scope, &filter, 0, 50_000).await?;
        return web::list::file(kind, "ho-so", table_file(&all), scope.now);
    }
    let size = list.size() as i64;
    let page: i64 = list.get("trang").parse().unwrap_or(1).max(1);
    // What is far away is asked side by side; none of these waits for a second connection.
    let lines = async {
        let mut conn = db.read().await?;
        let lines = actions::list(&mut conn, scope, &filter, (page - 1) * size, size).await?;
        let gives = many::oversees(&visit) && filter.state == State::Processing && !lines.is_empty();
        let hands = if gives { actions::hands(&mut conn, scope).await? } else { Vec::new() };
        Ok((lines, hands))
    };
    let counts = async { actions::box_counts(&mut db.read().await?, scope).await };
    let total = async { actions::total(&mut db.read().await?, scope, &filter).await };
    let choices = async {
        let mut conn = db.read().await?;
        Ok((actions::choices(&mut conn, scope).await?, web::kept::bar(&mut conn, &visit, &list).await?))
    };
    let ((lines, hands), counts, total, (choices, kept)) = tokio::try_join!(lines, counts, total, choices)?;
    let above = html! { (tabs(&list, word, &counts)) (kept) };
    let asking = asking(&list, &choices, &refusals);
    let page = shown(&visit, &list, (above, asking), (total, filter.most_counted()), &lines, &hands);
    if refusals.is_empty() { show_page(page) } else { show_again(page, refusals) }
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

/// The fields of the filter. What an address asks for stays a choice, also where the agency has had none of it.
fn asking(list: &Listing, choices: &[Offered], refusals: &[Refusal]) -> Markup {
    let all = Choice::new("", "Tất cả");
    let (field, procedure) = (list.get("linh_vuc"), list.get("thu_tuc"));
    let mut fields: Vec<&str> = choices.iter().map(|one| one.field.as_str()).chain([field]).collect();
    fields.retain(|one| !one.is_empty());
    fields.sort_by(|a, b| base::text::compare(a, b));
    fields.dedup();
    let fields: Vec<Choice> = std::iter::once(all).chain(fields.into_iter().map(|one| Choice::new(one, one))).collect();
    // Of the chosen field only: the list is short enough to be read through.
    let fits = |one: &&Offered| field.is_empty() || one.field == field || one.code == procedure;
    let mut procedures: Vec<Choice> =
        choices.iter().filter(fits).map(|one| Choice::new(&one.code, &one.name)).collect();
    if !procedure.is_empty() && !choices.iter().any(|one| one.code == procedure) {
        procedures.push(Choice::new(procedure, procedure));
    }
    procedures.insert(0, all);
    html! {
        (fields::search(Field::new("tim", "Mã hồ sơ, tên chủ hồ sơ").value(list.get("tim"))))
        (fields::select(Field::new("linh_vuc", "Lĩnh vực").value(field), &fields))
        (fields::select(Field::new("thu_tuc", "Thủ tục").value(procedure), &procedures))
        (fields::date(Field::new("han_den", "Hạn đến hết ngày").value(list.get("han_den")).refused(refusals)))
    }
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
                (list.none("Hộp này không có hồ sơ.", "Hồ sơ vào đây khi được tiếp nhận hoặc chuyển tới."))
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
