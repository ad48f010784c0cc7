//! Many hands at once: steps forth and back, each on disk before it is answered, and dossiers received between them.
//!
//! On SQLite sixteen hands in this process, against bare transactions of two rows. On PostgreSQL two processes of this
//! program, each a node with sixteen hands of its own, on the same dossiers; then everything is counted again.

use super::{Dice, flag, measure, morning};
use crate::site::{plain, tell};
use anyhow::{Context, Result, ensure};
use base::Timestamp;
use db::{Db, args, sql};
use dossier::actions::{self, Given, Intake, Onward};
use dossier::model::{Channel, DossierId, Owner, OwnerKind, ReturnBy};
use people::{AccountId, Failure, Role, Scope};
use procedure::Copy;
use std::process::Command;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use web::Site;

sql! {
    // Those with the fewest steps so far: what earlier runs moved to and fro is no dossier of an office.
    AT_STEP = "select id from dossier where agency = $1 and state = 'processing' and step in ('2', '3') and procedure like '1.005%' \
               and (step = '2' or holder = $3) \
               order by (select count(*) from dossier_step s where s.dossier = dossier.id), id limit $2";
    WHERE = "select version, step, holder from dossier where id = $1";
    MOVED = "select count(*) from journal where what in ('dossier.moved', 'dossier.sent-back')";
    DONE = "select count(*) from dossier_step where done is not null";
    RUNNING = "select count(*) from dossier d where d.state = 'processing' and \
               (select count(*) from dossier_step s where s.dossier = d.id and s.done is null) <> 1";
    RECEIVED = "select count(*), count(distinct code) from dossier where owner = 'Người Của Bench'";
    LAST = "select coalesce(sum(last), 0) from dossier_number where row_name like 'code:%'";
}

const HANDS: usize = 16;
const STEPS: i64 = 10_000;
/// How often steps and bare transactions take turns.
const TURNS: i64 = 5;
/// One in so many acts is a dossier received.
const RECEIVES: i64 = 20;
/// Dossiers of a department among which those are looked for that its desk may move.
const LOOKED_AT: i64 = 2_000;

/// A department: the head of its first office, who gives out, the specialist who sends back, and a clerk.
struct Desk {
    head: Scope,
    staff: Scope,
    clerk: Scope,
    dossiers: Vec<Open>,
}

/// A dossier as the page before a hand shows it: the deed says which version it was.
struct Open {
    id: DossierId,
    shown: Mutex<(i64, String)>,
}

impl Open {
    fn as_shown(&self) -> (DossierId, i64, String) {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        (self.id, shown.0, shown.1.clone())
    }

    /// Two hands may answer in another order than they acted: the later version is what there is.
    fn show(&self, version: i64, step: &str) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if version > shown.0 {
            *shown = (version, step.to_owned());
        }
    }
}

async fn at(db: &Db, id: DossierId) -> Result<(i64, String, Option<AccountId>)> {
    let mut conn = db.read().await?;
    let read = |row: &mut db::Row| Ok((row.pull()?, row.pull()?, row.pull()?));
    conn.find(WHERE, args![id], read).await?.context("no such dossier")
}

#[derive(Default)]
struct Tally {
    moved: AtomicI64,
    received: AtomicI64,
    /// Somebody else was first.
    stale: AtomicI64,
}

pub async fn run(site: &Site, database: &str) -> Result<()> {
    let wanted: i64 = flag("--steps").map_or(Ok(STEPS), |steps| steps.parse())?;
    match (site.db.is_postgres(), flag("--node")) {
        (_, Some(node)) => {
            let desks = desks(site, wanted).await?;
            act(site, &desks, node.parse()?, wanted, RECEIVES).await.map(told)
        }
        (true, None) => nodes(site, database, wanted).await,
        (false, None) => against_bare(site, database, wanted).await,
    }
}

/// Steps and bare transactions by turns: the disk and whoever else is on the machine are the same for both.
async fn against_bare(site: &Site, database: &str, wanted: i64) -> Result<()> {
    let desks = desks(site, wanted).await?;
    let mut plain = Bare::open(database)?;
    let mut all = Acted::default();
    let mut shares = Vec::new();
    for turn in 0..TURNS {
        let before = plain.rate(wanted / TURNS)?;
        // Nothing is received beside: the limit speaks of steps.
        let acted = act(site, &desks, turn as u64, wanted / TURNS, i64::MAX).await?;
        shares.push((acted.rate(), before));
        all.add(acted);
    }
    let (steps, of) = (all.rate(), plain.times.rate());
    told(all);
    for (own, plain) in shares {
        println!("  {own:.0} steps a second after {plain:.0} bare transactions: {:.0} %", own / plain * 100.0);
    }
    println!(
        "steps of {} hands: {steps:.0} a second; bare transactions of two rows: {of:.0}; {:.0} %",
        at_once()?,
        steps / of * 100.0
    );
    Ok(())
}

/// Bare transactions: one connection, two rows, on disk before the next.
struct Bare {
    conn: rusqlite::Connection,
    times: Times,
}

#[derive(Default)]
struct Times {
    count: i64,
    wall: Duration,
}

impl Times {
    fn rate(&self) -> f64 {
        self.count as f64 / self.wall.as_secs_f64()
    }
}

impl Bare {
    fn open(database: &str) -> Result<Bare> {
        let conn = rusqlite::Connection::open(format!("{database}-bare"))?;
        conn.pragma_update(None, "journal_mode", "wal")?;
        conn.pragma_update(None, "synchronous", "full")?;
        conn.execute_batch(
            "create table if not exists a (id integer primary key, text text); \
             create table if not exists b (id integer primary key, text text)",
        )?;
        Ok(Bare { conn, times: Times::default() })
    }

    /// So many, a second.
    fn rate(&mut self, count: i64) -> Result<f64> {
        let begun = Instant::now();
        for _ in 0..count {
            self.conn.prepare_cached("begin immediate")?.execute([])?;
            self.conn
                .prepare_cached("insert into a (text) values (?1)")?
                .execute(["một dòng nhật ký như mọi dòng khác"])?;
            self.conn.prepare_cached("insert into b (text) values (?1)")?.execute(["một dòng hồ sơ"])?;
            self.conn.prepare_cached("commit")?.execute([])?;
        }
        let once = Times { count, wall: begun.elapsed() };
        self.times.count += once.count;
        self.times.wall += once.wall;
        Ok(once.rate())
    }
}

/// Two processes on one database; then what they acknowledged against what is stored.
async fn nodes(site: &Site, database: &str, wanted: i64) -> Result<()> {
    let before = counted(&site.db).await?;
    let begun = Instant::now();
    let half = (wanted / 2).to_string();
    let node = |node: &str| {
        Command::new(std::env::current_exe()?)
            .args(["dossiers", "--database", database, "--only", "steps", "--node", node, "--steps", &half])
            .stdout(std::process::Stdio::piped())
            .spawn()
    };
    let (first, second) = (node("1")?, node("2")?);
    let mut acknowledged = (0, 0);
    for child in [first, second] {
        let told = child.wait_with_output()?;
        ensure!(told.status.success(), "a node failed");
        let text = String::from_utf8_lossy(&told.stdout);
        print!("{text}");
        let line = text.lines().find_map(|line| line.strip_prefix("acknowledged: ")).context("a node said nothing")?;
        let mut numbers = line.split_whitespace().filter_map(|word| word.parse::<i64>().ok());
        acknowledged.0 += numbers.next().unwrap_or_default();
        acknowledged.1 += numbers.next().unwrap_or_default();
    }
    let seconds = begun.elapsed().as_secs_f64();
    let after = counted(&site.db).await?;
    println!("two nodes: {:.0} steps a second in {seconds:.0} s", acknowledged.0 as f64 / seconds);
    let check = |what: &str, stored: i64, said: i64| {
        println!("  {what}: {stored} stored, {said} acknowledged{}", if stored == said { "" } else { ": WRONG" });
    };
    check("steps in the journal", after.moved - before.moved, acknowledged.0);
    check("steps done", after.done - before.done, acknowledged.0);
    check("dossiers received", after.received.0 - before.received.0, acknowledged.1);
    check("their codes, each once", after.received.1 - before.received.1, acknowledged.1);
    check("numbers given in the rows of codes", after.numbers - before.numbers, acknowledged.1);
    check("open dossiers without exactly one step", after.wrong, before.wrong);
    match journal::verify(&site.db).await? {
        Ok(lines) => println!("  the journal is whole: {lines} lines"),
        Err(broken) => println!("  the journal is BROKEN: {broken}"),
    }
    Ok(())
}

struct Counted {
    moved: i64,
    done: i64,
    received: (i64, i64),
    numbers: i64,
    wrong: i64,
}

async fn counted(db: &Db) -> Result<Counted> {
    let mut conn = db.read().await?;
    let mut one = async |sql| anyhow::Ok(conn.find(sql, &[], |row| row.pull::<i64>()).await?.unwrap_or_default());
    let (moved, done, wrong, numbers) = (one(MOVED).await?, one(DONE).await?, one(RUNNING).await?, one(LAST).await?);
    let received = conn.find(RECEIVED, &[], |row| Ok((row.pull()?, row.pull()?))).await?.unwrap_or_default();
    Ok(Counted { moved, done, received, numbers, wrong })
}

/// What was done, how long each act took, and how long all of it, with how much time of the processor.
#[derive(Default)]
struct Acted {
    moved: i64,
    received: i64,
    stale: i64,
    times: Vec<Duration>,
    wall: Duration,
    worked: Duration,
}

impl Acted {
    fn rate(&self) -> f64 {
        self.moved as f64 / self.wall.as_secs_f64()
    }

    fn add(&mut self, more: Acted) {
        self.moved += more.moved;
        self.received += more.received;
        self.stale += more.stale;
        self.times.extend(more.times);
        self.wall += more.wall;
        self.worked += more.worked;
    }
}

fn told(mut acted: Acted) {
    println!("acknowledged: {} steps, {} received; {} stale", acted.moved, acted.received, acted.stale);
    let each = acted.worked.as_secs_f64() * 1e6 / acted.times.len() as f64;
    println!("  {:.2} s, {each:.0} µs of a processor for each act", acted.wall.as_secs_f64());
    tell("  an act", &mut acted.times);
}

/// Time of the processor that this process has had: in hundredths of a second, by Linux.
fn worked() -> Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit(") ").next().context("no name")?;
    let ticks: Vec<u64> =
        after_name.split_whitespace().skip(11).take(2).map(str::parse).collect::<std::result::Result<_, _>>()?;
    Ok(Duration::from_millis(ticks.iter().sum::<u64>() * 10))
}

fn at_once() -> Result<usize> {
    flag("--hands").map_or(Ok(HANDS), |hands| Ok(hands.parse()?))
}

async fn desks(site: &Site, wanted: i64) -> Result<Arc<Vec<Desk>>> {
    let mut desks = Vec::new();
    for nth in 0..20 {
        desks.push(desk(site, nth, wanted).await?);
    }
    Ok(Arc::new(desks))
}

/// So many steps by all hands together; `seed` says which.
async fn act(site: &Site, desks: &Arc<Vec<Desk>>, seed: u64, wanted: i64, receives: i64) -> Result<Acted> {
    let tally = Arc::new(Tally::default());
    let (begun, before) = (Instant::now(), worked()?);
    let mut hands = Vec::new();
    for hand in 0..at_once()? {
        let (site, desks, tally) = (site.clone(), desks.clone(), tally.clone());
        hands.push(tokio::spawn(async move {
            let (mut dice, mut times) = (Dice::new(seed * 1000 + hand as u64), Vec::new());
            while tally.moved.load(Ordering::Relaxed) < wanted {
                let begun = Instant::now();
                one(&site, dice.one(&desks), &mut dice, &tally, receives).await?;
                times.push(begun.elapsed());
            }
            anyhow::Ok(times)
        }));
    }
    let mut times = Vec::new();
    for hand in hands {
        times.extend(hand.await??);
    }
    let (wall, worked) = (begun.elapsed(), worked()?.saturating_sub(before));
    let of = |count: &AtomicI64| count.load(Ordering::Relaxed);
    Ok(Acted { moved: of(&tally.moved), received: of(&tally.received), stale: of(&tally.stale), times, wall, worked })
}

async fn one(site: &Site, desk: &Desk, dice: &mut Dice, tally: &Tally, receives: i64) -> Result<()> {
    if dice.roll(receives) == 0 {
        actions::receive(site, &desk.clerk, intake()).await.map_err(plain)?;
        tally.received.fetch_add(1, Ordering::Relaxed);
        return Ok(());
    }
    let open = dice.one(&desk.dossiers);
    let (id, version, step) = open.as_shown();
    let forth = step == "2";
    let onward = Onward {
        onward: Some(usize::from(!forth)),
        chosen: (!forth).then(|| "khong-du-dieu-kien".to_owned()),
        note: "Chuyển".into(),
        to: forth.then_some(desk.staff.account).flatten(),
        step,
    };
    let scope = if forth { &desk.head } else { &desk.staff };
    match actions::leave(site, scope, id, version, onward).await {
        Ok(()) => {
            tally.moved.fetch_add(1, Ordering::Relaxed);
            open.show(version + 1, if forth { "3" } else { "2" });
        }
        Err(Failure::Conflict { .. }) => {
            tally.stale.fetch_add(1, Ordering::Relaxed);
            let (version, step, _) = at(&site.db, id).await?;
            open.show(version, &step);
        }
        Err(other) => return Err(plain(other)),
    };
    Ok(())
}

fn intake() -> Intake {
    Intake {
        procedure: "1.005000".into(),
        case: "cap-moi".into(),
        channel: Channel::Counter,
        owner: Owner {
            kind: OwnerKind::Person,
            name: "Người Của Bench".into(),
            number: "045190000001".into(),
            phone: "0901234567".into(),
            address: "Đông Hà".into(),
            born: String::new(),
            email: String::new(),
            submitter: String::new(),
            submitter_number: String::new(),
        },
        summary: String::new(),
        papers: [("don", Copy::Original), ("ban-sao", Copy::Copy)].map(given).into(),
        return_by: ReturnBy::Counter,
        tariff: None,
        paid: true,
        received: None,
        why: String::new(),
        draft: None,
        sample: true,
    }
}

fn given((code, copy): (&str, Copy)) -> Given {
    Given { code: code.into(), copy, number: 1, files: Vec::new() }
}

async fn desk(site: &Site, nth: usize, wanted: i64) -> Result<Desk> {
    let (agency, office) = (format!("so-{nth}"), format!("so-{nth}-phong-0"));
    let head = scope(&site.db, &format!("bench.{agency}.truong-phong.0"), &office, Role::Head).await?;
    let staff = scope(&site.db, &format!("bench.{agency}.chuyen-vien.0"), &office, Role::Staff).await?;
    let clerk = scope(&site.db, &format!("bench.{agency}.mot-cua.0"), &agency, Role::Clerk).await?;
    let unit = measure::unit_of(site, &agency).await?;
    let most = (wanted / 20).clamp(50, 500);
    let mut conn = site.db.read().await?;
    let found = conn.list(AT_STEP, args![unit, LOOKED_AT, staff.account], |row| row.pull::<DossierId>()).await?;
    drop(conn);
    let mut dossiers = Vec::new();
    for id in found {
        if dossiers.len() as i64 == most {
            break;
        }
        dossiers.extend(brought(site, &head, &staff, id).await?);
    }
    ensure!(!dossiers.is_empty(), "{agency} has no dossier that these two may move: generate again");
    Ok(Desk { head, staff, clerk, dossiers })
}

/// The dossier, if these two may move it: it waits to be given out, or is the specialist's.
async fn brought(site: &Site, head: &Scope, staff: &Scope, id: DossierId) -> Result<Option<Open>> {
    let scope = |step: &str| if step == "2" { head } else { staff };
    let (version, step, holder) = at(&site.db, id).await?;
    let opened = actions::opened(&site.db, scope(&step), id).await;
    let may = opened.is_ok_and(|at| at.mine(scope(&step), &step).is_ok());
    Ok((may && (step == "2" || holder == staff.account)).then(|| Open { id, shown: Mutex::new((version, step)) }))
}

async fn scope(db: &Db, login: &str, unit: &str, role: Role) -> Result<Scope> {
    let mut conn = db.read().await?;
    let account = people::account_by_login(&mut conn, login).await?.context("no such account")?;
    let unit = people::unit_by_key(&mut conn, unit).await?.context("no such unit")?;
    let now: Timestamp = morning();
    // As the door makes it of a session.
    let hats = people::hats(&mut conn, account.id, base::day::today(now)).await?;
    let hat = hats.into_iter().find(|hat| hat.unit == unit.id && hat.roles.contains(&role)).context("no such hat")?;
    Ok(Scope {
        account: Some(account.id),
        name: account.name,
        unit: Some(hat.unit),
        station: hat.station,
        roles: vec![role],
        read_only: false,
        now,
    })
}
