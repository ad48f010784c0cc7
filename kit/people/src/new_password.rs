//! A new password: set by somebody else or through a link, or changed by its owner. Whoever had the old one is out.

use crate::account::end_all_sessions;
use crate::session::{Session, end_sessions_but};
use crate::{AccountId, Failure, Scope, account, check_strength, hash_password, password};
use base::Refusal;
use db::{Db, Tx, args, sql};
use journal::about;

sql! {
    PUT = "update account set password = $2, must_change = $3, failures = 0, locked_until = null, version = version + 1 \
           where id = $1";
    END_LINKS = "delete from once_link where account = $1";
    OLD = "select password from account where id = $1";
}

/// Sets a password and ends every session and every link of the account. `must_change`: somebody else chose it, so its owner must
/// choose another at the next sign-in.
pub async fn set_password(
    tx: &mut Tx,
    scope: &Scope,
    id: AccountId,
    password: &str,
    must_change: bool,
) -> Result<(), Failure> {
    let account = account(tx, id).await?.ok_or(Failure::NotFound)?;
    check_strength(password, &account.login)?;
    let hash = hash_password(password).await?;
    tx.exec(PUT, args![id, hash, must_change]).await?;
    tx.exec(END_LINKS, args![id]).await?;
    end_all_sessions(tx, id).await?;
    journal::write(tx, scope, "account.password-set", about("account", id), &(), &()).await?;
    Ok(())
}

/// Changes one's own password, and ends all of one's sessions but this one. The slow hashing is done before the
/// transaction begins, so that nobody waits for it.
pub async fn change_password(db: &Db, scope: &Scope, session: &Session, old: &str, new: &str) -> Result<(), Failure> {
    let mut conn = db.read().await?;
    let account = account(&mut conn, session.account).await?.ok_or(Failure::NotFound)?;
    let known: Option<String> = conn.find(OLD, args![account.id], |row| row.pull()).await?.flatten();
    drop(conn);
    let mut refusals = Vec::new();
    if !password::verify(old, known.as_deref()).await {
        refusals.push(Refusal::new("password-old", "Mật khẩu hiện tại không đúng.").at("mat_khau_cu"));
    }
    if old == new {
        refusals.push(Refusal::new("password-same", "Mật khẩu mới phải khác mật khẩu hiện tại.").at("mat_khau_moi"));
    } else if let Err(weak) = check_strength(new, &account.login) {
        refusals.push(weak);
    }
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let hash = hash_password(new).await?;
    let mut tx = db.begin().await?;
    tx.exec(PUT, args![account.id, hash, false]).await?;
    tx.exec(END_LINKS, args![account.id]).await?;
    end_sessions_but(&mut tx, account.id, &session.token).await?;
    journal::write(&mut tx, scope, "account.password-changed", about("account", account.id), &(), &()).await?;
    Ok(tx.commit().await?)
}
