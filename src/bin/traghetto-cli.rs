//! The command line: see `traghetto::cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    traghetto::cli::main()
}
