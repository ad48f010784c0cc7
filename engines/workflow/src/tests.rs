#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::*;
use proptest::prelude::*;

const GOOD: &str = include_str!("../../../data/workflows/mau-cap-phep-05-ngay.toml");
const TEN: &str = include_str!("tests/ten-faults.toml");

fn held() -> Vec<String> {
    ["mot-cua", "chuyen-vien", "lanh-dao-phong", "lanh-dao-so", "van-thu"].map(str::to_owned).to_vec()
}

fn reading(text: &str) -> Reading {
    read(&toml::from_str::<File>(text).unwrap())
}

/// Words and process together: `word@step`.
fn faults(text: &str) -> Vec<String> {
    let Reading { process, problems } = reading(text);
    let all = problems.into_iter().chain(check(&process, &held()));
    all.map(|problem| format!("{}@{}", problem.code, problem.step.unwrap_or_default())).collect()
}

/// The good process with one thing changed.
fn with(old: &str, new: &str) -> Vec<String> {
    assert!(GOOD.contains(old), "{old}");
    faults(&GOOD.replacen(old, new, 1))
}

#[test]
fn the_sample_process_works() {
    assert_eq!(faults(GOOD), [""; 0]);
    let process = reading(GOOD).process;
    assert_eq!((process.legal, process.steps.len(), process.steps[0].time), (5 * 480, 8, 240));
    assert_eq!(process.steps[2].pause, Some(Pause { why: Wait::Supplement, ends: Some((30, 7)) }));
}

#[test]
fn ten_seeded_faults_are_all_named() {
    let mut found = faults(TEN);
    found.sort();
    let expected = [
        "dead-end@5",
        "guard-never@1",
        "need-never-met@3",
        "never-joins@3",
        "over-legal-time@",
        "pause-without-end@3",
        "role-unheld@2",
        "unknown-step@2",
        "unknown-word@1",
        "unreachable@7",
    ];
    assert_eq!(found, expected);
    let said: Vec<String> = {
        let Reading { process, problems } = reading(TEN);
        problems.into_iter().chain(check(&process, &held())).map(|problem| problem.to_string()).collect()
    };
    // 0,5 + 1 + 1 + 0,5 days and 2 hours: 3 days and 2 hours.
    assert!(
        said.contains(&"Đường dài nhất 1 → 2 → 3 → 4 → 6 mất 3 ngày 2 giờ, quá thời hạn 3 ngày.".to_owned()),
        "{said:#?}"
    );
    assert!(said.contains(&"Bước 3: cần “kết quả đã ký” nhưng không bước nào trước đó ký kết quả.".to_owned()));
}

#[test]
fn each_fault_alone_is_the_only_one_said() {
    assert_eq!(with("source = \"MẪU: không phải quy trình đã phê duyệt\"", "source = \" \""), ["source-missing@"]);
    assert_eq!(with("legal = \"5 ngày\"", "legal = \"năm ngày\""), ["time-unread@"]);
    assert_eq!(with("time = \"2 ngày\"", "time = \"0 giờ\""), ["time-unread@3"]);
    assert_eq!(with("time = \"2 ngày\"", "time = \"6 ngày\""), ["step-too-long@3", "over-legal-time@"]);
    assert_eq!(
        with("gives = [\"approval\", \"signature\"]", "gives = [\"approval\"]"),
        ["need-never-met@5", "need-never-met@6"]
    );
    assert_eq!(
        with("to = \"2\", chosen = \"khong-du-dieu-kien\", back = true", "to = \"2\", chosen = \"khong-du-dieu-kien\""),
        ["circle@"]
    );
    assert_eq!(
        with("{ to = \"4\" }, { to = \"2\"", "{ to = \"4\", chosen = \"du-dieu-kien\" }, { to = \"2\""),
        [""; 0]
    );
    assert_eq!(
        with(
            "{ to = \"4\" }, { to = \"2\", chosen = \"khong-du-dieu-kien\", back = true }",
            "{ to = \"4\", chosen = \"du-dieu-kien\" }"
        ),
        ["no-way@3"]
    );
    assert_eq!(
        with("{ to = \"3\", case = \"cap-lai\" }", "{ to = \"3\", case = \"cap-doi\" }"),
        ["guard-never@1", "no-way@1"]
    );
    assert_eq!(
        with("code = \"8\"", "code = \"7\""),
        ["unknown-step@3", "step-twice@7", "pause-without-end@3", "unreachable@7"]
    );
    assert_eq!(with("end = \"returned\"", "end = \"xong\""), ["unknown-word@7", "never-ends@6", "dead-end@7"]);
}

const BESIDE: &str = r#"
code = "song-song"
name = "Liên thông"
source = "thử"
legal = "4 ngày"
[[steps]]
code = "1"
name = "Tiếp nhận"
role = "mot-cua"
time = "4 giờ"
moves = [{ to = ["2a", "2b"] }]
[[steps]]
code = "2a"
name = "Thẩm định"
role = "chuyen-vien"
time = "3 ngày"
next = "3"
[[steps]]
code = "2b"
name = "Cơ quan thuế xác định nghĩa vụ"
role = "co-quan-thue"
agency = "Thuế tỉnh"
time = "2 ngày"
next = "3"
[[steps]]
code = "3"
name = "Trả kết quả"
role = "mot-cua"
time = "4 giờ"
waits_for_all = true
end = "returned"
"#;

/// Half a day, three days, half a day: the branch of another agency runs meanwhile, and its role is its own matter.
#[test]
fn branches_beside_each_other_take_as_long_as_the_longest() {
    assert_eq!(faults(BESIDE), [""; 0]);
    assert_eq!(faults(&BESIDE.replace("legal = \"4 ngày\"", "legal = \"31 giờ\"")), ["over-legal-time@"]);
    assert_eq!(faults(&BESIDE.replace("waits_for_all = true\n", "")), ["never-joins@1"]);
    let alone = BESIDE.replace("[\"2a\", \"2b\"]", "\"2a\"");
    assert_eq!(faults(&alone), ["unreachable@2b"]);
    let one = alone.replace("next = \"3\"\n[[steps]]\ncode = \"3\"", "end = \"stopped\"\n[[steps]]\ncode = \"3\"");
    assert_eq!(faults(&one), ["unreachable@2b", "waits-for-nothing@3"]);
}

#[test]
fn a_word_of_the_file_that_nobody_knows_is_refused_by_its_place() {
    let error = toml::from_str::<File>(&GOOD.replace("undo = true", "undoo = true")).unwrap_err().to_string();
    assert!(error.contains("undoo"), "{error}");
}

proptest! {
    /// Whatever a file says, it is judged in words and never by a panic; and a process judged good can end from every
    /// step that can be come to.
    #[test]
    fn a_process_judged_good_can_end(moves in prop::collection::vec((0usize..6, 0usize..6, any::<bool>()), 0..14), ends in prop::collection::vec(0usize..6, 0..3)) {
        let mut text = String::from("code = \"x\"\nname = \"x\"\nsource = \"x\"\nlegal = \"9 ngày\"\n");
        for at in 0..6 {
            let lines: Vec<String> = moves.iter().filter(|(from, ..)| *from == at).map(|(_, to, back)| format!("{{ to = \"{to}\", back = {back} }}")).collect();
            let end = if ends.contains(&at) { "end = \"returned\"\n" } else { "" };
            text += &format!("[[steps]]\ncode = \"{at}\"\nname = \"x\"\nrole = \"mot-cua\"\ntime = \"1 giờ\"\nmoves = [{}]\n{end}", lines.join(", "));
        }
        let Reading { process, problems } = reading(&text);
        prop_assert!(problems.is_empty());
        if check(&process, &held()).is_empty() {
            // A walk of our own: forwards from the first step, then backwards from the ends.
            let edges: Vec<(usize, usize)> = moves.iter().map(|(from, to, _)| (*from, *to)).collect();
            let grow = |start: Vec<usize>, edges: &[(usize, usize)]| {
                let mut found = start;
                for _ in 0..6 {
                    for (from, to) in edges {
                        if found.contains(from) && !found.contains(to) { found.push(*to); }
                    }
                }
                found
            };
            let back: Vec<(usize, usize)> = edges.iter().map(|(from, to)| (*to, *from)).collect();
            prop_assert_eq!(grow(vec![0], &edges).len(), 6);
            prop_assert_eq!(grow(ends.iter().copied().collect::<std::collections::BTreeSet<_>>().into_iter().collect(), &back).len(), 6);
        }
    }
}
