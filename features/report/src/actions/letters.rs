//! The letter that the collector's own report goes out with: numbered, signed where the agency has a certificate, and kept as it was
//! issued; of every other report a letter as it is now.

use super::{about_report, hands, is_told_outside, seen, take};
use crate::model::*;
use crate::view::View;
use crate::{papers, rules, store, words};
use base::Date;
use db::Conn;
use file::{Content, Use};
use journal::About;
use people::{Failure, Scope};
use serde_json::json;
use web::{Format, Sheet, Site, paper};

/// What a letter is a file of: a sending of a report.
const ABOUT: &str = "report-letter";

fn sending(view: &View) -> i64 {
    view.versions.last().map_or(0, |version| version.number)
}

fn about_letter(view: &View) -> About {
    journal::about(ABOUT, format!("{}/{}", view.held.report.id, sending(view)))
}

fn name_of(view: &View) -> String {
    format!("bao-cao-{}-{}", view.held.round.period, view.held.report.unit_short)
}

/// Numbers the letter and keeps it: signed where the agency has a certificate. It can be numbered anew until it was told outside.
pub async fn issue(
    site: &Site,
    scope: &Scope,
    id: ReportId,
    version: i64,
    (number, day): (&str, Option<Date>),
) -> Result<(), Failure> {
    let mut view = seen(site, scope, id).await?;
    may_issue(&view)?;
    let wrong = rules::check_number(number, day, scope.today());
    let Some(day) = day.filter(|_| wrong.is_empty()) else { return Err(words::refused(wrong)) };
    let before = json!({ "number": view.held.report.number, "day": view.held.report.issued });
    (view.held.report.number, view.held.report.issued) = (number.trim().to_owned(), Some(day));
    // Before the transaction: laying out and signing take their time, and a report that changes meanwhile is refused below.
    let content = sealed(site, scope, &view).await?;
    let (mut tx, held) = take(site, scope, id, Some(version)).await?;
    if !held.report.state.is_told() {
        return Err(No::NotSent { state: held.report.state }.into());
    }
    store::number(&mut tx, id, number.trim(), day).await?;
    if let Some(old) = kept(&mut tx, &view).await? {
        file::detach(&mut tx, scope, old.id, about_letter(&view)).await?;
    }
    file::attach(&mut tx, scope, &content, &format!("{}.pdf", name_of(&view)), about_letter(&view)).await?;
    let after = json!({ "number": number.trim(), "day": day, "signed": site.signing.is_some() });
    journal::write(&mut tx, scope, "report.issued", about_report(id), &before, &after).await?;
    Ok(tx.commit().await?)
}

fn may_issue(view: &View) -> Result<(), No> {
    let Held { report, seat, .. } = &view.held;
    if !(report.gathers() && (seat.fills || seat.heads)) {
        return Err(No::NotCollector);
    }
    if !report.state.is_told() {
        return Err(No::NotSent { state: report.state });
    }
    if is_told_outside(view) { Err(No::ToldAlready) } else { Ok(()) }
}

/// The letter as PDF, with the agency's signature where it has a certificate.
async fn sealed(site: &Site, scope: &Scope, view: &View) -> Result<Content, Failure> {
    let made = laid_out(site, scope, view, Format::Pdf).await?;
    let bytes = match &site.signing {
        None => made.bytes,
        Some(signing) => {
            let look = sign::Look {
                name: scope.name.clone(),
                unit: view.held.report.unit_name.clone(),
                reason: "Ban hành báo cáo".into(),
                moment: scope.now,
                mark: Some(sign::Mark::first_page()),
                ..sign::Look::default()
            };
            sign::sign(&made.bytes, &*signing.signer, &look).await?
        }
    };
    site.files.put(bytes.into(), &made.name).await
}

async fn laid_out(site: &Site, scope: &Scope, view: &View, format: Format) -> Result<Sheet, Failure> {
    let hands = hands(&mut site.db.read().await?, scope, view).await?;
    paper(papers::letter(view, &hands), &name_of(view), format).await
}

/// The letter of the last sending, where it was issued.
async fn kept(conn: &mut Conn, view: &View) -> Result<Option<Use>, Failure> {
    Ok(file::uses_of(conn, ABOUT, &[about_letter(view).id]).await?.into_iter().next())
}

/// The letter as it was issued, with who signs it (title, name) and where.
pub(super) struct Kept {
    pub letter: Sheet,
    pub signer: (String, String),
    pub place: String,
}

pub(super) async fn kept_letter(site: &Site, scope: &Scope, view: &View) -> Result<Kept, Failure> {
    let hands = hands(&mut site.db.read().await?, scope, view).await?;
    let letter = printed(site, scope, view, Format::Pdf).await?;
    Ok(Kept { letter, signer: hands.head.unwrap_or_default(), place: hands.place })
}

/// A report on paper: as it was issued; else, and to go on writing, as it is now.
pub async fn printed(site: &Site, scope: &Scope, view: &View, format: Format) -> Result<Sheet, Failure> {
    let is_issued = view.held.report.state.is_told() && format == Format::Pdf;
    let found = if is_issued { kept(&mut site.db.read().await?, view).await? } else { None };
    let Some(found) = found else { return laid_out(site, scope, view, format).await };
    let opened = file::open(&mut site.db.read().await?, &site.files, found.id).await?;
    Ok(Sheet { bytes: opened.bytes.to_vec(), kind: "application/pdf", name: found.name })
}
