//! The typeface: Times New Roman of the host where it is whole, else Tinos from the binary. Same metrics,
//! so a paper breaks its lines and pages alike with either.
//!
//! Loaded on first use. Also measures text, which the writers share to break names and set columns.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInstance, FontVariations};
use typst::utils::LazyHash;

use crate::Broken;
use crate::nd30::PT;

pub(crate) struct Faces {
    pub book: LazyHash<FontBook>,
    /// Regular, bold, italic, bold italic.
    pub fonts: Vec<Font>,
    pub family: String,
}

/// The faces, read once. A failure is kept too: the binary's own files do not get better by trying again.
pub(crate) fn faces() -> Result<&'static Faces, Broken> {
    static FACES: OnceLock<Result<Faces, Broken>> = OnceLock::new();
    FACES.get_or_init(load).as_ref().map_err(Clone::clone)
}

/// The name of the typeface that letters are set in on this host, for `doctor`.
pub fn typeface() -> Result<&'static str, Broken> {
    faces().map(|faces| faces.family.as_str())
}

impl Faces {
    /// Whether every face can draw this character. PDF/A forbids drawing a missing one.
    pub fn draws(&self, c: char) -> bool {
        is_house_letter(c) || self.fonts.iter().all(|font| font.info().coverage.contains(c as u32))
    }
}

/// Letters of Vietnamese text: every face here is checked for them when it is loaded.
fn is_house_letter(c: char) -> bool {
    matches!(c, ' '..='~' | 'À'..='ÿ' | 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ạ'..='ỹ')
}

fn load() -> Result<Faces, Broken> {
    let fonts = from_host().map_or_else(from_binary, Ok)?;
    let family = fonts.first().map(|font| font.info().family.clone()).unwrap_or_default();
    Ok(Faces { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, family })
}

fn from_binary() -> Result<Vec<Font>, Broken> {
    let fonts: Vec<Font> = assets::tinos().into_iter().filter_map(|file| Font::new(Bytes::new(file), 0)).collect();
    if fonts.len() == 4 { Ok(fonts) } else { Err(Broken::at("fonts", "Tinos in the binary is not whole")) }
}

/// Times New Roman, if all four faces are there, bear that name and have every Vietnamese letter (the
/// editions of before 2000 do not).
fn from_host() -> Option<Vec<Font>> {
    let mut found: [Option<PathBuf>; 4] = Default::default();
    for folder in font_folders() {
        look(&folder, 4, &mut found);
    }
    let mut fonts = Vec::with_capacity(4);
    for path in found {
        let font = Font::new(Bytes::new(std::fs::read(path?).ok()?), 0)?;
        fonts.push(font);
    }
    let whole = fonts.iter().all(|font| {
        let info = font.info();
        info.family == "Times New Roman"
            && ('\0'..='ỹ').filter(|c| is_house_letter(*c)).all(|c| info.coverage.contains(c as u32))
    });
    whole.then_some(fonts)
}

fn font_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts/Supplemental"]
            .map(PathBuf::from)
            .to_vec();
    if let Some(home) = std::env::var_os("HOME") {
        let home = Path::new(&home);
        folders.extend([home.join(".fonts"), home.join(".local/share/fonts"), home.join("Library/Fonts")]);
    }
    if let Some(windows) = std::env::var_os("WINDIR") {
        folders.push(Path::new(&windows).join("Fonts"));
    }
    folders
}

/// Fills the four places with the first file that bears a known name of that face.
fn look(folder: &Path, depth: u8, found: &mut [Option<PathBuf>; 4]) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            if depth > 0 {
                look(&path, depth - 1, found);
            }
        } else if let Some(place) = path.file_name().and_then(|name| face_of(&name.to_string_lossy()))
            && let Some(slot) = found.get_mut(place)
            && slot.is_none()
        {
            *slot = Some(path);
        }
    }
}

/// Which face a file of this name is: as Windows names them, or as macOS and Debian do.
fn face_of(file: &str) -> Option<usize> {
    let plain: String = file.to_lowercase().chars().filter(|c| !" _-".contains(*c)).collect();
    match plain.strip_suffix(".ttf")? {
        "times" | "timesnewroman" => Some(0),
        "timesbd" | "timesnewromanbold" => Some(1),
        "timesi" | "timesnewromanitalic" => Some(2),
        "timesbi" | "timesnewromanbolditalic" => Some(3),
        _ => None,
    }
}

/// Advances of one face in ems. Letters up to here are looked up once: text of a page has few others.
const KEPT: u32 = 0x2100;

struct Advances {
    font: FontInstance,
    kept: Vec<f32>,
}

impl Advances {
    fn of(font: &Font) -> Self {
        let font = font.clone().instantiate(font.info().variant, Abs::pt(10.0), &FontVariations::default());
        let kept = (0..KEPT).map(|code| Self::look_up(&font, code)).collect();
        Self { font, kept }
    }

    fn look_up(font: &FontInstance, code: u32) -> f32 {
        let glyph = char::from_u32(code).and_then(|c| font.ttf().glyph_index(c));
        // A character without a glyph is drawn as a box, about as wide as a letter.
        glyph.and_then(|glyph| font.x_advance(glyph.0)).map_or(0.6, |em| em.get() as f32)
    }

    fn em(&self, c: char) -> f64 {
        let code = c as u32;
        let kept = self.kept.get(code as usize).copied();
        f64::from(kept.unwrap_or_else(|| Self::look_up(&self.font, code)))
    }
}

/// Width of one line of upright text, mm. Without kerning, as Word sets it; typst kerns a little tighter.
pub(crate) fn width(text: &str, bold: bool, size: f64) -> Result<f64, Broken> {
    static UPRIGHT: [OnceLock<Advances>; 2] = [OnceLock::new(), OnceLock::new()];
    let faces = faces()?;
    let place = usize::from(bold);
    let (Some(cell), Some(font)) = (UPRIGHT.get(place), faces.fonts.get(place)) else { return Ok(0.0) };
    let advances = cell.get_or_init(|| Advances::of(font));
    Ok(text.chars().map(|c| advances.em(c)).sum::<f64>() * size / PT)
}

/// A place where a word may be broken without a sign: zero-width space.
pub(crate) const BREAK: char = '\u{200b}';

/// Puts places to break into each word that is wider than `room` (mm), by its letters' widths.
pub(crate) fn break_words(text: &mut String, bold: bool, size: f64, room: f64) -> Result<(), Broken> {
    let mut too_wide = false;
    for word in text.split_whitespace() {
        too_wide |= width(word, bold, size)? > room;
    }
    if !too_wide {
        return Ok(());
    }
    let mut broken = String::with_capacity(text.len() + 16);
    for word in text.split_inclusive(char::is_whitespace) {
        let whole = width(word.trim_end(), bold, size)? <= room;
        let mut used = 0.0;
        for c in word.chars() {
            let more = width(c.encode_utf8(&mut [0; 4]), bold, size)?;
            if !whole && used > 0.0 && used + more > room {
                broken.push(BREAK);
                used = 0.0;
            }
            broken.push(c);
            used += more;
            if !whole && "/\\._-@?&=,;:".contains(c) {
                broken.push(BREAK);
                used = 0.0; // an address breaks after its signs, and elsewhere only in a part too wide itself
            }
        }
    }
    *text = broken;
    Ok(())
}

/// Breaks a name into as few lines as fit `room` (mm), and those about equally long: a clerk breaks
/// "ỦY BAN NHÂN DÂN / TỈNH QUẢNG TRỊ", not after "TỈNH". Line breaks in the text are kept.
pub(crate) fn lines(text: &str, bold: bool, size: f64, room: f64) -> Result<Vec<String>, Broken> {
    let mut lines = Vec::new();
    for piece in text.lines().map(str::trim).filter(|piece| !piece.is_empty()) {
        let words = piece
            .split_whitespace()
            .map(|word| Ok((word, width(word, bold, size)?)))
            .collect::<Result<Vec<_>, Broken>>()?;
        let space = width(" ", bold, size)?;
        let fewest = fill(&words, space, room);
        let count = fewest.len();
        let (mut least, mut most, mut best) = (0.0, room, fewest);
        for _ in 0..12 {
            let middle = (least + most) / 2.0;
            let tried = fill(&words, space, middle);
            if tried.len() == count {
                (most, best) = (middle, tried);
            } else {
                least = middle;
            }
        }
        lines.extend(best);
    }
    Ok(lines)
}

/// Puts as many words on each line as fit. A word wider than the room has a line to itself.
fn fill(words: &[(&str, f64)], space: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0.0;
    for (word, width) in words {
        match lines.last_mut() {
            Some(line) if used + space + width <= room => {
                line.push(' ');
                line.push_str(word);
                used += space + width;
            }
            _ => {
                lines.push((*word).to_owned());
                used = *width;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests;
