//! What agencies do for each other: the table over days, and the steps behind each number.

use super::{place, stats};
use crate::actions::{self, BehindHelped, Helped, helped_link};
use crate::helped::{Counts, Helps, Measure};
use base::number::vi;
use base::{Date, Decimal, Refusal};
use maud::{Markup, html};
use people::{Failure, UnitId};
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts;
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show as show_page, show_again};

pub const HERE: &str = "/mot-cua/thong-ke/phoi-hop";
pub use crate::actions::HELPED_LIST as LIST;

const FILTERS: &[&str] = &["tu", "den"];
/// The most lines of one file.
const MOST: i64 = 50_000;

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", FILTERS);
    let (asked, refusals) = stats::asked(&list, visit.scope.today());
    let days = (asked.from, asked.to);
    let mut conn = visit.site.db.read().await?;
    let found = actions::helped(&mut conn, &visit.scope, days).await?;
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "viec-phoi-hop", file(&found, &stats::days(&asked)), visit.scope.now);
    }
    let body = html! {
        (list.toolbar(filter(&list, days, &refusals), false))
        @if found.rows.is_empty() {
            (list.none("Không có việc phối hợp nào trong những ngày này.", "Chọn khoảng ngày khác. Việc phối hợp là bước của quy trình do cơ quan khác thực hiện."))
        } @else {
            (table(&found, days))
            p.quiet {
                "Mỗi việc là một bước do cơ quan khác làm giúp, tính theo hạn của bước đó. "
                "Hồ sơ chỉ được tính một lần, ở cơ quan giải quyết. Tổng số bằng đã xong, hồ sơ kết thúc trước và chưa xong."
            }
        }
    };
    let mut page = Page::new("Thống kê việc phối hợp", body);
    page.lead = Some(html! { (stats::days(&asked)) });
    page.crumbs = vec![("Thống kê hồ sơ".into(), stats::HERE.into())];
    page.wide = true;
    if refusals.is_empty() { show_page(page) } else { show_again(page, refusals) }
}

fn filter(list: &Listing, (from, to): (Date, Date), refusals: &[Refusal]) -> Markup {
    let typed =
        |name: &str, day: Date| if list.get(name).is_empty() { base::day::vi(day) } else { list.get(name).to_owned() };
    let (from, to) = (typed("tu", from), typed("den", to.yesterday().unwrap_or(to)));
    html! {
        (fields::date(Field::new("tu", "Từ ngày").value(&from).refused(refusals)))
        (fields::date(Field::new("den", "Đến hết ngày").value(&to).refused(refusals)))
    }
}

fn row(name: [&str; 2], days: (Date, Date), pair: (Option<UnitId>, Option<UnitId>), counts: &Counts) -> Row {
    let number = |measure: &Measure| {
        let count = counts.of(*measure);
        let said = vi(&Decimal::from(count));
        html! { @if count == 0 { "0" } @else { a href=(helped_link(days, pair.0, pair.1, *measure)) { (said) } } }
    };
    let first = name.map(|name| html! { (name) });
    Row::new(first.into_iter().chain(Measure::ALL.iter().map(number)).collect())
}

fn table(found: &Helped, days: (Date, Date)) -> Markup {
    let columns = [Column::new("Cơ quan được giao").width(15), Column::new("Cơ quan giao").width(15)];
    let numbers = Measure::ALL.iter().map(|measure| Column::number(measure.say()));
    let name = |unit: UnitId| found.names.get(&unit).map_or("", String::as_str);
    let rows = found
        .rows
        .iter()
        .map(|one| row([name(one.asked), name(one.asking)], days, (Some(one.asked), Some(one.asking)), &one.counts));
    let table = Table {
        caption: "Việc phối hợp",
        columns: columns.into_iter().chain(numbers).collect(),
        rows: rows.collect(),
        foot: Some(row(["Tổng số", ""], days, (None, None), &found.total)),
        ..Table::default()
    };
    html! { (table) }
}

fn file(found: &Helped, days: &str) -> sheet::Table {
    let columns = ["Cơ quan được giao", "Cơ quan giao"].map(|name| sheet::Column::text(name, 36));
    let numbers = Measure::ALL.iter().map(|measure| sheet::Column::number(measure.say(), 0));
    let mut made =
        sheet::Table::new(columns.into_iter().chain(numbers).collect()).title("Thống kê việc phối hợp").note(days);
    let name = |unit: UnitId| found.names.get(&unit).map_or("", String::as_str);
    let lines = found.rows.iter().map(|one| ([name(one.asked), name(one.asking)], &one.counts));
    for (names, counts) in lines.chain([(["Tổng số", ""], &found.total)]) {
        let numbers = Measure::ALL.iter().map(|measure| Decimal::from(counts.of(*measure)).into());
        made.push(names.into_iter().map(Into::into).chain(numbers).collect());
    }
    made
}

/// The steps behind a number.
pub async fn list(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &[]);
    let (asked, refusals) = stats::asked(&list, visit.scope.today());
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals).into());
    }
    let measure = Measure::of(list.get("so")).ok_or(Failure::NotFound)?;
    let which = Helps { asked: list.get("duoc_hoi").parse().ok(), asking: list.get("hoi").parse().ok(), measure };
    let days = (asked.from, asked.to);
    let mut conn = visit.site.db.read().await?;
    if let Some(kind) = list.as_file() {
        let all = actions::behind_helped(&mut conn, &visit.scope, days, which, (0, MOST)).await?;
        return web::list::file(kind, "viec", lines_file(&all, measure), visit.scope.now);
    }
    let size = list.size() as i64;
    let page: i64 = list.get("trang").parse().unwrap_or(1).max(1);
    let found = actions::behind_helped(&mut conn, &visit.scope, days, which, ((page - 1) * size, size)).await?;
    let count = usize::try_from(found.total).unwrap_or(0);
    let body = html! {
        (list.toolbar(html! {}, list.is_long(count)))
        @if found.lines.is_empty() {
            (parts::empty("Không có việc nào.", "Tình trạng hồ sơ có thể đã đổi từ khi bảng được mở.", None))
        } @else {
            (lines(&found))
            (list.pager(count, "việc"))
        }
    };
    let mut page = Page::new(measure.say(), body);
    page.lead = Some(html! { (stats::days(&asked)) });
    page.crumbs = vec![("Thống kê việc phối hợp".into(), HERE.into())];
    page.wide = true;
    show_page(page)
}

fn lines(found: &BehindHelped) -> Markup {
    let name = |unit: &UnitId| found.names.get(unit).map_or("", String::as_str);
    let moment = |at: Option<base::Timestamp>| at.map(base::day::vi_moment).unwrap_or_default();
    let rows = found.lines.iter().map(|one| {
        let is_own = found.own == Some(one.asked) || found.own == Some(one.asking);
        Row::new(vec![
            html! { @if is_own { a href=(place::dossier(one.dossier)) { (one.code) } } @else { (one.code) } },
            html! { (one.step) div.quiet { (one.name) } },
            html! { (name(&one.asked)) },
            html! { (name(&one.asking)) },
            html! { (base::day::vi_moment(one.begun)) },
            html! { (moment(one.due)) },
            html! { (moment(one.done)) div { (one.stands.say()) } },
        ])
    });
    let table = Table {
        caption: "Việc",
        columns: ["Mã hồ sơ", "Bước, thủ tục", "Được giao", "Giao", "Nhận lúc", "Hạn", "Xong"].map(Column::new).into(),
        rows: rows.collect(),
        ..Table::default()
    };
    html! { (table) }
}

fn lines_file(found: &BehindHelped, measure: Measure) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Mã hồ sơ", 26),
        Column::text("Bước", 40),
        Column::text("Thủ tục", 50),
        Column::text("Được giao", 20),
        Column::text("Giao", 20),
        Column::text("Nhận lúc", 18),
        Column::text("Hạn", 18),
        Column::text("Xong", 18),
        Column::text("Tình trạng", 22),
    ];
    let mut made = sheet::Table::new(columns).title(measure.say());
    let name = |unit: &UnitId| found.names.get(unit).map_or("", String::as_str);
    let moment = |at: Option<base::Timestamp>| at.map(base::day::vi_moment).unwrap_or_default();
    for one in &found.lines {
        let (begun, due, done) = (base::day::vi_moment(one.begun), moment(one.due), moment(one.done));
        let cells = [&one.code, &one.step, &one.name].map(|text| text.as_str().into());
        let places = [name(&one.asked), name(&one.asking), &begun, &due, &done, one.stands.say()].map(Into::into);
        made.push(cells.into_iter().chain(places).collect());
    }
    made
}
