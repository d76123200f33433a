use serde_json::json;

use super::*;

#[test]
fn an_instance_is_escaped_twice_where_once_would_tear_it() {
    for (uuid, expected) in [
        ("4444AAAiAAAAAiAiAiiAii==", "4444AAAiAAAAAiAiAiiAii%3D%3D"),
        ("a/b+c==", "a%2Fb%2Bc%3D%3D"),
        ("/a==", "%252Fa%253D%253D"),
        ("a//b", "a%252F%252Fb"),
    ] {
        assert_eq!(fields::uuid(uuid), expected);
        let scene = Scene::signed_in();
        scene.server.will_say(200, json!({"participants": []}));
        scene.client.past_participants(uuid).unwrap();
        let line = format!("GET /v2/past_meetings/{expected}/participants?page_size=300");
        assert_eq!(scene.server.lines(), [line]);
    }
}

#[test]
fn three_lists_tell_of_participants() {
    let scene = Scene::signed_in();
    scene.server.will_say(
        200,
        json!({"next_page_token": "n", "participants": [{"id": "z1", "name": "A-17",
            "user_email": "yamada@example.jp", "registrant_id": "r1", "status": "in_meeting",
            "join_time": "2026-11-24T01:00:00Z", "leave_time": "2026-11-24T01:25:00Z"}]}),
    );
    scene.server.will_say(200, json!({"participants": [{"id": "", "name": "B"}]}));
    let participants = scene.client.report_participants("u").unwrap();
    let [one, other] = participants.as_slice() else { panic!("two") };
    assert_eq!((one.name.reveal(), one.id.as_deref()), ("A-17", Some("z1")));
    assert_eq!(one.registrant_id.as_deref(), Some("r1"));
    assert_eq!(one.join_time, Some(at("2026-11-24T01:00:00Z")));
    assert_eq!(one.leave_time, Some(at("2026-11-24T01:25:00Z")));
    assert_eq!(one.status.as_deref(), Some("in_meeting"));
    assert_eq!((other.name.reveal(), other.id.as_deref(), other.leave_time), ("B", None, None));

    let live = json!({"participants": [{"user_id": "27", "user_name": "A-17", "leave_time": "",
        "email": "yamada@example.jp", "ip_address": "192.0.2.1"}]});
    scene.server.will_say(200, live);
    let participants = scene.client.live_participants(1).unwrap();
    assert_eq!(participants[0].name.reveal(), "A-17");
    let report = "GET /v2/report/meetings/u/participants?include_fields=registrant_id";
    let expected = [
        format!("{report}&page_size=300"),
        format!("{report}&page_size=300&next_page_token=n"),
        "GET /v2/metrics/meetings/1/participants?type=live&include_fields=registrant_id\
         &page_size=300"
            .to_owned(),
    ];
    assert_eq!(scene.server.lines(), expected);
}

#[test]
fn what_the_plan_does_not_have() {
    let scene = Scene::signed_in();
    let refused = json!({"code": 200, "message": "Only available for paid account"});
    scene.server.will_say(400, &refused);
    assert_eq!(scene.client.live_participants(1).unwrap_err(), Failure::NotOnThisPlan);
    scene.server.will_say(200, "{}");
    let failure = scene.client.past_participants("u").unwrap_err();
    assert_eq!(failure, Failure::unreadable("participants"));
}
