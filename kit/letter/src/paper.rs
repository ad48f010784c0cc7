//! The words of the sheet, ready to be placed: capitals, signs at line ends, padded numbers, broken names,
//! widths of columns. Both writers place this and nothing else, so a PDF and its DOCX say the same.

mod facts;
mod table;
mod words;

use base::Date;
use serde::Serialize;

use crate::face::lines;
use crate::nd30::{COUNTRY, MOTTO, Nd30, PT};
use crate::{Annex, Block, Broken, Kind, Letter, Signer};

pub(crate) use facts::{Dots, Lines};
pub(crate) use table::{Cell, Grid};
use words::{capitals, clean, closed, ended, listed, paragraphs};

#[derive(Serialize)]
pub(crate) struct Paper {
    pub head: Head,
    /// Ô 5a; công văn has none.
    pub named: Option<Named>,
    pub issuer: Option<String>,
    pub basis: Vec<String>,
    /// "QUYẾT ĐỊNH:", between the căn cứ and the articles.
    pub resolves: Option<String>,
    pub to: Vec<String>,
    pub body: Vec<Part>,
    /// None where nobody signs the whole of it and nobody receives it: a form has its hands in its text.
    pub foot: Option<Foot>,
    pub annexes: Vec<Sheet>,
    pub sample: Option<String>,
    pub form: Option<String>,
    pub about: About,
}

/// What the file says of itself, beside the page.
#[derive(Serialize)]
pub(crate) struct About {
    pub title: String,
    pub author: String,
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

#[derive(Serialize)]
pub(crate) struct Head {
    pub country: &'static str,
    pub motto: &'static str,
    pub parent: Vec<String>,
    pub agency: Vec<String>,
    pub number: String,
    /// Ô 5b, "V/v …"; only công văn has it.
    pub about: Vec<String>,
    pub day: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Named {
    pub name: String,
    pub title: Vec<String>,
}

#[derive(Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub(crate) enum Part {
    Heading {
        text: String,
    },
    Paragraph {
        text: String,
    },
    /// `lead` is bold; `text` follows it, or stands under it where the article has a title.
    Article {
        lead: String,
        text: String,
    },
    Table(Grid),
    Facts(Lines),
    Signatures {
        signs: Vec<Sign>,
    },
}

#[derive(Serialize)]
pub(crate) struct Sign {
    /// Quyền hạn and chức vụ, in capitals.
    pub titles: Vec<String>,
    pub note: String,
    pub name: String,
}

#[derive(Serialize)]
pub(crate) struct Foot {
    pub receivers: Vec<String>,
    /// More receivers than a page holds beside a signature.
    pub long: bool,
    pub second: Option<Sign>,
    pub signer: Sign,
}

#[derive(Serialize)]
pub(crate) struct Sheet {
    pub label: String,
    pub title: Vec<String>,
    pub with: Vec<String>,
    pub landscape: bool,
    pub body: Vec<Part>,
}

impl Paper {
    /// `s`: the measures of the sheet. `today` dates the file where the letter has no day yet: PDF/A asks for one.
    pub fn of(letter: &Letter, s: &Nd30, today: Date) -> Result<Self, Broken> {
        let mut body = parts(&letter.body, s, false)?;
        if !is_minutes(&letter.kind) {
            end(&mut body);
        }
        let issuer = letter.issuer.as_deref().map(capitals).filter(|issuer| !issuer.is_empty());
        let resolves = issuer.as_ref().and_then(|_| resolves(&letter.kind));
        Ok(Self {
            head: head(letter, s)?,
            named: named(letter, s)?,
            issuer,
            basis: listed(&letter.basis),
            resolves,
            to: to(&letter.to),
            body,
            foot: foot(letter, s)?,
            annexes: annexes(&letter.annexes, s)?,
            sample: letter.sample.as_deref().map(clean).filter(|mark| !mark.trim().is_empty()),
            form: letter.form.as_deref().map(clean).filter(|form| !form.trim().is_empty()),
            about: about(letter, today),
        })
    }
}

impl Paper {
    /// Every table of the letter and its annexes.
    pub fn grids(&mut self) -> impl Iterator<Item = &mut Grid> {
        let annexes = self.annexes.iter_mut().flat_map(|annex| &mut annex.body);
        self.body.iter_mut().chain(annexes).filter_map(|part| match part {
            Part::Table(grid) => Some(grid),
            _ => None,
        })
    }
}

fn about(letter: &Letter, today: Date) -> About {
    let name = match &letter.kind {
        Kind::Official => String::new(),
        Kind::Named(name) => capitals(name) + " ",
    };
    let title = format!("{name}{}", clean(&letter.title)).split_whitespace().collect::<Vec<_>>().join(" ");
    let date = letter.date.unwrap_or(today);
    About {
        // PDF/A readers show the file's name where a title is empty; say what it is instead.
        title: if title.is_empty() { "Văn bản".to_owned() } else { title },
        author: clean(&letter.agency).split_whitespace().collect::<Vec<_>>().join(" "),
        year: date.year(),
        month: date.month(),
        day: date.day(),
    }
}

fn head(letter: &Letter, s: &Nd30) -> Result<Head, Broken> {
    // A little air between the names of ô 2 and quốc hiệu.
    let room = s.agency_column - 2.0;
    let parent = letter.parent.as_deref().map(capitals).unwrap_or_default();
    let about = match letter.kind {
        Kind::Official if !letter.title.trim().is_empty() => words::about(&letter.title),
        _ => String::new(),
    };
    Ok(Head {
        country: COUNTRY,
        motto: MOTTO,
        parent: lines(&parent, false, s.agency, room)?,
        agency: lines(&capitals(&letter.agency), true, s.agency, room)?,
        number: words::number(&letter.number, &letter.symbol),
        about: lines(&about, false, s.about, room)?,
        day: words::place_and_day(&letter.place, letter.date),
    })
}

/// Ô 5a. The title is broken into even lines, as a clerk does, as few as fit the page.
fn named(letter: &Letter, s: &Nd30) -> Result<Option<Named>, Broken> {
    let Kind::Named(name) = &letter.kind else { return Ok(None) };
    let room = s.text_width(false);
    Ok(Some(Named { name: capitals(name), title: lines(&clean(&letter.title), true, s.title, room)? }))
}

/// Phụ lục III: a decision opens its articles with its own name, a resolution with "QUYẾT NGHỊ:".
fn resolves(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Official => None,
        Kind::Named(name) => Some(match capitals(name).as_str() {
            "NGHỊ QUYẾT" => "QUYẾT NGHỊ:".to_owned(),
            name => format!("{name}:"),
        }),
    }
}

/// Minutes end with an hour, not with "./." (Phụ lục III, mẫu biên bản).
fn is_minutes(kind: &Kind) -> bool {
    matches!(kind, Kind::Named(name) if capitals(name).starts_with("BIÊN BẢN"))
}

/// II.9.a, ô 9a: one receiver stands on the line of "Kính gửi", several under its colon.
fn to(receivers: &[String]) -> Vec<String> {
    match receivers {
        [one] => vec![clean(one).trim().to_owned()],
        many => listed(many).iter().map(|line| format!("- {line}")).collect(),
    }
}

fn foot(letter: &Letter, s: &Nd30) -> Result<Option<Foot>, Broken> {
    const MOST: usize = 45; // lines of 11 pt: three quarters of a page
    if letter.signer == Signer::default() && letter.second.is_none() && letter.receivers.is_empty() {
        return Ok(None);
    }
    let receivers: Vec<String> = listed(&letter.receivers).iter().map(|line| format!("- {line}")).collect();
    let set = lines(&receivers.join("\n"), false, s.receivers, s.receiver_column)?;
    Ok(Some(Foot {
        receivers,
        long: set.len() > MOST,
        second: letter.second.as_ref().map(sign),
        signer: sign(&letter.signer),
    }))
}

fn sign(signer: &Signer) -> Sign {
    let mut titles = Vec::new();
    for text in signer.authority.iter().chain([&signer.title]) {
        titles.extend(paragraphs(&capitals(text)));
    }
    Sign { titles, note: words::bracketed(&signer.note), name: clean(&signer.name).trim().to_owned() }
}

fn annexes(annexes: &[Annex], s: &Nd30) -> Result<Vec<Sheet>, Broken> {
    let several = annexes.len() > 1;
    annexes
        .iter()
        .zip(1u32..)
        .map(|(annex, place)| {
            let room = s.text_width(annex.landscape) * 0.9;
            Ok(Sheet {
                // III.1.a: Roman numbers where there are two annexes or more.
                label: if several { format!("Phụ lục {}", words::roman(place)) } else { "Phụ lục".to_owned() },
                title: lines(&capitals(&annex.title), true, s.annex_title, room)?,
                with: lines(&words::bracketed(&annex.with), false, s.body, room)?,
                landscape: annex.landscape,
                body: parts(&annex.blocks, s, annex.landscape)?,
            })
        })
        .collect()
}

fn parts(blocks: &[Block], s: &Nd30, landscape: bool) -> Result<Vec<Part>, Broken> {
    let mut parts = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(text) => parts.push(Part::Heading { text: clean(text).trim().to_owned() }),
            Block::Paragraph(text) => parts.extend(each_paragraph(text)),
            Block::Article { number, title, text } => article(&mut parts, *number, title, text),
            Block::Item(text) => parts.push(Part::Paragraph { text: words::item(text) }),
            Block::Table(table) => {
                parts.extend(Grid::of(table, s, s.text_width(landscape) * PT)?.map(Part::Table));
            }
            Block::Facts { rows, qr } => parts.push(Part::Facts(Lines::of(rows, qr.as_ref())?)),
            Block::Signatures(signers) => {
                parts.push(Part::Signatures { signs: signers.iter().map(sign).collect() });
            }
        }
    }
    Ok(parts)
}

fn each_paragraph(text: &str) -> impl Iterator<Item = Part> {
    paragraphs(&clean(text)).into_iter().map(|text| Part::Paragraph { text })
}

/// II.6: "Điều" with number and title is bold; the text of an untitled article follows on the same line.
fn article(parts: &mut Vec<Part>, number: u32, title: &str, text: &str) {
    let title = clean(title).trim().to_owned();
    let mut rest = paragraphs(&clean(text)).into_iter();
    let (lead, first) = if title.is_empty() {
        (format!("Điều {number}."), rest.next().unwrap_or_default())
    } else {
        (format!("Điều {number}. {title}"), String::new())
    };
    parts.push(Part::Article { lead, text: first });
    parts.extend(rest.map(|text| Part::Paragraph { text }));
}

/// The samples of Phụ lục III close the text with "./.". Nothing is closed after a table or signatures.
fn end(body: &mut [Part]) {
    match body.last_mut() {
        Some(Part::Paragraph { text } | Part::Article { text, .. }) if !text.is_empty() => *text = ended(text),
        Some(Part::Article { lead, .. }) => *lead = closed(lead, "./."),
        _ => {}
    }
}
