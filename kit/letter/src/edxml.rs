//! edXML (QCVN 102:2016/BTTTT): a letter with its files as one document, as offices exchange them.
//!
//! The standard's own tables could not be read here: names and order of the elements are those that systems in use write. Out goes one
//! namespace; in come the three that are met. What is read is bounded, names no entity, and is refused where it is not whole.

mod read;
mod write;

pub use read::read;
pub use write::write;

use base::{Date, Timestamp};

/// The namespace that is written.
pub const SPACE: &str = "http://www.mic.gov.vn/TBT/QCVN_102_2016";
/// Those of older systems are read too.
const SPACES: [&str; 3] = [SPACE, "http://www.e-doc.vn/Schema/", "http://www.go.vn/eDoc"];

/// A document at most, in bytes; files in it, each and altogether.
pub const MOST_BYTES: usize = 48 * 1024 * 1024;
pub const MOST_FILES: usize = 20;
/// A text of the head, in letters.
const MOST_LETTERS: usize = 4_000;
/// A code, a number, a kind.
const MOST_OF_WORD: usize = 200;

/// Who sends or gets it: the code by QCVN 102:2016, "000.00.13.H50".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organ {
    pub id: String,
    pub name: String,
}

/// A file that goes with it; the first is the letter itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    pub name: String,
    /// Media type.
    pub kind: String,
    pub bytes: Vec<u8>,
}

/// What one does with the document (`BussinessDocType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Business {
    #[default]
    New,
    Withdrawn,
    Updated,
    Replaced,
}

impl Business {
    const ALL: [Business; 4] = [Business::New, Business::Withdrawn, Business::Updated, Business::Replaced];

    fn number(self) -> usize {
        self as usize
    }

    fn numbered(number: usize) -> Option<Business> {
        Business::ALL.get(number).copied()
    }
}

/// A document as it is exchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Of the sender, for ever the same.
    pub id: String,
    pub from: Organ,
    pub to: Vec<Organ>,
    /// "312" and "BC-SCT".
    pub number: String,
    pub notation: String,
    pub place: String,
    pub date: Option<Date>,
    /// "Báo cáo".
    pub kind: String,
    pub subject: String,
    /// Title and name of who signs.
    pub signer: (String, String),
    pub business: Business,
    /// Whose hands it went through, and when.
    pub trace: Vec<(String, Timestamp)>,
    pub attached: Vec<Attached>,
}

#[cfg(test)]
mod tests;
