//! One unit: what it is, what became of it, who works there, what was done to it.

use super::history;
use super::units::state;
use crate::rules;
use maud::{Markup, html};
use people::{Account, Failure, Grant, Successor, Unit, UnitId, kind_name};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::look::{Icon, Page};
use web::{Answer, Fault, Visit};

/// The last lines of history shown on a page.
const LINES: i64 = 30;

pub async fn page(visit: Visit, axum::extract::Path(id): axum::extract::Path<String>) -> Answer {
    let id: UnitId = id.parse().map_err(|_| Fault(Failure::NotFound))?;
    let mut conn = visit.site.db.read().await?;
    let all = people::units(&mut conn).await?;
    let unit = all.iter().find(|unit| unit.id == id).ok_or(Failure::NotFound)?;
    let links = people::successors(&mut conn).await?;
    let grants = people::grants_of_unit(&mut conn, id, visit.scope.today()).await?;
    let mut holders = Vec::new();
    for grant in &grants {
        holders.extend(people::account(&mut conn, grant.account).await?);
    }
    let lines = journal::of(&mut conn, "unit", &id.to_string(), LINES).await?;
    drop(conn);
    let names = history::Names::load(&visit.site).await?;
    let mut page = Page::new(
        unit.name.clone(),
        html! {
            div.columns {
                (parts::section("Thông tin", None, facts(&visit, &all, unit)))
                (parts::section("Kế tục", None, became(&all, unit, &links)))
            }
            (parts::section("Người có vai trò", None, people_of(&grants, &holders)))
            (parts::section("Đơn vị trực thuộc", None, below(&visit, &all, unit)))
            (parts::section("Lịch sử", None, history::timeline(&lines, &names)))
        },
    );
    page.crumbs = vec![("Đơn vị".into(), "/quan-tri/don-vi".into())];
    page.lead = Some(html! { (kind_name(&unit.kind)) });
    page.actions = rules::looks_after(&all, &visit.scope, id).then(|| actions(unit));
    web::show(page)
}

fn actions(unit: &Unit) -> Markup {
    let at = |verb: &str| format!("/quan-tri/don-vi/{}/{verb}", unit.id);
    html! {
        (Button::new("Thêm đơn vị trực thuộc").to(&format!("/quan-tri/don-vi/them?cap_tren={}", unit.id)).second().icon(Icon::Plus))
        @if unit.to.is_none() { (Button::new("Kết thúc đơn vị").to(&at("ket-thuc")).second()) }
        (Button::new("Sửa").to(&at("sua")).icon(Icon::Edit))
    }
}

fn link(unit: &Unit) -> Markup {
    html! { a href={ "/quan-tri/don-vi/" (unit.id) } { (unit.name) } }
}

fn facts(visit: &Visit, all: &[Unit], unit: &Unit) -> Markup {
    let parent = unit.parent.and_then(|id| all.iter().find(|other| other.id == id));
    let or_none =
        |code: &Option<String>| html! { @match code { Some(code) => (code), None => span.quiet { "Chưa có" } } };
    parts::facts([
        ("Tên ngắn", html! { (unit.short) }),
        ("Trực thuộc", html! { @match parent { Some(parent) => (link(parent)), None => span.quiet { "Không" } } }),
        ("Hoạt động từ ngày", html! { (base::day::vi(unit.from)) }),
        ("Tình trạng", state(unit, visit.scope.today())),
        ("Mã QĐ 20/2020/QĐ-TTg", or_none(&unit.code_new)),
        ("Mã QCVN 102:2016/BTTTT", or_none(&unit.code_old)),
        ("Mã trong hệ thống", html! { (unit.key) }),
    ])
}

/// How a unit became another, in words.
pub fn how_name(how: &str) -> &str {
    match how {
        "merge" => "Sáp nhập",
        "split" => "Chia tách",
        "rename" => "Đổi tên",
        other => other,
    }
}

fn became(all: &[Unit], unit: &Unit, links: &[Successor]) -> Markup {
    let named = |id: UnitId| all.iter().find(|other| other.id == id);
    let after: Vec<&Successor> = links.iter().filter(|link| link.unit == unit.id).collect();
    let before: Vec<&Successor> = links.iter().filter(|link| link.successor == unit.id).collect();
    if after.is_empty() && before.is_empty() {
        return html! { p.quiet { "Đơn vị này chưa sáp nhập, chia tách hay đổi tên." } };
    }
    html! {
        @for (title, links, heirs) in [("Tiếp nối từ", before, false), ("Được kế tục bởi", after, true)] {
            @if !links.is_empty() {
                p { strong { (title) } }
                ul.govuk-list {
                    @for one in links {
                        @if let Some(other) = named(if heirs { one.successor } else { one.unit }) {
                            li { (link(other)) " (" (how_name(&one.how).to_lowercase()) ", " (base::day::vi(one.on)) ")" }
                        }
                    }
                }
            }
        }
    }
}

fn people_of(grants: &[Grant], holders: &[Account]) -> Markup {
    if grants.is_empty() {
        return html! { p { "Chưa ai có vai trò tại đơn vị này. " a href="/quan-tri/nguoi-dung" { "Giao vai trò ở trang Người dùng" } } };
    }
    let row = |grant: &Grant| {
        let holder = holders.iter().find(|account| account.id == grant.account);
        let (name, title) = holder.map_or(("", ""), |account| (account.name.as_str(), account.title.as_str()));
        Row::new(vec![
            html! { a href={ "/quan-tri/nguoi-dung/" (grant.account) } { (name) } },
            html! { (title) },
            html! { (grant.role.name()) @if grant.lent_by.is_some() { " (được uỷ quyền)" } },
            html! { (base::day::vi(grant.from)) },
            html! { (grant.to.map(super::loans::last_day).unwrap_or_default()) },
        ])
    };
    html! {
        (Table {
            caption: "Người có vai trò",
            columns: ["Họ và tên", "Chức vụ", "Vai trò", "Từ ngày", "Đến hết ngày"].map(Column::new).to_vec(),
            rows: grants.iter().map(row).collect(),
            ..Table::default()
        })
    }
}

fn below(visit: &Visit, all: &[Unit], unit: &Unit) -> Markup {
    let mut found: Vec<&Unit> =
        all.iter().filter(|other| other.parent == Some(unit.id) && other.is_on(visit.scope.today())).collect();
    found.sort_by_cached_key(|unit| base::text::sort_key(&unit.name));
    if found.is_empty() {
        return html! { p.quiet { "Không có." } };
    }
    html! { ul.govuk-list { @for unit in found { li { (link(unit)) } } } }
}
