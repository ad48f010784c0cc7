//! Lines are found by whoever did them, however the name is typed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use journal::{Signature, Signs, about, latest, write};

struct Who(&'static str);

impl Signs for Who {
    fn signature(&self) -> Signature {
        Signature { account: None, who: self.0.into(), unit: None, at: db::now() }
    }
}

async fn written(db: &db::Db, who: &'static str, what: &str) {
    let mut tx = db.begin().await.unwrap();
    write(&mut tx, &Who(who), what, about("thing", 1), &(), &()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_name_is_found_in_either_case_and_without_its_marks() {
    for db in db::testing::both().await {
        written(&db, "ĐỖ VĂN ÁNH", "test.done").await;
        written(&db, "Đỗ Văn Ánh", "other.done").await;
        written(&db, "Trần Thị Lan", "test.done").await;
        let mut conn = db.read().await.unwrap();
        for (who, found) in [("đỗ", 2), ("ĐỖ", 2), ("do van anh", 2), ("ánh đỗ", 2), ("lan", 1), ("", 3), ("hoa", 0)]
        {
            let lines = latest(&mut conn, i64::MAX, "", who, 10).await.unwrap().lines;
            assert_eq!(lines.len(), found, "{who}");
        }
        let lines = latest(&mut conn, i64::MAX, "test.", "đỗ văn ánh", 10).await.unwrap().lines;
        assert_eq!(lines.iter().map(|line| line.seq).collect::<Vec<_>>(), [1]);
    }
}

#[tokio::test]
async fn what_is_found_goes_on_where_the_page_before_ended() {
    for db in db::testing::both().await {
        for who in ["Lan", "Minh", "Lan", "Minh", "Lan"] {
            written(&db, who, "test.done").await;
        }
        let mut conn = db.read().await.unwrap();
        for (who, all) in [("lan", vec![5, 3, 1]), ("", vec![5, 4, 3, 2, 1])] {
            let (mut seen, mut before) = (Vec::new(), Some(i64::MAX));
            while let Some(from) = before {
                let page = latest(&mut conn, from, "", who, 2).await.unwrap();
                seen.extend(page.lines.iter().map(|line| line.seq));
                before = page.next;
            }
            assert_eq!(seen, all, "{who}");
        }
    }
}
