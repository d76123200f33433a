//! Just enough of Rust's grammar to know code from comments, strings and tests.

/// What [`blank`] leaves, beside code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    Nothing,
    Strings,
}

/// The text with comments (and strings, unless kept) turned into spaces: same lines, same columns.
pub(super) fn blank(text: &str, keep: Keep) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let (end, kind) = token(&chars, at);
        let kept = kind == Kind::Code || (kind == Kind::Literal && keep == Keep::Strings);
        out.extend(chars[at..end].iter().map(|&c| if kept || c == '\n' { c } else { ' ' }));
        at = end;
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Comment,
    Literal,
}

/// The end and kind of what begins here. Code goes by single characters, names as a whole.
fn token(chars: &[char], at: usize) -> (usize, Kind) {
    let next = chars.get(at + 1).copied();
    match chars[at] {
        '/' if next == Some('/') => (find(chars, at, |c| c == '\n'), Kind::Comment),
        '/' if next == Some('*') => (end_of_block_comment(chars, at), Kind::Comment),
        '"' => (end_of_string(chars, at), Kind::Literal),
        '\'' => match end_of_char(chars, at) {
            Some(end) => (end, Kind::Literal),
            None => (at + 1, Kind::Code),
        },
        c if is_name(c) => {
            let end = find(chars, at, |c| !is_name(c));
            let prefix: String = chars[at..end].iter().collect();
            match end_of_raw_string(chars, end) {
                Some(end) if matches!(prefix.as_str(), "r" | "br" | "cr") => (end, Kind::Literal),
                _ => (end, Kind::Code),
            }
        }
        _ => (at + 1, Kind::Code),
    }
}

pub(super) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn find(chars: &[char], from: usize, is_end: impl Fn(char) -> bool) -> usize {
    chars[from..].iter().position(|&c| is_end(c)).map_or(chars.len(), |length| from + length)
}

fn end_of_block_comment(chars: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0_usize);
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => (at, depth) = (at + 2, depth + 1),
            ('*', '/') => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// `from` is just behind the `r`: hashes, quote, …, quote, as many hashes.
fn end_of_raw_string(chars: &[char], from: usize) -> Option<usize> {
    let quote = find(chars, from, |c| c != '#');
    if chars.get(quote) != Some(&'"') {
        return None;
    }
    let hashes = quote - from;
    let closes = |at: usize| {
        chars[at] == '"' && chars[at + 1..].iter().take_while(|&&c| c == '#').count() >= hashes
    };
    let end = (quote + 1..chars.len()).find(|&at| closes(at));
    Some(end.map_or(chars.len(), |end| end + 1 + hashes))
}

/// The end of a character literal, or nothing when the quote begins a lifetime.
fn end_of_char(chars: &[char], from: usize) -> Option<usize> {
    if chars.get(from + 1) == Some(&'\\') {
        let escaped = (from + 3).min(chars.len());
        return Some((find(chars, escaped, |c| c == '\'') + 1).min(chars.len()));
    }
    (chars.get(from + 2) == Some(&'\'')).then_some(from + 3)
}

/// The text without comments and without the items that only tests see; strings are kept.
pub(super) fn without_tests(text: &str) -> String {
    let code: Vec<char> = blank(text, Keep::Nothing).chars().collect();
    let mut kept: Vec<char> = blank(text, Keep::Strings).chars().collect();
    for marker in ["#[cfg(test)]", "#[test]"] {
        let marker: Vec<char> = marker.chars().collect();
        let mut at = 0;
        while at + marker.len() <= code.len() {
            if code[at..].starts_with(&marker) {
                let end = end_of_item(&code, at + marker.len());
                kept[at..end].iter_mut().filter(|c| **c != '\n').for_each(|c| *c = ' ');
                at = end;
            } else {
                at += 1;
            }
        }
    }
    kept.into_iter().collect()
}

/// The end of the item that begins here: its closing brace, or a semicolon before any brace.
/// `code` must be free of comments and strings.
pub(super) fn end_of_item(code: &[char], from: usize) -> usize {
    let mut depth = 0_i32;
    for (at, &c) in code.iter().enumerate().skip(from) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' => depth -= 1,
            '}' => {
                depth -= 1;
                if depth <= 0 {
                    return at + 1;
                }
            }
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// Whether `word` stands in `text` with no letter, digit or underscore directly beside it.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_name) && !after.is_some_and(is_name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `~` stands for a blank where a string was, `_` for one where a comment was.
    #[track_caller]
    fn check(text: &str, marked: &str) {
        assert_eq!(blank(text, Keep::Nothing), marked.replace(['~', '_'], " "));
        let keep = |(c, mark)| if mark == '_' { ' ' } else { c };
        let strings: String = text.chars().zip(marked.chars()).map(keep).collect();
        assert_eq!(blank(text, Keep::Strings), strings);
    }

    #[test]
    fn comments_and_strings_become_spaces() {
        check("a // b\nc", "a ____\nc");
        check("a /* b /* c */ d */ e", "a _________________ e");
        check(r#"f("a \" // b")"#, "f(~~~~~~~~~~~)");
        check(r##"br#"a " b"# c"##, "~~~~~~~~~~~ c");
        check("'\"' + 'a' + b", "~~~ + ~~~ + b");
        check(r"'\'' + '\u{1f}'", "~~~~ + ~~~~~~~~");
        check("<'a>(x: &'a str)", "<'a>(x: &'a str)");
        check("for r in br {}", "for r in br {}");
        check("\"never closed", "~~~~~~~~~~~~~");
        check("'\\", "~~");
    }

    #[test]
    fn tests_become_spaces() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { '}' }\n}\nfn c() {}\n";
        let left = without_tests(text);
        assert!(left.contains("fn a") && left.contains("fn c") && !left.contains("fn b"));
        assert_eq!(left.lines().count(), text.lines().count());
        let left = without_tests("#[test]\nfn a() { [1; 2]; }\nfn b() {}");
        assert!(!left.contains("fn a") && left.contains("fn b"));
        let left = without_tests("#[cfg(test)]\nmod tests;\nfn b() {}");
        assert!(!left.contains("mod") && left.contains("fn b"));
    }

    #[test]
    fn words_stand_alone() {
        assert!(has_word("use rand::Rng", "rand"));
        assert!(!has_word("let random = operand", "rand"));
        assert!(has_word("a.now()", "now"));
    }
}
