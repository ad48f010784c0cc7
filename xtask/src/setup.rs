//! What the tests need from outside: found, else installed by `apt-get` where we are root, else said in one sentence.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::{postgres, run};

/// A thing from Debian: how to see that it is there, what to install, and who needs it.
struct Need {
    what: &'static str,
    packages: &'static [&'static str],
    found: fn() -> bool,
}

const NODE: Need = Need {
    what: "Node.js with npm (page styles, browser tests)",
    packages: &["nodejs", "npm"],
    found: || on_path(&["node", "npm"]),
};
const POSTGRES: Need = Need { what: "PostgreSQL", packages: &["postgresql"], found: || postgres::programs().is_some() };
const CHROMIUM: Need = Need {
    what: "Chromium (browser tests)",
    packages: &["chromium", "chromium-driver"],
    found: || chromium().is_some(),
};
const FONTS: Need = Need {
    what: "a system font (Chromium draws nothing without)",
    packages: &["fontconfig", "fonts-liberation"],
    found: has_fonts,
};
const POPPLER: Need = Need {
    what: "pdftotext (reads back the PDF we write)",
    packages: &["poppler-utils"],
    found: || on_path(&["pdftotext"]),
};
const CLAMD: Need = Need {
    what: "clamd (looks for viruses in what is uploaded)",
    packages: &["clamav-daemon"],
    found: || on_path(&["clamd"]) || Path::new("/usr/sbin/clamd").is_file(),
};
const CALC: Need = Need {
    what: "LibreOffice Calc (edits a workbook as users do)",
    packages: &["libreoffice-calc-nogui", "libreoffice-writer-nogui"],
    found: || on_path(&["soffice"]),
};

const PYTHON: Need = Need {
    what: "Python with venv (a public client reads our statistics)",
    packages: &["python3", "python3-venv"],
    found: || run::quiet(Command::new("python3").args(["-c", "import venv, ensurepip"])).is_ok(),
};

const NODE_MAJOR: u32 = 20;

/// All that `cargo xtask test` uses.
pub fn everything(root: &Path) -> Result<()> {
    without_browser(root)?;
    debian(&[CHROMIUM, FONTS, PYTHON])?;
    npm(&root.join("e2e"))?;
    python(&root.join("e2e"))
}

/// All that `cargo xtask test --fast` uses: no browser.
pub fn without_browser(root: &Path) -> Result<()> {
    debian(&[NODE, POSTGRES, POPPLER, CALC, CLAMD])?;
    rust(root)?;
    node_is_new()
}

pub fn postgres() -> Result<()> {
    debian(&[POSTGRES])
}

/// The browser of the tests: Debian's, or the one that CHROMIUM names.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|file| file.is_file());
    named.or_else(|| run::on_path("chromium")).or_else(|| run::on_path("chromium-browser"))
}

pub fn has_nextest(root: &Path) -> bool {
    run::quiet(&mut run::cargo(root, &["nextest", "--version"])).is_ok()
}

fn debian(needs: &[Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.found)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    let what: Vec<&str> = missing.iter().map(|need| need.what).collect();
    if !postgres::is_root() || run::on_path("apt-get").is_none() {
        bail!("missing: {}. On Debian: sudo apt-get install {}", what.join("; "), packages.join(" "));
    }
    println!("installing {}", what.join("; "));
    run::must(apt(&["update", "-qq"]).arg("-y"))?;
    run::must(apt(&["install", "-qq", "-y", "--no-install-recommends"]).args(&packages))?;
    match missing.iter().find(|need| !(need.found)()) {
        Some(need) => bail!("apt-get installed {}, but {} is still not found", need.packages.join(" "), need.what),
        None => Ok(()),
    }
}

fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// rustfmt and clippy are components, nextest a program; without nextest the tests run by `cargo test`.
fn rust(root: &Path) -> Result<()> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if run::quiet(&mut run::cargo(root, &[tool, "--version"])).is_err() {
            run::must(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    if !has_nextest(root) && !run::shown(&mut run::cargo(root, &["install", "cargo-nextest", "--locked"]))? {
        println!("cargo-nextest could not be installed: `cargo test` runs the tests instead");
    }
    Ok(())
}

/// The browser driver and the identity provider say so less clearly.
fn node_is_new() -> Result<()> {
    let version = run::quiet(Command::new("node").arg("--version"))?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|number| number.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE_MAJOR => Ok(()),
        _ => bail!("the tests need Node.js {NODE_MAJOR} or newer, and `node` is {}", version.trim()),
    }
}

/// The packages of `requirements.txt` in a folder of their own, unless they were made from this very file.
fn python(folder: &Path) -> Result<()> {
    let (wanted, place) = (fs::read(folder.join("requirements.txt"))?, folder.join(".venv"));
    let stamp = place.join(".made-from");
    if fs::read(&stamp).is_ok_and(|made_from| made_from == wanted) {
        return Ok(());
    }
    run::must(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&place))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"];
    run::must(Command::new(place.join("bin/python")).args(pip).current_dir(folder))?;
    Ok(fs::write(stamp, wanted)?)
}

/// `npm ci`, unless the packages were made from this lock file; its content decides, since a checkout changes times.
/// Only for tests: the packages of `assets` are fetched by its own build script.
fn npm(folder: &Path) -> Result<()> {
    let Ok(wanted) = fs::read(folder.join("package-lock.json")) else {
        return Ok(());
    };
    let stamp = folder.join("node_modules").join(".made-from");
    if fs::read(&stamp).is_ok_and(|made_from| made_from == wanted) {
        return Ok(());
    }
    run::must(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder))?;
    Ok(fs::write(stamp, wanted)?)
}

fn on_path(programs: &[&str]) -> bool {
    programs.iter().all(|program| run::on_path(program).is_some())
}

fn has_fonts() -> bool {
    run::quiet(&mut Command::new("fc-list")).is_ok_and(|list| !list.trim().is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn what_is_there_needs_nothing() {
        let present = Need { what: "a shell", packages: &["no-such-package"], found: || on_path(&["sh"]) };
        debian(&[present]).unwrap();
    }

    #[test]
    fn a_folder_without_a_lock_file_needs_no_npm() {
        let folder = tempfile::tempdir().unwrap();
        npm(folder.path()).unwrap();
    }
}
