//! A received message made readable: headers unfolded, encoded words (RFC 2047) and bodies (RFC 2045) decoded.

use data_encoding::{BASE64, BASE64_MIME_PERMISSIVE};

/// A message as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Of the envelope.
    pub from: String,
    pub to: Vec<String>,
    /// Name and value, unfolded and decoded, in their order.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Received {
    pub(super) fn read(from: String, to: Vec<String>, content: &str) -> Received {
        let (head, body) = content.split_once("\r\n\r\n").unwrap_or((content, ""));
        let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let headers = unfolded.lines().filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_owned(), words(value.trim()))).collect();
        let mut received = Received { from, to, headers, body: String::new() };
        received.body = plain(body, received.header("Content-Transfer-Encoding"));
        received
    }

    /// A header by its name, in any case; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.as_str())
    }
}

fn plain(body: &str, encoding: &str) -> String {
    let bytes = match encoding.to_ascii_lowercase().as_str() {
        "base64" => BASE64_MIME_PERMISSIVE.decode(body.trim().as_bytes()).unwrap_or_else(|_| body.as_bytes().to_vec()),
        "quoted-printable" => quoted(&body.replace("=\r\n", ""), false),
        _ => body.as_bytes().to_vec(),
    };
    String::from_utf8_lossy(&bytes).replace("\r\n", "\n")
}

/// `=?utf-8?b?…?=`, as often as it occurs; a blank between two of them is none.
fn words(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value;
    let mut after_word = false;
    while let Some((before, behind)) = rest.split_once("=?") {
        let Some((word, left)) = encoded(behind) else { break };
        if !(after_word && before.trim().is_empty()) {
            text += before;
        }
        text += &word;
        (rest, after_word) = (left, true);
    }
    text + rest
}

/// The first encoded word and what stands after it.
fn encoded(text: &str) -> Option<(String, &str)> {
    let (_charset, text) = text.split_once('?')?;
    let (encoding, text) = text.split_once('?')?;
    let (content, rest) = text.split_once("?=")?;
    let bytes = match encoding {
        "b" | "B" => BASE64.decode(content.as_bytes()).ok()?,
        "q" | "Q" => quoted(content, true),
        _ => return None,
    };
    Some((String::from_utf8_lossy(&bytes).into_owned(), rest))
}

/// `=C3=A1` to its bytes; in a header an underscore is a blank.
fn quoted(text: &str, in_header: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).filter(|_| *first == b'=').and_then(|hex| std::str::from_utf8(hex).ok());
        let (byte, used) = match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => (byte, 3),
            None if in_header && *first == b'_' => (b' ', 1),
            None => (*first, 1),
        };
        bytes.push(byte);
        rest = &rest[used..];
    }
    bytes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(content: &str) -> Received {
        Received::read("a@example.vn".into(), Vec::new(), &content.replace('\n', "\r\n"))
    }

    #[test]
    fn what_was_folded_and_encoded_is_readable() {
        // Written by hand from RFC 2047: "Hồ sơ" and " đã có kết quả", cut between two words.
        let mail = read(
            "Subject: =?utf-8?b?SOG7kyBzxqE=?=\n =?UTF-8?Q?_=C4=91=C3=A3?= xong\ncontent-transfer-encoding: quoted-printable\n\nH=E1=BB=93 s=C6=A1 c=\n=C3=B3\n",
        );
        assert_eq!(mail.header("subject"), "Hồ sơ đã xong");
        assert_eq!(mail.body, "Hồ sơ có\n");
        assert_eq!(read("Subject: 1 =? 2\n\n= 1").header("Subject"), "1 =? 2");
    }

    #[test]
    fn a_body_in_base64_is_readable() {
        assert_eq!(read("Content-Transfer-Encoding: base64\n\nSOG7\nkyBzxqE=\n").body, "Hồ sơ");
    }
}
