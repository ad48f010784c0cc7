//! The demo's world is made out of its answers, and its published year is the one that the data files say.

use crate::world::World;
use base::Decimal;
use cuaviet::demo::{self, Ask};
use index::actions;
use serde_json::Value;
use std::collections::BTreeMap;

#[tokio::test]
async fn the_demo_is_made_and_its_results_of_2019_are_the_published_ones() {
    let world = World::empty(db::testing::lite().await);
    let data = tempfile::tempdir().unwrap();
    let accounts = data.path().join("accounts.json");
    let ask = Ask { accounts_json: Some(accounts.clone()), data: data.path().to_owned() };
    demo::prepare(&world.site(), &ask).await.unwrap();
    // A second start keeps the world and its passwords.
    let first = std::fs::read_to_string(&accounts).unwrap();
    demo::prepare(&world.site(), &ask).await.unwrap();
    assert_eq!(std::fs::read_to_string(&accounts).unwrap(), first);

    let scope = world.program();
    let rounds = actions::rounds(&world.site(), &scope).await.unwrap();
    let past = rounds.iter().find(|round| round.year == 2019).unwrap();
    let found = actions::published(&world.site(), &scope, past.id).await.unwrap();
    let expected = include_str!("../../../data/demo/results/2019-so.csv");
    let head: Vec<&str> = expected.lines().next().unwrap().split(',').collect();
    let keys: BTreeMap<String, people::UnitId> = people::units(&mut world.db().read().await.unwrap())
        .await
        .unwrap()
        .into_iter()
        .map(|unit| (unit.key, unit.id))
        .collect();
    let mut units = 0;
    for line in expected.lines().skip(1).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |name: &str| {
            cells[head.iter().position(|own| *own == name).unwrap_or_else(|| panic!("{name} in {head:?}"))]
        };
        let one = found.iter().find(|one| one.unit == keys[cell("unit")]).unwrap_or_else(|| panic!("{line}"));
        let number = |name: &str| cell(name).parse::<Decimal>().unwrap();
        let mine = (one.points, one.score, one.rating.as_deref(), one.rank);
        let theirs = (number("total"), Some(number("index")), Some(cell("rating")), cell("rank").parse().ok());
        assert_eq!(mine, theirs, "{line}");
        units += 1;
    }
    assert_eq!(units, found.iter().filter(|one| one.kind == "so").count());
    assert!(journal::verify(world.db()).await.unwrap().is_ok());
    let printed: Value = serde_json::from_str(&first).unwrap();
    assert!(printed.as_array().is_some_and(|list| list.len() > 5));
}
