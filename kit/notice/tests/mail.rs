//! E-mail over a real line, to a receiver in this process.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod world;

use notice::postbox::{self, Received};
use notice::{Mailer, Receiver, Security, Senders, Smtp, Status, send_due};
use std::sync::{Arc, Mutex};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use world::*;

type Taken = Arc<Mutex<Vec<Received>>>;

/// A mail server of this test, and what came in.
async fn server() -> (u16, Taken) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken = Taken::default();
    let keep = taken.clone();
    tokio::spawn(postbox::serve(listener, move |received| keep.lock().unwrap().push(received)));
    (port, taken)
}

fn smtp(port: u16) -> Smtp {
    Smtp {
        host: "127.0.0.1".into(),
        port,
        security: Security::None,
        user: None,
        password: None,
        from: "Một cửa Quảng Trị <mot-cua@cuaviet.example>".into(),
    }
}

fn senders(smtp: &Smtp) -> Senders {
    Senders { mail: Some(Mailer::new(smtp).unwrap()), texts: None }
}

fn mail(address: &str) -> Receiver {
    Receiver::Mail(address.into())
}

#[tokio::test]
async fn a_letter_arrives_with_its_vietnamese() {
    for db in db::testing::both().await {
        let (port, taken) = server().await;
        let id = told(&db, start(), mail("chu@example.vn")).await;
        assert_eq!(send_due(&db, &senders(&smtp(port)), || later(5)).await.unwrap().sent, 1);
        let received = taken.lock().unwrap()[0].clone();
        assert_eq!(
            (received.from.as_str(), &received.to[..]),
            ("mot-cua@cuaviet.example", &["chu@example.vn".to_owned()][..])
        );
        assert_eq!(received.header("Subject"), "Đã tiếp nhận hồ sơ H50.12-261124-0007");
        assert!(received.header("From").contains("Một cửa Quảng Trị"), "{}", received.header("From"));
        assert_eq!(received.header("To"), "chu@example.vn");
        assert_eq!(received.header("Message-ID"), format!("<{id}@cuaviet.example>"));
        assert_eq!(received.header("Date"), "Tue, 24 Nov 2026 02:00:00 +0000");
        assert_eq!(received.header("MIME-Version"), "1.0");
        assert_eq!(received.header("Content-Type"), "text/plain; charset=utf-8");
        assert_eq!(received.header("Auto-Submitted"), "auto-generated");
        assert_eq!(
            received.body.trim_end(),
            "Sở Công Thương đã tiếp nhận hồ sơ H50.12-261124-0007, thủ tục Cấp giấy phép bán lẻ rượu.\n\
             Ngày hẹn trả kết quả: 05/12/2026.\n\n\
             Xem tại: https://cuaviet.example/tra-cuu/H50.12-261124-0007\n\n\
             Thư này được gửi tự động, vui lòng không trả lời."
        );
        assert_eq!(status(&db, id).await, Status::Sent);
    }
}

#[tokio::test]
async fn a_mailbox_that_is_none_fails_at_once_and_a_busy_one_later() {
    let db = db::testing::lite().await;
    let (port, taken) = server().await;
    let none = told(&db, start(), mail("tu-choi@example.vn")).await;
    let busy = told(&db, start(), mail("tam-ngung@example.vn")).await;
    let good = told(&db, start(), mail("chu@example.vn")).await;
    let done = send_due(&db, &senders(&smtp(port)), || later(5)).await.unwrap();
    assert_eq!((done.sent, done.again, done.failed), (1, 1, 1));
    let (none, busy) = (one(&db, none).await, one(&db, busy).await);
    assert_eq!((none.status, busy.status, status(&db, good).await), (Status::Failed, Status::Waiting, Status::Sent));
    assert!(none.problem.unwrap().contains("no such mailbox"));
    assert!(busy.problem.unwrap().contains("mailbox is busy"));
    assert_eq!(taken.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_not_there_or_talks_nonsense_is_tried_later() {
    let db = db::testing::lite().await;
    let id = told(&db, start(), mail("chu@example.vn")).await;
    // Nobody listens on a port that was let go.
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    assert_eq!(send_due(&db, &senders(&smtp(gone)), || later(5)).await.unwrap().again, 1);

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all("HTTP/1.1 400 Bad Request\r\n\r\n".as_bytes()).await;
        }
    });
    assert_eq!(send_due(&db, &senders(&smtp(port)), || later(100)).await.unwrap().again, 1);
    let one = one(&db, id).await;
    assert_eq!((one.status, one.tries), (Status::Waiting, 2));
    assert!(one.problem.unwrap().starts_with("Không gửi được qua máy chủ thư"));
}

#[tokio::test]
async fn what_must_be_encrypted_never_goes_in_the_clear() {
    let db = db::testing::lite().await;
    let (port, taken) = server().await;
    let id = told(&db, start(), mail("chu@example.vn")).await;
    for (security, now) in [(Security::Starttls, 5), (Security::Tls, 100)] {
        let strict = Smtp { security, user: Some("mot-cua".into()), password: Some("bi-mat".into()), ..smtp(port) };
        // The server offers no encryption.
        let done = send_due(&db, &senders(&strict), || later(now)).await.unwrap();
        assert_eq!((done.sent, done.again), (0, 1), "{security:?}");
    }
    assert!(taken.lock().unwrap().is_empty());
    assert!(!one(&db, id).await.problem.unwrap().contains("bi-mat"));
}

#[tokio::test]
async fn settings_that_cannot_work_are_refused_with_their_key() {
    let field = |smtp: Smtp| Mailer::new(&smtp).err().and_then(|no| no.field);
    assert_eq!(field(smtp(25)), None);
    assert_eq!(field(Smtp { from: "Một cửa".into(), ..smtp(25) }).as_deref(), Some("smtp.from"));
    assert_eq!(field(Smtp { user: Some("a".into()), ..smtp(25) }).as_deref(), Some("smtp.user"));
    let clear = Smtp { user: Some("a".into()), password: Some("b".into()), ..smtp(25) };
    assert_eq!(field(clear.clone()).as_deref(), Some("smtp.security"));
    assert_eq!(field(Smtp { security: Security::Starttls, ..clear }), None);
}
