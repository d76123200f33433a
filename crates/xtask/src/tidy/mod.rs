//! Checks that neither the compiler nor clippy makes: plain readings of the text of every file.
//!
//! Each check is a function from the [`Tree`] to its [`Fault`]s, and each fault is a sentence that
//! says what to do. A check has a bad sample that it must catch and a good one that must pass.

pub(crate) mod clauses;
mod documents;
mod leftovers;
mod lengths;
mod modules;
mod names;
mod nouns;
mod purity;
mod rust;
mod secrets;
mod tree;
mod wording;

use anyhow::{Result, bail};
use tree::{Fault, Tree};

type Check = fn(&Tree) -> Vec<Fault>;

const CHECKS: &[Check] = &[
    clauses::every_clause_is_carried,
    documents::architecture_names_paths_that_exist,
    documents::decisions_have_name_date_and_status,
    leftovers::no_leftover_words,
    leftovers::no_lint_silenced_without_reason,
    lengths::files,
    lengths::functions,
    lengths::lines,
    modules::no_orphan,
    names::no_binary_but_screenshots,
    names::no_empty_name,
    nouns::a_noun_names_no_other_nouns_store_or_pages,
    nouns::sql_stands_in_stores,
    purity::dependencies_of_rules,
    purity::only_the_clock_reads_the_clock,
    purity::rules_are_pure,
    secrets::no_host_of_a_registry,
    secrets::no_key,
    secrets::no_path_of_one_machine,
    wording::numbers_of_the_terms_are_interpolated,
];

/// Runs every check over the repository.
///
/// # Errors
/// When any check found a fault; each has been printed.
pub(crate) fn run() -> Result<()> {
    let tree = Tree::of_repository(&crate::root())?;
    let mut faults: Vec<Fault> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
    faults.sort();
    faults.dedup();
    for fault in &faults {
        println!("{fault}");
    }
    if !faults.is_empty() {
        bail!("tidy: {} to put right, in {} files", faults.len(), tree.files.len());
    }
    println!("tidy: {} files, all in order", tree.files.len());
    Ok(())
}

/// Writes the page that says which clause is carried by what.
///
/// # Errors
/// The repository cannot be read, or the page not be written.
pub(crate) fn write_clauses() -> Result<()> {
    let tree = Tree::of_repository(&crate::root())?;
    let Some(page) = clauses::page(&tree) else { bail!("the model terms are not there") };
    std::fs::write(crate::root().join(clauses::PAGE), page)?;
    Ok(())
}

/// Asserts that a check finds exactly these places, as `path:line`, in the sample files.
#[cfg(test)]
#[track_caller]
fn assert_faults(check: Check, files: &[(&str, &str)], expected: &[&str]) {
    let mut faults = check(&Tree::of_samples(files));
    faults.sort();
    let places: Vec<String> = faults.iter().map(|f| format!("{}:{}", f.path, f.line)).collect();
    assert_eq!(places, expected, "{faults:#?}");
}
