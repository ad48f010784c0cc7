//! Nouns, and why a rule says no.

use base::Date;

/// Why not. Every one has its sentence in `words`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// A link that works once has been used, or is too old.
    LinkSpent,
    /// The two passwords that were typed differ.
    PasswordsDiffer,
    /// There are accounts already: no first administrator is made any more.
    SetUpDone,
    /// The name of the first unit is missing.
    FirstUnitMissing,
    /// Somebody must be chosen.
    PersonMissing,
    /// A unit must be chosen.
    UnitMissing { field: &'static str },
    /// A role must be chosen.
    RoleMissing,
    /// A kind of unit must be chosen.
    KindMissing,
    /// The unit lies outside what this administrator looks after.
    UnitBeyond,
    /// The person works at a unit that this administrator does not look after.
    PersonBeyond,
    /// Nobody takes the administrator's role from themselves: somebody must be left to give it back.
    OwnRole,
    /// What became of the unit is not said.
    HeirMissing,
    /// A split has at least two heirs, a new name exactly one.
    HeirsCount { how: &'static str },
    /// An heir is not in being on the day.
    HeirNotThere { name: String, on: Date },
    /// The unit has ended already.
    UnitEnded { on: Date },
    /// Facts of another unit are for the administrator.
    FactOfAnother,
    /// What is counted must be chosen.
    FactUnknown,
    /// A number is missing.
    ValueMissing,
    /// A day is missing.
    DayMissing { field: &'static str },
}
