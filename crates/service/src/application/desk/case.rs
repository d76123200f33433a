//! One application on the desk: who asks, what article 1 asks of the office, and which time it is
//! given (article 2(2)).

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rules::application::{Course, DeclineReason, Intake, Kind, fitting_skills};
use rules::people::Act;
use rules::schedule::{DayOff, Skill, Slot, TOKYO};
use rules::terms::environment::{Answer, Item, asked, valid_until};

use super::conditions::{ConditionRow, conditions};
use super::said::{self, FieldFault};
use super::store::{self, DecisionLine, Origin};
use crate::app::Context;
use crate::application::{self, Application, KindChange};
use crate::appointment::{self, Session};
use crate::error::Error;
use crate::records::conduct::{self, Bars};
use crate::schedule::NamedCounsellor;
use crate::schedule::desk::{DayBook, DeskBounds, Grid, Overlay, choice, lay_out};
use crate::schedule::groups::{self, Group};
use crate::secrets::Token;
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::said::Said;
use crate::web::{self, Clerk, Page};

/// Staff look so many days ahead at most.
const LOOK_AHEAD_DAYS: u16 = 366;
/// Days after a wish among which other free times are looked for.
const DAYS_AFTER_A_WISH: u16 = 14;
/// How many other free times are offered.
const NEAR_AT_MOST: usize = 6;
/// How many of them on one day.
const NEAR_OF_A_DAY: usize = 2;

/// What was typed, or stood in the address, and is shown again.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    /// The chosen time, as [`choice::write`] writes it.
    pub(super) time: String,
    /// Another day to look at.
    pub(super) day: String,
    /// A time typed into fields.
    pub(super) date: String,
    pub(super) start: String,
    pub(super) minutes: String,
    pub(super) counsellor: String,
    /// Why on the same day.
    pub(super) reason: String,
    /// Why what it asks for is changed.
    pub(super) kind_reason: String,
    /// Just entered on behalf: the receipt number and the link are to be given.
    pub(super) entered: bool,
}

/// What is read of an application for its page.
struct Case {
    application: Application,
    decisions: Vec<DecisionLine>,
    origin: Origin,
    others: Vec<(i64, String, Course)>,
    session: Option<Session>,
    /// The group session that is asked for.
    group: Option<Group>,
    /// The wishes, as long as sessions of the application's kind are.
    wishes: Vec<Slot>,
    kind_changes: Vec<KindChange>,
    /// What is decided about the person's use, and how many silent cancellations are on file.
    bars: Bars,
    deemed: usize,
    /// Why the session was confirmed for the same day.
    same_day_reason: Option<String>,
    link: Option<Token>,
    /// What a counsellor should best be able to do.
    fitting: BTreeSet<Skill>,
    book: DayBook,
    /// How many days, from today on, the book covers.
    days: u16,
}

/// A day on the page, for one length of session.
struct Panel {
    day: Date,
    minutes: u16,
    /// The wishes of that day and length, by rank; none for a day that staff chose.
    ranks: Vec<usize>,
    off: Option<DayOff>,
    grid: Grid,
}

/// A free time near the first wish.
struct Near {
    value: String,
    slot: Slot,
    counsellor: String,
}

#[derive(Template)]
#[template(path = "application/desk/case.html")]
struct CasePage {
    page: Page,
    faults: Faults,
    typed: Typed,
    case: Case,
    conditions: Vec<ConditionRow>,
    all_met: bool,
    items: Vec<(Item, Answer)>,
    declaration_is_old: bool,
    panels: Vec<Panel>,
    near: Vec<Near>,
    lengths: Vec<u16>,
    asks_reason: bool,
    may_care: bool,
    may_decide: bool,
    may_confirm: bool,
    keys: [String; 7],
    link: String,
    today: Date,
    /// From how many silent cancellations on staff are asked to look.
    asks_from: usize,
    clock: Timestamp,
}

/// The page of an application.
///
/// # Errors
/// [`Error::Missing`] for another office's application.
pub async fn get(
    clerk: Clerk,
    Path(id): Path<i64>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    clerk.must(Act::ReadApplications)?;
    let of = |name: &str| query.get(name).cloned().unwrap_or_default();
    let typed = Typed {
        day: of("day"),
        minutes: of("minutes"),
        entered: query.contains_key("entered"),
        ..Typed::default()
    };
    show(&clerk, id, typed, Faults::none()).await
}

/// Shows the page, with status 422 when something was refused.
///
/// # Errors
/// As [`get`].
pub(super) async fn show(
    clerk: &Clerk,
    id: i64,
    typed: Typed,
    mut faults: Faults,
) -> Result<Response, Error> {
    let context = clerk.context();
    let chosen_day = chosen_day(&typed, &context, &mut faults)?;
    let may_care = clerk.member.role.may(Act::ReadCareWishes);
    let (reader, entered) = (clerk.member.id, typed.entered);
    let within = context.clone();
    let (case, within) = clerk
        .guest
        .app
        .store
        .write(move |tx| {
            let case = read(tx, &within, id, (chosen_day, entered))?;
            application::note_access(tx, &within, (id, reader), "read")?;
            if may_care {
                application::note_access(tx, &within, (id, reader), "read_care")?;
            }
            Ok::<_, Error>((case, application::in_its_terms(tx, &within, id)?))
        })
        .await?;
    let is_refused = !faults.is_empty();
    let page = laid_out((clerk, &within), case, (typed, chosen_day), faults)?;
    let shown = web::show(&page)?;
    Ok(if is_refused { (StatusCode::UNPROCESSABLE_ENTITY, shown).into_response() } else { shown })
}

fn chosen_day(
    typed: &Typed,
    context: &Context,
    faults: &mut Faults,
) -> Result<Option<Date>, Error> {
    use rules::application::WishFault::Refused;
    use rules::schedule::SlotRefusal::{BeyondHorizon, InThePast};
    if typed.day.is_empty() {
        return Ok(None);
    }
    let today = today(context);
    let last = today.checked_add(i64::from(LOOK_AHEAD_DAYS).days()).unwrap_or(Date::MAX);
    let refusal = match choice::date(&typed.day) {
        Ok(day) if day < today => InThePast,
        Ok(day) if day > last => BeyondHorizon,
        Ok(day) => return Ok(Some(day)),
        Err(refusal) => refusal,
    };
    let fault = FieldFault::Wish(Refused(1, refusal));
    faults.add("day", said::of_field(fault, &Said::of(context)?)?);
    Ok(None)
}

fn today(context: &Context) -> Date {
    context.now.to_zoned(TOKYO.clone()).date()
}

fn read(
    tx: &mut Tx<'_>,
    context: &Context,
    id: i64,
    (chosen, entered): (Option<Date>, bool),
) -> Result<Case, Error> {
    let application = application::load(tx, context, id)?;
    let office = context.office.id;
    let marks = application::marks(tx, context, id)?;
    let link = if entered && application.intake != Intake::Web {
        Some(application::link_of(tx, context, id)?)
    } else {
        None
    };
    let today = today(context);
    let wished = application.wishes.iter().map(Slot::date);
    let last = wished.chain(chosen).max().unwrap_or(today).max(today);
    let days = today.until(last).map_or(0, |span| span.get_days());
    let days = u16::try_from(days).unwrap_or(0).min(LOOK_AHEAD_DAYS) + DAYS_AFTER_A_WISH;
    let book = match application.course.is_open() && application.group.is_none() {
        true => DayBook::read(tx, context, today, days)?,
        false => DayBook::default(),
    };
    Ok(Case {
        book,
        days,
        decisions: store::decisions(tx, office, id)?,
        origin: store::origin(tx, office, id)?.ok_or(Error::Missing)?,
        others: application::of_same_number(tx, context, id)?,
        session: appointment::find_session(tx, context, id)?,
        group: groups::find_of(tx, context, id)?,
        bars: conduct::bars(tx, context, &marks)?,
        deemed: appointment::deemed_of_number(tx, context, &marks.number)?.len(),
        same_day_reason: appointment::same_day_reason(tx, context, id)?,
        link,
        fitting: fitting_skills(
            &application.care.supports,
            application.care.interpreter,
            application.language,
        ),
        wishes: application.wishes_of_kind(context),
        kind_changes: application::kind_changes(tx, context, id)?,
        application,
    })
}

fn laid_out(
    (clerk, context): (&Clerk, &Context),
    case: Case,
    (mut typed, chosen_day): (Typed, Option<Date>),
    faults: Faults,
) -> Result<CasePage, Error> {
    let role = clerk.member.role;
    let application = &case.application;
    let bounds = DeskBounds::of(context, role.may(Act::OverrideSameDay))?;
    let practice = &context.office.practice;
    let mut lengths = bounds.lengths();
    lengths.retain(|minutes| application.kind.check_minutes(*minutes, practice).is_ok());
    let (panels, near) = if application.course.is_open() && case.group.is_none() {
        let panels = panels(&case, chosen_day.map(|day| (day, &typed)), &bounds, context);
        let near = near(&case, &panels, &bounds, context);
        (panels, near)
    } else {
        (Vec::new(), Vec::new())
    };
    if typed.time.is_empty() && case.group.is_none() {
        typed.time = first_free_wish(&case, &bounds, context).unwrap_or_default();
    }
    let today = today(context);
    let valid_days = context.office.practice.environment_valid_days;
    let link = case.link.as_ref().map_or_else(String::new, |token| {
        format!("{}/link/{}", clerk.guest.app.site.public_url, token.reveal().as_str())
    });
    Ok(CasePage {
        page: clerk.page(),
        faults,
        conditions: conditions(context, application, &case.decisions)?,
        all_met: application.decisions.all_met(application.conditions(&context.office)?).is_ok(),
        items: items(application),
        declaration_is_old: valid_until(application.declaration.at, valid_days) <= context.now,
        asks_reason: context.office.practice.same_day_by_staff && role.may(Act::OverrideSameDay),
        may_care: role.may(Act::ReadCareWishes),
        may_decide: role.may(Act::DecideApplication),
        may_confirm: role.may(Act::ConfirmAppointment),
        keys: [(); 7].map(|()| Token::draw().reveal().to_string()),
        typed,
        case,
        panels,
        near,
        lengths,
        link,
        today,
        asks_from: usize::from(context.office.practice.ask_after_deemed),
        clock: context.now,
    })
}

/// The items of article 4 that were asked, with their answers.
fn items(application: &Application) -> Vec<(Item, Answer)> {
    let declaration = &application.declaration;
    let items = asked(declaration.device, declaration.join_by).into_iter();
    let answer = |item| declaration.answers.get(&item).copied().unwrap_or(Answer::Unsure);
    items.map(|item| (item, answer(item))).collect()
}

/// The days of the wishes, each once for each length, and the day that staff chose.
fn panels(
    case: &Case,
    chosen: Option<(Date, &Typed)>,
    bounds: &DeskBounds,
    context: &Context,
) -> Vec<Panel> {
    let wishes = &case.wishes;
    let mut days: Vec<(Date, u16)> = Vec::new();
    for wish in wishes {
        if !days.contains(&(wish.date(), wish.minutes)) {
            days.push((wish.date(), wish.minutes));
        }
    }
    if let Some((day, typed)) = chosen {
        let wished = wishes.first().map(|wish| wish.minutes);
        let practice = &context.office.practice;
        let possible = |it: &u16| {
            bounds.lengths().contains(it)
                && case.application.kind.check_minutes(*it, practice).is_ok()
        };
        let typed = typed.minutes.parse().ok().filter(possible);
        let minutes = typed.or(wished).unwrap_or_default();
        days.retain(|it| *it != (day, minutes));
        days.insert(0, (day, minutes));
    }
    let within = bounds.with(&context.office.calendar);
    let panel = |(day, minutes): (Date, u16)| {
        let needs = case.application.kind.needs();
        let ask = rules::schedule::Ask { from: day, days: 1, minutes, needs };
        let openings = case.book.openings(&ask, &within, context);
        let ranked = (1..).zip(wishes);
        let same = ranked.filter(|(_, it)| it.date() == day && it.minutes == minutes);
        let overlay = Overlay { wishes, openings: &openings, fitting: Some(&case.fitting) };
        Panel {
            day,
            minutes,
            ranks: same.map(|(rank, _)| rank).collect(),
            off: context.office.calendar.day_off(day),
            grid: lay_out(&case.book, day, overlay, &within, context),
        }
    };
    days.into_iter().map(panel).collect()
}

/// Free times near the first wish, on days that are not laid out, one counsellor each.
fn near(case: &Case, panels: &[Panel], bounds: &DeskBounds, context: &Context) -> Vec<Near> {
    let Some(wish) = case.wishes.first() else { return Vec::new() };
    let span = (today(context), case.days);
    let needs = case.application.kind.needs();
    let found =
        case.book.near((wish, &needs), span, &bounds.with(&context.office.calendar), context);
    let mut offered: Vec<Near> = Vec::new();
    for opening in found {
        let day = opening.slot.date();
        // Today takes a reason: it is offered only where somebody asked for it.
        let is_shown = day == span.0 || panels.iter().any(|panel| panel.day == day);
        let of_day = offered.iter().filter(|near| near.slot.date() == day).count();
        if is_shown || of_day >= NEAR_OF_A_DAY {
            continue;
        }
        let free = best(case, &opening.counsellors);
        let named = case.book.counsellors.iter().find(|it| Some(it.rule.id) == free);
        offered.extend(named.map(|named| Near {
            value: choice::write(&opening.slot, named.rule.id),
            slot: opening.slot,
            counsellor: named.name.clone(),
        }));
        if offered.len() == NEAR_AT_MOST {
            break;
        }
    }
    offered
}

/// The first wish, by rank, that can be had, and with whom.
fn first_free_wish(case: &Case, bounds: &DeskBounds, context: &Context) -> Option<String> {
    let within = bounds.with(&context.office.calendar);
    let needs = case.application.kind.needs();
    case.wishes.iter().find_map(|wish| {
        let span = (wish.date(), 1);
        let found = case.book.near((wish, &needs), span, &within, context);
        let exact = found.into_iter().find(|opening| opening.slot == *wish)?;
        Some(choice::write(wish, best(case, &exact.counsellors)?))
    })
}

/// Among those who are free, the one who can do most of what the person needs.
fn best(case: &Case, free: &[i64]) -> Option<i64> {
    let fits = |id: &&i64| {
        let named = case.book.counsellors.iter().find(|it| it.rule.id == **id);
        named.map_or(0, |named| named.rule.skills.intersection(&case.fitting).count())
    };
    // Of equals the first one given, as before: `max_by_key` would take the last.
    free.iter().rev().max_by_key(fits).copied()
}

impl CasePage {
    fn has_begun(&self, session: &Session) -> bool {
        self.clock >= session.slot.start
    }

    /// Whether an item is left to be settled.
    fn is_unsettled(answer: &Answer) -> bool {
        matches!(answer, Answer::No | Answer::Unsure)
    }

    /// Whether that length is the one chosen, or else wished for.
    fn is_length(&self, minutes: &u16) -> bool {
        let wished = self.case.wishes.first().map(|wish| wish.minutes);
        self.typed.minutes.parse().ok().or(wished) == Some(*minutes)
    }

    /// What the person wants to talk about.
    fn note(&self) -> &str {
        let note = self.case.application.person.note.as_ref();
        note.filter(|note| !note.is_empty()).map_or("記入なし", |note| note.reveal())
    }

    /// Whether that counsellor can hold a session of this kind.
    fn is_able(&self, named: &NamedCounsellor) -> bool {
        self.case.application.kind.check_skills(&named.rule.skills).is_ok()
    }

    fn is_kind(&self, kind: &Kind) -> bool {
        self.case.application.kind == *kind
    }

    fn is_counsellor(&self, id: &i64) -> bool {
        self.typed.counsellor.parse() == Ok(*id)
    }

    /// Whether a time was typed, so that its fields are open.
    fn typed_a_time(&self) -> bool {
        !self.typed.date.is_empty() || !self.typed.start.is_empty()
    }

    /// Whether something on file should be looked at before an answer. It decides nothing.
    fn asks_about_conduct(&self) -> bool {
        let Bars { ended, declined } = self.case.bars;
        ended.is_some() || declined || self.case.deemed >= self.asks_from
    }

    /// Of conduct, only what a manager has decided can be given as the reason (article 2(4)).
    fn reasons_to_decline(&self) -> Vec<DeclineReason> {
        let can_be_given = |reason: &DeclineReason| match reason {
            DeclineReason::UseDeclined => self.case.bars.declined,
            DeclineReason::UseEnded => false,
            DeclineReason::NoSeat => self.case.application.group.is_some(),
            _ => true,
        };
        DeclineReason::ALL.into_iter().filter(can_be_given).collect()
    }
}
