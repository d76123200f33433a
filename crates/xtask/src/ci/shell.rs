//! Runs commands in the repository's folder, shows what they print, and counts it.

use super::Outcome;
use super::count::Counter;
use anyhow::{Context as _, Result};
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where steps run, and how they speak.
pub(super) struct Shell {
    root: PathBuf,
    no_install: bool,
    colour: bool,
}

impl Shell {
    pub(super) fn new(root: PathBuf, no_install: bool) -> Self {
        let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { root, no_install, colour }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn may_install(&self) -> bool {
        !self.no_install
    }

    pub(super) fn bold(&self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A command in the repository's folder, without standard input.
    pub(super) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null());
        if self.colour {
            command.env("CARGO_TERM_COLOR", "always");
        }
        command
    }

    /// `cargo` with arguments that hold no space.
    pub(super) fn cargo(&self, arguments: &str) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments.split(' '));
        command
    }

    /// Runs a command that holds or does not.
    pub(super) fn chore(&self, command: Command) -> Result<Outcome> {
        let (ok, _) = self.stream(command)?;
        Ok(Outcome::Chore { ok })
    }

    /// Runs a test runner and counts what it prints.
    pub(super) fn tests(&self, command: Command) -> Result<Outcome> {
        let (ok, counter) = self.stream(command)?;
        Ok(Outcome::Tests { ok, tally: counter.tally() })
    }

    /// Runs a command to its end, passing its lines on as they come; whether it exited with 0.
    fn stream(&self, mut command: Command) -> Result<(bool, Counter)> {
        println!("   $ {}", spelled(&command));
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("`{name}` could not be started; is it installed?"))?;
        let pipe = child.stdout.take().expect("its standard output was just piped");
        let mut output = BufReader::new(pipe);
        let mut counter = Counter::default();
        let mut line = Vec::new();
        while output.read_until(b'\n', &mut line)? > 0 {
            std::io::stdout().write_all(&line)?;
            counter.read(&String::from_utf8_lossy(&line));
            line.clear();
        }
        Ok((child.wait()?.success(), counter))
    }
}

/// The command as a person would type it.
fn spelled(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
