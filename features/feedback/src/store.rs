//! SQL, nothing else. `one`: a single feedback and its story; `list`: lists of those who answer, and what everybody may
//! read; `stats`: counting over days.

mod list;
mod one;
mod stats;

pub use list::{candidates, count_published, counts, find_published, list, published};
pub use one::{
    add, add_event, by_code, came_from, count_since, end, events, find, forget_senders, give, guessed, keep_seal,
    let_in_again, next_number, pass, propose, publish, seal, take,
};
pub use stats::{behind, count, count_behind};

use crate::model::*;
use db::{DbError, Row};

macro_rules! line {
    ($rest:literal) => {
        concat!(
            "select f.id, f.code, f.kind, f.agency, f.dossier, f.said, f.name, f.phone, f.email, f.secret, f.at, f.due, f.state, f.answer, f.answered, \
             f.guesses, f.guessed, f.sample, f.version, f.office, f.holder, f.public, f.public_question, f.public_answer, f.published, \
             coalesce(u.short, ''), coalesce(a.name, '') \
             from feedback f left join unit u on u.id = f.office left join account a on a.id = f.holder where ",
            $rest
        )
    };
}
use line;

fn read(row: &mut Row) -> Result<Feedback, DbError> {
    Ok(Feedback {
        id: row.pull()?,
        code: row.pull()?,
        kind: row.pull()?,
        agency: row.pull()?,
        dossier: row.pull()?,
        said: row.pull()?,
        name: row.pull()?,
        phone: row.pull()?,
        email: row.pull()?,
        secret: row.pull()?,
        at: row.pull()?,
        due: row.pull()?,
        state: row.pull()?,
        answer: row.pull()?,
        answered: row.pull()?,
        guesses: row.pull()?,
        guessed: row.pull()?,
        sample: row.pull()?,
        version: row.pull()?,
        office: row.pull()?,
        holder: row.pull()?,
        public: row.pull()?,
        public_question: row.pull()?,
        public_answer: row.pull()?,
        published: row.pull()?,
        office_name: row.pull()?,
        holder_name: row.pull()?,
    })
}

/// Folded words as a pattern: each in its order. Empty finds everything.
fn pattern(folded: &str) -> String {
    let plain: String = folded.chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    if words.is_empty() { String::new() } else { format!("%{}%", words.join("%")) }
}

#[cfg(test)]
mod tests;
