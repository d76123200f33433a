//! Who in the office may do what.

use serde::{Deserialize, Serialize};

/// What a member of staff is to the office. A role opens doors only inside the own office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 受付・調整: applications, appointments and the telephone.
    Coordinator,
    /// 相談員: holds the sessions and writes their records.
    Counsellor,
    /// 所長: answers for all that the office does.
    Manager,
    /// 開示・記録担当: keeps the register of demands under a law (article 5(2)) and of persons' own
    /// requests, and reads of jobseekers what those ask for.
    RecordsOfficer,
    /// Keeps the installation running, and has no business with what jobseekers tell the office.
    Administrator,
}

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// See who applied, with name and number (article 2(1)).
    ReadApplications,
    /// See what a jobseeker needs because of health or disability.
    ReadCareWishes,
    /// Enter an application for somebody who calls or comes to the counter (article 2(1)).
    EnterApplication,
    /// Decide whether the conditions of article 1 are met.
    DecideApplication,
    /// Fix day, time and counsellor (article 2(2)).
    ConfirmAppointment,
    /// Plan group sessions with their seats, change them and call them off (articles 2(2), 9(6)).
    PlanGroups,
    /// Confirm for the same day, with a reason (article 2(1), "in principle").
    OverrideSameDay,
    /// Note a call, such as a cancellation (article 2(4)).
    RecordCall,
    /// Note that somebody is at the door, under which name, or that the office cannot be reached
    /// (articles 2(3), 2(4), 9(6)).
    RecordArrival,
    /// Note how a session went: outcome, start, end (article 5(1)).
    RecordSession,
    /// Take back a fact that was noted by mistake, with a reason.
    RetractFact,
    /// End or call off a session for the office: a breach, a failure, an absence (9(4), 9(6)).
    StopSession,
    /// Record what looked like a breach, and end a session at once for it (articles 8, 9(4)).
    RecordIncident,
    /// See what is on file about a person's conduct (articles 2(4), 8, 10(2)).
    ReadConduct,
    /// Decide whether it was a breach, decline later applications, end a person's use, and lift
    /// both (articles 2(4), 10(2)).
    DecideConduct,
    /// Stop functions of the service, and open them again (article 10(1)). This is what offices
    /// ordinarily choose; the own choice of each is `may_stop` of its practice.
    StopService,
    /// Read the letters that left for a jobseeker (article 2(2)).
    ReadLetters,
    /// See sums of sessions and take them out of the window, for a purpose (article 5(1)).
    ReadStatistics,
    /// Try again what failed, such as a letter that was not delivered.
    RetryDuty,
    /// Read the register of disclosures (article 5(2)), entries that are kept secret included.
    ReadDisclosures,
    /// Enter demands and own requests, check where they come from, prepare and hand over
    /// (article 5(2)).
    KeepDisclosures,
    /// Approve what another drafted (article 5(2)).
    ApproveDisclosure,
    /// See which records may be deleted, and what was (article 5(1)).
    ReadRetention,
    /// List records that may be deleted, for another to review.
    ListRetention,
    /// Approve that what another listed is deleted.
    ApproveRetention,
    /// Ask for consent to share with a body concerned, and share (article 6).
    RecordSharing,
    /// Read what was shared with whom, for any session of the office (article 6).
    ReadSharings,
    /// Keep the list of bodies that may be shared with (article 6).
    KeepPartners,
    /// Counsellors with their hours, leave and skills.
    ManageCounsellors,
    /// Let a counsellor of the own office serve other offices too.
    ChooseOffices,
    /// Accounts of staff and their roles.
    ManageStaff,
    /// The office's practice, closed days and questions.
    ManageOffice,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 32] = [
        Self::ReadApplications,
        Self::ReadCareWishes,
        Self::EnterApplication,
        Self::DecideApplication,
        Self::ConfirmAppointment,
        Self::PlanGroups,
        Self::OverrideSameDay,
        Self::RecordCall,
        Self::RecordArrival,
        Self::RecordSession,
        Self::RetractFact,
        Self::StopSession,
        Self::RecordIncident,
        Self::ReadConduct,
        Self::DecideConduct,
        Self::StopService,
        Self::ReadLetters,
        Self::ReadStatistics,
        Self::RetryDuty,
        Self::ReadDisclosures,
        Self::KeepDisclosures,
        Self::ApproveDisclosure,
        Self::ReadRetention,
        Self::ListRetention,
        Self::ApproveRetention,
        Self::RecordSharing,
        Self::ReadSharings,
        Self::KeepPartners,
        Self::ManageCounsellors,
        Self::ChooseOffices,
        Self::ManageStaff,
        Self::ManageOffice,
    ];
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [
        Self::Coordinator,
        Self::Counsellor,
        Self::Manager,
        Self::RecordsOfficer,
        Self::Administrator,
    ];

    /// Whether this role may do this, for any session of the own office: in a small office
    /// counsellors stand in for each other, and whoever is there answers the telephone.
    ///
    /// Source: the actors in the clause table (articles 1, 2, 5, 9 and 10), and that nobody reads
    /// what the own work does not need (article 6).
    #[rustfmt::skip]
    pub fn may(self, act: Act) -> bool {
        use Role::{Administrator, Coordinator, Counsellor, Manager, RecordsOfficer};
        match act {
            Act::ReadApplications   => matches!(self, Coordinator | Manager),
            Act::ReadCareWishes     => matches!(self, Coordinator | Counsellor | Manager),
            Act::EnterApplication   => matches!(self, Coordinator | Manager),
            Act::DecideApplication  => matches!(self, Coordinator | Manager),
            Act::ConfirmAppointment => matches!(self, Coordinator | Manager),
            Act::PlanGroups         => matches!(self, Coordinator | Manager),
            Act::OverrideSameDay    => matches!(self, Coordinator | Manager),
            Act::RecordCall         => matches!(self, Coordinator | Manager),
            Act::RecordArrival      => matches!(self, Coordinator | Counsellor | Manager),
            Act::RecordSession      => matches!(self, Counsellor | Manager),
            Act::RetractFact        => matches!(self, Coordinator | Counsellor | Manager),
            Act::StopSession        => matches!(self, Coordinator | Counsellor | Manager),
            Act::RecordIncident     => matches!(self, Coordinator | Counsellor | Manager),
            Act::ReadConduct        => matches!(self, Coordinator | Manager),
            Act::DecideConduct      => matches!(self, Manager),
            Act::StopService        => matches!(self, Manager),
            Act::ReadLetters        => matches!(self, Coordinator | Manager),
            Act::ReadStatistics     => matches!(self, Coordinator | Manager),
            Act::RetryDuty          => matches!(self, Coordinator | Manager | Administrator),
            Act::ReadDisclosures    => matches!(self, RecordsOfficer | Manager),
            Act::KeepDisclosures    => matches!(self, RecordsOfficer | Manager),
            Act::ApproveDisclosure  => matches!(self, RecordsOfficer | Manager),
            Act::ReadRetention      => matches!(self, RecordsOfficer | Manager),
            Act::ListRetention      => matches!(self, RecordsOfficer),
            Act::ApproveRetention   => matches!(self, Manager),
            Act::RecordSharing      => matches!(self, Counsellor),
            Act::ReadSharings       => matches!(self, Counsellor | Manager),
            Act::KeepPartners       => matches!(self, Administrator),
            Act::ManageCounsellors  => matches!(self, Manager | Administrator),
            Act::ChooseOffices      => matches!(self, Administrator),
            Act::ManageStaff        => matches!(self, Manager | Administrator),
            Act::ManageOffice       => matches!(self, Manager | Administrator),
        }
    }

    /// The code in stored rows and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Counsellor => "counsellor",
            Self::Manager => "manager",
            Self::RecordsOfficer => "records_officer",
            Self::Administrator => "administrator",
        }
    }

    /// The role with exactly this [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One row: the act, and the initials of those who may.
    fn check(act: Act, who: &str) {
        let initials = "kcmra".chars();
        for (role, initial) in Role::ALL.into_iter().zip(initials) {
            assert_eq!(role.may(act), who.contains(initial), "{role:?} {act:?}");
        }
    }

    #[test]
    fn articles_1_to_10_who_may_do_what() {
        // k coordinator, c counsellor, m manager, r records officer, a administrator
        let table = [
            (Act::ReadApplications, "k-m--"),
            (Act::ReadCareWishes, "kcm--"),
            (Act::EnterApplication, "k-m--"),
            (Act::DecideApplication, "k-m--"),
            (Act::ConfirmAppointment, "k-m--"),
            (Act::PlanGroups, "k-m--"),
            (Act::OverrideSameDay, "k-m--"),
            (Act::RecordCall, "k-m--"),
            (Act::RecordArrival, "kcm--"),
            (Act::RecordSession, "-cm--"),
            (Act::RetractFact, "kcm--"),
            (Act::StopSession, "kcm--"),
            (Act::RecordIncident, "kcm--"),
            (Act::ReadConduct, "k-m--"),
            (Act::DecideConduct, "--m--"),
            (Act::StopService, "--m--"),
            (Act::ReadLetters, "k-m--"),
            (Act::ReadStatistics, "k-m--"),
            (Act::RetryDuty, "k-m-a"),
            (Act::ReadDisclosures, "--mr-"),
            (Act::KeepDisclosures, "--mr-"),
            (Act::ApproveDisclosure, "--mr-"),
            (Act::ReadRetention, "--mr-"),
            (Act::ListRetention, "---r-"),
            (Act::ApproveRetention, "--m--"),
            (Act::RecordSharing, "-c---"),
            (Act::ReadSharings, "-cm--"),
            (Act::KeepPartners, "----a"),
            (Act::ManageCounsellors, "--m-a"),
            (Act::ChooseOffices, "----a"),
            (Act::ManageStaff, "--m-a"),
            (Act::ManageOffice, "--m-a"),
        ];
        assert_eq!(table.map(|(act, _)| act), Act::ALL, "every act has its row");
        for (act, who) in table {
            check(act, who);
        }
    }

    #[test]
    fn roles_by_their_codes() {
        #[derive(Serialize, Deserialize)]
        struct Row {
            role: Role,
        }
        for role in Role::ALL {
            assert_eq!(Role::parse(role.code()), Some(role));
            let stored = toml::to_string(&Row { role }).unwrap();
            assert_eq!(stored, format!("role = \"{}\"\n", role.code()));
            assert_eq!(toml::from_str::<Row>(&stored).unwrap().role, role);
        }
        for code in ["", "Manager", "manager ", "admin", "所長"] {
            assert_eq!(Role::parse(code), None, "{code:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_role_or_none(text: String) {
            prop_assert!(Role::parse(&text).is_none_or(|role| role.code() == text));
        }
    }
}
