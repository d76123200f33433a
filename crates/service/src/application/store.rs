//! What the store knows of applications.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::application::{Course, DeclineReason, Intake, Kind};
use rules::people::{JobseekerNumber, Language};
use rules::schedule::Slot;
use rules::terms::eligibility::{Condition, Decisions};

use super::person::{open_care, open_person, seal_care, seal_person};
use super::{Application, InboxLine, NewApplication, Proposal};
use crate::app::Context;
use crate::error::Error;
use crate::secrets::{Digest, Token};
use crate::store::{Row, StoreError, Tx, params, sql};

/// The digest that finds a number, whatever dashes and zeros were typed.
pub(super) fn number_digest(context: &Context, number: &JobseekerNumber) -> Digest {
    context.keys.digest("number", &number.canonical())
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    context: &Context,
    form: &NewApplication,
    (receipt, due, link): (&str, Timestamp, &Token),
) -> Result<i64, Error> {
    let person = &form.person;
    let keys = &context.keys;
    let kana = person.kana.as_ref().map(|kana| keys.digest("name", &kana.search_key()));
    let email = person.email.as_ref().map(|email| keys.digest("email", &email.search_key()));
    let kind = match form.group {
        Some(_) => Kind::Group,
        None => Kind::wished(&form.care.supports),
    };
    let declaration = serde_json::to_string(&form.declaration).map_err(anyhow::Error::from)?;
    let id = tx.one(
        sql!(
            "insert into applications (office, receipt, course, intake, language, received_at,
                 answer_due, entered_by, number_digest, name_digest, kana_digest, email_digest,
                 sealed, sealed_care, declaration, kind, group_session)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
             returning id"
        ),
        params![
            context.office.id,
            receipt,
            Course::Received.code(),
            form.intake.code(),
            form.language.code(),
            context.now,
            due,
            form.entered_by,
            number_digest(context, &person.number),
            keys.digest("name", &person.name.search_key()),
            kana,
            email,
            seal_person(context, receipt, person, link)?,
            seal_care(context, receipt, &form.care)?,
            declaration,
            kind.code(),
            form.group
        ],
        |row| row.int(0),
    )?;
    id.ok_or(Error::Missing)
}

/// The wishes in the order of their rank, the first as 1.
pub(super) fn insert_wishes(tx: &mut Tx<'_>, id: i64, wishes: &[Slot]) -> Result<(), Error> {
    for (rank, wish) in (1_i64..).zip(wishes) {
        tx.execute(
            sql!(
                "insert into wishes (application, rank, start_at, minutes)
                 values ($1, $2, $3, $4)"
            ),
            params![id, rank, wish.start, wish.minutes],
        )?;
    }
    Ok(())
}

pub(super) fn delete_wishes(tx: &mut Tx<'_>, id: i64) -> Result<(), Error> {
    tx.execute(sql!("delete from wishes where application = $1"), params![id])?;
    Ok(())
}

pub(super) fn of_receipt(tx: &mut Tx<'_>, receipt: &str) -> Result<Option<(i64, i64)>, Error> {
    Ok(tx.one(
        sql!("select id, office from applications where receipt = $1"),
        params![receipt],
        |row| Ok((row.int(0)?, row.int(1)?)),
    )?)
}

pub(super) fn group_of(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Option<i64>, Error> {
    let group = tx.one(
        sql!("select group_session from applications where id = $1 and office = $2"),
        params![id, office],
        |row| row.opt_int(0),
    )?;
    Ok(group.flatten())
}

pub(super) fn answered_at(
    tx: &mut Tx<'_>,
    office: i64,
    id: i64,
) -> Result<Option<Timestamp>, Error> {
    let answered = tx.one(
        sql!("select answered_at from applications where id = $1 and office = $2"),
        params![id, office],
        |row| row.opt_instant(0),
    )?;
    Ok(answered.flatten())
}

pub(super) fn insert_link(
    tx: &mut Tx<'_>,
    link: &Token,
    id: i64,
    expires_at: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!("insert into links (token_digest, application, expires_at) values ($1, $2, $3)"),
        params![link.digest(), id, expires_at],
    )?;
    Ok(())
}

pub(super) fn extend_link(tx: &mut Tx<'_>, id: i64, until: Timestamp) -> Result<(), Error> {
    tx.execute(
        sql!("update links set expires_at = $2 where application = $1 and expires_at < $2"),
        params![id, until],
    )?;
    Ok(())
}

/// Keeps other nodes from changing the same application meanwhile.
pub(super) fn lock(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<(), Error> {
    let found = tx.execute(
        sql!("update applications set course = course where id = $1 and office = $2"),
        params![id, office],
    )?;
    if found == 0 { Err(Error::Missing) } else { Ok(()) }
}

pub(super) fn load(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
) -> Result<Option<Application>, Error> {
    let sealed = tx.one(
        sql!(
            "select id, office, receipt, course, intake, language, received_at, answer_due,
                    sealed, sealed_care, declaration, decline_reason, proposed_start,
                    proposed_minutes, proposed_counsellor, proposal_lapses_at, kind,
                    group_session
             from applications where id = $1 and office = $2"
        ),
        params![id, context.office.id],
        sealed_application,
    )?;
    let Some(sealed) = sealed else { return Ok(None) };
    let (person, _) = open_person(context, &sealed.receipt, &sealed.person)?;
    let care = open_care(context, &sealed.receipt, &sealed.care)?;
    let declaration = serde_json::from_str(&sealed.declaration).map_err(anyhow::Error::from)?;
    Ok(Some(Application {
        id: sealed.id,
        office: sealed.office,
        receipt: sealed.receipt,
        kind: sealed.kind,
        group: sealed.group,
        course: sealed.course,
        intake: sealed.intake,
        language: sealed.language,
        received_at: sealed.received_at,
        answer_due: sealed.answer_due,
        person,
        care,
        declaration,
        wishes: wishes(tx, id)?,
        decisions: decisions(tx, id)?,
        decline_reason: sealed.decline_reason,
        proposal: sealed.proposal,
    }))
}

pub(super) fn kind_of(tx: &mut Tx<'_>, office: i64, id: i64) -> Result<Option<Kind>, Error> {
    Ok(tx.one(
        sql!("select kind from applications where id = $1 and office = $2"),
        params![id, office],
        |row| row.parsed(0, Kind::parse),
    )?)
}

pub(super) fn change_kind(
    tx: &mut Tx<'_>,
    (id, kind): (i64, Kind),
    (officer, now): (i64, Timestamp),
    sealed_reason: Vec<u8>,
) -> Result<(), Error> {
    tx.execute(sql!("update applications set kind = $2 where id = $1"), params![id, kind.code()])?;
    tx.execute(
        sql!(
            "insert into kind_changes (application, kind, officer, changed_at, sealed_reason)
             values ($1, $2, $3, $4, $5)"
        ),
        params![id, kind.code(), officer, now, sealed_reason],
    )?;
    Ok(())
}

/// What an application was changed to: kind, by whom, when, and why.
#[expect(clippy::type_complexity, reason = "a row, read at one place")]
pub(super) fn kind_changes(
    tx: &mut Tx<'_>,
    office: i64,
    id: i64,
) -> Result<Vec<(Kind, String, Timestamp, Vec<u8>)>, Error> {
    Ok(tx.all(
        sql!(
            "select k.kind, s.name, k.changed_at, k.sealed_reason from kind_changes k
             join applications a on a.id = k.application
             join staff s on s.id = k.officer
             where a.id = $1 and a.office = $2 order by k.id"
        ),
        params![id, office],
        |row| {
            let kind = row.parsed(0, Kind::parse)?;
            Ok((kind, row.text(1)?, row.instant(2)?, row.bytes(3)?))
        },
    )?)
}

/// The link that letters of an application carry.
pub(super) fn link_of(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Token, Error> {
    let sealed = tx.one(
        sql!("select receipt, sealed from applications where id = $1 and office = $2"),
        params![id, context.office.id],
        |row| Ok((row.text(0)?, row.bytes(1)?)),
    )?;
    let (receipt, sealed) = sealed.ok_or(Error::Missing)?;
    Ok(open_person(context, &receipt, &sealed)?.1)
}

struct Sealed {
    id: i64,
    office: i64,
    receipt: String,
    kind: Kind,
    group: Option<i64>,
    course: Course,
    intake: Intake,
    language: Language,
    received_at: Timestamp,
    answer_due: Timestamp,
    person: Vec<u8>,
    care: Vec<u8>,
    declaration: String,
    decline_reason: Option<DeclineReason>,
    proposal: Option<Proposal>,
}

fn sealed_application(row: &Row<'_>) -> Result<Sealed, StoreError> {
    let proposal = match (row.opt_instant(12)?, row.opt_int(14)?, row.opt_instant(15)?) {
        (Some(start), Some(counsellor), Some(lapses_at)) => {
            let slot = Slot { start, minutes: row.small(13)? };
            Some(Proposal { slot, counsellor, lapses_at })
        }
        _ => None,
    };
    Ok(Sealed {
        id: row.int(0)?,
        office: row.int(1)?,
        receipt: row.text(2)?,
        kind: row.parsed(16, Kind::parse)?,
        group: row.opt_int(17)?,
        course: row.parsed(3, Course::parse)?,
        intake: row.parsed(4, Intake::parse)?,
        language: row.parsed(5, Language::parse)?,
        received_at: row.instant(6)?,
        answer_due: row.instant(7)?,
        person: row.bytes(8)?,
        care: row.bytes(9)?,
        declaration: row.text(10)?,
        decline_reason: row.opt_parsed(11, DeclineReason::parse)?,
        proposal,
    })
}

fn wishes(tx: &mut Tx<'_>, id: i64) -> Result<Vec<Slot>, Error> {
    Ok(tx.all(
        sql!("select start_at, minutes from wishes where application = $1 order by rank"),
        params![id],
        |row| Ok(Slot { start: row.instant(0)?, minutes: row.small(1)? }),
    )?)
}

/// The later decision on a condition replaces the earlier one, which stays on file.
fn decisions(tx: &mut Tx<'_>, id: i64) -> Result<Decisions, Error> {
    let rows = tx.all(
        sql!("select condition, met from condition_decisions where application = $1 order by id"),
        params![id],
        |row| Ok((row.parsed(0, Condition::parse)?, row.bool(1)?)),
    )?;
    Ok(Decisions::from(rows.into_iter().collect::<BTreeMap<_, _>>()))
}

pub(super) fn insert_decision(
    tx: &mut Tx<'_>,
    id: i64,
    (condition, met): (Condition, bool),
    (officer, now): (i64, Timestamp),
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "insert into condition_decisions (application, condition, met, officer, decided_at)
             values ($1, $2, $3, $4, $5)"
        ),
        params![id, condition.code(), met, officer, now],
    )?;
    Ok(())
}

pub(super) fn answer(
    tx: &mut Tx<'_>,
    id: i64,
    course: Course,
    reason: Option<DeclineReason>,
    now: Timestamp,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update applications set course = $2, decline_reason = $3, answered_at = $4,
                 proposed_start = null, proposed_minutes = null, proposed_counsellor = null,
                 proposal_lapses_at = null
             where id = $1"
        ),
        params![id, course.code(), reason.map(DeclineReason::code), now],
    )?;
    Ok(())
}

pub(super) fn propose(
    tx: &mut Tx<'_>,
    id: i64,
    course: Course,
    proposal: Option<&Proposal>,
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "update applications set course = $2, proposed_start = $3, proposed_minutes = $4,
                 proposed_counsellor = $5, proposal_lapses_at = $6
             where id = $1"
        ),
        params![
            id,
            course.code(),
            proposal.map(|it| it.slot.start),
            proposal.map(|it| it.slot.minutes),
            proposal.map(|it| it.counsellor),
            proposal.map(|it| it.lapses_at)
        ],
    )?;
    Ok(())
}

/// How many proposals were made so far: numbers their letters.
pub(super) fn proposals_so_far(tx: &mut Tx<'_>, id: i64) -> Result<u32, Error> {
    let count = tx.one(
        sql!(
            "select count(*) from duties
             where application = $1 and kind = 'lapse_proposal'"
        ),
        params![id],
        |row| row.small::<u32>(0),
    )?;
    Ok(count.unwrap_or_default())
}

pub(super) fn inbox(tx: &mut Tx<'_>, office: i64) -> Result<Vec<InboxLine>, Error> {
    Ok(tx.all(
        sql!(
            "select a.id, a.receipt, a.course, a.intake, a.received_at, a.answer_due,
                    w.start_at, w.minutes,
                    (select count(*) from applications b
                     left join appointments p on p.application = b.id
                     where b.number_digest = a.number_digest and b.office = a.office
                       and (b.course in ('received', 'proposed')
                            or p.announced_standing in ('waiting', 'in_contact', 'present'))),
                    a.proposal_lapses_at
             from applications a
             left join wishes w on w.application = a.id and w.rank = 1
             where a.office = $1 and a.course in ('received', 'proposed')
             order by a.answer_due, a.id"
        ),
        params![office],
        |row| {
            let first_wish = match row.opt_instant(6)? {
                Some(start) => Some(Slot { start, minutes: row.small(7)? }),
                None => None,
            };
            Ok(InboxLine {
                id: row.int(0)?,
                receipt: row.text(1)?,
                course: row.parsed(2, Course::parse)?,
                intake: row.parsed(3, Intake::parse)?,
                received_at: row.instant(4)?,
                answer_due: row.instant(5)?,
                first_wish,
                of_same_number: row.int(8)?,
                lapses_at: row.opt_instant(9)?,
            })
        },
    )?)
}

pub(super) fn of_same_number(
    tx: &mut Tx<'_>,
    office: i64,
    id: i64,
) -> Result<Vec<(i64, String, Course)>, Error> {
    Ok(tx.all(
        sql!(
            "select b.id, b.receipt, b.course from applications a
             join applications b on b.number_digest = a.number_digest and b.office = a.office
             left join appointments p on p.application = b.id
             where a.id = $2 and a.office = $1 and b.id <> a.id
               and (b.course in ('received', 'proposed')
                    or p.announced_standing in ('waiting', 'in_contact', 'present'))
             order by b.id"
        ),
        params![office, id],
        |row| Ok((row.int(0)?, row.text(1)?, row.parsed(2, Course::parse)?)),
    )?)
}

pub(super) fn insert_access(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff): (i64, i64),
    act: &str,
) -> Result<(), Error> {
    let noted = tx.execute(
        sql!(
            "insert into accesses (office, staff, application, act, at)
             select office, cast($2 as bigint), id, cast($4 as text), cast($5 as bigint)
             from applications where id = $3 and office = $1"
        ),
        params![context.office.id, staff, id, act, context.now],
    )?;
    if noted == 0 { Err(Error::Missing) } else { Ok(()) }
}

/// The application behind a link, while the link works.
pub(super) fn by_link(
    tx: &mut Tx<'_>,
    token: &Token,
    now: Timestamp,
) -> Result<Option<(i64, i64, Timestamp)>, Error> {
    Ok(tx.one(
        sql!(
            "select a.id, a.office, l.expires_at from links l
             join applications a on a.id = l.application
             where l.token_digest = $1 and l.expires_at > $2"
        ),
        params![token.digest(), now],
        |row| Ok((row.int(0)?, row.int(1)?, row.instant(2)?)),
    )?)
}
