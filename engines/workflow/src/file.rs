//! A process as people write it, in TOML. Every word is text here: `read` knows which there are.

use serde::{Deserialize, Serialize};

/// One process.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub code: String,
    pub name: String,
    /// The decision that approves it.
    pub source: String,
    #[serde(default)]
    pub sample: bool,
    /// The legal time: "5 ngày" (working days) or "40 giờ" (working hours).
    pub legal: String,
    /// Cases of the procedure that its moves may ask for: cấp mới, cấp lại, …
    #[serde(default)]
    pub cases: Vec<String>,
    pub steps: Vec<StepLine>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct StepLine {
    pub code: String,
    pub name: String,
    pub role: String,
    /// "2 giờ", "0.5 ngày"
    pub time: String,
    /// What comes out of it, in words.
    #[serde(default)]
    pub output: String,
    /// Another agency that does it (liên thông).
    #[serde(default)]
    pub agency: Option<String>,
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    pub gives: Vec<String>,
    /// What the person chooses here, by code.
    #[serde(default)]
    pub choices: Vec<String>,
    /// The one step that follows, where there is no more to say of it.
    #[serde(default)]
    pub next: Option<String>,
    #[serde(default)]
    pub moves: Vec<MoveLine>,
    #[serde(default)]
    pub pause: Option<PauseLine>,
    /// Begins only when all that lead here have arrived, not with the first.
    #[serde(default)]
    pub waits_for_all: bool,
    #[serde(default)]
    pub end: Option<String>,
    /// Whether whoever did it may take it back while nobody has gone on.
    #[serde(default)]
    pub undo: bool,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MoveLine {
    pub to: Targets,
    #[serde(default)]
    pub case: Option<String>,
    #[serde(default)]
    pub chosen: Option<String>,
    /// A return to an earlier step: its time is not part of the way forward.
    #[serde(default)]
    pub back: bool,
}

/// One step, or several that run beside each other.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Targets {
    One(String),
    Beside(Vec<String>),
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PauseLine {
    pub why: String,
    /// After so many days it ends by itself.
    #[serde(default)]
    pub days: Option<u32>,
    /// The step at which the dossier then stands.
    #[serde(default)]
    pub then: Option<String>,
}
