//! Numbers as facts for the index: counted every night for the reporting year, each with the way to those behind it.

use super::stats::{link_behind, statistics};
use crate::model::*;
use crate::stats::Counts;
use base::Decimal;
use db::Db;
use people::{Failure, Scope, UnitId};

/// The fact, how it is counted, and those behind it.
type Counted = (&'static str, fn(&Counts) -> i64, Measure);

const FACTS: [Counted; 4] = [
    ("feedback.on_time", |all| all.on_time, Measure::OnTime),
    ("feedback.received", |all| all.received, Measure::Received),
    // What had to be answered by now: what was, and what is late. What still has its days is not held against anybody.
    ("petition.due", |all| all.of(Measure::Owed), Measure::Owed),
    ("petition.on_time", |all| all.on_time, Measure::OnTime),
];

/// Records the numbers of every agency that was told something. A number entered by hand stands: whoever entered it
/// knows of other systems.
pub async fn record_facts(db: &Db, scope: &Scope) -> Result<usize, Failure> {
    let mut recorded = 0;
    for (from, to) in fact::years_counted(scope.today()) {
        let asked = Asked { from, to, by: By::Agency, agency: None, kind: None };
        let found = statistics(&mut db.read().await?, scope, &asked).await?;
        for row in &found.rows {
            let Ok(unit) = row.key.parse::<UnitId>() else { continue };
            recorded += record(db, scope, &asked.only(&row.key), unit, &row.counts).await?;
        }
    }
    Ok(recorded)
}

async fn record(db: &Db, scope: &Scope, asked: &Asked, unit: UnitId, counts: &Counts) -> Result<usize, Failure> {
    let mut recorded = 0;
    let mut tx = db.begin().await?;
    for (what, count, measure) in FACTS {
        let before = fact::of(&mut tx, unit, what, asked.from, asked.to).await?;
        if before.as_ref().is_some_and(|fact| fact.manual) {
            continue;
        }
        let new = fact::New {
            what: what.to_owned(),
            unit,
            from: asked.from,
            to: asked.to,
            value: Decimal::from(count(counts)),
            source: format!("Phản ánh, kiến nghị: {}", measure.say()),
            link: Some(link_behind(asked, measure)),
            manual: false,
        };
        let fact = fact::record(&mut tx, scope, new).await?;
        recorded += usize::from(before.is_none_or(|before| before.id != fact.id));
    }
    tx.commit().await?;
    Ok(recorded)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_recorded_is_known() {
        for (what, ..) in super::FACTS {
            assert!(fact::catalogue::find(what).is_some(), "{what}");
        }
    }
}
