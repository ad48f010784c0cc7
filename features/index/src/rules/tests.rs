//! One `check` a rule, many cases. Days are those of the letter's round: scoring 17/11–10/12/2020.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::model::{Answer, Excused};
use base::{Timestamp, Uuid};
use people::{AccountId, Station, UnitId};
use score::set::CriteriaSet;
use serde_json::json;
use std::collections::BTreeMap;

fn unit(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(n))
}

const PROVINCE: u128 = 1;
const DEPARTMENT: u128 = 2;
const OFFICE: u128 = 3;
const OTHER: u128 = 4;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn round(status: RoundStatus) -> Round {
    Round {
        id: RoundId(Uuid::from_u128(10)),
        name: "2020".into(),
        year: 2020,
        province: unit(PROVINCE),
        days: Days {
            scoring_from: day("2020-11-17"),
            scoring_to: day("2020-12-11"),
            appraisal_to: day("2020-12-31"),
            explaining_to: day("2021-01-08"),
            second_to: day("2021-01-16"),
        },
        status,
        decision: None,
        decided_on: None,
        published: None,
        sample: true,
        version: 1,
    }
}

fn card(state: CardState) -> Card {
    Card {
        id: CardId(Uuid::from_u128(11)),
        round: RoundId(Uuid::from_u128(10)),
        unit: unit(DEPARTMENT),
        unit_name: "Sở".into(),
        unit_short: "Sở".into(),
        kind: "so".into(),
        edition: rulebook::EditionId(Uuid::from_u128(12)),
        state,
        submitted: None,
        survey_held: true,
        version: 1,
    }
}

fn scope(at: u128, roles: &[Role]) -> Scope {
    Scope {
        account: Some(AccountId(Uuid::from_u128(100))),
        name: "Lan".into(),
        unit: Some(unit(at)),
        roles: roles.to_vec(),
        station: people::Station::default(),
        read_only: false,
        now: Timestamp::UNIX_EPOCH,
    }
}

/// Where somebody of this unit stands: an office is in its department, that in its province.
fn station(at: u128) -> Station {
    let path = match at {
        OFFICE => vec![OFFICE, DEPARTMENT, PROVINCE],
        PROVINCE => vec![PROVINCE],
        other => vec![other, PROVINCE],
    };
    Station { path: path.into_iter().map(unit).collect(), agency: None }
}

fn set() -> CriteriaSet {
    let value = json!({
        "code": "t", "name": "Thử", "rounding": { "total": 2 },
        "criteria": [
            { "code": "1", "name": "Một" },
            { "code": "1.1", "name": "Bắt buộc", "max": "2", "evidence": "required", "measure": { "kind": "yes-no" } },
            { "code": "1.2", "name": "Khảo sát", "max": "1", "filled_by": "survey", "evidence": "none", "measure": { "kind": "survey", "weights": ["1", "0"] } },
            { "code": "1.10", "name": "Tự do", "max": "1", "evidence": "optional", "measure": { "kind": "deduct", "cases": [{ "name": "Lỗi", "points": "1" }], "least": "-1" } },
            { "code": "2", "name": "Thưởng", "group": "bonus", "cap": "1" },
            { "code": "2.1", "name": "Mô hình", "max": "1", "evidence": "required", "measure": { "kind": "count", "each": "1" } },
        ],
    });
    let reading = score::read(&value);
    reading.set.unwrap_or_else(|| panic!("{:?}", reading.problems))
}

#[test]
fn a_phase_begins_on_its_first_day_and_ends_before_its_last() {
    let open = round(RoundStatus::Open);
    for (on, expected) in [
        ("2020-11-16", Phase::Before),
        ("2020-11-17", Phase::Scoring),
        ("2020-12-10", Phase::Scoring),
        ("2020-12-11", Phase::Appraisal),
        ("2020-12-30", Phase::Appraisal),
        ("2020-12-31", Phase::Explaining),
        ("2021-01-08", Phase::Second),
        ("2021-01-16", Phase::Concluding),
        ("2030-01-01", Phase::Concluding),
    ] {
        assert_eq!(phase(&open, day(on)), expected, "{on}");
    }
    assert_eq!(phase(&round(RoundStatus::Draft), day("2020-11-20")), Phase::Before);
    assert_eq!(phase(&round(RoundStatus::Published), day("2020-11-20")), Phase::Published);
}

#[test]
fn days_out_of_order_are_refused() {
    let days = round(RoundStatus::Open).days;
    assert_eq!(check_days(&days), Ok(()));
    assert_eq!(check_days(&Days { scoring_to: days.scoring_from, ..days }), Err(NotNow::DaysOutOfOrder));
    assert_eq!(check_days(&Days { explaining_to: day("2020-12-01"), ..days }), Err(NotNow::DaysOutOfOrder));
    // A phase may be left out: it ends on the day on which it begins.
    assert_eq!(check_days(&Days { appraisal_to: days.scoring_to, ..days }), Ok(()));
}

#[test]
fn a_branch_covers_what_is_below_it_by_whole_numbers() {
    for (branch, code, expected) in [
        ("1", "1.2", true),
        ("1.1", "1.1", true),
        ("1.1", "1.10", false),
        ("1.2", "1", false),
        ("II.1", "II.1.3", true),
    ] {
        assert_eq!(covers(branch, code), expected, "{branch} over {code}");
    }
}

#[test]
fn before_publication_a_unit_sees_only_itself() {
    let (open, card) = (round(RoundStatus::Open), card(CardState::Scoring));
    let check = |at: u128, roles: &[Role], fields: &[String], phase: Phase| {
        may_see(standing(&scope(at, roles), &station(at), &open, &card), fields, phase)
    };
    assert_eq!(check(OFFICE, &[Role::Staff], &[], Phase::Scoring), Ok(()));
    assert_eq!(check(OTHER, &[Role::Head], &[], Phase::Concluding), Err(NotNow::NotYourUnit));
    assert_eq!(check(OTHER, &[Role::Head], &[], Phase::Published), Ok(()));
    assert_eq!(check(OTHER, &[Role::Appraiser], &["1".into()], Phase::Appraisal), Ok(()));
    assert_eq!(check(PROVINCE, &[Role::Council], &[], Phase::Scoring), Ok(()));
    assert_eq!(check(PROVINCE, &[Role::Viewer], &[], Phase::Scoring), Err(NotNow::NotYourUnit));
}

#[test]
fn who_may_answer_hangs_on_who_fills_it_and_whom_it_was_given_to() {
    let (set, open, card) = (set(), round(RoundStatus::Open), card(CardState::Scoring));
    let given = |account: Option<u128>, office: Option<u128>| {
        vec![Assignment {
            code: "1".into(),
            unit: office.map(unit),
            unit_name: None,
            account: account.map(|n| AccountId(Uuid::from_u128(n))),
            account_name: None,
        }]
    };
    let check = |at: u128, roles: &[Role], code: &str, assigned: &[Assignment]| {
        let (scope, station) = (scope(at, roles), station(at));
        may_answer(&scope, &station, standing(&scope, &station, &open, &card), set.criterion(code).unwrap(), assigned)
    };
    assert_eq!(check(OFFICE, &[Role::Staff], "1.1", &[]), Ok(()), "given to nobody: anybody's");
    assert_eq!(check(OFFICE, &[Role::Staff], "1.1", &given(Some(100), None)), Ok(()));
    assert_eq!(check(OFFICE, &[Role::Staff], "1.1", &given(None, Some(OFFICE))), Ok(()));
    assert_eq!(check(OFFICE, &[Role::Staff], "1.1", &given(Some(101), None)), Err(NotNow::NotAssigned));
    assert_eq!(check(DEPARTMENT, &[Role::Coordinator], "1.1", &given(Some(101), None)), Ok(()));
    assert_eq!(check(OFFICE, &[Role::Viewer], "1.1", &[]), Err(NotNow::NotAssigned));
    assert_eq!(check(OTHER, &[Role::Head], "1.1", &[]), Err(NotNow::NotYourUnit));
    assert!(matches!(check(DEPARTMENT, &[Role::Head], "1.2", &[]), Err(NotNow::NotForSelf { .. })));
    assert!(matches!(check(DEPARTMENT, &[Role::Head], "1", &[]), Err(NotNow::IsAParent { .. })));
}

#[test]
fn a_card_is_open_in_its_phase_or_until_its_reopening_ends() {
    let open = round(RoundStatus::Open);
    let scoring = card(CardState::Scoring);
    assert_eq!(scoring_open(&open, &scoring, None, day("2020-12-10")), Ok(()));
    assert!(scoring_open(&open, &scoring, None, day("2020-12-11")).is_err());
    assert_eq!(scoring_open(&open, &scoring, Some(day("2020-12-15")), day("2020-12-14")), Ok(()));
    assert!(scoring_open(&open, &scoring, Some(day("2020-12-15")), day("2020-12-15")).is_err());
    assert_eq!(
        scoring_open(&open, &card(CardState::Submitted), None, day("2020-11-20")),
        Err(NotNow::AlreadySubmitted)
    );
    assert!(
        scoring_open(&round(RoundStatus::Published), &scoring, Some(day("2021-12-15")), day("2021-02-01")).is_err()
    );
}

#[test]
fn a_verdict_stays_within_its_field_and_its_maximum_and_says_why_it_differs() {
    let set = set();
    let check = |code: &str, points: &str, own: &str, reason: &str| {
        check_verdict(
            &["1".into()],
            set.criterion(code).unwrap(),
            Some(points.parse().unwrap()),
            Some(own.parse().unwrap()),
            reason,
        )
    };
    assert_eq!(check("1.1", "2", "2", ""), Ok(()));
    assert_eq!(check("1.1", "2.00", "2", ""), Ok(()), "the same number written otherwise");
    assert_eq!(check("1.1", "1.5", "2", "Thiếu văn bản"), Ok(()));
    assert_eq!(check("1.1", "1.5", "2", "  "), Err(vec![NotNow::ReasonMissing]));
    assert_eq!(check("2.1", "1", "1", ""), Err(vec![NotNow::NotYourField]));
    assert!(matches!(check("1.1", "2.5", "2", "x").unwrap_err()[..], [NotNow::OverMaximum { .. }]));
    assert!(matches!(check("1.1", "-1", "2", "x").unwrap_err()[..], [NotNow::UnderMinimum { .. }]));
    assert_eq!(
        check("1.10", "-1", "0", "Ba trường hợp"),
        Ok(()),
        "a deduction may go below zero where the set says so"
    );
}

#[test]
fn whoever_is_named_for_one_unit_takes_the_place_of_the_usual_appraiser() {
    let card = card(CardState::Submitted);
    let gives = |field: &str, to: u128, only: Option<u128>| Appraiser {
        id: AppraiserId(Uuid::from_u128(50)),
        kind: "so".into(),
        field: field.into(),
        unit: unit(to),
        unit_name: String::new(),
        account: None,
        only_unit: only.map(unit),
    };
    let fields = |at: u128, list: &[Appraiser]| fields_of(&scope(at, &[Role::Appraiser]), &station(at), &card, list);
    let none: [&str; 0] = [];
    let usual = [gives("1", DEPARTMENT, None), gives("2", OTHER, None)];
    assert_eq!(fields(DEPARTMENT, &usual), none, "nobody appraises themselves by the way");
    assert_eq!(fields(DEPARTMENT, &[gives("1", DEPARTMENT, Some(DEPARTMENT))]), ["1"], "unless named for it");
    let named = [gives("1", DEPARTMENT, None), gives("1", OTHER, Some(DEPARTMENT)), gives("2", OTHER, Some(99))];
    assert_eq!(fields(DEPARTMENT, &named), none, "its own card goes to another");
    assert_eq!(fields(OTHER, &named), ["1"], "and what is for another unit only is not for this one");
    assert_eq!(fields_of(&scope(OTHER, &[Role::Head]), &station(OTHER), &card, &named), none, "a role is needed");
}

#[test]
fn a_council_concludes_when_nothing_is_left() {
    let (open, sent) = (round(RoundStatus::Open), card(CardState::Submitted));
    let council = Standing { councils: true, ..Standing::default() };
    assert_eq!(may_conclude(council, &open, &sent, 0, day("2021-01-10")), Ok(()));
    assert_eq!(may_conclude(council, &open, &sent, 3, day("2021-01-10")), Err(NotNow::NotAppraised { left: 3 }));
    assert!(may_conclude(council, &open, &sent, 0, day("2020-12-20")).is_err(), "not while the first appraisal is on");
    assert_eq!(
        may_conclude(council, &open, &card(CardState::Scoring), 0, day("2021-01-10")),
        Err(NotNow::NotSubmitted)
    );
    assert_eq!(may_conclude(Standing::default(), &open, &sent, 0, day("2021-01-10")), Err(NotNow::NotYourUnit));
}

#[test]
fn what_was_forgotten_is_listed_and_nothing_else() {
    let set = set();
    let yes = || Answer { value: Some(json!({ "yes": true })), ..Answer::default() };
    let check = |answers: &[(&str, Answer)], proofs: &[(&str, usize)]| {
        let answers = answers.iter().map(|(code, answer)| ((*code).to_owned(), answer.clone())).collect();
        let proofs: BTreeMap<String, usize> = proofs.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect();
        missing(&set, "so", &answers, &proofs, &BTreeMap::new())
            .into_iter()
            .map(|one| format!("{one:?}"))
            .collect::<Vec<_>>()
    };
    let none: [String; 0] = [];
    assert_eq!(
        check(&[], &[]),
        [r#"Answer("1.1")"#, r#"Answer("1.10")"#],
        "a survey and a bonus are not the unit's to answer"
    );
    let rest = Answer { value: Some(json!({ "cases": [0] })), ..Answer::default() };
    assert_eq!(check(&[("1.1", yes()), ("1.10", rest.clone())], &[]), [r#"Proof("1.1")"#]);
    assert_eq!(check(&[("1.1", yes()), ("1.10", rest.clone())], &[("1.1", 1)]), none);
    let explained = Answer { note: "Theo sổ".into(), ..yes() };
    assert_eq!(check(&[("1.1", explained), ("1.10", rest.clone())], &[]), none, "an explanation stands for a document");
    let excused = Answer { excused: Some(Excused::Asked), ..Answer::default() };
    assert_eq!(check(&[("1.1", excused), ("1.10", rest.clone())], &[]), [r#"ExcuseWhy("1.1")"#]);
    let claimed = Answer { value: Some(json!({ "value": "1" })), ..Answer::default() };
    assert_eq!(
        check(&[("1.1", yes()), ("1.10", rest), ("2.1", claimed)], &[("1.1", 1)]),
        [r#"Proof("2.1")"#],
        "a claimed bonus is proven"
    );
}
