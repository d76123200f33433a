//! What happened in a year, counted; and the digest by which two years are compared.

use std::ops::AddAssign;

/// How often what happened.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Year {
    pub(crate) digest: u64,
    pub(crate) applications: u64,
    pub(crate) confirmed: u64,
    pub(crate) confirmed_with_reason: u64,
    pub(crate) declined: u64,
    pub(crate) withdrawn: u64,
    pub(crate) converted: u64,
    pub(crate) proposals: u64,
    pub(crate) lapsed: u64,
    pub(crate) moved: u64,
    pub(crate) freed_slots_taken: u64,
    pub(crate) typed_late: u64,
    pub(crate) undone_facts: u64,
    pub(crate) deemed: u64,
    pub(crate) deemings_undone: u64,
    pub(crate) slots_lost: u64,
    pub(crate) reclaimed: u64,
    pub(crate) called_off: u64,
    pub(crate) stopped: u64,
    pub(crate) offices_trouble: u64,
    pub(crate) held: u64,
    pub(crate) unrecorded: u64,
}

impl Year {
    /// Each count with its name.
    pub(crate) fn counted(&self) -> [(&'static str, u64); 21] {
        [
            ("applications", self.applications),
            ("confirmed", self.confirmed),
            ("confirmed_with_reason", self.confirmed_with_reason),
            ("declined", self.declined),
            ("withdrawn", self.withdrawn),
            ("converted", self.converted),
            ("proposals", self.proposals),
            ("lapsed", self.lapsed),
            ("moved", self.moved),
            ("freed_slots_taken", self.freed_slots_taken),
            ("typed_late", self.typed_late),
            ("undone_facts", self.undone_facts),
            ("deemed", self.deemed),
            ("deemings_undone", self.deemings_undone),
            ("slots_lost", self.slots_lost),
            ("reclaimed", self.reclaimed),
            ("called_off", self.called_off),
            ("stopped", self.stopped),
            ("offices_trouble", self.offices_trouble),
            ("held", self.held),
            ("unrecorded", self.unrecorded),
        ]
    }

    /// Takes a line of the log into the digest (FNV-1a).
    pub(crate) fn digest_line(&mut self, line: &str) {
        for byte in line.bytes() {
            self.digest = (self.digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl AddAssign for Year {
    fn add_assign(&mut self, other: Self) {
        self.digest ^= other.digest;
        self.applications += other.applications;
        self.confirmed += other.confirmed;
        self.confirmed_with_reason += other.confirmed_with_reason;
        self.declined += other.declined;
        self.withdrawn += other.withdrawn;
        self.converted += other.converted;
        self.proposals += other.proposals;
        self.lapsed += other.lapsed;
        self.moved += other.moved;
        self.freed_slots_taken += other.freed_slots_taken;
        self.typed_late += other.typed_late;
        self.undone_facts += other.undone_facts;
        self.deemed += other.deemed;
        self.deemings_undone += other.deemings_undone;
        self.slots_lost += other.slots_lost;
        self.reclaimed += other.reclaimed;
        self.called_off += other.called_off;
        self.stopped += other.stopped;
        self.offices_trouble += other.offices_trouble;
        self.held += other.held;
        self.unrecorded += other.unrecorded;
    }
}
