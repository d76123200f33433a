//! Counts tests from what their runners print, since no two runners report in the same way.

use std::ops::Add;

/// Tests, or chores, that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u64,
    pub(super) failed: u64,
}

impl Tally {
    /// A chore counts as one.
    pub(super) fn one(ok: bool) -> Self {
        Self { passed: u64::from(ok), failed: u64::from(!ok) }
    }

    /// The line that closes a run; machines read it, so its shape is fixed.
    pub(super) fn closing_line(self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// Reads a runner's output line by line.
#[derive(Default)]
pub(super) struct Counter {
    libtest: Tally,
    plain: Tally,
}

impl Counter {
    /// libtest closes each binary with a line, so those add up; a runner of our own closes the
    /// whole run with a plain line, so the last one stands.
    pub(super) fn read(&mut self, line: &str) {
        let line = without_colours(line);
        let line = line.trim();
        if let Some(tally) = libtest(line) {
            self.libtest = self.libtest + tally;
        } else if let Some(tally) = plain(line) {
            self.plain = tally;
        }
    }

    pub(super) fn tally(&self) -> Tally {
        self.libtest + self.plain
    }
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; …`
fn libtest(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut counts = counts.split("; ");
    let passed = counts.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = counts.next()?.strip_suffix(" failed")?.parse().ok()?;
    Some(Tally { passed, failed })
}

/// `12 passed, 0 failed`, perhaps with `, 1 skipped` behind it.
fn plain(line: &str) -> Option<Tally> {
    let mut counts = line.split(", ");
    let passed = counts.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = counts.next()?.strip_suffix(" failed")?.parse().ok()?;
    counts.all(|more| more.ends_with(" skipped")).then_some(Tally { passed, failed })
}

/// The line without the escape sequences that colour it.
fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut in_escape = false;
    for c in line.chars() {
        match c {
            '\u{1b}' => in_escape = true,
            'm' if in_escape => in_escape = false,
            _ if in_escape => {}
            _ => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(output: &str, passed: u64, failed: u64) {
        let mut counter = Counter::default();
        output.lines().for_each(|line| counter.read(line));
        assert_eq!(counter.tally(), Tally { passed, failed }, "{output}");
    }

    #[test]
    fn output_of_runners() {
        let ok = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out";
        let bad = "test result: \u{1b}[31mFAILED\u{1b}[0m. 3 passed; 2 failed; 0 ignored";
        check("", 0, 0);
        check("running 12 tests\ntest a ... ok\n", 0, 0);
        check(ok, 12, 0);
        check(&format!("{ok}\n\n{bad}\n{ok}\n"), 27, 2);
        check("phone: fine\n41 passed, 1 failed\n", 41, 1);
        check("41 passed, 0 failed, 2 skipped", 41, 0);
        check("8 passed, 0 failed\n41 passed, 1 failed", 41, 1);
        check("about 3 passed, 2 failed to start", 0, 0);
        check("12 passed, many failed", 0, 0);
    }
}
