//! The same verbs for programs: `/api/v1`. JSON in and out, failures as problem+json, lists by cursor, ETag and
//! If-Match on what has a version. Each door calls the action that its page calls, for the same roles.
//!
//! Left out on purpose: how somebody signs in. A key must not make another key, put on another hat, end a session, or
//! open an account: with a password, a link that sets one, or a second factor switched off, whoever steals a key
//! would stay in after the key is ended. An account made here has no password until a person makes its link.

mod accounts;
mod described;
mod facts;
mod jobs;
mod loans;
mod reading;
mod units;

pub use described::described;

use people::{Failure, Role};
use web::{Fault, Routes, Who};

const ADMIN: Who = Who::KeyOf(&[Role::Admin]);
const OF_FACTS: Who = Who::KeyOf(&[Role::Admin, Role::Coordinator]);

/// All doors for programs.
pub fn routes() -> Routes {
    of_units().and(of_accounts()).and(the_rest())
}

fn of_units() -> Routes {
    Routes::new()
        .get("/api/v1/units", ADMIN, units::all)
        .post("/api/v1/units", ADMIN, units::add)
        .get("/api/v1/units/{id}", ADMIN, units::one)
        .put("/api/v1/units/{id}", ADMIN, units::change)
        .post("/api/v1/units/{id}/end", ADMIN, units::end)
        .get("/api/v1/units/{id}/grants", ADMIN, units::grants)
}

fn of_accounts() -> Routes {
    Routes::new()
        .get("/api/v1/accounts", ADMIN, accounts::all)
        .post("/api/v1/accounts", ADMIN, accounts::add)
        .get("/api/v1/accounts/{id}", ADMIN, accounts::one)
        .put("/api/v1/accounts/{id}", ADMIN, accounts::change)
        .post("/api/v1/accounts/{id}/lock", ADMIN, accounts::lock)
        .post("/api/v1/accounts/{id}/unlock", ADMIN, accounts::unlock)
        .get("/api/v1/accounts/{id}/grants", ADMIN, accounts::grants)
        .post("/api/v1/accounts/{id}/grants", ADMIN, accounts::give)
        .delete("/api/v1/accounts/{id}/grants/{grant}", ADMIN, accounts::end_grant)
        .get("/api/v1/colleagues", Who::Key, loans::colleagues)
        .get("/api/v1/delegations", Who::Key, loans::all)
        .post("/api/v1/delegations", Who::Key, loans::lend)
        .delete("/api/v1/delegations/{id}", Who::Key, loans::end)
}

fn the_rest() -> Routes {
    Routes::new()
        .get("/api/v1/facts", OF_FACTS, facts::all)
        .post("/api/v1/facts", OF_FACTS, facts::record)
        .get("/api/v1/facts/{id}", OF_FACTS, facts::one)
        .get("/api/v1/facts/{id}/history", OF_FACTS, facts::history)
        .get("/api/v1/fact-catalogue", OF_FACTS, facts::catalogue)
        .get("/api/v1/jobs", Who::Key, jobs::all)
        .get("/api/v1/jobs/{id}", Who::Key, jobs::one)
        .get("/api/v1/jobs/{id}/file", Who::Key, jobs::file)
        .post("/api/v1/jobs/{id}/cancel", Who::Key, jobs::cancel)
        .post("/api/v1/jobs/{id}/retry", Who::Key, jobs::retry)
        .get("/api/v1/editions", ADMIN, reading::editions)
        .get("/api/v1/editions/{id}", ADMIN, reading::edition)
        .get("/api/v1/journal", ADMIN, reading::journal)
        .get("/api/v1/journal/verification", ADMIN, reading::verification)
        .get("/api/v1/system", ADMIN, reading::system)
}

/// Refusals speak of a form's fields in Vietnamese; a program has sent them in English.
fn named(failure: Failure) -> Fault {
    const NAMES: [(&str, &str); 9] = [
        ("don_vi", "unit"),
        ("vai_tro", "role"),
        ("nguoi", "account"),
        ("loai", "kind"),
        ("ngay", "on"),
        ("ke_tuc", "heirs"),
        ("so_lieu", "what"),
        ("gia_tri", "value"),
        ("nguon", "source"),
    ];
    let Failure::Refused(mut refusals) = failure else { return Fault(failure) };
    for refusal in &mut refusals {
        let known = NAMES.iter().find(|(form, _)| refusal.field.as_deref() == Some(*form));
        if let Some((_, name)) = known {
            refusal.field = Some((*name).to_owned());
        }
    }
    Fault(Failure::Refused(refusals))
}
