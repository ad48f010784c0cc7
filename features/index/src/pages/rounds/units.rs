//! The units of a round: filtered, sorted, paged; and as a spreadsheet.

use crate::model::*;
use crate::overview::{Line, Overview};
use crate::pages::place;
use base::day;
use base::text::compare;
use maud::{Markup, html};
use std::cmp::Ordering;
use web::list::Listing;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Tone};
use web::look::table::{self, Column, Row};

pub(super) const FILTERS: [&str; 3] = ["tim", "loai", "trang_thai"];

const STATES: [(CardState, &str, &str); 5] = [
    (CardState::Scoring, "dang-cham", "Đang chấm"),
    (CardState::Submitted, "da-gui", "Đã gửi"),
    (CardState::Appraised, "da-tham-dinh", "Đã thẩm định lần 1"),
    (CardState::Explained, "da-giai-trinh", "Đã giải trình"),
    (CardState::Concluded, "da-ket-luan", "Đã kết luận"),
];

fn name(state: CardState) -> &'static str {
    STATES.iter().find(|(known, ..)| *known == state).map_or("", |(_, _, name)| name)
}

pub(crate) fn state(state: CardState) -> Markup {
    let tone = match state {
        CardState::Scoring => Tone::Soon,
        CardState::Submitted | CardState::Appraised | CardState::Explained => Tone::Info,
        CardState::Concluded => Tone::Ok,
    };
    parts::tag(tone, name(state))
}

/// The lines that the address asks for, in its order.
fn wanted<'a>(seen: &'a Overview, list: &Listing) -> Vec<&'a Line> {
    let (kind, state) = (list.get("loai"), list.get("trang_thai"));
    let named = |line: &Line| list.finds(&line.card.unit_name) || list.finds(&line.card.unit_short);
    let in_state = |line: &Line| {
        state.is_empty() || STATES.iter().any(|(known, word, _)| *known == line.card.state && *word == state)
    };
    let mut lines: Vec<&Line> = seen
        .lines
        .iter()
        .filter(|line| named(line) && in_state(line) && (kind.is_empty() || line.card.kind == kind))
        .collect();
    let (column, down) = list.sorted();
    lines.sort_by(|a, b| if down { order(column, b, a) } else { order(column, a, b) });
    lines
}

fn order(column: &str, a: &Line, b: &Line) -> Ordering {
    let by_name = || compare(&a.card.unit_name, &b.card.unit_name);
    match column {
        "loai" => people::kind_name(&a.card.kind).cmp(people::kind_name(&b.card.kind)),
        "trang-thai" => a.card.state.cmp(&b.card.state),
        "tien-do" => (a.done * b.all.max(1)).cmp(&(b.done * a.all.max(1))),
        "con" => a.left.cmp(&b.left),
        "gui" => a.card.submitted.cmp(&b.card.submitted),
        _ => by_name(),
    }
    .then_with(by_name)
}

pub(super) fn listed(seen: &Overview, list: &Listing) -> Markup {
    let lines = wanted(seen, list);
    let columns = vec![
        list.column(Column::new("Đơn vị"), "ten"),
        list.column(Column::new("Loại").width(10), "loai"),
        list.column(Column::new("Trạng thái").width(15), "trang-thai"),
        list.column(Column::new("Tiến độ"), "tien-do"),
        list.column(Column::number("Còn thẩm định"), "con"),
        list.column(Column::new("Gửi lúc").width(10), "gui"),
        Column::new("Mở").width(10),
    ];
    let rows: Vec<Row> = list.slice(&lines).iter().map(|line| row(seen, line)).collect();
    html! {
        @if seen.lines.len() > 1 { (list.toolbar(filters(seen, list), list.is_long(seen.lines.len()))) }
        @if rows.is_empty() {
            (list.none("Không có đơn vị nào phù hợp.", "Hãy bỏ bớt điều kiện lọc."))
        } @else {
            (table::Table { caption: "Các đơn vị trong đợt", columns, rows, names: 0, ..table::Table::default() })
            @if seen.lines.len() > 1 { (list.pager(lines.len(), "đơn vị")) }
        }
    }
}

fn filters(seen: &Overview, list: &Listing) -> Markup {
    let kinds = seen.kinds();
    let mut kind_choices = vec![Choice::new("", "Mọi loại đơn vị")];
    kind_choices.extend(kinds.iter().map(|kind| Choice::new(kind, people::kind_name(kind))));
    let mut state_choices = vec![Choice::new("", "Mọi trạng thái")];
    state_choices.extend(STATES.iter().map(|(_, word, name)| Choice::new(word, name)));
    html! {
        (fields::search(Field::new("tim", "Tìm đơn vị").value(list.get("tim"))))
        @if kinds.len() > 1 { (fields::select(Field::new("loai", "Loại đơn vị").value(list.get("loai")), &kind_choices)) }
        (fields::select(Field::new("trang_thai", "Trạng thái").value(list.get("trang_thai")), &state_choices))
    }
}

fn row(seen: &Overview, line: &Line) -> Row {
    let card = &line.card;
    let round = seen.round.id;
    let whole = seen.administers || seen.councils;
    Row::new(vec![
        html! { a href=(place::card(round, card.unit)) { (card.unit_name) } @if Some(card.unit) == seen.mine { " " span.quiet { "(đơn vị của bạn)" } } },
        html! { (people::kind_name(&card.kind)) },
        html! { (state(card.state)) @if !card.survey_held { " " span.quiet { "không điều tra XHH" } } },
        html! { (parts::progress("", line.done as u64, line.all as u64)) },
        html! { @if card.state == CardState::Scoring { span.quiet { "–" } } @else { (line.left) } },
        html! { @match card.submitted { Some(at) => (day::vi_moment(at)), None => span.quiet { "chưa gửi" } } },
        html! {
            @let appraising = (line.appraises || whole) && card.state != CardState::Scoring;
            @if appraising {
                a href=(place::appraisal(round, card.unit)) {
                    @if seen.councils && line.left == 0 && card.state > CardState::Scoring && card.state < CardState::Concluded { "Kết luận" } @else { "Thẩm định" }
                    span.vh { " " (card.unit_name) }
                }
            }
            @if seen.phase == Phase::Published || whole {
                @if appraising { br; }
                a href={ (place::results(round)) "/don-vi/" (card.unit) } { "Kết quả" span.vh { " " (card.unit_name) } }
            }
        },
    ])
}

/// The same list as a table to keep.
pub(super) fn table(seen: &Overview, list: &Listing) -> sheet::Table {
    let columns = vec![
        sheet::Column::text("Đơn vị", 44),
        sheet::Column::text("Loại", 20),
        sheet::Column::text("Trạng thái", 20),
        sheet::Column::number("Tiêu chí đã xong", 0),
        sheet::Column::number("Tiêu chí tự chấm", 0),
        sheet::Column::number("Còn phải thẩm định", 0).width(18),
        sheet::Column::moment("Gửi lúc"),
        sheet::Column::yes_no("Có điều tra XHH").width(16),
    ];
    let mut table = sheet::Table::new(columns).title(format!("Tiến độ: {}", seen.round.name));
    if seen.round.sample {
        table = table.note("MẪU: bộ tiêu chí và số liệu không có thật.");
    }
    for line in wanted(seen, list) {
        let card = &line.card;
        let sent = card.submitted.map(|at| jiff::tz::Offset::constant(7).to_datetime(at));
        table.push(vec![
            card.unit_name.clone().into(),
            people::kind_name(&card.kind).into(),
            name(card.state).into(),
            line.done.into(),
            line.all.into(),
            line.left.into(),
            sent.into(),
            card.survey_held.into(),
        ]);
    }
    table
}
