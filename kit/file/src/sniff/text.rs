//! Text: plain, a table, a mail; and what only looks like text.

use super::Found;
use crate::Kind;

/// The fields that a mail begins with (RFC 5322 §3.6, RFC 3834 §5, and what servers put before).
const MAIL_FIELDS: &[&str] = &[
    "return-path",
    "received",
    "delivered-to",
    "from",
    "to",
    "cc",
    "bcc",
    "date",
    "subject",
    "message-id",
    "mime-version",
    "content-type",
    "reply-to",
    "sender",
    "dkim-signature",
    "authentication-results",
    "arc-seal",
    "x-",
];

pub(super) fn sniff(bytes: &[u8], extension: &str) -> Found {
    if has_nul_or_control(bytes) {
        let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        return if is_utf16 { Found::OldText } else { Found::Unknown };
    }
    // Before the encoding: a mail may carry 8-bit text of any.
    if extension == "eml" && is_mail(bytes) {
        return Found::Kind(Kind::Eml);
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Found::OldText };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if is_markup(text) {
        return Found::Markup;
    }
    Found::Kind(if extension == "csv" { Kind::Csv } else { Kind::Txt })
}

fn has_nul_or_control(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| matches!(byte, 0..=8 | 11 | 14..=31 | 127))
}

/// `<html`, `<!doctype`, `<?xml`, `</…`: but not `<< Báo cáo >>`.
fn is_markup(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next() == Some('<') && letters.next().is_some_and(|next| next.is_ascii_alphabetic() || "!?/".contains(next))
}

/// Two fields of a mail in its first lines, the very first line one of them.
fn is_mail(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(16 * 1024)]).to_ascii_lowercase();
    let is_field = |line: &&str| {
        let name = line.split_once(':').map(|(name, _)| name).unwrap_or_default();
        MAIL_FIELDS.iter().any(|field| name == *field || (field.ends_with('-') && name.starts_with(field)))
    };
    let lines = || head.lines().take_while(|line| !line.trim().is_empty());
    lines().next().is_some_and(|line| is_field(&line)) && lines().filter(is_field).count() >= 2
}
