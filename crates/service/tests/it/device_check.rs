//! The check of a device over HTTP (article 4): what is found, what is kept, and by which table.

use rules::session::device_check::SupportData;
use service::store::Sql;

use crate::cast::hana;
use crate::office::{Office, scene};
use crate::visitor::Visitor;

const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 \
                      (KHTML, like Gecko) Chrome/157.0.0.0 Safari/537.36";

/// A person who has applied, with this browser.
fn seeker(office: &Office) -> Visitor {
    let receipt = office.receives(&hana(), &["2026-11-24T10:00:00"]).expect("it is taken in");
    let link = format!("/link/{}", receipt.link.reveal().as_str());
    let mut seeker = Visitor::of(office);
    seeker.calls_itself(CHROME);
    seeker.get("/?lang=en");
    seeker.get(&link);
    seeker.post(&link, &[]);
    seeker
}

fn checks(seeker: &mut Visitor, measured: &[(&str, &str)]) -> String {
    seeker.get("/check-device");
    seeker.post("/check-device", measured);
    seeker.text()
}

#[test]
fn article_4_what_is_found_is_kept_as_classes() {
    scene(|office| {
        let mut seeker = seeker(office);
        let text = checks(&mut seeker, &[("microphone", "good"), ("camera", "permission_denied")]);
        assert_eq!(seeker.page().path, "/check-device/done", "{text}");
        assert!(text.contains("Confirmed"), "{text}");
        let kept = Sql::unregistered("select result from device_checks");
        let kept = office.rows(kept, Vec::new(), |row| row.text(0));
        assert!(kept[0].contains("permission_denied") && !kept[0].contains("Chrome"), "{kept:?}");
        assert!(!kept[0].contains("157") && !kept[0].contains("Windows"), "{kept:?}");
        // What cannot come of measuring is not kept; what was found before is.
        checks(&mut seeker, &[("microphone", "excellent")]);
        assert_eq!(seeker.status(), 422);
        assert_eq!(office.count("device_checks"), 1);
    });
}

#[test]
fn article_4_5_another_table_says_otherwise_and_an_old_one_nothing() {
    scene(|office| {
        let check = |table: &str, found: &str| {
            let table = SupportData::parse(table).expect("a table");
            let mut seeker = seeker(office);
            seeker.moves_to(&office.app.clone().with_support(table));
            let text = checks(&mut seeker, &[]);
            assert!(text.contains(found), "{found}: {text}");
        };
        let table = |date: &str, latest: u16| {
            format!(
                "[sources.own]\ntitle = \"Our own list\"\ndate = \"{date}\"\n\
                 [[browser]]\nfamily = \"chrome\"\nsource = \"own\"\nlatest = {latest}\n\
                 [[system]]\nfamily = \"windows\"\nsource = \"own\"\nmajor = 11\n"
            )
        };
        check(&table("2026-11-01", 157), "Confirmed");
        check(&table("2026-11-01", 170), "May be out of date");
        check(&table("2026-01-01", 157), "The browser cannot tell");
    });
}
