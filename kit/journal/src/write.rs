//! Adding a line.

use crate::chain::{Fields, link};
use base::Timestamp;
use db::{DbError, Tx, Val, args, sql};
use serde::Serialize;

sql! {
    // First the head: writers queue on its row, and the number and hash before are read under that lock.
    TAKE_HEAD = "update journal_head set seq = seq + 1 where one = 1 returning seq, hash";
    // The same where nobody else writes meanwhile (SQLite).
    NEXT_HEAD = "select seq + 1, hash from journal_head where one = 1";
    SET_HEAD = "update journal_head set seq = $1, hash = $2 where one = 1";
    ADD = "insert into journal (seq, at, account, who, unit, what, about_kind, about, before, after, hash) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
}

/// Who signs a line.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The account; none where the program itself acts.
    pub account: Option<String>,
    /// The name as it is now: it stays even if the account is renamed later.
    pub who: String,
    pub unit: Option<String>,
    pub at: Timestamp,
}

/// Whatever can sign: a `Scope`, above all.
pub trait Signs {
    fn signature(&self) -> Signature;
}

/// The record a line is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub kind: &'static str,
    pub id: String,
}

/// `about("card", card.id)`.
pub fn about(kind: &'static str, id: impl ToString) -> About {
    About { kind, id: id.to_string() }
}

/// A line that has no number yet.
#[derive(Clone, Debug)]
pub struct Entry {
    by: Signature,
    what: String,
    about: About,
    before: Option<String>,
    after: Option<String>,
}

/// Makes a line that [`put`] or [`commit`] writes. `before` and `after` are what changed, as JSON; `()` where there is nothing to say.
pub fn entry(
    signer: &impl Signs,
    what: &str,
    about: About,
    before: &impl Serialize,
    after: &impl Serialize,
) -> Result<Entry, DbError> {
    let (before, after) = (json(before)?, json(after)?);
    Ok(Entry { by: signer.signature(), what: what.to_owned(), about, before, after })
}

/// Writes a line that was made before.
pub async fn put(tx: &mut Tx, entry: Entry) -> Result<(), DbError> {
    let (line, head) = next(tx, entry).await?;
    tx.exec_both((ADD, &line), (SET_HEAD, &head)).await
}

/// The same as the last of a transaction, which is committed.
pub async fn commit(mut tx: Tx, entry: Entry) -> Result<(), DbError> {
    let (line, head) = next(&mut tx, entry).await?;
    tx.commit_both((ADD, &line), (SET_HEAD, &head)).await
}

/// What is written of a line, with its number and hash, and of the head.
async fn next(tx: &mut Tx, entry: Entry) -> Result<(Vec<Val>, Vec<Val>), DbError> {
    let Entry { by: Signature { account, who, unit, at }, what, about, before, after } = entry;
    let head = if tx.is_postgres() { TAKE_HEAD } else { NEXT_HEAD };
    let (seq, last) = tx
        .find(head, &[], |row| Ok((row.pull::<i64>()?, row.pull::<String>()?)))
        .await?
        .ok_or_else(|| DbError::Broken("the journal has no head".into()))?;
    let fields = Fields {
        seq,
        at: at.as_microsecond(),
        account: account.as_deref(),
        who: &who,
        unit: unit.as_deref(),
        what: &what,
        about_kind: about.kind,
        about: &about.id,
        before: before.as_deref(),
        after: after.as_deref(),
    };
    let hash = link(&last, &fields);
    let line = args![seq, at, account, who, unit, what, about.kind, about.id, before, after, &hash];
    Ok((line.to_vec(), args![seq, hash].to_vec()))
}

/// Makes and writes one line: [`entry`], [`put`].
pub async fn write(
    tx: &mut Tx,
    signer: &impl Signs,
    what: &str,
    about: About,
    before: &impl Serialize,
    after: &impl Serialize,
) -> Result<(), DbError> {
    put(tx, entry(signer, what, about, before, after)?).await
}

fn json(value: &impl Serialize) -> Result<Option<String>, DbError> {
    match serde_json::to_string(value) {
        Ok(text) if text == "null" => Ok(None),
        Ok(text) => Ok(Some(text)),
        Err(error) => Err(DbError::Value(format!("not to be written as JSON: {error}"))),
    }
}
