//! Sổ theo dõi hồ sơ: what a counter received in a range of days, to read, to take away and to print.

use super::one::pdf;
use super::place;
use crate::actions::{self, Range};
use crate::papers::{self, COLUMNS, Line};
use base::{Date, Refusal, Refusals};
use maud::{Markup, html};
use people::{Failure, Unit, UnitId};
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::Button;
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, address, show, show_again};

/// The most lines of a file.
const MOST: i64 = 50_000;

/// What the address asks for; what cannot be read is refused at its field, and the usual days stand in its place.
pub(super) struct Asked {
    pub counters: Vec<Unit>,
    pub counter: UnitId,
    pub range: Range,
    pub refusals: Refusals,
}

/// `first`: the first day where none is asked for.
pub(super) async fn asked(visit: &Visit, list: &Listing, first: Date) -> Result<Asked, Failure> {
    let mut conn = visit.site.db.read().await?;
    let counters = actions::counters(&mut conn, &visit.scope).await?;
    let wanted = list.get("quay");
    let counter = match wanted {
        "" => counters.first(),
        wanted => counters.iter().find(|unit| unit.id.to_string() == wanted),
    };
    let counter = counter.ok_or(Failure::NotFound)?.id;
    let today = visit.scope.today();
    let mut refusals = Refusals::new();
    let mut day = |name: &'static str, usual: Date| match list.get(name) {
        "" => usual,
        typed => base::day::read_vi(typed, today).unwrap_or_else(|no| {
            refusals.push(no.at(name));
            usual
        }),
    };
    let range = Range { from: day("tu", first), last: day("den", today) };
    Ok(Asked { counters, counter, range, refusals })
}

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &["tu", "den", "quay"]);
    let mut asked = asked(&visit, &list, visit.scope.today().first_of_month()).await?;
    let file = list.as_file();
    let size = list.size() as i64;
    let at: i64 = list.get("trang").parse().unwrap_or(1).clamp(1, MOST);
    let part = if file.is_some() { (0, MOST) } else { ((at - 1) * size, size) };
    let found = match asked.refusals.is_empty() {
        true => actions::register(&visit.site, &visit.scope, asked.counter, asked.range, part).await,
        false => Ok((Vec::new(), 0)),
    };
    let (lines, total) = match found {
        Ok(found) => found,
        Err(Failure::Refused(no)) => {
            asked.refusals.extend(no);
            (Vec::new(), 0)
        }
        Err(other) => return Err(other.into()),
    };
    if let Some(kind) = file.filter(|_| asked.refusals.is_empty()) {
        return web::list::file(kind, "so-theo-doi-ho-so", table_file(&asked, &lines), visit.scope.now);
    }
    let page = shown(&list, &asked, &lines, total);
    if asked.refusals.is_empty() { show(page) } else { show_again(page, asked.refusals) }
}

/// The same as PDF, on A4 on its side.
pub async fn print(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &[]);
    let asked = asked(&visit, &list, visit.scope.today().first_of_month()).await?;
    if !asked.refusals.is_empty() {
        return Err(Failure::Refused(asked.refusals).into());
    }
    let book = actions::register_printed(&visit.site, &visit.scope, asked.counter, asked.range).await?;
    let name = format!("so-theo-doi-ho-so-{}-{}", asked.range.from, asked.range.last);
    pdf(papers::register(&book).map_err(Failure::from)?, name).await
}

fn shown(list: &Listing, asked: &Asked, lines: &[Line], total: i64) -> Page {
    let count = usize::try_from(total).unwrap_or(0);
    let mut page = Page::new(
        "Sổ theo dõi hồ sơ",
        html! {
            (list.toolbar(filter(list, asked), list.is_long(count)))
            @if lines.is_empty() {
                (list.none("Không có hồ sơ nào trong khoảng ngày này.", "Hồ sơ vào sổ khi được tiếp nhận chính thức."))
            } @else {
                (table(lines))
                (list.pager(count, "hồ sơ"))
            }
        },
    );
    page.wide = true;
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into())];
    let Range { from, last } = asked.range;
    page.lead = Some(
        html! { "Hồ sơ tiếp nhận từ " (base::day::vi(from)) " đến " (base::day::vi(last)) " tại " (name(asked)) "." },
    );
    if !lines.is_empty() {
        let days = [("tu", base::day::vi(from)), ("den", base::day::vi(last)), ("quay", asked.counter.to_string())];
        let pairs: Vec<(&str, &str)> = days.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let print = address::with("/mot-cua/so/in", &pairs);
        page.actions = Some(html! { (Button::new("In sổ (PDF)").to(&print).second().file()) });
    }
    page
}

pub(super) fn name(asked: &Asked) -> &str {
    asked.counters.iter().find(|unit| unit.id == asked.counter).map_or("", |unit| &unit.name)
}

pub(super) fn filter(list: &Listing, asked: &Asked) -> Markup {
    let typed = |name: &str, day: Date| match list.get(name) {
        "" => base::day::vi(day),
        typed => typed.to_owned(),
    };
    let (from, last) = (typed("tu", asked.range.from), typed("den", asked.range.last));
    let refusals: &[Refusal] = &asked.refusals;
    let ids: Vec<String> = asked.counters.iter().map(|unit| unit.id.to_string()).collect();
    let counters: Vec<Choice> = ids.iter().zip(&asked.counters).map(|(id, unit)| Choice::new(id, &unit.name)).collect();
    html! {
        (fields::date(Field::new("tu", "Từ ngày").value(&from).refused(refusals)))
        (fields::date(Field::new("den", "Đến ngày").value(&last).refused(refusals)))
        @if counters.len() > 1 {
            (fields::select(Field::new("quay", "Nơi tiếp nhận").value(&asked.counter.to_string()), &counters))
        }
    }
}

fn table(lines: &[Line]) -> Markup {
    let columns = vec![
        Column::number("TT"),
        Column::new("Mã hồ sơ").width(16),
        Column::new("Thủ tục, cơ quan giải quyết").width(26),
        Column::number("Số bộ"),
        Column::new("Tên, địa chỉ, điện thoại").width(26),
        Column::new("Nhận").width(9),
        Column::new("Hẹn trả").width(9),
        Column::new("Trả kết quả").width(10),
        Column::new("Ghi chú").width(10),
    ];
    let rows = lines.iter().map(|line| {
        let [number, code, name, sets, owner, contact, agency, received, promised, returned, way, _, note] =
            papers::cells(line);
        Row::new(vec![
            html! { (number) },
            html! { a href=(place::dossier(line.id)) { (code) } },
            html! { (name) div.quiet { (agency) } },
            html! { (sets) },
            html! { strong { (owner) } div { (contact) } },
            html! { (received) },
            html! { (promised) },
            html! { (returned) @if !way.is_empty() { div.quiet { (way) } } },
            html! { (note) },
        ])
    });
    html! { (Table { caption: "Sổ theo dõi hồ sơ", columns, rows: rows.collect(), names: 1, ..Table::default() }) }
}

/// The register to take away, with the columns of the paper.
fn table_file(asked: &Asked, lines: &[Line]) -> sheet::Table {
    const WIDTHS: [u16; 13] = [6, 26, 50, 10, 30, 40, 30, 12, 12, 12, 14, 12, 20];
    let columns = COLUMNS.iter().zip(WIDTHS).map(|(name, width)| sheet::Column::text(name, width)).collect();
    let Range { from, last } = asked.range;
    let title =
        format!("Sổ theo dõi hồ sơ từ ngày {} đến ngày {}, {}", base::day::vi(from), base::day::vi(last), name(asked));
    let mut table = sheet::Table::new(columns).title(title);
    for line in lines {
        table.push(papers::cells(line).iter().map(|cell| cell.as_str().into()).collect());
    }
    table
}
