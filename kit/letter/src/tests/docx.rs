//! The DOCX as a package, and as LibreOffice Writer opens it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::Command;

use letter::Letter;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::pdf::Read;
use super::samples;

/// The files of the package by name.
fn unpacked(letter: &Letter) -> BTreeMap<String, String> {
    let mut zip = ZipArchive::new(Cursor::new(letter::docx(letter).unwrap())).unwrap();
    (0..zip.len())
        .map(|place| {
            let mut file = zip.by_index(place).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// Text of all runs, a line for each paragraph. Fails on XML that is not well formed.
fn text(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut out = String::new();
    let mut open: Vec<String> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) => open.push(tag.name().as_ref().to_owned()),
            Event::End(tag) => {
                assert_eq!(open.pop().as_deref(), Some(tag.name().as_ref()));
                if tag.name().as_ref() == "w:p" {
                    out.push('\n');
                }
            }
            Event::Empty(tag) if tag.name().as_ref() == "w:br" => out.push('\n'),
            Event::Text(text) => out.push_str(&text),
            Event::GeneralRef(name) => out.push_str(match &*name {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("&{other};"),
            }),
            _ => {}
        }
    }
    assert!(open.is_empty());
    out
}

#[test]
fn package_is_whole_and_says_what_the_letter_says() {
    let files = unpacked(&samples::report());
    for (name, xml) in &files {
        text(xml);
        let part = format!("/{name}");
        let typed =
            files["[Content_Types].xml"].contains(&part) || name.ends_with(".rels") || name == "[Content_Types].xml";
        assert!(typed, "{name} has no type of its own");
    }
    let document = text(&files["word/document.xml"]);
    for line in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
        "SỞ CÔNG THƯƠNG\n",
        "Số: 312/BC-SCT\n",
        "Quảng Trị, ngày 24 tháng 11 năm 2020\n",
        "- Ủy ban nhân dân tỉnh Quảng Trị;\n- Sở Nội vụ tỉnh Quảng Trị.\n",
        "PHÓ GIÁM ĐỐC\n",
        "Nơi nhận:\n- Như trên;\n",
        "Phụ lục I\nBẢNG TỰ ĐÁNH GIÁ, CHẤM ĐIỂM\n",
        "#1 *không* in _đậm_ $x$ <b> \\ \"ngoặc\"\n",
    ] {
        assert!(document.contains(line), "no {line:?} in\n{document}");
    }
    assert!(text(&files["word/footer1.xml"]).contains("DỮ LIỆU MẪU"));
}

#[test]
fn sheet_measures_are_those_of_the_decree() {
    let files = unpacked(&samples::report());
    let document = &files["word/document.xml"];
    // 20, 20, 20 and 30 mm in twentieths of a point: mm × 1440 / 25.4.
    let margins = r#"<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701""#;
    assert_eq!(document.matches(margins).count(), 3, "the letter and two annexes");
    assert_eq!(document.matches(r#"<w:pgSz w:w="11906" w:h="16838"/>"#).count(), 2, "A4 upright");
    assert_eq!(document.matches(r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#).count(), 1);
    assert_eq!(document.matches("<w:titlePg/>").count(), 3, "no number on a first page");
    assert_eq!(document.matches(r#"<w:pgNumType w:start="1"/>"#).count(), 3, "annexes count from 1");
    let normal = files["word/styles.xml"]
        .split("</w:style>")
        .find(|style| style.contains(r#"w:styleId="Normal""#))
        .unwrap()
        .to_owned();
    for measure in [
        r#"w:before="120""#,
        r#"w:firstLine="567""#,
        r#"<w:jc w:val="both"/>"#,
        r#"<w:sz w:val="28"/>"#,
        "Times New Roman",
    ] {
        assert!(normal.contains(measure), "{measure}: {normal}");
    }
    assert!(files["word/header1.xml"].contains(" PAGE "));
    assert!(!files["word/header2.xml"].contains("PAGE"));
}

#[test]
fn table_header_repeats_and_its_groups_span() {
    let document = &unpacked(&samples::decision())["word/document.xml"];
    assert_eq!(document.matches("<w:tblHeader/>").count(), 2, "both rows of the header");
    assert!(document.contains(r#"<w:gridSpan w:val="3"/>"#));
    assert_eq!(document.matches(r#"<w:vMerge w:val="restart"/>"#).count(), 4);
    assert_eq!(document.matches("<w:vMerge/>").count(), 4);
    // Every row of the ranking has its seven columns.
    let table = document.rsplit("<w:tbl>").next().unwrap();
    for row in table.split("</w:tr>").filter(|row| row.contains("Sở, ban, ngành")) {
        assert_eq!(row.matches("<w:tc>").count(), 7);
    }
}

#[test]
fn package_is_the_same_each_time() {
    let letter = samples::decision();
    assert_eq!(letter::docx(&letter).unwrap(), letter::docx(&letter).unwrap());
}

/// Where Writer is installed. A text file is converted beside the papers: if that fails too, it is the host.
#[test]
fn libreoffice_opens_it() {
    let folder = std::env::temp_dir().join(format!("letter-docx-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("probe.txt"), "x").unwrap();
    let papers = [
        ("decision", samples::decision()),
        ("report", samples::report()),
        ("official", samples::official()),
        ("minutes", samples::minutes()),
    ];
    for (name, letter) in &papers {
        std::fs::write(folder.join(format!("{name}.docx")), letter::docx(letter).unwrap()).unwrap();
    }
    if convert(&folder).is_none() {
        println!("skipped: no soffice with Writer on this host");
    } else {
        let read = |name: &str| Read::bytes(&std::fs::read(folder.join(format!("{name}.pdf"))).unwrap());
        let decision = read("decision");
        decision.says(1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").says(1, "Số: 07/QĐ-UBND");
        decision.says(decision.pages.len(), "Sở, ban, ngành thứ 60 của tỉnh");
        read("report").says(1, "KẾT QUẢ TỰ ĐÁNH GIÁ");
        read("official").says(1, "Kính gửi: Sở Nội vụ");
        read("minutes").says(1, "Đỗ Thị Ỷ Lan");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

fn convert(folder: &Path) -> Option<()> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let names = ["probe.txt", "decision.docx", "report.docx", "official.docx", "minutes.docx"];
    Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .args(names.map(|name| folder.join(name)))
        .output()
        .ok()?;
    folder.join("probe.pdf").exists().then_some(())
}
