//! What the National Public Service Portal is told: the whole dossier after each deed that changes how it stands, and each
//! step that was done. It is put into the queue of `kit/link` in the deed's transaction; whether the portal is there does
//! not matter to whoever works (docs/how-to/connections.md).

use super::tell::Outside;
use crate::model::*;
use crate::store;
use base::Timestamp;
use db::Tx;
use link::{Outgoing, dvcqg};
use people::{Failure, Scope, Unit};
use std::collections::BTreeMap;

/// Deeds of the office that change nothing of what the portal knows.
const INSIDE: &[&str] =
    &["dossier.assigned", "dossier.judged", "dossier.declared", "dossier.result-drafted", "dossier.signed"];

/// What the portal is told of a deed: the step that it did, then the dossier as it is now. Made before the journal's line,
/// whose head every writer queues on; put after it, since both are locks and all take them in this order.
pub(super) async fn news(
    tx: &mut Tx,
    scope: &Scope,
    outside: &Outside,
    dossier: &Dossier,
    deed: &str,
    done: Option<&(Step, String)>,
) -> Result<Vec<Outgoing>, Failure> {
    let mut news = Vec::new();
    if !outside.portal || INSIDE.contains(&deed) {
        return Ok(news);
    }
    let subject = format!("dossier:{}", dossier.id);
    if let Some((step, onward)) = done {
        let progress = progress(tx, scope, dossier, step, onward).await?;
        news.push(dvcqg::progress(&subject, &step.id.to_string(), &progress)?);
    }
    let (agency, counter) = (unit(tx, dossier.agency).await?, unit(tx, dossier.counter).await?);
    let whole = whole(tx, dossier, &agency, &counter, deed).await?;
    news.push(dvcqg::dossier(&subject, dossier.version, &whole)?);
    Ok(news)
}

/// The dossier as it is once money came: told at once, beside the deeds, whose versions it does not count with.
pub(super) async fn money(
    tx: &mut Tx,
    outside: &Outside,
    dossier: &Dossier,
    payment: impl std::fmt::Display,
) -> Result<Option<Outgoing>, Failure> {
    if !outside.portal {
        return Ok(None);
    }
    let (agency, counter) = (unit(tx, dossier.agency).await?, unit(tx, dossier.counter).await?);
    let whole = whole(tx, dossier, &agency, &counter, "dossier.fee-paid").await?;
    let mut told = dvcqg::dossier(&format!("dossier:{}", dossier.id), dossier.version, &whole)?;
    told.key = format!("{}:paid:{payment}", told.key);
    Ok(Some(told))
}

pub(super) async fn put(tx: &mut Tx, scope: &Scope, news: Vec<Outgoing>) -> Result<(), Failure> {
    for one in news {
        link::put(tx, one, scope.now).await?;
    }
    Ok(())
}

/// A step that was done: who, what, until when.
async fn progress(
    tx: &mut Tx,
    scope: &Scope,
    dossier: &Dossier,
    step: &Step,
    onward: &str,
) -> Result<dvcqg::ProgressSync, Failure> {
    let office = match scope.unit {
        Some(unit) => people::find_unit(tx, unit).await?.map(|unit| unit.name).unwrap_or_default(),
        None => String::new(),
    };
    let what = if onward.is_empty() { step.name.clone() } else { format!("{}, chuyển {onward}", step.name) };
    Ok(dvcqg::ProgressSync {
        code: dossier.code.clone(),
        who: scope.name.clone(),
        title: String::new(),
        office,
        what,
        at: scope.now,
        status: status(dossier, false, "").into(),
        begun: Some(step.begun),
        due: step.due,
    })
}

async fn unit(tx: &mut Tx, id: people::UnitId) -> Result<Unit, Failure> {
    people::find_unit(tx, id).await?.ok_or(Failure::NotFound)
}

/// The national code of a unit: of QĐ 20/2020 and after, else what it had before.
fn national(unit: &Unit) -> String {
    unit.code_new.clone().or_else(|| unit.code_old.clone()).unwrap_or_default()
}

/// The status in the portal's ten (regulations.md §2.2): a key of `dvcqg::statuses`.
fn status(dossier: &Dossier, owes: bool, deed: &str) -> &'static str {
    match dossier.state {
        State::Submitted => "new",
        State::Processing if matches!(deed, "dossier.received" | "dossier.accepted") => "accepted",
        State::Processing => "processing",
        State::Waiting if owes => "payment",
        State::Waiting => "supplement",
        State::Resolved => "resolved",
        State::Returned => "returned",
        State::Withdrawn => "withdrawn",
        // What was never officially received was not taken in; what was is stopped.
        State::Refused if dossier.received_by.is_none() => "not-accepted",
        State::Refused | State::Stopped => "stopped",
    }
}

async fn whole(
    tx: &mut Tx,
    dossier: &Dossier,
    agency: &Unit,
    counter: &Unit,
    deed: &str,
) -> Result<dvcqg::DossierSync, Failure> {
    let (fees, asks) = (store::fees(tx, dossier.id).await?, store::asks(tx, dossier.id).await?);
    let results = store::results(tx, dossier.id).await?;
    let ended = |states: &[State]| dossier.ended.filter(|_| states.contains(&dossier.state));
    let asked = asks.iter().any(|ask| ask.answered.is_none());
    let received = dossier.received_by.is_some() || dossier.submitted.is_none();
    Ok(dvcqg::DossierSync {
        code: dossier.code.clone(),
        procedure: dossier.procedure.clone(),
        procedure_name: dossier.name.clone(),
        service: String::new(),
        field: String::new(),
        field_name: dossier.field.clone(),
        receipt: if received { dossier.number.to_string() } else { String::new() },
        owner: owner(&dossier.owner),
        submitter: submitter(&dossier.owner),
        summary: dossier.summary.clone(),
        channel: channel(dossier.channel),
        status: status(dossier, dossier.paused.is_some() && !asked, deed).into(),
        submitted: dossier.submitted,
        received: received.then_some(dossier.received),
        due: dossier.due,
        resolved: dossier.resolved,
        returned: ended(&[State::Returned]),
        refused: ended(&[State::Refused]),
        return_note: String::new(),
        return_by_post: dossier.return_by == ReturnBy::Post,
        agency_name: agency.name.clone(),
        agency_code: national(agency),
        place_code: national(counter),
        note: String::new(),
        identified: dossier.identified,
        paid_online: fees.iter().any(|fee| fee.way == "online"),
        papers: papers(tx, dossier.id).await?,
        fees: fees.iter().map(fee).collect(),
        supplements: asks.iter().map(|ask| supplement(ask, dossier.due)).collect(),
        results: results.iter().filter(|one| one.signed.is_some()).map(result).collect(),
        databases: Vec::new(),
        // The names that the portal's service gives to answers are not ours.
        answers: serde_json::Map::new(),
    })
}

fn channel(channel: Channel) -> dvcqg::Channel {
    match channel {
        Channel::Counter => dvcqg::Channel::Counter,
        Channel::Online => dvcqg::Channel::Online,
        Channel::Post => dvcqg::Channel::Post,
    }
}

fn owner(owner: &Owner) -> dvcqg::Owner {
    let kind = match owner.kind {
        OwnerKind::Person => dvcqg::OwnerKind::Citizen,
        OwnerKind::Organisation => dvcqg::OwnerKind::Business,
    };
    dvcqg::Owner {
        kind,
        name: owner.name.clone(),
        number: owner.number.clone(),
        portal_id: String::new(),
        born: owner.born.clone(),
        phone: owner.phone.clone(),
        email: owner.email.clone(),
        address: owner.address.clone(),
        province: String::new(),
        commune: String::new(),
    }
}

fn submitter(owner: &Owner) -> Option<dvcqg::Submitter> {
    let one = dvcqg::Submitter { name: owner.submitter.clone(), number: owner.submitter_number.clone() };
    (!one.name.is_empty()).then_some(one)
}

async fn papers(tx: &mut Tx, id: DossierId) -> Result<Vec<dvcqg::Paper>, Failure> {
    let papers = store::papers(tx, id).await?;
    let abouts: Vec<String> = papers.iter().map(|paper| format!("{id}/{}", paper.code)).collect();
    let files = file::uses_of(tx, "dossier-paper", &abouts).await?;
    // The last file of a paper is the one that counts: a supplement stands for what came before it.
    let files: BTreeMap<String, file::Use> = files.into_iter().map(|one| (one.about.clone(), one)).collect();
    let one = |paper: &Paper| {
        let file = files.get(&format!("{id}/{}", paper.code));
        dvcqg::Paper {
            code: paper.code.clone(),
            name: paper.name.clone(),
            number: paper.number,
            copy: match paper.copy {
                procedure::Copy::Original => 0,
                procedure::Copy::Copy | procedure::Copy::Certified => 1,
                procedure::Copy::Electronic => 2,
            },
            file: file.map(|file| file.id.to_string()).unwrap_or_default(),
            sha256: file.map(|file| file.sha256.clone()).unwrap_or_default(),
            address: String::new(),
            digitised: file.is_some(),
            reused: u8::from(!paper.reused_from.is_empty()),
            reused_result: String::new(),
        }
    };
    Ok(papers.iter().map(one).collect())
}

fn fee(fee: &Fee) -> dvcqg::Fee {
    let collection = if fee.at_return { dvcqg::Collection::OnReturn } else { dvcqg::Collection::OnReceipt };
    dvcqg::Fee {
        code: String::new(),
        name: fee.name.clone(),
        amount: fee.amount,
        is_charge: base::text::fold(&fee.name).starts_with("phi"),
        collection,
        paid: fee.state == FeeState::Paid,
    }
}

fn supplement(ask: &Ask, due: Option<Timestamp>) -> dvcqg::Supplement {
    dvcqg::Supplement {
        id: ask.id.to_string(),
        asked_by: String::new(),
        content: ask.reason.clone(),
        asked: ask.at,
        answered: ask.answered,
        taken_by: String::new(),
        answer: ask.answer.clone(),
        papers: ask.items.iter().map(|item| item.name.clone()).collect(),
        due_before: None,
        due_after: due.filter(|_| ask.answered.is_some()),
    }
}

fn result(one: &Outcome) -> dvcqg::Yield {
    dvcqg::Yield {
        name: one.name.clone(),
        component: String::new(),
        file: one.id.to_string(),
        address: String::new(),
        code: one.number.clone(),
    }
}

/// The files that messages name: a paper's by the id of its use, a result's by the result.
pub struct Attachments(pub web::Site);

impl dvcqg::Files for Attachments {
    fn read<'a>(
        &'a self,
        id: &'a str,
    ) -> std::pin::Pin<Box<dyn Future<Output = Option<dvcqg::Attachment>> + Send + 'a>> {
        Box::pin(async move {
            let mut conn = self.0.db.read().await.ok()?;
            let uses = file::uses_of(&mut conn, "dossier-result", &[id]).await.ok()?;
            let id = uses.last().map(|one| one.id).or_else(|| id.parse().ok())?;
            let opened = file::open(&mut conn, &self.0.files, id).await.ok()?;
            let file::Use { name, kind, .. } = opened.meta;
            Some(dvcqg::Attachment { name, media: kind, bytes: opened.bytes.to_vec() })
        })
    }
}
