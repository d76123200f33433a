//! Sharing with bodies concerned (article 6): only with the supporter, only with listed partners,
//! only what the person agreed to when asked, and only until it is taken back.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rules::application::Kind;
use rules::people::{FreeText, Language};
use rules::terms::personal_data::{
    Answer, AskedWay, Handover, Item, Medium, PartnerKind, Purpose, Reply, SharingRefusal,
};
use service::error::{Error, Refusal};
use service::records::sharing::{self, NewHandover, NewPartner, NewRequest, Sharing};
use service::records::{self, Part};
use service::store::{Sql, params};
use service::words::Words;

use crate::cast::{hana, nozomi};
use crate::office::{Office, at, refusal, scene};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";
const SENTENCE: &str = "通院と両立できる職場をいっしょに探すためです。";

fn text(words: &str) -> FreeText {
    FreeText::parse(words, 300).expect("a text")
}

fn items(codes: &str) -> BTreeSet<Item> {
    codes.split_whitespace().map(|code| Item::parse(code).expect("an item")).collect()
}

fn clock(time: &str) -> Timestamp {
    at(&format!("2026-11-24T{time}:00"))
}

impl Office {
    /// Puts a body on the list: its number.
    pub(crate) fn lists_partner(&self, name: &str) -> i64 {
        let officer = self.staff.manager;
        let new = NewPartner {
            kind: PartnerKind::DiseaseCentre,
            name: text(name),
            contact: text("00-0000-0001 相談係"),
        };
        self.does(move |tx, at| {
            sharing::add_partner(tx, at, &new, officer)?;
            Ok(sharing::partners(tx, at)?.last().expect("it is listed").id)
        })
    }

    fn retires(&self, partner: i64) {
        let officer = self.staff.manager;
        self.does(move |tx, at| sharing::retire_partner(tx, at, partner, officer));
    }

    pub(crate) fn asks(&self, id: i64, change: impl Fn(&mut NewRequest)) -> Result<i64, Error> {
        let mut new = NewRequest {
            partner: 1,
            items: items("name contact accommodation"),
            purpose: Some(Purpose::Referral),
            sentence: text(SENTENCE),
            at: self.app.clock.now(),
        };
        change(&mut new);
        let officer = self.staff.counsellor;
        self.tries(move |tx, at| sharing::ask(tx, at, id, &new, officer))
    }

    fn hears(&self, id: i64, of: i64, reply: &Reply) -> Result<(), Error> {
        self.hears_then(id, of, (reply, self.app.clock.now()))
    }

    fn hears_then(&self, id: i64, of: i64, (reply, at): (&Reply, Timestamp)) -> Result<(), Error> {
        let answer = Answer { reply: reply.clone(), way: AskedWay::InWords, at };
        let staff = Some(self.staff.counsellor);
        self.tries(move |tx, context| sharing::answer(tx, context, (id, of), &answer, staff))
    }

    fn shares(&self, id: i64, of: i64, (told, at): (&str, Timestamp)) -> Result<(), Error> {
        let handover = Handover { items: items(told), at };
        let new = NewHandover { handover, medium: Medium::Paper, digest: None };
        let officer = self.staff.counsellor;
        self.tries(move |tx, context| sharing::share(tx, context, (id, of), &new, officer))
    }

    fn sharing_of(&self, id: i64, of: i64) -> Sharing {
        let all = self.does(move |tx, at| sharing::of_application(tx, at, id));
        all.into_iter().find(|it| it.id == of).expect("it was asked")
    }

    /// What staff did that is on file about an application.
    fn acts_on(&self, id: i64) -> Vec<String> {
        const ACTS: Sql =
            Sql::unregistered("select act from accesses where application = $1 order by id");
        self.rows(ACTS, params![id].to_vec(), |row| row.text(0))
    }
}

/// The person's own browser, on the page of the application.
fn on_the_page(office: &Office, id: i64, language: &str) -> Visitor {
    let token = office.does(move |tx, at| {
        let lines = service::letters::letters_of(tx, at, id)?;
        Ok(service::letters::read(tx, at, lines[0].id)?.text)
    });
    let link = token.split("/link/").nth(1).expect("a letter has a link");
    let link = link.split_whitespace().next().expect("a link").to_owned();
    let mut seeker = Visitor::of(office);
    seeker.get(&format!("/?lang={language}"));
    seeker.get(&format!("/link/{link}"));
    seeker.post(&format!("/link/{link}"), &[]);
    assert_eq!(seeker.page().path, "/status", "{}", seeker.text());
    seeker
}

/// The administrator puts a body on the list: its number.
fn registers_a_partner(office: &Office) -> i64 {
    let mut admin = Visitor::clerk(office, "administrator");
    admin.get("/desk/sharing");
    assert!(!admin.text().contains("記録はありません"), "the register is not theirs");
    let partner = [("kind", "disease_centre"), ("name", "見本県難病相談支援センター（見本）")];
    admin.post("/desk/sharing/partners", &[partner[0], partner[1], ("contact", "")]);
    assert_eq!(admin.status(), 422);
    admin.post("/desk/sharing/partners", &[partner[0], partner[1], ("contact", "00-0000")]);
    assert_eq!(admin.status(), 200);
    office.does(sharing::partners)[0].id
}

/// The counsellor asks on the session's page: the number of the question.
fn asks_at_the_desk(office: &Office, desk: &mut Visitor, id: i64) -> i64 {
    let partner = registers_a_partner(office).to_string();
    let page = format!("/desk/sessions/{id}/sharing");
    desk.get(&format!("/desk/sessions/{id}"));
    assert!(desk.page().links().contains(&page));
    desk.get(&page);
    let asked = [
        ("partner", partner.as_str()),
        ("items", "name"),
        ("items", "accommodation"),
        ("purpose", "referral"),
        ("sentence", SENTENCE),
        ("at", "10:15"),
    ];
    desk.post(&page, &asked);
    assert_eq!(desk.status(), 200, "{}", desk.text());
    assert!(desk.text().contains("返事待ち"));
    office.does(move |tx, at| sharing::of_application(tx, at, id))[0].id
}

#[test]
fn article_6_the_question_stands_on_the_persons_page_in_each_language() {
    scene(|office| {
        let id = office.books_supporter(&nozomi(), TEN);
        office.carries_out();
        office.clock("2026-11-24T10:20:00");
        asks_at_the_desk(office, &mut Visitor::clerk(office, "counsellor"), id);
        for language in Language::ALL {
            let seeker = on_the_page(office, id, language.code());
            let body = &seeker.page().body;
            let words = Words::new(language);
            for key in ["ask", "partner", "items", "purpose", "no-harm", "give", "refuse"] {
                let said = words.t(&format!("status-sharing-{key}"));
                assert!(body.contains(said.as_str()), "{language:?} {key}: {body}");
            }
            let item = words.t("status-sharing-item-accommodation");
            assert!(body.contains(item.as_str()) && body.contains(SENTENCE));
            assert!(!body.contains(words.t("status-sharing-item-contact").as_str()));
        }
    });
}

#[test]
fn article_6_from_the_question_to_the_partner_who_is_told_of_the_withdrawal() {
    scene(|office| {
        let id = office.books_supporter(&nozomi(), TEN);
        office.carries_out();
        office.clock("2026-11-24T10:20:00");
        let mut desk = Visitor::clerk(office, "counsellor");
        let page = format!("/desk/sessions/{id}/sharing");
        let of = asks_at_the_desk(office, &mut desk, id);
        office.clock("2026-11-24T10:25:00");
        let mut seeker = on_the_page(office, id, "ja");
        let number = of.to_string();
        seeker.post("/status/sharing", &[("answer", "give"), ("sharing", &number)]);
        assert!(seeker.page().main().contains("「伝えてよい」と答えました"));
        let (said, staff) = office.sharing_of(id, of).answers[0].clone();
        assert_eq!(said.reply, Reply::Given(items("name accommodation")));
        assert_eq!((said.way, staff), (AskedWay::Online, None));
        office.clock("2026-11-24T10:40:00");
        desk.get(&page);
        let digest = "a".repeat(64);
        let share = [("items", "name"), ("medium", "file"), ("digest", digest.as_str())];
        desk.post(&format!("{page}/{of}/share"), &share);
        assert_eq!(desk.status(), 200, "{}", desk.text());
        assert!(desk.text().contains("共有済み"));
        office.clock("2026-12-20T10:00:00");
        // A yes can be taken back on the page long after the session.
        let mut seeker = on_the_page(office, id, "ja");
        assert!(seeker.page().main().contains("11月24日"), "{}", seeker.page().main());
        seeker.post("/status/sharing", &[("answer", "withdraw"), ("sharing", &number)]);
        assert!(seeker.page().main().contains("相手の機関にも連絡します"));
        let mut desk = Visitor::clerk(office, "counsellor");
        desk.get("/desk/today");
        assert!(desk.text().contains("連絡する共有が1件"), "{}", desk.text());
        let mut manager = Visitor::clerk(office, "manager");
        manager.get("/desk/sharing");
        assert!(manager.text().contains("取りやめを相手に連絡"));
        assert!(!manager.text().contains(SENTENCE), "nothing sealed is read for the register");
        manager.get(&page);
        assert!(manager.text().contains(SENTENCE));
        assert!(!manager.page().forms().iter().any(|form| form.action.starts_with(&page)));
        desk.get(&page);
        desk.post(&format!("{page}/{of}/told"), &[]);
        assert_eq!(desk.status(), 200);
        desk.get("/desk/today");
        assert!(!desk.text().contains("連絡する共有"));
        seeker.get("/status");
        assert!(seeker.page().main().contains("相手の機関にも連絡しました"));
        let again = office.shares(id, of, ("name", office.app.clock.now()));
        assert_eq!(refusal(again), Refusal::Sharing(SharingRefusal::AlreadyShared));
        let acts = office.acts_on(id);
        for act in ["sharing.asked", "sharing.read", "sharing.share", "sharing.told"] {
            assert!(acts.iter().any(|it| it == act), "{act}: {acts:?}");
        }
    });
}

#[test]
fn article_6_in_other_sessions_there_is_no_such_act() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        office.lists_partner("見本の機関");
        let page = format!("/desk/sessions/{id}/sharing");
        let mut desk = Visitor::clerk(office, "counsellor");
        desk.get(&format!("/desk/sessions/{id}"));
        assert_eq!(desk.status(), 200);
        assert!(!desk.page().links().contains(&page) && !desk.text().contains("関係機関との共有"));
        desk.get(&page);
        assert_eq!(desk.status(), 404);
        desk.get("/desk/today");
        for action in [page.clone(), format!("{page}/1/answer"), format!("{page}/1/share")] {
            let fields = [
                ("csrf".to_owned(), desk.form_token()),
                ("key".to_owned(), "k".repeat(43)),
                ("partner".to_owned(), "1".to_owned()),
                ("items".to_owned(), "name".to_owned()),
            ];
            desk.send(&action, &fields);
            assert_eq!(desk.status(), 404, "{action}");
            desk.get("/desk/today");
        }
        let asked = office.asks(id, |_| {});
        assert_eq!(refusal(asked), Refusal::Sharing(SharingRefusal::OrdinarySession));
        assert_eq!(office.count("sharings"), 0);
        // The control: with the supporter there is one.
        let other = office.books_supporter(&nozomi(), "2026-11-24T14:00:00");
        assert_eq!(office.application(other).kind, Kind::IntractableDisease);
        desk.get(&format!("/desk/sessions/{other}/sharing"));
        assert_eq!(desk.status(), 200);
    });
}

#[test]
fn article_6_a_question_is_refused_before_it_is_asked() {
    use SharingRefusal as S;
    scene(|office| {
        let id = office.books_supporter(&nozomi(), TEN);
        let waits = office.asks_for_supporter(
            &office.context(),
            office.staff.coordinator,
            (&crate::cast::Applicant { number: "99990-1000008".to_owned(), ..nozomi() }, TEN),
        );
        let partner = office.lists_partner("見本の機関");
        let retired = office.lists_partner("もうない機関（見本）");
        office.retires(retired);
        office.retires(retired);
        office.clock("2026-11-24T10:20:00");
        let check = |change: &dyn Fn(&mut NewRequest), expected: SharingRefusal| {
            let asked = office.asks(id, change);
            assert_eq!(refusal(asked), Refusal::Sharing(expected));
        };
        check(&|it| it.partner = 999, S::NotListed);
        check(&|it| it.partner = retired, S::Retired);
        check(&|it| it.items.clear(), S::NoItems);
        check(&|it| it.purpose = None, S::NoPurpose);
        check(&|it| it.sentence = text(" "), S::NoPurpose);
        check(&|it| it.at = clock("10:21"), S::InTheFuture);
        assert!(matches!(office.asks(waits, |_| {}), Err(Error::Missing)), "no session yet");
        assert_eq!(office.count("sharings"), 0);
        office.asks(id, move |it| it.partner = partner).expect("the control");
        // The desk says why, and keeps what was typed.
        let mut desk = Visitor::clerk(office, "counsellor");
        let page = format!("/desk/sessions/{id}/sharing");
        desk.get(&page);
        let partner = partner.to_string();
        let mut typed = vec![("partner", partner.as_str()), ("sentence", SENTENCE)];
        desk.post(&page, &typed);
        assert_eq!(desk.status(), 422);
        assert!(desk.text().contains("共有する項目を1つ以上") && desk.text().contains(SENTENCE));
        typed.extend([("items", "name"), ("items", "diagnosis"), ("purpose", "referral")]);
        desk.post(&page, &[&typed[..], &[("at", "25:00")]].concat());
        assert_eq!(desk.status(), 422);
        let long = "あ".repeat(2_000);
        typed[1].1 = &long;
        desk.post(&page, &typed);
        assert_eq!(desk.status(), 422);
        typed[1].1 = SENTENCE;
        desk.post(&page, &typed);
        assert_eq!(desk.status(), 200, "{}", desk.text());
        let all = office.does(move |tx, at| sharing::of_application(tx, at, id));
        assert_eq!(all.last().expect("asked").items, items("name"), "there is no such item");
    });
}

#[test]
fn article_6_what_is_shared_stays_within_what_was_agreed_to() {
    use SharingRefusal as S;
    scene(|office| {
        let id = office.books_supporter(&nozomi(), TEN);
        let partner = office.lists_partner("見本の機関");
        office.clock("2026-11-24T10:20:00");
        let of = office.asks(id, |_| {}).expect("asked");
        office.clock("2026-11-24T10:30:00");
        let check = |told: &str, when: &str, expected: SharingRefusal| {
            let shared = office.shares(id, of, (told, clock(when)));
            assert_eq!(refusal(shared), Refusal::Sharing(expected), "{told} {when}");
        };
        let says = |reply: &Reply, when: &str, expected: SharingRefusal| {
            let heard = office.hears_then(id, of, (reply, clock(when)));
            assert_eq!(refusal(heard), Refusal::Sharing(expected), "{reply:?} {when}");
        };
        check("name", "10:30", S::NoConsent);
        says(&Reply::Withdrawn, "10:30", S::NothingToWithdraw);
        says(&Reply::Given(items("name")), "10:19", S::ConsentTooOld);
        says(&Reply::Given(items("name")), "10:31", S::InTheFuture);
        says(&Reply::Given(items("")), "10:30", S::NoItems);
        says(&Reply::Given(items("name plan")), "10:30", S::BeyondRequest);
        let given = Reply::Given(items("name contact"));
        office.hears_then(id, of, (&given, clock("10:25"))).expect("a yes to a part");
        says(&Reply::Refused, "10:30", S::AlreadyAnswered);
        says(&given, "10:30", S::AlreadyAnswered);
        says(&Reply::Withdrawn, "10:24", S::BeforeConsent);
        check("name accommodation", "10:30", S::BeyondConsent);
        check("", "10:30", S::NoItems);
        check("name", "10:31", S::InTheFuture);
        check("name", "10:24", S::BeforeConsent);
        let digest = |digest: &str| {
            let handover = Handover { items: items("name"), at: clock("10:30") };
            let digest = Some(digest.to_owned());
            let new = NewHandover { handover, medium: Medium::File, digest };
            let officer = office.staff.counsellor;
            office.tries(move |tx, at| sharing::share(tx, at, (id, of), &new, officer))
        };
        assert_eq!(refusal(digest("abc")), Refusal::NotADigest);
        assert_eq!(refusal(digest(&"g".repeat(64))), Refusal::NotADigest);
        let told = office.tries(move |tx, at| sharing::note_told(tx, at, (id, of), 1));
        assert_eq!(refusal(told), Refusal::Sharing(S::NothingToWithdraw));
        office.retires(partner);
        check("name", "10:30", S::Retired);
        let other = office.lists_partner("ほかの機関（見本）");
        let of = office.asks(id, move |it| it.partner = other).expect("asked anew");
        office.hears(id, of, &Reply::Refused).expect("a no");
        let shared = office.shares(id, of, ("name", clock("10:30")));
        assert_eq!(refusal(shared), Refusal::Sharing(S::Refused));
        let of = office.asks(id, move |it| it.partner = other).expect("asked once more");
        office.hears(id, of, &given).expect("a yes");
        office.hears(id, of, &Reply::Withdrawn).expect("taken back");
        let shared = office.shares(id, of, ("name", clock("10:30")));
        assert_eq!(refusal(shared), Refusal::Sharing(S::Withdrawn));
        assert!(!office.sharing_of(id, of).owes_telling(), "nobody was told anything");
        let of = office.asks(id, move |it| it.partner = other).expect("and again");
        office.hears(id, of, &given).expect("a yes");
        office.shares(id, of, ("name", clock("10:30"))).expect("the control");
    });
}

#[test]
fn article_6_a_no_changes_nothing_and_another_persons_question_is_nobodys() {
    scene(|office| {
        let id = office.books_supporter(&nozomi(), TEN);
        office.lists_partner("見本の機関");
        office.carries_out();
        let of = office.asks(id, |_| {}).expect("asked").to_string();
        let other = office.books(&hana(), "2026-11-24T14:00:00");
        office.carries_out();
        let mut stranger = on_the_page(office, other, "ja");
        stranger.get("/status");
        assert!(!stranger.page().main().contains("関係する機関との共有"));
        let fields = |visitor: &Visitor, answer: &str, sharing: &str| {
            [
                ("csrf", visitor.form_token()),
                ("key", "k".repeat(43)),
                ("answer", answer.to_owned()),
                ("sharing", sharing.to_owned()),
            ]
            .map(|(name, value)| (name.to_owned(), value))
        };
        for answer in ["give", "refuse", "withdraw"] {
            let sent = fields(&stranger, answer, &of);
            stranger.send("/status/sharing", &sent);
            assert_eq!(stranger.status(), 404, "{answer}");
            stranger.get("/status");
        }
        let mut seeker = on_the_page(office, id, "en");
        for (answer, sharing) in [("maybe", of.as_str()), ("give", "x"), ("", "")] {
            let sent = fields(&seeker, answer, sharing);
            seeker.send("/status/sharing", &sent);
            assert_eq!(seeker.status(), 422, "{answer} {sharing}");
            seeker.get("/status");
        }
        let standing = office.standing(id);
        seeker.post("/status/sharing", &[("answer", "refuse"), ("sharing", &of)]);
        assert!(seeker.page().main().contains("You said no. It is not shared."));
        assert!(!seeker.page().forms().iter().any(|form| form.action == "/status/sharing"));
        assert_eq!(office.standing(id), standing);
        let sent = [
            ("csrf".to_owned(), seeker.form_token()),
            ("key".to_owned(), "m".repeat(43)),
            ("answer".to_owned(), "give".to_owned()),
            ("sharing".to_owned(), of.clone()),
        ];
        seeker.send("/status/sharing", &sent);
        assert_eq!(seeker.status(), 422);
        assert!(seeker.page().main().contains("answered already"), "{}", seeker.page().main());
    });
}

#[test]
fn article_6_a_persons_own_request_tells_what_was_shared() {
    scene(|office| {
        let id = office.books_supporter(&nozomi(), TEN);
        office.lists_partner("見本の機関");
        office.clock("2026-11-24T10:20:00");
        let of = office.asks(id, |_| {}).expect("asked");
        office.hears(id, of, &Reply::Given(items("name contact"))).expect("a yes");
        office.shares(id, of, ("name", clock("10:20"))).expect("shared");
        let told = office.does(move |tx, at| records::everything_of(tx, at, id, &[Part::Sharing]));
        let line = &told["sharing"][0];
        assert_eq!(line["partner"], "見本の機関");
        assert_eq!(line["sharing_sentence"], SENTENCE);
        assert_eq!(line["sharing_answers"][0]["sharing_reply"], "given");
        assert_eq!(line["shared"]["shared_items"][0], "name");
        let mut clerk = Visitor::clerk(office, "records_officer");
        clerk.get("/desk/disclosures/own");
        let person = nozomi();
        clerk.post(
            "/desk/disclosures/own",
            &[
                ("number", person.number.as_str()),
                ("identified_by", "photo_card"),
                ("checked_by", &office.staff.records_officer.to_string()),
                ("identity_note", "運転免許証"),
            ],
        );
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
        let page = clerk.text();
        for word in ["見本の機関", SENTENCE, "難病相談支援センター", "同意", "口頭"]
        {
            assert!(page.contains(word), "{word}: {page}");
        }
        // In the store nothing of it can be read.
        const KEPT: Sql = Sql::unregistered("select sealed from sharings");
        let sealed = office.rows(KEPT, Vec::new(), |row| row.bytes(0));
        let plain = SENTENCE.as_bytes();
        assert!(sealed.iter().all(|it| !it.windows(plain.len()).any(|part| part == plain)));
    });
}
