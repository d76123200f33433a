use super::*;

const BODY: &str = "{\"event\":\"meeting.participant_joined\",\"payload\":{\"object\":\
    {\"id\":\"84712639219\",\"uuid\":\"gsqg0HKx==\",\"participant\":{\"user_name\":\"相談-2738\",\
    \"user_id\":\"16790528\",\"join_time\":\"2026-11-24T01:00:10Z\"}}},\"event_ts\":1795482010229}";

fn now() -> Timestamp {
    "2026-11-24T01:00:12Z".parse().unwrap()
}

fn secrets() -> Vec<Secret> {
    vec![Secret::new("the one in use"), Secret::new("the one before")]
}

/// Time and signature of a body.
fn signed(secret: &str, at: Timestamp, body: &[u8]) -> (String, String) {
    let time = at.as_second().to_string();
    let said = [format!("v0:{time}:").as_bytes(), body].concat();
    let tag = aws_lc_rs::hmac::sign(&key(&Secret::new(secret)), &said);
    let hex: String = tag.as_ref().iter().map(|octet| format!("{octet:02x}")).collect();
    (time, format!("v0={hex}"))
}

fn answer_to(time: &str, signature: &str, body: &[u8]) -> Result<(), Forged> {
    check(&secrets(), (Some(time), Some(signature)), body, now()).map(|_| ())
}

#[test]
fn who_signs_is_believed_for_five_minutes() {
    let check = |secret: &str, seconds: i64, expected: Result<(), Forged>| {
        let at = now() + SignedDuration::from_secs(seconds);
        let (time, signature) = signed(secret, at, BODY.as_bytes());
        assert_eq!(answer_to(&time, &signature, BODY.as_bytes()), expected, "{secret} {seconds}");
    };
    check("the one in use", 0, Ok(()));
    // While the secret is being changed, both sign.
    check("the one before", 0, Ok(()));
    check("a third", 0, Err(Forged::Signature));
    check("", 0, Err(Forged::Signature));
    for seconds in [-300, 300] {
        check("the one in use", seconds, Ok(()));
        check("the one in use", seconds + seconds.signum(), Err(Forged::Stale));
    }
}

#[test]
fn what_is_no_signature() {
    let (time, signature) = signed("the one in use", now(), BODY.as_bytes());
    let check_row = |time: Option<&str>, signature: Option<&str>, expected: Forged| {
        let secrets = secrets();
        let found = check(&secrets, (time, signature), BODY.as_bytes(), now());
        assert_eq!(found.map(|_| ()), Err(expected), "{time:?} {signature:?}");
    };
    check_row(None, Some(&signature), Forged::Unsigned);
    check_row(Some(&time), None, Forged::Unsigned);
    for time in ["", "-1", "1e9", "+1795482012", " 1795482012", "99999999999999999999"] {
        check_row(Some(time), Some(&signature), Forged::Unsigned);
    }
    check_row(Some("99999999999"), Some(&signature), Forged::Stale);
    let upper = signature.to_uppercase();
    for signature in ["", "v0=", "v1=00", &signature[3..], &signature[..66], upper.as_str()] {
        check_row(Some(&time), Some(signature), Forged::Unsigned);
    }
    let none: [Secret; 0] = [];
    let found = check(&none, (Some(&time), Some(&signature)), BODY.as_bytes(), now());
    assert_eq!(found.map(|_| ()), Err(Forged::Signature));
}

/// A hundred thousand messages that were changed in one place, or made up: none is taken. The
/// control is the message as it was.
#[test]
fn a_hundred_thousand_forgeries_are_refused() {
    let (time, signature) = signed("the one in use", now(), BODY.as_bytes());
    let mut state = 20_261_124_u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    let secrets = secrets();
    let taken = |time: &str, signature: &str, body: &[u8]| {
        check(&secrets, (Some(time), Some(signature)), body, now()).is_ok()
    };
    let mut accepted = 0;
    for round in 0..100_000 {
        let (mut time, mut signature, mut body) =
            (time.clone().into_bytes(), signature.clone().into_bytes(), BODY.as_bytes().to_vec());
        let alter = |octets: &mut Vec<u8>, draw: &mut dyn FnMut(usize) -> usize| {
            let place = draw(octets.len());
            match draw(3) {
                0 => octets[place] ^= 1 << draw(7),
                1 => drop(octets.remove(place)),
                _ => octets.insert(place, octets[place] ^ 1),
            }
        };
        match round % 4 {
            0 => alter(&mut body, &mut draw),
            1 => alter(&mut signature, &mut draw),
            2 => alter(&mut time, &mut draw),
            // Another message under an old signature.
            _ => body.extend_from_slice(format!(" {round}").as_bytes()),
        }
        let text = |octets: Vec<u8>| String::from_utf8_lossy(&octets).into_owned();
        accepted += u32::from(taken(&text(time), &text(signature), &body));
    }
    assert_eq!(accepted, 0);
    assert!(taken(&time, &signature, BODY.as_bytes()), "the control");
}

#[test]
fn what_is_read_of_a_message() {
    let folder = tempfile::TempDir::new().unwrap();
    let keys = Keys::load_or_create(&folder.path().join("keys.toml")).unwrap();
    let read = |text: &str| {
        let message: Option<Message> = serde_json::from_str(text).ok();
        message.and_then(|message| message.sign(&keys))
    };
    let sign = read(BODY).expect("a sign");
    assert_eq!((sign.meeting, sign.what), (84_712_639_219, Happening::Joined));
    assert_eq!(sign.at, "2026-11-24T01:00:10Z".parse().unwrap());
    assert_eq!((sign.person.as_str(), sign.is_host), ("16790528", false));
    let name = keys.open_text(
        Purpose::Personal,
        &signs::place(&sign.key),
        sign.sealed_name.as_deref().unwrap(),
    );
    assert_eq!(name.unwrap().to_string(), "相談-2738");
    // Told again, whenever that is, it is the same sign; of another time it is another.
    let again = read(&BODY.replace("1795482010229", "1795489999999")).expect("a sign");
    assert_eq!(again.key, sign.key);
    let other = read(&BODY.replace("01:00:10Z", "01:00:11Z")).expect("a sign");
    assert_ne!(other.key, sign.key);
    // The number of a meeting comes as text or as a number.
    let number = read(&BODY.replace("\"84712639219\"", "84712639219")).expect("a sign");
    assert_eq!(number.key, sign.key);
    // The host, by Zoom's number of them.
    let host = BODY
        .replace("\"uuid\"", "\"host_id\":\"BXE0\",\"uuid\"")
        .replace("\"user_id\"", "\"id\":\"BXE0\",\"user_id\"");
    assert!(read(&host).expect("a sign").is_host);
    for nothing in [
        "{}",
        "[]",
        "{\"event\":\"meeting.chat_message_sent\"}",
        "{\"event\":\"meeting.started\",\"payload\":{\"object\":{}}}",
        "{\"event\":\"meeting.started\",\"event_ts\":1,\"payload\":{\"object\":{\"id\":\"x\"}}}",
        "{\"event\":1}",
    ] {
        assert!(read(nothing).is_none(), "{nothing}");
    }
}
