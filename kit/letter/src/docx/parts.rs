//! The fixed files of the package, and the styles that carry the decree's measures.

use super::text::twips;
use super::xml::Xml;
use crate::Broken;
use crate::nd30::{ND30, PT};
use crate::paper::About;

pub const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

pub const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>"#,
    r#"<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>"#,
    r#"<Override PartName="/word/header2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>"#,
    r#"<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    r#"<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>"#,
    "</Types>",
);

pub const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>"#,
    "</Relationships>",
);

pub const DOCUMENT_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>"#,
    r#"<Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header2.xml"/>"#,
    r#"<Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>"#,
    "</Relationships>",
);

pub const APP: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">"#,
    "<Application>Cửa Việt</Application></Properties>",
);

/// Compatibility 15 is Word 2013 and later: without it Word opens the file in its mode for old documents.
pub const SETTINGS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>"#,
    r#"<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"#,
    "</w:settings>",
);

/// Title, agency and day, which a register reads without opening the text.
pub fn core(about: &About) -> Result<String, Broken> {
    let day = format!("{:04}-{:02}-{:02}T00:00:00Z", about.year, about.month, about.day);
    let mut xml = Xml::new()?;
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    )?;
    for (name, text) in [("dc:title", about.title.as_str()), ("dc:creator", &about.author), ("dc:language", "vi-VN")] {
        xml.open(name, &[])?;
        xml.text(text)?;
        xml.close(name)?;
    }
    for name in ["dcterms:created", "dcterms:modified"] {
        xml.open(name, &[("xsi:type", "dcterms:W3CDTF")])?;
        xml.text(&day)?;
        xml.close(name)?;
    }
    xml.close("cp:coreProperties")?;
    xml.finish()
}

/// A style: its measures in points, what it does to text.
struct Style {
    id: &'static str,
    name: &'static str,
    size: f64,
    above: f64,
    below: f64,
    /// Of a single line.
    line: f64,
    indent: f64,
    align: &'static str,
    bold: bool,
    keep: bool,
    level: Option<&'static str>,
}

impl Style {
    const fn new(id: &'static str, name: &'static str, size: f64, align: &'static str) -> Self {
        Self {
            id,
            name,
            size,
            above: 0.0,
            below: 0.0,
            line: 1.0,
            indent: 0.0,
            align,
            bold: false,
            keep: false,
            level: None,
        }
    }
}

/// The measures of `nd30`, as styles an office can change in one place.
fn all() -> Vec<Style> {
    let s = &ND30;
    let line = s.line / s.single;
    let indent = s.indent * PT;
    let cell = s.cell_above;
    let body = Style { above: s.gap, line, indent, ..Style::new("Normal", "Normal", s.body, "both") };
    vec![
        Style { id: "Heading2", name: "heading 2", align: "left", bold: true, keep: true, level: Some("1"), ..body },
        body,
        Style {
            bold: true,
            keep: true,
            level: Some("0"),
            ..Style::new("Heading1", "heading 1", s.annex_label, "center")
        },
        Style::new("Plain", "Dòng riêng", s.body, "left"),
        Style { above: cell, below: cell, ..Style::new("CellLeft", "Ô bảng trái", s.table, "left") },
        Style { above: cell, below: cell, ..Style::new("CellCenter", "Ô bảng giữa", s.table, "center") },
        Style { above: cell, below: cell, ..Style::new("CellRight", "Ô bảng phải", s.table, "right") },
        Style { above: 3.0, below: 6.0, ..Style::new("Rule", "Đường kẻ", 2.0, "center") },
        Style::new("Tiny", "Ngăn cách", 1.0, "left"),
    ]
}

pub fn styles() -> Result<String, Broken> {
    let mut xml = Xml::new()?;
    xml.open("w:styles", NAMESPACES)?;
    xml.open("w:docDefaults", &[])?;
    xml.open("w:rPrDefault", &[])?;
    xml.open("w:rPr", &[])?;
    face(&mut xml)?;
    xml.empty("w:lang", &[("w:val", "vi-VN"), ("w:eastAsia", "vi-VN")])?;
    xml.close("w:rPr")?;
    xml.close("w:rPrDefault")?;
    xml.close("w:docDefaults")?;
    for style in all() {
        one_style(&mut xml, &style)?;
    }
    xml.close("w:styles")?;
    xml.finish()
}

/// I.4. Said in each style too: programs give headings a face of their own where none is named.
fn face(xml: &mut Xml) -> Result<(), Broken> {
    let face = "Times New Roman";
    xml.empty("w:rFonts", &[("w:ascii", face), ("w:hAnsi", face), ("w:eastAsia", face), ("w:cs", face)])
}

fn one_style(xml: &mut Xml, style: &Style) -> Result<(), Broken> {
    let mut attributes = vec![("w:type", "paragraph"), ("w:styleId", style.id)];
    if style.id == "Normal" {
        attributes.push(("w:default", "1"));
    }
    xml.open("w:style", &attributes)?;
    xml.empty("w:name", &[("w:val", style.name)])?;
    xml.empty("w:qFormat", &[])?;
    xml.open("w:pPr", &[])?;
    if style.keep {
        xml.empty("w:keepNext", &[])?;
    }
    let line = format!("{}", (style.line * 240.0).round() as i64);
    let (above, below) = (twips(style.above), twips(style.below));
    xml.empty("w:spacing", &[("w:before", &above), ("w:after", &below), ("w:line", &line), ("w:lineRule", "auto")])?;
    xml.empty("w:ind", &[("w:firstLine", &twips(style.indent))])?;
    xml.empty("w:jc", &[("w:val", style.align)])?;
    if let Some(level) = style.level {
        xml.empty("w:outlineLvl", &[("w:val", level)])?;
    }
    xml.close("w:pPr")?;
    xml.open("w:rPr", &[])?;
    face(xml)?;
    if style.bold {
        xml.empty("w:b", &[])?;
    }
    let half_points = format!("{}", (style.size * 2.0).round() as i64);
    xml.empty("w:sz", &[("w:val", &half_points)])?;
    xml.empty("w:szCs", &[("w:val", &half_points)])?;
    xml.close("w:rPr")?;
    xml.close("w:style")
}

/// I.7: centred in the top margin; the first page of a section has the other header.
pub fn page_number() -> Result<String, Broken> {
    header(|xml| {
        xml.open("w:fldSimple", &[("w:instr", " PAGE ")])?;
        xml.open("w:r", &[])?;
        xml.open("w:t", &[])?;
        xml.text("2")?;
        xml.close("w:t")?;
        xml.close("w:r")?;
        xml.close("w:fldSimple")
    })
}

pub fn empty_header() -> Result<String, Broken> {
    header(|_| Ok(()))
}

fn header(content: impl Fn(&mut Xml) -> Result<(), Broken>) -> Result<String, Broken> {
    let mut xml = Xml::new()?;
    xml.open("w:hdr", NAMESPACES)?;
    centred(&mut xml, content)?;
    xml.close("w:hdr")?;
    xml.finish()
}

/// The mark of sample data, in grey at the foot of every page; an empty line where there is none.
pub fn mark(words: Option<&str>) -> Result<String, Broken> {
    let mut xml = Xml::new()?;
    xml.open("w:ftr", NAMESPACES)?;
    centred(&mut xml, |xml| {
        let Some(words) = words else { return Ok(()) };
        xml.open("w:r", &[])?;
        xml.open("w:rPr", &[])?;
        xml.empty("w:b", &[])?;
        xml.empty("w:color", &[("w:val", "A6A6A6")])?;
        xml.empty("w:sz", &[("w:val", "28")])?;
        xml.close("w:rPr")?;
        xml.open("w:t", &[("xml:space", "preserve")])?;
        xml.text(words)?;
        xml.close("w:t")?;
        xml.close("w:r")
    })?;
    xml.close("w:ftr")?;
    xml.finish()
}

fn centred(xml: &mut Xml, content: impl Fn(&mut Xml) -> Result<(), Broken>) -> Result<(), Broken> {
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.empty("w:pStyle", &[("w:val", "Plain")])?;
    xml.empty("w:jc", &[("w:val", "center")])?;
    xml.close("w:pPr")?;
    content(xml)?;
    xml.close("w:p")
}
