//! The PDF writer: typst over the templates of `typ/`, as PDF/A-2b (ISO 19005-2, for archives).
//!
//! A letter reaches typst as a file of data, `letter.json`, never as source: "#", "*", "_", "$" in a name
//! are letters like any other. Kept between letters: library, faces, parsed templates. What typst remembers
//! of one letter is thrown away after it, or a server would hold every table it ever set.

use std::sync::OnceLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::face::{BREAK, Faces, faces};
use crate::nd30::{Nd30, measures};
use crate::paper::Paper;
use crate::{Broken, Letter};

/// The letter as PDF/A-2b with its faces embedded. The same letter gives the same bytes (a letter without a
/// day takes the day of its making).
///
/// # Errors
/// `Broken` when the house is at fault: faces missing, a template that does not compile.
pub fn pdf(letter: &Letter) -> Result<Vec<u8>, Broken> {
    let s = measures(letter.page);
    let mut paper = Paper::of(letter, s, base::day::today(base::Timestamp::now()))?;
    for grid in paper.grids() {
        grid.break_words(s)?;
    }
    let made = render(&paper, s);
    typst::comemo::evict(0);
    made
}

fn render(paper: &Paper, s: &Nd30) -> Result<Vec<u8>, Broken> {
    let shelf = shelf()?;
    let mut data = serde_json::to_value(paper).map_err(|error| Broken::at("layout", error))?;
    fit(&mut data, shelf.faces);
    let desk = Desk { shelf, letter: Bytes::from_string(data.to_string()), style: style(s, shelf.faces)? };
    let document = typst::compile(&desk).output.map_err(|faults| Broken::at("layout", say(&faults)))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2b]).map_err(|fault| Broken::at("pdf", fault.message()))?;
    let options =
        PdfOptions { creator: Smart::Custom(Some("Cửa Việt".to_owned())), standards, ..PdfOptions::default() };
    typst_pdf::pdf(&document, &options).map_err(|faults| Broken::at("pdf", say(&faults)))
}

fn say(faults: &[SourceDiagnostic]) -> String {
    faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// Characters that no face here draws become a box (PDF/A forbids drawing a missing one), and very long words
/// get places to break at (in tables they have them already, by the width of their column).
fn fit(data: &mut Value, faces: &Faces) {
    match data {
        Value::String(text) => {
            let shown = |c| c == '\n' || c == BREAK || faces.draws(c);
            if text.chars().any(|c| !shown(c)) {
                *text = text.chars().map(|c| if shown(c) { c } else { '□' }).collect();
            }
            if text.split_whitespace().any(|word| word.chars().nth(LONG).is_some()) {
                *text = breakable(text);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| fit(value, faces)),
        Value::Object(fields) => fields.values_mut().for_each(|value| fit(value, faces)),
        _ => {}
    }
}

/// No Vietnamese word is near this long; addresses, codes and file names are.
const LONG: usize = 20;

/// Puts a zero-width space after every so many letters of a long word, or after a sign in it.
fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for word in text.split_inclusive(char::is_whitespace) {
        let long = word.chars().nth(LONG).is_some();
        let mut run = 0;
        for c in word.chars() {
            out.push(c);
            run = if c.is_whitespace() || c == BREAK { 0 } else { run + 1 };
            if long && (run >= LONG / 2 || (run > 2 && "/\\._-@?&=,;:".contains(c))) {
                out.push(BREAK);
                run = 0;
            }
        }
    }
    out
}

/// What every letter uses, made once.
struct Shelf {
    library: LazyHash<Library>,
    faces: &'static Faces,
    templates: Vec<Source>,
    main: FileId,
    style: FileId,
    letter: FileId,
}

const TEMPLATES: [(&str, &str); 5] = [
    ("/letter.typ", include_str!("typ/letter.typ")),
    ("/style.typ", include_str!("typ/style.typ")),
    ("/head.typ", include_str!("typ/head.typ")),
    ("/body.typ", include_str!("typ/body.typ")),
    ("/foot.typ", include_str!("typ/foot.typ")),
];

fn shelf() -> Result<&'static Shelf, Broken> {
    static SHELF: OnceLock<Result<Shelf, Broken>> = OnceLock::new();
    SHELF.get_or_init(stock).as_ref().map_err(Clone::clone)
}

fn stock() -> Result<Shelf, Broken> {
    let faces = faces()?;
    let templates = TEMPLATES
        .iter()
        .map(|(path, text)| Ok(Source::new(file(path)?, (*text).to_owned())))
        .collect::<Result<Vec<_>, Broken>>()?;
    Ok(Shelf {
        library: LazyHash::new(Library::default()),
        faces,
        templates,
        main: file("/letter.typ")?,
        style: file("/style.json")?,
        letter: file("/letter.json")?,
    })
}

/// The measures of the sheet and the name of its typeface.
fn style(s: &Nd30, faces: &Faces) -> Result<Bytes, Broken> {
    let mut style = serde_json::to_value(s).map_err(|error| Broken::at("layout", error))?;
    if let Value::Object(fields) = &mut style {
        fields.insert("family".to_owned(), faces.family.clone().into());
    }
    Ok(Bytes::from_string(style.to_string()))
}

fn file(path: &str) -> Result<FileId, Broken> {
    let path = VirtualPath::new(path).map_err(|error| Broken::at("layout", format!("{path}: {error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The world of one letter: the shelf, the letter's own data, the measures of its sheet. No clock, no disk, no network.
struct Desk {
    shelf: &'static Shelf,
    letter: Bytes,
    style: Bytes,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.shelf.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shelf.faces.book
    }

    fn main(&self) -> FileId {
        self.shelf.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = self.shelf.templates.iter().find(|source| source.id() == id);
        found.cloned().ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shelf.letter {
            Ok(self.letter.clone())
        } else if id == self.shelf.style {
            Ok(self.style.clone())
        } else {
            self.source(id).map(|source| Bytes::from_string(source.text().to_owned()))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.faces.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
