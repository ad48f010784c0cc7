//! Evidence: a document is given once and proves many criteria; files are stored before the row that refers to them.

use crate::model::*;
use crate::store;
use crate::view::{self, View};
use base::{Date, Refusal, Refusals};
use bytes::Bytes;
use db::Conn;
use file::{FileUseId, Use};
use journal::about;
use people::{Failure, Scope, UnitId};
use serde_json::json;
use web::Site;

/// What is asked to add a document to a criterion.
#[derive(Clone, Debug, Default)]
pub struct NewEvidence {
    pub number: String,
    pub issued: Option<Date>,
    pub issuer: String,
    pub summary: String,
    pub place: String,
    pub link: Option<String>,
    /// Name and content.
    pub files: Vec<(String, Bytes)>,
}

/// What the evidence section of a criterion shows besides the proofs.
pub struct Given {
    /// Files of the documents that prove it.
    pub files: Vec<Use>,
    /// The unit's other documents.
    pub others: Vec<Evidence>,
    /// What proved it in the year before.
    pub last_year: Vec<Proof>,
}

const ABOUT: &str = "evidence";

/// Loads what the section shows.
pub async fn given(conn: &mut Conn, view: &View, code: &str) -> Result<Given, Failure> {
    let proofs = view.proofs.get(code).map(Vec::as_slice).unwrap_or_default();
    let ids: Vec<String> = proofs.iter().map(|proof| proof.evidence.id.to_string()).collect();
    let files = file::uses_of(conn, ABOUT, &ids).await?;
    let mut others = if view.standing.of_unit {
        store::evidence_of(conn, view.card.unit, view.round.year).await?
    } else {
        Vec::new()
    };
    others.retain(|one| !ids.contains(&one.id.to_string()));
    let last_year = store::proofs_in_year(conn, view.card.unit, view.round.year - 1, code).await?;
    Ok(Given { files, others, last_year })
}

fn check(new: &NewEvidence) -> Refusals {
    let missing = |field: &'static str, name: &str| Refusal::from(NotNow::EvidenceMissing { field }).at(name);
    let mut refusals = Vec::new();
    if new.number.is_empty() && new.summary.is_empty() {
        refusals.push(missing("số ký hiệu hoặc trích yếu", "number"));
    }
    if new.issuer.is_empty() {
        refusals.push(missing("cơ quan ban hành", "issuer"));
    }
    if new.place.is_empty() {
        refusals.push(missing("mục, trang có minh chứng", "place"));
    }
    if new.files.is_empty() && new.link.is_none() {
        refusals.push(missing("tệp hoặc liên kết", "file"));
    }
    if new.link.as_ref().is_some_and(|link| !link.starts_with("https://") && !link.starts_with("http://")) {
        refusals.push(Refusal::new("link", "Địa chỉ phải bắt đầu bằng https:// hoặc http://.").at("link"));
    }
    refusals
}

/// Adds a document that proves a criterion.
pub async fn add_evidence(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    code: &str,
    new: NewEvidence,
) -> Result<EvidenceId, Failure> {
    let mut refusals = check(&new);
    let mut contents = Vec::new();
    for (name, bytes) in &new.files {
        match site.files.put(bytes.clone(), name).await {
            Ok(content) => contents.push((name, content)),
            Err(failure) => refusals.extend(at_file(failure)?),
        }
    }
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let mut tx = site.db.begin().await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    view.may_answer(scope, code)?;
    let one = Evidence {
        id: db::fresh_id(),
        unit,
        year: view.round.year,
        number: new.number,
        issued: new.issued,
        issuer: new.issuer,
        summary: new.summary,
        link: new.link,
        at: scope.now,
        version: 1,
    };
    store::put_evidence(&mut tx, &one, scope.account).await?;
    for (name, content) in &contents {
        file::attach(&mut tx, scope, content, name, about(ABOUT, one.id)).await?;
    }
    store::prove(&mut tx, view.card.id, code, one.id, &new.place, scope.now).await?;
    let what = json!({ "code": code, "evidence": one, "place": new.place });
    journal::write(&mut tx, scope, "index.proved", about("card", view.card.id), &(), &what).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// A refused file speaks at the file box; anything else goes on up.
fn at_file(failure: Failure) -> Result<Refusals, Failure> {
    match failure {
        Failure::Refused(refusals) => Ok(refusals.into_iter().map(|refusal| refusal.at("file")).collect()),
        other => Err(other),
    }
}

/// Uses a document of the unit for another criterion.
pub async fn prove(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    code: &str,
    evidence: EvidenceId,
    place: &str,
) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    view.may_answer(scope, code)?;
    if place.is_empty() {
        return Err(Refusal::from(NotNow::EvidenceMissing { field: "mục, trang có minh chứng" }).at("place").into());
    }
    let found = store::evidence(&mut tx, evidence).await?.ok_or(Failure::NotFound)?;
    if found.unit != unit {
        return Err(NotNow::EvidenceOther.into());
    }
    store::prove(&mut tx, view.card.id, code, evidence, place, scope.now).await?;
    let what = json!({ "code": code, "evidence": evidence, "place": place });
    journal::write(&mut tx, scope, "index.proved", about("card", view.card.id), &(), &what).await?;
    Ok(tx.commit().await?)
}

/// Takes a document away from a criterion; the document itself stays.
pub async fn drop_proof(
    site: &Site,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    code: &str,
    evidence: EvidenceId,
) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let view = view::load(&mut tx, scope, round, unit).await?;
    view.may_answer(scope, code)?;
    if !store::unprove(&mut tx, view.card.id, code, evidence).await? {
        return Err(Failure::NotFound);
    }
    let what = json!({ "code": code, "evidence": evidence });
    journal::write(&mut tx, scope, "index.unproved", about("card", view.card.id), &what, &()).await?;
    Ok(tx.commit().await?)
}

/// The content of a file, for whoever may see a card that it proves something of.
pub async fn open_file(
    site: &Site,
    scope: &Scope,
    evidence: EvidenceId,
    id: FileUseId,
) -> Result<(Use, Bytes), Failure> {
    let mut conn = site.db.read().await?;
    let files = file::uses_of(&mut conn, ABOUT, &[evidence.to_string()]).await?;
    let found = files.into_iter().find(|file| file.id == id).ok_or(Failure::NotFound)?;
    let mut allowed = false;
    for card in store::cards_of_evidence(&mut conn, evidence).await? {
        // A document proves a handful of criteria on one or two cards: each is asked by its own rules.
        allowed |= view::load_by_id(&mut conn, scope, card).await.is_ok();
    }
    if !allowed {
        return Err(NotNow::NotYourUnit.into());
    }
    let opened = file::open(&mut conn, &site.files, found.id).await?;
    Ok((found, opened.bytes))
}
