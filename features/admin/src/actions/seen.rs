//! Reading for the administrator's screens: who holds what and was last seen when, and how much there is of everything.

use crate::store;
pub use crate::store::{Counts, Held};
use base::{Timestamp, text};
use people::{Account, Failure, Scope};
use web::Site;

/// A person with what they hold today.
pub struct Seen {
    pub account: Account,
    pub held: Vec<Held>,
    pub seen: Option<Timestamp>,
}

impl Seen {
    /// Whether these words are in the name, the title or a unit of this person, without diacritics; or are the initials
    /// of the name alone.
    pub fn is_called(&self, words: &str) -> bool {
        let account = &self.account;
        let units: String = self.held.iter().map(|held| format!("{} ", held.unit_name)).collect();
        let own = text::fold(&format!("{} {}", account.name, account.login));
        let hay = text::fold(&format!("{} {} {} {units}", account.name, account.login, account.title));
        let words = text::fold(words);
        text::matches(&hay, &words) || text::matches(&own, &words)
    }
}

/// Everybody, in three questions.
pub async fn everybody(site: &Site, scope: &Scope) -> Result<Vec<Seen>, Failure> {
    let mut conn = site.db.read().await?;
    let (accounts, _) = people::accounts(&mut conn, "", i64::MAX, 0).await?;
    let held = store::held(&mut conn, scope.today()).await?;
    let seen = store::last_seen(&mut conn).await?;
    let line = |account: Account| Seen {
        held: held.iter().filter(|held| held.account == account.id).cloned().collect(),
        seen: seen.iter().find(|(id, _)| *id == account.id).map(|(_, at)| *at),
        account,
    };
    Ok(accounts.into_iter().map(line).collect())
}

pub async fn counts(site: &Site, scope: &Scope) -> Result<Counts, Failure> {
    Ok(store::counts(&mut site.db.read().await?, scope.now).await?)
}
