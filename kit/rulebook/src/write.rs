//! The life of an edition: drafted, saved, published, ended or discarded. Each leaves a line in the journal, with the head
//! and the SHA-256 of the body: a body is long, and its editions are kept here anyway.

use crate::edition::read_head;
use crate::{Content, Edition, EditionId, Head, New, NotNow, Status, read};
use base::{Date, Refusal, Refusals};
use data_encoding::HEXLOWER;
use db::{Conn, DbError, Tx, args, fresh_id, sql};
use journal::about;
use people::{Failure, Scope};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

sql! {
    LAST_NUMBER = "select coalesce(max(number), 0) from edition where kind = $1 and code = $2";
    ADD = "insert into edition (id, kind, code, number, name, source, valid_from, valid_to, status, body, sample, changed) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', $9, $10, $11)";
    SAVE = "update edition set name = $3, source = $4, valid_from = $5, valid_to = $6, body = $7, changed = $8, \
            version = version + 1 where id = $1 and version = $2";
    PUBLISH = "update edition set status = 'published', changed = $3, version = version + 1 where id = $1 and version = $2";
    END = "update edition set valid_to = $2, changed = $3, version = version + 1 where id = $1 and valid_to is null";
    END_AT = "update edition set valid_to = $3, changed = $4, version = version + 1 \
              where id = $1 and version = $2 and status = 'published' and valid_to is null";
    DISCARD = "delete from edition where id = $1 and version = $2";
    OVERLAPPING = "select id, kind, code, number, name, source, valid_from, valid_to, status, sample, changed, version \
                   from edition where kind = $1 and code = $2 and id <> $3 and status = 'published' \
                   and valid_from < $5 and $4 < coalesce(valid_to, '9999-12-31') order by valid_from limit 1";
}

/// Begins a draft, as the next number of its code.
pub async fn draft(tx: &mut Tx, scope: &Scope, new: New) -> Result<Edition, Failure> {
    refuse(new.problems())?;
    let New { kind, code, content, sample } = new;
    let Content { name, source, valid_from, valid_to, body } = content;
    let number: i64 = tx.find(LAST_NUMBER, args![&kind, &code], |row| row.pull::<i64>()).await?.unwrap_or_default() + 1;
    let head = Head {
        id: fresh_id(),
        kind,
        code,
        number,
        name,
        source,
        valid_from,
        valid_to,
        status: Status::Draft,
        sample,
        changed: scope.now,
        version: 1,
    };
    let edition = Edition { head, body };
    let row = args![
        edition.id,
        &edition.kind,
        &edition.code,
        number,
        &edition.name,
        &edition.source,
        valid_from,
        valid_to,
        edition.body.to_string(),
        sample,
        scope.now
    ];
    tx.exec(ADD, row).await.map_err(in_words)?;
    journal::write(tx, scope, "edition.drafted", about("edition", edition.id), &(), &Seen::of(&edition)).await?;
    Ok(edition)
}

/// Writes a draft anew. `version` is that of the form; an older one is a conflict that shows what stands there now.
pub async fn save_draft(
    tx: &mut Tx,
    scope: &Scope,
    id: EditionId,
    version: i64,
    content: Content,
) -> Result<Edition, Failure> {
    refuse(content.problems())?;
    let before = draft_at(tx, id, version).await?;
    let Content { name, source, valid_from, valid_to, body } = content;
    let row = args![id, version, &name, &source, valid_from, valid_to, body.to_string(), scope.now];
    if tx.exec(SAVE, row).await.map_err(in_words)? == 0 {
        return Err(conflict(tx, id).await);
    }
    let head =
        Head { name, source, valid_from, valid_to, changed: scope.now, version: version + 1, ..before.head.clone() };
    let after = Edition { head, body };
    journal::write(tx, scope, "edition.saved", about("edition", id), &Seen::of(&before), &Seen::of(&after)).await?;
    Ok(after)
}

/// Puts a draft in force on its days, and freezes it. An edition before it that has no last day ends where this one
/// begins. Whether its body is right must have been checked before.
pub async fn publish(tx: &mut Tx, scope: &Scope, id: EditionId, version: i64) -> Result<Edition, Failure> {
    let before = draft_at(tx, id, version).await?;
    if before.source.trim().is_empty() {
        refuse(vec![NotNow::SourceMissing])?;
    }
    let head = Head { status: Status::Published, changed: scope.now, version: version + 1, ..before.head.clone() };
    let after = Edition { head, body: before.body.clone() };
    // The journal comes first: writers queue on its head, so of two overlapping drafts published in the same moment
    // the second looks after the first is committed, and is refused.
    journal::write(tx, scope, "edition.published", about("edition", id), &Seen::of(&before), &Seen::of(&after)).await?;
    if let Some(old) = to_end(tx, &before).await? {
        end(tx, scope, &old, before.valid_from).await?;
    }
    // Asked before the trigger refuses: after that, PostgreSQL answers no more questions in this transaction.
    if let Some(other) = overlapping(tx, &before).await? {
        refuse(vec![NotNow::Overlap(Some(Box::new(other)))])?;
    }
    if tx.exec(PUBLISH, args![id, version, scope.now]).await.map_err(in_words)? == 0 {
        return Err(conflict(tx, id).await);
    }
    Ok(after)
}

/// The published edition that would end where `head` begins: the one before it, if it has no last day.
pub async fn to_end(conn: &mut Conn, head: &Head) -> Result<Option<Head>, DbError> {
    let editions = read::editions_of(conn, &head.kind, &head.code).await?;
    let open = |other: &Head| {
        other.status == Status::Published && other.valid_to.is_none() && other.valid_from < head.valid_from
    };
    Ok(editions.into_iter().find(open))
}

/// Gives a published edition its last day: the one thing of it that is ever set afterwards.
async fn end(tx: &mut Tx, scope: &Scope, old: &Head, day: Date) -> Result<(), Failure> {
    let ended = Head { valid_to: Some(day), changed: scope.now, version: old.version + 1, ..old.clone() };
    journal::write(tx, scope, "edition.ended", about("edition", old.id), old, &ended).await?;
    tx.exec(END, args![old.id, day, scope.now]).await.map_err(in_words)?;
    Ok(())
}

/// Ends a published edition on a day (the first on which it is no more in force), under the decision that abolishes it.
/// Only forward in time: what was done until today keeps its rule. The decision is kept in the journal.
pub async fn end_on(
    tx: &mut Tx,
    scope: &Scope,
    id: EditionId,
    version: i64,
    day: Date,
    source: &str,
) -> Result<Head, Failure> {
    let old = read::head(tx, id).await?.ok_or(Failure::NotFound)?;
    let reasons = [
        (old.status != Status::Published, NotNow::NotPublished),
        (old.valid_to.is_some(), NotNow::Ended),
        (day <= scope.today() || day <= old.valid_from, NotNow::EndsTooEarly),
        (source.trim().is_empty(), NotNow::SourceMissing),
    ];
    refuse(reasons.into_iter().filter_map(|(holds, no)| holds.then_some(no)).collect())?;
    if old.version != version {
        return Err(conflict(tx, id).await);
    }
    let ended = Head { valid_to: Some(day), changed: scope.now, version: version + 1, ..old.clone() };
    let after = Abolished { head: &ended, decision: source.trim() };
    journal::write(tx, scope, "edition.abolished", about("edition", id), &old, &after).await?;
    if tx.exec(END_AT, args![id, version, day, scope.now]).await.map_err(in_words)? == 0 {
        return Err(conflict(tx, id).await);
    }
    Ok(ended)
}

/// Throws a draft away.
pub async fn discard(tx: &mut Tx, scope: &Scope, id: EditionId, version: i64) -> Result<(), Failure> {
    let before = draft_at(tx, id, version).await?;
    if tx.exec(DISCARD, args![id, version]).await.map_err(in_words)? == 0 {
        return Err(conflict(tx, id).await);
    }
    journal::write(tx, scope, "edition.discarded", about("edition", id), &Seen::of(&before), &()).await?;
    Ok(())
}

/// The draft as the form knew it, or why it is not that any more.
async fn draft_at(tx: &mut Tx, id: EditionId, version: i64) -> Result<Edition, Failure> {
    let edition = read::find(tx, id).await?.ok_or(Failure::NotFound)?;
    if edition.status == Status::Published {
        refuse(vec![NotNow::Frozen])?;
    }
    if edition.version != version {
        return Err(Failure::stale(serde_json::to_value(&edition)?));
    }
    Ok(edition)
}

/// Somebody was quicker between our look and our change.
async fn conflict(tx: &mut Tx, id: EditionId) -> Failure {
    match read::find(tx, id).await {
        Ok(Some(edition)) => Failure::stale(serde_json::to_value(&edition).unwrap_or_default()),
        Ok(None) => Failure::NotFound,
        Err(error) => error.into(),
    }
}

async fn overlapping(tx: &mut Tx, head: &Head) -> Result<Option<Head>, DbError> {
    let end = head.valid_to.map_or_else(|| "9999-12-31".to_owned(), |to| to.to_string());
    tx.find(OVERLAPPING, args![&head.kind, &head.code, head.id, head.valid_from, end], read_head).await
}

/// What the database itself refuses, in words.
fn in_words(error: DbError) -> Failure {
    let no = match &error {
        DbError::Refused(text) if text.starts_with("frozen") => NotNow::Frozen,
        DbError::Refused(text) if text.starts_with("overlap") => NotNow::Overlap(None),
        DbError::Reference(_) => NotNow::Used,
        DbError::Duplicate { table, .. } if table == "edition" => NotNow::NumberTaken,
        _ => return error.into(),
    };
    Refusal::from(no).into()
}

fn refuse(problems: Vec<NotNow>) -> Result<(), Refusals> {
    if problems.is_empty() { Ok(()) } else { Err(problems.into_iter().map(Refusal::from).collect()) }
}

/// An edition that ends without a successor, as the journal sees it.
#[derive(Serialize)]
struct Abolished<'a> {
    #[serde(flatten)]
    head: &'a Head,
    decision: &'a str,
}

/// An edition as the journal sees it.
#[derive(Serialize)]
struct Seen<'a> {
    #[serde(flatten)]
    head: &'a Head,
    body_sha256: String,
}

impl<'a> Seen<'a> {
    fn of(edition: &'a Edition) -> Seen<'a> {
        Seen { head: &edition.head, body_sha256: sha256(&edition.body) }
    }
}

fn sha256(body: &Value) -> String {
    HEXLOWER.encode(&Sha256::digest(body.to_string().as_bytes()))
}
