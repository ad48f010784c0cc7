//! Criteria sets from the rulebook, read once: an edition's body becomes a [`CriteriaSet`], and published ones
//! never change.

use base::Refusal;
use db::Conn;
use people::Failure;
use rulebook::EditionId;
use score::CriteriaSet;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Read sets by edition and version. A few dozen at most; a draft's old versions are dropped as it changes.
static READ: OnceLock<Mutex<Read>> = OnceLock::new();

type Read = HashMap<EditionId, (i64, Arc<CriteriaSet>)>;

/// The set of an edition.
pub async fn set_of(conn: &mut Conn, id: EditionId) -> Result<Arc<CriteriaSet>, Failure> {
    let known = READ.get_or_init(Mutex::default);
    if let Some((_, set)) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return Ok(set.clone());
    }
    let edition = rulebook::find(conn, id).await?.ok_or(Failure::NotFound)?;
    let set = Arc::new(parse(&edition.body)?);
    if edition.status == rulebook::Status::Published {
        known.lock().unwrap_or_else(PoisonError::into_inner).insert(id, (edition.version, set.clone()));
    }
    Ok(set)
}

/// A set from its JSON body; warnings are no reason to refuse.
pub fn parse(body: &serde_json::Value) -> Result<CriteriaSet, Failure> {
    let reading = score::read(body);
    let errors = |problem: &&score::Problem| problem.severity == score::Severity::Error;
    match reading.set {
        Some(set) => Ok(set),
        None => Err(Failure::Refused(
            reading
                .problems
                .iter()
                .filter(errors)
                .map(|problem| Refusal::new("criteria-set", problem.to_string()))
                .collect(),
        )),
    }
}
