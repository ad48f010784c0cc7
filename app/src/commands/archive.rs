//! The form of a backup: one ZIP that any tool opens, and that any later program reads.
//!
//! ```text
//! manifest.json               what is in it, each part with its SHA-256; written last
//! tables/unit.jsonl           a row a line: an array in the order of the manifest's columns
//! files/ab/abcdef…            a content, named by its SHA-256
//! ```
//!
//! A cell is `null`, a number (whole), a text (texts, days, decimals), or `{"b64": "…"}`.

use anyhow::{Context, Result, bail};
use data_encoding::{BASE64, HEXLOWER};
use db::Val;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;
use zip::ZipArchive;

/// Changes when an older program could not read the form any more.
pub const FORM: u32 = 1;
pub const MANIFEST: &str = "manifest.json";

#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub form: u32,
    pub program: String,
    /// When the snapshot was taken, UTC.
    pub taken: String,
    /// The last step of the database's story.
    pub migration: u32,
    /// In the order in which they can be loaded.
    pub tables: Vec<TablePart>,
    pub files: Vec<FilePart>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct TablePart {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: u64,
    pub sha256: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct FilePart {
    pub sha256: String,
    pub bytes: u64,
}

impl Manifest {
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// "Đã sao lưu: 24 bảng, 10.233 dòng, 12 tệp (3,4 MiB)."
    pub fn say(&self, what: &str) -> String {
        let bytes: u64 = self.files.iter().map(|file| file.bytes).sum();
        let mib = base::Decimal::from(bytes) / base::Decimal::from(1024 * 1024);
        format!(
            "{what}: {} bảng, {} dòng, {} tệp ({} MiB).",
            self.tables.len(),
            base::number::vi(&self.rows().into()),
            base::number::vi(&(self.files.len() as u64).into()),
            base::number::vi_fixed(&mib, 1)
        )
    }
}

pub fn table_path(name: &str) -> String {
    format!("tables/{name}.jsonl")
}

pub fn file_path(sha256: &str) -> String {
    format!("files/{}/{sha256}", sha256.get(..2).unwrap_or_default())
}

pub fn cell(val: &Val) -> Value {
    match val {
        Val::Null => Value::Null,
        Val::Int(value) => json!(value),
        Val::Text(text) => json!(text),
        Val::Dec(value) => json!(value.to_string()),
        Val::Bytes(bytes) => json!({ "b64": BASE64.encode(bytes) }),
    }
}

pub fn val(cell: &Value) -> Result<Val> {
    Ok(match cell {
        Value::Null => Val::Null,
        Value::Number(number) => Val::Int(number.as_i64().context("một ô không phải số nguyên")?),
        Value::String(text) => Val::Text(text.clone()),
        Value::Object(object) => {
            let text = object.get("b64").and_then(Value::as_str).context("một ô không đọc được")?;
            Val::Bytes(BASE64.decode(text.as_bytes()).context("một ô không đọc được")?)
        }
        _ => bail!("một ô không đọc được"),
    })
}

/// Counts and hashes what passes through it.
pub struct Hashed<T> {
    inner: T,
    hash: Sha256,
}

impl<T> Hashed<T> {
    pub fn new(inner: T) -> Hashed<T> {
        Hashed { inner, hash: Sha256::new() }
    }

    pub fn sum(self) -> String {
        HEXLOWER.encode(&self.hash.finalize())
    }
}

impl<T: Write> Write for Hashed<T> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Hashed<T> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(into)?;
        self.hash.update(&into[..read]);
        Ok(read)
    }
}

/// A backup that is open for reading.
pub struct Archive {
    zip: ZipArchive<BufReader<File>>,
    pub manifest: Manifest,
}

impl Archive {
    pub fn open(path: &Path) -> Result<Archive> {
        let file = File::open(path).with_context(|| format!("Không đọc được tệp {}", path.display()))?;
        let mut zip =
            ZipArchive::new(BufReader::new(file)).context("Tệp này không phải bản sao lưu, hoặc bị cắt ngắn")?;
        let mut text = String::new();
        zip.by_name(MANIFEST)
            .context("Tệp này không phải bản sao lưu: thiếu manifest.json")?
            .read_to_string(&mut text)?;
        let form = serde_json::from_str::<Value>(&text).ok().and_then(|value| value["form"].as_u64());
        if form != Some(u64::from(FORM)) {
            bail!(
                "Bản sao lưu có dạng khác (form {form:?}), chương trình này đọc dạng {FORM}. Hãy dùng chương trình mới hơn."
            );
        }
        let manifest = serde_json::from_str(&text).context("manifest.json không đọc được")?;
        Ok(Archive { zip, manifest })
    }

    /// Reads a part through, and gives its hash.
    pub fn sum(&mut self, path: &str) -> Result<String> {
        let part = self.zip.by_name(path).with_context(|| format!("Bản sao lưu thiếu phần {path}"))?;
        let mut hashed = Hashed::new(part);
        std::io::copy(&mut hashed, &mut std::io::sink())
            .with_context(|| format!("Phần {path} của bản sao lưu bị hỏng"))?;
        Ok(hashed.sum())
    }

    pub fn part(&mut self, path: &str) -> Result<impl Read + '_> {
        self.zip.by_name(path).with_context(|| format!("Bản sao lưu thiếu phần {path}"))
    }
}
