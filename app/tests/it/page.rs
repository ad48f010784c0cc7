//! What came back: its status, where it leads, what it says.

use crate::form::Form;
use axum::http::{HeaderMap, header};

pub struct Page {
    /// Method and address, for what a failing test says.
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Page {
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn is_html(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }

    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// Where it leads; empty where it stays.
    pub fn place(&self) -> String {
        self.headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The sentences as they are read: without tags, blanks made one.
    pub fn text(&self) -> String {
        text_of(&self.html())
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Page {
        assert_eq!(self.status, status, "{} → {} {}", self.asked, self.place(), self.text());
        self
    }

    /// Done, and onward to this place (its beginning is enough).
    #[track_caller]
    pub fn leads(self, place: &str) -> Page {
        let found = self.place();
        assert!(
            self.status == 303 && found.starts_with(place),
            "{} → {} {found:?} {}",
            self.asked,
            self.status,
            self.text()
        );
        self
    }

    /// Done, and onward.
    #[track_caller]
    pub fn goes_on(self) -> Page {
        self.is(303)
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Page {
        assert!(
            self.text().contains(words) || self.html().contains(words),
            "{} does not say {words:?}: {}",
            self.asked,
            self.text()
        );
        self
    }

    #[track_caller]
    pub fn hides(self, words: &str) -> Page {
        assert!(!self.text().contains(words), "{} says {words:?}: {}", self.asked, self.text());
        self
    }

    /// The same page again, with why it was not taken.
    #[track_caller]
    pub fn refuses(self, words: &str) -> Page {
        self.is(422).says(words)
    }

    /// Not for this person, and why.
    #[track_caller]
    pub fn forbids(self, words: &str) -> Page {
        self.is(403).says(words)
    }

    /// The form that is sent to this address; of several the last, which is the drawer's.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        let mut found = Form::all(&self.html(), action);
        found.pop().unwrap_or_else(|| panic!("{} has no form to {action}: {}", self.asked, self.html()))
    }

    /// The first form whose address begins so, and goes on with an id.
    #[track_caller]
    pub fn form_of_one(&self, begin: &str) -> Form {
        let html = self.html();
        let begun = format!("action=\"{begin}");
        let actions = html.split(begun.as_str()).skip(1).filter_map(|rest| rest.split('"').next());
        let mut ids = actions.filter(|rest| rest.contains('-') && rest.len() >= 36);
        let one = ids.next();
        let one = one.unwrap_or_else(|| panic!("{} has no form to {begin}…: {html}", self.asked));
        self.form(&format!("{begin}{one}"))
    }

    /// The first form that is sent to this address: the cell of a grid.
    #[track_caller]
    pub fn cell(&self, action: &str) -> Form {
        let found = Form::all(&self.html(), action);
        found.into_iter().next().unwrap_or_else(|| panic!("{} has no cell to {action}: {}", self.asked, self.html()))
    }

    /// The first address in a link that begins so, and goes on.
    #[track_caller]
    pub fn link(&self, begin: &str) -> String {
        let html = self.html();
        let found = html
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .find(|href| href.starts_with(begin) && href.len() > begin.len());
        found.unwrap_or_else(|| panic!("{} has no link to {begin}…: {html}", self.asked)).replace("&amp;", "&")
    }

    /// The value that stands somewhere between these two.
    #[track_caller]
    pub fn between(&self, before: &str, after: &str) -> String {
        let html = self.html();
        let found = html.split_once(before).and_then(|(_, rest)| rest.split_once(after));
        found.unwrap_or_else(|| panic!("{} has nothing after {before:?}: {html}", self.asked)).0.to_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{}: {error}: {}", self.asked, self.html()))
    }
}

pub fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => {
                in_tag = true;
                text.push(' ');
            }
            '>' => in_tag = false,
            _ if !in_tag => text.push(letter),
            _ => {}
        }
    }
    plain(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters for the entities that our templates write.
pub fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
