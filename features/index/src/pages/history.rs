//! Figures that others have published, each with its source; a drawing beside each table.

use crate::actions::history::{Break, PAPI, papi_breaks, scale_subject, scale_year, scales};
use crate::board::median;
use base::Decimal;
use base::number::{vi, vi_fixed};
use base::text::compare;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use web::list::{self, Listing};
use web::look::Page;
use web::look::chart::{self, Bar, Series};
use web::look::fields::{self, Choice, Field};
use web::look::parts;
use web::look::table::{Column, Row, Table};
use web::{Answer, Routes, Visit, Who, address, show};

const HERE: &str = "/chi-so/lich-su";

pub fn routes() -> Routes {
    Routes::new().get(HERE, Who::SignedIn, page)
}

const FILTERS: [&str; 2] = ["nam", "tim"];

async fn page(visit: Visit) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let list = Listing::of(&visit.uri, "hang", &FILTERS);
    let (scale, subject, year) = (list.get("bo"), list.get("tinh"), list.get("nam").parse().ok());
    if scale.is_empty() {
        let body = all(&scales(&mut conn).await?);
        return show(framed("Số liệu đã công bố", None, body));
    }
    if !subject.is_empty() {
        let figures = scale_subject(&mut conn, scale, subject).await?;
        let last = figures.iter().map(|figure| figure.year).max();
        let (_, year, beside) = scale_year(&mut conn, scale, year.or(last)).await?;
        return show(framed(&format!("{subject}: {scale}"), Some(scale), one(scale, subject, &figures, year, &beside)));
    }
    let (years, year, figures) = scale_year(&mut conn, scale, year).await?;
    let of_year = Year { scale, year, parts: parts_of(&figures), figures: &figures };
    let wanted = of_year.wanted(&list);
    if let Some(file) = list.as_file() {
        return list::file(file, &format!("{scale}-{year}"), of_year.as_sheet(&wanted), visit.scope.now);
    }
    show(framed(&format!("{scale} năm {year}"), None, of_year.page(&list, &years, &wanted)))
}

fn framed(title: &str, scale: Option<&str>, body: Markup) -> Page {
    let mut page = Page::new(title, body);
    page.crumbs = vec![("Chỉ số CCHC".into(), "/chi-so".into())];
    if title != "Số liệu đã công bố" {
        page.crumbs.push(("Số liệu đã công bố".into(), HERE.into()));
    }
    if let Some(scale) = scale {
        page.crumbs.push((scale.to_owned(), address::with(HERE, &[("bo", scale)])));
    }
    page
}

fn all(scales: &[(String, i64, i64, i64)]) -> Markup {
    let rows = scales.iter().map(|(name, from, to, count)| {
        let years = if from == to { from.to_string() } else { format!("{from}–{to}") };
        Row::new(vec![
            html! { a href=(address::with(HERE, &[("bo", name)])) { (name) } },
            html! { (years) },
            html! { (vi(&Decimal::from(*count))) },
        ])
    });
    let table = Table {
        caption: "Các bộ số liệu",
        columns: vec![Column::new("Bộ số liệu"), Column::new("Năm"), Column::number("Số liệu")],
        rows: rows.collect(),
        ..Table::default()
    };
    html! {
        p { "Kết quả thật do nơi khác công bố, giữ lại để so sánh. Mỗi dòng có nguồn; chỗ trống là chưa công bố, không phải 0." }
        @if scales.is_empty() { (parts::empty("Chưa có số liệu.", "Số liệu đã công bố được nạp khi cài đặt.", None)) } @else { (table) }
    }
}

type Figure = crate::actions::history::Figure;

/// One year of a scale.
struct Year<'a> {
    scale: &'a str,
    year: i64,
    /// What its totals are made of: D1…D8.
    parts: Vec<String>,
    figures: &'a [Figure],
}

impl<'a> Year<'a> {
    /// The totals that the address asks for, in its order.
    fn wanted(&self, list: &Listing) -> Vec<&'a Figure> {
        let mut whole: Vec<&Figure> =
            self.figures.iter().filter(|figure| figure.part.is_empty() && list.finds(&figure.subject)).collect();
        let rank = |figure: &Figure| figure.rank.unwrap_or(i64::MAX);
        whole.sort_by(|a, b| {
            rank(a).cmp(&rank(b)).then(b.value.cmp(&a.value)).then_with(|| compare(&a.subject, &b.subject))
        });
        let (column, down) = list.sorted();
        whole.sort_by(|a, b| {
            let by = match column {
                "ten" => compare(&a.subject, &b.subject),
                "diem" => a.value.cmp(&b.value),
                _ => rank(a).cmp(&rank(b)),
            };
            if down { by.reverse() } else { by }
        });
        whole
    }

    fn part(&self, subject: &str, part: &str) -> Option<Decimal> {
        self.figures.iter().find(|figure| figure.subject == subject && figure.part == part)?.value
    }

    fn total(&self) -> &'static str {
        if self.scale == PAPI { "Tổng" } else { "Điểm, %" }
    }

    /// Every subject, with its drawing.
    fn page(&self, list: &Listing, years: &[i64], wanted: &[&Figure]) -> Markup {
        html! {
            (list.toolbar(filters(list, years, self.year), list.is_long(wanted.len())))
            @if wanted.is_empty() { (list.none("Không có dòng nào phù hợp.", "Hãy bỏ bớt điều kiện lọc.")) }
            @else {
                (drawing(self.scale, self.year, wanted))
                (self.table(list, wanted))
                (list.pager(wanted.len(), "dòng"))
            }
            (breaks_of(self.scale, self.year))
        }
    }

    fn table(&self, list: &Listing, wanted: &[&Figure]) -> Markup {
        let with_rating = wanted.iter().any(|figure| figure.rating.is_some());
        let mut columns = vec![
            list.column(Column::number("Hạng"), "hang"),
            list.column(Column::new("Tên"), "ten"),
            list.falling(Column::number(self.total()), "diem"),
        ];
        columns.extend(self.parts.iter().map(|part| Column::number(part)));
        if with_rating {
            columns.push(Column::new("Xếp loại"));
        }
        columns.push(Column::new("Nguồn"));
        let rows = list.slice(wanted).iter().map(|figure| {
            let mut cells = vec![
                html! { (figure.rank.map_or("–".to_owned(), |rank| rank.to_string())) },
                html! { a href=(of_subject(self.scale, figure, self.year)) { (figure.subject) } },
                html! { (figure.value.map_or("–".to_owned(), |value| shown_value(self.scale, value))) },
            ];
            let parts = self.parts.iter().map(|part| self.part(&figure.subject, part));
            cells.extend(parts.map(|value| html! { (value.map_or("–".to_owned(), |value| vi_fixed(&value, 2))) }));
            if with_rating {
                cells.push(html! { (figure.rating.as_deref().unwrap_or("–")) });
            }
            cells.push(html! { span.source { (figure.source) } });
            Row::new(cells)
        });
        let table =
            Table { caption: "Số liệu của năm", columns, rows: rows.collect(), names: 1, ..Table::default() };
        html! { (table) }
    }

    fn as_sheet(&self, wanted: &[&Figure]) -> sheet::Table {
        use sheet::Column;
        let mut columns =
            vec![Column::number("Hạng", 0).width(8), Column::text("Tên", 40), Column::exact(self.total())];
        columns.extend(self.parts.iter().map(|part| Column::exact(part)));
        columns.extend([Column::text("Xếp loại", 14), Column::text("Nguồn", 60)]);
        let mut table = sheet::Table::new(columns).title(format!("{} năm {}", self.scale, self.year));
        for figure in wanted {
            let mut row = vec![figure.rank.into(), figure.subject.as_str().into(), figure.value.into()];
            row.extend(self.parts.iter().map(|part| self.part(&figure.subject, part).into()));
            row.extend([figure.rating.clone().into(), figure.source.as_str().into()]);
            table.push(row);
        }
        table
    }
}

fn of_subject(scale: &str, figure: &Figure, year: i64) -> String {
    address::with(HERE, &[("bo", scale), ("tinh", &figure.subject), ("nam", &year.to_string())])
}

fn filters(list: &Listing, years: &[i64], year: i64) -> Markup {
    let named: Vec<String> = years.iter().map(i64::to_string).collect();
    let choices: Vec<Choice> = named.iter().map(|year| Choice::new(year, year)).collect();
    html! {
        (fields::select(Field::new("nam", "Năm").value(&year.to_string()), &choices))
        (fields::search(Field::new("tim", "Tìm").value(list.get("tim"))))
    }
}

fn drawing(scale: &str, year: i64, whole: &[&Figure]) -> Markup {
    let most = whole.iter().filter_map(|figure| figure.value).max().unwrap_or(Decimal::ONE_HUNDRED);
    // An index is out of 100; another scale is drawn against its best.
    let max = if scale == PAPI { most } else { most.max(Decimal::ONE_HUNDRED) };
    let hrefs: Vec<String> = whole.iter().map(|figure| of_subject(scale, figure, year)).collect();
    let bars: Vec<Bar> = whole
        .iter()
        .zip(&hrefs)
        .filter_map(|(figure, href)| {
            let value = figure.value?;
            Some(Bar {
                label: &figure.subject,
                href: Some(href),
                value,
                max,
                text: shown_value(scale, value),
                mark: None,
            })
        })
        .collect();
    let title = match whole.first().filter(|first| first.rank == Some(1)) {
        Some(first) => format!("Cao nhất năm {year}: {}", first.subject),
        None => format!("{scale} năm {year}"),
    };
    html! { @if !bars.is_empty() { (parts::details(&format!("Biểu đồ ({} dòng)", bars.len()), chart::bars(&title, "", ["Tên", "Điểm", ""], &bars))) } }
}

fn shown_value(scale: &str, value: Decimal) -> String {
    if scale == PAPI { vi_fixed(&value, 2) } else { vi(&value.normalize()) }
}

/// The parts that a year has: D1…D8.
fn parts_of(figures: &[Figure]) -> Vec<String> {
    let found: BTreeSet<&str> =
        figures.iter().map(|figure| figure.part.as_str()).filter(|part| !part.is_empty()).collect();
    found.into_iter().map(str::to_owned).collect()
}

/// One province or unit over the years.
fn one(scale: &str, subject: &str, figures: &[Figure], year: i64, beside: &[Figure]) -> Markup {
    let mut by_year: BTreeMap<i64, BTreeMap<&str, &Figure>> = BTreeMap::new();
    for figure in figures {
        by_year.entry(figure.year).or_default().insert(&figure.part, figure);
    }
    // Totals of six dimensions and of eight do not lie on one line.
    let first = papi_breaks().iter().filter(|one| scale == PAPI && one.kind == "dimensions").map(|one| one.year).max();
    let drawn = by_year.iter().filter(|(year, _)| first.is_none_or(|first| **year >= first));
    let (years, totals): (Vec<i64>, Vec<Option<Decimal>>) =
        drawn.map(|(year, parts)| (*year, parts.get("").and_then(|figure| figure.value))).unzip();
    let said: Vec<String> = years
        .iter()
        .zip(&totals)
        .map(|(year, value)| format!("{year}: {}", value.map_or("–".to_owned(), |value| shown_value(scale, value))))
        .collect();
    html! {
        @if totals.iter().flatten().count() > 1 { p { (chart::sparkline(&totals, &said.join("; "))) " " (said.join("; ")) } }
        (dimensions(subject, year, beside))
        (years_table(scale, &by_year))
        (breaks_of(scale, year))
    }
}

/// A year's parts against the median of all.
fn dimensions(subject: &str, year: i64, beside: &[Figure]) -> Markup {
    let parts = parts_of(beside);
    let own = |part: &str| {
        beside.iter().find(|figure| figure.subject == subject && figure.part == part).and_then(|figure| figure.value)
    };
    if parts.len() < 3 || parts.iter().all(|part| own(part).is_none()) {
        return html! {};
    }
    let middle = |part: &str| {
        median(beside.iter().filter(|figure| figure.part == part).filter_map(|figure| figure.value).collect())
    };
    let series = |name, of: &dyn Fn(&str) -> Option<Decimal>| Series {
        name,
        values: parts.iter().map(|part| of(part).unwrap_or_default()).collect(),
        texts: parts.iter().map(|part| of(part).map_or("–".to_owned(), |value| vi_fixed(&value, 2))).collect(),
    };
    let axes: Vec<&str> = parts.iter().map(|part| dimension(part)).collect();
    let title = format!("Theo trục nội dung năm {year}, so với trung vị các tỉnh");
    chart::radar(
        &title,
        "Mỗi trục từ 1 đến 10 điểm.",
        &axes,
        Decimal::TEN,
        &series(subject, &own),
        Some(&series("Trung vị", &middle)),
    )
}

/// PAPI's names of its dimensions.
fn dimension(part: &str) -> &str {
    match part {
        "D1" => "1. Tham gia",
        "D2" => "2. Công khai",
        "D3" => "3. Giải trình",
        "D4" => "4. Kiểm soát TN",
        "D5" => "5. Thủ tục HC",
        "D6" => "6. Dịch vụ công",
        "D7" => "7. Môi trường",
        "D8" => "8. Quản trị ĐT",
        other => other,
    }
}

fn years_table(scale: &str, by_year: &BTreeMap<i64, BTreeMap<&str, &Figure>>) -> Markup {
    let parts: BTreeSet<&str> =
        by_year.values().flat_map(|parts| parts.keys().copied()).filter(|part| !part.is_empty()).collect();
    let mut columns = vec![Column::new("Năm"), Column::number("Hạng"), Column::number("Điểm")];
    columns.extend(parts.iter().map(|part| Column::number(part)));
    let rated = by_year.values().any(|figures| figures.values().any(|figure| figure.rating.is_some()));
    if rated {
        columns.push(Column::new("Xếp loại"));
    }
    columns.push(Column::new("Nguồn"));
    let rows = by_year.iter().rev().map(|(year, figures)| {
        let whole = figures.get("").copied();
        let value = |part: &str| figures.get(part).and_then(|figure| figure.value).map_or("–".to_owned(), |value| shown_value(scale, value));
        let mut cells = vec![
            html! { (year) },
            html! { (whole.and_then(|figure| figure.rank).map_or("–".to_owned(), |rank| rank.to_string())) },
            html! { (value("")) },
        ];
        cells.extend(parts.iter().map(|part| html! { (value(part)) }));
        if rated {
            cells.push(html! { (whole.and_then(|figure| figure.rating.as_deref()).unwrap_or("–")) });
        }
        cells.push(html! { span.source { (whole.or(figures.values().next().copied()).map(|figure| figure.source.as_str()).unwrap_or_default()) } });
        Row::new(cells)
    });
    let table = Table { caption: "Các năm", columns, rows: rows.collect(), ..Table::default() };
    html! { (table) }
}

/// Where PAPI must not be compared across; those of the year shown first.
fn breaks_of(scale: &str, year: i64) -> Markup {
    if scale != PAPI {
        return html! {};
    }
    let part = |one: &Break| if one.part == "total" { "Tổng".to_owned() } else { one.part.to_uppercase() };
    let rows = papi_breaks().into_iter().map(|one| {
        let row =
            Row::new(vec![html! { (one.year) }, html! { (part(&one)) }, html! { (one.what) }, html! { (one.effect) }]);
        if one.year == year { row.strong() } else { row }
    });
    let table = Table {
        caption: "Các mốc không so sánh được",
        columns: vec![Column::new("Từ năm"), Column::new("Phần"), Column::new("Thay đổi"), Column::new("Vì vậy")],
        rows: rows.collect(),
        ..Table::default()
    };
    parts::section("Các mốc không so sánh được qua", None, table)
}
