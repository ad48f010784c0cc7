//! The typeface of the mark: Tinos from the binary (the metrics of Times New Roman), of which only the letters used
//! are put into the PDF. PDF/A wants every face embedded (ISO 19005-2, 6.2.11.4), with widths that agree (6.2.11.5).

use std::collections::BTreeMap;

use base::Refusal;
use lopdf::{Document, Object, ObjectId, Stream, StringFormat, dictionary};
use subsetter::GlyphRemapper;
use ttf_parser::{Face, GlyphId};

/// Upright, not bold.
pub(crate) struct Font {
    data: &'static [u8],
    face: Face<'static>,
}

/// A font in a document, with the codes of its letters there.
pub(crate) struct Embedded {
    pub id: ObjectId,
    codes: BTreeMap<char, u16>,
}

fn broken(what: &str) -> Refusal {
    Refusal::new("font-broken", format!("Phông chữ kèm chương trình không dùng được ({what}). Báo người quản trị."))
}

impl Font {
    pub fn open() -> Result<Self, Refusal> {
        let data = assets::tinos()[0];
        let face = Face::parse(data, 0).map_err(|error| broken(&error.to_string()))?;
        Ok(Self { data, face })
    }

    /// Width of a line, in thousandths of its size.
    pub fn width(&self, text: &str) -> f32 {
        text.chars().map(|c| self.advance(self.glyph(c))).sum()
    }

    /// A letter that the face lacks is drawn as a question mark: PDF/A forbids drawing a missing one.
    fn glyph(&self, c: char) -> GlyphId {
        let glyph = |c| self.face.glyph_index(c).filter(|glyph| glyph.0 != 0);
        glyph(c).or_else(|| glyph('?')).unwrap_or_default()
    }

    fn advance(&self, glyph: GlyphId) -> f32 {
        self.units(f32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default()))
    }

    fn units(&self, value: f32) -> f32 {
        value * 1000.0 / f32::from(self.face.units_per_em())
    }

    /// Puts the letters of these lines into a document: a composite font whose codes are glyphs (ISO 32000-1, 9.7).
    pub fn embed(&self, lines: &[String], document: &mut Document) -> Result<Embedded, Refusal> {
        let mut kept = GlyphRemapper::new();
        let mut codes = BTreeMap::new();
        let mut widths = BTreeMap::new();
        for c in lines.iter().flat_map(|line| line.chars()) {
            let glyph = self.glyph(c);
            let code = kept.remap(glyph.0);
            codes.insert(c, code);
            widths.insert(code, self.advance(glyph));
        }
        let program = subsetter::subset(self.data, 0, &kept).map_err(|error| broken(&error.to_string()))?;
        let mut program = Stream::new(dictionary! { "Length1" => program.len() as i64 }, program);
        // A stream that does not shrink stays as it is.
        let _ = program.compress();
        let program = document.add_object(program);
        let descriptor = document.add_object(self.descriptor(program));
        let widths = widths
            .into_iter()
            .flat_map(|(code, width)| [Object::from(i64::from(code)), Object::Array(vec![Object::Real(width)])]);
        let below = document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType2",
            "BaseFont" => NAME,
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
            "DW" => 1000,
            "W" => widths.collect::<Vec<_>>(),
            "CIDToGIDMap" => "Identity",
        });
        let meaning = document.add_object(Stream::new(dictionary! {}, to_unicode(&codes).into_bytes()));
        let id = document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => NAME,
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![below.into()],
            "ToUnicode" => meaning,
        });
        Ok(Embedded { id, codes })
    }

    fn descriptor(&self, program: ObjectId) -> lopdf::Dictionary {
        let units = |value: i16| Object::Real(self.units(f32::from(value)));
        let bounds = self.face.global_bounding_box();
        dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => NAME,
            // Serif, nonsymbolic would need an encoding of letters: codes here are glyphs, so symbolic (9.8.2).
            "Flags" => 2 | 4,
            "FontBBox" => vec![units(bounds.x_min), units(bounds.y_min), units(bounds.x_max), units(bounds.y_max)],
            "ItalicAngle" => 0,
            "Ascent" => units(self.face.ascender()),
            "Descent" => units(self.face.descender()),
            "CapHeight" => units(self.face.capital_height().unwrap_or(self.face.ascender())),
            "StemV" => 80,
            "FontFile2" => program,
        }
    }
}

/// Six letters say that it is a part of a font (9.6.4); always the same ones, so that a paper is the same twice.
const NAME: &str = "CUAVIE+Tinos-Regular";

impl Embedded {
    /// A line as the operand of Tj.
    pub fn codes(&self, line: &str) -> Object {
        let bytes = line.chars().filter_map(|c| self.codes.get(&c)).flat_map(|code| code.to_be_bytes()).collect();
        Object::String(bytes, StringFormat::Hexadecimal)
    }
}

/// What each code means, so that the mark can be searched and read aloud (9.10.3).
fn to_unicode(codes: &BTreeMap<char, u16>) -> String {
    let mut by_code: BTreeMap<u16, char> = BTreeMap::new();
    for (c, code) in codes {
        by_code.entry(*code).or_insert(*c);
    }
    let lines: Vec<String> = by_code
        .iter()
        .map(|(code, c)| {
            let units: String = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04X}")).collect();
            format!("<{code:04X}> <{units}>\n")
        })
        .collect();
    // At most a hundred in a block.
    let blocks: String =
        lines.chunks(100).map(|part| format!("{} beginbfchar\n{}endbfchar\n", part.len(), part.concat())).collect();
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{blocks}\
         endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
}
