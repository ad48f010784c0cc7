//! Ô 1 to 5, and the head of an annex.

use super::table::{Column, columns};
use super::text::{Para, Run, longest, paragraph, rule};
use super::xml::Xml;
use crate::Broken;
use crate::face::width;
use crate::nd30::ND30;
use crate::paper::{Head, Named, Sheet};

/// Two columns without borders. Number and day stand in a row of their own, so they are on one line.
pub fn head(xml: &mut Xml, head: &Head) -> Result<(), Broken> {
    let s = &ND30;
    let right = s.text_width(false) - s.agency_column;
    let agency: Column = (s.agency_column, &|xml| agency(xml, head));
    let country: Column = (right, &|xml| country(xml, head, right));
    let number: Column = (s.agency_column, &|xml| number(xml, head));
    let day: Column = (right, &|xml| day(xml, head));
    columns(xml, &[&[agency, country], &[number, day]])
}

fn agency(xml: &mut Xml, head: &Head) -> Result<(), Broken> {
    let s = &ND30;
    let para = Para::style("Plain").center();
    for line in &head.parent {
        paragraph(xml, &para, &[Run::new(line).size(s.agency)])?;
    }
    for line in &head.agency {
        paragraph(xml, &para, &[Run::new(line).bold().size(s.agency)])?;
    }
    rule(xml, s.agency_column, longest(&head.agency, true, s.agency)? * s.rule_share)
}

fn country(xml: &mut Xml, head: &Head, room: f64) -> Result<(), Broken> {
    let s = &ND30;
    let para = Para::style("Plain").center();
    paragraph(xml, &para, &[Run::new(head.country).bold().size(s.country)])?;
    paragraph(xml, &para, &[Run::new(head.motto).bold().size(s.motto)])?;
    // II.1.b: as long as the motto.
    rule(xml, room, width(head.motto, true, s.motto)?)
}

fn number(xml: &mut Xml, head: &Head) -> Result<(), Broken> {
    let s = &ND30;
    let para = Para::style("Plain").center();
    paragraph(xml, &para.above(4.0), &[Run::new(&head.number).size(s.number)])?;
    for (place, line) in head.about.iter().enumerate() {
        let above = if place == 0 { s.about_gap } else { 0.0 };
        paragraph(xml, &para.above(above), &[Run::new(line).size(s.about)])?;
    }
    Ok(())
}

fn day(xml: &mut Xml, head: &Head) -> Result<(), Broken> {
    let day = head.day.as_deref().unwrap_or_default();
    paragraph(xml, &Para::style("Plain").center().above(4.0), &[Run::new(day).italic().size(ND30.day)])
}

/// Ô 5a.
pub fn named(xml: &mut Xml, named: &Named) -> Result<(), Broken> {
    let s = &ND30;
    let para = Para::style("Plain").center().keep(true);
    paragraph(xml, &para.above(18.0), &[Run::new(&named.name).bold().size(s.name)])?;
    for line in &named.title {
        paragraph(xml, &para, &[Run::new(line).bold().size(s.title)])?;
    }
    rule(xml, s.text_width(false), longest(&named.title, true, s.title)? * s.rule_share)
}

/// Who decides, and "QUYẾT ĐỊNH:".
pub fn banner(xml: &mut Xml, words: &str) -> Result<(), Broken> {
    let s = &ND30;
    paragraph(xml, &Para::style("Plain").center().keep(true).above(12.0).below(s.gap), &[Run::new(words).bold()])
}

/// III.1: label, title and where it belongs, centred.
pub fn annex(xml: &mut Xml, annex: &Sheet) -> Result<(), Broken> {
    let s = &ND30;
    let label = Para::style("Heading1");
    paragraph(xml, &label, &[Run::new(&annex.label).size(s.annex_label)])?;
    let para = Para::style("Plain").center().keep(true);
    for line in &annex.title {
        paragraph(xml, &para, &[Run::new(line).bold().size(s.annex_title)])?;
    }
    if annex.with.is_empty() {
        return Ok(());
    }
    for line in &annex.with {
        paragraph(xml, &para, &[Run::new(line).italic()])?;
    }
    let room = s.text_width(annex.landscape);
    rule(xml, room, longest(&annex.with, false, s.body)? * s.rule_share)
}
