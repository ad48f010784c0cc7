//! A signer at a signing service, over HTTP. The PDF never leaves the house: only the hash of what is signed does.
//!
//! The contract, which a small bridge before any vendor's own interface can keep:
//!
//! ```text
//! POST {url}                                    Authorization: Bearer {token}      Content-Type: application/json
//! { "certificate": "ID", "hash": "base64 of 32 bytes", "algorithm": "RSA-SHA256" | "ECDSA-SHA256" }
//!
//! 200 { "signature": "base64" }       RSA: PKCS #1 v1.5 over DigestInfo of the hash; ECDSA: DER of r and s
//! 4xx { "say": "a sentence in Vietnamese for the person who signs" }     refused: PIN not entered, right withdrawn
//! ```
//!
//! The service may answer as slowly as somebody confirms on a telephone: two minutes are waited for.

use std::fmt;
use std::time::Duration;

use base::Refusal;
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use crate::cert::Cert;
use crate::signer::{Algorithm, Signer, Signing};

const PATIENCE: Duration = Duration::from_secs(120);

/// One certificate at a signing service.
pub struct Remote {
    url: String,
    certificate: String,
    token: String,
    algorithm: Algorithm,
    chain: Vec<Vec<u8>>,
    client: reqwest::Client,
}

#[derive(Serialize)]
struct Ask<'a> {
    certificate: &'a str,
    hash: String,
    algorithm: &'static str,
}

#[derive(Deserialize)]
struct Answer {
    signature: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct No {
    say: String,
}

impl Remote {
    /// `url` is where hashes are posted, `certificate` the service's id of the certificate, `token` what it knows the
    /// caller by (empty: no header), `chain` the certificates (DER), the signer's own first.
    ///
    /// # Errors
    /// `certificate-unread`, `key-kind`, `key-weak` of the first certificate; `signer-address` for what is no address.
    pub fn new(url: &str, certificate: &str, token: &str, chain: Vec<Vec<u8>>) -> Result<Self, Refusal> {
        let own = chain.first().ok_or_else(|| Refusal::new("certificate-missing", "Chưa có chứng thư số để ký."))?;
        let algorithm = Algorithm::of(&Cert::read(own)?)?;
        // A second call finds it done: nothing to do about it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            // The token must not follow a redirection to another host.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| Refusal::new("signer-address", format!("Không mở được kết nối ký số: {error}.")))?;
        reqwest::Url::parse(url)
            .map_err(|_| Refusal::new("signer-address", "Địa chỉ dịch vụ ký số không đúng dạng https://…."))?;
        let (url, certificate, token) = (url.to_owned(), certificate.to_owned(), token.to_owned());
        Ok(Self { url, certificate, token, algorithm, chain, client })
    }

    async fn ask(&self, hash: &[u8; 32]) -> Result<Vec<u8>, Refusal> {
        let ask = Ask { certificate: &self.certificate, hash: BASE64.encode(hash), algorithm: self.algorithm.name() };
        let mut request = self.client.post(&self.url).json(&ask);
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        let silent = |_| Refusal::new("signer-silent", "Dịch vụ ký số không trả lời. Thử lại sau ít phút.");
        let answer = request.send().await.map_err(silent)?;
        let status = answer.status();
        if status.is_client_error() {
            let no: No = answer.json().await.unwrap_or_default();
            let why = if no.say.is_empty() { format!("mã {}", status.as_u16()) } else { no.say };
            return Err(Refusal::new("signer-refused", format!("Dịch vụ ký số từ chối: {why}.")));
        }
        let odd = || Refusal::new("signer-odd", "Dịch vụ ký số trả lời không đúng quy ước. Báo người quản trị.");
        if !status.is_success() {
            return Err(odd());
        }
        let answer: Answer = answer.json().await.map_err(|_| odd())?;
        BASE64.decode(answer.signature.as_bytes()).map_err(|_| odd())
    }
}

/// Whether anybody answers at the address of a service, whatever they say: nothing is asked to be signed.
pub async fn answers(url: &str) -> bool {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().timeout(Duration::from_secs(10)).build();
    let Ok(client) = client else { return false };
    client.get(url).send().await.is_ok()
}

impl Signer for Remote {
    fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    fn sign<'a>(&'a self, hash: &'a [u8; 32]) -> Signing<'a> {
        Box::pin(self.ask(hash))
    }
}

/// Nothing of the token: this may come into a log.
impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote").field("url", &self.url).field("certificate", &self.certificate).finish_non_exhaustive()
    }
}
