//! Forms on half a sheet and registers: sizes, lines, QR codes.

use letter::{Block, Col, Fact, Kind, Letter, Page, Qr, Signer, Table, TableRow};
use lopdf::Document;

use super::pdf::Read;
use super::{qr, samples};

#[test]
fn a_form_is_half_a_sheet_with_its_lines_and_its_mark() {
    let read = Read::of(&samples::form(3));
    assert_eq!((read.pages.len(), read.size(1)), (1, (148, 210)));
    read.says(1, "Mẫu số 01, Thông tư số 03/2025/TT-VPCP")
        .says(1, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ")
        .says(1, "Tiếp nhận hồ sơ của: Công ty TNHH MẪU An Phát")
        .says(1, "Số điện thoại: 0905 123 456 Email: ......")
        .says(1, "NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên)")
        .silent(1, "./.");
}

#[test]
fn the_code_says_what_was_put_into_it() {
    let bytes = letter::pdf(&samples::form(3)).unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    assert_eq!(qr::read(&document, 1), ["https://cchc.example/tra-cuu?ma=H50.12-20261124-0000021"]);
    let long = "https://cchc.example/".to_owned() + &"a".repeat(1000);
    let body = vec![Block::Facts { rows: vec![], qr: Some(Qr { content: long.clone(), caption: String::new() }) }];
    let document = Document::load_mem(&letter::pdf(&Letter { body, ..Letter::default() }).unwrap()).unwrap();
    assert_eq!(qr::read(&document, 1), [long]);
    // More than a code can hold is said, not cut.
    let body = vec![Block::Facts { rows: vec![], qr: Some(Qr { content: "a".repeat(3000), caption: String::new() }) }];
    assert!(letter::pdf(&Letter { body, ..Letter::default() }).is_err());
}

#[test]
fn a_form_of_many_papers_goes_on_and_no_hand_stands_alone() {
    for papers in [30, 31, 32, 33, 34, 35, 36, 60] {
        let read = Read::of(&samples::form(papers));
        assert!(read.pages.len() > 1);
        read.says(2, "Tên giấy tờ").silent(2, "Mẫu số 01");
        let last = read.pages.last().unwrap();
        let hands = last.find("NGƯỜINỘPHỒSƠ").unwrap();
        assert!(last[..hands].contains("Sổtheodõi"), "{papers} papers: {last}");
    }
}

#[test]
fn a_register_lies_on_its_side() {
    let letter = Letter {
        page: Page::A4Landscape,
        kind: Kind::named("Sổ theo dõi hồ sơ"),
        body: vec![Block::Table(Table {
            columns: vec![Col::new("TT").mm(10), Col::new("Mã hồ sơ").share(1)],
            rows: (1..=80).map(|n| TableRow::new([n.to_string(), "x".repeat(n)])).collect(),
        })],
        ..Letter::default()
    };
    let read = Read::of(&letter);
    assert_eq!([read.size(1), read.size(2)], [(297, 210), (297, 210)]);
    read.says(2, "Mã hồ sơ");
}

#[test]
fn a_form_holds_whatever_is_typed() {
    let long = "Nguyễn Thị Rất Dài ".repeat(16);
    let word = "ABCDEFGHIJ".repeat(30);
    for text in [long.as_str(), word.as_str(), "", "Hồ", "#panic() *a* $b$\n\u{0}"] {
        let fact = |label: &str| Fact::new(label, text).bold();
        let form = Letter {
            agency: text.into(),
            place: text.into(),
            form: Some(text.into()),
            body: vec![
                Block::Facts {
                    rows: vec![vec![], vec![fact("A")], vec![fact(text), fact(""), Fact::default()]],
                    qr: Some(Qr { content: "x".into(), caption: text.into() }),
                },
                Block::Signatures(vec![Signer::new(text, text).note(text), Signer::default()]),
            ],
            ..samples::form(2)
        };
        letter::docx(&form).unwrap();
        Read::of(&form);
    }
}
