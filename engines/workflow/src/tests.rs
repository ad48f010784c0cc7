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

fn roles(role: &str) -> Vec<String> {
    vec![role.to_owned()]
}

/// Leaves a step of the standing with everything it needs written and given.
fn go(process: &Process, standing: &Standing, code: &str, onward: Option<usize>) -> Result<Standing, base::Refusal> {
    let step = process.steps.iter().position(|step| step.code == code).unwrap();
    let (roles, gives) = (roles(&process.steps[step].role), process.steps[step].gives.clone());
    let chosen = process.steps[step].choices.first().map(String::as_str);
    let written = [Need::Note, Need::Papers];
    leave(
        process,
        standing,
        &Done { step, roles: &roles, case: Some("cap-moi"), chosen, onward, written: &written, gives: &gives },
    )
}

fn at(process: &Process, standing: &Standing) -> Vec<String> {
    standing.running.iter().map(|at| process.steps[*at].code.clone()).collect()
}

#[test]
fn a_dossier_goes_from_the_counter_to_its_result() {
    let process = reading(GOOD).process;
    let mut standing = begin(&process);
    for (code, next) in [("1", "2"), ("2", "3"), ("3", "4"), ("4", "5"), ("5", "6"), ("6", "7")] {
        standing = go(&process, &standing, code, Some(0)).unwrap();
        assert_eq!(at(&process, &standing), [next]);
    }
    assert_eq!(go(&process, &standing, "6", Some(0)).unwrap_err().code, "step-not-running");
    standing = go(&process, &standing, "7", None).unwrap();
    assert_eq!(standing.ended, Some(End::Returned));
    assert_eq!(go(&process, &standing, "7", None).unwrap_err().code, "dossier-ended");
}

#[test]
fn a_step_is_left_by_its_role_with_its_needs_by_an_open_way() {
    let process = reading(GOOD).process;
    let (first, counter, other) = (begin(&process), roles("mot-cua"), roles("van-thu"));
    let done = Done {
        step: 0,
        roles: &counter,
        case: Some("cap-moi"),
        chosen: None,
        onward: Some(0),
        written: &[Need::Papers],
        gives: &[Give::Fee],
    };
    let code = |done: &Done<'_>| leave(&process, &first, done).unwrap_err().code;
    assert!(leave(&process, &first, &done).is_ok());
    assert_eq!(code(&Done { roles: &other, ..done.clone() }), "step-role");
    assert_eq!(code(&Done { case: Some("cap-lai"), ..done.clone() }), "step-closed");
    assert_eq!(code(&Done { onward: Some(7), ..done.clone() }), "step-closed");
    assert_eq!(code(&Done { onward: None, ..done.clone() }), "step-onward");
    assert_eq!(code(&Done { chosen: Some("gi-do"), ..done.clone() }), "step-choice");
    assert_eq!(code(&Done { gives: &[Give::Fee, Give::Signature], ..done.clone() }), "step-gives");
    let lacks = leave(&process, &first, &Done { gives: &[], written: &[], ..done.clone() }).unwrap_err();
    assert_eq!(lacks.say, "Bước này còn thiếu: kết luận từng giấy tờ, phí, lệ phí đã nộp.");
}

#[test]
fn a_return_takes_back_what_was_given_after() {
    let process = reading(GOOD).process;
    let mut standing = begin(&process);
    for code in ["1", "2", "3", "4"] {
        standing = go(&process, &standing, code, Some(0)).unwrap();
    }
    assert!(standing.given.iter().any(|(give, _)| *give == Give::Approval));
    // The head sends it back to the specialist: neither result nor approval stands any more, the fee does.
    standing = go(&process, &standing, "5", Some(1)).unwrap();
    assert_eq!(
        (at(&process, &standing), standing.given.iter().map(|(give, _)| *give).collect::<Vec<_>>()),
        (vec!["3".to_owned()], vec![Give::Fee])
    );
}

#[test]
fn branches_meet_when_all_have_come() {
    let process = reading(BESIDE).process;
    let both = go(&process, &begin(&process), "1", Some(0)).unwrap();
    assert_eq!(at(&process, &both), ["2a", "2b"]);
    let one = go(&process, &both, "2a", Some(0)).unwrap();
    assert_eq!(at(&process, &one), ["2b"]);
    let met = go(&process, &one, "2b", Some(0)).unwrap();
    assert_eq!(at(&process, &met), ["3"]);
    assert_eq!(go(&process, &met, "3", None).unwrap().ended, Some(End::Returned));
}

proptest! {
    /// However it is moved, a dossier of a good process stands somewhere until it has ended.
    #[test]
    fn a_dossier_is_never_nowhere(choices in prop::collection::vec((0usize..8, 0usize..3), 0..60), beside in any::<bool>()) {
        let process = reading(if beside { BESIDE } else { GOOD }).process;
        let mut standing = begin(&process);
        for (step, onward) in choices {
            let Some(step) = process.steps.get(step) else { continue };
            let onward = (!step.moves.is_empty()).then_some(onward);
            if let Ok(next) = go(&process, &standing, &step.code, onward) {
                standing = next;
            }
            prop_assert_eq!(standing.ended.is_some(), standing.running.is_empty());
        }
    }

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
