//! The citizens' side: finding a procedure, and what it asks of them. Nobody signs in here.

use super::parts_of::{agencies, copies, list, money, sample_note};
use crate::actions::{self, Found};
use crate::model::Entry;
use crate::qr;
use axum::extract::Path;
use base::{Date, day, text};
use maud::{Markup, html};
use procedure::{Case, Procedure};
use web::list::Listing;
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button};
use web::{Answer, Guest, show_citizen};

const HERE: &str = "/dich-vu-cong";

/// Whether dossiers are handed in online on this site: until the door `/dich-vu-cong/{code}/nop` exists, no button leads to it.
const DOOR_OPEN: bool = true;

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
        ul {
            @for entry in asked.slice(found) {
                li {
                    a href={ (HERE) "/" (entry.code) } { (entry.name) }
                    p.quiet { (entry.field) " · " (entry.times) " · mã " (entry.code) }
                }
            }
        }
        (asked.pager(found.len(), "thủ tục"))
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
    counted.sort_by(|a, b| text::compare(a.0, b.0));
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
    let found = actions::public(&mut guest.site.db.read().await?, &code, today).await?;
    let one = &found.one;
    let online = one.level(today).is_some_and(procedure::Level::takes_online);
    let address = format!("{}{HERE}/{code}", guest.site.settings.public_url.trim_end_matches('/'));
    let body = html! {
        (sample_note(one))
        (parts::facts(summary(&found, today).into_iter().filter(|(_, value)| !value.0.is_empty())))
        @if DOOR_OPEN && online { p { (Button::new("Bắt đầu nộp").to(&format!("{HERE}/{code}/nop"))) } }
        h2 { "Cần chuẩn bị" }
        (needed(one))
        @if !one.conditions.is_empty() { h2 { "Điều kiện" } p { (one.conditions) } }
        @if !one.order.is_empty() { h2 { "Các bước thực hiện" } p { (one.order) } }
        h2 { "Kết quả nhận được" }
        (list(&one.results.iter().map(|result| result.name.clone()).collect::<Vec<_>>()))
        (parts::details("Căn cứ pháp lý và quyết định công bố", html! {
            (list(&one.legal_basis))
            p { (one.source) ". Áp dụng từ ngày " (day::vi(found.entry.valid_from)) "." }
        }))
        (parts::details("Mã QR của trang này", html! {
            (qr::qr(&address, &format!("Mã QR của thủ tục {code}"))?)
            p { (address) }
        }))
    };
    let mut page = Page::new(one.name.clone(), body);
    page.crumbs = vec![("Dịch vụ công".into(), HERE.into())];
    page.lead = Some(html! { (one.field) " · mã " (one.code) });
    show_citizen(page)
}

fn summary(found: &Found, today: Date) -> Vec<(&'static str, Markup)> {
    let one = &found.one;
    let has_fees = !one.fees.is_empty();
    vec![
        ("Ai được làm", html! { (one.subjects.join("; ")) }),
        ("Thời hạn", by_case(one, |case| case.time.say())),
        (
            "Phí, lệ phí",
            html! {
                @if !has_fees { "Không thu" }
                @else { @for fee in &one.fees {
                    (money(fee)) " – " (fee.name)
                    @if !fee.cases.is_empty() { ", " (super::parts_of::of_cases(one, &fee.cases)) }
                    @if !fee.when.is_empty() { " (" (fee.when) ")" }
                    br;
                } }
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

/// The papers of each case; of one case without a heading.
fn needed(one: &Procedure) -> Markup {
    html! {
        @for case in &one.cases {
            @if one.cases.len() > 1 { h3 { (case.name) } }
            ul { @for paper in one.asked(&case.code).map(|asked| asked.papers).unwrap_or_default() { (needed_paper(paper)) } }
        }
    }
}

fn needed_paper(paper: &procedure::Paper) -> Markup {
    html! {
        li {
            (paper.name)
            ": "
            @if paper.shown_only { "xuất trình" } @else { (copies(paper)) }
            @if paper.optional { " (nếu có)" }
            @if let Some(form) = &paper.form { p.quiet { "Theo " (form) } }
            @if !paper.guide.is_empty() { p.quiet { (paper.guide) } }
        }
    }
}
