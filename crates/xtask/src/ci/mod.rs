//! One command is CI, on the desk and on the server: the steps, in order, and a count at the end.

mod browser;
mod count;
mod install;
mod shell;

use anyhow::{Result, bail};
use count::Tally;
use shell::Shell;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// What a step can come to. A fault on the way to it is an `Err` and counts as failed.
enum Outcome {
    /// A chore that holds or does not; it counts as one.
    Chore { ok: bool },
    /// Tests, counted by their own runner.
    Tests { ok: bool, tally: Tally },
    /// Nothing to do here, and why; it counts as nothing.
    Skipped(&'static str),
}

struct Step {
    name: &'static str,
    about: &'static str,
    run: fn(&Shell) -> Result<Outcome>,
}

/// Cheap steps first, so that a slip is told in seconds; the browser last, as it needs the program.
#[rustfmt::skip]
const STEPS: &[Step] = &[
    Step { name: "install",  about: "what the tests need and nobody installed", run: install::run },
    Step { name: "fmt",      about: "formatting is rustfmt's", run: fmt },
    Step { name: "tokens",   about: "the committed design tokens are current", run: tokens },
    Step { name: "tidy",     about: "what rustfmt and clippy cannot check", run: tidy },
    Step { name: "licences", about: "licence, source and name of each dependency", run: licences },
    Step { name: "types",    about: "browser code keeps its JSDoc types", run: browser::types },
    Step { name: "clippy",   about: "no warning in any target", run: clippy },
    Step { name: "chores",   about: "tests of xtask itself", run: chores },
    Step { name: "rules",    about: "tests of the rules", run: rules },
    Step { name: "zoom",     about: "what is documented of Zoom, against its stand-in", run: zoom },
    Step { name: "service",  about: "tests of the service, on both engines", run: service },
    Step { name: "docs",     about: "documentation builds without a warning", run: docs },
    Step { name: "browser",  about: "journeys and accessibility in Chromium", run: browser::run },
];

fn fmt(shell: &Shell) -> Result<Outcome> {
    shell.chore(shell.cargo("fmt --all --check"))
}

fn tokens(_: &Shell) -> Result<Outcome> {
    crate::tokens::run(true).map(|()| Outcome::Chore { ok: true })
}

fn tidy(_: &Shell) -> Result<Outcome> {
    crate::tidy::run().map(|()| Outcome::Chore { ok: true })
}

fn licences(_: &Shell) -> Result<Outcome> {
    crate::licences::run().map(|()| Outcome::Chore { ok: true })
}

fn clippy(shell: &Shell) -> Result<Outcome> {
    shell
        .chore(shell.cargo("clippy --locked --workspace --all-targets --keep-going -- -D warnings"))
}

fn chores(shell: &Shell) -> Result<Outcome> {
    shell.tests(shell.cargo("test --locked --package xtask --no-fail-fast"))
}

fn rules(shell: &Shell) -> Result<Outcome> {
    shell.tests(shell.cargo("test --locked --package rules --no-fail-fast"))
}

fn zoom(shell: &Shell) -> Result<Outcome> {
    shell.tests(shell.cargo("test --locked --package zoom-stand-in --no-fail-fast"))
}

fn service(shell: &Shell) -> Result<Outcome> {
    shell.tests(shell.cargo("test --locked --package service --no-fail-fast"))
}

fn docs(shell: &Shell) -> Result<Outcome> {
    let mut command = shell.cargo("doc --locked --workspace --no-deps --keep-going");
    command.env("RUSTDOCFLAGS", "-D warnings");
    shell.chore(command)
}

/// What was asked of `cargo xtask ci`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    only: Vec<String>,
    no_install: bool,
    list: bool,
}

impl Options {
    /// Reads the words that follow `ci`. A step that does not exist is refused, with the names.
    pub(crate) fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self::default();
        let mut after_only = false;
        for &word in words {
            match word {
                "--only" => after_only = true,
                "--no-install" => options.no_install = true,
                "--list" => options.list = true,
                names if after_only && !names.starts_with('-') => {
                    options.only.extend(names.split(',').map(str::to_owned));
                }
                _ => bail!("ci does not know `{word}`; `cargo xtask help` lists its options"),
            }
            after_only &= word == "--only" || !word.starts_with('-');
        }
        if words.contains(&"--only") && options.only.is_empty() {
            bail!("--only wants the name of a step; `cargo xtask ci --list` names them");
        }
        for name in &options.only {
            if !STEPS.iter().any(|step| step.name == name) {
                bail!("there is no step `{name}`; `cargo xtask ci --list` names them");
            }
        }
        Ok(options)
    }

    fn wants(&self, step: &Step) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == step.name)
    }
}

/// Runs the steps that were asked for. A failed step does not keep the others from telling theirs.
///
/// # Errors
/// When any step or test failed.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.list {
        for step in STEPS {
            println!("{:<10} {}", step.name, step.about);
        }
        return Ok(());
    }
    let shell = Shell::new(crate::root(), options.no_install);
    let mut rows = Vec::new();
    for step in STEPS.iter().filter(|step| options.wants(step)) {
        println!("{}", shell.bold(&format!("── {}: {}", step.name, step.about)));
        let began = Instant::now();
        let outcome = (step.run)(&shell).unwrap_or_else(|error| {
            println!("{error:#}");
            Outcome::Chore { ok: false }
        });
        let row = Row::new(step.name, &outcome, began.elapsed());
        println!("   {} {} in {}\n", row.name, row.result, seconds(row.took));
        rows.push(row);
    }
    let total = rows.iter().fold(Tally::default(), |sum, row| sum + row.tally);
    println!("{}\n{}", table(&rows), total.closing_line());
    if total.failed > 0 {
        let names = rows.iter().filter(|row| row.tally.failed > 0).map(|row| row.name);
        bail!("failed: {}", names.collect::<Vec<_>>().join(", "));
    }
    Ok(())
}

struct Row {
    name: &'static str,
    result: String,
    tally: Tally,
    took: Duration,
}

impl Row {
    /// A step that failed is counted as failed even when its runner counted nothing (it did not
    /// compile), and one whose runner counted a failure has failed whatever it exited with.
    fn new(name: &'static str, outcome: &Outcome, took: Duration) -> Self {
        let (ok, mut tally) = match *outcome {
            Outcome::Chore { ok } => (ok, Tally::one(ok)),
            Outcome::Tests { ok, tally } => (ok && tally.failed == 0, tally),
            Outcome::Skipped(why) => {
                let result = format!("skipped: {why}");
                return Self { name, result, tally: Tally::default(), took };
            }
        };
        if !ok {
            tally.failed = tally.failed.max(1);
        }
        Self { name, result: if ok { "ok" } else { "FAILED" }.to_owned(), tally, took }
    }
}

fn table(rows: &[Row]) -> String {
    let mut text =
        format!("{:<10} {:>8} {:>7} {:>7}  result\n", "step", "time", "passed", "failed");
    for Row { name, result, tally, took } in rows {
        let (passed, failed) = (tally.passed, tally.failed);
        let time = seconds(*took);
        writeln!(text, "{name:<10} {time:>8} {passed:>7} {failed:>7}  {result}")
            .expect("writing to a String cannot fail");
    }
    text
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_name_steps_that_exist() {
        let parse = |line: &str| Options::parse(&line.split_whitespace().collect::<Vec<_>>());
        let only = |line: &str| parse(line).expect("these are good options").only;
        assert_eq!(only(""), Vec::<String>::new());
        assert_eq!(only("--only rules"), ["rules"]);
        assert_eq!(only("--only rules service --no-install"), ["rules", "service"]);
        assert_eq!(only("--only rules,service --only tidy"), ["rules", "service", "tidy"]);
        for bad in ["--only", "--only sleep", "rules", "--no-install rules", "--quick"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn rows_count_what_was_run() {
        let row = |outcome| Row::new("step", &outcome, Duration::ZERO).tally;
        let tally = |passed, failed| Tally { passed, failed };
        assert_eq!(row(Outcome::Chore { ok: true }), tally(1, 0));
        assert_eq!(row(Outcome::Chore { ok: false }), tally(0, 1));
        assert_eq!(row(Outcome::Tests { ok: true, tally: tally(7, 0) }), tally(7, 0));
        // The tests passed as far as they ran, and then their runner died.
        assert_eq!(row(Outcome::Tests { ok: false, tally: tally(7, 0) }), tally(7, 1));
        assert_eq!(row(Outcome::Tests { ok: false, tally: tally(7, 2) }), tally(7, 2));
        assert_eq!(row(Outcome::Skipped("no such file")), tally(0, 0));
    }
}
