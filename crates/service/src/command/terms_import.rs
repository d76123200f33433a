//! `madoguchi terms import`: an office's text becomes the files of a version, to be completed.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use rules::people::Language;
use rules::terms::proposal::{Note, propose};
use rules::terms::{Audience, VersionName};
use service::terms::folder::{NUMBERS, text_file};
use service::terms::{Source, sentence};

#[derive(Args)]
pub(super) struct Imported {
    /// The text in Japanese, as plain text in UTF-8
    file: PathBuf,
    /// The folder for the version's files; made if it is not there
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// The version's name: a series and its place, such as sakae-1
    #[arg(long, value_name = "NAME", value_parser = read_version)]
    version: VersionName,
    /// For whom the text is written, as a code
    #[arg(long, value_name = "CODE", default_value = "home", value_parser = read_audience)]
    audience: Audience,
}

fn read_version(name: &str) -> Result<VersionName, String> {
    VersionName::parse(name).ok_or("a series and its place in it, such as sakae-1".to_owned())
}

fn read_audience(code: &str) -> Result<Audience, String> {
    Audience::parse(code).ok_or("a code of small letters, digits and dashes".to_owned())
}

pub(super) fn import(asked: &Imported) -> anyhow::Result<()> {
    let octets = std::fs::read(&asked.file)
        .with_context(|| format!("{} cannot be read", asked.file.display()))?;
    let text = String::from_utf8(octets)
        .with_context(|| format!("{} is not text in UTF-8", asked.file.display()))?;
    let proposal = propose(text.trim_start_matches('\u{feff}'));
    if proposal.text.articles.is_empty() {
        bail!("{} has no articles (第１条 …)", asked.file.display());
    }
    std::fs::create_dir_all(&asked.into)
        .with_context(|| format!("{} cannot be made", asked.into.display()))?;
    let numbers = proposal.version_toml(&asked.version, &asked.audience);
    write_new(&asked.into.join(NUMBERS), &numbers)?;
    write_new(&asked.into.join(text_file(Language::Japanese)), &proposal.text_source())?;
    for note in &proposal.notes {
        println!("look  {}", said(note));
    }
    let count = proposal.text.articles.len();
    println!("{count} articles are in {}", asked.into.display());
    match Source::from_folder(&asked.into)?.check() {
        Ok(_) => println!("every number stands on its phrase; next: madoguchi terms check"),
        Err(faults) => {
            println!("to be completed in {NUMBERS} and the text:");
            faults.iter().for_each(|fault| println!("  {}", sentence(fault)));
        }
    }
    Ok(())
}

/// Nothing that somebody has completed is written over.
fn write_new(file: &Path, text: &str) -> anyhow::Result<()> {
    let made = OpenOptions::new().write(true).create_new(true).open(file);
    let mut made = made.with_context(|| {
        format!("{} cannot be made; a version that is there is not written over", file.display())
    })?;
    made.write_all(text.as_bytes()).with_context(|| format!("{} cannot be written", file.display()))
}

fn said(note: &Note) -> String {
    match note {
        Note::CutOff => "the text is longer than any terms; the rest was not read".to_owned(),
        Note::LeftOut(line) => format!("left out, as it is no wording: {line}"),
        Note::OutOfTurn { clause, line } => {
            format!("{clause}: this looks like a beginning out of its turn: {line}")
        }
        Note::Text(fault) => sentence(&rules::terms::Fault::Text(Language::Japanese, *fault)),
        Note::Ambiguous(name) => {
            format!("{}: several may be meant; the likeliest is proposed", name.code())
        }
        Note::Missing(name) => format!("{}: the text does not seem to state it", name.code()),
        Note::TimeLeftOver { clause, time } => {
            format!("{clause}: {} is in no window", time.strftime("%H:%M"))
        }
        Note::WorkingDays { clause, words } => {
            format!("{clause}: {words} counts days on which the office is open; see days_counted")
        }
        Note::Office { clause, name } => {
            format!("{clause}: the office {name}; write {{office}} to have it filled in")
        }
        Note::Court { clause, name, prefecture } => match prefecture {
            Some(prefecture) => format!("{clause}: the court {name}, of {}", prefecture.name()),
            None => format!("{clause}: the court {name}, of no known prefecture"),
        },
        Note::Tool { clause, name } => {
            format!("{clause}: the tool {name}; write {{tool}} to have it filled in")
        }
        Note::Citation { clause, words } => format!("{clause}: cites {words}"),
    }
}
