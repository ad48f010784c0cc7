//! Saving: one cell, a note, "not applicable", who answers what.

use super::drawer::at_boxes;
use super::{At, AtCode, Shown, Typed, bar, rows, whole};
use crate::actions::{self, Cell};
use crate::entry;
use crate::model::*;
use crate::pages::place;
use crate::view::{self, View};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use base::Refusal;
use people::{Failure, UnitId};
use web::look::grid;
use web::{Answer, Posted, Visit, form, fragment, show_again, to, with_status};

/// A cell, or the boxes of the drawer.
pub async fn save(visit: Visit, Path((round, unit, code)): AtCode, headers: HeaderMap, form: Posted) -> Answer {
    let scripted = headers.contains_key("hx-request");
    if form.get("keep") == "theirs" {
        let view = view::load(&mut visit.site.db.read().await?, &visit.scope, round, unit).await?;
        return saved(&visit, &view, &code, scripted);
    }
    match try_save(&visit, round, unit, &code, &form).await {
        Ok(view) => saved(&visit, &view, &code, scripted),
        Err(failure) => refused(&visit, round, unit, &code, form, failure, scripted).await,
    }
}

async fn try_save(visit: &Visit, round: RoundId, unit: UnitId, code: &str, form: &Posted) -> Result<View, Failure> {
    let cell = Cell { code, version: form.get("version").parse().unwrap_or(0) };
    let read = |view: &View| {
        let criterion = view.set.criterion(code).ok_or_else(|| NotNow::NoSuchCriterion { code: code.to_owned() })?;
        let asked = entry::asked(criterion, &view.card.kind, &rows::plain(view));
        Ok(entry::read(&asked, form, visit.scope.today())?)
    };
    actions::save_answer(&visit.site, &visit.scope, round, unit, cell, read).await
}

fn saved(visit: &Visit, view: &View, code: &str, scripted: bool) -> Answer {
    if !scripted {
        return to(format!("{}?mo={code}#r-{code}", place::card(view.round.id, view.card.unit)), Some("Đã lưu."));
    }
    let rows = rows::changed(visit, view, code, &Typed::default());
    fragment(StatusCode::OK, grid::answer(&rows, &[bar(visit, view)]))
}

/// The same cell again, with what was typed, and why it was not taken or what somebody else wrote.
async fn refused(
    visit: &Visit,
    round: RoundId,
    unit: UnitId,
    code: &str,
    form: Posted,
    failure: Failure,
    scripted: bool,
) -> Answer {
    let Some((status, say)) = form::why(&failure) else { return Err(failure.into()) };
    let view = view::load(&mut visit.site.db.read().await?, &visit.scope, round, unit).await?;
    let both = (status == StatusCode::CONFLICT).then(|| both_values(&view, code, &form));
    let refusal = Refusal::new("cell", format!("{code}: {say}")).at(format!("d-{code}"));
    let say = if both.is_some() { String::new() } else { say };
    let typed = Typed { code: code.to_owned(), form, say, conflict: both };
    if scripted {
        let rows = rows::changed(visit, &view, code, &typed);
        return fragment(status, grid::answer(&rows, &[bar(visit, &view)]));
    }
    let shown = Shown { mo: Some(code.to_owned()), ..Shown::default() };
    let mut conn = visit.site.db.read().await?;
    let at_boxes = if let Failure::Refused(refusals) = failure { refusals } else { Vec::new() };
    let drawer = super::drawer::load_with(&mut conn, visit, &view, code, Some((&typed.form, &at_boxes))).await?;
    with_status(show_again(whole(visit, &view, &shown, Some(drawer), &typed), vec![refusal]), status)
}

/// The card with the drawer open, what was typed in one of its forms, and why it was not taken.
pub(crate) async fn again(
    visit: &Visit,
    round: RoundId,
    unit: UnitId,
    code: &str,
    form: &Posted,
    failure: Failure,
) -> Answer {
    let (status, refusals) = match failure {
        Failure::Refused(refusals) => (StatusCode::UNPROCESSABLE_ENTITY, refusals),
        Failure::Conflict { refusal, theirs } => (StatusCode::CONFLICT, with_theirs(refusal, &theirs, form)),
        other => return Err(other.into()),
    };
    let mut conn = visit.site.db.read().await?;
    let view = view::load(&mut conn, &visit.scope, round, unit).await?;
    let drawer = super::drawer::load_with(&mut conn, visit, &view, code, Some((form, &refusals))).await?;
    let shown = Shown { mo: Some(code.to_owned()), ..Shown::default() };
    let page = whole(visit, &view, &shown, Some(drawer), &Typed::default());
    with_status(show_again(page, at_boxes(refusals, code)), status)
}

/// What somebody else wrote in the meantime, where words were typed.
fn with_theirs(refusal: Refusal, theirs: &serde_json::Value, form: &Posted) -> Vec<Refusal> {
    let name = ["note", "excused_why"].into_iter().find(|name| form.has(name));
    let words =
        name.and_then(|name| theirs.get(name)?.as_str()).filter(|words| !words.is_empty()).unwrap_or("để trống");
    let refusal = match name {
        Some(name) => refusal.at(name),
        None => refusal,
    };
    vec![refusal, Refusal::new("stale-theirs", format!("Bản đã lưu: “{words}”."))]
}

/// Who wrote in between, what stands there now, and what was typed here.
fn both_values(view: &View, code: &str, form: &Posted) -> (String, String, String) {
    let stored = view.answers.get(code).cloned().unwrap_or_default();
    let criterion = view.set.criterion(code);
    let asked = criterion.map(|criterion| entry::asked(criterion, &view.card.kind, &rows::plain(view)));
    let brief = |value: &serde_json::Value| asked.as_ref().map(|asked| entry::brief(asked, value)).unwrap_or_default();
    let theirs = stored.value.as_ref().map(brief).filter(|text| !text.is_empty()).unwrap_or_else(|| "để trống".into());
    let mine = asked
        .as_ref()
        .and_then(|asked| entry::read(asked, form, view.round.days.scoring_from).ok().flatten())
        .as_ref()
        .map(brief);
    let who = match (&stored.by, stored.at) {
        (Some(by), Some(at)) => format!("{by} lưu lúc {}", base::day::vi_time(at)),
        _ => "Người khác vừa lưu".into(),
    };
    (who, theirs, mine.filter(|text| !text.is_empty()).unwrap_or_else(|| "để trống".into()))
}

/// The unit's explanation of a criterion.
pub async fn note(visit: Visit, Path((round, unit, code)): AtCode, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    match actions::save_note(&visit.site, &visit.scope, round, unit, &code, version, form.get("note").trim()).await {
        Ok(()) => to(format!("{}?mo={code}#r-{code}", place::card(round, unit)), Some("Đã lưu giải trình.")),
        Err(failure) => again(&visit, round, unit, &code, &form, failure).await,
    }
}

/// "Does not apply to us": asked, or taken back.
pub async fn excuse(visit: Visit, Path((round, unit, code)): AtCode, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let why = form.has("excused_why").then(|| form.get("excused_why"));
    let why = if form.get("bo") == "1" { None } else { why };
    match actions::ask_excuse(&visit.site, &visit.scope, round, unit, &code, version, why).await {
        Ok(()) => to(format!("{}?mo={code}#r-{code}", place::card(round, unit)), Some("Đã ghi đề nghị.")),
        Err(failure) => again(&visit, round, unit, &code, &form, failure).await,
    }
}

/// Gives criteria to an office or a person.
pub async fn assign(visit: Visit, Path((round, unit)): At, form: Posted) -> Answer {
    let codes: Vec<String> = form.all("code").map(str::to_owned).collect();
    let (office, account) = match form.get("to").split_once(':') {
        Some(("unit", id)) => (id.parse().ok(), None),
        Some(("account", id)) => (None, id.parse().ok()),
        _ => (None, None),
    };
    actions::assign(&visit.site, &visit.scope, round, unit, &codes, office, account).await?;
    let back = codes.first().map(|code| format!("?mo={code}#r-{code}")).unwrap_or_default();
    to(format!("{}{back}", place::card(round, unit)), Some("Đã phân công."))
}

/// Reads the automatic answers from facts again.
pub async fn facts(visit: Visit, Path((round, unit)): At, _: Posted) -> Answer {
    let changed = actions::refresh_facts(&visit.site, &visit.scope, round, unit).await?;
    let say = if changed == 0 {
        "Số liệu tự động không thay đổi.".to_owned()
    } else {
        format!("Đã lấy lại số liệu: {changed} tiêu chí thay đổi.")
    };
    to(place::card(round, unit), Some(&say))
}

/// A question, or an explanation.
pub async fn say(visit: Visit, Path((round, unit, code)): AtCode, form: Posted) -> Answer {
    let appraising = form.get("ve") == "tham-dinh";
    let back = if appraising { place::appraisal(round, unit) } else { place::card(round, unit) };
    let done = web::once(&visit, &form, Some("Đã gửi."), async {
        actions::explain(&visit.site, &visit.scope, round, unit, &code, form.get("text")).await?;
        Ok(format!("{back}?mo={code}#r-{code}"))
    })
    .await;
    match done {
        Err(web::Fault(failure)) if appraising => {
            crate::pages::appraisal::again(&visit, round, unit, &code, &form, failure).await
        }
        Err(web::Fault(failure)) => again(&visit, round, unit, &code, &form, failure).await,
        done => done,
    }
}
