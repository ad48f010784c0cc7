//! Tables: those of the text, and the ones without borders that hold columns of the sheet.

use super::text::{Para, Run, paragraph, twips, twips_of_mm};
use super::xml::Xml;
use crate::nd30::{ND30, PT};
use crate::paper::{Cell, Grid};
use crate::{Align, Broken};

/// A cell of the sheet: its width in mm, and what writes its paragraphs (at least one).
pub type Column<'a> = (f64, &'a dyn Fn(&mut Xml) -> Result<(), Broken>);

/// Columns of the sheet, side by side, never broken over pages.
pub fn columns(xml: &mut Xml, rows: &[&[Column]]) -> Result<(), Broken> {
    let widths: Vec<f64> = rows.first().into_iter().flat_map(|row| row.iter()).map(|(mm, _)| mm * PT).collect();
    open(xml, &widths, false)?;
    for row in rows {
        xml.open("w:tr", &[])?;
        xml.open("w:trPr", &[])?;
        xml.empty("w:cantSplit", &[])?;
        xml.close("w:trPr")?;
        for (mm, write) in *row {
            xml.open("w:tc", &[])?;
            xml.open("w:tcPr", &[])?;
            xml.empty("w:tcW", &[("w:w", &twips_of_mm(*mm)), ("w:type", "dxa")])?;
            xml.close("w:tcPr")?;
            write(xml)?;
            xml.close("w:tc")?;
        }
        xml.close("w:tr")?;
    }
    xml.close("w:tbl")
}

/// Air above a table. The paragraph also keeps two tables apart, which Word would otherwise join.
pub fn air(xml: &mut Xml, points: f64) -> Result<(), Broken> {
    paragraph(xml, &Para::style("Tiny").keep(true).above(points), &[])
}

/// A table of the text; its header is repeated on each page.
pub fn grid(xml: &mut Xml, grid: &Grid) -> Result<(), Broken> {
    air(xml, ND30.gap)?;
    open(xml, &grid.widths, true)?;
    header(xml, grid)?;
    for row in &grid.rows {
        xml.open("w:tr", &[])?;
        xml.open("w:trPr", &[])?;
        xml.empty("w:cantSplit", &[])?;
        xml.close("w:trPr")?;
        for ((text, width), align) in row.cells.iter().zip(&grid.widths).zip(&grid.aligns) {
            xml.open("w:tc", &[])?;
            xml.open("w:tcPr", &[])?;
            xml.empty("w:tcW", &[("w:w", &twips(*width)), ("w:type", "dxa")])?;
            if row.shade {
                xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", "EBEBEB")])?;
            }
            xml.empty("w:vAlign", &[("w:val", "center")])?;
            xml.close("w:tcPr")?;
            let run = if row.bold { Run::new(text).bold() } else { Run::new(text) };
            paragraph(xml, &Para::style(style_of(*align)), &[run])?;
            xml.close("w:tc")?;
        }
        xml.close("w:tr")?;
    }
    xml.close("w:tbl")?;
    paragraph(xml, &Para::style("Tiny").above(ND30.gap), &[])
}

fn style_of(align: Align) -> &'static str {
    match align {
        Align::Left => "CellLeft",
        Align::Center => "CellCenter",
        Align::Right => "CellRight",
    }
}

fn open(xml: &mut Xml, widths: &[f64], ruled: bool) -> Result<(), Broken> {
    let total = twips(widths.iter().sum());
    xml.open("w:tbl", &[])?;
    xml.open("w:tblPr", &[])?;
    xml.empty("w:tblW", &[("w:w", &total), ("w:type", "dxa")])?;
    xml.empty("w:jc", &[("w:val", "center")])?;
    if ruled {
        xml.open("w:tblBorders", &[])?;
        for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
            xml.empty(side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")])?;
        }
        xml.close("w:tblBorders")?;
    }
    xml.empty("w:tblLayout", &[("w:type", "fixed")])?;
    let side = if ruled { twips(ND30.cell_side) } else { "0".to_owned() };
    xml.open("w:tblCellMar", &[])?;
    xml.empty("w:left", &[("w:w", &side), ("w:type", "dxa")])?;
    xml.empty("w:right", &[("w:w", &side), ("w:type", "dxa")])?;
    xml.close("w:tblCellMar")?;
    xml.close("w:tblPr")?;
    xml.open("w:tblGrid", &[])?;
    for width in widths {
        xml.empty("w:gridCol", &[("w:w", &twips(*width))])?;
    }
    xml.close("w:tblGrid")
}

/// One or two rows. Where a cell goes down both, Word wants an empty one in the second row that continues it.
fn header(xml: &mut Xml, grid: &Grid) -> Result<(), Broken> {
    let Some(upper) = grid.header.first() else { return Ok(()) };
    head_row(xml, grid, upper.iter().map(|cell| (cell, false)))?;
    let Some(lower) = grid.header.get(1) else { return Ok(()) };
    let mut lower = lower.iter();
    let mut row = Vec::new();
    for cell in upper {
        if cell.down > 1 {
            row.push((cell, true));
        } else {
            row.extend(lower.by_ref().take(cell.across).map(|cell| (cell, false)));
        }
    }
    head_row(xml, grid, row.into_iter())
}

/// Each cell with whether it continues the one above.
fn head_row<'a>(xml: &mut Xml, grid: &Grid, cells: impl Iterator<Item = (&'a Cell, bool)>) -> Result<(), Broken> {
    xml.open("w:tr", &[])?;
    xml.open("w:trPr", &[])?;
    xml.empty("w:cantSplit", &[])?;
    if grid.repeats {
        xml.empty("w:tblHeader", &[])?;
    }
    xml.close("w:trPr")?;
    let mut widths = grid.widths.iter();
    for (cell, continues) in cells {
        let width: f64 = widths.by_ref().take(cell.across).sum();
        xml.open("w:tc", &[])?;
        xml.open("w:tcPr", &[])?;
        xml.empty("w:tcW", &[("w:w", &twips(width)), ("w:type", "dxa")])?;
        if cell.across > 1 {
            xml.empty("w:gridSpan", &[("w:val", &cell.across.to_string())])?;
        }
        if cell.down > 1 {
            xml.empty("w:vMerge", if continues { &[] } else { &[("w:val", "restart")] })?;
        }
        xml.empty("w:vAlign", &[("w:val", "center")])?;
        xml.close("w:tcPr")?;
        let text = if continues { "" } else { cell.text.as_str() };
        paragraph(xml, &Para::style("CellCenter"), &[Run::new(text).bold().size(ND30.table)])?;
        xml.close("w:tc")?;
    }
    xml.close("w:tr")
}
