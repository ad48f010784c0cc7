//! The signature of every body between us and the gateway: HMAC-SHA256 over a canonical text.
//!
//! The canonical text is one line `name=value` for each field of the body but `ChuKy`, in the order of the bytes of the
//! names, joined by one line feed, without one at the end, in UTF-8. Values are texts, and none may hold a line break (the
//! schemas say so): so no two bodies have one canonical text. The signature is lower-case hexadecimal.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value};
use sha2::Sha256;

/// The field of the signature itself.
const FIELD: &str = "ChuKy";

/// The text that is signed. None: a value is not a text, or holds a line break, and nothing may be signed.
pub fn canonical(body: &Map<String, Value>) -> Option<String> {
    let mut fields: Vec<(&str, &str)> = Vec::new();
    for (name, value) in body.iter().filter(|(name, _)| *name != FIELD) {
        fields.push((name, value.as_str()?));
    }
    fields.sort_unstable();
    let broken = |text: &str| text.contains(['\n', '\r']);
    if fields.iter().any(|(name, value)| broken(name) || broken(value) || name.contains('=')) {
        return None;
    }
    Some(fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("\n"))
}

/// Puts the signature into a body. False: it cannot be signed.
pub fn sign(body: &mut Map<String, Value>, secret: &str) -> bool {
    let Some(mac) = canonical(body).and_then(|text| mac(&text, secret)) else { return false };
    let signature = HEXLOWER.encode(&mac.finalize().into_bytes());
    body.insert(FIELD.to_owned(), Value::String(signature));
    true
}

/// Whether the body carries the signature of whoever has the secret. Compared in constant time.
pub fn is_signed(body: &Map<String, Value>, secret: &str) -> bool {
    let signature = body.get(FIELD).and_then(Value::as_str).and_then(|hex| HEXLOWER.decode(hex.as_bytes()).ok());
    let mac = canonical(body).and_then(|text| mac(&text, secret));
    match (signature, mac) {
        (Some(signature), Some(mac)) => mac.verify_slice(&signature).is_ok(),
        _ => false,
    }
}

fn mac(text: &str, secret: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use serde_json::json;

    fn body(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(object) => object,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn the_canonical_text_is_sorted_and_has_no_signature_in_it() {
        let body = body(json!({ "SoTien": "150000", "ChuKy": "x", "MaDonVi": "H50", "Ten": "Lệ phí" }));
        assert_eq!(canonical(&body).unwrap(), "MaDonVi=H50\nSoTien=150000\nTen=Lệ phí");
    }

    /// The value was computed by `openssl dgst -sha256 -hmac 0123456789abcdef` over the canonical text.
    #[test]
    fn a_signature_is_what_another_program_computes() {
        let mut body = body(json!({ "SoTien": "150000", "MaDonVi": "H50" }));
        assert!(sign(&mut body, "0123456789abcdef"));
        assert_eq!(body["ChuKy"], "78264ae11d3b8dec0a93d0c31be79ba650de492ecd4836948641ef58e96bdfdf");
    }

    #[test]
    fn a_changed_body_a_changed_signature_and_another_secret_are_not_signed() {
        let mut good = body(json!({ "SoTien": "150000", "MaDonVi": "H50" }));
        assert!(!is_signed(&good, "s"), "no signature");
        sign(&mut good, "s");
        assert!(is_signed(&good, "s"));
        assert!(!is_signed(&good, "S"));
        for (name, value) in
            [("SoTien", json!("150001")), ("ChuKy", json!("00")), ("ChuKy", json!("")), ("Them", json!("1"))]
        {
            let mut bad = good.clone();
            bad.insert(name.to_owned(), value);
            assert!(!is_signed(&bad, "s"), "{name}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_not_signed() {
        for value in [json!({ "a": "1\nb=2" }), json!({ "a": 1 }), json!({ "a=b": "c" })] {
            assert!(!sign(&mut body(value.clone()), "s"), "{value}");
        }
    }
}
