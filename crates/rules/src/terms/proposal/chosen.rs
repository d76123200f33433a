//! Proposes the choices of a version: what offices say differently, by the words they say it with.

use super::super::eligibility::Condition;
use super::super::{Choice, ChoiceName, Chosen, NumberName, Part};
use super::Proposed;
use super::passages::{Passage, Sentence};

/// What the text says that may be an answer to a question; empty where none was found.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedChoice {
    /// The question.
    pub name: ChoiceName,
    /// What is proposed: one, or as many as stand beside each other.
    pub best: Vec<Choice>,
}

/// Words of which a sentence has at least one.
type Words = &'static [&'static str];

/// An answer, and the words that speak for it: one of each group, and none of the last.
struct Rule {
    chosen: Chosen,
    groups: &'static [Words],
    without: Words,
}

const AGREE: Words = &["同意", "承諾", "承知"];
const DEEM: Words = &["みな", "もの"];
const APPLY: Words = &["申込", "申し込", "申しこ"];
const CHANGE: Words = &["変更"];
const CANCEL: Words = &["キャンセル", "取消", "取り消", "取りやめ", "とりやめ", "辞退"];

/// By which words an answer is known; of those of one question the first found counts.
const RULES: [Rule; 10] = [
    Rule { chosen: Chosen::ConsentByApplication, groups: &[AGREE, DEEM, APPLY], without: CHANGE },
    Rule {
        chosen: Chosen::ConsentByUse,
        groups: &[AGREE, DEEM, &["利用", "使い", "使った", "つかう"]],
        without: CHANGE,
    },
    Rule {
        chosen: Chosen::ConsentExplicit,
        groups: &[AGREE, &["チェック", "署名", "表明", "同意の上", "同意のうえ", "同意した上"]],
        without: CHANGE,
    },
    Rule {
        chosen: Chosen::Condition(Condition::Registered),
        groups: &[
            &["求職"],
            &["登録", "求職申込", "求職の申込", "求職申し込"],
            &["完了", "終え", "済", "ている"],
        ],
        without: APPLY,
    },
    Rule {
        chosen: Chosen::Condition(Condition::Environment),
        groups: &[&["環境", "機器", "端末"], &["整備", "用意", "使用", "操作", "備え", "有して"]],
        without: &["してください"],
    },
    Rule {
        chosen: Chosen::Condition(Condition::Need),
        groups: &[&["必要"], &["見込", "認め"]],
        without: &["中止", "変更", "場合"],
    },
    Rule {
        chosen: Chosen::Condition(Condition::CleanHistory),
        groups: &[&["該当したこと", "停止されたこと", "受けたこと", "違反したこと"], &["な"]],
        without: &[],
    },
    Rule {
        chosen: Chosen::LaterUseMayBeDeclined,
        groups: &[&["今後", "その後", "以後", "以降"], &["断り", "断る", "制限", "認めない"]],
        without: &[],
    },
    Rule { chosen: Chosen::CancelByTelephone, groups: &[CANCEL, &["電話"]], without: &[] },
    Rule {
        chosen: Chosen::CancelOnline,
        groups: &[CANCEL, &["マイページ", "サイト", "ウェブ", "web", "フォーム", "オンラインで"]],
        without: &[],
    },
];

/// The answers to each question, in the order of [`ChoiceName::ALL`]. The days counted are those
/// that the number of days stands on.
pub(super) fn choices(passages: &[Passage], numbers: &[Proposed]) -> Vec<ProposedChoice> {
    let each = ChoiceName::ALL.into_iter().map(|name| ProposedChoice {
        name,
        best: match name {
            ChoiceName::DaysCounted => days(numbers).into_iter().collect(),
            // Whoever completes the version says so; a text may state the minutes in any words.
            ChoiceName::Silence => Vec::new(),
            _ => by_rules(name, passages),
        },
    });
    each.collect()
}

fn by_rules(name: ChoiceName, passages: &[Passage]) -> Vec<Choice> {
    let rules = RULES.iter().filter(|rule| rule.chosen.name() == name);
    let found = rules.filter_map(|rule| found(rule, passages));
    found.take(if name.is_many() { usize::MAX } else { 1 }).collect()
}

/// The first sentence that a rule knows, with the clause that it stands in.
fn found(rule: &Rule, passages: &[Passage]) -> Option<Choice> {
    let fits = |sentence: &&Sentence| {
        rule.groups.iter().all(|words| sentence.has(words)) && !sentence.has(rule.without)
    };
    let mut places =
        passages.iter().filter(|passage| is_home(rule.chosen, passage)).flat_map(|passage| {
            passage.sentences.iter().filter(fits).map(move |sentence| (passage, sentence))
        });
    let (passage, sentence) = places.next()?;
    Some(Choice {
        chosen: rule.chosen,
        article: Some(passage.clause),
        phrase: passage.written(sentence.from, end_of(passage, sentence)),
    })
}

/// Conditions stand at the beginning; a title states nothing.
fn is_home(chosen: Chosen, passage: &Passage) -> bool {
    match (chosen.name(), passage.clause.part) {
        (_, Part::Title) => false,
        (ChoiceName::Condition, part) => matches!(part, Part::Article(1..=3)),
        _ => true,
    }
}

fn end_of(passage: &Passage, sentence: &Sentence) -> usize {
    let last = sentence.to.checked_sub(1).and_then(|last| passage.folded.get(last));
    sentence.to - usize::from(last == Some(&'。'))
}

/// Of the calendar, unless the words of the number say otherwise.
fn days(numbers: &[Proposed]) -> Option<Choice> {
    let stated = numbers.iter().find(|it| it.name == NumberName::CompleteDaysBefore)?;
    let number = stated.best.first()?;
    let of =
        |chosen| Choice { chosen, article: Some(number.article), phrase: number.phrase.clone() };
    let is_working = super::super::choices::counts_working_days(&number.phrase);
    Some(of(if is_working { Chosen::WorkingDays } else { Chosen::CalendarDays }))
}
