//! Addresses that carry what a page shows, so that it can be sent to a colleague.

use axum::http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but letters, digits and the signs that mean nothing in an address (RFC 3986, 2.3).
const PACKED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// `path?name=value&…`; pairs without a value are left out.
pub fn with(path: &str, pairs: &[(&str, &str)]) -> String {
    let kept = pairs.iter().filter(|(_, value)| !value.is_empty());
    let kept: Vec<String> = kept.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// A value on its way into an address.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PACKED).to_string()
}

/// What [`encoded`] made, as in a cookie; none where it is no text.
pub fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// The pairs of an address or of a form, decoded, in NFC.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| base::text::nfc(&percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy());
    let pair = |pair: &str| {
        pair.split_once('=').map_or((decoded(pair), String::new()), |(name, value)| (decoded(name), decoded(value)))
    };
    query.split('&').filter(|text| !text.is_empty()).map(pair).collect()
}

/// One value of an address, `?ve=…`; empty where there is none.
pub fn value(uri: &Uri, name: &str) -> String {
    let mut pairs = pairs(uri.query().unwrap_or_default()).into_iter();
    pairs.find(|(found, _)| found == name).map(|(_, value)| value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn only_what_is_set_is_carried_and_signs_are_packed() {
        let pairs = [("loai", "so"), ("tim", ""), ("ma", "Tốt & 1"), ("dot", "2020-1.2_a")];
        assert_eq!(with("/a", &pairs), "/a?loai=so&ma=T%E1%BB%91t%20%26%201&dot=2020-1.2_a");
        assert_eq!(with("/a", &[("loai", "")]), "/a");
    }

    #[test]
    fn what_was_packed_is_read_as_it_was() {
        let uri: Uri = with("/a", &[("ve", "/b?c=d&e=100 %+1"), ("tim", "Sở")]).parse().unwrap();
        assert_eq!(value(&uri, "ve"), "/b?c=d&e=100 %+1");
        assert_eq!(value(&uri, "khac"), "");
        assert_eq!(
            pairs("tim=c%C3%B4ng+th%C6%B0%C6%A1ng&a&&b="),
            [
                ("tim".to_owned(), "công thương".to_owned()),
                ("a".to_owned(), String::new()),
                ("b".to_owned(), String::new())
            ]
        );
        // A letter and its mark apart, as some keyboards send them.
        assert_eq!(pairs("tim=o%CC%9B")[0].1, "ơ");
    }
}
