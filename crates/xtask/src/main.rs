//! Chores of the repository: `cargo xtask ci | bench | tidy | clauses | licences | tokens`.

mod bench;
mod ci;
mod licences;
mod tidy;
mod tokens;

use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Chores of the repository.

  cargo xtask ci [--only STEP…] [--no-install] [--list]
      Install what the tests need, then format, lint and test everything, and close with a count.
      --only STEP…   run these steps only (several may follow, or be joined by commas)
      --no-install   install nothing, even when something is missing
      --list         name the steps and stop
  cargo xtask bench              measure a release build: start, memory, size, rooms
  cargo xtask tidy               check what rustfmt and clippy cannot
  cargo xtask clauses            write which clause of the terms is carried by what
  cargo xtask licences           check licence, source and name of every dependency
  cargo xtask tokens [--check]   write (or only compare) the design tokens' values
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h", ..] | [_, "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        ["ci", options @ ..] => ci::run(&ci::Options::parse(options)?),
        ["bench"] => bench::run(),
        ["tidy"] => tidy::run(),
        ["clauses"] => tidy::write_clauses(),
        ["licences"] => licences::run(),
        ["tokens"] => tokens::run(false),
        ["tokens", "--check"] => tokens::run(true),
        _ => bail!("`{}` is not known; `cargo xtask help` lists the chores", words.join(" ")),
    }
}

/// The folder of the repository, wherever the chore was called from.
fn root() -> PathBuf {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    crates.and_then(Path::parent).expect("xtask stands in crates/xtask").to_path_buf()
}
