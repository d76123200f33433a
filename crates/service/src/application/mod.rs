//! Applications: from the form to the office's answer (article 2(1) and 2(2)).

mod answer;
mod consents;
pub mod desk;
pub mod draft;
mod held;
mod kind;
mod marks;
pub mod pages;
mod person;
pub mod status;
pub mod store;
mod visit;

pub(crate) use answer::follow_group;
pub use answer::{
    Appoint, accept_proposal, change_wishes, check_appoint, confirm, convert, decide, decline,
    give_seat, lapse_proposal, propose, refuse_proposal, withdraw,
};
pub(crate) use answer::{keep_link_until, keep_page_open};
pub use consents::{consent_anew, consent_by_use, consents, in_its_terms, last_consent};
pub use held::{Access, care_of, everything_of, is_last_of_number, number_digest, of_number};
pub(crate) use held::{accesses, note_access_for};
pub use kind::{KindChange, change_kind, kind_changes, kind_of};
pub(crate) use marks::owe_conduct_letter;
pub use marks::{Marks, marks, of_person};
pub(crate) use pages::{has_draft, item_question};
pub use person::{Care, NOTE_AT_MOST, Person};
pub use visit::{Visit, begin, end, exchange, purge_visits, visit, was_ended};

use jiff::{SignedDuration, Timestamp};
use rules::application::{Course, DeclineReason, Intake, Kind, answer_due_for, check_wishes};
use rules::letters::Letter;
use rules::people::Language;
use rules::schedule::Slot;
use rules::terms::eligibility::{Condition, Decisions};
use rules::terms::environment::Declaration;
use rules::terms::suspension::Function;

use crate::app::Context;
use crate::duties;
use crate::error::{Error, Refusal};
use crate::people::{Office, stops};
use crate::records::conduct;
use crate::schedule::desk::DeskBounds;
use crate::schedule::groups;
use crate::secrets::{Token, random};
use crate::store::Tx;

/// An application as the office and the jobseeker see it.
#[derive(Clone, Debug)]
pub struct Application {
    /// Number in the store.
    pub id: i64,
    /// Number of the office.
    pub office: i64,
    /// What the person is told to quote.
    pub receipt: String,
    /// What it asks for.
    pub kind: Kind,
    /// Which group session it asks for, where it asks for one.
    pub group: Option<i64>,
    /// Where it is in its course.
    pub course: Course,
    /// How it came.
    pub intake: Intake,
    /// The language of pages and letters.
    pub language: Language,
    /// When it came.
    pub received_at: Timestamp,
    /// By when the office answers.
    pub answer_due: Timestamp,
    /// Who asks.
    pub person: Person,
    /// Why, and what would help; under a key of its own.
    pub care: Care,
    /// The declaration of article 4.
    pub declaration: Declaration,
    /// Wished times, the first one first.
    pub wishes: Vec<Slot>,
    /// The conditions of article 1, as far as they are decided.
    pub decisions: Decisions,
    /// Why it was declined.
    pub decline_reason: Option<DeclineReason>,
    /// The time that the office proposed.
    pub proposal: Option<Proposal>,
}

impl Application {
    /// The conditions of use, by the version in force when the application came (articles 1, 11).
    ///
    /// # Errors
    /// [`Refusal::NoTerms`].
    pub fn conditions<'a>(&self, office: &'a Office) -> Result<&'a [Condition], Error> {
        Ok(&office.terms(self.received_at)?.choices.conditions)
    }
}

/// A time that the office proposes, kept for the person until it lapses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The proposed time.
    pub slot: Slot,
    /// With whom.
    pub counsellor: i64,
    /// Until when it is kept.
    pub lapses_at: Timestamp,
}

/// An application about to be made.
#[derive(Clone)]
pub struct NewApplication {
    /// Who asks.
    pub person: Person,
    /// Why, and what would help.
    pub care: Care,
    /// The declaration of article 4.
    pub declaration: Declaration,
    /// Wished times, the first one first. None are wished for a group session: it has its time.
    pub wishes: Vec<Slot>,
    /// The group session that is asked for.
    pub group: Option<i64>,
    /// The language of pages and letters.
    pub language: Language,
    /// How it came.
    pub intake: Intake,
    /// Who typed it, when the person did not.
    pub entered_by: Option<i64>,
    /// The version of the terms that was shown or read out.
    pub consented_version: String,
}

/// What the applicant is given.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Number in the store.
    pub id: i64,
    /// What to quote.
    pub receipt: String,
    /// The capability to see and change this one application.
    pub link: Token,
}

/// How long a link works after the last thing it is good for.
const LINK_OUTLIVES: SignedDuration = SignedDuration::from_hours(24);
/// How long a link works while nothing is fixed.
const LINK_OPEN_FOR: SignedDuration = SignedDuration::from_hours(24 * 90);

/// Takes an application in.
///
/// # Errors
/// [`Refusal::ConsentMissing`] when another version than the one in force was shown;
/// [`Refusal::Wishes`] when a wished time is not (or no longer) to be had; [`Refusal::Kind`] when
/// it is not as long as sessions of the wished kind are; [`Refusal::Group`] when the group session
/// cannot be applied for (any more);
/// [`Refusal::CallTheOffice`] when the person's use was ended (article 10(2)).
pub fn apply(tx: &mut Tx<'_>, context: &Context, form: &NewApplication) -> Result<Receipt, Error> {
    stops::check_open(tx, context, Function::Apply.of_kind(form.group.is_some()))?;
    let office = &context.office;
    let consent = consents::brought(context, form)?;
    let wishes = asked_times(tx, context, form)?;
    conduct::check_may_apply(tx, context, &Marks::of(context, &form.person))?;
    let link = Token::draw();
    let receipt = draw_receipt();
    let due = answer_due_for(context.now, &wishes, &office.bounds(context.now)?);
    let id = store::insert(tx, context, form, (&receipt, due, &link))?;
    store::insert_wishes(tx, id, &wishes)?;
    consents::insert(tx, id, &consent)?;
    store::insert_link(tx, &link, id, context.now.saturating_add(LINK_OPEN_FOR).unwrap_or(due))?;
    owe_letter(tx, context, (id, 0), Letter::Receipt)?;
    tx.announce("inbox", &office.slug)?;
    Ok(Receipt { id, receipt, link })
}

/// The times that an application asks for: those that are wished for, or that of its group session,
/// which the rules of wishes do not bind.
fn asked_times(
    tx: &mut Tx<'_>,
    context: &Context,
    form: &NewApplication,
) -> Result<Vec<Slot>, Error> {
    if let Some(group) = form.group {
        return Ok(vec![groups::open_to_apply(tx, context, group)?.plan.slot]);
    }
    let office = &context.office;
    let bounds = office.bounds(context.now)?;
    // Who calls or comes to the counter is bound by the terms, not by what the office set for the
    // web; the same day takes a reason, which is asked for at confirmation.
    let desk = DeskBounds::of(context, true)?;
    let within = match form.intake {
        Intake::Web => bounds,
        Intake::Telephone | Intake::Counter => desk.with(&office.calendar),
    };
    check_wishes(&form.wishes, &within, context.now).map_err(Refusal::Wishes)?;
    check_lengths(context, Kind::wished(&form.care.supports), &form.wishes)?;
    Ok(form.wishes.clone())
}

/// Which group session an application asks for, if it asks for one.
///
/// # Errors
/// Faults of the store.
pub(crate) fn group_of(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Option<i64>, Error> {
    store::group_of(tx, context.office.id, id)
}

/// Wishes are as long as sessions of their kind are in the office.
fn check_lengths(context: &Context, kind: Kind, wishes: &[Slot]) -> Result<(), Error> {
    let practice = &context.office.practice;
    let check = |wish: &Slot| kind.check_minutes(wish.minutes, practice);
    Ok(wishes.iter().try_for_each(check).map_err(Refusal::Kind)?)
}

/// An application of this office.
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn load(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Application, Error> {
    store::load(tx, context, id)?.ok_or(Error::Missing)
}

/// The application of a receipt: its number, and that of its office.
///
/// # Errors
/// [`Error::Missing`] when no office has such a receipt.
pub fn of_receipt(tx: &mut Tx<'_>, receipt: &str) -> Result<(i64, i64), Error> {
    store::of_receipt(tx, receipt)?.ok_or(Error::Missing)
}

/// When the office answered an application (article 2(2)); nothing while it has not.
///
/// # Errors
/// Faults of the store.
pub fn answered_at(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
) -> Result<Option<Timestamp>, Error> {
    store::answered_at(tx, context.office.id, id)
}

/// The capability that letters about an application carry.
///
/// # Errors
/// [`Error::Missing`] when there is no such application in this office.
pub(crate) fn link_of(tx: &mut Tx<'_>, context: &Context, id: i64) -> Result<Token, Error> {
    store::link_of(tx, context, id)
}

/// Notes that a member of staff read an application (design idea 5).
///
/// # Errors
/// [`Error::Missing`] when there is none in this office.
pub fn note_access(
    tx: &mut Tx<'_>,
    context: &Context,
    (id, staff): (i64, i64),
    act: &str,
) -> Result<(), Error> {
    store::insert_access(tx, context, (id, staff), act)
}

/// A line of the inbox.
#[derive(Clone, Debug)]
pub struct InboxLine {
    /// Number in the store.
    pub id: i64,
    /// What the person quotes.
    pub receipt: String,
    /// Where it is in its course.
    pub course: Course,
    /// How it came.
    pub intake: Intake,
    /// When it came.
    pub received_at: Timestamp,
    /// By when the office answers.
    pub answer_due: Timestamp,
    /// Until when the person may answer what was proposed.
    pub lapses_at: Option<Timestamp>,
    /// The first wish.
    pub first_wish: Option<Slot>,
    /// How many applications of this office that are open, or whose session is still to be held,
    /// carry the same number, this one included.
    pub of_same_number: i64,
}

/// Applications that wait for an answer, the most urgent first.
///
/// # Errors
/// Faults of the store.
pub fn inbox(tx: &mut Tx<'_>, context: &Context) -> Result<Vec<InboxLine>, Error> {
    store::inbox(tx, context.office.id)
}

/// Other applications of the same number in this office that are open or still to be held.
///
/// # Errors
/// Faults of the store.
pub fn of_same_number(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
) -> Result<Vec<(i64, String, Course)>, Error> {
    store::of_same_number(tx, context.office.id, id)
}

/// Owes a letter about an application.
pub(crate) fn owe_letter(
    tx: &mut Tx<'_>,
    context: &Context,
    (application, sequence): (i64, u32),
    letter: Letter,
) -> Result<(), Error> {
    let kind = duties::Kind::Write(letter);
    duties::owe(tx, context, &duties::Owed { application, kind, sequence, due_at: context.now })
}

/// Eight characters in two groups, without those that are easily mixed up when read aloud.
fn draw_receipt() -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKMNPRTWXY2345678";
    let below = u32::try_from(LETTERS.len()).unwrap_or(1);
    let mut receipt = String::with_capacity(9);
    for position in 0..8 {
        if position == 4 {
            receipt.push('-');
        }
        receipt.push(char::from(LETTERS[random(below) as usize]));
    }
    receipt
}
