//! What a zip file holds, looked at before anything trusts it.

use std::io::{Cursor, Read};

use base::Refusal;
use zip::ZipArchive;

use crate::{Limits, words};

pub(super) enum Package {
    Xlsx,
    /// With its `content.xml`.
    Ods(String),
}

/// Unpacks every entry once and counts, since the sizes that a zip declares are only claims; refuses macros, passwords, and
/// what is not a spreadsheet.
pub(super) fn look(bytes: &[u8], file: &str, limits: &Limits) -> Result<Package, Refusal> {
    let broken = || words::broken(file);
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let mut left = limits.unpacked;
    let mut seen = Seen::default();
    for place in 0..zip.len() {
        if zip.by_index_raw(place).map_err(|_| broken())?.encrypted() {
            return Err(words::encrypted(file));
        }
        let entry = zip.by_index(place).map_err(|_| broken())?;
        let name = entry.name().map_err(|_| broken())?.into_owned();
        let mut unpacked = Vec::new();
        let kept = Seen::wants(&name);
        let mut counted = entry.take(left + 1);
        let size = if kept {
            counted.read_to_end(&mut unpacked).map_err(|_| broken())? as u64
        } else {
            std::io::copy(&mut counted, &mut std::io::sink()).map_err(|_| broken())?
        };
        left = left.checked_sub(size).ok_or_else(|| words::unpacks_too_large(file, limits.unpacked))?;
        seen.note(&name, unpacked);
    }
    seen.decide(file)
}

#[derive(Default)]
struct Seen {
    macros: bool,
    encrypted: bool,
    xlsx: bool,
    xlsb: bool,
    ods: bool,
    content: Option<Vec<u8>>,
}

impl Seen {
    fn wants(name: &str) -> bool {
        matches!(name, "[Content_Types].xml" | "mimetype" | "META-INF/manifest.xml" | "content.xml")
    }

    fn note(&mut self, name: &str, unpacked: Vec<u8>) {
        let holds =
            |word: &str| unpacked.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()));
        match name {
            "[Content_Types].xml" => {
                self.macros |= holds("macroEnabled");
                self.xlsx |= holds("spreadsheetml.sheet.main");
            }
            "mimetype" => self.ods = unpacked.starts_with(b"application/vnd.oasis.opendocument.spreadsheet"),
            "META-INF/manifest.xml" => self.encrypted |= holds("encryption-data"),
            "content.xml" => self.content = Some(unpacked),
            "xl/workbook.xml" => self.xlsx = true,
            "xl/workbook.bin" => self.xlsb = true,
            _ => {
                let name = name.to_ascii_lowercase();
                self.macros |= name.ends_with("vbaproject.bin")
                    || (name.starts_with("basic/") && name.ends_with(".xba"))
                    || name.starts_with("scripts/");
            }
        }
    }

    fn decide(self, file: &str) -> Result<Package, Refusal> {
        if self.encrypted {
            return Err(words::encrypted(file));
        }
        if !self.xlsx && !self.xlsb && !self.ods {
            return Err(words::not_a_spreadsheet(file));
        }
        if self.macros {
            return Err(words::macros(file));
        }
        if self.xlsb {
            return Err(words::old_excel(file));
        }
        if self.xlsx {
            return Ok(Package::Xlsx);
        }
        let content = self.content.ok_or_else(|| words::broken(file))?;
        String::from_utf8(content).map(Package::Ods).map_err(|_| words::broken(file))
    }
}
