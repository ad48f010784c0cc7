//! Paragraphs and runs.

use super::xml::Xml;
use crate::Broken;
use crate::face::width;
use crate::nd30::{ND30, PT};
use crate::paper::{Dots, Lines};

/// Twentieths of a point, as Word counts lengths.
pub fn twips(points: f64) -> String {
    format!("{}", (points * 20.0).round() as i64)
}

pub fn twips_of_mm(mm: f64) -> String {
    twips(mm * PT)
}

/// A paragraph: a named style of `parts`, and what differs from it here.
#[derive(Clone, Copy)]
pub struct Para {
    style: &'static str,
    center: bool,
    keep: bool,
    /// Points above; the style's own where `None`.
    above: Option<f64>,
    below: f64,
    /// Left edge, mm.
    inset: Option<f64>,
}

impl Para {
    pub fn style(style: &'static str) -> Self {
        Self { style, center: false, keep: false, above: None, below: 0.0, inset: None }
    }

    pub fn center(mut self) -> Self {
        self.center = true;
        self
    }

    /// Stays on the page of the next paragraph.
    pub fn keep(mut self, keep: bool) -> Self {
        self.keep = keep;
        self
    }

    pub fn above(mut self, points: f64) -> Self {
        self.above = Some(points);
        self
    }

    pub fn below(mut self, points: f64) -> Self {
        self.below = points;
        self
    }

    pub fn inset(mut self, mm: f64) -> Self {
        self.inset = Some(mm);
        self
    }

    /// In the order that the schema wants.
    fn write(&self, xml: &mut Xml) -> Result<(), Broken> {
        xml.open("w:pPr", &[])?;
        xml.empty("w:pStyle", &[("w:val", self.style)])?;
        if self.keep {
            xml.empty("w:keepNext", &[])?;
        }
        match self.above {
            Some(above) => {
                xml.empty("w:spacing", &[("w:before", &twips(above)), ("w:after", &twips(self.below))])?;
            }
            None if self.below > 0.0 => xml.empty("w:spacing", &[("w:after", &twips(self.below))])?,
            None => {}
        }
        if let Some(mm) = self.inset {
            xml.empty("w:ind", &[("w:left", &twips_of_mm(mm))])?;
        }
        if self.center {
            xml.empty("w:jc", &[("w:val", "center")])?;
        }
        xml.close("w:pPr")
    }
}

/// Text of one look. A size of 0 is the style's own.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    text: &'a str,
    bold: bool,
    italic: bool,
    size: f64,
}

impl<'a> Run<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, bold: false, italic: false, size: 0.0 }
    }

    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    pub fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    /// In points.
    pub fn size(mut self, points: f64) -> Self {
        self.size = points;
        self
    }

    fn write(&self, xml: &mut Xml) -> Result<(), Broken> {
        xml.open("w:r", &[])?;
        xml.open("w:rPr", &[])?;
        if self.bold {
            xml.empty("w:b", &[])?;
        }
        if self.italic {
            xml.empty("w:i", &[])?;
        }
        if self.size > 0.0 {
            let half_points = format!("{}", (self.size * 2.0).round() as i64);
            xml.empty("w:sz", &[("w:val", &half_points)])?;
            xml.empty("w:szCs", &[("w:val", &half_points)])?;
        }
        xml.close("w:rPr")?;
        for (place, line) in self.text.split('\n').enumerate() {
            if place > 0 {
                xml.empty("w:br", &[])?;
            }
            xml.open("w:t", &[("xml:space", "preserve")])?;
            xml.text(line)?;
            xml.close("w:t")?;
        }
        xml.close("w:r")
    }
}

pub fn paragraph(xml: &mut Xml, para: &Para, runs: &[Run]) -> Result<(), Broken> {
    xml.open("w:p", &[])?;
    para.write(xml)?;
    for run in runs {
        run.write(xml)?;
    }
    xml.close("w:p")
}

/// A solid line under a text, centred in a column, as a paragraph with an upper border: it stays a line when
/// the office edits the text, which a drawn shape does not. `room` and `length` in mm.
pub fn rule(xml: &mut Xml, room: f64, length: f64) -> Result<(), Broken> {
    let side = twips_of_mm(((room - length) / 2.0).max(0.0));
    let eighths = format!("{}", (ND30.rule * 8.0).round() as i64);
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.empty("w:pStyle", &[("w:val", "Rule")])?;
    xml.open("w:pBdr", &[])?;
    xml.empty("w:top", &[("w:val", "single"), ("w:sz", &eighths), ("w:space", "1"), ("w:color", "000000")])?;
    xml.close("w:pBdr")?;
    xml.empty("w:ind", &[("w:left", &side), ("w:right", &side)])?;
    xml.close("w:pPr")?;
    xml.close("w:p")
}

/// The longest of some lines, mm.
pub fn longest(lines: &[String], bold: bool, size: f64) -> Result<f64, Broken> {
    lines.iter().try_fold(0.0, |most: f64, line| Ok(most.max(width(line, bold, size)?)))
}

/// The lines of a form. A QR code is not drawn: what it says stands there as text.
pub fn facts(xml: &mut Xml, lines: &Lines) -> Result<(), Broken> {
    for line in lines.rows.iter().flatten() {
        let label = if line.label.is_empty() { String::new() } else { format!("{}: ", line.label) };
        let text = Run::new(if line.text.is_empty() { "…………" } else { &line.text });
        let text = if line.bold { text.bold() } else { text };
        paragraph(xml, &Para::style("Plain").above(ND30.gap), &[Run::new(&label), text])?;
    }
    let Some(Dots { caption, content, .. }) = &lines.qr else { return Ok(()) };
    paragraph(xml, &Para::style("Plain").above(ND30.gap), &[Run::new(caption), Run::new(" "), Run::new(content)])
}

/// Ô 9a: one receiver on the line of "Kính gửi:", several under each other with dashes below the colon.
pub fn to(xml: &mut Xml, texts: &[String]) -> Result<(), Broken> {
    const OPENING: &str = "Kính gửi:";
    let s = &ND30;
    match texts {
        [] => Ok(()),
        [one] => paragraph(
            xml,
            &Para::style("Plain").center().above(s.gap * 3.0).below(s.gap * 2.0),
            &[Run::new(OPENING), Run::new(" "), Run::new(one)],
        ),
        many => {
            // The block is centred: what its longest line leaves of the page stands half at the left.
            let under = width(OPENING, false, s.body)?;
            let block = under + longest(many, false, s.body)?;
            let left = ((s.text_width(false) - block) / 2.0).max(0.0);
            paragraph(xml, &Para::style("Plain").inset(left).above(s.gap * 3.0), &[Run::new(OPENING)])?;
            for line in many {
                paragraph(xml, &Para::style("Plain").inset(left + under).above(s.gap), &[Run::new(line)])?;
            }
            super::table::air(xml, s.gap * 2.0)
        }
    }
}
