//! Asking for counselling: from the form to the office's answer (article 2(1) and 2(2)).

mod course;
mod interpreter;
mod kind;
mod wishes;

pub use course::{
    Course, CourseRefusal, DeclineReason, Step, answer_due, answer_due_for, proposal_lapses_at,
};
pub use interpreter::Interpreter;
pub use kind::{Kind, KindRefusal};
pub use wishes::{WishFault, check_wishes};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::people::Language;
use crate::schedule::Skill;

/// What a counsellor should best be able to do for somebody with these wishes, who speaks this
/// language and reads that one. A hint for who arranges the session, not a condition.
pub fn fitting_skills(
    supports: &[Support],
    spoken: Option<Interpreter>,
    language: Language,
) -> BTreeSet<Skill> {
    let of_language = match language {
        Language::Japanese => None,
        Language::EasyJapanese => Some(Skill::EasyJapanese),
        Language::English => Some(Skill::English),
    };
    let of_speech = spoken.and_then(Interpreter::skill);
    let of_supports = supports.iter().filter_map(|support| support.skill());
    of_supports.chain(of_language).chain(of_speech).collect()
}

/// How an application reached the office. Article 2(1) names no way, so all are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intake {
    /// The jobseeker's own entry.
    Web,
    /// Entered by staff on the telephone.
    Telephone,
    /// Entered by staff at the counter.
    Counter,
}

/// What would help a person to take part (reasonable accommodation). Declared, never proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    /// Captions or live text.
    Captions,
    /// Talking in writing.
    WrittenChat,
    /// A sign language interpreter.
    SignLanguage,
    /// An interpreter of another language.
    Interpreter,
    /// A companion takes part.
    Companion,
    /// Slow and plain speech.
    PlainSpeech,
    /// Pauses, or a short session.
    Breaks,
    /// Telephoning is not possible: another way to cancel is owed (domain of article 2(4)).
    NoTelephone,
    /// A counsellor who supports people with rare diseases (article 6).
    RareDiseaseSupporter,
}

impl Support {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Captions,
        Self::WrittenChat,
        Self::SignLanguage,
        Self::Interpreter,
        Self::Companion,
        Self::PlainSpeech,
        Self::Breaks,
        Self::NoTelephone,
        Self::RareDiseaseSupporter,
    ];

    /// The stable code of forms and of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Captions => "captions",
            Self::WrittenChat => "written_chat",
            Self::SignLanguage => "sign_language",
            Self::Interpreter => "interpreter",
            Self::Companion => "companion",
            Self::PlainSpeech => "plain_speech",
            Self::Breaks => "breaks",
            Self::NoTelephone => "no_telephone",
            Self::RareDiseaseSupporter => "rare_disease_supporter",
        }
    }

    /// What a counsellor is able to do who can give it alone; `None` for what the office arranges
    /// in other ways.
    pub fn skill(self) -> Option<Skill> {
        match self {
            Self::SignLanguage => Some(Skill::SignLanguage),
            Self::PlainSpeech => Some(Skill::EasyJapanese),
            Self::RareDiseaseSupporter => Some(Skill::RareDiseaseSupporter),
            Self::Captions
            | Self::WrittenChat
            | Self::Interpreter
            | Self::Companion
            | Self::Breaks
            | Self::NoTelephone => None,
        }
    }

    /// Reads [`Support::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|support| support.code() == code)
    }
}

impl Intake {
    /// The stable code of the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Telephone => "telephone",
            Self::Counter => "counter",
        }
    }

    /// Reads [`Intake::code`] back; `None` for an unknown code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Web, Self::Telephone, Self::Counter].into_iter().find(|c| c.code() == code)
    }
}
