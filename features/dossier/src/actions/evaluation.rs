//! The evaluation of agencies and people over days: points from dossiers, and what was entered with its source.

use super::stats::{row_names, stats_reach};
use crate::evaluation::{self, Evaluation};
use crate::stats::{Asked, Range};
use crate::store;
use base::Decimal;
use db::Conn;
use fact::Fact;
use people::{Failure, Scope, UnitId};
use std::collections::BTreeMap;

/// An agency or a person.
#[derive(Clone, Debug)]
pub struct Evaluated {
    pub key: String,
    pub name: String,
    pub dossiers: i64,
    /// By indicator, where they are known.
    pub points: Vec<Option<Decimal>>,
    /// Where all are: the sum and its class.
    pub total: Option<(Decimal, String)>,
    /// Where the entered ones come from, by indicator.
    pub sources: Vec<String>,
}

/// The rows by name. What is entered of an agency is its own; of a person nothing is entered.
pub async fn evaluate(
    conn: &mut Conn,
    scope: &Scope,
    asked: &Asked,
) -> Result<(&'static Evaluation, Vec<Evaluated>), Failure> {
    let table = evaluation::table().ok_or_else(|| Failure::Broken("the table of the evaluation is broken".into()))?;
    let reach = stats_reach(conn, scope).await?;
    let range = Range::days(asked.from, asked.to, scope.now);
    let sums = store::mark_sums(conn, asked, &reach.agencies, range).await?;
    let units = people::units(conn).await?;
    let keys: Vec<&str> = sums.keys().map(String::as_str).collect();
    let names = row_names(conn, asked.by, &keys, &units, &BTreeMap::new()).await?;
    let of: Vec<UnitId> = keys.iter().filter_map(|key| key.parse().ok()).collect();
    let whats: Vec<&str> =
        table.indicators.iter().map(|one| one.fact.as_str()).filter(|fact| !fact.is_empty()).collect();
    let facts = fact::many(conn, &of, &whats, asked.from, asked.to).await?;
    let mut rows = Vec::new();
    for (key, sums) in sums {
        let find = |what: &str| -> Option<&Fact> {
            facts.iter().find(|fact| fact.what == what && fact.unit.to_string() == key)
        };
        let points = table.points(&sums, |what| find(what).map(|fact| fact.value));
        let total = table.total(&points).map(|(sum, class)| (sum, class.to_owned()));
        let source = |what: &str| find(what).map(|fact| fact.source.clone()).unwrap_or_default();
        let sources = table.indicators.iter().map(|one| source(&one.fact)).collect();
        let name = names.get(&key).cloned().unwrap_or_else(|| key.clone());
        rows.push(Evaluated { key, name, dossiers: sums.dossiers, points, total, sources });
    }
    rows.sort_by_cached_key(|one| base::text::sort_key(&one.name));
    Ok((table, rows))
}
