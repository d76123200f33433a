//! An office is opened under a name, and its own choices are changed by command after the opening
//! (article 5(1): items of the usage record are switched on and off).

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use rules::people::Practice;
use rules::session::{Channel, Feature, Use};
use service::error::Refusal;
use service::people::{self, NewOffice};
use service::store::{Store, StoreAddress};

use crate::office::{refusal, scene};

fn madoguchi(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_madoguchi"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program runs")
}

#[test]
fn the_choices_of_an_office_are_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let config = format!(
        "store = \"sqlite:{}\"\nkey_file = \"{}\"\npublic_url = \"http://127.0.0.1:1\"\n",
        at("store.db").display(),
        at("keys.toml").display()
    );
    fs::write(at("madoguchi.toml"), config).expect("written");
    let open = ["office", "open", "--slug", "mihon", "--name", "見本", "--telephone"];
    let opened = madoguchi(folder.path(), &[&open[..], &["00", "--court", "見本"]].concat());
    assert!(opened.status.success(), "{opened:?}");
    let choose = |slug: &str, choices: &str| {
        fs::write(at("choices.json"), choices).expect("written");
        let asked = ["office", "practice", "--slug", slug, "--file", "choices.json"];
        madoguchi(folder.path(), &asked).status.success()
    };
    assert!(choose("mihon", r#"{"recorded": {"device": false}, "buffer_minutes": 5}"#));
    assert!(!choose("nowhere", "{}"), "there is no such office");
    // The supporter's length lies within the office's terms (article 6).
    for (minutes, good) in [(45, true), (75, false), (20, false), (50, false)] {
        let choices = format!(r#"{{"supporter_minutes": {minutes}}}"#);
        assert_eq!(choose("mihon", &choices), good, "{minutes}");
    }
    assert!(!choose("mihon", r#"{"buffer": 5}"#), "there is no such choice");
    assert!(choose(
        "mihon",
        r#"{"features": {"chat": "nobody"}, "recorded": {"device": false}, "buffer_minutes": 5}"#
    ));
    for forbidden in [r#"{"recording": "staff_only"}"#, r#"{"microphone": "nobody"}"#] {
        assert!(!choose("mihon", &format!(r#"{{"features": {forbidden}}}"#)), "{forbidden}");
    }
    let store = Store::open(&StoreAddress::Sqlite(at("store.db"))).expect("the store opens");
    let office = store.read_blocking(|tx| people::office_by_slug(tx, "mihon")).expect("the office");
    let recorded = office.practice.recorded;
    assert_eq!((recorded.device, recorded.times, recorded.outcome), (false, true, true));
    assert_eq!(office.practice.buffer_minutes, 5);
    assert_eq!(office.practice.profile(Channel::Room).who_may(Feature::Chat), Use::Nobody);
}

/// The office is named on every page and letter, and reached by the number that they give.
#[test]
fn preamble_an_office_has_a_name_a_number_and_an_address_of_its_own() {
    scene(|office| {
        let opens = |slug: &str, name: &str, telephone: &str| {
            let new = NewOffice {
                slug: slug.to_owned(),
                name: name.to_owned(),
                telephone: telephone.to_owned(),
                address: "見本県見本市見本町1-1".to_owned(),
                court: "見本地方裁判所".to_owned(),
                practice: Practice::default(),
            };
            office.tries(move |tx, context| people::open_office(tx, &new, context.now))
        };
        let refused = |slug: &str, name: &str, telephone: &str| {
            let answer = refusal(opens(slug, name, telephone));
            assert_eq!(answer, Refusal::Shape, "{slug:?} {name:?} {telephone:?}");
        };
        refused("new", "", "00-0000-0000");
        refused("new", "　 ", "00-0000-0000");
        refused("new", "みほん窓口", " ");
        refused("", "みほん窓口", "00-0000-0000");
        refused("New Office", "みほん窓口", "00-0000-0000");
        refused(&"n".repeat(41), "みほん窓口", "00-0000-0000");
        opens("new", "みほん窓口", "00-0000-0000").expect("opened");
    });
}
