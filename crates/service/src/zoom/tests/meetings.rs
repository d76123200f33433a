use serde_json::json;

use super::*;

#[derive(serde::Serialize)]
struct Settings {
    waiting_room: bool,
}

fn meeting(settings: &Settings) -> NewMeeting<'_, Settings> {
    NewMeeting {
        topic: "オンライン相談",
        agenda: "marker",
        start: "2026-11-25T10:00:00.5+09:00".parse().unwrap(),
        minutes: 30,
        passcode: "80418213",
        settings,
    }
}

#[test]
fn a_meeting_is_made() {
    let scene = Scene::signed_in();
    let made = json!({"id": 92_674_392_836_i64, "type": 2, "start_time": "2026-11-25T01:00:00Z",
        "join_url": "https://zoom.example/j/1?pwd=a", "start_url": "https://zoom.example/s/1",
        "password": "80418213", "host_email": "host@office.example",
        "settings": {"waiting_room": true}});
    scene.server.will_say(201, made);
    let settings = Settings { waiting_room: true };
    let made = scene.client.create("host+1@office.example", &meeting(&settings)).unwrap();
    assert_eq!((made.id, made.uuid), (92_674_392_836, None));
    assert_eq!(made.start_time, Some(at("2026-11-25T01:00:00Z")));
    assert_eq!(made.start_url.reveal(), "https://zoom.example/s/1");
    assert_eq!(made.join_url.reveal(), "https://zoom.example/j/1?pwd=a");
    assert_eq!(made.passcode, Some(Passcode::new("80418213")));
    assert_eq!(made.settings, json!({"waiting_room": true}));

    let [asked] = scene.server.asked().try_into().ok().expect("one request");
    assert_eq!(asked.line, "POST /v2/users/host%2B1%40office.example/meetings");
    assert!(asked.head.contains("content-type: application/json\r\n"));
    assert!(asked.head.contains("accept: application/json\r\n"));
    let expected = json!({"topic": "オンライン相談", "agenda": "marker", "type": 2,
        "start_time": "2026-11-25T01:00:00Z", "duration": 30, "timezone": "Asia/Tokyo",
        "password": "80418213", "default_password": false, "settings": {"waiting_room": true}});
    assert_eq!(asked.json(), expected);
}

#[test]
fn what_a_made_meeting_must_tell() {
    for missing in ["id", "start_url", "join_url"] {
        let scene = Scene::signed_in();
        let mut made = json!({"id": 1, "join_url": "a", "start_url": "b"});
        made.as_object_mut().unwrap().remove(missing);
        scene.server.will_say(201, made);
        let settings = Settings { waiting_room: true };
        let failure = scene.client.create("host", &meeting(&settings)).unwrap_err();
        assert_eq!(failure, Failure::unreadable(missing));
    }
}

#[test]
fn a_meeting_is_changed() {
    let scene = Scene::signed_in();
    scene.server.will_say(204, "");
    let settings = Settings { waiting_room: true };
    scene.client.update("host", 92_674_392_836, &meeting(&settings)).unwrap();
    let [asked] = scene.server.asked().try_into().ok().expect("one request");
    assert_eq!(asked.line, "PATCH /v2/meetings/92674392836");
    let expected = json!({"topic": "オンライン相談", "agenda": "marker", "type": 2,
        "start_time": "2026-11-25T01:00:00Z", "duration": 30, "timezone": "Asia/Tokyo",
        "password": "80418213", "settings": {"waiting_room": true}});
    assert_eq!(asked.json(), expected);
}

#[test]
fn a_meeting_is_read() {
    let scene = Scene::signed_in();
    scene.server.will_say(
        200,
        json!({"id": "926 7439 2836", "uuid": "a/b==", "status": "waiting", "topic": "t",
            "agenda": "a", "start_time": "2026-11-25T01:00:00Z", "duration": 30,
            "settings": {"waiting_room": true}, "join_url": "https://zoom.example/j/1",
            "start_url": "https://zoom.example/s/1", "password": "1"}),
    );
    let meeting = scene.client.read(92_674_392_836).unwrap();
    assert_eq!((meeting.id, meeting.uuid.as_deref()), (92_674_392_836, Some("a/b==")));
    assert_eq!(meeting.status.as_deref(), Some("waiting"));
    assert_eq!((meeting.topic.as_str(), meeting.agenda.as_str()), ("t", "a"));
    assert_eq!(meeting.start_time, Some(at("2026-11-25T01:00:00Z")));
    assert_eq!(meeting.duration, Some(30));
    assert_eq!(meeting.settings, json!({"waiting_room": true}));
    assert_eq!(scene.server.lines(), ["GET /v2/meetings/92674392836"]);

    let sparse = json!({"id": 1, "join_url": "j", "start_time": "", "status": null, "topic": null,
        "agenda": null});
    scene.server.will_say(200, sparse);
    let meeting = scene.client.read(1).unwrap();
    assert_eq!((meeting.start_time, meeting.status, meeting.start_url), (None, None, None));
}

#[test]
fn numbers_of_meetings_come_in_several_forms() {
    for (id, expected) in [
        ("7", Some(7)),
        ("92674392836", Some(92_674_392_836)),
        ("9007199254740993", Some(9_007_199_254_740_993)),
        (r#""92674392836""#, Some(92_674_392_836)),
        (r#""926-7439-2836""#, Some(92_674_392_836)),
        (r#""""#, None),
        ("1.5", None),
        ("null", None),
    ] {
        let scene = Scene::signed_in();
        scene.server.will_say(200, format!(r#"{{"join_url":"j","id":{id}}}"#));
        assert_eq!(scene.client.read(1).ok().map(|meeting| meeting.id), expected, "{id}");
    }
}

#[test]
fn what_is_gone_is_deleted_and_ended() {
    let gone = r#"{"code":3001,"message":"Meeting does not exist: 1."}"#;
    for (status, body, expected) in [
        (204, "", None),
        (404, gone, None),
        (400, gone, None),
        (400, r#"{"code":3002,"message":"in progress"}"#, Some("refused")),
        (500, "", Some("broken")),
    ] {
        let scene = Scene::signed_in();
        scene.server.will_say(status, body);
        scene.server.will_say(status, body);
        let code = |result: Result<(), Failure>| result.err().map(|failure| failure.code());
        assert_eq!(code(scene.client.delete(1)), expected, "{status} {body}");
        assert_eq!(code(scene.client.end(1)), expected, "{status} {body}");
        let asked = scene.server.asked();
        let query = "schedule_for_reminder=false&cancel_meeting_reminder=false";
        assert_eq!(asked[0].line, format!("DELETE /v2/meetings/1?{query}"));
        assert_eq!(asked[0].body, "");
        assert_eq!(asked[1].line, "PUT /v2/meetings/1/status");
        assert_eq!(asked[1].json(), json!({"action": "end"}));
    }
}

#[test]
fn a_recording_is_stopped() {
    let scene = Scene::signed_in();
    scene.server.will_say(202, "");
    scene.client.stop_recording(1).unwrap();
    let [asked] = scene.server.asked().try_into().ok().expect("one request");
    assert_eq!(asked.line, "PATCH /v2/live_meetings/1/events");
    assert_eq!(asked.json(), json!({"method": "recording.stop"}));
}

#[test]
fn a_list_is_followed_to_its_end() {
    let scene = Scene::signed_in();
    scene.server.will_say(
        200,
        json!({"next_page_token": "a&b=", "meetings": [
            {"id": 1, "agenda": "m1", "topic": "t", "start_time": "2026-11-25T01:00:00Z",
             "duration": 30},
            {"id": "2"}]}),
    );
    scene.server.will_say(200, json!({"next_page_token": "", "meetings": [{"id": 3}]}));
    let listed = scene.client.list("host", Kind::Upcoming).unwrap();
    assert_eq!(listed.iter().map(|meeting| meeting.id).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((listed[0].agenda.as_str(), listed[0].topic.as_str()), ("m1", "t"));
    assert_eq!(listed[0].start_time, Some(at("2026-11-25T01:00:00Z")));
    assert_eq!((listed[0].duration, listed[1].duration), (Some(30), None));
    let first = "GET /v2/users/host/meetings?type=upcoming&page_size=300";
    assert_eq!(scene.server.lines(), [first, &format!("{first}&next_page_token=a%26b%3D")]);
}

#[test]
fn a_list_without_an_end_is_given_up() {
    let scene = Scene::signed_in();
    for _ in 0..2 {
        scene.server.will_say(200, json!({"next_page_token": "same", "meetings": []}));
    }
    let failure = scene.client.list("host", Kind::Scheduled).unwrap_err();
    assert_eq!(failure, Failure::unreadable("next_page_token"));
    assert_eq!(scene.server.asked().len(), 2);
}

#[test]
fn a_list_that_breaks_off_is_no_list() {
    let scene = Scene::signed_in();
    scene.server.will_say(200, json!({"next_page_token": "a", "meetings": [{"id": 1}]}));
    scene.server.will_say(503, "");
    let failure = scene.client.list("host", Kind::Live).unwrap_err();
    assert_eq!(failure, Failure::Broken { status: 503 });
    scene.server.will_say(200, "{}");
    let failure = scene.client.list("host", Kind::Live).unwrap_err();
    assert_eq!(failure, Failure::unreadable("meetings"));
}
