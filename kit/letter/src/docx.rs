//! The DOCX writer: the same sheet as WordprocessingML (ECMA-376, transitional), for an office that goes on
//! writing in it. Times New Roman is named, not embedded: every office program here has it or its metric twin.
//!
//! Read `parts` for the fixed files of the package, `xml` for how text gets in (escaped, always), then `text`,
//! `table`, `head` and `foot` in the order of the sheet.

mod foot;
mod head;
mod parts;
mod table;
mod text;
mod xml;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::nd30::ND30;
use crate::paper::{Paper, Part, Sheet};
use crate::{Broken, Letter};
use text::{Para, Run};
use xml::Xml;

/// The letter as a DOCX file. The same letter gives the same bytes.
///
/// # Errors
/// `Broken` when the house is at fault: faces missing for the measures, a package that cannot be written.
pub fn docx(letter: &Letter) -> Result<Vec<u8>, Broken> {
    let paper = Paper::of(letter, &ND30, base::day::today(base::Timestamp::now()))?;
    pack(&[
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(&paper.about)?),
        ("docProps/app.xml", parts::APP.to_owned()),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", parts::styles()?),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/header1.xml", parts::page_number()?),
        ("word/header2.xml", parts::empty_header()?),
        ("word/footer1.xml", parts::mark(paper.sample.as_deref())?),
        ("word/document.xml", document(&paper)?),
    ])
}

/// A package with one fixed time in it, so that nothing but the letter changes its bytes.
fn pack(files: &[(&str, String)]) -> Result<Vec<u8>, Broken> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, options).map_err(|error| Broken::at("docx", error))?;
        zip.write_all(content.as_bytes()).map_err(|error| Broken::at("docx", error))?;
    }
    let packed = zip.finish().map_err(|error| Broken::at("docx", error))?;
    Ok(packed.into_inner())
}

fn document(paper: &Paper) -> Result<String, Broken> {
    let mut xml = Xml::new()?;
    xml.open("w:document", parts::NAMESPACES)?;
    xml.open("w:body", &[])?;
    head::head(&mut xml, &paper.head)?;
    if let Some(named) = &paper.named {
        head::named(&mut xml, named)?;
    }
    if let Some(issuer) = &paper.issuer {
        head::banner(&mut xml, issuer)?;
    }
    text::to(&mut xml, &paper.to)?;
    for basis in &paper.basis {
        text::paragraph(&mut xml, &Para::style("Normal"), &[Run::new(basis).italic()])?;
    }
    if let Some(resolves) = &paper.resolves {
        head::banner(&mut xml, resolves)?;
    }
    body(&mut xml, &paper.body, true, false)?;
    if let Some(foot) = &paper.foot {
        foot::foot(&mut xml, foot)?;
    }
    sections(&mut xml, &paper.annexes)?;
    xml.close("w:body")?;
    xml.close("w:document")?;
    xml.finish()
}

/// Each annex is a section: its own orientation, its own page numbers. A section is described at its end,
/// so the letter's comes first, in a paragraph too small to be seen, and the last one ends the body.
fn sections(xml: &mut Xml, annexes: &[Sheet]) -> Result<(), Broken> {
    let mut landscape = false;
    for annex in annexes {
        xml.open("w:p", &[])?;
        xml.open("w:pPr", &[])?;
        xml.empty("w:pStyle", &[("w:val", "Tiny")])?;
        section(xml, landscape)?;
        xml.close("w:pPr")?;
        xml.close("w:p")?;
        head::annex(xml, annex)?;
        body(xml, &annex.body, false, annex.landscape)?;
        landscape = annex.landscape;
    }
    section(xml, landscape)
}

fn section(xml: &mut Xml, landscape: bool) -> Result<(), Broken> {
    let s = &ND30;
    let (long, short) = (text::twips_of_mm(s.page_height), text::twips_of_mm(s.page_width));
    let (width, height) = if landscape { (long, short) } else { (short, long) };
    let header = text::twips_of_mm(s.number_above - 5.0);
    xml.open("w:sectPr", &[])?;
    xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", "rId3")])?;
    xml.empty("w:headerReference", &[("w:type", "first"), ("r:id", "rId4")])?;
    xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rId5")])?;
    xml.empty("w:footerReference", &[("w:type", "first"), ("r:id", "rId5")])?;
    xml.empty("w:type", &[("w:val", "nextPage")])?;
    let mut size = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
    if landscape {
        size.push(("w:orient", "landscape"));
    }
    xml.empty("w:pgSz", &size)?;
    xml.empty(
        "w:pgMar",
        &[
            ("w:top", &text::twips_of_mm(s.top)),
            ("w:right", &text::twips_of_mm(s.right)),
            ("w:bottom", &text::twips_of_mm(s.bottom)),
            ("w:left", &text::twips_of_mm(s.left)),
            ("w:header", &header),
            ("w:footer", &text::twips_of_mm(8.0)),
            ("w:gutter", "0"),
        ],
    )?;
    xml.empty("w:pgNumType", &[("w:start", "1")])?;
    xml.empty("w:titlePg", &[])?;
    xml.close("w:sectPr")
}

/// `keep`: the last paragraph stays on the page of the signature.
fn body(xml: &mut Xml, parts: &[Part], keep: bool, landscape: bool) -> Result<(), Broken> {
    for (place, part) in parts.iter().enumerate() {
        let last = keep && place + 1 == parts.len();
        match part {
            Part::Heading { text } => text::paragraph(xml, &Para::style("Heading2"), &[Run::new(text)])?,
            Part::Paragraph { text } => text::paragraph(xml, &Para::style("Normal").keep(last), &[Run::new(text)])?,
            Part::Article { lead, text } if text.is_empty() => {
                text::paragraph(xml, &Para::style("Normal").keep(true), &[Run::new(lead).bold()])?;
            }
            Part::Article { lead, text } => {
                let runs = [Run::new(lead).bold(), Run::new(" "), Run::new(text)];
                text::paragraph(xml, &Para::style("Normal").keep(last), &runs)?;
            }
            Part::Table(grid) => table::grid(xml, grid)?,
            Part::Facts(lines) => text::facts(xml, lines)?,
            Part::Signatures { signs } => foot::signatures(xml, signs, ND30.text_width(landscape))?,
        }
    }
    Ok(())
}
