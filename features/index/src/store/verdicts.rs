//! Appraisers' verdicts, and what is said about criteria.

use crate::model::*;
use db::{Conn, DbError, FromVal, Row, Tx, args, sql};
use people::AccountId;
use std::collections::BTreeMap;

sql! {
    OF_CARD = "select v.card, v.code, v.points, v.agrees, v.reason, v.second, v.second_account, v.at, v.account, a.name, v.version \
               from index_verdict v left join account a on a.id = v.account where v.card = $1";
    OF_ROUND = "select v.card, v.code, v.points, v.agrees, v.reason, v.second, v.second_account, v.at, v.account, a.name, v.version \
                from index_verdict v join index_card c on c.id = v.card left join account a on a.id = v.account where c.round = $1";
    ONE = "select v.card, v.code, v.points, v.agrees, v.reason, v.second, v.second_account, v.at, v.account, a.name, v.version \
           from index_verdict v left join account a on a.id = v.account where v.card = $1 and v.code = $2";
    PUT = "insert into index_verdict (card, code, points, agrees, reason, second, second_account, at, account, version) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) on conflict (card, code) do update set points = $3, agrees = $4, \
           reason = $5, second = $6, second_account = $7, at = $8, account = $9, version = index_verdict.version + 1";
    SAY = "insert into index_remark (id, card, code, side, text, at, account) values ($1, $2, $3, $4, $5, $6, $7)";
    SAID = "select m.code, m.side, m.text, m.at, a.name from index_remark m left join account a on a.id = m.account \
            where m.card = $1 order by m.at, m.id";
}

fn read(row: &mut Row) -> Result<(CardId, String, Verdict), DbError> {
    let (card, code) = (row.pull()?, row.pull()?);
    let verdict = Verdict {
        points: row.pull()?,
        agrees: row.pull()?,
        reason: row.pull()?,
        second: second(row.pull()?)?,
        second_by: row.pull()?,
        at: row.pull()?,
        account: row.pull()?,
        by: row.pull()?,
        version: row.pull()?,
    };
    Ok((card, code, verdict))
}

fn second(code: Option<String>) -> Result<Option<Second>, DbError> {
    match code.as_deref() {
        None => Ok(None),
        Some("wanted") => Ok(Some(Second::Wanted)),
        Some("agreed") => Ok(Some(Second::Agreed)),
        Some(other) => Err(DbError::Value(format!("no state {other:?}"))),
    }
}

/// All verdicts on a card, by code.
pub async fn verdicts(conn: &mut Conn, card: CardId) -> Result<BTreeMap<String, Verdict>, DbError> {
    Ok(conn.list(OF_CARD, args![card], read).await?.into_iter().map(|(_, code, verdict)| (code, verdict)).collect())
}

/// All verdicts of a round.
pub async fn verdicts_of_round(
    conn: &mut Conn,
    round: RoundId,
) -> Result<BTreeMap<CardId, BTreeMap<String, Verdict>>, DbError> {
    let mut found: BTreeMap<CardId, BTreeMap<String, Verdict>> = BTreeMap::new();
    for (card, code, verdict) in conn.list(OF_ROUND, args![round], read).await? {
        found.entry(card).or_default().insert(code, verdict);
    }
    Ok(found)
}

pub async fn verdict(conn: &mut Conn, card: CardId, code: &str) -> Result<Option<Verdict>, DbError> {
    Ok(conn.find(ONE, args![card, code], read).await?.map(|(_, _, verdict)| verdict))
}

pub async fn put_verdict(
    tx: &mut Tx,
    card: CardId,
    code: &str,
    verdict: &Verdict,
    at: base::Timestamp,
    by: Option<AccountId>,
) -> Result<(), DbError> {
    let second = verdict.second.map(|second| match second {
        Second::Wanted => "wanted",
        Second::Agreed => "agreed",
    });
    let row = args![card, code, verdict.points, verdict.agrees, &verdict.reason, second, verdict.second_by, at, by];
    tx.exec(PUT, row).await.map(drop)
}

pub async fn say(
    tx: &mut Tx,
    card: CardId,
    code: &str,
    side: Side,
    text: &str,
    at: base::Timestamp,
    by: Option<AccountId>,
) -> Result<(), DbError> {
    let side = match side {
        Side::Appraiser => "appraiser",
        Side::Unit => "unit",
        Side::Council => "council",
    };
    let id: base::Uuid = db::fresh_id();
    tx.exec(SAY, args![id, card, code, side, text, at, by]).await.map(drop)
}

/// Everything said about a card's criteria, in the order it was said.
pub async fn remarks(conn: &mut Conn, card: CardId) -> Result<Vec<Remark>, DbError> {
    let read = |row: &mut Row| {
        Ok(Remark {
            code: row.pull()?,
            side: side(row.pull()?)?,
            text: row.pull()?,
            at: row.pull()?,
            by: row.pull::<Option<String>>()?.unwrap_or_else(|| "Hệ thống".into()),
        })
    };
    conn.list(SAID, args![card], read).await
}

fn side(val: db::Val) -> Result<Side, DbError> {
    match String::from_val(val)?.as_str() {
        "appraiser" => Ok(Side::Appraiser),
        "unit" => Ok(Side::Unit),
        "council" => Ok(Side::Council),
        other => Err(DbError::Value(format!("no side {other:?}"))),
    }
}
