//! The screens of this room alone, on a database of their own, to look at them in a browser:
//! `cargo run -p admin --example serve` (`-- --first`: before anybody is there).

#![allow(clippy::expect_used)]

use people::{Purpose, Scope};

#[path = "../src/tests/fill.rs"]
mod fill;

#[tokio::main]
async fn main() {
    let place = std::env::temp_dir().join(format!("cuaviet-admin-{}", std::process::id()));
    std::fs::create_dir_all(&place).expect("a folder");
    let db = db::Db::open(&place.join("cuaviet.db").to_string_lossy()).await.expect("a database");
    db.migrate().await.expect("its tables");
    let now = db::now();
    let word = people::fresh_secret().expect("a password")[..12].to_owned();
    if std::env::args().any(|arg| arg == "--first") {
        let mut tx = db.begin().await.expect("a transaction");
        let link = people::make_link(&mut tx, &Scope::program("serve", now), Purpose::Setup, None).await.expect("a link");
        tx.commit().await.expect("kept");
        println!("http://127.0.0.1:8099/thiet-lap?ma={link}");
    } else {
        fill::fill(&db, now, &word).await;
        println!("quantri, that, lan, dung / {word}");
    }
    let folder = file::Settings { place: file::Place::Folder(place.join("files")), limits: file::Limits::default() };
    let site = web::Site::new(web::Tools {
        db,
        files: file::Store::open(&folder).expect("a folder for files"),
        jobs: job::Queue::new().bell(),
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
