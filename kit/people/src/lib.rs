//! Units, people, what they may do, and how they sign in.

mod role;
mod scope;

pub use role::Role;
pub use scope::{AccountId, Scope, UnitId};
