//! Secrets handed out once: cookies, links, keys. The database keeps their SHA-256 only.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

/// 256 random bits, as text for a cookie or a link.
pub fn fresh() -> Result<String, getrandom::Error> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
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
