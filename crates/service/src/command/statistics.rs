//! `madoguchi statistics`: sums over several offices, for the bureau that they belong to.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use jiff::civil::Date;
use rules::records::statistics::By;
use rules::terms::courts::Prefecture;
use rules::terms::usage_records::Purpose;
use service::app::Context;
use service::error::Error;
use service::people;
use service::records::statistics::{Format, Period, Report, report_of_offices};

use super::terms::{offices_meant, read_prefecture};
use super::{Configured, explained, open};

/// Sums of sessions over offices, into a file.
#[derive(Args)]
pub(super) struct Sums {
    /// Short name of an office; several times for several offices
    #[arg(long, required_unless_present = "prefecture")]
    office: Vec<String>,
    /// Every office of a prefecture, by its address, such as 大阪府
    #[arg(long, value_name = "NAME", conflicts_with = "office", value_parser = read_prefecture)]
    prefecture: Option<Prefecture>,
    /// The first day: 2026-04-01
    #[arg(long, value_name = "DATE")]
    from: Date,
    /// The last day
    #[arg(long, value_name = "DATE")]
    until: Date,
    /// By what the rows are: office, day, month, kind, hour, outcome
    #[arg(long, value_name = "BY", default_value = "office", value_parser = read_by)]
    rows: By,
    /// By what the columns are, likewise
    #[arg(long, value_name = "BY", default_value = "outcome", value_parser = read_by)]
    columns: By,
    /// For which purpose of article 5(1): operation, usage or convenience. Each office keeps it
    #[arg(long, value_parser = read_purpose)]
    purpose: Purpose,
    /// Whose responsibility it is: the login of an account in one of the offices
    #[arg(long, value_name = "LOGIN")]
    by: String,
    /// The format: xlsx, csv-utf8 or csv-sjis
    #[arg(long, default_value = "xlsx", value_parser = read_format)]
    format: Format,
    /// The file; one that is there is not written over
    #[arg(long, value_name = "FILE")]
    into: PathBuf,
    #[command(flatten)]
    configured: Configured,
}

fn read_by(code: &str) -> Result<By, String> {
    let codes = || By::ALL.map(By::code).join(", ");
    By::parse(code).ok_or_else(|| format!("one of {}", codes()))
}

fn read_purpose(code: &str) -> Result<Purpose, String> {
    let codes = || Purpose::ALL.map(Purpose::code).join(", ");
    Purpose::parse(code).ok_or_else(|| format!("one of {}", codes()))
}

fn read_format(code: &str) -> Result<Format, String> {
    let codes = || Format::ALL.map(Format::code).join(", ");
    Format::parse(code).ok_or_else(|| format!("one of {}", codes()))
}

pub(super) fn run(asked: Sums) -> anyhow::Result<()> {
    let Ok(period) = Period::new(asked.from, asked.until) else {
        bail!("--until lies before --from, or more than five years after it");
    };
    let report = Report {
        purpose: asked.purpose,
        period,
        rows: asked.rows,
        columns: vec![asked.columns],
        format: asked.format,
        is_public: false,
    };
    let into = OpenOptions::new().write(true).create_new(true).open(&asked.into);
    let mut into = into.with_context(|| format!("{} cannot be made", asked.into.display()))?;
    let app = open(&asked.configured.config)?.0;
    let missing = "there is no such office, or no such account in one of them";
    let (shared, named, by) = (app.clone(), asked.office, asked.by);
    let done = app.store.write_blocking(move |tx| {
        let meant = offices_meant(tx, &named, asked.prefecture)?.into_iter();
        let offices: Vec<Context> = meant.map(|office| shared.context(office.into())).collect();
        let mut staff = None;
        for context in &offices {
            match people::staff_of(tx, context.office.id, &by) {
                Ok(found) => staff = Some(found),
                Err(Error::Missing) => {}
                Err(other) => return Err(other),
            }
        }
        let staff = staff.ok_or(Error::Missing)?;
        Ok((report_of_offices(tx, &offices, (staff, &report))?, offices.len()))
    });
    let written = explained(done, missing).and_then(|(octets, count)| {
        into.write_all(&octets)?;
        Ok(count)
    });
    if written.is_err() {
        // Nothing half made is left behind.
        std::fs::remove_file(&asked.into)?;
    }
    println!("sums of {} offices are in {}", written?, asked.into.display());
    Ok(())
}
