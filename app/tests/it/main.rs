//! Journeys across the whole site: people and what they do, through the whole router, on both databases.
//!
//! Read in this order: `world`, `person`, `page`, `form`, `deeds`; then the journeys. An address in a journey is
//! written as the table of routes has it, with a name in braces for what the world knows by it: `{round}`, `{sct}`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../../kit/link/tests/oidc/browser.rs"]
mod browser;
mod deeds;
mod feedback;
mod form;
mod page;
mod person;
mod program;
#[path = "../../../kit/link/tests/oidc/provider.rs"]
mod provider;
mod workbook;
mod world;

mod across;
mod administering;
mod api;
mod api_admin;
mod api_dossiers;
mod api_feedback;
mod api_manners;
mod api_results;
mod api_sets;
mod appraising;
mod catalogue;
mod citizen;
mod citizen_accounts;
mod counter;
mod counter_rights;
mod days;
mod demo;
mod doors;
mod dossier_papers;
mod dossier_stats;
mod evidence;
mod filters;
mod machines;
mod many;
mod newer;
mod notices;
mod own;
mod payments;
mod portal;
mod refunds;
mod register;
mod reports;
mod reports_counted;
mod reports_design;
mod reports_files;
mod reports_out;
mod reuse;
mod rounds;
mod scoring;
mod sets;
mod uploads;
mod ways_in;
mod year;
