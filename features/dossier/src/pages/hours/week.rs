//! The hours of an agency by weekday: the editions that hold, and a new one from a day on.

use super::ahead::{self, Deed};
use super::{ALL, unit_of, whose};
use crate::actions::{self, Working};
use axum::extract::Path;
use base::{Date, Refusal, Refusals};
use hours::{BOXES, NewWeek, WEEKDAYS, Week, WeekId};
use maud::{Markup, html};
use people::Failure;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Visit, form, show, show_again, to};

pub const HERE: &str = "/mot-cua/lich/gio";

pub async fn page(visit: Visit) -> Answer {
    show(shown(&visit, None, &[]).await?)
}

async fn shown(visit: &Visit, posted: Option<&Posted>, refusals: &[Refusal]) -> Result<Page, Failure> {
    let working = actions::working(&mut visit.site.db.read().await?, &visit.scope).await?;
    let today = hours_on(&working, visit.scope.today());
    let mut page = Page::new(
        "Giờ làm việc trong tuần",
        html! {
            (parts::section("Hôm nay đang theo", None, table(&today)))
            (parts::section("Giờ đã ghi", None, editions(visit, &working)))
            @if working.may_own || working.may_all {
                (parts::section("Ghi giờ mới từ một ngày", None, ask(visit, &working, &today, posted, refusals)))
            }
        },
    );
    page.crumbs = vec![("Lịch làm việc".into(), super::HERE.into())];
    Ok(page)
}

/// What an ordinary week of this day has.
fn hours_on(working: &Working, day: Date) -> [String; 7] {
    let week = working.calendar.week(day);
    std::array::from_fn(|at| hours::say(&week[at]))
}

fn table(week: &[String; 7]) -> Markup {
    let columns = vec![Column::new("Ngày").width(40), Column::new("Giờ làm việc").width(60)];
    let said = |hours: &str| if hours.is_empty() { "Nghỉ".to_owned() } else { hours.to_owned() };
    let rows = WEEKDAYS.iter().zip(week).map(|(day, hours)| Row::new(vec![html! { (day) }, html! { (said(hours)) }]));
    html! { (Table { caption: "Giờ làm việc hôm nay đang theo", columns, rows: rows.collect(), names: 0, ..Table::default() }) }
}

/// Days of the same hours in one line: "Thứ Hai đến Thứ Sáu: …".
fn said(week: &Week) -> Vec<String> {
    let mut lines: Vec<(usize, usize, String)> = Vec::new();
    for (at, spans) in week.hours.iter().enumerate() {
        let hours = hours::say(spans);
        match lines.last_mut().filter(|(_, last, same)| *same == hours && *last + 1 == at) {
            Some((_, last, _)) => *last = at,
            None => lines.push((at, at, hours)),
        }
    }
    let days = |from: usize, to: usize| match from == to {
        true => WEEKDAYS[from].to_owned(),
        false => format!("{} đến {}", WEEKDAYS[from], WEEKDAYS[to]),
    };
    let hours = |hours: String| if hours.is_empty() { "nghỉ".to_owned() } else { hours };
    lines.into_iter().map(|(from, to, text)| format!("{}: {}", days(from, to), hours(text))).collect()
}

fn editions(visit: &Visit, working: &Working) -> Markup {
    let columns = vec![
        Column::new("Từ ngày").width(20),
        Column::new("Giờ làm việc").width(40),
        Column::new("Căn cứ, người ghi").width(30),
        Column::new("Bỏ").width(10),
    ];
    let may = |one: &Week| if one.unit.is_none() { working.may_all } else { working.may_own };
    let rows = working.weeks.iter().map(|one| {
        let from = base::day::vi(one.from);
        Row::new(vec![
            html! { (from) @if one.unit.is_none() { div.quiet { "Mọi cơ quan" } } },
            html! { @for line in said(one) { div { (line) } } },
            html! { (one.basis) div.quiet { (one.author) ", " (base::day::vi_moment(one.at)) } },
            html! {
                @if may(one) {
                    form method="post" action={ (HERE) "/" (one.id) "/bo" } { (form::token(visit)) (Button::new("Bỏ").about(&from).quiet()) }
                }
            },
        ])
    });
    let rows: Vec<Row> = rows.collect();
    html! {
        @if rows.is_empty() { p.quiet { "Chưa ghi giờ nào khác: theo giờ kèm chương trình." } }
        @else { (Table { caption: "Giờ làm việc đã ghi", columns, rows, names: 0, ..Table::default() }) }
    }
}

fn ask(visit: &Visit, working: &Working, today: &[String; 7], posted: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let typed = |name: &str| posted.map_or("", |form| form.get(name));
    let own = working.agency.map(|agency| agency.to_string()).unwrap_or_default();
    let whose = whose(working, &own);
    let is_of = match typed("cua") {
        "" => whose.first().map_or(ALL, |choice| choice.value),
        typed => typed,
    };
    html! {
        form.form method="post" action=(HERE) data-guard {
            (form::token(visit))
            (fields::radios(Field::new("cua", "Áp dụng cho").value(is_of).refused(refusals), &whose))
            (fields::date(Field::new("tu", "Từ ngày").value(typed("tu")).refused(refusals)))
            p.quiet { "Ghi giờ như 07:30-11:30, 13:30-17:30. Để trống là nghỉ cả ngày." }
            @for ((day, field), now) in WEEKDAYS.iter().zip(BOXES).zip(today) {
                (fields::text(Field::new(field, day).value(posted.map_or(now, |form| form.get(field))).refused(refusals)))
            }
            (fields::text(Field::new("can_cu", "Căn cứ").hint("Số, ngày của quyết định hoặc thông báo").value(typed("can_cu")).refused(refusals)))
            (Button::new("Xem hồ sơ sẽ đổi hạn"))
        }
    }
}

fn read(posted: &Posted, today: Date) -> Result<NewWeek, Failure> {
    let mut refusals = Refusals::new();
    let from = form::day(posted, "tu", today, &mut refusals);
    if from.is_none() && refusals.is_empty() {
        refusals.push(Refusal::new("week-from", "Ghi ngày bắt đầu, ví dụ 01/12/2026.").at("tu"));
    }
    let unit = unit_of(posted)?;
    let Some(from) = from.filter(|_| refusals.is_empty()) else { return Err(Failure::Refused(refusals)) };
    let typed = BOXES.map(|field| posted.get(field).to_owned());
    Ok(NewWeek { unit, from, typed, basis: posted.text("can_cu").unwrap_or_default() })
}

/// Looked at first; set when that was seen.
pub async fn set(visit: Visit, posted: Posted) -> Answer {
    if posted.has(ahead::AGAIN) {
        return show(shown(&visit, Some(&posted), &[]).await?);
    }
    let done = match read(&posted, visit.scope.today()) {
        Ok(new) => {
            let words = format!("Giờ làm việc mới trong tuần, từ {}", base::day::vi(new.from));
            ahead::step(&visit, &posted, HERE, &words, Deed::Week(new)).await
        }
        Err(no) => Err(Fault(no)),
    };
    match done {
        Err(Fault(Failure::Refused(no))) => show_again(shown(&visit, Some(&posted), &no).await?, no),
        other => other,
    }
}

pub async fn withdraw(visit: Visit, Path(id): Path<WeekId>, posted: Posted) -> Answer {
    if posted.has(ahead::AGAIN) {
        return to(HERE, None);
    }
    let action = format!("{HERE}/{id}/bo");
    match ahead::step(&visit, &posted, &action, "Bỏ giờ làm việc đã ghi", Deed::NoWeek(id)).await {
        Err(Fault(Failure::Refused(no))) => show_again(shown(&visit, None, &no).await?, no),
        other => other,
    }
}
