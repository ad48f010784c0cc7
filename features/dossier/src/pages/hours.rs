//! The working days of an agency: what a year has that an ordinary week has not, and what was changed since.

mod ahead;
mod week;

pub use week::{HERE as WEEK, page as week, set as set_week, withdraw as withdraw_week};

use crate::actions;
use ahead::Deed;
use axum::extract::Path;
use base::{Date, Refusal, Refusals};
use calendar::{Calendar, Special, Status};
use hours::{Change, ChangeId, Half, Kind, NewChange};
use maud::{Markup, html};
use people::{Failure, UnitId};
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Visit, form, show, show_again, to};

pub const HERE: &str = "/mot-cua/lich";

/// Whose day it is, in the form: everybody's.
const ALL: &str = "chung";

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "ngay", &["nam"]);
    let year = list.get("nam").parse().unwrap_or(visit.scope.today().year());
    if let Some(kind) = list.as_file() {
        let working = actions::working(&mut visit.site.db.read().await?, &visit.scope).await?;
        return web::list::file(kind, &format!("lich-{year}"), as_file(&working.calendar, year), visit.scope.now);
    }
    show(shown(&visit, year, None, &[]).await?)
}

async fn shown(visit: &Visit, year: i16, posted: Option<&Posted>, refusals: &[Refusal]) -> Result<Page, Failure> {
    let list = Listing::of(&visit.uri, "ngay", &["nam"]);
    let working = actions::working(&mut visit.site.db.read().await?, &visit.scope).await?;
    let text = year.to_string();
    let fields = fields::number(Field::new("nam", "Năm").value(&text).width(4));
    let status = match working.calendar.status(year) {
        Some(Status::Official) => "Theo thông báo chính thức về ngày nghỉ của năm.",
        _ => "Chưa có thông báo chính thức cho năm này: ngày nghỉ dự kiến theo Bộ luật Lao động.",
    };
    let special = working.calendar.special(year);
    Ok(Page::new(
        "Lịch làm việc",
        html! {
            p { (status) " Mọi hạn hồ sơ tính theo lịch này." }
            p { a href=(week::HERE) { "Giờ làm việc các ngày trong tuần" } }
            (list.toolbar(fields, false))
            @if special.is_empty() { (list.none("Lịch không có năm này.", "Chọn một năm từ 2018 đến 2099.")) } @else { (table(&special)) }
            (parts::section("Thay đổi đang có hiệu lực", None, changes(visit, &working)))
            @if working.may_own || working.may_all { (parts::section("Ghi ngày nghỉ, ngày làm bù", None, ask(visit, &working, posted, refusals))) }
        },
    ))
}

fn spans(day: &Special) -> String {
    let at = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let all: Vec<String> = day.spans.iter().map(|(from, to)| format!("{}-{}", at(*from), at(*to))).collect();
    if all.is_empty() { "Nghỉ cả ngày".into() } else { format!("Làm {}", all.join(", ")) }
}

fn table(all: &[Special]) -> Markup {
    let columns =
        vec![Column::new("Ngày").width(25), Column::new("Làm việc").width(30), Column::new("Lý do").width(45)];
    let rows = all.iter().map(|day| {
        Row::new(vec![
            html! { (calendar::say_day(day.date)) },
            html! { (spans(day)) @if day.is_made_up { " " (parts::tag(Tone::Info, "Làm bù")) } },
            html! { (day.why) },
        ])
    });
    html! { (Table { caption: "Ngày khác ngày thường", columns, rows: rows.collect(), names: 0, ..Table::default() }) }
}

fn as_file(calendar: &Calendar, year: i16) -> sheet::Table {
    use sheet::Column;
    let columns = vec![Column::text("Ngày", 14), Column::text("Làm việc", 30), Column::text("Lý do", 50)];
    let mut table = sheet::Table::new(columns).title(format!("Lịch làm việc năm {year}"));
    for day in calendar.special(year) {
        let cells = [base::day::vi(day.date), spans(&day), day.why.clone()];
        table.push(cells.iter().map(|cell| cell.as_str().into()).collect());
    }
    table
}

fn changes(visit: &Visit, working: &actions::Working) -> Markup {
    let columns = vec![
        Column::new("Ngày").width(25),
        Column::new("Thay đổi").width(35),
        Column::new("Căn cứ, người ghi").width(30),
        Column::new("Bỏ").width(10),
    ];
    let may = |one: &Change| if one.unit.is_none() { working.may_all } else { working.may_own };
    let rows = working.changes.iter().map(|one| {
        Row::new(vec![
            html! { (days(one)) @if one.unit.is_none() { div.quiet { "Mọi cơ quan" } } },
            html! { (said(one)) },
            html! { (one.basis) div.quiet { (one.author) ", " (base::day::vi_moment(one.at)) } },
            html! {
                @if may(one) {
                    form method="post" action={ (HERE) "/" (one.id) "/bo" } { (form::token(visit)) (Button::new("Bỏ").about(&one.why).quiet()) }
                }
            },
        ])
    });
    let rows: Vec<Row> = rows.collect();
    html! {
        @if rows.is_empty() { p.quiet { "Chưa có thay đổi nào so với lịch kèm chương trình." } }
        @else { (Table { caption: "Thay đổi của lịch", columns, rows, names: 0, ..Table::default() }) }
    }
}

fn days(one: &Change) -> String {
    let last = one.to.yesterday().unwrap_or(one.to);
    if last == one.from {
        base::day::vi(one.from)
    } else {
        format!("{} đến {}", base::day::vi(one.from), base::day::vi(last))
    }
}

fn said(one: &Change) -> String {
    let half = one.half.map(|half| format!(" ({})", half.say().to_lowercase())).unwrap_or_default();
    let instead = one.replaces.map(|day| format!(" cho ngày {}", base::day::vi(day))).unwrap_or_default();
    format!("{}{half}{instead}: {}", one.kind.say(), one.why)
}

/// Whose calendar somebody may write: the agency's own, everybody's.
fn whose<'a>(working: &actions::Working, own: &'a str) -> Vec<Choice<'a>> {
    let mut whose = Vec::new();
    if working.may_own {
        whose.push(Choice::new(own, "Cơ quan của bạn"));
    }
    if working.may_all {
        whose.push(Choice::new(ALL, "Mọi cơ quan"));
    }
    whose
}

fn ask(visit: &Visit, working: &actions::Working, posted: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let typed = |name: &str| posted.map_or("", |form| form.get(name));
    let own = working.agency.map(|agency| agency.to_string()).unwrap_or_default();
    let whose = whose(working, &own);
    let kinds: Vec<Choice> = Kind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.say())).collect();
    let whole = std::iter::once(Choice::new("", "Cả ngày"));
    let halves: Vec<Choice> = whole.chain(Half::ALL.iter().map(|half| Choice::new(half.code(), half.say()))).collect();
    let first = |name: &str, of: &[Choice]| match typed(name) {
        "" => of.first().map_or(String::new(), |choice| choice.value.to_owned()),
        typed => typed.to_owned(),
    };
    let (is_of, is_kind) = (first("cua", &whose), first("viec", &kinds));
    html! {
        p { "Trước khi ghi, xem hồ sơ nào đổi hạn. Sau khi áp dụng, hạn của các hồ sơ đang giải quyết được tính lại và người nộp được báo ngày mới." }
        form.form method="post" action=(HERE) data-guard {
            (form::token(visit))
            (fields::radios(Field::new("cua", "Áp dụng cho").value(&is_of).refused(refusals), &whose))
            (fields::radios(Field::new("viec", "Việc").value(&is_kind).refused(refusals), &kinds))
            (fields::date(Field::new("tu", "Từ ngày").value(typed("tu")).refused(refusals)))
            (fields::date(Field::new("den", "Đến hết ngày").hint("Để trống nếu chỉ một ngày").value(typed("den")).optional().refused(refusals)))
            (fields::select(Field::new("buoi", "Buổi nghỉ").value(typed("buoi")).optional().refused(refusals), &halves))
            (fields::date(Field::new("lam_bu_cho", "Làm bù cho ngày").hint("Chỉ khi ghi ngày làm bù").value(typed("lam_bu_cho")).optional().refused(refusals)))
            (fields::text(Field::new("ly_do", "Lý do").hint("Ví dụ: Bão số 9").value(typed("ly_do")).refused(refusals)))
            (fields::text(Field::new("can_cu", "Căn cứ").hint("Số, ngày của quyết định hoặc thông báo").value(typed("can_cu")).refused(refusals)))
            (Button::new("Xem hồ sơ sẽ đổi hạn"))
        }
    }
}

/// Whose days or hours a form is about.
fn unit_of(posted: &Posted) -> Result<Option<UnitId>, Failure> {
    match posted.get("cua") {
        ALL => Ok(None),
        other => Ok(Some(other.parse().map_err(|_| Failure::NotFound)?)),
    }
}

/// What is asked for, as it stands in the form.
fn read(posted: &Posted, today: Date) -> Result<NewChange, Failure> {
    let mut refusals = Refusals::new();
    let first = form::day(posted, "tu", today, &mut refusals);
    let last = form::day(posted, "den", today, &mut refusals);
    let replaces = form::day(posted, "lam_bu_cho", today, &mut refusals);
    if first.is_none() && refusals.is_empty() {
        refusals.push(Refusal::new("hours-first", "Ghi ngày đầu, ví dụ 28/10/2026.").at("tu"));
    }
    let unit = unit_of(posted)?;
    let Some(first) = first.filter(|_| refusals.is_empty()) else { return Err(Failure::Refused(refusals)) };
    Ok(NewChange {
        unit,
        first,
        last: last.unwrap_or(first),
        kind: Kind::of(posted.get("viec")).unwrap_or(Kind::Off),
        half: Half::of(posted.get("buoi")),
        replaces,
        why: posted.text("ly_do").unwrap_or_default(),
        basis: posted.text("can_cu").unwrap_or_default(),
    })
}

/// Looked at first; made when that was seen.
pub async fn change(visit: Visit, posted: Posted) -> Answer {
    let today = visit.scope.today();
    if posted.has(ahead::AGAIN) {
        return show(shown(&visit, today.year(), Some(&posted), &[]).await?);
    }
    let done = match read(&posted, today) {
        Ok(new) => {
            let say = if new.kind == Kind::Off { "Nghỉ, đóng cửa" } else { "Làm bù" };
            let words = format!("{say} từ {}: {}", base::day::vi(new.first), new.why);
            ahead::step(&visit, &posted, HERE, &words, Deed::Change(new)).await
        }
        Err(no) => Err(Fault(no)),
    };
    match done {
        Err(Fault(Failure::Refused(no))) => show_again(shown(&visit, today.year(), Some(&posted), &no).await?, no),
        other => other,
    }
}

pub async fn withdraw(visit: Visit, Path(id): Path<ChangeId>, posted: Posted) -> Answer {
    if posted.has(ahead::AGAIN) {
        return to(HERE, None);
    }
    let action = format!("{HERE}/{id}/bo");
    match ahead::step(&visit, &posted, &action, "Bỏ thay đổi đã ghi của lịch làm việc", Deed::NoChange(id)).await
    {
        Err(Fault(Failure::Refused(no))) => show_again(shown(&visit, visit.scope.today().year(), None, &no).await?, no),
        other => other,
    }
}
