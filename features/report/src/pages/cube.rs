//! Figures over units, periods and indicators: two of them make the table, the third is chosen. Every figure opens the reports
//! that it is made of.

use super::{list, place};
use crate::actions::{self, Ask, Overview, Said};
use crate::model::*;
use crate::rules::cube::Point;
use base::{Decimal, number};
use indicator::{Nature, Period};
use maud::{Markup, html};
use people::UnitId;
use web::list::Listing;
use web::look::Page;
use web::look::chart::{self, Bar};
use web::look::fields::{self, Choice, Field};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show};

pub const HERE: &str = "/bao-cao/chuoi";
const FILTERS: &[&str] = &["che_do", "hang", "cot", "so", "ky", "don_vi", "cay"];
/// What a page shows beside each other; a file has all.
const WIDEST: usize = 24;
/// Bars that are read at one look.
const BARS: usize = 30;

base::words! {
    /// What a table's side can be.
    Side {
        Unit = "don-vi", "Đơn vị";
        Figure = "chi-tieu", "Chỉ tiêu";
        Period = "ky", "Kỳ báo cáo";
    }
}

/// A figure in an address: indicator, part, nature.
pub(super) fn written(name: &Name) -> String {
    format!("{}/{}/{}", name.indicator, name.part.as_deref().unwrap_or_default(), name.nature.code())
}

pub(super) fn read(text: &str) -> Option<Name> {
    let mut parts = text.rsplitn(3, '/');
    let (nature, part, indicator) = (parts.next()?, parts.next()?, parts.next()?);
    let part = (!part.is_empty()).then(|| part.to_owned());
    Some(Name { indicator: indicator.to_owned(), part, nature: Nature::of(nature)? })
}

/// The column that rows are sorted by.
fn sorting_column(key: &str) -> Option<usize> {
    key.strip_prefix('c')?.parse().ok()
}

/// The two sides; the same one twice is the usual two.
fn sides(list: &Listing) -> (Side, Side) {
    let (rows, columns) = (Side::of(list.get("hang")), Side::of(list.get("cot")));
    match (rows.unwrap_or(Side::Unit), columns) {
        (rows, Some(columns)) if rows != columns => (rows, columns),
        (Side::Period, _) => (Side::Period, Side::Unit),
        (rows, _) => (rows, Side::Period),
    }
}

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", FILTERS);
    let mut conn = visit.site.db.read().await?;
    let regimes = actions::regimes_in_force(&mut conn, &visit.scope).await?;
    let (rows, columns) = sides(&list);
    let is_side = |side: Side| rows == side || columns == side;
    let stand = Stand::of(list.get("cay")).unwrap_or_default();
    let mut ask = Ask {
        code: list.get("che_do").to_owned(),
        names: read(list.get("so")).into_iter().collect(),
        all: is_side(Side::Figure),
        stand,
        ..Ask::default()
    };
    if !is_side(Side::Period) {
        ask.periods = list.get("ky").parse().into_iter().collect();
        ask.most = Some(1);
    }
    let mut found = actions::overview(&mut conn, &visit.scope, &ask).await?;
    // Not asked for one: the first by which something was collected.
    for head in regimes.iter().filter(|_| list.get("che_do").is_empty()) {
        if found.is_none() {
            ask.code = head.code.clone();
            found = actions::overview(&mut conn, &visit.scope, &ask).await?;
        }
    }
    drop(conn);
    let code = ask.code;
    let regimes: Vec<(String, String)> = regimes.into_iter().map(|head| (head.code, head.name)).collect();
    let view = found.map(|found| View { found, rows, columns, stand, code: code.clone(), list: &list });
    if let (Some(kind), Some(view)) = (list.as_file(), &view) {
        return web::list::file(kind, "so-lieu-bao-cao", view.file(), visit.scope.now);
    }
    let body = html! {
        (list.toolbar(filters(&list, &regimes, &code, view.as_ref()), view.as_ref().is_some_and(|view| list.is_long(view.along(rows).len()))))
        @match &view {
            None => (list.none("Cơ quan của bạn chưa có kỳ báo cáo nào của chế độ này.", "Mở kỳ báo cáo trước.")),
            Some(view) => (view.shown()),
        }
    };
    let mut page = Page::new("Số liệu qua các kỳ", body);
    page.lead = Some(html! { "Chỉ gồm số liệu đã gửi. Bấm vào một số để mở các báo cáo tạo nên số ấy." });
    page.crumbs = list::crumbs();
    page.wide = true;
    show(page)
}

fn filters(list: &Listing, regimes: &[(String, String)], code: &str, view: Option<&View>) -> Markup {
    let regimes: Vec<Choice> = regimes.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let (rows, columns) = sides(list);
    let sides: Vec<Choice> = Side::ALL.iter().map(|side| Choice::new(side.code(), side.say())).collect();
    let stands: Vec<Choice> = Stand::ALL.iter().map(|one| Choice::new(one.code(), one.say())).collect();
    html! {
        (fields::select(Field::new("che_do", "Chế độ báo cáo").value(code), &regimes))
        (fields::select(Field::new("hang", "Hàng").value(rows.code()), &sides))
        (fields::select(Field::new("cot", "Cột").value(columns.code()), &sides))
        @if let Some(view) = view { (view.third()) }
        (fields::select(Field::new("cay", "Cây đơn vị").value(Stand::of(list.get("cay")).unwrap_or_default().code()), &stands))
    }
}

/// What is found, laid out.
struct View<'a> {
    found: Overview,
    rows: Side,
    columns: Side,
    stand: Stand,
    code: String,
    list: &'a Listing,
}

/// Where a cell is: a line of units, a period, a figure; by their places.
#[derive(Clone, Copy, Default)]
struct At {
    line: usize,
    period: usize,
    figure: usize,
}

impl At {
    fn with(self, side: Side, at: usize) -> At {
        match side {
            Side::Unit => At { line: at, ..self },
            Side::Period => At { period: at, ..self },
            Side::Figure => At { figure: at, ..self },
        }
    }
}

impl View<'_> {
    fn is_side(&self, side: Side) -> bool {
        self.rows == side || self.columns == side
    }

    fn figure(&self, at: usize) -> Option<&Said> {
        self.found.said.get(*self.found.shown.get(at)?)
    }

    /// What a side has, by name.
    fn along(&self, side: Side) -> Vec<String> {
        let cube = &self.found.parts;
        match side {
            Side::Unit => cube.lines.iter().map(|(unit, _)| self.found.world.units[*unit].name.clone()).collect(),
            Side::Period => cube.periods.iter().map(Period::to_string).collect(),
            Side::Figure => {
                let say = |said: &Said| format!("{} ({})", said.say, said.unit);
                (0..self.found.shown.len()).filter_map(|at| self.figure(at).map(say)).collect()
            }
        }
    }

    /// What is chosen of the third side.
    fn fixed(&self) -> At {
        let cube = &self.found.parts;
        let unit = self.list.get("don_vi");
        let line = cube.lines.iter().position(|(at, _)| self.found.world.units[*at].id.to_string() == unit);
        let period = cube.periods.iter().position(|one| one.to_string() == self.list.get("ky"));
        At { line: line.unwrap_or(0), period: period.unwrap_or(cube.periods.len().saturating_sub(1)), figure: 0 }
    }

    /// The field that chooses the third side.
    fn third(&self) -> Markup {
        let cube = &self.found.parts;
        let choices = |all: &[(String, String)], name: &str, label: &str, value: &str| {
            let choices: Vec<Choice> = all.iter().map(|(value, say)| Choice::new(value, say)).collect();
            fields::select(Field::new(name, label).value(value), &choices)
        };
        if !self.is_side(Side::Figure) {
            let all: Vec<(String, String)> =
                self.found.said.iter().map(|one| (written(&one.name), one.say.clone())).collect();
            let value = self.figure(0).map(|one| written(&one.name)).unwrap_or_default();
            return choices(&all, "so", "Chỉ tiêu", &value);
        }
        if !self.is_side(Side::Period) {
            let all: Vec<(String, String)> =
                self.found.known.iter().rev().map(|one| (one.to_string(), one.say())).collect();
            let value = cube.periods.get(self.fixed().period).map(Period::to_string).unwrap_or_default();
            return choices(&all, "ky", "Kỳ báo cáo", &value);
        }
        let unit = |(at, depth): &(usize, usize)| {
            let unit = &self.found.world.units[*at];
            (unit.id.to_string(), format!("{}{}", "\u{2003}".repeat(*depth), unit.name))
        };
        let all: Vec<(String, String)> = cube.lines.iter().map(unit).collect();
        let value = all.get(self.fixed().line).map(|one| one.0.clone()).unwrap_or_default();
        choices(&all, "don_vi", "Đơn vị", &value)
    }

    fn point(&self, at: At) -> Point {
        let unit = self.found.parts.lines.get(at.line).map(|line| line.0);
        unit.map(|unit| self.found.parts.point(unit, at.period, at.figure)).unwrap_or_default()
    }

    fn said(&self, value: &Decimal, figure: usize) -> String {
        number::vi_fixed(value, self.figure(figure).map_or(0, |one| one.digits))
    }

    /// The rows in their order: as the side has them, or by a column.
    fn order(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.along(self.rows).len()).collect();
        let (key, down) = self.list.sorted();
        let Some(column) = sorting_column(key) else { return all };
        let value = |row: &usize| self.point(self.fixed().with(self.rows, *row).with(self.columns, column)).value;
        all.sort_by_cached_key(|row| value(row));
        if down {
            all.reverse();
        }
        // What is missing stands last, whichever way.
        all.sort_by_cached_key(|row| value(row).is_none());
        all
    }

    fn is_sorted(&self) -> bool {
        sorting_column(self.list.sorted().0).is_some()
    }

    fn shown(&self) -> Markup {
        let order = self.order();
        let unit = self.figure(0).filter(|_| !self.is_side(Side::Figure)).map(|one| &one.unit);
        let wide = self.along(self.columns).len();
        html! {
            @if let Some(unit) = unit { p { "Đơn vị tính: " (unit) "." } }
            @if wide > WIDEST { p.quiet { "Trang này có " (WIDEST) " cột đầu trong " (wide) " cột; tệp Excel có đủ." } }
            @if self.stand == Stand::Now {
                p.quiet { "Số có dấu * gồm số liệu của đơn vị trước khi sắp xếp, tính vào đơn vị kế tục hiện nay." }
            }
            (self.table(self.list.slice(&order)))
            (self.list.pager(order.len(), "dòng"))
            @if self.rows == Side::Unit && self.columns == Side::Figure { (self.bars(&order)) }
        }
    }

    fn table(&self, rows: &[usize]) -> Markup {
        let heads = self.along(self.columns);
        let has_trend = self.columns == Side::Period;
        let names = self.along(self.rows);
        let mut columns = vec![Column::new(self.rows.say()).width(25)];
        for (at, head) in heads.iter().enumerate().take(WIDEST) {
            columns.push(self.list.falling(Column::number(head), &format!("c{at}")));
        }
        if has_trend {
            columns.push(Column::new("Diễn biến"));
        }
        let count = heads.len().min(WIDEST);
        let mut lines = Vec::new();
        for row in rows {
            let at = self.fixed().with(self.rows, *row);
            let points: Vec<(At, Point)> =
                (0..count).map(|column| at.with(self.columns, column)).map(|at| (at, self.point(at))).collect();
            let mut cells = vec![self.head(*row, &names)];
            cells.extend(points.iter().map(|(at, point)| self.cell(*at, point)));
            if has_trend {
                cells.push(self.trend(at, &points));
            }
            let line = Row::new(cells);
            lines.push(if self.depth(*row) == Some(0) { line.strong() } else { line });
            if self.rows == Side::Unit && !self.is_sorted() {
                lines.extend(self.whole(at, count, has_trend));
            }
        }
        let caption = format!("{} theo {}", self.rows.say(), self.columns.say().to_lowercase());
        html! { (Table { caption: &caption, columns, rows: lines, names: 0, ..Table::default() }) }
    }

    fn depth(&self, row: usize) -> Option<usize> {
        (self.rows == Side::Unit).then(|| self.found.parts.lines.get(row).map(|line| line.1)).flatten()
    }

    fn head(&self, row: usize, names: &[String]) -> Markup {
        let depth = if self.is_sorted() { 0 } else { self.depth(row).unwrap_or(0) };
        let unit = self.found.parts.lines.get(row).filter(|_| self.rows == Side::Unit);
        let ended = unit.and_then(|(at, _)| self.found.world.units[*at].to);
        html! {
            // Em spaces: the depth is seen, and is not read aloud.
            ("\u{2003}".repeat(depth)) (names.get(row).map_or("", String::as_str))
            @if let Some(ended) = ended { " " span.quiet { "(đến " (base::day::vi(ended.yesterday().unwrap_or(ended))) ")" } }
        }
    }

    fn cell(&self, at: At, point: &Point) -> Markup {
        let Some(value) = point.value else {
            // All of it may be there and still not become one: a share of nothing, an index of several.
            return html! { @if point.of > 0 { a.quiet href=(self.open(at)) { @if point.have < point.of { "thiếu" } @else { "–" } } } @else { span.quiet { "–" } } };
        };
        html! {
            a href=(self.open(at)) { (self.said(&value, at.figure)) @if point.is_moved { "*" } }
            @if point.have < point.of { div.quiet { (point.have) "/" (point.of) " báo cáo" } }
        }
    }

    /// The page with the reports that a figure is made of.
    fn open(&self, at: At) -> String {
        let found = &self.found;
        let unit =
            found.parts.lines.get(at.line).map(|line| found.world.units[line.0].id.to_string()).unwrap_or_default();
        let period = found.parts.periods.get(at.period).map(Period::to_string).unwrap_or_default();
        let figure = self.figure(at.figure).map(|one| written(&one.name)).unwrap_or_default();
        let pairs = [
            ("che_do", self.code.as_str()),
            ("so", &figure),
            ("ky", &period),
            ("don_vi", &unit),
            ("cay", self.stand.code()),
        ];
        web::address::with(super::opened::HERE, &pairs)
    }

    /// What the unit's own report told, which it may have mended by hand.
    fn whole(&self, at: At, count: usize, has_trend: bool) -> Option<Row> {
        let unit = self.found.parts.lines.get(at.line)?.0;
        let id = self.found.world.units.get(unit)?.id;
        let wholes = &self.found.wholes;
        let cell = |column: usize| {
            let at = at.with(self.columns, column);
            let period = *self.found.parts.periods.get(at.period)?;
            let place = wholes.periods.iter().position(|one| *one == period)?;
            let value = wholes.point(unit, place, at.figure).value?;
            Some((self.own(period, id), self.said(&value, at.figure)))
        };
        let cells: Vec<_> = (0..count).map(cell).collect();
        cells.iter().any(Option::is_some).then(|| {
            let mut row = vec![html! { ("\u{2003}".repeat(self.depth(at.line).unwrap_or(0))) span.quiet { "Báo cáo tổng hợp đã gửi" } }];
            row.extend(cells.into_iter().map(|cell| html! {
                @match cell {
                    Some((Some(report), value)) => { a href=(place::report(report)) { (value) } },
                    Some((None, value)) => (value),
                    None => span.quiet { "–" },
                }
            }));
            if has_trend {
                row.push(html! {});
            }
            Row::new(row)
        })
    }

    fn own(&self, period: Period, unit: UnitId) -> Option<ReportId> {
        self.found.own.iter().find(|one| one.0 == period && one.1 == unit).map(|one| one.2)
    }

    /// The line through what is there, and the same in words.
    fn trend(&self, at: At, points: &[(At, Point)]) -> Markup {
        let values: Vec<Option<Decimal>> = points.iter().map(|(_, point)| point.value).collect();
        let told = self.found.parts.periods.iter().zip(&values).filter_map(|(period, value)| Some((period, (*value)?)));
        let words: Vec<String> =
            told.map(|(period, value)| format!("{period}: {}", self.said(&value, at.figure))).collect();
        match words.len() {
            0 | 1 => html! { span.quiet { "chưa đủ kỳ" } },
            _ => chart::sparkline(&values, &words.join("; ")),
        }
    }

    /// The column that is sorted by, else the first, unit by unit.
    fn bars(&self, order: &[usize]) -> Markup {
        let shown = sorting_column(self.list.sorted().0).unwrap_or(0);
        let Some(said) = self.figure(shown) else { return html! {} };
        let names = self.along(Side::Unit);
        let deepest = self.found.parts.lines.iter().map(|line| line.1).max().unwrap_or(0);
        let value =
            |row: &usize| Some((*row, self.point(At { figure: shown, ..self.fixed() }.with(Side::Unit, *row)).value?));
        let lowest = order.iter().filter(|row| self.depth(**row) == Some(deepest));
        let values: Vec<(usize, Decimal)> = lowest.filter_map(value).take(BARS).collect();
        let max = values.iter().map(|one| one.1).max().unwrap_or_default();
        let line = |(row, value): &(usize, Decimal)| Bar {
            label: names.get(*row).map_or("", String::as_str),
            href: None,
            value: *value,
            max,
            text: self.said(value, shown),
            mark: None,
        };
        let bars: Vec<Bar> = values.iter().map(line).collect();
        if bars.len() < 2 || max <= Decimal::ZERO {
            return html! {};
        }
        chart::bars(&said.say, "Báo cáo đã gửi", ["Đơn vị", said.unit.as_str(), ""], &bars)
    }

    fn file(&self) -> sheet::Table {
        use sheet::{Cell, Column};
        let heads = self.along(self.columns);
        let first = Column::text(self.rows.say(), 44);
        let columns = std::iter::once(first).chain(heads.iter().map(|head| Column::exact(head).width(16))).collect();
        let third = match self.figure(0).filter(|_| !self.is_side(Side::Figure)) {
            Some(said) => format!("{} ({})", said.say, said.unit),
            None => format!("{}, {}", self.rows.say(), self.stand.say().to_lowercase()),
        };
        let mut table = sheet::Table::new(columns).title(third);
        let names = self.along(self.rows);
        for row in self.order() {
            let at = self.fixed().with(self.rows, row);
            let values = (0..heads.len()).map(|column| Cell::from(self.point(at.with(self.columns, column)).value));
            let name = names.get(row).map_or("", String::as_str);
            table.push(std::iter::once(Cell::from(name)).chain(values).collect());
        }
        table
    }
}
