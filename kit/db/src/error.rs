//! What can go wrong below: a constraint that a rule may turn into a sentence, or something broken.

/// An error of the database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A row with this key is there already. `table` names where.
    #[error("duplicate row in {table}: {detail}")]
    Duplicate { table: String, detail: String },
    /// A row that another refers to is missing, or still referred to.
    #[error("broken reference: {0}")]
    Reference(String),
    /// A trigger of ours refused: its text begins with a stable English word, e.g. `frozen`.
    #[error("the database refused: {0}")]
    Refused(String),
    /// A value came back in another type than the code expects.
    #[error("unexpected value: {0}")]
    Value(String),
    /// The engine, the disk or the line is broken, or a text of ours is wrong.
    #[error("database: {0}")]
    Broken(String),
}

impl DbError {
    /// Whether a unique key of `table` was hit.
    pub fn is_duplicate_in(&self, wanted: &str) -> bool {
        matches!(self, DbError::Duplicate { table, .. } if table == wanted)
    }
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi;
        let rusqlite::Error::SqliteFailure(code, Some(text)) = &error else {
            return DbError::Broken(error.to_string());
        };
        match code.extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
                // "UNIQUE constraint failed: account.login, account.x"
                let detail = text.rsplit(": ").next().unwrap_or_default().to_owned();
                let table = detail.split('.').next().unwrap_or_default().to_owned();
                DbError::Duplicate { table, detail }
            }
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => DbError::Reference(text.clone()),
            ffi::SQLITE_CONSTRAINT_TRIGGER => DbError::Refused(text.clone()),
            _ => DbError::Broken(text.clone()),
        }
    }
}

impl From<tokio_postgres::Error> for DbError {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        let Some(db) = error.as_db_error() else {
            return DbError::Broken(chain(&error));
        };
        let table = db.table().unwrap_or_default().to_owned();
        match *db.code() {
            SqlState::UNIQUE_VIOLATION => {
                DbError::Duplicate { table, detail: db.constraint().unwrap_or_default().to_owned() }
            }
            SqlState::FOREIGN_KEY_VIOLATION => DbError::Reference(db.message().to_owned()),
            SqlState::RAISE_EXCEPTION => DbError::Refused(db.message().to_owned()),
            _ => DbError::Broken(format!("{} {}", db.code().code(), db.message())),
        }
    }
}

/// An error with its causes: the outer text of a driver rarely says what happened.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text += ": ";
        text += &inner.to_string();
        cause = inner.source();
    }
    text
}
