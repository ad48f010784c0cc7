//! SQL, nothing else. One file per noun.

mod citizen;
mod dossiers;
mod lists;
mod numbers;
mod papers;
mod parts;
mod trail;

pub use citizen::*;
pub use dossiers::*;
pub use lists::*;
pub use numbers::*;
pub use papers::*;
pub use parts::*;
pub use trail::*;
