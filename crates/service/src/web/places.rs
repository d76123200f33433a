//! The places of the desk and who goes there: one table for the navigation and for the doors.

use rules::people::{Act, Role};

/// A place of the desk that the navigation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// 受付箱: what waits for the office's answer.
    Inbox,
    /// 本日: the sessions of a day.
    Today,
    /// 日程: the counsellors' days.
    Days,
    /// 電話: who calls.
    Calls,
    /// お知らせ: letters.
    Letters,
    /// 利用状況: incidents, and use that is declined or ended.
    Conduct,
    /// 中止: functions of the service that are stopped.
    Stops,
    /// 相談員: counsellors, their hours and leave.
    Counsellors,
    /// 統計: sums of sessions.
    Statistics,
    /// 開示: demands under a law and persons' own requests (article 5(2)).
    Disclosures,
    /// 共有: bodies concerned, and what was shared with them (article 6).
    Sharing,
}

impl Place {
    /// Every place, in the order of the navigation.
    pub const ALL: [Self; 11] = [
        Self::Inbox,
        Self::Today,
        Self::Days,
        Self::Calls,
        Self::Letters,
        Self::Conduct,
        Self::Stops,
        Self::Counsellors,
        Self::Statistics,
        Self::Disclosures,
        Self::Sharing,
    ];

    /// Its address.
    pub fn address(self) -> &'static str {
        match self {
            Self::Inbox => "/desk",
            Self::Today => "/desk/today",
            Self::Days => "/desk/days",
            Self::Calls => "/desk/calls",
            Self::Letters => "/desk/letters",
            Self::Conduct => "/desk/conduct",
            Self::Stops => "/desk/stops",
            Self::Counsellors => "/desk/counsellors",
            Self::Statistics => "/desk/statistics",
            Self::Disclosures => "/desk/disclosures",
            Self::Sharing => "/desk/sharing",
        }
    }

    /// What it is for: any of these acts opens its door.
    fn acts(self) -> &'static [Act] {
        match self {
            Self::Inbox => &[Act::ReadApplications],
            Self::Today => &[Act::RecordCall, Act::RecordArrival, Act::RecordSession],
            Self::Days => &[Act::ConfirmAppointment, Act::RecordSession, Act::ManageCounsellors],
            Self::Calls => &[Act::RecordCall],
            Self::Letters => &[Act::ReadLetters],
            Self::Conduct => &[Act::ReadConduct],
            Self::Stops => &[Act::StopService],
            Self::Counsellors => &[Act::ManageCounsellors],
            Self::Statistics => &[Act::ReadStatistics],
            Self::Disclosures => &[Act::ReadDisclosures],
            Self::Sharing => &[Act::ReadSharings, Act::KeepPartners],
        }
    }

    /// Whether somebody of that role has anything to do there.
    pub fn is_open_to(self, role: Role) -> bool {
        self.acts().iter().any(|act| role.may(*act))
    }

    /// The places of a role, in the order of the navigation. The first is where the day begins.
    pub fn of(role: Role) -> Vec<Self> {
        Self::ALL.into_iter().filter(|place| place.is_open_to(role)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_places_of_their_own() {
        use Place::{
            Calls, Conduct, Counsellors, Days, Disclosures, Inbox, Letters, Sharing, Statistics,
            Today,
        };
        let table = [
            (Role::Coordinator, vec![Inbox, Today, Days, Calls, Letters, Conduct, Statistics]),
            (Role::Counsellor, vec![Today, Days, Sharing]),
            (Role::Manager, Place::ALL.to_vec()),
            (Role::RecordsOfficer, vec![Disclosures]),
            (Role::Administrator, vec![Days, Counsellors, Sharing]),
        ];
        for (role, places) in table {
            assert_eq!(Place::of(role), places, "{role:?}");
        }
    }
}
