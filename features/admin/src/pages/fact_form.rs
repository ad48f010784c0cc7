//! Entering a fact by hand, and correcting one; what stands already is shown before it is replaced.

use super::facts::{HERE, find, known_choices, unit_name, value_words, what_name};
use super::unit_form::unit_choices;
use crate::actions;
use crate::model::NotNow;
use crate::rules::{self, PERIODS};
use axum::extract::Path;
use axum::http::StatusCode;
use base::{Refusal, Refusals, number};
use fact::{Fact, New};
use maud::{Markup, html};
use people::{Failure, Unit};
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::{Flash, Page, Tone};
use web::{Answer, Posted, Visit, form};

pub async fn new(visit: Visit) -> Answer {
    let units = people::units(&mut visit.site.db.read().await?).await?;
    let unit = visit.scope.unit.map(|id| id.to_string()).unwrap_or_default();
    let year = visit.scope.today().year().to_string();
    let blank = Posted::from_pairs(&[("don_vi", &unit), ("nam", &year), ("ky", "nam")]);
    web::show(form_page(&visit, &units, &blank, &[]))
}

pub async fn add(visit: Visit, form: Posted) -> Answer {
    let units = people::units(&mut visit.site.db.read().await?).await?;
    let done = web::once(&visit, &form, Some("Đã ghi số liệu."), async {
        let new = read(&form)?;
        let made = actions::enter_fact(&visit.site, &visit.scope, new, form.get("thay").parse().ok()).await?;
        Ok(format!("{HERE}/{}", made.id))
    });
    match done.await {
        Err(fault) => not_taken(fault.0, |refusals, thay| {
            let mut page = form_page(&visit, &units, &with(&form, "thay", thay), refusals);
            page.title = "Nhập số liệu".into();
            page
        }),
        done => done,
    }
}

pub async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let (fact, units) = find(&visit, &id).await?;
    let (value, thay) = (number::vi(&fact.value), fact.id.to_string());
    let filled = Posted::from_pairs(&[
        ("gia_tri", &value),
        ("nguon", &fact.source),
        ("link", fact.link.as_deref().unwrap_or_default()),
        ("thay", &thay),
    ]);
    web::show(correct_page(&visit, &fact, &units, &filled, &[]))
}

pub async fn correct(visit: Visit, Path(id): Path<String>, form: Posted) -> Answer {
    let (fact, units) = find(&visit, &id).await?;
    let done =
        web::once(&visit, &form, Some("Đã sửa số liệu. Số cũ vẫn được giữ trong lịch sử."), async {
            let new = told(&form, fact.what.clone(), fact.unit, fact.from, fact.to)?;
            let made = actions::enter_fact(&visit.site, &visit.scope, new, form.get("thay").parse().ok()).await?;
            Ok(format!("{HERE}/{}", made.id))
        });
    match done.await {
        Err(fault) => not_taken(fault.0, |refusals, thay| {
            correct_page(&visit, &fact, &units, &with(&form, "thay", thay), refusals)
        }),
        done => done,
    }
}

/// The form again: with its refusals, or with what stands there now, which a second sending replaces knowingly.
fn not_taken(failure: Failure, page: impl FnOnce(&Refusals, Option<&str>) -> Page) -> Answer {
    let Failure::Conflict { theirs, .. } = failure else {
        return form::refused(named_here(failure), |refusals| page(refusals, None));
    };
    let theirs: Fact = serde_json::from_value(*theirs).map_err(Failure::from)?;
    let mut page = page(&Refusals::new(), Some(&theirs.id.to_string()));
    let say = format!(
        "Kỳ này đã có số: {} (nguồn: {}, ghi lúc {}). Nếu số của bạn đúng hơn, hãy bấm lưu lần nữa để thay.",
        value_words(&theirs),
        theirs.source,
        base::day::vi_moment(theirs.at)
    );
    page.flash = Some(Flash { tone: Tone::Soon, say });
    web::with_status(web::show(page), StatusCode::CONFLICT)
}

/// The store of facts names its fields in English.
fn named_here(failure: Failure) -> Failure {
    [("what", "so_lieu"), ("value", "gia_tri"), ("source", "nguon"), ("to", "ky")]
        .into_iter()
        .fold(failure, |failure, (from, to)| form::at_field(failure, from, to))
}

/// A form with one of its fields set anew, where there is something to set.
fn with(form: &Posted, name: &str, value: Option<&str>) -> Posted {
    let Some(value) = value else { return form.clone() };
    let pairs: Vec<(&str, &str)> = form.fields().filter(|(found, _)| *found != name).chain([(name, value)]).collect();
    Posted::from_pairs(&pairs)
}

fn read(form: &Posted) -> Result<New, Failure> {
    let mut refusals = Refusals::new();
    let known = fact::catalogue::find(form.get("so_lieu"));
    if known.is_none() {
        refusals.push(NotNow::FactUnknown.into());
    }
    let unit = form.get("don_vi").parse().ok();
    if unit.is_none() {
        refusals.push(NotNow::UnitMissing { field: "don_vi" }.into());
    }
    let days = form.get("nam").trim().parse().ok().and_then(|year| rules::days_of(form.get("ky"), year));
    if days.is_none() {
        refusals.push(Refusal::new("year", "Nhập năm bằng bốn chữ số, ví dụ 2026.").at("nam"));
    }
    let (Some(known), Some(unit), Some((from, to))) = (known, unit, days) else {
        // What else is wrong is said in the same answer.
        if let Err(refusal) = value(form) {
            refusals.push(refusal);
        }
        return Err(refusals.into());
    };
    told(form, known.code.to_owned(), unit, from, to)
}

fn value(form: &Posted) -> Result<base::Decimal, Refusal> {
    let typed = form.text("gia_tri").ok_or(NotNow::ValueMissing)?;
    number::read_vi(&typed).map_err(|refusal| refusal.at("gia_tri"))
}

fn told(form: &Posted, what: String, unit: people::UnitId, from: base::Date, to: base::Date) -> Result<New, Failure> {
    let source = form.text("nguon").unwrap_or_default();
    Ok(New { what, unit, from, to, value: value(form)?, source, link: form.text("link"), manual: true })
}

fn form_page(visit: &Visit, units: &[Unit], form: &Posted, refusals: &[Refusal]) -> Page {
    let mine: Vec<Unit> =
        units.iter().filter(|unit| actions::may_enter(units, &visit.scope, unit.id)).cloned().collect();
    let labels = unit_choices(&mine);
    let units: Vec<Choice> = labels.iter().map(|(id, label)| Choice::new(id, label)).collect();
    let periods = PERIODS.map(|(code, name)| Choice::new(code, name));
    let mut page = Page::new(
        "Nhập số liệu",
        html! {
            form.form method="post" action={ (HERE) "/nhap" } data-guard {
                (form::keyed(visit))
                input type="hidden" name="thay" value=(form.get("thay"));
                (fields::select(Field::new("don_vi", "Đơn vị").value(form.get("don_vi")).refused(refusals), &units))
                (fields::select(Field::new("so_lieu", "Số liệu").value(form.get("so_lieu")).refused(refusals), &known_choices()))
                (fields::select(Field::new("ky", "Kỳ").value(form.get("ky")).refused(refusals), &periods))
                (fields::text(Field::new("nam", "Năm").value(form.get("nam")).inputmode("numeric").width(4).refused(refusals)))
                (value_fields(form, refusals))
                (Button::new("Lưu số liệu").key("alt+s"))
            }
        },
    );
    page.crumbs = vec![("Số liệu".into(), HERE.into())];
    page
}

fn value_fields(form: &Posted, refusals: &[Refusal]) -> Markup {
    html! {
        (fields::number(Field::new("gia_tri", "Giá trị").hint("Dấu phẩy cho phần thập phân, ví dụ 98,59").value(form.get("gia_tri")).refused(refusals)))
        (fields::text(Field::new("nguon", "Nguồn").hint("Ví dụ: Báo cáo số 45/BC-SCT ngày 05/01/2026, biểu 2").value(form.get("nguon")).refused(refusals)))
        (fields::text(Field::new("link", "Đường dẫn tới nguồn").value(form.get("link")).kind("url").optional().refused(refusals)))
    }
}

fn correct_page(visit: &Visit, fact: &Fact, units: &[Unit], form: &Posted, refusals: &[Refusal]) -> Page {
    let at = format!("{HERE}/{}", fact.id);
    let mut page = Page::new(
        format!("Sửa số liệu: {}", what_name(&fact.what)),
        html! {
            (parts::facts([
                ("Đơn vị", html! { (unit_name(units, fact.unit)) }),
                ("Kỳ", html! { (rules::name_of(fact.from, fact.to)) }),
                ("Số đang dùng", html! { (value_words(fact)) }),
            ]))
            form.form method="post" action={ (at) "/sua" } data-guard {
                (form::keyed(visit))
                input type="hidden" name="thay" value=(form.get("thay"));
                (value_fields(form, refusals))
                (Button::new("Lưu số liệu").key("alt+s"))
            }
        },
    );
    page.crumbs = vec![("Số liệu".into(), HERE.into()), (what_name(&fact.what).into(), at)];
    page
}
