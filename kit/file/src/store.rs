//! Where the bytes are: one object per content, named by its SHA-256, in a folder or in a bucket.

use crate::{Clamd, Kind, Limits, NotNow, Seen, judge, words};
use base::Refusal;
use bytes::{Bytes, BytesMut};
use data_encoding::HEXLOWER;
use futures_util::{Stream, StreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, RetryConfig};
use people::Failure;
use reqwest as _; // object_store's client: its TLS is switched on by our own dependency
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

/// Where files are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Place {
    /// A folder of this machine; made if it is not there.
    Folder(PathBuf),
    /// A bucket that speaks S3, for several nodes.
    S3 {
        bucket: String,
        region: Option<String>,
        /// Not Amazon's: "https://s3.tinh.gov.vn".
        endpoint: Option<String>,
        key_id: Option<String>,
        secret: Option<String>,
        /// All objects lie below this.
        prefix: Option<String>,
    },
}

/// Where, and what is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub place: Place,
    #[serde(default)]
    pub limits: Limits,
}

/// A content that is stored, and not yet any record's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Content {
    pub sha256: String,
    pub bytes: u64,
    pub kind: Kind,
}

/// Why a content does not come back.
#[derive(Debug, thiserror::Error)]
pub enum Lost {
    #[error("the object is missing")]
    Missing,
    #[error("the object is not what was stored")]
    Altered,
    #[error("the file store: {0}")]
    Broken(String),
}

/// The file store. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) objects: Arc<dyn ObjectStore>,
    /// The folder, where it is one.
    pub(crate) folder: Option<PathBuf>,
    limits: Arc<Limits>,
    clamd: Option<Arc<Clamd>>,
}

impl Store {
    pub fn open(settings: &Settings) -> Result<Store, Failure> {
        let (objects, folder): (Arc<dyn ObjectStore>, _) = match &settings.place {
            Place::Folder(path) => (Arc::new(local(path).map_err(broken)?), Some(path.clone())),
            place @ Place::S3 { .. } => (s3(place).map_err(broken)?, None),
        };
        Ok(Store { objects, folder, limits: Arc::new(settings.limits.clone()), clamd: None })
    }

    /// Any other object store: for tests, one in memory.
    pub fn over(objects: Arc<dyn ObjectStore>, limits: Limits) -> Store {
        Store { objects, folder: None, limits: Arc::new(limits), clamd: None }
    }

    /// Files that somebody brings are shown to this clamd first.
    pub fn guarded_by(mut self, clamd: Clamd) -> Store {
        self.clamd = Some(Arc::new(clamd));
        self
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Judges a file and stores its content, before the transaction that refers to it: if that never comes, the object
    /// is swept. A content that is there already is written again, so that it is new to the sweep, and whole again if
    /// it was damaged.
    pub async fn put(&self, bytes: Bytes, name: &str) -> Result<Content, Failure> {
        self.put_within(bytes, name, &self.limits).await
    }

    /// With limits of one form's own.
    pub async fn put_within(&self, bytes: Bytes, name: &str, limits: &Limits) -> Result<Content, Failure> {
        let kind = judge(&bytes, name, limits)?;
        self.guard(&bytes, name).await?;
        let length = bytes.len() as u64;
        let sha256 = self.put_back(bytes).await?;
        Ok(Content { sha256, bytes: length, kind })
    }

    async fn guard(&self, bytes: &[u8], name: &str) -> Result<(), Refusal> {
        let Some(clamd) = &self.clamd else { return Ok(()) };
        match clamd.look(bytes).await {
            Ok(Seen::Clean) => Ok(()),
            Ok(Seen::Virus(signature)) => {
                tracing::warn!(%signature, "a file with a virus was refused");
                Err(NotNow::Virus { signature }.about(name))
            }
            Err(error) => {
                tracing::error!(%error, "clamd did not judge a file");
                Err(NotNow::NotLookedAt.about(name))
            }
        }
    }

    /// From an upload. It is held in memory until it is judged, and is not read further than the limit.
    pub async fn put_stream<E: Display>(
        &self,
        stream: impl Stream<Item = Result<Bytes, E>>,
        name: &str,
    ) -> Result<Content, Failure> {
        let bytes = gather(stream, name, self.limits.max_bytes).await?;
        self.put(bytes, name).await
    }

    /// Stores bytes as they are, without judging them: what the house itself has made, and what a backup gives back.
    pub async fn put_back(&self, bytes: Bytes) -> Result<String, Failure> {
        let sha256 = sha256(&bytes);
        self.objects.put(&key(&sha256), bytes.into()).await.map_err(broken)?;
        Ok(sha256)
    }

    /// The content, if it is still what was stored.
    pub async fn get(&self, sha: &str) -> Result<Bytes, Lost> {
        let gone = |error| match error {
            object_store::Error::NotFound { .. } => Lost::Missing,
            other => Lost::Broken(other.to_string()),
        };
        let bytes = self.objects.get(&key(sha)).await.map_err(gone)?.bytes().await.map_err(gone)?;
        if sha256(&bytes) == sha { Ok(bytes) } else { Err(Lost::Altered) }
    }
}

/// A record points to a file that does not come back: the person is told which, the log why.
pub(crate) fn told(lost: Lost, sha256: &str, name: &str) -> Failure {
    if let Lost::Broken(text) = lost {
        return Failure::Broken(text);
    }
    tracing::error!(%lost, sha256, "a file is lost");
    words::lost(name).into()
}

async fn gather<E: Display>(
    stream: impl Stream<Item = Result<Bytes, E>>,
    name: &str,
    max: u64,
) -> Result<Bytes, Refusal> {
    let mut stream = pin!(stream);
    let mut gathered = BytesMut::new();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|error| {
            tracing::info!(%error, "an upload was cut off");
            NotNow::Cut.about(name)
        })?;
        if (gathered.len() + piece.len()) as u64 > max {
            return Err(NotNow::TooBig { bytes: None, max }.about(name));
        }
        gathered.extend_from_slice(&piece);
    }
    Ok(gathered.freeze())
}

/// `ab/abcdef…`: no folder of a hundred thousand files.
pub(crate) fn key(sha256: &str) -> Key {
    Key::from_iter([sha256.get(..2).unwrap_or_default(), sha256])
}

/// The hash that names a content, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn local(path: &Path) -> Result<LocalFileSystem, object_store::Error> {
    let made = std::fs::create_dir_all(path);
    made.map_err(|source| object_store::Error::Generic { store: "folder", source: source.into() })?;
    // On disk before `put` answers: the transaction that refers to it comes after.
    Ok(LocalFileSystem::new_with_prefix(path)?.with_fsync(true))
}

fn s3(place: &Place) -> Result<Arc<dyn ObjectStore>, object_store::Error> {
    let Place::S3 { bucket, region, endpoint, key_id, secret, prefix } = place else {
        return Err(object_store::Error::NotImplemented { operation: "open".into(), implementer: "s3".into() });
    };
    // The client takes the TLS of the whole program; where that has none yet, it is rustls with ring.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // From the environment come the keys of a machine with a role (AWS_…); what is set here goes before.
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(patience());
    if let Some(region) = region {
        builder = builder.with_region(region);
    }
    if let Some(endpoint) = endpoint {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    if let (Some(key_id), Some(secret)) = (key_id, secret) {
        builder = builder.with_access_key_id(key_id).with_secret_access_key(secret);
    }
    let bucket = builder.build()?;
    Ok(match prefix {
        Some(prefix) => Arc::new(PrefixStore::new(bucket, prefix.as_str())),
        None => Arc::new(bucket),
    })
}

/// A person waits at the other end: not the three minutes that a batch may take.
fn patience() -> RetryConfig {
    RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(15), ..RetryConfig::default() }
}

pub(crate) fn broken(error: object_store::Error) -> Failure {
    Failure::Broken(format!("the file store: {error}"))
}
