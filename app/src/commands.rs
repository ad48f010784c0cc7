//! The commands of an operator, one file each.

pub mod accounts;
mod archive;
pub mod backup;
pub mod calendar;
pub mod doctor;
pub mod form;
pub mod jobs;
pub mod journal;
pub mod papers;
pub mod report;
pub mod restore;
pub mod sign;
pub mod simulate;
pub mod workflow;

/// A failure in words, for a terminal: here nobody else looks at the log, so what is broken is said too.
fn said(failure: people::Failure) -> anyhow::Error {
    match failure {
        people::Failure::Broken(text) => anyhow::anyhow!(text),
        people::Failure::Refused(refusals) => {
            anyhow::anyhow!(refusals.iter().map(|refusal| refusal.say.as_str()).collect::<Vec<_>>().join("\n"))
        }
        other => anyhow::anyhow!(other.say()),
    }
}

/// The program itself, acting for whoever has the server.
fn scope() -> people::Scope {
    people::Scope::program("Dòng lệnh quản trị", db::now())
}

/// What a file of TOML says; what is wrong with it, by its name and line.
fn opened<T: serde::de::DeserializeOwned>(path: &std::path::Path) -> anyhow::Result<T> {
    let at = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| anyhow::anyhow!("Không đọc được {at}: {error}."))?;
    toml::from_str(&text).map_err(|error| anyhow::anyhow!("{at}: {error}"))
}
