//! Roles: what a person may do at a unit.

/// A role, held at one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Quản trị: units, people, rule editions, rounds. Does not score.
    Admin,
    /// Lãnh đạo đơn vị: sends what the unit has done, signs.
    Head,
    /// Đầu mối CCHC of a unit: sees all of the unit's work, assigns it, answers anything of it.
    Coordinator,
    /// Chuyên viên: answers what is assigned.
    Staff,
    /// Thẩm định: appraises the fields that a round gives to the unit or the person.
    Appraiser,
    /// Hội đồng thẩm định: concludes and publishes.
    Council,
    /// Một cửa: takes dossiers in at the counter and returns results.
    Clerk,
    /// Văn thư: numbers, registers and issues what was signed.
    Registrar,
    /// Sees, changes nothing.
    Viewer,
}

impl Role {
    pub const ALL: [Role; 9] = [
        Role::Admin,
        Role::Head,
        Role::Coordinator,
        Role::Staff,
        Role::Appraiser,
        Role::Council,
        Role::Clerk,
        Role::Registrar,
        Role::Viewer,
    ];

    /// The word in the database and in data files.
    pub fn code(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Head => "head",
            Role::Coordinator => "coordinator",
            Role::Staff => "staff",
            Role::Appraiser => "appraiser",
            Role::Council => "council",
            Role::Clerk => "clerk",
            Role::Registrar => "registrar",
            Role::Viewer => "viewer",
        }
    }

    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The word on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Role::Admin => "Quản trị",
            Role::Head => "Lãnh đạo đơn vị",
            Role::Coordinator => "Đầu mối CCHC",
            Role::Staff => "Chuyên viên",
            Role::Appraiser => "Thẩm định",
            Role::Council => "Hội đồng thẩm định",
            Role::Clerk => "Cán bộ một cửa",
            Role::Registrar => "Văn thư",
            Role::Viewer => "Người xem",
        }
    }
}
