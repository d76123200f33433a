//! What would help a person to take part: the language of an interpreter, and wishes that staff
//! enter on behalf (article 1(3)).

use rules::application::{Interpreter, Support};
use rules::people::Language;
use service::application;

use crate::cast::{Applicant, maria, taro};
use crate::office::{SLUG, scene};
use crate::pages::journey::{applies, fills_in};
use crate::visitor::Visitor;

const TEN: &str = "2026-11-24T10:00:00";

/// Languages of interpreters: asked for with the interpreter, sealed, shown to those who may see
/// what would help.
#[test]
fn article_1_3_an_interpreter_is_wished_for_in_a_language() {
    scene(|office| {
        let mut seeker = Visitor::of(office);
        seeker.get("/?lang=en");
        fills_in(&mut seeker, &maria(), "2026-11-24T10:00");
        assert!(seeker.page().main().contains("Tagalog（Tagalog）"), "{}", seeker.page().main());
        let reasons = format!("/offices/{SLUG}/apply/reasons?change=yes");
        seeker.get(&reasons);
        for name in ["ភាសាខ្មែរ", "မြန်မာဘာသာ", "Tiếng Việt", "한국어", "Монгол"]
        {
            assert!(seeker.page().body.contains(name), "{name}");
        }
        for wrong in ["", "ja", "xx", "<b>"] {
            let fields =
                [("reasons", "health"), ("supports", "interpreter"), ("interpreter", wrong)];
            seeker.post(&reasons, &fields);
            assert_eq!(seeker.status(), 422, "{wrong}");
            assert!(seeker.page().main().contains("Choose the language of the interpreter"));
            seeker.get(&reasons);
        }
        // A language without an interpreter is no wish.
        let none = [("reasons", "health"), ("interpreter", "vi")];
        seeker.post(&reasons, &none);
        seeker.answer(&[]);
        let id = office.does(application::inbox).last().expect("it waits").id;
        assert_eq!(office.application(id).care.interpreter, None);
        let mut other = Visitor::of(office);
        let khmer = Applicant { language: Language::EasyJapanese, ..maria() };
        let khmer = Applicant { number: "99990-1000009".to_owned(), ..khmer };
        applies(&mut other, &khmer, "2026-11-24T10:30");
        let id = office.does(application::inbox).last().expect("it waits").id;
        assert_eq!(office.application(id).care.interpreter, Some(Interpreter::Tagalog));
        let mut desk = Visitor::clerk(office, "coordinator");
        desk.get(&format!("/desk/applications/{id}"));
        assert!(desk.text().contains("通訳：タガログ語"), "{}", desk.text());
        office.decides_all(id);
        office.confirms(id, "2026-11-24T10:30:00", office.counsellors[0]).expect("confirmed");
        let mut counsellor = Visitor::clerk(office, "counsellor");
        counsellor.get(&format!("/desk/sessions/{id}"));
        assert!(counsellor.text().contains("通訳：タガログ語"));
    });
}

/// What would help is taken at the counter too, and reaches whoever holds the session.
#[test]
fn article_1_3_staff_enter_captions_sign_language_companions_and_a_language() {
    scene(|office| {
        let mut desk = Visitor::clerk(office, "coordinator");
        desk.get("/desk/enter");
        let person = taro();
        let mut fields: Vec<(&str, &str)> = vec![
            ("intake", "telephone"),
            ("name", &person.name),
            ("number", &person.number),
            ("telephone", "090-0000-0002"),
            ("language", "ja"),
            ("wish1_date", "2026-11-24"),
            ("wish1_time", "10:00"),
            ("wish1_minutes", "30"),
            ("reasons", "health"),
            ("device", "phone"),
            ("join_by", "app"),
            ("consent", "yes"),
        ];
        let wished =
            [Support::Captions, Support::SignLanguage, Support::Companion, Support::Interpreter];
        fields.extend(wished.iter().map(|it| ("supports", it.code())));
        desk.post("/desk/enter", &fields);
        assert_eq!(desk.status(), 422, "an interpreter of no language");
        assert!(desk.text().contains("通訳の言葉を選んでください"), "{}", desk.text());
        fields.push(("interpreter", "mn"));
        desk.post("/desk/enter", &fields);
        assert_eq!(desk.status(), 200, "{}", desk.text());
        let id = office.does(application::inbox).last().expect("it waits").id;
        let care = office.application(id).care;
        assert_eq!((care.supports.as_slice(), care.interpreter), {
            (&wished[..], Some(Interpreter::Mongolian))
        });
        office.decides_all(id);
        office.confirms(id, TEN, office.counsellors[0]).expect("confirmed");
        let mut counsellor = Visitor::clerk(office, "counsellor");
        counsellor.get(&format!("/desk/sessions/{id}"));
        let text = counsellor.text();
        for word in ["字幕", "手話", "同席", "通訳：モンゴル語"] {
            assert!(text.contains(word), "{word}: {text}");
        }
    });
}
