//! What the index of QĐ 766 asks of dossiers beyond their lives: fees, results with their files, scans, ratings. Made once,
//! where the database has none: by statements over all dossiers.

use anyhow::Result;
use db::{Db, args, sql};
use std::time::Instant;

sql! {
    HAS_FEES = "select 1 from dossier_fee limit 1";
    FEES = "insert into dossier_fee (id, dossier, name, amount, collect, state, way) select id, id, 'Phí', '50000', 'at-intake', \
            case when number % 10 = 0 then 'waived' else 'paid' end, case when number % 6 = 0 then 'online' else 'cash' end \
            from dossier where number % 2 = 0";
    RESULTS = "insert into dossier_result (id, dossier, name, drafted, signed, issued) select id, id, 'Kết quả', resolved, resolved, resolved \
               from dossier where resolved is not null";
    CONTENT = "insert into file_content (sha256, bytes, kind, stored) values ('0000000000000000000000000000000000000000000000000000000000000000', 1, 'application/pdf', 0)";
    RESULT_FILES = "insert into file_use (id, sha256, name, about_kind, about, at) select r.id, '0000000000000000000000000000000000000000000000000000000000000000', 'ket-qua.pdf', 'dossier-result', r.id, r.drafted \
                    from dossier_result r join dossier d on d.id = r.dossier where d.number % 5 <> 0";
    SCANS = "insert into file_use (id, sha256, name, about_kind, about, at) select 'f' || place || substr(dossier, 3), '0000000000000000000000000000000000000000000000000000000000000000', 'giay-to.pdf', 'dossier-paper', \
             dossier || '/' || code, 0 from dossier_paper where verdict = 'good'";
    RATINGS = "insert into dossier_rating (dossier, at, answers) select id, ended, \
               case when number % 12 = 0 then '{\"thai-do\":2,\"thoi-gian\":5}' else '{\"thai-do\":4,\"thoi-gian\":5}' end \
               from dossier where state = 'returned' and number % 4 = 0";
}

pub async fn fill(db: &Db) -> Result<()> {
    if db.read().await?.find(HAS_FEES, &[], |row| row.pull::<i64>()).await?.is_some() {
        return Ok(());
    }
    let begun = Instant::now();
    for text in [FEES, RESULTS, CONTENT, RESULT_FILES, SCANS, RATINGS] {
        let mut tx = db.begin().await?;
        tx.exec(text, args![]).await?;
        tx.commit().await?;
    }
    println!("fees, results, files and ratings made in {} s", begun.elapsed().as_secs());
    Ok(())
}
