//! Tokens, scopes, errors.

use jiff::SignedDuration;
use serde_json::json;

use crate::{Account, HOST, tomorrow};

/// developers.zoom.us/docs/rooms/s2s-oauth; indico/indico-plugins vc_zoom (`api_url`).
#[test]
fn a_token_lasts_an_hour_and_says_where_to_ask() {
    let account = Account::open();
    let answer = account.asks_for_token("stand-in-client:stand-in-secret", "stand-in-account");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["token_type"], "bearer");
    assert_eq!(answer.body["expires_in"], 3599);
    assert_eq!(answer.body["api_url"], account.zoom.url());
    assert!(answer.body.get("refresh_token").is_none());
    let read = || account.ask("GET", &format!("/users/{HOST}"), None).status;
    account.advance(SignedDuration::from_secs(3_599));
    assert_eq!(read(), 200);
    account.advance(SignedDuration::from_secs(1));
    assert_eq!(read(), 401);
}

#[test]
fn it_listens_on_this_machine_alone() {
    let settings = zoom_stand_in::Settings {
        listen: std::net::SocketAddr::from(([0, 0, 0, 0], 0)),
        ..zoom_stand_in::Settings::new(std::sync::Arc::new(|| crate::at("2026-11-24T01:00:00Z")))
    };
    assert!(crate::runtime().block_on(zoom_stand_in::StandIn::start(settings)).is_err());
}

#[test]
fn tokens_may_end_before_their_time() {
    let mut account = Account::open();
    account.zoom.expire_tokens();
    let read = |account: &Account| account.ask("GET", &format!("/users/{HOST}"), None);
    assert_eq!((read(&account).status, &read(&account).body["code"]), (401, &json!(124)));
    account.renew();
    assert_eq!(read(&account).status, 200);
}

/// raycast/extensions#10896; indico/indico-plugins vc_zoom sends the grant in the address.
#[test]
fn the_grant_may_stand_in_the_address() {
    use base64::Engine as _;
    let account = Account::open();
    let ask = |grant: &str| {
        let login = "stand-in-client:stand-in-secret";
        let basic = base64::engine::general_purpose::STANDARD.encode(login);
        let query = format!("grant_type={grant}&account_id=stand-in-account");
        let url = format!("{}/oauth/token?{query}", account.zoom.url());
        let request = crate::agent().post(&url).header("authorization", format!("Basic {basic}"));
        request.send_empty().expect("an answer").status().as_u16()
    };
    assert_eq!((ask("account_credentials"), ask("refresh_token")), (200, 400));
}

/// developers.zoom.us/docs/rooms/s2s-oauth: several tokens are valid at once.
#[test]
fn a_new_token_ends_no_other() {
    let mut account = Account::open();
    let first = account.token.clone();
    account.renew();
    assert_ne!(first, account.token);
    for token in [&first, &account.token] {
        assert_eq!(account.ask_with(token, "GET", &format!("/users/{HOST}"), None).status, 200);
    }
}

/// calcom/cal.diy#729, raycast/extensions#10896: `reason` and `error`.
#[test]
fn the_endpoint_of_tokens_says_no_in_a_shape_of_its_own() {
    let account = Account::open();
    let check = |login: &str, of: &str, error: &str| {
        let answer = account.asks_for_token(login, of);
        assert_eq!((answer.status, answer.body["error"].as_str()), (400, Some(error)), "{login}");
        assert!(answer.body["reason"].is_string() && answer.body.get("code").is_none());
    };
    check("stand-in-client:wrong", "stand-in-account", "invalid_client");
    check("stand-in-client:stand-in-secret", "another", "invalid_request");
    account.zoom.deactivate_app();
    check("stand-in-client:stand-in-secret", "stand-in-account", "invalid_request");
}

/// developers.zoom.us/docs/rooms/s2s-oauth: tokens stop when the app is deactivated. 124 is of
/// Zoom OpenAPI v2.
#[test]
fn what_is_no_token_is_401_and_124() {
    let account = Account::open();
    let check = |token: &str| {
        let answer = account.ask_with(token, "GET", &format!("/users/{HOST}"), None);
        assert_eq!((answer.status, &answer.body["code"]), (401, &json!(124)), "{token}");
    };
    check("");
    check("made-up");
    let token = account.token.clone();
    account.zoom.deactivate_app();
    check(&token);
}

/// JubaerHossain/zoom-laravel#15: 4711, with the scope in brackets.
#[test]
fn a_scope_that_lacks_is_named() {
    let account = Account::open();
    account.zoom.revoke_scope("meeting:write:meeting:admin");
    let answer = account.ask("POST", &format!("/users/{HOST}/meetings"), Some(tomorrow(json!({}))));
    assert_eq!((answer.status, &answer.body["code"]), (400, &json!(4711)));
    assert!(answer.text.contains("[meeting:write:meeting:admin]"), "{}", answer.text);
}

/// Zoom OpenAPI v2: 1001 for users, 3001 for meetings.
#[test]
fn what_is_not_there_is_404_with_a_code_of_its_own() {
    let account = Account::open();
    let check = |method: &str, path: &str, code: i64| {
        let answer = account.ask(method, path, Some(json!({})));
        assert_eq!((answer.status, &answer.body["code"]), (404, &json!(code)), "{path}");
    };
    check("GET", "/users/nobody@example.jp", 1001);
    check("POST", "/users/nobody@example.jp/meetings", 1001);
    check("GET", "/meetings/81111111111", 3001);
    check("PATCH", "/meetings/81111111111", 3001);
    check("DELETE", "/meetings/81111111111", 3001);
    check("PUT", "/meetings/81111111111/status", 3001);
    check("POST", "/meetings/81111111111/invite_links", 3001);
    // Zoom OpenAPI v2 has 1001 here.
    check("POST", "/meetings/81111111111/registrants", 1001);
}

/// Zoom's published types (accounts, users): groups with names; a lock goes before what was set.
#[test]
fn settings_are_read_with_the_locks_of_the_account() {
    let account = Account::open();
    account.zoom.set_user_setting(HOST, "in_meeting.chat", json!(false));
    account.zoom.lock("recording.local_recording", json!(false));
    let user = account.ask("GET", &format!("/users/{HOST}/settings"), None).body;
    assert_eq!(user["in_meeting"]["chat"], false);
    assert_eq!(user["recording"]["local_recording"], false);
    let locks = account.ask("GET", "/accounts/me/lock_settings", None).body;
    assert_eq!(locks["recording"]["local_recording"], true);
    let all = account.ask("GET", "/accounts/me/settings", None).body;
    assert_eq!(all["in_meeting"]["allow_participants_to_rename"], true);
}
