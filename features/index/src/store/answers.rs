//! Answers to criteria.

use crate::model::*;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::AccountId;
use std::collections::BTreeMap;

sql! {
    OF_CARD = "select s.code, s.answer, s.note, s.excused, s.excused_why, s.fact, s.at, a.name, s.version \
               from index_answer s left join account a on a.id = s.account where s.card = $1";
    OF_ROUND = "select s.code, s.answer, s.note, s.excused, s.excused_why, s.fact, s.at, a.name, s.version, s.card \
                from index_answer s join index_card c on c.id = s.card left join account a on a.id = s.account \
                where c.round = $1 and c.kind = $2";
    ONE = "select s.code, s.answer, s.note, s.excused, s.excused_why, s.fact, s.at, a.name, s.version \
           from index_answer s left join account a on a.id = s.account where s.card = $1 and s.code = $2";
    PUT = "insert into index_answer (card, code, answer, note, excused, excused_why, fact, at, account, version) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) on conflict (card, code) do update set answer = $3, note = $4, \
           excused = $5, excused_why = $6, fact = $7, at = $8, account = $9, version = index_answer.version + 1";
}

fn read(row: &mut Row) -> Result<(String, Answer), DbError> {
    let code = row.pull()?;
    let answer = Answer {
        value: super::json(row.pull()?)?,
        note: row.pull()?,
        excused: excused(row.pull()?)?,
        excused_why: row.pull()?,
        fact: row.pull()?,
        at: row.pull()?,
        by: row.pull()?,
        version: row.pull()?,
    };
    Ok((code, answer))
}

fn excused(code: Option<String>) -> Result<Option<Excused>, DbError> {
    match code.as_deref() {
        None => Ok(None),
        Some("asked") => Ok(Some(Excused::Asked)),
        Some("granted") => Ok(Some(Excused::Granted)),
        Some("refused") => Ok(Some(Excused::Refused)),
        Some(other) => Err(DbError::Value(format!("no state {other:?}"))),
    }
}

fn code(excused: Excused) -> &'static str {
    match excused {
        Excused::Asked => "asked",
        Excused::Granted => "granted",
        Excused::Refused => "refused",
    }
}

/// All answers of a card, by code.
pub async fn answers(conn: &mut Conn, card: CardId) -> Result<BTreeMap<String, Answer>, DbError> {
    Ok(conn.list(OF_CARD, args![card], read).await?.into_iter().collect())
}

/// All answers of a round's cards of one kind, for criteria that compare units.
pub async fn answers_of_round(
    conn: &mut Conn,
    round: RoundId,
    kind: &str,
) -> Result<BTreeMap<CardId, BTreeMap<String, Answer>>, DbError> {
    let mut found: BTreeMap<CardId, BTreeMap<String, Answer>> = BTreeMap::new();
    let of_card = |row: &mut Row| Ok((read(row)?, row.pull::<CardId>()?));
    for ((code, answer), card) in conn.list(OF_ROUND, args![round, kind], of_card).await? {
        found.entry(card).or_default().insert(code, answer);
    }
    Ok(found)
}

pub async fn answer(conn: &mut Conn, card: CardId, code: &str) -> Result<Option<Answer>, DbError> {
    Ok(conn.find(ONE, args![card, code], read).await?.map(|(_, answer)| answer))
}

pub async fn put_answer(
    tx: &mut Tx,
    card: CardId,
    code_of: &str,
    answer: &Answer,
    at: base::Timestamp,
    by: Option<AccountId>,
) -> Result<(), DbError> {
    let value = answer.value.as_ref().map(|value| value.to_string());
    let row = args![
        card,
        code_of,
        value,
        &answer.note,
        answer.excused.map(code),
        &answer.excused_why,
        answer.fact.clone(),
        at,
        by
    ];
    tx.exec(PUT, row).await.map(drop)
}
