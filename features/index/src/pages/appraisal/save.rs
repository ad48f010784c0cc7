//! Verdicts as they come from cells.

use super::{bar, changed, whole};
use crate::actions::{self, NewVerdict};
use crate::model::*;
use crate::pages::card::{At, AtCode, Shown, Typed};
use crate::pages::place;
use crate::view::{self, View};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use base::{Refusal, number};
use people::{Failure, UnitId};
use web::look::grid;
use web::{Answer, Posted, Visit, form, fragment, once, show_again, to, with_status};

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
    let agrees = form.get("agree") == "1";
    let points = match form.text("points").filter(|_| !agrees) {
        Some(text) => Some(number::read_vi(&text).map_err(|refusal| Failure::from(refusal.at("points")))?),
        None => None,
    };
    let new = NewVerdict {
        code: code.to_owned(),
        version: form.get("version").parse().unwrap_or(0),
        agrees,
        points,
        reason: form.get("reason").to_owned(),
        want_second: form.get("second") == "1",
    };
    actions::appraise(&visit.site, &visit.scope, round, unit, new).await
}

fn saved(visit: &Visit, view: &View, code: &str, scripted: bool) -> Answer {
    if !scripted {
        return to(format!("{}?mo={code}#r-{code}", place::appraisal(view.round.id, view.card.unit)), Some("Đã lưu."));
    }
    fragment(StatusCode::OK, grid::answer(&changed(visit, view, code, &Typed::default()), &[bar(view)]))
}

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
    let conflict = (status == StatusCode::CONFLICT).then(|| {
        let stored = view.verdicts.get(code).cloned().unwrap_or_default();
        let who = format!(
            "{} lưu lúc {}",
            stored.by.unwrap_or_default(),
            stored.at.map(base::day::vi_time).unwrap_or_default()
        );
        (
            who,
            stored.points.map(|points| number::vi(&points)).unwrap_or_else(|| "để trống".into()),
            form.get("points").to_owned(),
        )
    });
    let refusal = Refusal::new("cell", format!("{code}: {say}")).at(format!("d-{code}"));
    let say = if conflict.is_some() { String::new() } else { say };
    let typed = Typed { code: code.to_owned(), form, say, conflict };
    if scripted {
        return fragment(status, grid::answer(&changed(visit, &view, code, &typed), &[bar(&view)]));
    }
    with_status(show_again(whole(visit, &view, &Shown::default(), None, &typed), vec![refusal]), status)
}

/// The second appraiser agrees.
pub async fn second(visit: Visit, Path((round, unit, code)): AtCode, _: Posted) -> Answer {
    actions::second(&visit.site, &visit.scope, round, unit, &code).await?;
    to(format!("{}?mo={code}#r-{code}", place::appraisal(round, unit)), Some("Đã ghi ý kiến người thẩm định thứ hai."))
}

/// "Does not apply": granted or refused.
pub async fn excuse(visit: Visit, Path((round, unit, code)): AtCode, form: Posted) -> Answer {
    actions::decide_excuse(&visit.site, &visit.scope, round, unit, &code, form.get("granted") == "1").await?;
    to(format!("{}?mo={code}#r-{code}", place::appraisal(round, unit)), Some("Đã ghi quyết định."))
}

pub async fn conclude(visit: Visit, Path((round, unit)): At, form: Posted) -> Answer {
    once(&visit, &form, Some("Đã kết luận đơn vị."), async {
        actions::conclude(&visit.site, &visit.scope, round, unit).await?;
        Ok(place::round(round))
    })
    .await
}
