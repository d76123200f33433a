//! Every file of Rust is part of the program.

use super::rust::has_word;
use super::tree::{Fault, File, Tree};

/// A file that no `mod` names is not compiled: its rules do not hold, and its tests do not run.
pub(super) fn no_orphan(tree: &Tree) -> Vec<Fault> {
    let orphans = tree.rust().filter(|file| !is_root(file) && !is_declared(tree, file));
    let what = "no `mod` names this file, so it is not compiled: declare it, or delete it";
    orphans.map(|file| file.fault(0, what)).collect()
}

/// Files that cargo itself finds.
fn is_root(file: &File) -> bool {
    let folder = file.folder().rsplit('/').next().unwrap_or_default();
    matches!(file.name(), "lib.rs" | "main.rs" | "build.rs")
        || matches!(folder, "tests" | "benches" | "examples" | "bin")
}

fn is_declared(tree: &Tree, file: &File) -> bool {
    let (stem, folder) = match file.name() {
        "mod.rs" => file.folder().rsplit_once('/').map_or(("", ""), |(above, name)| (name, above)),
        name => (name.trim_end_matches(".rs"), file.folder()),
    };
    let declaration = format!("mod {stem};");
    let named_path = format!("\"{}\"", file.name());
    let parents = tree.rust().filter(|parent| {
        let is_beside = parent.folder() == folder
            && (matches!(parent.name(), "mod.rs" | "lib.rs" | "main.rs") || is_root(parent));
        is_beside || parent.path == format!("{folder}.rs")
    });
    parents.into_iter().any(|parent| has_word(&parent.code(), &declaration))
        || tree.rust().any(|other| {
            other.folder() == file.folder()
                && other.text.contains("#[path")
                && other.text.contains(&named_path)
        })
}

#[cfg(test)]
mod tests {
    use super::super::assert_faults;
    use super::*;

    #[test]
    fn orphans_are_caught() {
        let files = [
            ("crates/a/src/lib.rs", "pub mod terms;\nmod people;\n// mod ghost;\nmod odd {}\n"),
            ("crates/a/src/people.rs", "mod names;\n"),
            ("crates/a/src/people/names.rs", ""),
            ("crates/a/src/terms/mod.rs", "pub(crate) mod article_01;\nmod inner;\n"),
            ("crates/a/src/terms/article_01.rs", ""),
            ("crates/a/src/terms/inner/mod.rs", ""),
            ("crates/a/src/terms/people.rs", ""),
            ("crates/a/src/ghost.rs", ""),
            ("crates/a/src/ghosts/mod.rs", ""),
            ("crates/a/tests/it/main.rs", "mod cast;\n"),
            ("crates/a/tests/it/cast.rs", ""),
            ("crates/a/tests/year.rs", ""),
        ];
        let orphans = [
            "crates/a/src/ghost.rs:0",
            "crates/a/src/ghosts/mod.rs:0",
            "crates/a/src/terms/people.rs:0",
        ];
        assert_faults(no_orphan, &files, &orphans);
    }
}
