//! "If … then …": what a unit would come to with other answers. Nothing is kept.

use super::results::{board, ground};
use crate::board::{Board, Entry, Gain, Ground, Projected, gains, project, read_change};
use crate::model::*;
use crate::rules::Sight;
use base::Refusals;
use db::Conn;
use people::{Failure, Scope, UnitId};

/// One thing supposed: of which criterion, as somebody typed it, and the field it was typed in.
pub struct Supposed<'a> {
    pub code: &'a str,
    pub typed: &'a str,
    pub at: &'a str,
}

pub struct WhatIf {
    pub board: Board,
    pub entry: Entry,
    pub ground: Ground,
    /// None where nothing is supposed, or nothing that can be scored.
    pub projected: Option<Projected>,
    /// Where the unit has most to gain, each alone.
    pub gains: Vec<Gain>,
    /// What is supposed and cannot be, each at its field.
    pub refusals: Refusals,
}

/// How many gains are told.
const GAINS: usize = 10;

/// Whoever sees only their own unit supposes for it alone and learns no rank: that would tell of the others.
pub async fn what_if(
    conn: &mut Conn,
    scope: &Scope,
    round: RoundId,
    unit: UnitId,
    supposed: &[Supposed<'_>],
) -> Result<WhatIf, Failure> {
    let board = board(conn, scope, round).await?;
    let entry = board.entry(unit).cloned().ok_or(Failure::NotFound)?;
    let ground = ground(conn, &board, &entry.outcome.kind).await?;
    let (mut changes, mut refusals) = (Vec::new(), Refusals::new());
    for one in supposed {
        match read_change(&ground.set, one.code, one.typed) {
            Ok(change) => changes.push(change),
            Err(refusal) => refusals.push(refusal.at(one.at)),
        }
    }
    let mut projected = None;
    if let (false, Some(first)) = (changes.is_empty(), supposed.first()) {
        match project(&ground, unit, &changes) {
            Ok(found) => projected = Some(found),
            Err(Failure::Refused(more)) => refusals.extend(more.into_iter().map(|refusal| refusal.at(first.at))),
            Err(other) => return Err(other),
        }
    }
    let mut gains = gains(&ground, unit, GAINS)?;
    if board.sight != Sight::Whole {
        gains.iter_mut().for_each(|gain| gain.rank = None);
        if let Some(projected) = &mut projected {
            (projected.before.rank, projected.after.rank) = (None, None);
        }
    }
    Ok(WhatIf { board, entry, ground, projected, gains, refusals })
}
