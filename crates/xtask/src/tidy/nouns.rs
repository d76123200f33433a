//! The nouns of the office keep their insides to themselves.

use super::rust::is_name;
use super::tree::{Fault, File, Tree};

const NOUNS: &[&str] = &[
    "terms",
    "people",
    "application",
    "schedule",
    "appointment",
    "session",
    "records",
    "duties",
    "letters",
];

const INSIDES: &[&str] = &["store", "pages"];

/// The noun whose folder of service the file stands in.
fn noun_of(file: &File) -> Option<&'static str> {
    let inner = file.path.strip_prefix("crates/service/src/")?;
    let noun = inner.split('/').next()?.trim_end_matches(".rs");
    NOUNS.iter().copied().find(|known| *known == noun)
}

/// A noun calls another noun's verbs, never its store or pages (invariant 3).
pub(super) fn a_noun_names_no_other_nouns_store_or_pages(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.rust() {
        let Some(own) = noun_of(file) else { continue };
        let code = file.code();
        for other in NOUNS.iter().filter(|other| **other != own) {
            for (at, inside) in insides_named(&code, other) {
                let line = code[..at].matches('\n').count() + 1;
                let what = format!(
                    "{own} reaches into {other}::{inside}: call a verb of {other}, \
                     or give it the verb that is missing"
                );
                faults.push(file.fault(line, what));
            }
        }
    }
    faults
}

/// Where `noun::store`, `noun::pages` or a group of `noun::{…}` with either is named.
fn insides_named(code: &str, noun: &str) -> Vec<(usize, &'static str)> {
    let path = format!("{noun}::");
    let mut found = Vec::new();
    for (at, _) in code.match_indices(&path) {
        if code[..at].chars().next_back().is_some_and(is_name) {
            continue;
        }
        let rest = code[at + path.len()..].trim_start();
        let members = match rest.strip_prefix('{') {
            Some(group) => members(group),
            None => vec![rest],
        };
        let named = members.into_iter().filter_map(|member| {
            let end = member.find(|c| !is_name(c)).unwrap_or(member.len());
            INSIDES.iter().find(|inside| **inside == &member[..end])
        });
        found.extend(named.map(|inside| (at, *inside)));
    }
    found
}

/// What stands between commas up to the brace that closes the group, inner groups left whole.
fn members(group: &str) -> Vec<&str> {
    let (mut depth, mut start) = (0, 0);
    let mut found = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' => {
                found.push(group[start..at].trim());
                break;
            }
            ',' if depth == 0 => {
                found.push(group[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// SQL stands only in `store.rs` files and in the store itself (invariant 2). Tests may ask too.
pub(super) fn sql_stands_in_stores(tree: &Tree) -> Vec<Fault> {
    let may = |file: &File| file.name() == "store.rs" || file.path.contains("/store/");
    let is_ours = |file: &File| file.path.starts_with("crates/") && !may(file);
    let has_sql = |line: &str| line.contains(concat!("sql", "!("));
    let what = "SQL outside a store: move the statement to the noun's store.rs, \
                in a function named as the question it answers";
    let files = tree.rust().filter(|file| is_ours(file));
    files.flat_map(|file| file.faults_on_lines(&file.product(), has_sql, what)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::assert_faults;
    use super::*;

    #[test]
    fn reaching_into_another_noun_is_caught() {
        let bad = "use crate::schedule::store;\n\
                   use crate::{people::{Person, store::{a, b}}, terms};\n\
                   fn a() { crate::records::pages::show() }\n\
                   let x = schedule::store::load(tx);\n";
        let good = "use super::store;\nuse crate::appointment::{pages, store};\n\
                    use crate::schedule::{self, storekeeper, verbs::{store}};\n\
                    use crate::store::Store;\n// crate::people::store is theirs\n";
        let path = "crates/service/src/appointment/mod.rs";
        let places: Vec<String> = (1..=4).map(|line| format!("{path}:{line}")).collect();
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        let check = a_noun_names_no_other_nouns_store_or_pages;
        assert_faults(check, &[(path, bad)], &places);
        assert_faults(check, &[(path, good)], &[]);
        assert_faults(check, &[("crates/service/src/web/routes.rs", bad)], &[]);
    }

    #[test]
    fn sql_elsewhere_is_caught() {
        let text = concat!("let rows = sql", "!(\"select 1\");\n");
        let files = [
            ("crates/service/src/people/store.rs", text),
            ("crates/service/src/store/migrate.rs", text),
            ("crates/service/tests/it/race.rs", text),
            ("crates/service/src/people/mod.rs", text),
        ];
        assert_faults(sql_stands_in_stores, &files, &["crates/service/src/people/mod.rs:1"]);
    }
}
