//! E-mail: plain UTF-8 text over SMTP, by `lettre` (docs/adr/0008).
//!
//! A connection for each message: there are some thousands a day at most, and a connection that was kept open too long
//! looks like a failure of the message.

use crate::{Sending, Unsent, words};
use base::Refusal;
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::{Duration, SystemTime};

/// For each answer of the server.
const PATIENCE: Duration = Duration::from_secs(20);

base::words! {
    /// How the line to the mail server is protected.
    Security {
        /// Within one house's network only.
        None = "none", "không mã hóa";
        /// Begins in the clear, and goes on encrypted or not at all: port 587.
        Starttls = "starttls", "STARTTLS";
        /// Encrypted from the first byte: port 465.
        Tls = "tls", "TLS";
    }
}

/// What the configuration says of the mail server.
#[derive(Clone)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// None where the server takes mail from this machine without asking who it is.
    pub user: Option<String>,
    pub password: Option<String>,
    /// "Một cửa Quảng Trị <mot-cua@quangtri.gov.vn>", or the address alone.
    pub from: String,
}

/// Without the password: settings are shown in logs.
impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Smtp { host, port, security, user, from, .. } = self;
        write!(f, "Smtp {{ {host}:{port}, {security:?}, {user:?}, {from:?} }}")
    }
}

/// The mail server as this program knows it. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    line: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// Takes the settings; nothing is connected yet. Refuses a sender that is no address, half a sign-in, and a password
    /// that would travel in the clear.
    pub fn new(smtp: &Smtp) -> Result<Mailer, Refusal> {
        let from: Mailbox = smtp
            .from
            .parse()
            .map_err(|_| no("smtp.from", "Địa chỉ người gửi không đúng, ví dụ: Một cửa <mot-cua@example.gov.vn>."))?;
        let line = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
            .port(smtp.port)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(from.email.domain().to_owned()))
            .tls(tls(smtp)?);
        let line = match (&smtp.user, &smtp.password) {
            (None, None) => line,
            (Some(_), Some(_)) if smtp.security == Security::None => {
                return Err(no("smtp.security", "Có mật khẩu thì đường truyền phải mã hóa: chọn starttls hoặc tls."));
            }
            (Some(user), Some(password)) => line.credentials(Credentials::new(user.clone(), password.clone())),
            _ => return Err(no("smtp.user", "Nhập cả tên đăng nhập và mật khẩu máy chủ thư, hoặc bỏ trống cả hai.")),
        };
        Ok(Mailer { line: line.build(), from })
    }

    /// Sends one message, and says how it did not go.
    pub async fn send(&self, message: &Sending) -> Result<(), Unsent> {
        let mail = self.written(message)?;
        self.line.send(mail).await.map(drop).map_err(|error| unsent(&error))
    }

    fn written(&self, message: &Sending) -> Result<Message, Unsent> {
        let to: Address = message.to.parse().map_err(|_| Unsent::Refused(words::NO_MAIL_ADDRESS.into()))?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&message.subject)
            .date(SystemTime::try_from(message.at).unwrap_or(SystemTime::UNIX_EPOCH))
            .message_id(Some(format!("<{}@{}>", message.id, self.from.email.domain())))
            // No holiday answers to a machine (RFC 3834).
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into()))
            // Without it RFC 2045 lets a reader ignore the two that follow, and the marks are lost.
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .body(message.body.clone())
            .map_err(|error| Unsent::Refused(words::mail_refused(&error.to_string())))
    }
}

fn no(field: &str, say: &str) -> Refusal {
    Refusal::new("smtp-settings", say).at(field)
}

fn tls(smtp: &Smtp) -> Result<Tls, Refusal> {
    let parameters = || {
        TlsParameters::new_rustls(smtp.host.clone())
            .map_err(|_| no("smtp.host", "Không dựng được đường truyền mã hóa tới máy chủ thư này."))
    };
    Ok(match smtp.security {
        Security::None => Tls::None,
        // Required: "if the server offers it" would let whoever stands in between take the offer away.
        Security::Starttls => Tls::Required(parameters()?),
        Security::Tls => Tls::Wrapper(parameters()?),
    })
}

/// Answers that speak of the receiver (RFC 5321, 4.2.3; 556: RFC 7504). Other refusals speak of us, or of today.
const NO_SUCH_RECEIVER: [u16; 6] = [501, 550, 551, 552, 553, 556];

fn unsent(error: &lettre::transport::smtp::Error) -> Unsent {
    let detail = chain(error);
    match error.status().map(u16::from) {
        Some(code) if NO_SUCH_RECEIVER.contains(&code) => Unsent::Refused(words::mail_refused(&detail)),
        // 421: it is closing. 5xx: our sign-in, our address, our settings are refused.
        Some(421) => Unsent::away(words::mail_away(&detail)),
        Some(code) if code >= 500 => Unsent::away(words::mail_away(&detail)),
        Some(_) => Unsent::Later(words::mail_later(&detail)),
        None => Unsent::away(words::mail_away(&detail)),
    }
}

/// An error with its causes, each said once, and cut: it stands in a table.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |inner| inner.source()).map(ToString::to_string);
    let whole = causes.fold(error.to_string(), |text, cause| match text.contains(&cause) {
        true => text,
        false => format!("{text}: {cause}"),
    });
    whole.chars().take(300).collect()
}
