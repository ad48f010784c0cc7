//! `cuaviet restore`: a backup into an empty place, on either engine, whichever it was taken from.
//!
//! Order: every hash of the backup is compared first; then the files, each checked again; then all rows in one
//! transaction. Cut off anywhere, the database is still empty, and a second try begins anew.

use super::archive::{self, Archive, TablePart};
use super::{backup, said};
use crate::settings::Settings;
use crate::{serve, wiring};
use anyhow::{Context, Result, bail};
use db::dump::{self, Load};
use db::{Db, Tx};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

pub async fn restore(settings: &Settings, from: &Path) -> Result<String> {
    backup::verify(from)?;
    let mut archive = Archive::open(from)?;
    let newest = db::MIGRATIONS.iter().map(|step| step.number).max().unwrap_or(0);
    if archive.manifest.migration > newest {
        bail!("Bản sao lưu này của chương trình mới hơn ({}). Hãy cài bản ấy rồi khôi phục.", archive.manifest.program);
    }
    let db = serve::open(settings).await?;
    refuse_filled(&db).await?;
    refuse_files(settings)?;
    // As it was when the backup was taken; what came later is told after the rows are in.
    db.migrate_to(archive.manifest.migration).await.context("Không tạo được cấu trúc cơ sở dữ liệu")?;
    put_files(settings, &mut archive).await?;
    put_rows(&db, &mut archive).await?;
    db.migrate().await.context("Không cập nhật được cấu trúc cơ sở dữ liệu")?;
    match journal::verify(&db).await? {
        Ok(_) => Ok(archive.manifest.say("Đã khôi phục")),
        Err(broken) => bail!("Đã khôi phục, nhưng nhật ký trong bản sao lưu không nguyên vẹn: {broken}."),
    }
}

async fn refuse_filled(db: &Db) -> Result<()> {
    let filled = dump::filled(&mut db.read().await?).await?;
    if let Some((table, rows)) = filled.first() {
        bail!(
            "Chỉ khôi phục vào cơ sở dữ liệu trống; ở đây đã có dữ liệu (bảng {table}: {rows} dòng). Hãy nêu nơi khác bằng --database hoặc --data-dir."
        );
    }
    Ok(())
}

fn refuse_files(settings: &Settings) -> Result<()> {
    // A bucket cannot be looked through cheaply: contents are named by their hash, so nothing there can be overwritten by another.
    if settings.s3.is_some() {
        return Ok(());
    }
    let folder = settings.data_dir.join("files");
    let has_any = std::fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some());
    if has_any {
        bail!("Chỉ khôi phục vào thư mục tệp trống; {} đã có tệp. Hãy nêu nơi khác bằng --data-dir.", folder.display());
    }
    Ok(())
}

async fn put_files(settings: &Settings, archive: &mut Archive) -> Result<()> {
    let store = wiring::files(settings)?;
    let files: Vec<String> = archive.manifest.files.iter().map(|file| file.sha256.clone()).collect();
    for sha256 in files {
        let mut bytes = Vec::new();
        archive.part(&archive::file_path(&sha256))?.read_to_end(&mut bytes)?;
        let stored = store.put_back(bytes.into()).await.map_err(said)?;
        if stored != sha256 {
            bail!("Tệp {sha256} trong bản sao lưu đã bị thay đổi.");
        }
    }
    Ok(())
}

async fn put_rows(db: &Db, archive: &mut Archive) -> Result<()> {
    let tables = dump::tables(&mut db.read().await?).await?;
    let parts: Vec<TablePart> = std::mem::take(&mut archive.manifest.tables);
    let mut tx = db.begin().await?;
    for part in &parts {
        let table = tables.iter().find(|table| table.name == part.name);
        let table = table.with_context(|| format!("Chương trình này không biết bảng {}", part.name))?;
        // The columns as the backup has them: an engine may list them in another order.
        let table = dump::Table { columns: part.columns.clone(), ..table.clone() };
        put_table(&mut tx, archive, part, &table).await.with_context(|| format!("Bảng {}", part.name))?;
    }
    tx.commit().await?;
    archive.manifest.tables = parts;
    Ok(())
}

async fn put_table(tx: &mut Tx, archive: &mut Archive, part: &TablePart, table: &dump::Table) -> Result<()> {
    let mut load = Load::begin(tx, table).await?;
    let mut count = 0;
    for line in BufReader::new(archive.part(&archive::table_path(&part.name))?).lines() {
        let cells: Vec<Value> = serde_json::from_str(&line?)?;
        let row = cells.iter().map(archive::val).collect::<Result<Vec<_>>>()?;
        if row.len() != part.columns.len() {
            bail!("một dòng có {} ô, bảng có {} cột", row.len(), part.columns.len());
        }
        load.add(tx, row).await?;
        count += 1;
    }
    load.end(tx).await?;
    if count != part.rows {
        bail!("có {count} dòng, lẽ ra {}", part.rows);
    }
    Ok(())
}
