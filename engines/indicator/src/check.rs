//! Checks of figures against each other and against what came before.
//!
//! A check whose figures are not all there says nothing: what is missing is for completeness to say.

use crate::set::Since;
use base::{Decimal, Exact};

base::words! {
    /// What a check that fails does.
    Severity {
        Blocks = "chan", "Chặn";
        Explain = "giai-trinh", "Phải giải trình";
        Notice = "luu-y", "Lưu ý";
    }
}

/// One figure of a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its place in the set.
    pub indicator: usize,
    /// Taken away, not added.
    pub less: bool,
    /// Of which period or kind.
    pub of: Of,
}

/// Whose figure a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Now,
    Before(Since),
    Plan,
}

/// How the left side stands to the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    Equal,
    AtLeast,
    AtMost,
    /// Not further from it than so many per cent of it.
    Within(Decimal),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub code: String,
    /// The sentence for whoever enters the figures.
    pub say: String,
    pub left: Vec<Term>,
    pub is: Is,
    pub right: Vec<Term>,
    pub severity: Severity,
}

/// The figures of one unit, by the places of the set's indicators.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures<'a> {
    pub now: &'a [Option<Decimal>],
    pub previous: &'a [Option<Decimal>],
    pub same: &'a [Option<Decimal>],
    pub plan: &'a [Option<Decimal>],
}

/// A check that failed, with both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Failed<'a> {
    pub check: &'a Check,
    pub left: Exact,
    pub right: Exact,
}

impl Figures<'_> {
    fn of(&self, term: &Term) -> Option<Exact> {
        let all = match term.of {
            Of::Now => self.now,
            Of::Before(Since::Previous) => self.previous,
            Of::Before(Since::Same) => self.same,
            Of::Plan => self.plan,
        };
        let found = Exact::from(all.get(term.indicator).copied().flatten()?);
        Some(if term.less { -found } else { found })
    }

    fn side(&self, terms: &[Term]) -> Option<Exact> {
        terms.iter().map(|term| self.of(term)).sum()
    }
}

impl Check {
    /// Both sides, where the check does not hold.
    pub fn failed(&self, figures: Figures<'_>) -> Option<Failed<'_>> {
        let (left, right) = (figures.side(&self.left)?, figures.side(&self.right)?);
        let holds = match self.is {
            Is::Equal => left == right,
            Is::AtLeast => left >= right,
            Is::AtMost => left <= right,
            Is::Within(percent) => {
                let room = size(&right) * Exact::from(percent);
                size(&(&left - &right)) * Exact::HUNDRED <= room
            }
        };
        (!holds).then_some(Failed { check: self, left, right })
    }

    /// The indicators it looks at in the period itself: the cells where it is shown.
    pub fn cells(&self) -> impl Iterator<Item = usize> + '_ {
        self.left.iter().chain(&self.right).filter(|term| term.of == Of::Now).map(|term| term.indicator)
    }
}

fn size(of: &Exact) -> Exact {
    if of.is_negative() { -of } else { of.clone() }
}

/// The fewest earlier figures that say what is usual.
pub const HISTORY: usize = 5;

/// Whether a figure lies further from the median of earlier ones than `k` times their median absolute deviation (MAD), which a
/// few wild ones do not move. Nothing is said of fewer than [`HISTORY`], or where more than half of them are equal: then any
/// other figure would be far.
pub fn is_outlier(figure: Decimal, earlier: &[Decimal], k: Decimal) -> bool {
    if earlier.len() < HISTORY {
        return false;
    }
    let exact: Vec<Exact> = earlier.iter().map(Exact::from).collect();
    let middle = median(exact.clone());
    let mad = median(exact.iter().map(|one| size(&(one - &middle))).collect());
    !mad.is_zero() && size(&(Exact::from(figure) - middle)) > mad * Exact::from(k)
}

/// Of an even number of figures, half way between the two in the middle.
fn median(mut all: Vec<Exact>) -> Exact {
    all.sort();
    let (half, odd) = (all.len() / 2, all.len() % 2 == 1);
    let at = |place: usize| all.get(place).cloned().unwrap_or_default();
    if odd { at(half) } else { (at(half.saturating_sub(1)) + at(half)) * Exact::scaled(5, 1) }
}
