//! What a person is told of themselves, and what is not told to them.

use axum::http::Method;
use rules::appointment::What;
use rules::people::JobseekerNumber;
use rules::records::disclosure::Demand;
use rules::session::room::SeatRole;
use service::appointment::{self, Call, CallPurpose};
use service::error::Refusal;
use service::records::own;
use service::store::{Sql, params};

use super::{TEN, demand, fills, text};
use crate::cast::{Applicant, hana, taro};
use crate::office::{OPENING, Office, at, refusal, scene};
use crate::visitor::Visitor;

#[test]
fn a_person_is_told_everything_and_nothing_of_others() {
    scene(|office| {
        let person = Applicant {
            name: "金糸雀 花子".to_owned(),
            kana: "かなりあ はなこ",
            number: "99997-7654321".to_owned(),
            email: "kanaria@example.jp".to_owned(),
            telephone: "090-9999-8888",
            note: "相談内容の金糸雀",
            words: "透析に通う金糸雀",
            ..hana()
        };
        let namesake = Applicant { number: "99997-7654322".to_owned(), ..person.clone() };
        let namesake = Applicant { note: "同姓同名の別の人", ..namesake };
        let id = office.books(&person, TEN);
        office.applies(&namesake, &["2026-11-25T10:00:00"]);
        office.applies(&taro(), &["2026-11-25T10:30:00"]);
        leaves_words(office, id);
        office.carries_out();
        let one = office.enters(Demand { secrecy_asked: true, ..demand(id) });
        office.calls_back(one);
        let told = office.told_to(&person);
        let written = told.to_string();
        for canary in [
            "金糸雀 花子",
            "かなりあ はなこ",
            "99997-7654321",
            "kanaria@example.jp",
            "090-9999-8888",
            "相談内容の金糸雀",
            "透析に通う金糸雀",
            "電話の金糸雀",
            "取り消しの金糸雀",
            "当日の金糸雀",
            "companion",
            "2026-11-24T10:00:00+09:00",
            "explicit",
            "model-1",
            "record.read",
        ] {
            assert!(written.contains(canary), "{canary}: {written}");
        }
        for hidden in ["同姓同名", "例示", "7654322", "見本警察署", "disclosure.", "aikotoba77"]
        {
            assert!(!written.contains(hidden), "{hidden}: {written}");
        }
        let link = office.does(move |tx, at| service::application::load(tx, at, id)).receipt;
        assert!(written.contains(&link), "the receipt is theirs");
        assert!(!has_token(&written), "no link lets anybody act as the person");
        let letters = told["records"][0]["letters"].as_array().expect("letters");
        assert!(letters.len() >= 2 && written.contains("/link/[…]"), "as they were written");
        let unknown = JobseekerNumber::parse("99998-1").expect("a number");
        let answer = office.tries(move |tx, at| own::export_of_person(tx, at, &unknown));
        assert_eq!(refusal(answer), Refusal::NoSuchPerson);
    });
}

/// Words in everything that staff write about a session.
fn leaves_words(office: &Office, id: i64) {
    let staff = office.staff.coordinator;
    office.records(id, What::Called, OPENING).expect("recorded");
    office.undoes(id, What::Called, "取り消しの金糸雀").expect("undone");
    office.does(move |tx, context| {
        let note = Some(text("電話の金糸雀"));
        let call = Call { at: at(OPENING), purpose: CallPurpose::Question, note };
        appointment::note_call(tx, context, id, &call, staff)?;
        appointment::note_same_day_reason(tx, context, id, &text("当日の金糸雀"))?;
        let meeting = rules::session::MeetingId::parse("999 8888 7777")?;
        let passcode = Some(rules::session::Passcode::parse("aikotoba77")?);
        let joining = appointment::Joining { meeting, passcode, link: None };
        appointment::enter_joining(tx, context, id, &joining)?;
        service::session::invite(tx, context, id, SeatRole::Companion, staff)?;
        service::application::note_access(tx, context, (id, staff), "record.read")
    });
}

/// Whether 43 characters of a token follow an address of a link.
fn has_token(written: &str) -> bool {
    written.split("/link/").skip(1).any(|rest| !rest.starts_with("[…]"))
}

#[test]
fn an_own_request_leaves_a_row_in_the_register_and_with_the_application() {
    scene(|office| {
        let id = office.books(&hana(), TEN);
        let mut officer = Visitor::clerk(office, "records_officer");
        let own = "/desk/disclosures/own";
        officer.get(own);
        let number = hana().number;
        fills(&mut officer, own, &[("number", &number), ("identity_note", "見本の証明書")]);
        assert_eq!(officer.status(), 422, "how it was made sure who asks");
        fills(
            &mut officer,
            own,
            &[("number", &number), ("identified_by", "photo_card"), ("identity_note", "")],
        );
        assert_eq!(officer.status(), 422, "and by what");
        assert_eq!(office.count("own_requests"), 0);
        fills(
            &mut officer,
            own,
            &[
                ("number", &number),
                ("identified_by", "photo_card"),
                ("identity_note", "見本の証明書"),
            ],
        );
        assert_eq!(officer.status(), 200, "{}", officer.text());
        let main = officer.page().main();
        for shown in ["本人-2026-001", "見本 花子", "応募書類の書き方", "通院の日は午後"]
        {
            assert!(main.contains(shown), "{shown}: {main}");
        }
        let file = officer.ask(Method::GET, "/desk/disclosures/own/1/file", None);
        let digest = service::secrets::sha256(file.body.as_bytes());
        assert!(officer.page().body.contains(digest.as_str()), "the digest is of the file");
        const ACTS: Sql = Sql::unregistered(
            "select act from accesses where application = $1 and act like 'own_request.%'
             order by id",
        );
        let acts = office.rows(ACTS, params![id].to_vec(), |row| row.text(0));
        assert_eq!(acts, ["own_request.answered", "own_request.read", "own_request.file"]);
        office.clock("2026-12-17T10:00:00");
        service::duties::sweep(&office.app).expect("swept");
        let mut officer = Visitor::clerk(office, "records_officer");
        let gone = officer.ask(Method::GET, "/desk/disclosures/own/1/file", None);
        assert_eq!(gone.status.as_u16(), 404, "no second copy is kept for long");
        officer.get("/desk/disclosures/own/1");
        assert!(officer.page().main().contains("保存期間が過ぎました"));
    });
}

#[test]
fn a_number_that_two_people_typed_is_pointed_out() {
    scene(|office| {
        office.applies(&hana(), &[TEN]);
        let other = Applicant { number: hana().number, ..taro() };
        office.applies(&other, &["2026-11-25T10:00:00"]);
        let id = office.asks_for_own(&hana());
        let request = office.does(move |tx, at| own::request(tx, at, id));
        assert!(request.names_differ());
        let mut officer = Visitor::clerk(office, "records_officer");
        officer.get(&format!("/desk/disclosures/own/{id}"));
        assert!(officer.page().main().contains("氏名が違う申し込み"));
    });
}
