//! SQL, nothing else. One file per noun.

mod answers;
mod cards;
mod evidence;
mod history;
mod overview;
mod people;
mod reopen;
mod results;
mod rounds;
mod verdicts;

pub use answers::*;
pub use cards::*;
pub use evidence::*;
pub use history::*;
pub use overview::*;
pub use people::*;
pub use reopen::*;
pub use results::*;
pub use rounds::*;
pub use verdicts::*;

use db::DbError;
use serde_json::Value;

/// JSON in a text column.
pub(crate) fn json(text: Option<String>) -> Result<Option<Value>, DbError> {
    text.map(|text| serde_json::from_str(&text).map_err(|error| DbError::Value(format!("not JSON: {error}"))))
        .transpose()
}
