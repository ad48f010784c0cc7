//! Statistics over any days: the table, and the list behind each number.

use super::office::place;
use crate::actions::{self, BehindNumber, Statistics, link_behind};
use crate::model::*;
use crate::stats::Counts;
use base::number::vi;
use base::{Date, Decimal, Refusal, Refusals};
use jiff::Span;
use maud::{Markup, html};
use people::Failure;
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts;
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show, show_again};

pub const HERE: &str = "/mot-cua/phan-anh/thong-ke";
const FILTERS: &[&str] = &["tu", "den", "theo", "co_quan", "loai"];
/// The most lines of one file.
const MOST: i64 = 50_000;
const COLUMNS: [Measure; 9] = [
    Measure::Whole,
    Measure::Carried,
    Measure::Received,
    Measure::Done,
    Measure::OnTime,
    Measure::Late,
    Measure::Open,
    Measure::InTime,
    Measure::Overdue,
];

/// What the address asks; what cannot be read falls back to this month, and is said.
fn asked(list: &Listing, today: Date) -> (Asked, Refusals) {
    let mut refusals = Vec::new();
    let mut day = |name: &str, usual: Date| match list.get(name) {
        "" => usual,
        typed => base::day::read_vi(typed, today).unwrap_or_else(|wrong| {
            refusals.push(wrong.at(name));
            usual
        }),
    };
    let from = day("tu", today.first_of_month());
    let last = day("den", today.max(from));
    if last < from && refusals.is_empty() {
        refusals.push(Refusal::new("stats-days", "Ngày cuối phải từ ngày đầu trở đi.").at("den"));
    }
    let asked = Asked {
        from,
        to: last.max(from).saturating_add(Span::new().days(1)),
        by: By::of(list.get("theo")).unwrap_or(By::Agency),
        agency: list.get("co_quan").parse().ok(),
        kind: Kind::of(list.get("loai")),
    };
    (asked, refusals)
}

fn last_day(asked: &Asked) -> Date {
    asked.to.saturating_sub(Span::new().days(1))
}

fn days(asked: &Asked) -> String {
    format!("Từ {} đến hết {}", base::day::vi(asked.from), base::day::vi(last_day(asked)))
}

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", FILTERS);
    let (asked, refusals) = asked(&list, visit.scope.today());
    let found = actions::statistics(&mut visit.site.db.read().await?, &visit.scope, &asked).await?;
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "thong-ke-phan-anh", table_file(&asked, &found), visit.scope.now);
    }
    let mut page = Page::new(
        "Thống kê phản ánh, kiến nghị",
        html! {
            (list.toolbar(filter(&list, &asked, &found, &refusals), false))
            @if found.rows.is_empty() {
                (list.none("Không có phản ánh, kiến nghị nào trong những ngày này.", "Chọn khoảng ngày khác, hoặc bỏ bớt điều kiện lọc."))
            } @else {
                (table(&asked, &found))
                p.quiet {
                    "Tổng phải trả lời bằng đã trả lời cộng chưa trả lời; không xử lý có nêu lý do cũng là trả lời. "
                    "Đã chuyển cơ quan khác thì tính cho cơ quan đang giữ. Chưa trả lời là tình trạng vào cuối khoảng ngày."
                }
            }
        },
    );
    page.lead = Some(html! { (days(&asked)) });
    page.wide = true;
    if refusals.is_empty() { show(page) } else { show_again(page, refusals) }
}

fn filter(list: &Listing, asked: &Asked, found: &Statistics, refusals: &[Refusal]) -> Markup {
    let days = |name: &'static str, label: &'static str, day: Date| {
        let typed = list.get(name).to_owned();
        let value = if typed.is_empty() { base::day::vi(day) } else { typed };
        html! { (fields::date(Field::new(name, label).value(&value).refused(refusals))) }
    };
    let all = Choice::new("", "Tất cả");
    let by: Vec<Choice> = By::ALL.iter().map(|by| Choice::new(by.code(), by.say())).collect();
    let agencies = fields::with_first("Tất cả", &found.agencies);
    let kinds: Vec<Choice> =
        std::iter::once(all).chain(Kind::ALL.iter().map(|one| Choice::new(one.code(), one.say()))).collect();
    html! {
        (days("tu", "Từ ngày", asked.from))
        (days("den", "Đến hết ngày", last_day(asked)))
        (fields::select(Field::new("theo", "Mỗi dòng là").value(asked.by.code()), &by))
        @if found.agencies.len() > 1 { (fields::select(Field::new("co_quan", "Cơ quan").value(list.get("co_quan")), &agencies)) }
        (fields::select(Field::new("loai", "Loại").value(list.get("loai")), &kinds))
    }
}

fn row(asked: &Asked, name: &str, counts: &Counts) -> Row {
    let numbers = COLUMNS.iter().map(|measure| {
        let count = counts.of(*measure);
        html! { @if count == 0 { "0" } @else { a href=(link_behind(asked, *measure)) { (vi(&Decimal::from(count))) } } }
    });
    Row::new(std::iter::once(html! { (name) }).chain(numbers).collect())
}

fn table(asked: &Asked, found: &Statistics) -> Markup {
    let columns = std::iter::once(Column::new(asked.by.say()).width(20))
        .chain(COLUMNS.iter().map(|measure| Column::number(measure.say())));
    let table = Table {
        caption: "Thống kê phản ánh, kiến nghị",
        columns: columns.collect(),
        rows: found.rows.iter().map(|one| row(&asked.only(&one.key), &one.name, &one.counts)).collect(),
        foot: Some(row(asked, "Tổng số", &found.total)),
        ..Table::default()
    };
    html! { (table) }
}

fn table_file(asked: &Asked, found: &Statistics) -> sheet::Table {
    let columns = std::iter::once(sheet::Column::text(asked.by.say(), 40))
        .chain(COLUMNS.iter().map(|measure| sheet::Column::number(measure.say(), 0)));
    let mut table = sheet::Table::new(columns.collect()).title("Thống kê phản ánh, kiến nghị").note(days(asked));
    let total = ("Tổng số", found.total);
    for (name, counts) in found.rows.iter().map(|one| (one.name.as_str(), one.counts)).chain([total]) {
        let numbers = COLUMNS.iter().map(|measure| Decimal::from(counts.of(*measure)).into());
        table.push(std::iter::once(name.into()).chain(numbers).collect());
    }
    table
}

/// Those behind a number.
pub async fn list(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &[]);
    let (asked, refusals) = asked(&list, visit.scope.today());
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals).into());
    }
    let measure = Measure::of(list.get("so")).ok_or(Failure::NotFound)?;
    let size = list.size() as i64;
    let page: i64 = list.get("trang").parse().unwrap_or(1).clamp(1, MOST);
    let part = if list.as_file().is_some() { (0, MOST) } else { ((page - 1) * size, size) };
    let mut conn = visit.site.db.read().await?;
    let found = actions::behind(&mut conn, &visit.scope, &asked, measure, part).await?;
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "phan-anh", lines_file(&asked, measure, &found), visit.scope.now);
    }
    let count = usize::try_from(found.total).unwrap_or(0);
    let body = html! {
        (list.toolbar(html! {}, list.is_long(count)))
        @if found.lines.is_empty() {
            (parts::empty("Không có phản ánh, kiến nghị nào.", "Tình trạng có thể đã đổi từ khi bảng được mở.", None))
        } @else {
            (lines(&found))
            (list.pager(count, "phản ánh"))
        }
    };
    let mut page = Page::new(measure.say(), body);
    page.lead = Some(html! { (days(&asked)) });
    page.crumbs = vec![("Thống kê phản ánh, kiến nghị".into(), HERE.into())];
    page.wide = true;
    show(page)
}

fn lines(found: &BehindNumber) -> Markup {
    let rows = found.lines.iter().map(|one| {
        Row::new(vec![
            html! { @if found.own == Some(one.agency) { a href=(place(one.id)) { (one.code) } } @else { (one.code) } },
            html! { (one.kind.say()) },
            html! { (found.units.get(&one.agency).map_or("", String::as_str)) },
            html! { (base::day::vi_moment(one.at)) },
            html! { (base::day::vi_moment(one.due)) },
            html! { @if let Some(at) = one.answered { (base::day::vi_moment(at)) " " } (one.state.say()) },
        ])
    });
    let table = Table {
        caption: "Phản ánh, kiến nghị",
        columns: HEADS.map(Column::new).into(),
        rows: rows.collect(),
        ..Table::default()
    };
    html! { (table) }
}

const HEADS: [&str; 6] = ["Mã", "Loại", "Cơ quan", "Gửi lúc", "Hạn trả lời", "Trả lời"];

fn lines_file(asked: &Asked, measure: Measure, found: &BehindNumber) -> sheet::Table {
    let columns = HEADS.iter().map(|head| sheet::Column::text(head, 22)).collect();
    let mut table = sheet::Table::new(columns).title(measure.say()).note(days(asked));
    for one in &found.lines {
        let moment = |at: Option<base::Timestamp>| at.map(base::day::vi_moment).unwrap_or_default();
        let agency = found.units.get(&one.agency).map_or("", String::as_str);
        let (at, due, answered) = (moment(Some(one.at)), moment(Some(one.due)), moment(one.answered));
        table.push([&one.code, one.kind.say(), agency, &at, &due, &answered].map(Into::into).to_vec());
    }
    table
}
