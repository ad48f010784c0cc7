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

/// What is done beside a single dossier: working days, a newer process, many dossiers at once, what people say.
const BESIDE: [Verb; 10] = [
    Verb { door: "/mot-cua/lich", fields: &[("cua", "{sct}"), ("tu", "26/11/2026")], rule: "Ghi căn cứ" },
    Verb { door: "/mot-cua/lich", fields: &[("cua", "chung"), ("tu", "26/11/2026")], rule: "Ghi căn cứ" },
    Verb { door: "/mot-cua/doi-quy-trinh", fields: &[("chon", "{ticked}")], rule: "quy trình đang có hiệu lực" },
    Verb {
        door: "/mot-cua/nhieu-ho-so",
        fields: &[("lam", "chuyen"), ("chon", "{ticked}")],
        rule: "Bước này còn thiếu",
    },
    Verb {
        door: "/mot-cua/nhieu-ho-so",
        fields: &[("lam", "giao"), ("giao_cho", "{tam}"), ("chon", "{ticked}")],
        rule: "không giữ vai trò của bước",
    },
    Verb { door: "/mot-cua/phan-anh/{feedback}/tra-loi", fields: &[], rule: "Ghi nội dung trả lời." },
    Verb { door: "/mot-cua/phan-anh/{feedback}/phan-cong", fields: &[], rule: "Chọn phòng hoặc người" },
    Verb { door: "/mot-cua/phan-anh/{feedback}/chuyen", fields: &[], rule: "Chọn cơ quan khác" },
    Verb { door: "/mot-cua/phan-anh/{feedback}/cong-khai", fields: &[], rule: "Ghi lại câu hỏi" },
    Verb {
        door: "/mot-cua/phan-anh/{feedback}/duyet", fields: &[("viec", "duyet")], rule: "Chưa có nội dung nào"
    },
];

/// The same dossier, and what was said of Sở Công Thương, given to Bình. Reading what was said, then the verbs.
const BESIDE_TABLE: [(&str, [Right; 11]); 10] = [
    // who     read  days  all   newer many  give  answ. assg. pass  publ. approve
    ("binh", [May, Not, Not, Shut, May, May, May, Shut, Shut, May, Shut]),
    ("nam", [May, Not, Not, Not, Not, May, May, May, May, May, Not]),
    ("minh", [May, May, Not, May, Not, May, May, May, May, May, May]),
    ("lan", [May, May, Not, Shut, Not, May, May, May, May, May, Shut]),
    ("mai", [May, Not, Not, Shut, Not, Not, May, May, May, May, Shut]),
    ("van", [Shut, Not, Not, Shut, Not, Not, Shut, Shut, Shut, Shut, Shut]),
    ("yen", [Gone, Not, Not, Gone, Gone, Gone, Gone, Gone, Gone, Gone, Gone]),
    ("tam", [Gone, Not, Not, Shut, Gone, Gone, Gone, Gone, Gone, Gone, Shut]),
    ("quan", [Shut, Not, May, Shut, Shut, Shut, Shut, Shut, Shut, Shut, Shut]),
    ("hoa", [Shut, Shut, Shut, Shut, Shut, Shut, Shut, Shut, Shut, Shut, Shut]),
];

/// Sentences of whoever may see, and may not.
const NOT: [&str; 4] = [
    "do vai trò hoặc người khác thực hiện",
    "dành cho lãnh đạo cơ quan giải quyết",
    "do lãnh đạo cơ quan duyệt",
    "do lãnh đạo, đầu mối hoặc cán bộ một cửa",
];

async fn beside(world: &World, who: &'static str, verb: &Verb, version: &str) -> Right {
    let fields: Vec<(&str, &str)> = verb.fields.iter().copied().chain([("version", version)]).collect();
    let page = world.person(who).sends(verb.door, &fields).await;
    let text = page.text();
    match page.status {
        404 => Gone,
        403 if text.contains("Việc này dành cho:") => Shut,
        403 => Not,
        // Of many, each that was not done says why.
        200 if text.contains("Không có bước nào của bạn ở hồ sơ này.") => Gone,
        200 | 422 if text.contains(verb.rule) => May,
        200 | 422 if NOT.iter().any(|say| text.contains(say)) => Not,
        other => panic!("{who} at {}: {other} {text}", verb.door),
    }
}

#[tokio::test]
async fn beside_a_dossier_too_everybody_may_what_the_table_says() {
    journey(async |world| {
        with_procedure(&world).await;
        let (mai, nam) = (world.person("mai"), world.person("nam"));
        mai.takes_in("Người Mẫu").await.goes_on();
        mai.moves("0|", "").await.goes_on();
        nam.moves("0|", "").await.goes_on();
        let give = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"));
        give.with("giao_cho", &world.id("binh")).sent_by(&nam).await.goes_on();
        let form = nam.dossier().await.form(&world.address("/mot-cua/ho-so/{dossier}/phan-cong"));
        world.name("ticked", format!("{}:{}", world.id("dossier"), form.value("version")));
        crate::feedback::said(&world, "Chờ lâu").await;
        let page = mai.opens("/mot-cua/phan-anh/{feedback}").await;
        let form = page.form(&world.address("/mot-cua/phan-anh/{feedback}/phan-cong"));
        form.with("giao_cho", &world.address("{sct-phong}/{binh}")).sent_by(&mai).await.goes_on();
        let page = mai.opens("/mot-cua/phan-anh/{feedback}").await;
        let version = page.form(&world.address("/mot-cua/phan-anh/{feedback}/tra-loi")).value("version").to_owned();
        let mut wrong = Vec::new();
        for (who, rights) in BESIDE_TABLE {
            let seen = match world.person(who).goes("/mot-cua/phan-anh/{feedback}").await.status {
                200 => May,
                404 => Gone,
                403 => Shut,
                other => panic!("{who} reads: {other}"),
            };
            let mut found = vec![seen];
            for verb in &BESIDE {
                found.push(beside(&world, who, verb, &version).await);
            }
            if found != rights {
                wrong.push(format!("{who}: {found:?}, not {rights:?}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    })
    .await;
}
