//! A report's letter as edXML (QCVN 102:2016/BTTTT), out; and letters of others, in.

use super::attached::carried;
use super::letters::{Kept, kept_letter};
use super::workbook;
use crate::model::*;
use crate::rules;
use crate::store;
use crate::store::incoming;
use crate::view::View;
use base::Refusal;
use db::Conn;
use file::{FileUseId, Opened, Use};
use journal::{About, about};
use letter::edxml::{self, Attached, Business, Document, Organ};
use people::{Failure, Scope, Unit, UnitId};
use serde_json::json;
use web::{Sheet, Site};

/// What files and journal lines of a letter are about.
const ABOUT: &str = "report-incoming";

/// Which letters are shown together at most in a file.
pub const MOST: i64 = 5_000;

fn organ(unit: &Unit) -> Organ {
    Organ { id: unit.code_old.clone().unwrap_or_else(|| unit.key.clone()), name: unit.name.clone() }
}

/// The collector's report as it was issued: the letter, and its figures as a workbook.
pub async fn exchanged(site: &Site, scope: &Scope, view: &View) -> Result<Sheet, Failure> {
    let Held { round, report, ready, .. } = &view.held;
    let issued = report.issued.filter(|_| report.gathers() && report.state.is_told() && !report.number.is_empty());
    let date = issued.ok_or(No::NotIssued)?;
    let Kept { letter, signer, place } = kept_letter(site, scope, view).await?;
    let units = people::units(&mut site.db.read().await?).await?;
    let from = units.iter().find(|unit| unit.id == report.unit).map(organ).ok_or(Failure::NotFound)?;
    // Whom the regime names: with their code where they are a unit here.
    let named = |name: &String| {
        let known = units.iter().find(|unit| unit.name == *name && unit.is_on(scope.today())).map(organ);
        known.unwrap_or_else(|| Organ { id: String::new(), name: name.clone() })
    };
    let (annex, carried) = (workbook(view).await?, carried(site, view).await?);
    let (number, notation) = report.number.split_once('/').unwrap_or((report.number.as_str(), "BC"));
    let sending = view.versions.last().map_or(1, |version| version.number);
    let document = Document {
        id: format!("{}-{sending}", report.id),
        trace: vec![(from.id.clone(), scope.now)],
        from,
        to: ready.file.to.iter().map(named).collect(),
        number: number.to_owned(),
        notation: notation.to_owned(),
        place,
        date: Some(date),
        kind: "Báo cáo".into(),
        subject: ready.titled(round.period),
        signer,
        business: if sending > 1 { Business::Updated } else { Business::New },
        attached: [letter, annex]
            .into_iter()
            .map(|one| Attached { name: one.name, kind: one.kind.to_owned(), bytes: one.bytes })
            .chain(carried.into_iter().map(|one| Attached {
                name: one.meta.name,
                kind: one.meta.kind,
                bytes: one.bytes.to_vec(),
            }))
            .collect(),
    };
    let bytes = edxml::write(&document).map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(Sheet { bytes, kind: "application/xml", name: format!("{number}-{notation}.edxml") })
}

/// The agency whose letters a person may see.
async fn agency(conn: &mut Conn, scope: &Scope) -> Result<UnitId, Failure> {
    let agency = people::station(conn, scope).await?.agency.ok_or(Failure::NotFound)?;
    let reads = scope.has_any(rules::RECEIVERS) || (scope.is_of(agency) && scope.has_any(rules::SEERS));
    if reads {
        Ok(agency)
    } else {
        Err(Failure::forbidden("Văn bản đến do văn thư và đầu mối của cơ quan xem."))
    }
}

/// Takes a letter in, whole or not at all.
pub async fn take_in(site: &Site, scope: &Scope, bytes: Vec<u8>) -> Result<IncomingId, Failure> {
    let agency = agency(&mut site.db.read().await?, scope).await?;
    if !scope.has_any(rules::RECEIVERS) {
        return Err(Failure::forbidden("Văn bản đến do văn thư hoặc đầu mối nhận."));
    }
    let digest = file::sha256(&bytes);
    let read = tokio::task::spawn_blocking(move || edxml::read(&bytes)).await;
    let document = read.map_err(|error| Failure::Broken(error.to_string()))?.map_err(|no| no.at("tep"))?;
    if let Some(known) = incoming::same(&mut site.db.read().await?, agency, &digest).await? {
        return Err(No::LetterTwice { at: known.received }.into());
    }
    let mut contents = Vec::new();
    for one in document.attached {
        let content =
            site.files.put(one.bytes.into(), &one.name).await.map_err(|failure| about_file(failure, &one.name))?;
        contents.push((content, one.name));
    }
    let one = Incoming {
        id: db::fresh_id(),
        document: document.id,
        from_id: document.from.id,
        from_name: document.from.name,
        number: document.number,
        notation: document.notation,
        day: document.date,
        kind: document.kind,
        subject: document.subject,
        signer: document.signer.1,
        business: document.business as i64,
        received: scope.now,
        who: scope.name.clone(),
    };
    let mut tx = site.db.begin().await?;
    if !incoming::add(&mut tx, agency, &one, &digest, (scope.now, scope.account)).await? {
        return Err(No::LetterTwice { at: scope.now }.into());
    }
    for (content, name) in &contents {
        file::attach(&mut tx, scope, content, name, of(one.id)).await?;
    }
    let after =
        json!({ "from": one.from_id, "number": format!("{}/{}", one.number, one.notation), "files": contents.len() });
    journal::write(&mut tx, scope, "report.letter-received", of(one.id), &(), &after).await?;
    tx.commit().await?;
    Ok(one.id)
}

fn of(id: IncomingId) -> About {
    about(ABOUT, id)
}

/// A file that cannot be kept is named, with the box that the letter came by.
fn about_file(failure: Failure, name: &str) -> Failure {
    match failure {
        Failure::Refused(all) => {
            let one = |no: Refusal| Refusal { say: format!("Tệp kèm theo “{name}”: {}", no.say), ..no }.at("tep");
            Failure::Refused(all.into_iter().map(one).collect())
        }
        other => other,
    }
}

/// A page of the letters, and how many there are.
pub async fn letters(conn: &mut Conn, scope: &Scope, page: (i64, i64)) -> Result<(Vec<Incoming>, i64), Failure> {
    let agency = agency(conn, scope).await?;
    Ok((incoming::list(conn, agency, page).await?, incoming::count(conn, agency).await?))
}

/// One letter with its files.
pub async fn letter_in(conn: &mut Conn, scope: &Scope, id: IncomingId) -> Result<(Incoming, Vec<Use>), Failure> {
    let agency = agency(conn, scope).await?;
    let one = store::incoming::find(conn, agency, id).await?.ok_or(Failure::NotFound)?;
    Ok((one, file::uses_of(conn, ABOUT, &[id]).await?))
}

pub async fn letter_file(site: &Site, scope: &Scope, id: IncomingId, file: FileUseId) -> Result<Opened, Failure> {
    let mut conn = site.db.read().await?;
    let (_, files) = letter_in(&mut conn, scope, id).await?;
    let found = files.iter().find(|one| one.id == file).ok_or(Failure::NotFound)?;
    file::open(&mut conn, &site.files, found.id).await
}
