//! How a file travels to a browser: by its true kind and name, and so that nothing in it can run as a page of ours.

use crate::Kind;
use base::text;

/// The headers of a download, or of a preview where `inline` is asked and the kind can be shown.
///
/// `name` is that of the use, `media` its kind. No answer of another kind is guessed (`nosniff`), and a page that a
/// browser should still make of it has no rights (`sandbox`).
pub fn headers(name: &str, media: &str, inline: bool) -> Vec<(&'static str, String)> {
    let kind = Kind::of_media(media);
    let inline = inline && kind.is_some_and(Kind::is_shown);
    vec![
        ("Content-Type", content_type(kind)),
        ("Content-Disposition", disposition(name, inline)),
        ("X-Content-Type-Options", "nosniff".into()),
        ("Content-Security-Policy", policy(kind, inline)),
        ("Cross-Origin-Resource-Policy", "same-origin".into()),
        // Evidence may be personal data: it stays in no shared cache, and is asked for again.
        ("Cache-Control", "private, no-cache".into()),
    ]
}

fn content_type(kind: Option<Kind>) -> String {
    match kind {
        Some(kind @ (Kind::Txt | Kind::Csv)) => format!("{}; charset=utf-8", kind.media()),
        Some(kind) => kind.media().into(),
        None => "application/octet-stream".into(),
    }
}

fn policy(kind: Option<Kind>, inline: bool) -> String {
    let nothing = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
    if inline && kind == Some(Kind::Pdf) {
        // Safari shows some files as an empty page in a sandbox, and Chrome's viewer is an `object`. What was judged
        // a PDF and is sent as one is never made a page, so that a sandbox would add nothing.
        return format!("{nothing}; object-src 'self'");
    }
    format!("{nothing}; sandbox")
}

/// RFC 6266: the name in letters that every browser reads, and beside it as it is (RFC 8187).
fn disposition(name: &str, inline: bool) -> String {
    let how = if inline { "inline" } else { "attachment" };
    let plain: String = text::fold(name).chars().map(plain_letter).collect();
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", percent(name))
}

fn plain_letter(letter: char) -> char {
    // A backslash or a quote would end the quoted name, and some browsers decode a percent sign in it.
    if (letter.is_ascii_graphic() && !"\"\\%;/".contains(letter)) || letter == ' ' { letter } else { '_' }
}

fn percent(name: &str) -> String {
    let attr = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte);
    name.bytes().map(|byte| if attr(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, media: &str, inline: bool, header: &str) -> String {
        headers(name, media, inline)
            .into_iter()
            .find(|(key, _)| *key == header)
            .map(|(_, value)| value)
            .unwrap_or_default()
    }

    #[test]
    fn a_vietnamese_name_arrives_as_it_is() {
        assert_eq!(
            one("Báo cáo 2020.pdf", "application/pdf", false, "Content-Disposition"),
            "attachment; filename=\"bao cao 2020.pdf\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%202020.pdf"
        );
    }

    #[test]
    fn a_name_cannot_leave_its_quotes_nor_its_line() {
        let found = one("a\"; b=\\c\r\nX: 1%41.pdf", "application/pdf", false, "Content-Disposition");
        assert_eq!(found.matches('"').count(), 2, "{found}");
        assert!(!found.contains(['\r', '\n', '\\']), "{found}");
        assert!(found.ends_with("UTF-8''a%22%3B%20b%3D%5Cc%0D%0AX%3A%201%2541.pdf"), "{found}");
    }

    #[test]
    fn only_pdf_and_images_are_shown_in_a_page() {
        for kind in Kind::ALL {
            let shown = one("a", kind.media(), true, "Content-Disposition").starts_with("inline");
            assert_eq!(shown, matches!(kind, Kind::Pdf | Kind::Png | Kind::Jpeg | Kind::Gif), "{kind:?}");
            assert!(one("a", kind.media(), false, "Content-Disposition").starts_with("attachment"));
        }
        assert!(one("a", "text/html", true, "Content-Disposition").starts_with("attachment"));
        assert_eq!(one("a", "text/html", true, "Content-Type"), "application/octet-stream");
    }

    #[test]
    fn nothing_is_guessed_and_nothing_runs() {
        for kind in Kind::ALL {
            for inline in [true, false] {
                assert_eq!(one("a", kind.media(), inline, "X-Content-Type-Options"), "nosniff");
                let policy = one("a", kind.media(), inline, "Content-Security-Policy");
                assert!(policy.starts_with("default-src 'none'"));
                assert_eq!(policy.contains("sandbox"), !(inline && kind == Kind::Pdf), "{kind:?} {policy}");
            }
        }
        assert_eq!(one("a", "text/csv", false, "Content-Type"), "text/csv; charset=utf-8");
    }
}
