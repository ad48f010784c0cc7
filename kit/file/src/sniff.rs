//! What a file really is, by its first bytes and, where a kind is only a container, by what is inside. Never by its
//! name: a name is what the sender says.
//!
//! Nothing is unpacked or run; of a container only its table of contents and two small parts are read, each up to a
//! bound. So no file can make this expensive.

mod office;
mod ole;
mod pdf;
mod text;

use crate::{Kind, NotNow};

/// What the content turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Kind(Kind),
    /// Something a computer runs: for Windows, Linux, macOS, Java, a script.
    Program,
    /// HTML, SVG, XML: a browser may run what is in it.
    Markup,
    /// ZIP, RAR, 7z, gzip: nobody looks inside before it is too late.
    Archive,
    /// A document with macros.
    Macros,
    Heic,
    /// Text, but not in UTF-8.
    OldText,
    Unknown,
}

const PROGRAMS: &[&[u8]] = &[
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\0asm",
    // A shortcut of Windows.
    b"\x4c\0\0\0\x01\x14\x02\0",
    b"#!",
    b"%!PS",
];

const ARCHIVES: &[&[u8]] = &[b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"PK\x05\x06", b"BZh", b"\xfd7zXZ\0"];

/// Looks. The extension only helps to tell kinds of text apart, which differ in nothing else.
pub(crate) fn sniff(bytes: &[u8], extension: &str) -> Result<Found, NotNow> {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    if pdf::begins(bytes) {
        return if pdf::is_locked(bytes) { Err(NotNow::Locked) } else { Ok(Found::Kind(Kind::Pdf)) };
    }
    if begins(b"PK\x03\x04") {
        return office::sniff(bytes);
    }
    if begins(ole::MAGIC) {
        return ole::sniff(bytes);
    }
    if let Some(image) = image(bytes) {
        return Ok(image);
    }
    let is_dos = begins(b"MZ") && bytes.iter().take(64).any(|byte| *byte == 0);
    if is_dos || PROGRAMS.iter().any(|magic| begins(magic)) {
        return Ok(Found::Program);
    }
    if ARCHIVES.iter().any(|magic| begins(magic)) {
        return Ok(Found::Archive);
    }
    Ok(text::sniff(bytes, extension))
}

fn image(bytes: &[u8]) -> Option<Found> {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    let kind = match () {
        () if begins(b"\x89PNG\r\n\x1a\n") => Kind::Png,
        () if begins(b"\xff\xd8\xff") => Kind::Jpeg,
        () if begins(b"GIF87a") || begins(b"GIF89a") => Kind::Gif,
        () if begins(b"II*\0") || begins(b"MM\0*") => Kind::Tiff,
        () => {
            let brand = bytes.get(4..12)?;
            let is_heic = [b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc"].iter().any(|b| brand == *b);
            return is_heic.then_some(Found::Heic);
        }
    };
    Some(Found::Kind(kind))
}

/// Where `needle` first occurs.
fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests;
