//! What is wrong with a version, in a sentence for whoever writes it.

use rules::people::Language;
use rules::terms::{
    ChoiceFault, ChoiceName, Chosen, Clause, EditionsRefusal, Fault, NumberFault, NumberName,
    PlaceFault, RulesFault, Said, TextFault,
};

/// The sentence of a fault: where it is, and what to do.
pub fn sentence(fault: &Fault) -> String {
    match fault {
        Fault::Unreadable { line } => format!("version.toml, line {line}: not TOML of a version"),
        Fault::VersionName => {
            "version: write a series and a place in it, such as sakai-1".to_owned()
        }
        Fault::Audience => "audience: write a code such as home".to_owned(),
        Fault::Language(Language::Japanese) => {
            "ja.txt: the authoritative Japanese text is missing".to_owned()
        }
        Fault::Language(language) => format!("{}.txt: given twice", language.code()),
        Fault::Text(language, fault) => format!("{}.txt: {}", language.code(), text(*fault)),
        Fault::Number { position, fault } => format!("number {position}: {}", number(*fault)),
        Fault::NumberMissing(name) => format!(
            "{}: missing; add a [[number]] with the clause and the phrase that state it",
            name.code()
        ),
        Fault::WindowMissing(language, time) => format!(
            "{}.txt states {time} among the hours, and no window begins or ends then",
            language.code()
        ),
        Fault::Rules(fault) => rules(*fault),
        Fault::Choice { position, fault } => format!("choice {position}: {}", choice(*fault)),
        Fault::ChoiceMissing(name) => {
            format!("{}: missing; add a [[choice]]: {}", name.code(), values(*name))
        }
        Fault::SilenceContradicts => {
            "silence is left open, and grace_minutes says after how long it cancels: keep one"
                .to_owned()
        }
        Fault::Place(fault) => place(*fault),
    }
}

fn place(fault: PlaceFault) -> String {
    match fault {
        PlaceFault::NotAPlace => {
            "places: write a clause on each side, such as \"8\" = \"12\", or \"none\" on the right"
                .to_owned()
        }
        PlaceFault::ClauseMissing(clause) => {
            format!("places: ja.txt has no clause {clause}")
        }
        PlaceFault::ArticleMissing(number) => format!(
            "there is no article {number}: say under [places] where the text says what article \
             {number} of the model terms says, or \"none\""
        ),
    }
}

fn choice(fault: ChoiceFault) -> String {
    match fault {
        ChoiceFault::Unknown => {
            let known: Vec<&str> = ChoiceName::ALL.iter().map(|name| name.code()).collect();
            format!("there is no choice of that name; there are {}", known.join(", "))
        }
        ChoiceFault::NotAValue(name) => format!("{}: {}", name.code(), values(name)),
        ChoiceFault::Twice(name) => format!("{} is chosen a second time", name.code()),
        ChoiceFault::NoClause => "article: write a clause such as 2(4)".to_owned(),
        ChoiceFault::ClauseMissing(language, clause) => {
            format!("{}.txt has no clause {clause}", language.code())
        }
        ChoiceFault::PhraseMissing(name) => {
            format!("{}: the phrase does not stand in its clause of ja.txt", name.code())
        }
        ChoiceFault::OtherDays => {
            "days_counted: the phrase counts other days than the value".to_owned()
        }
    }
}

/// What may be chosen.
fn values(name: ChoiceName) -> String {
    let values = Chosen::ALL.into_iter().filter(|chosen| chosen.name() == name);
    let codes: Vec<&str> = values.map(Chosen::code).collect();
    format!("write one of {}", codes.join(", "))
}

fn text(fault: TextFault) -> String {
    match fault {
        TextFault::ArticleMissing(number) => format!("there is no article {number}"),
        TextFault::ArticleMisnumbered(number) => {
            format!("article {number} stands after one of the same or a higher number")
        }
        TextFault::SupplementMissing => {
            "there is no supplementary provision (附則) that says from when it is in force"
                .to_owned()
        }
        TextFault::Misnumbered(clause) => format!("{clause} does not carry the number that is due"),
        TextFault::Empty(clause) => format!("{clause} says nothing"),
        TextFault::UnknownPlace(clause) => {
            format!("{clause}: only {{office}}, {{court}} and {{tool}} are filled in")
        }
        TextFault::Ruby(clause) => {
            format!("{clause}: a 《reading》 follows no kanji or is not closed")
        }
        TextFault::OtherShape(part) => format!(
            "{} has other paragraphs or items than in ja.txt",
            Clause { part, first: None, second: None }
        ),
    }
}

fn number(fault: NumberFault) -> String {
    match fault {
        NumberFault::Unknown => {
            let known: Vec<&str> = NumberName::ALL.iter().map(|name| name.code()).collect();
            format!("there is no number of that name; there are {}", known.join(", "))
        }
        NumberFault::Twice(name) => format!("{} is given a second time", name.code()),
        NumberFault::NotAValue(name) => format!("{}: {}", name.code(), form(name)),
        NumberFault::NoClause => "article: write a clause such as 2(4)".to_owned(),
        NumberFault::ClauseMissing(language, clause) => {
            format!("{}.txt has no clause {clause}", language.code())
        }
        NumberFault::PhraseMissing(name) => {
            format!("{}: the phrase does not stand in its clause of ja.txt", name.code())
        }
        NumberFault::PhraseSaysNothing(name) => {
            format!("{}: no number can be read in the phrase", name.code())
        }
        NumberFault::PhraseSays(name, said) => {
            format!("{}: the phrase says {} and not the value", name.code(), read(said))
        }
        NumberFault::NotStated(name, language) => {
            format!("{}: {}.txt does not state it in that clause", name.code(), language.code())
        }
    }
}

/// How a value is written.
fn form(name: NumberName) -> &'static str {
    match name {
        NumberName::ShortestMinutes | NumberName::LongestMinutes | NumberName::GraceMinutes => {
            "write whole minutes, such as 30"
        }
        NumberName::CompleteDaysBefore => "write whole days, such as 1",
        NumberName::CompleteUntil => "write a time of day, such as \"17:00\"",
        NumberName::Window => "write from and to, such as \"09:00-11:30\"",
        NumberName::EffectiveFrom => "write a date, such as 2021-05-26",
    }
}

fn read(said: Said) -> String {
    match said {
        Said::Minutes(minutes) => format!("{minutes} minutes"),
        Said::DaysBefore(days) => format!("{days} days before"),
        Said::At(time) => time.strftime("%H:%M").to_string(),
        Said::On(date) => date.to_string(),
    }
}

fn rules(fault: RulesFault) -> String {
    match fault {
        RulesFault::ShortestIsNothing => "a session may last no minutes".to_owned(),
        RulesFault::ShortestAboveLongest => {
            "the shortest session is longer than the longest".to_owned()
        }
        RulesFault::ShortestFitsNoWindow => "the shortest session fits into no window".to_owned(),
        RulesFault::WindowIsEmpty(window) => {
            format!("window {window} ends when it begins, or before")
        }
        RulesFault::WindowOutOfOrder(window) => {
            format!("window {window} begins before the one that is named ahead of it")
        }
        RulesFault::WindowsOverlap(window) => {
            format!("window {window} begins before the one ahead of it has ended")
        }
    }
}

/// Why a version cannot stand beside those that an office has.
pub fn beside_others(refusal: &EditionsRefusal) -> String {
    match refusal {
        EditionsRefusal::SameDate(date) => {
            format!("another version takes effect on {date}; choose another day")
        }
        EditionsRefusal::SameName(version) => {
            format!(
                "there is a version {version} already; a version never changes, so name a new one"
            )
        }
        EditionsRefusal::SeveralAudiences => {
            "the office's other versions are for another audience".to_owned()
        }
        EditionsRefusal::Gap(version) => format!(
            "{version} does not follow the version before it in its series, or takes effect earlier"
        ),
    }
}
