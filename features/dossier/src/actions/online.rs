//! Handing in online, without an account: a draft is filled in page by page, and becomes a dossier that waits to be received.

use super::intake::{Places, paper_about, put_fees_of, serial_code};
use super::work::calendar_of;
use crate::clock;
use crate::flow::{self, Offer};
use crate::model::*;
use crate::rules;
use crate::store;
use base::{Refusal, Refusals, Timestamp};
use db::{Conn, Tx};
use file::Use;
use form::{Form, Settled};
use jiff::SignedDuration;
use journal::about;
use people::{Failure, Scope, Unit};
use procedure::{Procedure, Time};
use serde_json::{Map, Value};
use std::sync::Arc;
use web::Site;

/// How long a draft is kept after it was last touched.
const DRAFT_DAYS: i64 = 30;
/// How long a browser may follow a dossier without saying the secret again.
const PASS_HOURS: i64 = 12;

/// The official receipt or a request to correct comes within eight working hours (NĐ 45/2020/NĐ-CP).
pub const TO_RECEIVE: Time = Time::Hours(8);

pub(super) fn later(now: Timestamp, hours: i64) -> Timestamp {
    now.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(now)
}

/// A draft with what its pages need.
pub struct Filling {
    pub draft: Draft,
    pub procedure: Arc<Procedure>,
    /// The electronic form of its case.
    pub form: Option<Arc<Form>>,
    /// Files by paper.
    pub files: Vec<(String, Use)>,
}

impl Filling {
    pub fn files_of(&self, paper: &str) -> Vec<&Use> {
        self.files.iter().filter(|(code, _)| code == paper).map(|(_, file)| file).collect()
    }

    /// Where a paper is from that the agency held already.
    pub fn reused(&self, paper: &str) -> Option<&Reused> {
        self.draft.filled.reused.iter().find(|used| used.paper == paper)
    }

    /// The papers of its case.
    pub fn papers(&self) -> Vec<&procedure::Paper> {
        self.procedure.asked(&self.draft.case).map(|asked| asked.papers).unwrap_or_default()
    }

    /// The form with its answers; none where there is no form.
    pub fn settled(&self, now: Timestamp) -> Option<Settled<'_>> {
        let form = self.form.as_deref()?;
        let answers = self.draft.filled.answers.clone().unwrap_or_else(|| form::begin(form));
        Some(flow::settle(form, &answers, now))
    }

    /// A paper that is only shown is brought to the counter; the others must be there.
    pub fn lacks(&self) -> Vec<&procedure::Paper> {
        let missing =
            |paper: &&procedure::Paper| !paper.optional && !paper.shown_only && self.files_of(&paper.code).is_empty();
        self.papers().into_iter().filter(missing).collect()
    }
}

/// Where a procedure that every commune (or the like) resolves for itself can be handed in: key and name.
pub async fn places_of(
    conn: &mut Conn,
    procedure: &Procedure,
    now: Timestamp,
) -> Result<Vec<(String, String)>, Failure> {
    let day = base::day::today(now);
    let units = people::units(conn).await?;
    let here = |unit: &&Unit| unit.is_on(day) && Procedure::names(&procedure.receives, &unit.key, &unit.kind);
    let mut found: Vec<(String, String)> =
        units.iter().filter(here).map(|unit| (unit.key.clone(), unit.name.clone())).collect();
    found.sort_by_cached_key(|one| base::text::sort_key(&one.1));
    Ok(found)
}

/// The procedure as it is handed in online today.
pub async fn online(
    conn: &mut Conn,
    code: &str,
    now: Timestamp,
) -> Result<(rulebook::EditionId, Arc<Procedure>), Failure> {
    let day = base::day::today(now);
    let (edition, procedure) = flow::in_force(conn, code, day).await?.ok_or(Failure::NotFound)?;
    if procedure.level(day).is_some_and(procedure::Level::takes_online) {
        Ok((edition, procedure))
    } else {
        Err(NotNow::NotOnline.into())
    }
}

/// Begins a draft for the browser of this cookie.
pub async fn begin(site: &Site, code: &str, case: &str, place: &str, token: &str) -> Result<DraftId, Failure> {
    let now = site.now();
    let mut tx = site.db.begin().await?;
    let (edition, procedure) = online(&mut tx, code, now).await?;
    let asked = procedure.case(case).ok_or(NotNow::NoCase)?;
    let form = flow::form_in_force(&mut tx, asked, base::day::today(now)).await?;
    let places = places_of(&mut tx, &procedure, now).await?;
    if !places.iter().any(|(key, _)| key == place) {
        return Err(NotNow::ChoosePlace.into());
    }
    let draft = Draft {
        id: db::fresh_id(),
        code: free_code(&mut tx).await?,
        procedure: code.to_owned(),
        edition,
        case: case.to_owned(),
        place: place.to_owned(),
        filled: Filled { form, owner: super::own::known_owner(&mut tx, token, now).await?, ..Filled::default() },
        expires: later(now, 24 * DRAFT_DAYS),
        dossier: None,
    };
    store::add_draft(&mut tx, &draft, now).await?;
    store::add_pass(&mut tx, &people::sha256(token), draft.id, draft.expires).await?;
    let kept = serde_json::json!({ "procedure": code, "case": case, "place": place });
    journal::write(
        &mut tx,
        &Scope::citizen(site.now()),
        "dossier.draft-begun",
        about("dossier-draft", draft.id),
        &(),
        &kept,
    )
    .await?;
    tx.commit().await?;
    Ok(draft.id)
}

/// Six digits that no other draft has.
async fn free_code(tx: &mut Tx) -> Result<String, Failure> {
    for _ in 0..50 {
        let code = people::fresh_digits()?[..6].to_owned();
        if store::draft_by_code(tx, &code).await?.is_none() {
            return Ok(code);
        }
    }
    Err(Failure::refused("busy", "Hệ thống đang bận. Hãy thử lại sau ít phút."))
}

/// A draft, for a browser that may see it.
pub async fn filling(conn: &mut Conn, id: DraftId, token: &str, now: Timestamp) -> Result<Filling, Failure> {
    if !store::has_pass(conn, &people::sha256(token), id, now).await? {
        return Err(Failure::NotFound);
    }
    load(conn, id, now).await
}

/// The same, for a change: whoever else changes it waits until this is done, and then reads what it has become.
pub(super) async fn filling_taken(tx: &mut Tx, id: DraftId, token: &str, now: Timestamp) -> Result<Filling, Failure> {
    store::take_draft(tx, id).await?;
    filling(tx, id, token, now).await
}

/// What a citizen has begun, by the code that they say at the counter. That it was read stands in the journal.
pub async fn draft_at_counter(site: &Site, scope: &Scope, code: &str) -> Result<Filling, Failure> {
    if !scope.has(people::Role::Clerk) {
        return Err(Failure::forbidden("Mở bản nháp của người dân dành cho cán bộ một cửa."));
    }
    let bare: String = code.chars().filter(char::is_ascii_digit).collect();
    let mut tx = site.db.begin().await?;
    let draft = store::draft_by_code(&mut tx, &bare).await?;
    let draft = draft.filter(|draft| draft.dossier.is_none() && draft.expires > scope.now);
    let draft = draft.ok_or_else(|| Refusal::from(NotNow::DraftGone).at("nhap"))?;
    journal::write(&mut tx, scope, "dossier.draft-read", about("dossier-draft", draft.id), &(), &()).await?;
    let filling = load(&mut tx, draft.id, scope.now).await?;
    tx.commit().await?;
    Ok(filling)
}

/// A clerk has finished a draft at the counter: its form and its files are the dossier's, and it is not handed in again.
/// The form may still lack something; the clerk answers for it from here.
pub(super) async fn take_over(
    tx: &mut Tx,
    scope: &Scope,
    id: DraftId,
    dossier: &Dossier,
    papers: &[String],
) -> Result<(), Failure> {
    let filling = load(tx, id, scope.now).await?;
    let (theirs, dossier) = (filling.draft.filled.owner.number == dossier.owner.number, dossier.id);
    // What was held of the draft's owner does not go into a dossier of somebody else.
    let held: Vec<&Reused> = filling.draft.filled.reused.iter().filter(|used| papers.contains(&used.paper)).collect();
    let stays = |file: &Use| theirs || !held.iter().any(|used| used.files.contains(&file.id));
    if filling.draft.filled.answers.is_some()
        && let Some((settled, form)) = filling.settled(scope.now).zip(filling.draft.filled.form)
    {
        let declared = Declared { form, values: settled.values, typed_by: scope.account, earlier: Vec::new() };
        store::declare(tx, dossier, &declared).await?;
    }
    for (code, one) in filling.files.iter().filter(|(code, one)| papers.contains(code) && stays(one)) {
        file::attach(tx, scope, &content_of(one)?, &one.name, paper_about(dossier, code)).await?;
    }
    for used in held.into_iter().filter(|_| theirs) {
        store::reused(tx, dossier, &used.paper, &used.from).await?;
    }
    let_go(tx, &filling, scope.now).await?;
    let after = serde_json::json!({ "dossier": dossier, "form": filling.draft.filled.form });
    journal::write(tx, scope, "dossier.draft-taken", about("dossier-draft", id), &(), &after).await?;
    if store::hand_in(tx, id, dossier, scope.now).await? { Ok(()) } else { Err(NotNow::DraftGone.into()) }
}

async fn load(conn: &mut Conn, id: DraftId, now: Timestamp) -> Result<Filling, Failure> {
    let draft = store::draft_of(conn, id).await?.filter(|draft| draft.expires > now).ok_or(NotNow::DraftGone)?;
    let procedure = flow::procedure(conn, draft.edition).await?;
    let papers: Vec<String> = procedure.papers.iter().map(|paper| format!("{id}/{}", paper.code)).collect();
    let files = file::uses_of(conn, "dossier-draft", &papers).await?;
    let files =
        files.into_iter().map(|file| (file.about.split_once('/').map_or("", |(_, code)| code).to_owned(), file));
    let form = match draft.filled.form {
        Some(form) => Some(flow::form(conn, form).await?),
        None => None,
    };
    Ok(Filling { draft, procedure, form, files: files.collect() })
}

/// Saves whose it is; all that is wrong at once.
pub async fn fill_people(site: &Site, id: DraftId, token: &str, owner: Owner, summary: String) -> Result<(), Failure> {
    let now = site.now();
    let mut tx = site.db.begin().await?;
    let mut filling = filling_taken(&mut tx, id, token, now).await?;
    let mut refusals: Refusals =
        rules::check_owner(&owner, base::day::today(now)).into_iter().map(Into::into).collect();
    if owner.phone.is_empty() {
        refusals.push(NotNow::PhoneMissing.into());
    }
    if !refusals.is_empty() {
        return Err(Failure::Refused(refusals));
    }
    if owner.number != filling.draft.filled.owner.number {
        super::reuse::give_back(&mut tx, &Scope::citizen(site.now()), &mut filling.draft).await?;
    }
    (filling.draft.filled.owner, filling.draft.filled.summary) = (owner, summary);
    save(tx, filling.draft, now).await
}

/// Keeps what was answered to the electronic form. With `whole`, all that is wrong is refused, and nothing of it lost.
pub async fn fill_form(
    site: &Site,
    id: DraftId,
    token: &str,
    answers: Map<String, Value>,
    whole: bool,
) -> Result<(), Failure> {
    let now = site.now();
    let mut tx = site.db.begin().await?;
    let mut filling = filling_taken(&mut tx, id, token, now).await?;
    filling.draft.filled.answers = Some(answers);
    let refusals = filling.settled(now).map(|settled| settled.refusals).unwrap_or_default();
    save(tx, filling.draft, now).await?;
    if whole && !refusals.is_empty() { Err(Failure::Refused(refusals)) } else { Ok(()) }
}

/// Saves how the result is given back.
pub async fn fill_return(site: &Site, id: DraftId, token: &str, by: Option<ReturnBy>) -> Result<(), Failure> {
    let now = site.now();
    let mut tx = site.db.begin().await?;
    let mut filling = filling_taken(&mut tx, id, token, now).await?;
    filling.draft.filled.return_by = Some(by.ok_or(NotNow::ReturnByMissing)?);
    save(tx, filling.draft, now).await
}

pub(super) async fn save(mut tx: Tx, mut draft: Draft, now: Timestamp) -> Result<(), Failure> {
    draft.expires = later(now, 24 * DRAFT_DAYS);
    if !store::save_draft(&mut tx, &draft, now).await? {
        return Err(NotNow::DraftGone.into());
    }
    Ok(tx.commit().await?)
}

/// Adds a file to a paper of a draft.
pub async fn fill_file(
    site: &Site,
    id: DraftId,
    token: &str,
    paper: &str,
    content: &file::Content,
    name: &str,
) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let filling = filling_taken(&mut tx, id, token, site.now()).await?;
    if filling.draft.dossier.is_some() {
        return Err(NotNow::DraftGone.into());
    }
    if !filling.papers().iter().any(|one| one.code == paper) {
        return Err(Failure::NotFound);
    }
    file::attach(&mut tx, &Scope::citizen(site.now()), content, name, about("dossier-draft", format!("{id}/{paper}")))
        .await?;
    Ok(tx.commit().await?)
}

/// Takes a file away again.
pub async fn drop_file(site: &Site, id: DraftId, token: &str, file: file::FileUseId) -> Result<(), Failure> {
    let mut tx = site.db.begin().await?;
    let mut filling = filling_taken(&mut tx, id, token, site.now()).await?;
    let (paper, _) = filling.files.iter().find(|(_, one)| one.id == file).ok_or(Failure::NotFound)?;
    file::detach(&mut tx, &Scope::citizen(site.now()), file, about("dossier-draft", format!("{id}/{paper}"))).await?;
    let reused = &mut filling.draft.filled.reused;
    reused.iter_mut().for_each(|used| used.files.retain(|one| *one != file));
    reused.retain(|used| !used.files.is_empty());
    save(tx, filling.draft, site.now()).await
}

/// What a citizen keeps of a dossier that was handed in.
#[derive(Clone, Debug)]
pub struct HandedIn {
    pub dossier: DossierId,
    pub code: String,
    pub secret: String,
}

/// Hands a draft in. It waits to be received officially; the browser may follow it.
pub async fn hand_in(site: &Site, id: DraftId, token: &str, sworn: bool) -> Result<HandedIn, Failure> {
    let (now, scope) = (site.now(), Scope::citizen(site.now()));
    let mut tx = site.db.begin().await?;
    let filling = filling_taken(&mut tx, id, token, now).await?;
    if filling.draft.dossier.is_some() {
        return Err(NotNow::DraftGone.into());
    }
    let wrong = wrong(&filling, sworn, now);
    if !wrong.is_empty() {
        return Err(Failure::Refused(wrong));
    }
    let Draft { procedure, case, place, .. } = &filling.draft;
    let offer = flow::offer(&mut tx, procedure, case, base::day::today(now)).await?;
    let unit = people::unit_by_key(&mut tx, place).await?.ok_or(NotNow::ChoosePlace)?;
    let places = super::intake::places(&mut tx, &offer.procedure, &[unit], base::day::today(now)).await?;
    let secret = people::fresh_digits()?;
    let handed = Handed { filled: &filling.draft.filled, procedure, case };
    let mut dossier = waiting(&mut tx, handed, &offer, places, &secret, now, site.settings.sample).await?;
    dossier.identified = super::own::identified(&mut tx, token, &dossier.owner, now).await?;
    let declared = filling.settled(now).zip(filling.draft.filled.form);
    let declared =
        declared.map(|(settled, form)| Declared { form, values: settled.values, typed_by: None, earlier: Vec::new() });
    store::add_dossier(&mut tx, &dossier, declared.as_ref()).await?;
    move_files(&mut tx, &scope, &filling, &dossier).await?;
    put_fees_of(&mut tx, &dossier, &offer, None).await?;
    if !store::hand_in(&mut tx, id, dossier.id, now).await? {
        return Err(NotNow::DraftGone.into());
    }
    store::add_pass(&mut tx, &people::sha256(token), dossier.id, later(now, PASS_HOURS)).await?;
    store::add_event(&mut tx, &scope, dossier.id, "Nộp hồ sơ trực tuyến", "", true).await?;
    let kept = serde_json::json!({ "code": dossier.code, "procedure": dossier.procedure, "agency": dossier.agency });
    let outside = super::Outside::of(&site.settings);
    let news = super::sync::news(&mut tx, &scope, &outside, &dossier, "dossier.submitted", None).await?;
    super::tell::tell_owner(&mut tx, &scope, &outside, &dossier, "dossier.submitted").await?;
    journal::write(&mut tx, &scope, "dossier.submitted", about("dossier", dossier.id), &(), &kept).await?;
    super::sync::put(&mut tx, &scope, news).await?;
    tx.commit().await?;
    Ok(HandedIn { dossier: dossier.id, code: dossier.code, secret })
}

/// Everything that keeps a draft from being handed in.
fn wrong(filling: &Filling, sworn: bool, now: Timestamp) -> Refusals {
    let (filled, today) = (&filling.draft.filled, base::day::today(now));
    let mut found: Refusals = rules::check_owner(&filled.owner, today).into_iter().map(Refusal::from).collect();
    if filled.owner.phone.is_empty() && !filled.owner.name.is_empty() {
        found.push(NotNow::PhoneMissing.into());
    }
    if filling.settled(now).is_some_and(|settled| !settled.refusals.is_empty()) {
        found.push(NotNow::FormUnfinished.into());
    }
    let missing = filling.lacks().into_iter();
    found.extend(missing.map(|one| {
        let no = NotNow::PaperMissing { code: one.code.clone(), name: one.name.clone() };
        Refusal::from(no)
    }));
    if filled.return_by.is_none() {
        found.push(NotNow::ReturnByMissing.into());
    }
    if !sworn {
        found.push(NotNow::NotSworn.into());
    }
    found
}

/// What is handed in online, here or on the portal.
pub(super) struct Handed<'a> {
    pub filled: &'a Filled,
    pub procedure: &'a str,
    pub case: &'a str,
}

/// A dossier that waits to be received officially.
pub(super) async fn waiting(
    tx: &mut Tx,
    handed: Handed<'_>,
    offer: &Offer,
    places: Places,
    secret: &str,
    now: Timestamp,
    sample: bool,
) -> Result<Dossier, Failure> {
    let Places { agency, counter } = places;
    let filled = handed.filled;
    let mut dossier = Dossier {
        id: db::fresh_id(),
        code: serial_code(tx, &agency, base::day::today(now)).await?,
        number: 0,
        procedure: handed.procedure.to_owned(),
        procedure_edition: offer.procedure_edition,
        process_edition: offer.process_edition,
        case: handed.case.to_owned(),
        name: offer.procedure.name.clone(),
        field: offer.procedure.field.clone(),
        agency: agency.id,
        counter,
        channel: Channel::Online,
        state: State::Submitted,
        owner: filled.owner.clone(),
        summary: filled.summary.clone(),
        return_by: filled.return_by.unwrap_or(ReturnBy::Counter),
        secret: people::sha256(secret),
        submitted: Some(now),
        received: now,
        received_by: None,
        promised: now,
        due: None,
        paused: None,
        resolved: None,
        ended: None,
        standing: workflow::Standing::default(),
        at: Place { name: "Chờ tiếp nhận".into(), ..Place::default() },
        asked: 0,
        extended: 0,
        identified: false,
        sample,
        version: 1,
    };
    let calendar = calendar_of(tx, &dossier).await?;
    dossier.due = clock::due(&calendar, now, TO_RECEIVE, &[])?;
    dossier.at.due = dossier.due;
    Ok(dossier)
}

/// What was sent with the draft is now the dossier's, electronic, and not yet looked at.
async fn move_files(tx: &mut Tx, scope: &Scope, filling: &Filling, dossier: &Dossier) -> Result<(), Failure> {
    for (place, asked) in (1..).zip(&filling.procedure.papers) {
        let files = filling.files_of(&asked.code);
        if files.is_empty() {
            continue;
        }
        let paper = Paper {
            code: asked.code.clone(),
            name: asked.name.clone(),
            copy: procedure::Copy::Electronic,
            number: 1,
            good: None,
            fault: String::new(),
            wanted: String::new(),
            reused_from: String::new(),
        };
        store::put_paper(tx, dossier.id, place, &paper).await?;
        for one in files {
            let content = content_of(one)?;
            file::attach(tx, scope, &content, &one.name, paper_about(dossier.id, &asked.code)).await?;
        }
        if let Some(used) = filling.reused(&asked.code) {
            store::reused(tx, dossier.id, &asked.code, &used.from).await?;
        }
    }
    let_go(tx, filling, scope.now).await
}

/// The files of a draft are no longer its own.
async fn let_go(tx: &mut Tx, filling: &Filling, now: Timestamp) -> Result<(), Failure> {
    let id = filling.draft.id;
    let drafts: Vec<String> = filling.procedure.papers.iter().map(|paper| format!("{id}/{}", paper.code)).collect();
    Ok(file::let_go(tx, now, "dossier-draft", &drafts).await.map(drop)?)
}

pub(super) fn content_of(one: &Use) -> Result<file::Content, Failure> {
    let kind =
        file::Kind::of_media(&one.kind).ok_or_else(|| Failure::Broken(format!("a file of kind {}", one.kind)))?;
    Ok(file::Content { sha256: one.sha256.clone(), bytes: u64::try_from(one.bytes).unwrap_or(0), kind })
}

/// Throws away drafts whose time has passed; gives how many.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<usize, Failure> {
    let gone = store::expired_drafts(tx, now).await?;
    for id in &gone {
        let Some(draft) = store::draft_of(tx, *id).await? else { continue };
        let procedure = flow::procedure(tx, draft.edition).await?;
        let papers: Vec<String> = procedure.papers.iter().map(|paper| format!("{id}/{}", paper.code)).collect();
        file::let_go(tx, now, "dossier-draft", &papers).await?;
        store::drop_draft(tx, *id).await?;
    }
    store::sweep_passes(tx, now).await?;
    store::sweep_citizen_sessions(tx, now).await?;
    store::sweep_accounts(tx, now).await?;
    Ok(gone.len())
}
