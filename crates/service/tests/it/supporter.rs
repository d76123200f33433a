//! Sessions with the supporter for people with intractable diseases (article 6): their length,
//! their counsellor, who serves several offices, and how staff set the kind.

use std::collections::BTreeSet;

use jiff::civil::Time;
use rules::application::{Kind, KindRefusal};
use rules::people::FreeText;
use rules::schedule::{ServingRefusal, Skill, Slot, WeeklyHours};
use service::app::Context;
use service::application::{self, Appoint};
use service::appointment;
use service::error::{Error, Refusal};
use service::people;
use service::schedule::{self, NewCounsellor};
use service::store::{Sql, Tx, params};

use crate::cast::{Applicant, hana, nozomi, one_of_many};
use crate::office::{Office, PASSWORD, SLUG, at, refusal, runtime, scene};
use crate::pages::journey::fills_in;
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";
const TWO: &str = "2026-11-24T14:00:00";
const SAKAI: &str = "大阪府堺市見本町1-1";

/// An hour that starts then.
pub(crate) fn hour(start: &str) -> Slot {
    Slot { start: at(start), minutes: 60 }
}

fn reason(words: &str) -> FreeText {
    FreeText::parse(words, 400).expect("a reason")
}

impl Office {
    /// Adds the supporter, at work the whole day.
    pub(crate) fn supporter(&self) -> i64 {
        self.does(|tx, context| {
            let [from, to] = [9, 17].map(|hour| Time::constant(hour, 0, 0, 0));
            let new = NewCounsellor {
                name: "相談員 えがわ（見本）".to_owned(),
                staff: None,
                hours: (1..=5).map(|weekday| WeeklyHours { weekday, from, to }).collect(),
                skills: BTreeSet::from([Skill::RareDiseaseSupporter]),
            };
            schedule::add_counsellor(tx, context.office.id, &new)
        })
    }

    /// Runs a verb of another office.
    fn tries_at<T: Send + 'static>(
        &self,
        context: &Context,
        mut verb: impl FnMut(&mut Tx<'_>, &Context) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let context = Context { now: self.app.clock.now(), ..context.clone() };
        self.app.store.write_blocking(move |tx| verb(tx, &context))
    }

    /// An application for the supporter, with article 1 decided, at that office.
    pub(crate) fn asks_for_supporter(
        &self,
        context: &Context,
        officer: i64,
        (person, start): (&Applicant, &str),
    ) -> i64 {
        let (person, wish) = (person.clone(), hour(start));
        let taken = self.tries_at(context, move |tx, at| {
            let version = at.office.terms(at.now)?.version.to_string();
            let id = application::apply(tx, at, &person.form(&[wish], &version, at.now))?.id;
            for condition in rules::terms::eligibility::Condition::ALL {
                application::decide(tx, at, id, (condition, true), officer)?;
            }
            Ok(id)
        });
        taken.expect("the application is taken in")
    }

    fn confirms_at(
        &self,
        context: &Context,
        id: i64,
        (slot, counsellor): (Slot, i64),
    ) -> Result<(), Error> {
        let appoint = Appoint { slot, counsellor, same_day_reason: None };
        self.tries_at(context, move |tx, at| application::confirm(tx, at, id, &appoint))
    }

    /// From the application to the confirmed hour with the supporter.
    pub(crate) fn books_supporter(&self, person: &Applicant, start: &str) -> i64 {
        let (supporter, context) = (self.supporter(), self.context());
        let id = self.asks_for_supporter(&context, self.staff.coordinator, (person, start));
        self.confirms_at(&context, id, (hour(start), supporter)).expect("confirmed");
        id
    }

    /// Both offices lie where their addresses say; the neighbour's context.
    fn addresses(&self, neighbour: &Context, [here, there]: [&'static str; 2]) -> Context {
        let (own, other) = (self.id, neighbour.office.id);
        self.does(move |tx, _| {
            let set = Sql::unregistered("update offices set address = $2 where id = $1");
            tx.execute(set, params![own, here])?;
            Ok(tx.execute(set, params![other, there])?)
        });
        self.app.forget_offices();
        let office = runtime().block_on(self.app.office(&neighbour.office.slug));
        self.app.context(office.expect("the neighbour"))
    }

    fn lets_serve(&self, counsellor: i64, slug: &'static str) -> Result<(), Error> {
        let officer = self.staff.manager;
        self.tries(move |tx, at| schedule::serve(tx, at, (counsellor, slug), officer))
    }

    pub(crate) fn changes_kind(&self, id: i64, kind: Kind, why: &str) -> Result<(), Error> {
        let (why, officer) = (reason(why), self.staff.coordinator);
        self.tries(move |tx, at| application::change_kind(tx, at, id, (kind, &why), officer))
    }
}

#[test]
fn article_6_two_offices_share_a_supporter_and_never_one_hour_of_hers() {
    scene(|office| {
        let supporter = office.supporter();
        let (neighbour, staff, _) = office.neighbour();
        let neighbour = office.addresses(&neighbour, [SAKAI, "大阪府東大阪市見本町2"]);
        office.lets_serve(supporter, "tonari-test").expect("the same prefecture");
        let home = office.context();
        let here = office.asks_for_supporter(&home, office.staff.coordinator, (&nozomi(), TEN));
        let there = one_of_many(1);
        let there = Applicant { supports: nozomi().supports, ..there };
        let there = office.asks_for_supporter(&neighbour, staff.coordinator, (&there, TEN));
        office.confirms_at(&home, here, (hour(TEN), supporter)).expect("the first");
        let second = office.confirms_at(&neighbour, there, (hour(TEN), supporter));
        assert_eq!(refusal(second), Refusal::SlotTaken);
        let half_past = "2026-11-24T10:30:00";
        let overlaps = office.confirms_at(&neighbour, there, (hour(half_past), supporter));
        assert_eq!(refusal(overlaps), Refusal::SlotTaken);
        // The control: another hour of hers is confirmed there, and then taken here too.
        office.confirms_at(&neighbour, there, (hour(TWO), supporter)).expect("another hour");
        let taken = office.tries(move |tx, at| {
            let appoint = Appoint { slot: hour(TWO), counsellor: supporter, same_day_reason: None };
            appointment::move_to(tx, at, here, &appoint, None)
        });
        assert_eq!(refusal(taken), Refusal::SlotTaken);
    });
}

#[test]
fn article_6_openings_and_days_span_the_offices_and_tell_nothing_of_the_other() {
    scene(|office| {
        let here = office.books_supporter(&nozomi(), TEN);
        let supporter = office.session(here).counsellor.0;
        let (neighbour, _, _) = office.neighbour();
        let neighbour = office.addresses(&neighbour, [SAKAI, "大阪府東大阪市見本町2"]);
        let ask = rules::schedule::Ask {
            from: "2026-11-24".parse().expect("a day"),
            days: 1,
            minutes: 60,
            needs: Kind::IntractableDisease.needs(),
        };
        let asked = ask.clone();
        let before =
            office.tries_at(&neighbour, move |tx, at| schedule::open_times(tx, at, &asked));
        assert!(before.expect("openings").is_empty(), "nobody there is a supporter");
        office.lets_serve(supporter, "tonari-test").expect("served");
        let open = office.tries_at(&neighbour, move |tx, at| schedule::open_times(tx, at, &ask));
        let starts: Vec<_> = open.expect("openings").iter().map(|it| it.slot.start).collect();
        assert!(!starts.contains(&at(TEN)) && starts.contains(&at("2026-11-24T11:00:00")));
        let alias = office.session(here).alias.reveal().to_owned();
        let receipt = office.application(here).receipt;
        let mut clerk = Visitor::of(office);
        clerk.get("/desk/sign-in");
        clerk.post("/desk/sign-in", &[("login", "tonari-manager"), ("password", PASSWORD)]);
        clerk.get("/desk/days?day=2026-11-24");
        assert!(clerk.text().contains("他の窓口"), "{}", clerk.text());
        let links = clerk.page().links();
        assert!(links.iter().all(|link| *link != format!("/desk/sessions/{here}")), "{links:?}");
        let body = &clerk.page().body;
        assert!(!body.contains(&alias) && !body.contains(&receipt) && !body.contains("のぞみ"));
        clerk.get(&format!("/desk/sessions/{here}"));
        assert_eq!(clerk.status(), 404);
        // At home the session is as it was.
        let mut own = Visitor::clerk(office, "manager");
        own.get("/desk/days?day=2026-11-24");
        assert!(own.text().contains(&alias));
        clerk.get("/desk/counsellors");
        assert!(clerk.text().contains("他の窓口から担当する相談員"));
        assert!(!clerk.page().links().contains(&format!("/desk/counsellors/{supporter}")));
    });
}

#[test]
fn article_6_further_offices_are_the_administrators_to_choose_within_the_prefecture() {
    scene(|office| {
        let supporter = office.supporter();
        let (neighbour, _, _) = office.neighbour();
        let page = format!("/desk/counsellors/{supporter}");
        let (add, field) = (format!("{page}/offices"), [("office", "tonari-test")]);
        let mut admin = Visitor::clerk(office, "administrator");
        let mut tries = |addresses: Option<[&'static str; 2]>, said: &str| {
            if let Some(addresses) = addresses {
                office.addresses(&neighbour, addresses);
            }
            admin.get(&page);
            admin.post(&add, &field);
            assert!(admin.text().contains(said), "{}", admin.text());
            admin.status()
        };
        assert_eq!(tries(None, "都道府県から登録してください"), 422);
        assert_eq!(tries(Some([SAKAI, "京都府京都市見本町2"]), "都道府県が違う窓口"), 422);
        assert_eq!(tries(Some([SAKAI, "大阪府東大阪市見本町2"]), "担当を外す"), 200);
        let again = office.lets_serve(supporter, "tonari-test");
        assert_eq!(refusal(again), Refusal::Serving(ServingRefusal::AlreadyServed));
        let own = office.lets_serve(supporter, SLUG);
        assert_eq!(refusal(own), Refusal::Serving(ServingRefusal::AlreadyServed));
        let nowhere = office.lets_serve(supporter, "nowhere");
        assert!(matches!(nowhere, Err(Error::Missing)));
        // A manager sees it, and has no form for it.
        let mut manager = Visitor::clerk(office, "manager");
        manager.get(&page);
        assert!(manager.text().contains("ほかに担当する窓口"));
        assert!(!manager.page().forms().iter().any(|form| form.action.contains("/offices")));
        let fields = [
            ("csrf".to_owned(), manager.form_token()),
            ("key".to_owned(), "k".repeat(43)),
            ("office".to_owned(), "tonari-test".to_owned()),
        ];
        manager.send(&add, &fields);
        assert_eq!(manager.status(), 403);
    });
}

#[test]
fn article_6_an_office_is_left_once_no_time_is_given_there() {
    scene(|office| {
        let supporter = office.supporter();
        let (neighbour, staff, _) = office.neighbour();
        let neighbour = office.addresses(&neighbour, [SAKAI, "大阪府東大阪市見本町2"]);
        office.lets_serve(supporter, "tonari-test").expect("served");
        let there = (&nozomi(), TEN);
        let id = office.asks_for_supporter(&neighbour, staff.coordinator, there);
        office.confirms_at(&neighbour, id, (hour(TEN), supporter)).expect("confirmed");
        let other = neighbour.office.id;
        let leave =
            move |tx: &mut Tx<'_>, at: &Context| schedule::stop_serving(tx, at, (supporter, other));
        let sessions = Refusal::Serving(ServingRefusal::HasSessions);
        assert_eq!(refusal(office.tries(leave)), sessions);
        assert!(matches!(office.tries_at(&neighbour, leave), Err(Error::Missing)), "home alone");
        office.clock("2026-11-24T12:00:00");
        let mut admin = Visitor::clerk(office, "administrator");
        let page = format!("/desk/counsellors/{supporter}");
        admin.get(&page);
        admin.post(&format!("{page}/offices/{other}/remove"), &[]);
        assert_eq!(admin.status(), 200);
        assert!(admin.text().contains("この窓口だけを担当しています"));
        office.tries(leave).expect("a repeat does nothing");
    });
}

#[test]
fn article_6_a_session_with_the_supporter_takes_the_hour_and_the_supporter() {
    scene(|office| {
        let (supporter, context) = (office.supporter(), office.context());
        let id = office.asks_for_supporter(&context, office.staff.coordinator, (&nozomi(), TEN));
        assert_eq!(office.application(id).kind, Kind::IntractableDisease);
        let check = |slot: Slot, counsellor: i64, expected: Refusal| {
            let confirmed = office.confirms_at(&context, id, (slot, counsellor));
            assert_eq!(refusal(confirmed), expected);
            let appoint = Appoint { slot, counsellor, same_day_reason: None };
            let proposed = office.tries(move |tx, at| application::propose(tx, at, id, &appoint));
            assert_eq!(refusal(proposed), expected);
        };
        let half = crate::office::slot(TEN);
        check(half, supporter, Refusal::Kind(KindRefusal::Length));
        let asahi = office.counsellors[0];
        check(hour(TEN), asahi, Refusal::Kind(KindRefusal::NoSupporter));
        check(hour("2026-11-24T11:30:00"), supporter, {
            Refusal::Slot(rules::schedule::SlotRefusal::OutsideWindow)
        });
        office.confirms_at(&context, id, (hour(TEN), supporter)).expect("confirmed");
        let moved = office.moves(id, "2026-11-24T11:00:00", supporter);
        assert_eq!(refusal(moved), Refusal::Kind(KindRefusal::Length));
        let mut desk = Visitor::clerk(office, "coordinator");
        desk.get(&format!("/desk/sessions/{id}/move"));
        let text = desk.text();
        assert!(text.contains("えがわ") && !text.contains("あさひ"), "{text}");
        // The control: an ordinary session goes on as before, with anybody and any length.
        let ordinary = office.books(&hana(), TEN);
        assert_eq!(office.application(ordinary).kind, Kind::Counselling);
        let short = [crate::office::slot(TEN)];
        let person = one_of_many(3);
        let person = Applicant { supports: nozomi().supports, ..person };
        let sent = office.tries(move |tx, at| {
            let version = at.office.terms(at.now)?.version.to_string();
            application::apply(tx, at, &person.form(&short, &version, at.now))
        });
        assert_eq!(refusal(sent), Refusal::Kind(KindRefusal::Length));
    });
}

#[test]
fn article_6_an_applicant_for_the_supporter_is_told_of_it_and_offered_her_hours() {
    scene(|office| {
        office.supporter();
        office.decides(|practice| practice.supporter_minutes = 45);
        let mut seeker = Visitor::of(office);
        seeker.get("/?lang=ja");
        fills_in(&mut seeker, &hana(), "2026-11-24T10:00");
        let apply = format!("/offices/{SLUG}/apply");
        let reasons = format!("{apply}/reasons?change=yes");
        seeker.get(&reasons);
        assert!(seeker.page().main().contains("関係する機関と情報を共有する"));
        seeker.post(&reasons, &[("reasons", "health"), ("supports", "rare_disease_supporter")]);
        // The half hour that was wished for before does not fit: the length is asked anew.
        assert!(seeker.page().path.ends_with("/length"), "{}", seeker.page().path);
        assert!(seeker.page().main().contains("サポーターとの相談は、45分です"));
        let minutes: Vec<String> = ["30", "45", "60"]
            .into_iter()
            .filter(|it| seeker.page().body.contains(&format!("value=\"{it}\"")))
            .map(str::to_owned)
            .collect();
        assert_eq!(minutes, ["45"]);
        seeker.answer(&[("minutes", "30")]);
        assert_eq!(seeker.status(), 422);
        seeker.answer(&[("minutes", "45")]);
        seeker.get(&format!("{apply}/wishes/1"));
        assert!(seeker.page().body.contains("2026-11-24T14:00"), "an hour of hers");
        seeker.get(&format!("{apply}/check"));
        let main = seeker.page().main();
        assert!(main.contains("そのつど、相手と内容をお伝えして"), "{main}");
        seeker.answer(&[]);
        let id = office.does(application::inbox).last().expect("it waits").id;
        let sent = office.application(id);
        assert_eq!((sent.kind, sent.wishes[0].minutes), (Kind::IntractableDisease, 45));
        // Wishes are changed within the same bounds.
        seeker.get("/status");
        seeker.post("/status/wishes/start", &[]);
        seeker.get("/status/wishes/length");
        seeker.post("/status/wishes/length", &[("minutes", "30")]);
        assert_eq!(seeker.status(), 422);
    });
}

#[test]
fn article_6_staff_set_the_kind_with_a_reason_until_a_time_is_confirmed() {
    scene(|office| {
        let supporter = office.supporter();
        let id = office.applies(&hana(), &[TEN]);
        office.decides_all(id);
        let supported = Kind::IntractableDisease;
        let check = |kind, why: &str, expected: KindRefusal| {
            assert_eq!(refusal(office.changes_kind(id, kind, why)), Refusal::Kind(expected));
        };
        check(Kind::Counselling, "電話で確認", KindRefusal::Unchanged);
        check(supported, " ", KindRefusal::NoReason);
        assert_eq!(refusal(office.changes_kind(id, Kind::Group, "なし")), Refusal::Shape);
        office.proposes(id, TWO, office.counsellors[0]).expect("proposed");
        check(supported, "電話で確認", KindRefusal::ProposalOpen);
        office.does(move |tx, at| application::refuse_proposal(tx, at, id));
        let mut desk = Visitor::clerk(office, "coordinator");
        let page = format!("/desk/applications/{id}");
        desk.get(&page);
        let form = [("kind", "intractable_disease"), ("kind_reason", "")];
        desk.post(&format!("{page}/kind"), &form);
        assert_eq!(desk.status(), 422);
        assert!(desk.text().contains("理由を書いてください"));
        let form = [("kind", "intractable_disease"), ("kind_reason", "電話で希望を聞いた")];
        desk.post(&format!("{page}/kind"), &form);
        assert_eq!(desk.status(), 200, "{}", desk.text());
        let text = desk.text();
        assert!(text.contains("電話で希望を聞いた") && text.contains("60分"), "{text}");
        // The wish counts as an hour from now on, with the supporter alone.
        let context = office.context();
        let (asahi, slot) = (office.counsellors[0], crate::office::slot(TEN));
        let short = office.confirms_at(&context, id, (slot, supporter));
        assert_eq!(refusal(short), Refusal::Kind(KindRefusal::Length));
        let other = office.confirms_at(&context, id, (hour(TEN), asahi));
        assert_eq!(refusal(other), Refusal::Kind(KindRefusal::NoSupporter));
        assert!(desk.page().body.contains(&format!("2026-11-24T10:00/60/{supporter}")));
        assert!(!desk.page().body.contains(&format!("2026-11-24T10:00/60/{asahi}")));
        office.confirms_at(&context, id, (hour(TEN), supporter)).expect("confirmed");
        let late = office.changes_kind(id, Kind::Counselling, "戻す");
        assert!(matches!(refusal(late), Refusal::Course(_)));
        let changes = office.does(move |tx, at| application::kind_changes(tx, at, id));
        assert_eq!(changes.len(), 1);
        assert_eq!(
            (changes[0].kind, changes[0].reason.as_str()),
            (supported, "電話で希望を聞いた")
        );
        let told = office.does(move |tx, at| application::everything_of(tx, at, id));
        assert_eq!(told["kind_changes"][0]["reason"], "電話で希望を聞いた");
        assert_eq!(told["application_kind"], "intractable_disease");
    });
}

#[test]
fn article_6_the_supporters_length_lies_within_the_terms() {
    scene(|office| {
        let check = |minutes: u16, good: bool| {
            let id = office.id;
            let set = office.tries(move |tx, at| {
                let mut practice = at.office.practice.clone();
                practice.supporter_minutes = minutes;
                people::set_practice(tx, id, &practice)
            });
            assert_eq!(set.is_ok(), good, "{minutes}");
        };
        check(60, true);
        check(45, true);
        check(75, false);
        check(20, false);
        check(50, false);
    });
}
