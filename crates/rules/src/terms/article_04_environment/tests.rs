use super::*;
use Answer::{No, NotApplicable, Unsure, Yes};
use Device::{Computer, Phone, Tablet};
use JoinBy::{App, Browser, Room};

/// A declaration that answers every item with yes, but for those named.
fn declared(device: Device, join_by: JoinBy, but: &[(Item, Option<Answer>)]) -> Declaration {
    let mut answers: BTreeMap<_, _> = Item::ALL.into_iter().map(|item| (item, Yes)).collect();
    for (item, answer) in but {
        match answer {
            Some(answer) => answers.insert(*item, *answer),
            None => answers.remove(item),
        };
    }
    Declaration { device, join_by, answers, at: Timestamp::UNIX_EPOCH }
}

#[test]
fn article_4_3_the_app_is_not_asked_for_on_a_computers_browser() {
    let check = |device, join_by, app: bool| {
        let asked = asked(device, join_by);
        assert_eq!(asked.contains(&Item::AppInstalled), app, "{device:?} {join_by:?}");
        assert_eq!(asked.len(), Item::ALL.len() - usize::from(!app));
        assert!(asked.is_sorted_by_key(|item| item.clause()), "in the article's order");
    };
    check(Computer, Browser, false);
    check(Computer, App, true);
    check(Phone, App, true);
    check(Phone, Browser, true);
    check(Tablet, App, true);
    check(Tablet, Browser, true);
    // The built-in room is a page: no device has an app of it.
    check(Phone, Room, false);
    check(Tablet, Room, false);
    check(Computer, Room, false);
}

#[test]
fn article_4_3_an_office_offers_the_ways_that_it_has() {
    assert_eq!(JoinBy::offered(Channel::Room), [Room]);
    assert_eq!(JoinBy::offered(Channel::ByHand), [App, Browser]);
    for by in JoinBy::ALL {
        assert_eq!(JoinBy::parse(by.code()), Some(by));
    }
}

#[test]
fn article_4_no_and_unsure_lead_to_help() {
    let check =
        |but: &[(Item, Option<Answer>)], unsettled: &[(Item, Answer)], forbidden: &[Item]| {
            let judgement = judge(&declared(Computer, App, but)).unwrap();
            assert_eq!(judgement.unsettled, unsettled, "{but:?}");
            assert_eq!(judgement.is_ready(), unsettled.is_empty(), "{but:?}");
            assert_eq!(judgement.forbidden(), forbidden, "{but:?}");
        };
    check(&[], &[], &[]);
    check(&[(Item::Updated, Some(No))], &[(Item::Updated, No)], &[]);
    check(&[(Item::AntiVirus, Some(Unsure))], &[(Item::AntiVirus, Unsure)], &[]);
    check(&[(Item::TrustedLine, Some(No))], &[(Item::TrustedLine, No)], &[Item::TrustedLine]);
    check(&[(Item::SupportedSystem, Some(Unsure))], &[(Item::SupportedSystem, Unsure)], &[]);
    let two = [(Item::SupportedSystem, Some(No)), (Item::Safe, Some(Unsure))];
    let found = [(Item::Safe, Unsure), (Item::SupportedSystem, No)];
    check(&two, &found, &[Item::SupportedSystem]);
}

#[test]
fn article_4_every_item_asked_has_an_answer_it_can_have() {
    use DeclarationRefusal::{NotAnAnswer, Unanswered};
    let check = |device, join_by, item, answer, refusal: Option<DeclarationRefusal>| {
        let judged = judge(&declared(device, join_by, &[(item, answer)]));
        assert_eq!(judged.err(), refusal, "{device:?} {join_by:?} {item:?} {answer:?}");
    };
    for item in Item::ALL {
        check(Phone, App, item, None, Some(Unanswered(item)));
        check(Computer, App, item, Some(NotApplicable), Some(NotAnAnswer(item, NotApplicable)));
    }
    check(Computer, Browser, Item::AppInstalled, None, None);
    check(Computer, Browser, Item::AppInstalled, Some(No), None); // Not asked, so passed over.
    check(Phone, Browser, Item::AppInstalled, None, Some(Unanswered(Item::AppInstalled)));
    for item in Item::ALL {
        let has_no_counterpart =
            matches!(item, Item::Firewall | Item::NoFileSharing | Item::AntiVirus);
        let refusal = (!has_no_counterpart).then_some(NotAnAnswer(item, NotApplicable));
        check(Phone, App, item, Some(NotApplicable), refusal);
        check(Tablet, Browser, item, Some(NotApplicable), refusal);
    }
}

#[test]
fn article_4_a_declaration_holds_for_whole_days_in_japan() {
    let check = |at: &str, days, until: &str| {
        let [at, until]: [Timestamp; 2] = [at, until].map(|text| text.parse().unwrap());
        assert_eq!(valid_until(at, days), until, "{at} {days}");
    };
    check("2026-11-24T09:30:00+09:00", 90, "2027-02-23T00:00:00+09:00");
    check("2026-11-24T00:00:00+09:00", 1, "2026-11-26T00:00:00+09:00");
    check("2026-11-24T23:59:59+09:00", 1, "2026-11-26T00:00:00+09:00");
    check("2026-11-24T15:00:00Z", 0, "2026-11-26T00:00:00+09:00");
    assert_eq!(valid_until(Timestamp::MAX, 90), Timestamp::MAX);
    assert!(valid_until(Timestamp::MIN, u16::MAX) > Timestamp::MIN);
}

#[test]
fn article_4_codes() {
    let code = |value: Result<toml::Value, _>| value.unwrap().as_str().map(str::to_owned);
    for item in Item::ALL {
        assert_eq!(Item::parse(item.code()), Some(item));
        assert_eq!(code(toml::Value::try_from(item)).as_deref(), Some(item.code()));
    }
    for answer in Answer::ALL {
        assert_eq!(Answer::parse(answer.code()), Some(answer));
        assert_eq!(code(toml::Value::try_from(answer)).as_deref(), Some(answer.code()));
    }
    for device in Device::ALL {
        assert_eq!(Device::parse(device.code()), Some(device));
        assert_eq!(code(toml::Value::try_from(device)).as_deref(), Some(device.code()));
    }
    for by in JoinBy::ALL {
        assert_eq!(JoinBy::parse(by.code()), Some(by));
        assert_eq!(code(toml::Value::try_from(by)).as_deref(), Some(by.code()));
    }
    assert_eq!(Item::parse("Safe"), None);
    let declaration = declared(Phone, Browser, &[(Item::Firewall, Some(NotApplicable))]);
    let stored = toml::to_string(&declaration).unwrap();
    assert!(stored.contains("join_by = \"browser\"") && stored.contains("trusted_line = \"yes\""));
    assert_eq!(toml::from_str::<Declaration>(&stored).unwrap(), declaration);
}
