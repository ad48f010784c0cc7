//! Figures that the system counts itself, each with the way to its records.

use super::entry::keep;
use super::{about_report, hold, sheets, take};
use crate::model::*;
use crate::regime::Ready;
use crate::{rules, store};
use fact::counter::{Asked, Counted};
use indicator::{Nature, Scaled, scaled};
use people::{Failure, Scope};
use web::Site;

/// Whether the system counts anything that the report is asked for.
pub fn counts_any(held: &Held) -> bool {
    held.report.above.is_some() && held.ready.set.indicators.iter().any(|one| one.source.is_some())
}

/// Counts what the system can count, and puts it into the report. A figure that somebody has overridden stays. Gives how many there
/// are.
pub async fn count(site: &Site, scope: &Scope, id: ReportId) -> Result<usize, Failure> {
    let held = hold(&mut site.db.read().await?, scope, id).await?;
    rules::may_fill(&held)?;
    // Counted before the transaction: over a million records it takes as long as many writers would have to wait.
    let found = counted(site, scope, &held).await?;
    if found.is_empty() {
        return Err(No::NothingCounted.into());
    }
    let (mut tx, held) = take(site, scope, id, None).await?;
    rules::may_fill(&held)?;
    let old = sheets(&mut tx, &held).await?;
    let mut all = old.clone();
    let before = store::sources(&mut tx, id).await?;
    for one in &found {
        let Some(at) = held.ready.form(&one.form) else { continue };
        let Some(slot) = all.get_mut(at).and_then(|sheet| sheet.get_mut(one.place)) else { continue };
        let known = before.iter().find(|known| (&known.form, known.place) == (&one.form, one.place));
        if !is_overridden(known, *slot) {
            *slot = Some(one.figure);
        }
        store::put_source(&mut tx, id, one).await?;
    }
    let (was, is) = keep(&mut tx, scope, &held, &old, &all).await?;
    let line = journal::entry(scope, "report.counted", about_report(id), &was, &is)?;
    journal::commit(tx, line).await?;
    Ok(found.len())
}

/// Whether somebody has put another figure in the place of the one that was counted.
pub fn is_overridden(source: Option<&Source>, now: Option<Scaled>) -> bool {
    source.is_some_and(|source| now != Some(source.figure))
}

async fn counted(site: &Site, scope: &Scope, held: &Held) -> Result<Vec<Source>, Failure> {
    let Held { ready, report, round, .. } = held;
    let (from, to) = round.period.days(ready.file.closing).ok_or(No::PeriodUnknown)?;
    let asked = Asked { unit: report.unit, from, to, now: scope.now };
    let wanted: Vec<&str> = ready.set.indicators.iter().filter_map(|one| one.source.as_deref()).collect();
    let mut found: Vec<Counted> = Vec::new();
    for counter in site.counters.iter().filter(|counter| counter.names().iter().any(|name| wanted.contains(name))) {
        found.extend(counter.count(&site.db, asked).await?);
    }
    let mut all = Vec::new();
    for (at, form) in ready.forms.iter().enumerate() {
        let is_asked = rules::figures::asked(form, &report.asks);
        for (place, figure) in form.figures.iter().enumerate() {
            let Some(one) = ready.set.indicators.get(figure.indicator) else { continue };
            let Some(what) = one.source.as_deref().filter(|_| figure.nature == Nature::Actual && is_asked[place])
            else {
                continue;
            };
            let item = figure.part.and_then(|(by, item)| ready.set.categories.get(by)?.items.get(item));
            let part = item.map(|item| item.1.as_str());
            let is = |counted: &&Counted| counted.what == what && counted.part.as_deref() == part;
            let rest = figure
                .part
                .filter(|(by, item)| ready.set.categories.get(*by).is_some_and(|all| all.rest == Some(*item)));
            let exact = found.iter().find(is);
            let whole = found.iter().find(|counted| counted.what == what && counted.part.is_none());
            // A part that was not counted has no records: that is a zero, not a missing figure.
            let Some(told) = exact.or(whole) else { continue };
            let value = match rest {
                Some((by, _)) => told.value - named(ready, by, what, &found),
                None => exact.map_or(0, |counted| counted.value),
            };
            let Some(figure) = scaled(value.into(), one.digits) else { continue };
            let link = exact.map(|counted| counted.link.clone()).unwrap_or_default();
            let form = ready.forms[at].code.clone();
            all.push(Source { form, place, figure, source: told.source.clone(), link, at: scope.now });
        }
    }
    Ok(all)
}

/// What the named items of categories come to.
fn named(ready: &Ready, by: usize, what: &str, found: &[Counted]) -> i64 {
    let Some(all) = ready.set.categories.get(by) else { return 0 };
    let is_named = |part: &str| all.items.iter().enumerate().any(|(at, item)| item.1 == part && all.rest != Some(at));
    let of = |counted: &&Counted| counted.what == what && counted.part.as_deref().is_some_and(is_named);
    found.iter().filter(of).map(|counted| counted.value).sum()
}
