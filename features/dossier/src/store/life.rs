//! The narrow tables of statistics and of finding by name, kept in step with the wide one by its own statements.

use super::marks;
use crate::clock::{Against, Deed, Tick};
use crate::model::*;
use crate::stats::{Life, Spell, Stand, verdict_code};
use db::{Conn, DbError, Row, Tx, args, sql};
use people::AccountId;
use std::collections::BTreeSet;

sql! {
    ADD_CELL = "insert into dossier_cell (id, agency, procedure, name, field, channel, receiver, handler) \
                values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing";
    LIFE = "select l.cell, l.received, l.closed, l.verdict, c.handler from dossier_life l join dossier_cell c on c.id = l.cell where l.dossier = $1";
    PUT_LIFE = "insert into dossier_life (dossier, cell, received, closed, verdict) values ($1, $2, $3, $4, $5) \
                on conflict (dossier) do update set cell = $2, received = $3, closed = $4, verdict = $5";
    SPELLS = "select since, until, stand, due from dossier_spell where dossier = $1 order by seq";
    PUT_SPELL = "insert into dossier_spell (dossier, seq, cell, since, until, stand, due, span) values ($1, $2, $3, $4, $5, $6, $7, $8) \
                 on conflict (dossier, seq) do update set cell = $3, since = $4, until = $5, stand = $6, due = $7, span = $8";
    // A correction may leave fewer than there were.
    DROP_SPELLS = "delete from dossier_spell where dossier = $1 and seq > $2";
    ADD_WORD = "insert into dossier_word (agency, word, dossier) values ($1, $2, $3)";
}

/// What a dossier is counted by, as its id: the first 63 bits of the hash of its content.
pub fn cell_id(one: &Dossier, handler: Option<AccountId>) -> i64 {
    let person = |id: Option<AccountId>| id.map(|id| id.to_string()).unwrap_or_default();
    let parts = [
        one.agency.to_string(),
        one.procedure.clone(),
        one.field.clone(),
        one.channel.code().to_owned(),
        person(one.received_by),
        person(handler),
    ];
    let hash = people::sha256(&parts.join("\n"));
    let bits = u64::from_str_radix(hash.get(..16).unwrap_or_default(), 16).unwrap_or_default();
    (bits >> 1).cast_signed()
}

async fn put_cell(tx: &mut Tx, one: &Dossier, handler: Option<AccountId>) -> Result<i64, DbError> {
    let id = cell_id(one, handler);
    let row = args![id, one.agency, &one.procedure, &one.name, &one.field, one.channel, one.received_by, handler];
    tx.exec(ADD_CELL, row).await?;
    Ok(id)
}

/// The words by which a dossier is found: of its owner's name, and its number of the day.
pub fn words_of(one: &Dossier) -> BTreeSet<String> {
    let folded = base::text::fold(&one.owner.name);
    let mut words: BTreeSet<String> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let serial = one.code.rsplit('-').next().unwrap_or_default().trim_start_matches('0');
    if !serial.is_empty() {
        words.insert(base::text::fold(serial));
    }
    words
}

/// What came online counts from its official receipt on; what was turned away at the door never does.
fn is_received(one: &Dossier) -> bool {
    one.submitted.is_none() || one.received_by.is_some()
}

/// A dossier that is officially received begins to be counted, and can be found.
pub(super) async fn begin_life(tx: &mut Tx, one: &Dossier) -> Result<(), DbError> {
    for word in words_of(one) {
        tx.exec(ADD_WORD, args![one.agency, word, one.id]).await?;
    }
    if !is_received(one) {
        return Ok(());
    }
    let cell = put_cell(tx, one, one.at.holder).await?;
    put_life(tx, one.id, cell, &Life::new(one), 0).await
}

/// What a deed changes of a dossier's life.
#[derive(Debug)]
pub struct Onward {
    /// Whom it is counted by from now on, where that changes; the cell stays otherwise.
    handler: Option<Option<AccountId>>,
    cell: i64,
    life: Life,
    /// How many spells are stored.
    had: usize,
    /// Closed, or opened anew, by this deed.
    turned: bool,
}

/// What changes of its life now that it stands as `one` says, by the ledger of its clock; most deeds change nothing.
/// `clocked`: whether the deed changed anything of its clock.
pub async fn onward(conn: &mut Conn, one: &Dossier, ledger: &[Tick], clocked: bool) -> Result<Option<Onward>, DbError> {
    if !is_received(one) {
        return Ok(None);
    }
    let holder = one.at.holder;
    let Some((cell, handler, head)) = conn.find(LIFE, args![one.id], head).await? else {
        let (cell, life) = (cell_id(one, holder), Life::new(one));
        return Ok(Some(Onward { handler: Some(holder), cell, life, had: 0, turned: false }));
    };
    let handler = (holder.is_some() && holder != handler).then_some(holder);
    if handler.is_none() && !clocked {
        return Ok(None);
    }
    let before = Life { spells: spells(conn, one.id).await?, ..head };
    let last = match one.paused {
        Some(_) => ledger.iter().rfind(|tick| matches!(tick.act, Deed::Pause { .. })),
        None => ledger.last(),
    };
    let life = before.clone().after(one, last);
    if handler.is_none() && life == before {
        return Ok(None);
    }
    let cell = handler.map_or(cell, |by| cell_id(one, by));
    let turned = life.closed != before.closed;
    Ok(Some(Onward { handler, cell, life, had: before.spells.len(), turned }))
}

/// Writes what changes, once the steps of the deed are written.
pub async fn go_on(tx: &mut Tx, one: &Dossier, on: &Onward) -> Result<(), DbError> {
    if let Some(by) = on.handler {
        put_cell(tx, one, by).await?;
    }
    put_life(tx, one.id, on.cell, &on.life, on.had).await?;
    if on.turned { marks::mark(tx, one, on.cell, &on.life).await } else { Ok(()) }
}

async fn put_life(tx: &mut Tx, id: DossierId, cell: i64, life: &Life, had: usize) -> Result<(), DbError> {
    let (closed, verdict) = (life.closed.map(|(at, _)| at), life.closed.map(|(_, verdict)| verdict_code(verdict)));
    tx.exec(PUT_LIFE, args![id, cell, life.received, closed, verdict]).await?;
    for (seq, spell) in (1i64..).zip(&life.spells) {
        let Spell { since, until, stand, due } = *spell;
        tx.exec(PUT_SPELL, args![id, seq, cell, since, until, stand.code(), due, spell.span()]).await?;
    }
    if had > life.spells.len() {
        tx.exec(DROP_SPELLS, args![id, life.spells.len() as i64]).await?;
    }
    Ok(())
}

pub(super) fn verdict(code: &str) -> Result<Against, DbError> {
    let all = [Against::Early, Against::OnTime, Against::Late];
    let found = all.into_iter().find(|one| verdict_code(*one) == code);
    found.ok_or_else(|| DbError::Value(format!("no verdict {code:?}")))
}

fn head(row: &mut Row) -> Result<(i64, Option<AccountId>, Life), DbError> {
    let (cell, received) = (row.pull()?, row.pull()?);
    let (at, code): (Option<base::Timestamp>, Option<String>) = (row.pull()?, row.pull()?);
    let closed = match (at, code) {
        (Some(at), Some(code)) => Some((at, verdict(&code)?)),
        _ => None,
    };
    Ok((cell, row.pull()?, Life { received, closed, spells: Vec::new() }))
}

fn spell(row: &mut Row) -> Result<Spell, DbError> {
    let (since, until) = (row.pull()?, row.pull()?);
    let code: String = row.pull()?;
    let stand = Stand::of(&code).ok_or_else(|| DbError::Value(format!("no such stand of a clock: {code:?}")))?;
    Ok(Spell { since, until, stand, due: row.pull()? })
}

async fn spells(conn: &mut Conn, id: DossierId) -> Result<Vec<Spell>, DbError> {
    conn.list(SPELLS, args![id], spell).await
}

/// A dossier's life as it is kept; none where it was never received.
pub async fn life(conn: &mut Conn, id: DossierId) -> Result<Option<Life>, DbError> {
    let Some((_, _, head)) = conn.find(LIFE, args![id], head).await? else { return Ok(None) };
    Ok(Some(Life { spells: spells(conn, id).await?, ..head }))
}
