//! Documents that are ZIP inside: Office Open XML (ECMA-376) and OpenDocument (ISO/IEC 26300).

use super::Found;
use crate::{Kind, NotNow};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The parts that are read are a few KB. What is longer is not read further.
const MOST: u64 = 1024 * 1024;

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

pub(super) fn sniff(bytes: &[u8]) -> Result<Found, NotNow> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotNow::Damaged)?;
    if is_locked(&mut zip)? {
        return Err(NotNow::Locked);
    }
    if let Some(types) = part(&mut zip, "[Content_Types].xml")? {
        return Ok(open_xml(&types));
    }
    if let Some(media) = part(&mut zip, "mimetype")? {
        return open_document(&mut zip, media.trim());
    }
    Ok(Found::Archive)
}

/// What the document is, by the type of its main part.
fn open_xml(types: &str) -> Found {
    let says = |part: &str| types.contains(part);
    match () {
        // docm, xlsm; also one that calls itself docx.
        () if says("macroEnabled") || says("vbaProject") => Found::Macros,
        () if says("wordprocessingml.document.main+xml") => Found::Kind(Kind::Docx),
        () if says("spreadsheetml.sheet.main+xml") => Found::Kind(Kind::Xlsx),
        () => Found::Unknown,
    }
}

fn open_document(zip: &mut Zip<'_>, media: &str) -> Result<Found, NotNow> {
    let kind = match Kind::of_media(media) {
        Some(kind @ (Kind::Odt | Kind::Ods)) => kind,
        _ => return Ok(Found::Unknown),
    };
    let manifest = part(zip, "META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") { Err(NotNow::Locked) } else { Ok(Found::Kind(kind)) }
}

/// Whether any entry has the flag of ZIP's own encryption.
fn is_locked(zip: &mut Zip<'_>) -> Result<bool, NotNow> {
    for at in 0..zip.len() {
        if zip.by_index_raw(at).map_err(|_| NotNow::Damaged)?.encrypted() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A part as text, if there is one of this name.
fn part(zip: &mut Zip<'_>, name: &str) -> Result<Option<String>, NotNow> {
    let Some(at) = zip.index_for_name(name) else { return Ok(None) };
    let mut bytes = Vec::new();
    let entry = zip.by_index(at).map_err(|_| NotNow::Damaged)?;
    entry.take(MOST).read_to_end(&mut bytes).map_err(|_| NotNow::Damaged)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}
