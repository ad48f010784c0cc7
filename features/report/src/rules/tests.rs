//! Who may do what, when; by when; what parts come to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::regime::{self, Ready, RegimeFile};
use crate::rules::figures::Part;
use indicator::Severity;
use std::sync::Arc;

fn id<T: std::str::FromStr>(nth: u32) -> T
where
    T::Err: std::fmt::Debug,
{
    format!("00000000-0000-7000-8000-{nth:012}").parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    format!("{text}:00+07:00").parse().unwrap()
}

const OFFICE: u32 = 1;
const AGENCY: u32 = 2;

fn ready() -> Arc<Ready> {
    let (sets, regimes) = crate::actions::embedded().unwrap();
    let set = indicator::read(&sets[0]).unwrap();
    Arc::new(regime::read(&regimes[0], &set).unwrap())
}

fn round() -> Round {
    Round {
        id: id(10),
        code: "thu".into(),
        regime: id(11),
        indicators: id(12),
        period: "2026-11".parse().unwrap(),
        collector: id(AGENCY),
        collector_name: "Sở".into(),
        closed: "2026-11-14".parse().unwrap(),
        sample: true,
    }
}

fn report(unit: u32, above: Option<u32>) -> Report {
    Report {
        id: id(20 + unit),
        round: id(10),
        unit: id(unit),
        unit_name: "Phòng".into(),
        unit_short: "P".into(),
        above: above.map(id),
        asks: Vec::new(),
        holder: None,
        holder_name: String::new(),
        due: at("2026-11-17T17:30"),
        state: State::Doing,
        first_sent: None,
        sent: None,
        filled: 1,
        asked: 18,
        number: String::new(),
        issued: None,
        version: 1,
    }
}

fn scope(account: u32, unit: u32, roles: &[Role]) -> Scope {
    let mut scope = Scope::citizen(at("2026-11-16T09:00"));
    (scope.account, scope.unit, scope.roles) = (Some(id(account)), Some(id(unit)), roles.to_vec());
    scope
}

/// What somebody is to a report: fills, heads, collects; none: they may not know of it.
fn seen(scope: &Scope, report: &Report) -> Option<(bool, bool, bool)> {
    let path: Vec<UnitId> = if report.unit == id(OFFICE) { vec![id(OFFICE), id(AGENCY)] } else { vec![id(AGENCY)] };
    let inside = scope.unit == Some(id(OFFICE));
    let station = if inside { vec![id(OFFICE), id(AGENCY)] } else { scope.unit.into_iter().collect() };
    let station = Station { path: station, agency: None };
    seat(scope, &station, &round(), report, &path).map(|seat| (seat.fills, seat.heads, seat.collects))
}

#[test]
fn a_seat_is_by_unit_and_role() {
    let (part, top) = (report(OFFICE, Some(30)), report(AGENCY, None));
    let cases = [
        (scope(1, OFFICE, &[Role::Staff]), Some((true, false, false)), Some((false, false, false))),
        (scope(2, OFFICE, &[Role::Head]), Some((true, true, false)), Some((false, false, false))),
        (scope(3, AGENCY, &[Role::Coordinator]), Some((false, true, true)), Some((true, false, false))),
        (scope(4, AGENCY, &[Role::Head]), Some((false, true, true)), Some((true, true, false))),
        (scope(5, AGENCY, &[Role::Viewer]), Some((false, false, false)), Some((false, false, false))),
        (scope(6, 3, &[Role::Head, Role::Coordinator, Role::Admin]), None, None),
    ];
    for (scope, of_part, of_top) in cases {
        assert_eq!(seen(&scope, &part), of_part, "{scope:?}");
        assert_eq!(seen(&scope, &top), of_top, "{scope:?}");
    }
    // Given to one specialist, it is not another's; their head may still enter it.
    let given = Report { holder: Some(id(7)), ..part };
    assert_eq!(seen(&scope(1, OFFICE, &[Role::Staff]), &given), Some((false, false, false)));
    assert_eq!(seen(&scope(7, OFFICE, &[Role::Viewer]), &given), Some((true, false, false)));
    assert_eq!(seen(&scope(2, OFFICE, &[Role::Head]), &given), Some((true, true, false)));
}

fn held(state: State, seat: Seat, report: Report) -> Held {
    Held { round: round(), report: Report { state, ..report }, ready: ready(), seat }
}

#[test]
fn each_state_lets_do_what_comes_next_and_nothing_else() {
    let all = Seat { fills: true, heads: true, collects: true };
    for state in State::ALL {
        let one = held(*state, all, report(OFFICE, Some(30)));
        let may = [
            may_fill(&one).is_ok(),
            may_approve(&one).is_ok(),
            may_return(&one).is_ok(),
            may_accept(&one).is_ok(),
            may_reopen(&one).is_ok(),
        ];
        let expected = match state {
            State::Todo | State::Doing | State::Returned => [true, false, false, false, false],
            State::Asked => [false, true, true, false, false],
            State::Sent => [false, false, true, true, true],
            State::Accepted => [false, false, false, false, true],
        };
        assert_eq!(may, expected, "{state:?}");
        let nobody = held(*state, Seat::default(), report(OFFICE, Some(30)));
        assert!(may_fill(&nobody).is_err() && may_approve(&nobody).is_err() && may_return(&nobody).is_err());
        assert!(may_accept(&nobody).is_err() && may_reopen(&nobody).is_err() && may_withdraw(&nobody).is_err());
        assert!(may_say(&nobody).is_err() && may_say(&one).is_ok());
    }
    // Whoever heads the unit gives back before it is sent, whoever collects after.
    let (heads, collects) = (Seat { heads: true, ..Seat::default() }, Seat { collects: true, ..Seat::default() });
    assert_eq!(may_return(&held(State::Sent, heads, report(OFFICE, Some(30)))), Err(No::NotCollector));
    assert_eq!(may_return(&held(State::Asked, collects, report(OFFICE, Some(30)))), Err(No::NotHead));
    // The collector's own is opened again by its head.
    assert!(may_reopen(&held(State::Sent, heads, report(AGENCY, None))).is_ok());
}

fn wrong(severity: Severity, explained: &str) -> Wrong {
    let text = |text: &str| text.to_owned();
    Wrong {
        code: text("x"),
        say: text("Sai."),
        sides: text(""),
        severity,
        cells: Vec::new(),
        explained: text(explained),
    }
}

#[test]
fn it_is_not_put_before_the_head_with_what_blocks_is_not_explained_or_not_answered() {
    let one = held(State::Doing, Seat { fills: true, ..Seat::default() }, report(OFFICE, Some(30)));
    let codes = |wrong: &[Wrong], notes: &[Note]| may_ask(&one, wrong, notes, false).map_err(|all| all.len());
    assert_eq!(codes(&[], &[]), Ok(()));
    assert_eq!(codes(&[wrong(Severity::Notice, ""), wrong(Severity::Explain, "Do mưa lũ")], &[]), Ok(()));
    assert_eq!(codes(&[wrong(Severity::Explain, ""), wrong(Severity::Blocks, "")], &[]), Err(2));
    let note = |settled| Note {
        id: id(40),
        spot: String::new(),
        kind: NoteKind::Returned,
        body: "Sửa".into(),
        account: None,
        who: "Nam".into(),
        at: at("2026-11-16T08:00"),
        settled,
    };
    assert_eq!(codes(&[], &[note(None)]), Err(1));
    assert_eq!(codes(&[], &[note(Some(at("2026-11-16T08:30")))]), Ok(()));
    let blank = Held { report: Report { filled: 0, ..one.report.clone() }, ..one.clone() };
    assert_eq!(may_ask(&blank, &[], &[], false), Err(vec![No::NothingEntered]));
    assert_eq!(may_ask(&blank, &[], &[], true), Ok(()));
}

#[test]
fn it_is_due_when_work_ends_so_many_working_days_after_the_closing() {
    let calendar = hours::carried("").unwrap();
    let cases = [
        // A Saturday: Monday is the first day.
        ("2026-11-14", 1, "2026-11-16T17:30"),
        ("2026-11-14", 2, "2026-11-17T17:30"),
        // A Monday counts for none.
        ("2026-12-14", 2, "2026-12-16T17:30"),
        ("2026-12-14", 0, "2026-12-14T17:30"),
        ("2026-11-14", 0, "2026-11-16T17:30"),
        // Over a weekend.
        ("2026-11-12", 2, "2026-11-16T17:30"),
    ];
    for (closed, days, due_at) in cases {
        assert_eq!(due(&calendar, closed.parse().unwrap(), days), Some(at(due_at)), "{closed} + {days}");
    }
    assert_eq!(due(&calendar, "2190-01-01".parse().unwrap(), 2), None);
}

#[test]
fn late_is_told_by_the_first_sending() {
    let one = report(OFFICE, Some(30));
    assert!(!one.is_late(at("2026-11-17T17:30")) && one.is_late(at("2026-11-17T17:31")));
    let sent = Report { first_sent: Some(at("2026-11-17T09:00")), sent: Some(at("2026-11-20T09:00")), ..one };
    assert!(!sent.is_late(at("2026-12-01T09:00")));
}

/// The place of a row's figure of what was done.
fn place(ready: &Ready, code: &str) -> usize {
    let form = &ready.forms[0];
    let row = form.rows.iter().position(|row| row.code == code).unwrap();
    let column = form.columns.iter().position(|column| column.code == "th").unwrap();
    let indicator::form::Cell::Takes(place) = form.cell(row, column) else { panic!("{code} takes no figure") };
    place
}

#[test]
fn parts_add_up_with_what_is_missing_counted_and_what_does_not_add_up_taken_from_whom_it_was_asked() {
    let ready = ready();
    let (iip, trade, checks) = (place(&ready, "2"), place(&ready, "5"), place(&ready, "10"));
    let sheet = |figures: &[(usize, i64)]| {
        let mut sheets = figures::empty(&ready);
        for (place, value) in figures {
            sheets[0][*place] = Some(*value);
        }
        sheets
    };
    let (one, two) = (sheet(&[(iip, 10_425), (trade, 15), (checks, 4)]), sheet(&[(trade, 27)]));
    let some: Vec<String> = ["5", "10"].map(str::to_owned).into();
    let parts = [Part { asks: &[], sheets: &one }, Part { asks: &some, sheets: &two }];
    let totals = figures::gathered(&ready, &parts);
    let at = |place: usize| (totals[0][place].value, totals[0][place].have, totals[0][place].of);
    assert_eq!(at(trade), (Some(42), 2, 2));
    assert_eq!(at(checks), (Some(4), 1, 2), "what the second did not tell is missing, not zero");
    assert_eq!(at(iip), (Some(10_425), 1, 1), "an index does not add up: it is of the one that was asked");
    let both = [Part { asks: &[], sheets: &one }, Part { asks: &[], sheets: &one }];
    assert_eq!(figures::gathered(&ready, &both)[0][iip].value, None, "of two there is none");
}

#[test]
fn a_unit_sees_its_rows_with_their_headings_and_what_is_worked_out_from_them() {
    let ready = ready();
    let form = &ready.forms[0];
    let codes = |asks: &[&str]| {
        let asks: Vec<String> = asks.iter().map(|code| (*code).to_owned()).collect();
        figures::rows(&ready, form, &asks).into_iter().map(|row| form.rows[row].code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&["10", "11"]), ["C", "10", "11", "12"]);
    assert_eq!(codes(&["1", "7"]), ["A", "1", "3", "B", "7", "9"]);
    assert_eq!(codes(&[]).len(), form.rows.len());
    let asks = ["10".to_owned()];
    assert_eq!(figures::counted(&ready, &asks, &figures::empty(&ready)), (0, 1));
}

/// Exports less imports is worked out: it is told of a period as what was entered is, so that a later one can be compared with it.
#[test]
fn what_is_worked_out_is_told_of_a_period_too() {
    let ready = ready();
    let mut sheets = figures::empty(&ready);
    (sheets[0][place(&ready, "7")], sheets[0][place(&ready, "8")]) = (Some(3_125), Some(3_690));
    let told = figures::told_with_derived(&ready, &sheets);
    let name = |code: &str| Name { indicator: code.into(), part: None, nature: indicator::Nature::Actual };
    assert_eq!(told.get(&name("TM.CAN")).map(ToString::to_string), Some("-5.65".into()));
    assert_eq!(told.get(&name("TM.BLE.KT")), None, "growth needs another period");
    assert_eq!(figures::told(&ready, &sheets).len(), 2);
}

#[test]
fn every_regime_of_the_program_is_whole_and_each_missing_field_is_named() {
    let (sets, regimes) = crate::actions::embedded().unwrap();
    for file in &regimes {
        let set = sets.iter().find(|set| set.code == file.indicators).unwrap();
        regime::read(file, &indicator::read(set).unwrap()).unwrap();
    }
    let set = indicator::read(&sets[0]).unwrap();
    let good = &regimes[0];
    let broken = |change: &dyn Fn(&mut RegimeFile)| {
        let mut file = good.clone();
        change(&mut file);
        let problems = regime::read(&file, &set).err().unwrap_or_default();
        problems.into_iter().map(|one| one.code).collect::<Vec<_>>()
    };
    // NĐ 09/2019/NĐ-CP, Điều 8, field by field.
    assert_eq!(broken(&|file| file.name.clear()), ["name-missing"]);
    assert_eq!(broken(&|file| file.content.clear()), ["content-missing"]);
    assert_eq!(broken(&|file| file.asked.clear()), ["asked-missing"]);
    assert_eq!(broken(&|file| file.receiver.clear()), ["receiver-missing"]);
    assert_eq!(broken(&|file| file.method.clear()), ["method-missing"]);
    assert_eq!(broken(&|file| file.deadlines.retain(|one| one.of != "phong")), ["deadline-missing"]);
    assert_eq!(broken(&|file| file.period = indicator::Kind::Quarter), ["period-differs"]);
    assert_eq!(broken(&|file| file.basis.clear()), [""; 0], "a sample has none");
    assert_eq!(broken(&|file| (file.basis.clear(), file.sample = false).1), ["basis-missing"]);
    assert_eq!(broken(&|file| file.sections[0].text = "{{CN.KHONG}}".into()), ["outline-unknown"]);
    let twice = broken(&|file| file.forms.push(file.forms[0].clone()));
    assert!(twice.contains(&"form-twice") && twice.contains(&"figure-twice"), "{twice:?}");
}
