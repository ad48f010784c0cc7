//! A dossier that somebody handed in on the National Public Service Portal: received once into the online inbox, however
//! often it is sent; that it is there is told back through the queue, as every state after it.

use super::intake::{Places, paper_about, places, put_fees_of};
use super::online::{Handed, online, waiting};
use super::{Outside, sync, tell};
use crate::flow;
use crate::model::*;
use crate::rules;
use crate::store;
use db::{Conn, Tx};
use journal::about;
use link::dvcqg::{self, Incoming, IncomingPaper};
use people::{Failure, Scope, Unit};
use procedure::Procedure;
use serde_json::{Value, json};
use web::Site;

/// What the portal sends, and what it is answered: a status, and a body.
pub async fn incoming(site: &Site, token: &str, body: &[u8]) -> (u16, Value) {
    let Some(expected) = &site.settings.incoming else { return (404, Value::Null) };
    if people::sha256(token) != *expected {
        return (401, json!({ "message": "Mã truy cập không đúng." }));
    }
    let incoming = match dvcqg::read_push(body) {
        Ok(incoming) => incoming,
        Err(problems) => return (400, json!({ "message": problems.join("; ") })),
    };
    match take(site, &incoming).await {
        Ok(dossier) => (200, json!({ "idHoSo": incoming.remote, "maHoSo": dossier.code, "trangThai": "1" })),
        Err(Failure::Refused(refusals)) => {
            let lines: Vec<&str> = refusals.iter().map(|no| no.say.as_str()).collect();
            (422, json!({ "message": lines.join(" ") }))
        }
        // It will be sent again: nothing is lost.
        Err(other) => {
            tracing::error!(error = other.say(), "a dossier of the portal could not be received");
            (503, json!({ "message": "Hệ thống đang bận, hãy gửi lại sau." }))
        }
    }
}

async fn take(site: &Site, incoming: &Incoming) -> Result<Dossier, Failure> {
    let now = site.now();
    let scope = Scope::program("Cổng Dịch vụ công quốc gia", now);
    if let Some(known) = known(&mut site.db.read().await?, &incoming.remote).await? {
        return Ok(known);
    }
    // Files first: what nobody uses is swept, and no transaction waits for a virus scanner.
    let files = stored(site, &incoming.papers).await?;
    let mut tx = site.db.begin().await?;
    let day = base::day::today(now);
    let (_, procedure) = online(&mut tx, &incoming.procedure, now).await.map_err(|failure| match failure {
        Failure::NotFound => NotNow::NoProcedure.into(),
        other => other,
    })?;
    let case = procedure.case(&incoming.service).or(procedure.cases.first()).ok_or(NotNow::NoCase)?.code.clone();
    let offer = flow::offer(&mut tx, &incoming.procedure, &case, day).await?;
    let filled = Filled { owner: owner(incoming), return_by: Some(ReturnBy::Online), ..Filled::default() };
    let wrong: Vec<base::Refusal> = rules::check_owner(&filled.owner, day).into_iter().map(Into::into).collect();
    if !wrong.is_empty() {
        return Err(Failure::Refused(wrong));
    }
    let unit = receiver(&mut tx, &procedure, &incoming.place, day).await?;
    let places: Places = places(&mut tx, &offer.procedure, &[unit], day).await?;
    let handed = Handed { filled: &filled, procedure: &incoming.procedure, case: &case };
    let secret = people::fresh_digits()?;
    let mut dossier = waiting(&mut tx, handed, &offer, places, &secret, now, site.settings.sample).await?;
    let given = incoming.code.trim();
    if !given.is_empty() && store::dossier_by_code(&mut tx, given).await?.is_none() {
        given.clone_into(&mut dossier.code);
    }
    store::add_dossier(&mut tx, &dossier, None).await?;
    put_papers(&mut tx, &scope, &dossier, &procedure, incoming, &files).await?;
    put_fees_of(&mut tx, &dossier, &offer, None).await?;
    store::add_event(&mut tx, &scope, dossier.id, "Nộp trên Cổng Dịch vụ công quốc gia", "", true).await?;
    announce(site, &mut tx, &scope, &dossier, incoming).await?;
    let subject = format!("dossier:{}", dossier.id);
    let outside = Outside::of(&site.settings);
    let news = sync::news(&mut tx, &scope, &outside, &dossier, "dossier.submitted", None).await?;
    let kept = json!({
        "code": dossier.code, "procedure": dossier.procedure, "agency": dossier.agency, "portal": incoming.remote,
    });
    journal::write(&mut tx, &scope, "dossier.submitted", about("dossier", dossier.id), &(), &kept).await?;
    if !link::receive(&mut tx, dvcqg::SYSTEM, &incoming.remote, &subject, now).await? {
        // Sent twice at once: the other one is there.
        drop(tx);
        return known(&mut site.db.read().await?, &incoming.remote).await?.ok_or(Failure::NotFound);
    }
    sync::put(&mut tx, &scope, news).await?;
    tx.commit().await?;
    Ok(dossier)
}

async fn announce(
    site: &Site,
    tx: &mut Tx,
    scope: &Scope,
    dossier: &Dossier,
    incoming: &Incoming,
) -> Result<(), Failure> {
    tell::tell_owner(tx, scope, &Outside::of(&site.settings), dossier, "dossier.submitted").await?;
    let nameless = incoming.papers.iter().flat_map(|paper| &paper.files).filter(|file| file.bytes.is_none()).count();
    if nameless > 0 {
        let say = format!("{nameless} tệp Cổng chỉ gửi tên, chưa gửi nội dung: xem trên Cổng.");
        store::add_event(tx, scope, dossier.id, "Tệp còn ở Cổng", &say, false).await?;
    }
    Ok(())
}

/// The dossier that the portal calls so, where it was received.
async fn known(conn: &mut Conn, remote: &str) -> Result<Option<Dossier>, Failure> {
    let subject = link::received(conn, dvcqg::SYSTEM, remote).await?;
    let id = subject.and_then(|subject| subject.strip_prefix("dossier:")?.parse::<DossierId>().ok());
    match id {
        Some(id) => Ok(store::dossier(conn, id).await?),
        None => Ok(None),
    }
}

type Stored = Vec<(String, file::Content, String)>;

/// The contents in the store, by the codes of their papers.
async fn stored(site: &Site, papers: &[IncomingPaper]) -> Result<Stored, Failure> {
    let mut all = Vec::new();
    for paper in papers {
        for one in &paper.files {
            let Some(bytes) = &one.bytes else { continue };
            let content = site.files.put(bytes.clone().into(), &one.name).await?;
            all.push((paper.code.clone(), content, one.name.clone()));
        }
    }
    Ok(all)
}

fn owner(incoming: &Incoming) -> Owner {
    let dvcqg::Owner { kind, name, number, born, phone, email, address, .. } = incoming.owner.clone();
    let kind = match kind {
        dvcqg::OwnerKind::Citizen => OwnerKind::Person,
        dvcqg::OwnerKind::Business | dvcqg::OwnerKind::Household => OwnerKind::Organisation,
    };
    let submitter = incoming.submitter.clone();
    let (submitter, submitter_number) = submitter.map(|one| (one.name, one.number)).unwrap_or_default();
    Owner { kind, name, number, born, phone, email, address, submitter, submitter_number }
}

/// The unit that the portal names by its national code; else, where only one unit receives the procedure, that one.
async fn receiver(tx: &mut Tx, procedure: &Procedure, code: &str, day: base::Date) -> Result<Unit, Failure> {
    let units = people::units(tx).await?;
    let receives = |unit: &&Unit| unit.is_on(day) && Procedure::names(&procedure.receives, &unit.key, &unit.kind);
    let all: Vec<&Unit> = units.iter().filter(receives).collect();
    let coded = |unit: &&&Unit| [&unit.code_new, &unit.code_old].into_iter().flatten().any(|own| own == code);
    let found = all.iter().find(coded).copied().or(match all.as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    found.cloned().ok_or_else(|| NotNow::NotHere.into())
}

/// The papers of the procedure that came, not yet looked at; what it does not ask for is kept under its own name.
async fn put_papers(
    tx: &mut Tx,
    scope: &Scope,
    dossier: &Dossier,
    procedure: &Procedure,
    incoming: &Incoming,
    files: &Stored,
) -> Result<(), Failure> {
    let asked = |code: &str| procedure.papers.iter().find(|paper| paper.code == code);
    for (place, one) in (1..).zip(&incoming.papers) {
        let name = asked(&one.code).map_or(&one.name, |paper| &paper.name).clone();
        let paper = Paper {
            code: one.code.clone(),
            name,
            copy: procedure::Copy::Electronic,
            number: 1,
            good: None,
            fault: String::new(),
            wanted: String::new(),
            reused_from: String::new(),
        };
        store::put_paper(tx, dossier.id, place, &paper).await?;
    }
    for (code, content, name) in files {
        file::attach(tx, scope, content, name, paper_about(dossier.id, code)).await?;
    }
    Ok(())
}
