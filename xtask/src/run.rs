//! Starting other programs: aloud, without a terminal to ask at, and where asked keeping what they said.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};

/// Runs a command to its end, showing its output; whether it succeeded.
pub fn shown(command: &mut Command) -> Result<bool> {
    announce(command);
    let status = command.stdin(Stdio::null()).status().with_context(|| not_started(command))?;
    Ok(status.success())
}

/// Runs a command whose failure ends ours.
pub fn must(command: &mut Command) -> Result<()> {
    if shown(command)? {
        return Ok(());
    }
    bail!("`{}` failed", name(command))
}

/// Runs a command silently; its standard output if it succeeded, else its words as the error.
pub fn quiet(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| not_started(command))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    bail!("`{}` failed: {}", name(command), String::from_utf8_lossy(&output.stderr).trim())
}

/// Runs a command, showing its output and also keeping it: test runners tell their counts only in words.
pub fn heard(command: &mut Command) -> Result<(bool, String)> {
    announce(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| not_started(command))?;
    let errors = child.stderr.take().map(|pipe| thread::spawn(move || tee(pipe, std::io::stderr())));
    let mut text = match child.stdout.take() {
        Some(pipe) => tee(pipe, std::io::stdout()),
        None => String::new(),
    };
    if let Some(reader) = errors {
        text.push_str(&reader.join().unwrap_or_default());
    }
    Ok((child.wait()?.success(), text))
}

/// Copies line by line, so that a long step shows its progress.
fn tee(pipe: impl Read, mut out: impl Write) -> String {
    let mut kept = String::new();
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
        // A closed terminal must not stop the step.
        let _ = out.write_all(&line).and_then(|()| out.flush());
        kept.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    kept
}

/// The first place on PATH that has this program.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The cargo that started us, in the workspace. Where everything is built once and thrown away (`CI` is set), without what
/// serves the next build or a debugger: half the disk.
pub fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(root);
    if std::env::var_os("CI").is_some() {
        command.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "none");
    }
    command
}

fn announce(command: &Command) {
    let arguments: Vec<_> = command.get_args().map(|one| one.to_string_lossy()).collect();
    println!("$ {} {}", name(command), arguments.join(" "));
}

fn name(command: &Command) -> String {
    let path = Path::new(command.get_program());
    path.file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned()
}

fn not_started(command: &Command) -> String {
    format!("`{}` could not be started", command.get_program().to_string_lossy())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn heard_keeps_both_streams_and_the_outcome() {
        let (good, text) = heard(&mut sh("echo out; echo err >&2; exit 3")).unwrap();
        assert!(!good);
        assert!(text.contains("out\n") && text.contains("err\n"), "{text:?}");
    }

    #[test]
    fn quiet_gives_the_words_of_a_failure() {
        let error = quiet(&mut sh("echo no luck >&2; exit 1")).unwrap_err().to_string();
        assert!(error.contains("no luck"), "{error}");
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = shown(&mut Command::new("no-such-program")).unwrap_err().to_string();
        assert!(error.contains("no-such-program"), "{error}");
    }
}
