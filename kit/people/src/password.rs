//! Passwords: argon2id, and what a password must be.

use crate::Failure;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use base::Refusal;

/// Length asked of a password: TCVN 11930:2017 leaves the number to the owner; long beats complicated.
pub const SHORTEST: usize = 10;
/// Longer texts only cost the server time.
const LONGEST: usize = 200;

/// What everybody tries first, of at least [`SHORTEST`] characters, folded. NIST SP 800-63B asks for such a list and for
/// length rather than for signs and capitals.
const TRIED_FIRST: [&str; 14] = [
    "0123456789",
    "1234567890",
    "0987654321",
    "12345678910",
    "123456789a",
    "a123456789",
    "1q2w3e4r5t",
    "qwertyuiop",
    "qwerty12345",
    "password123",
    "password@123",
    "matkhau123",
    "matkhau@123",
    "matkhau123456",
];

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
    if TRIED_FIRST.contains(&folded.as_str()) {
        return no("Mật khẩu này quá nhiều người dùng. Hãy chọn mật khẩu khó đoán hơn.");
    }
    let mut letters: Vec<char> = folded.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    if letters.len() < 5 {
        return no("Mật khẩu lặp lại quá ít ký tự khác nhau. Hãy chọn mật khẩu khó đoán hơn.");
    }
    Ok(())
}

/// Argon2id in PHC form, of the composed letters: the same password typed on another keyboard may come as letters and marks
/// apart ("tổ hợp"), and must open all the same. Runs beside the request threads: it is slow on purpose.
pub async fn hash(password: &str) -> Result<String, Failure> {
    let password = base::text::nfc(password);
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    match hashed.await {
        Ok(Ok(hash)) => Ok(hash),
        Ok(Err(error)) => Err(Failure::Broken(format!("argon2: {error}"))),
        Err(error) => Err(Failure::Broken(format!("argon2: {error}"))),
    }
}

/// A hash of no password, as slow to try as those that are made here.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$vaLyVGO2wzUDXxmlsSTpDhGqVvOMqjxd8jUDFbVoAdI";

/// Whether `password` is the one that was hashed. Without a hash the same work is done in vain, so that an
/// unknown login answers as slowly as a known one.
pub async fn verify(password: &str, hash: Option<&str>) -> bool {
    let known = hash.is_some();
    let (password, hash) = (base::text::nfc(password), hash.unwrap_or(NOBODY).to_owned());
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
        for weak in ["ngắn", "Lan.Nguyen.2020", "aaaaaaaaaaaa", "111111222222", "1234567890", "MậtKhẩu@123"] {
            assert!(check_strength(weak, "lan.nguyen").is_err(), "{weak}");
        }
        assert!(check_strength(&"cầu Hiền Lương ".repeat(20), "lan.nguyen").is_err(), "too long");
        assert!(check_strength("cầu Hiền Lương bắc qua", "lan.nguyen").is_ok());
    }

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let hash = hash("đúng mật khẩu").await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify("đúng mật khẩu", Some(&hash)).await);
        assert!(!verify("sai mật khẩu", Some(&hash)).await);
        // The same with marks apart, as some keyboards send them.
        assert!(verify("đu\u{301}ng m\u{1ea1}\u{302}t kh\u{e2}\u{309}u", Some(&hash)).await);
        assert!(!verify("đúng mật khẩu", None).await);
    }

    #[tokio::test]
    async fn an_unknown_login_costs_as_much_as_a_known_one() {
        let cost = |hash: &str| hash.split('$').take(4).collect::<Vec<_>>().join("$");
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert_eq!(cost(NOBODY), cost(&hash("bất kỳ").await.unwrap()));
    }
}
