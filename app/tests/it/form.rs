//! A form as it stands on a page: its boxes with what is in them, filled and sent as a browser without script does.

use crate::page::{Page, plain};
use crate::person::Person;
use axum::http::HeaderMap;

/// A form. Filling a box that is not there fails: a journey goes only where the page leads.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    fields: Vec<(String, String)>,
    /// The names of all boxes and buttons.
    names: Vec<String>,
    /// What the buttons send that have a name.
    buttons: Vec<(String, String)>,
    multipart: bool,
    files: Vec<(String, String, Vec<u8>)>,
}

impl Form {
    /// All forms of a page that are sent to this address.
    pub fn all(html: &str, action: &str) -> Vec<Form> {
        let mut found = Vec::new();
        for part in html.split("<form").skip(1) {
            let Some((head, rest)) = part.split_once('>') else { continue };
            let attributes = attributes(head);
            if get(&attributes, "action").is_some_and(|at| plain(at) == action) {
                let inside = rest.split("</form>").next().unwrap_or_default();
                let mut form = Form {
                    action: action.to_owned(),
                    fields: Vec::new(),
                    names: Vec::new(),
                    buttons: Vec::new(),
                    multipart: get(&attributes, "enctype").is_some_and(|kind| kind.starts_with("multipart")),
                    files: Vec::new(),
                };
                form.read(inside);
                found.push(form);
            }
        }
        found
    }

    fn read(&mut self, html: &str) {
        for part in html.split('<').skip(1) {
            let (head, after) = part.split_once('>').unwrap_or((part, ""));
            let (tag, rest) = head.split_once(char::is_whitespace).unwrap_or((head, ""));
            let attributes = attributes(rest);
            let value = || plain(get(&attributes, "value").unwrap_or_default());
            let is = |name: &str| attributes.iter().any(|(own, _)| own == name);
            let Some(name) = get(&attributes, "name").map(str::to_owned) else {
                if tag == "option"
                    && is("selected")
                    && let Some(last) = self.fields.last_mut()
                {
                    last.1 = value();
                }
                continue;
            };
            self.names.push(name.clone());
            match tag {
                "input" if matches!(get(&attributes, "type"), Some("checkbox" | "radio")) && !is("checked") => {}
                "input" if get(&attributes, "type") == Some("file") => {}
                "input" => self.fields.push((name, value())),
                "textarea" => self.fields.push((name, plain(after))),
                "select" => self.fields.push((name, String::new())),
                "button" => self.buttons.push((name, value())),
                _ => {}
            }
        }
    }

    #[track_caller]
    fn has(&self, name: &str) {
        assert!(
            self.names.iter().any(|known| known == name),
            "the form to {} has no box {name}: {:?}",
            self.action,
            self.names
        );
    }

    /// What stands in a box.
    #[track_caller]
    pub fn value(&self, name: &str) -> &str {
        self.has(name);
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Writes into a box, chooses a line, presses a button that has a name.
    #[track_caller]
    pub fn with(mut self, name: &str, value: &str) -> Form {
        self.has(name);
        match self.fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value.to_owned(),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    #[track_caller]
    pub fn filled(self, boxes: &[(&str, &str)]) -> Form {
        boxes.iter().fold(self, |form, (name, value)| form.with(name, value))
    }

    /// Whether one of its buttons sends this word.
    pub fn offers(&self, word: &str) -> bool {
        self.buttons.iter().any(|(_, value)| value == word)
    }

    /// Presses the button of this name, the first of several.
    #[track_caller]
    pub fn press(self, name: &str) -> Form {
        let found = self.buttons.iter().find(|(known, _)| known == name);
        let (_, value) = found
            .unwrap_or_else(|| panic!("the form to {} has no button {name}: {:?}", self.action, self.buttons))
            .clone();
        self.with(name, &value)
    }

    /// Ticks one more line of several.
    #[track_caller]
    pub fn ticks(mut self, name: &str, value: &str) -> Form {
        self.has(name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes away every tick of a name.
    pub fn unticks(mut self, name: &str) -> Form {
        self.fields.retain(|(known, _)| known != name);
        self
    }

    #[track_caller]
    pub fn attach(mut self, name: &str, file: &str, content: &[u8]) -> Form {
        self.has(name);
        assert!(self.multipart, "the form to {} sends no files", self.action);
        self.files.push((name.to_owned(), file.to_owned(), content.to_vec()));
        self
    }

    pub async fn sent_by(&self, person: &Person) -> Page {
        if self.multipart {
            let files: Vec<_> = self
                .files
                .iter()
                .map(|(field, name, content)| (field.as_str(), name.as_str(), content.as_slice()))
                .collect();
            return person.uploads(&self.action, &self.fields, &files).await;
        }
        person.posts(&self.action, &self.fields, &HeaderMap::new()).await
    }

    /// Sent by the script of the grid, which wants only what changed.
    pub async fn scripted_by(&self, person: &Person) -> Page {
        let mut headers = HeaderMap::new();
        headers.insert("hx-request", "true".parse().unwrap());
        person.posts(&self.action, &self.fields, &headers).await
    }
}

fn get<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

/// `name="value"` and bare names, as our templates write them.
fn attributes(mut rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if rest.is_empty() {
            return found;
        }
        let end = rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let Some(value) = after.strip_prefix("=\"") else {
            found.push((name.to_owned(), String::new()));
            rest = after.strip_prefix('=').unwrap_or(after);
            continue;
        };
        let end = value.find('"').unwrap_or(value.len());
        found.push((name.to_owned(), value[..end].to_owned()));
        rest = value.get(end + 1..).unwrap_or_default();
    }
}

/// As a browser writes a form into a body.
pub fn encoded(fields: &[(String, String)]) -> String {
    let encode = |text: &str| {
        let byte =
            |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        text.bytes().map(byte).collect::<String>()
    };
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}
