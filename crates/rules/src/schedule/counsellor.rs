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
    /// Whether regular hours cover the whole slot, in one range or in ranges that touch, and no
    /// leave touches it. Whether somebody else has the slot is for the holds to say.
    pub fn works_during(&self, slot: &Slot) -> bool {
        let (starts, ends) = (slot.starts(), slot.ends());
        let weekday = i16::from(starts.date().weekday().to_monday_one_offset());
        let mut of_day: Vec<&WeeklyHours> =
            self.hours.iter().filter(|hours| i16::from(hours.weekday) == weekday).collect();
        of_day.sort_unstable_by_key(|hours| hours.from);
        let covered = of_day.iter().fold(starts.time(), |covered, hours| {
            if hours.from <= covered { covered.max(hours.to) } else { covered }
        });
        let same_day = starts.date() == ends.date();
        let at_work =
            of_day.iter().any(|hours| hours.from <= starts.time()) && ends.time() <= covered;
        // An absence that ends when it begins is none.
        let mut leave = self.leave.iter().filter(|leave| leave.from < leave.to);
        let away = leave.any(|leave| leave.from < ends && starts < leave.to);
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

    /// A row: ranges of a Tuesday | leave on that day | a slot of that day | at work or not.
    fn check(row: &str) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [hours, leave, slot, expected] = cells[..] else { panic!("{row}") };
        let day = jiff::civil::date(2026, 11, 24);
        let ranges = |text: &str| -> Vec<(Time, Time)> {
            let range = |part: &str| {
                let (from, to) = part.split_once('-').unwrap_or_else(|| panic!("{row}"));
                (from.parse().unwrap(), to.parse().unwrap())
            };
            text.split_whitespace().map(range).collect()
        };
        let weekly = |(from, to)| WeeklyHours { weekday: 2, from, to };
        let away = |(from, to)| Leave { from: day.to_datetime(from), to: day.to_datetime(to) };
        let counsellor = Counsellor {
            id: 1,
            hours: ranges(hours).into_iter().map(weekly).collect(),
            leave: ranges(leave).into_iter().map(away).collect(),
            skills: BTreeSet::new(),
        };
        let (from, to) = ranges(slot)[0];
        let minutes = u16::try_from(to.duration_since(from).as_mins()).unwrap();
        let slot = Slot::on(day, from, minutes).unwrap();
        assert_eq!(counsellor.works_during(&slot), expected == "works", "{row}");
    }

    #[test]
    fn article_2_2_hours_that_touch_are_one_range() {
        check("10:00-12:00             |             | 10:00-12:00 | works");
        check("10:00-12:00             |             | 09:59-10:30 | off");
        check("10:00-12:00             |             | 11:31-12:01 | off");
        check("10:00-10:30 10:30-11:15 |             | 10:00-11:00 | works");
        check("10:30-11:15 10:00-10:30 |             | 10:15-11:15 | works");
        check("10:00-10:30 10:31-11:15 |             | 10:15-10:45 | off");
        check("10:00-10:45 10:30-11:15 |             | 10:00-11:00 | works");
        check("10:00-12:00             | 10:15-10:15 | 10:00-10:30 | works");
        check("10:00-12:00             | 10:15-10:20 | 10:00-10:30 | off");
        check("10:00-12:00             | 10:30-11:00 | 10:00-10:30 | works");
        check("                        |             | 10:00-10:30 | off");
    }

    #[test]
    fn codes_lead_back_to_their_skill() {
        for skill in Skill::ALL {
            assert_eq!(Skill::parse(skill.code()), Some(skill));
        }
        assert_eq!(Skill::parse("Japanese"), None);
    }
}
