//! The signature field, which is its own widget, in the form of a document and on one of its pages.
//!
//! An array or a form that is an object of its own is laid over by a longer one; one that stands inside another
//! dictionary has that dictionary laid over.

use base::Refusal;
use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, dictionary};

use crate::file;
use crate::look::Look;
use crate::mark;
use crate::sign::{text, unwritten};

/// Adds a field with this signature as its value.
pub(crate) fn add(both: &mut IncrementalDocument, look: &Look, value: ObjectId) -> Result<(), Refusal> {
    let old = both.get_prev_documents().clone();
    let names: Vec<String> = file::fields(&old).into_iter().map(|field| field.name).collect();
    let name = (1_u32..).map(|count| format!("ChuKy{count}")).find(|name| !names.contains(name)).unwrap_or_default();
    let drawn = look.mark.map(|mark| mark::draw(mark, look, &old, &mut both.new_document)).transpose()?;
    let first = old.get_pages().values().next().copied();
    let page = drawn.as_ref().map(|drawn| drawn.page).or(first);
    let page = page.ok_or_else(|| Refusal::new("page-missing", "Tệp PDF không có trang nào. Chọn tệp khác."))?;
    let mut field = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => text(&name),
        "TU" => text(&mark::lines(look).join("; ")),
        "V" => value,
        "P" => page,
        // Printed, and locked against moving (ISO 32000-1, 12.5.3): PDF/A wants the first (ISO 19005-2, 6.3.2).
        "F" => 4 | 128,
    };
    match drawn {
        Some(drawn) => {
            field.set("Rect", drawn.rect);
            field.set("AP", dictionary! { "N" => drawn.appearance });
        }
        None => field.set("Rect", vec![0.into(), 0.into(), 0.into(), 0.into()]),
    }
    let field = both.new_document.add_object(field);

    let mut sheet = old.get_dictionary(page).map_err(|error| unwritten(&error))?.clone();
    if push(both, &old, &mut sheet, b"Annots", field) {
        both.new_document.set_object(page, sheet);
    }
    enter(both, &old, field)
}

/// Enters a field into the form of the document, with SigFlags: signatures exist, append only (12.7.2).
fn enter(both: &mut IncrementalDocument, old: &Document, field: ObjectId) -> Result<(), Refusal> {
    let root = old.trailer.get(b"Root").and_then(Object::as_reference).map_err(|error| unwritten(&error))?;
    let mut catalog = old.get_dictionary(root).map_err(|error| unwritten(&error))?.clone();
    let stands = catalog.get(b"AcroForm").ok().cloned();
    let form = stands.as_ref().and_then(|form| file::dict(old, form));
    let mut form = form.cloned().unwrap_or_default();
    form.set("SigFlags", 3);
    push(both, old, &mut form, b"Fields", field);
    match stands {
        Some(Object::Reference(id)) => both.new_document.set_object(id, form),
        _ => {
            catalog.set("AcroForm", form);
            both.new_document.set_object(root, catalog);
        }
    }
    Ok(())
}

/// Makes an array of a dictionary longer by a reference; true where the dictionary itself changed.
fn push(both: &mut IncrementalDocument, old: &Document, owner: &mut Dictionary, key: &[u8], what: ObjectId) -> bool {
    let mut list = file::list(old, owner, key).to_vec();
    list.push(what.into());
    match owner.get(key) {
        Ok(Object::Reference(id)) => {
            both.new_document.set_object(*id, list);
            false
        }
        _ => {
            owner.set(key, list);
            true
        }
    }
}
