//! The people of the scenes. Every name and number says that it is a sample.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::application::{Intake, Interpreter, Support};
use rules::people::{Email, FreeText, JobseekerNumber, Kana, Language, LegalName, Telephone};
use rules::schedule::Slot;
use rules::terms::eligibility::NeedReason;
use rules::terms::environment::{Answer, Declaration, Device, JoinBy, asked};
use service::application::{Care, NOTE_AT_MOST, NewApplication, Person};

/// Somebody who asks for counselling, as they would type it.
#[derive(Clone, Debug)]
pub(crate) struct Applicant {
    pub(crate) name: String,
    pub(crate) kana: &'static str,
    pub(crate) number: String,
    pub(crate) email: String,
    pub(crate) telephone: &'static str,
    pub(crate) note: &'static str,
    pub(crate) words: &'static str,
    pub(crate) supports: &'static [Support],
    pub(crate) language: Language,
}

/// Types everything, reads Japanese.
pub(crate) fn hana() -> Applicant {
    Applicant {
        name: "見本 花子".to_owned(),
        kana: "みほん はなこ",
        number: "99990-1000001".to_owned(),
        email: "hana@example.jp".to_owned(),
        telephone: "090-0000-0001",
        note: "応募書類の書き方を相談したいです。",
        words: "通院の日は午後を希望します。",
        supports: &[],
        language: Language::Japanese,
    }
}

/// Reads やさしい日本語, writes nothing that need not be written.
pub(crate) fn taro() -> Applicant {
    Applicant {
        name: "例示 太郎".to_owned(),
        kana: "",
        number: "99990-1000002".to_owned(),
        email: "taro@example.jp".to_owned(),
        telephone: "",
        note: "",
        words: "",
        supports: &[Support::PlainSpeech],
        language: Language::EasyJapanese,
    }
}

/// Reads English and cannot use the telephone.
pub(crate) fn maria() -> Applicant {
    Applicant {
        name: "Sample Maria".to_owned(),
        kana: "サンプル マリア",
        number: "99990-1000003".to_owned(),
        email: "maria@example.jp".to_owned(),
        telephone: "",
        note: "I would like to talk about evening jobs.",
        words: "",
        supports: &[Support::NoTelephone, Support::Interpreter],
        language: Language::English,
    }
}

/// Wishes for the supporter for people with intractable diseases.
pub(crate) fn nozomi() -> Applicant {
    Applicant {
        name: "見本 のぞみ".to_owned(),
        kana: "みほん のぞみ",
        number: "99990-1000004".to_owned(),
        email: "nozomi@example.jp".to_owned(),
        telephone: "090-0000-0004",
        note: "体調に合う働き方を相談したいです。",
        words: "疲れやすいです。",
        supports: &[Support::RareDiseaseSupporter],
        language: Language::Japanese,
    }
}

/// One of a crowd: as many different people as are wanted.
pub(crate) fn one_of_many(index: u32) -> Applicant {
    Applicant {
        number: format!("99991-{}", 1_000_000 + index),
        email: format!("crowd{index}@example.jp"),
        ..hana()
    }
}

impl Applicant {
    /// The language to be interpreted, for whoever wishes for an interpreter.
    pub(crate) fn interpreter(&self) -> Option<Interpreter> {
        self.supports.contains(&Support::Interpreter).then_some(Interpreter::Tagalog)
    }

    /// The application that this person sends.
    pub(crate) fn form(&self, wishes: &[Slot], version: &str, at: Timestamp) -> NewApplication {
        let text = |typed: &str| {
            (!typed.is_empty())
                .then(|| FreeText::parse(typed, NOTE_AT_MOST).expect("a text of the cast"))
        };
        let given = |typed: &'static str| (!typed.is_empty()).then_some(typed);
        let person = Person {
            name: LegalName::parse(&self.name).expect("a name of the cast"),
            kana: given(self.kana).map(|kana| Kana::parse(kana).expect("kana of the cast")),
            number: JobseekerNumber::parse(&self.number).expect("a number of the cast"),
            email: (!self.email.is_empty())
                .then(|| Email::parse(&self.email).expect("an address of the cast")),
            telephone: given(self.telephone)
                .map(|number| Telephone::parse(number).expect("a telephone of the cast")),
            note: text(self.note),
        };
        let (device, join_by) = (Device::Phone, JoinBy::App);
        let answers: BTreeMap<_, _> =
            asked(device, join_by).into_iter().map(|item| (item, Answer::Yes)).collect();
        NewApplication {
            person,
            care: Care {
                reasons: vec![NeedReason::Health],
                supports: self.supports.to_vec(),
                interpreter: self.interpreter(),
                words: text(self.words),
            },
            declaration: Declaration { device, join_by, answers, at },
            wishes: wishes.to_vec(),
            language: self.language,
            group: None,
            intake: Intake::Web,
            entered_by: None,
            consented_version: version.to_owned(),
        }
    }
}
