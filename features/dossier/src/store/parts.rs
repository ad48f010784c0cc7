//! What belongs to a dossier: papers, fees, requests to supplement, results, apologies, its rating.

use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::Scope;
use serde_json::Value;

sql! {
    PAPERS = "select code, name, copy, number, verdict, fault, wanted, reused_from from dossier_paper where dossier = $1 order by place";
    PUT_PAPER = "insert into dossier_paper (dossier, code, name, copy, number, place) values ($1, $2, $3, $4, $5, $6) \
                 on conflict (dossier, code) do update set copy = $4, number = $5";
    JUDGE = "update dossier_paper set verdict = $3, fault = $4, wanted = $5 where dossier = $1 and code = $2";
    REUSED = "update dossier_paper set reused_from = $3 where dossier = $1 and code = $2";
    // Of what a clerk has received: anybody can hand in online under somebody's number.
    EARLIER = "select p.dossier, p.code, p.name, d.code, d.received from dossier d join dossier_paper p on p.dossier = d.id \
               where d.owner_id = $1 and d.agency = $2 and d.id <> $3 and coalesce(p.verdict, '') <> 'bad' \
               and d.received_by is not null and d.state not in ('submitted', 'refused', 'withdrawn') order by d.received desc, p.place limit 500";
    FEES = "select id, name, amount, collect, state, receipt, paid, way from dossier_fee where dossier = $1 order by id";
    ADD_FEE = "insert into dossier_fee (id, dossier, name, amount, collect, state) values ($1, $2, $3, $4, $5, 'due')";
    LOCK_FEE = "update dossier_fee set state = state where id = $1";
    PAY = "update dossier_fee set state = $3, receipt = $4, paid = $5, paid_by = $6, way = $7 where id = $1 and dossier = $2 and state = 'due'";
    ASKS = "select id, at, reason, items, until, approved_by, answered, answer from dossier_ask where dossier = $1 order by at";
    ADD_ASK = "insert into dossier_ask (id, dossier, at, account, reason, items, until, approved_by) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    // Both kinds: received and running, or still waiting to be received.
    UNANSWERED = "select distinct a.dossier from dossier_ask a join dossier d on d.id = a.dossier \
                  where a.answered is null and a.until < $1 and d.state = 'waiting' limit 1000";
    ANSWER = "update dossier_ask set answered = $2, answer = $3 where dossier = $1 and answered is null";
    RESULTS = "select id, name, number, on_day, drafted, signed, signer, issued from dossier_result where dossier = $1 order by drafted";
    RESULT = "select id, name, number, on_day, drafted, signed, signer, issued, dossier from dossier_result where id = $1";
    ADD_RESULT = "insert into dossier_result (id, dossier, name, drafted, drafted_by) values ($1, $2, $3, $4, $5)";
    SIGN = "update dossier_result set signed = $2, signed_by = $3, signer = $4 where dossier = $1 and signed is null";
    DROP_RESULT = "delete from dossier_result where id = $1 and signed is null";
    ISSUE = "update dossier_result set number = $2, on_day = $3, issued = $4 where id = $1";
    APOLOGISE = "insert into dossier_apology (id, dossier, at, account, reason, due_before, due_after, late) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    RATE = "insert into dossier_rating (dossier, at, answers, comment) values ($1, $2, $3, $4) on conflict (dossier) do nothing";
    RATING = "select answers, comment from dossier_rating where dossier = $1";
}

fn paper(row: &mut Row) -> Result<Paper, DbError> {
    let (code, name) = (row.pull()?, row.pull()?);
    let copy: String = row.pull()?;
    let copy = procedure::Copy::of(&copy).ok_or_else(|| DbError::Value(format!("no kind of copy: {copy:?}")))?;
    let number = row.pull()?;
    let verdict: Option<String> = row.pull()?;
    let good = verdict.map(|word| word == "good");
    Ok(Paper { code, name, copy, number, good, fault: row.pull()?, wanted: row.pull()?, reused_from: row.pull()? })
}

pub async fn papers(conn: &mut Conn, dossier: DossierId) -> Result<Vec<Paper>, DbError> {
    conn.list(PAPERS, args![dossier], paper).await
}

/// Adds a paper at its place, or says anew in which form it was handed in.
pub async fn put_paper(tx: &mut Tx, dossier: DossierId, place: i64, one: &Paper) -> Result<(), DbError> {
    let row = args![dossier, &one.code, &one.name, one.copy.code(), one.number, place];
    tx.exec(PUT_PAPER, row).await.map(drop)
}

/// Says in which dossier the agency had a paper already.
pub async fn reused(tx: &mut Tx, dossier: DossierId, code: &str, from: &str) -> Result<(), DbError> {
    tx.exec(REUSED, args![dossier, code, from]).await.map(drop)
}

/// Papers that an agency has of an owner from other dossiers than this one, the latest first; not those it found at fault.
pub async fn earlier_papers(
    conn: &mut Conn,
    number: &str,
    agency: people::UnitId,
    but: impl ToString,
) -> Result<Vec<EarlierPaper>, DbError> {
    let read = |row: &mut Row| {
        Ok(EarlierPaper {
            dossier: row.pull()?,
            code: row.pull()?,
            name: row.pull()?,
            from: row.pull()?,
            received: row.pull()?,
        })
    };
    conn.list(EARLIER, args![number, agency, but.to_string()], read).await
}

/// Writes what the office found of a paper; false where there is no such paper.
pub async fn judge_paper(
    tx: &mut Tx,
    dossier: DossierId,
    code: &str,
    good: Option<bool>,
    fault: &str,
    wanted: &str,
) -> Result<bool, DbError> {
    let verdict = good.map(|good| if good { "good" } else { "bad" });
    Ok(tx.exec(JUDGE, args![dossier, code, verdict, fault, wanted]).await? == 1)
}

fn fee(row: &mut Row) -> Result<Fee, DbError> {
    Ok(Fee {
        id: row.pull()?,
        name: row.pull()?,
        amount: row.pull()?,
        at_return: row.pull::<String>()? == "at-return",
        state: row.pull()?,
        receipt: row.pull()?,
        paid: row.pull()?,
        way: row.pull()?,
    })
}

pub async fn fees(conn: &mut Conn, dossier: DossierId) -> Result<Vec<Fee>, DbError> {
    conn.list(FEES, args![dossier], fee).await
}

pub async fn add_fee(tx: &mut Tx, dossier: DossierId, fee: &procedure::Fee) -> Result<(), DbError> {
    let id: FeeId = db::fresh_id();
    let collect = match fee.collect {
        procedure::Collect::AtIntake => "at-intake",
        procedure::Collect::AtReturn => "at-return",
    };
    tx.exec(ADD_FEE, args![id, dossier, &fee.name, fee.amount, collect]).await.map(drop)
}

/// Settles a fee that is due; false where it is not.
/// Whoever else settles this fee waits until this transaction ends.
pub async fn lock_fee(tx: &mut Tx, fee: FeeId) -> Result<(), DbError> {
    tx.exec(LOCK_FEE, args![fee]).await.map(drop)
}

pub async fn settle_fee(
    tx: &mut Tx,
    scope: &Scope,
    dossier: DossierId,
    fee: FeeId,
    state: FeeState,
    receipt: &str,
    way: &str,
) -> Result<bool, DbError> {
    Ok(tx.exec(PAY, args![fee, dossier, state, receipt, scope.now, scope.account, way]).await? == 1)
}

fn ask(row: &mut Row) -> Result<Ask, DbError> {
    let (id, at, reason) = (row.pull()?, row.pull()?, row.pull()?);
    let items: String = row.pull()?;
    let items =
        serde_json::from_str(&items).map_err(|error| DbError::Value(format!("items to supplement: {error}")))?;
    Ok(Ask {
        id,
        at,
        reason,
        items,
        until: row.pull()?,
        approved_by: row.pull()?,
        answered: row.pull()?,
        answer: row.pull()?,
    })
}

pub async fn asks(conn: &mut Conn, dossier: DossierId) -> Result<Vec<Ask>, DbError> {
    conn.list(ASKS, args![dossier], ask).await
}

pub async fn add_ask(tx: &mut Tx, scope: &Scope, dossier: DossierId, one: &Ask) -> Result<(), DbError> {
    let items = serde_json::to_string(&one.items).map_err(|error| DbError::Value(error.to_string()))?;
    let row = args![one.id, dossier, one.at, scope.account, &one.reason, items, one.until, one.approved_by];
    tx.exec(ADD_ASK, row).await.map(drop)
}

/// Dossiers whose last day to supplement lies before this one.
pub async fn unanswered(conn: &mut Conn, today: base::Date) -> Result<Vec<DossierId>, DbError> {
    conn.list(UNANSWERED, args![today], |row| row.pull()).await
}

/// Says that the open request was answered; false where there is none.
pub async fn answer_ask(tx: &mut Tx, dossier: DossierId, at: Timestamp, answer: &str) -> Result<bool, DbError> {
    Ok(tx.exec(ANSWER, args![dossier, at, answer]).await? >= 1)
}

fn outcome(row: &mut Row) -> Result<Outcome, DbError> {
    Ok(Outcome {
        id: row.pull()?,
        name: row.pull()?,
        number: row.pull()?,
        on: row.pull()?,
        drafted: row.pull()?,
        signed: row.pull()?,
        signer: row.pull()?,
        issued: row.pull()?,
    })
}

pub async fn results(conn: &mut Conn, dossier: DossierId) -> Result<Vec<Outcome>, DbError> {
    conn.list(RESULTS, args![dossier], outcome).await
}

/// A result with the dossier it belongs to.
pub async fn result_with_dossier(conn: &mut Conn, id: ResultId) -> Result<Option<(DossierId, Outcome)>, DbError> {
    conn.find(RESULT, args![id], |row| {
        let one = outcome(row)?;
        Ok((row.pull()?, one))
    })
    .await
}

pub async fn add_result(tx: &mut Tx, scope: &Scope, dossier: DossierId, name: &str) -> Result<ResultId, DbError> {
    let id: ResultId = db::fresh_id();
    tx.exec(ADD_RESULT, args![id, dossier, name, scope.now, scope.account]).await?;
    Ok(id)
}

/// Forgets a draft; what is signed stays.
pub async fn drop_result(tx: &mut Tx, id: ResultId) -> Result<(), DbError> {
    tx.exec(DROP_RESULT, args![id]).await.map(drop)
}

/// Signs what is drafted; how many.
pub async fn sign_results(tx: &mut Tx, scope: &Scope, dossier: DossierId) -> Result<u64, DbError> {
    tx.exec(SIGN, args![dossier, scope.now, scope.account, &scope.name]).await
}

pub async fn issue_result(tx: &mut Tx, id: ResultId, number: &str, scope: &Scope) -> Result<(), DbError> {
    tx.exec(ISSUE, args![id, number, scope.today(), scope.now]).await.map(drop)
}

/// Keeps an apology with its new date.
pub async fn add_apology(
    tx: &mut Tx,
    scope: &Scope,
    dossier: DossierId,
    reason: &str,
    due: (Timestamp, Timestamp),
    late: bool,
) -> Result<(), DbError> {
    let id = base::Uuid::now_v7().to_string();
    tx.exec(APOLOGISE, args![id, dossier, scope.now, scope.account, reason, due.0, due.1, late]).await.map(drop)
}

/// Keeps what a citizen said; false where they had said it already.
pub async fn add_rating(
    tx: &mut Tx,
    dossier: DossierId,
    at: Timestamp,
    answers: &Value,
    comment: &str,
) -> Result<bool, DbError> {
    Ok(tx.exec(RATE, args![dossier, at, answers.to_string(), comment]).await? == 1)
}

pub async fn rating(conn: &mut Conn, dossier: DossierId) -> Result<Option<(String, String)>, DbError> {
    conn.find(RATING, args![dossier], |row| Ok((row.pull()?, row.pull()?))).await
}
