//! The lines of a form, and the QR code beside them.

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

use super::words::clean;
use crate::{Broken, Fact, Qr};

#[derive(Serialize)]
pub struct Lines {
    pub rows: Vec<Vec<Line>>,
    pub qr: Option<Dots>,
}

#[derive(Serialize)]
pub struct Line {
    pub label: String,
    pub text: String,
    pub bold: bool,
}

/// A QR code as it is drawn: runs of dark modules, so that no white seam is between two of one row.
#[derive(Serialize)]
pub struct Dots {
    /// Modules along a side, without the light edge.
    pub side: usize,
    /// Column, row, length.
    pub runs: Vec<(usize, usize, usize)>,
    pub caption: String,
    /// What it says, for a writer that draws none.
    pub content: String,
}

impl Lines {
    pub fn of(rows: &[Vec<Fact>], qr: Option<&Qr>) -> Result<Self, Broken> {
        let line = |fact: &Fact| Line {
            label: clean(&fact.label).trim().to_owned(),
            text: clean(&fact.text).trim().to_owned(),
            bold: fact.bold,
        };
        let rows = rows.iter().map(|row| row.iter().map(line).collect::<Vec<_>>());
        Ok(Self { rows: rows.filter(|row| !row.is_empty()).collect(), qr: qr.map(Dots::of).transpose()? })
    }
}

impl Dots {
    fn of(qr: &Qr) -> Result<Self, Broken> {
        // M: a stamp or a fold over a seventh of it does no harm.
        let code = QrCode::with_error_correction_level(&qr.content, EcLevel::M).map_err(|no| Broken::at("qr", no))?;
        let side = code.width();
        let colors = code.into_colors();
        let mut runs = Vec::new();
        for (y, row) in colors.chunks(side.max(1)).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run.first() == Some(&Color::Dark) {
                    runs.push((x, y, run.len()));
                }
                x += run.len();
            }
        }
        Ok(Self { side, runs, caption: clean(&qr.caption), content: clean(&qr.content) })
    }
}
