//! Criteria sets in the rulebook: drafted from a file or on screen, compared, copied to another year, published.
//!
//! The body of an edition is the set as the files have it. Its name, source and days stand in the head of the edition
//! too, so the two are always written together ([`content_of`]).

mod editing;

pub use editing::{Move, change_set, drop_criterion, move_criterion, put_criterion};

use crate::files::difference::{Change, difference};
use crate::files::fields;
use crate::model::EDITION_KIND;
use base::{Date, Refusal};
use db::{Conn, Tx};
use jiff::ToSpan;
use people::{Failure, Role, Scope};
use rulebook::{Content, Edition, EditionId, Head, New, Status};
use serde_json::{Value, json};
use web::Site;

/// Rules of the province are its administrator's.
pub(crate) fn only_admin(scope: &Scope) -> Result<(), Failure> {
    if scope.has(Role::Admin) {
        Ok(())
    } else {
        Err(Failure::forbidden("Chỉ quản trị soạn và ban hành bộ tiêu chí."))
    }
}

/// What the head of an edition takes from the body. A set without days is in force from today.
pub fn content_of(set: &Value, today: Date) -> Result<Content, Failure> {
    let text = |key: &str| fields::get(set, key).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let day = |key: &str| text(key).parse::<Date>().ok();
    Ok(Content {
        name: text("name"),
        source: text("source"),
        valid_from: day("valid.from").unwrap_or(today),
        valid_to: day("valid.to"),
        body: set.clone(),
    })
}

pub(crate) fn new_draft(set: &Value, content: Content, sample: bool) -> New {
    let code = set.get("code").and_then(Value::as_str).unwrap_or_default().to_owned();
    New { kind: EDITION_KIND.to_owned(), code, content, sample }
}

/// Every edition of every set; drafts only for those who write them.
pub async fn sets(conn: &mut Conn, scope: &Scope) -> Result<Vec<Head>, Failure> {
    let all = rulebook::list(conn, EDITION_KIND, 10_000, 0).await?;
    let drafts = scope.has(Role::Admin);
    Ok(all.into_iter().filter(|head| drafts || head.status == Status::Published).collect())
}

/// One edition of a set.
pub async fn set(conn: &mut Conn, scope: &Scope, id: EditionId) -> Result<Edition, Failure> {
    let edition =
        rulebook::find(conn, id).await?.filter(|edition| edition.kind == EDITION_KIND).ok_or(Failure::NotFound)?;
    if edition.status == Status::Draft && !scope.has(Role::Admin) { Err(Failure::NotFound) } else { Ok(edition) }
}

/// The edition that a set from a file would follow: the newest of its code.
pub async fn former(conn: &mut Conn, set: &Value) -> Result<Option<Edition>, Failure> {
    let code = set.get("code").and_then(Value::as_str).unwrap_or_default();
    Ok(rulebook::latest(conn, EDITION_KIND, code).await?)
}

/// The published edition before this one, of the same code.
pub async fn before(conn: &mut Conn, edition: &Edition) -> Result<Option<Edition>, Failure> {
    let heads = rulebook::editions_of(conn, EDITION_KIND, &edition.code).await?;
    match heads.into_iter().find(|head| head.number < edition.number && head.status == Status::Published) {
        Some(head) => Ok(rulebook::find(conn, head.id).await?),
        None => Ok(None),
    }
}

/// What a set from a file changes against the edition before it; against nothing, where it is new.
pub fn changes(former: Option<&Edition>, set: &Value) -> Vec<Change> {
    former.map(|former| difference(&former.body, set)).unwrap_or_default()
}

/// Whether a set says of itself that it is made up.
pub fn is_sample(set: &Value) -> bool {
    set.get("name").and_then(Value::as_str).is_some_and(|name| name.starts_with("MẪU"))
}

/// Keeps a set as a draft: in the draft of its code, where there is one, else as the next number. A set with errors
/// is not taken.
pub async fn import_set(site: &Site, scope: &Scope, set: &Value, sample: bool) -> Result<EditionId, Failure> {
    let mut tx = site.db.begin().await?;
    let id = keep_draft(&mut tx, scope, set, sample).await?;
    tx.commit().await?;
    Ok(id)
}

pub(crate) async fn keep_draft(tx: &mut Tx, scope: &Scope, set: &Value, sample: bool) -> Result<EditionId, Failure> {
    only_admin(scope)?;
    good(set)?;
    let content = content_of(set, scope.today())?;
    match former(tx, set).await?.filter(|former| former.status == Status::Draft) {
        Some(draft) => Ok(rulebook::save_draft(tx, scope, draft.id, draft.version, content).await?.id),
        None => Ok(rulebook::draft(tx, scope, new_draft(set, content, sample)).await?.id),
    }
}

/// Refuses a set that `check` finds errors in.
fn good(set: &Value) -> Result<(), Failure> {
    let reading = score::read(set);
    let errors: Vec<Refusal> =
        reading.errors().map(|problem| Refusal::new("criteria-set", problem.to_string())).collect();
    if errors.is_empty() { Ok(()) } else { Err(Failure::Refused(errors)) }
}

/// Kinds of unit that sets are for.
pub const KINDS: [&str; 6] = ["so", "xa", "huyen", "tinh", "don-vi-su-nghiep", "trung-uong"];

/// A new, empty draft.
pub async fn begin_set(
    site: &Site,
    scope: &Scope,
    code: &str,
    name: &str,
    kinds: &[String],
    from: Date,
) -> Result<EditionId, Failure> {
    only_admin(scope)?;
    if kinds.is_empty() || kinds.iter().any(|kind| !KINDS.contains(&kind.as_str())) {
        return Err(Refusal::new("set-kinds", "Chọn ít nhất một loại đơn vị trong danh sách.").at("kind").into());
    }
    let body = json!({
        "code": code.trim(), "name": name.trim(), "valid": { "from": from.to_string() }, "applies_to": kinds,
        "rounding": { "leaf": 3, "total": 2 }, "not_applicable": "exclude", "ties": "skip", "survey_not_held": "unknown",
        "ratings": [], "criteria": [],
    });
    let mut tx = site.db.begin().await?;
    if !rulebook::editions_of(&mut tx, EDITION_KIND, code.trim()).await?.is_empty() {
        return Err(Refusal::new(
            "set-twice",
            "Mã này đã có. Hãy mở bộ tiêu chí đó rồi chép sang năm mới, hoặc chọn mã khác.",
        )
        .at("code")
        .into());
    }
    let content = content_of(&body, scope.today())?;
    let draft = rulebook::draft(&mut tx, scope, new_draft(&body, content, false)).await?;
    tx.commit().await?;
    Ok(draft.id)
}

/// Copies a set to the next year: a draft under a code of its own, its days a year later, without its decision.
pub async fn copy_set(site: &Site, scope: &Scope, id: EditionId, code: &str) -> Result<EditionId, Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let edition = set(&mut tx, scope, id).await?;
    if !rulebook::editions_of(&mut tx, EDITION_KIND, code).await?.is_empty() {
        return Err(Refusal::new("set-twice", "Mã này đã có. Hãy chọn mã khác cho bản mới.").at("code").into());
    }
    let year = |day: Date| day.saturating_add(1.year());
    let body = copied(&edition.body, code, year(edition.valid_from), edition.valid_to.map(year));
    let content = content_of(&body, scope.today())?;
    let draft = rulebook::draft(&mut tx, scope, new_draft(&body, content, edition.sample)).await?;
    tx.commit().await?;
    Ok(draft.id)
}

fn copied(body: &Value, code: &str, from: Date, to: Option<Date>) -> Value {
    let mut body = body.clone();
    if let Some(set) = body.as_object_mut() {
        let years = [from.year() - 1, from.year()].map(|year| year.to_string());
        let name = set.get("name").and_then(Value::as_str).unwrap_or_default().replace(&years[0], &years[1]);
        set.insert("code".into(), json!(code));
        set.insert("name".into(), json!(name));
        set.remove("source");
        let mut valid = json!({ "from": from.to_string() });
        if let (Some(valid), Some(to)) = (valid.as_object_mut(), to) {
            valid.insert("to".into(), json!(to.to_string()));
        }
        set.insert("valid".into(), valid);
    }
    body
}

/// The code proposed for next year's copy: the year in it moved on, or the year put after it.
pub fn next_code(code: &str, year: i16) -> String {
    let this = year.to_string();
    let next = (year + 1).to_string();
    if code.contains(&this) { code.replace(&this, &next) } else { format!("{code}-{next}") }
}

/// Publishes a draft under its decision. What `check` refuses is not published.
pub async fn publish_set(site: &Site, scope: &Scope, id: EditionId, version: i64, source: &str) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let draft = set(&mut tx, scope, id).await?;
    good(&draft.body)?;
    let mut version = version;
    if source.trim() != draft.source {
        let mut body = draft.body.clone();
        if let Some(set) = body.as_object_mut() {
            set.insert("source".into(), json!(source.trim()));
        }
        let content = content_of(&body, scope.today())?;
        version = rulebook::save_draft(&mut tx, scope, id, version, content).await?.version;
    }
    rulebook::publish(&mut tx, scope, id, version).await?;
    Ok(tx.commit().await?)
}

/// Throws a draft away.
pub async fn discard_set(site: &Site, scope: &Scope, id: EditionId, version: i64) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    set(&mut tx, scope, id).await?;
    rulebook::discard(&mut tx, scope, id, version).await?;
    Ok(tx.commit().await?)
}
