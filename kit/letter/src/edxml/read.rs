//! The document as it comes in: first a tree of what is there, bounded in depth and count; then what of it is a letter.

use super::{Attached, Business, Document, MOST_BYTES, MOST_FILES, MOST_LETTERS, MOST_OF_WORD, Organ, SPACES};
use base::{Refusal, Timestamp};
use data_encoding::BASE64;
use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

const DEEPEST: usize = 16;
const MOST_ELEMENTS: usize = 5_000;

/// An element: its name without a prefix, its text, and those in it.
#[derive(Default)]
struct Element {
    name: String,
    text: String,
    inside: Vec<Element>,
}

impl Element {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.inside.iter().filter(move |one| one.name == name)
    }

    fn one<'a>(&'a self, name: &'a str) -> Option<&'a Element> {
        self.all(name).next()
    }

    /// The text of an element; nothing where there is none.
    fn text(&self, path: &[&str]) -> &str {
        let found = path.iter().try_fold(self, |at, name| at.inside.iter().find(|one| one.name == *name));
        found.map_or("", |one| one.text.trim())
    }
}

fn no(code: &'static str, say: impl Into<String>) -> Refusal {
    Refusal::new(code, say)
}

fn broken(why: &str) -> Refusal {
    no("edxml-broken", format!("Tệp không phải văn bản edXML đọc được: {why}. Đề nghị nơi gửi xuất lại tệp."))
}

/// The document, or why it is none; nothing of it is taken then.
pub fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.len() > MOST_BYTES {
        let say = format!("Tệp edXML quá lớn: tối đa {} MB.", MOST_BYTES / 1024 / 1024);
        return Err(no("edxml-large", say));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| broken("không phải chữ UTF-8"))?;
    let root = tree(text.trim_start_matches('\u{feff}'))?;
    if root.name != "edXML" {
        return Err(broken("phần tử đầu không phải edXML"));
    }
    let head =
        root.one("edXMLEnvelope").and_then(|one| one.one("edXMLHeader")).ok_or_else(|| broken("thiếu edXMLHeader"))?;
    let message = head.one("MessageHeader").ok_or_else(|| broken("thiếu MessageHeader"))?;
    let mut document = letter(message)?;
    if let Some(list) = head.one("TraceHeaderList") {
        traced(list, &mut document)?;
    }
    document.attached = attached(&root)?;
    Ok(document)
}

/// Elements with their texts. What declares entities or a document type is refused: nothing here needs one, and they do harm.
fn tree(text: &str) -> Result<Element, Refusal> {
    let mut reader = NsReader::from_str(text);
    let (mut open, mut count, mut root): (Vec<Element>, usize, Option<Element>) = (Vec::new(), 0, None);
    let mut skipped = 0_usize;
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| broken("cú pháp XML sai"))?;
        // What others put in under their own name (a signature) is passed over, with all that is in it.
        let is_foreign = is_foreign(&space)?;
        match event {
            Event::Start(_) if skipped > 0 || (is_foreign && !open.is_empty()) => skipped += 1,
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::DocType(_) => return Err(broken("có khai báo DOCTYPE, không được phép")),
            Event::Eof => break,
            _ if skipped > 0 => {}
            Event::Empty(_) if is_foreign && !open.is_empty() => {}
            Event::Start(_) | Event::Empty(_) if root.is_some() => return Err(broken("có hai phần tử gốc")),
            Event::Start(ref one) | Event::Empty(ref one) => {
                if is_foreign {
                    return Err(broken("không gian tên không phải của QCVN 102"));
                }
                count += 1;
                if open.len() >= DEEPEST || count > MOST_ELEMENTS {
                    return Err(broken("quá nhiều phần tử"));
                }
                let name = one.local_name().as_ref().to_owned();
                open.push(Element { name, ..Element::default() });
                if matches!(event, Event::Empty(_)) {
                    close(&mut open, &mut root);
                }
            }
            Event::End(_) => close(&mut open, &mut root),
            Event::Text(part) => add(&mut open, part.as_ref())?,
            Event::CData(part) => add(&mut open, part.as_ref())?,
            Event::GeneralRef(name) => {
                let text = plain(name.as_ref()).ok_or_else(|| broken("có thực thể XML lạ"))?;
                add(&mut open, &text)?;
            }
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
        }
    }
    root.filter(|_| open.is_empty()).ok_or_else(|| broken("tệp bị cắt giữa chừng"))
}

/// The five characters that XML has names for, and those by number.
fn plain(name: &str) -> Option<String> {
    let known = [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")];
    if let Some((_, text)) = known.iter().find(|one| one.0 == name) {
        return Some((*text).to_owned());
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).map(String::from)
}

fn is_foreign(space: &ResolveResult<'_>) -> Result<bool, Refusal> {
    match space {
        ResolveResult::Unbound => Ok(false),
        ResolveResult::Bound(space) => Ok(!SPACES.contains(&space.as_ref())),
        ResolveResult::Unknown(_) => Err(broken("tiền tố tên không khai báo")),
    }
}

fn close(open: &mut Vec<Element>, root: &mut Option<Element>) {
    let Some(one) = open.pop() else { return };
    match open.last_mut() {
        Some(parent) => parent.inside.push(one),
        None => *root = Some(one),
    }
}

fn add(open: &mut [Element], text: &str) -> Result<(), Refusal> {
    // XML 1.0, 2.2: of the control characters only tab and line ends.
    if text.chars().any(|one| one.is_control() && !matches!(one, '\t' | '\n' | '\r')) {
        return Err(broken("có ký tự điều khiển"));
    }
    match open.last_mut() {
        Some(one) => one.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(broken("có chữ ngoài phần tử gốc")),
    }
    Ok(())
}

fn letter(head: &Element) -> Result<Document, Refusal> {
    let organ =
        |one: &Element| Organ { id: one.text(&["OrganId"]).to_owned(), name: one.text(&["OrganName"]).to_owned() };
    let day = head.text(&["PromulgationInfo", "PromulgationDate"]);
    let document = Document {
        id: head.text(&["DocumentId"]).to_owned(),
        from: head.one("From").map(organ).unwrap_or_default(),
        to: head.all("To").map(organ).collect(),
        number: head.text(&["Code", "CodeNumber"]).to_owned(),
        notation: head.text(&["Code", "CodeNotation"]).to_owned(),
        place: head.text(&["PromulgationInfo", "Place"]).to_owned(),
        date: if day.is_empty() { None } else { Some(date(day)?) },
        kind: head.text(&["DocumentType", "TypeName"]).to_owned(),
        subject: head.text(&["Subject"]).to_owned(),
        signer: (head.text(&["SignerInfo", "Position"]).to_owned(), head.text(&["SignerInfo", "FullName"]).to_owned()),
        ..Document::default()
    };
    let needed = [
        (&document.from.id, "mã cơ quan gửi (From/OrganId)"),
        (&document.number, "số văn bản (Code/CodeNumber)"),
        (&document.notation, "ký hiệu văn bản (Code/CodeNotation)"),
        (&document.subject, "trích yếu (Subject)"),
    ];
    if let Some((_, what)) = needed.iter().find(|(text, _)| text.is_empty()) {
        return Err(no("edxml-lacks", format!("Văn bản edXML thiếu {what}. Đề nghị nơi gửi bổ sung.")));
    }
    let words =
        [&document.id, &document.from.id, &document.number, &document.notation, &document.kind, &document.place];
    let texts = [&document.subject, &document.from.name, &document.signer.0, &document.signer.1];
    let is_long = |texts: &[&String], most: usize| texts.iter().any(|text| text.chars().count() > most);
    if is_long(&words, MOST_OF_WORD) || is_long(&texts, MOST_LETTERS) {
        return Err(broken("phần đầu có chỗ dài quá mức"));
    }
    Ok(document)
}

/// A day with or without its hour: "2026/11/24", as the standard is mostly followed, "2026-11-24T00:00:00".
fn date(text: &str) -> Result<base::Date, Refusal> {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    day.replace('/', "-")
        .parse()
        .map_err(|_| no("edxml-day", format!("Ngày ban hành “{text}” không đọc được: cần dạng 2026-11-24.")))
}

/// "2026-11-24T02:30:00Z", or "2026/11/24 09:30:00" by the clock of Việt Nam.
fn moment(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse() {
        return Some(at);
    }
    format!("{}+07:00", text.replace('/', "-").replacen(' ', "T", 1)).parse().ok()
}

fn traced(list: &Element, document: &mut Document) -> Result<(), Refusal> {
    for one in list.all("TraceHeader") {
        // Where it has been is told, not needed: a moment that cannot be read is left out.
        if let Some(at) = moment(one.text(&["Timestamp"])) {
            document.trace.push((one.text(&["OrganId"]).to_owned(), at));
        }
    }
    let kind = list.text(&["Bussiness", "BussinessDocType"]);
    if !kind.is_empty() {
        let number = kind.parse().ok().and_then(Business::numbered);
        document.business = number.ok_or_else(|| broken("BussinessDocType không phải 0 đến 3"))?;
    }
    Ok(())
}

fn attached(root: &Element) -> Result<Vec<Attached>, Refusal> {
    let Some(list) = root.one("AttachmentEncoded") else { return Ok(Vec::new()) };
    let mut all: Vec<Attached> = Vec::new();
    for one in list.all("Attachment") {
        let name = one.text(&["AttachmentName"]);
        if name.is_empty() {
            return Err(no("edxml-file", "Có tệp kèm theo không có tên. Đề nghị nơi gửi đặt tên tệp."));
        }
        if all.len() >= MOST_FILES {
            return Err(no("edxml-files", format!("Có quá nhiều tệp kèm theo: tối đa {MOST_FILES}.")));
        }
        let encoded: String = one.text(&["ContentTransferEncoded"]).split_ascii_whitespace().collect();
        let bytes = BASE64.decode(encoded.as_bytes());
        let bytes =
            bytes.map_err(|_| no("edxml-file", format!("Tệp kèm theo “{name}” bị hỏng: không giải mã được.")))?;
        if bytes.is_empty() {
            return Err(no("edxml-file", format!("Tệp kèm theo “{name}” rỗng.")));
        }
        all.push(Attached { name: name.to_owned(), kind: one.text(&["ContentType"]).to_owned(), bytes });
    }
    Ok(all)
}
