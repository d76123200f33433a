//! Texts of no office, broken up as files break them.

mod hostile;
mod numbers;
mod shape;

use std::fmt::Write as _;

use super::super::{Audience, MODEL_TEXTS, Part, Terms, Value, VersionName};
use super::*;

/// A text of fourteen articles whose clauses say the numbers, each to be replaced.
const SOUND: &str = "ネット面談の決まり
　この決まりは、ハローワーク見本がつかう「Meet Door」による面談について定める。
つかう方は、この決まりに同意したものとみなす。
第１条（つかえる方）
　つかえるのは、登録のある方とする。
第２条（申込み）
　申込みの流れは、つぎによる。
（１）１回の面談は２０分～４０分とし、２日前までに予約が済んだ方を受け付ける。
（２）面談は、平日の９時～１１時、１３時～１５時に行う。
（３）開始時刻から５分経過しても連絡がないときは、キャンセルとみなす。
第３条（費用）
　無料とする。
第４条（機器）
　機器は、各自がそろえる。
第５条（記録）
　記録をとることがある。
２　記録は、ほかに見せない。
第６条（情報）
　見本保護法第７条の２第１項により守る。
第７条（権利）
　権利は、窓口にある。
第８条（禁止）
　迷惑をかけない。
第９条（免責）
　窓口は、責めを負わない。
第１０条（停止）
　止めることがある。
第１１条（変更）
　変えることがある。
第１２条（損害）
　損害は、償う。
第１３条（法令）
　法令を守る。
第１４条（裁判所）
　争いは、大津地方裁判所で決める。
附則
　この決まりは、令和６年７月１日より施行する。
";

/// The sound text with one place replaced.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(SOUND.matches(from).count(), 1, "{from} is to be found once");
    SOUND.replace(from, to)
}

/// The numbers of that name, as the source of a version writes them: `20@2(1)`.
fn said(numbers: &[Number]) -> String {
    let mut said = Vec::new();
    for number in numbers {
        let mut written = String::new();
        match number.value {
            Value::Minutes(minutes) => write!(written, "{minutes}"),
            Value::DaysBefore(days) => write!(written, "{days}"),
            Value::Date(date) => write!(written, "{date}"),
            Value::Time(time) => write!(written, "{:02}:{:02}", time.hour(), time.minute()),
            Value::Window(window) => write!(
                written,
                "{:02}:{:02}-{:02}:{:02}",
                window.from.hour(),
                window.from.minute(),
                window.to.hour(),
                window.to.minute()
            ),
        }
        .unwrap();
        said.push(format!("{written}@{}", number.article));
    }
    said.join(" ")
}

fn proposed(proposal: &Proposal, name: NumberName) -> &Proposed {
    proposal.numbers.iter().find(|proposed| proposed.name == name).unwrap()
}

/// The faults of what is written. As its translations the text itself is given, with paragraphs
/// numbered as English ones are: what is asked is whether Japanese and numbers agree.
fn reread(proposal: &Proposal) -> Vec<Fault> {
    let version = VersionName::parse("sample-1").unwrap();
    let version = proposal.version_toml(&version, &Audience::parse("home").unwrap());
    let source = proposal.text_source();
    let english = source.replace("\n２　", "\n2. ");
    let texts = [
        (Language::Japanese, source.as_str()),
        (Language::EasyJapanese, source.as_str()),
        (Language::English, english.as_str()),
    ];
    Terms::parse(&version, &texts).err().unwrap_or_default()
}

#[test]
fn a_sound_text_is_a_version_without_faults() {
    let proposal = propose(SOUND);
    let numbers: Vec<String> = proposal.numbers.iter().map(|each| said(&each.best)).collect();
    let windows = "09:00-11:00@2(2) 13:00-15:00@2(2)";
    let expected = ["20@2(1)", "40@2(1)", "2@2(1)", "", windows, "5@2(3)", "2024-07-01@supplement"];
    assert_eq!(numbers, expected);
    assert_eq!(reread(&proposal), []);
    assert_eq!(Text::parse(Language::Japanese, &proposal.text_source()), proposal.text);
    assert_eq!(Text::parse(Language::Japanese, SOUND), proposal.text);
}

#[test]
fn the_shipped_text_is_read_as_it_is() {
    let (_, source) = MODEL_TEXTS[0];
    let proposal = propose(source);
    assert_eq!(Text::parse(Language::Japanese, source), proposal.text);
    let numbers: Vec<Number> = proposal.numbers.iter().flat_map(|n| n.best.clone()).collect();
    let shipped = super::super::model().numbers;
    let plain = |numbers: &[Number]| -> Vec<_> {
        numbers.iter().map(|number| (number.name, number.article, number.value)).collect()
    };
    assert_eq!(plain(&numbers), plain(&shipped));
    let choices = proposal.choices.iter().flat_map(|proposed| &proposed.best);
    let found: Vec<_> = choices.map(|choice| (choice.chosen, choice.article)).collect();
    let shipped = super::super::model().chosen;
    let shipped: Vec<_> = shipped.iter().map(|choice| (choice.chosen, choice.article)).collect();
    assert_eq!(found, shipped);
    assert_eq!(proposal.order, []);
    assert!(proposal.numbers.iter().all(|proposed| proposed.others.is_empty()));
}

#[test]
fn what_a_person_must_look_at() {
    let notes = propose(SOUND).notes;
    let clause = |written| Clause::parse(written).unwrap();
    let shiga = Prefecture::all().find(|prefecture| prefecture.name() == "滋賀県");
    let expected = [
        Note::Office { clause: clause("preamble"), name: "ハローワーク見本".to_owned() },
        Note::Tool { clause: clause("preamble"), name: "Meet Door".to_owned() },
        Note::Court {
            clause: clause("14"), name: "大津地方裁判所".to_owned(), prefecture: shiga
        },
        Note::Citation {
            clause: clause("6"), words: "見本保護法第７条の２第１項".to_owned()
        },
    ];
    assert_eq!(notes, expected);
}

#[test]
fn names_in_many_forms() {
    let check = |said: &str, expected: &str| {
        let proposal = propose(&changed("　迷惑をかけない。", said));
        let found = proposal.notes.iter().filter_map(|note| match note {
            Note::Office { clause, name } | Note::Tool { clause, name } => Some((clause, name)),
            Note::Court { clause, name, .. } => Some((clause, name)),
            Note::Citation { clause, words } | Note::WorkingDays { clause, words } => {
                Some((clause, words))
            }
            _ => None,
        });
        let of_8 = found.filter(|(clause, _)| clause.part == Part::Article(8));
        let names: Vec<&str> = of_8.map(|(_, name)| name.as_str()).collect();
        assert_eq!(names.join("|"), expected, "{said}");
    };
    check("ハローワークは、ハローワーク職員が行う。", "");
    check("ハローワークみほん", "");
    check("見本公共職業安定所が", "見本公共職業安定所");
    check("公共職業安定所が", "");
    check("TeleOffice又はＺｏｏｍ", "Ｚｏｏｍ|TeleOffice");
    check("「表示名」と「Tool Box」", "Tool Box");
    check("onlineでtelezoom", "");
    check("さいたま地方裁判所と大阪地方裁判所堺支部", "さいたま地方裁判所|大阪地方裁判所堺支部");
    check(
        "津地方裁判所又は大津地\n方裁判所、会津簡易裁判所",
        "津地方裁判所|大津地方裁判所|会津簡易裁判所",
    );
    check("地方裁判所", "地方裁判所");
    check("最高裁判所", "");
    check("見本に関する法律第２条", "見本に関する法律第２条");
    check("見本法（昭和２２年法律第１号）第５条の４", "見本法（昭和２２年法律第１号）第５条の４");
    check("見本規約第３条と第４条", "");
    check("３営業日前までに", "３営業日前");
    check("前開庁日までに", "前開庁日");
    check("３日前（土日祝日を除く。）までに", "３日前");
    check("３日前（年末でも同じ。）までに", "");
}
