//! The demo's office: counsellors, staff, and jobseekers who were there before. Every name says
//! that it is a sample.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use rules::application::{Intake, Interpreter, Kind, Support};
use rules::people::{
    Email, FreeText, JobseekerNumber, Kana, Language, LegalName, Practice, Role, Telephone,
};
use rules::schedule::{
    Ask, Calendar, GroupPlan, GroupWords, Skill, Slot, TOKYO, Told, WeeklyHours,
};
use rules::session::Channel as Means;
use rules::terms::eligibility::NeedReason;
use rules::terms::environment::{Answer, Declaration, Device, JoinBy, asked};

use super::{ACCOUNTS, PASSWORD};
use crate::app::{App, Context};
use crate::application::{self, Appoint, Care, NewApplication, Person};
use crate::error::Error;
use crate::people::{self, NewMember, NewOffice};
use crate::schedule::groups::{self, Planned};
use crate::schedule::{self, NewCounsellor};
use crate::store::Tx;
use crate::terms;

pub(super) const SLUG: &str = "mihon";

/// One of the demo's jobseekers.
struct Sample {
    name: &'static str,
    kana: &'static str,
    number: &'static str,
    language: Language,
    supports: &'static [Support],
    note: &'static str,
    /// The day of the first wish, in working days from today, and which free time of it.
    wish: (u8, usize),
    confirmed: bool,
}

const SAMPLES: [Sample; 7] = [
    Sample {
        name: "見本 花子",
        kana: "ミホン ハナコ",
        number: "99990-1000001",
        language: Language::Japanese,
        supports: &[],
        note: "応募書類の書き方を相談したいです。",
        wish: (0, 0),
        confirmed: true,
    },
    Sample {
        name: "例示 太郎",
        kana: "レイジ タロウ",
        number: "99990-1000002",
        language: Language::EasyJapanese,
        supports: &[Support::PlainSpeech],
        note: "",
        wish: (0, 3),
        confirmed: true,
    },
    Sample {
        name: "Sample Maria",
        kana: "サンプル マリア",
        number: "99990-1000003",
        language: Language::English,
        supports: &[Support::Interpreter],
        note: "I would like to talk about evening jobs.",
        wish: (1, 2),
        confirmed: true,
    },
    Sample {
        name: "試作 髙子",
        kana: "シサク タカコ",
        number: "99990-1000004",
        language: Language::Japanese,
        supports: &[Support::NoTelephone, Support::WrittenChat],
        note: "",
        wish: (2, 0),
        confirmed: false,
    },
    Sample {
        name: "仮名 次郎",
        kana: "カメイ ジロウ",
        number: "99990-1000005",
        language: Language::Japanese,
        supports: &[],
        note: "面接の練習をお願いしたいです。",
        wish: (2, 0),
        confirmed: false,
    },
    Sample {
        name: "Placeholder Minh",
        kana: "",
        number: "99990-1000006",
        language: Language::EasyJapanese,
        supports: &[Support::PlainSpeech, Support::Companion],
        note: "",
        wish: (3, 4),
        confirmed: false,
    },
    Sample {
        name: "見本 のぞみ",
        kana: "ミホン ノゾミ",
        number: "99990-1000007",
        language: Language::Japanese,
        supports: &[Support::RareDiseaseSupporter],
        note: "体調に合う働き方を相談したいです。",
        wish: (1, 4),
        confirmed: true,
    },
];

/// Who has a seat in the demo's group session.
const OF_THE_GROUP: [Sample; 2] = [
    Sample {
        name: "見本 さくら",
        kana: "ミホン サクラ",
        number: "99990-1000007",
        language: Language::Japanese,
        supports: &[],
        note: "",
        wish: (0, 0),
        confirmed: true,
    },
    Sample {
        name: "Sample Kim",
        kana: "",
        number: "99990-1000008",
        language: Language::English,
        supports: &[],
        note: "",
        wish: (0, 0),
        confirmed: true,
    },
];

/// Whether the store has no office yet.
pub(super) fn is_empty(tx: &mut Tx<'_>) -> Result<bool, Error> {
    Ok(people::offices(tx)?.is_empty())
}

/// Furnishes an empty store, as it would have become by now.
pub(super) async fn furnish(app: &App, meetings: Means) -> Result<(), Error> {
    let now = app.clock.now();
    let opened = now.checked_sub(SignedDuration::from_hours(24 * 30)).unwrap_or(now);
    app.store.write(move |tx| open_office(tx, opened, meetings)).await?;
    let office = app.office(SLUG).await?;
    for sample in &SAMPLES {
        let context = app.context(office.clone());
        app.store.write(move |tx| take_in(tx, &context, sample)).await?;
    }
    let context = app.context(office);
    app.store.write(move |tx| hold_group(tx, &context)).await
}

/// A seminar in two working days, with some of its seats given.
fn hold_group(tx: &mut Tx<'_>, context: &Context) -> Result<(), Error> {
    let calendar = &context.office.calendar;
    let today = context.now.to_zoned(TOKYO.clone()).date();
    let (Some(eve), Some(day)) =
        (calendar.working_days_after(today, 1), calendar.working_days_after(today, 2))
    else {
        return Ok(());
    };
    let at = |day: Date, hour: i8| {
        TOKYO.to_timestamp(day.to_datetime(Time::constant(hour, 0, 0, 0))).unwrap_or(context.now)
    };
    let told = |title: &str, about: &str| Told { title: title.to_owned(), about: about.to_owned() };
    let words = BTreeMap::from([
        (
            Language::Japanese,
            told("応募書類の書き方セミナー（見本）", "書類の書き方を、例を見ながら練習します。"),
        ),
        (
            Language::EasyJapanese,
            told(
                "仕事《しごと》に申《もう》し込《こ》む 紙《かみ》の 書《か》き方《かた》（見本《みほん》）",
                "いっしょに 書《か》く 練習《れんしゅう》をします。",
            ),
        ),
        (
            Language::English,
            told("Writing your application papers (sample)", "We practise with examples."),
        ),
    ]);
    let slot = Slot { start: at(day, 13), minutes: 60 };
    let counsellors = schedule::counsellors(tx, context)?;
    let counsellor = counsellors.last().ok_or(Error::Missing)?.rule.id;
    let plan = GroupPlan { slot, seats: 8, apply_until: at(eve, 17), on_day_off: false };
    let planned = Planned { plan, words: GroupWords::try_from(words)?, counsellor };
    let officer = people::staff_of(tx, context.office.id, ACCOUNTS[0].0)?;
    let group = groups::plan(tx, context, &planned, officer)?;
    for sample in &OF_THE_GROUP {
        let declaration = declaration(context, Means::ByHand);
        let form = form(context, sample, slot)?;
        let asked = NewApplication { group: Some(group), declaration, ..form };
        let receipt = application::apply(tx, context, &asked)?;
        for condition in context.office.terms(context.now)?.choices.conditions.clone() {
            application::decide(tx, context, receipt.id, (condition, true), officer)?;
        }
        application::give_seat(tx, context, receipt.id)?;
    }
    Ok(())
}

fn open_office(tx: &mut Tx<'_>, now: Timestamp, meetings: Means) -> Result<(), Error> {
    let practice = Practice { meetings, groups: true, ..Practice::default() };
    let office = NewOffice {
        slug: SLUG.to_owned(),
        name: "ハローワークみほん（見本）".to_owned(),
        telephone: "00-0000-0000".to_owned(),
        address: "見本県見本市見本町1-1".to_owned(),
        court: "見本地方裁判所".to_owned(),
        practice,
    };
    let id = people::open_office(tx, &office, now)?;
    terms::publish(tx, id, &terms::Source::model(), now)?;
    // The counsellor's log-in is the first counsellor.
    let mut own_account = None;
    for (login, name, role) in ACCOUNTS {
        let role = Role::parse(role).ok_or(Error::Missing)?;
        let member = NewMember {
            office: id,
            login: login.to_owned(),
            name: name.to_owned(),
            role,
            password: PASSWORD.to_owned(),
        };
        let number = people::add_staff(tx, &member, now)?;
        own_account = own_account.or((role == Role::Counsellor).then_some(number));
    }
    let weekdays = |from: Time, to: Time| -> Vec<WeeklyHours> {
        (1..=5).map(|weekday| WeeklyHours { weekday, from, to }).collect()
    };
    let (early, noon) = (Time::constant(9, 0, 0, 0), Time::constant(12, 0, 0, 0));
    let (after, late) = (Time::constant(13, 0, 0, 0), Time::constant(17, 0, 0, 0));
    let counsellors: [(&str, Vec<WeeklyHours>, BTreeSet<Skill>); 4] = [
        ("相談員 あさひ（見本）", weekdays(early, late), BTreeSet::from([Skill::EasyJapanese])),
        ("相談員 いずみ（見本）", weekdays(early, noon), BTreeSet::from([Skill::English])),
        ("相談員 うみの（見本）", weekdays(after, late), BTreeSet::from([Skill::SignLanguage])),
        (
            "相談員 えがわ（見本）",
            weekdays(early, late),
            BTreeSet::from([Skill::RareDiseaseSupporter]),
        ),
    ];
    for (name, hours, skills) in counsellors {
        let staff = own_account.take();
        let counsellor = NewCounsellor { name: name.to_owned(), staff, hours, skills };
        schedule::add_counsellor(tx, id, &counsellor)?;
    }
    Ok(())
}

/// Takes a sample's application in as of an earlier working day, and answers it if it was.
fn take_in(tx: &mut Tx<'_>, context: &Context, sample: &Sample) -> Result<(), Error> {
    let mut then = context.clone();
    let calendar = &context.office.calendar;
    let today = context.now.to_zoned(TOKYO.clone()).date();
    let day = (0..sample.wish.0)
        .try_fold(today, |day, _| calendar.next_working_day(day))
        .unwrap_or(today);
    then.now = earlier(calendar, today, if sample.confirmed { 3 } else { 1 }).min(context.now);
    let kind = Kind::wished(sample.supports);
    let Some((slot, counsellor)) = free_time(tx, &then, kind, (day, sample.wish.1))? else {
        return Ok(());
    };
    let receipt = application::apply(tx, &then, &form(&then, sample, slot)?)?;
    if sample.confirmed {
        let officer = people::staff_of(tx, context.office.id, ACCOUNTS[0].0)?;
        for condition in context.office.terms(context.now)?.choices.conditions.clone() {
            application::decide(tx, &then, receipt.id, (condition, true), officer)?;
        }
        let appoint = Appoint { slot, counsellor, same_day_reason: None };
        application::confirm(tx, &then, receipt.id, &appoint)?;
    }
    Ok(())
}

/// Ten o'clock, some working days before.
fn earlier(calendar: &Calendar, today: Date, days: u8) -> Timestamp {
    let day = calendar.working_days_before(today, days).unwrap_or(today);
    let ten = day.to_datetime(Time::constant(10, 0, 0, 0));
    TOKYO.to_timestamp(ten).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn free_time(
    tx: &mut Tx<'_>,
    context: &Context,
    kind: Kind,
    (day, which): (Date, usize),
) -> Result<Option<(Slot, i64)>, Error> {
    let shortest = context.office.terms(context.now)?.rules.shortest_minutes;
    let minutes = kind.minutes(&context.office.practice).unwrap_or(shortest);
    let ask = Ask { from: day, days: 1, minutes, needs: kind.needs() };
    let open = schedule::open_times(tx, context, &ask)?;
    let chosen = open.get(which).or(open.first());
    Ok(chosen.and_then(|it| Some((it.slot, *it.counsellors.first()?))))
}

/// Everything of article 4 is in order.
fn declaration(context: &Context, meetings: Means) -> Declaration {
    let device = Device::Phone;
    let join_by = JoinBy::offered(meetings).first().copied().unwrap_or(JoinBy::Browser);
    let answers = asked(device, join_by).into_iter().map(|item| (item, Answer::Yes)).collect();
    Declaration { device, join_by, answers, at: context.now }
}

fn form(context: &Context, sample: &Sample, slot: Slot) -> Result<NewApplication, Error> {
    let shape = |_| anyhow::anyhow!("a sample of the demo is out of shape: {}", sample.number);
    let person = Person {
        name: LegalName::parse(sample.name).map_err(|_| shape(()))?,
        kana: Kana::parse(sample.kana).ok(),
        number: JobseekerNumber::parse(sample.number).map_err(|_| shape(()))?,
        email: Email::parse("sample@example.jp").ok(),
        telephone: Telephone::parse("090-0000-0000").ok(),
        note: FreeText::parse(sample.note, application::NOTE_AT_MOST).ok(),
    };
    let care = Care {
        reasons: vec![NeedReason::Distance],
        supports: sample.supports.to_vec(),
        interpreter: sample
            .supports
            .contains(&Support::Interpreter)
            .then_some(Interpreter::Tagalog),
        words: None,
    };
    Ok(NewApplication {
        person,
        care,
        declaration: declaration(context, context.office.practice.meetings),
        wishes: vec![slot],
        language: sample.language,
        group: None,
        intake: Intake::Web,
        entered_by: None,
        consented_version: context.office.terms(context.now)?.version.to_string(),
    })
}
