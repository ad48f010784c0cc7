//! Numbers of dossiers as facts for the index: counted every night for the reporting year, each with the way to its dossiers.

use super::stats::{Statistics, link_behind, statistics};
use crate::model::*;
use crate::stats::{Asked, By, Counts, Measure};
use base::Decimal;
use db::Db;
use people::{Failure, Scope, UnitId};

/// The fact, how it is counted, and the dossiers behind it.
type Counted = (&'static str, fn(&Counts) -> i64, Measure, Option<Channel>);

const FACTS: [Counted; 7] = [
    ("dossier.received", |all| all.of(Measure::Received), Measure::Received, None),
    // Whatever is counted here is on the electronic system.
    ("dossier.entered", |all| all.of(Measure::Received), Measure::Received, None),
    ("dossier.online", |all| all.received_by(Channel::Online), Measure::Received, Some(Channel::Online)),
    ("dossier.resolved", |all| all.of(Measure::Resolved), Measure::Resolved, None),
    ("dossier.early", |all| all.early, Measure::Early, None),
    ("dossier.on_time", |all| all.of(Measure::InTimeResolved), Measure::InTimeResolved, None),
    ("dossier.late", |all| all.late, Measure::Late, None),
];

/// Records the numbers of every agency with dossiers: of the reporting year, and for a month after its end of the one
/// before, for what is corrected late. A number entered by hand stands: whoever entered it knows of other systems.
pub async fn record_facts(db: &Db, scope: &Scope) -> Result<usize, Failure> {
    let mut recorded = 0;
    for (from, to) in fact::years_counted(scope.today()) {
        let asked = Asked {
            from,
            to,
            by: By::Agency,
            agency: None,
            field: String::new(),
            procedure: String::new(),
            channel: None,
            receiver: String::new(),
            handler: String::new(),
        };
        let found = statistics(&mut db.snapshot().await?, scope, &asked).await?;
        recorded += record(db, scope, &asked, &found).await?;
        recorded += super::record_quality(db, scope, from, to).await?;
    }
    Ok(recorded)
}

async fn record(db: &Db, scope: &Scope, asked: &Asked, found: &Statistics) -> Result<usize, Failure> {
    let mut recorded = 0;
    for row in &found.rows {
        let Ok(unit) = row.key.parse::<UnitId>() else { continue };
        let mut tx = db.begin().await?;
        for (what, count, measure, channel) in FACTS {
            let before = fact::of(&mut tx, unit, what, asked.from, asked.to).await?;
            if before.as_ref().is_some_and(|fact| fact.manual) {
                continue;
            }
            let only = Asked { channel, ..asked.only(&row.key) };
            let new = fact::New {
                what: what.to_owned(),
                unit,
                from: asked.from,
                to: asked.to,
                value: Decimal::from(count(&row.counts)),
                source: format!("Hệ thống một cửa điện tử: {}", measure.say()),
                link: Some(link_behind(&only, measure)),
                manual: false,
            };
            let fact = fact::record(&mut tx, scope, new).await?;
            recorded += usize::from(before.is_none_or(|before| before.id != fact.id));
        }
        tx.commit().await?;
    }
    Ok(recorded)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_recorded_is_known() {
        for (what, ..) in FACTS {
            assert!(fact::catalogue::find(what).is_some(), "{what}");
        }
    }
}
