//! What a reader can hold at once. The limits are ratchets: lowered when we can, never raised.

use super::rust;
use super::tree::{Fault, Tree};

const LINES_OF_FILE: usize = 500;
const LINES_OF_FUNCTION: usize = 70;
const LINES_OF_ARCHITECTURE: usize = 300;
const COLUMNS: usize = 100;

/// Files that people write, tests included.
pub(super) fn files(tree: &Tree) -> Vec<Fault> {
    let limit = |path: &str, extension: &str| match extension {
        "rs" | "html" | "js" | "mjs" | "css" => Some(LINES_OF_FILE),
        _ if path == "ARCHITECTURE.md" => Some(LINES_OF_ARCHITECTURE),
        _ => None,
    };
    let fault = |file: &super::tree::File| {
        let limit = limit(&file.path, file.extension())?;
        let lines = file.text.lines().count();
        let what = format!("{lines} lines, limit {limit}: split it by what it speaks of");
        (lines > limit).then(|| file.fault(0, what))
    };
    tree.files.iter().filter_map(fault).collect()
}

/// Functions, from `fn` to the closing brace.
pub(super) fn functions(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.rust() {
        for (line, length) in functions_of(&file.code()) {
            if length > LINES_OF_FUNCTION {
                let what = format!(
                    "a function of {length} lines, limit {LINES_OF_FUNCTION}: \
                     give its parts names of their own"
                );
                faults.push(file.fault(line, what));
            }
        }
    }
    faults
}

/// The line (from 1) on which each function begins, and how many it has.
fn functions_of(code: &str) -> Vec<(usize, usize)> {
    let chars: Vec<char> = code.chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    for (index, line) in code.split('\n').enumerate() {
        if begins_function(line) {
            let end = rust::end_of_item(&chars, start);
            let more = chars[start..end].iter().filter(|&&c| c == '\n').count();
            // Blank lines before `fn` cannot be: the item begins on this very line.
            found.push((index + 1, more + 1));
        }
        start += line.chars().count() + 1;
    }
    found
}

fn begins_function(line: &str) -> bool {
    let qualifier =
        |word: &str| matches!(word, "const" | "async" | "unsafe" | "extern") || is_visibility(word);
    let mut words = line.split_whitespace().skip_while(|word| qualifier(word));
    words.next() == Some("fn") && words.next().is_some()
}

fn is_visibility(word: &str) -> bool {
    word == "pub" || word.starts_with("pub(")
}

/// Lines of Rust that rustfmt could not break: comments and long literals.
pub(super) fn lines(tree: &Tree) -> Vec<Fault> {
    let what = format!("longer than {COLUMNS} columns: break the line, or the sentence");
    let is_long = |line: &str| line.chars().count() > COLUMNS;
    tree.rust().flat_map(|file| file.faults_on_lines(&file.text, is_long, &what)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::assert_faults;
    use super::*;

    #[test]
    fn long_files_are_caught() {
        let (good, bad) = ("a\n".repeat(500), "a\n".repeat(501));
        let tree = [
            ("a.rs", good.as_str()),
            ("b.rs", &bad),
            ("c.html", &bad),
            ("d.txt", &bad),
            ("e2e/f.mjs", &bad),
            ("ARCHITECTURE.md", &bad),
        ];
        assert_faults(files, &tree, &["ARCHITECTURE.md:0", "b.rs:0", "c.html:0", "e2e/f.mjs:0"]);
    }

    #[test]
    fn long_functions_are_caught() {
        let function = |lines: usize| {
            format!(
                "impl A {{\n    pub(crate) async fn a(x: [u8; 2]) {{\n{}    }}\n}}\n",
                "        f('{');\n".repeat(lines - 2)
            )
        };
        let declared = format!("trait A {{\n    fn a();\n{}}}\n", "    const X: u8;\n".repeat(80));
        let (good, bad) = (function(70), function(71));
        let tree = [("a.rs", good.as_str()), ("b.rs", &bad), ("c.rs", &declared)];
        assert_faults(functions, &tree, &["b.rs:2"]);
    }

    #[test]
    fn long_lines_are_caught_by_columns_and_not_bytes() {
        let (good, bad) = ("窓".repeat(100), format!("ok\n{}\n", "x".repeat(101)));
        assert_faults(lines, &[("a.rs", &good), ("b.rs", &bad), ("c.md", &bad)], &["b.rs:2"]);
    }
}
