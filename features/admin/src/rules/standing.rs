//! Where an account stands.

use base::Timestamp;
use people::Account;

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// In use.
    Open,
    /// Nobody can sign in with it yet: neither a password nor the province's sign-in.
    New,
    /// For some minutes, after too many wrong passwords.
    Locked,
    /// Closed by an administrator.
    Closed,
}

pub fn standing(account: &Account, now: Timestamp) -> Standing {
    if account.closed {
        Standing::Closed
    } else if account.locked_until.is_some_and(|until| until > now) {
        Standing::Locked
    } else if !account.has_password && !account.has_subject {
        Standing::New
    } else {
        Standing::Open
    }
}
