//! What was meant to go before the commit.

use super::rust::has_word;
use super::tree::{Fault, File, Tree};

/// Spelled in halves, so that this file passes its own check.
const WORDS: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

const EXTENSIONS: &[&str] =
    &["css", "ftl", "html", "js", "mjs", "rs", "sh", "sql", "toml", "txt", "yml"];

/// Notes to oneself, and prints of a debugging session.
pub(super) fn no_leftover_words(tree: &Tree) -> Vec<Fault> {
    let is_left = |line: &str| WORDS.iter().any(|word| has_word(line, word));
    let what = "a note to oneself: do it now, or file it as an issue and say here what is so today";
    let noted = tree.with_extension(EXTENSIONS);
    let mut faults: Vec<Fault> =
        noted.flat_map(|file| file.faults_on_lines(&file.text, is_left, what)).collect();
    let prints = |line: &str| line.contains(concat!("dbg", "!"));
    let what = "a print of a debugging session: take it out";
    faults.extend(tree.rust().flat_map(|file| file.faults_on_lines(&file.code(), prints, what)));
    faults
}

/// `expect` with a reason says why, and complains when no longer needed; `allow` does neither.
pub(super) fn no_lint_silenced_without_reason(tree: &Tree) -> Vec<Fault> {
    tree.rust().flat_map(silenced).collect()
}

fn silenced(file: &File) -> Vec<Fault> {
    let code = file.code();
    let attributes = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];
    let mut faults = Vec::new();
    for attribute in attributes {
        for (at, _) in code.match_indices(attribute) {
            let end = code[at..].find(']').map_or(code.len(), |end| at + end);
            if !has_word(&code[at..end], "reason") {
                let line = code[..at].matches('\n').count() + 1;
                let what = "a lint silenced without a reason: put the code right, \
                            or write #[expect(lint, reason = \"…\")]";
                faults.push(file.fault(line, what));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::assert_faults;
    use super::*;

    #[test]
    fn notes_to_oneself_are_caught() {
        for word in WORDS {
            let text = format!("a\n// {word}: later\n");
            assert_faults(no_leftover_words, &[("a.rs", &text)], &["a.rs:2"]);
            assert_faults(no_leftover_words, &[("b.css", &text)], &["b.css:2"]);
        }
        let text = concat!("let a = dbg", "!(b);");
        assert_faults(no_leftover_words, &[("a.rs", text)], &["a.rs:1"]);
        assert_faults(no_leftover_words, &[("a.rs", "// todo list, METODO\n")], &[]);
    }

    #[test]
    fn lints_silenced_without_reason_are_caught() {
        let check = no_lint_silenced_without_reason;
        assert_faults(check, &[("a.rs", "\n#[allow(dead_code)]\nfn a() {}\n")], &["a.rs:2"]);
        assert_faults(check, &[("a.rs", "#![expect(dead_code)]\n")], &["a.rs:1"]);
        assert_faults(check, &[("a.rs", "#[expect(dead_code, reason = \"later [1]\")]\n")], &[]);
        assert_faults(check, &[("a.rs", "#[expect(\n    a,\n    reason = \"b\",\n)]\n")], &[]);
        assert_faults(check, &[("a.rs", "// #[allow(dead_code)]\n")], &[]);
    }
}
