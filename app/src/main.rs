use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(cuaviet::cli::run(std::env::args_os()))
}
