//! Reading the rulebook.

use people::{Failure, Scope};
use rulebook::{Edition, EditionId, Head};
use web::Site;

/// The kinds of rule: code, name, and where one is opened.
pub const KINDS: [(&str, &str, &str); 1] = [("criteria", "Bộ tiêu chí", "/chi-so/bo-tieu-chi/")];

/// Every edition of every rule, drafts too: by code, the newest number first.
pub async fn editions(site: &Site, _: &Scope) -> Result<Vec<Head>, Failure> {
    let mut conn = site.db.read().await?;
    let mut all = Vec::new();
    for (kind, _, _) in KINDS {
        all.extend(rulebook::list(&mut conn, kind, i64::MAX, 0).await?);
    }
    Ok(all)
}

pub async fn edition(site: &Site, _: &Scope, id: EditionId) -> Result<Edition, Failure> {
    rulebook::find(&mut site.db.read().await?, id).await?.ok_or(Failure::NotFound)
}
