//! The doors: who may call what is one table; each door asks as the table says, and each is walked in a journey.

use crate::person::Person;
use crate::program::Program;
use crate::world::{World, day, journey};
use axum::http::Method;
use base::Uuid;
use cuaviet::wiring;
use people::{NewAccount, NewGrant, Role};
use std::collections::BTreeSet;
use std::path::Path;
use web::{Line, Who};

/// Doors around the site: those of machines, and the static files.
const AROUND: [&str; 7] =
    ["/healthz", "/readyz", "/metrics", "/version", "/robots.txt", "/api/openapi.json", "/tinh/{name}"];

fn who(who: Who) -> String {
    match who {
        Who::Everyone => "everyone".into(),
        Who::SignedIn => "signed-in".into(),
        Who::Key => "key".into(),
        Who::KeyOf(roles) => format!("key:{}", codes(roles)),
        Who::Holds(roles) => codes(roles),
    }
}

fn codes(roles: &[Role]) -> String {
    roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(",")
}

#[test]
fn the_table_is_the_sites_own() {
    let routes = wiring::routes();
    let mut site: BTreeSet<String> =
        routes.table().iter().map(|line| format!("{} {} {}", line.method, line.path, who(line.who))).collect();
    site.extend(AROUND.map(|path| format!("GET {path} everyone")));
    let listed = |line: &&str| !line.starts_with('#') && !line.trim().is_empty();
    let written = include_str!("routes.txt")
        .lines()
        .filter(listed)
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let table: BTreeSet<String> = written.collect();
    let missing: Vec<_> = site.difference(&table).collect();
    let gone: Vec<_> = table.difference(&site).collect();
    assert!(missing.is_empty() && gone.is_empty(), "add to routes.txt: {missing:#?}\ntake out of it: {gone:#?}");
}

/// An address in a journey, or in the table, as its parts.
fn parts(path: &str) -> Vec<&str> {
    path.split(['?', '#']).next().unwrap_or_default().split('/').collect()
}

#[test]
fn every_door_is_walked_in_a_journey() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let mut literals: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("doors.rs") {
            let text = std::fs::read_to_string(path).unwrap();
            literals.extend(text.split('"').filter(|part| part.starts_with('/')).map(str::to_owned));
        }
    }
    let walks = |table: &str, journey: &str| {
        let (table, journey) = (parts(table), parts(journey));
        let same = |(one, other): (&&str, &&str)| if one.starts_with('{') { !other.is_empty() } else { one == other };
        table.len() == journey.len() && table.iter().zip(&journey).all(same)
    };
    let routes = wiring::routes();
    let around = AROUND.iter().copied();
    let left: Vec<&str> = routes
        .table()
        .iter()
        .map(|line| line.path)
        .chain(around)
        .filter(|path| !literals.iter().any(|one| walks(path, one)))
        .collect();
    assert!(left.is_empty(), "no journey goes to {left:#?}");
}

/// The address of a door with ids that name nothing.
fn nowhere(line: &Line) -> String {
    let part = |part: &str| if part.starts_with('{') { Uuid::nil().to_string() } else { part.to_owned() };
    line.path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn a_signed_out_person_is_sent_to_sign_in_and_a_program_without_a_key_is_told() {
    journey(async |world| {
        let (stranger, program) = (world.stranger(), Program::with_key(&world, "cv_khong-ai-biet"));
        for line in wiring::routes().table() {
            let path = nowhere(line);
            match (line.who, &line.method) {
                (Who::Everyone, _) => {}
                (Who::Key | Who::KeyOf(_), method) => {
                    program.asks(method.clone(), &path, Some(0), None).await.problem(401, "signed-out");
                    Program::with_key(&world, "")
                        .asks(method.clone(), &path, Some(0), None)
                        .await
                        .problem(401, "signed-out");
                }
                (_, &Method::GET) => drop(stranger.goes(&path).await.leads("/dang-nhap")),
                _ => drop(stranger.posts(&path, &[], &Default::default()).await.leads("/dang-nhap")),
            }
        }
        // A session opens no door of programs.
        world.person("quan").goes("/api/v1/rounds").await.is(401);
    })
    .await;
}

/// Somebody with this one role at the province.
async fn holder(world: &World, role: Role) -> Person {
    let login = role.code();
    let scope = world.program();
    let mut tx = world.db().begin().await.unwrap();
    let new = NewAccount { login: login.into(), name: role.name().into(), sample: true, ..NewAccount::default() };
    let account = people::create(&mut tx, &scope, new).await.unwrap().id;
    let unit = world.id("tinh").parse().unwrap();
    people::grant(
        &mut tx,
        &scope,
        NewGrant { account, unit, role, from: day("2020-01-01"), to: None, note: String::new() },
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    world.person(login)
}

#[tokio::test]
async fn each_role_is_let_in_where_the_table_says_so_and_nowhere_else() {
    journey(async |world| {
        let routes = wiring::routes();
        for role in Role::ALL {
            let person = holder(&world, role).await;
            let program = person.program(true).await;
            for line in routes.table() {
                let path = nowhere(line);
                if let Who::KeyOf(roles) = line.who {
                    let answer = program.asks(line.method.clone(), &path, Some(0), None).await;
                    if roles.contains(&role) {
                        assert_ne!(answer.status, 403, "a key of {} may: {}", role.code(), answer.asked);
                    } else {
                        answer.problem(403, "forbidden").says("cần khoá của người có vai trò");
                    }
                }
                let Who::Holds(roles) = line.who else { continue };
                let page =
                    if line.method == Method::GET { person.goes(&path).await } else { person.sends(&path, &[]).await };
                if roles.contains(&role) {
                    assert_ne!(page.status, 403, "{} may: {} {}", role.code(), page.asked, page.text());
                } else {
                    page.forbids("Việc này dành cho: ");
                }
            }
        }
    })
    .await;
}
