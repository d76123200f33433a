//! `madoguchi office`: offices of this installation, and what each chooses for itself.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use rules::people::{Practice, PracticeFault};
use rules::records::retention::{LEAST_MONTHS, MOST_MONTHS};
use rules::session::ProfileFault;
use service::error::Error;
use service::people::{self, NewOffice};
use service::terms;

use super::{Configured, explained, open, stops};

#[derive(Subcommand)]
pub(super) enum OfficeCommand {
    /// Open an office, under the model terms of use
    Open(OpenOffice),
    /// List the offices
    List(Configured),
    /// Replace an office's own choices, such as the items of the usage record
    Practice(ChoosePractice),
    /// Stop a function of the service, at once or planned (article 10(1) of the terms)
    Stop(stops::StopService),
    /// List the stops that were not lifted: number, office, function, from, until, reason, state
    Stops(stops::ListStops),
    /// Lift a stop: the function is open again, or a planned stop is called off
    Lift(stops::LiftStop),
}

#[derive(Args)]
pub(super) struct OpenOffice {
    #[command(flatten)]
    configured: Configured,
    /// Short name in addresses: small letters, digits, dashes
    #[arg(long)]
    slug: String,
    /// Name, as jobseekers know it
    #[arg(long)]
    name: String,
    /// Telephone number, also for cancelling
    #[arg(long)]
    telephone: String,
    /// Postal address
    #[arg(long, default_value = "")]
    address: String,
    /// The court of article 14 of the terms
    #[arg(long)]
    court: String,
    /// The office's own choices, as a JSON file; see docs/running.md
    #[arg(long, value_name = "FILE")]
    practice: Option<PathBuf>,
    /// The folder of the office's own version of the terms (default: the model terms)
    #[arg(long, value_name = "DIR")]
    terms: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct ChoosePractice {
    #[command(flatten)]
    configured: Configured,
    /// Short name of the office
    #[arg(long)]
    slug: String,
    /// The office's own choices, as a JSON file; what it leaves out gets its default
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(asked: OfficeCommand) -> anyhow::Result<()> {
    match asked {
        OfficeCommand::Open(asked) => open_office(&asked),
        OfficeCommand::List(configured) => list_offices(&configured.config),
        OfficeCommand::Practice(asked) => choose_practice(&asked),
        OfficeCommand::Stop(asked) => stops::stop(&asked),
        OfficeCommand::Stops(asked) => stops::list(&asked),
        OfficeCommand::Lift(asked) => stops::lift(&asked),
    }
}

fn open_office(asked: &OpenOffice) -> anyhow::Result<()> {
    let practice = match &asked.practice {
        Some(file) => read_practice(file)?,
        None => Practice::default(),
    };
    let office = NewOffice {
        slug: asked.slug.clone(),
        name: asked.name.clone(),
        telephone: asked.telephone.clone(),
        address: asked.address.clone(),
        court: asked.court.clone(),
        practice,
    };
    explained(terms::check_court(&asked.court, &asked.address), "the court is unknown")?;
    let source = match &asked.terms {
        Some(folder) => terms::Source::from_folder(folder)?,
        None => terms::Source::model(),
    };
    let version = explained(source.read(), "the terms cannot be read")?.version;
    let app = open(&asked.configured.config)?.0;
    let now = app.clock.now();
    let done = app.store.write_blocking(move |tx| {
        if people::offices(tx)?.iter().any(|(slug, _)| *slug == office.slug) {
            return Err(Error::Missing);
        }
        let id = people::open_office(tx, &office, now)?;
        terms::publish(tx, id, &source, now)
    });
    explained(done, &format!("an office {} exists already", asked.slug))?;
    println!("{} is open under the terms {version}", asked.name);
    Ok(())
}

fn list_offices(config: &Path) -> anyhow::Result<()> {
    let app = open(config)?.0;
    let offices = app.store.read_blocking(people::offices);
    for (slug, name) in explained(offices, "the offices cannot be read")? {
        println!("{slug}\t{name}");
    }
    Ok(())
}

fn read_practice(file: &Path) -> anyhow::Result<Practice> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    let practice: Practice =
        serde_json::from_str(&text).with_context(|| format!("in {}", file.display()))?;
    match practice.check() {
        Ok(()) => Ok(practice),
        Err(PracticeFault::OpensTooEarly) => {
            bail!("join_opens_minutes_before: write at most 240, four hours")
        }
        Err(PracticeFault::Retention(class)) => {
            bail!(
                "retention.{}: write months from {LEAST_MONTHS} to {MOST_MONTHS}, thirty years",
                class.code()
            )
        }
        Err(PracticeFault::ToolTerms) => {
            bail!("tool_terms: write an address that begins with https://")
        }
        Err(PracticeFault::NobodyStops(function)) => {
            let code = function.code();
            bail!("may_stop.{code}: name at least one role, or nobody could open it again")
        }
        // The numbers of the terms are known once the office is.
        Err(PracticeFault::SupporterMinutes) => Ok(practice),
        Err(PracticeFault::Features(ProfileFault::Recording)) => {
            bail!("features.recording: the terms forbid recording, by any method")
        }
        Err(PracticeFault::Features(ProfileFault::NoSound)) => {
            bail!("features.microphone: a talk needs sound; write \"everybody\" or \"optional\"")
        }
        Err(PracticeFault::Features(ProfileFault::OnlyChatByPermission)) => {
            bail!(
                "features: in the room staff permit the chat only; write \"optional\" for the rest"
            )
        }
    }
}

/// Replaces an office's own choices. A running program sees them a few seconds later.
fn choose_practice(asked: &ChoosePractice) -> anyhow::Result<()> {
    let practice = read_practice(&asked.file)?;
    let app = open(&asked.configured.config)?.0;
    let slug = asked.slug.clone();
    let done = app.store.write_blocking(move |tx| {
        let office = people::office_by_slug(tx, &slug)?;
        if let Some(latest) = office.editions.iter().last()
            && practice.check_under(&latest.rules) == Err(PracticeFault::SupporterMinutes)
        {
            let (shortest, longest) = (latest.rules.shortest_minutes, latest.rules.longest_minutes);
            let step = practice.step_minutes;
            return Err(anyhow::anyhow!(
                "supporter_minutes: write a multiple of {step} from {shortest} to {longest}"
            )
            .into());
        }
        people::set_practice(tx, office.id, &practice)
    });
    explained(done, &format!("there is no office {}", asked.slug))?;
    println!("{} goes by the choices of {}", asked.slug, asked.file.display());
    Ok(())
}
