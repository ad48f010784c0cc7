//! One file per screen: request → action → page.

pub mod appraisal;
pub mod card;
pub mod history;
pub mod home;
pub mod papers;
pub mod results;
pub mod rounds;
pub mod sets;

use people::Role;
use web::{NavEntry, Routes};

/// All screens of this room.
pub fn routes() -> Routes {
    card::routes()
        .and(appraisal::routes())
        .and(results::routes())
        .and(history::routes())
        .and(papers::routes())
        .and(home::routes())
        .and(rounds::routes())
        .and(sets::routes())
}

/// Their places in the navigation.
pub const NAV: &[NavEntry] = &[
    NavEntry { group: "Công việc", label: "Việc của tôi", href: "/", roles: &[] },
    NavEntry { group: "Chỉ số CCHC", label: "Các đợt chấm", href: "/chi-so", roles: &[] },
    NavEntry { group: "Chỉ số CCHC", label: "Bộ tiêu chí", href: "/chi-so/bo-tieu-chi", roles: &[] },
    NavEntry {
        group: "Chỉ số CCHC",
        label: "Số liệu đã công bố",
        href: "/chi-so/lich-su",
        roles: &[Role::Admin, Role::Council, Role::Coordinator, Role::Head, Role::Appraiser, Role::Staff, Role::Viewer],
    },
];

/// Addresses within a round.
pub(crate) mod place {
    use crate::model::RoundId;
    use people::UnitId;

    pub fn round(round: RoundId) -> String {
        format!("/chi-so/dot/{round}")
    }

    pub fn card(round: RoundId, unit: UnitId) -> String {
        format!("/chi-so/dot/{round}/phieu/{unit}")
    }

    pub fn appraisal(round: RoundId, unit: UnitId) -> String {
        format!("/chi-so/dot/{round}/tham-dinh/{unit}")
    }

    pub fn results(round: RoundId) -> String {
        format!("/chi-so/dot/{round}/ket-qua")
    }
}
