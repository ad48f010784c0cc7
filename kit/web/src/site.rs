//! The site: the tools that every action is given.

use base::Timestamp;
use db::Db;
use jiff::SignedDuration;
use people::Role;
use std::ops::Deref;
use std::sync::Arc;

/// The tools. Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Tools>);

/// What is in a [`Site`].
pub struct Tools {
    pub db: Db,
    /// Evidence and attachments.
    pub files: file::Store,
    /// Rung after a job was asked for and committed: it begins at once.
    pub jobs: job::Bell,
    /// The province's own sign-in system, where it is configured.
    pub oidc: Option<people::Oidc>,
    /// Where citizens sign in, where such a system is configured.
    pub citizens: Option<Arc<Citizens>>,
    /// What results are signed with, where a certificate is configured.
    pub signing: Option<Signing>,
    /// Where fees are paid online, where a gateway is configured.
    pub payments: Option<Arc<link::payment::Gateway>>,
    /// Rooms that count their records when they are asked.
    pub counters: Vec<Arc<dyn fact::counter::Counter>>,
    pub clock: Clock,
    pub settings: Settings,
    pub nav: Vec<NavEntry>,
}

/// The system that knows citizens (VNeID), and by which claims it tells what of them: those names are its own.
pub struct Citizens {
    pub oidc: people::Oidc,
    /// The words of the button.
    pub label: String,
    pub name: String,
    pub number: String,
    pub born: String,
    pub phone: String,
    pub address: String,
}

/// The agency's certificate, and the authorities whose certificates are trusted (DER).
#[derive(Clone)]
pub struct Signing {
    pub signer: Arc<dyn sign::Signer>,
    pub roots: Arc<Vec<Vec<u8>>>,
}

/// What an operator may set, as far as pages need it.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whose site this is: "UBND tỉnh Quảng Trị".
    pub owner: String,
    /// Where help is, at the foot of every page.
    pub help: String,
    /// The address people type: for links in letters, and to know whether cookies may go over plain http.
    pub public_url: String,
    /// All data are samples; every page says so.
    pub sample: bool,
    /// The most a file may have, in MiB.
    pub upload_mib: u32,
    /// The button of sign-in by OIDC, where it is configured.
    pub oidc: Option<String>,
    /// Whether e-mails and texts go out: an address that nobody will be sent anything to is not even written down.
    pub mail: bool,
    pub text: bool,
    /// Whether the National Public Service Portal is told of dossiers.
    pub portal: bool,
    /// Whether a reporting system outside is told of reports.
    pub reporting: bool,
    /// SHA-256 of what the portal shows when it sends a dossier here; none: nothing is taken from it.
    pub incoming: Option<String>,
}

/// The site's time: the real one, or moved to another day for the demo's world.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    /// A clock that shows `now` at this moment, and goes on from there.
    pub fn starting_at(now: Timestamp) -> Clock {
        Clock { ahead: now.duration_since(db::now()) }
    }

    pub fn now(&self) -> Timestamp {
        let now = db::now();
        now.saturating_add(self.ahead).unwrap_or(now)
    }

    pub fn is_moved(&self) -> bool {
        !self.ahead.is_zero()
    }
}

/// One entry of the navigation, for those who hold one of the roles (for all who are signed in, where none is named).
#[derive(Clone, Copy, Debug)]
pub struct NavEntry {
    pub group: &'static str,
    pub label: &'static str,
    pub href: &'static str,
    pub roles: &'static [Role],
}

impl Site {
    pub fn new(tools: Tools) -> Site {
        Site(Arc::new(tools))
    }

    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// Whether people reach the site by https only.
    pub fn is_secure(&self) -> bool {
        self.0.settings.public_url.starts_with("https://")
    }
}

impl Deref for Site {
    type Target = Tools;
    fn deref(&self) -> &Tools {
        &self.0
    }
}
