//! A number of the terms of use stands in the terms data; wording interpolates it.

use super::tree::{Fault, File, Tree};

/// Lengths that terms state, as a person would write them.
const LENGTHS: &[&str] = &[
    "10分",
    "30分",
    "60分",
    "10 minute",
    "30 minute",
    "60 minute",
    "10-minute",
    "30-minute",
    "60-minute",
    "ten minutes",
    "thirty minutes",
    "sixty minutes",
];

/// Windows that terms state. The hours alone are ordinary; only half past four gives itself away.
const WINDOWS: &[&str] = &[
    "10:00-12:00",
    "14:00-16:30",
    "10時-12時",
    "14時-16時",
    "10 a.m. to",
    "2 p.m. to",
    "16:30",
    "16時30分",
    "16時半",
    "午後4時30分",
    "午後4時半",
    "4:30 p.m.",
];

/// Any other version of the terms would make such a sentence a lie.
pub(super) fn numbers_of_the_terms_are_interpolated(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in tree.files.iter().filter(|file| is_wording(file)) {
        let text = if file.extension() == "rs" { file.product() } else { file.text.clone() };
        for (index, line) in text.lines().enumerate() {
            let line = in_one_spelling(line);
            let mut phrases = LENGTHS.iter().chain(WINDOWS);
            if let Some(phrase) = phrases.find(|phrase| stands_in(&line, phrase)) {
                let what = format!(
                    "`{phrase}` is a number of the terms: interpolate it from the version in force"
                );
                faults.push(file.fault(index + 1, what));
            }
        }
    }
    faults
}

/// Templates, letters, language files and the product's code; not the terms' own data or tests.
fn is_wording(file: &File) -> bool {
    let of_crate = |name: &str| file.path.starts_with(&format!("crates/{name}/src/"));
    let is_terms_data = file.path.starts_with("crates/rules/src/terms/model");
    (of_crate("rules") || of_crate("service"))
        && !is_terms_data
        && !file.is_test()
        && matches!(file.extension(), "ftl" | "html" | "rs" | "txt")
}

/// Digits and colons half-width, and one dash for every "from … to".
fn in_one_spelling(line: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => {
            char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c)
        }
        '：' => ':',
        '〜' | '～' | '~' | '–' | '—' | '－' => '-',
        c => c,
    };
    let line: String = line.chars().map(narrow).collect();
    line.replace(" - ", "-").replace("から", "-").replace(" to 1", "-1")
}

/// Whether the phrase stands in the line as a number of its own: not in 110分, 8時30分 or an instant
/// such as 2026-11-24T14:00:00.
fn stands_in(line: &str, phrase: &str) -> bool {
    line.match_indices(phrase).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + phrase.len()..].chars().next();
        let joined_before =
            before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '時'));
        let joined_after = after.is_some_and(|c| c.is_ascii_digit() || c == ':');
        !joined_before && !joined_after
    })
}

#[cfg(test)]
mod tests {
    use super::super::assert_faults;
    use super::*;

    const CHECK: super::super::Check = numbers_of_the_terms_are_interpolated;

    #[test]
    fn a_literal_number_of_the_terms_is_caught() {
        for text in [
            "late = １０分すぎると、キャンセルになります",
            "late = after 10 minutes",
            "window = 平日 14:00 〜 17:00、16：30まで",
            "window = １６時３０分まで",
            "window = 10：00～12：00",
            "window = 10時から12時まで",
            "window = 10:00 – 12:00",
            "window = from 10:00 to 12:00",
        ] {
            let path = "crates/service/src/words/ja/appointment.ftl";
            assert_faults(CHECK, &[(path, text)], &[&format!("{path}:1")]);
        }
        let rust = "// 10 minutes\nlet said = \"within 10 minutes\";\n";
        let path = "crates/service/src/session/pages.rs";
        assert_faults(CHECK, &[(path, rust)], &[&format!("{path}:2")]);
    }

    #[test]
    fn other_numbers_pass() {
        let text = "a = { $grace }分\nb = 110分\nc = 8時30分\nd = 5 minutes\n\
                    e = 2026-11-24T16:30:00\nf = 10:00\n";
        assert_faults(CHECK, &[("crates/service/src/words/ja/a.ftl", text)], &[]);
        let rust =
            "let opens = \"10:00\";\n#[cfg(test)]\nmod tests {\n    const A: &str = \"30分\";\n}\n";
        assert_faults(CHECK, &[("crates/service/src/demo.rs", rust)], &[]);
        let stated = "実施時間を10分経過";
        assert_faults(CHECK, &[("crates/rules/src/terms/model/ja.txt", stated)], &[]);
        assert_faults(CHECK, &[("crates/service/tests/it/letters.txt", stated)], &[]);
        assert_faults(CHECK, &[("README.md", stated)], &[]);
    }
}
