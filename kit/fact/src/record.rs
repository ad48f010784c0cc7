//! Recording a number. What stood before for the same unit and period stays, and says what replaced it.

use crate::{Fact, New, read};
use base::Refusal;
use db::{DbError, Tx, args, fresh_id, sql};
use journal::about;
use people::{Failure, Scope};

sql! {
    ADD = "insert into fact (id, what, unit, valid_from, valid_to, value, source, link, manual, at, account) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    REPLACE = "update fact set replaced_by = $5 where unit = $1 and what = $2 and valid_from = $3 and valid_to = $4 \
               and replaced_by is null and id <> $5";
}

/// Records a fact in place of the one that stands. The same number from the same source is not recorded twice: a
/// nightly count leaves a line only on the day on which something changed.
pub async fn record(tx: &mut Tx, scope: &Scope, new: New) -> Result<Fact, Failure> {
    let problems = new.problems();
    if !problems.is_empty() {
        return Err(Failure::Refused(problems.into_iter().map(Refusal::from).collect()));
    }
    let before = read::of(tx, new.unit, &new.what, new.from, new.to).await?;
    if let Some(standing) = before.as_ref().filter(|fact| new.is_said_by(fact)) {
        return Ok(standing.clone());
    }
    let New { what, unit, from, to, value, source, link, manual } = new;
    let account = scope.account;
    let fact = Fact {
        id: fresh_id(),
        what,
        unit,
        from,
        to,
        value,
        source,
        link,
        manual,
        at: scope.now,
        account,
        replaced_by: None,
    };
    // The journal first: writers queue on its head, so that of two counts in the same moment the second sees and
    // replaces the first, and never two facts stand for one period.
    journal::write(tx, scope, "fact.recorded", about("fact", fact.id), &before, &fact).await?;
    add(tx, &fact).await?;
    Ok(fact)
}

async fn add(tx: &mut Tx, fact: &Fact) -> Result<(), DbError> {
    let row = args![
        fact.id,
        &fact.what,
        fact.unit,
        fact.from,
        fact.to,
        fact.value,
        &fact.source,
        fact.link.clone(),
        fact.manual,
        fact.at,
        fact.account
    ];
    tx.exec(ADD, row).await?;
    tx.exec(REPLACE, args![fact.unit, &fact.what, fact.from, fact.to, fact.id]).await?;
    Ok(())
}
