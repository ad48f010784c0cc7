//! A clamd beside the house, asked about every file that somebody brings, by its command INSTREAM (clamd(8)).
//!
//! Where one is configured, nothing is taken unseen: a clamd that does not answer is said to whoever sends the file, and
//! they try again. Where none is, the host's own guard has to do.

use std::fmt::Display;
use std::io;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

/// Bytes told at once.
const PIECE: usize = 64 * 1024;
/// clamd takes seconds for a large document with many parts.
const PATIENCE: Duration = Duration::from_secs(30);
/// An answer is one short line.
const LONGEST_ANSWER: u64 = 4096;

/// Where clamd listens: the path of its socket, or `host:port`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clamd(String);

/// What clamd said of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Clean,
    /// Under the name of its signature.
    Virus(String),
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

impl Clamd {
    pub fn at(address: &str) -> Clamd {
        Clamd(address.to_owned())
    }

    /// # Errors
    /// Whatever kept clamd from judging: it is not there, is busy, or the file is longer than its `StreamMaxLength`.
    pub async fn look(&self, bytes: &[u8]) -> io::Result<Seen> {
        let answer = self.ask(b"zINSTREAM\0", Some(bytes)).await?;
        match answer.strip_prefix("stream: ").unwrap_or(&answer) {
            "OK" => Ok(Seen::Clean),
            found => match found.strip_suffix(" FOUND") {
                Some(name) => Ok(Seen::Virus(name.to_owned())),
                None => Err(other(answer)),
            },
        }
    }

    /// Whether it answers, for whoever operates the house.
    pub async fn ping(&self) -> io::Result<()> {
        match self.ask(b"zPING\0", None).await?.as_str() {
            "PONG" => Ok(()),
            answer => Err(other(answer)),
        }
    }

    async fn ask(&self, command: &[u8], bytes: Option<&[u8]>) -> io::Result<String> {
        let asked = async {
            let mut line: Box<dyn Stream> = match self.0.starts_with('/') {
                true => Box::new(UnixStream::connect(&self.0).await?),
                false => Box::new(TcpStream::connect(&self.0).await?),
            };
            line.write_all(command).await?;
            if let Some(bytes) = bytes {
                // Once it has seen enough it answers and hangs up: what it said counts, not that the rest was not heard.
                let _ = tell(&mut line, bytes).await;
            }
            let mut answer = Vec::new();
            line.take(LONGEST_ANSWER).read_to_end(&mut answer).await?;
            Ok(String::from_utf8_lossy(&answer).trim_end_matches(['\0', '\n']).to_owned())
        };
        tokio::time::timeout(PATIENCE, asked).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }
}

/// Pieces, each after its length in four bytes, the highest first; a length of zero ends them.
async fn tell(line: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> io::Result<()> {
    for piece in bytes.chunks(PIECE) {
        line.write_u32(u32::try_from(piece.len()).map_err(other)?).await?;
        line.write_all(piece).await?;
    }
    line.write_u32(0).await?;
    line.flush().await
}

fn other(what: impl Display) -> io::Error {
    io::Error::other(what.to_string())
}
