//! What people entrust to the office is not readable in the store.

use std::fs;
use std::path::Path;

use rules::people::FreeText;
use service::application;
use service::appointment::{self, Call, CallPurpose, Joining, Needle};
use service::secrets::{self, OpenRefusal, Purpose};
use service::store::{Sql, StoreAddress, params};

use crate::cast::{Applicant, hana};
use crate::engines::engines;
use crate::office::{Office, at, scene};

/// Words that stand nowhere else.
const CANARIES: [&str; 13] = [
    "見本金糸雀",
    "かなりあ",
    "99997",
    "7654321",
    "kanaria@example.jp",
    "090-9999-8888",
    "相談内容の金糸雀",
    "透析に通う金糸雀",
    "電話の覚え書きの金糸雀",
    "取り消しの理由の金糸雀",
    "当日にした理由の金糸雀",
    "99988887777",
    "aikotoba77",
];

fn canary() -> Applicant {
    Applicant {
        name: "見本金糸雀 花子".to_owned(),
        kana: "みほんかなりあ はなこ",
        number: "99997-7654321".to_owned(),
        email: "kanaria@example.jp".to_owned(),
        telephone: "090-9999-8888",
        note: "相談内容の金糸雀",
        words: "透析に通う金糸雀",
        ..hana()
    }
}

/// What cannot be written into a log or a panic cannot leak there.
#[test]
fn no_word_of_a_person_is_found_in_a_debug() {
    let form = canary().form(&[], "model-1", at("2026-11-16T10:00:00"));
    let mut draft = application::draft::Draft::begin();
    draft.set("name", vec!["見本金糸雀 花子".to_owned()]);
    let needles = Needle::read("kanaria@example.jp", "相談");
    let by_name = Needle::read("見本金糸雀", "相談");
    let (person, care) = (&form.person, &form.care);
    let shown = format!("{person:?} {care:?} {draft:?} {needles:?} {by_name:?}");
    let found: Vec<&str> = CANARIES.into_iter().filter(|word| shown.contains(word)).collect();
    assert!(found.is_empty(), "{found:?} in {shown}");
    assert!(!shown.contains("Health"), "nor what may tell of an illness: {shown}");
}

#[test]
fn no_word_of_a_person_is_found_in_the_store() {
    scene(|office| {
        let id = office.books(&canary(), "2026-11-24T10:00:00");
        leaves_words_everywhere(office, id);
        office.carries_out();
        office.clock("2026-11-24T10:10:00");
        office.turns_the_minute_hand();
        office.carries_out();
        let octets = everything_stored(office);
        assert!(octets.len() > 10_000, "the store was read");
        assert!(contains(&octets, "sakai-test".as_bytes()), "what is not secret is found");
        let found: Vec<&str> = CANARIES
            .into_iter()
            .filter(|word| spellings(word).iter().any(|word| contains(&octets, word)))
            .collect();
        assert!(found.is_empty(), "readable in the store: {found:?}");
    });
}

/// The control: the same search finds a word that was not sealed.
#[test]
fn a_word_that_is_not_sealed_is_found() {
    scene(|office| {
        const LEAK: Sql = Sql::unregistered("update offices set court = $1");
        office.does(|tx, _| Ok(tx.execute(LEAK, params!["相談内容の金糸雀"])?));
        assert!(contains(&everything_stored(office), "相談内容の金糸雀".as_bytes()));
    });
}

#[test]
fn article_6_wishes_because_of_illness_have_a_key_of_their_own() {
    scene(|office| {
        let id = office.applies(&canary(), &["2026-11-24T10:00:00"]);
        const SEALED: Sql = Sql::unregistered(
            "select receipt, sealed, sealed_care from applications where id = $1",
        );
        let rows = office.rows(SEALED, params![id].to_vec(), |row| {
            Ok((row.text(0)?, row.bytes(1)?, row.bytes(2)?))
        });
        let (receipt, personal, care) = &rows[0];
        let place = format!("applications/{receipt}");
        let keys = &office.app.keys;
        let open = |purpose, sealed: &[u8]| keys.open(purpose, &place, sealed).map(drop);
        assert_eq!(open(Purpose::Personal, personal), Ok(()));
        assert_eq!(open(Purpose::Care, care), Ok(()));
        assert_eq!(open(Purpose::Personal, care), Err(OpenRefusal::Malformed));
        // Not even when the label on it is changed: the keys differ.
        let mut relabelled = care.clone();
        relabelled[1] = personal[1];
        assert_eq!(open(Purpose::Personal, &relabelled), Err(OpenRefusal::Altered));
        let elsewhere = keys.open(Purpose::Care, "applications/AAAA-AAAA", care).map(drop);
        assert_eq!(elsewhere, Err(OpenRefusal::Altered), "nor in another application's place");
    });
}

/// A draft, a call, an undone fact, and how to join.
pub(crate) fn leaves_words_everywhere(office: &Office, id: i64) {
    let text = |words: &str| FreeText::parse(words, 200).expect("a text");
    let (note, reason) = (text("電話の覚え書きの金糸雀"), text("取り消しの理由の金糸雀"));
    let staff = office.staff.coordinator;
    office.does(move |tx, context| {
        let call = Call { at: context.now, purpose: CallPurpose::Late, note: Some(note.clone()) };
        appointment::note_call(tx, context, id, &call, staff)?;
        let fact = appointment::fact_lines(tx, context, id)?[0].id;
        appointment::retract(tx, context, (id, fact), &reason, staff)?;
        let meeting = rules::session::MeetingId::parse("999 8888 7777")?;
        let passcode = Some(rules::session::Passcode::parse("aikotoba77")?);
        let joining = Joining { meeting, passcode, link: None };
        appointment::enter_joining(tx, context, id, &joining)?;
        let mut typed = application::draft::Draft::begin();
        typed.set("name", vec![canary().name, canary().words.to_owned()]);
        application::draft::start(tx, context, &typed)?;
        appointment::find(tx, context, canary().kana)?;
        let why = FreeText::parse("当日にした理由の金糸雀", 200).expect("a text");
        appointment::note_same_day_reason(tx, context, id, &why)?;
        let kept = appointment::same_day_reason(tx, context, id)?;
        assert_eq!(kept.as_deref(), Some("当日にした理由の金糸雀"));
        Ok(())
    });
    let other = Applicant { email: String::new(), ..canary() };
    let declined = office.applies(&other, &["2026-11-25T10:00:00"]);
    office.does(move |tx, context| application::withdraw(tx, context, declined));
    assert!(at("2026-11-24T10:00:00") > office.app.clock.now());
}

/// A word as text of either engine may hold it: as it is, and as JSON escapes it.
fn spellings(word: &str) -> Vec<Vec<u8>> {
    let escaped: String = word
        .encode_utf16()
        .map(|unit| match u8::try_from(unit) {
            Ok(ascii) if ascii.is_ascii() => char::from(ascii).to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect();
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![word.as_bytes().to_vec(), escaped.into_bytes(), wide]
}

pub(crate) fn contains(octets: &[u8], word: &[u8]) -> bool {
    octets.windows(word.len()).any(|window| window == word)
}

/// SQLite: the file and its log, to the octet. PostgreSQL: every column of every table.
pub(crate) fn everything_stored(office: &Office) -> Vec<u8> {
    match office.address() {
        StoreAddress::Sqlite(path) => {
            let log = Path::new(path).with_extension("db-wal");
            let mut octets = fs::read(path).expect("the file");
            octets.extend(fs::read(log).expect("its log"));
            octets
        }
        StoreAddress::Postgres(_) => every_column(office),
    }
}

fn every_column(office: &Office) -> Vec<u8> {
    const COLUMNS: Sql = Sql::unregistered(
        "select cast(table_name as text), cast(column_name as text), cast(data_type as text)
         from information_schema.columns where table_schema = 'public'
           and data_type in ('text', 'bytea')",
    );
    let columns =
        office.rows(COLUMNS, Vec::new(), |row| Ok((row.text(0)?, row.text(1)?, row.text(2)?)));
    assert!(columns.len() > 40, "every text of the schema: {}", columns.len());
    let mut octets = Vec::new();
    for (table, column, kind) in columns {
        let question: &'static str =
            format!("select {column} from {table} where {column} is not null").leak();
        let is_text = kind == "text";
        let cells = office.rows(Sql::unregistered(question), Vec::new(), move |row| {
            if is_text { row.text(0).map(String::into_bytes) } else { row.bytes(0) }
        });
        octets.extend(cells.into_iter().flatten());
    }
    octets
}

/// A lost key file is noticed before a new one takes its place and its name.
#[test]
fn a_store_that_knows_its_keys_is_opened_with_no_others() {
    for fresh in engines() {
        let office = Office::open(fresh);
        let folder = tempfile::tempdir().expect("a folder");
        let (file, other) = (folder.path().join("keys.toml"), folder.path().join("other.toml"));
        let store = &office.app.store;
        let made = secrets::keys_of(store, &file).expect("made at the first start");
        let again = secrets::keys_of(store, &file).expect("read at the next");
        assert_eq!(made.fingerprints(), again.fingerprints());
        let refused = secrets::keys_of(store, &other).expect_err("lost").to_string();
        assert!(refused.contains("put their file back"), "{refused}");
        assert!(!other.exists(), "none is made in its place");
        service::secrets::Keys::load_or_create(&other).expect("another's");
        let refused = secrets::keys_of(store, &other).expect_err("another's").to_string();
        assert!(refused.contains("put the right key file in its place"), "{refused}");
    }
}
