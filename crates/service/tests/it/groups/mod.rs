//! Group sessions: seats, who waits for one, and what happens to all of them at once.

mod desk;
mod halts;
mod path;
mod race;

use rules::application::{Course, DeclineReason, Kind};
use rules::appointment::{Outcome, Standing, StopCause, What};
use rules::people::FreeText;
use rules::schedule::{GroupPlan, GroupRefusal, GroupWords, Slot, SlotRefusal, Told};
use rules::session::{Channel, Door, MeetingId};
use rules::terms::prohibitions::{Incident, Prohibited};
use rules::terms::suspension::{Function, Stop};
use service::application;
use service::appointment::{CallPurpose, Joining};
use service::error::{Error, Refusal};
use service::people::stops::{self, Cause, NewStop};
use service::records::conduct;
use service::schedule::groups::{self, Group, Planned};
use service::session;

use crate::cast::{Applicant, hana, maria, one_of_many, taro};
use crate::office::{Office, at, refusal, scene};

const ONE: &str = "2026-11-24T13:00:00";
const TITLE: &str = "見本のセミナー";

impl Office {
    /// What stands in the plan of the scenes: an hour from one o'clock on, led by the first
    /// counsellor, to be applied for until noon.
    fn planned(&self, seats: u16) -> Planned {
        let told = |title: &str| Told {
            title: title.to_owned(),
            about: "持ち物：履歴書".to_owned(),
        };
        let words = [
            (rules::people::Language::Japanese, told(TITLE)),
            (rules::people::Language::EasyJapanese, told("見本《みほん》の集《あつ》まり")),
            (rules::people::Language::English, told("Sample seminar")),
        ];
        Planned {
            plan: GroupPlan {
                slot: Slot { start: at(ONE), minutes: 60 },
                seats,
                apply_until: at("2026-11-24T12:00:00"),
                on_day_off: false,
            },
            words: GroupWords::try_from(
                words.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
            )
            .expect("a title"),
            counsellor: self.counsellors[0],
        }
    }

    /// The office offers group sessions, and this is one.
    pub(crate) fn plans(&self, seats: u16) -> i64 {
        self.decides(|practice| practice.groups = true);
        let planned = self.planned(seats);
        self.tries_plan(&planned).expect("it is planned")
    }

    fn tries_plan(&self, planned: &Planned) -> Result<i64, Error> {
        let (planned, officer) = (planned.clone(), self.staff.coordinator);
        self.tries(move |tx, context| groups::plan(tx, context, &planned, officer))
    }

    fn changes(&self, group: i64, planned: &Planned) -> Result<(), Error> {
        let (planned, officer) = (planned.clone(), self.staff.coordinator);
        self.tries(move |tx, context| groups::change(tx, context, group, &planned, officer))
    }

    fn group(&self, group: i64) -> Group {
        self.does(move |tx, context| groups::load(tx, context, group))
    }

    fn asks_for_group(&self, person: &Applicant, group: i64) -> Result<i64, Error> {
        let person = person.clone();
        self.tries(move |tx, context| {
            let version = context.office.terms(context.now)?.version.to_string();
            let form = person.form(&[], &version, context.now);
            let form = application::NewApplication { group: Some(group), ..form };
            application::apply(tx, context, &form).map(|receipt| receipt.id)
        })
    }

    /// Asks, and the three conditions of article 1 are found met.
    fn waits(&self, person: &Applicant, group: i64) -> i64 {
        let id = self.asks_for_group(person, group).expect("taken in");
        self.decides_all(id);
        id
    }

    fn gives(&self, id: i64) -> Result<(), Error> {
        self.tries(move |tx, context| application::give_seat(tx, context, id))
    }

    /// From the application to the seat.
    fn seats(&self, person: &Applicant, group: i64) -> i64 {
        let id = self.waits(person, group);
        self.gives(id).expect("a seat");
        id
    }

    fn calls_group_off(&self, group: i64) -> Result<(), Error> {
        let how = (StopCause::CounsellorAbsent, self.staff.coordinator);
        self.tries(move |tx, context| groups::call_off(tx, context, group, how))
    }

    fn ends_group(&self, group: i64) -> Result<(), Error> {
        let how = (Outcome::Held, self.staff.counsellor);
        self.tries(move |tx, context| groups::end(tx, context, group, how))
    }

    fn tells_joining(&self, group: i64) -> Result<(), Error> {
        self.tries(move |tx, context| {
            let meeting = MeetingId::parse("98765432101")?;
            let joining = Joining { meeting, passcode: None, link: None };
            groups::enter_joining(tx, context, group, &joining)
        })
    }

    fn door(&self, id: i64) -> Door {
        self.does(move |tx, context| session::door_of(tx, context, id))
    }

    fn halts_function(&self, function: Function) -> i64 {
        let stop = Stop { function, from: self.app.clock.now(), until: None };
        let note = FreeText::default();
        let new = NewStop { stop, cause: Cause::Maintenance, note, everywhere: false };
        let officer = Some(self.staff.manager);
        let id = self.does(move |tx, context| stops::stop_service(tx, context, &new, officer));
        self.app.forget_offices();
        id
    }
}

fn of_group(refusal: GroupRefusal) -> Refusal {
    Refusal::Group(refusal)
}

#[test]
fn article_2_2_seats_are_given_and_the_others_wait_in_the_order_of_receipt() {
    scene(|office| {
        let group = office.plans(2);
        let people: Vec<i64> = (0..4).map(|it| office.waits(&one_of_many(it), group)).collect();
        assert_eq!(office.application(people[0]).kind, Kind::Group);
        for id in &people[..2] {
            office.gives(*id).expect("a seat");
            // Twelve cells of the seat, twelve of the person; the counsellor's are the group's.
            assert_eq!(office.cells_of(*id), 24);
        }
        assert_eq!(office.cells_of(-group), 12);
        assert_eq!(refusal(office.gives(people[2])), of_group(GroupRefusal::Full));
        let waiting = office.does(move |tx, context| groups::waiting(tx, context, group));
        let order: Vec<i64> = waiting.iter().map(|it| it.application).collect();
        assert_eq!(order, people[2..]);
        // A freed seat is nobody's until staff give it.
        office.clock("2026-11-20T10:00:00");
        office.types_call(people[0], "2026-11-20T10:00:00", CallPurpose::Cancel).expect("typed");
        assert_eq!((office.group(group).given, office.group(group).waiting), (1, 2));
        office.gives(people[2]).expect("the freed seat");
        assert_eq!(office.standing(people[2]), Standing::Waiting);
        assert_eq!(refusal(office.gives(people[3])), of_group(GroupRefusal::Full));
        assert_ne!(office.session(people[1]).alias, office.session(people[2]).alias);
    });
}

#[test]
fn article_2_2_seats_can_be_as_many_as_are_planned_and_not_fewer_than_are_given() {
    scene(|office| {
        let group = office.plans(3);
        let ids: Vec<i64> = (0..3).map(|it| office.seats(&one_of_many(it), group)).collect();
        let fewer = refusal(office.changes(group, &office.planned(2)));
        assert_eq!(fewer, of_group(GroupRefusal::SeatsGiven));
        office.changes(group, &office.planned(4)).expect("more");
        office.seats(&one_of_many(9), group);
        assert_eq!(office.group(group).given, 4);
        // Nothing was moved: nobody is told anything new.
        assert_eq!(office.letters_to(ids[0]), ["receipt", "confirmation", "reminder"]);
    });
}

#[test]
fn who_lost_a_seat_to_another_has_one_again_when_there_are_more() {
    scene(|office| {
        let group = office.plans(2);
        let id = office.seats(&hana(), group);
        office.seats(&taro(), group);
        let now = crate::office::OPENING;
        office.types_call(id, now, CallPurpose::Cancel).expect("typed by mistake");
        office.seats(&maria(), group);
        office.undoes(id, What::CalledOff, "別の方の電話だった").expect("undone");
        assert_eq!(office.standing(id), Standing::Displaced);
        office.changes(group, &office.planned(3)).expect("one more seat");
        assert_eq!(office.standing(id), Standing::Waiting);
        assert_eq!(office.group(group).given, 3);
    });
}

#[test]
fn nobody_is_in_two_places_and_who_leads_is_held() {
    scene(|office| {
        let group = office.plans(5);
        office.decides(|practice| practice.buffer_minutes = 0);
        let first = office.counsellors[0];
        // The counsellor leads at one; half past two is free for counselling.
        let id = office.applies(&hana(), &["2026-11-24T14:00:00"]);
        office.decides_all(id);
        office.confirms(id, "2026-11-24T14:00:00", first).expect("after the group");
        let mut clash = office.planned(5);
        clash.plan.slot.start = at("2026-11-24T14:00:00");
        assert_eq!(refusal(office.tries_plan(&clash)), Refusal::SlotTaken);
        // Somebody who is counselled at that time has no seat.
        clash.counsellor = office.counsellors[2];
        let other = office.tries_plan(&clash).expect("with a colleague");
        let busy = office.waits(&hana(), other);
        assert_eq!(refusal(office.gives(busy)), Refusal::PersonBusy);
        // And somebody with a seat is not counselled then.
        office.seats(&taro(), other);
        let twice = office.waits(&taro(), other);
        assert_eq!(refusal(office.gives(twice)), Refusal::PersonBusy);
        let counselled = office.applies(&taro(), &["2026-11-24T14:30:00"]);
        office.decides_all(counselled);
        let taken = office.confirms(counselled, "2026-11-24T14:30:00", first);
        assert_eq!(refusal(taken), Refusal::PersonBusy);
        let _ = group;
    });
}

#[test]
fn articles_1_and_2_2_a_seat_is_given_by_the_same_conditions() {
    scene(|office| {
        let group = office.plans(2);
        let id = office.asks_for_group(&hana(), group).expect("taken in");
        assert!(matches!(refusal(office.gives(id)), Refusal::Conditions(_)));
        office.decides_all(id);
        office.gives(id).expect("a seat");
        assert!(matches!(refusal(office.gives(id)), Refusal::Course(_)));
        let counselling = office.applies(&taro(), &["2026-11-24T10:00:00"]);
        office.decides_all(counselling);
        assert_eq!(refusal(office.gives(counselling)), of_group(GroupRefusal::NoGroup));
    });
}

#[test]
fn what_is_the_same_for_all_is_not_changed_for_one() {
    scene(|office| {
        let group = office.plans(3);
        let (seat, waits) = (office.seats(&hana(), group), office.waits(&taro(), group));
        let for_all = of_group(GroupRefusal::ForAll);
        let (free, counsellor) = ("2026-11-25T10:00:00", office.counsellors[0]);
        assert_eq!(refusal(office.moves(seat, free, counsellor)), for_all);
        assert_eq!(refusal(office.confirms(waits, free, counsellor)), for_all);
        assert_eq!(refusal(office.proposes(waits, free, counsellor)), for_all);
        let wishes = office.tries(move |tx, context| {
            application::change_wishes(tx, context, waits, &[crate::office::slot(free)])
        });
        assert_eq!(refusal(wishes), for_all);
        let elsewhere = office
            .tries(move |tx, context| session::move_to(tx, context, seat, Channel::Telephone));
        assert_eq!(refusal(elsewhere), for_all);
        let meeting = MeetingId::parse("98765432101").expect("an ID");
        let joining = Joining { meeting, passcode: None, link: None };
        let own = office.tries(move |tx, context| {
            service::appointment::enter_joining(tx, context, seat, &joining)
        });
        assert_eq!(refusal(own), for_all);
    });
}

#[test]
fn article_2_1_until_when_it_is_applied_for_and_seats_are_given() {
    scene(|office| {
        let group = office.plans(3);
        let id = office.waits(&hana(), group);
        office.clock("2026-11-24T11:59:59");
        let late = office.asks_for_group(&taro(), group).expect("in time");
        office.decides_all(late);
        office.clock("2026-11-24T12:00:00");
        assert_eq!(refusal(office.asks_for_group(&maria(), group)), of_group(GroupRefusal::Closed));
        office.gives(id).expect("the office still answers");
        office.clock("2026-11-24T14:00:00");
        assert_eq!(refusal(office.gives(late)), of_group(GroupRefusal::Over));
        assert_eq!(refusal(office.asks_for_group(&maria(), group)), of_group(GroupRefusal::Over));
        assert_eq!(refusal(office.calls_group_off(group)), of_group(GroupRefusal::Over));
        assert_eq!(refusal(office.tells_joining(group)), of_group(GroupRefusal::Over));
        let over = office.changes(group, &office.planned(9));
        assert_eq!(refusal(over), of_group(GroupRefusal::Over));
    });
}

#[test]
fn a_new_time_is_told_to_every_seat_and_to_who_waits() {
    scene(|office| {
        let group = office.plans(2);
        let (seat, busy) = (office.seats(&hana(), group), office.seats(&taro(), group));
        let gone = office.waits(&one_of_many(1), group);
        let waits = office.waits(&maria(), group);
        office.books(&taro(), "2026-11-25T10:00:00");
        office.tells_joining(group).expect("kept");
        office.carries_out();
        office.types_call(gone, crate::office::OPENING, CallPurpose::Cancel).expect("taken back");
        let mut later = office.planned(2);
        later.plan.slot.start = at("2026-11-25T10:15:00");
        later.counsellor = office.counsellors[2];
        office.changes(group, &later).expect("moved");
        assert_eq!(office.session(seat).slot, later.plan.slot);
        assert_eq!(office.session(seat).counsellor.0, office.counsellors[2]);
        assert_eq!(office.session(seat).joining.map(|it| it.meeting), None);
        assert_eq!(office.letters_to(seat)[..2], ["receipt", "confirmation"]);
        assert!(office.letters_to(seat).iter().any(|letter| letter == "change"));
        // Who is elsewhere at the new time is owed another; the group goes on.
        assert_eq!(office.standing(busy), Standing::StoppedByOffice);
        assert_eq!(office.group(group).given, 1);
        assert_eq!(office.application(waits).wishes, [later.plan.slot]);
        assert_eq!(office.letters_to(waits), ["receipt", "receipt"]);
        assert_eq!(office.application(gone).course, Course::Withdrawn);
        office.gives(waits).expect("at the new time");
        assert_eq!(office.session(waits).slot, later.plan.slot);
    });
}

#[test]
fn article_9_6_a_group_session_is_called_off_for_all_and_held_after_all() {
    scene(|office| {
        let group = office.plans(2);
        let (seat, waits) = (office.seats(&hana(), group), office.waits(&taro(), group));
        office.seats(&one_of_many(1), group);
        office.calls_group_off(group).expect("called off");
        assert_eq!(office.standing(seat), Standing::StoppedByOffice);
        assert_eq!(office.letters_to(seat).last().map(String::as_str), Some("stopped_by_office"));
        let declined = office.application(waits);
        assert_eq!(declined.course, Course::Declined);
        assert_eq!(declined.decline_reason, Some(DeclineReason::NoSeat));
        assert_eq!((office.cells_of(-group), office.cells_of(seat)), (0, 0));
        let again = refusal(office.calls_group_off(group));
        assert_eq!(again, of_group(GroupRefusal::CalledOff));
        let asked = refusal(office.asks_for_group(&maria(), group));
        assert_eq!(asked, of_group(GroupRefusal::CalledOff));
        assert_eq!(refusal(office.ends_group(group)), of_group(GroupRefusal::CalledOff));
        let mut later = office.planned(2);
        later.plan.slot.start = at("2026-11-26T13:00:00");
        office.changes(group, &later).expect("held after all");
        assert_eq!(office.standing(seat), Standing::Waiting);
        assert_eq!(office.session(seat).slot, later.plan.slot);
    });
}

#[test]
fn article_2_4_silence_counts_for_each_seat_by_itself() {
    scene(|office| {
        let group = office.plans(3);
        let ids: Vec<i64> = (0..3).map(|it| office.seats(&one_of_many(it), group)).collect();
        office.clock(ONE);
        office.records(ids[0], What::Arrived, ONE).expect("came");
        office.types_call(ids[1], ONE, CallPurpose::Late).expect("typed");
        office.clock("2026-11-24T13:10:00");
        office.turns_the_minute_hand();
        let standings: Vec<_> = ids.iter().map(|id| office.standing(*id)).collect();
        let expected = [Standing::Present, Standing::InContact, Standing::DeemedCancelled];
        assert_eq!(standings, expected);
        office.clock("2026-11-24T13:50:00");
        office.ends_group(group).expect("ended");
        assert_eq!(office.standing(ids[0]), Standing::Held);
        assert_eq!(office.standing(ids[1]), Standing::InContact, "who did not come is left open");
        assert_eq!(refusal(office.ends_group(group)), of_group(GroupRefusal::NobodyCame));
    });
}

#[test]
fn an_outcome_for_all_waits_for_the_start() {
    scene(|office| {
        let group = office.plans(2);
        let id = office.seats(&hana(), group);
        office.clock("2026-11-24T12:50:00");
        office.records(id, What::Arrived, "2026-11-24T12:50:00").expect("came early");
        assert_eq!(refusal(office.ends_group(group)), Refusal::TooEarly);
        office.clock("2026-11-24T14:30:00");
        office.turns_the_minute_hand();
        office.ends_group(group).expect("ended");
        let session = office.session(id);
        assert_eq!(session.standing, Standing::Held);
        assert_eq!(
            (session.began_at, session.ended_at),
            (Some(at(ONE)), Some(at("2026-11-24T14:00:00")))
        );
    });
}

#[test]
fn article_9_4_ending_one_participants_session_does_not_end_the_others() {
    scene(|office| {
        let group = office.plans(3);
        let ids: Vec<i64> = (0..2).map(|it| office.seats(&one_of_many(it), group)).collect();
        office.tells_joining(group).expect("kept");
        office.clock(ONE);
        for id in &ids {
            office.records(*id, What::Arrived, ONE).expect("came");
        }
        let (rude, reporter) = (ids[0], office.staff.counsellor);
        office.does(move |tx, context| {
            let facts = FreeText::parse("ほかの参加者を笑った", 100).expect("a text");
            let evidence = FreeText::default();
            let item = Prohibited::Discomfort;
            let incident = Incident { item, clause: None, facts, evidence, at: context.now };
            conduct::record_incident(tx, context, rude, &incident, (true, reporter)).map(drop)
        });
        assert_eq!(office.standing(rude), Standing::BrokenOff);
        assert_eq!(office.door(rude), Door::BrokenOff);
        assert_eq!(office.standing(ids[1]), Standing::Present);
        assert!(matches!(office.door(ids[1]), Door::Open { channel: Channel::ByHand, .. }));
        office.ends_group(group).expect("ended");
        assert_eq!(office.standing(rude), Standing::BrokenOff);
        assert_eq!(office.standing(ids[1]), Standing::Held);
    });
}

#[test]
fn what_cannot_be_planned() {
    scene(|office| {
        office.decides(|practice| practice.groups = true);
        let check = |change: &dyn Fn(&mut Planned), expected: Refusal| {
            let mut planned = office.planned(9);
            change(&mut planned);
            assert_eq!(refusal(office.tries_plan(&planned)), expected);
        };
        check(&|it| it.plan.seats = 1, of_group(GroupRefusal::Seats));
        check(&|it| it.plan.slot.minutes = 5, of_group(GroupRefusal::Length));
        check(
            &|it| it.plan.apply_until = at("2026-11-25T10:00:00"),
            of_group(GroupRefusal::ApplyUntil),
        );
        let saturday = at("2026-11-28T10:00:00");
        check(&|it| it.plan.slot.start = saturday, Refusal::Slot(SlotRefusal::Weekend));
        check(&|it| it.counsellor = 999_999, Refusal::CounsellorAway);
        let (neighbour, _, theirs) = office.neighbour();
        check(&|it| it.counsellor = theirs[0], Refusal::CounsellorAway);
        let group = office.plans(2);
        let foreign = office
            .app
            .store
            .write_blocking(move |tx| groups::load(tx, &neighbour, group).map(drop));
        assert!(matches!(foreign, Err(Error::Missing)));
        office.decides(|practice| practice.groups = false);
        assert!(matches!(office.tries_plan(&office.planned(2)), Err(Error::Missing)));
        assert!(matches!(office.asks_for_group(&hana(), group), Err(Error::Missing)));
    });
}
