//! A process is changed while dossiers run by it: which go over to the new one, and who would have been late by it.

use crate::counter::with_procedure;
use crate::world::{World, journey};
use dossier::actions::replay;
use rulebook::{Content, New};

/// The process with another time for assigning, which has two hours.
fn assigning_in(hours: u32) -> String {
    let head = "role = \"lanh-dao-phong\"\ntime = ";
    OLD.replacen(&format!("{head}\"2 giờ\""), &format!("{head}\"{hours} giờ\""), 1)
}

fn process(text: &str) -> workflow::Process {
    workflow::read(&toml::from_str(text).unwrap()).process
}

const OLD: &str = include_str!("../../../data/workflows/mau-cap-phep-05-ngay.toml");

async fn with_new_process(world: &World, text: &str) {
    let file: workflow::File = toml::from_str(text).unwrap();
    let scope = world.program();
    let mut tx = world.db().begin().await.unwrap();
    let content = Content {
        name: "Quy trình MẪU, bản hai".into(),
        source: "MẪU".into(),
        valid_from: "2026-11-26".parse().unwrap(),
        valid_to: None,
        body: serde_json::to_value(file).unwrap(),
    };
    let new = New { kind: "workflow".into(), code: "mau-cap-phep-05-ngay".into(), content, sample: true };
    let draft = rulebook::draft(&mut tx, &scope, new).await.unwrap();
    rulebook::publish(&mut tx, &scope, draft.id, 1).await.unwrap();
    tx.commit().await.unwrap();
}

/// A dossier received on the 25th at nine that waits to be assigned.
async fn at_assigning(world: &World, owner: &str) {
    with_procedure(world).await;
    world.turns_to("2026-11-25");
    let mai = world.person("mai");
    mai.takes_in(owner).await.goes_on();
    mai.moves("0|", "").await.goes_on();
}

#[tokio::test]
async fn a_head_takes_chosen_dossiers_over_to_a_newer_process() {
    journey(async |world| {
        at_assigning(&world, "Công ty TNHH Mẫu An Phát").await;
        let (mai, nam, minh) = (world.person("mai"), world.person("nam"), world.person("minh"));
        minh.opens("/mot-cua/doi-quy-trinh").await.says("Mọi hồ sơ đang theo quy trình có hiệu lực.");
        // Assigning has two hours, from nine on.
        mai.dossier().await.says("hạn 25/11/2026 11:00");
        with_new_process(&world, &assigning_in(1)).await;
        world.turns_to("2026-11-26");
        let page = minh.opens("/mot-cua/doi-quy-trinh").await;
        let page = page.says("bản 1 → bản 2").says("120 phút làm việc” thành “60 phút làm việc”");
        let form = page.form("/mot-cua/doi-quy-trinh");
        form.clone().sent_by(&minh).await.refuses("Đánh dấu từ 1 đến 100 hồ sơ");
        let ticked = format!("{}:{}", world.id("dossier"), 2);
        nam.goes("/mot-cua/doi-quy-trinh").await.says("Công ty TNHH Mẫu An Phát");
        nam.sends("/mot-cua/doi-quy-trinh", &[("chon", &ticked)]).await.says("dành cho lãnh đạo cơ quan giải quyết");
        minh.sends("/mot-cua/doi-quy-trinh", &[("chon", &ticked)]).await.says("Đã làm xong 1 hồ sơ");
        mai.dossier().await.says("hạn 25/11/2026 10:00").says("Đổi sang quy trình mới");
        minh.opens("/mot-cua/doi-quy-trinh").await.says("Mọi hồ sơ đang theo quy trình có hiệu lực.");
        nam.moves("0|", "").await.goes_on();
        assert_eq!(world.done("dossier.process-changed").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_step_that_is_gone_holds_its_dossier_back() {
    journey(async |world| {
        at_assigning(&world, "Người Mẫu").await;
        let minh = world.person("minh");
        let renamed = OLD.replace("code = \"2\"", "code = \"2x\"").replace("\"2\"", "\"2x\"");
        with_new_process(&world, &renamed).await;
        world.turns_to("2026-11-26");
        let ticked = format!("{}:{}", world.id("dossier"), 2);
        minh.sends("/mot-cua/doi-quy-trinh", &[("chon", &ticked)])
            .await
            .says("Bước “Phân công thụ lý” không có trong quy trình mới");
        minh.opens("/mot-cua/doi-quy-trinh").await.says("Người Mẫu");
    })
    .await;
}

#[tokio::test]
async fn last_month_runs_through_a_draft() {
    journey(async |world| {
        at_assigning(&world, "Người Mẫu").await;
        let minh = world.person("minh");
        // Refused at nine on the 26th: assigning took the eight hours of a day, and had two.
        world.turns_to("2026-11-26");
        let form = minh.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/tu-choi"));
        form.with("ly_do", "Không đủ điều kiện MẪU").sent_by(&minh).await.goes_on();
        let span = (base::day::start("2026-11-01".parse().unwrap()), base::day::start("2026-12-01".parse().unwrap()));
        let mut conn = world.db().read().await.unwrap();
        let found = replay(&mut conn, &process(OLD), span.0, span.1).await.unwrap();
        let assigning = |found: &dossier::actions::Replayed| {
            let step = found.steps.iter().find(|step| step.name == "Phân công thụ lý").unwrap().clone();
            (step.done, step.late, step.would_be_late)
        };
        assert_eq!((found.dossiers, found.late, found.would_be_late), (1, 1, 1));
        assert_eq!(assigning(&found), (1, 1, 1));
        let found = replay(&mut conn, &process(&assigning_in(9)), span.0, span.1).await.unwrap();
        assert_eq!((found.dossiers, found.late, found.would_be_late), (1, 1, 0), "nine hours are enough");
        assert_eq!(assigning(&found), (1, 1, 0));
        let found = replay(&mut conn, &process(OLD), span.1, base::day::start("2027-01-01".parse().unwrap())).await;
        assert_eq!(found.unwrap().dossiers, 0, "another month");
    })
    .await;
}
