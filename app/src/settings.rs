//! What an operator has set: flags > environment > file > defaults. Every mistake is said at once, with its place.

pub mod source;
pub mod table;

use crate::proxy::Network;
use source::{Found, From, Values};
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Read where no file is named, if it is there.
pub const FILE: &str = "/etc/cuaviet/cuaviet.toml";

/// The settings of a run.
#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    /// Without a slash at its end.
    pub public_url: String,
    pub owner: String,
    pub help: String,
    pub data_dir: PathBuf,
    /// `postgres://…`, or the path of a SQLite file.
    pub database: String,
    pub workers: usize,
    pub trusted_proxies: Vec<Network>,
    pub log_json: bool,
    pub log_level: String,
    pub upload_mib: u32,
    /// Where clamd listens.
    pub clamd: Option<String>,
    pub metrics_token: Option<String>,
    pub oidc: Option<Oidc>,
    pub citizen: Option<Citizen>,
    pub s3: Option<S3>,
    pub smtp: Option<notice::Smtp>,
    pub sms: Option<notice::Sms>,
    pub signing: Option<Signing>,
    pub dvcqg: Option<link::dvcqg::Settings>,
    /// What the portal shows when it sends a dossier here.
    pub incoming_token: Option<String>,
    pub payment: Option<link::payment::Settings>,
    pub reporting: Option<link::reporting::Settings>,
    values: Values,
}

/// The province's own sign-in.
#[derive(Clone, Debug)]
pub struct Oidc {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    pub label: String,
}

/// Where citizens sign in, and its names of what it tells.
#[derive(Clone, Debug)]
pub struct Citizen {
    pub oidc: Oidc,
    pub scopes: Vec<String>,
    pub name: String,
    pub number: String,
    pub born: String,
    pub phone: String,
    pub address: String,
}

/// The agency's certificate for results.
#[derive(Clone)]
pub struct Signing {
    pub holder: Holder,
    /// Certificates of those who are trusted.
    pub roots: Option<PathBuf>,
}

/// Where the key is.
#[derive(Clone)]
pub enum Holder {
    /// In a file here.
    Key { file: PathBuf, passphrase: String },
    /// At a signing service, which never gives it away.
    Service { url: String, certificate: String, token: String, chain: PathBuf },
}

/// Without passphrase and token: settings are shown in logs.
impl fmt::Debug for Signing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.holder {
            Holder::Key { file, .. } => write!(f, "Signing {{ {} }}", file.display()),
            Holder::Service { url, certificate, .. } => write!(f, "Signing {{ {certificate} at {url} }}"),
        }
    }
}

/// A store of files that many nodes share.
#[derive(Clone, Debug)]
pub struct S3 {
    pub endpoint: String,
    pub region: String,
    pub bucket: String,
    pub access_key_id: String,
    pub secret_access_key: String,
}

/// Everything that is wrong with the settings, a sentence each.
#[derive(Debug)]
pub struct Wrong(pub Vec<String>);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Wrong {}

/// Reads the settings of this process: `config` names the file, `flags` are names with values from the command line.
pub fn load(config: Option<&Path>, flags: &[(&str, String)]) -> Result<Settings, Wrong> {
    let named = config.map(Path::to_owned).or_else(|| std::env::var_os("CUAVIET_CONFIG").map(PathBuf::from));
    let file = named.or_else(|| Some(PathBuf::from(FILE)).filter(|path| path.exists()));
    read(file.as_deref(), std::env::vars(), flags)
}

/// The same, of any environment.
pub fn read(
    file: Option<&Path>,
    environment: impl Iterator<Item = (String, String)>,
    flags: &[(&str, String)],
) -> Result<Settings, Wrong> {
    let (mut values, mut wrong) = (Values::new(), Vec::new());
    if let Some(file) = file {
        source::file(file, &mut values, &mut wrong);
    }
    // A later source must cover a secret of an earlier one, plain or by file: so each level is made plain first.
    source::secrets(&mut values, &mut wrong);
    source::environment(environment, &mut values, &mut wrong);
    source::secrets(&mut values, &mut wrong);
    for (name, value) in flags {
        values.insert((*name).to_owned(), Found { value: value.clone(), from: From::Flag });
    }
    let settings = typed(values, &mut wrong);
    match settings {
        Some(settings) if wrong.is_empty() => Ok(settings),
        _ => Err(Wrong(wrong)),
    }
}

fn typed(values: Values, wrong: &mut Vec<String>) -> Option<Settings> {
    let mut ask = Ask { values: &values, wrong };
    let listen: Option<SocketAddr> = ask.parse("listen", "một địa chỉ và cổng, ví dụ 127.0.0.1:8080");
    let workers = ask.parse("workers", "một số nguyên");
    let upload_mib = ask.parse("upload.max_mib", "một số nguyên, tính bằng MiB");
    let trusted_proxies = ask.networks();
    let log_json = ask.one_of("log.format", &["text", "json"]);
    let log_level = ask.level();
    let data_dir = PathBuf::from(ask.text("data_dir"));
    let public_url = ask.public_url();
    let (oidc, citizen) = (ask.oidc("oidc"), ask.citizen());
    let s3 = ask.s3();
    let (smtp, sms) = (ask.smtp(), ask.sms());
    let dvcqg = ask.dvcqg();
    let reporting = ask.reporting();
    let payment = ask.payment(public_url.as_deref());
    let signing = ask.signing();
    let incoming_token = ask.incoming_token();
    let listen = listen?;
    let lite = || data_dir.join("cuaviet.db").to_string_lossy().into_owned();
    Some(Settings {
        listen,
        public_url: public_url.unwrap_or_else(|| format!("http://{listen}")),
        owner: ask.text("owner"),
        help: ask.text("help"),
        database: ask.given("database").unwrap_or_else(lite),
        data_dir,
        workers: workers?,
        trusted_proxies,
        log_json: log_json == Some(1),
        log_level,
        upload_mib: upload_mib?,
        clamd: ask.given("upload.clamd"),
        metrics_token: ask.given("metrics.token"),
        oidc,
        citizen,
        s3,
        smtp,
        sms,
        signing,
        incoming_token,
        dvcqg,
        reporting,
        payment,
        values,
    })
}

struct Ask<'a> {
    values: &'a Values,
    wrong: &'a mut Vec<String>,
}

impl Ask<'_> {
    fn text(&self, name: &str) -> String {
        self.given(name).unwrap_or_else(|| table::default_of(name).to_owned())
    }

    fn given(&self, name: &str) -> Option<String> {
        self.values.get(name).map(|found| found.value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    fn refuse(&mut self, name: &str, wanted: &str) {
        let from = self.values.get(name).map_or(From::Default, |found| found.from.clone());
        let secret = table::SECRETS.contains(&name);
        let value = if secret { String::new() } else { format!(" (đang là \"{}\")", self.text(name)) };
        self.wrong.push(format!("{from}: khóa {name} phải là {wanted}{value}."));
    }

    fn parse<T: FromStr>(&mut self, name: &str, wanted: &str) -> Option<T> {
        let parsed = self.text(name).parse().ok();
        if parsed.is_none() {
            self.refuse(name, wanted);
        }
        parsed
    }

    fn one_of(&mut self, name: &str, words: &[&str]) -> Option<usize> {
        let at = words.iter().position(|word| *word == self.text(name));
        if at.is_none() {
            self.refuse(name, &format!("một trong: {}", words.join(", ")));
        }
        at
    }

    fn level(&mut self) -> String {
        let level = self.text("log.level");
        if tracing_subscriber::EnvFilter::try_new(&level).is_err() {
            self.refuse("log.level", "error, warn, info, debug, hoặc theo từng phần như info,db=debug");
        }
        level
    }

    fn networks(&mut self) -> Vec<Network> {
        let text = self.text("trusted_proxies");
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let found: Option<Vec<Network>> = parts.map(|part| part.parse().ok()).collect();
        found.unwrap_or_else(|| {
            self.refuse("trusted_proxies", "các dải địa chỉ cách nhau bằng dấu phẩy, ví dụ 10.0.0.0/8, ::1/128");
            Vec::new()
        })
    }

    fn public_url(&mut self) -> Option<String> {
        let url = self.given("public_url")?;
        let plain = (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(['?', '#', ' ']);
        if !plain {
            self.refuse("public_url", "địa chỉ bắt đầu bằng https://, ví dụ https://cchc.example.gov.vn");
        }
        Some(url.trim_end_matches('/').to_owned())
    }

    /// Some keys of a section were given, but not this one.
    fn needed(&mut self, name: &str) -> String {
        self.given(name).unwrap_or_else(|| {
            let section = name.split('.').next().unwrap_or_default();
            self.wrong.push(format!("Phần [{section}] thiếu khóa {name}. Hãy điền, hoặc bỏ trống cả phần ấy."));
            String::new()
        })
    }

    fn oidc(&mut self, section: &str) -> Option<Oidc> {
        let key = |name: &str| format!("{section}.{name}");
        let any = ["issuer", "client_id", "client_secret"].iter().any(|name| self.given(&key(name)).is_some());
        any.then(|| Oidc {
            issuer: self.needed(&key("issuer")),
            client_id: self.needed(&key("client_id")),
            client_secret: self.needed(&key("client_secret")),
            label: self.text(&key("label")),
        })
    }

    fn citizen(&mut self) -> Option<Citizen> {
        let oidc = self.oidc("citizen")?;
        let claim = |name: &str| self.text(&format!("citizen.claim_{name}"));
        Some(Citizen {
            name: claim("name"),
            number: claim("number"),
            born: claim("born"),
            phone: claim("phone"),
            address: claim("address"),
            scopes: self.text("citizen.scopes").split_whitespace().map(str::to_owned).collect(),
            oidc,
        })
    }

    fn smtp(&mut self) -> Option<notice::Smtp> {
        self.given("smtp.host")?;
        let words: Vec<&str> = notice::Security::ALL.iter().map(|one| one.code()).collect();
        let security = self.one_of("smtp.security", &words);
        let smtp = notice::Smtp {
            host: self.needed("smtp.host"),
            port: self.parse("smtp.port", "một số cổng, ví dụ 587")?,
            security: notice::Security::ALL[security?],
            user: self.given("smtp.user"),
            password: self.given("smtp.password"),
            from: self.needed("smtp.from"),
        };
        self.sound(notice::Mailer::new(&smtp).err());
        Some(smtp)
    }

    /// The national portal, or the province's platform before it.
    /// Whoever guesses it could fill the inbox: long, or none.
    fn incoming_token(&mut self) -> Option<String> {
        let token = self.given("dvcqg.incoming_token")?;
        if token.len() < 16 {
            self.refuse("dvcqg.incoming_token", "một mã dài ít nhất 16 ký tự");
            return None;
        }
        Some(token)
    }

    fn signing(&mut self) -> Option<Signing> {
        let roots = self.given("signing.roots").map(PathBuf::from);
        let holder = match (self.given("signing.key"), self.given("signing.service")) {
            (None, None) => return None,
            (Some(_), Some(_)) => {
                let say = "Phần [signing] nêu cả key lẫn service: chỉ giữ một, là nơi giữ khóa ký số.";
                self.wrong.push(say.to_owned());
                return None;
            }
            (Some(file), None) => {
                Holder::Key { file: file.into(), passphrase: self.given("signing.passphrase").unwrap_or_default() }
            }
            (None, Some(url)) => Holder::Service {
                url,
                certificate: self.needed("signing.certificate"),
                token: self.given("signing.token").unwrap_or_default(),
                chain: self.needed("signing.chain").into(),
            },
        };
        Some(Signing { holder, roots })
    }

    fn reporting(&mut self) -> Option<link::reporting::Settings> {
        self.given("reporting.address")?;
        let settings = link::reporting::Settings {
            address: self.needed("reporting.address").trim_end_matches('/').to_owned(),
            token: self.needed("reporting.token"),
            unit: self.needed("reporting.unit"),
        };
        self.sound(
            link::reporting::Reporting::new(settings.clone())
                .err()
                .map(|no| base::Refusal::new("reporting", no.say()).at("reporting.address")),
        );
        Some(settings)
    }

    fn dvcqg(&mut self) -> Option<link::dvcqg::Settings> {
        use link::dvcqg::{Generation, Paths, Settings};
        self.given("dvcqg.address")?;
        let words: Vec<&str> = Generation::ALL.iter().map(|one| one.code()).collect();
        let generation = self.one_of("dvcqg.generation", &words);
        let portal = Settings {
            generation: Generation::ALL[generation?],
            address: self.needed("dvcqg.address"),
            paths: Paths {
                session: self.text("dvcqg.session_path"),
                call: self.text("dvcqg.call_path"),
                upload: self.text("dvcqg.upload_path"),
                create: self.text("dvcqg.create_path"),
                progress: self.text("dvcqg.progress_path"),
                status: self.text("dvcqg.status_path"),
            },
            account: self.needed("dvcqg.account"),
            secret: self.needed("dvcqg.secret"),
            destination: self.text("dvcqg.destination"),
            unit: self.needed("dvcqg.unit"),
            busy_codes: self
                .text("dvcqg.busy_codes")
                .split(',')
                .map(|code| code.trim().to_owned())
                .filter(|code| !code.is_empty())
                .collect(),
        };
        self.sound(
            link::dvcqg::Portal::new(portal.clone())
                .err()
                .map(|no| base::Refusal::new("dvcqg", no.say()).at("dvcqg.address")),
        );
        Some(portal)
    }

    /// The payment gateway; it calls back at the public address.
    fn payment(&mut self, public_url: Option<&str>) -> Option<link::payment::Settings> {
        self.given("payment.address")?;
        let payment = link::payment::Settings {
            address: self.needed("payment.address"),
            unit: self.needed("payment.unit"),
            secret: self.needed("payment.secret"),
            notify: format!("{}/thanh-toan/thong-bao", public_url.unwrap_or_default()),
        };
        let no = link::payment::Gateway::new(payment.clone()).err();
        self.sound(no.map(|no| base::Refusal::new("payment", no.say()).at("payment.address")));
        if public_url.is_none() {
            self.wrong
                .push("Phần [payment] cần khóa public_url: cổng thanh toán báo kết quả về địa chỉ ấy.".to_owned());
        }
        Some(payment)
    }

    fn sms(&mut self) -> Option<notice::Sms> {
        self.given("sms.url")?;
        let sms = notice::Sms {
            url: self.needed("sms.url"),
            token: self.needed("sms.token"),
            patience: notice::Sms::PATIENCE,
        };
        self.sound(notice::Gateway::new(&sms).err());
        Some(sms)
    }

    /// What the room itself says of its settings.
    fn sound(&mut self, no: Option<base::Refusal>) {
        self.wrong.extend(no.map(|no| format!("Khóa {}: {}", no.field.unwrap_or_default(), no.say)));
    }

    fn s3(&mut self) -> Option<S3> {
        let names = ["s3.endpoint", "s3.region", "s3.bucket", "s3.access_key_id", "s3.secret_access_key"];
        names.iter().any(|name| self.given(name).is_some()).then(|| S3 {
            endpoint: self.needed("s3.endpoint"),
            region: self.needed("s3.region"),
            bucket: self.needed("s3.bucket"),
            access_key_id: self.needed("s3.access_key_id"),
            secret_access_key: self.needed("s3.secret_access_key"),
        })
    }
}

impl Settings {
    /// Every key with its value and where it was found; secrets are covered.
    pub fn show(&self) -> String {
        let mut text = String::new();
        let mut names: Vec<&str> =
            table::KEYS.iter().map(|key| key.name.strip_suffix("_file").unwrap_or(key.name)).collect();
        names.dedup();
        for name in names {
            let found = self.values.get(name);
            let value = match found {
                Some(_) if table::SECRETS.contains(&name) => "••••••".to_owned(),
                Some(found) => found.value.clone(),
                None => table::default_of(name).to_owned(),
            };
            let from = found.map_or(From::Default, |found| found.from.clone());
            text += &format!("{name} = \"{value}\"  # {from}\n");
        }
        text
    }

    /// What pages need of it.
    pub fn for_web(&self, sample: bool) -> web::Settings {
        web::Settings {
            owner: self.owner.clone(),
            help: self.help.clone(),
            public_url: self.public_url.clone(),
            sample,
            upload_mib: self.upload_mib,
            oidc: self.oidc.as_ref().map(|oidc| oidc.label.clone()),
            mail: self.smtp.is_some(),
            text: self.sms.is_some(),
            portal: self.dvcqg.is_some(),
            reporting: self.reporting.is_some(),
            incoming: self.incoming_token.as_deref().map(people::sha256),
        }
    }
}
