//! What is said of the agency: the list, and one with its answer.

use super::citizen::state;
use crate::actions;
use crate::model::*;
use axum::extract::Path;
use base::{Refusal, Refusals, Timestamp};
use maud::{Markup, html};
use people::Failure;
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Event as Line, Tab, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Visit, form, show, show_again, to};

pub const HERE: &str = "/mot-cua/phan-anh";

fn place(id: FeedbackId) -> String {
    format!("{HERE}/{id}")
}

pub async fn list(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "han", &["tim"]);
    let now = visit.scope.now;
    let wanted = State::of(list.get("hop")).unwrap_or(State::New);
    let (mut all, counts) = actions::list(&mut visit.site.db.read().await?, &visit.scope, wanted).await?;
    let count = |state: &State| u64::try_from(counts.get(state).copied().unwrap_or(0)).unwrap_or(0);
    let counted: Vec<u64> = State::ALL.iter().map(count).collect();
    let words = base::text::fold(list.get("tim"));
    all.retain(|one| base::text::matches(&base::text::fold(&format!("{} {}", one.code, one.said)), &words));
    sort(&mut all, &list);
    if let Some(kind) = list.as_file() {
        return web::list::file(kind, "phan-anh", as_file(&all), now);
    }
    let hrefs: Vec<String> =
        State::ALL.iter().map(|state| list.with(&[("hop", state.code()), ("trang", "")])).collect();
    let tabs: Vec<Tab> = State::ALL
        .iter()
        .zip(&hrefs)
        .zip(&counted)
        .map(|((state, href), count)| Tab { label: state.say(), href, count: Some(*count), current: *state == wanted })
        .collect();
    let fields = fields::search(Field::new("tim", "Mã, chữ trong nội dung").value(list.get("tim")));
    show(Page::new(
        "Phản ánh, kiến nghị",
        html! {
            (parts::tabs("Hộp phản ánh", &tabs))
            (list.toolbar(fields, list.is_long(all.len())))
            @if all.is_empty() { (list.none("Hộp này không có phản ánh, kiến nghị.", "Điều người dân gửi ở trang /phan-anh hiện ở đây.")) }
            @else { (table(&list, list.slice(&all), now)) (list.pager(all.len(), "phản ánh")) }
        },
    ))
}

/// Soonest due first, as they come, unless the codes are asked for.
fn sort(all: &mut [Feedback], list: &Listing) {
    let (key, down) = list.sorted();
    if key == "ma" {
        all.sort_by(|a, b| a.code.cmp(&b.code));
    }
    if down {
        all.reverse();
    }
}

fn is_late(one: &Feedback, now: Timestamp) -> bool {
    one.answered.unwrap_or(now) > one.due
}

fn table(list: &Listing, all: &[Feedback], now: Timestamp) -> Markup {
    let columns = vec![
        list.column(Column::new("Mã").width(20), "ma"),
        Column::new("Nội dung").width(50),
        list.column(Column::new("Hạn trả lời").width(30), "han"),
    ];
    let rows = all.iter().map(|one| {
        let late = is_late(one, now);
        let short: String = one.said.chars().take(160).collect();
        let row = Row::new(vec![
            html! { a href=(place(one.id)) { (one.code) } div.quiet { (base::day::vi_moment(one.at)) } },
            html! { (short) @if short.len() < one.said.len() { "…" } div.quiet { (one.kind.say()) } },
            html! { (base::day::vi_moment(one.due)) " " @if late { (parts::tag(Tone::Bad, "Quá hạn")) } },
        ]);
        if late && one.state == State::New { row.tone(Tone::Bad) } else { row }
    });
    html! { (Table { caption: "Phản ánh, kiến nghị", columns, rows: rows.collect(), names: 0, ..Table::default() }) }
}

/// Without those who said it: a file travels further than a page.
fn as_file(all: &[Feedback]) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Mã", 20),
        Column::text("Loại", 30),
        Column::text("Nội dung", 80),
        Column::text("Gửi lúc", 18),
        Column::text("Hạn", 18),
        Column::text("Tình trạng", 16),
        Column::text("Trả lời", 80),
    ];
    let mut table = sheet::Table::new(columns).title("Phản ánh, kiến nghị");
    for one in all {
        let (at, due) = (base::day::vi_moment(one.at), base::day::vi_moment(one.due));
        let cells = [&one.code, one.kind.say(), &one.said, &at, &due, one.state.say(), &one.answer];
        table.push(cells.map(Into::into).to_vec());
    }
    table
}

pub async fn page(visit: Visit, Path(id): Path<FeedbackId>) -> Answer {
    show(shown(&visit, id, None, &[]).await?)
}

async fn shown(visit: &Visit, id: FeedbackId, posted: Option<&Posted>, refusals: &[Refusal]) -> Result<Page, Failure> {
    let (one, events) = actions::seen(&visit.site, &visit.scope, id).await?;
    let lines: Vec<Line> = events
        .iter()
        .rev()
        .map(|event| Line {
            when: base::day::vi_moment(event.at),
            who: event.who.clone(),
            what: html! { (event.what) @if !event.note.is_empty() { ": " (event.note) } },
            tone: Tone::Plain,
        })
        .collect();
    let mut pairs = vec![
        ("Loại", html! { (one.kind.say()) }),
        ("Nội dung", html! { (one.said) }),
        // The list opens a whole code that the person may see.
        (
            "Mã hồ sơ",
            html! { @if !one.dossier.is_empty() { a href=(web::address::with("/mot-cua", &[("tim", &one.dossier)])) { (one.dossier) } } },
        ),
        ("Người gửi", html! { (one.name) }),
        ("Điện thoại", html! { (one.phone) }),
        ("Thư điện tử", html! { (one.email) }),
        ("Gửi lúc", html! { (base::day::vi_moment(one.at)) }),
        ("Hạn trả lời", html! { (base::day::vi_moment(one.due)) }),
    ];
    pairs.retain(|(_, value)| !value.0.is_empty());
    let mut page = Page::new(
        one.code.clone(),
        html! {
            (parts::facts(pairs))
            @if one.state == State::New {
                (parts::section("Trả lời", None, answering(visit, &one, posted, refusals)))
                (parts::details_open("Chuyển cơ quan khác", posted.is_some_and(|form| form.has("chuyen_den")), passing(visit, &one, posted, refusals).await?))
            } @else { (parts::section("Trả lời", None, html! { p { (one.answer) } })) }
            (parts::section("Diễn biến", None, parts::timeline(&lines)))
        },
    );
    page.lead = Some(state(&one));
    page.crumbs = vec![("Phản ánh, kiến nghị".into(), HERE.into())];
    Ok(page)
}

fn head(visit: &Visit, one: &Feedback) -> Markup {
    html! { (form::token(visit)) input type="hidden" name="version" value=(one.version); }
}

fn answering(visit: &Visit, one: &Feedback, posted: Option<&Posted>, refusals: &[Refusal]) -> Markup {
    let typed = posted.map_or("", |form| form.get("tra_loi"));
    html! {
        p.quiet { "Người gửi đọc được nguyên văn." }
        form.form method="post" action={ (place(one.id)) "/tra-loi" } data-guard {
            (head(visit, one))
            (fields::textarea(Field::new("tra_loi", "Nội dung trả lời").value(typed).rows(5).refused(refusals)))
            (Button::new("Gửi trả lời")) " "
            (Button::new("Không xử lý, nêu lý do").second().sends("viec", "refused"))
        }
    }
}

async fn passing(
    visit: &Visit,
    one: &Feedback,
    posted: Option<&Posted>,
    refusals: &[Refusal],
) -> Result<Markup, Failure> {
    let typed = |name: &str| posted.map_or("", |form| form.get(name));
    let all = actions::agencies(&visit.site).await?;
    let lines: Vec<(String, String)> =
        all.into_iter().filter(|unit| unit.id != one.agency).map(|unit| (unit.id.to_string(), unit.name)).collect();
    let first = Choice::new("", "Chọn cơ quan…");
    let choices: Vec<Choice> =
        std::iter::once(first).chain(lines.iter().map(|(id, name)| Choice::new(id, name))).collect();
    Ok(html! {
        form.form method="post" action={ (place(one.id)) "/chuyen" } data-guard {
            (head(visit, one))
            (fields::select(Field::new("chuyen_den", "Chuyển đến").value(typed("chuyen_den")).refused(refusals), &choices))
            (fields::text(Field::new("ly_do_chuyen", "Lý do").value(typed("ly_do_chuyen")).refused(refusals)))
            (Button::new("Chuyển").second())
        }
    })
}

async fn back(
    visit: &Visit,
    id: FeedbackId,
    posted: &Posted,
    done: Result<(), Failure>,
    say: &str,
    onward: String,
) -> Answer {
    match done {
        Ok(()) => to(onward, Some(say)),
        Err(Failure::Refused(no)) => show_again(shown(visit, id, Some(posted), &no).await?, no),
        Err(Failure::Conflict { .. }) => {
            let say = "Phản ánh vừa được người khác xử lý. Những gì bạn nhập còn trên trang này; xem lại rồi gửi nếu còn cần.";
            let no: Refusals = vec![Refusal::new("stale", say)];
            let answer = show_again(shown(visit, id, Some(posted), &no).await?, no);
            web::with_status(answer, axum::http::StatusCode::CONFLICT)
        }
        Err(other) => Err(Fault(other)),
    }
}

pub async fn answer(visit: Visit, Path(id): Path<FeedbackId>, posted: Posted) -> Answer {
    let state = State::of(posted.get("viec")).filter(|state| *state == State::Refused).unwrap_or(State::Answered);
    let version = posted.hidden("version")?;
    let done = actions::answer(&visit.site, &visit.scope, id, version, state, posted.get("tra_loi")).await;
    back(&visit, id, &posted, done, "Đã gửi trả lời.", place(id)).await
}

pub async fn pass(visit: Visit, Path(id): Path<FeedbackId>, posted: Posted) -> Answer {
    let next = posted.text("chuyen_den").and_then(|text| text.parse().ok());
    let version = posted.hidden("version")?;
    let done = actions::pass(&visit.site, &visit.scope, id, version, next, posted.get("ly_do_chuyen")).await;
    back(&visit, id, &posted, done, "Đã chuyển cơ quan khác.", HERE.into()).await
}
