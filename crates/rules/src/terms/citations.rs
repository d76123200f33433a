//! Statutes that the terms cite under a number which the law has changed since.
//!
//! A version shows its text for ever as it was written; beside a citation that no longer finds its
//! article, today's number is told (clause table, 6-a).

use super::numbers::numeral;
use super::text::folded;
use super::{Article, Language, Text};

/// A citation of a text that the law has renumbered. Articles are a number and its branch: (5, 4)
/// is 第5条の4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renumbered {
    /// The statute, in Japanese.
    pub statute: &'static str,
    /// The article as the text cites it.
    pub cited: (u16, u16),
    /// The same provision today.
    pub today: (u16, u16),
}

/// What was renumbered: jobseekers' personal data in the Employment Security Act moved from
/// article 5-4 to 5-5 on 1 October 2022.
const RENUMBERED: [Renumbered; 1] =
    [Renumbered { statute: "職業安定法", cited: (5, 4), today: (5, 5) }];

impl Renumbered {
    fn is_in(self, article: &Article, language: Language) -> bool {
        let whole = article.paragraphs.iter().flat_map(|paragraph| {
            let items = paragraph.items.iter().map(|item| item.text.as_str());
            std::iter::once(paragraph.text.as_str()).chain(items)
        });
        whole.map(|said| folded(language, said)).any(|said| self.is_cited(&said))
    }

    /// Whether 職業安定法第5条の4 stands there, in any numerals, and goes on with no further branch.
    fn is_cited(self, said: &[char]) -> bool {
        let statute: Vec<char> = self.statute.chars().chain(['第']).collect();
        let places = said.windows(statute.len()).enumerate().filter(|(_, some)| *some == statute);
        places.map(|(at, _)| at + statute.len()).any(|at| {
            let number = numeral(said, at).filter(|(number, _)| *number == u32::from(self.cited.0));
            let branch = number.filter(|(_, end)| said[*end..].starts_with(&['条', 'の']));
            let branch = branch.and_then(|(_, end)| numeral(said, end + 2));
            // 第5条の4の2 is another article; 第5条の4の定め is this one.
            let goes_on =
                |end: usize| said.get(end) == Some(&'の') && numeral(said, end + 1).is_some();
            branch.is_some_and(|(branch, end)| branch == u32::from(self.cited.1) && !goes_on(end))
        })
    }
}

/// The citations of an article that the law has renumbered since.
pub fn renumbered(text: &Text, article: &Article) -> Vec<Renumbered> {
    RENUMBERED.into_iter().filter(|citation| citation.is_in(article, text.language)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(said: &str, today: &[(u16, u16)]) {
        let text = Text::parse(Language::Japanese, &format!("題\n前文\n第１条\n{said}\n附則\n終"));
        let found = renumbered(&text, &text.articles[0]);
        assert_eq!(found.iter().map(|it| it.today).collect::<Vec<_>>(), today, "{said}");
    }

    #[test]
    fn article_6_a_renumbered_citation_is_found_as_it_is_written() {
        check("職業安定法第５条の４に基づく", &[(5, 5)]);
        check("職業安定法第５条の４の定めに従う", &[(5, 5)]);
        check("職業安定法第五条の四に基づく", &[(5, 5)]);
        check("（１）職業安定法\n第５条の４", &[(5, 5)]);
        check("職業安定法第５条の５に基づく", &[]);
        check("職業安定法第５条の４０に基づく", &[]);
        check("職業安定法第５条の４の２", &[]);
        check("職業安定法に基づく", &[]);
        check("この規約の第５条の４", &[]);
    }
}
