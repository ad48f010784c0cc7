//! The nouns, as they are written in a file and kept in an edition of the rulebook.

use base::{Date, Decimal};
use calendar::{Count, Limit};
use serde::{Deserialize, Serialize};

/// One procedure. What is said "for all cases" is left empty or names no case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// The national code: "2.000648".
    pub code: String,
    pub name: String,
    /// The field (lĩnh vực): "Lưu thông hàng hóa trong nước".
    pub field: String,
    /// The decision that published it.
    #[serde(default)]
    pub source: String,
    /// First day in force; the day it is abolished, where it is known.
    pub from: Date,
    #[serde(default)]
    pub to: Option<Date>,
    /// Parts made up for the demonstration, in words; said on every page that shows them.
    #[serde(default)]
    pub sample: Vec<String>,
    /// Who may ask for it: "Tổ chức", "Công dân Việt Nam".
    #[serde(default)]
    pub subjects: Vec<String>,
    /// The level of online service, from when on.
    #[serde(default)]
    pub levels: Vec<Service>,
    /// Keys of units, or kinds of unit ("xa": every commune for itself).
    pub receives: Vec<String>,
    pub resolves: Vec<String>,
    #[serde(default)]
    pub coordinates: Vec<String>,
    /// In which order things are done, for the citizen.
    #[serde(default)]
    pub order: String,
    #[serde(default)]
    pub conditions: String,
    #[serde(default)]
    pub legal_basis: Vec<String>,
    pub cases: Vec<Case>,
    pub papers: Vec<Paper>,
    #[serde(default)]
    pub fees: Vec<Fee>,
    pub results: Vec<Outcome>,
}

/// One case: cấp mới, cấp lại, sửa đổi. A procedure without cases has one, "chung".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub code: String,
    pub name: String,
    pub time: Time,
    /// The code of its internal process (quy trình nội bộ).
    pub process: String,
    /// The code of its electronic form, where there is one.
    #[serde(default)]
    pub form: Option<String>,
}

/// The legal time, in one of three ways of counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Time {
    /// Working days.
    Days(u32),
    /// Working hours.
    Hours(u32),
    /// Days on the wall.
    Calendar(u32),
}

impl Time {
    pub fn limit(self) -> (Limit, Count) {
        match self {
            Time::Days(days) => (Limit::Days(days), Count::Days),
            Time::Hours(hours) => (Limit::Minutes(hours.saturating_mul(60)), Count::Hours),
            Time::Calendar(days) => (Limit::Days(days), Count::Calendar),
        }
    }

    /// "7 ngày làm việc"
    pub fn say(self) -> String {
        match self {
            Time::Days(days) => format!("{days} ngày làm việc"),
            Time::Hours(hours) => format!("{hours} giờ làm việc"),
            Time::Calendar(days) => format!("{days} ngày"),
        }
    }

    /// Working minutes, to compare with those of its steps; none on the wall.
    pub fn minutes(self) -> Option<u32> {
        match self {
            Time::Days(days) => Some(days.saturating_mul(8 * 60)),
            Time::Hours(hours) => Some(hours.saturating_mul(60)),
            Time::Calendar(_) => None,
        }
    }
}

/// A level of online service from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub from: Date,
    pub level: Level,
}

/// Levels 2 to 4 (TT 32/2017/TT-BTTTT), then partial and full (NĐ 42/2022, kept by NĐ 224/2026).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Level2,
    Level3,
    Level4,
    Information,
    Partial,
    Full,
}

impl Level {
    pub const ALL: [Level; 6] =
        [Level::Level2, Level::Level3, Level::Level4, Level::Information, Level::Partial, Level::Full];

    pub fn say(self) -> &'static str {
        match self {
            Level::Level2 => "Mức độ 2",
            Level::Level3 => "Mức độ 3",
            Level::Level4 => "Mức độ 4",
            Level::Information => "Cung cấp thông tin trực tuyến",
            Level::Partial => "Một phần",
            Level::Full => "Toàn trình",
        }
    }

    /// Whether a dossier can be handed in online.
    pub fn takes_online(self) -> bool {
        matches!(self, Level::Level3 | Level::Level4 | Level::Partial | Level::Full)
    }
}

/// A paper of the dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Stable within the procedure, for reuse and for the portal: "don", "gcn-dkkd".
    pub code: String,
    pub name: String,
    /// The cases that ask for it; empty: all.
    #[serde(default)]
    pub cases: Vec<String>,
    #[serde(default)]
    pub copy: Copy,
    #[serde(default = "one")]
    pub number: u32,
    /// Given only where it applies to the applicant.
    #[serde(default)]
    pub optional: bool,
    /// The name of its form: "Mẫu số 1, Phụ lục NĐ 83/2014/NĐ-CP".
    #[serde(default)]
    pub form: Option<String>,
    /// For the citizen: how to prepare it.
    #[serde(default)]
    pub guide: String,
    /// For the clerk: what to look at.
    #[serde(default)]
    pub clerk: String,
    /// Common faults; also the reasons offered where it is not good.
    #[serde(default)]
    pub faults: Vec<String>,
    /// Only shown, never kept or scanned (TT 03/2025/TT-VPCP Art. 5.2).
    #[serde(default)]
    pub shown_only: bool,
    /// A sample to download. A workbook does not carry it: the paper of the same code keeps what it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
}

/// A file to be filled in, or filled in as an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// The id of its use in the file store.
    pub file: String,
    pub name: String,
}

fn one() -> u32 {
    1
}

/// Which kind of copy is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Copy {
    #[default]
    Original,
    Copy,
    Certified,
    Electronic,
}

impl Copy {
    pub const ALL: [Copy; 4] = [Copy::Original, Copy::Copy, Copy::Certified, Copy::Electronic];

    pub fn code(self) -> &'static str {
        match self {
            Copy::Original => "original",
            Copy::Copy => "copy",
            Copy::Certified => "certified",
            Copy::Electronic => "electronic",
        }
    }

    pub fn of(code: &str) -> Option<Copy> {
        Copy::ALL.into_iter().find(|copy| copy.code() == code)
    }

    pub fn say(self) -> &'static str {
        match self {
            Copy::Original => "Bản chính",
            Copy::Copy => "Bản sao",
            Copy::Certified => "Bản sao chứng thực",
            Copy::Electronic => "Bản điện tử",
        }
    }
}

/// A fee (phí) or charge (lệ phí) of some cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    pub name: String,
    /// In đồng, whole.
    pub amount: Decimal,
    #[serde(default)]
    pub cases: Vec<String>,
    #[serde(default)]
    pub collect: Collect,
    /// When this one applies, where the applicant must choose: "Tại thành phố, thị xã".
    #[serde(default)]
    pub when: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Collect {
    #[default]
    AtIntake,
    AtReturn,
}

/// What comes out of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    pub name: String,
    /// Whether it is also issued electronically.
    #[serde(default)]
    pub electronic: bool,
}
