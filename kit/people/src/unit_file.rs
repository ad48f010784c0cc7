//! Units from a data file (`data/units/*.toml`): adds what is new, changes what differs, removes nothing.

use crate::unit::succeed;
use crate::{Failure, Scope, Unit, UnitId, save_unit, unit_by_key};
use base::{Date, Refusal};
use db::Tx;

#[derive(serde::Deserialize)]
struct File {
    units: Vec<Entry>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    name: String,
    short: Option<String>,
    kind: String,
    parent: Option<String>,
    from: String,
    to: Option<String>,
    code_qcvn102: Option<String>,
    code_qd20: Option<String>,
    /// 'mẫu' where the codes are samples. Kept in the file only: the units of the demo are samples as a whole.
    #[allow(dead_code)]
    codes: Option<String>,
    #[allow(dead_code)]
    note: Option<String>,
    #[allow(dead_code)]
    confidence: Option<String>,
    #[serde(default)]
    successors: Vec<Became>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Became {
    /// Key of the unit that goes on.
    of: String,
    kind: String,
    on: String,
}

/// Loads units; gives how many the file has. Parents stand before their children in the file, or in the database.
pub async fn load_units(tx: &mut Tx, scope: &Scope, text: &str, sample: bool) -> Result<usize, Failure> {
    let file: File = toml::from_str(text).map_err(|error| bad(error.to_string()))?;
    for entry in &file.units {
        let known = unit_by_key(tx, &entry.key).await?;
        let parent = match &entry.parent {
            Some(key) => Some(id_of(tx, key).await?),
            None => None,
        };
        let unit = Unit {
            id: known.as_ref().map_or_else(db::fresh_id, |unit| unit.id),
            key: entry.key.clone(),
            name: entry.name.clone(),
            short: entry.short.clone().unwrap_or_else(|| entry.name.clone()),
            kind: entry.kind.clone(),
            parent,
            from: day(&entry.from)?,
            to: entry.to.as_deref().map(day).transpose()?,
            code_old: entry.code_qcvn102.clone(),
            code_new: entry.code_qd20.clone(),
            sample,
            version: known.as_ref().map_or(0, |unit| unit.version),
        };
        if known.is_none_or(|known| known != unit) {
            save_unit(tx, scope, &unit).await?;
        }
    }
    for entry in &file.units {
        for became in &entry.successors {
            let (of, to) = (id_of(tx, &entry.key).await?, id_of(tx, &became.of).await?);
            succeed(tx, of, to, &became.kind, day(&became.on)?).await?;
        }
    }
    Ok(file.units.len())
}

async fn id_of(tx: &mut Tx, key: &str) -> Result<UnitId, Failure> {
    match unit_by_key(tx, key).await? {
        Some(unit) => Ok(unit.id),
        None => Err(bad(format!("không có đơn vị “{key}”"))),
    }
}

fn day(text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| bad(format!("“{text}” không phải là ngày (năm-tháng-ngày)")))
}

fn bad(why: String) -> Failure {
    Refusal::new("unit-file", format!("Tệp đơn vị có lỗi: {why}.")).into()
}
