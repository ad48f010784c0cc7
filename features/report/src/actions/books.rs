//! A report as a workbook, out and in.

use super::entry::keep;
use super::{about_report, sheets, take};
use crate::files;
use crate::model::*;
use crate::view::View;
use crate::{rules, store};
use base::Refusal;
use people::{Failure, Scope};
use web::{Sheet, Site};

/// The report as it is now, to be filled in and brought back.
pub async fn workbook(view: &View) -> Result<Sheet, Failure> {
    let name = format!("bao-cao-{}-{}.xlsx", view.held.round.period, view.held.report.unit_short);
    let bytes = files::write(view)?;
    Ok(Sheet { bytes, kind: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name })
}

/// Takes what was edited in a workbook; gives how many cells, and the bad ones that were passed over. Without `skip` a bad cell
/// lets nothing be taken.
pub async fn load(
    site: &Site,
    scope: &Scope,
    id: ReportId,
    (bytes, name): (Vec<u8>, String),
    skip: bool,
) -> Result<(usize, Vec<Refusal>), Failure> {
    // Reading takes a core for its time: not on the thread that answers others, and not inside of a transaction.
    let read = tokio::task::spawn_blocking(move || sheet::read(&bytes, &name)).await;
    let book = read.map_err(|error| Failure::Broken(error.to_string()))?.map_err(|no| no.at("tep"))?;
    let (mut tx, held) = take(site, scope, id, None).await?;
    rules::may_fill(&held)?;
    let old = sheets(&mut tx, &held).await?;
    let mut all = old.clone();
    let read = files::read(&held, &all, &store::sources(&mut tx, id).await?, &book);
    if !read.refusals.is_empty() && (!skip || read.edited.is_empty()) {
        return Err(Failure::Refused(read.refusals));
    }
    for ((form, place), value) in &read.edited {
        if let Some(slot) = all.get_mut(*form).and_then(|sheet| sheet.get_mut(*place)) {
            *slot = *value;
        }
    }
    let (was, is) = keep(&mut tx, scope, &held, &old, &all).await?;
    let line = journal::entry(scope, "report.loaded", about_report(id), &was, &is)?;
    journal::commit(tx, line).await?;
    Ok((read.edited.len(), read.refusals))
}
