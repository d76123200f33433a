//! The desk's page of sums, its public edition, and the files of both.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use rules::people::Act;
use rules::records::statistics::{
    By, Counted, PublicTable, Published, Rates, Share, THRESHOLD, Table, Times, rates, table, times,
};
use rules::schedule::TOKYO;
use rules::terms::usage_records::Purpose;

use super::asked::{OFFERED, Period, Question, Typed, Wrong, YEARS_AT_MOST};
use super::chart::{self, BARS_AT_MOST, Bar, PARTS_AT_MOST};
use super::grid::Grid;
use super::label::{LabelPlace, Labels, side_word};
use super::sheet::Cell;
use super::{Format, PUBLIC_COLUMNS, Report, counted, note_report, public_edition, published_at};
use crate::app::Context;
use crate::commands::{self, Command};
use crate::error::Error;
use crate::store::Tx;
use crate::web::fields::{Choice, Faults};
use crate::web::said::rendered;
use crate::web::{self, Clerk, Form, Page};
use crate::words::Markup;

/// The page of sums.
#[derive(Template)]
#[template(path = "records/statistics/statistics.html")]
struct Statistics {
    page: Page,
    faults: Faults,
    typed: Typed,
    sides: Vec<Choice>,
    figures: Option<Figures>,
    /// The latest month that is over.
    month: String,
    export: ExportForm,
}

/// The sums of a question that could be read.
struct Figures {
    rates: Rates,
    times: Times,
    grid: Grid,
    total: u64,
    chart: Option<Markup>,
}

/// The public edition.
#[derive(Template)]
#[template(path = "records/statistics/public.html")]
struct Public {
    page: Page,
    faults: Faults,
    month: String,
    edition: Edition,
    /// When it was first taken out.
    published_at: Option<Timestamp>,
    export: ExportForm,
}

/// What can be published of a month.
enum Edition {
    /// The month cannot be read, or is not over.
    NotAsked,
    /// There was no session.
    Nothing,
    /// There were too few for any table.
    TooFew,
    /// Together the tables would tell a hidden number. A month by itself is refused for nothing
    /// else ([`rules::records::statistics::EditionRefusal`]).
    Refused,
    /// The tables.
    Tables(Vec<Grid>),
}

/// The form by which sums leave the window.
struct ExportForm {
    /// What is exported, as hidden fields.
    hidden: Vec<(&'static str, String)>,
    purpose: String,
    format: String,
    key: String,
    /// What was not chosen; said where the form is.
    faults: Faults,
}

/// A sentence about a field.
#[derive(Template)]
#[template(path = "records/statistics/wrong.html")]
struct WrongSaid<'a> {
    wrong: Wrong,
    typed: &'a str,
    years: i8,
}

/// What the chart says to those who do not see it.
#[derive(Template)]
#[template(path = "records/statistics/chart_words.txt")]
struct ChartWords<'a> {
    side: &'a str,
    highest: Option<&'a Bar>,
    total: u64,
}

/// `GET /desk/statistics`.
///
/// # Errors
/// [`Error::Forbidden`]; faults of the store. What cannot be read is said beside its field.
pub async fn get(
    clerk: Clerk,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    clerk.must(Act::ReadStatistics)?;
    let typed = Typed::of(&query, today(&clerk.context()));
    shown(&clerk, typed, ExportForm::blank()).await
}

/// `GET /desk/statistics/public`: of a month that is over, what may be published.
///
/// # Errors
/// As [`get`].
pub async fn public(
    clerk: Clerk,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    clerk.must(Act::ReadStatistics)?;
    let month = query.get("month").cloned();
    let month = month.unwrap_or_else(|| month_before(today(&clerk.context())));
    shown_public(&clerk, month, ExportForm::blank()).await
}

/// `POST /desk/statistics/export`: sums leave the window as a file, for a purpose of article 5(1),
/// and a row says so.
///
/// The page stays when the file comes, and its form may be sent again as another file. Hence what
/// was sent is part of the command's key: the same form is one command for each file that it asks
/// for, and a repeat gets the file again and leaves no second row.
///
/// # Errors
/// As [`get`].
pub async fn export(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ReadStatistics)?;
    let is_public = form.get("public") == "yes";
    let typed = Typed::of_form(&form);
    let month = form.get("month").to_owned();
    let question = match is_public {
        true => Period::month(&month, today(&clerk.context()))
            .map(|period| Question { period, rows: By::Month, columns: By::Outcome })
            .ok(),
        false => typed.read().ok(),
    };
    let purpose = Purpose::parse(form.get("purpose"));
    let format = Format::parse(form.get("format"));
    let mut made = None;
    if let (Some(Question { period, rows, columns }), Some(purpose), Some(format)) =
        (question, purpose, format)
    {
        let columns = if is_public { PUBLIC_COLUMNS.to_vec() } else { vec![columns] };
        let report = Report { purpose, period, rows, columns, format, is_public };
        made = take_out(&clerk, &form, report).await?;
    }
    match (made, is_public) {
        (Some(file), _) => Ok(file),
        (None, true) => shown_public(&clerk, month, ExportForm::of(&form)?).await,
        (None, false) => shown(&clerk, typed, ExportForm::of(&form)?).await,
    }
}

/// Notes the report, once for each form and file, and makes the file; none when the public edition
/// has no table.
async fn take_out(clerk: &Clerk, form: &Form, report: Report) -> Result<Option<Response>, Error> {
    let (context, staff) = (clerk.context(), clerk.member.id);
    let Command { key, body_digest } = form.command()?;
    let command = Command { key: format!("{key} {body_digest}"), body_digest };
    let (noted, now) = (report.clone(), context.now);
    let read = clerk.guest.app.store.write(move |tx| {
        let grids = grids(tx, &context, &noted)?;
        if !grids.is_empty() {
            commands::once(tx, &context, &command, |tx| {
                note_report(tx, &context, staff, &noted)?;
                Ok("/desk/statistics".to_owned())
            })?;
        }
        Ok::<_, Error>(grids)
    });
    let sheets: Vec<_> = read.await?.iter().map(Grid::sheet).collect();
    if sheets.is_empty() {
        return Ok(None);
    }
    let octets = report.format.write(&sheets, now)?;
    Ok(Some(file(&report, octets)))
}

/// Everybody at the desk sees the own office alone.
fn own_name(context: &Context) -> [(i64, String); 1] {
    [(context.office.id, context.office.name.clone())]
}

/// The tables of a report.
fn grids(tx: &mut Tx<'_>, context: &Context, report: &Report) -> Result<Vec<Grid>, Error> {
    let offices = own_name(context);
    let labels = Labels { place: LabelPlace::File, offices: &offices };
    if report.is_public {
        return match public_edition(tx, context, report.period)? {
            Ok(tables) => of_public(&tables, labels),
            Err(_) => Ok(Vec::new()),
        };
    }
    let sessions = counted(tx, context, report.period)?;
    let of_columns = |columns: &By| Grid::of(&table(&sessions, report.rows, *columns), labels);
    report.columns.iter().map(of_columns).collect()
}

fn of_public(tables: &[PublicTable], labels: Labels<'_>) -> Result<Vec<Grid>, Error> {
    let with_cells = tables.iter().filter(|table| !table.cells.is_empty());
    with_cells.map(|table| Grid::of_public(table, labels)).collect()
}

fn file(report: &Report, octets: Vec<u8>) -> Response {
    let Report { period, format, .. } = report;
    let public = if report.is_public { "public-" } else { "" };
    let days = format!("{}-{}", period.from.strftime("%Y%m%d"), period.until.strftime("%Y%m%d"));
    let name = format!("statistics-{public}{days}.{}", format.ending());
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, octets).into_response()
}

async fn shown(clerk: &Clerk, typed: Typed, export: ExportForm) -> Result<Response, Error> {
    let context = clerk.context();
    let mut faults = Faults::none();
    let figures = match typed.read() {
        Ok(question) => {
            let within = context.clone();
            let read = clerk.guest.app.store.read(move |tx| counted(tx, &within, question.period));
            faults = export.faults.clone();
            Some(Figures::of(&read.await?, question, &context)?)
        }
        Err(wrong) => {
            let fields = typed.fields();
            for (field, wrong) in wrong {
                let value = fields.iter().find(|(name, _)| *name == field);
                faults.add(field, said(wrong, value.map_or("", |(_, value)| value))?);
            }
            None
        }
    };
    let is_refused = !faults.is_empty();
    let hidden = typed.fields();
    answered(
        is_refused,
        &Statistics {
            page: clerk.page(),
            faults,
            sides: OFFERED.iter().map(|by| choice(*by)).collect::<Result<_, Error>>()?,
            figures,
            month: month_before(today(&context)),
            export: ExportForm { hidden, ..export },
            typed,
        },
    )
}

async fn shown_public(clerk: &Clerk, month: String, export: ExportForm) -> Result<Response, Error> {
    let context = clerk.context();
    let mut faults = Faults::none();
    let (edition, published_at) = match Period::month(&month, today(&context)) {
        Ok(period) => {
            let within = context.clone();
            let read = clerk.guest.app.store.read(move |tx| {
                let edition = public_edition(tx, &within, period)?;
                Ok::<_, Error>((edition, published_at(tx, &within, period)?))
            });
            let (edition, published_at) = read.await?;
            let edition = match edition {
                Ok(tables) => Edition::of(&tables, &context)?,
                Err(_) => Edition::Refused,
            };
            (edition, published_at)
        }
        Err(wrong) => {
            faults.add("month", said(wrong, &month)?);
            (Edition::NotAsked, None)
        }
    };
    if let Edition::Tables(_) = edition {
        faults = export.faults.clone();
    }
    let is_refused = !faults.is_empty();
    let hidden = vec![("public", "yes".to_owned()), ("month", month.clone())];
    let export = ExportForm { hidden, ..export };
    answered(
        is_refused,
        &Public { page: clerk.page(), faults, month, edition, published_at, export },
    )
}

fn answered(is_refused: bool, template: &impl Template) -> Result<Response, Error> {
    let page = web::show(template)?;
    Ok(match is_refused {
        true => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
        false => page,
    })
}

/// The sentence; it repeats what was typed, because a browser's field for dates does not show what
/// is none.
fn said(wrong: Wrong, typed: &str) -> Result<Markup, Error> {
    rendered(&WrongSaid { wrong, typed, years: YEARS_AT_MOST })
}

fn choice(by: By) -> Result<Choice, Error> {
    Ok(Choice::new(by.code(), Markup::of_text(&side_word(Some(by))?)))
}

fn today(context: &Context) -> Date {
    TOKYO.to_datetime(context.now).date()
}

/// The month before that of a day: `2026-10`.
fn month_before(day: Date) -> String {
    day.first_of_month().saturating_sub(1.month()).strftime("%Y-%m").to_string()
}

impl Figures {
    fn of(sessions: &[Counted], question: Question, context: &Context) -> Result<Self, Error> {
        let Question { period, rows, columns } = question;
        let place = match period.is_in_one_year() {
            true => LabelPlace::PageOfOneYear,
            false => LabelPlace::Page,
        };
        let offices = own_name(context);
        let labels = Labels { place, offices: &offices };
        let table = table(sessions, rows, columns);
        let grid = Grid::of(&table, labels)?;
        let chart = match table.row_labels.len() {
            1..=BARS_AT_MOST => Some(drawn(&grid, &table)?),
            _ => None,
        };
        let (rates, times) = (rates(sessions), times(sessions));
        Ok(Self { rates, times, grid, total: table.total, chart })
    }
}

/// A bar for each row; its parts are the columns, where they are few and not the rows again.
fn drawn(grid: &Grid, table: &Table) -> Result<Markup, Error> {
    let has_parts = table.rows != table.columns && grid.columns.len() <= PARTS_AT_MOST;
    let bar = |(at, (name, _)): (usize, &(String, Vec<Cell>))| {
        let counts = if has_parts { table.cells[at].clone() } else { vec![table.row_totals[at]] };
        Bar { name: name.clone(), counts }
    };
    let bars: Vec<Bar> = grid.rows.iter().enumerate().map(bar).collect();
    let (side, total) = (&grid.sides[0], table.total);
    let highest = bars.iter().rev().max_by_key(|bar| bar.count());
    let words = ChartWords { side, highest, total }.render().map_err(anyhow::Error::from)?;
    let (title, description) = words.trim().split_once('\n').unwrap_or((&words, ""));
    let parts = if has_parts { &grid.columns[..] } else { &[] };
    chart::draw((title.trim(), description.trim()), &bars, parts)
}

impl Edition {
    fn of(tables: &[PublicTable], context: &Context) -> Result<Self, Error> {
        let offices = own_name(context);
        let labels = Labels { place: LabelPlace::Page, offices: &offices };
        let grids = of_public(tables, labels)?;
        let is_nothing = tables.iter().all(|table| table.total == Published::Shown(0));
        Ok(match (grids.is_empty(), is_nothing) {
            (true, true) => Self::Nothing,
            (true, false) => Self::TooFew,
            (false, _) => Self::Tables(grids),
        })
    }
}

impl ExportForm {
    fn blank() -> Self {
        let format = Format::ALL[0].code().to_owned();
        Self {
            hidden: Vec::new(),
            purpose: String::new(),
            format,
            key: commands::fresh_key(),
            faults: Faults::none(),
        }
    }

    /// What was chosen, and what is missing.
    fn of(form: &Form) -> Result<Self, Error> {
        let [purpose, format] = ["purpose", "format"].map(|name| form.get(name).to_owned());
        let mut faults = Faults::none();
        if Purpose::parse(&purpose).is_none() {
            faults.add("purpose", said(Wrong::Purpose, &purpose)?);
        }
        if Format::parse(&format).is_none() {
            faults.add("format", said(Wrong::Format, &format)?);
        }
        Ok(Self { purpose, format, faults, ..Self::blank() })
    }
}

/// A share in per cent, with one place: 12.5.
fn per_cent(share: &Share) -> String {
    let thousandths = share.per_thousand();
    format!("{}.{}", thousandths / 10, thousandths % 10)
}

/// Days, hours and minutes.
fn parts(duration: &SignedDuration) -> (i64, i64, i64) {
    let minutes = duration.as_mins();
    (minutes / (24 * 60), minutes / 60 % 24, minutes % 60)
}
