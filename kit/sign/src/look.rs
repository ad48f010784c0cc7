//! What a signature says of itself, and where on the paper it is seen.

use base::Timestamp;

/// What stands beside the signature in the PDF, and on the paper if it has a mark.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// Who signs, as the paper shows it. Empty: the common name of the certificate.
    pub name: String,
    /// The agency. Empty: the organization of the certificate, if it has one.
    pub unit: String,
    /// Why: "Phê duyệt kết quả giải quyết". Empty: nothing is said.
    pub reason: String,
    /// Where: "Quảng Trị". Empty: nothing is said.
    pub place: String,
    /// When, by the clock of whoever signs. A qualified time would need a timestamp authority (level B-T).
    pub moment: Timestamp,
    /// Where the signature is seen. None: only a reader's panel of signatures shows it.
    pub mark: Option<Mark>,
}

/// The visible part, three lines: who, which agency, when (NĐ 30/2020, Phụ lục I: upright Times New Roman
/// of size 10, black, time as ISO 8601 with the zone of Việt Nam).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// From 1.
    pub page: u32,
    pub spot: Spot,
}

/// Where on the page, as the page is seen (turned pages included).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot {
    /// The upper margin, at the right, beside the marks that are there already (then the lower margin): the place that
    /// NĐ 30/2020 names for the agency's signature where it has no seal to lie beside.
    TopRight,
    /// The lower left corner of the mark, mm from the lower left corner of the page.
    At { left: f32, bottom: f32 },
}

impl Mark {
    /// The place of NĐ 30/2020: the first page, at the top right.
    pub fn first_page() -> Self {
        Self { page: 1, spot: Spot::TopRight }
    }
}
