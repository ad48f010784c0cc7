//! Evidence of a criterion: documents with their files, and where in them the proof stands.

use super::AtCode;
use super::drawer::{Typed, box_id};
use super::save::again;
use crate::actions::{self, Given, NewEvidence};
use crate::model::*;
use crate::pages::place;
use crate::view::View;
use axum::extract::Path;
use base::{Refusal, Refusals, day};
use db::Conn;
use maud::{Markup, html};
use people::Failure;
use web::look::Icon;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tone};
use web::{Answer, Posted, Routes, Visit, Who, form, once, show_again, to};

pub fn routes() -> Routes {
    Routes::new()
        .post("/chi-so/dot/{round}/phieu/{unit}/tlkc/{code}", Who::SignedIn, add)
        .post("/chi-so/dot/{round}/phieu/{unit}/tlkc/{code}/dung-lai", Who::SignedIn, reuse)
        .post("/chi-so/dot/{round}/phieu/{unit}/tlkc/{code}/bo", Who::SignedIn, drop_one)
        .get("/chi-so/tai-lieu/{evidence}/{file}", Who::SignedIn, open)
}

/// What the section shows.
pub async fn load(conn: &mut Conn, view: &View, code: &str) -> Result<Given, Failure> {
    actions::given(conn, view, code).await
}

/// The section of the drawer.
pub fn section(visit: &Visit, view: &View, code: &str, given: &Given, may: bool, typed: Typed<'_>) -> Markup {
    let proofs = view.proofs.get(code).map(Vec::as_slice).unwrap_or_default();
    parts::section(
        "Tài liệu kiểm chứng",
        None,
        html! {
            @if proofs.is_empty() { p.quiet { "Chưa có tài liệu." } }
            @for proof in proofs { (one(visit, view, code, proof, given, may)) }
            @if may {
                (parts::details("Thêm tài liệu", add_form(visit, view, code, &Posted::default(), &[])))
                @if !given.others.is_empty() { (parts::details_open("Dùng tài liệu đã có", typed.is_some(), reuse_form(visit, view, code, given, typed))) }
                @if !given.last_year.is_empty() { (last_year(given)) }
            }
        },
    )
}

fn one(visit: &Visit, view: &View, code: &str, proof: &Proof, given: &Given, may: bool) -> Markup {
    let evidence = &proof.evidence;
    html! {
        div.proof {
            p {
                strong { (evidence.number) }
                @if let Some(issued) = evidence.issued { " ngày " (day::vi(issued)) }
                " · " (evidence.issuer) br;
                (evidence.summary) br;
                "Chứng minh tại: " strong { (proof.place) }
            }
            @for file in given.files.iter().filter(|file| file.about == evidence.id.to_string()) {
                p { (Icon::Clip) " " a href={ "/chi-so/tai-lieu/" (evidence.id) "/" (file.id) } target="_blank" { (file.name) } " " span.quiet { (size(file.bytes)) } }
            }
            @if let Some(link) = &evidence.link { p { a href=(link) rel="noreferrer" { "Mở liên kết tài liệu" } } }
            @if may {
                form method="post" action={ (place::card(view.round.id, view.card.unit)) "/tlkc/" (code) "/bo" } {
                    (form::token(visit))
                    input type="hidden" name="evidence" value=(evidence.id);
                    (Button::new("Bỏ tài liệu này khỏi tiêu chí").quiet().icon(Icon::Bin))
                }
            }
        }
    }
}

/// "1,2 MB".
pub(crate) fn size(bytes: i64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{},{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

fn add_form(visit: &Visit, view: &View, code: &str, form: &Posted, refusals: &[Refusal]) -> Markup {
    html! {
        form.form method="post" enctype="multipart/form-data" action={ (place::card(view.round.id, view.card.unit)) "/tlkc/" (code) } data-guard {
            (form::keyed(visit))
            (fields::text(Field::new("number", "Số, ký hiệu").hint("Ví dụ: 118/BC-SCT").value(form.get("number")).width(20).as_code().refused(refusals)))
            (fields::date(Field::new("issued", "Ngày ban hành").value(form.get("issued")).refused(refusals)))
            (fields::text(Field::new("issuer", "Cơ quan ban hành").value(form.get("issuer")).refused(refusals)))
            (fields::textarea(Field::new("summary", "Trích yếu").value(form.get("summary")).rows(2).refused(refusals)))
            (fields::text(Field::new("place", "Mục, trang có minh chứng").hint("Ví dụ: mục II, trang 3").value(form.get("place")).refused(refusals)))
            (fields::file_within(Field::new("file", "Tệp").refused(refusals), visit.site.files.limits(), true))
            (fields::text(Field::new("link", "Hoặc địa chỉ tài liệu trên hệ thống văn bản").value(form.get("link")).optional().refused(refusals)))
            (Button::new("Thêm tài liệu"))
        }
    }
}

fn reuse_form(visit: &Visit, view: &View, code: &str, given: &Given, typed: Typed<'_>) -> Markup {
    let blank = Posted::default();
    let (form, refusals) = typed.unwrap_or((&blank, &[]));
    let values: Vec<(String, String)> = given
        .others
        .iter()
        .map(|one| (one.id.to_string(), format!("{} – {} ({})", one.number, one.summary, one.year)))
        .collect();
    let choices: Vec<Choice> = values.iter().map(|(value, label)| Choice::new(value, label)).collect();
    html! {
        form.form method="post" action={ (place::card(view.round.id, view.card.unit)) "/tlkc/" (code) "/dung-lai" } {
            (form::token(visit))
            (fields::select(Field::new("evidence", "Tài liệu của đơn vị").id(box_id("evidence", code)).value(form.get("evidence")).refused(refusals), &choices))
            (fields::text(Field::new("place", "Mục, trang có minh chứng").id(box_id("place", code)).value(form.get("place")).refused(refusals)))
            (Button::new("Dùng tài liệu này").second())
        }
    }
}

fn last_year(given: &Given) -> Markup {
    html! {
        p.quiet { "Năm trước tiêu chí này dùng: "
            @for (at, proof) in given.last_year.iter().enumerate() { @if at > 0 { "; " } (proof.evidence.number) " (" (proof.place) ")" }
            "." }
    }
}

/// A new document, with its files. A file that is refused is named, the rest of the form is kept.
async fn add(visit: Visit, Path((round, unit, code)): AtCode, form: Posted) -> Answer {
    let back = format!("{}?mo={code}#ngan", place::card(round, unit));
    let done = once(&visit, &form, Some("Đã thêm tài liệu."), async {
        let new = read(&form, &visit)?;
        actions::add_evidence(&visit.site, &visit.scope, round, unit, &code, new).await?;
        Ok(back.clone())
    })
    .await;
    match done {
        Err(web::Fault(Failure::Refused(refusals))) => {
            let view = crate::view::load(&mut visit.site.db.read().await?, &visit.scope, round, unit).await?;
            let mut page = web::look::Page::new(
                format!("Thêm tài liệu kiểm chứng cho {code}"),
                add_form(&visit, &view, &code, &form, &refusals),
            );
            page.lead = Some(
                html! { (parts::tag(Tone::Bad, "Chưa thêm được")) " Những gì bạn đã nhập còn nguyên bên dưới; tệp cần chọn lại." },
            );
            page.crumbs = vec![("Chỉ số CCHC".into(), "/chi-so".into()), (view.card.unit_short.clone(), back)];
            show_again(page, refusals)
        }
        other => other,
    }
}

fn read(form: &Posted, visit: &Visit) -> Result<NewEvidence, Failure> {
    let mut refusals = Refusals::new();
    let issued = web::form::day(form, "issued", visit.scope.today(), &mut refusals);
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    Ok(NewEvidence {
        number: form.get("number").trim().to_owned(),
        issued,
        issuer: form.get("issuer").trim().to_owned(),
        summary: form.get("summary").trim().to_owned(),
        place: form.get("place").trim().to_owned(),
        link: form.text("link"),
        files: form.files.iter().map(|file| (file.name.clone(), file.bytes.clone())).collect(),
    })
}

/// A document that is there already, for this criterion too.
async fn reuse(visit: Visit, Path((round, unit, code)): AtCode, form: Posted) -> Answer {
    let done = match form.get("evidence").parse() {
        Ok(evidence) => {
            actions::prove(&visit.site, &visit.scope, round, unit, &code, evidence, form.get("place").trim()).await
        }
        Err(_) => Err(Refusal::new("evidence", "Chọn một tài liệu trong danh sách.").at("evidence").into()),
    };
    match done {
        Ok(()) => {
            to(format!("{}?mo={code}#ngan", place::card(round, unit)), Some("Đã dùng tài liệu cho tiêu chí này."))
        }
        Err(failure) => again(&visit, round, unit, &code, &form, failure).await,
    }
}

async fn drop_one(visit: Visit, Path((round, unit, code)): AtCode, form: Posted) -> Answer {
    actions::drop_proof(&visit.site, &visit.scope, round, unit, &code, form.hidden("evidence")?).await?;
    to(format!("{}?mo={code}#ngan", place::card(round, unit)), Some("Đã bỏ tài liệu khỏi tiêu chí."))
}

/// A file, for those who may see a card that it proves something of.
async fn open(visit: Visit, Path((evidence, file)): Path<(EvidenceId, file::FileUseId)>) -> Answer {
    let (found, bytes) = actions::open_file(&visit.site, &visit.scope, evidence, file).await?;
    Ok(web::file_answer(&file::headers(&found.name, &found.kind, true), bytes))
}
