//! The log of operation, on stderr: text for people, JSON for collectors.

use crate::settings::Settings;
use tracing_subscriber::EnvFilter;

pub fn start(settings: &Settings) {
    let filter = EnvFilter::try_new(&settings.log_level).unwrap_or_else(|_| EnvFilter::new("info"));
    let to = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // A second start in one process (tests) keeps the first.
    let _ = match settings.log_json {
        true => to.json().flatten_event(true).try_init(),
        false => to.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init(),
    };
}
