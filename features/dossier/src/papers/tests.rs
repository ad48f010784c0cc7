//! Each form is laid out and read back from its PDF, as whoever gets it reads it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod forms;
// Codes are read back the same way by the room that draws them.
#[path = "../../../../kit/letter/src/tests/qr.rs"]
mod qr;
mod world;

use super::*;
use lopdf::{Document, Object};

/// A PDF taken apart.
struct Read {
    document: Document,
    pages: Vec<String>,
}

impl Read {
    fn of(letter: &Letter) -> Read {
        let bytes = letter::pdf(letter).unwrap();
        // For whoever wants to look at them: FORMS=folder cargo test -p dossier papers
        if let Some(folder) = std::env::var_os("FORMS") {
            let name = std::thread::current().name().unwrap().rsplit("::").next().unwrap().to_owned();
            let day = letter.date.map_or(String::new(), |day| day.to_string());
            std::fs::write(std::path::Path::new(&folder).join(format!("{name}-{day}-{}.pdf", bytes.len())), &bytes)
                .unwrap();
        }
        let document = Document::load_mem(&bytes).unwrap();
        let pages = document.get_pages().keys().map(|page| plain(&document.extract_text(&[*page]).unwrap())).collect();
        Read { document, pages }
    }

    /// Some page holds this text, whatever its line breaks.
    #[track_caller]
    fn says(&self, text: &str) -> &Read {
        assert!(self.pages.iter().any(|page| page.contains(&plain(text))), "{text:?} is not in {:#?}", self.pages);
        self
    }

    #[track_caller]
    fn silent(&self, text: &str) -> &Read {
        assert!(!self.pages.iter().any(|page| page.contains(&plain(text))), "{text:?} is in {:#?}", self.pages);
        self
    }

    /// Width and height of every page, mm; all alike.
    fn size(&self) -> (i64, i64) {
        let sizes: Vec<(i64, i64)> = self.document.get_pages().values().map(|id| self.box_of(*id)).collect();
        assert!(sizes.iter().all(|one| *one == sizes[0]));
        sizes[0]
    }

    fn box_of(&self, id: lopdf::ObjectId) -> (i64, i64) {
        let page = self.document.get_dictionary(id).unwrap();
        let found = page.get(b"MediaBox").or_else(|_| {
            let parent = page.get(b"Parent").and_then(Object::as_reference).unwrap();
            self.document.get_dictionary(parent).unwrap().get(b"MediaBox")
        });
        let corner: Vec<f32> = found.unwrap().as_array().unwrap().iter().map(|n| n.as_float().unwrap()).collect();
        let mm = |points: f32| (points / 72.0 * 25.4).round() as i64;
        (mm(corner[2]), mm(corner[3]))
    }
}

/// Without any white space: readers differ in where they see a space between words.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// What the one QR code of a form says, as a phone reads it from the first page.
fn code_of(letter: &Letter) -> String {
    let document = Document::load_mem(&letter::pdf(letter).unwrap()).unwrap();
    let codes = qr::read(&document, 1);
    assert_eq!(codes.len(), 1);
    codes[0].clone()
}
