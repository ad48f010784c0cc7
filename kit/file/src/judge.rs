//! Whether a file is taken: its size, what it really is, whether it opens, and whether its name tells the truth.

use crate::{Found, Kind, NotNow, name, sniff, words};
use base::Refusal;
use serde::{Deserialize, Serialize};

/// What is taken, as data: from the configuration, or narrower for one form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Of one file.
    pub max_bytes: u64,
    pub kinds: Vec<Kind>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_bytes: 20 * 1024 * 1024, kinds: Kind::ALL.to_vec() }
    }
}

impl Limits {
    /// What a person should know before choosing a file: "Tối đa 20 MB. Nhận: PDF, ảnh JPEG."
    pub fn say(&self) -> String {
        let names: Vec<&str> = self.kinds.iter().map(|kind| kind.name()).collect();
        format!("Tối đa {}. Nhận: {}.", words::size(self.max_bytes), names.join(", "))
    }

    /// The kinds in a few words, for whoever is about to choose a file: "PDF, ảnh, Word, Excel".
    pub fn families(&self) -> String {
        let mut said: Vec<&str> = Vec::new();
        for family in self.kinds.iter().map(|kind| kind.family()) {
            if !said.contains(&family) {
                said.push(family);
            }
        }
        said.join(", ")
    }

    /// The largest file, in whole MB.
    pub fn megabytes(&self) -> u32 {
        u32::try_from(self.max_bytes / (1024 * 1024)).unwrap_or(u32::MAX)
    }

    /// For the `accept` attribute of an upload: ".pdf,.jpg,.jpeg".
    pub fn accept(&self) -> String {
        let all = self.kinds.iter().flat_map(|kind| kind.extensions());
        all.map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(",")
    }
}

/// The kind of a file that is taken, or why it is not, by its name.
pub fn judge(bytes: &[u8], name: &str, limits: &Limits) -> Result<Kind, Refusal> {
    weigh(bytes, name, limits).map_err(|no| no.about(name))
}

pub(crate) fn weigh(bytes: &[u8], name: &str, limits: &Limits) -> Result<Kind, NotNow> {
    if bytes.is_empty() {
        return Err(NotNow::Empty);
    }
    if bytes.len() as u64 > limits.max_bytes {
        return Err(NotNow::TooBig { bytes: Some(bytes.len() as u64), max: limits.max_bytes });
    }
    let extension = name::extension(name);
    let claimed = Kind::of_extension(&extension);
    let found = sniff::sniff(bytes, &extension)?;
    match (found, claimed) {
        (Found::Kind(kind), _) if extension.is_empty() || claimed == Some(kind) => taken(kind, limits),
        // Old text under the name of a text: what helps is how to save it, not that it is no text.
        (Found::OldText, Some(Kind::Txt | Kind::Csv) | None) => Err(NotNow::OldText),
        (found, Some(claimed)) => Err(NotNow::Renamed { claimed, found }),
        (Found::Kind(_), None) => Err(NotNow::Extension { extension }),
        (found, None) => Err(NotNow::NotTaken { found }),
    }
}

fn taken(kind: Kind, limits: &Limits) -> Result<Kind, NotNow> {
    if limits.kinds.contains(&kind) {
        return Ok(kind);
    }
    Err(NotNow::Unwanted { kind, wanted: limits.kinds.clone() })
}
