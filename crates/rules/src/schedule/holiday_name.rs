//! What a national holiday is called.

/// The name of a national holiday or of another day off that a statute made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HolidayName {
    /// 元日
    NewYear,
    /// 成人の日
    ComingOfAge,
    /// 建国記念の日
    Foundation,
    /// 天皇誕生日
    EmperorsBirthday,
    /// 春分の日
    VernalEquinox,
    /// 昭和の日
    Showa,
    /// 憲法記念日
    Constitution,
    /// みどりの日
    Greenery,
    /// こどもの日
    Children,
    /// 海の日
    Marine,
    /// 山の日
    Mountain,
    /// 敬老の日
    RespectForTheAged,
    /// 秋分の日
    AutumnalEquinox,
    /// 体育の日, until 2019
    HealthSports,
    /// スポーツの日, from 2020
    Sports,
    /// 文化の日
    Culture,
    /// 勤労感謝の日
    LabourThanksgiving,
    /// 結婚の儀: 1959-04-10 and 1993-06-09
    ImperialWedding,
    /// 大喪の礼: 1989-02-24
    ImperialFuneral,
    /// 即位礼正殿の儀: 1990-11-12 and 2019-10-22
    EnthronementCeremony,
    /// 天皇の即位の日: 2019-05-01
    Enthronement,
    /// 振替休日: article 3(2) of the Act on National Holidays
    Substitute,
    /// 国民の休日: article 3(3) of the same act
    Citizens,
    /// A name that the Cabinet Office's file gave and the act, as this program knows it, does not.
    Published(String),
}

impl HolidayName {
    /// Every name the program itself knows.
    pub const KNOWN: [Self; 23] = [
        Self::NewYear,
        Self::ComingOfAge,
        Self::Foundation,
        Self::EmperorsBirthday,
        Self::VernalEquinox,
        Self::Showa,
        Self::Constitution,
        Self::Greenery,
        Self::Children,
        Self::Marine,
        Self::Mountain,
        Self::RespectForTheAged,
        Self::AutumnalEquinox,
        Self::HealthSports,
        Self::Sports,
        Self::Culture,
        Self::LabourThanksgiving,
        Self::ImperialWedding,
        Self::ImperialFuneral,
        Self::EnthronementCeremony,
        Self::Enthronement,
        Self::Substitute,
        Self::Citizens,
    ];

    /// The name for a published row: the known one when the words are the same.
    pub fn published(words: &str) -> Self {
        let known = Self::KNOWN.into_iter().find(|name| name.japanese() == words);
        known.unwrap_or_else(|| Self::Published(words.to_owned()))
    }

    /// The name in Japanese, as the act or the Cabinet Office writes it.
    pub fn japanese(&self) -> &str {
        self.names().0
    }

    /// The name in English; a published name that is not known is only "National day off".
    pub fn english(&self) -> &'static str {
        self.names().1
    }

    fn names(&self) -> (&str, &'static str) {
        match self {
            Self::NewYear => ("元日", "New Year's Day"),
            Self::ComingOfAge => ("成人の日", "Coming of Age Day"),
            Self::Foundation => ("建国記念の日", "National Foundation Day"),
            Self::EmperorsBirthday => ("天皇誕生日", "The Emperor's Birthday"),
            Self::VernalEquinox => ("春分の日", "Vernal Equinox Day"),
            Self::Showa => ("昭和の日", "Showa Day"),
            Self::Constitution => ("憲法記念日", "Constitution Memorial Day"),
            Self::Greenery => ("みどりの日", "Greenery Day"),
            Self::Children => ("こどもの日", "Children's Day"),
            Self::Marine => ("海の日", "Marine Day"),
            Self::Mountain => ("山の日", "Mountain Day"),
            Self::RespectForTheAged => ("敬老の日", "Respect for the Aged Day"),
            Self::AutumnalEquinox => ("秋分の日", "Autumnal Equinox Day"),
            Self::HealthSports => ("体育の日", "Health and Sports Day"),
            Self::Sports => ("スポーツの日", "Sports Day"),
            Self::Culture => ("文化の日", "Culture Day"),
            Self::LabourThanksgiving => ("勤労感謝の日", "Labour Thanksgiving Day"),
            Self::ImperialWedding => ("結婚の儀", "Imperial Wedding"),
            Self::ImperialFuneral => ("大喪の礼", "Imperial Funeral"),
            Self::EnthronementCeremony => ("即位礼正殿の儀", "Enthronement Ceremony"),
            Self::Enthronement => ("天皇の即位の日", "Day of the Enthronement"),
            Self::Substitute => ("振替休日", "Substitute holiday"),
            Self::Citizens => ("国民の休日", "Day between two holidays"),
            Self::Published(words) => (words, "National day off"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_name_is_found_again_by_its_words() {
        for name in HolidayName::KNOWN {
            assert_eq!(HolidayName::published(name.japanese()), name);
            assert!(!name.english().is_empty());
        }
    }

    #[test]
    fn an_unknown_name_keeps_its_words() {
        let name = HolidayName::published("休日（祝日扱い）");
        assert_eq!(name.japanese(), "休日（祝日扱い）");
        assert_eq!(name.english(), "National day off");
    }
}
