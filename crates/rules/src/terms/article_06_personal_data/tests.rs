use super::*;

fn at(clock: &str) -> Timestamp {
    format!("2026-11-24T{clock}:00+09:00").parse().unwrap()
}

fn items(codes: &str) -> BTreeSet<Item> {
    codes.split_whitespace().map(|code| Item::parse(code).unwrap()).collect()
}

fn request() -> Request {
    Request {
        partner: Listed::Active,
        items: items("name contact accommodation"),
        purpose: Some(Purpose::Referral),
        is_explained: true,
        at: at("10:20"),
    }
}

/// `given name contact`, `refused`, `withdrawn`; with the time before it.
fn answer(text: &str) -> Answer {
    let mut words = text.splitn(3, ' ');
    let at = at(words.next().unwrap());
    let reply = match words.next().unwrap() {
        "given" => Reply::Given(items(words.next().unwrap_or_default())),
        "refused" => Reply::Refused,
        "withdrawn" => Reply::Withdrawn,
        other => panic!("{other}"),
    };
    Answer { reply, way: AskedWay::InWords, at }
}

fn answers(texts: &[&str]) -> Vec<Answer> {
    texts.iter().map(|text| answer(text)).collect()
}

#[test]
fn article_6_sharing_exists_with_the_supporter_only() {
    let check = |kind, expected| assert_eq!(check_kind(kind), expected, "{kind:?}");
    check(Kind::IntractableDisease, Ok(()));
    check(Kind::Counselling, Err(SharingRefusal::OrdinarySession));
    check(Kind::Group, Err(SharingRefusal::OrdinarySession));
}

#[test]
fn article_6_what_a_request_needs() {
    use SharingRefusal::{InTheFuture, NoItems, NoPurpose, NotListed, OrdinarySession, Retired};
    let check = |kind, change: &dyn Fn(&mut Request), expected: Option<SharingRefusal>| {
        let mut request = request();
        change(&mut request);
        let checked = check_request(kind, &request, at("10:30"));
        assert_eq!(checked.err(), expected, "{request:?}");
    };
    let with = Kind::IntractableDisease;
    check(with, &|_| {}, None);
    check(with, &|it| it.at = at("10:30"), None);
    check(with, &|it| it.at = at("10:31"), Some(InTheFuture));
    check(with, &|it| it.partner = Listed::Retired, Some(Retired));
    check(with, &|it| it.partner = Listed::Unknown, Some(NotListed));
    check(with, &|it| it.items.clear(), Some(NoItems));
    check(with, &|it| it.purpose = None, Some(NoPurpose));
    check(with, &|it| it.is_explained = false, Some(NoPurpose));
    check(Kind::Counselling, &|_| {}, Some(OrdinarySession));
    check(Kind::Group, &|it| it.items.clear(), Some(OrdinarySession));
}

#[test]
fn article_6_the_person_answers_once_and_may_take_it_back() {
    use SharingRefusal::{AlreadyAnswered, BeforeConsent, BeyondRequest, ConsentTooOld};
    use SharingRefusal::{InTheFuture, NoItems, NothingToWithdraw};
    let check = |earlier: &[&str], said: &str, expected: Option<SharingRefusal>| {
        let checked = check_answer(&request(), &answers(earlier), &answer(said), at("10:30"));
        assert_eq!(checked.err(), expected, "{earlier:?} {said}");
    };
    check(&[], "10:20 given name", None);
    check(&[], "10:25 given name contact accommodation", None);
    check(&[], "10:25 refused", None);
    check(&[], "10:19 given name", Some(ConsentTooOld));
    check(&[], "10:19 refused", Some(ConsentTooOld));
    check(&[], "10:31 given name", Some(InTheFuture));
    check(&[], "10:25 given", Some(NoItems));
    check(&[], "10:25 given name plan", Some(BeyondRequest));
    check(&[], "10:25 withdrawn", Some(NothingToWithdraw));
    check(&["10:21 given name"], "10:25 withdrawn", None);
    check(&["10:21 given name"], "10:20 withdrawn", Some(BeforeConsent));
    check(&["10:21 given name"], "10:31 withdrawn", Some(InTheFuture));
    check(&["10:21 given name"], "10:25 given name contact", Some(AlreadyAnswered));
    check(&["10:21 given name"], "10:25 refused", Some(AlreadyAnswered));
    check(&["10:21 refused"], "10:25 given name", Some(AlreadyAnswered));
    check(&["10:21 refused"], "10:25 withdrawn", Some(NothingToWithdraw));
    check(&["10:21 given name", "10:22 withdrawn"], "10:25 withdrawn", Some(NothingToWithdraw));
    check(&["10:21 given name", "10:22 withdrawn"], "10:25 given name", Some(AlreadyAnswered));
}

#[test]
fn article_6_what_may_be_shared() {
    use SharingRefusal::{BeforeConsent, BeyondConsent, ConsentTooOld, InTheFuture};
    use SharingRefusal::{NoConsent, NoItems, OrdinarySession, Refused, Retired, Withdrawn};
    let with = Kind::IntractableDisease;
    let check = |kind, said: &[&str], clock: &str, told: &str, expected| {
        let handover = Handover { items: items(told), at: at(clock) };
        let checked = check_sharing(kind, &request(), &answers(said), &handover, at("10:30"));
        assert_eq!(checked.err(), expected, "{said:?} {clock} {told}");
    };
    let given = &["10:21 given name contact"][..];
    check(with, given, "10:21", "name", None);
    check(with, given, "10:30", "name contact", None);
    check(with, given, "10:30", "name accommodation", Some(BeyondConsent));
    check(with, given, "10:30", "plan", Some(BeyondConsent));
    check(with, given, "10:30", "", Some(NoItems));
    check(with, given, "10:31", "name", Some(InTheFuture));
    check(with, given, "10:20", "name", Some(BeforeConsent));
    check(with, &[], "10:30", "name", Some(NoConsent));
    check(with, &["10:21 refused"], "10:30", "name", Some(Refused));
    check(with, &["10:21 given name", "10:22 withdrawn"], "10:30", "name", Some(Withdrawn));
    check(with, &["10:19 given name"], "10:30", "name", Some(ConsentTooOld));
    check(Kind::Counselling, given, "10:30", "name", Some(OrdinarySession));
    check(Kind::Group, given, "10:30", "name", Some(OrdinarySession));
    let gone = Request { partner: Listed::Retired, ..request() };
    let handover = Handover { items: items("name"), at: at("10:30") };
    let checked = check_sharing(with, &gone, &answers(given), &handover, at("10:30"));
    assert_eq!(checked, Err(Retired));
}

#[test]
fn article_6_codes_lead_back() {
    for item in Item::ALL {
        assert_eq!(Item::parse(item.code()), Some(item));
    }
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::parse(purpose.code()), Some(purpose));
    }
    for kind in PartnerKind::ALL {
        assert_eq!(PartnerKind::parse(kind.code()), Some(kind));
    }
    for way in AskedWay::ALL {
        assert_eq!(AskedWay::parse(way.code()), Some(way));
    }
    for medium in Medium::ALL {
        assert_eq!(Medium::parse(medium.code()), Some(medium));
    }
    assert_eq!(Item::parse("diagnosis"), None);
    assert_eq!(Purpose::parse(""), None);
}
