//! Names of files, as people give them and as it is safe to keep them.

use crate::Kind;
use base::text;

/// Longer names do not fit the file systems that they are downloaded to (255 bytes; a Vietnamese letter has up to 3).
const LONGEST: usize = 80;

/// The extension in lower case, without its dot; empty where there is none.
pub fn extension(name: &str) -> String {
    let Some((stem, extension)) = name.trim().rsplit_once('.') else { return String::new() };
    let plain = (1..=10).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if stem.is_empty() || !plain { String::new() } else { extension.to_ascii_lowercase() }
}

/// A name without folders, without letters that hide or turn others ("exe.pdf" written backwards), without what
/// Windows forbids, in composed letters, not too long, and with an extension.
pub fn clean(name: &str, kind: Kind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|letter| !letter.is_control() && !is_unseen(*letter)).collect();
    let safe: String = kept.chars().map(|letter| if "<>:\"|?*".contains(letter) { '_' } else { letter }).collect();
    let mut name = text::nfc(safe.trim().trim_matches('.').trim());
    let mut extension = extension(&name);
    if extension.is_empty() {
        extension = kind.extensions().first().copied().unwrap_or_default().to_owned();
    } else {
        name.truncate(name.len() - extension.len() - 1);
    }
    let stem: String = name.chars().take(LONGEST).collect();
    let stem = stem.trim_end_matches([' ', '.']);
    format!("{}.{extension}", if stem.is_empty() { "tệp" } else { stem })
}

/// Marks of direction and zero-width letters.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_read_from_the_end() {
        for (name, wanted) in [
            ("báo cáo.PDF", "pdf"),
            ("a.tar.gz", "gz"),
            ("báo cáo", ""),
            (".pdf", ""),
            ("Kế hoạch số 1. Về việc rà soát", ""),
            ("a.", ""),
        ] {
            assert_eq!(extension(name), wanted, "{name}");
        }
    }

    #[test]
    fn a_kept_name_is_harmless_and_still_its_own() {
        for (name, wanted) in [
            ("Báo cáo quý I.pdf", "Báo cáo quý I.pdf"),
            ("C:\\Users\\Lan\\bc.PDF", "bc.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("bc\u{202e}fdp.exe\u{0000}.pdf", "bcfdp.exe.pdf"),
            ("a<b>:\"c\"|d?*.pdf", "a_b___c__d__.pdf"),
            ("ba\u{0301}o ca\u{0301}o.pdf", "báo cáo.pdf"),
            ("  ..  ", "tệp.pdf"),
            (".pdf", "pdf.pdf"),
            ("Kế hoạch số 1. Về việc rà soát", "Kế hoạch số 1. Về việc rà soát.pdf"),
        ] {
            assert_eq!(clean(name, Kind::Pdf), wanted, "{name}");
        }
        let long = clean(&format!("{}.pdf", "ườ".repeat(300)), Kind::Pdf);
        assert!(long.len() <= 255 && long.ends_with(".pdf"), "{}", long.len());
    }
}
