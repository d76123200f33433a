//! The sub-items: what a clause asks, taken apart, and what carries each part.
//!
//! They stand in [`LIST`], in this form; a key may be repeated, and one that carries nothing is
//! left out:
//!
//! ```text
//! 2(4)b  silence for ten minutes is a cancellation
//!   rules    rules::terms::article_02_application::is_deemed_cancelled
//!   pages    appointment/pages/session.html
//!   records  appointments, facts
//!   tests    article_2_4_silence_after_the_start
//! ```
//!
//! `nothing` instead says why a sub-item asks nothing of software. Every name is looked up: a rule
//! in the module of its path, a page below `crates/service/src`, a record among the tables of the
//! migrations, a test among the functions that are one.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::rust;
use super::super::tree::{Fault, File, Tree};

/// Where they are listed.
pub(super) const LIST: &str = "crates/xtask/src/tidy/clauses/sub_items.txt";
/// Where the pages stand.
const PAGES: &str = "crates/service/src/";

const HEAD: &str = "\
## Sub-items

What each clause of the model terms asks, taken apart, and the first place to look for each part.
The list is `crates/xtask/src/tidy/clauses/sub_items.txt`; the tidy test fails when a name in it is
gone, when a clause has no sub-item, and when a sub-item has no rule or no test and does not say why
it asks nothing of software.

| sub-item | what it asks | rules | pages | records | tests |
|---|---|---|---|---|---|
";

/// A sub-item and what carries it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SubItem {
    id: String,
    about: String,
    /// The line of its heading, from 1.
    line: usize,
    rules: Vec<String>,
    pages: Vec<String>,
    records: Vec<String>,
    tests: Vec<String>,
    /// Why it asks nothing of software.
    nothing: Option<String>,
}

impl SubItem {
    /// The clause that it is a part of, as the index writes it; nothing for the title.
    fn clause(&self) -> Option<&str> {
        if self.id.starts_with('T') {
            return None;
        }
        let id = self.id.trim_end_matches(|c: char| c.is_ascii_lowercase());
        match id.split('-').next().unwrap_or(id) {
            "P" => Some("preamble"),
            "S" => Some("supplement"),
            clause => Some(clause),
        }
    }
}

/// What the list says, and the lines that it says wrongly.
pub(super) fn read(list: &File) -> (Vec<SubItem>, Vec<Fault>) {
    let (mut items, mut faults) = (Vec::<SubItem>::new(), Vec::new());
    for (line, text) in list.text.lines().enumerate().map(|(index, text)| (index + 1, text)) {
        let (first, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let rest = rest.trim();
        if first.is_empty() || first.starts_with('#') {
            continue;
        }
        if !text.starts_with(' ') {
            let (id, about) = (first.to_owned(), rest.to_owned());
            items.push(SubItem { id, about, line, ..SubItem::default() });
            continue;
        }
        let names = || rest.split(',').map(|name| name.trim().to_owned());
        match (first, items.last_mut()) {
            ("rules", Some(item)) => item.rules.extend(names()),
            ("pages", Some(item)) => item.pages.extend(names()),
            ("records", Some(item)) => item.records.extend(names()),
            ("tests", Some(item)) => item.tests.extend(names()),
            ("nothing", Some(item)) if !rest.is_empty() => item.nothing = Some(rest.to_owned()),
            _ => faults.push(list.fault(line, format!("`{first}` says nothing here"))),
        }
    }
    (items, faults)
}

/// What is wrong with the list: a clause without a sub-item or a sub-item of no clause, one that
/// nothing carries, and names that are not (any more) there.
pub(super) fn faults(tree: &Tree, list: &File, clauses: &[String]) -> Vec<Fault> {
    let (items, mut faults) = read(list);
    let told: BTreeSet<&str> = items.iter().filter_map(SubItem::clause).collect();
    for clause in clauses.iter().filter(|clause| !told.contains(clause.as_str())) {
        faults.push(list.fault(0, format!("clause {clause} has no sub-item")));
    }
    let (tables, tests) = (tables(tree), tests(tree));
    let mut seen = BTreeSet::new();
    for item in &items {
        let mut wrong = |what: String| faults.push(list.fault(item.line, what));
        let id = &item.id;
        if !seen.insert(id) {
            wrong(format!("{id} is listed twice"));
        }
        if item.clause().is_some_and(|clause| !clauses.iter().any(|it| it == clause)) {
            wrong(format!("the model terms have no clause of {id}"));
        }
        if item.about.is_empty() {
            wrong(format!("{id} does not say what it asks"));
        }
        if item.nothing.is_none() && (item.rules.is_empty() || item.tests.is_empty()) {
            wrong(format!("{id} has no rule or no test: name one, or say why it asks nothing"));
        }
        let mut gone = |kind: &str, names: &[String], is_there: &dyn Fn(&str) -> bool| {
            for name in names.iter().filter(|name| !is_there(name)) {
                wrong(format!("{id}: there is no {kind} `{name}`"));
            }
        };
        gone("rule", &item.rules, &|path| is_declared(tree, path));
        gone("page", &item.pages, &|path| is_page(tree, path));
        gone("table", &item.records, &|name| tables.contains(name));
        gone("test", &item.tests, &|name| tests.contains(name));
    }
    faults
}

/// The sub-items as a table.
pub(super) fn table(items: &[SubItem]) -> String {
    let mut table = String::from(HEAD);
    for item in items {
        let rules = match &item.nothing {
            Some(why) => format!("asks nothing: {why}"),
            None => named(&item.rules),
        };
        let others = [&item.pages, &item.records, &item.tests].map(|names| named(names));
        let _ =
            writeln!(table, "| {} | {} | {rules} | {} |", item.id, item.about, others.join(" | "));
    }
    table
}

fn named(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Whether a module of the product declares the item of this path, `rules::terms::Terms` or
/// `rules::terms::Terms::parse`.
fn is_declared(tree: &Tree, path: &str) -> bool {
    let parts: Vec<&str> = path.split("::").collect();
    let (Some((krate, within)), true) = (parts.split_first(), parts.len() > 2) else {
        return false;
    };
    let module = |length: usize| {
        let folder = format!("crates/{krate}/src/{}", within[..length].join("/"));
        let files = [format!("{folder}.rs"), format!("{folder}/mod.rs")];
        tree.files.iter().find(|file| files.contains(&file.path)).map(|file| (file, length))
    };
    let Some((file, length)) = (1..within.len()).rev().find_map(module) else { return false };
    let code = rust::blank(&file.product(), rust::Keep::Nothing);
    within[length..].iter().all(|name| declares(&code, name))
}

/// Whether code declares a public item, a method or a variant of this name.
fn declares(code: &str, name: &str) -> bool {
    let is_keyword = |word: &&str| {
        matches!(*word, "pub" | "pub(crate)" | "const" | "fn" | "struct" | "enum" | "trait")
    };
    code.lines().any(|line| {
        let line = line.trim();
        let mut words = line.split_whitespace().skip_while(is_keyword);
        let word = words.next().unwrap_or_default();
        let declared: String = word.chars().take_while(|c| rust::is_name(*c)).collect();
        let is_variant = name.starts_with(char::is_uppercase)
            && (word.len() > declared.len() || line.ends_with('{'));
        declared == name && (line.starts_with("pub") || is_variant)
    })
}

fn is_page(tree: &Tree, path: &str) -> bool {
    let path = format!("{PAGES}{path}");
    tree.files.iter().any(|file| file.path == path && !file.is_test())
}

/// The tables that the migrations make.
fn tables(tree: &Tree) -> BTreeSet<&str> {
    let lines = tree.with_extension(&["sql"]).flat_map(|file| file.text.lines());
    lines
        .filter_map(|line| line.trim().strip_prefix("CREATE TABLE ")?.split([' ', '(']).next())
        .collect()
}

/// The names of all tests of the product.
fn tests(tree: &Tree) -> BTreeSet<&str> {
    let ours = tree.rust().filter(|file| !file.path.starts_with("crates/xtask/"));
    let after_marks = ours.flat_map(|file| file.text.split("#[test]").skip(1));
    after_marks
        .filter_map(|after| after.split_once("fn ")?.1.split(|c| !rust::is_name(c)).next())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "/// Why.\npub enum Refusal {\n    Empty,\n    Long(u8),\n}\n\
        impl Refusal {\n    pub const fn code(self) {}\n    fn inner(self) {}\n}\n\
        // pub fn spoken() {}\n#[cfg(test)]\nmod tests {\n    pub fn helper() {}\n}\n";
    const TESTS: &str = "#[test]\nfn article_2_1_lengths() {}\nfn helper() {}\n";

    /// The faults of a list, over a tree with a rule, a page, a table and a test.
    fn check(list: &str, expected: &[&str]) {
        let tree = Tree::of_samples(&[
            (LIST, list),
            ("crates/rules/src/people/names.rs", CODE),
            ("crates/service/src/people/one.html", ""),
            ("crates/service/migrations/0001.sql", "CREATE TABLE wishes (\n"),
            ("crates/service/tests/it/a.rs", TESTS),
        ]);
        let list = tree.files.iter().find(|file| file.path == LIST).unwrap();
        let clauses = ["2".to_owned(), "2(1)".to_owned()];
        let found = faults(&tree, list, &clauses);
        let said: Vec<&str> = found.iter().map(|fault| fault.what.as_str()).collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn what_carries_everything_and_what_asks_nothing() {
        check(
            "# said\n2-0  in mind\n  nothing  a sentence\n2(1)a  length\n  rules    \
             rules::people::names::Refusal, rules::people::names::Refusal::Empty\n  rules    \
             rules::people::names::Refusal::Long, rules::people::names::Refusal::code\n  pages    \
             people/one.html\n  records  wishes\n  tests    article_2_1_lengths\n",
            &[],
        );
    }

    #[test]
    fn what_carries_nothing_is_a_fault() {
        let bare = "has no rule or no test: name one, or say why it asks nothing";
        let told = ["2-0", "2(1)a"].map(|id| format!("{id} {bare}"));
        check("2-0  in mind\n2(1)a  length\n  records  wishes\n", &told.each_ref().map(|it| &**it));
        check(
            "2(1)a\n  nothing  text\n",
            &["clause 2 has no sub-item", "2(1)a does not say what it asks"],
        );
        let items = ["2", "2(1)", "2(1)", "3"].map(|id| format!("{id}  a\n  nothing  b\n"));
        check(&items.concat(), &["2(1) is listed twice", "the model terms have no clause of 3"]);
        check(
            "2  a\n  nothing\n  rule  x\n2(1)  a\n  nothing  b\n",
            &[
                "`nothing` says nothing here",
                "`rule` says nothing here",
                "2 has no rule or no test: name one, or say why it asks nothing",
            ],
        );
    }

    #[test]
    fn what_is_gone_is_a_fault() {
        let gone = |key: &str, name: &str, kind: &str| {
            let list = format!("2  a\n  nothing  b\n2(1)  a\n  nothing  b\n  {key}  {name}\n");
            check(&list, &[&format!("2(1): there is no {kind} `{name}`")]);
        };
        for rule in ["Other", "Refusal::Other", "Refusal::inner", "spoken", "helper", "Empty::x"] {
            gone("rules", &format!("rules::people::names::{rule}"), "rule");
        }
        gone("rules", "rules::people::other::Refusal", "rule");
        gone("rules", "names::Refusal", "rule");
        gone("pages", "people/two.html", "page");
        gone("records", "wish", "table");
        gone("tests", "helper", "test");
        gone("tests", "article_2_1", "test");
    }

    #[test]
    fn clauses_of_sub_items() {
        let check = |id: &str, clause| {
            let item = SubItem { id: id.to_owned(), ..SubItem::default() };
            assert_eq!(item.clause(), clause, "{id}");
        };
        check("T0", None);
        check("P-2", Some("preamble"));
        check("1-0", Some("1"));
        check("2(1)a", Some("2(1)"));
        check("9(3)(1)", Some("9(3)(1)"));
        check("11-b", Some("11"));
        check("12", Some("12"));
        check("S", Some("supplement"));
    }
}
