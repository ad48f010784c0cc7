//! `cuaviet backup`: the whole house in one file, taken while it works.
//!
//! All tables are read in one snapshot, so that rows agree with each other. Files are written after it: a content that
//! a row of the snapshot names is kept by the sweep for a day at least, so it is still there.

use super::archive::{self, Archive, FilePart, Hashed, MANIFEST, Manifest, TablePart};
use crate::settings::Settings;
use crate::{serve, version, wiring};
use anyhow::{Context, Result, anyhow, bail};
use db::dump::{self, Rows, Table};
use db::{Conn, Db};
use file::Store;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

type Zip = ZipWriter<BufWriter<File>>;

/// Contents that are asked for at one time.
const PAGE: i64 = 200;

/// Writes a backup, and says what is in it.
pub async fn backup(settings: &Settings, to: &Path) -> Result<String> {
    if to.exists() {
        bail!("Đã có tệp {}. Chọn tên khác; bản sao lưu không ghi đè lên tệp nào.", to.display());
    }
    let db = serve::open(settings).await?;
    serve::migrate(&db, false).await?;
    let store = wiring::files(settings)?;
    // Under its own name only once it is whole.
    let part = PathBuf::from(format!("{}.dang-ghi", to.display()));
    let written = write(&db, &store, &part).await;
    match written {
        Ok(manifest) => {
            std::fs::rename(&part, to).with_context(|| format!("Không đặt được tên {}", to.display()))?;
            Ok(manifest.say(&format!("Đã sao lưu vào {}", to.display())))
        }
        Err(error) => {
            let _ = std::fs::remove_file(&part);
            Err(error)
        }
    }
}

async fn write(db: &Db, store: &Store, path: &Path) -> Result<Manifest> {
    let file = File::create(path).with_context(|| format!("Không ghi được vào {}", path.display()))?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let standing = db.standing().await?;
    let mut manifest = Manifest {
        form: archive::FORM,
        program: version::NUMBER.to_owned(),
        taken: db::now().to_string(),
        migration: standing.done.iter().max().copied().unwrap_or(0),
        tables: Vec::new(),
        files: Vec::new(),
    };
    let mut conn = db.snapshot().await?;
    for table in dump::tables(&mut conn).await? {
        manifest.tables.push(write_table(&mut conn, &mut zip, table).await?);
    }
    let mut after = String::new();
    loop {
        let page = file::contents(&mut conn, &after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.sha256.clone();
        for content in page {
            let bytes = store.get(&content.sha256).await.map_err(|lost| {
                anyhow!(
                    "Tệp {} không lấy được ({lost}). Chạy cuaviet doctor để biết tệp nào, rồi sao lưu lại.",
                    content.sha256
                )
            })?;
            // Evidence is PDF, pictures and workbooks: packed already.
            zip.start_file(archive::file_path(&content.sha256), stored())?;
            zip.write_all(&bytes)?;
            manifest.files.push(FilePart { sha256: content.sha256, bytes: bytes.len() as u64 });
        }
    }
    drop(conn);
    zip.start_file(MANIFEST, packed())?;
    zip.write_all(serde_json::to_string_pretty(&manifest)?.as_bytes())?;
    let file = zip.finish()?.into_inner().map_err(|error| anyhow!(error.to_string()))?;
    file.sync_all()?;
    Ok(manifest)
}

async fn write_table(conn: &mut Conn, zip: &mut Zip, table: Table) -> Result<TablePart> {
    zip.start_file(archive::table_path(&table.name), packed())?;
    let mut out = Hashed::new(zip);
    let mut count = 0;
    let mut rows = Rows::of(&table);
    loop {
        let page = rows.next(conn).await?;
        if page.is_empty() {
            break;
        }
        for row in &page {
            let cells: Vec<serde_json::Value> = row.iter().map(archive::cell).collect();
            serde_json::to_writer(&mut out, &cells)?;
            out.write_all(b"\n")?;
        }
        count += page.len() as u64;
    }
    drop(rows);
    let sha256 = out.sum();
    Ok(TablePart { name: table.name, columns: table.columns, rows: count, sha256 })
}

fn packed() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated).large_file(true)
}

fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored).large_file(true)
}

/// Reads a backup through and compares every hash.
pub fn verify(path: &Path) -> Result<Manifest> {
    let mut archive = Archive::open(path)?;
    let tables = archive.manifest.tables.iter().map(|table| (archive::table_path(&table.name), table.sha256.clone()));
    let files = archive.manifest.files.iter().map(|file| (archive::file_path(&file.sha256), file.sha256.clone()));
    let parts: Vec<(String, String)> = tables.chain(files).collect();
    for (part, sha256) in parts {
        if archive.sum(&part)? != sha256 {
            bail!("Phần {part} của bản sao lưu đã bị thay đổi. Đừng khôi phục từ tệp này.");
        }
    }
    Ok(archive.manifest)
}
