//! Documents that drift are worse than none.

use super::tree::{Fault, File, Tree};

const LINES_OF_DECISION: usize = 80;
const STATUSES: &[&str] = &["proposed", "accepted", "rejected", "superseded by "];

/// Every path in backticks in `ARCHITECTURE.md` exists, whole or as the end of a path.
pub(super) fn architecture_names_paths_that_exist(tree: &Tree) -> Vec<Fault> {
    let Some(file) = tree.files.iter().find(|file| file.path == "ARCHITECTURE.md") else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let quoted = line.split('`').skip(1).step_by(2);
        for path in quoted.filter(|quoted| looks_like_path(quoted)) {
            if !exists(tree, path) {
                let what = format!("`{path}` does not exist: name what is there now");
                faults.push(file.fault(index + 1, what));
            }
        }
    }
    faults
}

/// A file with an ending that we use, a folder with its `/`, or anything below a folder of ours.
/// Routes begin with `/`; patterns such as `<noun>/store.rs` stand for many.
fn looks_like_path(quoted: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".css", ".ftl", ".html", ".json", ".js", ".lock", ".md", ".mjs", ".rs", ".sql", ".toml",
        ".txt",
    ];
    const FOLDERS: &[&str] = &[".ci/", ".cargo/", "crates/", "docs/", "e2e/"];
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    quoted.chars().all(is_plain)
        && !quoted.starts_with('/')
        && (quoted.ends_with('/')
            || FOLDERS.iter().any(|folder| quoted.starts_with(folder))
            || ENDINGS.iter().any(|ending| quoted.ends_with(ending) && quoted.len() > ending.len()))
}

fn exists(tree: &Tree, path: &str) -> bool {
    let path = format!("/{}", path.trim_end_matches('/'));
    let inside = format!("{path}/");
    tree.files.iter().any(|file| {
        let known = format!("/{}", file.path);
        known.ends_with(&path) || known.contains(&inside)
    })
}

/// Decisions are dated, have a status, fit a page, and are found by number.
pub(super) fn decisions_have_name_date_and_status(tree: &Tree) -> Vec<Fault> {
    let decisions = tree.files.iter().filter(|file| file.path.starts_with("docs/decisions/"));
    decisions.filter(|file| file.name() != "_template.md").flat_map(faults_of_decision).collect()
}

fn faults_of_decision(file: &File) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !is_decision_name(file.name()) {
        faults.push("name it NNNN-title-in-small-letters.md, by the next free number".to_owned());
    }
    if !field(file, "Date").is_some_and(is_date) {
        faults.push("it wants a line `Date: YYYY-MM-DD`".to_owned());
    }
    let is_status = |status: &str| STATUSES.iter().any(|known| status.starts_with(known));
    if !field(file, "Status").is_some_and(is_status) {
        faults.push(
            "it wants a line `Status:` with proposed, accepted, rejected or superseded by NNNN"
                .to_owned(),
        );
    }
    if file.text.lines().count() > LINES_OF_DECISION {
        faults.push(format!("longer than a page of {LINES_OF_DECISION} lines: keep what decided"));
    }
    faults.into_iter().map(|what| file.fault(0, what)).collect()
}

fn is_decision_name(name: &str) -> bool {
    let Some((number, title)) = name.strip_suffix(".md").and_then(|stem| stem.split_once('-'))
    else {
        return false;
    };
    let is_title = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    number.len() == 4
        && number.chars().all(|c| c.is_ascii_digit())
        && !title.is_empty()
        && title.chars().all(is_title)
}

/// What follows `Name:` on a line of its own.
fn field<'a>(file: &'a File, name: &str) -> Option<&'a str> {
    let value = |line: &'a str| Some(line.trim().strip_prefix(name)?.strip_prefix(':')?.trim());
    file.text.lines().find_map(value)
}

fn is_date(text: &str) -> bool {
    let shape =
        |(at, c): (usize, char)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() };
    text.len() == 10 && text.chars().enumerate().all(shape)
}

#[cfg(test)]
mod tests {
    use super::super::assert_faults;
    use super::*;

    #[test]
    fn paths_that_are_gone_are_caught() {
        let text = "See `crates/rules/src/lib.rs`, `rules/src/`, `lib.rs` and `web/routes.rs`,\n\
                    then `/apply/{step}`, `<noun>/store.rs`, `text/html`, `Store::open`, `.rs`,\n\
                    and `crates/gone`, `gone/`, `gone.rs`.\n";
        let files = [
            ("ARCHITECTURE.md", text),
            ("crates/rules/src/lib.rs", ""),
            ("crates/service/src/web/routes.rs", ""),
        ];
        let places = ["ARCHITECTURE.md:3"; 3];
        assert_faults(architecture_names_paths_that_exist, &files, &places);
    }

    #[test]
    fn decisions_out_of_form_are_caught() {
        let check = decisions_have_name_date_and_status;
        let good = "# One writer\n\nDate: 2026-11-22\nStatus: accepted\n\nWhy.\n";
        let path = "docs/decisions/0001-one-writer.md";
        let place = "docs/decisions/0001-one-writer.md:0";
        assert_faults(check, &[(path, good), ("docs/decisions/_template.md", "")], &[]);
        assert_faults(check, &[("docs/decisions/one.md", good)], &["docs/decisions/one.md:0"]);
        assert_faults(check, &[(path, &good.replace("2026-11-22", "today"))], &[place]);
        assert_faults(check, &[(path, &good.replace("accepted", "fine"))], &[place]);
        assert_faults(check, &[(path, &good.replace("Why.", &"Why.\n".repeat(90)))], &[place]);
        assert_faults(check, &[(path, "")], &[place, place]);
    }
}
