//! The places of the desk and who goes there: one table for the navigation and for the doors.

use rules::people::{Act, Practice, Role};

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
    /// 集まり: group sessions, in an office that holds some.
    Groups,
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
    /// 保存と廃棄: records whose period is over.
    Retention,
}

impl Place {
    /// Every place, in the order of the navigation.
    pub const ALL: [Self; 13] = [
        Self::Inbox,
        Self::Today,
        Self::Days,
        Self::Calls,
        Self::Groups,
        Self::Letters,
        Self::Conduct,
        Self::Stops,
        Self::Counsellors,
        Self::Statistics,
        Self::Disclosures,
        Self::Sharing,
        Self::Retention,
    ];

    /// Its address.
    pub fn address(self) -> &'static str {
        match self {
            Self::Inbox => "/desk",
            Self::Today => "/desk/today",
            Self::Days => "/desk/days",
            Self::Calls => "/desk/calls",
            Self::Groups => "/desk/groups",
            Self::Letters => "/desk/letters",
            Self::Conduct => "/desk/conduct",
            Self::Stops => "/desk/stops",
            Self::Counsellors => "/desk/counsellors",
            Self::Statistics => "/desk/statistics",
            Self::Disclosures => "/desk/disclosures",
            Self::Sharing => "/desk/sharing",
            Self::Retention => "/desk/retention",
        }
    }

    /// What it is for: any of these acts opens its door.
    fn acts(self) -> &'static [Act] {
        match self {
            Self::Inbox => &[Act::ReadApplications],
            Self::Today => &[Act::RecordCall, Act::RecordArrival, Act::RecordSession],
            Self::Days => &[Act::ConfirmAppointment, Act::RecordSession, Act::ManageCounsellors],
            Self::Calls => &[Act::RecordCall],
            Self::Groups => &[Act::PlanGroups, Act::RecordArrival, Act::RecordSession],
            Self::Letters => &[Act::ReadLetters],
            Self::Conduct => &[Act::ReadConduct],
            Self::Stops => &[Act::StopService],
            Self::Counsellors => &[Act::ManageCounsellors],
            Self::Statistics => &[Act::ReadStatistics],
            Self::Disclosures => &[Act::ReadDisclosures],
            Self::Sharing => &[Act::ReadSharings, Act::KeepPartners],
            Self::Retention => &[Act::ReadRetention],
        }
    }

    /// Whether somebody of that role has anything to do there. Who may stop what is the office's
    /// choice (article 10(1)).
    pub fn is_open_to(self, role: Role, practice: &Practice) -> bool {
        match self {
            Self::Stops => practice.lets_stop_something(role),
            Self::Groups if !practice.groups => false,
            _ => self.acts().iter().any(|act| role.may(*act)),
        }
    }

    /// The places of a role, in the order of the navigation. The first is where the day begins.
    /// Group sessions have one only where the office holds some.
    pub fn of(role: Role, practice: &Practice) -> Vec<Self> {
        Self::ALL.into_iter().filter(|place| place.is_open_to(role, practice)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_places_of_their_own() {
        use Place::{
            Calls, Conduct, Counsellors, Days, Disclosures, Groups, Inbox, Letters, Retention,
            Sharing, Statistics, Today,
        };
        let table = [
            (
                Role::Coordinator,
                vec![Inbox, Today, Days, Calls, Groups, Letters, Conduct, Statistics],
            ),
            (Role::Counsellor, vec![Today, Days, Groups, Sharing]),
            (Role::Manager, Place::ALL.to_vec()),
            (Role::RecordsOfficer, vec![Disclosures, Retention]),
            (Role::Administrator, vec![Days, Counsellors, Sharing]),
        ];
        for (role, places) in table {
            let of = |groups| Place::of(role, &Practice { groups, ..Practice::default() });
            assert_eq!(of(true), places, "{role:?}");
            let without: Vec<_> = places.into_iter().filter(|it| *it != Groups).collect();
            assert_eq!(of(false), without, "{role:?} in an office without groups");
        }
    }
}
