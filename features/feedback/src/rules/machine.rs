//! What tells people from machines without asking anything of people: a box that nobody sees, and the time between opening
//! the form and sending it. The page carries its own marks, sealed by a secret of the house, so that nothing is kept for it.

use crate::model::*;
use base::Timestamp;
use jiff::SignedDuration;

/// Nobody reads the form and writes a sentence in less.
const LEAST: SignedDuration = SignedDuration::from_secs(3);
/// A page that was left open over night is opened anew.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);

/// The secret of the house by which it knows its own marks.
#[derive(Clone)]
pub struct Seal(pub String);

impl Seal {
    fn of(&self, text: &str) -> String {
        people::sha256(&format!("{}|{text}", self.0))
    }
}

/// The mark of a page that is opened now.
pub fn opened(seal: &Seal, now: Timestamp) -> String {
    let at = now.as_microsecond();
    format!("{at}.{}", seal.of(&format!("opened|{at}")))
}

fn read_opened(seal: &Seal, mark: &str) -> Option<Timestamp> {
    let (at, _) = mark.split_once('.')?;
    let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
    (opened(seal, at) == mark).then_some(at)
}

/// Why what is sent is not taken for a person's.
pub fn unlike_people(seal: &Seal, sender: &Sender, now: Timestamp) -> Option<No> {
    if !sender.trap.trim().is_empty() {
        return Some(No::Trap);
    }
    match read_opened(seal, &sender.opened).map(|at| now.duration_since(at)) {
        Some(passed) if passed < LEAST => Some(No::TooQuick),
        Some(passed) if passed <= LONGEST => None,
        _ => Some(No::TooOld),
    }
}

/// The mark of a file that was received with a form which has to be sent again. It is good for that page only.
pub fn file_mark(seal: &Seal, page: &str, one: &Brought) -> String {
    let file::Content { sha256, bytes, kind } = &one.content;
    let text = format!("{sha256}|{bytes}|{}|{}", kind.media(), one.name);
    format!("{}|{text}", seal.of(&format!("file|{page}|{text}")))
}

/// The file of a mark; none where it is not ours.
pub fn read_file_mark(seal: &Seal, page: &str, mark: &str) -> Option<Brought> {
    let mut parts = mark.splitn(5, '|').skip(1);
    let (sha256, bytes, media, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let content =
        file::Content { sha256: sha256.to_owned(), bytes: bytes.parse().ok()?, kind: file::Kind::of_media(media)? };
    let one = Brought { content, name: name.to_owned() };
    (file_mark(seal, page, &one) == mark).then_some(one)
}
