//! From hand to hand: put before the unit's head, given back, approved and so sent, taken in, opened again.

use super::give::{heads_for, people_for, tell_collector, tell_some};
use super::{Sent, about_report, take};
use crate::model::*;
use crate::view::View;
use crate::{rules, store, words};
use db::Tx;
use people::{Failure, Scope};
use serde_json::json;
use web::Site;

/// Puts it before the head of its unit. With figures missing only where somebody says so; a text is never sent with a gap in it.
pub async fn ask(site: &Site, scope: &Scope, id: ReportId, version: i64, with_blanks: bool) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, Some(version)).await?;
    let view = View::of(&mut tx, held.clone()).await?;
    let has_words = view.words.values().any(|body| !body.is_empty());
    rules::may_ask(&held, &view.wrong, &view.notes, has_words).map_err(words::refused)?;
    let blank = held.report.asked - held.report.filled;
    if blank > 0 && !with_blanks {
        return Err(No::Blank { count: blank }.into());
    }
    let gaps: Vec<&str> = view.gaps().collect();
    if !gaps.is_empty() {
        return Err(No::Gaps { sections: gaps.join("; ") }.into());
    }
    moved(&mut tx, scope, &held, State::Asked, ("report.asked", "")).await?;
    let heads = heads_for(&mut tx, scope, &held.report).await?;
    tell_some(&mut tx, site, scope, &held, "report.to-approve", heads).await?;
    Ok(tx.commit().await?)
}

/// Takes back what was put before the head and is not approved yet.
pub async fn withdraw(site: &Site, scope: &Scope, id: ReportId, version: i64) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, Some(version)).await?;
    rules::may_withdraw(&held)?;
    moved(&mut tx, scope, &held, State::Doing, ("report.withdrawn", "")).await?;
    Ok(tx.commit().await?)
}

/// Approves it for its unit: it is sent as it is now, and what it was stays.
pub async fn approve(site: &Site, scope: &Scope, id: ReportId, version: i64) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, Some(version)).await?;
    rules::may_approve(&held)?;
    // What nobody wrote is the outline's own with the figures of now: it is sent so, whatever other periods say later.
    let view = View::of(&mut tx, held.clone()).await?;
    for section in &held.ready.sections {
        let body = view.section(&section.code);
        if !view.words.contains_key(&section.code) && !body.is_empty() {
            store::put_words(&mut tx, id, &section.code, &body).await?;
        }
    }
    let (sheets, words) = (store::sheets(&mut tx, id).await?, store::words(&mut tx, id).await?);
    let content = serde_json::to_string(&Sent { sheets, words, asks: held.report.asks.clone() })?;
    let why = reopened_for(&view.notes, &view.versions);
    store::add_version(&mut tx, scope, id, &content, &why).await?;
    store::sent(&mut tx, id, scope.now).await?;
    let late = json!({ "state": State::Sent, "late": held.report.is_late(scope.now) });
    journal::write(&mut tx, scope, "report.sent", about_report(id), &json!({ "state": held.report.state }), &late)
        .await?;
    tell_collector(&mut tx, site, scope, &held).await?;
    Ok(tx.commit().await?)
}

/// Why what was sent before was opened: the last reason given for the whole since then.
fn reopened_for(notes: &[Note], versions: &[Version]) -> String {
    let Some(last) = versions.last() else { return String::new() };
    let since = |note: &&Note| note.spot.is_empty() && note.kind == NoteKind::Returned && note.at >= last.at;
    notes.iter().rev().find(since).map(|note| note.body.clone()).unwrap_or_default()
}

/// Gives it back: for a reason, or for the places that were marked.
pub async fn give_back(site: &Site, scope: &Scope, id: ReportId, version: i64, why: &str) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, Some(version)).await?;
    rules::may_return(&held)?;
    let why = why.trim();
    let notes = store::notes(&mut tx, id).await?;
    let marked = rules::unanswered(&notes).count();
    if why.is_empty() && marked == 0 {
        return Err(No::NothingReturned.into());
    }
    if !why.is_empty() {
        store::add_note(&mut tx, scope, id, &Spot::Whole, NoteKind::Returned, why).await?;
    }
    moved(&mut tx, scope, &held, State::Returned, ("report.returned", why)).await?;
    let fillers = people_for(&mut tx, scope, &held.report, rules::FILLERS).await?;
    tell_some(&mut tx, site, scope, &held, "report.returned", fillers).await?;
    Ok(tx.commit().await?)
}

/// Takes it in for the agency that adds it up.
pub async fn accept(site: &Site, scope: &Scope, id: ReportId, version: i64) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, Some(version)).await?;
    rules::may_accept(&held)?;
    moved(&mut tx, scope, &held, State::Accepted, ("report.accepted", "")).await?;
    Ok(tx.commit().await?)
}

/// Opens what was sent, to be changed and sent again; what was sent stays beside it.
pub async fn reopen(site: &Site, scope: &Scope, id: ReportId, version: i64, why: &str) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, Some(version)).await?;
    rules::may_reopen(&held)?;
    if why.trim().is_empty() {
        return Err(No::NoReason.into());
    }
    store::add_note(&mut tx, scope, id, &Spot::Whole, NoteKind::Returned, why.trim()).await?;
    moved(&mut tx, scope, &held, State::Returned, ("report.reopened", why.trim())).await?;
    let fillers = people_for(&mut tx, scope, &held.report, rules::FILLERS).await?;
    tell_some(&mut tx, site, scope, &held, "report.returned", fillers).await?;
    Ok(tx.commit().await?)
}

async fn moved(
    tx: &mut Tx,
    scope: &Scope,
    held: &Held,
    to: State,
    (deed, why): (&'static str, &str),
) -> Result<(), Failure> {
    let id = held.report.id;
    store::move_to(tx, id, to).await?;
    let (before, after) = (json!({ "state": held.report.state }), json!({ "state": to, "why": why }));
    Ok(journal::write(tx, scope, deed, about_report(id), &before, &after).await?)
}
