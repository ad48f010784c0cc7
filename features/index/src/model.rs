//! The nouns: rounds, scorecards, answers, verdicts, evidence; and [`NotNow`], why a rule says no.

use base::{Date, Decimal, Timestamp};
use people::{AccountId, UnitId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

db::id!(RoundId);
db::id!(CardId);
db::id!(EvidenceId);
db::id!(AppraiserId);
db::id!(ReopenId);

/// A criteria set's edition in the rulebook has this kind.
pub const EDITION_KIND: &str = "criteria";

/// A year's scoring of a province's units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Round {
    pub id: RoundId,
    pub name: String,
    pub year: i64,
    pub province: UnitId,
    pub days: Days,
    pub status: RoundStatus,
    /// Number of the decision of publication.
    pub decision: Option<String>,
    pub decided_on: Option<Date>,
    pub published: Option<Timestamp>,
    pub sample: bool,
    pub version: i64,
}

/// The days on which phases end; each phase begins on the day the one before ends. Half-open.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Days {
    pub scoring_from: Date,
    pub scoring_to: Date,
    pub appraisal_to: Date,
    pub explaining_to: Date,
    pub second_to: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RoundStatus {
    /// Units and days are still being set; nobody scores.
    Draft,
    Open,
    Published,
}

/// Where a round stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    Before,
    /// Tự chấm.
    Scoring,
    /// Thẩm định lần 1.
    Appraisal,
    /// Giải trình.
    Explaining,
    /// Thẩm định lần 2.
    Second,
    /// Hội đồng kết luận.
    Concluding,
    Published,
}

/// One unit's scorecard.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    pub id: CardId,
    pub round: RoundId,
    pub unit: UnitId,
    pub unit_name: String,
    pub unit_short: String,
    pub kind: String,
    pub edition: rulebook::EditionId,
    pub state: CardState,
    pub submitted: Option<Timestamp>,
    pub survey_held: bool,
    pub version: i64,
}

/// How far a card has come. It only goes forward, but for a reopening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CardState {
    Scoring,
    Submitted,
    /// The first appraisal is closed.
    Appraised,
    /// The unit has explained, or has nothing to explain.
    Explained,
    Concluded,
}

/// What was answered to one criterion.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Answer {
    /// As in the answers file; none: not known yet.
    pub value: Option<Value>,
    /// How the unit counted.
    pub note: String,
    pub excused: Option<Excused>,
    pub excused_why: String,
    /// The fact it was read from.
    pub fact: Option<String>,
    pub at: Option<Timestamp>,
    pub by: Option<String>,
    pub version: i64,
}

/// A request that a criterion does not apply to this unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Excused {
    Asked,
    Granted,
    Refused,
}

/// The appraiser's verdict on one criterion.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Verdict {
    /// None: the self-assessed points stand.
    pub points: Option<Decimal>,
    pub agrees: bool,
    pub reason: String,
    pub second: Option<Second>,
    pub second_by: Option<AccountId>,
    pub at: Option<Timestamp>,
    pub account: Option<AccountId>,
    pub by: Option<String>,
    pub version: i64,
}

/// A second pair of eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Second {
    Wanted,
    Agreed,
}

/// A document that proves something, given once and used for many criteria.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    pub id: EvidenceId,
    pub unit: UnitId,
    pub year: i64,
    pub number: String,
    pub issued: Option<Date>,
    pub issuer: String,
    /// Trích yếu.
    pub summary: String,
    pub link: Option<String>,
    pub at: Timestamp,
    pub version: i64,
}

/// Where in a document the proof of a criterion stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proof {
    pub code: String,
    pub evidence: Evidence,
    /// Mục, trang.
    pub place: String,
}

/// Who answers a criterion, or a whole branch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assignment {
    pub code: String,
    pub unit: Option<UnitId>,
    pub unit_name: Option<String>,
    pub account: Option<AccountId>,
    pub account_name: Option<String>,
}

/// A department that appraises a field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Appraiser {
    pub id: AppraiserId,
    pub kind: String,
    /// Code of a criterion at the top.
    pub field: String,
    pub unit: UnitId,
    pub unit_name: String,
    pub account: Option<AccountId>,
    pub only_unit: Option<UnitId>,
}

/// Something said about a criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remark {
    pub code: String,
    pub side: Side,
    pub text: String,
    pub at: Timestamp,
    pub by: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Appraiser,
    Unit,
    Council,
}

/// A unit's wish to open its card again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reopen {
    pub id: ReopenId,
    pub card: CardId,
    pub reason: String,
    pub asked: Timestamp,
    pub by: Option<String>,
    pub granted: Option<bool>,
    /// The first day on which the card is closed again.
    pub until: Option<Date>,
}

/// Why a rule says no. Each has its sentence in `words`.
#[derive(Clone, Debug, PartialEq)]
pub enum NotNow {
    NotYourUnit,
    NotAssigned,
    NotYourField,
    /// The card is not open for scoring: the phase, or what was already sent.
    ScoringClosed {
        phase: Phase,
        to: Date,
    },
    AlreadySubmitted,
    NotSubmitted,
    AppraisalClosed {
        phase: Phase,
    },
    NotForSelf {
        by: &'static str,
    },
    NoSuchCriterion {
        code: String,
    },
    IsAParent {
        code: String,
    },
    OverMaximum {
        points: Decimal,
        max: Decimal,
    },
    UnderMinimum {
        points: Decimal,
        least: Decimal,
    },
    ReasonMissing,
    /// The unit has no points here that could be agreed with.
    NothingToAgree,
    ExcuseWhyMissing,
    OnlyHeadSubmits,
    /// Something required is still missing; the list is on the page before sending.
    Unfinished {
        missing: usize,
    },
    ExplainingClosed {
        phase: Phase,
    },
    EmptyRemark,
    ReopenReasonMissing,
    NothingToReopen,
    NotAppraised {
        left: usize,
    },
    NotConcluded {
        left: usize,
    },
    ConcludingClosed {
        phase: Phase,
    },
    DecisionMissing,
    AlreadyPublished,
    NotPublished,
    /// The unit learns the verdicts once it may explain.
    VerdictsLater {
        from: Date,
    },
    SameEyes,
    DaysOutOfOrder,
    RoundOpen,
    NoUnits,
    EvidenceMissing {
        field: &'static str,
    },
    EvidenceOther,
}
