use crate::samples::{lan, letter, look, marked, plain, roots, sign, uoc, wait};
use proptest::prelude::*;
use std::sync::OnceLock;

/// Reads and signs; whatever comes, it comes back.
fn survives(pdf: &[u8]) {
    let _ = sign::read(pdf, &roots());
    let _ = wait(sign::sign(pdf, &lan(), &look()));
}

fn signed() -> &'static [u8] {
    static SIGNED: OnceLock<Vec<u8>> = OnceLock::new();
    SIGNED.get_or_init(|| sign(&plain(0), &uoc(), &marked()))
}

#[test]
fn what_is_no_pdf_is_refused_in_words() {
    for bytes in [b"".as_slice(), b"%PDF-", b"PK\x03\x04 xin chao", b"%PDF-1.4\n%%EOF\n", &[0; 3000]] {
        let refusal = sign::read(bytes, &[]).unwrap_err();
        assert_eq!(refusal.code, "pdf-unread");
        assert!(refusal.say.starts_with("Không đọc được tệp"));
        assert_eq!(wait(sign::sign(bytes, &uoc(), &look())).unwrap_err().code, "pdf-unread");
    }
}

#[test]
fn a_cut_file_is_never_called_whole() {
    for file in [signed().to_vec(), sign(&letter(), &lan(), &look())] {
        for length in (0..file.len()).step_by(file.len() / 60) {
            let read = sign::read(&file[..length], &roots());
            assert!(!read.is_ok_and(|read| read.iter().any(|one| one.verdict().is_whole())), "{length}");
        }
    }
}

#[test]
fn rings_of_fields_and_parents_end() {
    let ring = String::from_utf8(plain(0)).unwrap();
    let ring = ring.replace("/Pages 2 0 R", "/Pages 2 0 R /AcroForm << /Fields [5 0 R] >>");
    let ring = ring.replace("/Subtype /Type1", "/FT /Sig /Kids [5 0 R 5 0 R] /Parent 5 0 R /Subtype /Type1");
    survives(ring.as_bytes());
    let parents = String::from_utf8(plain(0)).unwrap().replace("/MediaBox [0 0 595 842]", "/Parent 2 0 R");
    assert_eq!(wait(sign::sign(parents.as_bytes(), &lan(), &marked())).unwrap_err().code, "pdf-damaged");
    survives(parents.as_bytes());
    let deep = format!("%PDF-1.4\n1 0 obj\n{}", "[".repeat(200_000));
    survives(deep.as_bytes());
}

#[test]
fn a_page_of_no_size_takes_no_mark_but_a_signature() {
    let sizeless = String::from_utf8(plain(0)).unwrap().replace("/MediaBox [0 0 595 842]", "/MediaBox (0 0 595 842)");
    assert_eq!(wait(sign::sign(sizeless.as_bytes(), &lan(), &marked())).unwrap_err().code, "page-odd");
    sign(sizeless.as_bytes(), &lan(), &look());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        survives(&bytes);
        survives(&[b"%PDF-1.7\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn a_damaged_file_never_panics_and_is_never_called_whole(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<proptest::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = signed().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        survives(&bytes);
        // What happens to hit only the filling of the room changes nothing that is signed or read.
        if let Ok(read) = sign::read(&bytes, &roots()) {
            let whole = read.iter().any(|one| one.verdict().is_whole());
            prop_assert!(!whole || same_outside_room(&bytes));
        }
    }
}

fn same_outside_room(bytes: &[u8]) -> bool {
    let whole = signed();
    let open = whole.windows(10).position(|here| here == b"/Contents<").unwrap() + 10;
    let close = open + whole[open..].iter().position(|byte| *byte == b'>').unwrap();
    bytes.len() == whole.len() && bytes[..open] == whole[..open] && bytes[close..] == whole[close..]
}
