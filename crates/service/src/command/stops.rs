//! `madoguchi office stop`, `stops` and `lift`: functions of the service that are stopped in one
//! office or in all of them (article 10(1)).

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::bail;
use clap::{ArgGroup, Args};
use jiff::Timestamp;
use rules::people::{FreeText, Language};
use rules::terms::suspension::{Function, Stop};
use service::app::{App, Context};
use service::error::Error;
use service::people;
use service::people::stops::{self, Cause, NewStop, StopLine};
use service::store::Tx;
use service::words::Words;

use super::{Configured, explained, open};

/// What people are told of a stop, and why it is lifted: at most so many characters.
const NOTE_AT_MOST: usize = 120;

#[derive(Args)]
#[command(group = ArgGroup::new("where").required(true))]
pub(super) struct Whose {
    #[command(flatten)]
    configured: Configured,
    /// Short name of the office
    #[arg(long, value_name = "SLUG", group = "where")]
    office: Option<String>,
    /// Every office of this installation
    #[arg(long, group = "where")]
    all_offices: bool,
}

#[derive(Args)]
pub(super) struct StopService {
    #[command(flatten)]
    whose: Whose,
    /// What is stopped: apply, confirm, join, group or all
    #[arg(long, value_parser = read_function)]
    function: Function,
    /// From when on, as 2026-11-24T09:00:00+09:00 (default: now)
    #[arg(long, value_name = "TIME")]
    from: Option<Timestamp>,
    /// Until when (default: until it is lifted)
    #[arg(long, value_name = "TIME")]
    until: Option<Timestamp>,
    /// Why: maintenance, failure, disaster, staffing or other
    #[arg(long, value_parser = read_cause)]
    reason: Cause,
    /// What people are told of it on the pages; another reason needs it
    #[arg(long, default_value = "", value_parser = read_note)]
    note: FreeText,
}

#[derive(Args)]
pub(super) struct ListStops {
    #[command(flatten)]
    whose: Whose,
}

#[derive(Args)]
pub(super) struct LiftStop {
    #[command(flatten)]
    whose: Whose,
    /// The number of the stop, as `office stops` lists it
    #[arg(long, value_name = "NUMBER")]
    stop: i64,
    /// Why it is lifted
    #[arg(long, value_parser = read_note)]
    note: FreeText,
}

fn read_function(code: &str) -> Result<Function, String> {
    let codes = Function::ALL.map(Function::code).join(", ");
    Function::parse(code).ok_or_else(|| format!("one of {codes}"))
}

fn read_cause(code: &str) -> Result<Cause, String> {
    let codes = Cause::ALL.map(Cause::code).join(", ");
    Cause::parse(code).ok_or_else(|| format!("one of {codes}"))
}

fn read_note(text: &str) -> Result<FreeText, String> {
    let shaped = FreeText::parse(text, NOTE_AT_MOST);
    shaped.map_err(|_| format!("at most {NOTE_AT_MOST} characters, none of them invisible"))
}

/// What a unit of work needs of each office that is meant, all at one instant.
fn contexts(
    app: &App,
    tx: &mut Tx<'_>,
    (office, now): (Option<&str>, Timestamp),
) -> Result<Vec<Context>, Error> {
    let slugs = match office {
        Some(slug) => vec![slug.to_owned()],
        None => people::offices(tx)?.into_iter().map(|(slug, _)| slug).collect(),
    };
    let context = |slug: String| {
        let office = people::office_by_slug(tx, &slug)?;
        Ok(Context { now, ..app.context(Arc::new(office)) })
    };
    slugs.into_iter().map(context).collect()
}

/// Does something for the offices that are meant, as one unit of work.
fn carry_out<T: Send + 'static>(
    app: App,
    whose: &Whose,
    now: Timestamp,
    work: impl Fn(&mut Tx<'_>, &[Context]) -> Result<T, Error> + Send + 'static,
) -> anyhow::Result<T> {
    let office = whose.office.clone();
    let missing = match &office {
        Some(slug) => format!("there is no office {slug}, or it has no such stop"),
        None => "there is no office yet, or no such stop of all offices".to_owned(),
    };
    let store = app.store.clone();
    let done = store.write_blocking(move |tx| {
        let offices = contexts(&app, tx, (office.as_deref(), now))?;
        if offices.is_empty() {
            return Err(Error::Missing);
        }
        work(tx, &offices)
    });
    match done {
        Err(Error::Refused(refusal)) => bail!(Words::new(Language::English).plain(refusal.key())),
        done => explained(done, &missing),
    }
}

/// Stops a function. A running program heeds it at once and tells of it on its pages a few
/// seconds later.
pub(super) fn stop(asked: &StopService) -> anyhow::Result<()> {
    let app = open(&asked.whose.configured.config)?.0;
    let now = app.clock.now();
    let function = asked.function;
    let stop = Stop { function, from: asked.from.unwrap_or(now), until: asked.until };
    let everywhere = asked.whose.all_offices;
    let new = NewStop { stop, cause: asked.reason, note: asked.note.clone(), everywhere };
    let id = carry_out(app, &asked.whose, now, move |tx, offices| match offices {
        [context] if !new.everywhere => stops::stop_service(tx, context, &new, None),
        offices => stops::stop_everywhere(tx, offices, &new),
    })?;
    println!("{id}\t{} is stopped", function.code());
    Ok(())
}

/// Lists the stops that were not lifted, with what a person should look at.
pub(super) fn list(asked: &ListStops) -> anyhow::Result<()> {
    let app = open(&asked.whose.configured.config)?.0;
    let now = app.clock.now();
    let lines = carry_out(app, &asked.whose, now, |tx, offices| {
        let mut lines = Vec::new();
        for context in offices {
            let after_days = context.office.practice.stop_forgotten_after_days;
            for line in stops::stops(tx, context.office.id)? {
                lines.push((context.office.slug.clone(), line, after_days));
            }
        }
        Ok(lines)
    })?;
    let mut of_all = BTreeSet::new();
    for (slug, line, after_days) in lines.iter().filter(|(_, line, _)| line.lifted.is_none()) {
        // One of all offices is told once.
        if line.everywhere && !of_all.insert(line.id) {
            continue;
        }
        let whose = if line.everywhere { "all offices" } else { slug };
        let until = line.stop.until.map_or("lifted".to_owned(), |until| until.to_string());
        let (id, function, cause) = (line.id, line.stop.function.code(), line.cause.code());
        let from = line.stop.from;
        let state = state(line, now, *after_days);
        println!("{id}\t{whose}\t{function}\t{from}\tuntil {until}\t{cause}\t{state}");
    }
    Ok(())
}

fn state(line: &StopLine, now: Timestamp, after_days: u16) -> &'static str {
    match line {
        line if line.is_planned(now) => "planned",
        line if line.seems_forgotten(now, after_days) => "forgotten?",
        line if line.holds(now) => "holds",
        _ => "over",
    }
}

/// Lifts a stop.
pub(super) fn lift(asked: &LiftStop) -> anyhow::Result<()> {
    let app = open(&asked.whose.configured.config)?.0;
    let (now, id, note) = (app.clock.now(), asked.stop, asked.note.clone());
    let everywhere = asked.whose.all_offices;
    carry_out(app, &asked.whose, now, move |tx, offices| match offices {
        [context] if !everywhere => stops::lift(tx, context, id, (&note, None)),
        offices => stops::lift_everywhere(tx, offices, (id, &note)),
    })?;
    println!("{id}\tis lifted");
    Ok(())
}
