//! Addresses that carry what a page shows, so that it can be sent to a colleague.

/// `path?name=value&…`; pairs without a value are left out.
pub fn with(path: &str, pairs: &[(&str, &str)]) -> String {
    let kept: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// Everything but letters, digits and a few signs as `%XX`.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_set_is_carried_and_signs_are_packed() {
        assert_eq!(
            with("/a", &[("loai", "so"), ("tim", ""), ("xep", "Tốt & 1")]),
            "/a?loai=so&xep=T%E1%BB%91t%20%26%201"
        );
        assert_eq!(with("/a", &[("loai", "")]), "/a");
    }
}
