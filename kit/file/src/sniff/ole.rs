//! Documents of Office 97–2003, and locked ones of any Office: compound files ([MS-CFB]), a small file system. Its root
//! folder says what it is.

use super::Found;
use crate::{Kind, NotNow};

pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Sector numbers from here up are marks, not sectors ([MS-CFB] §2.1).
const FIRST_MARK: u32 = 0xffff_fffa;
const ENTRY: usize = 128;
/// Streams shorter than this lie in the small sectors of the root's own stream.
const SMALL: u32 = 4096;
const SMALL_SECTOR: usize = 64;
/// Sectors of a directory that are read at most: some thousand entries.
const MOST_SECTORS: usize = 4096;

pub(super) fn sniff(bytes: &[u8]) -> Result<Found, NotNow> {
    let file = Compound::open(bytes).ok_or(NotNow::Damaged)?;
    let root = file.root_folder().ok_or(NotNow::Damaged)?;
    let has = |name: &str| root.iter().find(|entry| entry.name == name);
    // [MS-OFFCRYPTO] §2.3.4: a locked docx or xlsx is such a stream in a compound file; §2.2: or one under IRM.
    if has("EncryptedPackage").is_some() || has("\tDRMContent").is_some() {
        return Err(NotNow::Locked);
    }
    if let Some(word) = has("WordDocument") {
        let head = file.head(word).ok_or(NotNow::Damaged)?;
        return if is_locked_word(head) { Err(NotNow::Locked) } else { Ok(Found::Kind(Kind::Doc)) };
    }
    if let Some(book) = has("Workbook").or_else(|| has("Book")) {
        let head = file.head(book).ok_or(NotNow::Damaged)?;
        return if is_locked_book(head) { Err(NotNow::Locked) } else { Ok(Found::Kind(Kind::Xls)) };
    }
    Ok(Found::Unknown)
}

/// [MS-DOC] §2.5.2 FibBase: `fEncrypted` is the ninth bit of the word at offset 10.
fn is_locked_word(head: &[u8]) -> bool {
    u16_at(head, 10).is_some_and(|flags| flags & 0x0100 != 0)
}

/// [MS-XLS] §2.1.7.20.3: a record FILEPASS (0x2F) among the first ones.
fn is_locked_book(head: &[u8]) -> bool {
    let mut at = 0;
    while let (Some(record), Some(length)) = (u16_at(head, at), u16_at(head, at + 2)) {
        if record == 0x2f {
            return true;
        }
        at += 4 + usize::from(length);
    }
    false
}

struct Entry {
    name: String,
    start: u32,
    size: u32,
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The sectors that hold the table of chains.
    table: Vec<u32>,
    directory: u32,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Compound<'a>> {
        let shift = u16_at(bytes, 30)?;
        if shift != 9 && shift != 12 {
            return None;
        }
        let mut file = Compound { bytes, sector: 1 << shift, table: Vec::new(), directory: u32_at(bytes, 48)? };
        let in_header = (0..109).filter_map(|i| u32_at(bytes, 76 + 4 * i));
        file.table = in_header.take_while(|sector| *sector < FIRST_MARK).collect();
        let (mut more, mut left) = (u32_at(bytes, 68)?, MOST_SECTORS);
        while more < FIRST_MARK && left > 0 {
            let sector = file.sector_at(more)?;
            let (last, entries) = (file.sector / 4 - 1, file.sector / 4 - 1);
            file.table.extend((0..entries).filter_map(|i| u32_at(sector, 4 * i)).filter(|entry| *entry < FIRST_MARK));
            more = u32_at(sector, 4 * last)?;
            left -= 1;
        }
        Some(file)
    }

    fn sector_at(&self, number: u32) -> Option<&'a [u8]> {
        let from = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let to = from.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(from..to)
    }

    /// The sector after this one in its chain.
    fn next(&self, number: u32) -> Option<u32> {
        let per_sector = self.sector / 4;
        let table = *self.table.get(number as usize / per_sector)?;
        u32_at(self.sector_at(table)?, 4 * (number as usize % per_sector)).filter(|next| *next < FIRST_MARK)
    }

    fn chain(&self, start: u32) -> impl Iterator<Item = u32> {
        std::iter::successors((start < FIRST_MARK).then_some(start), |number| self.next(*number)).take(MOST_SECTORS)
    }

    /// The raw directory entry of this number.
    fn entry(&self, directory: &[u32], number: u32) -> Option<&'a [u8]> {
        let at = number as usize * ENTRY;
        let sector = self.sector_at(*directory.get(at / self.sector)?)?;
        sector.get(at % self.sector..at % self.sector + ENTRY)
    }

    /// What lies in the root: its entries are a tree of brothers below the root's child. The root itself comes first.
    fn root_folder(&self) -> Option<Vec<Entry>> {
        let directory: Vec<u32> = self.chain(self.directory).collect();
        let most = directory.len() * self.sector / ENTRY;
        let root = self.entry(&directory, 0)?;
        let mut found = vec![read(root)?];
        let mut ahead = vec![u32_at(root, 76)?];
        while let Some(number) = ahead.pop() {
            // A loop in a forged tree ends here.
            if number >= FIRST_MARK || found.len() > most {
                continue;
            }
            let Some(entry) = self.entry(&directory, number) else { continue };
            found.push(read(entry)?);
            ahead.extend([u32_at(entry, 68)?, u32_at(entry, 72)?]);
        }
        Some(found)
    }

    /// The first bytes of a stream, at most a sector.
    fn head(&self, entry: &Entry) -> Option<&'a [u8]> {
        if entry.size >= SMALL {
            return self.sector_at(entry.start);
        }
        let root = read(self.entry(&self.chain(self.directory).collect::<Vec<_>>(), 0)?)?;
        let at = entry.start as usize * SMALL_SECTOR;
        let sector = self.sector_at(self.chain(root.start).nth(at / self.sector)?)?;
        sector.get(at % self.sector..(at % self.sector + SMALL_SECTOR).min(sector.len()))
    }
}

fn read(entry: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(entry, 64)?).clamp(2, 64) - 2;
    let units: Vec<u16> = (0..length / 2).filter_map(|i| u16_at(entry, 2 * i)).collect();
    Some(Entry { name: String::from_utf16_lossy(&units), start: u32_at(entry, 116)?, size: u32_at(entry, 120)? })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
