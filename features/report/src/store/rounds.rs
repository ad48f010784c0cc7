//! Collections.

use crate::model::*;
use base::Timestamp;
use db::{Conn, DbError, Row, Tx, args, sql};
use indicator::Period;
use people::{AccountId, UnitId};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select r.id, r.code, r.regime, r.indicators, r.period, r.collector, u.name, r.closed, r.sample \
             from report_round r join unit u on u.id = r.collector where ",
            $rest
        )
    };
}

sql! {
    BY_ID = select!("r.id = $1");
    OF = select!("r.collector = $1 order by r.closed desc, r.code limit $2 offset $3");
    UNITS = "select count(*), cast(coalesce(sum(version), 0) as bigint), coalesce(min(id), ''), coalesce(max(id), '') from unit";
    OF_CODE = select!("r.code = $1 order by r.closed, r.id");
    SAME = select!("r.code = $1 and r.collector = $2 and r.period = $3");
    ADD = "insert into report_round (id, code, regime, indicators, period, collector, closed, opened, opened_by, sample) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// What changes when a unit is added or changed: how many there are, the sum of their versions, the first and the last id.
pub type Stamp = (i64, i64, String, String);

pub async fn units_stamp(conn: &mut Conn) -> Result<Stamp, DbError> {
    let read = |row: &mut Row| Ok((row.pull()?, row.pull()?, row.pull()?, row.pull()?));
    Ok(conn.find(UNITS, &[], read).await?.unwrap_or_default())
}

pub(super) fn read(row: &mut Row) -> Result<Round, DbError> {
    Ok(Round {
        id: row.pull()?,
        code: row.pull()?,
        regime: row.pull()?,
        indicators: row.pull()?,
        period: period(&row.pull::<String>()?)?,
        collector: row.pull()?,
        collector_name: row.pull()?,
        closed: row.pull()?,
        sample: row.pull()?,
    })
}

fn period(text: &str) -> Result<Period, DbError> {
    text.parse().map_err(|_| DbError::Value(format!("no period: {text:?}")))
}

pub async fn round(conn: &mut Conn, id: RoundId) -> Result<Option<Round>, DbError> {
    conn.find(BY_ID, args![id], read).await
}

/// Those that an agency collects, the newest first.
pub async fn rounds(conn: &mut Conn, collector: UnitId, page: (i64, i64)) -> Result<Vec<Round>, DbError> {
    conn.list(OF, args![collector, page.1, page.0], read).await
}

/// Those of a regime, at whatever agency, the oldest first.
pub async fn rounds_of(conn: &mut Conn, code: &str) -> Result<Vec<Round>, DbError> {
    conn.list(OF_CODE, args![code], read).await
}

/// The collection of a regime for a period at an agency.
pub async fn same_round(
    conn: &mut Conn,
    code: &str,
    collector: UnitId,
    period: Period,
) -> Result<Option<Round>, DbError> {
    conn.find(SAME, args![code, collector, period.to_string()], read).await
}

pub async fn add_round(tx: &mut Tx, one: &Round, at: Timestamp, by: Option<AccountId>) -> Result<(), DbError> {
    let row = args![
        one.id,
        &one.code,
        one.regime,
        one.indicators,
        one.period.to_string(),
        one.collector,
        one.closed,
        at,
        by,
        one.sample
    ];
    tx.exec(ADD, row).await.map(drop)
}
