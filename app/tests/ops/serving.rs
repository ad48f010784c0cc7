//! The server as its operator and its neighbours see it.

use super::desk::{Server, answer, path};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn the_first_start_prints_a_link_to_create_the_administrator() {
    let home = home();
    let begun = Instant::now();
    let server = Server::start(home.path(), &[]);
    assert!(begun.elapsed() < Duration::from_secs(3), "started in {:?}", begun.elapsed());
    let link = server.said.split_once("/thiet-lap?ma=").expect("a link").1.lines().next().unwrap();
    assert!(link.len() >= 43, "{link}");
    let (status, page) = server.get(&format!("/thiet-lap?ma={link}"), "");
    assert_eq!(status, 200, "{page}");
}

#[test]
fn machines_are_answered() {
    let home = home();
    let server = Server::start(home.path(), &[]);
    assert_eq!(server.get("/healthz", "").0, 200);
    let (status, text) = server.get("/readyz", "");
    assert!(status == 200 && text.contains(r#"{"database":"ok","disk":"ok"}"#), "{text}");
    let (status, text) = server.get("/version", "");
    assert!(status == 200 && text.contains(env!("CARGO_PKG_VERSION")), "{text}");
    assert!(server.get("/robots.txt", "").1.contains("Disallow: /"));
    let (status, text) = server.get("/api/openapi.json", "");
    assert!(status == 200 && text.contains(r#""openapi":"3.1.0""#), "{text}");
    let (status, text) = server.get("/metrics", "");
    assert_eq!(status, 200);
    assert!(text.contains(r#"cuaviet_http_requests_total{route="/readyz",method="GET",status="200"} 1"#), "{text}");
    assert!(text.contains("process_resident_memory_bytes") && text.contains("cuaviet_sessions 0"), "{text}");
    assert_eq!(server.get("/metrics", "X-Forwarded-For: 203.0.113.9\r\n").0, 404, "passed on by a proxy");
}

#[test]
fn a_token_guards_the_figures() {
    let home = home();
    std::fs::write(path(&home, "token"), "rat-bi-mat\n").unwrap();
    let config = path(&home, "a.toml");
    std::fs::write(&config, format!("[metrics]\ntoken_file = \"{}\"\n", path(&home, "token").display())).unwrap();
    let server = Server::start(home.path(), &["--config", config.to_str().unwrap()]);
    assert_eq!(server.get("/metrics", "").0, 404);
    assert_eq!(server.get("/metrics", "Authorization: Bearer sai\r\n").0, 404);
    assert_eq!(server.get("/metrics", "Authorization: Bearer rat-bi-mat\r\n").0, 200);
}

#[test]
fn a_page_that_is_not_there_is_said_in_vietnamese_and_packed() {
    let home = home();
    let server = Server::start(home.path(), &[]);
    let (status, page) = server.get("/khong-co", "");
    assert!(status == 404 && page.contains("Không tìm thấy trang"), "{page}");
    assert!(page.to_lowercase().contains("x-request-id"), "{page}");
    let (_, packed) = server.get("/khong-co", "Accept-Encoding: gzip\r\n");
    assert!(packed.to_lowercase().contains("content-encoding: gzip"));
    let (status, problem) = server.get("/api/v1/khong-co", "");
    assert!(status == 404 && problem.contains("application/problem+json"), "{problem}");
}

#[test]
fn a_body_over_the_limit_is_refused_in_words() {
    let home = home();
    let config = path(&home, "a.toml");
    std::fs::write(&config, "[upload]\nmax_mib = 1\n").unwrap();
    let server = Server::start(home.path(), &["--config", config.to_str().unwrap()]);
    let mut stream = server.open();
    write!(
        stream,
        "POST /dang-nhap HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: 9999999\r\n\r\n",
        server.at
    )
    .unwrap();
    let (status, page) = answer(stream);
    assert!(status == 413 && page.contains("Mỗi tệp tối đa 1 MiB"), "{page}");
}

#[test]
fn a_stop_waits_for_an_open_request() {
    let home = home();
    let server = Server::start(home.path(), &[]);
    let body = "login=lan&mat_khau=sai-roi-nhe";
    let (head, tail) = body.split_at(10);
    let mut stream = server.open();
    write!(
        stream,
        "POST /dang-nhap HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{head}",
        server.at,
        body.len()
    )
    .unwrap();
    // Half a form is with the program before it is told to stop.
    std::thread::sleep(Duration::from_millis(300));
    server.terminate();
    let until = Instant::now() + Duration::from_secs(5);
    while TcpStream::connect(server.at).is_ok() {
        assert!(Instant::now() < until, "it still takes new connections");
        std::thread::sleep(Duration::from_millis(50));
    }
    stream.write_all(tail.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.starts_with("HTTP/1.1 4") && text.contains("Đăng nhập"), "{text}");
    assert_eq!(server.end(), 0);
}

#[test]
fn old_tables_are_not_touched_where_that_was_asked() {
    let home = home();
    let folder = home.path().to_str().unwrap();
    let said = super::desk::run(&["serve", "--no-migrate", "--data-dir", folder, "--listen", "127.0.0.1:0"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("Chạy: cuaviet migrate"), "{}", said.err);
    assert_eq!(super::desk::run(&["migrate", "--check", "--data-dir", folder]).code, 1);
    super::desk::done(&["migrate", "--data-dir", folder]);
    super::desk::done(&["migrate", "--check", "--data-dir", folder]);
}
