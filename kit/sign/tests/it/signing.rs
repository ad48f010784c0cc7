use crate::samples::{PASSPHRASE, key_file, lan, letter, look, marked, moment, plain, roots, sign, uoc, wait, write};
use lopdf::Document;
use sign::{After, Key, Look, Mark, Signer, Signing, Spot, Trust, Verdict};

/// Signs and reads back, and looks at what must hold for every signature.
fn check(pdf: &[u8], signer: &dyn Signer, look: &Look) -> Vec<u8> {
    let signed = sign(pdf, signer, look);
    assert!(signed.starts_with(pdf), "nothing before the update changes");
    let read = sign::read(&signed, &roots()).unwrap();
    let last = read.last().unwrap();
    assert_eq!(last.verdict(), Verdict::Whole, "{:?}", last.lines());
    assert_eq!(last.after, After::Nothing);
    assert_eq!(last.signed_at, Some(moment()));
    let seal = last.seal.as_ref().unwrap();
    assert!(seal.digest_right && seal.signature_right);
    assert_eq!((seal.in_time, seal.trust), (Some(true), Trust::Trusted));
    signed
}

#[test]
fn papers_with_tables_and_with_packed_objects_are_signed_by_both_kinds_of_key() {
    for pdf in [plain(0), letter()] {
        for key in [uoc(), lan()] {
            for look in [look(), marked()] {
                check(&pdf, &key, &look);
            }
        }
    }
}

#[test]
fn who_signed_why_where_and_by_which_certificate_is_read_back() {
    let read = sign::read(&sign(&letter(), &uoc(), &marked()), &roots()).unwrap();
    let [signature] = read.as_slice() else { panic!("one signature") };
    assert_eq!(signature.name, "Trần Văn Ước");
    assert_eq!(signature.unit.as_deref(), Some("Sở Công Thương"));
    assert_eq!(signature.reason.as_deref(), Some("Phê duyệt kết quả"));
    assert_eq!(signature.place.as_deref(), Some("Quảng Trị"));
    let seal = signature.seal.as_ref().unwrap();
    assert_eq!(seal.subject, "CN=Trần Văn Ước, O=Sở Công Thương, C=VN");
    assert_eq!(seal.issuer, "CN=Nơi cấp mẫu, O=Cơ quan mẫu, C=VN");
    assert_eq!(seal.valid_from.to_string(), "2020-01-01T00:00:00Z");
    assert_eq!(seal.valid_to.to_string(), "2120-01-01T00:00:00Z");
    let lines = signature.lines();
    assert_eq!(lines[0], "Chữ ký số hợp lệ, văn bản còn nguyên vẹn.");
    assert!(
        lines.contains(&"Thời gian ký: 24/11/2026 09:14:05 +07:00 (theo máy của người ký)".to_owned()),
        "{lines:?}"
    );
}

#[test]
fn a_second_signature_leaves_the_first_whole() {
    for pdf in [plain(0), letter()] {
        let once = check(&pdf, &uoc(), &marked());
        let twice = check(&once, &lan(), &marked());
        let read = sign::read(&twice, &roots()).unwrap();
        assert_eq!(read.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Trần Văn Ước", "Nguyễn Thị Lan"]);
        assert_eq!(read[0].verdict(), Verdict::Whole, "{:?}", read[0].lines());
        assert_eq!(read[0].after, After::Signatures);
        assert_eq!(read[0].field, "ChuKy1");
        assert_eq!(read[1].field, "ChuKy2");
        let thrice = check(&twice, &uoc(), &look());
        let read = sign::read(&thrice, &roots()).unwrap();
        assert_eq!(
            read.iter().map(|one| one.after).collect::<Vec<_>>(),
            [After::Signatures, After::Signatures, After::Nothing]
        );
    }
}

#[test]
fn forms_and_annotations_that_were_there_stay_wherever_they_stand() {
    let page = |annots: &str| format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots {annots} >>");
    let note = "<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (Ghi chu) >>";
    let field = "<< /FT /Tx /T (O1) /V (x) >>";
    let pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
    let cases = [
        // The form inside the catalog, its fields beside it; annotations in the page.
        ("<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields 6 0 R >> >>", page("[4 0 R]"), "null"),
        ("<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] >> >>", page("7 0 R"), "null"),
        // The form as an object of its own.
        ("<< /Type /Catalog /Pages 2 0 R /AcroForm 8 0 R >>", page("7 0 R"), "<< /Fields 6 0 R /DA (/H 0 Tf) >>"),
    ];
    for (catalog, page, form) in cases {
        let objects = [catalog, pages, &page, note, field, "[5 0 R]", "[4 0 R]", form].map(str::to_owned);
        let once = check(&write(&objects), &lan(), &marked());
        let twice = check(&once, &lan(), &look());
        assert_eq!(sign::read(&twice, &roots()).unwrap()[0].after, After::Signatures, "{catalog}");
        let document = Document::load_mem(&twice).unwrap();
        let annotations = document.get_page_annotations(*document.get_pages().get(&1).unwrap()).unwrap();
        assert_eq!(annotations.len(), 3);
        assert_eq!(annotations[0].get(b"Subtype").unwrap().as_name().unwrap(), b"Text", "the note comes first still");
    }
}

#[test]
fn marks_lie_in_the_margins_and_never_on_each_other() {
    // 20 mm, as letters have it above and below.
    const MARGIN: f32 = 20.0 * 72.0 / 25.4;
    let mut pdf = letter();
    for signed in 1..=4 {
        let key = if signed % 2 == 0 { lan() } else { uoc() };
        pdf = sign(&pdf, &key, &marked());
        let document = Document::load_mem(&pdf).unwrap();
        let page = *document.get_pages().get(&1).unwrap();
        let marks = document.get_page_annotations(page).unwrap();
        let frames: Vec<[f32; 4]> = marks
            .iter()
            .map(|mark| mark.get(b"Rect").unwrap().as_array().unwrap())
            .map(|rect| std::array::from_fn(|at| rect[at].as_float().unwrap()))
            .collect();
        assert_eq!(frames.len(), signed);
        for (at, a) in frames.iter().enumerate() {
            assert!(a[1] > 841.0 - MARGIN || a[3] < MARGIN, "{a:?}");
            assert!(a[0] > 0.0 && a[2] < 596.0, "{a:?}");
            for b in &frames[..at] {
                assert!(a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3], "{a:?} on {b:?}");
            }
        }
    }
}

#[test]
fn the_same_paper_signed_alike_is_the_same_twice() {
    assert!(sign(&letter(), &uoc(), &marked()) == sign(&letter(), &uoc(), &marked()));
}

#[test]
fn an_unfit_certificate_signs_nothing() {
    let late = Key::open(key_file!("late.p12"), PASSPHRASE).unwrap();
    assert_eq!(wait(sign::sign(&plain(0), &late, &look())).unwrap_err().code, "certificate-expired");
    let early = Look { moment: "2019-12-31T23:59:59Z".parse().unwrap(), ..look() };
    assert_eq!(wait(sign::sign(&plain(0), &uoc(), &early)).unwrap_err().code, "certificate-early");
}

#[test]
fn a_page_that_is_not_there_is_refused() {
    let look = Look { mark: Some(Mark { page: 9, spot: Spot::TopRight }), ..look() };
    let refusal = wait(sign::sign(&letter(), &uoc(), &look)).unwrap_err();
    assert_eq!(refusal.code, "page-missing");
    assert!(refusal.say.contains("trang 9"));
}

/// Somebody with the certificate of one and the key of another.
struct Mixed(Key, Key);

impl Signer for Mixed {
    fn chain(&self) -> &[Vec<u8>] {
        self.0.chain()
    }

    fn sign<'a>(&'a self, hash: &'a [u8; 32]) -> Signing<'a> {
        self.1.sign(hash)
    }
}

#[test]
fn a_signature_of_another_key_is_refused_before_it_is_written() {
    let late = Key::open(key_file!("late.p12"), PASSPHRASE).unwrap();
    for mixed in [Mixed(uoc(), late), Mixed(lan(), uoc())] {
        assert_eq!(wait(sign::sign(&plain(0), &mixed, &look())).unwrap_err().code, "signature-odd");
    }
}
