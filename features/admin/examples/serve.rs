//! The screens of this room alone, on a database of their own, to look at them in a browser:
//! `cargo run -p admin --example serve`.

#![allow(clippy::expect_used)]

use base::Timestamp;
use people::{NewAccount, NewGrant, Purpose, Role, Scope, Unit};

#[tokio::main]
async fn main() {
    let path = std::env::temp_dir().join(format!("cuaviet-admin-{}.db", std::process::id()));
    let db = db::Db::open(&path.to_string_lossy()).await.expect("a database");
    db.migrate().await.expect("its tables");
    let now = db::now();
    let word = people::fresh_secret().expect("a password")[..12].to_owned();
    if std::env::args().any(|arg| arg == "--first") {
        let mut tx = db.begin().await.expect("a transaction");
        let link = people::make_link(&mut tx, &Scope::program("serve", now), Purpose::Setup, None).await.expect("a link");
        tx.commit().await.expect("kept");
        println!("http://127.0.0.1:8099/thiet-lap?ma={link}");
    } else {
        fill(&db, now, &word).await;
        println!("quantri, lan, dung / {word}");
    }
    let site = web::Site::new(web::Tools {
        db,
        oidc: None,
        clock: web::Clock::default(),
        settings: web::Settings {
            owner: "UBND tỉnh Quảng Trị".into(),
            help: "Hỗ trợ: 0233 3852 000 (7:30–17:00)".into(),
            public_url: "http://127.0.0.1:8099".into(),
            sample: true,
            upload_mib: 20,
            oidc: None,
        },
        nav: admin::NAV.to_vec(),
    });
    let router = admin::routes().into_router(site);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8099").await.expect("the port");
    axum::serve(listener, router.into_make_service_with_connect_info::<std::net::SocketAddr>()).await.expect("served");
}

async fn fill(db: &db::Db, now: Timestamp, word: &str) {
    let scope = Scope::program("serve", now);
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
        let unit = Unit {
            id: db::fresh_id(),
            key: key.into(),
            name: name.into(),
            short: short.into(),
            kind: kind.into(),
            parent: parent.map(|at: usize| units[at]),
            from: jiff::civil::date(2015, 1, 1),
            to: None,
            code_old: None,
            code_new: None,
            sample: true,
            version: 0,
        };
        people::save_unit(&mut tx, &scope, &unit).await.expect("a unit");
        units.push(unit.id);
    }
    let people = [
        ("quantri", "Hoàng Văn Quản", "Quản trị hệ thống", vec![(Role::Admin, 0), (Role::Viewer, 1)]),
        ("lan", "Trần Thị Lan", "Chuyên viên", vec![(Role::Staff, 1), (Role::Coordinator, 3)]),
        ("dung", "Nguyễn Tiến Dũng", "Phó Giám đốc", vec![(Role::Head, 1)]),
    ];
    for (login, name, title, roles) in people {
        let new = NewAccount {
            login: login.into(),
            name: name.into(),
            title: title.into(),
            email: Some(format!("{login}@quangtri.example")),
            sample: true,
            ..NewAccount::default()
        };
        let account = people::create(&mut tx, &scope, new).await.expect("an account");
        people::set_password(&mut tx, &scope, account.id, word, false).await.expect("a password");
        for (role, at) in roles {
            let grant = NewGrant { account: account.id, unit: units[at], role, from: jiff::civil::date(2020, 1, 1), to: None, note: String::new() };
            people::grant(&mut tx, &scope, grant).await.expect("a role");
        }
    }
    tx.commit().await.expect("kept");
}
