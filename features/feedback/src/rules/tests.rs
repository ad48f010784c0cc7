#![allow(clippy::unwrap_used)]
use super::*;
use file::{Content, Kind as FileKind};

fn at(text: &str) -> Timestamp {
    format!("{text}+07:00").parse().unwrap()
}

pub(crate) fn one() -> Feedback {
    Feedback {
        id: db::fresh_id(),
        code: "PA-20261124-0001".into(),
        kind: Kind::Act,
        agency: db::fresh_id(),
        dossier: String::new(),
        said: "Chờ lâu".into(),
        name: "Trần Thị Mẫu".into(),
        phone: "0905123456".into(),
        email: "mau@vidu.vn".into(),
        secret: String::new(),
        at: at("2026-11-24T09:00:00"),
        due: at("2026-12-16T17:30:00"),
        state: State::Answered,
        answer: "Xin lỗi".into(),
        answered: Some(at("2026-11-25T09:00:00")),
        guesses: 0,
        guessed: None,
        sample: true,
        version: 1,
        office: None,
        holder: None,
        public: Public::No,
        public_question: String::new(),
        public_answer: String::new(),
        published: None,
        office_name: String::new(),
        holder_name: String::new(),
    }
}

#[test]
fn each_kind_has_its_name_and_days() {
    for kind in Kind::ALL {
        assert!(kinds().iter().any(|one| one.code == kind.code() && one.days > 0 && !one.name.is_empty()));
    }
}

fn codes(found: Vec<Refusal>) -> Vec<&'static str> {
    found.into_iter().map(|no| no.code).collect()
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let bad = NewFeedback { phone: "12".into(), email: "x".into(), ..NewFeedback::default() };
    assert_eq!(
        codes(check(&bad)),
        ["feedback-kind", "feedback-agency", "feedback-said", "feedback-phone", "feedback-email"]
    );
    let good = NewFeedback {
        kind: Some(Kind::Act),
        agency: Some(db::fresh_id()),
        said: "chữ".repeat(1_600),
        phone: "0905 123 456".into(),
        email: "a@b.vn".into(),
        ..NewFeedback::default()
    };
    assert_eq!(codes(check(&good)), [""; 0]);
    assert_eq!(codes(check(&NewFeedback { said: "chữ".repeat(1_700), ..good })), ["feedback-long"]);
}

#[test]
fn what_everybody_may_read_says_nothing_of_anybody() {
    let of = |question: &str, answer: &str| codes(check_public(&one(), question, answer));
    assert_eq!(of("Chờ lâu ngày 24/11/2026", "Đã bố trí thêm 2 quầy"), [""; 0]);
    assert_eq!(of("", " "), ["feedback-public-question", "feedback-public-answer"]);
    for text in ["Bà TRAN THI MAU chờ", "Gọi 0905.123.456", "Số 044 085 001 234", "Viết cho ai@do.vn."] {
        assert_eq!(of(text, "Đã rõ"), ["feedback-public-personal"], "{text}");
        assert_eq!(of("Chờ lâu", text), ["feedback-public-personal"], "{text}");
    }
    let waits = Feedback { state: State::New, ..one() };
    assert_eq!(codes(check_public(&waits, "Chờ", "Xin lỗi")), ["feedback-not-answered"]);
}

#[test]
fn a_machine_is_too_quick_writes_into_every_box_or_has_no_page_of_ours() {
    let (seal, start) = (Seal("bí mật".into()), at("2026-11-24T09:00:00"));
    let why = |mark: String, trap: &str, now: &str| {
        unlike_people(&seal, &Sender { address: String::new(), opened: mark, trap: trap.into() }, at(now))
    };
    let mark = || opened(&seal, start);
    assert_eq!(why(mark(), "", "2026-11-24T09:00:02"), Some(No::TooQuick));
    assert_eq!(why(mark(), "", "2026-11-24T09:00:03"), None);
    assert_eq!(why(mark(), "", "2026-11-24T21:00:00"), None);
    assert_eq!(why(mark(), "", "2026-11-24T21:00:01"), Some(No::TooOld));
    assert_eq!(why(mark(), "http://", "2026-11-24T09:01:00"), Some(No::Trap));
    assert_eq!(why(String::new(), "", "2026-11-24T09:01:00"), Some(No::TooOld));
    let forged = mark().replace(&start.as_microsecond().to_string(), "1");
    assert_eq!(why(forged, "", "2026-11-24T09:01:00"), Some(No::TooOld));
    assert_eq!(why(opened(&Seal("khác".into()), start), "", "2026-11-24T09:01:00"), Some(No::TooOld));
}

#[test]
fn a_file_is_known_again_by_its_mark_on_its_own_page_only() {
    let seal = Seal("bí mật".into());
    let content = Content { sha256: "ab".repeat(32), bytes: 12, kind: FileKind::Pdf };
    let one = Brought { content, name: "ảnh | chụp.pdf".into() };
    let mark = file_mark(&seal, "trang", &one);
    assert_eq!(read_file_mark(&seal, "trang", &mark), Some(one));
    assert_eq!(read_file_mark(&seal, "khác", &mark), None);
    assert_eq!(read_file_mark(&seal, "trang", &mark.replace("|12|", "|13|")), None);
    assert_eq!(read_file_mark(&seal, "trang", "x"), None);
}

#[test]
fn another_agencys_is_not_there_and_a_specialist_sees_what_is_given() {
    let (me, office, elsewhere) = (db::fresh_id(), db::fresh_id(), db::fresh_id());
    let base = one();
    let station = |of: &[people::UnitId]| Station { path: of.to_vec(), agency: None };
    let scope = |role: Role, unit: people::UnitId| Scope {
        account: Some(me),
        unit: Some(unit),
        roles: vec![role],
        ..Scope::program("thử", base.at)
    };
    let here = station(&[office, base.agency]);
    let given = Feedback { office: Some(office), ..base.clone() };
    let held = Feedback { holder: Some(me), ..given.clone() };
    let others = Feedback { holder: Some(db::fresh_id()), ..given.clone() };
    let staff = scope(Role::Staff, office);
    assert_eq!(seat(&staff, &here, &base), None);
    assert_eq!(seat(&staff, &here, &given), Some(Seat::default()));
    assert_eq!(seat(&staff, &here, &held), Some(Seat::default()));
    assert_eq!(seat(&staff, &here, &others), None);
    assert_eq!(seat(&scope(Role::Viewer, office), &here, &held), None);
    let clerk = Seat { oversees: true, heads: false };
    assert_eq!(seat(&scope(Role::Clerk, base.agency), &station(&[base.agency]), &base), Some(clerk));
    assert_eq!(seat(&scope(Role::Head, office), &here, &base), Some(clerk), "an office's head is not the agency's");
    let head = Seat { oversees: true, heads: true };
    assert_eq!(seat(&scope(Role::Head, base.agency), &station(&[base.agency]), &base), Some(head));
    assert_eq!(seat(&scope(Role::Head, elsewhere), &station(&[elsewhere]), &base), None);
}
