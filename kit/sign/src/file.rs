//! A PDF as it came from anywhere: read without a panic and without an explosion of memory, or refused in words.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use base::Refusal;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

/// Offsets of the tables are 32 bits wide, and a result of a procedure is a paper, not a film.
const MOST: usize = 256 << 20;
/// Of one packed stream that the reader itself needs (objects, tables).
const MOST_UNPACKED: usize = 64 << 20;

/// # Errors
/// `pdf-large`, `pdf-unread`, `pdf-locked`.
pub(crate) fn load(bytes: &[u8]) -> Result<Document, Refusal> {
    if bytes.len() > MOST {
        return Err(Refusal::new("pdf-large", "Tệp PDF lớn hơn 256 MB. Chia nhỏ hoặc giảm dung lượng tệp."));
    }
    let unread =
        || Refusal::new("pdf-unread", "Không đọc được tệp: không phải PDF, hoặc tệp bị hỏng, bị cắt. Lấy lại bản gốc.");
    if bytes.len() < 8 || !bytes[..bytes.len().min(1024)].windows(5).any(|five| five == b"%PDF-") {
        return Err(unread());
    }
    let options = LoadOptions { max_decompressed_size: Some(MOST_UNPACKED), ..LoadOptions::default() };
    // The reader is another's: whatever a stranger's file makes it do, the worst is a refusal.
    let read = catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(bytes, options)));
    let document = read.ok().and_then(Result::ok).ok_or_else(unread)?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Refusal::new("pdf-locked", "Tệp PDF được đặt mật khẩu. Bỏ mật khẩu rồi thử lại."));
    }
    if document.catalog().is_err() {
        return Err(unread());
    }
    Ok(document)
}

/// A dictionary, through references.
pub(crate) fn dict<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    document.dereference(object).ok()?.1.as_dict().ok()
}

/// A value of a dictionary, through references.
pub(crate) fn get<'a>(document: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    Some(document.dereference(dict.get(key).ok()?).ok()?.1)
}

pub(crate) fn name<'a>(document: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    get(document, dict, key)?.as_name().ok()
}

/// An array, through references; none is empty.
pub(crate) fn list<'a>(document: &'a Document, dict: &'a Dictionary, key: &[u8]) -> &'a [Object] {
    get(document, dict, key).and_then(|object| object.as_array().ok()).map_or(&[], Vec::as_slice)
}

/// A text string: UTF-16 with its mark, UTF-8 with its mark, or PDFDocEncoding, whose letters are Latin-1's where it
/// matters (ISO 32000-1, 7.9.2.2).
pub(crate) fn text(document: &Document, dict: &Dictionary, key: &[u8]) -> Option<String> {
    let bytes = get(document, dict, key)?.as_str().ok()?;
    let said = match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        plain => plain.iter().map(|byte| char::from(*byte)).collect(),
    };
    let said = crate::cert::shown(&said);
    (!said.trim().is_empty()).then_some(said)
}

/// A field that signatures stand in.
pub(crate) struct Field<'a> {
    /// The name with its parents': "ChuKy1".
    pub name: String,
    /// The signature, where it is signed.
    pub value: Option<&'a Dictionary>,
}

/// The signature fields of the form, in its order (ISO 32000-1, 12.7.4.5).
pub(crate) fn fields(document: &Document) -> Vec<Field<'_>> {
    let mut found = Vec::new();
    let form = document.catalog().ok().and_then(|catalog| catalog.get(b"AcroForm").ok());
    let Some(form) = form.and_then(|form| dict(document, form)) else { return found };
    let mut seen = BTreeSet::new();
    for field in list(document, form, b"Fields") {
        walk(document, field, Inherited::default(), &mut seen, &mut found);
    }
    found
}

#[derive(Clone, Default)]
struct Inherited {
    name: String,
    is_signature: bool,
    depth: u8,
}

/// Deeper than this no form of an office is; a ring of fields ends by `seen`.
const DEEPEST: u8 = 16;

fn walk<'a>(
    document: &'a Document,
    field: &'a Object,
    mut from: Inherited,
    seen: &mut BTreeSet<ObjectId>,
    found: &mut Vec<Field<'a>>,
) {
    if let Ok(id) = field.as_reference()
        && !seen.insert(id)
    {
        return;
    }
    let Some(field) = dict(document, field).filter(|_| from.depth < DEEPEST) else { return };
    if let Some(own) = text(document, field, b"T") {
        from.name = if from.name.is_empty() { own } else { format!("{}.{own}", from.name) };
    }
    if let Some(kind) = name(document, field, b"FT") {
        from.is_signature = kind == b"Sig";
    }
    from.depth += 1;
    let value = get(document, field, b"V").and_then(|value| value.as_dict().ok());
    if from.is_signature && (value.is_some() || !field.has(b"Kids")) {
        found.push(Field { name: from.name.clone(), value });
        return;
    }
    for kid in list(document, field, b"Kids") {
        walk(document, kid, from.clone(), seen, found);
    }
}
