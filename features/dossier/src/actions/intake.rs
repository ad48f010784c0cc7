//! Intake: a dossier is officially received, gets its number and code, and begins its process.

use super::sync;
use super::tell::{Outside, tell_owner};
use super::work::calendar_of;
use crate::clock;
use crate::codes;
use crate::flow::{self, Offer};
use crate::model::*;
use crate::rules;
use crate::store;
use base::{Date, Refusals, Timestamp};
use db::{Conn, Tx};
use journal::about;
use people::{Failure, Role, Scope, Station, Unit, UnitId};
use procedure::Procedure;
use serde_json::Value;
use web::Site;

/// A paper as it is handed in.
#[derive(Clone, Debug)]
pub struct Given {
    pub code: String,
    pub copy: procedure::Copy,
    pub number: i64,
    /// Its files, stored: content and name.
    pub files: Vec<(file::Content, String)>,
}

/// What a clerk enters.
#[derive(Clone, Debug)]
pub struct Intake {
    pub procedure: String,
    pub case: String,
    pub channel: Channel,
    pub owner: Owner,
    pub summary: String,
    pub papers: Vec<Given>,
    pub return_by: ReturnBy,
    /// Of the fees that are alternatives to each other, the one that applies: its place among the fees of the case.
    pub tariff: Option<usize>,
    /// Fees at intake are paid now, in cash.
    pub paid: bool,
    /// Another moment of receipt than now, and why.
    pub received: Option<Timestamp>,
    pub why: String,
    /// The draft that the citizen began online.
    pub draft: Option<DraftId>,
    pub sample: bool,
}

/// What the receipt says: also the secret, which is kept nowhere else.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub id: DossierId,
    pub code: String,
    pub secret: String,
}

/// The procedures that this unit receives, by code and name, to choose from.
pub async fn offers(conn: &mut Conn, scope: &Scope) -> Result<Vec<(String, String)>, Failure> {
    let heads = rulebook::all_in_force(conn, flow::PROCEDURE, scope.today()).await?;
    let here = stands(conn, scope).await?;
    let mut found = Vec::new();
    for head in heads {
        let procedure = flow::procedure(conn, head.id).await?;
        if here.iter().any(|unit| Procedure::names(&procedure.receives, &unit.key, &unit.kind)) {
            found.push((head.code, head.name));
        }
    }
    found.sort_by_cached_key(|one| base::text::sort_key(&one.1));
    Ok(found)
}

/// The units that a person stands in, from their own upward.
async fn stands(conn: &mut Conn, scope: &Scope) -> Result<Vec<Unit>, Failure> {
    let Station { path, .. } = people::station(conn, scope).await?;
    let mut found = Vec::new();
    for unit in path {
        found.extend(people::find_unit(conn, unit).await?);
    }
    Ok(found)
}

/// Receives a dossier at the counter. All that is wrong is said at once.
pub async fn receive(site: &Site, scope: &Scope, new: Intake) -> Result<Receipt, Failure> {
    receive_row(site, scope, new, None).await
}

/// The same for a row of a workbook, which is written down beside it.
pub(super) async fn receive_row(
    site: &Site,
    scope: &Scope,
    new: Intake,
    row: Option<(BatchId, i64)>,
) -> Result<Receipt, Failure> {
    if !scope.has(Role::Clerk) {
        return Err(Failure::forbidden("Tiếp nhận hồ sơ dành cho cán bộ một cửa."));
    }
    let mut tx = site.db.begin().await?;
    let here = stands(&mut tx, scope).await?;
    let received = new.received.unwrap_or(scope.now);
    let day = base::day::today(received);
    let offer = flow::offer(&mut tx, &new.procedure, &new.case, day).await?;
    let places = places(&mut tx, &offer.procedure, &here, day).await?;
    let mut refusals: Refusals = rules::check_owner(&new.owner, scope.today()).into_iter().map(Into::into).collect();
    let asked = offer.procedure.asked(&new.case).ok_or(NotNow::NoCase)?;
    if new.tariff.is_none() && asked.fees.iter().any(|fee| !fee.when.is_empty()) {
        refusals.push(NotNow::TariffMissing.into());
    }
    let given: Vec<String> = new.papers.iter().map(|paper| paper.code.clone()).collect();
    refusals.extend(rules::check_papers(&asked, &given).into_iter().map(base::Refusal::from));
    if let Err(no) = rules::check_received(received, &new.why, scope.now) {
        refusals.push(no.into());
    }
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    let (receipt, dossier) = put(&mut tx, scope, &new, &offer, places, received).await?;
    tell_owner(&mut tx, scope, &Outside::of(&site.settings), &dossier, "dossier.received").await?;
    if let Some(draft) = new.draft {
        super::online::take_over(&mut tx, scope, draft, &dossier, &given).await?;
    }
    if let Some((batch, row)) = row {
        store::add_batch_row(&mut tx, batch, row, Some(receipt.id), "").await?;
    }
    let outside = Outside::of(&site.settings);
    let news = sync::news(&mut tx, scope, &outside, &dossier, "dossier.received", None).await?;
    sync::put(&mut tx, scope, news).await?;
    tx.commit().await?;
    Ok(receipt)
}

/// Who resolves and where it is received.
pub(crate) struct Places {
    pub agency: Unit,
    pub counter: UnitId,
}

pub(crate) async fn places(
    conn: &mut Conn,
    procedure: &Procedure,
    here: &[Unit],
    day: Date,
) -> Result<Places, Failure> {
    let names = |list: &[String], unit: &Unit| Procedure::names(list, &unit.key, &unit.kind);
    let counter = here.iter().find(|unit| names(&procedure.receives, unit)).ok_or(NotNow::NotHere)?;
    // Its own commune or department where that resolves; else the one unit that is named.
    if let Some(own) = here.iter().find(|unit| names(&procedure.resolves, unit)) {
        return Ok(Places { agency: own.clone(), counter: counter.id });
    }
    for key in &procedure.resolves {
        if let Some(unit) = people::unit_by_key(conn, key).await?.filter(|unit| unit.is_on(day)) {
            return Ok(Places { agency: unit, counter: counter.id });
        }
    }
    Err(NotNow::NotHere.into())
}

async fn put(
    tx: &mut Tx,
    scope: &Scope,
    new: &Intake,
    offer: &Offer,
    places: Places,
    received: Timestamp,
) -> Result<(Receipt, Dossier), Failure> {
    let day = base::day::today(received);
    let code = serial_code(tx, &places.agency, day).await?;
    let number = register_number(tx, places.counter, day).await?;
    // Beside the code, so that nobody follows another's dossier by counting.
    let secret = people::fresh_digits()?;
    let first = offer.process.steps.first().ok_or_else(|| Failure::Broken("a process without steps".into()))?;
    let mut dossier = begun(scope, new, offer, &places, received);
    (dossier.code, dossier.number, dossier.secret) = (code.clone(), number, people::sha256(&secret));
    let step = Step::begun(first, received);
    let calendar = calendar_of(tx, &dossier).await?;
    let due = clock::due(&calendar, received, offer.time, &[])?;
    let step_due = clock::step_due(&calendar, &step, &[])?;
    (dossier.due, dossier.promised) = (due, due.unwrap_or(received));
    dossier.at = Place {
        step: step.code.clone(),
        name: step.name.clone(),
        role: step.role.clone(),
        due: step_due,
        ..Place::default()
    };
    store::add_dossier(tx, &dossier, None).await?;
    store::add_step(tx, dossier.id, &Step { due: step_due, ..step }).await?;
    put_papers(tx, scope, &dossier, new, offer).await?;
    put_fees(tx, scope, &dossier, new, offer).await?;
    let note = if new.why.is_empty() { String::new() } else { format!("Ghi lùi lúc nhận: {}", new.why) };
    store::add_event(tx, scope, dossier.id, "Tiếp nhận hồ sơ", &note, true).await?;
    journal::write(tx, scope, "dossier.received", about("dossier", dossier.id), &(), &kept(&dossier, &note)).await?;
    Ok((Receipt { id: dossier.id, code, secret }, dossier))
}

/// A dossier at its beginning, before it has its numbers and its secret.
fn begun(scope: &Scope, new: &Intake, offer: &Offer, places: &Places, received: Timestamp) -> Dossier {
    Dossier {
        id: db::fresh_id(),
        code: String::new(),
        number: 0,
        procedure: new.procedure.clone(),
        procedure_edition: offer.procedure_edition,
        process_edition: offer.process_edition,
        case: new.case.clone(),
        name: offer.procedure.name.clone(),
        field: offer.procedure.field.clone(),
        agency: places.agency.id,
        counter: places.counter,
        channel: new.channel,
        state: State::Processing,
        owner: new.owner.clone(),
        summary: new.summary.clone(),
        return_by: new.return_by,
        secret: String::new(),
        submitted: None,
        received,
        received_by: scope.account,
        promised: received,
        due: None,
        paused: None,
        resolved: None,
        ended: None,
        standing: workflow::begin(&offer.process),
        at: Place::default(),
        asked: 0,
        extended: 0,
        identified: false,
        sample: new.sample,
        version: 1,
    }
}

/// What the journal keeps of a new dossier: nothing personal.
fn kept(dossier: &Dossier, note: &str) -> Value {
    serde_json::json!({
        "code": dossier.code, "procedure": dossier.procedure, "case": dossier.case, "agency": dossier.agency,
        "counter": dossier.counter, "channel": dossier.channel, "received": dossier.received, "due": dossier.due, "note": note,
    })
}

/// The next code of an agency on a day.
pub(crate) async fn serial_code(tx: &mut Tx, agency: &Unit, day: Date) -> Result<String, Failure> {
    let serial = store::next_number(tx, &format!("code:{}:{day}", agency.id)).await?;
    let code_of = |code: &Option<String>| code.clone().unwrap_or_else(|| agency.key.clone());
    Ok(codes::on(day)?.code(&code_of(&agency.code_old), &code_of(&agency.code_new), day, serial))
}

/// The next number in a counter's register of the year.
pub(crate) async fn register_number(tx: &mut Tx, counter: UnitId, day: Date) -> Result<i64, Failure> {
    Ok(store::next_number(tx, &format!("register:{counter}:{}", day.year())).await?)
}

/// The papers that were handed in. Whoever takes them in has looked at each: what is taken is good until somebody says
/// otherwise (NĐ 61/2018/NĐ-CP Art. 17: completeness and correctness are checked at receipt).
async fn put_papers(tx: &mut Tx, scope: &Scope, dossier: &Dossier, new: &Intake, offer: &Offer) -> Result<(), Failure> {
    for (place, asked) in (1..).zip(offer.procedure.papers.iter()) {
        let Some(given) = new.papers.iter().find(|given| given.code == asked.code) else { continue };
        let paper = Paper {
            code: asked.code.clone(),
            name: asked.name.clone(),
            copy: given.copy,
            number: given.number,
            good: Some(true),
            fault: String::new(),
            wanted: String::new(),
            reused_from: String::new(),
        };
        store::put_paper(tx, dossier.id, place, &paper).await?;
        store::judge_paper(tx, dossier.id, &paper.code, paper.good, "", "").await?;
        for (content, name) in &given.files {
            file::attach(tx, scope, content, name, paper_about(dossier.id, &paper.code)).await?;
        }
    }
    Ok(())
}

/// The record that a paper's files belong to.
pub(crate) fn paper_about(dossier: DossierId, code: &str) -> journal::About {
    about("dossier-paper", format!("{dossier}/{code}"))
}

async fn put_fees(tx: &mut Tx, scope: &Scope, dossier: &Dossier, new: &Intake, offer: &Offer) -> Result<(), Failure> {
    put_fees_of(tx, dossier, offer, new.tariff).await?;
    if new.paid {
        let fees = store::fees(tx, dossier.id).await?;
        for fee in fees.iter().filter(|fee| !fee.at_return) {
            let number =
                store::next_number(tx, &format!("receipt:{}:{}", dossier.counter, scope.today().year())).await?;
            let receipt = format!("{number:07}");
            store::settle_fee(tx, scope, dossier.id, fee.id, FeeState::Paid, &receipt, "cash").await?;
        }
    }
    Ok(())
}

/// The fees of its case; of those that are alternatives the one that is chosen, none while nobody has chosen.
pub(crate) async fn put_fees_of(
    tx: &mut Tx,
    dossier: &Dossier,
    offer: &Offer,
    tariff: Option<usize>,
) -> Result<(), Failure> {
    let Some(asked) = offer.procedure.asked(&dossier.case) else { return Ok(()) };
    for (at, fee) in asked.fees.iter().enumerate() {
        if fee.when.is_empty() || tariff == Some(at) {
            store::add_fee(tx, dossier.id, fee).await?;
        }
    }
    Ok(())
}
