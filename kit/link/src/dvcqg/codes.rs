//! The portal's codes, as data: `data/links/codes.json`.

use super::{Generation, OwnerKind};
use serde::Deserialize;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../data/links/codes.json");

/// Where a dossier stands, in the portal's numbers 1 to 10.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Status {
    pub code: String,
    /// What rooms call it: 'processing'.
    pub key: String,
    /// In the portal's words.
    pub name: String,
}

#[derive(Deserialize)]
struct Table {
    status: Vec<Status>,
    owner: Vec<OwnerCode>,
}

#[derive(Deserialize)]
struct OwnerCode {
    key: String,
    #[serde(rename = "2019")]
    classic: String,
    #[serde(rename = "2026")]
    modern: String,
}

fn table() -> &'static Table {
    static READ: OnceLock<Table> = OnceLock::new();
    // A broken table is found by the test of this file; here it means that no code is known, and messages are refused.
    READ.get_or_init(|| serde_json::from_str(TABLE).unwrap_or(Table { status: Vec::new(), owner: Vec::new() }))
}

/// The ten states a dossier can have on the portal.
pub fn statuses() -> &'static [Status] {
    &table().status
}

/// The portal's number of a state; the error is a sentence in Vietnamese.
pub(super) fn status(key: &str) -> Result<&'static str, String> {
    let found = statuses().iter().find(|status| status.key == key);
    found.map(|status| status.code.as_str()).ok_or_else(|| format!("không có trạng thái “{key}” trong bảng mã"))
}

/// The portal's number of a kind of owner.
pub(super) fn owner(kind: OwnerKind, generation: Generation) -> &'static str {
    let found = table().owner.iter().find(|code| code.key == kind.code());
    found.map_or("", |code| match generation {
        Generation::Y2019 | Generation::Y2023 => code.classic.as_str(),
        Generation::Y2026 => code.modern.as_str(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_ten_states_of_the_portal() {
        let codes: Vec<&str> = statuses().iter().map(|status| status.code.as_str()).collect();
        assert_eq!(codes, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
        assert_eq!((status("processing").unwrap(), status("returned").unwrap()), ("4", "10"));
        assert!(status("lost").is_err());
    }

    #[test]
    fn every_kind_of_owner_has_a_number_in_every_generation() {
        for kind in OwnerKind::ALL {
            assert!(Generation::ALL.iter().all(|generation| !owner(*kind, *generation).is_empty()), "{kind:?}");
        }
    }
}
