//! Secrets handed out once: cookies, links, keys. The database keeps their SHA-256 only.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

/// 256 random bits, as text for a cookie or a link.
pub fn fresh() -> Result<String, getrandom::Error> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
}

/// Eight digits that a person reads from paper and types: against guessing, whoever asks for them counts wrong ones.
pub fn fresh_digits() -> Result<String, getrandom::Error> {
    let mut bytes = [0u8; 8];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(b'0' + byte % 10)).collect())
}

/// What is kept of a secret.
pub fn sha256(secret: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(secret.as_bytes()))
}

impl From<getrandom::Error> for crate::Failure {
    fn from(error: getrandom::Error) -> Self {
        crate::Failure::Broken(format!("no random numbers: {error}"))
    }
}
