//! The index of QĐ 766/QĐ-TTg of an agency: its groups and components, each with where its numbers come from.

use crate::actions::{self, Quality, QualityPlace, quality_link};
use crate::quality::{self, Came, Count, Line, PERIODS};
use base::number::{vi, vi_fixed};
use base::{Date, Exact, Refusal, Refusals};
use maud::{Markup, html};
use people::{Failure, Scope};
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts;
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, show as show_page, show_again};

pub const HERE: &str = "/mot-cua/danh-gia/766";
pub use crate::actions::QUALITY_LIST as LIST;

const FILTERS: &[&str] = &["co_quan", "ky", "nam"];

/// The days asked for; without any, this year.
pub(super) fn days_of(list: &Listing, scope: &Scope) -> ((Date, Date), Refusals) {
    let this = scope.today().year();
    let period = if list.get("ky").is_empty() { "nam" } else { list.get("ky") };
    let year = if list.get("nam").is_empty() { Some(this) } else { list.get("nam").parse().ok() };
    match year.and_then(|year| quality::days_of(period, year)) {
        Some(days) => (days, Refusals::new()),
        None => {
            let say = "Nhập năm bằng bốn chữ số, ví dụ 2026, và chọn kỳ trong danh sách.";
            let usual = quality::days_of("nam", this).unwrap_or((scope.today(), scope.today()));
            (usual, vec![Refusal::new("year", say).at("nam")])
        }
    }
}

/// The address of a component, for the agency and the days that the page shows.
fn one(criterion: &str, found: &Quality, list: &Listing) -> String {
    let agency = found.unit.id.to_string();
    let pairs = [("co_quan", agency.as_str()), ("ky", list.get("ky")), ("nam", list.get("nam"))];
    web::address::with(&format!("{HERE}/{criterion}"), &pairs)
}

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", FILTERS);
    let (days, refusals) = days_of(&list, &visit.scope);
    let mut conn = visit.site.db.snapshot().await?;
    let found = actions::quality(&mut conn, &visit.scope, list.get("co_quan").parse().ok(), days).await?;
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "chi-so-766", file(&found, days)?, visit.scope.now);
    }
    let body = html! {
        (list.toolbar(filter(&list, &found, &visit.scope, &refusals), false))
        (total(&found))
        (table(&found, days, &list)?)
        (explained(&found)?)
    };
    let mut page = Page::new("Chỉ số phục vụ người dân, doanh nghiệp (QĐ 766)", body);
    page.lead = Some(html! { (found.unit.name) ". " (said(days)) });
    page.wide = true;
    if refusals.is_empty() { show_page(page) } else { show_again(page, refusals) }
}

pub(super) fn said((from, to): (Date, Date)) -> String {
    format!("Từ {} đến hết {}", base::day::vi(from), base::day::vi(to.yesterday().unwrap_or(to)))
}

fn filter(list: &Listing, found: &Quality, scope: &Scope, refusals: &[Refusal]) -> Markup {
    let periods = PERIODS.map(|(code, name)| Choice::new(code, name));
    let agencies: Vec<Choice> = found.agencies.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let (agency, this) = (found.unit.id.to_string(), scope.today().year().to_string());
    let typed = |name: &'static str, usual: &str| match list.get(name) {
        "" => usual.to_owned(),
        typed => typed.to_owned(),
    };
    let (period, year) = (typed("ky", "nam"), typed("nam", &this));
    html! {
        @if agencies.len() > 1 { (fields::select(Field::new("co_quan", "Cơ quan").value(&agency), &agencies)) }
        (fields::select(Field::new("ky", "Kỳ").value(&period), &periods))
        (fields::number(Field::new("nam", "Năm").value(&year).refused(refusals)))
    }
}

fn index() -> Result<&'static quality::Index, Failure> {
    quality::index().ok_or_else(|| Failure::Broken("the components of QĐ 766 are broken".into()))
}

fn points(points: &Exact) -> String {
    vi_fixed(&points.round(2), 2)
}

fn total(found: &Quality) -> Markup {
    let missing = found.score.unknown.len();
    let most = &found.score.applicable_max;
    let away = found.lines.iter().filter(|line| matches!(line.came, Came::Excused(_))).count();
    html! {
        (parts::facts([
            ("Tổng điểm", html! {
                @match &found.score.total {
                    Some(total) => { strong { (vi_fixed(total, 2)) } "/" (points(most)) },
                    None => { strong { (points(&found.score.so_far)) } "/" (points(most)) " (mới tính các thành phần đã có số)" },
                }
            }),
            ("Xếp loại", html! { (found.score.rating.as_deref().unwrap_or("Chưa đủ số liệu")) }),
            ("Thành phần chưa có số", html! { (missing) }),
            ("Thành phần không áp dụng", html! { (away) }),
        ]))
    }
}

/// The most that a criterion gives this agency: more than its own where it stands for what does not apply; none where it
/// does not apply itself.
fn most(found: &Quality, criterion: &str) -> Result<Option<base::Decimal>, Failure> {
    let set = &index()?.set;
    let line = found.score.line(set, criterion).map(|line| &line.max);
    let sum = || found.score.subtotal(set, criterion).map(|sum| &sum.max);
    Ok(line.or_else(sum).map(|max| max.round(2)))
}

/// A number, which opens its dossiers where it is of dossiers.
pub(super) fn number(place: QualityPlace, count: Option<Count>, value: &base::Decimal) -> Markup {
    let link = count.filter(|count| count.is_dossiers() && !value.is_zero()).map(|count| quality_link(place, count));
    html! { @match link { Some(href) => a href=(href) { (vi(value)) }, None => (vi(value)) } }
}

pub(super) fn came(line: &Line) -> Markup {
    html! {
        @match &line.came {
            Came::Counted { .. } => "Tính từ hồ sơ, danh mục",
            Came::Entered { source, at } => { "Nhập: " (source) div.quiet { (base::day::vi_moment(*at)) } }
            Came::Excused(excuse) => {
                (parts::tag(web::look::Tone::Calm, "Không áp dụng")) " " (excuse.reason)
                div.quiet { (excuse.author) ", " (base::day::vi_moment(excuse.at)) }
            }
            Came::Missing => (parts::tag(web::look::Tone::Soon, "Chưa có số")),
        }
    }
}

fn table(found: &Quality, days: (Date, Date), list: &Listing) -> Result<Markup, Failure> {
    let index = index()?;
    let place = QualityPlace { agency: found.unit.id, from: days.0, to: days.1 };
    let mut rows = Vec::new();
    for one in &index.set.criteria {
        let Some(component) = index.component(&one.code) else {
            let sum = found.score.subtotal(&index.set, &one.code);
            let reached = sum.map(|sum| match &sum.points {
                Some(full) => html! { (points(full)) },
                None => html! { (points(&sum.so_far)) span.quiet { " (chưa đủ)" } },
            });
            let name = html! { (one.code) ". " (one.name) };
            let most = html! { (most(found, &one.code)?.map_or("–".to_owned(), |max| vi(&max))) };
            rows.push(Row::new(vec![name, html! {}, html! {}, most, reached.unwrap_or_default(), html! {}]).strong());
            continue;
        };
        let Some(line) = found.lines.iter().find(|line| line.component.criterion == component.criterion) else {
            continue;
        };
        let sides = match line.came {
            Came::Counted { part, whole } => [Some(part), Some(whole)],
            _ => [None, None],
        };
        let numbers =
            line.numbers.map(|(part, whole)| [number(place, sides[0], &part), number(place, sides[1], &whole)]);
        let [part, whole] = numbers.unwrap_or_else(|| [html! { "–" }, html! { "–" }]);
        let reached = found.score.line(&index.set, &one.code).and_then(|line| line.points.clone());
        rows.push(Row::new(vec![
            html! { a href=(self::one(&one.code, found, list)) { (one.code) " " (one.name) } },
            part,
            whole,
            html! { (most(found, &one.code)?.map_or("–".to_owned(), |max| vi(&max))) },
            html! { @match &reached { Some(reached) => (points(reached)), None => "–" } },
            came(line),
        ]));
    }
    let columns = vec![
        Column::new("Nhóm, thành phần").width(38),
        Column::number("Số đạt"),
        Column::number("Trên tổng số"),
        Column::number("Điểm tối đa"),
        Column::number("Điểm"),
        Column::new("Nguồn").width(24),
    ];
    Ok(html! { (Table { caption: "Chỉ số QĐ 766", columns, rows, ..Table::default() }) })
}

/// Whether anything does not apply, and what then becomes of its points.
pub(super) fn excused(found: &Quality) -> Option<&'static quality::Excused> {
    let any = found.lines.iter().any(|line| matches!(line.came, Came::Excused(_)));
    found.excused.filter(|_| any)
}

/// The rule, since when it holds and why.
pub(super) fn rule(rule: &quality::Excused) -> String {
    format!("{} Áp dụng từ {}; căn cứ: {}.", rule.say, base::day::vi(rule.from), rule.basis)
}

fn explained(found: &Quality) -> Result<Markup, Failure> {
    let set = &index()?.set;
    Ok(html! {
        @if let Some(excused) = excused(found) { p { (rule(excused)) } }
        p.quiet {
            "Số về hồ sơ tính theo hồ sơ tiếp nhận trong kỳ (nhóm 1 đến 4) và hồ sơ có kết quả trong kỳ (nhóm 5, 6), của cơ quan giải quyết. "
            "Số nhập tay có nguồn được dùng thay cho số tính. " @if let Some(source) = &set.source { (source) "." }
        }
    })
}

fn file(found: &Quality, days: (Date, Date)) -> Result<sheet::Table, Failure> {
    use sheet::{Cell, Column};
    let index = index()?;
    let columns = vec![
        Column::text("Mã", 8),
        Column::text("Nhóm, thành phần", 46),
        Column::number("Số đạt", 0),
        Column::number("Trên tổng số", 0),
        Column::number("Điểm tối đa", 2),
        Column::number("Điểm", 2),
        Column::text("Nguồn", 50),
    ];
    let mut made =
        sheet::Table::new(columns).title("Chỉ số QĐ 766").note(format!("{}. {}", found.unit.name, said(days)));
    if let Some(excused) = excused(found) {
        made = made.note(rule(excused));
    }
    let cell = |value: Option<base::Decimal>| value.map_or_else(|| "".into(), Cell::from);
    for one in &index.set.criteria {
        let line = found.lines.iter().find(|line| line.component.criterion == one.code);
        let numbers = line.and_then(|line| line.numbers);
        let reached = match line {
            Some(_) => found.score.line(&index.set, &one.code).and_then(|line| line.points.clone()),
            None => found.score.subtotal(&index.set, &one.code).and_then(|sum| sum.points.clone()),
        };
        let source = match line.map(|line| &line.came) {
            Some(Came::Counted { .. }) => "Tính từ hồ sơ, danh mục".to_owned(),
            Some(Came::Entered { source, .. }) => source.clone(),
            Some(Came::Excused(excuse)) => format!("Không áp dụng: {}", excuse.reason),
            Some(Came::Missing) => "Chưa có số".to_owned(),
            None => String::new(),
        };
        made.push(vec![
            one.code.as_str().into(),
            one.name.as_str().into(),
            cell(numbers.map(|(part, _)| part)),
            cell(numbers.map(|(_, whole)| whole)),
            cell(most(found, &one.code)?),
            cell(reached.map(|points| points.round(2))),
            source.as_str().into(),
        ]);
    }
    made.push(vec![
        "".into(),
        "Tổng điểm".into(),
        "".into(),
        "".into(),
        "".into(),
        cell(found.score.total),
        found.score.rating.as_deref().unwrap_or("Chưa đủ số liệu").into(),
    ]);
    Ok(made)
}
