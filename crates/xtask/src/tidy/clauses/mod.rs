//! Which clause of the terms is carried by what: `docs/clauses.md`.
//!
//! Two tables. The first has a row for each sub-item ([`sub_items`]): what a clause asks, taken
//! apart, and the one place to look for each part. It is written by hand and every name in it is
//! looked up. The second is an index of every place that names a clause ([`marks`]).

mod marks;
mod sub_items;

use super::tree::{Fault, File, Tree};
use sub_items::SubItem;

/// Where the page stands.
pub(crate) const PAGE: &str = "docs/clauses.md";
const TERMS: &str = "crates/rules/src/terms/model/ja.txt";

const TITLE: &str = "# Which clause is carried by what\n\nMade by `cargo xtask clauses`.\n";

/// The page is what the code says, and every sub-item of every clause is carried.
pub(super) fn every_clause_is_carried(tree: &Tree) -> Vec<Fault> {
    let Some(terms) = file(tree, TERMS) else { return Vec::new() };
    let Some(list) = file(tree, sub_items::LIST) else {
        return vec![terms.fault(0, format!("{} is not there", sub_items::LIST))];
    };
    let clauses = clauses_of(&terms.text);
    let mut faults = sub_items::faults(tree, list, &clauses);
    let kept = file(tree, PAGE).map(|page| page.text.as_str());
    if kept != Some(page_of(tree, &clauses, &sub_items::read(list).0).as_str()) {
        faults.push(terms.fault(0, format!("{PAGE} is old: `cargo xtask clauses` writes it")));
    }
    faults
}

/// The page.
pub(super) fn page(tree: &Tree) -> Option<String> {
    let clauses = clauses_of(&file(tree, TERMS)?.text);
    let (items, _) = sub_items::read(file(tree, sub_items::LIST)?);
    Some(page_of(tree, &clauses, &items))
}

fn page_of(tree: &Tree, clauses: &[String], items: &[SubItem]) -> String {
    format!("{TITLE}\n{}\n{}", sub_items::table(items), marks::table(tree, clauses))
}

fn file<'a>(tree: &'a Tree, path: &str) -> Option<&'a File> {
    tree.files.iter().find(|file| file.path == path)
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
    fn a_clause_that_nothing_carries_is_a_fault_and_so_is_an_old_page() {
        let terms = (TERMS, "題\n第２条（乙）\n柱\n（１）一\n附則\n終");
        let told = |files: &[(&str, &str)]| -> Vec<String> {
            let faults = every_clause_is_carried(&Tree::of_samples(files));
            faults.iter().map(ToString::to_string).collect()
        };
        assert!(told(&[terms])[0].contains("is not there"));
        let list = (sub_items::LIST, "2-0  in mind\n  nothing  text\n");
        let said = told(&[terms, list]);
        assert!(said.iter().any(|it| it.contains("clause 2(1) has no sub-item")), "{said:?}");
        assert!(said.iter().any(|it| it.contains("is old")), "{said:?}");
        let page = page(&Tree::of_samples(&[terms, list])).unwrap();
        let said = told(&[terms, list, (PAGE, &page)]);
        assert!(!said.iter().any(|it| it.contains("is old")), "{said:?}");
    }
}
