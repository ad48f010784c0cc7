//! A small world for the tests of this room, and for looking at its screens (`examples/serve.rs`).

use base::Timestamp;
use db::{Db, Tx};
use people::{AccountId, NewAccount, NewGrant, Role, Scope, Unit, UnitId};

/// A province with two departments, an office and a district; an administrator, the administrator of one
/// department, a specialist with two hats, a head.
pub async fn fill(db: &Db, now: Timestamp, word: &str) -> Vec<UnitId> {
    let scope = Scope::program("Tạo dữ liệu", now);
    let mut tx = db.begin().await.expect("a transaction");
    let mut units = Vec::new();
    let names = [
        ("tinh-quang-tri", "Tỉnh Quảng Trị", "Quảng Trị", "tinh", None),
        ("so-cong-thuong", "Sở Công Thương", "Sở Công Thương", "so", Some(0)),
        ("so-noi-vu", "Sở Nội vụ", "Sở Nội vụ", "so", Some(0)),
        ("sct-van-phong", "Văn phòng Sở Công Thương", "Văn phòng SCT", "phong", Some(1)),
        ("huyen-cam-lo", "Huyện Cam Lộ", "Cam Lộ", "huyen", Some(0)),
    ];
    for (key, name, short, kind, parent) in names {
        let parent = parent.map(|at: usize| units[at]);
        units.push(unit(&mut tx, &scope, [key, name, short, kind], parent).await);
    }
    // The sample administrator is spared the second factor; `that` of Sở Công Thương is not.
    person(&mut tx, &scope, word, ("quantri", "Hoàng Văn Quản", "Quản trị hệ thống", true), &[(Role::Admin, units[0])])
        .await;
    person(&mut tx, &scope, word, ("that", "Lê Thị Thật", "Chánh Văn phòng", false), &[(Role::Admin, units[1])]).await;
    person(
        &mut tx,
        &scope,
        word,
        ("lan", "Trần Thị Lan", "Chuyên viên", true),
        &[(Role::Staff, units[1]), (Role::Coordinator, units[3])],
    )
    .await;
    person(&mut tx, &scope, word, ("dung", "Nguyễn Tiến Dũng", "Phó Giám đốc", true), &[(Role::Head, units[1])]).await;
    tx.commit().await.expect("kept");
    units
}

async fn unit(tx: &mut Tx, scope: &Scope, [key, name, short, kind]: [&str; 4], parent: Option<UnitId>) -> UnitId {
    let unit = Unit {
        id: db::fresh_id(),
        key: key.into(),
        name: name.into(),
        short: short.into(),
        kind: kind.into(),
        parent,
        from: jiff::civil::date(2015, 1, 1),
        to: None,
        code_old: None,
        code_new: None,
        sample: true,
        version: 0,
    };
    people::save_unit(tx, scope, &unit).await.expect("a unit");
    unit.id
}

async fn person(
    tx: &mut Tx,
    scope: &Scope,
    word: &str,
    (login, name, title, sample): (&str, &str, &str, bool),
    roles: &[(Role, UnitId)],
) -> AccountId {
    let email = Some(format!("{login}@quangtri.example"));
    let new = NewAccount {
        login: login.into(),
        name: name.into(),
        title: title.into(),
        email,
        sample,
        ..NewAccount::default()
    };
    let account = people::create(tx, scope, new).await.expect("an account");
    people::set_password(tx, scope, account.id, word, false).await.expect("a password");
    for (role, unit) in roles {
        let new = NewGrant {
            account: account.id,
            unit: *unit,
            role: *role,
            from: jiff::civil::date(2020, 1, 1),
            to: None,
            note: String::new(),
        };
        people::grant(tx, scope, new).await.expect("a role");
    }
    account.id
}
