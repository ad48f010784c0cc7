//! PDF: where it begins, and whether it is encrypted (ISO 32000-1 §7.5.5, §7.6).

use super::find;

/// `%PDF-` at the start; some scanners write a byte order mark or an empty line before it.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"%PDF-")
}

/// Whether the trailer has an entry `/Encrypt`. Only the trailer is asked: a page may speak of encryption, and a file
/// may carry another one inside. Where the trailer cannot be found, anything that looks like the entry counts.
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    match trailer(bytes) {
        Some(trailer) => has_entry(trailer),
        None => has_entry(bytes),
    }
}

/// The dictionary behind the last cross-reference section: after the word `trailer`, or in the cross-reference stream.
fn trailer(bytes: &[u8]) -> Option<&[u8]> {
    const WORD: &[u8] = b"startxref";
    let last = bytes.windows(WORD.len()).rposition(|window| window == WORD)?;
    let digits = bytes.get(last + WORD.len()..)?.trim_ascii_start();
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    let offset: usize = std::str::from_utf8(&digits[..end]).ok()?.parse().ok()?;
    let section = bytes.get(offset..)?.trim_ascii_start();
    if section.starts_with(b"xref") {
        let dictionary = &section[find(section, b"trailer")?..];
        let end = find(dictionary, WORD).unwrap_or(dictionary.len());
        return Some(&dictionary[..end]);
    }
    // "12 0 obj << … /Type /XRef … >> stream"
    let dictionary = &section[..find(section, b"stream")?];
    (section.first()?.is_ascii_digit() && find(dictionary, b"/XRef").is_some()).then_some(dictionary)
}

/// `/Encrypt` as a whole name (not `/EncryptMetadata`), before a reference or a dictionary.
fn has_entry(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"/Encrypt";
    let mut rest = bytes;
    while let Some(at) = find(rest, NAME) {
        rest = &rest[at + NAME.len()..];
        let value = rest.trim_ascii_start();
        let is_name = rest.first().is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'<');
        if is_name && (value.starts_with(b"<<") || value.first().is_some_and(u8::is_ascii_digit)) {
            return true;
        }
    }
    false
}
