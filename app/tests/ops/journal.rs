//! `cuaviet journal verify` finds one altered byte.

use super::desk;
use db::{Db, Sql, args};
use people::{NewAccount, Scope};

const fn text(text: &'static str) -> Sql {
    Sql { name: "OPS", room: "ops", text }
}

async fn deeds(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    let scope = Scope::program("Thử", db::now());
    for login in ["lan.nguyen", "minh.tran", "hoa.le"] {
        let new = NewAccount { login: login.into(), name: "Nguyễn Thị Lan".into(), ..NewAccount::default() };
        people::create(&mut tx, &scope, new).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn one_altered_byte_is_found_by_its_line() {
    for db in db::testing::both().await {
        deeds(&db).await;
        let url = desk::url(&db).await;
        let whole = desk::done(&["journal", "verify", "--database", &url]);
        assert_eq!(whole, "Nhật ký nguyên vẹn: 3 dòng.\n");
        let mut tx = db.begin().await.unwrap();
        let free = if db.is_postgres() {
            "drop trigger journal_keeps on journal"
        } else {
            "drop trigger journal_keeps_update"
        };
        tx.exec(text(free), args![]).await.unwrap();
        let changed = tx
            .exec(text("update journal set after = replace(after, 'minh.tran', 'minh.tram') where seq = 2"), args![])
            .await;
        assert_eq!(changed.unwrap(), 1);
        tx.commit().await.unwrap();
        let said = desk::run(&["journal", "verify", "--database", &url]);
        assert_eq!(said.code, 1);
        assert_eq!(said.err, "Nhật ký KHÔNG nguyên vẹn: dòng số 2 đã bị sửa.\n");
    }
}

#[tokio::test]
async fn a_one_time_link_is_printed_never_a_password() {
    for db in db::testing::both().await {
        deeds(&db).await;
        let url = desk::url(&db).await;
        let out = desk::done(&["admin", "reset-password", "lan.nguyen", "--database", &url]);
        let code = out.split_once("/dat-mat-khau?ma=").unwrap().1.trim();
        let found =
            people::peek_link(&mut db.read().await.unwrap(), code, people::Purpose::Password, db::now()).await.unwrap();
        let lan = people::account_by_login(&mut db.read().await.unwrap(), "lan.nguyen").await.unwrap().unwrap();
        assert_eq!(found, Some(Some(lan.id)));
        let said = desk::run(&["admin", "reset-password", "khong.co", "--database", &url]);
        assert_eq!((said.code, said.err.as_str()), (1, "Không có tài khoản nào tên khong.co.\n"));
    }
}
