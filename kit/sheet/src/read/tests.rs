#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::sample::{entries, ods, xlsx, zipped};
use crate::{Column, Table, xlsx as out};
use base::Decimal;
use jiff::civil::date;
use proptest::prelude::*;

fn code(bytes: &[u8]) -> &'static str {
    read(bytes, "a.xlsx").expect_err("refused").code
}

fn row(cells: &str) -> String {
    format!(r#"<row r="1">{cells}</row>"#)
}

fn number(text: &str) -> Cell {
    Cell::Number(text.parse().unwrap())
}

#[test]
fn each_kind_of_bad_file_has_its_own_refusal() {
    let ole = |stream: &str| {
        [OLE, &[0; 600][..], &stream.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat()
    };
    let (content, workbook) = (("[Content_Types].xml", &b"<Types/>"[..]), ("xl/workbook.xml", &b"<workbook/>"[..]));
    let macro_content = ("[Content_Types].xml", &b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"[..]);
    let ods_type = ("mimetype", &b"application/vnd.oasis.opendocument.spreadsheet"[..]);
    for (bytes, expected) in [
        (Vec::new(), "sheet.empty"),
        (b"\r\n;;\r\n".to_vec(), "sheet.empty"),
        (xlsx("", ""), "sheet.empty"),
        (ods(""), "sheet.empty"),
        (ole("EncryptedPackage"), "sheet.encrypted"),
        (ole("Workbook"), "sheet.old-format"),
        (zipped(&[content, ("xl/workbook.bin", b"x")]), "sheet.old-format"),
        (zipped(&[content, workbook, ("xl/vbaProject.bin", b"x")]), "sheet.macros"),
        (zipped(&[macro_content, workbook]), "sheet.macros"),
        (zipped(&[ods_type, ("content.xml", b""), ("Basic/Standard/Module1.xba", b"x")]), "sheet.macros"),
        (
            zipped(&[ods_type, ("content.xml", b""), ("META-INF/manifest.xml", b"<manifest:encryption-data/>")]),
            "sheet.encrypted",
        ),
        (zipped(&[("word/document.xml", b"<x/>")]), "sheet.not-a-spreadsheet"),
        (zipped(&[]), "sheet.not-a-spreadsheet"),
        (b"%PDF-1.7 abc".to_vec(), "sheet.not-a-spreadsheet"),
        (b"\n<HTML><table><tr><td>1".to_vec(), "sheet.not-a-spreadsheet"),
        (b"<?xml version=\"1.0\"?><Workbook/>".to_vec(), "sheet.not-a-spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "sheet.not-a-spreadsheet"),
        (b"PK\x03\x04 torn".to_vec(), "sheet.broken"),
        (zipped(&[content, workbook]), "sheet.broken"),
        (zipped(&[ods_type]), "sheet.broken"),
        (b"M\xe3 s\xf4;1".to_vec(), "sheet.not-utf8"),
        (b"a;\"b\r\nc".to_vec(), "sheet.open-quote"),
        (xlsx(&row(r#"<c r="A1" t="e"><v>#SPILL!</v></c>"#), ""), "sheet.broken-formula"),
    ] {
        assert_eq!(code(&bytes), expected, "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
    }
}

#[test]
fn limits_hold_before_memory_is_spent() {
    let small = Limits { bytes: 100_000, unpacked: 100_000, rows: 10, columns: 5, cells: 30 };
    let code = |bytes: &[u8]| read_within(bytes, "a", &small).expect_err("refused").code;
    assert_eq!(code(&[b'a'; 100_001]), "sheet.too-large");
    let bomb = zipped(&[("xl/workbook.xml", &vec![b' '; 100_001])]);
    assert!(bomb.len() < 1000);
    let no = read_within(&bomb, "bom.xlsx", &small).expect_err("refused");
    assert_eq!(
        (no.code, no.say.as_str()),
        ("sheet.too-large", "Nội dung của tệp “bom.xlsx” khi giải nén vượt quá 0,1 MB.")
    );
    assert_eq!(code(&xlsx(r#"<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#, "")), "sheet.too-many-rows");
    assert_eq!(code(&xlsx(&row(r#"<c r="XFD1"><v>1</v></c>"#), "")), "sheet.too-many-columns");
    let rows: String = (1..=10).map(|r| format!(r#"<row r="{r}"><c r="E{r}"><v>1</v></c></row>"#)).collect();
    assert_eq!(code(&xlsx(&rows, "")), "sheet.too-many-cells");
    let cell = r#"<table:table-cell office:value-type="float" office:value="1"/>"#;
    assert_eq!(
        code(&ods(&format!(r#"<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>"#))),
        "sheet.too-many-rows"
    );
    let wide = cell.replace("<table:table-cell", r#"<table:table-cell table:number-columns-repeated="99999999999""#);
    assert_eq!(code(&ods(&format!("<table:table-row>{wide}</table:table-row>"))), "sheet.too-many-columns");
    assert_eq!(code("x\n".repeat(11).as_bytes()), "sheet.too-many-rows");
}

#[test]
fn stored_floats_are_the_decimals_a_person_sees() {
    let cells = ["0.30000000000000004", "0.1", "1.0000000000000002", "1E-3", "-2.5", "81.333333333333329"];
    let xml: String =
        cells.iter().zip('A'..).map(|(value, column)| format!(r#"<c r="{column}1"><v>{value}</v></c>"#)).collect();
    let book = read(&xlsx(&row(&xml), ""), "a.xlsx").unwrap();
    assert_eq!(book.sheets[0].rows[0], ["0.3", "0.1", "1", "0.001", "-2.5", "81.3333333333333"].map(number));
}

#[test]
fn formulas_give_their_results_and_failures_stay_visible() {
    let xml = r#"<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>1+1</f></c><c r="D1" t="str"><f>A2</f><v></v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="inlineStr"><is><t>x</t></is></c>"#;
    let book = read(&xlsx(&row(xml), ""), "a.xlsx").unwrap();
    let expected = [
        Cell::Error("#DIV/0!".into()),
        number("2"),
        Cell::Error("#CHƯA TÍNH".into()),
        Cell::Empty,
        Cell::Bool(true),
        Cell::from("x"),
    ];
    assert_eq!(book.sheets[0].rows[0], expected);
    assert_eq!(
        book.sheets[0].at(0, 0).decimal().unwrap_err().say,
        "Ô này báo lỗi #DIV/0!. Sửa công thức hoặc nhập giá trị."
    );
}

#[test]
fn merged_ranges_and_blank_ends_of_a_workbook() {
    let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Nhóm</t></is></c><c r="B1"><v>1</v></c><c r="C1"/></row><row r="2"><c r="B2"><v>2</v></c></row><row r="900"><c r="A900"/></row>"#;
    let book =
        read(&xlsx(rows, r#"<mergeCells count="1"><mergeCell ref="A1:A1048576"/></mergeCells>"#), "a.xlsx").unwrap();
    let sheet = &book.sheets[0];
    assert_eq!((sheet.rows.len(), sheet.rows[0].len()), (2, 2));
    assert_eq!(sheet.at(1, 0).text().unwrap().unwrap(), "Nhóm");
    assert_eq!(sheet.rows[1][0], Cell::Empty, "the covered cell itself stays empty");
}

#[test]
fn open_document_spreadsheets() {
    let rows = r##"<table:table-row>
        <table:table-cell office:value-type="string"><text:p>Điều<text:s text:c="2"/>&amp; <text:span>khoản</text:span></text:p><text:p>hai</text:p><office:annotation><text:p>bí mật</text:p></office:annotation></table:table-cell>
        <table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="0.30000000000000004"><text:p>0,3</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2026-09-05"><text:p>05/09/26</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2026-09-05T09:14:00"/>
        <table:table-cell office:value-type="boolean" office:boolean-value="true"/>
        <table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
        <table:table-cell office:value-type="percentage" office:value="0.5"/>
        <table:table-cell table:number-columns-repeated="16000"/>
      </table:table-row>
      <table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
      <table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>gộp</text:p></table:table-cell></table:table-row>
      <table:table-row><table:covered-table-cell/><table:table-cell office:value-type="float" office:value="7"/></table:table-row>
      <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"##;
    let book = read(&ods(rows), "a.ods").unwrap();
    let sheet = &book.sheets[0];
    assert_eq!(sheet.name, "S");
    let expected = [
        Cell::from("Điều  & khoản\nhai"),
        number("0.3"),
        number("0.3"),
        date(2026, 9, 5).into(),
        date(2026, 9, 5).at(9, 14, 0, 0).into(),
        true.into(),
        Cell::Error("#DIV/0!".into()),
        number("0.5"),
    ];
    assert_eq!(sheet.rows[0], expected);
    assert_eq!(sheet.rows.len(), 6);
    assert_eq!(sheet.at(5, 0).text().unwrap().unwrap(), "gộp");
    assert_eq!(sheet.at(5, 1).cell, &number("7"));
    assert_eq!(sheet.at(5, 1).address(), "S!B6");
}

#[test]
fn csv_in_every_dress() {
    let utf16: Vec<u8> = "\u{feff}Tên\tĐiểm\r\nSở\t1,5\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16_be: Vec<u8> = "\u{feff}Tên\tĐiểm\r\nSở\t1,5\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        "Tên;Điểm\nSở;1,5".as_bytes().to_vec(),
        "\u{feff}Tên;Điểm\r\nSở;1,5\r\n".into(),
        "Tên,Điểm\r\nSở,1.5\r\n".into(),
        "\"Tên\",\"Điểm\"\rSở,\"1.5\"\r".into(),
        "sep=|\r\nTên|Điểm\r\nSở|1,5\r\n".into(),
        utf16,
        utf16_be,
    ] {
        let book = read(&bytes, "a.csv").unwrap();
        let grid = book.sheets[0].grid(&["Tên", "Điểm"]).unwrap();
        let line = grid.lines().next().unwrap();
        assert_eq!(line.at("Tên").text().unwrap().unwrap(), "Sở");
        assert_eq!(line.at("Điểm").decimal().unwrap(), Some(Decimal::new(15, 1)));
        assert_eq!(line.at("Điểm").address(), "B2");
    }
}

#[test]
fn blank_lines_and_lines_within_quotes_keep_the_row_numbers() {
    let book = read("a;b\n\n\"x\ny\"\"z\"w;2\n".as_bytes(), "a.csv").unwrap();
    assert_eq!(book.sheets[0].rows, [vec![Cell::from("a"), "b".into()], vec![], vec!["x\ny\"zw".into(), "2".into()]]);
}

fn a_real_file() -> Vec<u8> {
    let mut table =
        Table::new(vec![Column::text("Mã", 8), Column::number("Điểm", 2), Column::date("Ngày")]).title("Bảng");
    table.push(vec!["1.1".into(), Decimal::new(15, 1).into(), date(2026, 9, 5).into()]);
    out::write_table("Tiêu chí", table).unwrap()
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), head in 0usize..4) {
        let head: &[u8] = [b"".as_slice(), ZIP, OLE, b"\xFF\xFE"][head];
        let _ = read(&[head, &bytes].concat(), "a");
    }

    #[test]
    fn no_text_makes_it_panic(text in "[;,\t\"\r\n'=a-cĐ\u{feff}]{0,60}") {
        let _ = read(text.as_bytes(), "a.csv");
    }

    #[test]
    fn a_damaged_file_is_refused_or_read(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = a_real_file();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read(&bytes, "a.xlsx");
    }

    #[test]
    fn damaged_parts_are_refused_or_read(part in any::<prop::sample::Index>(), from in any::<prop::sample::Index>(), length in 0usize..40, put in "[<>/&\"a-zA-Z0-9!:=]{0,12}") {
        let mut parts = entries(&a_real_file());
        let place = part.index(parts.len());
        let content = &mut parts[place].1;
        let start = from.index(content.len());
        let end = (start + length).min(content.len());
        content.splice(start..end, put.bytes());
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
        let _ = read(&zipped(&parts), "a.xlsx");
    }

    #[test]
    fn a_damaged_open_document_is_refused_or_read(xml in "(<table:table-row>|</table:table-row>|<table:table-cell/>|<table:table-cell>|</table:table-cell>|<text:p>|</text:p>|<table:table>|</table:table>|<text:s text:c=\"9999999999\"/>|<draw:frame>|&#0;|&x;|a){0,20}") {
        let _ = read(&ods(&xml), "a.ods");
    }
}
