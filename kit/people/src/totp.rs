//! The second factor: six digits from an application (RFC 6238). A code works once.

use crate::{Account, AccountId, Failure, Scope};
use base::{Refusal, Timestamp};
use data_encoding::BASE32_NOPAD;
use db::{Tx, args, sql};
use journal::about;
use totp_rs::{Builder, Totp};

sql! {
    SET = "update account set totp = $2, totp_step = $3, version = version + 1 where id = $1 and totp is null";
    UNSET = "update account set totp = null, version = version + 1 where id = $1 and totp is not null";
}

/// A new secret, in base 32, to be shown once and confirmed by a code.
pub fn fresh() -> Result<String, Failure> {
    let mut bytes = [0u8; 20];
    getrandom::fill(&mut bytes)?;
    Ok(BASE32_NOPAD.encode(&bytes))
}

/// The address that an authenticator application reads from a QR code.
pub fn uri(secret: &str, account: &Account) -> String {
    format!(
        "otpauth://totp/C%E1%BB%ADa%20Vi%E1%BB%87t:{}?secret={secret}&issuer=C%E1%BB%ADa%20Vi%E1%BB%87t",
        account.login
    )
}

fn totp(secret: &str) -> Option<Totp> {
    let bytes = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    Builder::new().with_secret(bytes).with_account_name("cuaviet").build().ok()
}

/// The time step of a right code that has not been used yet. A telephone shows the real time, also where the demo has
/// moved the site's clock.
pub(crate) fn check(secret: &str, code: &str, now: Timestamp, last: i64) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let totp = totp(secret)?;
    let step = [now, db::now()].into_iter().find_map(|now| totp.check(&code, u64::try_from(now.as_second()).ok()?))?;
    i64::try_from(step).ok().filter(|step| *step > last)
}

/// Switches the second factor on, once a code shows that the application has the secret. One that is on is not
/// replaced: whoever sits down at an unlocked browser could put their own telephone in its place.
pub async fn confirm(tx: &mut Tx, scope: &Scope, id: AccountId, secret: &str, code: &str) -> Result<(), Failure> {
    let Some(step) = check(secret, code, scope.now, 0) else {
        return Err(Refusal::new("code-wrong", "Mã không đúng. Hãy quét lại mã QR rồi nhập mã đang hiện.")
            .at("ma")
            .into());
    };
    if tx.exec(SET, args![id, secret, step]).await? == 0 {
        let say = "Xác thực hai lớp đang bật. Muốn đổi điện thoại, hãy nhờ quản trị tắt mã cũ trước.";
        return Err(Failure::refused("totp-on", say));
    }
    journal::write(tx, scope, "account.totp-on", about("account", id), &(), &()).await?;
    Ok(())
}

/// Switches it off (a lost phone): an administrator's deed. The last step used is kept, so that no old code works.
pub async fn remove(tx: &mut Tx, scope: &Scope, id: AccountId) -> Result<(), Failure> {
    if tx.exec(UNSET, args![id]).await? > 0 {
        journal::write(tx, scope, "account.totp-off", about("account", id), &(), &()).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// RFC 6238, appendix B, SHA-1: at 59 s the eight digits are 94287082, so the six are 287082.
    #[test]
    fn the_code_of_the_rfc_works_once() {
        let secret = BASE32_NOPAD.encode(b"12345678901234567890");
        let now = Timestamp::from_second(59).unwrap();
        let step = check(&secret, "287 082", now, 0).unwrap();
        assert_eq!(check(&secret, "287082", now, step), None);
        assert_eq!(check(&secret, "287083", now, 0), None);
    }
}
