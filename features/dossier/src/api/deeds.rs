//! What is done with a dossier. Each answers with the dossier as it then is.

use super::reading::now;
use crate::actions::{self, Given, Intake, NewAsk, NewAwaited, Onward};
use crate::model::*;
use axum::extract::{Path, Query};
use base::{Date, Timestamp};
use people::{AccountId, Failure, UnitId};
use serde::Deserialize;
use serde_json::json;
use web::{Body, Brought, Caller, IfMatch, JsonAnswer, json as answer_json};

type Of = Path<DossierId>;

async fn then(caller: &Caller, id: DossierId, done: Result<(), Failure>) -> JsonAnswer {
    done?;
    now(caller, id).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPaper {
    code: String,
    copy: Option<procedure::Copy>,
    number: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NewOwner {
    kind: OwnerKind,
    name: String,
    number: String,
    born: String,
    phone: String,
    email: String,
    address: String,
    submitter: String,
    submitter_number: String,
}

impl Default for NewOwner {
    fn default() -> NewOwner {
        let Owner { kind, name, number, born, phone, email, address, submitter, submitter_number } =
            Filled::default().owner;
        NewOwner { kind, name, number, born, phone, email, address, submitter, submitter_number }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    procedure: String,
    case: String,
    owner: NewOwner,
    papers: Vec<NewPaper>,
    channel: Option<Channel>,
    #[serde(default)]
    summary: String,
    return_by: Option<ReturnBy>,
    tariff: Option<usize>,
    #[serde(default)]
    paid: bool,
    received: Option<Timestamp>,
    #[serde(default)]
    why: String,
}

/// Received at the counter. The secret is told here alone.
pub async fn receive(caller: Caller, Body(body): Body<Received>) -> JsonAnswer {
    let given = |paper: NewPaper| Given {
        code: paper.code,
        copy: paper.copy.unwrap_or(procedure::Copy::Original),
        number: paper.number.unwrap_or(1).max(1),
        files: Vec::new(),
    };
    let NewOwner { kind, name, number, born, phone, email, address, submitter, submitter_number } = body.owner;
    let new = Intake {
        procedure: body.procedure,
        case: body.case,
        channel: body.channel.unwrap_or(Channel::Counter),
        owner: Owner { kind, name, number, born, phone, email, address, submitter, submitter_number },
        summary: body.summary,
        papers: body.papers.into_iter().map(given).collect(),
        return_by: body.return_by.unwrap_or(ReturnBy::Counter),
        tariff: body.tariff,
        paid: body.paid,
        received: body.received,
        why: body.why,
        draft: None,
        sample: caller.site.settings.sample,
    };
    let receipt = actions::receive(&caller.site, &caller.scope, new).await?;
    answer_json(&json!({ "id": receipt.id, "code": receipt.code, "secret": receipt.secret }), None)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    tariff: Option<usize>,
}

pub async fn accept(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Accepted>) -> JsonAnswer {
    let done = actions::accept(&caller.site, &caller.scope, id, version, body.tariff).await;
    then(&caller, id, done.map(drop)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    step: String,
    /// Which of the step's moves; none at a step that ends.
    onward: Option<usize>,
    chosen: Option<String>,
    #[serde(default)]
    note: String,
    to: Option<AccountId>,
}

pub async fn leave(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Move>) -> JsonAnswer {
    let ask = Onward { step: body.step, onward: body.onward, chosen: body.chosen, note: body.note, to: body.to };
    let done = actions::leave(&caller.site, &caller.scope, id, version, ask).await;
    then(&caller, id, done).await
}

pub async fn undo(caller: Caller, Path(id): Of, IfMatch(version): IfMatch) -> JsonAnswer {
    let done = actions::undo(&caller.site, &caller.scope, id, version).await;
    then(&caller, id, done).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    step: String,
    /// None: to nobody by name.
    to: Option<AccountId>,
}

pub async fn assign(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Assigned>) -> JsonAnswer {
    let done = actions::assign(&caller.site, &caller.scope, id, version, &body.step, body.to).await;
    then(&caller, id, done).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    code: String,
    good: Option<bool>,
    #[serde(default)]
    fault: String,
    #[serde(default)]
    wanted: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdicts {
    papers: Vec<Verdict>,
}

pub async fn judge(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Verdicts>) -> JsonAnswer {
    let item = |one: Verdict| {
        let Verdict { code, good, fault, wanted } = one;
        (Item { code, name: String::new(), fault, wanted }, good)
    };
    let all: Vec<(Item, Option<bool>)> = body.papers.into_iter().map(item).collect();
    let done = actions::judge(&caller.site, &caller.scope, id, version, &all).await;
    then(&caller, id, done).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    items: Vec<Item>,
    reason: String,
    until: Option<Date>,
}

pub async fn ask(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Asked>) -> JsonAnswer {
    let new = NewAsk { items: body.items, reason: body.reason, until: body.until };
    let done = actions::ask(&caller.site, &caller.scope, id, version, new).await;
    then(&caller, id, done).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Awaits {
    why: workflow::Wait,
    agency: Option<UnitId>,
    #[serde(default)]
    whom: String,
    said: String,
    until: Option<Date>,
}

pub async fn wait_for(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Awaits>) -> JsonAnswer {
    let Awaits { why, agency, whom, said, until } = body;
    let new = NewAwaited { why, agency, whom, said, until };
    let done = actions::wait_for(&caller.site, &caller.scope, id, version, new).await;
    then(&caller, id, done).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    awaited: AwaitedId,
    said: String,
}

pub async fn answer(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Answered>) -> JsonAnswer {
    let done = actions::answer(&caller.site, &caller.scope, id, version, body.awaited, &body.said, Vec::new()).await;
    then(&caller, id, done).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    reason: String,
}

pub async fn refuse(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Reason>) -> JsonAnswer {
    let done = actions::refuse(&caller.site, &caller.scope, id, version, body.reason.trim()).await;
    then(&caller, id, done).await
}

pub async fn withdraw(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Reason>) -> JsonAnswer {
    let done = actions::withdraw(&caller.site, &caller.scope, id, version, body.reason.trim()).await;
    then(&caller, id, done).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extended {
    days: u32,
    reason: String,
}

pub async fn extend(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Extended>) -> JsonAnswer {
    let done = actions::extend(&caller.site, &caller.scope, id, version, body.days, body.reason.trim()).await;
    then(&caller, id, done.map(drop)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    received: Timestamp,
    why: String,
}

pub async fn correct(
    caller: Caller,
    Path(id): Of,
    IfMatch(version): IfMatch,
    Body(body): Body<Corrected>,
) -> JsonAnswer {
    let done = actions::correct(&caller.site, &caller.scope, id, version, body.received, body.why.trim()).await;
    then(&caller, id, done).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paid {
    fee: FeeId,
}

pub async fn pay(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Paid>) -> JsonAnswer {
    let done = actions::pay(&caller.site, &caller.scope, id, version, body.fee).await;
    then(&caller, id, done).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waived {
    fee: FeeId,
    reason: String,
}

pub async fn waive(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Waived>) -> JsonAnswer {
    let done = actions::waive(&caller.site, &caller.scope, id, version, body.fee, body.reason.trim()).await;
    then(&caller, id, done).await
}

pub async fn sign(caller: Caller, Path(id): Of, IfMatch(version): IfMatch) -> JsonAnswer {
    let done = actions::sign(&caller.site, &caller.scope, id, version).await;
    then(&caller, id, done).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issued {
    result: ResultId,
}

pub async fn issue(caller: Caller, Path(id): Of, IfMatch(version): IfMatch, Body(body): Body<Issued>) -> JsonAnswer {
    let done = actions::issue(&caller.site, &caller.scope, id, version, body.result).await;
    then(&caller, id, done).await
}

/// A scan of a paper: the body is the file.
pub async fn scan(
    caller: Caller,
    Path((id, code)): Path<(DossierId, String)>,
    IfMatch(version): IfMatch,
    file: Brought,
) -> JsonAnswer {
    let scanned = (&file.content, file.name.as_str());
    let done = actions::scan(&caller.site, &caller.scope, id, version, &code, scanned).await;
    then(&caller, id, done).await
}

#[derive(Deserialize)]
pub struct Drafted {
    title: String,
}

/// A draft of the result: the body is the file.
pub async fn draft(
    caller: Caller,
    Path(id): Of,
    Query(Drafted { title }): Query<Drafted>,
    IfMatch(version): IfMatch,
    file: Brought,
) -> JsonAnswer {
    let (content, name) = (&file.content, &file.name);
    let done = actions::draft(&caller.site, &caller.scope, id, version, title.trim(), content, name).await;
    then(&caller, id, done).await
}
