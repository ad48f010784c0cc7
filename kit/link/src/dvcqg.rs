//! The National Public Service Portal (Cổng Dịch vụ công quốc gia): dossiers and their progress are told to it.
//!
//! A room says what happened in one neutral form (`dossier`); what the portal reads is made of it at the moment of sending,
//! in the generation that the settings name, so that messages already in the queue survive a change of generation:
//!
//! | Generation | Conversation | Bodies |
//! |---|---|---|
//! | 2019 (2019–2020) | `session`, then every call with it (`classic`) | `body_2019` |
//! | 2023 (2023–2025) | the same | the same with added fields |
//! | 2026 | `token`, then create, progress, state (`modern`) | `body_2026` |
//!
//! The sources of each are in `data/links/*.json` and docs/how-to/connections.md; none was checked against the portal
//! itself, which cannot be reached without a contract.

mod body_2019;
mod body_2026;
mod classic;
mod codes;
mod dossier;
mod incoming;
mod modern;

pub use codes::{Status, statuses};
pub use dossier::{
    Channel, Collection, DossierSync, Fee, Owner, OwnerKind, Paper, ProgressSync, Submitter, Supplement, Yield,
};

pub use incoming::{Attached, Incoming, IncomingPaper, read_push};

use crate::http::Client;
use crate::{Delivery, Doing, Message, Outgoing, Port, words};
use people::Failure;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::Mutex;

/// The system's name in the queue.
pub const SYSTEM: &str = "dvcqg";
/// The kind of a message that carries a [`DossierSync`].
pub const DOSSIER: &str = "dossier";
/// The kind of a message that carries a [`ProgressSync`].
pub const PROGRESS: &str = "progress";

db::words! {
    /// Which conversation the portal speaks.
    Generation {
        Y2019 = "2019", "2019–2020 (phiên, DongBoHoSoMC)";
        Y2023 = "2023", "2023–2025 (phiên, DongBoHoSoMC mở rộng)";
        Y2026 = "2026", "2026 (token, NoiHoSo)";
    }
}

/// What the contract with the portal (or the province's LGSP before it) says.
#[derive(Clone, Debug)]
pub struct Settings {
    pub generation: Generation,
    /// Without a slash at the end: 'https://lgsp.example.gov.vn/dvcqg'.
    pub address: String,
    pub paths: Paths,
    /// 2019, 2023: the user name; 2026: `client_id`.
    pub account: String,
    /// 2019, 2023: the password; 2026: `client_secret`.
    pub secret: String,
    /// 2019, 2023: the header `dstcode`.
    pub destination: String,
    /// 2019, 2023: `madonvi`; 2026: `MaDonViTiepNhan` where a dossier names none.
    pub unit: String,
    /// 2019, 2023: values of `error_code` that mean "not now". The portal's list is not published; every other value but
    /// success refuses the message.
    pub busy_codes: Vec<String>,
}

/// Where the calls go, under the address.
#[derive(Clone, Debug)]
pub struct Paths {
    /// 2019, 2023: `auth_endpoint`; 2026: where tokens are given.
    pub session: String,
    /// 2019, 2023: `integration_endpoint`.
    pub call: String,
    /// Where files go before the dossier that names them.
    pub upload: String,
    pub create: String,
    pub progress: String,
    pub status: String,
}

impl Default for Paths {
    fn default() -> Paths {
        Paths {
            session: "/session".into(),
            call: "/call".into(),
            upload: "/TaiTep".into(),
            create: "/NoiHoSo".into(),
            progress: "/CapNhatTienTrinh".into(),
            status: "/CapNhatTrangThai".into(),
        }
    }
}

/// A file as it stands in the store.
#[derive(Clone, Debug)]
pub struct Attachment {
    pub name: String,
    pub media: String,
    pub bytes: Vec<u8>,
}

/// Where the files are that messages name by their ids.
pub trait Files: Send + Sync {
    /// None where it is not there, or cannot be read now.
    fn read<'a>(&'a self, id: &'a str) -> Pin<Box<dyn Future<Output = Option<Attachment>> + Send + 'a>>;
}

/// The port to the portal.
pub struct Portal {
    settings: Settings,
    files: Option<Arc<dyn Files>>,
    client: Client,
    /// The session or token that worked last.
    pass: Mutex<Option<String>>,
}

impl Portal {
    pub fn new(settings: Settings) -> Result<Portal, Failure> {
        let client = Client::new(&settings.address)?;
        Ok(Portal { settings, files: None, client, pass: Mutex::new(None) })
    }

    /// The same, and files go along (2026).
    pub fn with_files(self, files: Arc<dyn Files>) -> Portal {
        Portal { files: Some(files), ..self }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.settings.address)
    }
}

impl Port for Portal {
    fn system(&self) -> &'static str {
        SYSTEM
    }

    fn deliver<'a>(&'a self, message: &'a Message, remote: Option<&'a str>) -> Doing<'a> {
        Box::pin(async move {
            let said = match Said::read(message) {
                Ok(said) => said,
                Err(wrong) => return wrong,
            };
            match self.settings.generation {
                Generation::Y2019 | Generation::Y2023 => classic::deliver(self, &said, &message.key, remote).await,
                Generation::Y2026 => modern::deliver(self, &said, &message.key, remote).await,
            }
        })
    }
}

/// What a message says.
enum Said {
    Dossier(Box<DossierSync>),
    Progress(Box<ProgressSync>),
}

impl Said {
    fn read(message: &Message) -> Result<Said, Delivery> {
        match message.kind.as_str() {
            DOSSIER => Ok(Said::Dossier(Box::new(read(&message.body)?))),
            PROGRESS => Ok(Said::Progress(Box::new(read(&message.body)?))),
            other => Err(Delivery::wrong(words::unknown_kind(other))),
        }
    }
}

fn read<T: DeserializeOwned>(body: &Value) -> Result<T, Delivery> {
    // The error would quote a value, which may name somebody.
    T::deserialize(body).map_err(|_| Delivery::wrong(words::unreadable("không đúng dạng mà phiên bản này gửi")))
}

/// The message that tells of a dossier as it is now. `version` grows with every change of it.
pub fn dossier(subject: &str, version: i64, sync: &DossierSync) -> Result<Outgoing, serde_json::Error> {
    let key = format!("{subject}:{version}");
    Ok(Outgoing { system: SYSTEM, kind: DOSSIER, subject: subject.into(), key, body: serde_json::to_value(sync)? })
}

/// The message that tells of one step of a dossier. `step` is the step's own id.
pub fn progress(subject: &str, step: &str, sync: &ProgressSync) -> Result<Outgoing, serde_json::Error> {
    let key = format!("{subject}:step:{step}");
    Ok(Outgoing { system: SYSTEM, kind: PROGRESS, subject: subject.into(), key, body: serde_json::to_value(sync)? })
}
