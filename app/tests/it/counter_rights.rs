//! Who may see and do what with a dossier: people × verbs × units, through the door. Another agency's dossier is not there.

use crate::counter::with_procedure;
use crate::world::{World, journey};

/// May, by its rights; may not, and is told who does; is not even told that there is one; has no role for the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    May,
    Not,
    Gone,
    Shut,
}
use Right::{Gone, May, Not, Shut};

/// A verb, what is sent with it so that whoever may is refused by a rule and nothing changes, and that rule's sentence.
struct Verb {
    door: &'static str,
    fields: &'static [(&'static str, &'static str)],
    rule: &'static str,
}

const VERBS: [Verb; 8] = [
    Verb {
        door: "/mot-cua/ho-so/{dossier}/chuyen",
        fields: &[("buoc", "3"), ("duong", "0|")],
        rule: "Bước này còn thiếu",
    },
    Verb {
        door: "/mot-cua/ho-so/{dossier}/phan-cong",
        fields: &[("buoc", "3"), ("giao_cho", "{tam}")],
        rule: "không giữ vai trò của bước",
    },
    Verb { door: "/mot-cua/ho-so/{dossier}/bo-sung", fields: &[], rule: "Chọn ít nhất một giấy tờ" },
    Verb { door: "/mot-cua/ho-so/{dossier}/tu-choi", fields: &[], rule: "Ghi lý do từ chối" },
    Verb { door: "/mot-cua/ho-so/{dossier}/rut", fields: &[], rule: "Ghi đề nghị của người nộp" },
    Verb { door: "/mot-cua/ho-so/{dossier}/xin-loi", fields: &[], rule: "Số ngày hẹn thêm phải từ 1" },
    Verb {
        door: "/mot-cua/ho-so/{dossier}/sua-luc-nhan",
        fields: &[("luc_nhan", "24/11/2026 08:00")],
        rule: "Ghi lý do lúc nhận sớm hơn",
    },
    Verb { door: "/mot-cua/ho-so/{dossier}/cho", fields: &[("viec", "agency-answer")], rule: "Ghi nội dung hỏi" },
];

/// The dossier stands at the specialist's step, given to Bình of the office. Reading, then the verbs in their order.
const TABLE: [(&str, [Right; 9]); 10] = [
    // who                      read  on    give  ask   ref.  wdr.  ext.  corr. await
    ("binh" /* specialist */, [May, May, May, May, May, Not, Not, Shut, May]),
    ("nam" /* office head */, [May, Not, May, Not, Not, Not, Not, Shut, Not]),
    ("minh" /* director */, [May, Not, May, May, May, May, May, Shut, May]),
    ("lan" /* coordinator */, [May, Not, May, Not, Not, Not, Not, Shut, Not]),
    ("mai" /* counter */, [May, Not, Not, Not, Not, May, Not, May, Not]),
    ("van" /* register */, [May, Not, Not, Not, Not, Not, Not, Shut, Not]),
    ("yen" /* other director */, [Gone, Gone, Gone, Gone, Gone, Gone, Gone, Shut, Gone]),
    ("tam" /* other counter */, [Gone, Gone, Gone, Gone, Gone, Gone, Gone, Gone, Gone]),
    ("quan" /* administrator */, [Shut, Shut, Shut, Shut, Shut, Shut, Shut, Shut, Shut]),
    ("hoa" /* council */, [Shut, Shut, Shut, Shut, Shut, Shut, Shut, Shut, Shut]),
];

async fn right(world: &World, who: &'static str, verb: &Verb, version: &str) -> Right {
    let fields: Vec<(&str, &str)> = verb.fields.iter().copied().chain([("version", version)]).collect();
    let page = world.person(who).sends(verb.door, &fields).await;
    match page.status {
        404 => Gone,
        403 if page.text().contains("Việc này dành cho:") => Shut,
        403 => Not,
        422 if page.text().contains(verb.rule) => May,
        422 if page.text().contains("do vai trò hoặc người khác thực hiện") => Not,
        other => panic!("{who} at {}: {other} {}", verb.door, page.text()),
    }
}

#[tokio::test]
async fn everybody_may_what_the_table_says_and_nothing_else() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, nam) = (world.person("mai"), world.person("nam"));
        mai.takes_in("Người Mẫu").await.goes_on();
        mai.moves("0|", "").await.goes_on();
        let page = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/chuyen"));
        page.with("duong", "0|").sent_by(&nam).await.goes_on();
        let give = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"));
        give.with("giao_cho", &world.id("binh")).sent_by(&nam).await.goes_on();
        let form = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"));
        let version = form.value("version").to_owned();
        let read = world.done("dossier.read").await;
        let mut wrong = Vec::new();
        for (who, rights) in TABLE {
            let seen = match world.person(who).goes("/mot-cua/ho-so/{dossier}").await.status {
                200 => May,
                404 => Gone,
                403 => Shut,
                other => panic!("{who} reads: {other}"),
            };
            let mut found = vec![seen];
            for verb in &VERBS {
                found.push(right(&world, who, verb, &version).await);
            }
            if found != rights {
                wrong.push(format!("{who}: {found:?}, not {rights:?}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        // Each reading of whose it is stands in the journal: six who may see it, also where a refusal showed it again.
        assert!(world.done("dossier.read").await >= read + 6);
    })
    .await;
}
