//! What an office's terms choose otherwise than the model terms do: data alone changes what
//! happens.

use rules::appointment::{Standing, What};
use rules::letters::Letter;
use rules::people::FreeText;
use rules::session::MeetingId;
use rules::terms::amendment::ConsentWay;
use rules::terms::application::Declining;
use rules::terms::eligibility::{Condition, DecisionRefusal};
use rules::terms::prohibitions::Prohibited;
use rules::terms::suspension::ConductRefusal;
use service::application;
use service::appointment::{self, Joining};
use service::error::Refusal;
use service::records::conduct;
use service::store::sql;
use service::terms::{self, Source};

use crate::cast::{Applicant, hana, maria};
use crate::conduct::incident;
use crate::office::{Office, SLUG, refusal, scene};
use crate::pages::journey::{applies, finishes, link_shown};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";

/// The next version of the model terms, in Japanese alone, with these places replaced in what it
/// says of itself; in force from a day of 2026.
fn version(day: &str, japanese: &str, changes: &[(&str, &str)]) -> Source {
    let mut source = Source::model();
    source.texts.retain(|language, _| language == "ja");
    let text = source.texts.get_mut("ja").expect("Japanese");
    *text = text.replace("令和７年４月１５日", japanese);
    let mut numbers = source.version.replace("model-1", "model-2");
    numbers = numbers.replace("令和７年４月１５日", japanese).replace("2025-04-15", day);
    for (from, to) in changes {
        assert_eq!(numbers.matches(from).count(), 1, "{from} is to be found once");
        numbers = numbers.replace(from, to);
    }
    source.version = numbers;
    source
}

impl Office {
    fn publishes(&self, source: Source) {
        self.does(move |tx, context| terms::publish(tx, context.office.id, &source, context.now));
        self.app.forget_offices();
    }

    /// A version that was in force before anything of the scene.
    fn chooses(&self, changes: &[(&str, &str)]) {
        self.publishes(version("2026-01-01", "令和８年１月１日", changes));
    }

    fn ways(&self, id: i64) -> Vec<(String, ConsentWay)> {
        let consents = self.does(move |tx, context| application::consents(tx, context, id));
        consents.into_iter().map(|it| (it.version.to_string(), it.way)).collect()
    }
}

/// An entry of the version's source, without the phrase.
fn entry(name: &str, value: &str) -> String {
    format!("name = \"{name}\"\nvalue = \"{value}\"")
}

#[test]
fn preamble_who_applies_has_agreed_where_the_terms_say_so() {
    scene(|office| {
        let by_applying = entry("consent", "application");
        office.chooses(&[(&entry("consent", "use"), &by_applying)]);
        let mut seeker = Visitor::of(office);
        seeker.get("/?lang=en");
        seeker.get(&format!("/offices/{SLUG}"));
        seeker.post(&format!("/offices/{SLUG}/apply"), &[]);
        let text = seeker.text();
        assert!(text.contains("By applying you agree"), "{text}");
        let form = seeker.page().forms().last().expect("the form").fields.clone();
        assert!(!form.contains(&"consent".to_owned()), "nothing is ticked: {form:?}");
        seeker.answer(&[]);
        let path = seeker.page().path.clone();
        assert!(path.ends_with("/identity"), "{path}");
        applies(&mut seeker, &maria(), "2026-11-24T10:00");
        assert!(!link_shown(&seeker).is_empty());
        let question = sql!("select id from applications");
        let ids: Vec<i64> = office.rows(question, Vec::new(), |row| row.int(0));
        assert_eq!(office.ways(ids[0]), [("model-2".to_owned(), ConsentWay::ByApplication)]);
    });
}

#[test]
fn preamble_an_act_of_its_own_is_asked_for_before_joining_under_changed_terms() {
    scene(|office| {
        let explicit = entry("consent", "explicit");
        let (id, link) = office.books_with_link(&maria());
        office.publishes(version(
            "2026-11-20",
            "令和８年１１月２０日",
            &[(&entry("consent", "use"), &explicit)],
        ));
        office.clock("2026-11-24T09:50:00");
        let mut seeker = Visitor::of(office);
        seeker.get("/?lang=en");
        seeker.get(&link);
        seeker.post(&link, &[]);
        office.tells_how_to_join(id);
        seeker.get("/join");
        let text = seeker.text();
        assert!(text.contains("read what changed and agree"), "{text}");
        seeker.answer(&[]);
        assert_eq!(seeker.status(), 422);
        assert!(seeker.text().contains("you need to agree"), "{}", seeker.text());
        assert_eq!(office.ways(id).len(), 1, "nothing is recorded unasked");
        seeker.answer(&[("consent", "yes")]);
        assert_eq!(seeker.status(), 200, "{}", seeker.text());
        let version = "model-2".to_owned();
        let given = &office.ways(id)[1..];
        let expected = [(version.clone(), ConsentWay::Explicit), (version, ConsentWay::ByUse)];
        assert_eq!(given, expected);
        assert!(seeker.text().contains("999 0000 0001"), "{}", seeker.text());
    });
}

#[test]
fn article_1_the_conditions_are_those_that_the_terms_state() {
    scene(|office| {
        let clean = entry("condition", "clean_history");
        let phrase = "相談する必要が、相応にあると見込まれること";
        office.chooses(&[
            (&entry("condition", "need"), &clean),
            ("article = \"1(3)\"", "article = \"1\""),
            (phrase, "条件をいずれも備えた方"),
        ]);
        let id = office.applies(&hana(), &[TEN]);
        let mut desk = Visitor::clerk(office, "coordinator");
        desk.get(&format!("/desk/applications/{id}"));
        assert!(desk.text().contains("違反したことがなく"), "{}", desk.text());
        assert!(!desk.text().contains("相談する必要がある"), "{}", desk.text());
        let met = ["registered", "environment", "need"].map(|it| (it, "yes"));
        desk.post(&format!("/desk/applications/{id}/conditions"), &met);
        let refused = refusal(office.confirms(id, TEN, office.counsellors[0]));
        let undecided = DecisionRefusal::Undecided(Condition::CleanHistory);
        assert_eq!(refused, Refusal::Conditions(undecided));
        desk.post(&format!("/desk/applications/{id}/conditions"), &[("clean_history", "yes")]);
        office.confirms(id, TEN, office.counsellors[0]).expect("it is confirmed");
        // Whoever applies need give no reason where need is no condition.
        let mut seeker = Visitor::of(office);
        seeker.get("/?lang=en");
        seeker.get(&format!("/offices/{SLUG}"));
        seeker.post(&format!("/offices/{SLUG}/apply"), &[]);
        assert!(seeker.text().contains("You have kept these terms"), "{}", seeker.text());
    });
}

#[test]
fn article_2_1_working_days_and_the_time_of_the_last() {
    scene(|office| {
        let mut source = version("2026-01-01", "令和８年１月１日", &[]);
        let text = source.texts.get_mut("ja").expect("Japanese");
        let words = "相談日の２営業日前の１７時までに予約が成立した";
        *text = text.replace("相談日の前日までに予約が成立した", words);
        let until = "\n[[number]]\nname = \"complete_until\"\narticle = \"2(1)\"\n\
            value = \"17:00\"\nphrase = \"の１７時まで\"\n";
        source.version = source
            .version
            .replace("value = 1\n", "value = 2\n")
            .replace("相談日の前日までに予約が成立した", "相談日の２営業日前の")
            .replace("\"相談日の前日まで\"", "\"相談日の２営業日前\"")
            .replace(&entry("days_counted", "calendar"), &entry("days_counted", "working"))
            + until;
        office.publishes(source);
        let id = office.applies(&hana(), &[TEN]);
        office.decides_all(id);
        // The 24th is a Tuesday after a holiday: two working days before is Thursday the 19th.
        office.clock("2026-11-19T17:00:01");
        assert!(matches!(
            refusal(office.confirms(id, TEN, office.counsellors[0])),
            Refusal::Slot(rules::schedule::SlotRefusal::SameDay)
        ));
        office.clock("2026-11-19T17:00:00");
        office.confirms(id, TEN, office.counsellors[0]).expect("it is in time");
        let mut seeker = Visitor::of(office);
        seeker.get(&format!("/offices/{SLUG}?lang=en"));
        let text = seeker.text();
        assert!(text.contains("2 working days before") && text.contains("is 5:00 pm"), "{text}");
    });
}

#[test]
fn article_2_4_terms_that_leave_silence_open_cancel_nothing() {
    scene(|office| {
        let number = "[[number]]\nname = \"grace_minutes\"\narticle = \"2(4)\"\nvalue = 10\n\
            phrase = \"開始時刻から１０分が過ぎても連絡がない\"\n";
        let left_open = format!("\n[[choice]]\n{}\n", entry("silence", "left_open"));
        let mut source = version("2026-01-01", "令和８年１月１日", &[(number, "")]);
        source.version.push_str(&left_open);
        office.publishes(source);
        let id = office.books(&maria(), TEN);
        office.carries_out();
        let told = office.letter_text(id, Letter::Confirmation);
        assert!(!told.contains("minutes pass from the start"), "{told}");
        office.clock("2026-11-24T10:45:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::Waiting);
        let mut desk = Visitor::clerk(office, "counsellor");
        desk.get(&format!("/desk/sessions/{id}"));
        assert!(!desk.text().contains("連絡の期限"), "{}", desk.text());
        office.records(id, What::Arrived, "2026-11-24T10:25:00").expect("late is not lost");
        assert_eq!(office.standing(id), Standing::Present);
        office.clock("2026-11-25T00:00:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::Unrecorded);
    });
}

#[test]
fn article_2_4_later_use_is_declined_only_where_the_terms_say_so() {
    scene(|office| {
        let later = "[[choice]]\nname = \"later_use\"\nvalue = \"may_be_declined\"\n\
            article = \"2(4)\"\n\
            phrase = \"その後のお申込みをお断りすることがあります\"\n";
        office.chooses(&[(later, "")]);
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:10:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(id), Standing::DeemedCancelled);
        let officer = office.staff.manager;
        let declines = office.tries(move |tx, context| {
            let [from, review] =
                ["2026-11-24", "2027-05-24"].map(|day| day.parse().expect("a day"));
            let reason = FreeText::parse("無断が続いた", 200).expect("a text");
            let declining = (Declining { from, review }, &reason);
            conduct::decline_use(tx, context, id, declining, officer)
        });
        assert_eq!(refusal(declines), Refusal::Conduct(ConductRefusal::NotInTheTerms));
        let mut desk = Visitor::clerk(office, "manager");
        desk.get(&format!("/desk/conduct/{id}"));
        assert!(!desk.text().contains("お断りを決める"), "{}", desk.text());
    });
}

#[test]
fn article_2_4_cancelling_online_where_the_terms_say_so() {
    scene(|office| {
        let online = entry("cancelling", "online");
        office.chooses(&[(&entry("cancelling", "telephone"), &online)]);
        let (id, link) = office.books_with_link(&hana());
        let mut seeker = Visitor::of(office);
        seeker.get("/?lang=en");
        seeker.get(&link);
        seeker.post(&link, &[]);
        seeker.get("/status/cancel");
        seeker.answer(&[]);
        assert_eq!(office.standing(id), Standing::CalledOff, "{}", seeker.text());
    });
}

#[test]
fn article_11_a_text_in_another_order_is_cited_as_it_is_numbered() {
    scene(|office| {
        let mut source = version("2026-01-01", "令和８年１月１日", &[]);
        source.version.push_str("\n[places]\n\"10(2)\" = \"11\"\n\"8\" = \"none\"\n");
        office.publishes(source);
        let id = office.applies(&hana(), &[TEN]);
        let mut desk = Visitor::clerk(office, "manager");
        desk.get(&format!("/desk/conduct/{id}"));
        let text = desk.text();
        assert!(text.contains("利用の中止（第11条）") && !text.contains("第8条"), "{text}");
        let case = r#"{"ask":"standing","start":"2026-11-24T10:00:00+09:00","minutes":30,
            "facts":[{"fact":"called_off","at":"2026-11-24T09:00:00+09:00"}],
            "now":"2026-11-24T12:00:00+09:00"}"#;
        let terms = office.context().office.terms(office.context().now).expect("terms").clone();
        let answer = terms::trial::answer(&terms, &case.replace('\n', " ")).expect("a case");
        assert!(answer.contains("\"article\":\"2(4)\""), "{answer}");
    });
}

/// Who is to use the service under new terms is told before their day.
#[test]
fn article_11_a_change_is_told_of_beforehand() {
    scene(|office| {
        office.publishes(version("2026-12-21", "令和８年１２月２１日", &[]));
        let told = "The terms of use change from Monday 21 December 2026";
        let page = |office: &Office| {
            let mut reader = Visitor::of(office);
            reader.get(&format!("/offices/{SLUG}?lang=en"));
            reader.text()
        };
        assert!(!page(office).contains(told), "it is far away");
        let before = office.books(&hana(), TEN);
        let later = office.receives(&maria(), &["2026-12-22T10:00:00"]).expect("taken in");
        office.decides_all(later.id);
        office.confirms(later.id, "2026-12-22T10:00:00", office.counsellors[0]).expect("confirmed");
        let letter = office.letter_text(later.id, Letter::Confirmation);
        assert!(letter.contains(told), "{letter}");
        assert!(!office.letter_text(before, Letter::Confirmation).contains("12月21日"));
        let link = format!("/link/{}", later.link.reveal().as_str());
        let mut seeker = Visitor::of(office);
        seeker.get("/?lang=en");
        seeker.get(&link);
        seeker.post(&link, &[]);
        assert!(seeker.text().contains(told), "{}", seeker.text());
        office.clock("2026-12-07T09:00:00");
        office.app.forget_offices();
        assert!(page(office).contains(told), "{}", page(office));
        office.clock("2026-12-21T09:00:00");
        assert!(!page(office).contains(told), "it is in force");
    });
}

/// What the terms do not say, the desk does not offer.
#[test]
fn article_11_a_text_that_ends_nobodys_use_gives_no_power_to() {
    scene(|office| {
        let mut source = version("2026-01-01", "令和８年１月１日", &[]);
        source.version.push_str("\n[places]\n\"10(2)\" = \"none\"\n");
        office.publishes(source);
        let id = office.books(&hana(), TEN);
        office.clock("2026-11-24T10:20:00");
        let seen = incident(Prohibited::Obstruction, "大きな音を出し続けた", "2026-11-24T10:05:00");
        let incident = office.reports(id, seen, false).expect("recorded");
        office.judges(incident, true);
        let refused = refusal(office.ends_use(id, incident, false));
        assert_eq!(refused, Refusal::Conduct(ConductRefusal::NotInTheTerms));
        let mut desk = Visitor::clerk(office, "manager");
        desk.get(&format!("/desk/conduct/{id}"));
        assert!(!desk.text().contains("利用の中止を決める"), "{}", desk.text());
    });
}

/// Terms for those who come to a booth that the office furnished: another title, another grace, no
/// environment of one's own.
fn for_booths() -> Source {
    let mut source = version("2026-01-01", "令和８年１月１日", &[]);
    let text = source.texts.get_mut("ja").expect("Japanese");
    *text = text.replace("ご自宅などから参加される方向け", "出張ブースから参加される方向け");
    *text = text.replace("１０分が過ぎても", "１５分が過ぎても");
    let condition = "[[choice]]\nname = \"condition\"\nvalue = \"environment\"\n\
        article = \"1(2)\"\nphrase = \"機器と通信の環境を用意でき\"\n";
    assert!(source.version.contains(condition));
    source.version = source
        .version
        .replace("model-2", "booth-1")
        .replace("audience = \"home\"", "audience = \"booth\"")
        .replace("value = 10\n", "value = 15\n")
        .replace("１０分が過ぎても", "１５分が過ぎても")
        .replace(condition, "");
    source
}

#[test]
fn title_an_office_has_a_text_for_each_audience() {
    scene(|office| {
        office.publishes(for_booths());
        let at_home = office.books(&hana(), TEN);
        let mut seeker = Visitor::of(office);
        seeker.get(&format!("/offices/{SLUG}?lang=en"));
        assert!(seeker.text().contains("How will you take part?"), "{}", seeker.text());
        let apply = format!("/offices/{SLUG}/apply");
        seeker.post(&apply, &[("audience", "moon")]);
        assert_eq!(seeker.status(), 422, "an audience that there is not");
        seeker.get(&format!("/offices/{SLUG}"));
        seeker.post(&apply, &[("audience", "booth")]);
        assert!(!seeker.text().contains("safe device"), "{}", seeker.text());
        assert!(seeker.text().contains("booth-1"), "{}", seeker.text());
        finishes(&mut seeker, &maria(), "2026-11-24T10:00");
        let question = sql!("select max(id) from applications");
        let ids: Vec<i64> = office.rows(question, Vec::new(), |row| row.int(0));
        let in_booth = ids[0];
        assert_eq!(office.ways(in_booth), [("booth-1".to_owned(), ConsentWay::Explicit)]);
        let mut desk = Visitor::clerk(office, "coordinator");
        let case = format!("/desk/applications/{in_booth}");
        let met = [("registered", "yes"), ("need", "yes")];
        desk.get(&case);
        desk.post(&format!("{case}/conditions"), &met);
        office.confirms(in_booth, TEN, office.counsellors[1]).expect("two conditions are enough");
        let told = office.letter_text(in_booth, Letter::Confirmation);
        assert!(told.contains("If 15 minutes pass"), "{told}");
        office.clock("2026-11-24T10:10:00");
        office.turns_the_minute_hand();
        let standings = [at_home, in_booth].map(|id| office.standing(id));
        assert_eq!(standings, [Standing::DeemedCancelled, Standing::Waiting]);
        office.clock("2026-11-24T10:15:00");
        office.turns_the_minute_hand();
        assert_eq!(office.standing(in_booth), Standing::DeemedCancelled);
        // Both texts are read on the office's pages, and staff choose which one they read out.
        seeker.get(&format!("/offices/{SLUG}/terms"));
        assert!(seeker.text().contains("出張ブース"), "{}", seeker.text());
        seeker.get(&format!("/offices/{SLUG}/terms/booth-1"));
        assert!(seeker.text().contains("１５分が過ぎても"), "{}", seeker.text());
        let mut desk = Visitor::clerk(office, "coordinator");
        desk.get("/desk/enter");
        assert!(desk.page().body.contains("value=\"booth-1\""), "{}", desk.text());
        // One name stands for one version, and one day for one of each audience.
        let again = office.tries(move |tx, context| {
            terms::publish(tx, context.office.id, &for_booths(), context.now)
        });
        assert!(again.is_err());
    });
}

impl Office {
    /// A session as [`Office::books`], and the person's link.
    fn books_with_link(&self, person: &Applicant) -> (i64, String) {
        let receipt = self.receives(person, &[TEN]).expect("it is taken in");
        self.decides_all(receipt.id);
        self.confirms(receipt.id, TEN, self.counsellors[0]).expect("it is confirmed");
        (receipt.id, format!("/link/{}", receipt.link.reveal().as_str()))
    }

    fn tells_how_to_join(&self, id: i64) {
        self.does(move |tx, context| {
            let meeting = MeetingId::parse("99900000001").expect("an ID");
            let joining = Joining { meeting, passcode: None, link: None };
            appointment::enter_joining(tx, context, id, &joining)
        });
    }
}
