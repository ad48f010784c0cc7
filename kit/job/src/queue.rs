//! The queue as a program sees it: which handler does which kind of work, and what is done every so often.

use crate::{Ctx, Problem};
use base::{Timestamp, Uuid};
use jiff::SignedDuration;
use serde_json::Value;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

pub(crate) type Outcome = Result<Value, Problem>;
pub(crate) type Doing = Pin<Box<dyn Future<Output = Outcome> + Send>>;
type Handler = Box<dyn Fn(Ctx, Value) -> Doing + Send + Sync>;

/// Jobs at one time, per node: as many as the smallest machine has cores.
const SLOTS: usize = 2;
/// The longest period of a plan: a swept job must not be planned again for the same slot.
const LONGEST: Duration = Duration::from_hours(24 * (crate::KEPT_DAYS as u64 - 1));

/// Handlers and plans. Built once at start, then given to [`run`](crate::run).
pub struct Queue {
    handlers: BTreeMap<&'static str, Handler>,
    plans: Vec<Plan>,
    slots: usize,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    wake: Arc<Notify>,
}

/// Work that comes round: one job per slot of time, however many nodes there are.
pub(crate) struct Plan {
    pub kind: &'static str,
    pub title: &'static str,
    period: Duration,
}

/// Rings a queue: there is new work, do not wait for the next second.
#[derive(Clone)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

impl Default for Queue {
    fn default() -> Self {
        Self::new()
    }
}

impl Queue {
    pub fn new() -> Queue {
        Queue {
            handlers: BTreeMap::new(),
            plans: Vec::new(),
            slots: SLOTS,
            clock: Arc::new(db::now),
            wake: Arc::new(Notify::new()),
        }
    }

    /// Says who does the work of a kind. A job may be begun again after it was cut anywhere, so a handler writes
    /// what it does in one transaction at its end, or is able to find what it has already done. Work that keeps a core
    /// busy goes into `spawn_blocking`.
    pub fn handle<F, Fut, E>(mut self, kind: &'static str, handler: F) -> Queue
    where
        F: Fn(Ctx, Value) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Value, E>> + Send + 'static,
        E: Into<Problem> + 'static,
    {
        let boxed = move |ctx: Ctx, input: Value| -> Doing {
            let doing = handler(ctx, input);
            Box::pin(async move { doing.await.map_err(Into::into) })
        };
        self.handlers.insert(kind, Box::new(boxed));
        self
    }

    /// Plans a job of this kind once in every period (of at most six days). A period of a day is counted from 02:00 in
    /// Việt Nam. While the last one still waits or runs, no further one is planned.
    pub fn every(mut self, kind: &'static str, title: &'static str, period: Duration) -> Queue {
        let period = period.clamp(Duration::from_secs(1), LONGEST);
        self.plans.push(Plan { kind, title, period });
        self
    }

    /// How many jobs run at one time in this program.
    pub fn slots(mut self, slots: usize) -> Queue {
        self.slots = slots.max(1);
        self
    }

    /// Another clock, for tests.
    pub fn clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Queue {
        self.clock = Arc::new(clock);
        self
    }

    pub fn bell(&self) -> Bell {
        Bell(self.wake.clone())
    }

    /// The kinds of work known here.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.handlers.keys().copied()
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn shared_clock(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        self.clock.clone()
    }

    pub(crate) fn free_above(&self, running: usize) -> bool {
        running < self.slots
    }

    pub(crate) async fn woken(&self) {
        self.wake.notified().await;
    }

    pub(crate) fn plans(&self) -> &[Plan] {
        &self.plans
    }

    pub(crate) fn begin(&self, kind: &str, ctx: Ctx, input: Value) -> Option<Doing> {
        self.handlers.get(kind).map(|handler| handler(ctx, input))
    }
}

impl Plan {
    /// The number of the slot of time that `now` is in.
    pub fn slot(&self, now: Timestamp) -> i64 {
        // 02:00 at UTC+7 is 19:00 UTC: at five hours to midnight a day's slot begins.
        let shifted = now + SignedDuration::from_hours(5);
        let period = i64::try_from(self.period.as_micros()).unwrap_or(i64::MAX);
        shifted.as_microsecond().div_euclid(period)
    }

    /// The id of the job of a slot: the same on every node, so that the database keeps one of them.
    pub fn id(&self, slot: i64) -> Uuid {
        let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let name = self.kind.bytes().fold(0xcbf2_9ce4_8422_2325, fnv);
        Uuid::from_u64_pair(name, slot.cast_unsigned())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_day_of_a_plan_begins_at_two_at_night() {
        let plan = Plan { kind: "a", title: "A", period: Duration::from_hours(24) };
        let slot = |text: &str| plan.slot(text.parse().unwrap());
        assert_eq!(slot("2026-11-24T01:59:59+07:00") + 1, slot("2026-11-24T02:00:00+07:00"));
        assert_eq!(slot("2026-11-24T02:00:00+07:00"), slot("2026-11-25T01:59:59+07:00"));
    }

    #[test]
    fn slots_of_different_plans_are_different_jobs() {
        let plan = |kind| Plan { kind, title: "A", period: Duration::from_hours(1) };
        assert_ne!(plan("a").id(7), plan("b").id(7));
        assert_ne!(plan("a").id(7), plan("a").id(8));
    }
}
