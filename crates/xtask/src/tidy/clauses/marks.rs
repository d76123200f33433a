//! The index: every place that names a clause in a comment, its wording or the name of a test.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::tree::{File, Tree};
use super::plain;

/// So many names of a kind are listed; the rest is counted.
const LISTED: usize = 4;

/// What stands before the table's rows.
const HEAD: &str = "\
## Index: the places that name a clause

Read from comments, wording and the names of tests. Clauses are those of the model terms.

| clause | rules | pages | records | tests |
|---|---|---|---|---|
";

/// What carries a clause.
#[derive(Default)]
struct Carried {
    rules: BTreeSet<String>,
    pages: BTreeSet<String>,
    records: BTreeSet<String>,
    tests: BTreeSet<String>,
}

fn carried(tree: &Tree, clauses: &[String]) -> BTreeMap<String, Carried> {
    let mut carried: BTreeMap<String, Carried> =
        clauses.iter().map(|clause| (clause.clone(), Carried::default())).collect();
    let ours = |file: &&File| {
        file.path.starts_with("crates/rules/") || file.path.starts_with("crates/service/")
    };
    for file in tree.files.iter().filter(ours) {
        let is_rust = file.extension() == "rs";
        if is_rust {
            for (clause, test) in tests_of(file) {
                known(&mut carried, &clause, |it| it.tests.insert(test.clone()));
            }
        }
        if file.is_test() || !(is_rust || matches!(file.extension(), "html" | "sql")) {
            continue;
        }
        for clause in named_in(&file.text) {
            let path = file.path.trim_start_matches("crates/").to_owned();
            known(&mut carried, &clause, |it| match kind(file) {
                Kind::Rule => it.rules.insert(path.clone()),
                Kind::Page => it.pages.insert(path.clone()),
                Kind::Record => it.records.insert(path.clone()),
            });
        }
    }
    carried
}

/// Notes it for the clause; for an article with one paragraph `11(1)` is `11`.
fn known(
    carried: &mut BTreeMap<String, Carried>,
    clause: &str,
    note: impl Fn(&mut Carried) -> bool,
) {
    let whole = clause.split('(').next().unwrap_or(clause);
    let found = if carried.contains_key(clause) { clause } else { whole };
    if let Some(it) = carried.get_mut(found) {
        note(it);
    }
}

enum Kind {
    Rule,
    Page,
    Record,
}

fn kind(file: &File) -> Kind {
    let is_page = file.extension() == "html"
        || file.path.contains("/pages")
        || file.path.contains("/desk/")
        || file.path.contains("/letters/");
    match () {
        () if file.path.starts_with("crates/rules/") => Kind::Rule,
        () if file.name() == "store.rs" || file.extension() == "sql" => Kind::Record,
        () if is_page => Kind::Page,
        () => Kind::Rule,
    }
}

/// The clauses that a text names: `2(4)`, `articles 9(6), 10(1)`, `article 3`, 第9条(6), 第10条第2項.
fn named_in(text: &str) -> BTreeSet<String> {
    let letters: Vec<char> = plain(text).chars().collect();
    let mut named = BTreeSet::new();
    for at in 0..letters.len() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let fresh = !before.is_some_and(|c| c.is_ascii_alphanumeric() || "._(\"'".contains(c));
        if letters[at].is_ascii_digit() && (fresh || before == Some('第') || before == Some('(')) {
            named.extend(clause_at(&letters, at));
        }
    }
    for (word, clause) in [("opening words", "preamble"), ("upplementary provision", "supplement")]
    {
        if text.contains(word) {
            named.insert(clause.to_owned());
        }
    }
    named
}

fn clause_at(letters: &[char], at: usize) -> Option<String> {
    let digits = |from: usize| -> String {
        letters[from..].iter().take_while(|c| c.is_ascii_digit()).take(3).collect()
    };
    let article = digits(at);
    let mut end = at + article.len();
    let follows = |from: usize, word: &str| {
        letters[from..].iter().zip(word.chars()).filter(|(a, b)| **a == *b).count()
            == word.chars().count()
    };
    let mut clause = article.clone();
    if follows(end, "条") {
        end += 1;
        if follows(end, "第") {
            let _ = write!(clause, "({})", digits(end + 1));
            return Some(clause);
        }
    } else if !follows(end, "(") {
        let from = at.saturating_sub(9);
        let before: String = letters[from..at].iter().collect();
        let said = before.trim_end().ends_with("rticle") || before.trim_end().ends_with("rticles");
        return said.then_some(clause);
    }
    while follows(end, "(") && !digits(end + 1).is_empty() {
        let inner = digits(end + 1);
        end += 1 + inner.len();
        if !follows(end, ")") {
            break;
        }
        end += 1;
        let _ = write!(clause, "({inner})");
    }
    Some(clause)
}

/// The tests of a file that are named after clauses: `article_9_3_…`, `articles_9_6_and_10_1_…`.
fn tests_of(file: &File) -> Vec<(String, String)> {
    let mut tests = Vec::new();
    for part in file.text.split("fn ").skip(1) {
        let name: String =
            part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        for whole in ["preamble", "supplement"].iter().filter(|it| name.starts_with(**it)) {
            tests.push(((*whole).to_owned(), name.clone()));
        }
        let Some(rest) = name.strip_prefix("articles_").or(name.strip_prefix("article_")) else {
            continue;
        };
        let words: Vec<&str> = rest.split('_').filter(|word| *word != "paragraph").collect();
        let is_number = |word: &&&str| word.chars().all(|c| c.is_ascii_digit());
        for some in words.split(|word| *word == "and" || *word == "to") {
            let numbers: Vec<&&str> = some.iter().take_while(is_number).collect();
            let Some((article, inner)) = numbers.split_first() else { break };
            let inner: String = inner.iter().map(|number| format!("({number})")).collect();
            tests.push((format!("{article}{inner}"), name.clone()));
            if numbers.len() < some.len() {
                break;
            }
        }
    }
    tests
}

/// The index as a table.
pub(super) fn table(tree: &Tree, clauses: &[String]) -> String {
    let mut page = String::from(HEAD);
    let carried = carried(tree, clauses);
    for clause in clauses {
        let it = &carried[clause];
        let cells = [&it.rules, &it.pages, &it.records, &it.tests].map(listed);
        let _ = writeln!(page, "| {clause} | {} |", cells.join(" | "));
    }
    page
}

fn listed(names: &BTreeSet<String>) -> String {
    let mut shown: Vec<String> = names.iter().take(LISTED).map(|it| format!("`{it}`")).collect();
    if names.len() > LISTED {
        shown.push(format!("and {} more", names.len() - LISTED));
    }
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_comment_or_a_page_names() {
        let check = |text: &str, expected: &[&str]| {
            let named: Vec<String> = named_in(text).into_iter().collect();
            assert_eq!(named, expected, "{text}");
        };
        check("the limit of article 2(4)", &["2(4)"]);
        check("(articles 9(6), 10(1))", &["10(1)", "9(6)"]);
        check("unless article 3 says so", &["3"]);
        check("第９条(6)と第10条第2項", &["10(2)", "9(6)"]);
        check("call2(4) and 3 times", &[]);
        check("9(3)(2)", &["9(3)(2)"]);
    }

    #[test]
    fn tests_by_their_names() {
        let text = "fn article_9_3_x fn articles_9_6_and_10_1_y fn supplement_z fn other";
        let file = File { path: "a.rs".to_owned(), text: text.to_owned() };
        let found: Vec<String> = tests_of(&file).into_iter().map(|(clause, _)| clause).collect();
        assert_eq!(found, ["9(3)", "9(6)", "10(1)", "supplement"]);
    }
}
