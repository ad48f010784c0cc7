//! Papers already given: nobody hands in again what the agency holds from an earlier dossier of theirs (NĐ 61/2018/NĐ-CP as
//! amended by NĐ 107/2021/NĐ-CP; TT 01/2023/TT-VPCP: what was digitised is used again). A clerk takes them over into a
//! dossier; a citizen who has signed in, into their own draft.

use super::intake::paper_about;
use super::loaded::Loaded;
use super::online::{Filling, content_of, filling_taken, save};
use super::reading::Seen;
use super::work::{Said, open};
use crate::model::*;
use crate::rules;
use crate::store;
use db::{Conn, Tx};
use file::{FileUseId, Use};
use journal::about;
use people::{Failure, Scope};
use std::collections::BTreeMap;
use web::Site;

/// A paper that is held, for one of a dossier that has no file yet.
#[derive(Clone, Debug)]
pub struct Held {
    /// Of this dossier.
    pub paper: String,
    pub earlier: EarlierPaper,
    pub files: Vec<Use>,
}

/// Who may take held papers over: whoever works on the dossier while it is open.
fn may_reuse(scope: &Scope, at: &Loaded) -> bool {
    at.dossier.state.is_open() && (at.sight.counts || !at.all_mine(scope).is_empty())
}

/// What the agency has of an owner from other dossiers, with the files of each; the latest first.
pub struct Earlier(Vec<(EarlierPaper, Vec<Use>)>);

impl Earlier {
    /// For a paper of this name: the latest.
    fn of(&self, paper: &str, name: &str) -> Option<Held> {
        let name = base::text::fold(name);
        let (earlier, files) = self.0.iter().find(|(one, _)| base::text::fold(&one.name) == name)?;
        Some(Held { paper: paper.to_owned(), earlier: earlier.clone(), files: files.clone() })
    }

    /// For the papers of a dossier that have no file.
    pub fn for_papers_of(&self, seen: &Seen) -> Vec<Held> {
        let wants = seen.attached.papers.iter().filter(|paper| !seen.attached.files.contains_key(&paper.code));
        wants.filter_map(|paper| self.of(&paper.code, &paper.name)).collect()
    }
}

/// What the agency has of the same owner, where this person may take it over.
pub async fn earlier(conn: &mut Conn, scope: &Scope, at: &Loaded) -> Result<Earlier, Failure> {
    match may_reuse(scope, at) {
        true => find(conn, &Whose::of(&at.dossier)).await,
        false => Ok(Earlier(Vec::new())),
    }
}

/// Whose papers are looked for, where, and beside which dossier or draft.
struct Whose<'a> {
    number: &'a str,
    agency: people::UnitId,
    but: String,
}

impl<'a> Whose<'a> {
    fn of(dossier: &'a Dossier) -> Whose<'a> {
        Whose { number: &dossier.owner.number, agency: dossier.agency, but: dossier.id.to_string() }
    }
}

async fn find(conn: &mut Conn, whose: &Whose<'_>) -> Result<Earlier, Failure> {
    // A name is no proof of whose it is: two people have the same.
    if whose.number.is_empty() {
        return Ok(Earlier(Vec::new()));
    }
    let earlier = store::earlier_papers(conn, whose.number, whose.agency, &whose.but).await?;
    let about = |one: &EarlierPaper| format!("{}/{}", one.dossier, one.code);
    let abouts: Vec<String> = earlier.iter().map(about).collect();
    let mut files: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for one in file::uses_of(conn, "dossier-paper", &abouts).await? {
        files.entry(one.about.clone()).or_default().push(one);
    }
    let with_files = earlier.into_iter().filter_map(|one| files.remove(&about(&one)).map(|files| (one, files)));
    Ok(Earlier(with_files.collect()))
}

/// Takes a held paper over: its file is this dossier's too, with where it comes from.
pub async fn reuse(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    paper: &str,
    file: FileUseId,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::is_open(&work.at.dossier)?;
    if !may_reuse(scope, &work.at) {
        return Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }.into());
    }
    let papers = store::papers(work.db.write().await?, id).await?;
    let paper = papers.iter().find(|one| one.code == paper).ok_or(Failure::NotFound)?;
    let whose = Whose::of(&work.at.dossier);
    let found = find(work.db.write().await?, &whose).await?;
    let held = found.of(&paper.code, &paper.name).ok_or(Failure::NotFound)?;
    let one = held.files.iter().find(|one| one.id == file).ok_or(Failure::NotFound)?;
    file::attach(work.db.write().await?, scope, &content_of(one)?, &one.name, paper_about(id, &paper.code)).await?;
    store::reused(work.db.write().await?, id, &paper.code, &held.earlier.from).await?;
    let note = format!("{}: từ hồ sơ {}", paper.name, held.earlier.from);
    work.settle(scope, "dossier.paper-reused", Said { what: "Dùng lại giấy tờ đã có", note: &note, public: true }).await
}

/// What the agency holds of whoever fills a draft in, for a paper that has no file yet. Only of themselves: they have signed in, and
/// the draft is for the number that they have signed in with. That it was read stands in the journal.
pub async fn held_online(site: &Site, filling: &Filling, token: &str, paper: &str) -> Result<Option<Held>, Failure> {
    if !filling.files_of(paper).is_empty() {
        return Ok(None);
    }
    let mut conn = site.db.read().await?;
    let found = theirs(&mut conn, site, filling, token, paper).await?;
    drop(conn);
    if let Some(held) = &found {
        let mut tx = site.db.begin().await?;
        let of = about("dossier-draft", filling.draft.id);
        let told = serde_json::json!({ "paper": paper, "from": [&held.earlier.from] });
        journal::write(&mut tx, &Scope::citizen(site.now()), "dossier.held-read", of, &(), &told).await?;
        tx.commit().await?;
    }
    Ok(found)
}

async fn theirs(
    conn: &mut Conn,
    site: &Site,
    filling: &Filling,
    token: &str,
    paper: &str,
) -> Result<Option<Held>, Failure> {
    let (draft, now) = (&filling.draft, site.now());
    let signed = super::own::signed_in(conn, token, now).await?;
    let Some(one) = signed.filter(|one| one.number == draft.filled.owner.number) else { return Ok(None) };
    let papers = filling.papers();
    let Some(want) = papers.iter().find(|want| want.code == paper && !want.shown_only) else { return Ok(None) };
    let Some(unit) = people::unit_by_key(conn, &draft.place).await? else { return Ok(None) };
    let places = super::intake::places(conn, &filling.procedure, &[unit], base::day::today(now)).await?;
    let whose = Whose { number: &one.number, agency: places.agency.id, but: draft.id.to_string() };
    Ok(find(conn, &whose).await?.of(&want.code, &want.name))
}

/// Uses a held paper in a draft, instead of handing it in again: its files are the draft's too, with where they come from.
pub async fn use_held(site: &Site, id: DraftId, token: &str, paper: &str) -> Result<(), Failure> {
    let (now, scope) = (site.now(), Scope::citizen(site.now()));
    let mut tx = site.db.begin().await?;
    let mut filling = filling_taken(&mut tx, id, token, now).await?;
    if filling.draft.dossier.is_some() {
        return Err(NotNow::DraftGone.into());
    }
    let held = theirs(&mut tx, site, &filling, token, paper).await?.ok_or(Failure::NotFound)?;
    // Pressed twice, it is there once.
    if filling.reused(paper).is_some() {
        return Ok(());
    }
    let mut files = Vec::new();
    for one in &held.files {
        let of = about("dossier-draft", format!("{id}/{paper}"));
        files.push(file::attach(&mut tx, &scope, &content_of(one)?, &one.name, of).await?);
    }
    let told = serde_json::json!({ "paper": paper, "from": held.earlier.from });
    filling.draft.filled.reused.push(Reused { paper: paper.to_owned(), from: held.earlier.from, files });
    journal::write(&mut tx, &scope, "dossier.paper-reused", about("dossier-draft", id), &(), &told).await?;
    save(tx, filling.draft, now).await
}

/// A draft is for somebody else now: what was held of the one before leaves it.
pub(super) async fn give_back(tx: &mut Tx, scope: &Scope, draft: &mut Draft) -> Result<(), Failure> {
    for used in std::mem::take(&mut draft.filled.reused) {
        for file in used.files {
            let of = about("dossier-draft", format!("{}/{}", draft.id, used.paper));
            file::detach(tx, scope, file, of).await?;
        }
    }
    Ok(())
}
