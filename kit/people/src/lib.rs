//! Units, people, what they may do, and how they sign in.
//!
//! Read in this order: `role`, `scope`, `failure`, `unit`, `account`, `grant`, then the ways in: `password`,
//! `new_password`, `totp`, `sign_in`, `oidc`, `session`, `once_link`, `token`.

mod account;
mod failure;
mod grant;
mod new_password;
mod oidc;
mod once_link;
mod password;
mod role;
mod scope;
mod secret;
mod session;
mod sign_in;
mod station;
mod token;
mod totp;
mod unit;
mod unit_file;

pub use account::{
    Account, NewAccount, Person, account, account_by_login, accounts, change_account, close, create, unbind_subject,
};
pub use failure::Failure;
pub use grant::{
    Grant, GrantId, Hat, NewGrant, end_grant, find_grant, grant, grants_of, grants_of_unit, hats, lend, people_of,
};
pub use new_password::{change_password, set_password};
pub use oidc::{Known, Oidc, OidcSettings, Pending, Url};
pub use once_link::{Purpose, make_link, peek_link, setup_needed, use_link};
pub use password::{check_strength, hash as hash_password, verify as verify_password};
pub use role::Role;
pub use scope::{AccountId, Scope, UnitId};
pub use secret::{fresh as fresh_secret, fresh_digits, sha256};
pub use session::{
    Entered, SESSION_DAYS, Session, begin_session, end_session, end_sessions_but, enter, put_on, sessions_of, used,
};
pub use sign_in::{FAILURES, LOCKED_MINUTES, Outcome, sign_in, sign_in_code};
pub use station::{AGENCIES, Station, inside, is_agency, station};
pub use token::{Token, TokenId, end_token, make_token, scope_of_token, tokens_of};
pub use totp::{confirm as confirm_totp, fresh as fresh_totp, remove as remove_totp, uri as totp_uri};
pub use unit::{
    BECAME, Successor, Unit, children, end_unit, find_unit, kind_name, path, save_unit, successors, unit_by_key, units,
    units_with,
};
pub use unit_file::load_units;
