//! Changing a draft on screen. A draft may be wrong for a while: what is wrong is listed beside it, and stops it from
//! being published.

use super::{content_of, only_admin, set};
use crate::rules::covers;
use base::Refusal;
use people::{Failure, Scope};
use rulebook::EditionId;
use serde_json::{Map, Value, json};
use web::Site;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
}

/// Writes what the set says of itself; criteria stay as they are. The code is that of the edition and does not change.
pub async fn change_set(
    site: &Site,
    scope: &Scope,
    id: EditionId,
    version: i64,
    own: Map<String, Value>,
) -> Result<(), Failure> {
    change(site, scope, id, version, |body| {
        let kept = ["code", "criteria"].map(|key| (key.to_owned(), body.get(key).cloned().unwrap_or_default()));
        let mut own = own;
        own.extend(kept);
        *body = own;
        Ok(())
    })
    .await
}

/// Writes a criterion: in place of `before`, or as a new one after its siblings. Where its code changes, those below it follow.
pub async fn put_criterion(
    site: &Site,
    scope: &Scope,
    id: EditionId,
    version: i64,
    before: Option<&str>,
    criterion: Value,
) -> Result<(), Failure> {
    change(site, scope, id, version, |body| criteria(body, |list| put(list, before, criterion))).await
}

fn put(list: &mut Vec<Value>, before: Option<&str>, criterion: Value) -> Result<(), Failure> {
    let code = code_of(&criterion).to_owned();
    if code.is_empty() {
        return Err(Refusal::new("criterion-code", "Nhập mã tiêu chí, ví dụ 2.1.").at("code").into());
    }
    if before != Some(code.as_str()) && list.iter().any(|known| code_of(known) == code) {
        return Err(Refusal::new("criterion-twice", format!("Mã {code} đã có trong bộ tiêu chí.")).at("code").into());
    }
    let Some(before) = before else {
        let parent = code.rsplit_once('.').map_or("", |(parent, _)| parent);
        let last = list.iter().rposition(|known| parent.is_empty() || covers(parent, code_of(known)));
        list.insert(last.map_or(list.len(), |last| last + 1), criterion);
        return Ok(());
    };
    let Some(at) = list.iter().position(|known| code_of(known) == before) else { return Err(Failure::NotFound) };
    list[at] = criterion;
    if before != code {
        for below in list.iter_mut() {
            let Some(rest) =
                code_of(below).strip_prefix(before).filter(|rest| rest.starts_with('.')).map(str::to_owned)
            else {
                continue;
            };
            if let Some(object) = below.as_object_mut() {
                object.insert("code".into(), json!(format!("{code}{rest}")));
            }
        }
    }
    Ok(())
}

/// Takes a criterion out, and all below it.
pub async fn drop_criterion(
    site: &Site,
    scope: &Scope,
    id: EditionId,
    version: i64,
    code: &str,
) -> Result<(), Failure> {
    change(site, scope, id, version, |body| {
        criteria(body, |list| {
            there(list, code)?;
            list.retain(|known| !covers(code, code_of(known)));
            Ok(())
        })
    })
    .await
}

/// Moves a criterion, with all below it, past its neighbour of the same parent.
pub async fn move_criterion(
    site: &Site,
    scope: &Scope,
    id: EditionId,
    version: i64,
    code: &str,
    way: Move,
) -> Result<(), Failure> {
    change(site, scope, id, version, |body| {
        criteria(body, |list| {
            there(list, code)?;
            shift(list, code, way);
            Ok(())
        })
    })
    .await
}

fn shift(list: &mut Vec<Value>, code: &str, way: Move) {
    let parent = |code: &str| code.rsplit_once('.').map(|(parent, _)| parent.to_owned());
    let siblings: Vec<String> =
        list.iter().map(|known| code_of(known).to_owned()).filter(|known| parent(known) == parent(code)).collect();
    let Some(at) = siblings.iter().position(|known| known == code) else { return };
    let other = match way {
        Move::Up => at.checked_sub(1),
        Move::Down => Some(at + 1),
    };
    let Some(other) = other.and_then(|other| siblings.get(other)) else { return };
    // What goes down is the upper one going past the lower: both ways the lower block moves before the upper.
    let (upper, lower) = if way == Move::Up { (other.as_str(), code) } else { (code, other.as_str()) };
    let (block, mut rest): (Vec<Value>, Vec<Value>) =
        std::mem::take(list).into_iter().partition(|known| covers(lower, code_of(known)));
    let place = rest.iter().position(|known| code_of(known) == upper).unwrap_or(rest.len());
    rest.splice(place..place, block);
    *list = rest;
}

fn there(list: &[Value], code: &str) -> Result<(), Failure> {
    if list.iter().any(|known| code_of(known) == code) { Ok(()) } else { Err(Failure::NotFound) }
}

fn code_of(criterion: &Value) -> &str {
    criterion.get("code").and_then(Value::as_str).unwrap_or_default()
}

/// The criteria of a set, to be changed.
fn criteria(
    body: &mut Map<String, Value>,
    deed: impl FnOnce(&mut Vec<Value>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut list = match body.remove("criteria") {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    let done = deed(&mut list);
    body.insert("criteria".into(), Value::Array(list));
    done
}

async fn change(
    site: &Site,
    scope: &Scope,
    id: EditionId,
    version: i64,
    deed: impl FnOnce(&mut Map<String, Value>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let edition = set(&mut tx, scope, id).await?;
    if edition.version != version {
        return Err(Failure::stale(serde_json::to_value(&edition)?));
    }
    let mut body = edition.body.as_object().cloned().unwrap_or_default();
    deed(&mut body)?;
    let content = content_of(&Value::Object(body), scope.today())?;
    rulebook::save_draft(&mut tx, scope, id, version, content).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests;
