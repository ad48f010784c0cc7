//! Out and in the same; what is not whole, hides something or is too much is refused in words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;

fn document() -> Document {
    Document {
        id: "report-1-2".into(),
        from: Organ { id: "000.00.13.H50".into(), name: "Sở Công Thương <Quảng Trị> & bạn".into() },
        to: vec![
            Organ { id: "000.00.00.H50".into(), name: "UBND tỉnh Quảng Trị".into() },
            Organ { id: "000.00.00.G02".into(), name: "Bộ Công Thương".into() },
        ],
        number: "312".into(),
        notation: "BC-SCT".into(),
        place: "Quảng Trị".into(),
        date: Some("2026-11-24".parse().unwrap()),
        kind: "Báo cáo".into(),
        subject: "Tình hình công nghiệp, thương mại tháng 11 năm 2026".into(),
        signer: ("Giám đốc".into(), "Nguyễn Văn Mẫu".into()),
        business: Business::Updated,
        trace: vec![("000.00.13.H50".into(), "2026-11-24T02:30:00Z".parse().unwrap())],
        attached: vec![
            Attached {
                name: "bao-cao.pdf".into(),
                kind: "application/pdf".into(),
                bytes: b"%PDF-1.7 \x00\xff".to_vec(),
            },
            Attached { name: "bieu.xlsx".into(), kind: "application/vnd.ms-excel".into(), bytes: vec![7; 100_000] },
        ],
    }
}

fn text() -> String {
    String::from_utf8(write(&document()).unwrap()).unwrap()
}

#[test]
fn what_goes_out_comes_in_the_same() {
    assert_eq!(read(text().as_bytes()).unwrap(), document());
    // As others write it: with prefixes, line breaks within a file, a mark at the beginning, and an hour in the day.
    let other = text()
        .replace("<edXML xmlns=\"", "<ed:edXML xmlns:ed=\"")
        .replace("</edXML>", "</ed:edXML>")
        .replace(">2026/11/24<", ">2026-11-24T00:00:00<")
        .replace(">2026/11/24 09:30:00<", ">2026-11-24T02:30:00Z<")
        .replace("BwcHBwcH", "BwcH\r\n BwcH");
    assert_eq!(read(format!("\u{feff}{other}").as_bytes()).unwrap(), document());
    // A signature of another name is passed over; a moment that cannot be read is left out.
    let signed = text().replace("</edXMLHeader>", "</edXMLHeader><Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo><a/>x</SignedInfo></Signature>");
    assert_eq!(read(signed.as_bytes()).unwrap(), document());
    let lost = text().replace("2026/11/24 09:30:00", "hôm qua");
    assert_eq!(read(lost.as_bytes()).unwrap(), Document { trace: Vec::new(), ..document() });
    let older = text().replace(SPACE, "http://www.go.vn/eDoc");
    assert_eq!(read(older.as_bytes()).unwrap(), document());
}

#[track_caller]
fn refused(text: &str, code: &str, says: &str) {
    let no = read(text.as_bytes()).unwrap_err();
    assert_eq!(no.code, code, "{}", no.say);
    assert!(no.say.contains(says), "{}", no.say);
}

#[test]
fn what_is_not_whole_is_refused_in_words() {
    let text = text();
    refused(&text[..text.len() / 2], "edxml-broken", "edXML");
    refused("", "edxml-broken", "cắt giữa chừng");
    refused("<a/>", "edxml-broken", "không phải edXML");
    refused(&text.replace("edXMLHeader", "Header"), "edxml-broken", "thiếu edXMLHeader");
    refused(&text.replace("<CodeNumber>312</CodeNumber>", ""), "edxml-lacks", "số văn bản");
    refused(&text.replace("2026/11/24</Prom", "24/11/2026</Prom"), "edxml-day", "24/11/2026");
    refused(&text.replace("Báo cáo", "Báo&#0;cáo"), "edxml-broken", "ký tự điều khiển");
    refused(&text.replace("BwcHBwcH", "Bwc*BwcH"), "edxml-file", "bieu.xlsx");
    refused(&text.replace("bao-cao.pdf", ""), "edxml-file", "không có tên");
    refused(&text.replace(SPACE, "http://khong-phai.vn"), "edxml-broken", "không gian tên");
    refused(&text.replace("<BussinessDocType>2", "<BussinessDocType>9"), "edxml-broken", "BussinessDocType");
    assert_eq!(read(b"\xff\xfe\x00").unwrap_err().code, "edxml-broken");
}

/// A document type can name files of the reader's machine, or grow without end.
#[test]
fn entities_depth_and_size_are_bounded() {
    let bomb = format!(
        "<!DOCTYPE a [<!ENTITY x \"y\">]>{}",
        text().trim_start_matches(|one| one != '>').trim_start_matches('>')
    );
    refused(&bomb, "edxml-broken", "DOCTYPE");
    refused(&text().replace("Báo cáo", "&x;"), "edxml-broken", "thực thể");
    let deep = "<edXML>".repeat(40) + &"</edXML>".repeat(40);
    refused(&deep, "edxml-broken", "quá nhiều phần tử");
    let many = Document { attached: vec![document().attached[0].clone(); MOST_FILES + 1], ..document() };
    refused(std::str::from_utf8(&write(&many).unwrap()).unwrap(), "edxml-files", "tối đa 20");
    let long = Document { subject: "x".repeat(5_000), ..document() };
    refused(std::str::from_utf8(&write(&long).unwrap()).unwrap(), "edxml-broken", "dài quá mức");
    let long = Document { from: Organ { id: "x".repeat(201), ..Organ::default() }, ..document() };
    refused(std::str::from_utf8(&write(&long).unwrap()).unwrap(), "edxml-broken", "dài quá mức");
    assert_eq!(read(&vec![b' '; MOST_BYTES + 1]).unwrap_err().code, "edxml-large");
}
