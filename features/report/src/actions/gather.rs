//! Adding up: the collector's own report from those that its units have sent.

use super::entry::keep;
use super::{about_report, sheets, take};
use crate::model::*;
use crate::rules;
use crate::rules::figures::{self, Part};
use crate::store;
use crate::view::{View, read_sheets};
use db::Tx;
use people::{Failure, Scope};
use serde_json::json;
use std::collections::BTreeMap;
use web::Site;

/// Adds up what was sent. Where somebody has not, it is refused with their names, unless it is to be done all the same: then what
/// is missing is missing.
pub async fn gather(site: &Site, scope: &Scope, id: ReportId, version: i64, with_missing: bool) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, Some(version)).await?;
    rules::may_fill(&held)?;
    let parts = store::parts(&mut tx, id).await?;
    let waiting: Vec<&str> =
        parts.iter().filter(|part| !part.state.is_told()).map(|part| part.unit_short.as_str()).collect();
    if waiting.len() == parts.len() {
        return Err(No::NothingToGather.into());
    }
    if !waiting.is_empty() && !with_missing {
        return Err(No::PartsMissing { names: waiting.join(", ") }.into());
    }
    let totals = sum_of(&mut tx, &held, &parts).await?;
    let added = totals.iter().map(|form| form.iter().map(figures::kept).collect()).collect();
    let old = sheets(&mut tx, &held).await?;
    let (was, is) = keep(&mut tx, scope, &held, &old, &added).await?;
    let sections = joined(&mut tx, &held, &parts).await?;
    let after = json!({ "parts": parts.len() - waiting.len(), "of": parts.len(), "sections": sections, "sheets": is });
    let line = journal::entry(scope, "report.gathered", about_report(id), &was, &after)?;
    Ok(journal::commit(tx, line).await?)
}

/// What the parts come to; of one that is not sent nothing is known.
async fn sum_of(tx: &mut Tx, held: &Held, parts: &[Report]) -> Result<Vec<Vec<indicator::Total>>, Failure> {
    let kept = store::sheets_above(tx, held.report.id).await?;
    let mut all: Vec<(&Report, Sheets)> = Vec::new();
    for part in parts {
        let own = kept.get(&part.id).filter(|_| part.state.is_told());
        all.push((
            part,
            match own {
                Some(own) => read_sheets(&held.ready, own)?,
                None => figures::empty(&held.ready),
            },
        ));
    }
    let parts: Vec<Part<'_>> = all.iter().map(|(part, sheets)| Part { asks: &part.asks, sheets }).collect();
    Ok(figures::gathered(&held.ready, &parts))
}

/// Sections that nobody has written yet: the outline's text with the figures that were just added up, then what the parts wrote;
/// gives how many.
async fn joined(tx: &mut Tx, held: &Held, parts: &[Report]) -> Result<usize, Failure> {
    let own = store::words(tx, held.report.id).await?;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for part in parts.iter().filter(|part| part.state.is_told()) {
        for (section, body) in store::words(tx, part.id).await? {
            if !body.is_empty() {
                texts.entry(section).or_default().push(body);
            }
        }
    }
    let view = View::of(tx, held.clone()).await?;
    let mut written = 0;
    for (section, all) in texts {
        if own.get(&section).is_none_or(String::is_empty) {
            let outlined = view.outlined(&section);
            let lines = std::iter::once(outlined).filter(|text| !text.is_empty()).chain(all);
            let body = lines.collect::<Vec<String>>().join("\n");
            store::put_words(tx, held.report.id, &section, &body).await?;
            written += 1;
        }
    }
    Ok(written)
}
