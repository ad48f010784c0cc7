//! Saving what is typed: a cell, a block, a section.

use super::one::{Again, Shown, WORDS, address, bar, whole};
use super::{table, words};
use crate::actions::{self, Block, Typed};
use crate::model::*;
use crate::view::View;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use base::Refusal;
use maud::Markup;
use people::Failure;
use std::collections::BTreeMap;
use web::look::grid;
use web::{Answer, Posted, Visit, form, fragment, show_again, to, with_status};

/// What a person typed, with what their page showed there.
fn typed(form: &Posted) -> Typed {
    let of = |name: &str| form.get(name).to_owned();
    Typed { was: of("version"), text: of("so"), why: of("ly_do") }
}

/// One cell of a form.
pub async fn cell(
    visit: Visit,
    Path((id, code, at)): Path<(ReportId, String, usize)>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let spot = Spot::Cell(code.clone(), at);
    let done = match posted.get("keep") {
        "theirs" => Ok(()),
        _ => actions::write_cell(&visit.site, &visit.scope, id, (&code, at), &typed(&posted)).await,
    };
    let pieces = |view: &View, again: &Again| {
        let form = view.ready().form(&code).unwrap_or_default();
        table::changed(&visit, view, (form, at), again)
    };
    answer(&visit, id, (spot, &code), &headers, posted, done, pieces).await
}

/// One section of the outline.
pub async fn section(
    visit: Visit,
    Path((id, code)): Path<(ReportId, String)>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let done = match posted.get("keep") {
        "theirs" => Ok(()),
        _ => actions::write_words(&visit.site, &visit.scope, id, &code, &typed(&posted)).await,
    };
    let pieces = |view: &View, again: &Again| {
        let sections = view.ready().sections.iter().filter(|section| section.code == code);
        sections.map(|section| words::one(&visit, view, section, again)).collect()
    };
    answer(&visit, id, (Spot::Section(code.clone()), WORDS), &headers, posted, done, pieces).await
}

/// To a script the pieces that changed; else onward to the page, or the page again with what was typed.
async fn answer(
    visit: &Visit,
    id: ReportId,
    (spot, part): (Spot, &str),
    headers: &HeaderMap,
    posted: Posted,
    done: Result<(), Failure>,
    pieces: impl Fn(&View, &Again) -> Vec<Markup>,
) -> Answer {
    let scripted = headers.contains_key("hx-request");
    let mut again = Again::default();
    let mut status = StatusCode::OK;
    if let Err(failure) = done {
        let Some((code, say)) = form::why(&failure) else { return Err(failure.into()) };
        again.refusals = vec![Refusal::new("cell", say.clone()).at(field(&spot))];
        if let Failure::Conflict { theirs, .. } = &failure {
            let said = theirs.get("so").and_then(|value| value.as_str()).unwrap_or_default();
            again.conflict = Some((said.to_owned(), posted.get("so").to_owned()));
        } else {
            again.say = say;
        }
        (status, again.posted, again.spot) = (code, posted, Some(spot));
    } else if !scripted {
        let anchor = field(&spot);
        return to(format!("{}#{anchor}", address(id, part, "")), Some("Đã lưu."));
    }
    let view = actions::seen(&visit.site, &visit.scope, id).await?;
    if scripted {
        return fragment(status, grid::answer(&pieces(&view, &again), &[bar(visit, &view)]));
    }
    let shown = Shown { mo: again.posted.text("mo"), ..Shown::of(part) };
    if let (Some(_), Some(Spot::Cell(_, place))) = (&shown.mo, &again.spot) {
        // The form of the drawer has boxes of its own.
        again.refusals.iter_mut().for_each(|no| no.field = Some(format!("gd-{place}")));
    }
    let refusals = again.refusals.clone();
    with_status(show_again(whole(visit, &view, &shown, &again), refusals), status)
}

/// The id of the box of a place.
fn field(spot: &Spot) -> String {
    match spot {
        Spot::Cell(form, place) => format!("o-{form}-{place}"),
        Spot::Section(code) => format!("so-{code}"),
        Spot::Check(_) | Spot::Whole => String::new(),
    }
}

/// A block from a spreadsheet.
pub async fn paste(visit: Visit, Path((id, code)): Path<(ReportId, String)>, posted: Posted) -> Answer {
    let view = actions::seen(&visit.site, &visit.scope, id).await?;
    let table = view.ready().form(&code).and_then(|at| view.ready().forms.get(at)).ok_or(Failure::NotFound)?;
    let (row, column) = begin(table, &posted);
    let over_all = posted.get("hien") == "het";
    let was = covered(posted.get("truoc"));
    let block = Block { form: code.clone(), row, column, over_all, text: posted.get("khoi").to_owned(), was };
    let done = actions::paste(&visit.site, &visit.scope, id, &block).await;
    let anchor = table.rows.get(row).map_or("", |row| row.code.as_str());
    let here = format!("{}#r-{anchor}", address(id, &code, ""));
    match done {
        Ok(wrote) => {
            let skipped = if wrote.skipped > 0 {
                format!(" Bỏ qua {} ô không nhập được (tính sẵn, để trống hoặc không giao).", wrote.skipped)
            } else {
                String::new()
            };
            to(here, Some(&format!("Đã nhận {} ô.{skipped}", wrote.taken)))
        }
        Err(Failure::Refused(refusals)) => {
            // The block with the cell where it began, to be mended and sent again.
            let column = table.columns.get(column).map_or("", |column| column.code.as_str());
            let posted = Posted::from_pairs(&[("dong", anchor), ("cot", column), ("khoi", &block.text)]);
            let shown = Shown { hien: over_all.then(|| "het".to_owned()), ..Shown::of(&code) };
            let again = Again { posted, refusals: refusals.clone(), ..Again::default() };
            show_again(whole(&visit, &view, &shown, &again), refusals)
        }
        Err(other) => Err(other.into()),
    }
}

/// What a page showed in its cells: "12=345;13=".
fn covered(text: &str) -> BTreeMap<usize, String> {
    let one = |pair: &str| pair.split_once('=').and_then(|(place, was)| Some((place.parse().ok()?, was.to_owned())));
    text.split(';').filter_map(one).collect()
}

/// Where a block begins: the cell it was pasted into, or the row and the column that were chosen.
fn begin(table: &indicator::Form, posted: &Posted) -> (usize, usize) {
    let wanted = posted.get("o").parse().map(indicator::form::Cell::Takes).ok();
    let all = (0..table.rows.len()).flat_map(|row| (0..table.columns.len()).map(move |column| (row, column)));
    let cell = all.into_iter().find(|(row, column)| Some(table.cell(*row, *column)) == wanted);
    let row = table.rows.iter().position(|row| row.code == posted.get("dong"));
    let column = table.columns.iter().position(|column| column.code == posted.get("cot"));
    cell.unwrap_or((row.unwrap_or_default(), column.unwrap_or_default()))
}
