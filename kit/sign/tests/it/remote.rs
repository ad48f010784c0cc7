//! A signing service that keeps the contract, and some that do not.

use crate::samples::{key_file, lan, look, plain, roots};
use data_encoding::BASE64;
use serde_json::{Value, json};
use sign::{Remote, Signer, Verdict};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Answers one request: gives its head and its body to `answer`, and sends what that says.
async fn serve<F, A>(answer: F) -> String
where
    F: FnOnce(String, Value) -> A + Send + 'static,
    A: Future<Output = (u16, String)> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/ky", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = Vec::new();
        let (head, body) = loop {
            let mut part = [0; 4096];
            let count = stream.read(&mut part).await.unwrap();
            bytes.extend(&part[..count]);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n")
                && let Ok(body) = serde_json::from_str::<Value>(body)
            {
                break (head.to_owned(), body);
            }
        };
        let (status, said) = answer(head, body).await;
        let whole = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{said}", said.len());
        stream.write_all(whole.as_bytes()).await.unwrap();
    });
    url
}

fn remote(url: &str) -> Remote {
    Remote::new(url, "lan-2026", "bi-mat", lan().chain().to_vec()).unwrap()
}

#[tokio::test]
async fn a_service_signs_by_the_contract() {
    let url = serve(|head, ask| async move {
        assert!(head.starts_with("POST /ky "));
        assert!(head.to_lowercase().contains("authorization: bearer bi-mat"));
        assert_eq!(ask["certificate"], "lan-2026");
        assert_eq!(ask["algorithm"], "ECDSA-SHA256");
        let hash: [u8; 32] = BASE64.decode(ask["hash"].as_str().unwrap().as_bytes()).unwrap().try_into().unwrap();
        let signature = lan().sign(&hash).await.unwrap();
        (200, json!({ "signature": BASE64.encode(&signature) }).to_string())
    })
    .await;
    let signed = sign::sign(&plain(0), &remote(&url), &look()).await.unwrap();
    assert_eq!(sign::read(&signed, &roots()).unwrap()[0].verdict(), Verdict::Whole);
}

#[tokio::test]
async fn what_a_service_says_otherwise_becomes_a_sentence() {
    let cases = [
        (403, json!({ "say": "chưa nhập mã PIN" }).to_string(), "signer-refused", "chưa nhập mã PIN"),
        (404, String::new(), "signer-refused", "mã 404"),
        (500, String::new(), "signer-odd", "quy ước"),
        (200, "xin chào".into(), "signer-odd", "quy ước"),
        (200, json!({ "signature": "!" }).to_string(), "signer-odd", "quy ước"),
        (200, json!({ "signature": "AAAA" }).to_string(), "signature-odd", "không khớp"),
    ];
    for (status, body, code, say) in cases {
        let url = serve(move |_, _| async move { (status, body) }).await;
        let refusal = sign::sign(&plain(0), &remote(&url), &look()).await.unwrap_err();
        assert_eq!(refusal.code, code, "{refusal}");
        assert!(refusal.say.contains(say), "{refusal}");
    }
    let closed = "http://127.0.0.1:1/ky";
    assert_eq!(sign::sign(&plain(0), &remote(closed), &look()).await.unwrap_err().code, "signer-silent");
}

#[test]
fn an_odd_address_or_certificate_is_refused_at_once() {
    let chain = sign::certificates(key_file!("curve.pem")).unwrap();
    assert_eq!(Remote::new("khong phai", "x", "", chain).unwrap_err().code, "signer-address");
    assert_eq!(Remote::new("https://a.vn", "x", "", Vec::new()).unwrap_err().code, "certificate-missing");
    assert_eq!(Remote::new("https://a.vn", "x", "", vec![vec![1]]).unwrap_err().code, "certificate-unread");
}
