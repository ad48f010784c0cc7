//! Criteria × units, in percent of the maximum.

use super::{Entry, share};
use crate::rules::covers;
use base::Decimal;
use score::CriteriaSet;

/// One criterion over all units.
pub struct HeatRow {
    pub code: String,
    pub name: String,
    pub leaf: bool,
    /// In the order of the units; none where it does not apply or is not known.
    pub shares: Vec<Option<Decimal>>,
}

/// All fields, or what is inside one of them.
pub fn heat_rows(entries: &[&Entry], set: &CriteriaSet, kind: &str, field: Option<&str>) -> Vec<HeatRow> {
    let nodes = set.nodes(kind).into_iter().filter(|node| node.group.is_none());
    let wanted = nodes.filter(|node| match field {
        None => node.depth == 0,
        Some(field) => node.depth > 0 && covers(field, &node.criterion.code),
    });
    wanted
        .map(|node| {
            let criterion = node.criterion;
            let shares = entries.iter().map(|entry| share(entry.line(&criterion.code)?)).collect();
            HeatRow { code: criterion.code.clone(), name: criterion.name.clone(), leaf: criterion.is_leaf(), shares }
        })
        .collect()
}
