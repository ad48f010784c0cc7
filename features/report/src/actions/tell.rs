//! Telling the reporting system of the Government or a ministry: the figures and the text of the collector's own report, once it is
//! approved and has its number. It is put into the queue in the transaction of its journal line, and sent later.

use super::{about_report, sheets, take};
use crate::model::*;
use crate::rules::figures;
use crate::view::View;
use db::Conn;
use link::reporting::{self, Figure, Of, Section};
use people::{Failure, Scope};
use serde_json::json;
use web::Site;

/// The line of its messages in the queue.
fn subject(id: ReportId) -> String {
    format!("report:{id}")
}

/// Puts the messages; gives how many. The same sending is told once.
pub async fn tell_outside(site: &Site, scope: &Scope, id: ReportId, version: i64) -> Result<usize, Failure> {
    if !site.settings.reporting {
        return Err(No::NotConnected.into());
    }
    let (mut tx, held) = take(site, scope, id, Some(version)).await?;
    let may = held.report.gathers() && (held.seat.fills || held.seat.heads);
    if !may {
        return Err(No::NotCollector.into());
    }
    if !held.report.state.is_told() {
        return Err(No::NotSent { state: held.report.state }.into());
    }
    let Some(issued) = held.report.issued.filter(|_| !held.report.number.is_empty()) else {
        return Err(No::NotIssued.into());
    };
    let view = View::of(&mut tx, held.clone()).await?;
    let of = of(&view, issued)?;
    if is_told_outside(&view) {
        return Err(No::ToldAlready.into());
    }
    let all = sheets(&mut tx, &held).await?;
    let (figures, sections) = (figures_of(&view, &all), sections_of(&view));
    let mut messages = Vec::new();
    if !figures.is_empty() {
        messages.push(reporting::figures(&subject(id), &of, figures)?);
    }
    if !sections.is_empty() {
        messages.push(reporting::text(&subject(id), &of, sections)?);
    }
    if messages.is_empty() {
        return Err(No::NothingToTell.into());
    }
    let (count, after) = (messages.len(), json!({ "sending": of.sending, "messages": messages.len() }));
    journal::write(&mut tx, scope, "report.told", about_report(id), &(), &after).await?;
    for message in messages {
        link::put(&mut tx, message, scope.now).await?;
    }
    tx.commit().await?;
    site.jobs.ring();
    Ok(count)
}

/// Whether the last sending was told already.
pub fn is_told_outside(view: &View) -> bool {
    let begin = format!("{}:{}:", subject(view.held.report.id), sending(view));
    view.told.iter().any(|message| message.key.starts_with(&begin))
}

/// Which sending it is, counted from 1.
fn sending(view: &View) -> i64 {
    view.versions.last().map_or(1, |version| version.number)
}

fn of(view: &View, issued: base::Date) -> Result<Of, Failure> {
    let Held { round, ready, report, .. } = &view.held;
    let (from, after) = round.period.days(ready.file.closing).ok_or(No::PeriodUnknown)?;
    Ok(Of {
        regime: round.code.clone(),
        name: ready.file.name.clone(),
        period: round.period.to_string(),
        from,
        to: after.yesterday().map_err(|_| No::PeriodUnknown)?,
        sending: sending(view),
        number: report.number.clone(),
        issued,
    })
}

/// What was entered, and the whole figures that are worked out from it.
fn figures_of(view: &View, all: &Sheets) -> Vec<Figure> {
    let ready = view.ready();
    let unit = |code: &str| ready.set.place(code).map(|at| ready.set.indicators[at].unit.clone()).unwrap_or_default();
    let mut found: Vec<Figure> = figures::told(ready, all)
        .into_iter()
        .map(|(name, value)| Figure {
            unit: unit(&name.indicator),
            indicator: name.indicator,
            part: name.part.unwrap_or_default(),
            nature: name.nature.number(),
            value: value.to_string(),
        })
        .collect();
    let leading = figures::leading(ready);
    let worked = figures::worked_out(ready, (leading, None), all, &view.previous, &view.same);
    for (one, known) in ready.set.indicators.iter().zip(worked).filter(|(one, _)| one.derived.is_some()) {
        if let Some(value) = known.told(one.digits) {
            let (indicator, part) = (one.code.clone(), String::new());
            let value = value.to_string();
            found.push(Figure { indicator, part, nature: leading.number(), unit: one.unit.clone(), value });
        }
    }
    found
}

fn sections_of(view: &View) -> Vec<Section> {
    let one = |section: &crate::regime::Section| Section {
        code: section.code.clone(),
        heading: section.heading.clone(),
        text: view.section(&section.code),
    };
    view.ready().sections.iter().map(one).filter(|section| !section.text.trim().is_empty()).collect()
}

/// What was put of a report, the last first.
pub(crate) async fn told(conn: &mut Conn, id: ReportId) -> Result<Vec<link::Message>, Failure> {
    let filter = link::Filter { subject: Some(subject(id)), ..link::Filter::default() };
    Ok(link::list(conn, &filter, None, 50).await?)
}
