//! How a dossier's state and deadlines look, in every list and on its page.

use crate::clock::{Left, left};
use crate::model::*;
use base::Timestamp;
use maud::{Markup, html};
use web::look::parts::{self, Tone};

/// The state and the deadline in one tag: sign, words, tint.
pub fn state_tag(state: State, due: Option<Timestamp>, resolved: Option<Timestamp>, now: Timestamp) -> Markup {
    match (state, due) {
        (State::Processing | State::Submitted, Some(due)) => due_tag(due, now),
        (State::Waiting, _) => parts::tag(Tone::Calm, state.say()),
        (State::Resolved, _) => {
            let days = resolved.map_or(0, |at| now.duration_since(at).as_hours() / 24);
            let say = if days > 0 { format!("Chờ trả {days} ngày") } else { "Chờ trả kết quả".into() };
            parts::tag(Tone::Ok, &say)
        }
        (State::Returned, _) => parts::tag(Tone::Ok, state.say()),
        _ => parts::tag(Tone::Calm, state.say()),
    }
}

pub fn due_tag(due: Timestamp, now: Timestamp) -> Markup {
    let left = left(now, due);
    let tone = match left {
        Left::Late { .. } => Tone::Bad,
        Left::Morning | Left::Afternoon => Tone::Hot,
        Left::Days(1) => Tone::Soon,
        Left::Days(_) => Tone::Info,
    };
    parts::tag(tone, &left.say())
}

/// The step is late although the dossier is not.
pub fn step_tag(step_due: Option<Timestamp>, now: Timestamp) -> Markup {
    html! { @if step_due.is_some_and(|due| due < now) { (parts::tag(Tone::Step, "Chậm bước")) } }
}

/// "16 giờ 30, 08/12/2026": as a receipt says it.
pub fn moment(at: Timestamp) -> String {
    let local = hours::local(at);
    format!("{:02} giờ {:02}, {}", local.hour(), local.minute(), base::day::vi(local.date()))
}
