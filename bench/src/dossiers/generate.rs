//! Dossiers of three years, a few in a hundred still open, written as the house would have written them.

use super::bulk::Bulk;
use super::world::{self, Agency, Made, Procedure};
use super::{Dice, TODAY, morning};
use anyhow::Result;
use base::{Date, Timestamp};
use calendar::{Calendar, Count, Limit};
use db::{Val, args};
use dossier::model::*;
use dossier::stats::{Life, Spell, Stand, verdict_code};
use jiff::{SignedDuration, Span};
use people::AccountId;
use std::collections::{HashMap, HashSet};
use std::time::Instant;
use web::Site;

const TABLES: [(&str, &str); 9] = [
    ("dossier_cell", "id, agency, procedure, name, field, channel, receiver, handler"),
    (
        "dossier",
        "id, code, number, procedure, procedure_edition, process_edition, case_code, name, field, agency, counter, channel, state, owner_kind, owner, \
         owner_folded, owner_id, phone, address, return_by, secret, received, received_by, promised, due, paused, resolved, ended, standing, step, \
         step_name, step_role, step_due, office, holder, asked, sample",
    ),
    ("dossier_life", "dossier, cell, received, closed, verdict"),
    ("dossier_spell", "dossier, seq, cell, since, until, stand, due, span"),
    ("dossier_word", "agency, word, dossier"),
    ("dossier_paper", "dossier, code, name, copy, number, place, verdict"),
    (
        "dossier_step",
        "id, dossier, code, name, role, office, holder, begun, due, minutes, done, done_by, done_name, onward",
    ),
    ("dossier_clock", "dossier, seq, at, act, reason"),
    ("dossier_event", "dossier, seq, at, what, who, unit, public"),
];

const FAMILIES: [&str; 16] = [
    "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Phan", "Võ",
    "Đặng", "Bùi", "Hồ",
];
const MIDDLES: [&str; 12] = ["Văn", "Văn", "Thị", "Thị", "Thị", "Hữu", "Đức", "Minh", "Thanh", "Ngọc", "Quốc", "Xuân"];
const GIVEN: [&str; 60] = [
    "An", "Anh", "Ánh", "Bảo", "Bình", "Châu", "Chi", "Công", "Cường", "Dũng", "Dung", "Dương", "Đạt", "Đông", "Giang",
    "Hà", "Hải", "Hạnh", "Hằng", "Hiền", "Hiếu", "Hoa", "Hòa", "Hồng", "Huệ", "Hùng", "Hương", "Khánh", "Khoa", "Lan",
    "Linh", "Loan", "Long", "Mai", "Mạnh", "Mỹ", "Nam", "Nga", "Nghĩa", "Nhung", "Oanh", "Phong", "Phúc", "Phương",
    "Quân", "Quyên", "Sơn", "Tâm", "Thảo", "Thắng", "Thủy", "Tiến", "Toàn", "Trang", "Trung", "Tú", "Tuấn", "Uyên",
    "Vinh", "Yến",
];

/// Days that lie behind.
const DAYS: i64 = 3 * 365;
/// Dossiers of one transaction.
const BATCH: i64 = 5_000;

pub async fn run(site: &Site, count: i64) -> Result<()> {
    let begun = Instant::now();
    let made = world::make(site).await?;
    println!("{} agencies in {:.1} s", made.agencies.len(), begun.elapsed().as_secs_f64());
    let calendar = hours::known(None)?;
    let mut maker = Maker {
        bulk: Bulk::new(&site.db, &TABLES),
        dice: Dice::new(1),
        cells: HashSet::new(),
        numbers: HashMap::new(),
        open: 0,
        made: &made,
        calendar: &calendar,
    };
    for nth in 0..count {
        maker.one(nth, count)?;
        if nth % BATCH == BATCH - 1 {
            maker.bulk.flush().await?;
        }
        if nth % 100_000 == 99_999 {
            println!("{} dossiers, {:.0} s", nth + 1, begun.elapsed().as_secs_f64());
        }
    }
    maker.bulk.flush().await?;
    println!("{count} dossiers, {} open, in {:.0} s", maker.open, begun.elapsed().as_secs_f64());
    Ok(())
}

struct Maker<'a> {
    bulk: Bulk,
    dice: Dice,
    cells: HashSet<i64>,
    numbers: HashMap<(usize, Date), i64>,
    open: i64,
    made: &'a Made,
    calendar: &'a Calendar,
}

/// What became of a dossier.
struct Fate {
    due: Timestamp,
    pause: Option<(Timestamp, Option<Timestamp>)>,
    resolved: Option<Timestamp>,
    ended: Option<Timestamp>,
    state: State,
    late_due: Timestamp,
}

fn later(at: Timestamp, minutes: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(at)
}

impl Maker<'_> {
    /// A morning or afternoon of a working day; the dossiers come in their order.
    fn received(&mut self, nth: i64, count: i64) -> Timestamp {
        let mut day = TODAY.saturating_sub(Span::new().days(DAYS - nth * DAYS / count.max(1)));
        while day.weekday().to_monday_zero_offset() > 4 {
            day = day.saturating_sub(Span::new().days(1));
        }
        later(base::day::start(day), 450 + self.dice.roll(550)).min(morning())
    }

    /// The first departments have most: one has a seventh of all.
    fn agency(&mut self) -> usize {
        let all = self.made.agencies.len() as i64;
        let at = if self.dice.percent(14) { 0 } else { self.dice.roll(all).min(self.dice.roll(all)) };
        usize::try_from(at).unwrap_or(0)
    }

    fn due(&self, at: Timestamp, days: u32) -> Result<Timestamp> {
        let due = calendar::due_moment(self.calendar, hours::local(at), Limit::Days(days), Count::Days)
            .map_err(|no| anyhow::anyhow!(no.say))?;
        Ok(hours::instant(due))
    }

    fn fate(&mut self, received: Timestamp, days: u32) -> Result<Fate> {
        let due = self.due(received, days)?;
        let long = due.duration_since(received).as_mins();
        let mut fate = Fate { due, pause: None, resolved: None, ended: None, state: State::Processing, late_due: due };
        if self.dice.percent(8) {
            let from = later(received, 60 + self.dice.roll(long / 2));
            let back = later(from, 1440 + self.dice.roll(20 * 1440));
            let never = self.dice.percent(6);
            fate.pause = Some((from, (!never && back < morning()).then_some(back)));
            if from >= morning() {
                fate.pause = None;
            } else if never || back >= morning() {
                fate.state = State::Waiting;
                return Ok(fate);
            }
            fate.due = self.due(back, days)?;
        }
        let start = fate.pause.and_then(|(_, back)| back).unwrap_or(received);
        let left = fate.due.duration_since(start).as_mins();
        let done = match self.dice.roll(100) {
            0..60 => later(start, 30 + self.dice.roll((left - 60).max(1))),
            60..94 => later(fate.due, -self.dice.roll(400)).max(later(start, 30)),
            94..99 => later(fate.due, 60 + self.dice.roll(20 * 1440)),
            _ => return Ok(fate),
        };
        if done >= morning() {
            return Ok(fate);
        }
        let back = later(done, 60 + self.dice.roll(6 * 1440));
        match self.dice.roll(100) {
            0..3 => (fate.ended, fate.state) = (Some(done), State::Withdrawn),
            3..5 => (fate.ended, fate.state) = (Some(done), State::Refused),
            _ if back < morning() => {
                (fate.resolved, fate.ended, fate.state) = (Some(done), Some(back), State::Returned);
            }
            _ => (fate.resolved, fate.state) = (Some(done), State::Resolved),
        }
        Ok(fate)
    }

    fn one(&mut self, nth: i64, count: i64) -> Result<()> {
        let made = self.made;
        let received = self.received(nth, count);
        let at = self.agency();
        let agency = &made.agencies[at];
        let procedure = self.dice.one(&made.procedures);
        let fate = self.fate(received, procedure.days)?;
        let number = self.numbers.entry((at, base::day::today(received))).or_default();
        *number += 1;
        let code =
            format!("{}-{}-{:07}", agency.key.to_uppercase(), base::day::today(received).strftime("%Y%m%d"), number);
        let owner = format!("{} {} {}", self.dice.one(&FAMILIES), self.dice.one(&MIDDLES), self.dice.one(&GIVEN));
        let staff = usize::try_from(self.dice.roll(agency.staff.len() as i64)).unwrap_or(0);
        let one =
            Made1 { nth, code, owner, received, agency, procedure, fate, staff: agency.staff[staff], office: staff };
        self.open += i64::from(one.fate.state.is_open());
        self.write(&one)
    }

    fn write(&mut self, one: &Made1) -> Result<()> {
        let dossier = self.dossier(one)?;
        let life = life(&dossier, &one.fate);
        let handler = Some(one.staff);
        let cell = dossier::store::cell_id(&dossier, handler);
        if self.cells.insert(cell) {
            let row = args![
                cell,
                dossier.agency,
                &dossier.procedure,
                &dossier.name,
                &dossier.field,
                dossier.channel,
                dossier.received_by,
                handler
            ];
            self.bulk.add("dossier_cell", row);
        }
        self.bulk.add("dossier", &wide(&dossier)?);
        let closed = life.closed;
        let verdict = closed.map(|(_, verdict)| verdict_code(verdict));
        self.bulk.add("dossier_life", args![dossier.id, cell, life.received, closed.map(|(at, _)| at), verdict]);
        for (seq, spell) in (1i64..).zip(&life.spells) {
            let Spell { since, until, stand, due } = *spell;
            self.bulk.add("dossier_spell", args![dossier.id, seq, cell, since, until, stand.code(), due, spell.span()]);
        }
        for word in dossier::store::words_of(&dossier) {
            self.bulk.add("dossier_word", args![dossier.agency, word, dossier.id]);
        }
        for (place, code) in (1i64..).zip(["don", "ban-sao"]) {
            self.bulk.add("dossier_paper", args![dossier.id, code, "Giấy tờ", "original", 1i64, place, "good"]);
        }
        if let Some((from, back)) = one.fate.pause {
            self.bulk.add("dossier_clock", args![dossier.id, 1i64, from, "pause", "supplement"]);
            if let Some(back) = back {
                self.bulk.add("dossier_clock", args![dossier.id, 2i64, back, "resume", ""]);
            }
        }
        self.bulk.add(
            "dossier_event",
            args![dossier.id, 1i64, one.received, "Tiếp nhận hồ sơ", "Người một cửa", dossier.counter, 1i64],
        );
        self.steps(one, &dossier);
        Ok(())
    }

    /// The steps that are done, evenly over its time, and the one that runs.
    fn steps(&mut self, one: &Made1, dossier: &Dossier) {
        let steps = &self.made.steps[..7];
        let running = steps.iter().position(|step| step.code == dossier.at.step);
        let done = running.unwrap_or(if one.fate.resolved.is_some() { 7 } else { 2 });
        let end =
            one.fate.resolved.or(one.fate.ended).unwrap_or_else(|| morning().min(one.fate.late_due).max(one.received));
        let long = end.duration_since(one.received).as_mins().max(1);
        for (at, step) in steps.iter().enumerate().take(done + usize::from(running.is_some())) {
            let begun = later(one.received, long * at as i64 / 8);
            let over = (at < done).then(|| later(one.received, long * (at as i64 + 1) / 8));
            let holder = (at == 2).then_some(one.staff);
            let by = over.map(|_| one.staff);
            let row = args![
                db::fresh_id::<StepId>(),
                dossier.id,
                &step.code,
                &step.name,
                &step.role,
                Val::Null,
                holder,
                begun,
                later(begun, 480),
                i64::from(step.time),
                over,
                by,
                "Người",
                "tiếp"
            ];
            self.bulk.add("dossier_step", row);
        }
    }

    fn dossier(&mut self, one: &Made1) -> Result<Dossier> {
        let fate = &one.fate;
        let channel = match self.dice.roll(100) {
            0..60 => Channel::Online,
            60..95 => Channel::Counter,
            _ => Channel::Post,
        };
        // Most open dossiers are being examined; some wait to be given out, or for a signature.
        let step = match fate.state {
            State::Processing => [1, 1, 2, 2, 2, 3][usize::try_from(self.dice.roll(6)).unwrap_or(0)],
            State::Resolved => 6,
            _ => 2,
        };
        let open = fate.state.is_open();
        let at = &self.made.steps[step];
        let paused = fate.pause.filter(|(_, back)| back.is_none()).map(|(from, _)| from);
        let with_staff = open && step == 2;
        let place = Place {
            step: at.code.clone(),
            name: at.name.clone(),
            role: at.role.clone(),
            due: paused.is_none().then(|| later(one.received, 960)),
            office: one
                .agency
                .offices
                .get(one.office % one.agency.offices.len().max(1))
                .copied()
                .filter(|_| with_staff),
            holder: with_staff.then_some(one.staff),
        };
        let standing = workflow::Standing { running: open.then_some(step).into_iter().collect(), ..Default::default() };
        let clerk: AccountId = *self.dice.one(&one.agency.clerks);
        Ok(Dossier {
            id: db::fresh_id(),
            code: one.code.clone(),
            number: one.nth,
            procedure: one.procedure.code.clone(),
            procedure_edition: one.procedure.edition,
            process_edition: self.made.process,
            case: "cap-moi".into(),
            name: one.procedure.name.clone(),
            field: one.procedure.field.clone(),
            agency: one.agency.id,
            counter: one.agency.id,
            channel,
            state: fate.state,
            owner: Owner {
                kind: OwnerKind::Person,
                name: one.owner.clone(),
                number: format!("0450{:08}", one.nth % 100_000_000),
                born: String::new(),
                phone: format!("09{:08}", one.nth % 100_000_000),
                email: String::new(),
                address: "Thôn Mẫu, xã Mẫu, tỉnh Mẫu".into(),
                submitter: String::new(),
                submitter_number: String::new(),
            },
            summary: String::new(),
            return_by: ReturnBy::Counter,
            secret: format!("{:064}", one.nth),
            submitted: None,
            received: one.received,
            received_by: Some(clerk),
            promised: fate.late_due,
            due: paused.is_none().then_some(fate.due),
            paused,
            resolved: fate.resolved,
            ended: fate.ended,
            standing,
            at: if open { place } else { Place::default() },
            asked: i64::from(fate.pause.is_some()),
            extended: 0,
            identified: false,
            sample: true,
            version: 1,
        })
    }
}

/// A dossier that is being made.
struct Made1<'a> {
    nth: i64,
    code: String,
    owner: String,
    received: Timestamp,
    agency: &'a Agency,
    procedure: &'a Procedure,
    fate: Fate,
    staff: AccountId,
    office: usize,
}

fn life(dossier: &Dossier, fate: &Fate) -> Life {
    let first = Dossier { due: Some(fate.late_due), paused: None, resolved: None, ended: None, ..dossier.clone() };
    let mut life = Life::new(&first);
    if let Some((from, back)) = fate.pause {
        life.spells[0].until = Some(from);
        life.spells.push(Spell { since: from, until: back, stand: Stand::Supplement, due: None });
        if let Some(back) = back {
            life.spells.push(Spell { since: back, until: None, stand: Stand::Runs, due: Some(fate.due) });
        }
    }
    if let Some(at) = fate.resolved.or(fate.ended) {
        if let Some(last) = life.spells.last_mut() {
            last.until = Some(at);
        }
        life.closed = Some((at, dossier::rules::Against::of(at, fate.due)));
    }
    life
}

fn wide(one: &Dossier) -> Result<Vec<Val>> {
    let owner = &one.owner;
    Ok(args![
        one.id,
        &one.code,
        one.number,
        &one.procedure,
        one.procedure_edition,
        one.process_edition,
        &one.case,
        &one.name,
        &one.field,
        one.agency,
        one.counter,
        one.channel,
        one.state,
        owner.kind,
        &owner.name,
        base::text::fold(&owner.name),
        &owner.number,
        &owner.phone,
        &owner.address,
        one.return_by,
        &one.secret,
        one.received,
        one.received_by,
        one.promised,
        one.due,
        one.paused,
        one.resolved,
        one.ended,
        serde_json::to_string(&one.standing)?,
        &one.at.step,
        &one.at.name,
        &one.at.role,
        one.at.due,
        one.at.office,
        one.at.holder,
        one.asked,
        one.sample
    ]
    .to_vec())
}
