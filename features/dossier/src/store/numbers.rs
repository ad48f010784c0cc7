//! Rows of numbers without gaps or doubles: the next is taken inside the transaction that uses it.

use db::{DbError, Tx, args, sql};

sql! {
    NEXT = "insert into dossier_number (row_name, last) values ($1, 1) \
            on conflict (row_name) do update set last = dossier_number.last + 1 returning last";
}

/// The next number of a row. Whoever asks next waits until this transaction has ended; if it is undone, so is the number.
pub async fn next_number(tx: &mut Tx, row: &str) -> Result<i64, DbError> {
    let next = tx.find(NEXT, args![row], |row| row.pull::<i64>()).await?;
    next.ok_or_else(|| DbError::Broken(format!("no number in the row {row}")))
}
