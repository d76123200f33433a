//! The files of the repository, and what is said of them.

use super::rust;
use anyhow::{Context as _, Result, bail};
use std::fmt;
use std::path::Path;
use std::process::Command;

/// A text file of the repository.
pub(super) struct File {
    /// From the root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    /// What follows the last dot of the name, or nothing.
    pub(super) fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    pub(super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The folder, or nothing for a file of the root.
    pub(super) fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether the file as a whole is there for tests.
    pub(super) fn is_test(&self) -> bool {
        let in_folder = self.folder().split('/').any(|part| part == "tests" || part == "benches");
        in_folder || self.name() == "tests.rs"
    }

    /// Rust without comments and without what stands inside string literals.
    pub(super) fn code(&self) -> String {
        rust::blank(&self.text, rust::Keep::Nothing)
    }

    /// Rust without comments and without tests, string literals kept.
    pub(super) fn product(&self) -> String {
        if self.is_test() { String::new() } else { rust::without_tests(&self.text) }
    }

    /// A fault on each line of `text` (this file's, perhaps with parts blanked) that `is_bad`.
    pub(super) fn faults_on_lines(
        &self,
        text: &str,
        is_bad: impl Fn(&str) -> bool,
        what: &str,
    ) -> Vec<Fault> {
        let lines = text.lines().enumerate().filter(|(_, line)| is_bad(line));
        lines.map(|(index, _)| self.fault(index + 1, what)).collect()
    }

    /// A fault on a line, counted from 1, or on the file as a whole: 0.
    pub(super) fn fault(&self, line: usize, what: impl Into<String>) -> Fault {
        Fault { path: self.path.clone(), line, what: what.into() }
    }
}

/// Something to put right, and how.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fault {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

/// Every text file that is, or could be, committed.
pub(super) struct Tree {
    pub(super) files: Vec<File>,
    /// The paths of what is no text.
    pub(super) binaries: Vec<String>,
}

impl Tree {
    /// Files known to git and new ones that it does not ignore, so that a fault is told before the
    /// commit.
    pub(super) fn of_repository(root: &Path) -> Result<Self> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git could not be started")?;
        if !listed.status.success() {
            bail!("git ls-files failed: {}", String::from_utf8_lossy(&listed.stderr).trim());
        }
        let listed = String::from_utf8(listed.stdout).context("a path that is not UTF-8")?;
        let (mut files, mut binaries) = (Vec::new(), Vec::new());
        for path in listed.split_terminator('\0') {
            let path = path.to_owned();
            // Listed and unreadable: deleted but not yet committed.
            let Ok(bytes) = std::fs::read(root.join(&path)) else { continue };
            match String::from_utf8(bytes) {
                Ok(text) => files.push(File { path, text }),
                Err(_) => binaries.push(path),
            }
        }
        Ok(Self { files, binaries })
    }

    #[cfg(test)]
    pub(super) fn of_samples(files: &[(&str, &str)]) -> Self {
        let file = |&(path, text): &(&str, &str)| File { path: path.into(), text: text.into() };
        Self { files: files.iter().map(file).collect(), binaries: Vec::new() }
    }

    pub(super) fn with_extension<'a>(
        &'a self,
        wanted: &'a [&str],
    ) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(|file| wanted.contains(&file.extension()))
    }

    pub(super) fn rust(&self) -> impl Iterator<Item = &File> {
        self.with_extension(&["rs"])
    }
}
