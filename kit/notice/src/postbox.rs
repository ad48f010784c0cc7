//! A mail server that only receives, as little of RFC 5321 as a sender needs: for `cuaviet simulate mail` and for tests.
//! It keeps nothing, forwards nothing, and must not be open to the network.
//!
//! Two receivers have manners of their own, so that failures can be seen without a real server: `tu-choi@…` is refused for
//! good (550), `tam-ngung@…` for now (451).

mod letter;

pub use letter::Received;

use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Bytes of one message with its headers, or of one line.
const LONGEST: usize = 1 << 20;

/// Receives until the task is dropped; `take` is given each message.
pub async fn serve(listener: TcpListener, take: impl Fn(Received) + Send + Sync + 'static) {
    let take: Arc<Take> = Arc::new(take);
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let take = take.clone();
                tokio::spawn(async move {
                    if let Err(error) = talk(stream, &*take).await {
                        tracing::debug!(%error, "a sender of mail hung up");
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "no connection could be accepted");
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
        }
    }
}

type Take = dyn Fn(Received) + Send + Sync;

/// What was said of the message to come.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

async fn talk(stream: TcpStream, take: &Take) -> std::io::Result<()> {
    let mut line = BufReader::new(stream);
    let mut envelope = Envelope::default();
    say(&mut line, "220 cuaviet simulate mail").await?;
    while let Some(command) = hear(&mut line).await? {
        let word = command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match word.as_str() {
            "EHLO" => "250-cuaviet\r\n250 8BITMIME",
            "HELO" | "NOOP" => "250 OK",
            "MAIL" => {
                envelope = Envelope { from: Some(address(&command)), to: Vec::new() };
                "250 OK"
            }
            "RCPT" => receiver(&mut envelope, &address(&command)),
            "RSET" => {
                envelope = Envelope::default();
                "250 OK"
            }
            "DATA" if envelope.to.is_empty() => "503 RCPT first",
            "DATA" => {
                say(&mut line, "354 go on, end with a dot").await?;
                let Some(content) = content(&mut line).await? else { return say(&mut line, "552 too long").await };
                let Envelope { from, to } = std::mem::take(&mut envelope);
                take(Received::read(from.unwrap_or_default(), to, &content));
                "250 OK"
            }
            "QUIT" => return say(&mut line, "221 bye").await,
            _ => "502 not known here",
        };
        say(&mut line, answer).await?;
    }
    Ok(())
}

fn receiver(envelope: &mut Envelope, address: &str) -> &'static str {
    if envelope.from.is_none() {
        return "503 MAIL first";
    }
    match address.split('@').next() {
        Some("tu-choi") => "550 5.1.1 no such mailbox",
        Some("tam-ngung") => "451 4.3.0 mailbox is busy",
        _ => {
            envelope.to.push(address.to_owned());
            "250 OK"
        }
    }
}

/// What stands between the angle brackets.
fn address(command: &str) -> String {
    let inside = command.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

async fn say(line: &mut BufReader<TcpStream>, answer: &str) -> std::io::Result<()> {
    line.write_all(format!("{answer}\r\n").as_bytes()).await
}

/// A line without its end; none once the other side has gone, or talks without end.
async fn hear(line: &mut BufReader<TcpStream>) -> std::io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = (&mut *line).take(LONGEST as u64).read_until(b'\n', &mut bytes).await?;
    if read == 0 || !bytes.ends_with(b"\n") {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()))
}

/// The message up to the lone dot, with doubled dots undone (RFC 5321, 4.5.2). None where it is too long or cut.
async fn content(line: &mut BufReader<TcpStream>) -> std::io::Result<Option<String>> {
    let mut content = String::new();
    while let Some(next) = hear(line).await? {
        if next == "." {
            return Ok(Some(content));
        }
        content += next.strip_prefix('.').unwrap_or(&next);
        content += "\r\n";
        if content.len() > LONGEST {
            return Ok(None);
        }
    }
    Ok(None)
}
