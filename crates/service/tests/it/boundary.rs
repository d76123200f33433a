//! Nothing of one office is seen, or changed, from another: every verb answers as if it were not.

use rules::application::{DeclineReason, Kind};
use rules::appointment::{Fact, Outcome, StopCause, What};
use rules::letters::Letter;
use rules::people::{FreeText, JobseekerNumber};
use rules::records::disclosure::HoldKind;
use rules::schedule::Leave;
use rules::session::MeetingId;
use rules::terms::eligibility::Condition;
use rules::terms::personal_data::{Answer, AskedWay, Handover, Item, Medium, Reply};
use service::app::Context;
use service::application::{self, Appoint, draft};
use service::appointment::{self, Call, CallPurpose, Joining};
use service::error::{Error, Refusal};
use service::letters::{self, Order};
use service::records::holds::{self, NewHold, Target};
use service::records::sharing::{self, NewHandover};
use service::schedule::{self, CounsellorChange};
use service::store::{Sql, Tx};
use service::{duties, records};

use crate::cast::{hana, nozomi, taro};
use crate::office::{Office, refusal, scene, slot};

/// What belongs to the first office, by number.
#[derive(Clone, Copy)]
struct Ids {
    application: i64,
    booked: i64,
    fact: i64,
    letter: i64,
    duty: i64,
    staff: i64,
    counsellor: i64,
    leave: i64,
    alias: &'static str,
    /// A session with the supporter, a question in it, and the partner of that.
    supported: i64,
    sharing: i64,
    partner: i64,
}

const OF_SHARING: [(&str, Verb); 4] = [
    ("answer", |tx, at, ids| {
        let said = Answer { reply: Reply::Refused, way: AskedWay::InWords, at: at.now };
        sharing::answer(tx, at, (ids.supported, ids.sharing), &said, Some(ids.staff))
    }),
    ("share", |tx, at, ids| {
        let handover = Handover { items: [Item::Name].into(), at: at.now };
        let new = NewHandover { handover, medium: Medium::Spoken, digest: None };
        sharing::share(tx, at, (ids.supported, ids.sharing), &new, ids.staff)
    }),
    ("told", |tx, at, ids| sharing::note_told(tx, at, (ids.supported, ids.sharing), ids.staff)),
    ("retire", |tx, at, ids| sharing::retire_partner(tx, at, ids.partner, ids.staff)),
];

type Verb = fn(&mut Tx<'_>, &Context, Ids) -> Result<(), Error>;

#[rustfmt::skip]
const OF_APPLICATIONS: [(&str, Verb); 18] = [
    ("load", |tx, at, ids| application::load(tx, at, ids.application).map(drop)),
    ("decide", |tx, at, ids| {
        application::decide(tx, at, ids.application, (Condition::Need, true), ids.staff)
    }),
    ("confirm", |tx, at, ids| application::confirm(tx, at, ids.application, &appoint(ids))),
    ("propose", |tx, at, ids| application::propose(tx, at, ids.application, &appoint(ids))),
    ("accept", |tx, at, ids| application::accept_proposal(tx, at, ids.application)),
    ("refuse", |tx, at, ids| application::refuse_proposal(tx, at, ids.application)),
    ("lapse", |tx, at, ids| application::lapse_proposal(tx, at, ids.application)),
    ("decline", |tx, at, ids| {
        application::decline(tx, at, ids.application, DeclineReason::NoTime)
    }),
    ("convert", |tx, at, ids| application::convert(tx, at, ids.application, true)),
    ("withdraw", |tx, at, ids| application::withdraw(tx, at, ids.application)),
    ("wishes", |tx, at, ids| {
        application::change_wishes(tx, at, ids.application, &[slot("2026-11-25T10:00:00")])
    }),
    ("access", |tx, at, ids| {
        application::note_access(tx, at, (ids.application, ids.staff), "read")
    }),
    ("usage", |tx, at, ids| records::record_usage(tx, at, ids.booked)),
    ("everything", |tx, at, ids| {
        records::everything_of(tx, at, ids.booked, &records::Part::ALL).map(drop)
    }),
    ("kind", |tx, at, ids| application::kind_of(tx, at, ids.application).map(drop)),
    ("change kind", |tx, at, ids| {
        let why = FreeText::parse("見本", 10).expect("a reason");
        let kind = Kind::IntractableDisease;
        application::change_kind(tx, at, ids.application, (kind, &why), ids.staff)
    }),
    ("stop serving", |tx, at, ids| schedule::stop_serving(tx, at, (ids.counsellor, 999))),
    ("hold", |tx, at, ids| {
        let new = NewHold {
            target: Target::Application(ids.booked),
            disclosure: None,
            kind: HoldKind::Office,
            from: "2026-11-16".parse().expect("a day"),
            until: None,
            reason: FreeText::parse("見本", 10).expect("a reason"),
        };
        holds::hold(tx, at, &new, ids.staff).map(drop)
    }),
];

#[rustfmt::skip]
const OF_APPOINTMENTS: [(&str, Verb); 22] = [
    ("session", |tx, at, ids| appointment::session(tx, at, ids.booked).map(drop)),
    ("record", |tx, at, ids| {
        let fact = Fact { at: at.now, what: What::Called };
        appointment::record(tx, at, ids.booked, fact, Some(ids.staff))
    }),
    ("call", |tx, at, ids| appointment::note_call(tx, at, ids.booked, &call(at), ids.staff)),
    ("question", |tx, at, ids| {
        let call = Call { purpose: CallPurpose::Question, ..call(at) };
        appointment::note_call(tx, at, ids.booked, &call, ids.staff)
    }),
    ("stop", |tx, at, ids| {
        appointment::stop(tx, at, ids.booked, StopCause::Failure, ids.staff)
    }),
    ("end", |tx, at, ids| {
        appointment::end_session(tx, at, ids.booked, Outcome::Held, (None, None, ids.staff))
    }),
    ("retract", |tx, at, ids| {
        let reason = FreeText::parse("見本", 10).expect("a reason");
        appointment::retract(tx, at, (ids.booked, ids.fact), &reason, ids.staff)
    }),
    ("joining", |tx, at, ids| {
        let meeting = MeetingId::parse("999 0000 0001")?;
        let joining = Joining { meeting, passcode: None, link: None };
        appointment::enter_joining(tx, at, ids.booked, &joining)
    }),
    ("move", |tx, at, ids| {
        appointment::move_to(tx, at, ids.booked, &appoint(ids), None)
    }),
    ("times", |tx, at, ids| appointment::correct_times(tx, at, ids.booked, (None, None))),
    ("position", |tx, at, ids| appointment::position(tx, at, ids.booked).map(drop)),
    ("reason", |tx, at, ids| {
        let reason = FreeText::parse("見本", 10).expect("a reason");
        appointment::note_same_day_reason(tx, at, ids.booked, &reason)
    }),
    ("add leave", |tx, at, ids| schedule::add_leave(tx, at, ids.counsellor, morning())),
    ("remove leave", |tx, at, ids| schedule::remove_leave(tx, at, ids.counsellor, ids.leave)),
    ("counsellor", |tx, at, ids| {
        let (name, hours, skills) = ("見本".into(), Vec::new(), [].into());
        let change = CounsellorChange { name, hours, skills, active: false, staff: None };
        schedule::change_counsellor(tx, at, ids.counsellor, &change)
    }),
    ("seen", |tx, at, ids| appointment::still_as_seen(tx, at, ids.booked, 0)),
    ("tick", |tx, at, ids| appointment::tick(tx, at, ids.booked)),
    ("calendar", |tx, at, ids| letters::calendar_file(tx, at, ids.booked).map(drop)),
    ("letter", |tx, at, ids| letters::read(tx, at, ids.letter).map(drop)),
    ("hand over", |tx, at, ids| letters::note_handed_over(tx, at, ids.letter)),
    ("tick off", |tx, at, ids| duties::tick_off(tx, at, ids.duty)),
    ("again", |tx, at, ids| duties::try_again(tx, at, ids.duty)),
];

/// Questions about many: they answer how much they found.
type Question = fn(&mut Tx<'_>, &Context, Ids) -> Result<usize, Error>;

#[rustfmt::skip]
const QUESTIONS: [(&str, Question); 22] = [
    ("partners", |tx, at, _| sharing::partners(tx, at).map(|it| it.len())),
    ("register", |tx, at, _| sharing::register(tx, at).map(|it| it.len())),
    ("sharings", |tx, at, ids| {
        sharing::of_application(tx, at, ids.supported).map(|it| it.len())
    }),
    ("kind changes", |tx, at, ids| {
        application::kind_changes(tx, at, ids.booked).map(|it| it.len())
    }),
    ("inbox", |tx, at, _| application::inbox(tx, at).map(|it| it.len())),
    ("same number", |tx, at, ids| {
        application::of_same_number(tx, at, ids.application).map(|it| it.len())
    }),
    ("find session", |tx, at, ids| {
        appointment::find_session(tx, at, ids.booked).map(|it| usize::from(it.is_some()))
    }),
    ("facts", |tx, at, ids| appointment::fact_lines(tx, at, ids.booked).map(|it| it.len())),
    ("calls", |tx, at, ids| {
        appointment::contact_lines(tx, at, ids.booked).map(|it| it.len())
    }),
    ("why today", |tx, at, ids| {
        appointment::same_day_reason(tx, at, ids.booked).map(|it| usize::from(it.is_some()))
    }),
    ("next start", |tx, at, _| {
        appointment::next_start(tx, at).map(|it| usize::from(it.is_some()))
    }),
    ("by alias", |tx, at, ids| {
        appointment::find_session_by_alias(tx, at, ids.alias).map(|it| it.len())
    }),
    ("counsellors", |tx, at, ids| {
        let all = schedule::every_counsellor(tx, at)?;
        Ok(all.iter().filter(|(it, _)| it.rule.id == ids.counsellor).count())
    }),
    ("leave", |tx, at, ids| schedule::leave_of(tx, at, ids.counsellor).map(|it| it.len())),
    ("board", |tx, at, _| {
        appointment::board(tx, at, "2026-11-24".parse().expect("a day")).map(|it| it.len())
    }),
    ("by number", |tx, at, _| appointment::find(tx, at, &hana().number).map(|it| it.len())),
    ("by name", |tx, at, _| appointment::find(tx, at, &hana().name).map(|it| it.len())),
    ("own records", |tx, at, _| {
        let number = JobseekerNumber::parse(&hana().number).expect("a number");
        application::of_number(tx, at, &number).map(|it| it.len())
    }),
    ("accesses", |tx, at, ids| records::accesses(tx, at, ids.booked).map(|it| it.len())),
    ("letters", |tx, at, ids| letters::letters_of(tx, at, ids.booked).map(|it| it.len())),
    ("outbox", |tx, at, _| letters::outbox(tx, at, 100).map(|it| it.len())),
    ("duties", |tx, at, _| duties::for_desk(tx, at).map(|it| it.len())),
];

fn appoint(ids: Ids) -> Appoint {
    let slot = slot("2026-11-25T10:00:00");
    Appoint { slot, counsellor: ids.counsellor, same_day_reason: None }
}

fn morning() -> Leave {
    let at = |text: &str| text.parse().expect("a date and a time");
    Leave { from: at("2026-12-01T09:00:00"), to: at("2026-12-01T12:00:00") }
}

fn call(context: &Context) -> Call {
    Call { at: context.now, purpose: CallPurpose::Cancel, note: None }
}

/// An open application with a proposal, a session with a fact, a letter and a duty.
fn furnish(office: &Office) -> Ids {
    let application = office.applies(&hana(), &["2026-11-25T10:00:00"]);
    office.decides_all(application);
    office.proposes(application, "2026-11-25T11:00:00", office.counsellors[1]).expect("proposed");
    let booked = office.applies(&taro(), &["2026-11-24T10:00:00"]);
    office.changes_kind(booked, Kind::IntractableDisease, "見本").expect("changed");
    office.changes_kind(booked, Kind::Counselling, "見本").expect("changed back");
    office.decides_all(booked);
    office.confirms(booked, "2026-11-24T10:00:00", office.counsellors[0]).expect("confirmed");
    let other = office.applies(&hana(), &["2026-11-25T10:00:00"]);
    assert!(other > booked);
    office.carries_out();
    let stopped = office.books(&crate::cast::maria(), "2026-11-24T11:00:00");
    office.stops(stopped, StopCause::Failure).expect("stopped");
    office.types_call(booked, crate::office::OPENING, CallPurpose::Late).expect("typed");
    let staff = office.staff.coordinator;
    let (counsellor, today) = (office.counsellors[0], slot("2026-11-24T10:00:00").date());
    let leave = office.does(move |tx, at| {
        let why = FreeText::parse("見本", 10).expect("a reason");
        appointment::note_same_day_reason(tx, at, booked, &why)?;
        application::note_access(tx, at, (booked, staff), "read")?;
        schedule::add_leave(tx, at, counsellor, morning())?;
        schedule::leave_of(tx, at, counsellor)
    });
    assert!(leave[0].leave.from.date() > today);
    let letter = office.does(move |tx, context| letters::letters_of(tx, context, booked))[0].id;
    let supported = office.books_supporter(&nozomi(), "2026-11-26T10:00:00");
    let partner = office.lists_partner("見本の機関");
    let sharing = office.asks(supported, move |it| it.partner = partner).expect("asked");
    Ids {
        supported,
        sharing,
        partner,
        application,
        booked,
        fact: office.facts(booked)[0].id,
        letter,
        duty: office.desk_line(stopped).expect("a new time is owed").id,
        staff: office.staff.coordinator,
        counsellor,
        leave: leave[0].id,
        alias: office.session(booked).alias.reveal().to_owned().leak(),
    }
}

#[test]
fn every_verb_answers_another_office_that_there_is_no_such_thing() {
    scene(|office| {
        let ids = furnish(office);
        let (mut neighbour, staff, _) = office.neighbour();
        neighbour.now = office.app.clock.now();
        for (name, verb) in OF_APPLICATIONS.into_iter().chain(OF_APPOINTMENTS).chain(OF_SHARING) {
            let (there, ids) = (neighbour.clone(), Ids { staff: staff.manager, ..ids });
            let answer: Result<(), Error> =
                office.app.store.write_blocking(move |tx| verb(tx, &there, ids));
            assert!(matches!(answer, Err(Error::Missing)), "{name}: {answer:?}");
        }
    });
}

#[test]
fn every_question_of_another_office_finds_nothing() {
    scene(|office| {
        let ids = furnish(office);
        let (neighbour, _, _) = office.neighbour();
        for (name, question) in QUESTIONS {
            let here = office.does(move |tx, context| question(tx, context, ids));
            assert!(here > 0, "{name} finds something at home, or this row shows nothing");
            let there = neighbour.clone();
            let found: Result<usize, Error> =
                office.app.store.write_blocking(move |tx| question(tx, &there, ids));
            assert_eq!(found.expect("an answer"), 0, "{name}");
        }
    });
}

/// The control: at home the same verbs find what they are asked for.
#[test]
fn at_home_every_verb_finds_its_thing() {
    scene(|office| {
        let ids = furnish(office);
        for (name, verb) in OF_APPLICATIONS.into_iter().chain(OF_APPOINTMENTS).chain(OF_SHARING) {
            let context = office.context();
            let answer: Result<(), Error> = office.app.store.write_blocking(move |tx| {
                let done = verb(tx, &context, ids);
                let missing = matches!(done, Err(Error::Missing));
                // Nothing is kept, so that each verb meets the same office.
                Err(if missing { Error::Missing } else { Error::Forbidden })
            });
            let is_printed = name == "hand over";
            assert!(matches!(answer, Err(Error::Forbidden)) || is_printed, "{name}");
        }
    });
}

#[test]
fn letters_and_drafts_of_another_office_are_not_written() {
    scene(|office| {
        let ids = furnish(office);
        let (neighbour, _, _) = office.neighbour();
        let (there, key) = (neighbour.clone(), "stolen".to_owned());
        let order =
            Order { application: ids.booked, letter: Letter::Confirmation, sequence: 0, key };
        let answer = office.app.store.write_blocking(move |tx| letters::write(tx, &there, &order));
        assert!(matches!(answer, Err(Error::Missing)));
        let typed = draft::Draft::begin();
        let token = office.does(move |tx, context| draft::start(tx, context, &typed));
        let answer: Result<draft::Draft, Error> =
            office.app.store.write_blocking(move |tx| draft::load(tx, &neighbour, &token));
        assert_eq!(refusal(answer), Refusal::DraftGone);
    });
}

/// The same person may apply at two offices, but sits in one session at a time.
#[test]
fn one_person_is_not_in_sessions_of_two_offices_at_once() {
    scene(|office| {
        office.books(&hana(), "2026-11-24T10:00:00");
        let (there, staff, counsellors) = office.neighbour();
        let answer: Result<(), Error> = office.app.store.write_blocking(move |tx| {
            let wish = slot("2026-11-24T10:15:00");
            let form = hana().form(&[wish], "model-1", there.now);
            let id = application::apply(tx, &there, &form)?.id;
            for condition in Condition::ALL {
                application::decide(tx, &there, id, (condition, true), staff.manager)?;
            }
            let appoint = Appoint { slot: wish, counsellor: counsellors[0], same_day_reason: None };
            application::confirm(tx, &there, id, &appoint)
        });
        assert_eq!(refusal(answer), Refusal::PersonBusy);
        const OFFICES: Sql = Sql::unregistered("select count(*) from offices");
        assert_eq!(office.rows(OFFICES, Vec::new(), |row| row.int(0)), [2]);
    });
}
