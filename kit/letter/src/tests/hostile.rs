//! Whatever is typed becomes a paper: nothing panics, nothing is lost without a sign.

use letter::{Annex, Block, Col, Kind, Letter, Number, Signer, Table, TableRow};

use super::pdf::Read;
use super::samples;

/// The number of pages and the text of the last: reading them all back takes longer than making them.
fn last_page(letter: &Letter) -> (u32, String) {
    letter::docx(letter).unwrap();
    let document = lopdf::Document::load_mem(&letter::pdf(letter).unwrap()).unwrap();
    let pages = document.get_pages().len() as u32;
    (pages, document.extract_text(&[pages]).unwrap())
}

fn both(letter: &Letter) -> Read {
    letter::docx(letter).unwrap();
    Read::of(letter)
}

#[test]
fn nothing_filled_in() {
    let read = both(&Letter::default());
    read.says(1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").silent(1, "Nơi nhận").silent(1, "Kính gửi").silent(1, "V/v");
}

#[test]
fn empty_pieces_everywhere() {
    let empty = || vec![String::new(), "  ".to_owned()];
    let table = Table {
        columns: vec![Col::new(""), Col::new("").under("")],
        rows: vec![TableRow::new([""; 0]), TableRow::new(["", "", "", "x"])],
    };
    let blocks = || {
        vec![
            Block::Heading(String::new()),
            Block::Paragraph("\n\n".into()),
            Block::Article { number: 0, title: String::new(), text: String::new() },
            Block::Item(String::new()),
            Block::Table(Table::default()),
            Block::Table(table.clone()),
            Block::Signatures(vec![]),
            Block::Signatures(vec![Signer::default()]),
        ]
    };
    let annex = |landscape| Annex { landscape, blocks: blocks(), ..Annex::default() };
    both(&Letter {
        parent: Some(String::new()),
        kind: Kind::named(" "),
        number: Number::Text(String::new()),
        issuer: Some(" ".into()),
        basis: empty(),
        to: empty(),
        receivers: empty(),
        body: blocks(),
        annexes: vec![annex(true), annex(true), annex(false)],
        second: Some(Signer::default()),
        sample: Some(" ".into()),
        ..Letter::default()
    });
}

#[test]
fn very_long_names_stay_on_the_sheet() {
    let name = "Ban Chỉ đạo cải cách hành chính và chuyển đổi số ".repeat(8);
    let title = "công bố kết quả đánh giá, xếp hạng Chỉ số cải cách hành chính ".repeat(5);
    assert!(title.chars().count() > 300);
    let letter = Letter {
        parent: Some(name.clone()),
        agency: name.clone(),
        kind: Kind::named("Báo cáo"),
        place: "Thành phố Đông Hà, tỉnh Quảng Trị và các vùng lân cận".into(),
        symbol: "BC-".to_owned() + &"A".repeat(60),
        title: title.clone(),
        to: vec![name.clone(), name.clone()],
        issuer: Some(name.clone()),
        signer: Signer::new(&name, &name).by(&name),
        receivers: (0..120).map(|n| format!("{name} {n}")).collect(),
        sample: Some("DỮ LIỆU MẪU ".repeat(10)),
        annexes: vec![Annex { title: title.clone(), with: title, ..Annex::default() }],
        ..samples::report()
    };
    let read = both(&letter);
    assert!(read.pages.iter().any(|page| page.contains("119.")), "the last receiver is on a page");
    both(&Letter { kind: Kind::Official, ..letter });
}

#[test]
fn words_without_a_place_to_break_and_too_many_columns() {
    let code = "ABCDEFGHIJ".repeat(20);
    let columns: Vec<Col> =
        (0..30).map(|n| if n % 2 == 0 { Col::new(&code).mm(50) } else { Col::new("x").share(0) }).collect();
    let rows = vec![TableRow::new(vec![code.as_str(); 30])];
    let letter = Letter {
        title: code.clone(),
        agency: code.clone(),
        body: vec![Block::Table(Table { columns, rows }), Block::Paragraph(code)],
        ..Letter::default()
    };
    both(&letter);
}

#[test]
fn strange_characters_are_shown_as_boxes_or_dropped() {
    let name = "Nguyễn\u{0} Văn\u{202e} A 😀 漢 \u{feff}\u{200b}\u{7}\r\nB\u{fffe} \u{1f468}\u{200d}\u{1f469} \u{e000}";
    let letter = Letter {
        agency: name.into(),
        title: name.into(),
        body: vec![
            Block::Paragraph(name.into()),
            Block::Table(Table { columns: vec![Col::new(name)], rows: vec![TableRow::new([name])] }),
        ],
        signer: Signer::new(name, name),
        sample: Some(name.into()),
        ..Letter::default()
    };
    both(&letter).says(1, "Nguyễn Văn A □ □");
}

#[test]
fn markup_in_every_field_is_only_text() {
    let evil = "#panic() *a* _b_ $c$ `d` @e <f> = g // h \\ [i] ]] #{ \"j\" & </w:t>";
    let texts = || vec![evil.to_owned()];
    let letter = Letter {
        parent: Some(evil.into()),
        agency: evil.into(),
        kind: Kind::named(evil),
        number: Number::Text(evil.into()),
        symbol: evil.into(),
        place: evil.into(),
        date: None,
        title: evil.into(),
        issuer: Some(evil.into()),
        basis: texts(),
        to: texts(),
        body: vec![
            Block::Heading(evil.into()),
            Block::Paragraph(evil.into()),
            Block::Article { number: 1, title: evil.into(), text: evil.into() },
            Block::Item(evil.into()),
        ],
        signer: Signer::new(evil, evil).by(evil),
        second: Some(Signer::new(evil, evil)),
        receivers: texts(),
        page: letter::Page::A4,
        form: Some(evil.into()),
        annexes: vec![Annex {
            title: evil.into(),
            with: evil.into(),
            landscape: true,
            blocks: vec![Block::Paragraph(evil.into())],
        }],
        sample: None,
    };
    let read = both(&letter);
    let count: usize =
        read.pages.iter().map(|page| page.matches("#panic()*a*_b_$c$`d`@e<f>=g//h\\[i]]]#{\"j\"&</w:t>").count()).sum();
    assert!(count >= 9, "{count} of the fields in small letters came back whole");
}

#[test]
fn two_thousand_rows() {
    let table = Table {
        columns: vec![Col::new("TT").mm(15), Col::new("Xã, phường").share(1)],
        rows: (1..=2_000).map(|n| TableRow::new([n.to_string(), format!("Xã thứ {n}")])).collect(),
    };
    let letter = Letter { body: vec![Block::Table(table)], ..Letter::default() };
    let pages = last_page(&letter);
    assert!(pages.0 > 40, "{} pages", pages.0);
    assert!(pages.1.contains("Xã thứ 2000"), "{}", pages.1);
}
