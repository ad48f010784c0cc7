//! One function per verb: load, decide, save.

pub mod editing;
mod embedded;
mod forms;
mod importing;
mod processes;
mod publishing;
mod reading;

#[cfg(test)]
pub(crate) use embedded::{WORKFLOWS, procedures as embedded_procedures, workflows as embedded_workflows};
pub use embedded::{form_template, load_embedded, roles};
pub use forms::{FormView, discard_form, form, former_form, forms, keep_form, publish_form};
pub use importing::{Preview, Seen, keep, preview};
pub use processes::{
    ProcessView, begin_process, discard_process, keep_process, new_process, process, process_editions, process_faults,
    processes, publish_process, save_process,
};
pub use publishing::{abolish, discard, publish};
pub use reading::{Found, edition, entries, faults, find, in_force, public, published, units_named, view};

use crate::model::NotNow;
use people::{Failure, Role, Scope};

/// The catalogue of a province is its administrator's.
pub(crate) fn only_admin(scope: &Scope) -> Result<(), Failure> {
    if scope.has(Role::Admin) { Ok(()) } else { Err(NotNow::NotAdmin.into()) }
}

#[cfg(test)]
pub(crate) fn workflow_texts() -> &'static [(&'static str, &'static str)] {
    WORKFLOWS
}
