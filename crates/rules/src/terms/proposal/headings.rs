//! The lines that begin an article or a supplementary provision, in the ways offices write them.

use super::super::numbers::numeral;
use super::marks::goes_on;

/// How long the subject of an article is at most, in characters; what is longer is a sentence.
const LONGEST_SUBJECT: usize = 40;

/// A line that begins with the number of an article.
pub(super) struct Heading {
    /// 第２条, without blanks.
    pub(super) label: String,
    pub(super) number: u16,
    /// The subject, without brackets; empty where the line gives none.
    pub(super) subject: String,
    /// What the line goes on to say.
    pub(super) sentence: String,
    /// How many lines were read: two where the subject is broken.
    pub(super) lines: usize,
    /// The subject stood there without brackets.
    pub(super) is_bare: bool,
}

impl Heading {
    /// Reads a heading at the first of some lines; nothing where a sentence names an article.
    pub(super) fn read(lines: &[String]) -> Option<Self> {
        let line = lines.first()?;
        let (label, number, rest) = label(line)?;
        let said = rest.trim();
        let with = |subject: &str, sentence: &str, lines| {
            let (subject, sentence) = (subject.trim().to_owned(), sentence.trim().to_owned());
            Some(Self { label: label.clone(), number, subject, sentence, lines, is_bare: false })
        };
        if said.is_empty() {
            return with("", "", 1);
        }
        if said.starts_with(is_opening) {
            if let Some((subject, sentence)) = bracket(said) {
                let is_sentence = sentence.is_empty() || !goes_on(sentence);
                return if is_sentence { with(subject, sentence, 1) } else { None };
            }
            let joined = format!("{said}{}", lines.get(1)?);
            let (subject, sentence) = bracket(&joined)?;
            let is_short = subject.chars().count() <= LONGEST_SUBJECT;
            return if is_short && sentence.is_empty() { with(subject, "", 2) } else { None };
        }
        if !rest.starts_with(char::is_whitespace) || goes_on(said) || said.starts_with('第') {
            return None;
        }
        let is_subject = said.chars().count() <= 20 && !said.contains(['。', '、', '．', '，']);
        let heading = if is_subject { with(said, "", 1) } else { with("", said, 1) };
        heading.map(|heading| Self { is_bare: is_subject, ..heading })
    }
}

/// `（目的）` on a line of its own, as laws write it before the article.
pub(super) fn caption(line: &str) -> Option<&str> {
    let (subject, rest) = bracket(line)?;
    (rest.is_empty() && subject.chars().count() <= LONGEST_SUBJECT).then_some(subject.trim())
}

/// `附則`, `附　則（…）`, and what the line goes on to say: the heading and the sentence.
pub(super) fn supplement(line: &str) -> Option<(String, &str)> {
    let name = line.trim_start_matches(['附', '付']);
    if name.len() + '附'.len_utf8() != line.len() {
        return None;
    }
    let rest = name.trim_start().strip_prefix('則')?;
    let label = format!("{}則", line.chars().next()?);
    let said = rest.trim();
    if said.is_empty() {
        return Some((label, ""));
    }
    if let Some((subject, sentence)) = bracket(said) {
        let is_heading = !goes_on(sentence);
        return is_heading.then(|| (format!("{label}（{}）", subject.trim()), sentence.trim()));
    }
    (rest.starts_with(char::is_whitespace) && !goes_on(said)).then_some((label, said))
}

/// `第１章　総則`: chapters and sections, which this project's texts do not have.
pub(super) fn is_chapter(line: &str) -> bool {
    let rest = line.strip_prefix('第').map(str::trim_start).and_then(numbered);
    let rest = rest.and_then(|(_, rest)| rest.trim_start().strip_prefix(['章', '節']));
    rest.is_some_and(|rest| {
        let is_name = rest.is_empty() || rest.starts_with(char::is_whitespace);
        is_name && rest.chars().count() <= 20 && !rest.contains(['。', '、'])
    })
}

/// `第５条の２（…）`: an article that was put between two, for which this project's texts have no
/// number.
pub(super) fn is_inserted(line: &str) -> bool {
    let rest = label(line).and_then(|(_, _, rest)| numbered(rest.strip_prefix('の')?));
    rest.is_some_and(|(_, rest)| caption(rest.trim()).is_some())
}

/// `第 ２ 条`: its label without blanks, its number, and the rest of the line.
fn label(line: &str) -> Option<(String, u16, &str)> {
    let (number, rest) = numbered(line.strip_prefix('第')?.trim_start())?;
    let rest = rest.trim_start().strip_prefix('条')?;
    let label = line[..line.len() - rest.len()].chars().filter(|c| !c.is_whitespace()).collect();
    Some((label, number, rest))
}

/// The number of an article, of either width or in kanji, and the rest.
fn numbered(text: &str) -> Option<(u16, &str)> {
    let rest = text
        .trim_start_matches(|c| "0123456789０１２３４５６７８９一二三四五六七八九十百".contains(c));
    let folded = super::super::text::folded(
        super::super::Language::Japanese,
        text.get(..text.len() - rest.len()).filter(|digits| digits.len() <= 15)?,
    );
    let (number, end) = numeral(&folded, 0)?;
    (end == folded.len() && number > 0).then_some((u16::try_from(number).ok()?, rest))
}

const BRACKETS: [(char, char); 5] =
    [('（', '）'), ('(', ')'), ('【', '】'), ('〔', '〕'), ('［', '］')];

fn is_opening(character: char) -> bool {
    BRACKETS.iter().any(|(open, _)| *open == character)
}

/// What the bracket at the beginning holds, and what comes after it. The width of a bracket does
/// not matter, since files mix them.
fn bracket(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next().filter(|&first| is_opening(first))?;
    let mut open = 0_usize;
    let (end, last) = text.char_indices().find(|&(_, character)| {
        if is_opening(character) {
            open += 1;
        } else if BRACKETS.iter().any(|(_, close)| *close == character) {
            open = open.saturating_sub(1);
        }
        open == 0
    })?;
    Some((&text[first.len_utf8()..end], &text[end + last.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &str, expected: Option<(&str, u16, &str, &str)>) {
        let lines: Vec<String> = lines.lines().map(str::to_owned).collect();
        let found = Heading::read(&lines);
        let found = found.as_ref().map(|heading| {
            (heading.label.as_str(), heading.number, heading.subject.as_str(), &*heading.sentence)
        });
        assert_eq!(found, expected, "{lines:?}");
    }

    #[test]
    fn headings() {
        check("第２条", Some(("第２条", 2, "", "")));
        check("第２条 （甲）", Some(("第２条", 2, "甲", "")));
        check("第 2 条(甲)", Some(("第2条", 2, "甲", "")));
        check("第十四条（甲（乙）丙）", Some(("第十四条", 14, "甲（乙）丙", "")));
        check("第３条【甲】", Some(("第３条", 3, "甲", "")));
        check("第３条（甲)", Some(("第３条", 3, "甲", "")));
        check("第３条　甲の乙", Some(("第３条", 3, "甲の乙", "")));
        check("第３条（甲）　乙は、丙。", Some(("第３条", 3, "甲", "乙は、丙。")));
        check("第３条　乙は、丙。", Some(("第３条", 3, "", "乙は、丙。")));
        check("第３条（甲及び\n乙）", Some(("第３条", 3, "甲及び乙", "")));
    }

    #[test]
    fn sentences_that_name_an_article() {
        for sentence in ["第２条の甲", "第２条に", "第２条第３項", "第２条 の甲", "第２条 第３項"]
        {
            check(sentence, None);
        }
        for sentence in
            ["第２条（甲）の乙", "第２条（甲）及び第３条（乙）", "第２条（甲", "第条", "第"]
        {
            check(sentence, None);
        }
        check("第99999999条", None);
        check("第０条", None);
    }

    #[test]
    fn other_headings() {
        assert_eq!(caption("（甲）"), Some("甲"));
        assert_eq!(caption("（甲）乙"), None);
        assert_eq!(supplement("附　則"), Some(("附則".to_owned(), "")));
        assert_eq!(supplement("付則 (甲)"), Some(("付則（甲）".to_owned(), "")));
        assert_eq!(supplement("附則　甲"), Some(("附則".to_owned(), "甲")));
        assert_eq!(supplement("附則に甲"), None);
        assert_eq!(supplement("則"), None);
        assert!(is_chapter("第１章　甲") && is_chapter("第 二 節"));
        assert!(is_inserted("第５条の２（甲）") && is_inserted("第５条の二 (甲)"));
        assert!(!is_inserted("第５条の２による") && !is_inserted("第５条（甲）"));
        assert!(!is_chapter("第１章の甲") && !is_chapter("第１条"));
    }
}
