//! Reading the journal.

use ::journal::Line;
use base::text;
use people::{Failure, Scope};
use web::Site;

/// Lines asked of the store at once, and how many are looked through for one page: a rare name in a journal of
/// millions must not keep the database busy.
const BATCH: i64 = 1000;
const LOOKED_THROUGH: i64 = 50_000;

/// Lines found, and where the next page begins; none at the journal's first line.
pub struct Found {
    pub lines: Vec<Line>,
    pub next: Option<i64>,
}

/// The lines before `before`, newest first: those of whoever is called `who`, whose deed begins with `what`. The name
/// is looked for here rather than in the store: without diacritics, which neither engine can.
pub async fn lines(
    site: &Site,
    _: &Scope,
    who: &str,
    what: &str,
    mut before: i64,
    most: usize,
) -> Result<Found, Failure> {
    let mut conn = site.db.read().await?;
    let words = text::fold(who);
    let mut lines = Vec::new();
    let mut looked = 0;
    loop {
        let batch = ::journal::latest(&mut conn, before, what, "", BATCH).await?;
        let is_last = (batch.len() as i64) < BATCH;
        looked += batch.len() as i64;
        for line in batch {
            before = line.seq;
            if text::matches(&text::fold(&line.who), &words) {
                lines.push(line);
            }
            if lines.len() == most {
                return Ok(Found { lines, next: Some(before) });
            }
        }
        if is_last || looked >= LOOKED_THROUGH {
            return Ok(Found { lines, next: (!is_last).then_some(before) });
        }
    }
}
