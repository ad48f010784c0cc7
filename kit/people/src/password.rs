//! Passwords: argon2id, and what a password must be.

use crate::Failure;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use base::Refusal;

/// Length asked of a password: TCVN 11930:2017 leaves the number to the owner; long beats complicated.
pub const SHORTEST: usize = 10;
/// Longer texts only cost the server time.
const LONGEST: usize = 200;

/// Whether a new password is good enough.
pub fn check_strength(password: &str, login: &str) -> Result<(), Refusal> {
    let length = password.chars().count();
    let no = |say: &str| Err(Refusal::new("password-weak", say).at("mat_khau_moi"));
    if length < SHORTEST {
        return no("Mật khẩu cần ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt nhất.");
    }
    if length > LONGEST {
        return no("Mật khẩu dài quá 200 ký tự. Hãy chọn mật khẩu ngắn hơn.");
    }
    let folded = base::text::fold(password);
    if folded.contains(&base::text::fold(login)) {
        return no("Mật khẩu không được chứa tên đăng nhập.");
    }
    let mut letters: Vec<char> = folded.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 5 {
        return no("Mật khẩu lặp lại quá ít ký tự khác nhau. Hãy chọn mật khẩu khó đoán hơn.");
    }
    Ok(())
}

/// Argon2id in PHC form. Runs beside the request threads: it is slow on purpose.
pub async fn hash(password: &str) -> Result<String, Failure> {
    let password = password.to_owned();
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    match hashed.await {
        Ok(Ok(hash)) => Ok(hash),
        Ok(Err(error)) => Err(Failure::Broken(format!("argon2: {error}"))),
        Err(error) => Err(Failure::Broken(format!("argon2: {error}"))),
    }
}

/// Whether `password` is the one that was hashed. Without a hash the same work is done in vain, so that an
/// unknown login answers as slowly as a known one.
pub(crate) async fn verify(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$vaLyVGO2wzUDXxmlsSTpDhGqVvOMqjxd8jUDFbVoAdI";
    let known = hash.is_some();
    let (password, hash) = (password.to_owned(), hash.unwrap_or(NOBODY).to_owned());
    let verified = tokio::task::spawn_blocking(move || {
        let Ok(parsed) = PasswordHash::new(&hash) else { return false };
        Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
    });
    verified.await.unwrap_or(false) && known
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn weak_passwords_are_refused_with_a_sentence() {
        for weak in ["ngan", "lan.nguyen.2020", "aaaaaaaaaaaa", "111111222222"] {
            assert!(check_strength(weak, "lan.nguyen").is_err(), "{weak}");
        }
        assert!(check_strength("cầu Hiền Lương bắc qua", "lan.nguyen").is_ok());
    }

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let hash = hash("đúng mật khẩu").await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify("đúng mật khẩu", Some(&hash)).await);
        assert!(!verify("sai mật khẩu", Some(&hash)).await);
        assert!(!verify("đúng mật khẩu", None).await);
    }
}
