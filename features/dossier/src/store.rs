//! SQL, nothing else. One file per noun.

mod batches;
mod choices;
mod citizen;
mod coordination;
mod dossiers;
mod helped;
mod life;
mod lists;
mod marks;
mod morning;
mod numbers;
mod papers;
mod parts;
mod quality;
mod refunds;
mod running;
mod stats;
mod trail;

pub use batches::*;
pub use choices::{choices, may_hold};
pub use citizen::*;
pub use coordination::*;
pub use dossiers::*;
pub use helped::*;
pub use life::{Onward, cell_id, go_on, life, onward, words_of};
pub use lists::*;
pub use marks::mark_sums;
pub use morning::*;
pub use numbers::*;
pub use papers::*;
pub use parts::*;
pub use quality::*;
pub use refunds::*;
pub use running::*;
pub use stats::*;
pub use trail::*;
