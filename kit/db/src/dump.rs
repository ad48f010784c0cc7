//! Every table as it is, for backup and restore: read in one snapshot, loaded in the order of references.
//!
//! The register of texts ends here: tables are found by asking the engine, so that a table of a later migration is in
//! the next backup without anybody thinking of it. What a cell becomes is the same for both engines: decimals are
//! text here, as everywhere outside PostgreSQL.
//!
//! Left out: `migration`, which says how far a database has come, and is told again by the restored one.

use crate::{Conn, DbError, Row, Tx, Val};
use std::collections::BTreeMap;

/// Rows that are read at one time.
const PAGE: usize = 500;
/// Not data.
const LEFT_OUT: &str = "migration";

/// A table, as the engine describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
    /// In the order of the key.
    pub key: Vec<String>,
    /// Columns that refer to another row, with the table it is in.
    pub references: Vec<(String, String)>,
}

const LITE_TABLES: &str =
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name";
const LITE_COLUMNS: &str = "select name, pk from pragma_table_info($1) order by cid";
const LITE_REFERENCES: &str = "select \"from\", \"table\" from pragma_foreign_key_list($1) order by 1";
const PG_TABLES: &str = "select tablename::text from pg_tables where schemaname = current_schema() order by 1";
const PG_COLUMNS: &str = "select a.attname::text, coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0)::bigint \
    from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary \
    where a.attrelid = to_regclass($1::text) and a.attnum > 0 and not a.attisdropped order by a.attnum";
const PG_REFERENCES: &str = "select a.attname::text, c.confrelid::regclass::text from pg_constraint c \
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] \
    where c.contype = 'f' and c.conrelid = to_regclass($1::text) order by 1";

/// All tables, each after those it refers to.
pub async fn tables(conn: &mut Conn) -> Result<Vec<Table>, DbError> {
    let postgres = conn.is_postgres();
    let pick = |lite, pg| if postgres { pg } else { lite };
    let names: Vec<String> = pulled(conn.ask(pick(LITE_TABLES, PG_TABLES), &[]).await?)?;
    let mut found = Vec::new();
    for name in names.into_iter().filter(|name| name != LEFT_OUT) {
        let mut columns = Vec::new();
        let mut key = BTreeMap::new();
        for mut row in conn.ask(pick(LITE_COLUMNS, PG_COLUMNS), &[Val::from(&name)]).await? {
            let (column, at) = (row.pull::<String>()?, row.pull::<i64>()?);
            if at > 0 {
                key.insert(at, column.clone());
            }
            columns.push(column);
        }
        let mut references = Vec::new();
        for mut row in conn.ask(pick(LITE_REFERENCES, PG_REFERENCES), &[Val::from(&name)]).await? {
            references.push((row.pull::<String>()?, row.pull::<String>()?));
        }
        found.push(Table { name, columns, key: key.into_values().collect(), references });
    }
    in_order(found)
}

fn pulled(rows: Vec<Row>) -> Result<Vec<String>, DbError> {
    rows.into_iter().map(|mut row| row.pull()).collect()
}

/// Sorts so that each table comes after those it refers to; a table may refer to itself.
fn in_order(mut ahead: Vec<Table>) -> Result<Vec<Table>, DbError> {
    let mut done: Vec<Table> = Vec::new();
    while !ahead.is_empty() {
        let is_free = |table: &Table| {
            table.references.iter().all(|(_, to)| *to == table.name || done.iter().any(|known| known.name == *to))
        };
        let Some(at) = ahead.iter().position(is_free) else {
            let names: Vec<&str> = ahead.iter().map(|table| table.name.as_str()).collect();
            return Err(DbError::Broken(format!("tables refer to each other in a circle: {}", names.join(", "))));
        };
        done.push(ahead.remove(at));
    }
    Ok(done)
}

/// A walk over the rows of a table in the order of its key.
pub struct Rows<'a> {
    table: &'a Table,
    last: Option<Vec<Val>>,
    ended: bool,
}

impl<'a> Rows<'a> {
    pub fn of(table: &'a Table) -> Rows<'a> {
        Rows { table, last: None, ended: false }
    }

    /// The next rows, some hundreds; empty at the end.
    pub async fn next(&mut self, conn: &mut Conn) -> Result<Vec<Vec<Val>>, DbError> {
        if self.ended {
            return Ok(Vec::new());
        }
        let (columns, key) = (listed(&self.table.columns), listed(&self.table.key));
        let mut text = format!("select {columns} from {}", quoted(&self.table.name));
        if self.last.is_some() {
            text += &format!(" where ({key}) > ({})", numbered(self.table.key.len()));
        }
        if !self.table.key.is_empty() {
            text += &format!(" order by {key} limit {PAGE}");
        }
        let rows: Vec<Vec<Val>> =
            conn.ask(&text, self.last.as_deref().unwrap_or_default()).await?.into_iter().map(Row::into_vals).collect();
        self.ended = self.table.key.is_empty() || rows.len() < PAGE;
        self.last = rows.last().map(|row| self.key_of(row));
        Ok(rows)
    }

    fn key_of(&self, row: &[Val]) -> Vec<Val> {
        let at = |name: &String| self.table.columns.iter().position(|column| column == name);
        self.table.key.iter().filter_map(|name| row.get(at(name)?).cloned()).collect()
    }
}

/// Fills one table. Rows that refer to rows of the same table that are not there yet wait for them.
pub struct Load<'a> {
    table: &'a Table,
    text: String,
    waiting: Vec<Vec<Val>>,
}

impl<'a> Load<'a> {
    /// Empties the table first: some rows are made by migrations themselves.
    pub async fn begin(tx: &mut Tx, table: &'a Table) -> Result<Load<'a>, DbError> {
        tx.tell(&format!("delete from {}", quoted(&table.name)), &[]).await?;
        let (columns, values) = (listed(&table.columns), numbered(table.columns.len()));
        let text = format!("insert into {} ({columns}) values ({values})", quoted(&table.name));
        Ok(Load { table, text, waiting: Vec::new() })
    }

    pub async fn add(&mut self, tx: &mut Tx, row: Vec<Val>) -> Result<(), DbError> {
        if self.is_free(tx, &row).await? {
            return tx.tell(&self.text, &row).await.map(drop);
        }
        self.waiting.push(row);
        Ok(())
    }

    /// Puts in what waited.
    pub async fn end(mut self, tx: &mut Tx) -> Result<(), DbError> {
        while !self.waiting.is_empty() {
            let before = self.waiting.len();
            for row in std::mem::take(&mut self.waiting) {
                self.add(tx, row).await?;
            }
            if self.waiting.len() == before {
                return Err(DbError::Reference(format!(
                    "{before} rows of {} refer to rows that are not there",
                    self.table.name
                )));
            }
        }
        Ok(())
    }

    async fn is_free(&self, tx: &mut Tx, row: &[Val]) -> Result<bool, DbError> {
        for (column, _) in self.table.references.iter().filter(|(_, to)| *to == self.table.name) {
            let at = self.table.columns.iter().position(|name| name == column);
            let value = at.and_then(|at| row.get(at)).cloned().unwrap_or_default();
            let (Some(key), false) = (self.table.key.first(), value == Val::Null) else { continue };
            let text = format!("select 1 from {} where {} = $1", quoted(&self.table.name), quoted(key));
            if tx.ask(&text, &[value]).await?.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// How many rows a table has. `table` is a name from the code, never from outside.
pub async fn count(conn: &mut Conn, table: &str) -> Result<i64, DbError> {
    let rows = conn.ask(&format!("select count(*) from {}", quoted(table)), &[]).await?;
    rows.into_iter().next().map_or(Ok(0), |mut row| row.pull())
}

/// How many rows there are of each value of a text column.
pub async fn tally(conn: &mut Conn, table: &str, column: &str) -> Result<Vec<(String, i64)>, DbError> {
    let (table, column) = (quoted(table), quoted(column));
    let rows =
        conn.ask(&format!("select {column}, count(*) from {table} group by {column} order by {column}"), &[]).await?;
    rows.into_iter().map(|mut row| Ok((row.pull()?, row.pull()?))).collect()
}

/// The tables that have rows, with their number; what migrations put in themselves is not counted.
pub async fn filled(conn: &mut Conn) -> Result<Vec<(String, i64)>, DbError> {
    let mut found = Vec::new();
    for table in tables(conn).await? {
        let count = count(conn, &table.name).await?;
        if count > 0 && table.name != "journal_head" {
            found.push((table.name, count));
        }
    }
    Ok(found)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

fn numbered(count: usize) -> String {
    (1..=count).map(|at| format!("${at}")).collect::<Vec<_>>().join(", ")
}
