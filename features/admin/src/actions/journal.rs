//! Reading the journal.

use ::journal::Found;
use people::{Failure, Scope};
use web::Site;

/// The lines before `before`, newest first: those of whoever is called `who`, whose deed begins with `what`.
pub async fn lines(site: &Site, _: &Scope, who: &str, what: &str, before: i64, most: i64) -> Result<Found, Failure> {
    Ok(::journal::latest(&mut site.db.read().await?, before, what, who, most).await?)
}
