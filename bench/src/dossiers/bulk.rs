//! Many rows at once: one statement for some tens, in transactions of some thousand.

use anyhow::Result;
use db::{Db, Sql, Tx, Val};
use std::collections::HashMap;

/// Values of one statement: with more of them SQLite looks longer for each one's place than it saves.
const VALUES: usize = 800;

/// Rows on their way into their tables.
pub struct Bulk {
    db: Db,
    tables: Vec<(&'static str, &'static str, Vec<Vec<Val>>)>,
    texts: HashMap<(&'static str, usize), &'static str>,
}

impl Bulk {
    /// The tables with their columns, in the order in which they refer to each other.
    pub fn new(db: &Db, tables: &[(&'static str, &'static str)]) -> Bulk {
        let tables = tables.iter().map(|(table, columns)| (*table, *columns, Vec::new())).collect();
        Bulk { db: db.clone(), tables, texts: HashMap::new() }
    }

    pub fn add(&mut self, table: &str, row: &[Val]) {
        if let Some((.., rows)) = self.tables.iter_mut().find(|(name, ..)| *name == table) {
            rows.push(row.to_vec());
        }
    }

    pub async fn flush(&mut self) -> Result<()> {
        let mut tx = self.db.begin().await?;
        for (table, columns, rows) in &mut self.tables {
            let Some(width) = rows.first().map(Vec::len) else { continue };
            let rows = std::mem::take(rows);
            for chunk in rows.chunks((VALUES / width).max(1)) {
                let text = self
                    .texts
                    .entry((*table, chunk.len()))
                    .or_insert_with(|| Box::leak(text(table, columns, width, chunk.len()).into_boxed_str()));
                put(&mut tx, text, &chunk.concat()).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}

async fn put(tx: &mut Tx, text: &'static str, row: &[Val]) -> Result<()> {
    tx.exec(Sql { name: "BULK", room: "bench", text }, row).await?;
    Ok(())
}

fn text(table: &str, columns: &str, width: usize, count: usize) -> String {
    let row = |nth: usize| {
        let marks: Vec<String> = (1..=width).map(|at| format!("${}", nth * width + at)).collect();
        format!("({})", marks.join(", "))
    };
    let rows: Vec<String> = (0..count).map(row).collect();
    format!("insert into {table} ({columns}) values {}", rows.join(", "))
}
