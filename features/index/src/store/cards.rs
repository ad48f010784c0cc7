//! Scorecards.

use crate::model::*;
use db::{Conn, DbError, Row, Tx, args, sql};
use people::UnitId;
use serde_json::Value;

sql! {
    OF_ROUND = "select c.id, c.round, c.unit, u.name, u.short, c.kind, c.edition, c.state, c.submitted, c.survey_held, c.version \
                from index_card c join unit u on u.id = c.unit where c.round = $1 order by c.kind, u.key";
    BY_UNIT = "select c.id, c.round, c.unit, u.name, u.short, c.kind, c.edition, c.state, c.submitted, c.survey_held, c.version \
               from index_card c join unit u on u.id = c.unit where c.round = $1 and c.unit = $2";
    BY_ID = "select c.id, c.round, c.unit, u.name, u.short, c.kind, c.edition, c.state, c.submitted, c.survey_held, c.version \
             from index_card c join unit u on u.id = c.unit where c.id = $1";
    OF_UNIT = "select c.id, c.round, c.unit, u.name, u.short, c.kind, c.edition, c.state, c.submitted, c.survey_held, c.version \
               from index_card c join unit u on u.id = c.unit join index_round r on r.id = c.round where c.unit = $1 order by r.year desc, r.name";
    PUT = "insert into index_card (id, round, unit, kind, edition, state) values ($1, $2, $3, $4, $5, 'scoring') \
           on conflict (round, unit) do nothing";
    MOVE = "update index_card set state = $3, version = version + 1 where id = $1 and state = $2";
    SUBMIT = "update index_card set state = 'submitted', submitted = $2, submitted_by = $3, frozen = $4, version = version + 1 \
              where id = $1 and state = 'scoring'";
    // Touched by every save, so that two savers of one card queue, on either engine.
    TOUCH = "update index_card set version = version + 1 where id = $1";
    SURVEY_HELD = "update index_card set survey_held = $2, version = version + 1 where id = $1";
    FROZEN = "select frozen from index_card where id = $1";
}

fn read(row: &mut Row) -> Result<Card, DbError> {
    Ok(Card {
        id: row.pull()?,
        round: row.pull()?,
        unit: row.pull()?,
        unit_name: row.pull()?,
        unit_short: row.pull()?,
        kind: row.pull()?,
        edition: row.pull()?,
        state: state(&row.pull::<String>()?)?,
        submitted: row.pull()?,
        survey_held: row.pull()?,
        version: row.pull()?,
    })
}

fn state(code: &str) -> Result<CardState, DbError> {
    match code {
        "scoring" => Ok(CardState::Scoring),
        "submitted" => Ok(CardState::Submitted),
        "appraised" => Ok(CardState::Appraised),
        "explained" => Ok(CardState::Explained),
        "concluded" => Ok(CardState::Concluded),
        other => Err(DbError::Value(format!("no state {other:?}"))),
    }
}

fn code(state: CardState) -> &'static str {
    match state {
        CardState::Scoring => "scoring",
        CardState::Submitted => "submitted",
        CardState::Appraised => "appraised",
        CardState::Explained => "explained",
        CardState::Concluded => "concluded",
    }
}

/// A round's cards, by kind and then by unit.
pub async fn cards(conn: &mut Conn, round: RoundId) -> Result<Vec<Card>, DbError> {
    conn.list(OF_ROUND, args![round], read).await
}

pub async fn card_of(conn: &mut Conn, round: RoundId, unit: UnitId) -> Result<Option<Card>, DbError> {
    conn.find(BY_UNIT, args![round, unit], read).await
}

pub async fn card(conn: &mut Conn, id: CardId) -> Result<Option<Card>, DbError> {
    conn.find(BY_ID, args![id], read).await
}

/// A unit's cards of all years, newest first.
pub async fn cards_of_unit(conn: &mut Conn, unit: UnitId) -> Result<Vec<Card>, DbError> {
    conn.list(OF_UNIT, args![unit], read).await
}

pub async fn put_card(
    tx: &mut Tx,
    round: RoundId,
    unit: UnitId,
    kind: &str,
    edition: rulebook::EditionId,
) -> Result<CardId, DbError> {
    let id: CardId = db::fresh_id();
    tx.exec(PUT, args![id, round, unit, kind, edition]).await?;
    Ok(id)
}

/// Moves a card from one state to another; false where it is no longer in the first.
pub async fn move_card(tx: &mut Tx, id: CardId, from: CardState, to: CardState) -> Result<bool, DbError> {
    Ok(tx.exec(MOVE, args![id, code(from), code(to)]).await? == 1)
}

/// Freezes what was answered; false where the card was already sent.
pub async fn submit_card(
    tx: &mut Tx,
    id: CardId,
    at: base::Timestamp,
    by: Option<people::AccountId>,
    frozen: &Value,
) -> Result<bool, DbError> {
    Ok(tx.exec(SUBMIT, args![id, at, by, frozen.to_string()]).await? == 1)
}

/// Takes the card for this transaction: others who would change it wait.
pub async fn take_card(tx: &mut Tx, id: CardId) -> Result<(), DbError> {
    tx.exec(TOUCH, args![id]).await.map(drop)
}

pub async fn set_survey_held(tx: &mut Tx, id: CardId, held: bool) -> Result<(), DbError> {
    tx.exec(SURVEY_HELD, args![id, held]).await.map(drop)
}

/// The answers as they were sent.
pub async fn frozen(conn: &mut Conn, id: CardId) -> Result<Option<Value>, DbError> {
    let text = conn.find(FROZEN, args![id], |row| row.pull::<Option<String>>()).await?.flatten();
    super::json(text)
}
