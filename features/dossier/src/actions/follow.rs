//! Following a dossier without an account: its code and the secret of its receipt open it in this browser for some hours.
//! Names are masked, and only what is public is told.

use super::intake::paper_about;
use crate::clock::Deed;
use crate::model::*;
use crate::store;
use base::Timestamp;
use db::Conn;
use file::Use;
use jiff::SignedDuration;
use journal::about;
use people::{Failure, Scope};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use web::Site;

/// So many wrong guesses close a dossier for a while: eight digits are a hundred million.
const GUESSES: i64 = 10;
pub(super) const CLOSED_MINUTES: i64 = 15;
const PASS_HOURS: i64 = 12;

/// Opens a dossier for the browser of this cookie.
pub async fn follow(site: &Site, code: &str, secret: &str, token: &str) -> Result<DossierId, Failure> {
    let now = site.now();
    let mut tx = site.db.begin().await?;
    let dossier = store::dossier_by_code(&mut tx, code.trim()).await?.ok_or(NotNow::WrongSecret)?;
    let since = now.saturating_sub(SignedDuration::from_mins(CLOSED_MINUTES)).unwrap_or(now);
    if is_closed(&mut tx, dossier.id, now).await? {
        return Err(NotNow::TooManyGuesses.into());
    }
    let bare: String = secret.chars().filter(char::is_ascii_digit).collect();
    if people::sha256(&bare) != dossier.secret {
        store::guessed(&mut tx, dossier.id, now, since).await?;
        tx.commit().await?;
        return Err(NotNow::WrongSecret.into());
    }
    store::forgive(&mut tx, dossier.id).await?;
    let until = now.saturating_add(SignedDuration::from_hours(PASS_HOURS)).unwrap_or(now);
    store::add_pass(&mut tx, &people::sha256(token), dossier.id, until).await?;
    let scope = Scope::citizen(now);
    journal::write(&mut tx, &scope, "dossier.followed", about("dossier", dossier.id), &(), &()).await?;
    tx.commit().await?;
    Ok(dossier.id)
}

/// Whether too many wrong guesses have closed it for now.
pub(super) async fn is_closed(conn: &mut Conn, id: DossierId, now: Timestamp) -> Result<bool, Failure> {
    let since = now.saturating_sub(SignedDuration::from_mins(CLOSED_MINUTES)).unwrap_or(now);
    let guesses = store::guesses(conn, id).await?;
    Ok(guesses.is_some_and(|(failures, last)| failures >= GUESSES && last > since))
}

/// What a citizen sees of their dossier.
pub struct Followed {
    pub dossier: Dossier,
    pub agency: String,
    pub counter: String,
    /// Public lines, oldest first, with the unit for the person.
    pub events: Vec<(Timestamp, String, String)>,
    /// What is still to be supplemented.
    pub ask: Option<Ask>,
    /// The form that came with it. Not shown to whoever only follows.
    pub declared: Option<Declared>,
    pub fees: Vec<Fee>,
    pub refunds: Vec<Refund>,
    /// What was asked for online, the last first.
    pub payments: Vec<link::payment::Payment>,
    /// Signed results with their files, once it was returned.
    pub results: Vec<(Outcome, Vec<Use>)>,
    pub rated: bool,
}

/// A dossier for a browser that may follow it.
pub async fn followed(conn: &mut Conn, code: &str, token: &str, now: Timestamp) -> Result<Followed, Failure> {
    let dossier = store::dossier_by_code(conn, code).await?.ok_or(Failure::NotFound)?;
    if !store::has_pass(conn, &people::sha256(token), dossier.id, now).await?
        && !is_own(conn, &dossier, token, now).await?
    {
        return Err(Failure::NotFound);
    }
    let names: BTreeMap<people::UnitId, String> =
        people::units(conn).await?.into_iter().map(|unit| (unit.id, unit.name)).collect();
    let name = |id: &people::UnitId| names.get(id).cloned().unwrap_or_default();
    let public = store::events(conn, dossier.id).await?.into_iter().filter(|event| event.public);
    let events =
        public.map(|event| (event.at, event.what, event.unit.as_ref().map(name).unwrap_or_default())).collect();
    let asks = store::asks(conn, dossier.id).await?;
    let mut results = Vec::new();
    if dossier.state == State::Returned {
        let all: Vec<Outcome> = store::results(conn, dossier.id).await?;
        for one in all.into_iter().filter(|one| one.signed.is_some()) {
            let files = file::uses_of(conn, "dossier-result", &[one.id]).await?;
            results.push((one, files));
        }
    }
    Ok(Followed {
        agency: name(&dossier.agency),
        counter: name(&dossier.counter),
        events,
        ask: asks.into_iter().rfind(|ask| ask.answered.is_none()),
        declared: store::declared(conn, dossier.id).await?,
        fees: store::fees(conn, dossier.id).await?,
        refunds: store::refunds(conn, dossier.id).await?,
        payments: link::payment::of_subject(conn, &format!("dossier:{}", dossier.id)).await?,
        results,
        rated: store::rating(conn, dossier.id).await?.is_some(),
        dossier,
    })
}

/// Whether it is of whoever has signed in with this browser.
async fn is_own(conn: &mut Conn, dossier: &Dossier, token: &str, now: Timestamp) -> Result<bool, Failure> {
    let signed = super::own::signed_in(conn, token, now).await?;
    Ok(signed.is_some_and(|one| !one.number.is_empty() && one.number == dossier.owner.number))
}

/// The citizen sends what was asked for: papers by code. The clock goes on.
pub async fn supply_online(
    site: &Site,
    code: &str,
    token: &str,
    files: Vec<(String, file::Content, String)>,
    note: &str,
) -> Result<(), Failure> {
    let (now, scope) = (site.now(), Scope::citizen(site.now()));
    let mut conn = site.db.read().await?;
    let found = followed(&mut conn, code, token, now).await?;
    drop(conn);
    let ask = found.ask.ok_or(NotNow::NotPaused)?;
    if ask.until.is_some_and(|until| base::day::today(now) > until) {
        let say = "Đã quá ngày cuối để bổ sung. Hãy liên hệ bộ phận một cửa để được hướng dẫn.";
        return Err(Failure::refused("supplement-late", say));
    }
    // A form that was corrected since is an answer too.
    let amended =
        found.declared.as_ref().and_then(|declared| declared.earlier.last()).is_some_and(|one| one.until >= ask.at);
    if files.is_empty() && !amended {
        let may = super::amend::may_amend(&found.dossier, Some(&ask), found.declared.as_ref());
        let say = if may {
            "Chọn ít nhất một tệp để bổ sung, hoặc sửa tờ khai trước."
        } else {
            "Chọn ít nhất một tệp để bổ sung."
        };
        return Err(Failure::from(base::Refusal::new("supplement-empty", say).at("tep")));
    }
    let mut work =
        super::work::open_unasked(&site.db, &super::Outside::of(&site.settings), &scope, found.dossier.id).await?;
    let id = work.at.dossier.id;
    for item in &ask.items {
        store::judge_paper(work.db.write().await?, id, &item.code, None, "", "").await?;
    }
    for (paper, content, name) in &files {
        if ask.items.iter().any(|item| item.code == *paper) {
            file::attach(work.db.write().await?, &scope, content, name, paper_about(id, paper)).await?;
        }
    }
    if !store::answer_ask(work.db.write().await?, id, now, note).await? {
        return Err(NotNow::NotPaused.into());
    }
    if !work.at.dossier.awaits() {
        work.tick(&scope, Deed::Resume).await?;
    }
    let said = super::work::Said { what: "Người nộp bổ sung trực tuyến", note, public: true };
    work.settle(&scope, "dossier.supplied", said).await
}

/// A file of a result, for a browser that follows its dossier.
pub async fn result_file(
    conn: &mut Conn,
    code: &str,
    token: &str,
    file: file::FileUseId,
    now: Timestamp,
) -> Result<Use, Failure> {
    let found = followed(conn, code, token, now).await?;
    let mut all = found.results.into_iter().flat_map(|(_, files)| files);
    all.find(|one| one.id == file).ok_or(Failure::NotFound)
}

/// A signed result by its id, for whoever was given a copy: number, day, signer, and what its file must be. No name of a
/// citizen is told.
pub async fn verify_result(conn: &mut Conn, id: ResultId) -> Result<(Outcome, Vec<Use>, String), Failure> {
    let (dossier, one) = store::result_with_dossier(conn, id).await?.ok_or(Failure::NotFound)?;
    if one.signed.is_none() {
        return Err(Failure::NotFound);
    }
    let dossier = store::dossier(conn, dossier).await?.ok_or(Failure::NotFound)?;
    let agency = people::find_unit(conn, dossier.agency).await?.map(|unit| unit.name).unwrap_or_default();
    let files = file::uses_of(conn, "dossier-result", &[id]).await?;
    Ok((one, files, agency))
}

/// Files whose signatures were read lately: a page with a QR is opened often, and a file never changes under its hash.
static READ: Mutex<BTreeMap<String, Vec<sign::Signature>>> = Mutex::new(BTreeMap::new());
const MOST_READ: usize = 512;

/// The digital signatures in a file of a result, an empty list in what is no PDF; none where the file cannot be read now.
pub async fn signatures(site: &Site, file: &Use) -> Option<Vec<sign::Signature>> {
    if file.kind != "application/pdf" {
        return Some(Vec::new());
    }
    let kept = READ.lock().unwrap_or_else(PoisonError::into_inner).get(&file.sha256).cloned();
    if kept.is_some() {
        return kept;
    }
    let bytes = site.files.get(&file.sha256).await.ok()?;
    let roots = site.signing.as_ref().map(|signing| signing.roots.clone()).unwrap_or_default();
    // Beside the other requests: hashing a large file takes its time.
    let found = tokio::task::spawn_blocking(move || sign::read(&bytes, &roots).ok()).await.ok()??;
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if read.len() >= MOST_READ {
        read.clear();
    }
    read.insert(file.sha256.clone(), found.clone());
    Some(found)
}

/// How the citizen found it: points 1 to 5 by question, once, after its return.
pub async fn rate(site: &Site, code: &str, token: &str, points: &[(String, u8)], comment: &str) -> Result<(), Failure> {
    let now = site.now();
    let mut tx = site.db.begin().await?;
    let found = followed(&mut tx, code, token, now).await?;
    if found.dossier.state.is_open() {
        return Err(NotNow::NotResolved.into());
    }
    if points.is_empty() || points.iter().any(|(_, points)| !(1..=5).contains(points)) {
        return Err(NotNow::RatingOdd.into());
    }
    let answers: Value = points.iter().map(|(question, points)| (question.clone(), Value::from(*points))).collect();
    if !store::add_rating(&mut tx, found.dossier.id, now, &answers, comment).await? {
        return Err(NotNow::AlreadyRated.into());
    }
    let (scope, of) = (Scope::citizen(now), about("dossier", found.dossier.id));
    journal::write(&mut tx, &scope, "dossier.rated", of, &(), &answers).await?;
    Ok(tx.commit().await?)
}
