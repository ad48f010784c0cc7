//! The visible mark: its lines, its place on the page, its appearance stream (ISO 32000-1, 12.5.5).
//!
//! Lettered with an embedded font rather than drawn as a picture: it can be searched, read aloud, and is sharp on
//! paper. What it says stands in the signature too; a reader trusts that, not the ink.

use base::{Refusal, Timestamp};
use jiff::tz::Offset;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::file::{get, list, name};
use crate::font::Font;
use crate::look::{Look, Mark, Spot};

/// NĐ 30/2020, Phụ lục I: size 10.
const SIZE: f32 = 10.0;
const LEADING: f32 = 11.0;
/// Between the letters and the edge of the mark.
const PAD: f32 = 2.0;
/// Points from the edges of the sheet. Four lines stay within margins of 20 mm, which letters by NĐ 30/2020 have.
const EDGE: f32 = 8.0;
/// How far a place that is taken is passed by, at a time.
const STEP: f32 = 6.0;
/// A name of an agency longer than this, in points, goes on in the next line.
const WIDEST: f32 = 240.0;
const MM: f32 = 72.0 / 25.4;

/// A mark that stands ready: where, and what draws it.
pub(crate) struct Drawn {
    pub page: ObjectId,
    pub rect: Object,
    pub appearance: ObjectId,
}

/// Draws a mark into `new` for a page of `old`.
pub(crate) fn draw(mark: Mark, look: &Look, old: &Document, new: &mut Document) -> Result<Drawn, Refusal> {
    let page = *old.get_pages().get(&mark.page).ok_or_else(|| {
        Refusal::new("page-missing", format!("Văn bản không có trang {}. Chọn trang khác để hiện chữ ký.", mark.page))
    })?;
    let font = Font::open()?;
    let lines = wrapped(&lines(look), &font);
    let widest = lines.iter().map(|line| font.width(line) * SIZE / 1000.0).fold(0.0, f32::max);
    let (width, height) = (widest + 2.0 * PAD, lines.len() as f32 * LEADING + 2.0 * PAD);

    let sheet = Sheet::of(old, page)?;
    let (left, bottom) = match mark.spot {
        Spot::At { left, bottom } => (left * MM, bottom * MM),
        Spot::TopRight => sheet.free_corner(old, page, width, height),
    };
    let rect = sheet.user(left, bottom, width, height);
    let appearance = appearance(&lines, &font, sheet.turn, width, height, new)?;
    Ok(Drawn { page, rect: numbers(&rect), appearance })
}

/// "Ký bởi: …", "Cơ quan: …", "Thời gian: …": the information that NĐ 30/2020 wants with a signature. The reason
/// stands in the signature only: the margin has room for no more.
pub(crate) fn lines(look: &Look) -> Vec<String> {
    let said = [("Ký bởi", &look.name), ("Cơ quan", &look.unit)];
    let mut lines: Vec<String> =
        said.into_iter().filter(|(_, what)| !what.is_empty()).map(|(word, what)| format!("{word}: {what}")).collect();
    lines.push(format!("Thời gian: {}", on_wall(look.moment)));
    lines
}

/// "24/11/2026 09:14:05 +07:00": day, second and zone (NĐ 30/2020, by ISO 8601).
pub(crate) fn on_wall(moment: Timestamp) -> String {
    Offset::constant(7).to_datetime(moment).strftime("%d/%m/%Y %H:%M:%S +07:00").to_string()
}

fn wrapped(lines: &[String], font: &Font) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines {
        let mut now = String::new();
        for word in line.split_whitespace() {
            let longer = if now.is_empty() { word.to_owned() } else { format!("{now} {word}") };
            if font.width(&longer) * SIZE / 1000.0 > WIDEST && !now.is_empty() {
                out.push(std::mem::replace(&mut now, word.to_owned()));
            } else {
                now = longer;
            }
        }
        out.push(now);
    }
    out
}

fn appearance(
    lines: &[String],
    font: &Font,
    turn: u16,
    width: f32,
    height: f32,
    new: &mut Document,
) -> Result<ObjectId, Refusal> {
    let embedded = font.embed(lines, new)?;
    let say = |operator: &str, operands: Vec<Object>| Operation::new(operator, operands);
    let mut operations = vec![
        say("BT", vec![]),
        say("Tf", vec!["F".into(), Object::Real(SIZE)]),
        say("TL", vec![Object::Real(LEADING)]),
        say("g", vec![0.into()]),
        // The first baseline: letters of Times rise about nine tenths of their size.
        say("Td", vec![Object::Real(PAD), Object::Real(height - PAD - 0.9 * SIZE)]),
    ];
    for line in lines {
        operations.push(say("Tj", vec![embedded.codes(line)]));
        operations.push(say("T*", vec![]));
    }
    operations.push(say("ET", vec![]));
    let content = Content { operations }.encode().map_err(|error| {
        Refusal::new("mark-undrawn", format!("Không vẽ được phần hiển thị của chữ ký: {error}. Ký không hiển thị."))
    })?;
    // On a turned page the mark is turned against it, so that it is read upright.
    let (sin, cos) = match turn {
        90 => (1, 0),
        180 => (0, -1),
        270 => (-1, 0),
        _ => (0, 1),
    };
    let form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => numbers(&[0.0, 0.0, width, height]),
        "Matrix" => vec![cos.into(), sin.into(), (-sin).into(), cos.into(), 0.into(), 0.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F" => embedded.id } },
    };
    Ok(new.add_object(Stream::new(form, content)))
}

fn numbers(values: &[f32]) -> Object {
    Object::Array(values.iter().map(|value| Object::Real((value * 100.0).round() / 100.0)).collect())
}

/// The visible part of a page, and how it is turned.
struct Sheet {
    /// Left, bottom, right, top, in the page's own space.
    frame: [f32; 4],
    /// Clockwise, degrees: 0, 90, 180, 270.
    turn: u16,
}

impl Sheet {
    fn of(document: &Document, page: ObjectId) -> Result<Self, Refusal> {
        let odd = || Refusal::new("page-odd", "Trang không có khổ giấy đọc được. Ký không hiển thị trên trang.");
        let crop = inherited(document, page, b"CropBox").and_then(|frame| four(document, frame));
        let media = || inherited(document, page, b"MediaBox").and_then(|frame| four(document, frame));
        let frame = crop.or_else(media).ok_or_else(odd)?;
        let turn = inherited(document, page, b"Rotate").and_then(|turn| turn.as_i64().ok()).unwrap_or(0);
        Ok(Self { frame, turn: u16::try_from(turn.rem_euclid(360)).unwrap_or(0) / 90 * 90 })
    }

    /// Width and height as the page is seen.
    fn seen(&self) -> (f32, f32) {
        let [left, bottom, right, top] = self.frame;
        if self.turn % 180 == 90 { (top - bottom, right - left) } else { (right - left, top - bottom) }
    }

    /// A rectangle as it is seen, in the page's own space.
    fn user(&self, x: f32, y: f32, width: f32, height: f32) -> [f32; 4] {
        let [left, bottom, right, top] = self.frame;
        match self.turn {
            90 => [right - y - height, bottom + x, right - y, bottom + x + width],
            180 => [right - x - width, top - y - height, right - x, top - y],
            270 => [left + y, top - x - width, left + y + height, top - x],
            _ => [left + x, bottom + y, left + x + width, bottom + y + height],
        }
    }

    /// The first free place from right to left in the upper margin, then in the lower one. Where both are full, the
    /// corner all the same: what lies there is whole in the panel of signatures.
    fn free_corner(&self, document: &Document, page: ObjectId, width: f32, height: f32) -> (f32, f32) {
        let taken = taken(document, page);
        let (wide, high) = self.seen();
        let is_free = |left: f32, bottom: f32| {
            let own = self.user(left, bottom, width, height);
            !taken.iter().any(|other| overlap(&own, other))
        };
        let corner = ((wide - EDGE - width).max(0.0), (high - EDGE - height).max(0.0));
        for bottom in [corner.1, EDGE] {
            let mut left = corner.0;
            while left >= EDGE {
                if is_free(left, bottom) {
                    return (left, bottom);
                }
                left -= STEP;
            }
        }
        corner
    }
}

/// Where the page has signatures already.
fn taken(document: &Document, page: ObjectId) -> Vec<[f32; 4]> {
    let Ok(page) = document.get_dictionary(page) else { return Vec::new() };
    let widgets = list(document, page, b"Annots").iter().filter_map(|one| crate::file::dict(document, one));
    let signatures = widgets.filter(|one| name(document, one, b"FT") == Some(b"Sig"));
    signatures.filter_map(|one| four(document, get(document, one, b"Rect")?)).collect()
}

fn overlap(a: &[f32; 4], b: &[f32; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

fn four(document: &Document, object: &Object) -> Option<[f32; 4]> {
    let values = object.as_array().ok()?.iter().map(|one| document.dereference(one).ok()?.1.as_float().ok());
    let [a, b, c, d] = values.collect::<Option<Vec<f32>>>()?.try_into().ok()?;
    let frame = [f32::min(a, c), f32::min(b, d), f32::max(a, c), f32::max(b, d)];
    frame.iter().all(|value| value.is_finite()).then_some(frame)
}

/// A page takes its size and turn from the tree above it where it has none (ISO 32000-1, 7.7.3.4).
fn inherited<'a>(document: &'a Document, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node: &Dictionary = document.get_dictionary(page).ok()?;
    // No tree of pages is deeper; a ring of parents ends here.
    for _ in 0..32 {
        if let Some(found) = get(document, node, key) {
            return Some(found);
        }
        node = get(document, node, b"Parent")?.as_dict().ok()?;
    }
    None
}
