//! Who asks, for which unit, with which roles, at what time: the first argument after the tools of every action.

use crate::{Role, Station};
use base::{Date, Timestamp};
use journal::{Signature, Signs};

db::id!(
    /// A person who signs in.
    AccountId
);
db::id!(
    /// A unit of administration.
    UnitId
);

/// The authority of one request. No scope, no data.
///
/// `now` is taken once, at the door: a rule never reads the clock, and a test sets the day without a mock.
#[derive(Clone, Debug)]
pub struct Scope {
    /// None where the program itself acts (a job, the command line).
    pub account: Option<AccountId>,
    /// The person's name, for the journal.
    pub name: String,
    /// The unit the person is acting for (their hat); none only for the program itself.
    pub unit: Option<UnitId>,
    /// Where that unit stands, as the door has read it; where it has not, [`station`](crate::station()) does.
    pub station: Station,
    /// The roles held at that unit today.
    pub roles: Vec<Role>,
    /// A key for programs may be allowed to read only.
    pub read_only: bool,
    pub now: Timestamp,
}

impl Scope {
    /// The program itself: jobs, the command line, the demo's making.
    pub fn program(name: &str, now: Timestamp) -> Scope {
        Scope {
            account: None,
            name: name.to_owned(),
            unit: None,
            station: Station::default(),
            roles: vec![Role::Admin],
            read_only: false,
            now,
        }
    }

    /// A citizen who acts without an account of the house: what they may do is what their browser's pass says.
    pub fn citizen(now: Timestamp) -> Scope {
        Scope {
            account: None,
            name: "Người dân".to_owned(),
            unit: None,
            station: Station::default(),
            roles: Vec::new(),
            read_only: false,
            now,
        }
    }

    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    pub fn has_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }

    /// Whether the person acts for this unit.
    pub fn is_of(&self, unit: UnitId) -> bool {
        self.unit == Some(unit)
    }

    /// Today in Việt Nam.
    pub fn today(&self) -> Date {
        base::day::today(self.now)
    }
}

impl Signs for Scope {
    fn signature(&self) -> Signature {
        Signature {
            account: self.account.map(|id| id.to_string()),
            who: self.name.clone(),
            unit: self.unit.map(|id| id.to_string()),
            at: self.now,
        }
    }
}
