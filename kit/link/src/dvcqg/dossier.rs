//! The neutral form: what a room tells the portal, whatever generation reads it. A field that a generation does not know
//! is left out there; one that is empty here is sent empty.

use base::{Decimal, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

base::words! {
    /// How it came in, numbered 1, 2, 3 by the portal in this order.
    Channel {
        Counter = "1", "Trực tiếp";
        Online = "2", "Trực tuyến";
        Post = "3", "Qua bưu chính công ích";
    }
}

base::words! {
    /// Whose dossier it is; the portal's number of it is in `data/links/codes.json`.
    OwnerKind {
        Citizen = "citizen", "Công dân";
        Business = "business", "Doanh nghiệp, tổ chức";
        Household = "household", "Hộ kinh doanh";
    }
}

base::words! {
    /// When a fee is taken: `HinhThucThu`.
    Collection {
        OnReceipt = "1", "Khi tiếp nhận";
        OnSupplement = "2", "Khi bổ sung";
        OnReturn = "4", "Khi trả kết quả";
    }
}

/// A dossier as it is now: the whole of it, each time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DossierSync {
    /// The dossier's national code.
    pub code: String,
    pub procedure: String,
    pub procedure_name: String,
    /// The online service, where it has a code of its own.
    #[serde(default)]
    pub service: String,
    #[serde(default)]
    pub field: String,
    #[serde(default)]
    pub field_name: String,
    /// The number of the receipt.
    #[serde(default)]
    pub receipt: String,
    pub owner: Owner,
    /// Whoever hands it in for the owner; none: the owner.
    #[serde(default)]
    pub submitter: Option<Submitter>,
    #[serde(default)]
    pub summary: String,
    pub channel: Channel,
    /// A key of [`statuses`](super::statuses): 'processing'.
    pub status: String,
    #[serde(default)]
    pub submitted: Option<Timestamp>,
    #[serde(default)]
    pub received: Option<Timestamp>,
    #[serde(default)]
    pub due: Option<Timestamp>,
    /// When the result was there.
    #[serde(default)]
    pub resolved: Option<Timestamp>,
    #[serde(default)]
    pub returned: Option<Timestamp>,
    #[serde(default)]
    pub refused: Option<Timestamp>,
    #[serde(default)]
    pub return_note: String,
    #[serde(default)]
    pub return_by_post: bool,
    /// The agency that resolves it: its name, and its national code.
    pub agency_name: String,
    #[serde(default)]
    pub agency_code: String,
    /// The place that received it: its national code.
    #[serde(default)]
    pub place_code: String,
    #[serde(default)]
    pub note: String,
    /// Of the submitter's account.
    #[serde(default)]
    pub identified: bool,
    #[serde(default)]
    pub paid_online: bool,
    #[serde(default)]
    pub papers: Vec<Paper>,
    #[serde(default)]
    pub fees: Vec<Fee>,
    #[serde(default)]
    pub supplements: Vec<Supplement>,
    #[serde(default)]
    pub results: Vec<Yield>,
    /// Codes of the national databases that were asked.
    #[serde(default)]
    pub databases: Vec<String>,
    /// The answers of the form, by the names that the service gives them.
    #[serde(default)]
    pub answers: Map<String, Value>,
}

/// Whose dossier it is. Personal data: kept in the queue for 90 days after it was sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    pub kind: OwnerKind,
    pub name: String,
    /// Identity number (12 digits, or 9), a foreign document, or a tax code.
    #[serde(default)]
    pub number: String,
    /// What the portal knows the person by (TechID), where it does.
    #[serde(default)]
    pub portal_id: String,
    #[serde(default)]
    pub born: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub address: String,
    /// National codes of the province and the commune.
    #[serde(default)]
    pub province: String,
    #[serde(default)]
    pub commune: String,
}

/// Whoever hands it in for the owner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submitter {
    pub name: String,
    #[serde(default)]
    pub number: String,
}

/// A paper that was handed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Of the component of the dossier.
    #[serde(default)]
    pub code: String,
    pub name: String,
    /// How many.
    pub number: i64,
    /// 0 original, 1 copy, 2 electronic.
    #[serde(default)]
    pub copy: u8,
    /// Id and SHA-256 of its file, and where it may be fetched; empty: on paper only.
    #[serde(default)]
    pub file: String,
    #[serde(default)]
    pub sha256: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub digitised: bool,
    /// Taken from an earlier result: 0 no, 1 yes, 2 yes, by the code of the result that stands for it.
    #[serde(default)]
    pub reused: u8,
    /// The code of that result.
    #[serde(default)]
    pub reused_result: String,
}

/// A fee of the dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    #[serde(default)]
    pub code: String,
    pub name: String,
    /// In đồng: whole.
    pub amount: Decimal,
    /// A "phí"; otherwise a "lệ phí".
    #[serde(default)]
    pub is_charge: bool,
    pub collection: Collection,
    #[serde(default)]
    pub paid: bool,
}

/// A request to supplement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supplement {
    pub id: String,
    pub asked_by: String,
    pub content: String,
    pub asked: Timestamp,
    #[serde(default)]
    pub answered: Option<Timestamp>,
    #[serde(default)]
    pub taken_by: String,
    #[serde(default)]
    pub answer: String,
    /// The papers that were asked for.
    #[serde(default)]
    pub papers: Vec<String>,
    #[serde(default)]
    pub due_before: Option<Timestamp>,
    #[serde(default)]
    pub due_after: Option<Timestamp>,
}

/// A result of the dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Yield {
    pub name: String,
    /// Of the kind of result.
    #[serde(default)]
    pub component: String,
    #[serde(default)]
    pub file: String,
    #[serde(default)]
    pub address: String,
    /// The result's own national code: what a later dossier names instead of the paper.
    #[serde(default)]
    pub code: String,
}

/// One step of a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgressSync {
    /// The dossier's national code.
    pub code: String,
    /// Who did it, as what, in which office.
    pub who: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub office: String,
    pub what: String,
    pub at: Timestamp,
    /// A key of [`statuses`](super::statuses).
    pub status: String,
    #[serde(default)]
    pub begun: Option<Timestamp>,
    #[serde(default)]
    pub due: Option<Timestamp>,
}
