//! Any text has a proposal, and soon.

use proptest::prelude::*;

use super::*;

/// Proposes, reads again and writes, whatever the text is.
fn survive(source: &str) {
    let proposal = propose(source);
    let version = VersionName::parse("sample-1").unwrap();
    let written = proposal.version_toml(&version, &Audience::parse("home").unwrap());
    assert!(Terms::parse(&written, &[(Language::Japanese, &proposal.text_source())]).is_err());
    assert_eq!(Text::parse(Language::Japanese, &proposal.text_source()), proposal.text);
    let texts = std::slice::from_ref(&proposal.text);
    let best = proposal.numbers.iter().flat_map(|each| each.best.clone());
    let faults = super::super::super::numbers::faults(&best.collect::<Vec<_>>(), texts);
    assert!(!faults.iter().any(|fault| matches!(fault, Fault::Number { .. })), "{faults:?}");
    // That the written numbers are TOML: a fault of reading would name a line.
    let faults = Terms::parse(&written, &[]).unwrap_err();
    assert!(!faults.iter().any(|fault| matches!(fault, Fault::Unreadable { .. })), "{written}");
}

#[test]
fn texts_of_one_thing_only() {
    let million = |piece: &str| survive(&piece.repeat(1_000_000 / piece.len() + 1));
    for piece in
        ["1", "一", "（", "「", "第", "《", "\0", "\u{c}", "\n", "。", "、", "・", "１分", "3分。"]
    {
        million(piece);
    }
    for piece in
        ["第１条\n", "（１）あ\n", "１回３分～", "９時～１１時、", "(甲)第１条", "前日まで"]
    {
        million(piece);
    }
    for piece in
        ["令和６年７月１日", "大津地方裁判所", "見本法第２条", "「a」", "附則\n", "ハローワーク甲"]
    {
        million(piece);
    }
}

#[test]
fn many_articles_and_items() {
    let headings: String = (1..20_000).map(|number| format!("第{number}条\n")).collect();
    survive(&headings);
    let items: String = (1..20_000).map(|number| format!("（{number}）１回{number}分\n")).collect();
    survive(&format!("題\n前文\n第１条\n次による。\n{items}"));
    survive("");
    survive("題");
    survive("第１条（甲）\n第２条（乙）\n附則");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_string(source in any::<String>()) {
        survive(&source);
    }

    #[test]
    fn nearly_terms(
        source in "(第[0-9１-３]{1,2}(条|項)[（(）) ]?|[（(][1-3１-３][）)]|[①-③]|[1-3２三][ .　]|附 ?則|\
                   [0-9１]{1,4}(分|時|時間|日前|月|年)|[~～から]|１回|相談|予約|経過|キャンセル|施行|令和|\
                   平日|地方裁判所|「Zoom」|\\PC|[\n\u{c}\u{0} 　。、《》{}\"\\\\]){0,60}",
    ) {
        survive(&source);
    }
}
