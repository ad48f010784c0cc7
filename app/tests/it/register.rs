//! Every SQL text of the whole program is understood by both engines, over the tables as they are.

use db::all_sql;

#[tokio::test]
async fn every_text_is_prepared_on_both_databases() {
    // The rooms must be linked, or their texts are not in the register.
    assert!(cuaviet::wiring::routes().table().len() > 100);
    let mut rooms: Vec<&str> = all_sql().filter_map(|sql| sql.room.split("::").next()).collect();
    rooms.sort_unstable();
    rooms.dedup();
    for room in ["admin", "catalogue", "fact", "file", "index", "job", "journal", "people", "rulebook", "web"] {
        assert!(rooms.contains(&room), "{room} has no text in the register: {rooms:?}");
    }
    for db in db::testing::both().await {
        let mut wrong = Vec::new();
        for sql in all_sql() {
            // A connection for each: PostgreSQL lets nothing more be said on one that failed.
            if let Err(error) = db.read().await.unwrap().prepare(sql.text).await {
                wrong.push(format!("{}::{}: {error}", sql.room, sql.name));
            }
        }
        assert!(wrong.is_empty(), "postgres: {}\n{}", db.is_postgres(), wrong.join("\n"));
    }
}
