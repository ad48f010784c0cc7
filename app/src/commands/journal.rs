//! `cuaviet journal`: the chain from end to end, and its latest lines.

use anyhow::Result;
use db::Db;

/// Walks the chain; false where it is broken.
pub async fn verify(db: &Db) -> Result<bool> {
    Ok(match journal::verify(db).await? {
        Ok(lines) => {
            println!("Nhật ký nguyên vẹn: {} dòng.", base::number::vi(&lines.into()));
            true
        }
        Err(broken) => {
            eprintln!("Nhật ký KHÔNG nguyên vẹn: {broken}.");
            false
        }
    })
}

/// The latest lines, oldest first, as they would follow each other on paper.
pub async fn tail(db: &Db, most: i64, json: bool) -> Result<()> {
    let mut lines = journal::latest(&mut db.read().await?, i64::MAX, "", "", most).await?.lines;
    lines.reverse();
    for line in lines {
        if json {
            println!("{}", serde_json::to_string(&line)?);
        } else {
            let at = base::day::vi_moment(line.at);
            println!("{:>7}  {at}  {}  {}  {} {}", line.seq, line.who, line.what, line.about_kind, line.about);
        }
    }
    Ok(())
}
