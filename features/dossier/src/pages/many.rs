//! Many dossiers at once, and who has how much.

use super::{list, place};
use crate::actions::{self, Fate, Ticked};
use crate::model::*;
use axum::extract::Path;
use maud::{Markup, html};
use people::{AccountId, Failure, Role};
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Visit, form, show};

pub const HERE: &str = "/mot-cua/phan-viec";
/// Taken from whoever has it, given to nobody.
const NOBODY: &str = "khong";
const DEED: &str = "/mot-cua/nhieu-ho-so";

/// Whether this person gives work out.
pub fn oversees(visit: &Visit) -> bool {
    visit.scope.has_any(&[Role::Head, Role::Coordinator])
}

/// A list whose lines may be ticked, and what may be done with those.
pub fn ticking(visit: &Visit, hands: &[Candidate], table: &Markup) -> Markup {
    let lines: Vec<(String, String)> = hands
        .iter()
        .map(|one| (one.account.to_string(), format!("{}, {} ({} hồ sơ)", one.name, one.office_name, one.load)))
        .collect();
    // Nothing is given to anybody, or taken away, without having been chosen.
    let (first, nobody) = (Choice::new("", "Chọn người…"), Choice::new(NOBODY, "Không giao riêng ai"));
    let choices: Vec<Choice> =
        [first, nobody].into_iter().chain(lines.iter().map(|(id, say)| Choice::new(id, say))).collect();
    html! {
        form method="post" action=(DEED) {
            (form::token(visit))
            (table)
            div.filters {
                span.js-only data-count aria-live="polite" { "Đã chọn 0" }
                (Button::new("Chuyển bước").sends("lam", "chuyen").second().some())
                @if !hands.is_empty() {
                    (fields::select(Field::new("giao_cho", "Giao cho"), &choices))
                    (Button::new("Phân công").sends("lam", "giao").second().some())
                }
            }
        }
    }
}

/// Whether somebody works on it, so that it may be moved or given out.
pub fn is_at_work(line: &Listed) -> bool {
    matches!(line.state, State::Processing | State::Resolved)
}

/// The box that ticks a line.
pub fn tick(line: &Listed) -> Markup {
    html! { @if is_at_work(line) { input type="checkbox" name="chon" value={ (line.id) ":" (line.version) } aria-label={ "Chọn " (line.code) }; } }
}

pub async fn deed(visit: Visit, form: Posted) -> Answer {
    let ticked: Vec<Ticked> = form.all("chon").filter_map(|one| one.parse().ok()).collect();
    let to: Option<AccountId> = form.text("giao_cho").and_then(|text| text.parse().ok());
    if form.get("lam") == "giao" && to.is_none() && form.get("giao_cho") != NOBODY {
        return Err(Fault(NotNow::NobodyChosen.into()));
    }
    let (what, fates) = match form.get("lam") {
        "giao" => ("Phân công", actions::assign_many(&visit.site, &visit.scope, &ticked, to).await?),
        _ => ("Chuyển bước", actions::move_many(&visit.site, &visit.scope, &ticked).await?),
    };
    show(told(what, &fates))
}

/// What was done, and what was not, with its reason.
pub fn told(what: &str, fates: &[Fate]) -> Page {
    let (refused, done): (Vec<&Fate>, Vec<&Fate>) = fates.iter().partition(|fate| fate.refused.is_some());
    let columns = vec![Column::new("Mã hồ sơ").width(25), Column::new("Vì sao chưa làm được").width(75)];
    let rows = refused
        .iter()
        .map(|fate| {
            let code = if fate.code.is_empty() { "(không rõ mã)" } else { fate.code.as_str() };
            let why = fate.refused.clone().unwrap_or_default();
            Row::new(vec![html! { a href=(place::dossier(fate.id)) { (code) } }, html! { (why) }])
        })
        .collect();
    let mut page = Page::new(
        what,
        html! {
            @if !done.is_empty() {
                (parts::notice(Tone::Ok, html! { "Đã làm xong " strong { (done.len()) } " hồ sơ." }))
            }
            @if !refused.is_empty() {
                (parts::notice(Tone::Hot, html! { strong { (refused.len()) } " hồ sơ chưa làm được, không có gì thay đổi ở những hồ sơ này." }))
                (Table { caption: "Chưa làm được", columns, rows, ..Table::default() })
            }
            p { a href="/mot-cua" { "Về danh sách hồ sơ" } }
        },
    );
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into())];
    page
}

/// Who has how much: for whoever gives work out, or takes over from somebody who leaves or is away.
pub async fn workload(visit: Visit) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let all = actions::workload(&mut conn, &visit.scope).await?;
    let columns = vec![
        Column::new("Người giữ").width(40),
        Column::number("Đang xử lý"),
        Column::number("Tạm dừng"),
        Column::number("Sắp đến hạn"),
        Column::number("Quá hạn"),
        Column::number("Chậm bước"),
    ];
    let rows = all.iter().map(load_row).collect();
    let mut page = Page::new(
        "Phân việc",
        html! {
            p { "Hồ sơ đang xử lý và tạm dừng của cơ quan, theo người đang giữ. Mở một dòng để giao lại khi người giữ nghỉ, chuyển việc hoặc quá tải." }
            @if all.is_empty() { (parts::empty("Cơ quan không có hồ sơ đang xử lý.", "Hồ sơ vào đây khi được tiếp nhận.", None)) }
            @else { (Table { caption: "Hồ sơ theo người giữ", columns, rows, ..Table::default() }) }
        },
    );
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into())];
    show(page)
}

fn load_row(load: &Load) -> Row {
    let href = match load.account {
        Some(account) => format!("{HERE}/{account}"),
        None => format!("{HERE}/chua-giao"),
    };
    let number = |count: i64| html! { (count) };
    let row = Row::new(vec![
        html! { a href=(href) { (load.who()) } @if load.closed { " " (parts::tag(Tone::Hot, "Tài khoản đã đóng")) } },
        number(load.processing),
        number(load.waiting),
        number(load.soon),
        number(load.late),
        number(load.behind),
    ]);
    if load.late > 0 { row.tone(Tone::Bad) } else { row }
}

pub async fn held(visit: Visit, Path(account): Path<String>) -> Answer {
    let by = match account.as_str() {
        "chua-giao" => None,
        other => Some(other.parse::<AccountId>().map_err(|_| Failure::NotFound)?),
    };
    let mut conn = visit.site.db.read().await?;
    let all = actions::workload(&mut conn, &visit.scope).await?;
    let load = all.iter().find(|load| load.account == by).ok_or(Failure::NotFound)?;
    let lines = actions::held(&mut conn, &visit.scope, by).await?;
    let hands = actions::hands(&mut conn, &visit.scope).await?;
    let more = usize::try_from(load.processing + load.waiting).unwrap_or(0) > lines.len();
    let mut page = Page::new(
        load.who().to_owned(),
        html! {
            (ticking(&visit, &hands, &list::table(visit.scope.now, &lines, true)))
            @if more { p.quiet { "Còn hồ sơ nữa: trang này có " (lines.len()) " hồ sơ đến hạn sớm nhất." } }
        },
    );
    page.wide = true;
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into()), ("Phân việc".into(), HERE.into())];
    show(page)
}
