//! Which clause of the terms is carried by what: read from the code, written to `docs/clauses.md`.
//!
//! Clauses come from the model terms; a file carries the clauses that its comments, its wording or
//! its tests name. A clause without a test, or without a rule, says why it asks nothing of
//! software, or is a fault.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::tree::{Fault, File, Tree};

/// Where the page stands.
pub(crate) const PAGE: &str = "docs/clauses.md";
const TERMS: &str = "crates/rules/src/terms/model/ja.txt";
/// So many names of a kind are listed; the rest is counted.
const LISTED: usize = 4;

/// What stands before the table's rows.
const HEAD: &str = "\
# Which clause is carried by what

Made by `cargo xtask clauses` from the code; the tidy test fails when it is old, and when a clause
has no rule or no test and does not say why. Clauses are those of the model terms. An item without
a test of its own is a row in the tables of its article.

| clause | rules | pages | records | tests |
|---|---|---|---|---|
";

/// Clauses that ask nothing of software by themselves, and why.
const ASKS_NOTHING: &[(&str, &str)] = &[
    ("7", "who owns rights in the service: text alone; the program has a licence of its own"),
    ("9(1)", "what is not promised: text alone"),
    ("9(3)", "what the office does not answer for: text alone"),
    ("9(3)(1)", "text alone; a change or a stop is article 10(1)'s"),
    ("9(3)(2)", "a user's own device: text alone"),
    ("9(5)", "what is not answered: help speaks of our own pages and names the maker for the rest"),
    ("12", "who bears a loss: no amounts are recorded and nothing is billed"),
    ("13", "users keep the law: text alone"),
    ("3", "no charge: there is no code for payments; the warning stands on pages and in letters"),
];

/// What carries a clause.
#[derive(Default)]
struct Carried {
    rules: BTreeSet<String>,
    pages: BTreeSet<String>,
    records: BTreeSet<String>,
    tests: BTreeSet<String>,
}

/// The page is what the code says, and every clause is carried.
pub(super) fn every_clause_is_carried(tree: &Tree) -> Vec<Fault> {
    let Some(terms) = tree.files.iter().find(|file| file.path == TERMS) else { return Vec::new() };
    let clauses = clauses_of(&terms.text);
    let carried = carried(tree, &clauses);
    let mut faults = Vec::new();
    for clause in &clauses {
        let it = &carried[clause];
        if excuse(clause).is_none() && (it.tests.is_empty() || it.rules.is_empty()) {
            let what = format!("clause {clause} has no rule or no test: name one after it");
            faults.push(terms.fault(0, what));
        }
    }
    let kept = tree.files.iter().find(|file| file.path == PAGE).map(|file| file.text.as_str());
    if kept != Some(page_of(&clauses, &carried).as_str()) {
        faults.push(terms.fault(0, format!("{PAGE} is old: `cargo xtask clauses` writes it")));
    }
    faults
}

/// The page.
pub(super) fn page(tree: &Tree) -> Option<String> {
    let terms = tree.files.iter().find(|file| file.path == TERMS)?;
    let clauses = clauses_of(&terms.text);
    Some(page_of(&clauses, &carried(tree, &clauses)))
}

fn excuse(clause: &str) -> Option<&'static str> {
    ASKS_NOTHING.iter().find(|(excused, _)| *excused == clause).map(|(_, why)| *why)
}

/// The clauses of a text, as this project writes them: `2(4)`, `9(3)(2)`.
fn clauses_of(text: &str) -> Vec<String> {
    let mut articles: Vec<(u32, Vec<(u32, u32)>)> = Vec::new();
    for line in text.lines().map(plain) {
        let number = |rest: &str| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok();
        if let Some(article) = line.strip_prefix('第').filter(|rest| rest.contains("条（")) {
            articles.extend(number(article).map(|number| (number, vec![(1, 0)])));
        } else if line.starts_with("附則") {
            break;
        } else if let (Some((_, parts)), Some(item)) =
            (articles.last_mut(), line.strip_prefix('（').and_then(number))
        {
            parts.last_mut().into_iter().for_each(|part: &mut (u32, u32)| part.1 = item);
        } else if let (Some((_, parts)), Some(paragraph)) = (articles.last_mut(), number(&line)) {
            parts.push((paragraph, 0));
        }
    }
    let mut clauses = vec!["preamble".to_owned()];
    for (article, parts) in articles {
        let several = parts.len() > 1;
        if !several {
            clauses.push(article.to_string());
        }
        for (paragraph, items) in parts {
            let within =
                if several { format!("{article}({paragraph})") } else { article.to_string() };
            if several {
                clauses.push(within.clone());
            }
            clauses.extend((1..=items).map(|item| format!("{within}({item})")));
        }
    }
    clauses.push("supplement".to_owned());
    clauses
}

/// Digits in half width.
fn plain(line: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        other => other,
    };
    line.chars().map(half).collect()
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
    inherit(&mut carried);
    carried
}

/// An item without a test of its own is tested by the tables of its article, which have a row for
/// each item.
fn inherit(carried: &mut BTreeMap<String, Carried>) {
    let bare: Vec<String> = carried
        .iter()
        .filter(|(_, it)| it.tests.is_empty())
        .map(|(clause, _)| clause.clone())
        .collect();
    for clause in bare {
        let article = clause.split('(').next().unwrap_or(&clause).to_owned();
        let tests = carried.get(&article).map(|it| it.tests.clone()).unwrap_or_default();
        carried.entry(clause).or_default().tests = tests;
    }
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

fn page_of(clauses: &[String], carried: &BTreeMap<String, Carried>) -> String {
    let mut page = String::from(HEAD);
    for clause in clauses {
        let it = &carried[clause];
        let rules = match excuse(clause) {
            Some(why) => format!("asks nothing: {why}"),
            None => listed(&it.rules),
        };
        let _ = writeln!(
            page,
            "| {clause} | {rules} | {} | {} | {} |",
            listed(&it.pages),
            listed(&it.records),
            listed(&it.tests)
        );
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
    fn clauses_as_the_text_has_them() {
        let text = concat!(
            "題\n第１条（甲）\n柱\n（１）一\n（２）二\n第２条（乙）\n一項\n",
            "２　二項\n（１）一\n附則\n１　終"
        );
        let expected = ["preamble", "1", "1(1)", "1(2)", "2(1)", "2(2)", "2(2)(1)", "supplement"];
        assert_eq!(clauses_of(text), expected);
    }

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

    #[test]
    fn a_clause_that_nothing_carries_is_a_fault() {
        let terms = "題\n第２条（乙）\n柱\n（１）一\n附則\n終";
        let tree = Tree::of_samples(&[(TERMS, terms)]);
        let told: Vec<String> =
            every_clause_is_carried(&tree).iter().map(ToString::to_string).collect();
        assert!(told.iter().any(|it| it.contains("clause 2(1) has no rule")), "{told:?}");
        assert!(told.iter().any(|it| it.contains("is old")), "{told:?}");
    }
}
