use crate::samples::{PASSPHRASE, key_file, lan, letter, look, marked, overlay, plain, roots, sign, uoc};
use sign::{After, Key, Look, Trust, Verdict};

fn verdicts(pdf: &[u8]) -> Vec<Verdict> {
    sign::read(pdf, &roots()).unwrap().iter().map(sign::Signature::verdict).collect()
}

fn find(pdf: &[u8], what: &[u8]) -> usize {
    pdf.windows(what.len()).position(|here| here == what).unwrap()
}

#[test]
fn a_paper_without_signatures_has_none() {
    assert!(sign::read(&letter(), &roots()).unwrap().is_empty());
    assert!(sign::read(&plain(0), &[]).unwrap().is_empty());
}

#[test]
fn an_altered_byte_shows() {
    let signed = sign(&plain(0), &uoc(), &look());
    let mut altered = signed.clone();
    let at = find(&signed, b"Ket qua");
    altered[at] = b'X';
    assert_eq!(verdicts(&altered), [Verdict::Altered]);
    let seal = sign::read(&altered, &roots()).unwrap()[0].seal.clone().unwrap();
    assert!(!seal.digest_right && seal.signature_right, "the signature is right, over other bytes");
}

#[test]
fn every_altered_byte_shows_or_makes_the_file_unreadable() {
    let signed = sign(&plain(0), &lan(), &look());
    let gap = find(&signed, b"/Contents<") + 11;
    let room = signed[gap..].iter().position(|byte| *byte == b'>').unwrap();
    // Every byte outside the room for the signature; within it, the next test.
    for at in (0..signed.len()).filter(|at| !(gap..gap + room).contains(at)).step_by(7) {
        let mut altered = signed.clone();
        altered[at] ^= 1;
        let whole = sign::read(&altered, &roots()).is_ok_and(|read| read.iter().any(|one| one.verdict().is_whole()));
        assert!(!whole, "byte {at} of {}", signed.len());
    }
}

#[test]
fn an_altered_signature_shows() {
    let signed = sign(&plain(0), &uoc(), &look());
    let gap = find(&signed, b"/Contents<") + 10;
    let used = signed[gap..].iter().position(|byte| *byte == b'>').unwrap();
    let last = signed[gap..gap + used].iter().rposition(|byte| *byte != b'0').unwrap();
    let mut altered = signed.clone();
    // The last figures are those of the RSA signature itself.
    altered[gap + last - 9] = if altered[gap + last - 9] == b'7' { b'8' } else { b'7' };
    let seal = sign::read(&altered, &roots()).unwrap()[0].seal.clone().unwrap();
    assert!(seal.digest_right && !seal.signature_right);
    assert_eq!(verdicts(&altered), [Verdict::Altered]);
}

#[test]
fn what_is_appended_shows_as_added() {
    for pdf in [plain(0), letter()] {
        let mut longer = sign(&pdf, &uoc(), &marked());
        for more in [b"\n".as_slice(), b"%% them", &[0; 5000]] {
            longer.extend(more);
            let read = sign::read(&longer, &roots()).unwrap();
            assert_eq!(read[0].verdict(), Verdict::Added);
            assert_eq!(read[0].lines()[0], "Văn bản đã thêm nội dung sau khi ký.");
        }
    }
}

#[test]
fn another_page_laid_over_a_signed_one_shows_even_under_a_second_signature() {
    let signed = sign(&plain(0), &uoc(), &look());
    let content = "<< /Length 33 >>\nstream\nBT /F 12 Tf 72 700 Td (Khac) Tj ET\nendstream";
    let overlaid = overlay(&signed, 4, content);
    assert_eq!(verdicts(&overlaid), [Verdict::Added]);
    let again = sign(&overlaid, &lan(), &look());
    assert_eq!(verdicts(&again), [Verdict::Added, Verdict::Whole]);
}

#[test]
fn an_object_that_was_missing_when_it_was_signed_must_not_come_later() {
    // The page shows object 9, which is nowhere; whoever adds it changes what is shown.
    let pdf = String::from_utf8(plain(0)).unwrap().replace("/Contents 4 0 R", "/Contents 9 0 R");
    let signed = sign(pdf.as_bytes(), &uoc(), &look());
    let content = "<< /Length 33 >>\nstream\nBT /F 12 Tf 72 700 Td (Khac) Tj ET\nendstream";
    let text = String::from_utf8_lossy(&signed).into_owned();
    assert!(text.contains("9 0 R"));
    let again = sign(&overlay(&signed, 9, content), &lan(), &look());
    assert_eq!(verdicts(&again)[0], Verdict::Added);
}

#[test]
fn ranges_that_leave_out_more_than_the_signature_are_not_believed() {
    let signed = sign(&plain(0), &uoc(), &look());
    let at = find(&signed, b"/ByteRange[0 ") + 10;
    let end = at + signed[at..].iter().position(|byte| *byte == b']').unwrap();
    let numbers: Vec<usize> = std::str::from_utf8(&signed[at + 1..end])
        .unwrap()
        .split_whitespace()
        .map(|figures| figures.parse().unwrap())
        .collect();
    let width = end - at - 1;
    let (open, close, rest) = (numbers[1], numbers[2], numbers[3]);
    let cases = [
        format!("0 {} {close} {rest}", open - 1),
        format!("0 {open} {} {}", close + 1, rest - 1),
        format!("1 {open} {close} {rest}"),
        format!("0 {open} {close} {}", rest + 1),
        format!("0 {open} {close} 9223372036854775807"),
        format!("0 {open} {close} -1"),
        "0 0 0 0".to_owned(),
        format!("0 {open} {close}"),
    ];
    for case in cases {
        let mut odd = signed.clone();
        let case = format!("{case:<width$}");
        odd[at + 1..end].copy_from_slice(&case.as_bytes()[..width]);
        let read = sign::read(&odd, &roots()).unwrap();
        assert_eq!(read[0].seal.as_ref().unwrap_err().code, "range-odd", "{case}");
        assert_eq!(read[0].verdict(), Verdict::Unread);
    }
}

#[test]
fn only_the_given_roots_are_trusted() {
    let signed = sign(&plain(0), &uoc(), &look());
    let trust = |roots: &[Vec<u8>]| {
        let read = sign::read(&signed, roots).unwrap();
        (read[0].seal.as_ref().unwrap().trust, read[0].verdict())
    };
    let stranger = sign::certificates(key_file!("stranger.pem")).unwrap();
    assert_eq!(trust(&roots()), (Trust::Trusted, Verdict::Whole));
    assert_eq!(trust(&stranger), (Trust::Unknown, Verdict::Untrusted));
    assert_eq!(trust(&[stranger, roots()].concat()), (Trust::Trusted, Verdict::Whole));
    assert_eq!(trust(&[]), (Trust::NotAsked, Verdict::Whole));
}

#[test]
fn a_certificate_that_a_signer_issued_is_not_trusted() {
    let forged = Key::open(key_file!("forged.p12"), PASSPHRASE).unwrap();
    let read = sign::read(&sign(&plain(0), &forged, &look()), &roots()).unwrap();
    let seal = read[0].seal.as_ref().unwrap();
    assert!(seal.is_right() && read[0].name == "Kẻ giả");
    assert_eq!((seal.trust, read[0].verdict()), (Trust::Unknown, Verdict::Untrusted));
}

#[test]
fn a_certificate_that_had_ended_shows() {
    // Signed in its time, and then said to be of another day: /M is part of what is signed, so the digest tells too.
    let late = Key::open(key_file!("late.p12"), PASSPHRASE).unwrap();
    let in_time = Look { moment: "2020-06-01T00:00:00Z".parse().unwrap(), ..look() };
    let signed = sign(&plain(0), &late, &in_time);
    assert_eq!(verdicts(&signed), [Verdict::Whole]);
    let mut later = signed.clone();
    let at = find(&signed, b"D:2020");
    later[at + 2..at + 6].copy_from_slice(b"2026");
    let read = sign::read(&later, &roots()).unwrap();
    let seal = read[0].seal.as_ref().unwrap();
    assert_eq!((seal.in_time, seal.trust, seal.digest_right), (Some(false), Trust::Unknown, false));
}

#[test]
fn after_says_what_came_later() {
    let once = sign(&plain(0), &uoc(), &look());
    let twice = sign(&once, &lan(), &look());
    let after = |pdf: &[u8]| sign::read(pdf, &[]).unwrap().iter().map(|one| one.after).collect::<Vec<_>>();
    assert_eq!(after(&once), [After::Nothing]);
    assert_eq!(after(&twice), [After::Signatures, After::Nothing]);
    let mut open = twice.clone();
    open.extend(b"x");
    assert_eq!(after(&open), [After::Content, After::Content], "the last bytes stand under no signature");
}
