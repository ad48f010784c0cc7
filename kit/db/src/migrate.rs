//! The numbered story of the database, told once and never rewritten.
//!
//! A migration is one SQL text for both engines. Three words differ and are put in here: `decimal` (text in
//! SQLite, so that no point ever becomes a float; numeric in PostgreSQL), `blob` (bytea), and blocks between
//! `-- only sqlite` or `-- only postgres` and `-- end` (triggers).

use crate::{Db, DbError, Sql};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// One step of the story.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub number: u32,
    pub name: &'static str,
    pub text: &'static str,
}

/// All steps, in order.
pub const MIGRATIONS: &[Migration] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// How far a database has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub done: Vec<u32>,
    pub ahead: Vec<u32>,
}

const TABLE: &str = "create table if not exists migration (
    number bigint primary key, name text not null, checksum text not null, at bigint not null);";

// Not in the register: the table does not exist before the first migration.
const DONE: Sql = Sql { name: "DONE", room: "db", text: "select number, checksum from migration order by number" };

impl Migration {
    /// SHA-256 of the text as written.
    pub fn checksum(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.text.as_bytes()))
    }

    fn text_for(&self, postgres: bool) -> String {
        let (mine, other) = if postgres { ("postgres", "sqlite") } else { ("sqlite", "postgres") };
        let mut text = String::new();
        let mut skipping = false;
        for line in self.text.lines() {
            match line.trim() {
                rule if rule == format!("-- only {other}") => skipping = true,
                rule if rule == format!("-- only {mine}") => {}
                "-- end" => skipping = false,
                _ if skipping => {}
                _ => {
                    text += &types(line, postgres);
                    text.push('\n');
                }
            }
        }
        text
    }
}

/// Puts the engine's own type names in, where a line's words before its comment name a type.
fn types(line: &str, postgres: bool) -> String {
    let (decimal, blob) = if postgres { ("numeric", "bytea") } else { ("text", "blob") };
    let (code, comment) = line.split_at(line.find("--").unwrap_or(line.len()));
    let word = |piece: &str| match piece.trim_end_matches(',') {
        "decimal" => piece.replace("decimal", decimal),
        "blob" => piece.replace("blob", blob),
        _ => piece.to_owned(),
    };
    let words: Vec<String> = code.split(' ').map(word).collect();
    words.join(" ") + comment
}

impl Db {
    /// Which steps are done and which are ahead. A step whose text has changed since is an error:
    /// nobody knows then what the database really holds.
    pub async fn standing(&self) -> Result<Standing, DbError> {
        self.script(TABLE).await?;
        let done = self.read().await?.list(DONE, &[], |row| Ok((row.pull::<i64>()?, row.pull::<String>()?))).await?;
        for (number, checksum) in &done {
            let Some(known) = MIGRATIONS.iter().find(|m| i64::from(m.number) == *number) else {
                return Err(DbError::Broken(format!("the database is newer than this program: it has step {number}")));
            };
            if known.checksum() != *checksum {
                return Err(DbError::Broken(format!(
                    "step {number} ({}) was changed after it was applied",
                    known.name
                )));
            }
        }
        let done: Vec<u32> = done.iter().filter_map(|(number, _)| u32::try_from(*number).ok()).collect();
        let ahead = MIGRATIONS.iter().map(|m| m.number).filter(|n| !done.contains(n)).collect();
        Ok(Standing { done, ahead })
    }

    /// Applies every step ahead, each whole or not at all; returns how many there were.
    pub async fn migrate(&self) -> Result<usize, DbError> {
        self.migrate_to(u32::MAX).await
    }

    /// Applies the steps ahead up to a number: to load what an older program has kept.
    pub async fn migrate_to(&self, last: u32) -> Result<usize, DbError> {
        let ahead: Vec<u32> = self.standing().await?.ahead.into_iter().filter(|number| *number <= last).collect();
        for number in &ahead {
            let Some(step) = MIGRATIONS.iter().find(|m| m.number == *number) else { continue };
            self.apply(step)
                .await
                .map_err(|error| DbError::Broken(format!("step {number} ({}): {error}", step.name)))?;
        }
        Ok(ahead.len())
    }

    async fn apply(&self, step: &Migration) -> Result<(), DbError> {
        let begin = if self.is_postgres() { "begin; select pg_advisory_xact_lock(7001);" } else { "begin immediate;" };
        let note = format!(
            "insert into migration (number, name, checksum, at) values ({}, '{}', '{}', {});",
            step.number,
            step.name,
            step.checksum(),
            crate::now().as_microsecond()
        );
        let script = format!("{begin}\n{}\n{note}\ncommit;", step.text_for(self.is_postgres()));
        if let Err(error) = self.script(&script).await {
            // SQLite keeps the failed transaction open on the one writer.
            let _ = self.script("rollback;").await;
            return Err(error);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::types;

    #[test]
    fn only_types_are_put_in() {
        assert_eq!(types("    points decimal, -- decimal", true), "    points numeric, -- decimal");
        assert_eq!(types("    points decimal not null", false), "    points text not null");
        assert_eq!(types("create table decimal_of (blob_a text)", true), "create table decimal_of (blob_a text)");
    }
}
