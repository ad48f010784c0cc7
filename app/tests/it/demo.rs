//! The demo's world is made out of its answers, and its published year is the one that the data files say.

use crate::person::Person;
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
    last_october_by_a_draft(world.db());
    let open = rounds.iter().find(|round| round.year == 2020).unwrap();
    world.name("open", open.id);
    world.name("so", keys["so-cong-thuong"]);
    a_point_opens_the_dossiers_that_earned_it(&world).await;
}

/// By `data/demo/dossiers.toml`: four dossiers were resolved, one of them late. From the card to the dossier, by its links.
async fn a_point_opens_the_dossiers_that_earned_it(world: &World) {
    world.turns_to("2020-11-24");
    let head = Person::new(world.clone(), "an.sct", "so-cong-thuong");
    let card = head.opens("/chi-so/dot/{open}/phieu/{so}?mo=3.4.1").await.says("3/4 = 75 %").says("Xem 3 hồ sơ");
    let card = card.hides("Số liệu đã được đếm lại");
    let list = head.opens(&card.link("/mot-cua/thong-ke/ho-so?so=da-xu-ly")).await.says("4 hồ sơ").says("Quá hạn");
    head.opens(&list.link("/mot-cua/ho-so/")).await.says("Hiền Lương");
    // Whoever appraises it reads what was counted, not whose dossiers they were.
    world.turns_to("2020-12-14");
    let appraiser = Person::new(world.clone(), "son.vpub", "vp-ubnd-tinh");
    let seen = appraiser.opens("/chi-so/dot/{open}/tham-dinh/{so}?mo=3.4.1").await;
    seen.says("Hồ sơ TTHC đã giải quyết").says("Hệ thống một cửa điện tử: Đã xử lý").hides("Xem 4 hồ sơ");
}

/// `cuaviet workflow replay`, by the program itself, on the data of the demo. In October 2020 one dossier of this process
/// ended: the specialist had it from Monday the 5th at nine to Tuesday the 20th at nine, eleven days of eight hours; the
/// director, who has eight hours, from then to the 22nd.
fn last_october_by_a_draft(db: &db::Db) {
    const PROCESS: &str = include_str!("../../../data/workflows/mau-so-20.toml");
    let folder = tempfile::tempdir().unwrap();
    let database = db.lite_path().unwrap();
    let replay = |time: &str, month: &str, json: bool| {
        let draft = folder.path().join("du-thao.toml");
        let (before, after) = PROCESS.split_once("role = \"chuyen-vien\"\ntime = \"").unwrap();
        let (_, after) = after.split_once('"').unwrap();
        std::fs::write(&draft, format!("{before}role = \"chuyen-vien\"\ntime = \"{time}\"{after}")).unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cuaviet"));
        command.args(["workflow", "replay"]).arg(&draft).args(["--month", month, "--database"]).arg(&database);
        if json {
            command.arg("--json");
        }
        let said = command.output().unwrap();
        let (out, err) = (String::from_utf8(said.stdout).unwrap(), String::from_utf8(said.stderr).unwrap());
        (said.status.code().unwrap(), out, err)
    };
    let step = |time: &str, code: &str| {
        let (_, out, err) = replay(time, "2020-10", true);
        let found: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
        assert_eq!(found["dossiers"], 1, "{found}");
        let steps = found["steps"].as_array().unwrap();
        let one = steps.iter().find(|one| one["code"] == code).unwrap();
        ["done", "late", "would_be_late"].map(|name| one[name].as_i64().unwrap())
    };
    assert_eq!(step("88 giờ", "3"), [1, 0, 0]);
    assert_eq!(step("87 giờ", "3"), [1, 0, 1]);
    assert_eq!(step("88 giờ", "5"), [1, 1, 1]);
    let (code, out, _) = replay("87 giờ", "2020-10", false);
    assert!(code == 0 && out.starts_with("Quy trình mau-so-20, hồ sơ kết thúc tháng 10/2020: 1."), "{out}");
    assert!(out.contains("chậm 0 lần, theo dự thảo chậm 1 lần"), "{out}");
    let (code, _, err) = replay("87 giờ", "tháng mười", false);
    assert!(code == 1 && err.contains("Tháng viết như 2026-10"), "{err}");
}
