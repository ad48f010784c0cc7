#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    format!("{text}:00+07:00").parse().unwrap()
}

/// A dossier that was just received.
pub(crate) fn dossier() -> Dossier {
    let process: workflow::File =
        toml::from_str(include_str!("../../../../data/workflows/mau-cap-phep-05-ngay.toml")).unwrap();
    let now = at("2026-03-02T09:00");
    Dossier {
        id: db::fresh_id(),
        code: "H50.12-20260302-0000007".into(),
        number: 7,
        procedure: "1.005129".into(),
        procedure_edition: db::fresh_id(),
        process_edition: db::fresh_id(),
        case: "cap-moi".into(),
        name: "Cấp giấy phép".into(),
        field: "Lưu thông hàng hóa".into(),
        agency: db::fresh_id(),
        counter: db::fresh_id(),
        channel: Channel::Counter,
        state: State::Processing,
        owner: Owner {
            kind: OwnerKind::Person,
            name: "Nguyễn Thị Mẫu".into(),
            number: String::new(),
            born: String::new(),
            phone: String::new(),
            email: String::new(),
            address: String::new(),
            submitter: String::new(),
            submitter_number: String::new(),
        },
        summary: String::new(),
        return_by: ReturnBy::Counter,
        secret: String::new(),
        submitted: None,
        received: now,
        received_by: None,
        promised: now,
        due: Some(now),
        paused: None,
        resolved: None,
        ended: None,
        standing: workflow::begin(&workflow::read(&process).process),
        at: Place::default(),
        asked: 0,
        extended: 0,
        identified: false,
        sample: true,
        version: 1,
    }
}

/// A deed of a dossier, as the actions do it.
#[derive(Clone, Debug)]
pub enum Happens {
    Pause(&'static str),
    Resume { due: Timestamp },
    Extend { due: Timestamp },
    Resolve,
    End,
}

/// Does deeds one after the other, as `store` sees them.
fn lived(received: Timestamp, due: Timestamp, deeds: &[(Timestamp, Happens)]) -> Life {
    let mut one = dossier();
    (one.received, one.promised, one.due) = (received, due, Some(due));
    (one.paused, one.resolved, one.ended) = (None, None, None);
    let mut life = Life::new(&one);
    let mut ticks: Vec<Tick> = Vec::new();
    for (when, deed) in deeds {
        match deed {
            Happens::Pause(reason) => {
                ticks.push(Tick { at: *when, act: Deed::Pause { reason: (*reason).to_owned() } });
                (one.paused, one.due, one.resolved) = (Some(*when), None, None);
            }
            Happens::Resume { due } => {
                ticks.push(Tick { at: *when, act: Deed::Resume });
                (one.paused, one.due) = (None, Some(*due));
            }
            Happens::Extend { due } => {
                ticks.push(Tick { at: *when, act: Deed::Extend { minutes: 480 } });
                one.due = Some(*due);
            }
            Happens::Resolve => one.resolved = one.resolved.or(Some(*when)),
            Happens::End => one.ended = Some(*when),
        }
        let pause = ticks.iter().rfind(|tick| matches!(tick.act, Deed::Pause { .. }));
        let last = if one.paused.is_some() { pause } else { ticks.last() };
        life = life.after(&one, last);
    }
    life
}

fn counted(life: &Life, from: &str, to: &str) -> Counts {
    let mut counts = Counts::default();
    counts.add_life(Channel::Online, life, Range { from: at(from), to: at(to) });
    counts
}

#[test]
fn a_past_moment_is_told_as_it_was() {
    use Happens::*;
    let due = at("2026-03-06T17:30");
    let life = lived(
        at("2026-03-02T09:00"),
        due,
        &[
            (at("2026-03-10T08:00"), Pause("supplement")),
            (at("2026-03-20T08:00"), Resume { due: at("2026-03-25T17:30") }),
            (at("2026-03-24T10:00"), Resolve),
            (at("2026-04-02T10:00"), End),
        ],
    );
    let one = |from: &str, to: &str, measure: Measure| counted(&life, from, to).of(measure);
    assert_eq!(one("2026-03-01T00:00", "2026-03-05T00:00", Measure::InTime), 1);
    assert_eq!(one("2026-03-01T00:00", "2026-03-08T00:00", Measure::Overdue), 1, "late then, whatever came after");
    assert_eq!(one("2026-03-01T00:00", "2026-03-15T00:00", Measure::Supplement), 1);
    assert_eq!(one("2026-03-15T00:00", "2026-03-22T00:00", Measure::Carried), 1);
    assert_eq!(one("2026-03-15T00:00", "2026-03-22T00:00", Measure::InTime), 1);
    // Resolved when its result was there, not when somebody came for it: the day before the due day.
    assert_eq!(one("2026-03-22T00:00", "2026-04-01T00:00", Measure::Early), 1);
    assert_eq!(counted(&life, "2026-04-01T00:00", "2026-05-01T00:00"), Counts::default());
}

#[test]
fn what_ends_while_its_clock_stands_is_measured_when_it_was_stopped() {
    use Happens::*;
    let due = at("2026-03-06T17:30");
    let ended = |paused: &str| {
        let deeds = [(at(paused), Pause("financial-duty")), (at("2026-05-01T08:00"), End)];
        lived(at("2026-03-02T09:00"), due, &deeds).closed.unwrap().1
    };
    assert_eq!(ended("2026-03-05T08:00"), Against::Early);
    assert_eq!(ended("2026-03-06T08:00"), Against::OnTime);
    assert_eq!(ended("2026-03-09T08:00"), Against::Late);
}

#[test]
fn an_extension_after_the_due_moment_does_not_undo_that_it_was_late() {
    let due = at("2026-03-06T17:30");
    let extended = [(at("2026-03-09T08:00"), Happens::Extend { due: at("2026-03-16T17:30") })];
    let life = lived(at("2026-03-02T09:00"), due, &extended);
    assert_eq!(counted(&life, "2026-03-01T00:00", "2026-03-08T00:00").overdue, 1);
    assert_eq!(counted(&life, "2026-03-01T00:00", "2026-03-10T00:00").in_time, 1);
    assert_eq!(life.spells[0].span(), 3, "seven days: less than eight");
}

#[test]
fn a_correction_of_the_receipt_holds_from_the_beginning() {
    let mut one = dossier();
    (one.received, one.promised, one.due) =
        (at("2026-03-02T09:00"), at("2026-03-06T17:30"), Some(at("2026-03-06T17:30")));
    let life = Life::new(&one);
    (one.received, one.due) = (at("2026-02-27T09:00"), Some(at("2026-03-05T17:30")));
    let tick = Tick { at: at("2026-03-03T08:00"), act: Deed::Correct { received: one.received } };
    let life = life.after(&one, Some(&tick));
    assert_eq!(life.spells, [Spell { since: one.received, until: None, stand: Stand::Runs, due: one.due }]);
    assert_eq!(counted(&life, "2026-02-01T00:00", "2026-03-01T00:00").of(Measure::Received), 1);
}

#[test]
fn a_range_ends_now() {
    let day = |text: &str| -> Date { text.parse().unwrap() };
    let now = at("2026-03-10T09:00");
    let range = Range::days(day("2026-03-01"), day("2026-04-01"), now);
    assert_eq!(range.from, at("2026-03-01T00:00"));
    assert!(range.has(now) && range.to > now && range.to < at("2026-03-10T09:01"));
    assert_eq!(Range::days(day("2026-03-01"), day("2026-03-05"), now).to, at("2026-03-05T00:00"));
}

prop_compose! {
    /// A life of up to six deeds within some weeks, on whole hours, so that moments often coincide.
    fn a_life()(start in 0i64..400, due in 1i64..200, deeds in prop::collection::vec((0u8..5, 0i64..80, 1i64..150), 0..6), end in 0u8..3) -> Life {
        let hour = |hours: i64| at("2026-01-01T00:00").checked_add(jiff::SignedDuration::from_hours(hours)).unwrap();
        let (mut now, mut paused, mut resolved, mut done) = (start, false, false, Vec::new());
        for (kind, pause, due) in deeds {
            now += pause;
            let due = hour(now + due);
            let deed = match kind {
                0 | 1 if !paused => { paused = true; resolved = false; Happens::Pause(["supplement", "financial-duty", "agency-answer"][(pause % 3) as usize]) }
                0 | 1 => { paused = false; Happens::Resume { due } }
                2 if !paused => Happens::Extend { due },
                3 if !paused && !resolved => { resolved = true; Happens::Resolve }
                _ => continue,
            };
            done.push((hour(now), deed));
        }
        if end > 0 {
            done.push((hour(now + 5), Happens::End));
        }
        lived(hour(start), hour(start + due), &done)
    }
}

proptest! {
    #[test]
    fn the_parts_are_the_whole_and_what_stays_is_carried(
        lives in prop::collection::vec((0usize..3, a_life()), 0..30),
        cuts in prop::collection::vec(0i64..1000, 3),
    ) {
        let mut cuts = cuts;
        cuts.sort_unstable();
        let hour = |hours: i64| at("2026-01-01T00:00").checked_add(jiff::SignedDuration::from_hours(hours)).unwrap();
        let count = |from: i64, to: i64| {
            let mut all = Counts::default();
            for (channel, life) in &lives {
                let mut one = Counts::default();
                one.add_life(Channel::ALL[*channel], life, Range { from: hour(from), to: hour(to) });
                assert!(one.is_whole(), "{life:?} {one:?}");
                all += one;
            }
            all
        };
        let (first, second, both) = (count(cuts[0], cuts[1]), count(cuts[1], cuts[2]), count(cuts[0], cuts[2]));
        prop_assert!(first.is_whole() && second.is_whole() && both.is_whole());
        prop_assert_eq!(first.of(Measure::Open), second.carried);
        prop_assert_eq!(first.of(Measure::Resolved) + second.of(Measure::Resolved), both.of(Measure::Resolved));
        prop_assert_eq!(first.received.map(|n| n).iter().sum::<i64>() + second.of(Measure::Received), both.of(Measure::Received));
        prop_assert_eq!((second.in_time, second.overdue, second.supplement), (both.in_time, both.overdue, both.supplement));
    }

    #[test]
    fn spells_lie_end_to_end(life in a_life()) {
        prop_assert_eq!(life.spells[0].since, life.received);
        prop_assert_eq!(life.spells.last().unwrap().until, life.closed.map(|(at, _)| at));
        for pair in life.spells.windows(2) {
            prop_assert_eq!(pair[0].until, Some(pair[1].since));
        }
    }
}
