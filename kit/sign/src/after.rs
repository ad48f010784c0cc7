//! What came after a signature: nothing, only further signatures, or something else.
//!
//! An incremental update may replace any page while the bytes that were signed stay whole. So the document as it was
//! signed is laid beside the document as it is now: whoever signs later adds a field, its widget and what they are
//! made of, and changes nothing that was there.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};
use serde::{Deserialize, Serialize};

use crate::file;

/// What a file has after the bytes that a signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum After {
    /// The signature covers the whole file.
    Nothing,
    /// Others signed later; pages and all else are as they were.
    Signatures,
    /// Anything else, or what cannot be told.
    Content,
}

/// `closed`: the last bytes of the file stand under a signature that is right; without that, anybody added them.
pub(crate) fn of(pdf: &[u8], end: usize, now: &Document, closed: bool) -> After {
    if end == pdf.len() {
        return After::Nothing;
    }
    let Some(signed) = pdf.get(..end).filter(|_| closed) else { return After::Content };
    match file::load(signed) {
        Ok(then) if only_signatures(&then, now) => After::Signatures,
        _ => After::Content,
    }
}

fn only_signatures(then: &Document, now: &Document) -> bool {
    let Some(places) = Places::of(then, now) else { return false };
    let changed = |(id, before): (&ObjectId, &Object)| match now.objects.get(id) {
        Some(after) => before == after || places.allow(*id, before, after),
        None => false,
    };
    // A reference that led nowhere must not lead somewhere now: what it shows would be new.
    let dangling = references(then);
    let added = now.objects.keys().filter(|id| !then.objects.contains_key(id));
    then.objects.iter().all(changed) && !added.into_iter().any(|id| dangling.contains(id))
}

/// The objects that a further signature may touch.
struct Places<'a> {
    now: &'a Document,
    then: &'a Document,
    catalog: ObjectId,
    info: Option<ObjectId>,
    form: Option<ObjectId>,
    /// The array of fields, where it is an object of its own.
    fields: Option<ObjectId>,
    pages: BTreeSet<ObjectId>,
    /// Arrays of annotations that are objects of their own.
    annotations: BTreeSet<ObjectId>,
}

impl<'a> Places<'a> {
    fn of(then: &'a Document, now: &'a Document) -> Option<Self> {
        let catalog = then.trailer.get(b"Root").and_then(Object::as_reference).ok()?;
        if now.trailer.get(b"Root").and_then(Object::as_reference).ok() != Some(catalog) {
            return None;
        }
        let id_in = |owner: &Dictionary, key: &[u8]| owner.get(key).and_then(Object::as_reference).ok();
        let root = then.get_dictionary(catalog).ok()?;
        let form = root.get(b"AcroForm").ok().and_then(|form| file::dict(then, form));
        let pages: BTreeSet<ObjectId> = then.page_iter().collect();
        let annotations = pages.iter().filter_map(|page| id_in(then.get_dictionary(*page).ok()?, b"Annots")).collect();
        Some(Self {
            now,
            then,
            catalog,
            info: id_in(&then.trailer, b"Info"),
            form: id_in(root, b"AcroForm"),
            fields: form.and_then(|form| id_in(form, b"Fields")),
            pages,
            annotations,
        })
    }

    fn allow(&self, id: ObjectId, before: &Object, after: &Object) -> bool {
        if self.info == Some(id) {
            return true;
        }
        if self.fields == Some(id) || self.annotations.contains(&id) {
            return self.longer(Some(before), Some(after));
        }
        let (Ok(before), Ok(after)) = (before.as_dict(), after.as_dict()) else { return false };
        if id == self.catalog {
            same_but(before, after, &[b"AcroForm", b"DSS", b"Extensions"])
                && self.form_grew(before.get(b"AcroForm").ok(), after.get(b"AcroForm").ok())
        } else if self.form == Some(id) {
            self.form_dict_grew(before, after)
        } else {
            self.pages.contains(&id)
                && same_but(before, after, &[b"Annots"])
                && self.longer(before.get(b"Annots").ok(), after.get(b"Annots").ok())
        }
    }

    fn form_grew(&self, before: Option<&Object>, after: Option<&Object>) -> bool {
        let empty = Dictionary::new();
        let before = match before {
            Some(before) => file::dict(self.then, before),
            None => Some(&empty),
        };
        match (before, after) {
            (Some(before), Some(after)) => {
                file::dict(self.now, after).is_some_and(|after| self.form_dict_grew(before, after))
            }
            (_, None) => before.is_some_and(Dictionary::is_empty),
            _ => false,
        }
    }

    fn form_dict_grew(&self, before: &Dictionary, after: &Dictionary) -> bool {
        same_but(before, after, &[b"Fields", b"SigFlags"])
            && self.longer(before.get(b"Fields").ok(), after.get(b"Fields").ok())
    }

    /// The same entries in their order, and then only signature fields.
    fn longer(&self, before: Option<&Object>, after: Option<&Object>) -> bool {
        let list = |document: &'a Document, object: Option<&Object>| -> Option<Vec<Object>> {
            match object {
                None => Some(Vec::new()),
                Some(Object::Reference(id)) => document.get_object(*id).and_then(Object::as_array).ok().cloned(),
                Some(object) => object.as_array().ok().cloned(),
            }
        };
        let (Some(before), Some(after)) = (list(self.then, before), list(self.now, after)) else { return false };
        after.starts_with(&before)
            && after[before.len()..].iter().all(|one| {
                file::dict(self.now, one).is_some_and(|field| file::name(self.now, field, b"FT") == Some(b"Sig"))
            })
    }
}

/// Two dictionaries that differ at these keys only.
fn same_but(before: &Dictionary, after: &Dictionary, but: &[&[u8]]) -> bool {
    let keys = before.iter().chain(after.iter()).map(|(key, _)| key.as_slice());
    keys.filter(|key| !but.contains(key)).all(|key| before.get(key).ok() == after.get(key).ok())
}

/// Every reference in a document.
fn references(document: &Document) -> BTreeSet<ObjectId> {
    let mut found = BTreeSet::new();
    let mut todo: Vec<&Object> = document.objects.values().collect();
    todo.extend(document.trailer.iter().map(|(_, value)| value));
    while let Some(object) = todo.pop() {
        match object {
            Object::Reference(id) => {
                found.insert(*id);
            }
            Object::Array(list) => todo.extend(list),
            Object::Dictionary(dict) => todo.extend(dict.iter().map(|(_, value)| value)),
            Object::Stream(stream) => todo.extend(stream.dict.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    found
}
