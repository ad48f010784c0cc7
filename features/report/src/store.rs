//! SQL, nothing else. `rounds`: collections; `reports`: one unit's, its lists, its states; `content`: sheets, words, notes, versions; `incoming`: letters of others.

mod content;
pub mod incoming;
mod reports;
mod rounds;

pub use content::{
    add_note, add_version, notes, past, put_sheet, put_source, put_words, settle, sheets, sheets_above, sources, told,
    versions, words,
};
pub use reports::{
    add, counts, find, give, list, move_to, number, of_round, parts, path, pressing, put_counts, sent, take, timeliness,
};
pub use rounds::{Stamp, add_round, round, rounds, rounds_of, same_round, units_stamp};

#[cfg(test)]
mod tests;
