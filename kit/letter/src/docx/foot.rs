//! Ô 7 and 9b.

use super::table::{Column, air, columns};
use super::text::{Para, Run, paragraph};
use super::xml::Xml;
use crate::Broken;
use crate::nd30::{ND30, PT};
use crate::paper::{Foot, Sign};

pub fn foot(xml: &mut Xml, foot: &Foot) -> Result<(), Broken> {
    let s = &ND30;
    let room = s.text_width(false);
    air(xml, s.gap * 2.0)?;
    let receivers: Column = (s.receiver_column, &|xml| receivers(xml, &foot.receivers));
    match &foot.second {
        None => {
            let signer: Column = (room - s.receiver_column, &|xml| sign(xml, &foot.signer));
            columns(xml, &[&[receivers, signer]])
        }
        Some(second) => {
            let left: Column = (room / 2.0, &|xml| sign(xml, second));
            let right: Column = (room / 2.0, &|xml| sign(xml, &foot.signer));
            columns(xml, &[&[left, right]])?;
            air(xml, s.gap * 2.0)?;
            for_each_receiver(xml, &foot.receivers)
        }
    }
}

/// `room`: the width of the text, mm.
pub fn signatures(xml: &mut Xml, signs: &[Sign], room: f64) -> Result<(), Broken> {
    if signs.is_empty() {
        return Ok(());
    }
    air(xml, ND30.gap * 2.0)?;
    let each = room / signs.len() as f64;
    let cells: Vec<_> = signs.iter().map(|one| move |xml: &mut Xml| sign(xml, one)).collect();
    let row: Vec<Column> = cells.iter().map(|cell| (each, cell as &dyn Fn(&mut Xml) -> Result<(), Broken>)).collect();
    columns(xml, &[&row])
}

fn sign(xml: &mut Xml, one: &Sign) -> Result<(), Broken> {
    let s = &ND30;
    let para = Para::style("Plain").center().keep(true);
    for line in &one.titles {
        paragraph(xml, &para, &[Run::new(line).bold().size(s.signer)])?;
    }
    if !one.note.is_empty() {
        paragraph(xml, &para, &[Run::new(&one.note).italic().size(s.receivers)])?;
    }
    let name = Para::style("Plain").center().above(s.sign_room * PT);
    paragraph(xml, &name, &[Run::new(&one.name).bold().size(s.signer)])
}

fn receivers(xml: &mut Xml, texts: &[String]) -> Result<(), Broken> {
    if texts.is_empty() {
        // A cell without a paragraph is not a valid one.
        return paragraph(xml, &Para::style("Plain"), &[]);
    }
    for_each_receiver(xml, texts)
}

fn for_each_receiver(xml: &mut Xml, texts: &[String]) -> Result<(), Broken> {
    let s = &ND30;
    if !texts.is_empty() {
        let title = Run::new("Nơi nhận:").bold().italic().size(s.receivers_title);
        paragraph(xml, &Para::style("Plain"), &[title])?;
    }
    texts.iter().try_for_each(|text| paragraph(xml, &Para::style("Plain"), &[Run::new(text).size(s.receivers)]))
}
