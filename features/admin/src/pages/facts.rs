//! Facts: the numbers that criteria and reports read, each with its source.

use super::unit_form::unit_choices;
use crate::actions::{self, FactsAsked};
use crate::rules;
use base::{Date, number};
use fact::{Fact, FactId, catalogue};
use maud::{Markup, html};
use people::{Failure, Role, Unit, UnitId};
use web::list::{self, FileKind, Listing};
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::look::{Icon, Page, Tone};
use web::{Answer, Visit};

pub const HERE: &str = "/quan-tri/so-lieu";
/// The most lines of a file.
const IN_A_FILE: i64 = 50_000;
const FILTERS: [&str; 4] = ["don_vi", "so_lieu", "nam", "nguon"];

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &FILTERS);
    let units = people::units(&mut visit.site.db.read().await?).await?;
    if let Some(kind) = list.as_file() {
        return as_file(&visit, &list, &units, kind).await;
    }
    let after: Option<FactId> = list.get("sau").parse().ok();
    let facts = actions::facts(&visit.site, &visit.scope, asked(&list), after, list.size() as i64).await?;
    let mut page = Page::new(
        "Số liệu",
        html! {
            (list.toolbar(filters(&visit, &list, &units), true))
            @if facts.is_empty() { (parts::empty("Không có số liệu nào khớp", "Số liệu được phần mềm đếm, nạp từ tệp, hoặc nhập tay kèm nguồn.", Some(parts::link_button("Nhập số liệu", &format!("{HERE}/nhap"))))) }
            @else { (table(&facts, &units)) }
            (list.onward(facts.last().filter(|_| facts.len() == list.size()).map(|last| last.id)))
        },
    );
    page.lead =
        Some(html! { "Số liệu dùng cho tiêu chí tự động và báo cáo. Mỗi số có nguồn; sửa thì số cũ vẫn được giữ." });
    page.actions =
        Some(html! { (Button::new("Nhập số liệu").to(&format!("{HERE}/nhap")).icon(Icon::Plus).key("alt+n")) });
    web::show(page)
}

fn asked(list: &Listing) -> FactsAsked {
    let year = list.get("nam").parse().ok().and_then(|year| rules::days_of("nam", year));
    FactsAsked {
        unit: list.get("don_vi").parse().ok(),
        what: Some(list.get("so_lieu").to_owned()).filter(|what| !what.is_empty()),
        from: year.map(|(from, _)| from),
        to: year.map(|(_, to)| to),
        manual: match list.get("nguon") {
            "tay" => Some(true),
            "may" => Some(false),
            _ => None,
        },
    }
}

/// The known facts, to choose from.
pub fn known_choices() -> Vec<Choice<'static>> {
    let mut known: Vec<Choice> = fact::catalogue().iter().map(|known| Choice::new(&known.code, &known.name)).collect();
    known.sort_by_cached_key(|one| base::text::sort_key(one.label));
    known
}

fn filters(visit: &Visit, list: &Listing, units: &[Unit]) -> Markup {
    let now: Vec<Unit> = units.iter().filter(|unit| unit.is_on(visit.scope.today())).cloned().collect();
    let labels = unit_choices(&now);
    let units: Vec<Choice> = [Choice::new("", "Mọi đơn vị")]
        .into_iter()
        .chain(labels.iter().map(|(id, label)| Choice::new(id, label)))
        .collect();
    let known: Vec<Choice> = [Choice::new("", "Mọi số liệu")].into_iter().chain(known_choices()).collect();
    let sources = [Choice::new("", "Mọi nguồn"), Choice::new("tay", "Nhập tay"), Choice::new("may", "Phần mềm đếm")];
    html! {
        @if visit.scope.has(Role::Admin) { (fields::select(Field::new("don_vi", "Đơn vị").value(list.get("don_vi")), &units)) }
        (fields::select(Field::new("so_lieu", "Số liệu").value(list.get("so_lieu")), &known))
        (fields::text(Field::new("nam", "Năm").value(list.get("nam")).inputmode("numeric").width(4)))
        (fields::select(Field::new("nguon", "Nguồn").value(list.get("nguon")), &sources))
    }
}

/// What is counted, in words; what the catalogue does not know names itself.
pub fn what_name(what: &str) -> &str {
    catalogue::find(what).map_or(what, |known| &known.name)
}

/// "1.204 hồ sơ".
pub fn value_words(fact: &Fact) -> String {
    let measure = catalogue::find(&fact.what).map_or("", |known| &known.measure);
    format!("{} {measure}", number::vi(&fact.value)).trim_end().to_owned()
}

pub fn unit_name(units: &[Unit], id: UnitId) -> &str {
    units.iter().find(|unit| unit.id == id).map_or("", |unit| unit.short.as_str())
}

fn table(facts: &[Fact], units: &[Unit]) -> Markup {
    let row = |fact: &Fact| {
        Row::new(vec![
            html! { a href={ (HERE) "/" (fact.id) } { (what_name(&fact.what)) } },
            html! { (unit_name(units, fact.unit)) },
            html! { (rules::name_of(fact.from, fact.to)) },
            html! { (value_words(fact)) },
            html! { (fact.source) @if fact.manual { " " (parts::tag(Tone::Plain, "Nhập tay")) } },
            html! { (base::day::vi_moment(fact.at)) },
        ])
    };
    html! {
        (Table {
            caption: "Số liệu",
            columns: vec![Column::new("Số liệu"), Column::new("Đơn vị"), Column::new("Kỳ"), Column::number("Giá trị"), Column::new("Nguồn"), Column::new("Ghi lúc")],
            rows: facts.iter().map(row).collect(),
            ..Table::default()
        })
    }
}

async fn as_file(visit: &Visit, shown: &Listing, units: &[Unit], kind: FileKind) -> Answer {
    use sheet::Column;
    let facts = actions::facts(&visit.site, &visit.scope, asked(shown), None, IN_A_FILE).await?;
    let columns = vec![
        Column::text("Số liệu", 44),
        Column::text("Mã", 24),
        Column::text("Đơn vị", 28),
        Column::date("Từ ngày"),
        Column::date("Đến hết ngày"),
        Column::exact("Giá trị"),
        Column::text("Đơn vị tính", 12),
        Column::text("Nguồn", 50),
        Column::yes_no("Nhập tay"),
    ];
    let mut table = sheet::Table::new(columns).title("Số liệu");
    for fact in &facts {
        let last: Date = fact.to.yesterday().unwrap_or(fact.to);
        table.push(vec![
            what_name(&fact.what).into(),
            fact.what.as_str().into(),
            unit_name(units, fact.unit).into(),
            fact.from.into(),
            last.into(),
            fact.value.into(),
            catalogue::find(&fact.what).map_or("", |known| known.measure.as_str()).into(),
            fact.source.as_str().into(),
            fact.manual.into(),
        ]);
    }
    list::file(kind, "so-lieu", table, visit.scope.now)
}

/// One fact with all that stood before it for the same unit and period.
pub async fn one(visit: Visit, axum::extract::Path(id): axum::extract::Path<String>) -> Answer {
    let (fact, units) = find(&visit, &id).await?;
    let history = fact::history(&mut visit.site.db.read().await?, fact.unit, &fact.what, fact.from, fact.to).await?;
    let names = super::history::Names::load(&visit.site).await?;
    let who = |fact: &Fact| {
        fact.account.and_then(|id| names.of(&id.to_string()).map(str::to_owned)).unwrap_or_else(|| "Hệ thống".into())
    };
    let row = |one: &Fact| {
        Row::new(vec![
            html! { (base::day::vi_moment(one.at)) },
            html! { (who(one)) },
            html! { (value_words(one)) },
            html! { (one.source) },
            html! { @if one.replaced_by.is_none() { (parts::tag(Tone::Ok, "Đang dùng")) } @else { "Đã thay" } },
        ])
    };
    let stands = fact.replaced_by.is_none();
    let mut page = Page::new(
        what_name(&fact.what),
        html! {
            @if !stands { (parts::notice(Tone::Soon, "Số này đã được thay bằng số mới hơn, xem lịch sử ở dưới.")) }
            (parts::facts([
                ("Đơn vị", html! { (unit_name(&units, fact.unit)) }),
                ("Kỳ", html! { (rules::name_of(fact.from, fact.to)) }),
                ("Giá trị", html! { strong { (value_words(&fact)) } }),
                ("Nguồn", html! { (fact.source) }),
                ("Chi tiết", html! { @match fact.link.as_deref().filter(|link| link.starts_with('/') || link.starts_with("https://")) {
                    Some(link) => a href=(link) { "Xem nơi lưu" },
                    None => (fact.link.as_deref().unwrap_or("Không có")),
                } }),
                ("Cách ghi", html! { @if fact.manual { "Nhập tay" } @else { "Phần mềm đếm hoặc nạp" } }),
            ]))
            (parts::section("Lịch sử", None, Table {
                caption: "Lịch sử của số liệu",
                columns: vec![Column::new("Ghi lúc"), Column::new("Người ghi"), Column::number("Giá trị"), Column::new("Nguồn"), Column::new("Tình trạng")],
                rows: history.iter().map(row).collect(),
                ..Table::default()
            }))
        },
    );
    page.crumbs = vec![("Số liệu".into(), HERE.into())];
    page.actions =
        stands.then(|| html! { (Button::new("Sửa số liệu").to(&format!("{HERE}/{}/sua", fact.id)).icon(Icon::Edit)) });
    web::show(page)
}

/// A fact that the person may see, and the units.
pub async fn find(visit: &Visit, id: &str) -> Result<(Fact, Vec<Unit>), Failure> {
    let id: FactId = id.parse().map_err(|_| Failure::NotFound)?;
    let fact = actions::fact_seen(&visit.site, &visit.scope, id).await?;
    Ok((fact, people::units(&mut visit.site.db.read().await?).await?))
}
