//! How an action fails: the one error type from the rooms' actions up to the doors.

use base::{Refusal, Refusals};
use db::DbError;

/// Why an action did not happen. The web turns it into a page or into `application/problem+json`.
#[derive(Debug)]
pub enum Failure {
    /// There is no such thing, or the scope may not know that there is.
    NotFound,
    /// Nobody is signed in.
    SignedOut,
    /// The scope may not do this; the sentence says who may.
    Forbidden(Refusal),
    /// A rule says no; every reason, each with its field.
    Refused(Refusals),
    /// Somebody else changed it in between; `theirs` is what stands there now, for the page that shows both.
    Conflict { refusal: Refusal, theirs: Box<serde_json::Value> },
    /// Something of ours is broken. The text is for the log, never for the person.
    Broken(String),
}

impl Failure {
    pub fn refused(code: &'static str, say: impl Into<String>) -> Failure {
        Failure::Refused(vec![Refusal::new(code, say)])
    }

    pub fn forbidden(say: impl Into<String>) -> Failure {
        Failure::Forbidden(Refusal::new("forbidden", say))
    }

    /// The form is older than what is stored.
    pub fn stale(theirs: serde_json::Value) -> Failure {
        let say = "Nội dung này vừa được người khác sửa. Hãy xem bản mới bên cạnh bản của bạn rồi lưu lại.";
        Failure::Conflict { refusal: Refusal::new("stale", say), theirs: Box::new(theirs) }
    }

    /// The first sentence, for a log or a command line.
    pub fn say(&self) -> String {
        match self {
            Failure::NotFound => "Không tìm thấy.".into(),
            Failure::SignedOut => "Bạn cần đăng nhập.".into(),
            Failure::Forbidden(refusal) | Failure::Conflict { refusal, .. } => refusal.say.clone(),
            Failure::Refused(refusals) => {
                refusals.iter().map(|refusal| refusal.say.as_str()).collect::<Vec<_>>().join(" ")
            }
            Failure::Broken(_) => "Hệ thống gặp sự cố.".into(),
        }
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Failure::Broken(error.to_string())
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Failure::Refused(vec![refusal])
    }
}

impl From<Refusals> for Failure {
    fn from(refusals: Refusals) -> Self {
        Failure::Refused(refusals)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Broken(format!("JSON: {error}"))
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Broken(text) => f.write_str(text),
            other => f.write_str(&other.say()),
        }
    }
}

impl std::error::Error for Failure {}
