//! What was told of a regime, for programs that take it away: every figure, the units' and the wholes'.

use super::Ask;
use super::cube::{Gathered, gathered};
use crate::model::*;
use crate::regime::Ready;
use crate::rules::cube::Part;
use crate::rules::figures;
use crate::store;
use crate::view::read_sheets;
use base::Decimal;
use db::Conn;
use indicator::Period;
use people::{Failure, Scope, Unit};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One figure of one unit in one period.
#[derive(Clone, Debug)]
pub struct Observation {
    /// The unit's key.
    pub unit: String,
    /// Of the collector's own report.
    pub is_whole: bool,
    pub period: Period,
    pub name: Name,
    /// As the edition that it was told by calls the indicator and the part, and what it is measured in.
    pub say: String,
    pub part: String,
    pub measure: String,
    pub value: Decimal,
}

pub struct ToldOut {
    pub ready: Arc<Ready>,
    /// Those that told something, by name.
    pub units: Vec<Unit>,
    /// The earliest first.
    pub periods: Vec<Period>,
    pub observations: Vec<Observation>,
}

/// None where the agency has collected nothing by this regime. `lets`: which periods.
pub async fn told_out(
    conn: &mut Conn,
    scope: &Scope,
    code: &str,
    lets: impl Fn(Period) -> bool,
) -> Result<Option<ToldOut>, Failure> {
    // Only the periods that are asked for are read.
    let known = store::rounds_of(conn, code).await?.into_iter().map(|round| round.period);
    let periods: Vec<Period> = known.filter(|period| lets(*period)).collect();
    let most = if periods.is_empty() { Some(0) } else { Some(usize::MAX) };
    let ask = Ask { code: code.to_owned(), periods, most, ..Ask::default() };
    let Some(Gathered { ready, known, world, parts, wholes, .. }) = gathered(conn, scope, &ask).await? else {
        return Ok(None);
    };
    let mut observations = Vec::new();
    let mut keys = BTreeSet::new();
    for (part, is_whole) in parts.iter().map(|part| (part, false)).chain(wholes.iter().map(|part| (part, true))) {
        let Some(unit) = world.at(part.unit).and_then(|at| world.units.get(at)).filter(|_| lets(part.period)) else {
            continue;
        };
        for (name, value) in told_by(part)? {
            keys.insert(unit.key.clone());
            let set = &part.ready.set;
            let at = set.place(&name.indicator);
            let of = at.and_then(|at| set.indicators.get(at));
            let item = at.zip(name.part.as_deref()).and_then(|(at, code)| {
                let (by, item) = set.part(at, code)?;
                Some(set.categories.get(by)?.items.get(item)?.1.clone())
            });
            observations.push(Observation {
                unit: unit.key.clone(),
                is_whole,
                period: part.period,
                say: of.map(|one| one.name.clone()).unwrap_or_default(),
                part: item.unwrap_or_default(),
                measure: of.map(|one| one.unit.clone()).unwrap_or_default(),
                name,
                value,
            });
        }
    }
    let mut units: Vec<Unit> = world.units.iter().filter(|unit| keys.contains(&unit.key)).cloned().collect();
    units.sort_by_cached_key(|unit| base::text::sort_key(&unit.name));
    let periods = known.into_iter().filter(|period| lets(*period)).collect();
    Ok(Some(ToldOut { ready, units, periods, observations }))
}

fn told_by(part: &Part) -> Result<Told, Failure> {
    let Some(kept) = &part.sheets else { return Ok(Told::new()) };
    Ok(figures::told_with_derived(&part.ready, &read_sheets(&part.ready, kept)?))
}
