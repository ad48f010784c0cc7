//! A letter as a file to keep: PDF, or DOCX to go on writing.

use crate::Sheet;
use letter::Letter;
use people::Failure;

/// How somebody wants a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Pdf,
    Docx,
}

impl Format {
    /// By the word in the address; PDF where none is said.
    pub fn of(word: Option<&str>) -> Format {
        if word == Some("docx") { Format::Docx } else { Format::Pdf }
    }

    /// Media type, and the ending of its name.
    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Format::Pdf => ("application/pdf", "pdf"),
            Format::Docx => ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        }
    }
}

/// Lays a letter out; `name` without its ending. That takes a good part of a second of one core: not on the thread that answers
/// others.
pub async fn paper(letter: Letter, name: &str, format: Format) -> Result<Sheet, Failure> {
    let lay_out = move || match format {
        Format::Pdf => letter::pdf(&letter),
        Format::Docx => letter::docx(&letter),
    };
    let made = tokio::task::spawn_blocking(lay_out).await.map_err(|error| Failure::Broken(error.to_string()))?;
    let (kind, ending) = format.kind();
    let bytes = made.map_err(|broken| Failure::Broken(broken.to_string()))?;
    Ok(Sheet { bytes, kind, name: format!("{name}.{ending}") })
}
