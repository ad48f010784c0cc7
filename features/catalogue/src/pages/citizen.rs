//! The citizens' side: finding a procedure, and what it asks of them. Nobody signs in here.

use super::parts_of::{agencies, copies, list, money, sample_note};
use crate::actions::{self, Found};
use crate::model::{Entry, State};
use axum::extract::Path;
use axum::http::StatusCode;
use base::{Date, day, text};
use maud::{Markup, html};
use people::Failure;
use procedure::{Case, Fee, Paper, Procedure};
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button};
use web::{Answer, Guest, file_answer, show_citizen, with_status};

const HERE: &str = "/dich-vu-cong";

pub async fn search(guest: Guest) -> Answer {
    let today = day::today(guest.site.now());
    let all = actions::in_force(&mut guest.site.db.read().await?, today).await?;
    let asked = Listing::of(&guest.uri, "", &["tim", "linh_vuc"]);
    let (words, field) = (text::fold(asked.get("tim")), asked.get("linh_vuc"));
    let mut found: Vec<&Entry> = all
        .iter()
        .filter(|entry| text::matches(&entry.folded, &words) && (field.is_empty() || entry.field == field))
        .collect();
    found.sort_by_cached_key(|entry| text::sort_key(&entry.name));
    let looking = !words.is_empty() || !field.is_empty();
    let title = if looking { "Kết quả tìm thủ tục" } else { "Dịch vụ công" };
    let body = html! {
        form.form method="get" action=(HERE) role="search" {
            (fields::search(Field::new("tim", "Tìm thủ tục theo tên hoặc mã").hint("Gõ có dấu hoặc không dấu, ví dụ: khai sinh, xang dau").value(asked.get("tim"))))
            @if !field.is_empty() { input type="hidden" name="linh_vuc" value=(field); }
            (Button::new("Tìm"))
        }
        @if looking {
            @if !field.is_empty() { p { "Lĩnh vực: " strong { (field) } ". " a href=(asked.with(&[("linh_vuc", ""), ("trang", "")])) { "Tìm trong mọi lĩnh vực" } } }
            @if found.is_empty() {
                (parts::empty("Không tìm thấy thủ tục nào.", "Hãy thử ít từ hơn, hoặc chọn một lĩnh vực ở trang đầu.", Some(parts::link_button("Xem mọi lĩnh vực", HERE))))
            } @else { (results(&asked, &found)) }
        } @else { (fields_of(&all)) }
    };
    let mut page = Page::new(title, body);
    if looking {
        page.crumbs = vec![("Dịch vụ công".into(), HERE.into())];
    } else {
        page.lead = Some(html! { (all.len()) " thủ tục hành chính đang áp dụng." });
    }
    show_citizen(page)
}

fn results(asked: &Listing, found: &[&Entry]) -> Markup {
    html! {
        h2 { (found.len()) " thủ tục" }
        ul {
            @for entry in asked.slice(found) {
                li {
                    a href={ (HERE) "/" (entry.code) } { (entry.name) }
                    p.quiet { (entry.field) " · " (entry.times) " · mã " (entry.code) }
                }
            }
        }
        @if found.len() > asked.size() { (asked.pager(found.len(), "thủ tục")) }
    }
}

fn fields_of(all: &[Entry]) -> Markup {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for entry in all {
        match counted.iter_mut().find(|(field, _)| *field == entry.field) {
            Some((_, count)) => *count += 1,
            None => counted.push((&entry.field, 1)),
        }
    }
    counted.sort_by_cached_key(|one| base::text::sort_key(one.0));
    html! {
        h2 { "Theo lĩnh vực" }
        ul {
            @for (field, count) in &counted {
                li { a href=(web::address::with(HERE, &[("linh_vuc", field)])) { (field) } " (" (count) ")" }
            }
        }
    }
}

pub async fn one(guest: Guest, Path(code): Path<String>) -> Answer {
    let today = day::today(guest.site.now());
    let mut conn = guest.site.db.read().await?;
    let found = match actions::public(&mut conn, &code, today).await {
        Err(Failure::NotFound) => return gone(&actions::published(&mut conn, &code).await?, today),
        other => other?,
    };
    let one = &found.one;
    let online = one.level(today).is_some_and(procedure::Level::takes_online);
    let address = format!("{}{HERE}/{code}", guest.site.settings.public_url.trim_end_matches('/'));
    let body = html! {
        (sample_note(one))
        (parts::facts(summary(&found, today).into_iter().filter(|(_, value)| !value.0.is_empty())))
        // The door of the one-stop system; the two rooms know each other's addresses only.
        @if online { p { (Button::new("Bắt đầu nộp").to(&format!("{HERE}/{code}/nop"))) } }
        h2 { "Cần chuẩn bị" }
        (needed(one, &code))
        @if !one.conditions.is_empty() { h2 { "Điều kiện" } p { (one.conditions) } }
        @if !one.order.is_empty() { h2 { "Các bước thực hiện" } p { (one.order) } }
        h2 { "Kết quả nhận được" }
        (list(&one.results.iter().map(|result| result.name.clone()).collect::<Vec<_>>()))
        (parts::details("Căn cứ pháp lý và quyết định công bố", html! {
            (list(&one.legal_basis))
            p { (one.source) ". Áp dụng từ ngày " (day::vi(found.entry.valid_from)) "." }
        }))
        (parts::details("Mã QR của trang này", html! {
            (parts::qr(&address, &format!("Mã QR của thủ tục {code}"))?)
            p { (address) }
        }))
    };
    let mut page = Page::new(one.name.clone(), body);
    page.crumbs = vec![("Dịch vụ công".into(), HERE.into())];
    page.lead = Some(html! { (one.field) " · mã " (one.code) });
    show_citizen(page)
}

/// The sample of a paper, as the edition in force has it.
pub async fn sample(guest: Guest, Path((code, paper)): Path<(String, String)>) -> Answer {
    let today = day::today(guest.site.now());
    let found = actions::public(&mut guest.site.db.read().await?, &code, today).await?;
    let opened = actions::editing::sample(&guest.site, &found.one, &paper).await?;
    Ok(file_answer(&file::headers(&opened.meta.name, &opened.meta.kind, false), opened.bytes))
}

/// A procedure that is not in force: the QR code of an old notice leads here.
fn gone(editions: &[Entry], today: Date) -> Answer {
    let Some(newest) = editions.first() else { return Err(Failure::NotFound.into()) };
    let (say, status) = match (newest.state(today), newest.valid_to) {
        (State::Coming, _) => (format!("Thủ tục này áp dụng từ ngày {}.", day::vi(newest.valid_from)), StatusCode::OK),
        (State::Abolished, Some(to)) => {
            (format!("Thủ tục này bị bãi bỏ từ ngày {} theo {}.", day::vi(to), newest.abolished), StatusCode::GONE)
        }
        (_, Some(to)) => (format!("Thủ tục này hết áp dụng từ ngày {}.", day::vi(to)), StatusCode::GONE),
        (_, None) => return Err(Failure::NotFound.into()),
    };
    let body = html! { p { (say) } p { (parts::link_button("Tìm thủ tục khác", HERE)) } };
    let mut page = Page::new(newest.name.clone(), body);
    page.crumbs = vec![("Dịch vụ công".into(), HERE.into())];
    page.lead = Some(html! { (newest.field) " · mã " (newest.code) });
    with_status(show_citizen(page), status)
}

fn summary(found: &Found, today: Date) -> Vec<(&'static str, Markup)> {
    let one = &found.one;
    vec![
        ("Ai được làm", html! { (one.subjects.join("; ")) }),
        ("Thời hạn", by_case(one, |case| case.time.say())),
        (
            "Phí, lệ phí",
            html! {
                @if one.fees.is_empty() { "Không thu" }
                @else { ul { @for fee in &one.fees { li { (fee_line(one, fee)) } } } }
            },
        ),
        ("Nộp ở đâu", html! { (agencies(&one.receives, &found.units)) }),
        ("Ai giải quyết", html! { (agencies(&one.resolves, &found.units)) }),
        ("Trực tuyến", html! { @match one.level(today) { Some(level) => (level.say()), None => "Chưa cung cấp" } }),
    ]
}

/// Once where it is the same for every case.
fn by_case(one: &Procedure, say: impl Fn(&Case) -> String) -> Markup {
    let all: Vec<(String, String)> = one.cases.iter().map(|case| (case.name.clone(), say(case))).collect();
    let same = all.windows(2).all(|pair| pair[0].1 == pair[1].1);
    html! {
        @if let (true, Some((_, said))) = (same, all.first()) { (said) }
        @else { @for (name, said) in &all { (name) ": " (said) br; } }
    }
}

/// "2.500.000 đồng", for what, and whom it concerns.
fn fee_line(one: &Procedure, fee: &Fee) -> Markup {
    let cases = super::parts_of::of_cases(one, &fee.cases);
    html! {
        strong { (money(fee)) } ": " (fee.name)
        @if !cases.is_empty() || !fee.when.is_empty() {
            p.quiet { "Áp dụng: " (cases) @if !cases.is_empty() && !fee.when.is_empty() { ". " } (fee.when) }
        }
    }
}

/// What every case asks for, once; then what some ask for besides.
fn needed(one: &Procedure, code: &str) -> Markup {
    let is_common =
        |paper: &&Paper| paper.cases.is_empty() || one.cases.iter().all(|case| paper.cases.contains(&case.code));
    let common: Vec<&Paper> = one.papers.iter().filter(is_common).collect();
    html! {
        @if !common.is_empty() { ul { @for paper in &common { (needed_paper(paper, code)) } } }
        @for case in &one.cases {
            @let own: Vec<&Paper> = one.papers.iter().filter(|paper| !is_common(paper) && paper.cases.contains(&case.code)).collect();
            @if !own.is_empty() {
                h3 { @if common.is_empty() { (case.name) } @else { "Thêm, với trường hợp: " (case.name) } }
                ul { @for paper in own { (needed_paper(paper, code)) } }
            }
        }
    }
}

fn needed_paper(paper: &Paper, code: &str) -> Markup {
    html! {
        li {
            (paper.name)
            ": "
            @if paper.shown_only { "xuất trình" } @else { (copies(paper)) }
            @if paper.optional { " (nếu có)" }
            @if let Some(form) = &paper.form { p.quiet { "Theo " (form) } }
            @if !paper.guide.is_empty() { p.quiet { (paper.guide) } }
            @if !paper.faults.is_empty() { p.quiet { "Hay bị trả lại vì: " (paper.faults.join("; ")) "." } }
            @if let Some(sample) = &paper.sample {
                p { a href={ (HERE) "/" (code) "/mau/" (paper.code) } download { "Tải mẫu: " (sample.name) } }
            }
        }
    }
}
