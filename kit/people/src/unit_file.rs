//! Units from a data file (`data/units/*.toml`, whose README has the format): adds what is new, changes what differs,
//! removes nothing. So a file can be loaded again after it was corrected.

use crate::unit::{BECAME, succeed};
use crate::{Failure, Scope, Unit, UnitId, save_unit, unit_by_key};
use base::{Date, Refusal};
use db::Tx;
use std::collections::HashSet;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// For whoever reads the file: "mẫu" where the codes are samples, how sure the line is, and remarks.
    #[allow(dead_code)]
    codes: Option<String>,
    #[allow(dead_code)]
    confidence: Option<String>,
    #[allow(dead_code)]
    note: Option<String>,
    #[serde(default)]
    successors: Vec<Succeeds>,
}

/// It stands at the unit that goes on: "this unit succeeds `of`".
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Succeeds {
    of: String,
    kind: String,
    on: String,
}

/// Loads units; gives how many the file has. Parents stand before their children, in the file or in the database;
/// a unit may be named as a predecessor before it is defined. `sample`: they are invented, and screens say so.
pub async fn load_units(tx: &mut Tx, scope: &Scope, text: &str, sample: bool) -> Result<usize, Failure> {
    let file: File = toml::from_str(text).map_err(|error| bad(format!("Tệp đơn vị chưa đọc được: {error}")))?;
    let mut seen = HashSet::new();
    for entry in &file.units {
        if !seen.insert(&entry.key) {
            return Err(at(&entry.key, bad("có hai lần trong tệp.".into())));
        }
        load(tx, scope, entry, sample).await.map_err(|failure| at(&entry.key, failure))?;
    }
    for entry in &file.units {
        for link in &entry.successors {
            connect(tx, scope, entry, link).await.map_err(|failure| at(&entry.key, failure))?;
        }
    }
    Ok(file.units.len())
}

async fn load(tx: &mut Tx, scope: &Scope, entry: &Entry, sample: bool) -> Result<(), Failure> {
    let known = unit_by_key(tx, &entry.key).await?;
    let parent = match &entry.parent {
        Some(key) => Some(named(tx, key).await?.id),
        None => None,
    };
    let unit = Unit {
        id: known.as_ref().map_or_else(db::fresh_id::<UnitId>, |unit| unit.id),
        key: entry.key.clone(),
        name: entry.name.clone(),
        short: entry.short.clone().unwrap_or_else(|| entry.name.clone()),
        kind: entry.kind.clone(),
        parent,
        from: day(&entry.from)?,
        to: entry.to.as_deref().map(day).transpose()?,
        code_old: entry.code_qcvn102.clone(),
        code_new: entry.code_qd20.clone(),
        sample: known.as_ref().map_or(sample, |unit| unit.sample),
        version: known.as_ref().map_or(0, |unit| unit.version),
    };
    if known.is_none_or(|known| known != unit) {
        save_unit(tx, scope, &unit).await?;
    }
    Ok(())
}

async fn connect(tx: &mut Tx, scope: &Scope, entry: &Entry, link: &Succeeds) -> Result<(), Failure> {
    let (before, after) = (named(tx, &link.of).await?, named(tx, &entry.key).await?);
    let on = day(&link.on)?;
    if !BECAME.contains(&link.kind.as_str()) {
        return Err(bad(format!("“{}” không phải là merge, split hoặc rename.", link.kind)));
    }
    if before.to != Some(on) {
        return Err(bad(format!("“{}” được kế tục từ {} nhưng không kết thúc ngày đó.", link.of, base::day::vi(on))));
    }
    if !after.is_on(on) {
        return Err(bad(format!(
            "đơn vị kế tục “{}” từ {} chưa có hoặc đã hết vào ngày đó.",
            link.of,
            base::day::vi(on)
        )));
    }
    Ok(succeed(tx, scope, before.id, after.id, &link.kind, on).await?)
}

async fn named(tx: &mut Tx, key: &str) -> Result<Unit, Failure> {
    unit_by_key(tx, key).await?.ok_or_else(|| bad(format!("không có đơn vị “{key}” trong tệp hay trong hệ thống.")))
}

fn day(text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| bad(format!("“{text}” không phải là ngày (năm-tháng-ngày).")))
}

fn bad(why: String) -> Failure {
    Refusal::new("unit-file", why).into()
}

/// Says where in the file it is.
fn at(key: &str, failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusals) => Failure::Refused(
            refusals
                .into_iter()
                .map(|refusal| Refusal { say: format!("Đơn vị “{key}”: {}", refusal.say), ..refusal }.at(key))
                .collect(),
        ),
        other => other,
    }
}
