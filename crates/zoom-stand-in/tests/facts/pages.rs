//! The pages behind the links: no facts of Zoom, but the way in which a demo is played by hand.

use serde_json::json;

use crate::{Account, agent, read};

fn shows(url: &str) -> String {
    read(agent().get(url).call().expect("a page")).text
}

/// Sends a form, and shows the page that it leads to with its address.
fn sends(url: &str, form: &[(&str, &str)]) -> (String, String) {
    let agent = ureq::Agent::config_builder().max_redirects(0).build().new_agent();
    let sent = agent.post(url).send_form(form.iter().copied()).expect("an answer");
    let next = sent.headers()["location"].to_str().expect("an address").to_owned();
    let base = url.split("/j/").next().and_then(|it| it.split("/s/").next());
    let next = format!("{}{next}", base.expect("a base"));
    (shows(&next), next)
}

/// A meeting with a waiting room: its number, a guest's link, the host's.
fn links(account: &Account, name: &str) -> (i64, String, String) {
    let id = account.meeting(json!({ "waiting_room": true }));
    let body = json!({ "attendees": [{ "name": name }] });
    let made = account.ask("POST", &format!("/meetings/{id}/invite_links"), Some(body)).body;
    let link = made["attendees"][0]["join_url"].as_str().expect("a link").to_owned();
    let start = account.read(id)["start_url"].as_str().expect("an address").to_owned();
    (id, link, start)
}

#[test]
fn a_meeting_is_played_by_hand() {
    let account = Account::open();
    let (id, link, start) = links(&account, "相談-2738");
    let page = shows(&link);
    assert!(page.contains("value=\"相談-2738\""), "{page}");
    assert!(page.contains("Nothing leaves this machine") && page.contains("どこにも送られません"));
    let (page, guest) = sends(&link, &[("act", "join"), ("name", "太郎")]);
    assert!(page.contains("waiting to be let in") && page.contains("http-equiv=\"refresh\""));
    let (page, host) = sends(&start, &[("act", "start")]);
    assert!(page.contains("in progress") && page.contains("太郎"), "{page}");
    let who = page.split_once("name=\"who\" value=\"").expect("who waits").1;
    let who = who.split_once('"').expect("a place").0;
    sends(&host, &[("act", "admit"), ("who", who)]);
    assert_eq!(account.zoom.present(id), 2);
    assert!(shows(&guest).contains("in the meeting"));
    let (page, _) = sends(&guest, &[("act", "leave")]);
    assert!(page.contains("退出しました"), "{page}");
    sends(&host, &[("act", "end")]);
    assert_eq!(account.zoom.meetings()[0].status, "waiting");
}

#[test]
fn what_people_type_is_text_on_a_page() {
    let account = Account::open();
    let (_, link, start) = links(&account, "<b>\"a\"</b>");
    assert!(!shows(&link).contains("<b>\"a\""));
    sends(&link, &[("act", "join"), ("name", "<script>x</script>")]);
    let (page, _) = sends(&start, &[("act", "start")]);
    assert!(page.contains("script") && !page.contains("<script>"), "{page}");
    assert!(!shows(&format!("{link}&problem=%3Ci%3Ea")).contains("<i>"));
    assert!(!shows(&format!("{link}&problem=other")).contains("role=\"alert\""));
}

#[test]
fn who_has_not_the_hosts_address_holds_no_meeting() {
    let account = Account::open();
    let (id, link, start) = links(&account, "a");
    sends(&link, &[("act", "join"), ("name", "太郎")]);
    account.zoom.start_meeting(id).expect("it begins");
    let base = start.split_once('?').expect("an address").0;
    let stranger = format!("{base}?zak=guessed");
    assert!(!shows(&stranger).contains("太郎"));
    for act in ["start", "admit", "end"] {
        let (page, _) = sends(&stranger, &[("act", act), ("who", "1")]);
        assert!(page.contains("the link is unknown"), "{page}");
    }
    assert_eq!((account.zoom.present(id), account.zoom.meetings()[0].status), (1, "started"));
}

#[test]
fn why_nobody_comes_in_is_said() {
    let account = Account::open();
    let (id, link, _) = links(&account, "a");
    let (page, _) = sends(&link.replace("tk=", "tk=x"), &[("act", "join"), ("name", "a")]);
    assert!(page.contains("リンクが無効"), "{page}");
    account.ask("DELETE", &format!("/meetings/{id}"), None);
    assert!(shows(&link).contains("there is no such meeting"));
}
