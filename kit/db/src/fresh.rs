//! The only two things this room takes from outside the database: the time, and new ids.

use base::{Timestamp, Uuid};

/// Now, cut to the microsecond that the database keeps.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}

/// A new id. Version 7, so that rows sort by birth.
pub fn fresh_id<T: From<Uuid>>() -> T {
    T::from(Uuid::now_v7())
}
