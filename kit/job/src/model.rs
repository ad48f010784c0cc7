//! The nouns: a job, where it stands, and what a handler says when it cannot.

use base::Timestamp;
use db::{DbError, FromVal, Row, Val};
use people::{AccountId, Failure, UnitId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

db::id!(
    /// One piece of work.
    JobId
);

/// A job is tried this often before it counts as failed; a lease that ran out counts as a try.
pub const MOST_TRIES: i64 = 5;
/// Results are kept this long after the end (`sweep`).
pub const KEPT_DAYS: i64 = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl Status {
    pub const ALL: [Status; 5] = [Status::Waiting, Status::Running, Status::Done, Status::Failed, Status::Cancelled];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Status::Waiting => "waiting",
            Status::Running => "running",
            Status::Done => "done",
            Status::Failed => "failed",
            Status::Cancelled => "cancelled",
        }
    }

    /// The word on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Status::Waiting => "Đang chờ",
            Status::Running => "Đang chạy",
            Status::Done => "Đã xong",
            Status::Failed => "Không thành công",
            Status::Cancelled => "Đã hủy",
        }
    }

    /// Whether nothing more will happen by itself.
    pub fn has_ended(self) -> bool {
        matches!(self, Status::Done | Status::Failed | Status::Cancelled)
    }
}

impl FromVal for Status {
    fn from_val(val: Val) -> Result<Self, DbError> {
        let text = String::from_val(val)?;
        let known = Status::ALL.into_iter().find(|status| status.code() == text);
        known.ok_or_else(|| DbError::Value(format!("wanted a status of a job, found {text:?}")))
    }
}

/// A piece of work, as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Job {
    pub id: JobId,
    /// Which handler does it: 'index.export'.
    pub kind: String,
    /// In Vietnamese: what is being done.
    pub title: String,
    /// For the handler only: not in any answer of the API.
    #[serde(skip)]
    pub input: Value,
    pub status: Status,
    /// Progress: `done` of `total`; both 0 while nobody has counted.
    pub done: i64,
    pub total: i64,
    /// How often it has been begun.
    pub tries: i64,
    /// Not before this moment: after a problem, the next try.
    pub due: Timestamp,
    pub result: Option<Value>,
    /// In Vietnamese: what went wrong last.
    pub problem: Option<String>,
    /// Who asked; none where the program itself did.
    pub account: Option<AccountId>,
    /// The unit the person acted for.
    pub unit: Option<UnitId>,
    /// When it was asked.
    pub begun: Timestamp,
    pub ended: Option<Timestamp>,
}

/// Reads the columns in the order in which every query of this room names them.
pub(crate) fn read_job(row: &mut Row) -> Result<Job, DbError> {
    Ok(Job {
        id: row.pull()?,
        kind: row.pull()?,
        title: row.pull()?,
        input: json(row.pull()?)?,
        status: row.pull()?,
        done: row.pull()?,
        total: row.pull()?,
        tries: row.pull()?,
        due: row.pull()?,
        result: row.pull::<Option<String>>()?.map(json).transpose()?,
        problem: row.pull()?,
        account: row.pull()?,
        unit: row.pull()?,
        begun: row.pull()?,
        ended: row.pull()?,
    })
}

fn json(text: String) -> Result<Value, DbError> {
    serde_json::from_str(&text).map_err(|error| DbError::Value(format!("a job holds what is not JSON: {error}")))
}

/// Why a handler could not do its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// In Vietnamese, for the job's page.
    pub say: String,
    /// Trying again would not help.
    pub is_final: bool,
}

impl Problem {
    /// A problem that no further try will solve: a rule said no.
    pub fn for_good(say: impl Into<String>) -> Problem {
        Problem { say: say.into(), is_final: true }
    }

    /// What `Ctx::progress` answers once the job is cancelled or was taken by another worker.
    pub(crate) fn stopped() -> Problem {
        Problem::for_good("Việc này đã bị dừng.")
    }
}

impl From<String> for Problem {
    fn from(say: String) -> Problem {
        Problem { say, is_final: false }
    }
}

impl From<&str> for Problem {
    fn from(say: &str) -> Problem {
        say.to_owned().into()
    }
}

/// For handlers whose error is the sentence alone.
impl From<Problem> for String {
    fn from(problem: Problem) -> String {
        problem.say
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Problem {
        if let Failure::Broken(text) = &failure {
            tracing::error!(%text, "a job met something broken");
        }
        Problem { is_final: !matches!(failure, Failure::Broken(_)), say: failure.say() }
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Problem {
        Failure::from(error).into()
    }
}
