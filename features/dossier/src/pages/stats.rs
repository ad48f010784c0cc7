//! Statistics of dossiers over any days: the table, a picture beside it, and the list behind each number.

use super::place;
use crate::actions::{self, BehindNumber, Statistics, StatsRow, link_behind};
use crate::model::*;
use crate::stats::{Asked, By, Counts, Measure};
use base::number::vi;
use base::{Date, Decimal, Refusal, Refusals};
use jiff::Span;
use maud::{Markup, html};
use people::Failure;
use web::list::Listing;
use web::look::Page;
use web::look::chart::{self, Bar};
use web::look::fields::{self, Choice, Field};
use web::look::parts;
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show as show_page, show_again};

pub const HERE: &str = "/mot-cua/thong-ke";
pub use crate::actions::STATS_LIST as LIST;

const FILTERS: &[&str] = &["tu", "den", "theo", "co_quan", "linh_vuc", "thu_tuc", "kenh"];

/// The columns after the name, with what stands above each.
const COLUMNS: [(Measure, Option<Channel>, &str); 16] = [
    (Measure::Whole, None, "Tổng tiếp nhận"),
    (Measure::Carried, None, "Kỳ trước chuyển sang"),
    (Measure::Received, None, "Nhận trong kỳ"),
    (Measure::Received, Some(Channel::Counter), "Tại quầy"),
    (Measure::Received, Some(Channel::Online), "Trực tuyến"),
    (Measure::Received, Some(Channel::Post), "Bưu chính"),
    (Measure::Resolved, None, "Đã xử lý"),
    (Measure::Early, None, "Trước hạn"),
    (Measure::OnTime, None, "Đúng hạn"),
    (Measure::Late, None, "Quá hạn"),
    (Measure::Open, None, "Chưa xong"),
    (Measure::InTime, None, "Đang xử lý trong hạn"),
    (Measure::Overdue, None, "Đang xử lý quá hạn"),
    (Measure::Supplement, None, "Chờ bổ sung"),
    (Measure::Duty, None, "Chờ nghĩa vụ tài chính"),
    (Measure::Other, None, "Tạm dừng khác"),
];

/// What the address asks; what cannot be read falls back to this month, and is said.
pub(super) fn asked(list: &Listing, today: Date) -> (Asked, Refusals) {
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
        field: list.get("linh_vuc").to_owned(),
        procedure: list.get("thu_tuc").to_owned(),
        channel: Channel::of(list.get("kenh")),
        receiver: list.get("nguoi_nhan").to_owned(),
        handler: list.get("nguoi_thu_ly").to_owned(),
    };
    (asked, refusals)
}

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", FILTERS);
    let (asked, refusals) = asked(&list, visit.scope.today());
    let mut conn = visit.site.db.snapshot().await?;
    let found = actions::statistics(&mut conn, &visit.scope, &asked).await?;
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "thong-ke-ho-so", table_file(&asked, &found), visit.scope.now);
    }
    let page = shown(&list, &asked, &found, &refusals);
    if refusals.is_empty() { show_page(page) } else { show_again(page, refusals) }
}

pub(super) fn days(asked: &Asked) -> String {
    let last = asked.to.saturating_sub(Span::new().days(1));
    format!("Từ {} đến hết {}", base::day::vi(asked.from), base::day::vi(last))
}

fn shown(list: &Listing, asked: &Asked, found: &Statistics, refusals: &[Refusal]) -> Page {
    let body = html! {
        (list.toolbar(filter(list, asked, found, refusals), false))
        @if found.rows.is_empty() {
            (list.none("Không có hồ sơ nào trong những ngày này.", "Chọn khoảng ngày khác, hoặc bỏ bớt điều kiện lọc."))
        } @else {
            (table(asked, found))
            (chart(asked, found))
            p.quiet {
                "Hồ sơ đã xử lý tính từ lúc có kết quả; không có kết quả thì từ lúc kết thúc (rút, từ chối, dừng). "
                "Đang xử lý và tạm dừng là tình trạng vào cuối khoảng ngày. Tổng tiếp nhận bằng đã xử lý cộng chưa xong."
            }
        }
    };
    let mut page = Page::new("Thống kê hồ sơ", body);
    page.lead = Some(html! { (days(asked)) });
    page.actions = Some(
        html! { (parts::link_button("Việc phối hợp", super::helped::HERE)) button.btn.btn-2.js-only type="button" data-print { "In bảng" } },
    );
    page.wide = true;
    page
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
    let fields: Vec<Choice> =
        std::iter::once(all).chain(found.fields.iter().map(|one| Choice::new(one, one))).collect();
    let procedures: Vec<Choice> =
        std::iter::once(all).chain(found.procedures.iter().map(|(code, name)| Choice::new(code, name))).collect();
    let channels: Vec<Choice> =
        std::iter::once(all).chain(Channel::ALL.iter().map(|one| Choice::new(one.code(), one.say()))).collect();
    html! {
        (days("tu", "Từ ngày", asked.from))
        (days("den", "Đến hết ngày", asked.to.saturating_sub(Span::new().days(1))))
        (fields::select(Field::new("theo", "Mỗi dòng là").value(asked.by.code()), &by))
        @if found.agencies.len() > 1 { (fields::select(Field::new("co_quan", "Cơ quan").value(list.get("co_quan")), &agencies)) }
        (fields::select(Field::new("linh_vuc", "Lĩnh vực").value(&asked.field), &fields))
        (fields::select(Field::new("thu_tuc", "Thủ tục").value(&asked.procedure), &procedures))
        (fields::select(Field::new("kenh", "Kênh nộp").value(list.get("kenh")), &channels))
    }
}

fn number(count: i64) -> String {
    vi(&Decimal::from(count))
}

/// The columns of a row, with the address of the dossiers behind each number.
fn cells(asked: &Asked, counts: &Counts) -> impl Iterator<Item = (i64, String)> {
    COLUMNS.into_iter().map(move |(measure, channel, _)| {
        let mut only = asked.clone();
        let count = match channel {
            None => counts.of(measure),
            Some(channel) => counts.received_by(channel),
        };
        only.channel = channel.or(only.channel);
        (count, link_behind(&only, measure))
    })
}

fn row(asked: &Asked, name: &str, counts: &Counts) -> Row {
    let numbers = cells(asked, counts).map(|(count, href)| {
        html! { @if count == 0 { "0" } @else { a href=(href) { (number(count)) } } }
    });
    Row::new(std::iter::once(html! { (name) }).chain(numbers).collect())
}

fn table(asked: &Asked, found: &Statistics) -> Markup {
    let columns = std::iter::once(Column::new(asked.by.say()).width(15))
        .chain(COLUMNS.iter().map(|(measure, _, label)| Column::number(label).hint(measure.say())));
    let table = Table {
        caption: "Thống kê hồ sơ",
        columns: columns.collect(),
        rows: found.rows.iter().map(|one| row(&asked.only(&one.key), &one.name, &one.counts)).collect(),
        foot: Some(row(asked, "Tổng số", &found.total)),
        ..Table::default()
    };
    html! { (table) }
}

/// Of what was resolved, the share in time.
fn share(counts: &Counts) -> Option<Decimal> {
    let all = counts.of(Measure::Resolved);
    (all > 0).then(|| Decimal::from((counts.early + counts.on_time) * 100) / Decimal::from(all))
}

fn chart(asked: &Asked, found: &Statistics) -> Markup {
    let bar = |one: &StatsRow| {
        let value = share(&one.counts)?;
        Some((one.name.clone(), link_behind(&asked.only(&one.key), Measure::Resolved), value))
    };
    let lines: Vec<(String, String, Decimal)> = found.rows.iter().filter_map(bar).take(40).collect();
    let bars: Vec<Bar> = lines
        .iter()
        .map(|(label, href, value)| Bar {
            label,
            href: Some(href),
            value: *value,
            max: Decimal::ONE_HUNDRED,
            text: base::number::percent(value, 1),
            mark: None,
        })
        .collect();
    let source = share(&found.total).map(|all| format!("Chung: {}.", base::number::percent(&all, 1)));
    html! {
        @if !bars.is_empty() {
            (chart::bars("Tỷ lệ đã xử lý trước hạn và đúng hạn", &source.unwrap_or_default(), [asked.by.say(), "Tỷ lệ", ""], &bars))
        }
    }
}

fn table_file(asked: &Asked, found: &Statistics) -> sheet::Table {
    let columns = std::iter::once(sheet::Column::text(asked.by.say(), 40))
        .chain(COLUMNS.iter().map(|(_, _, label)| sheet::Column::number(label, 0)));
    let mut table = sheet::Table::new(columns.collect()).title("Thống kê hồ sơ").note(days(asked));
    let total = StatsRow { key: String::new(), name: "Tổng số".into(), counts: found.total };
    for one in found.rows.iter().chain([&total]) {
        let numbers = cells(asked, &one.counts).map(|(count, _)| Decimal::from(count).into());
        table.push(std::iter::once(one.name.as_str().into()).chain(numbers).collect());
    }
    table
}

/// The dossiers behind a number.
pub async fn list(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &[]);
    let (asked, refusals) = asked(&list, visit.scope.today());
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals).into());
    }
    let measure = Measure::of(list.get("so")).ok_or(Failure::NotFound)?;
    if let Some(kind) = list.as_file() {
        let all = actions::take_away(&visit.site, &visit.scope, &asked, measure).await?;
        return web::list::file(kind, "ho-so", lines_file(&asked, measure, &all), visit.scope.now);
    }
    let size = list.size() as i64;
    let page: i64 = list.get("trang").parse().unwrap_or(1).max(1);
    let mut conn = visit.site.db.read().await?;
    let found = actions::behind(&mut conn, &visit.scope, &asked, measure, ((page - 1) * size, size)).await?;
    let count = usize::try_from(found.total).unwrap_or(0);
    let body = html! {
        (list.toolbar(html! {}, list.is_long(count)))
        @if found.lines.is_empty() {
            (parts::empty("Không có hồ sơ nào.", "Tình trạng hồ sơ có thể đã đổi từ khi bảng được mở.", None))
        } @else {
            (lines(&found))
            (list.pager(count, "hồ sơ"))
        }
    };
    let mut page = Page::new(measure.say(), body);
    page.lead = Some(html! { (days(&asked)) });
    page.crumbs = vec![("Thống kê hồ sơ".into(), HERE.into())];
    page.wide = true;
    show_page(page)
}

pub(super) fn lines(found: &BehindNumber) -> Markup {
    let rows = found.lines.iter().map(|line| {
        let named = found.named == Some(line.agency);
        Row::new(vec![
            html! {
                @if named { a href=(place::dossier(line.id)) { (line.code) } } @else { (line.code) }
                div.quiet { (line.channel.say()) }
            },
            html! { (line.name) @if named { div { strong { (line.owner) } } } },
            html! { (found.units.get(&line.agency).map_or("", String::as_str)) },
            html! { (base::day::vi_moment(line.received)) },
            html! { @if let Some(due) = line.due { (base::day::vi_moment(due)) } },
            html! {
                @if let Some(at) = line.closed { (base::day::vi_moment(at)) }
                @if let Some(verdict) = line.verdict { div { (verdict.say()) } } @else { (line.state.say()) }
            },
        ])
    });
    let table = Table {
        caption: "Hồ sơ",
        columns: ["Mã hồ sơ", "Thủ tục", "Cơ quan", "Tiếp nhận", "Hạn trả", "Xử lý xong"].map(Column::new).into(),
        rows: rows.collect(),
        ..Table::default()
    };
    html! { (table) }
}

fn lines_file(asked: &Asked, measure: Measure, found: &BehindNumber) -> sheet::Table {
    use sheet::Column;
    let with_names = found.named.is_some();
    let mut columns = vec![
        Column::text("Mã hồ sơ", 26),
        Column::text("Thủ tục", 50),
        Column::text("Cơ quan", 20),
        Column::text("Kênh", 12),
        Column::text("Tiếp nhận", 18),
        Column::text("Hạn trả", 18),
        Column::text("Xử lý xong", 18),
        Column::text("So với hạn", 14),
    ];
    if with_names {
        columns.push(Column::text("Chủ hồ sơ", 30));
    }
    let mut table = sheet::Table::new(columns).title(measure.say()).note(days(asked));
    let moment = |at: Option<base::Timestamp>| at.map(base::day::vi_moment).unwrap_or_default();
    for line in &found.lines {
        let mut row = vec![
            line.code.as_str().into(),
            line.name.as_str().into(),
            found.units.get(&line.agency).map_or("", String::as_str).into(),
            line.channel.say().into(),
            moment(Some(line.received)).as_str().into(),
            moment(line.due).as_str().into(),
            moment(line.closed).as_str().into(),
            line.verdict.map_or("", crate::rules::Against::say).into(),
        ];
        if with_names {
            row.push(line.owner.as_str().into());
        }
        table.push(row);
    }
    table
}
