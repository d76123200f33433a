//! `madoguchi terms`: versions of the terms of use, tried, checked, compared and published.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use rules::people::Language;
use rules::terms::courts::{self, Prefecture};
use rules::terms::{Editions, Terms, VersionName};
use service::error::Error;
use service::people::Office;
use service::store::Tx;
use service::terms::{self, Source, trial};
use service::{people, records};

use super::terms_import::{Imported, import};
use super::{Configured, explained, open};

#[derive(Subcommand)]
pub(super) enum TermsCommand {
    /// Put cases to a version: a JSON object a line on standard input, one a line in answer, with
    /// the article that decides; docs/codes.md. Ends with 1 when a line was no case
    Try(Trial),
    /// Print the table of the names that `try` and `explain` use
    Codes,
    /// Read an office's text and write the files of a version: the text in order, the numbers with
    /// the phrases they stand on, and what is left to be completed
    Import(Imported),
    /// Say what is not in order in a version, and whether it fits to an office; nothing is changed
    Check(Checked),
    /// Say what the later of two versions says otherwise, passage by passage
    Diff(Compared),
    /// Store a version for an office. It never changes afterwards
    Publish(Published),
}

/// An office whose versions are meant.
#[derive(Args)]
pub(super) struct OfOffice {
    #[command(flatten)]
    configured: Configured,
    /// Short name of the office
    #[arg(long)]
    office: Option<String>,
}

#[derive(Args)]
pub(super) struct Trial {
    /// The version: its name, or the folder of its files
    #[arg(long, value_name = "VERSION", default_value = "model-1")]
    terms: String,
    #[command(flatten)]
    of: OfOffice,
}

#[derive(Args)]
pub(super) struct Checked {
    /// The folder: version.toml, ja.txt and, where there are translations, ja-easy.txt and en.txt
    folder: PathBuf,
    #[command(flatten)]
    of: OfOffice,
}

#[derive(Args)]
pub(super) struct Compared {
    /// The earlier version: its name, or the folder of its files
    earlier: String,
    /// The later version, likewise
    later: String,
    #[command(flatten)]
    of: OfOffice,
}

#[derive(Args)]
pub(super) struct Published {
    /// The folder of the version's files
    folder: PathBuf,
    /// Short name of the office; several times for several offices
    #[arg(long, required_unless_present = "prefecture")]
    office: Vec<String>,
    /// Every office of a prefecture, by its address: one text for a whole bureau, such as 大阪府
    #[arg(long, value_name = "NAME", conflicts_with = "office", value_parser = read_prefecture)]
    prefecture: Option<Prefecture>,
    /// The day on which it takes effect, as the text says it: 2027-04-01
    #[arg(long, value_name = "DATE")]
    from: Date,
    #[command(flatten)]
    configured: Configured,
}

pub(super) fn run(asked: TermsCommand) -> anyhow::Result<()> {
    match asked {
        TermsCommand::Try(Trial { terms, of }) => try_cases(&version(&terms, &of)?),
        TermsCommand::Codes => {
            print!("{}", trial::table());
            Ok(())
        }
        TermsCommand::Import(asked) => import(&asked),
        TermsCommand::Check(asked) => check(&asked),
        TermsCommand::Diff(asked) => compare(&asked),
        TermsCommand::Publish(asked) => publish(asked),
    }
}

/// Prints what [`service::records::explain`] finds.
pub(super) fn explain(configured: &Configured, receipt: &str) -> anyhow::Result<()> {
    let app = open(&configured.config)?.0;
    let (asked, explaining) = (receipt.trim().to_owned(), app.clone());
    let told = app.store.read_blocking(move |tx| records::explain(tx, &explaining, &asked));
    for line in explained(told, &format!("no office has a receipt {receipt}"))? {
        println!("{line}");
    }
    Ok(())
}

impl OfOffice {
    fn open(&self) -> anyhow::Result<Option<Arc<Office>>> {
        let Some(slug) = self.office.clone() else { return Ok(None) };
        let app = open(&self.configured.config)?.0;
        let missing = format!("there is no office {slug}");
        let office = app.store.read_blocking(move |tx| people::office_by_slug(tx, &slug));
        explained(office, &missing).map(|office| Some(Arc::new(office)))
    }
}

/// A version by its name (the model's, or one of the office's), or from the folder of its files.
fn version(named: &str, of: &OfOffice) -> anyhow::Result<Terms> {
    if let Some(office) = of.open()? {
        let found = VersionName::parse(named)
            .and_then(|name| office.under(named).editions.named(&name).cloned());
        if let Some(terms) = found {
            return Ok(terms);
        }
    }
    let model = rules::terms::model();
    if named == model.version.to_string() {
        return Ok(model);
    }
    if Path::new(named).is_dir() {
        return in_order(&Source::from_folder(Path::new(named))?);
    }
    bail!("there is no version {named}: give a name with --office, or the folder of its files")
}

/// The version, or each of its faults on a line of its own.
fn in_order(source: &Source) -> anyhow::Result<Terms> {
    source.check().map_err(|faults| {
        let said: Vec<String> = faults.iter().map(terms::sentence).collect();
        anyhow::anyhow!("the version is not in order:\n{}", said.join("\n"))
    })
}

fn try_cases(terms: &Terms) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let mut not_understood = 0;
    for line in std::io::stdin().lock().lines() {
        let line = line.context("standard input is not text in UTF-8")?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = trial::answer(terms, &line).unwrap_or_else(|error| {
            not_understood += 1;
            error
        });
        writeln!(out, "{answer}").context("the answer cannot be written")?;
    }
    match not_understood {
        0 => Ok(()),
        count => bail!("{count} lines were no cases"),
    }
}

fn check(asked: &Checked) -> anyhow::Result<()> {
    let terms = in_order(&Source::from_folder(&asked.folder)?)?;
    if let Some(office) = asked.of.open()? {
        let stored = std::iter::once(&office).chain(&office.variants);
        let others = stored.flat_map(|it| it.editions.iter()).cloned().chain([terms.clone()]);
        if let Err(refusal) = Editions::by_audience(others.collect()) {
            bail!("{}", terms::beside_others(&refusal));
        }
        explained(terms::check_court(&office.court, &office.address), "the court is unknown")?;
    }
    let without: Vec<String> = Language::ALL
        .into_iter()
        .filter(|language| !terms.is_in(*language))
        .map(terms::folder::text_file)
        .collect();
    if !without.is_empty() {
        println!("readers of other languages are shown the Japanese: no {}", without.join(", "));
    }
    println!("{} is in order; in force from {}", terms.version, terms.effective_from);
    for number in &terms.numbers {
        println!("{}\t{}\t{}", number.article, number.name.code(), number.phrase);
    }
    for choice in &terms.chosen {
        let (name, value) = (choice.chosen.name().code(), choice.chosen.code());
        let article = choice.article.map_or_else(|| "-".to_owned(), |it| it.to_string());
        println!("{article}\t{name} = {value}\t{}", choice.phrase);
    }
    Ok(())
}

fn compare(asked: &Compared) -> anyhow::Result<()> {
    let (earlier, later) = (version(&asked.earlier, &asked.of)?, version(&asked.later, &asked.of)?);
    let japanese = Language::Japanese;
    let changes = terms::changes(earlier.text(japanese), later.text(japanese));
    for change in &changes {
        println!("@ {}", change.place());
        for (sign, said) in [('-', &change.before), ('+', &change.after)] {
            if let Some(said) = said {
                println!("{sign} {said}");
            }
        }
    }
    println!(
        "{} passages of {} say otherwise than {}",
        changes.len(),
        later.version,
        earlier.version
    );
    Ok(())
}

pub(super) fn read_prefecture(name: &str) -> Result<Prefecture, String> {
    courts::prefecture_of_address(name)
        .filter(|prefecture| prefecture.name() == name)
        .ok_or_else(|| "the name of a prefecture, such as 大阪府".to_owned())
}

/// The offices of these short names, or every one whose address lies in the prefecture.
pub(super) fn offices_meant(
    tx: &mut Tx<'_>,
    named: &[String],
    prefecture: Option<Prefecture>,
) -> Result<Vec<Office>, Error> {
    let Some(prefecture) = prefecture else {
        return named.iter().map(|slug| people::office_by_slug(tx, slug)).collect();
    };
    let all = people::offices(tx)?.into_iter();
    let offices: Result<Vec<Office>, Error> =
        all.map(|(slug, _)| people::office_by_slug(tx, &slug)).collect();
    let is_there = |it: &Office| courts::prefecture_of_address(&it.address) == Some(prefecture);
    Ok(offices?.into_iter().filter(is_there).collect())
}

/// Stores the version for each of the offices, or for none of them.
fn publish(asked: Published) -> anyhow::Result<()> {
    let Published { folder, office: named, prefecture, from, configured } = asked;
    let source = Source::from_folder(&folder)?;
    let version = in_order(&source)?.version;
    let app = open(&configured.config)?.0;
    let now = app.clock.now();
    let missing = format!("there is no office {}", named.join(", "));
    let done = app.store.write_blocking(move |tx| {
        let mut published = Vec::new();
        for office in offices_meant(tx, &named, prefecture)? {
            terms::check_court(&office.court, &office.address)?;
            terms::publish_from(tx, office.id, &source, (from, now))?;
            published.push(office.slug);
        }
        Ok(published)
    });
    let published = explained(done, &missing)?;
    if published.is_empty() {
        bail!("no office has an address in that prefecture");
    }
    for slug in published {
        println!("{version} of {slug} takes effect on {from}");
    }
    Ok(())
}
