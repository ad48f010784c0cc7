//! Statistics: what a dossier's life is to them, and how lives are counted over days. Pure.
//!
//! ```text
//! received          resume        closed (the result is there, or it has ended)
//!    ├─ spell: runs ─┬─ supplement ─┬─ runs ─┤          spells lie end to end
//! ```
//!
//! A range is half-open: what was received or closed at its first moment is in, at its last moment out. What is open at a
//! moment is what was received before it and not closed before it; so what is carried over, with what is received, is what
//! is resolved, with what stays open.

use crate::clock::{Deed, Tick};
use crate::model::*;
use crate::rules::Against;
use base::{Date, Timestamp};
use people::UnitId;
use std::ops::AddAssign;

base::words! {
    /// How a dossier's clock stands.
    Stand {
        Runs = "runs", "Đang chạy";
        Supplement = "supplement", "Chờ bổ sung";
        Duty = "financial-duty", "Chờ nghĩa vụ tài chính";
        Other = "other", "Tạm dừng khác";
    }
}

base::words! {
    /// What the rows of the table are.
    By {
        Agency = "co-quan", "Cơ quan";
        Field = "linh-vuc", "Lĩnh vực";
        Procedure = "thu-tuc", "Thủ tục";
        Receiver = "nguoi-nhan", "Người tiếp nhận";
        Handler = "nguoi-thu-ly", "Người thụ lý";
        Channel = "kenh", "Kênh nộp";
    }
}

base::words! {
    /// A number of the table: its column.
    Measure {
        /// Carried over or received: resolved or still open at the end.
        Whole = "tong", "Tổng tiếp nhận";
        Carried = "ky-truoc", "Kỳ trước chuyển sang";
        Received = "trong-ky", "Tiếp nhận trong kỳ";
        Resolved = "da-xu-ly", "Đã xử lý";
        Early = "truoc-han", "Đã xử lý trước hạn";
        OnTime = "dung-han", "Đã xử lý đúng hạn";
        Late = "qua-han", "Đã xử lý quá hạn";
        /// Early or on time: what the index asks.
        InTimeResolved = "kip-han", "Đã xử lý trước hạn và đúng hạn";
        /// Not resolved at the end of the range.
        Open = "chua-xong", "Chưa xử lý xong cuối kỳ";
        InTime = "dang-trong-han", "Đang xử lý trong hạn";
        Overdue = "dang-qua-han", "Đang xử lý quá hạn";
        Supplement = "cho-bo-sung", "Tạm dừng chờ bổ sung";
        Duty = "cho-nghia-vu", "Tạm dừng chờ nghĩa vụ tài chính";
        Other = "tam-dung-khac", "Tạm dừng vì lý do khác";
    }
}

/// As it stands in the database.
pub fn verdict_code(verdict: Against) -> &'static str {
    match verdict {
        Against::Early => "early",
        Against::OnTime => "on-time",
        Against::Late => "late",
    }
}

/// A time in which the clock stood in one way, until one due moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    pub since: Timestamp,
    /// None: it lasts.
    pub until: Option<Timestamp>,
    pub stand: Stand,
    pub due: Option<Timestamp>,
}

/// The longest spell of each class, in days; longer ones are of the class after the last, and what lasts is of [`LASTS`].
pub const SPANS: [i64; 9] = [1, 2, 4, 8, 16, 32, 64, 256, 1024];
pub const LASTS: i64 = 99;

impl Spell {
    /// The class of its length: the SQL looks no further back than a class's longest spell.
    pub fn span(&self) -> i64 {
        let Some(until) = self.until else { return LASTS };
        let long = until.duration_since(self.since);
        let class = SPANS.iter().position(|days| long < jiff::SignedDuration::from_hours(24 * days));
        class.unwrap_or(SPANS.len()) as i64
    }

    /// Whether it is the spell that a moment ends in.
    fn holds(&self, at: Timestamp) -> bool {
        self.since < at && self.until.is_none_or(|until| until >= at)
    }
}

/// A dossier as statistics see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    pub received: Timestamp,
    /// When its result was there, or else when it ended; and how that was against its due moment.
    pub closed: Option<(Timestamp, Against)>,
    pub spells: Vec<Spell>,
}

impl Life {
    /// As it begins.
    pub fn new(dossier: &Dossier) -> Life {
        Life { received: dossier.received, closed: None, spells: Vec::new() }.after(dossier, None)
    }

    /// The life after a deed: `past` are its spells until now, `last` is the newest line of the clock's ledger, with the
    /// reason of the pause that it is in.
    pub fn after(self, dossier: &Dossier, last: Option<&Tick>) -> Life {
        let received = dossier.received;
        let (since, stand) = now_stands(dossier, last);
        let mut spells = self.spells;
        // A correction of the receipt: what lay before it never was.
        spells.retain(|spell| spell.until.is_none_or(|until| until > received));
        if let Some(first) = spells.first_mut() {
            first.since = received;
        }
        match spells.last_mut() {
            Some(spell) if spell.stand == stand && spell.due == dossier.due => spell.until = None,
            Some(spell) if since > spell.since => {
                spell.until = Some(since);
                spells.push(Spell { since, until: None, stand, due: dossier.due });
            }
            Some(spell) => *spell = Spell { since: spell.since, until: None, stand, due: dossier.due },
            None => spells.push(Spell { since: received, until: None, stand, due: dossier.due }),
        }
        let at = dossier.resolved.or(dossier.ended).map(|at| at.max(received));
        let closed = at.map(|at| (at, close(&mut spells, at, dossier.promised)));
        Life { received, closed, spells }
    }
}

/// Since when the clock stands as it does, and how. A correction changes the due moment from the beginning on.
fn now_stands(dossier: &Dossier, last: Option<&Tick>) -> (Timestamp, Stand) {
    let stand = match (dossier.paused, last.map(|tick| &tick.act)) {
        (None, _) => Stand::Runs,
        (Some(_), Some(Deed::Pause { reason })) => {
            Stand::of(reason).filter(|stand| *stand != Stand::Runs).unwrap_or(Stand::Other)
        }
        (Some(_), _) => Stand::Other,
    };
    let since = match (dossier.paused, last) {
        (Some(at), _) => at,
        (None, Some(Tick { act: Deed::Correct { .. }, .. }) | None) => dossier.received,
        (None, Some(tick)) => tick.at,
    };
    (since, stand)
}

/// Ends the spells at a moment, and says how that was against the due moment. What ended while its clock stood is measured
/// at the moment when it was stopped.
fn close(spells: &mut Vec<Spell>, at: Timestamp, promised: Timestamp) -> Against {
    // A result that was there before the ledger's last line: what came after is not of this life.
    while spells.len() > 1 && spells.last().is_some_and(|last| last.since >= at) {
        spells.pop();
    }
    if let Some(last) = spells.last_mut() {
        last.until = Some(at);
    }
    let stopped = spells.last().filter(|last| last.stand != Stand::Runs).map(|last| last.since);
    let due = spells.iter().rev().find_map(|spell| spell.due).unwrap_or(promised);
    Against::of(stopped.unwrap_or(at), due)
}

/// A range of moments, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Range {
    /// Civil days of Việt Nam, half-open; not beyond this moment: what is not late yet is not counted as late.
    pub fn days(from: Date, to: Date, now: Timestamp) -> Range {
        let next = now.saturating_add(jiff::SignedDuration::from_micros(1)).unwrap_or(now);
        let to = base::day::start(to).min(next);
        Range { from: base::day::start(from).min(to), to }
    }

    pub fn has(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// The numbers of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub carried: i64,
    /// In the range, by channel, in the order of [`Channel::ALL`].
    pub received: [i64; 3],
    pub early: i64,
    pub on_time: i64,
    pub late: i64,
    pub in_time: i64,
    pub overdue: i64,
    pub supplement: i64,
    pub duty: i64,
    pub other: i64,
}

impl Counts {
    pub fn of(&self, measure: Measure) -> i64 {
        match measure {
            Measure::Whole => self.carried + self.of(Measure::Received),
            Measure::Carried => self.carried,
            Measure::Received => self.received.iter().sum(),
            Measure::Resolved => self.early + self.on_time + self.late,
            Measure::Early => self.early,
            Measure::OnTime => self.on_time,
            Measure::Late => self.late,
            Measure::InTimeResolved => self.early + self.on_time,
            Measure::Open => self.in_time + self.overdue + self.supplement + self.duty + self.other,
            Measure::InTime => self.in_time,
            Measure::Overdue => self.overdue,
            Measure::Supplement => self.supplement,
            Measure::Duty => self.duty,
            Measure::Other => self.other,
        }
    }

    pub fn received_by(&self, channel: Channel) -> i64 {
        self.received[channel as usize]
    }

    /// Whether the parts are the whole.
    pub fn is_whole(&self) -> bool {
        self.of(Measure::Whole) == self.of(Measure::Resolved) + self.of(Measure::Open)
    }

    pub fn is_empty(&self) -> bool {
        *self == Counts::default()
    }

    pub fn add_received(&mut self, channel: Channel, count: i64) {
        self.received[channel as usize] += count;
    }

    pub fn add_resolved(&mut self, verdict: Against, count: i64) {
        match verdict {
            Against::Early => self.early += count,
            Against::OnTime => self.on_time += count,
            Against::Late => self.late += count,
        }
    }

    /// `late`: the due moment was before the end of the range.
    pub fn add_open(&mut self, stand: Stand, late: bool, count: i64) {
        match (stand, late) {
            (Stand::Runs, false) => self.in_time += count,
            (Stand::Runs, true) => self.overdue += count,
            (Stand::Supplement, _) => self.supplement += count,
            (Stand::Duty, _) => self.duty += count,
            (Stand::Other, _) => self.other += count,
        }
    }

    /// What was carried over follows from the rest (see above): counting it would cost as much as what stays open.
    pub fn carry(&mut self) {
        self.carried = self.of(Measure::Resolved) + self.of(Measure::Open) - self.of(Measure::Received);
    }

    /// Adds one life: what the SQL counts all at once.
    pub fn add_life(&mut self, channel: Channel, life: &Life, range: Range) {
        let open_at = |at: Timestamp| life.spells.iter().find(|spell| spell.holds(at));
        self.carried += i64::from(open_at(range.from).is_some());
        self.add_received(channel, i64::from(range.has(life.received)));
        if let Some((_, verdict)) = life.closed.filter(|(at, _)| range.has(*at)) {
            self.add_resolved(verdict, 1);
        }
        if let Some(spell) = open_at(range.to) {
            self.add_open(spell.stand, spell.due.is_some_and(|due| due < range.to), 1);
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.carried += other.carried;
        for (sum, more) in self.received.iter_mut().zip(other.received) {
            *sum += more;
        }
        self.early += other.early;
        self.on_time += other.on_time;
        self.late += other.late;
        self.in_time += other.in_time;
        self.overdue += other.overdue;
        self.supplement += other.supplement;
        self.duty += other.duty;
        self.other += other.other;
    }
}

/// What is asked: days, the rows of the table, and which dossiers; what is empty does not count. A person is an account's
/// id, or `-` for nobody.
#[derive(Clone, Debug)]
pub struct Asked {
    pub from: Date,
    /// The day after the last.
    pub to: Date,
    pub by: By,
    pub agency: Option<UnitId>,
    pub field: String,
    pub procedure: String,
    pub channel: Option<Channel>,
    pub receiver: String,
    pub handler: String,
}

impl Asked {
    /// The same for one row of the table.
    pub fn only(&self, key: &str) -> Asked {
        let mut one = self.clone();
        match self.by {
            By::Agency => one.agency = key.parse().ok(),
            By::Field => key.clone_into(&mut one.field),
            By::Procedure => key.clone_into(&mut one.procedure),
            By::Receiver => key.clone_into(&mut one.receiver),
            By::Handler => key.clone_into(&mut one.handler),
            By::Channel => one.channel = Channel::of(key),
        }
        one
    }
}

#[cfg(test)]
pub(crate) mod tests;
