//! Its key, made anew at every start, and tokens signed with it (ES256, RFC 7518 §3.4).

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use people::Failure;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(super) struct Key {
    key: SigningKey,
    pub kid: String,
}

impl Key {
    pub fn fresh() -> Result<Key, Failure> {
        let seed = Sha256::digest(people::fresh_secret()?.as_bytes());
        let key = SigningKey::from_slice(&seed).map_err(|error| Failure::Broken(format!("a key: {error}")))?;
        let kid = BASE64URL_NOPAD.encode(&Sha256::digest(key.verifying_key().to_sec1_point(false).as_bytes()));
        Ok(Key { key, kid })
    }

    /// As `/jwks` shows it.
    pub fn public(&self) -> Value {
        // Uncompressed: one byte that says so, then both coordinates of 32.
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = point.as_bytes().get(1..).unwrap_or_default().split_at(32);
        let encode = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.kid, "x": encode(x), "y": encode(y) })
    }
}

/// A token that names `kid`, whoever's key it is signed with.
pub(super) fn signed(claims: &Value, kid: &str, with: &Key) -> String {
    let encode = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let head = json!({ "alg": "ES256", "typ": "JWT", "kid": kid });
    let text = format!("{}.{}", encode(&head), encode(claims));
    let signature: Signature = with.key.sign(text.as_bytes());
    format!("{text}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
}
