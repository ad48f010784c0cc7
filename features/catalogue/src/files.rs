//! Between a file and a procedure or a process.

pub mod process_book;
mod reading;
pub mod workbook;

/// "1.10, 1.2" or lines: each word or line for itself.
fn parted(text: &str, by: &[char]) -> Vec<String> {
    text.split(|c| by.contains(&c)).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
