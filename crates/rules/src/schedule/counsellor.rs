//! When counsellors work, when they are away, and what they are able to do (article 2(2)).

use std::collections::BTreeSet;

use jiff::civil::{DateTime, Time};
use serde::{Deserialize, Serialize};

use super::slot::Slot;

/// What the schedule must know of a counsellor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counsellor {
    /// The key under which the counsellor's time is held.
    pub id: i64,
    /// Regular working hours for online sessions.
    pub hours: Vec<WeeklyHours>,
    /// Absences, which win over the hours.
    pub leave: Vec<Leave>,
    /// What the counsellor is able to do beyond ordinary counselling in Japanese.
    pub skills: BTreeSet<Skill>,
}

/// Working hours that recur each week, in Tokyo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeeklyHours {
    /// 1 is Monday, 7 is Sunday; other numbers are never.
    pub weekday: u8,
    /// Beginning, included.
    pub from: Time,
    /// End, excluded.
    pub to: Time,
}

/// An absence, in Tokyo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Beginning, included.
    pub from: DateTime,
    /// End, excluded.
    pub to: DateTime,
}

/// What a session may need of its counsellor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Skill {
    /// やさしい日本語
    #[serde(rename = "ja-easy")]
    EasyJapanese,
    /// 英語
    #[serde(rename = "en")]
    English,
    /// 中国語
    #[serde(rename = "zh")]
    Chinese,
    /// ポルトガル語
    #[serde(rename = "pt")]
    Portuguese,
    /// スペイン語
    #[serde(rename = "es")]
    Spanish,
    /// タガログ語
    #[serde(rename = "tl")]
    Tagalog,
    /// ベトナム語
    #[serde(rename = "vi")]
    Vietnamese,
    /// 手話
    SignLanguage,
    /// 難病患者就職サポーター (article 6)
    #[serde(rename = "rare-disease")]
    RareDiseaseSupporter,
}

impl Counsellor {
    /// Whether regular hours cover the whole slot and no leave touches it. Whether somebody else
    /// has the slot is for the holds to say.
    pub fn works_during(&self, slot: &Slot) -> bool {
        let (starts, ends) = (slot.starts(), slot.ends());
        let weekday = starts.date().weekday().to_monday_one_offset();
        let same_day = starts.date() == ends.date();
        let at_work = self.hours.iter().any(|hours| {
            i16::from(hours.weekday) == i16::from(weekday)
                && hours.from <= starts.time()
                && ends.time() <= hours.to
        });
        let away = self.leave.iter().any(|leave| leave.from < ends && starts < leave.to);
        same_day && at_work && !away
    }
}

impl Skill {
    /// Every skill, in the order in which lists show them.
    pub const ALL: [Self; 9] = [
        Self::EasyJapanese,
        Self::English,
        Self::Chinese,
        Self::Portuguese,
        Self::Spanish,
        Self::Tagalog,
        Self::Vietnamese,
        Self::SignLanguage,
        Self::RareDiseaseSupporter,
    ];

    /// The code by which the skill is stored and named in configuration.
    pub fn code(self) -> &'static str {
        match self {
            Self::EasyJapanese => "ja-easy",
            Self::English => "en",
            Self::Chinese => "zh",
            Self::Portuguese => "pt",
            Self::Spanish => "es",
            Self::Tagalog => "tl",
            Self::Vietnamese => "vi",
            Self::SignLanguage => "sign-language",
            Self::RareDiseaseSupporter => "rare-disease",
        }
    }

    /// The skill of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|skill| skill.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back_to_their_skill() {
        for skill in Skill::ALL {
            assert_eq!(Skill::parse(skill.code()), Some(skill));
        }
        assert_eq!(Skill::parse("Japanese"), None);
    }
}
