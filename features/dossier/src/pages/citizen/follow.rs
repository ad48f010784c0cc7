//! Following a dossier by its code and the secret beside it.

use super::{keep, token, token_or_fresh};
use crate::actions::{self, Followed};
use crate::model::*;
use crate::pages::show;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State as Of};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use serde::Deserialize;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Event as Line, Tone};
use web::{Answer, Fault, Guest, Posted, Site, file_answer, form, show_citizen, show_citizen_again, to};

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    ma: String,
}

pub async fn ask_page(guest: Guest, Query(asked): Query<Asked>) -> Answer {
    show_citizen(asking(&guest, &asked.ma, &[]))
}

fn asking(guest: &Guest, code: &str, refusals: &[Refusal]) -> Page {
    Page::new(
        "Tra cứu hồ sơ",
        html! {
            form.form method="post" action="/tra-cuu" {
                (form::token_of_guest(guest))
                (fields::text(Field::new("ma", "Mã hồ sơ").hint("Ghi trên giấy hẹn, ví dụ H50.12-20261124-0000021").value(code).as_code()))
                (fields::text(Field::new("ma_tra_cuu", "Mã tra cứu").hint("8 chữ số ghi cạnh mã hồ sơ").inputmode("numeric").as_code().refused(refusals)))
                (Button::new("Xem hồ sơ"))
            }
            p { a href=(super::own::HERE) { "Hồ sơ của tôi" } ": đăng nhập thay cho mã tra cứu" }
            p { a href="/phan-anh" { "Phản ánh, kiến nghị về việc giải quyết" } }
        },
    )
}

pub async fn ask(guest: Guest, headers: HeaderMap, form: Posted) -> Answer {
    let token = token_or_fresh(&headers)?;
    let code = form.get("ma").trim();
    match actions::follow(&guest.site, code, form.get("ma_tra_cuu"), &token).await {
        Ok(_) => Ok(keep(&guest.site, &token, to(format!("/tra-cuu/{code}"), None)?)),
        Err(Failure::Refused(refusals)) => show_citizen_again(asking(&guest, code, &refusals), refusals),
        Err(other) => Err(Fault(other)),
    }
}

pub async fn page(guest: Guest, Path(code): Path<String>, headers: HeaderMap) -> Answer {
    let now = guest.site.now();
    let found = actions::followed(&mut guest.site.db.read().await?, &code, token(&headers), now).await;
    match found {
        Ok(found) => show_citizen(shown(&guest, &found, &[])),
        // Whoever has no pass is asked for the secret; whether there is such a dossier is not told.
        Err(Failure::NotFound) => to(format!("/tra-cuu?ma={code}"), None),
        Err(other) => Err(Fault(other)),
    }
}

fn shown(guest: &Guest, found: &Followed, refusals: &[Refusal]) -> Page {
    let dossier = &found.dossier;
    let now = guest.site.now();
    let lines: Vec<Line> = found
        .events
        .iter()
        .map(|(at, what, unit)| Line {
            when: base::day::vi_moment(*at),
            who: unit.clone(),
            what: html! { (what) },
            tone: Tone::Plain,
        })
        .collect();
    let mut page = Page::new(
        format!("Hồ sơ {}", dossier.code),
        html! {
            p { strong { (dossier.name) } }
            (parts::facts([
                ("Chủ hồ sơ", html! { (owner_of(dossier)) }),
                ("Tình trạng", state(dossier, now)),
                ("Hạn trả kết quả", due(dossier)),
                ("Cơ quan giải quyết", html! { (found.agency) }),
                ("Nơi tiếp nhận", html! { (found.counter) }),
            ]))
            @if let Some(ask) = &found.ask { (supplement(guest, dossier, ask, refusals)) }
            @if actions::may_amend(dossier, found.ask.as_ref(), found.declared.as_ref()) {
                p { a href={ "/tra-cuu/" (dossier.code) "/to-khai" } { "Sửa tờ khai đã nộp" } }
            }
            @if !found.fees.is_empty() { (fees(guest, found)) }
            @if !found.results.is_empty() { (results(found)) }
            @if !dossier.state.is_open() && !found.rated { (rating(guest, dossier, refusals)) }
            @if found.rated { (parts::notice(Tone::Ok, html! { "Bạn đã đánh giá hồ sơ này. Cảm ơn bạn." })) }
            h2 { "Diễn biến" }
            (parts::timeline(&lines))
        },
    );
    page.crumbs = vec![("Tra cứu".into(), "/tra-cuu".into())];
    page
}

/// In the citizen's words: by when it must be received is the office's matter.
fn state(dossier: &Dossier, now: base::Timestamp) -> Markup {
    if dossier.awaits() && dossier.paused.is_none() {
        return parts::tag(Tone::Info, State::Submitted.say());
    }
    show::state_tag(dossier.state, dossier.due, dossier.resolved, now)
}

fn due(dossier: &Dossier) -> Markup {
    html! {
        @if dossier.awaits() { "Có khi hồ sơ được tiếp nhận chính thức" }
        @else if dossier.paused.is_some() { "Tạm dừng" }
        @else if let Some(due) = dossier.due { (show::moment(due)) }
    }
}

/// A person is masked; the name of an organisation is no secret.
fn owner_of(dossier: &Dossier) -> String {
    match dossier.owner.kind {
        OwnerKind::Person => masked(&dossier.owner.name),
        OwnerKind::Organisation => dossier.owner.name.clone(),
    }
}

/// "Nguyễn V. H.": enough for its owner to know it, too little for anybody else.
pub(crate) fn masked(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default().to_owned();
    let rest = words.map(|word| format!(" {}.", word.chars().next().unwrap_or('.')));
    rest.fold(first, |all, word| all + &word)
}

fn supplement(guest: &Guest, dossier: &Dossier, ask: &Ask, refusals: &[Refusal]) -> Markup {
    let limits = guest.site.files.limits();
    html! {
        (parts::notice(Tone::Soon, html! {
            strong { "Chờ bạn bổ sung" } @if let Some(until) = ask.until { " đến hết ngày " (base::day::vi(until)) } ". " (ask.reason)
        }))
        form.form method="post" action={ "/tra-cuu/" (dossier.code) "/bo-sung" } enctype="multipart/form-data" data-guard {
            (form::token_of_guest(guest))
            @for item in &ask.items {
                @let name = format!("tep_{}", item.code);
                h3 { (item.name) }
                p { @if !item.fault.is_empty() { (item.fault) ". " } (item.wanted) }
                (fields::file_within(Field::new(&name, "Chọn tệp hoặc chụp ảnh").optional().refused(refusals), limits, true))
            }
            (fields::textarea(Field::new("y_kien", "Lời nhắn cho cán bộ").rows(2).optional()))
            (Button::new("Gửi bổ sung"))
        }
    }
}

fn fees(guest: &Guest, found: &Followed) -> Markup {
    let online = guest.site.payments.is_some() && found.dossier.state.is_open();
    html! {
        h2 { "Phí, lệ phí" }
        @for fee in &found.fees {
            @let back = returned_of(fee, &found.refunds);
            p {
                (fee.name) ": " (base::number::vi(&fee.amount)) " đồng, " (fee.state.say().to_lowercase())
                @if !back.is_zero() { ", đã trả lại " (base::number::vi(&back)) " đồng" }
            }
            @if online && fee.state == FeeState::Due { (pay(guest, found, fee)) }
        }
    }
}

/// A fee that is due: asked for online once, then the way to pay it, for as long as the gateway waits.
fn pay(guest: &Guest, found: &Followed, fee: &Fee) -> Markup {
    let asked = found.payments.iter().find(|one| one.fee == fee.id.to_string());
    let waits = asked.filter(|one| one.state == link::payment::PaymentState::Pending);
    html! {
        @if let Some(one) = asked.filter(|_| waits.is_none()) {
            (parts::notice(Tone::Soon, html! { "Lần thanh toán trước: " (one.state.say().to_lowercase()) ". " (one.problem.as_deref().unwrap_or_default()) }))
        }
        @if let Some(address) = waits.and_then(|one| one.address.as_deref()) {
            p { a.btn href=(address) { "Đến trang thanh toán" } }
            p.quiet { "Thanh toán xong, trang này ghi “đã nộp” sau ít phút. Bạn cũng có thể nộp tại quầy." }
        } @else {
            form.form method="post" action={ "/tra-cuu/" (found.dossier.code) "/nop-phi" } {
                (form::token_of_guest(guest))
                input type="hidden" name="phi" value=(fee.id);
                (Button::new("Nộp trực tuyến").about(&fee.name).second())
            }
        }
    }
}

fn results(found: &Followed) -> Markup {
    html! {
        h2 { "Kết quả" }
        @for (result, files) in &found.results {
            p {
                strong { (result.name) } @if !result.number.is_empty() { ", số " (result.number) }
                @for file in files { br; a href={ "/tra-cuu/" (found.dossier.code) "/ket-qua/" (file.id) } { "Tải " (file.name) } }
                br; a href={ "/xac-minh/" (result.id) } { "Trang xác minh kết quả" }
            }
        }
    }
}

/// The questions of the slip that is handed over with a receipt (TT 01/2018/TT-VPCP, chương III).
const QUESTIONS: [(&str, &str); 4] = [
    ("thoi-gian", "Thời gian giải quyết"),
    ("thai-do", "Thái độ của cán bộ"),
    ("huong-dan", "Hướng dẫn rõ ràng, đầy đủ"),
    ("chung", "Hài lòng chung"),
];

fn rating(guest: &Guest, dossier: &Dossier, refusals: &[Refusal]) -> Markup {
    let levels = [
        Choice::new("5", "5. Rất hài lòng"),
        Choice::new("4", "4. Hài lòng"),
        Choice::new("3", "3. Bình thường"),
        Choice::new("2", "2. Không hài lòng"),
        Choice::new("1", "1. Rất không hài lòng"),
    ];
    html! {
        h2 { "Bạn đánh giá thế nào?" }
        form.form method="post" action={ "/tra-cuu/" (dossier.code) "/danh-gia" } {
            (form::token_of_guest(guest))
            @for (code, words) in QUESTIONS {
                @let name = format!("cau_{code}");
                (fields::radios(Field::new(&name, words).refused(refusals), &levels))
            }
            (fields::textarea(Field::new("y_kien", "Góp ý").id("gop-y").rows(2).optional()))
            (Button::new("Gửi đánh giá"))
        }
    }
}

/// The same page with what was refused.
async fn again(guest: &Guest, code: &str, headers: &HeaderMap, refusals: Refusals) -> Answer {
    let now = guest.site.now();
    let found = actions::followed(&mut guest.site.db.read().await?, code, token(headers), now).await?;
    show_citizen_again(shown(guest, &found, &refusals), refusals)
}

pub async fn supply(guest: Guest, Path(code): Path<String>, headers: HeaderMap, form: Posted) -> Answer {
    let mut refusals = Refusals::new();
    let mut files = Vec::new();
    for one in &form.files {
        let Some(paper) = one.field.strip_prefix("tep_") else { continue };
        match guest.site.files.put(one.bytes.clone(), &one.name).await {
            Ok(content) => files.push((paper.to_owned(), content, one.name.clone())),
            Err(Failure::Refused(wrong)) => refusals.extend(wrong.into_iter().map(|no| no.at(one.field.clone()))),
            Err(other) => return Err(Fault(other)),
        }
    }
    if !refusals.is_empty() {
        return again(&guest, &code, &headers, refusals).await;
    }
    let note = form.text("y_kien").unwrap_or_default();
    match actions::supply_online(&guest.site, &code, token(&headers), files, &note).await {
        Ok(()) => to(format!("/tra-cuu/{code}"), Some("Đã nhận bổ sung của bạn.")),
        Err(Failure::Refused(refusals)) => again(&guest, &code, &headers, refusals).await,
        Err(other) => Err(Fault(other)),
    }
}

pub async fn rate(guest: Guest, Path(code): Path<String>, headers: HeaderMap, form: Posted) -> Answer {
    let points: Vec<(String, u8)> = QUESTIONS
        .iter()
        .map(|(question, _)| ((*question).to_owned(), form.get(&format!("cau_{question}")).parse().unwrap_or(0)))
        .collect();
    let comment = form.text("y_kien").unwrap_or_default();
    match actions::rate(&guest.site, &code, token(&headers), &points, &comment).await {
        Ok(()) => to(format!("/tra-cuu/{code}"), Some("Cảm ơn bạn đã đánh giá.")),
        Err(Failure::Refused(refusals)) => again(&guest, &code, &headers, refusals).await,
        Err(other) => Err(Fault(other)),
    }
}

pub async fn result(guest: Guest, Path((code, file)): Path<(String, file::FileUseId)>, headers: HeaderMap) -> Answer {
    let mut conn = guest.site.db.read().await?;
    let one = actions::result_file(&mut conn, &code, token(&headers), file, guest.site.now()).await?;
    let opened = file::open(&mut conn, &guest.site.files, one.id).await?;
    Ok(file_answer(&file::headers(&opened.meta.name, &opened.meta.kind, false), opened.bytes))
}

/// For whoever was given a copy: what the true one is. No citizen is named.
pub async fn verify(guest: Guest, Path(id): Path<ResultId>) -> Answer {
    let (result, files, agency) = actions::verify_result(&mut guest.site.db.read().await?, id).await?;
    let mut read = Vec::new();
    for file in files {
        let signatures = actions::signatures(&guest.site, &file).await;
        read.push((file, signatures));
    }
    show_citizen(Page::new(
        "Xác minh kết quả",
        html! {
            (parts::facts([
                ("Kết quả", html! { (result.name) }),
                ("Số", html! { (result.number) }),
                ("Ngày", html! { @if let Some(on) = result.on { (base::day::vi(on)) } }),
                ("Cơ quan", html! { (agency) }),
                ("Người ký", html! { (result.signer) }),
                ("Ký lúc", html! { @if let Some(signed) = result.signed { (base::day::vi_moment(signed)) } }),
            ]))
            // Never the file's name: the office may have called it by whose it is.
            @for (nth, (file, signatures)) in read.iter().enumerate() {
                h2 { "Tệp " (nth + 1) }
                p { "Bản đúng có mã SHA-256: " code { (file.sha256) } }
                @match signatures {
                    None => p.quiet { "Hiện chưa đọc được chữ ký số trong tệp này." },
                    Some(all) if all.is_empty() => p.quiet { "Tệp này không mang chữ ký số." },
                    Some(all) => @for one in all { (signature(one)) },
                }
            }
        },
    ))
}

/// A digital signature in words: whether it is whole, then who, when and by whose certificate.
fn signature(one: &sign::Signature) -> Markup {
    let verdict = one.verdict();
    let tone = if verdict.is_whole() { Tone::Ok } else { Tone::Bad };
    html! {
        (parts::notice(tone, html! { strong { (verdict.say()) } }))
        ul { @for line in one.lines() { li { (line) } } }
    }
}

pub async fn pay_online(guest: Guest, Path(code): Path<String>, headers: HeaderMap, posted: Posted) -> Answer {
    let fee = posted.hidden("phi")?;
    match actions::pay_online(&guest.site, &code, token(&headers), fee).await {
        Ok(()) => to(format!("/tra-cuu/{code}"), None),
        Err(Failure::Refused(refusals)) => {
            let mut conn = guest.site.db.read().await?;
            let found = actions::followed(&mut conn, &code, token(&headers), guest.site.now()).await?;
            show_citizen_again(shown(&guest, &found, &refusals), refusals)
        }
        Err(other) => Err(Fault(other)),
    }
}

/// What the gateway says of a payment: no person and no session, its signature is the check.
pub async fn heard(Of(site): Of<Site>, body: Bytes) -> Response {
    let (status, answer) = actions::hear(&site, &body).await;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(answer)).into_response()
}

/// A dossier that the portal sends: no person and no session, what it shows is the check.
pub async fn incoming(Of(site): Of<Site>, headers: HeaderMap, body: Bytes) -> Response {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = shown.strip_prefix("Bearer ").unwrap_or_default();
    let (status, answer) = actions::incoming(&site, token, &body).await;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(answer)).into_response()
}
