//! What one version of the terms says otherwise than another (article 11), passage by passage.

use rules::terms::{Article, Text};
use similar::{Algorithm, DiffOp, capture_diff_slices, get_diff_ratio};

use crate::words::Markup;

/// A passage that was added, taken out or reworded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The article in which it stands, as 第２条　利用申込み等; in the later version, if it is there.
    article: String,
    /// Paragraph and item, as ` 2 (4)`.
    number: String,
    /// What the earlier version says.
    pub before: Option<String>,
    /// What the later version says.
    pub after: Option<String>,
}

impl Change {
    /// Where it stands, in the later version's words, with 《readings》 as the text has them.
    pub fn place(&self) -> String {
        format!("{}{}", self.article, self.number)
    }
}

/// A passage, compared by what it says: one that only got another number has not changed.
struct Passage {
    article: String,
    number: String,
    says: String,
}

/// What changed from one text to another of the same language, in the order of the text.
pub fn changes(before: &Text, after: &Text) -> Vec<Change> {
    let (old, new) = (passages(before), passages(after));
    let says = |passages: &[Passage]| -> Vec<String> {
        passages.iter().map(|passage| passage.says.clone()).collect()
    };
    let operations = capture_diff_slices(Algorithm::Patience, &says(&old), &says(&new));
    let changed = operations.into_iter().filter(|it| !matches!(it, DiffOp::Equal { .. }));
    changed
        .flat_map(|operation| paired(&old[operation.old_range()], &new[operation.new_range()]))
        .collect()
}

/// Of passages that were replaced together, which became which: like goes with like, in the order
/// of the text; the rest was taken out or is new.
fn paired(gone: &[Passage], come: &[Passage]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut next = 0;
    for new in come {
        let like = gone[next..].iter().position(|old| is_like(old, new));
        match like {
            Some(skipped) => {
                let taken_out = gone[next..next + skipped].iter();
                changes.extend(taken_out.map(|old| change(Some(old), None)));
                changes.push(change(gone.get(next + skipped), Some(new)));
                next += skipped + 1;
            }
            None => changes.push(change(None, Some(new))),
        }
    }
    changes.extend(gone[next..].iter().map(|old| change(Some(old), None)));
    changes
}

/// Half of what the one says stands in the other too.
const LIKE: f32 = 0.5;

fn is_like(old: &Passage, new: &Passage) -> bool {
    let (old, new): (Vec<char>, Vec<char>) =
        (old.says.chars().collect(), new.says.chars().collect());
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    get_diff_ratio(&operations, old.len(), new.len()) >= LIKE
}

fn change(gone: Option<&Passage>, come: Option<&Passage>) -> Change {
    let said = |passage: Option<&Passage>| passage.map(|passage| passage.says.clone());
    let at = come.or(gone);
    Change {
        article: at.map(|passage| passage.article.clone()).unwrap_or_default(),
        number: at.map(|passage| passage.number.clone()).unwrap_or_default(),
        before: said(gone),
        after: said(come),
    }
}

/// The articles in which something changed, each once.
pub(crate) fn articles_of(before: &Text, after: &Text) -> Vec<Markup> {
    let mut articles: Vec<String> =
        changes(before, after).into_iter().map(|change| change.article).collect();
    articles.dedup();
    articles.iter().map(|article| Markup::of_ruby(article)).collect()
}

fn name(article: &Article) -> String {
    match article.heading.is_empty() {
        true => article.label.clone(),
        false => format!("{}　{}", article.label, article.heading),
    }
}

fn passages(text: &Text) -> Vec<Passage> {
    let passage = |article: &str, number: String, says: &str| Passage {
        article: article.to_owned(),
        number,
        says: says.to_owned(),
    };
    let mut passages = vec![
        passage(&text.title, String::new(), &text.title),
        passage(&text.title, String::new(), &text.preamble),
    ];
    for article in text.articles.iter().chain(&text.supplements) {
        let name = name(article);
        if !article.heading.is_empty() {
            passages.push(passage(&name, String::new(), &article.heading));
        }
        for paragraph in &article.paragraphs {
            let number = match paragraph.number {
                0 | 1 => String::new(),
                number => format!(" {number}"),
            };
            passages.push(passage(&name, number.clone(), &paragraph.text));
            for item in &paragraph.items {
                passages.push(passage(&name, format!("{number} ({})", item.number), &item.text));
            }
        }
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::people::Language;

    fn model() -> Text {
        rules::terms::model().text(Language::English).clone()
    }

    /// A row: how the model text is altered, and what is told of it.
    fn check(alter: impl FnOnce(&mut Text), expected: &[(&str, bool, bool)]) {
        let (before, mut after) = (model(), model());
        alter(&mut after);
        let told = changes(&before, &after);
        let told: Vec<(String, bool, bool)> = told
            .iter()
            .map(|it| {
                (format!("{}{}", it.article, it.number), it.before.is_some(), it.after.is_some())
            })
            .collect();
        let told: Vec<(&str, bool, bool)> =
            told.iter().map(|(place, gone, come)| (place.as_str(), *gone, *come)).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn article_11_what_changed_is_told_where_it_stands() {
        let second = name(&model().articles[1]);
        let item = |number: u16| format!("{second} ({number})");
        check(|_| {}, &[]);
        check(
            |text| text.articles[1].paragraphs[0].items[3].text.push('!'),
            &[(&item(4), true, true)],
        );
        // What follows an item that is new, or gone, has another number and says the same.
        let added = |text: &mut Text| {
            let items = &mut text.articles[1].paragraphs[0].items;
            let mut new = items[0].clone();
            new.text = "Something new.".to_owned();
            items.insert(1, new);
            (1..).zip(items).for_each(|(number, item)| item.number = number);
        };
        check(added, &[(&item(2), false, true)]);
        let removed = |text: &mut Text| drop(text.articles[1].paragraphs[0].items.remove(1));
        check(removed, &[(&item(2), true, false)]);
        check(|text| text.preamble.push('!'), &[(&model().title, true, true)]);
        // Neighbours that change together are not taken for each other.
        let both = |text: &mut Text| {
            text.articles[1].paragraphs[0].items.pop();
            text.articles[2].heading.push('!');
        };
        let (third, last) =
            (name(&model().articles[2]), model().articles[1].paragraphs[0].items.len());
        let last = u16::try_from(last).unwrap();
        check(both, &[(&item(last), true, false), (&format!("{third}!"), true, true)]);
    }

    #[test]
    fn the_articles_that_changed_are_named_once() {
        let (before, mut after) = (model(), model());
        for item in &mut after.articles[1].paragraphs[0].items {
            item.text.push('!');
        }
        let names = articles_of(&before, &after);
        assert_eq!(names, [Markup::of_ruby(&name(&before.articles[1]))]);
        assert!(articles_of(&before, &before).is_empty());
    }
}
