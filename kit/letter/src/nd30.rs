//! Every measure of the sheet, once, for both writers; `measures` has those of a sheet that is not A4. "I.3" is Phụ lục I of NĐ 30/2020/NĐ-CP, Phần I,
//! Mục I, point 3; "V, ô 2" is the row of that box in the table of samples of Mục V.
//!
//! Lengths are millimetres, sizes points. Where the decree gives a range, the note says why this end.
//! Note under Mục V: sizes rise and fall together, 13-14-14 or 12-13-13 for quốc hiệu, tiêu ngữ and day;
//! the house takes the greater set, which readers over forty prefer.

use serde::Serialize;

use crate::Page;

pub(crate) const COUNTRY: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"; // II.1.a, ô 1
pub(crate) const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc"; // II.1.b, ô 1: hyphens with spaces

#[derive(Serialize)]
pub(crate) struct Nd30 {
    pub page_width: f64,
    pub page_height: f64,
    pub top: f64,
    pub bottom: f64,
    pub left: f64,
    pub right: f64,
    pub agency_column: f64,
    pub receiver_column: f64,
    pub number_above: f64,
    pub indent: f64,
    pub sign_room: f64,

    pub country: f64,
    pub motto: f64,
    pub agency: f64,
    pub number: f64,
    pub day: f64,
    pub name: f64,
    pub title: f64,
    pub about: f64,
    pub body: f64,
    pub signer: f64,
    pub receivers_title: f64,
    pub receivers: f64,
    pub annex_label: f64,
    pub annex_title: f64,
    pub page_number: f64,
    pub table: f64,

    pub single: f64,
    pub line: f64,
    pub gap: f64,
    pub about_gap: f64,
    pub rule: f64,
    pub rule_share: f64,
    pub cell_side: f64,
    pub cell_above: f64,
    pub air: f64,
    pub qr: f64,
    pub form: f64,
    pub caption: f64,
}

pub(crate) const ND30: Nd30 = Nd30 {
    // The sheet, in mm.
    page_width: 210.0,     // I.1: A4
    page_height: 297.0,    // I.1: A4
    top: 20.0,             // I.3: 20-25; the least, so a table has the most rows on a page
    bottom: 20.0,          // I.3: 20-25; as the top
    left: 30.0,            // I.3: 30-35; the least: sheets are stapled, seldom bound
    right: 20.0,           // I.3: 15-20; the most: with 30 at the left, lines of 160 mm read best
    agency_column: 61.0,   // ô 2 and 3: what quốc hiệu of ô 1 leaves of the line
    receiver_column: 75.0, // ô 9b beside ô 7: a little under half of the line
    number_above: 14.0,    // I.7: the page number stands in the top margin, its foot 6 mm above the text
    indent: 10.0,          // II.6.d: 1 or 1,27 cm; the lesser leaves more room in short lines
    sign_room: 25.0,       // ô 7c: no measure is given; holds a hand or an image of a signature, and the seal

    // Sizes, in points.
    country: 13.0,         // V, ô 1: 12-13, capitals, bold
    motto: 14.0,           // V, ô 1: 13-14, bold
    agency: 13.0,          // V, ô 2: 12-13, capitals; the issuing agency bold
    number: 13.0,          // V, ô 3: 13
    day: 14.0,             // V, ô 4: 13-14, italic
    name: 14.0,            // V, ô 5a: 13-14, capitals, bold
    title: 14.0,           // V, ô 5a: 13-14, bold
    about: 13.0,           // V, ô 5b: 12-13
    body: 14.0,            // V, ô 6: 13-14; căn cứ italic (II.2); Điều bold, as large as the text
    signer: 14.0,          // V, ô 7a and 7b: 13-14, bold; authority and title in capitals
    receivers_title: 12.0, // V, ô 9b: "Nơi nhận:" 12, italic, bold
    receivers: 11.0,       // V, ô 9b: the list 11
    annex_label: 14.0,     // III.1.b: "Phụ lục I" 14, bold, centred
    annex_title: 14.0,     // III.1.b: 13-14, capitals, bold; "(Kèm theo …)" italic, as large as the text
    page_number: 14.0,     // I.7: 13-14, centred
    table: 12.0,           // not in the decree: as the tables in its own annexes

    // Lines, in ems and points.
    single: 1.15,    // "dòng đơn" of Times New Roman: ascent 0.891 + descent 0.216 + gap 0.042
    line: 1.265,     // II.6.d: single to 1.5 lines; 1.1 lines keeps marks over capitals off the line above
    gap: 6.0,        // II.6.d: at least 6 pt between paragraphs
    about_gap: 6.0,  // II.5.c: 6 pt between the number and "V/v" (ô 5b)
    rule: 0.75,      // II.1, II.2, II.5: "nét liền"; ¾ pt prints as one clean line
    rule_share: 0.4, // II.2 and II.5: 1/3 to 1/2 of the line of text; between the two
    cell_side: 3.5,  // air in a cell of a table, left and right; not in the decree
    cell_above: 3.0, // and above and below: sixty rows of a ranking then take two pages
    air: 1.0,        // share of the room above names and signatures: a small sheet has less

    // Forms; not in the decree.
    qr: 26.0,      // mm, with its light edge: a module of half a millimetre is read by any phone
    form: 10.0,    // the mark of the form
    caption: 10.0, // under a QR code
};

/// A form on half the sheet, as TT 01/2018/TT-VPCP has them printed. The decree knows A4 only: its parts keep their order
/// and look, sizes are about three quarters, as 148 mm are of 210.
const A5: Nd30 = Nd30 {
    page_width: 148.0,
    page_height: 210.0,
    top: 11.0,
    bottom: 10.0,
    left: 14.0,
    right: 11.0,
    agency_column: 52.0,
    receiver_column: 52.0,
    number_above: 8.0,
    indent: 6.0,
    sign_room: 14.0,
    country: 9.0,
    motto: 10.0,
    agency: 9.0,
    number: 9.5,
    day: 9.5,
    name: 12.0,
    title: 11.0,
    about: 9.5,
    body: 10.0, // as printed on half a sheet: a receipt of five papers is one page
    signer: 9.5,
    receivers_title: 9.0,
    receivers: 8.5,
    annex_label: 11.0,
    annex_title: 10.5,
    page_number: 9.0,
    table: 9.0,
    line: 1.2,
    gap: 2.0,
    about_gap: 3.0,
    rule: 0.5,
    cell_side: 2.5,
    cell_above: 2.0,
    air: 0.6,
    qr: 25.0,
    form: 7.5,
    caption: 7.5,
    ..ND30
};

/// A register: fourteen columns want the length of the sheet.
const A4_LANDSCAPE: Nd30 = Nd30 {
    page_width: 297.0,
    page_height: 210.0,
    top: 18.0,
    bottom: 12.0,
    left: 20.0,
    right: 12.0,
    agency_column: 110.0,
    receiver_column: 110.0,
    number_above: 12.0,
    sign_room: 20.0,
    body: 12.0,
    signer: 12.0,
    page_number: 11.0,
    table: 9.5,
    cell_side: 2.5,
    cell_above: 2.5,
    air: 0.6,
    form: 9.0,
    ..ND30
};

/// The measures of a sheet.
pub(crate) fn measures(page: Page) -> &'static Nd30 {
    match page {
        Page::A4 => &ND30,
        Page::A4Landscape => &A4_LANDSCAPE,
        Page::A5 => &A5,
    }
}

impl Nd30 {
    /// Width of the text of a page, mm.
    pub fn text_width(&self, landscape: bool) -> f64 {
        let paper = if landscape { self.page_height } else { self.page_width };
        paper - self.left - self.right
    }
}

/// Points in a millimetre.
pub(crate) const PT: f64 = 72.0 / 25.4;
