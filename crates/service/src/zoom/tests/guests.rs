use serde_json::json;

use super::*;

#[test]
fn each_name_gets_its_own_way_in() {
    let scene = Scene::signed_in();
    let link = |name: &str, url: &str| json!({"name": name, "join_url": url});
    let check = |names: &[&str], links: serde_json::Value, expected: Result<Vec<&str>, Failure>| {
        scene.server.will_say(201, json!({ "attendees": links }));
        let made = scene.client.invite_links(1, 7200, names);
        let urls = made.as_deref().map(|made| made.iter().map(JoinUrl::reveal).collect());
        assert_eq!(urls.map_err(Clone::clone), expected, "{names:?}");
    };
    let lacking = || Err(Failure::unreadable("attendees"));
    check(&["A-17", "B"], json!([link("A-17", "a"), link("B", "b")]), Ok(vec!["a", "b"]));
    check(&["A-17", "B"], json!([link("B", "b"), link("A-17", "a")]), Ok(vec!["a", "b"]));
    check(&["A", "A"], json!([link("A", "1"), link("A", "2")]), Ok(vec!["1", "2"]));
    check(&["A", "A"], json!([link("A", "1")]), lacking());
    check(&["A", "B"], json!([link("A", "1")]), lacking());
    check(&["A"], json!([link("other", "1")]), lacking());
    check(&["A"], json!([{"name": "A"}]), Err(Failure::unreadable("join_url")));

    let asked = scene.server.asked();
    assert_eq!(asked[0].line, "POST /v2/meetings/1/invite_links");
    let expected = json!({"ttl": 7200, "attendees": [{"name": "A-17"}, {"name": "B"}]});
    assert_eq!(asked[0].json(), expected);
}

#[test]
fn nobody_needs_no_way_in() {
    let scene = Scene::start();
    assert!(scene.client.invite_links(1, 7200, &[]).unwrap().is_empty());
    assert!(scene.server.asked().is_empty());
}

#[test]
fn a_participant_is_registered() {
    let scene = Scene::signed_in();
    let answer = json!({"id": 1, "registrant_id": "r1", "join_url": "https://zoom.example/w/1"});
    scene.server.will_say(201, answer);
    let registered = scene.client.add_registrant(1, "利用者A-17", "a17@office.example").unwrap();
    assert_eq!(registered.registrant_id, "r1");
    assert_eq!(registered.join_url.reveal(), "https://zoom.example/w/1");
    let [asked] = scene.server.asked().try_into().ok().expect("one request");
    assert_eq!(asked.line, "POST /v2/meetings/1/registrants");
    let expected = json!({"first_name": "利用者A-17", "email": "a17@office.example",
        "auto_approve": true, "language": "jp-JP"});
    assert_eq!(asked.json(), expected);

    scene.server.will_say(404, json!({"code": 1001, "message": "Meeting does not exist: 1."}));
    let failure = scene.client.add_registrant(1, "A", "a@office.example").unwrap_err();
    assert_eq!(failure, Failure::Missing);
}

#[test]
fn a_user_and_what_is_set() {
    let scene = Scene::signed_in();
    for (kind, expected) in [(1, Licence::Basic), (2, Licence::Licensed), (99, Licence::Other(99))]
    {
        let user = json!({"id": "u", "type": kind, "status": "active", "timezone": "Asia/Tokyo",
            "email": "host@office.example", "first_name": "山田"});
        scene.server.will_say(200, user);
        let user = scene.client.user("host@office.example").unwrap();
        assert_eq!((user.id.as_str(), user.licence), ("u", expected));
        assert_eq!(user.status.as_deref(), Some("active"));
        assert_eq!(user.timezone.as_deref(), Some("Asia/Tokyo"));
    }
    scene.server.asked();
    scene.server.will_say(200, r#"{"id":"u"}"#);
    assert_eq!(scene.client.user("u/../v").unwrap_err(), Failure::unreadable("type"));
    for answer in 1..=3 {
        scene.server.will_say(200, json!({ "in_meeting": answer }));
    }
    assert_eq!(scene.client.user_settings("u").unwrap(), json!({"in_meeting": 1}));
    assert_eq!(scene.client.account_settings().unwrap(), json!({"in_meeting": 2}));
    assert_eq!(scene.client.lock_settings().unwrap(), json!({"in_meeting": 3}));
    let expected = [
        "GET /v2/users/u%2F..%2Fv",
        "GET /v2/users/u/settings",
        "GET /v2/accounts/me/settings",
        "GET /v2/accounts/me/lock_settings",
    ];
    assert_eq!(scene.server.lines(), expected);
}
