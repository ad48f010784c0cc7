//! How cells look, and how one is put down.

use base::number;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::{Cell, Kind, decimal};

const LINE: Color = Color::RGB(0xB1B4B6);
const HEADER: Color = Color::RGB(0xE8EEF4);
const ERROR: Color = Color::RGB(0xFFC7CE);

/// The formats of a file, made once.
pub(crate) struct Paint {
    pub title: Format,
    pub note: Format,
    pub header: Format,
    pub heading: Format,
    pub guide: Format,
    pub text: Format,
    pub error: Format,
    kinds: Vec<(Kind, [Format; 3])>,
}

impl Paint {
    pub(crate) fn new() -> Self {
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let bordered = Format::new().set_border(FormatBorder::Thin).set_border_color(LINE);
        let digits = (0..=6).map(|digits| Kind::Number(Some(digits)));
        let kinds = [Kind::Text, Kind::Number(None), Kind::Date, Kind::Moment, Kind::YesNo].into_iter().chain(digits);
        Self {
            title: Format::new().set_bold().set_font_size(14).set_align(FormatAlign::Center),
            note: Format::new().set_italic().set_align(FormatAlign::Center),
            header: bordered
                .clone()
                .set_bold()
                .set_background_color(HEADER)
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            heading: wrapped.clone().set_bold().set_font_size(13),
            guide: wrapped,
            text: Format::new().set_num_format("@"),
            error: bordered.clone().set_background_color(ERROR).set_text_wrap().set_align(FormatAlign::Top),
            kinds: kinds.map(|kind| (kind, variants(kind, &bordered))).collect(),
        }
    }

    /// Of a cell no one has written in.
    pub(crate) fn column(&self, kind: Kind) -> &Format {
        &self.variants(kind)[0]
    }

    pub(crate) fn cell(&self, kind: Kind) -> &Format {
        &self.variants(kind)[1]
    }

    pub(crate) fn total(&self, kind: Kind) -> &Format {
        &self.variants(kind)[2]
    }

    fn variants(&self, kind: Kind) -> &[Format; 3] {
        let kind = match kind {
            Kind::Number(Some(digits)) => Kind::Number(Some(digits.min(6))),
            kind => kind,
        };
        let found = self.kinds.iter().find(|(known, _)| *known == kind);
        &found.unwrap_or(&self.kinds[0]).1
    }
}

fn variants(kind: Kind, bordered: &Format) -> [Format; 3] {
    let column = of_kind(kind, Format::new());
    let cell = of_kind(kind, bordered.clone().set_align(FormatAlign::Top));
    let total = cell.clone().set_bold().set_border_top(FormatBorder::Medium);
    [column, cell, total]
}

/// The separators shown are those of the reader's system: 1.234,50 on a Vietnamese one.
fn of_kind(kind: Kind, format: Format) -> Format {
    match kind {
        Kind::Text => format.set_num_format("@").set_text_wrap(),
        Kind::Number(None) => format,
        Kind::Number(Some(0)) => format.set_num_format("#,##0"),
        Kind::Number(Some(digits)) => format.set_num_format(format!("#,##0.{}", "0".repeat(digits as usize))),
        Kind::Date => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
        Kind::Moment => format.set_num_format("dd/mm/yyyy hh:mm").set_align(FormatAlign::Center),
        Kind::YesNo => format.set_align(FormatAlign::Center),
    }
}

/// Puts a cell down as what it is: numbers and days as such, everything else as a string.
pub(crate) fn put(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: &Format,
    paint: &Paint,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => page.write_blank(row, column, format)?,
        Cell::Text(text) | Cell::Error(text) => page.write_string_with_format(row, column, text, format)?,
        Cell::Bool(yes) => page.write_string_with_format(row, column, if *yes { "Có" } else { "Không" }, format)?,
        Cell::Number(number) => match decimal::stored(number) {
            Some(float) => page.write_number_with_format(row, column, float, of_number(format, paint))?,
            None => page.write_string_with_format(row, column, number::vi(number), format)?,
        },
        Cell::Date(day) => match excel_day(*day) {
            Some(moment) => page.write_datetime_with_format(row, column, &moment, &of_day(format, "dd/mm/yyyy"))?,
            None => page.write_string_with_format(row, column, base::day::vi(*day), format)?,
        },
        Cell::Moment(moment) => {
            let time =
                (u16::from(moment.hour().unsigned_abs()), moment.minute().unsigned_abs(), f64::from(moment.second()));
            match excel_day(moment.date()) {
                Some(day) => page.write_datetime_with_format(
                    row,
                    column,
                    &day.and_hms(time.0, time.1, time.2)?,
                    &of_day(format, "dd/mm/yyyy hh:mm"),
                )?,
                None => page.write_string_with_format(row, column, moment.to_string(), format)?,
            }
        }
    };
    Ok(())
}

/// In a text column a number would be shown as text and be edited into one: it keeps the general format.
fn of_number<'a>(format: &'a Format, paint: &'a Paint) -> &'a Format {
    let texts = paint.variants(Kind::Text);
    match texts.iter().position(|text| text == format) {
        Some(place) => &paint.variants(Kind::Number(None))[place],
        None => format,
    }
}

fn of_day(format: &Format, shown: &str) -> Format {
    format.clone().set_num_format(shown)
}

/// Spreadsheets count days from 1900, wrongly until its 1 March; an earlier one is written as text.
fn excel_day(day: base::Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (day.year(), day.month(), day.day());
    let counted = (year, month) >= (1900, 3);
    counted.then(|| ExcelDateTime::from_ymd(year.unsigned_abs(), month.unsigned_abs(), day.unsigned_abs()).ok())?
}
