//! `madoguchi zoom`: hosts, and whether the account is as it has to be.

use anyhow::bail;
use clap::{Args, Subcommand};
use service::error::Error;
use service::people::{self, Office};
use service::session::zoom::check::{Finding, Grade, check};
use service::session::zoom::reconcile::reconcile;
use service::session::zoom::{self, NewHost};

use super::{Configured, explained, open};

#[derive(Subcommand)]
pub(super) enum ZoomCommand {
    /// Look at the account, the app's scopes, the hosts, their settings and the webhook; nothing
    /// is changed. Ends with 1 when sessions cannot be held so
    Check(OfOffice),
    /// Compare the meetings in Zoom with the records, and put right what differs
    Reconcile(OfOffice),
    /// Users of the Zoom account who hold an office's sessions
    #[command(subcommand)]
    Hosts(HostsCommand),
}

#[derive(Args)]
pub(super) struct OfOffice {
    #[command(flatten)]
    configured: Configured,
    /// Short name of the office
    #[arg(long)]
    office: String,
}

#[derive(Subcommand)]
pub(super) enum HostsCommand {
    /// Add a user of the Zoom account to the office's pool
    Add {
        #[command(flatten)]
        of: OfOffice,
        /// The user's ID in Zoom, or the e-mail address by which they sign in to Zoom
        #[arg(long, value_name = "USER")]
        zoom_user: String,
        /// How many meetings they can hold at once: 1, or 2 on the plan Business and above
        #[arg(long, value_name = "NUMBER", default_value_t = 1)]
        at_once: u8,
    },
    /// List the office's pool
    List(OfOffice),
    /// Take a user out of the pool; meetings that they hold already stay
    End {
        #[command(flatten)]
        configured: Configured,
        /// As it was added
        #[arg(long, value_name = "USER")]
        zoom_user: String,
    },
}

pub(super) fn run(asked: ZoomCommand) -> anyhow::Result<()> {
    match asked {
        ZoomCommand::Check(of) => check_account(&of),
        ZoomCommand::Reconcile(of) => compare(&of),
        ZoomCommand::Hosts(HostsCommand::Add { of, zoom_user, at_once }) => {
            let (app, office) = of.open()?;
            let (host, now) = (NewHost { zoom_user, at_once }, app.clock.now());
            let name = host.zoom_user.clone();
            let done =
                app.store.write_blocking(move |tx| zoom::add_host(tx, office.id, &host, now));
            match done {
                Err(Error::Refused(service::error::Refusal::LoginTaken)) => {
                    bail!("{name} is in the pool of an office already")
                }
                Err(Error::Refused(_)) => {
                    bail!("{name} is no user ID or address, or --at-once is neither 1 nor 2")
                }
                done => explained(done, "the office is gone")?,
            }
            println!("{name} holds sessions of {}", of.office);
            Ok(())
        }
        ZoomCommand::Hosts(HostsCommand::List(of)) => {
            let (app, office) = of.open()?;
            let pool = app.store.read_blocking(move |tx| zoom::hosts(tx, office.id));
            for host in explained(pool, "the pool cannot be read")? {
                println!("{}\t{} at once", host.zoom_user, host.at_once);
            }
            Ok(())
        }
        ZoomCommand::Hosts(HostsCommand::End { configured, zoom_user }) => {
            let app = open(&configured.config)?.0;
            let (name, now) = (zoom_user.clone(), app.clock.now());
            let done = app.store.write_blocking(move |tx| zoom::end_host(tx, &zoom_user, now));
            explained(done, &format!("{name} is in no office's pool"))?;
            println!("{name} holds no further sessions");
            Ok(())
        }
    }
}

impl OfOffice {
    fn open(&self) -> anyhow::Result<(service::app::App, Office)> {
        let app = open(&self.configured.config)?.0;
        let slug = self.office.clone();
        let office = app.store.read_blocking(move |tx| people::office_by_slug(tx, &slug));
        Ok((app, explained(office, &format!("there is no office {}", self.office))?))
    }
}

fn check_account(of: &OfOffice) -> anyhow::Result<()> {
    let (app, office) = of.open()?;
    let findings = explained(check(&app, &office), "the store cannot be read")?;
    let mut worst = Grade::Good;
    for Finding { grade, sentence } in findings {
        let mark = match grade {
            Grade::Good => "ok   ",
            Grade::Look => "look ",
            Grade::Wrong => "WRONG",
        };
        println!("{mark}  {sentence}");
        worst = worst.max(grade);
    }
    match worst {
        Grade::Wrong => bail!("sessions cannot be held in Zoom as it is; see the lines with WRONG"),
        Grade::Good | Grade::Look => Ok(()),
    }
}

fn compare(of: &OfOffice) -> anyhow::Result<()> {
    let (app, office) = of.open()?;
    if app.zoom.is_none() {
        bail!("no [zoom] is configured; docs/zoom.md says how");
    }
    let differences = explained(reconcile(&app, office.id), "the store cannot be read")?;
    for difference in &differences {
        println!("{difference}");
    }
    let looked = explained(zoom::keep_due(&app), "the meetings cannot be looked after")?;
    println!("{} differences; {looked} sessions were looked at", differences.len());
    Ok(())
}
