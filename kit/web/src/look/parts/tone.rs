//! Eight tones, measured for contrast on their tint (at least 6:1), and their signs.

use maud::{Markup, Render, html};

use super::super::icons::Icon;

/// How a state feels. The first use is for deadlines; other states borrow the tone that fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// No state to speak of.
    #[default]
    Plain,
    /// Within time; under way.
    Info,
    /// Nearly due; saved, but something is missing.
    Soon,
    /// Due today.
    Hot,
    /// A step is late, the whole is not.
    Step,
    /// Overdue; wrong; refused.
    Bad,
    /// The clock stands still; locked; withdrawn.
    Calm,
    /// Done.
    Ok,
}

impl Tone {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "t-plain",
            Self::Info => "t-info",
            Self::Soon => "t-soon",
            Self::Hot => "t-hot",
            Self::Step => "t-step",
            Self::Bad => "t-bad",
            Self::Calm => "t-calm",
            Self::Ok => "t-ok",
        }
    }

    pub(crate) const fn sign(self) -> Option<Icon> {
        match self {
            Self::Plain => None,
            Self::Info => Some(Icon::Circle),
            Self::Soon => Some(Icon::Quarter),
            Self::Hot => Some(Icon::Half),
            Self::Step => Some(Icon::Diamond),
            Self::Bad => Some(Icon::Triangle),
            Self::Calm => Some(Icon::Pause),
            Self::Ok => Some(Icon::Check),
        }
    }
}

/// A state in a word or two: sign, word, tint.
pub fn tag(tone: Tone, words: &str) -> Markup {
    html! { span class={ "tag " (tone.class()) } { @if let Some(sign) = tone.sign() { (sign) } (words) } }
}

/// The same with another sign: a lock, a gear.
pub fn tag_with(tone: Tone, sign: Icon, words: &str) -> Markup {
    html! { span class={ "tag " (tone.class()) } { (sign) (words) } }
}

/// A message across the page. A bad one is read out at once, any other when the reader pauses.
pub fn notice(tone: Tone, inside: impl Render) -> Markup {
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    let sign = match tone {
        Tone::Bad | Tone::Soon | Tone::Hot => Icon::Warn,
        Tone::Ok => Icon::Check,
        _ => Icon::Info,
    };
    html! {
        div class={ "notice " (tone.class()) } role=(role) { (sign) div { (inside) } }
    }
}
