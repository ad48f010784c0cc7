//! Fetches the npm packages of the lock file, when they are not there yet.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use crate::Outcome;

/// A copy of the lock file the folder was made from; content decides, since a checkout changes times.
pub const STAMP: &str = "node_modules/.made-from";

pub fn install(home: &Path) -> Outcome<()> {
    let lock = home.join("package-lock.json");
    let stamp = home.join(STAMP);
    let wanted = fs::read(&lock).map_err(|e| format!("{}: {e}", lock.display()))?;
    // Two builds with two target folders share one node_modules: the second waits for the first.
    let gate = File::open(&lock).map_err(|e| e.to_string())?;
    gate.lock().map_err(|e| e.to_string())?;
    if fs::read(&stamp).is_ok_and(|made_from| made_from == wanted) {
        return Ok(());
    }
    ci(home)?;
    fs::write(&stamp, &wanted).map_err(|e| e.to_string())?;
    // cargo runs this script again when a watched file is newer than the run itself: give the stamp
    // the age of the lock, or the next build would repeat everything that depends on us.
    let age = gate.metadata().and_then(|about| about.modified()).map_err(|e| e.to_string())?;
    let stamp = File::options().write(true).open(&stamp).map_err(|e| e.to_string())?;
    stamp.set_modified(age).map_err(|e| e.to_string())
}

fn ci(home: &Path) -> Outcome<()> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let done = Command::new(npm)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(home)
        .output()
        .map_err(|e| {
            format!(
                "the browser libraries and fonts come from npm, and `npm` could not be started ({e}).\n\
                 Install Node.js 18 or newer with npm (Debian: apt-get install npm), then build again."
            )
        })?;
    if done.status.success() {
        return Ok(());
    }
    Err(format!(
        "`npm ci` failed in {}. Is the package registry reachable?\n{}{}",
        home.display(),
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    ))
}
