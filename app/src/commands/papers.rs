//! What the program says of itself: completions, the manual page, its version.

use crate::version;
use clap::CommandFactory;
use std::io::Write;

pub fn completions(shell: clap_complete::Shell) -> anyhow::Result<()> {
    let mut command = crate::cli::Cli::command();
    clap_complete::generate(shell, &mut command, "cuaviet", &mut std::io::stdout());
    Ok(())
}

/// The manual in roff: the program, then each command.
pub fn man() -> anyhow::Result<()> {
    let command = crate::cli::Cli::command();
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        let man = clap_mangen::Man::new(sub.clone().name(format!("cuaviet {}", sub.get_name())));
        writeln!(text, ".SH \"cuaviet {}\"", sub.get_name())?;
        man.render_description_section(&mut text)?;
        man.render_options_section(&mut text)?;
    }
    Ok(std::io::stdout().write_all(&text)?)
}

pub fn version(json: bool) {
    match json {
        true => println!("{}", version::json()),
        false => println!("cuaviet {}", version::NUMBER),
    }
}
