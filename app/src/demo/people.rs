//! The demo's units and accounts, each with a random password that is printed and never anybody's default.

use super::Printed;
use super::world::{self, World};
use base::Date;
use people::{AccountId, Failure, NewAccount, NewGrant, Role, Scope};
use std::collections::BTreeMap;
use web::Site;

/// No look-alikes: the passwords are typed from a screen.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

pub async fn make(site: &Site, scope: &Scope, world: &World) -> Result<Vec<Printed>, Failure> {
    let mut tx = site.db.begin().await?;
    for text in world::UNITS {
        people::load_units(&mut tx, scope, text, true).await?;
    }
    let units: BTreeMap<String, people::Unit> =
        people::units(&mut tx).await?.into_iter().map(|unit| (unit.key.clone(), unit)).collect();
    let mut ids: BTreeMap<&str, AccountId> = BTreeMap::new();
    let mut printed = Vec::new();
    for one in &world.accounts {
        let new = NewAccount {
            login: one.login.clone(),
            name: one.name.clone(),
            title: one.title.clone(),
            sample: true,
            ..NewAccount::default()
        };
        let account = people::create(&mut tx, scope, new).await?;
        ids.insert(&one.login, account.id);
        let password = password()?;
        people::set_password(&mut tx, scope, account.id, &password, false).await?;
        let first = one.roles.first();
        printed.push(Printed {
            login: one.login.clone(),
            password,
            role: first.map(|grant| grant.role.clone()).unwrap_or_default(),
            unit: first.and_then(|grant| units.get(&grant.unit)).map(|unit| unit.name.clone()).unwrap_or_default(),
            name: one.name.clone(),
        });
    }
    for one in &world.accounts {
        let Some(account) = ids.get(one.login.as_str()) else { continue };
        for given in &one.roles {
            let Some(unit) = units.get(&given.unit) else { return Err(missing(&given.unit)) };
            let role = Role::from_code(&given.role).ok_or_else(|| missing(&given.role))?;
            let (from, to) = (given.from.unwrap_or(unit.from), given.to.or(unit.to));
            let new = NewGrant { account: *account, unit: unit.id, role, from, to, note: given.note.clone() };
            match given.lent_by.as_deref().and_then(|lender| ids.get(lender)) {
                Some(lender) => lend(&mut tx, scope, *lender, new, from).await?,
                None => people::grant(&mut tx, scope, new).await.map(drop)?,
            }
        }
    }
    tx.commit().await?;
    Ok(printed)
}

/// A delegation, as its lender would have given it on its first day.
async fn lend(tx: &mut db::Tx, scope: &Scope, lender: AccountId, new: NewGrant, from: Date) -> Result<(), Failure> {
    let lender = Scope {
        account: Some(lender),
        unit: Some(new.unit),
        roles: vec![new.role],
        now: super::morning(from),
        ..scope.clone()
    };
    people::lend(tx, &lender, new).await.map(drop)
}

fn missing(what: &str) -> Failure {
    Failure::refused("demo-people", format!("Dữ liệu mẫu nhắc tới “{what}” nhưng không có."))
}

/// Twelve random letters and digits, about 59 bits.
fn password() -> Result<String, Failure> {
    let mut bytes = [0u8; 12];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect())
}
