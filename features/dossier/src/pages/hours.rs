//! The working days of an agency: what a year has that an ordinary week has not, and what was changed since.

use crate::actions;
use axum::extract::Path;
use base::{Refusal, Refusals};
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
            p { (status) " Ngày thường làm từ thứ Hai đến thứ Sáu. Mọi hạn hồ sơ tính theo lịch này." }
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

fn ask(visit: &Visit, working: &actions::Working, posted: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let typed = |name: &str| posted.map_or("", |form| form.get(name));
    let own = working.agency.filter(|_| working.may_own).map(|agency| agency.to_string());
    let mut whose: Vec<Choice> = own.iter().map(|own| Choice::new(own, "Cơ quan của bạn")).collect();
    if working.may_all {
        whose.push(Choice::new(ALL, "Mọi cơ quan"));
    }
    let kinds: Vec<Choice> = Kind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.say())).collect();
    let whole = std::iter::once(Choice::new("", "Cả ngày"));
    let halves: Vec<Choice> = whole.chain(Half::ALL.iter().map(|half| Choice::new(half.code(), half.say()))).collect();
    let first = |name: &str, of: &[Choice]| match typed(name) {
        "" => of.first().map_or(String::new(), |choice| choice.value.to_owned()),
        typed => typed.to_owned(),
    };
    let (is_of, is_kind) = (first("cua", &whose), first("viec", &kinds));
    html! {
        p { "Sau khi ghi, hạn của các hồ sơ đang giải quyết được tính lại và người nộp được báo ngày mới." }
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
            (Button::new("Ghi và tính lại hạn"))
        }
    }
}

pub async fn change(visit: Visit, posted: Posted) -> Answer {
    let mut refusals = Refusals::new();
    let today = visit.scope.today();
    let first = form::day(&posted, "tu", today, &mut refusals);
    let last = form::day(&posted, "den", today, &mut refusals);
    let replaces = form::day(&posted, "lam_bu_cho", today, &mut refusals);
    if first.is_none() && refusals.is_empty() {
        refusals.push(Refusal::new("hours-first", "Ghi ngày đầu, ví dụ 28/10/2026.").at("tu"));
    }
    let unit: Option<UnitId> = match posted.get("cua") {
        ALL => None,
        other => Some(other.parse().map_err(|_| Failure::NotFound)?),
    };
    let done = match first.filter(|_| refusals.is_empty()) {
        None => Err(Failure::Refused(refusals)),
        Some(first) => {
            let new = NewChange {
                unit,
                first,
                last: last.unwrap_or(first),
                kind: Kind::of(posted.get("viec")).unwrap_or(Kind::Off),
                half: Half::of(posted.get("buoi")),
                replaces,
                why: posted.text("ly_do").unwrap_or_default(),
                basis: posted.text("can_cu").unwrap_or_default(),
            };
            actions::change_hours(&visit.site, &visit.scope, new).await
        }
    };
    match done {
        Ok(job) => to(format!("/viec-nen/{job}"), Some("Đã ghi. Hạn hồ sơ đang được tính lại.")),
        Err(Failure::Refused(no)) => show_again(shown(&visit, today.year(), Some(&posted), &no).await?, no),
        Err(other) => Err(Fault(other)),
    }
}

pub async fn withdraw(visit: Visit, Path(id): Path<ChangeId>) -> Answer {
    match actions::withdraw_hours(&visit.site, &visit.scope, id).await {
        Ok(job) => to(format!("/viec-nen/{job}"), Some("Đã bỏ. Hạn hồ sơ đang được tính lại.")),
        Err(Failure::Refused(no)) => show_again(shown(&visit, visit.scope.today().year(), None, &no).await?, no),
        Err(other) => Err(Fault(other)),
    }
}
