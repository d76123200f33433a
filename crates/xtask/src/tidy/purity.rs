//! `rules` is a function of its arguments, and the clock is read in one place.

use super::rust::has_word;
use super::tree::{Fault, File, Tree};

/// What would make a rule depend on something that is not its argument.
const IMPURE: &[&str] = &[
    "async",
    "axum",
    "dbg!",
    "eprint!",
    "eprintln!",
    "print!",
    "println!",
    "rand",
    "rusqlite",
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "tokio",
];

const DEPENDENCIES: &[&str] = &["jiff", "serde", "toml", "unicode-normalization"];

/// Where the wall clock is read, once per request and once per tick.
const CLOCK: &str = "crates/service/src/clock.rs";

fn is_rules(file: &File) -> bool {
    file.path.starts_with("crates/rules/src/")
}

/// No clock, input, output, randomness or async. Tests may read files.
pub(super) fn rules_are_pure(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.rust().filter(|file| is_rules(file)) {
        let product = super::rust::blank(&file.product(), super::rust::Keep::Nothing);
        for word in IMPURE {
            let what = format!(
                "`{word}` in rules: a rule is a function of its arguments; \
                 take the value as one, or do this in service"
            );
            faults.extend(file.faults_on_lines(&product, |line| names(line, word), &what));
        }
        let what = "a rule never asks for the time: take `now` as an argument";
        faults.extend(file.faults_on_lines(&product, |line| line.contains("::now()"), what));
    }
    faults
}

/// `println!` ends in a sign, so only what stands before it must be no letter.
fn names(line: &str, word: &str) -> bool {
    match word.strip_suffix('!') {
        Some(name) => has_word(line, name) && line.contains(word),
        None => has_word(line, word),
    }
}

/// The few crates that rules may build on; its manifest is the proof of purity that reads fastest.
pub(super) fn dependencies_of_rules(tree: &Tree) -> Vec<Fault> {
    let Some(file) = tree.files.iter().find(|file| file.path == "crates/rules/Cargo.toml") else {
        return Vec::new();
    };
    let mut section = "";
    let mut faults = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        if line.starts_with('[') {
            section = line.trim();
        }
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        let is_entry =
            section == "[dependencies]" && !name.is_empty() && !name.starts_with(['[', '#']);
        let is_other = section.starts_with("[dependencies.") || section.starts_with("[target");
        if (is_entry && !DEPENDENCIES.contains(&name)) || (is_other && line.starts_with('[')) {
            let what = format!(
                "rules depends on {} only, each as one line: move what needs more to service",
                DEPENDENCIES.join(", ")
            );
            faults.push(file.fault(index + 1, what));
        }
    }
    faults
}

/// Whoever reads the clock for himself cannot be tested at 10:09:59.
pub(super) fn only_the_clock_reads_the_clock(tree: &Tree) -> Vec<Fault> {
    let reads = |line: &str| {
        ["Timestamp::now", "Zoned::now", "SystemTime::now"].iter().any(|now| line.contains(now))
    };
    let what = format!("only {CLOCK} reads the clock: take `now` as an argument");
    let others = tree.rust().filter(|file| file.path != CLOCK);
    others.flat_map(|file| file.faults_on_lines(&file.code(), reads, &what)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::assert_faults;
    use super::*;

    #[test]
    fn impure_rules_are_caught() {
        let bad = "use std::fs;\nlet t = Zoned::now();\nasync fn a() {}\n\
                   println!(\"\");\nrand::random();\n";
        let good = "//! No std::fs, no tokio.\nlet random = \"std::env\";\n\
                    let asyncs = 1;\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        let places: Vec<String> = (1..=5).map(|n| format!("crates/rules/src/b.rs:{n}")).collect();
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        let files = [
            ("crates/rules/src/a.rs", good),
            ("crates/rules/src/b.rs", bad),
            ("crates/rules/tests/c.rs", bad),
            ("crates/service/src/d.rs", bad),
        ];
        assert_faults(rules_are_pure, &files, &places);
    }

    #[test]
    fn a_new_dependency_of_rules_is_caught() {
        let path = "crates/rules/Cargo.toml";
        let good = "[dependencies]\njiff.workspace = true\n# why\nserde = \"1\"\n\n\
                    [dev-dependencies]\nproptest = \"1\"\n";
        assert_faults(dependencies_of_rules, &[(path, good)], &[]);
        let bad = "[dependencies]\njiff.workspace = true\nrand = \"1\"\n[dependencies.tokio]\n";
        let places = ["crates/rules/Cargo.toml:3", "crates/rules/Cargo.toml:4"];
        assert_faults(dependencies_of_rules, &[(path, bad)], &places);
        assert_faults(dependencies_of_rules, &[("crates/service/Cargo.toml", bad)], &[]);
    }

    #[test]
    fn a_second_reader_of_the_clock_is_caught() {
        let text = "// Timestamp::now\nlet now = Timestamp::now();\n";
        let files = [(CLOCK, text), ("crates/service/src/web/page.rs", text)];
        let places = ["crates/service/src/web/page.rs:2"];
        assert_faults(only_the_clock_reads_the_clock, &files, &places);
    }
}
