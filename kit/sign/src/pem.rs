//! PEM (RFC 7468), read as leniently as those who write it: any line width, words between the blocks.

use base::Refusal;
use data_encoding::BASE64;

use crate::cert::Cert;

/// The blocks of a text: label and content, in their order. What is not a block is passed over.
pub(crate) fn blocks(text: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("-----BEGIN ") {
        let Some((label, body)) = after.split_once("-----") else { break };
        let Some((body, tail)) = body.split_once(&format!("-----END {label}-----")) else { break };
        let letters: String = body.chars().filter(|c| !c.is_whitespace()).collect();
        if let Ok(bytes) = BASE64.decode(letters.as_bytes()) {
            found.push((label.to_owned(), bytes));
        }
        rest = tail;
    }
    found
}

/// The certificates of a file, as DER: one or more in PEM, or one in DER.
///
/// # Errors
/// `certificate-unread` where there is none, or one is not a certificate.
pub fn certificates(file: &[u8]) -> Result<Vec<Vec<u8>>, Refusal> {
    let text = String::from_utf8_lossy(file);
    let mut found: Vec<Vec<u8>> =
        blocks(&text).into_iter().filter(|(label, _)| label == "CERTIFICATE").map(|(_, bytes)| bytes).collect();
    if found.is_empty() {
        found.push(file.to_vec());
    }
    for der in &found {
        Cert::read(der)?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn blocks_are_found_between_words_and_broken_ones_are_passed_over() {
        let text = "subject: A\n-----BEGIN X-----\nAQ\nI=\n-----END X-----\n-----BEGIN Y-----\n*\n-----END Y-----\n\
                    -----BEGIN Z-----\nAw==\n-----END Z-----\n-----BEGIN W-----\nAw==";
        assert_eq!(blocks(text), [("X".to_owned(), vec![1, 2]), ("Z".to_owned(), vec![3])]);
    }

    #[test]
    fn a_file_without_a_certificate_is_refused() {
        assert_eq!(certificates(b"xin chao").unwrap_err().code, "certificate-unread");
    }
}
