//! A round's phases as a line: what, from when to when, and where it stands.

use crate::model::*;
use crate::words;
use base::{Date, day};
use maud::{Markup, html};
use web::look::parts::{self, Event, Tone};

pub(super) fn line(round: &Round, now: Phase) -> Markup {
    let days = &round.days;
    let steps = [
        (Phase::Scoring, Some(days.scoring_from), Some(days.scoring_to)),
        (Phase::Appraisal, Some(days.scoring_to), Some(days.appraisal_to)),
        (Phase::Explaining, Some(days.appraisal_to), Some(days.explaining_to)),
        (Phase::Second, Some(days.explaining_to), Some(days.second_to)),
        (Phase::Concluding, Some(days.second_to), None),
        (Phase::Published, round.decided_on, None),
    ];
    // A phase that begins on the day it ends is left out of this round.
    let events: Vec<Event> = steps
        .into_iter()
        .filter(|(_, from, to)| to.is_none() || from < to)
        .map(|(phase, from, to)| step(round, now, phase, from, to))
        .collect();
    parts::timeline(&events)
}

fn step(round: &Round, now: Phase, phase: Phase, from: Option<Date>, to: Option<Date>) -> Event {
    let last = to.and_then(|to| to.yesterday().ok());
    let when = match (from, last) {
        (Some(from), Some(last)) if from == last => day::vi(from),
        (Some(from), Some(last)) => format!("{} – {}", day::vi(from), day::vi(last)),
        (Some(from), None) if phase == Phase::Published => day::vi(from),
        (Some(from), None) => format!("từ {}", day::vi(from)),
        (None, _) => "sau khi hội đồng kết luận mọi đơn vị".into(),
    };
    let here = phase == now && round.status != RoundStatus::Draft;
    let tone = match (here, phase < now) {
        (true, _) if phase == Phase::Published => Tone::Ok,
        (true, _) => Tone::Info,
        (false, true) => Tone::Ok,
        (false, false) => Tone::Calm,
    };
    let what = html! {
        @if here { strong { (words::phase(phase)) } " " (parts::tag(tone, "Đang ở đây")) } @else { (words::phase(phase)) }
    };
    Event { when, who: String::new(), what, tone }
}
