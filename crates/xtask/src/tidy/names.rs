//! A path says what is inside.

use super::tree::{Fault, File, Tree};

/// Words that name no thing of the office.
const EMPTY: &[&str] = &["common", "helper", "helpers", "misc", "util", "utils"];

/// Folders by mechanism instead of by noun.
const MECHANISMS: &[&str] = &["controllers", "models", "services"];

/// No name that says nothing, names a mechanism, or is about to be out of date.
pub(super) fn no_empty_name(tree: &Tree) -> Vec<Fault> {
    tree.files.iter().filter_map(fault).collect()
}

fn fault(file: &File) -> Option<Fault> {
    // Words that every page of a language shares have no noun but the language.
    let is_shared_words = file.path.contains("/words/") && file.name() == "common.ftl";
    let parts = file.path.split('/');
    let stems = parts.map(|part| part.split_once('.').map_or(part, |(stem, _)| stem));
    let reason = stems.filter(|_| !is_shared_words).find_map(|stem| {
        if EMPTY.contains(&stem) {
            Some(format!("`{stem}` names nothing: name the thing of the office that it is about"))
        } else if MECHANISMS.contains(&stem) || stem == "manager" {
            Some(format!("`{stem}` is a mechanism: folders and files are nouns of the office"))
        } else if stem.starts_with("new_") || has_version(stem) {
            Some(format!("`{stem}` will soon be the old one: replace it, and name what it is"))
        } else {
            None
        }
    })?;
    Some(file.fault(0, reason))
}

/// Everything in the repository was written here, and can be read; pictures of its pages excepted.
pub(super) fn no_binary_but_screenshots(tree: &Tree) -> Vec<Fault> {
    let is_picture =
        |path: &&String| path.starts_with("docs/screenshots/") && path.ends_with(".png");
    let strays = tree.binaries.iter().filter(|path| !is_picture(path));
    let what = "not text: what is downloaded or built is not committed";
    strays.map(|path| Fault { path: path.clone(), line: 0, what: what.to_owned() }).collect()
}

/// Whether the name ends in `_v2` or the like.
fn has_version(stem: &str) -> bool {
    stem.rsplit_once("_v")
        .is_some_and(|(_, v)| !v.is_empty() && v.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::assert_faults;
    use super::*;

    #[test]
    fn downloads_are_caught() {
        let mut tree = Tree::of_samples(&[]);
        tree.binaries = ["docs/screenshots/apply-390.png", "a_library.whl", "e2e/page.png"]
            .map(str::to_owned)
            .to_vec();
        let faults = no_binary_but_screenshots(&tree);
        let paths: Vec<&str> = faults.iter().map(|fault| fault.path.as_str()).collect();
        assert_eq!(paths, ["a_library.whl", "e2e/page.png"]);
    }

    #[test]
    fn empty_names_are_caught() {
        let bad = [
            "crates/service/src/common.rs",
            "crates/service/src/models/person.rs",
            "crates/service/src/people/helpers.rs",
            "crates/service/src/people/manager.rs",
            "crates/service/src/queue_v2.rs",
            "crates/service/src/words/ja/misc.ftl",
            "e2e/new_journey.mjs",
        ];
        for path in bad {
            assert_faults(no_empty_name, &[(path, "")], &[&format!("{path}:0")]);
        }
        for path in [
            "crates/service/src/words/ja/common.ftl",
            "crates/rules/src/terms/model/ja.txt",
            "crates/service/src/people/newcomer.rs",
            "crates/service/src/terms/renew_consent.rs",
            "docs/decisions/0003-one_value.md",
        ] {
            assert_faults(no_empty_name, &[(path, "")], &[]);
        }
    }
}
