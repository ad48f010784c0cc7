#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use crate::{Kind, Limits, judge};
use std::io::Write;
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;

/// A ZIP of these parts.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    zipped_with(parts, SimpleFileOptions::default())
}

fn zipped_with(parts: &[(&str, &str)], options: SimpleFileOptions) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const BOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

fn open_xml(main: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", &format!("<Types><Override ContentType=\"{main}\"/></Types>")),
        ("a/b.xml", "<b/>"),
    ])
}

fn open_document(media: &str, manifest: &str) -> Vec<u8> {
    zipped(&[("mimetype", media), ("META-INF/manifest.xml", manifest)])
}

/// A compound file by [MS-CFB], of streams in the root. Sector 0 is the table, 1 the directory, then the streams, each
/// of eight sectors: above the size below which streams lie elsewhere.
fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = vec![0u8; 512];
    file[..8].copy_from_slice(super::ole::MAGIC);
    let mut set = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
    set(30, &9u16.to_le_bytes());
    set(48, &1u32.to_le_bytes());
    set(68, &0xffff_fffeu32.to_le_bytes());
    set(76, &0u32.to_le_bytes());
    for i in 1..109 {
        set(76 + 4 * i, &u32::MAX.to_le_bytes());
    }
    let mut table = vec![0xffff_fffdu32, 0xffff_fffe];
    let mut directory = entry("Root Entry", 5, [u32::MAX, u32::MAX, 1], 0xffff_fffe, 0);
    let mut data = Vec::new();
    for (at, (name, head)) in streams.iter().enumerate() {
        let start = table.len() as u32;
        table.extend((1..8).map(|i| start + i).chain([0xffff_fffe]));
        // Brothers in a row, each to the right of the one before.
        let right = if at + 1 < streams.len() { at as u32 + 2 } else { u32::MAX };
        directory.extend(entry(name, 2, [u32::MAX, right, u32::MAX], start, 4096));
        let mut stream = head.to_vec();
        stream.resize(4096, 0);
        data.extend(stream);
    }
    table.resize(128, u32::MAX);
    directory.resize(512, 0);
    file.extend(table.iter().flat_map(|number| number.to_le_bytes()));
    file.extend(directory);
    file.extend(data);
    file
}

fn entry(name: &str, kind: u8, [left, right, child]: [u32; 3], start: u32, size: u32) -> Vec<u8> {
    let mut entry = vec![0u8; 128];
    for (i, unit) in name.encode_utf16().enumerate() {
        entry[2 * i..2 * i + 2].copy_from_slice(&unit.to_le_bytes());
    }
    entry[64..66].copy_from_slice(&(2 * (name.len() as u16 + 1)).to_le_bytes());
    entry[66] = kind;
    for (at, value) in [(68, left), (72, right), (76, child), (116, start), (120, size)] {
        entry[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    entry
}

/// The head of a WordDocument stream: magic, and the word of flags at offset 10.
fn fib(flags: u16) -> Vec<u8> {
    let mut fib = vec![0xec, 0xa5, 0, 0, 0, 0, 0, 0, 0, 0];
    fib.extend(flags.to_le_bytes());
    fib
}

/// The head of a Workbook stream: BOF, then these records.
fn book(records: &[u16]) -> Vec<u8> {
    let mut book = vec![0x09, 0x08, 16, 0];
    book.extend([0u8; 16]);
    for record in records {
        book.extend(record.to_le_bytes());
        book.extend([4, 0, 1, 2, 3, 4]);
    }
    book
}

/// A PDF of one object, with a trailer of this text behind a table, or with a cross-reference stream.
fn pdf(body: &str, trailer: &str) -> Vec<u8> {
    let body = format!("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n{body}\n");
    let at = body.len();
    format!(
        "{body}xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 2 /Root 1 0 R {trailer} >>\nstartxref\n{at}\n%%EOF\n"
    )
    .into()
}

fn pdf_with_stream(dictionary: &str) -> Vec<u8> {
    let body = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
    let at = body.len();
    format!("{body}9 0 obj\n<< /Type /XRef /Root 1 0 R {dictionary} >>\nstream\n????\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n").into()
}

fn verdict(bytes: &[u8], name: &str) -> Result<Kind, &'static str> {
    judge(bytes, name, &Limits::default()).map_err(|refusal| {
        assert!(refusal.say.contains(name), "names the file: {}", refusal.say);
        refusal.code
    })
}

#[test]
fn each_kind_is_known_by_its_content() {
    let mail = b"Received: from a by b\r\nFrom: lan@quangtri.gov.vn\r\nSubject: =?utf-8?B?QuG6o28=?=\r\n\r\nCh\xe0o";
    for (name, bytes, kind) in [
        ("a.pdf", pdf("", ""), Kind::Pdf),
        ("a.pdf", pdf_with_stream(""), Kind::Pdf),
        ("a.pdf", [b"\xef\xbb\xbf\r\n".to_vec(), pdf("", "")].concat(), Kind::Pdf),
        ("a.docx", open_xml(WORD), Kind::Docx),
        ("a.xlsx", open_xml(BOOK), Kind::Xlsx),
        ("a.odt", open_document("application/vnd.oasis.opendocument.text", "<m/>"), Kind::Odt),
        ("a.ods", open_document("application/vnd.oasis.opendocument.spreadsheet", "<m/>"), Kind::Ods),
        ("a.doc", compound(&[("1Table", b""), ("WordDocument", &fib(0))]), Kind::Doc),
        ("a.xls", compound(&[("Workbook", &book(&[0xe1]))]), Kind::Xls),
        ("a.xls", compound(&[("Book", &book(&[]))]), Kind::Xls),
        ("a.png", b"\x89PNG\r\n\x1a\n....".to_vec(), Kind::Png),
        ("a.JPG", b"\xff\xd8\xff\xe0....".to_vec(), Kind::Jpeg),
        ("a.jpeg", b"\xff\xd8\xff\xe1....".to_vec(), Kind::Jpeg),
        ("a.gif", b"GIF89a....".to_vec(), Kind::Gif),
        ("a.tif", b"II*\0....".to_vec(), Kind::Tiff),
        ("a.tiff", b"MM\0*....".to_vec(), Kind::Tiff),
        ("a.txt", "Báo cáo số 1: hòa, hoà\n<< hết >>".into(), Kind::Txt),
        ("a.txt", "\u{feff}<< Báo cáo >>".into(), Kind::Txt),
        ("a.csv", "đơn vị;số hồ sơ\r\nSở Công Thương;1204".into(), Kind::Csv),
        ("a.eml", mail.to_vec(), Kind::Eml),
        ("báo cáo", pdf("", ""), Kind::Pdf),
    ] {
        assert_eq!(verdict(&bytes, name), Ok(kind), "{name}");
    }
}

#[test]
fn a_password_is_found_in_every_kind_that_has_one() {
    let locked = SimpleFileOptions::default().with_deprecated_encryption(b"x").unwrap();
    let manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    for (name, bytes) in [
        ("a.pdf", pdf("", "/Encrypt 5 0 R")),
        ("a.pdf", pdf("", "/ID [<00>]\n/Encrypt\n5 0 R")),
        ("a.pdf", pdf("", "/Encrypt<</Filter/Standard>>")),
        ("a.pdf", pdf_with_stream("/Encrypt 5 0 R")),
        // The pointer to the trailer is broken: then anything counts.
        ("a.pdf", b"%PDF-1.4\ntrailer << /Encrypt 5 0 R >>\nstartxref\n99999\n%%EOF".to_vec()),
        ("a.pdf", b"%PDF-1.4\ntrailer << /Encrypt 5 0 R >>".to_vec()),
        ("a.docx", compound(&[("EncryptionInfo", b""), ("EncryptedPackage", b"")])),
        ("a.xlsx", compound(&[("EncryptedPackage", b"")])),
        ("a.docx", zipped_with(&[("[Content_Types].xml", WORD)], locked)),
        ("a.odt", open_document("application/vnd.oasis.opendocument.text", manifest)),
        ("a.doc", compound(&[("WordDocument", &fib(0x0100))])),
        ("a.xls", compound(&[("Workbook", &book(&[0x86, 0x2f]))])),
    ] {
        assert_eq!(verdict(&bytes, name), Err("file-locked"), "{name}");
    }
}

#[test]
fn what_only_speaks_of_encryption_is_not_locked() {
    for bytes in [
        pdf("2 0 obj\n(/Encrypt 5 0 R)\nendobj", ""),
        pdf("", "/EncryptMetadata 1"),
        // A locked file inside an open one.
        pdf(&String::from_utf8(pdf("", "/Encrypt 5 0 R")).unwrap(), ""),
    ] {
        assert_eq!(verdict(&bytes, "a.pdf"), Ok(Kind::Pdf));
    }
    assert_eq!(verdict(&compound(&[("WordDocument", &fib(0xfeff))]), "a.doc"), Ok(Kind::Doc));
}

#[test]
fn a_name_that_contradicts_the_content_is_refused() {
    let jpeg = b"\xff\xd8\xff\xe0....";
    let say = judge(jpeg, "báo cáo.pdf", &Limits::default()).unwrap_err().say;
    assert!(say.starts_with("Tệp “báo cáo.pdf” không phải là tệp PDF"), "{say}");
    for (name, bytes) in [
        ("a.pdf", jpeg.to_vec()),
        ("a.pdf", b"MZ\x90\0\x03\0\0\0".to_vec()),
        ("a.pdf", b"<html><script>alert(1)</script></html>".to_vec()),
        ("a.pdf", b"no pdf at all".to_vec()),
        ("a.pdf", b"PK\x05\x06".to_vec()),
        ("a.jpg", pdf("", "")),
        ("a.xlsx", open_xml(WORD)),
        ("a.docx", compound(&[("WordDocument", &fib(0))])),
        ("a.docx", zipped(&[("a.txt", "a")])),
        ("a.doc", open_xml(WORD)),
        // Many programs export a web page under this name.
        ("a.xls", b"<table><tr><td>1</td></tr></table>".to_vec()),
        ("a.csv", pdf("", "")),
        ("a.eml", b"Hello: this is no mail".to_vec()),
        ("a.txt", b"a,b\0c".to_vec()),
        ("a.docx", open_xml("application/vnd.ms-word.document.macroEnabled.main+xml")),
    ] {
        assert_eq!(verdict(&bytes, name), Err("file-renamed"), "{name}");
    }
    // Text has no content of its own to tell: a name may make it a table or plain.
    assert_eq!(verdict(b"From: a\nTo: b\n\nc", "a.txt"), Ok(Kind::Txt));
}

#[test]
fn what_is_not_taken_says_why() {
    for (name, bytes, code) in [
        ("a.exe", b"MZ\x90\0\x03\0\0\0".to_vec(), "file-program"),
        ("a", b"\x7fELF\x02\x01".to_vec(), "file-program"),
        ("a.sh", b"#!/bin/sh\nrm -rf /".to_vec(), "file-program"),
        ("a.class", b"\xca\xfe\xba\xbe\0\0".to_vec(), "file-program"),
        ("a.lnk", b"\x4c\0\0\0\x01\x14\x02\0".to_vec(), "file-program"),
        ("a.html", b"<!DOCTYPE html><p>".to_vec(), "file-markup"),
        ("a.svg", b" \n<svg onload=alert(1)>".to_vec(), "file-markup"),
        ("a", b"\xef\xbb\xbf<?xml version='1.0'?><x/>".to_vec(), "file-markup"),
        ("a.zip", zipped(&[("a.txt", "a")]), "file-archive"),
        ("a.rar", b"Rar!\x1a\x07\x01\0".to_vec(), "file-archive"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c".to_vec(), "file-archive"),
        ("a.gz", b"\x1f\x8b\x08".to_vec(), "file-archive"),
        ("a.docm", open_xml("application/vnd.ms-word.document.macroEnabled.main+xml"), "file-macros"),
        ("a.heic", b"\0\0\0\x18ftypheic".to_vec(), "file-heic"),
        ("a.mp4", b"\0\0\0\x18ftypisom".to_vec(), "file-unknown"),
        ("a.ppt", compound(&[("PowerPoint Document", b"")]), "file-unknown"),
        ("a.bat", b"del *.*".to_vec(), "file-extension"),
        ("a.js", b"alert(1)".to_vec(), "file-extension"),
        ("a.pdf.exe", pdf("", ""), "file-extension"),
        ("a.txt", b"\xa4\xb5\xb6 TCVN3".to_vec(), "file-old-text"),
        ("a.csv", b"\xff\xfea\0,\0b\0".to_vec(), "file-old-text"),
        ("a.docx", b"PK\x03\x04 and then nothing".to_vec(), "file-damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing".to_vec(), "file-damaged"),
        ("a.pdf", Vec::new(), "file-empty"),
    ] {
        assert_eq!(verdict(&bytes, name), Err(code), "{name}");
    }
}

#[test]
fn limits_are_data() {
    let limits = Limits { max_bytes: 60, kinds: vec![Kind::Png, Kind::Jpeg] };
    assert_eq!(limits.say(), "Tối đa 0,1 KB. Nhận: ảnh PNG, ảnh JPEG.");
    assert_eq!(limits.accept(), ".png,.jpg,.jpeg,.jpe,.jfif");
    let png = |length: usize| [b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; length - 8]].concat();
    assert_eq!(judge(&png(60), "a.png", &limits), Ok(Kind::Png));
    let big = judge(&png(61), "a.png", &limits).unwrap_err();
    assert_eq!(big.code, "file-too-big");
    let gif = judge(b"GIF89a", "a.gif", &limits).unwrap_err();
    assert_eq!(gif.code, "file-unwanted");
    assert!(gif.say.contains("Ở đây chỉ nhận: ảnh PNG, ảnh JPEG"), "{}", gif.say);
    let read: Limits = serde_json::from_str(r#"{ "kinds": ["pdf"] }"#).unwrap();
    assert_eq!(read, Limits { kinds: vec![Kind::Pdf], ..Limits::default() });
    let mb = judge(&vec![b'a'; 21 * 1024 * 1024], "a.txt", &Limits::default()).unwrap_err();
    assert!(mb.say.contains("quá lớn: 21 MB, tối đa 20 MB"), "{}", mb.say);
}

/// Whatever comes in, an answer comes out: no panic, no endless walk.
#[test]
fn mangled_files_are_answered() {
    let seeds = [
        pdf("", "/Encrypt 5 0 R"),
        pdf_with_stream(""),
        open_xml(WORD),
        open_document("application/vnd.oasis.opendocument.text", "<m/>"),
        compound(&[("1Table", b""), ("WordDocument", &fib(0))]),
        compound(&[("Workbook", &book(&[0xe1]))]),
    ];
    let mut state = 7u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for seed in seeds {
        for _ in 0..400 {
            let mut bytes = seed.clone();
            for _ in 0..1 + next(6) {
                let at = next(bytes.len().min(1600));
                bytes[at] = next(256) as u8;
            }
            bytes.truncate(1 + next(2 * bytes.len()));
            let _ = judge(&bytes, "a.doc", &Limits::default());
        }
    }
}
