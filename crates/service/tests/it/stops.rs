//! Stops of the service (article 10(1)): at once or planned, never against a jobseeker.

mod moved;
mod rights;
mod told;

use rules::appointment::Standing;
use rules::people::FreeText;
use rules::schedule::Slot;
use rules::terms::suspension::{Function, Stop, StopRefusal};
use service::duties::Kind;
use service::error::{Error, Refusal};
use service::people::stops::{self, Cause, NewStop, Touched};

use crate::cast::{hana, maria, taro};
use crate::office::{Office, SLUG, at, refusal, scene};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";

impl Office {
    fn halts(&self, function: Function, from: &str, until: Option<&str>) -> Result<i64, Error> {
        let stop = Stop { function, from: at(from), until: until.map(at) };
        let note = FreeText::default();
        let new = NewStop { stop, cause: Cause::Maintenance, note, everywhere: false };
        let officer = Some(self.staff.manager);
        let done = self.tries(move |tx, context| stops::stop_service(tx, context, &new, officer));
        self.app.forget_offices();
        done
    }

    fn reopens(&self, stop: i64) -> Result<(), Error> {
        let (note, officer) = (FreeText::parse("直った", 100).expect("a note"), self.staff.manager);
        let done =
            self.tries(move |tx, context| stops::lift(tx, context, stop, (&note, Some(officer))));
        self.app.forget_offices();
        done
    }

    fn touched(&self, stop: i64) -> Vec<Touched> {
        self.does(move |tx, context| stops::touched(tx, context, stop)).1
    }
}

#[test]
fn articles_9_6_and_10_1_while_joining_is_stopped_nobody_is_deemed_to_have_cancelled() {
    let check = |from: &str, until: Option<&'static str>, expected: Standing| {
        scene(|office| {
            let id = office.books(&hana(), TEN);
            office.clock(from);
            office.halts(Function::Join, from, until).expect("stopped");
            office.clock("2026-11-24T10:20:00");
            office.turns_the_minute_hand();
            assert_eq!(office.standing(id), expected, "{from} {until:?}");
        });
    };
    check("2026-11-24T09:30:00", None, Standing::Waiting);
    check("2026-11-24T10:05:00", None, Standing::Waiting);
    check("2026-11-24T10:05:00", Some("2026-11-24T10:06:00"), Standing::Waiting);
    check("2026-11-20T09:00:00", Some("2026-11-24T10:00:01"), Standing::Waiting);
    // A control: what does not touch the time before the limit stops no limit.
    check("2026-11-20T09:00:00", Some("2026-11-24T10:00:00"), Standing::DeemedCancelled);
    check("2026-11-24T10:11:00", None, Standing::DeemedCancelled);
}

#[test]
fn article_10_1_the_limit_stands_still_from_the_moment_of_the_stop() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:05:00");
        let runs = |office: &Office| {
            office
                .does(move |tx, context| service::appointment::position(tx, context, id))
                .limit_runs
        };
        assert!(runs(office));
        let stop = office.halts(Function::All, "2026-11-24T10:05:00", None).expect("stopped");
        assert!(!runs(office));
        office.clock("2026-11-24T10:07:00");
        office.reopens(stop).expect("open again");
        office.clock("2026-11-24T10:31:00");
        office.turns_the_minute_hand();
        // It came to nothing on our side: a new time comes first.
        assert_eq!(office.standing(id), Standing::OfficesTrouble);
        assert_eq!(office.desk_line(id).map(|line| line.kind), Some(Kind::OfferNewTime));
    });
}

#[test]
fn article_10_1_each_function_by_itself() {
    scene(|office| {
        let id = office.applies(&hana(), &[TEN]);
        office.decides_all(id);
        let now = "2026-11-16T10:00:00";
        let apply = office.halts(Function::Apply, now, None).expect("stopped");
        let wishes = ["2026-11-24T14:00:00"];
        assert_eq!(refusal(office.receives(&taro(), &wishes)), Refusal::Stopped(Function::Apply));
        office.reopens(apply).expect("open again");
        office.receives(&taro(), &wishes).expect("taken in");
        let confirm = office.halts(Function::Confirm, now, None).expect("stopped");
        let confirmed = office.confirms(id, TEN, office.counsellors[0]);
        assert_eq!(refusal(confirmed), Refusal::Stopped(Function::Confirm));
        let proposed = office.proposes(id, TEN, office.counsellors[0]);
        assert_eq!(refusal(proposed), Refusal::Stopped(Function::Confirm));
        office.receives(&maria(), &wishes).expect("applying goes on");
        office.reopens(confirm).expect("open again");
        office.confirms(id, TEN, office.counsellors[0]).expect("confirmed");
        office.halts(Function::All, now, None).expect("stopped");
        let everything = refusal(office.receives(&taro(), &["2026-11-25T14:00:00"]));
        assert_eq!(everything, Refusal::Stopped(Function::Apply));
    });
}

#[test]
fn article_10_1_what_cannot_be_a_stop() {
    scene(|office| {
        let check = |from: &str, until: Option<&str>, expected: StopRefusal| {
            let refused = refusal(office.halts(Function::All, from, until));
            assert_eq!(refused, Refusal::Stop(expected), "{from} {until:?}");
        };
        let noon = "2026-11-24T12:00:00";
        check(noon, Some("2026-11-24T11:00:00"), StopRefusal::EndBeforeStart);
        check(noon, Some(noon), StopRefusal::EndBeforeStart);
        check("2026-11-16T09:00:00", None, StopRefusal::InThePast);
        let stop = office.halts(Function::All, noon, None).expect("planned");
        office.reopens(stop).expect("called off");
        let again = refusal(office.reopens(stop));
        assert_eq!(again, Refusal::Stop(StopRefusal::InThePast));
    });
}

#[test]
fn article_10_1_what_it_touches_is_listed_and_called_off_together() {
    scene(|office| {
        let ten = office.books(&hana(), TEN);
        let afternoon = office.books(&taro(), "2026-11-24T14:00:00");
        let next = office.books(&maria(), "2026-11-25T10:00:00");
        let until = Some("2026-11-24T17:00:00");
        let stop = office.halts(Function::Join, "2026-11-24T10:15:00", until).expect("planned");
        let numbers: Vec<i64> = office.touched(stop).iter().map(|one| one.application).collect();
        assert_eq!(numbers, [ten, afternoon], "and not the next day");
        let mut manager = Visitor::clerk(office, "manager");
        let page = format!("/desk/stops/{stop}");
        manager.get(&page);
        let sessions = format!("{page}/sessions");
        manager.post(&sessions, &[("do", "call-off")]);
        assert_eq!(manager.status(), 422, "nothing was ticked");
        let (one, other) = (ten.to_string(), afternoon.to_string());
        // A number of a session that it does not touch changes nothing.
        let far = next.to_string();
        let ticked =
            [("do", "call-off"), ("session", one.as_str()), ("session", &other), ("session", &far)];
        manager.post(&sessions, &ticked);
        assert_eq!(manager.status(), 200, "{}", manager.text());
        for id in [ten, afternoon] {
            assert_eq!(office.standing(id), Standing::StoppedByOffice);
            assert_eq!(office.letters_to(id).last().map(String::as_str), Some("stopped_by_office"));
            assert_eq!(office.desk_line(id).map(|line| line.kind), Some(Kind::OfferNewTime));
        }
        assert_eq!(office.standing(next), Standing::Waiting);
        assert!(office.touched(stop).is_empty());
    });
}

#[test]
fn article_10_1_the_pages_tell_of_it_and_the_door_is_shut() {
    scene(|office| {
        let receipt = office.receives(&hana(), &[TEN]).expect("received");
        office.decides_all(receipt.id);
        office.confirms(receipt.id, TEN, office.counsellors[0]).expect("confirmed");
        office.clock("2026-11-24T09:55:00");
        let mut manager = Visitor::clerk(office, "manager");
        manager.get("/desk/stops");
        manager.post("/desk/stops", &[("function", "join"), ("cause", "other")]);
        assert_eq!(manager.status(), 422, "another reason is told");
        let fields = [("function", "join"), ("cause", "other"), ("note", "<b>停電</b>のため")];
        manager.post("/desk/stops", &fields);
        assert_eq!(manager.status(), 200, "{}", manager.text());
        let mut seeker = Visitor::of(office);
        seeker.get(&format!("/offices/{SLUG}"));
        let told = seeker.page().body.clone();
        assert!(told.contains("参加できません") && told.contains("&lt;b&gt;停電"), "{told}");
        let link = format!("/link/{}", receipt.link.reveal().as_str());
        seeker.get(&link);
        seeker.post(&link, &[]);
        seeker.get("/join");
        assert!(seeker.text().contains("無断のキャンセルには数えません"), "{}", seeker.text());
        // Three days later the desk points it out.
        office.clock("2026-11-27T10:00:00");
        let mut manager = Visitor::clerk(office, "manager");
        manager.get("/desk/stops");
        assert!(manager.text().contains("終わりが決まっていません"), "{}", manager.text());
    });
}

/// Nobody types a whole application that cannot be sent.
#[test]
fn article_10_1_applying_is_not_begun_while_it_is_stopped() {
    scene(|office| {
        let home = format!("/offices/{SLUG}");
        let mut seeker = Visitor::of(office);
        seeker.get(&home);
        let offers =
            |seeker: &Visitor| seeker.page().body.contains("action=\"/offices/sakai-test/apply\"");
        assert!(offers(&seeker));
        office.halts(Function::Apply, "2026-11-16T10:00:00", None).expect("stopped");
        seeker.post(&format!("{home}/apply"), &[]);
        assert_eq!(seeker.status(), 422);
        assert!(seeker.text().contains("受け付けていません"), "{}", seeker.text());
        assert_eq!(office.count("drafts"), 0);
        seeker.get(&home);
        assert!(!offers(&seeker));
    });
}

#[test]
fn article_10_1_of_all_offices_or_of_one() {
    scene(|office| {
        let (context, ..) = office.neighbour();
        let now = context.now;
        let of_neighbour = move |everywhere: bool| NewStop {
            stop: Stop { function: Function::Apply, from: now, until: None },
            cause: Cause::Failure,
            note: FreeText::default(),
            everywhere,
        };
        let there = context.clone();
        let one = of_neighbour(false);
        office.does(move |tx, _| stops::stop_service(tx, &there, &one, None));
        office.receives(&hana(), &[TEN]).expect("another office's stop is none of ours");
        let all = of_neighbour(true);
        let stop = office.does(move |tx, _| stops::stop_service(tx, &context, &all, None));
        let refused = refusal(office.receives(&taro(), &["2026-11-24T14:00:00"]));
        assert_eq!(refused, Refusal::Stopped(Function::Apply));
        assert!(matches!(office.reopens(stop), Err(Error::Missing)), "a command lifts it");
    });
}

#[test]
fn a_session_is_touched_while_it_goes_on() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:20:00");
        let slot = Slot { start: at(TEN), minutes: 30 };
        office.records(id, rules::appointment::What::Arrived, TEN).expect("there");
        let stop = office.halts(Function::All, "2026-11-24T10:20:00", None).expect("stopped");
        assert_eq!(office.touched(stop).iter().map(|it| it.slot).collect::<Vec<_>>(), [slot]);
    });
}
