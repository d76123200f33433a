//! A demand as it is entered, and as it is written otherwise.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use rules::people::{Act, FreeText};
use rules::records::disclosure::{Basis, Demand, Form as Shape, PersonAsked};
use rules::schedule::TOKYO;

use super::super::{self as disclosures, Kept};
use super::one::Names;
use super::{Labels, again, carry_out, day, text};
use crate::app::Context;
use crate::application;
use crate::error::{Error, Refusal};
use crate::store::Tx;
use crate::web::fields::{Choice, Faults};
use crate::web::said;
use crate::web::{Clerk, Form, Page, show};

/// A demand names at most so many people: one with more is cut into several.
const PERSONS_AT_MOST: usize = 50;

/// What was typed, once every field reads.
#[derive(Clone)]
struct Typed {
    demand: Demand,
    /// The lines of persons, each with a receipt if one stands at its end.
    persons: Vec<(FreeText, Option<String>)>,
}

/// What is wrong with which field.
type Wrong = Vec<(&'static str, Refusal)>;

/// Reads the form. What is left out is missing at the approval, and no fault here: a call is
/// entered as it comes.
fn read(form: &Form, today: Date) -> Result<Typed, Wrong> {
    let mut wrong = Wrong::new();
    let mut written = |field: &'static str| {
        text(form.get(field)).unwrap_or_else(|refusal| {
            wrong.push((field, refusal));
            FreeText::default()
        })
    };
    let [body, head, document_number] = ["body", "head", "document_number"].map(&mut written);
    let [basis_text, items] = ["basis_text", "items"].map(&mut written);
    let mut of_day = |field: &'static str| {
        day(form.get(field)).unwrap_or_else(|refusal| {
            wrong.push((field, Refusal::Slot(refusal)));
            None
        })
    };
    let (received, document_date) = (of_day("received_on"), of_day("document_date"));
    let period = (of_day("period_from"), of_day("period_until"));
    let period = match period {
        (Some(from), Some(until)) if until < from => {
            wrong.push(("period_until", Refusal::EndBeforeStart));
            None
        }
        (Some(from), Some(until)) => Some((from, until)),
        (Some(_), None) => {
            wrong.push(("period_until", Refusal::HalfPeriod));
            None
        }
        (None, Some(_)) => {
            wrong.push(("period_from", Refusal::HalfPeriod));
            None
        }
        (None, None) => None,
    };
    let received_on = received.unwrap_or(today);
    if received_on > today {
        wrong.push(("received_on", Refusal::InTheFuture));
    }
    let shape = Shape::parse(form.get("form"));
    if shape.is_none() {
        wrong.push(("form", Refusal::NoPart));
    }
    let persons = persons(form.get("persons")).unwrap_or_else(|refusal| {
        wrong.push(("persons", refusal));
        Vec::new()
    });
    let Some(shape) = shape.filter(|_| wrong.is_empty()) else { return Err(wrong) };
    let demand = Demand {
        received_on,
        form: shape,
        body,
        head,
        document_number,
        document_date,
        basis: Basis::parse(form.get("basis")),
        basis_text,
        persons: Vec::new(),
        period,
        items,
        secrecy_asked: form.get("secrecy_asked") == "yes",
    };
    Ok(Typed { demand, persons })
}

/// One person a line; a receipt may stand at its end.
fn persons(typed: &str) -> Result<Vec<(FreeText, Option<String>)>, Refusal> {
    let lines: Vec<&str> = typed.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    if lines.len() > PERSONS_AT_MOST {
        return Err(Refusal::Shape);
    }
    let read = |line: &str| {
        let last = line.split_whitespace().next_back().unwrap_or_default();
        let receipt = receipt_in(last);
        let named = match &receipt {
            Some(_) if last.len() < line.len() => line[..line.len() - last.len()].trim(),
            _ => line,
        };
        Ok((text(named)?, receipt))
    };
    lines.into_iter().map(read).collect()
}

/// A receipt, `ABCD-2345`, in either case.
fn receipt_in(word: &str) -> Option<String> {
    let (one, other) = word.split_once('-')?;
    let is_group = |it: &str| it.len() == 4 && it.bytes().all(|b| b.is_ascii_alphanumeric());
    (is_group(one) && is_group(other)).then(|| word.to_ascii_uppercase())
}

/// Finds the applications of the receipts, in this office alone.
fn resolve(tx: &mut Tx<'_>, context: &Context, typed: &Typed) -> Result<Demand, Error> {
    let mut demand = typed.demand.clone();
    for (named, receipt) in &typed.persons {
        let application = match receipt {
            Some(receipt) => Some(of_receipt(tx, context, receipt)?),
            None => None,
        };
        demand.persons.push(PersonAsked { named: named.clone(), application });
    }
    Ok(demand)
}

fn of_receipt(tx: &mut Tx<'_>, context: &Context, receipt: &str) -> Result<i64, Error> {
    match application::of_receipt(tx, receipt) {
        Ok((id, office)) if office == context.office.id => Ok(id),
        Ok(_) | Err(Error::Missing) => Err(Refusal::NoSuchPerson.into()),
        Err(other) => Err(other),
    }
}

#[derive(Template)]
#[template(path = "records/disclosures/pages/form.html")]
struct FormPage<'a> {
    page: Page,
    faults: Faults,
    typed: Option<&'a Form>,
    /// None for a new one.
    known: Option<(Kept, Names)>,
    forms: Vec<Choice>,
    bases: Vec<Choice>,
    today: Date,
}

impl FormPage<'_> {
    fn action(&self) -> String {
        match &self.known {
            Some((kept, _)) => format!("/desk/disclosures/{}/change", kept.id),
            None => "/desk/disclosures/new".to_owned(),
        }
    }

    /// What stands in a field: what was typed, or else what the entry says.
    fn value(&self, field: &str) -> String {
        match (self.typed, &self.known) {
            (Some(form), _) => form.get(field).to_owned(),
            (None, Some((kept, names))) => said_in(&kept.entry.demand, names, field),
            (None, None) if field == "received_on" => self.today.to_string(),
            (None, None) => String::new(),
        }
    }

    fn is_secret(&self) -> bool {
        let known = self.known.as_ref().is_some_and(|(kept, _)| kept.entry.demand.secrecy_asked);
        known || self.typed.is_some_and(|form| form.get("secrecy_asked") == "yes")
    }
}

fn said_in(demand: &Demand, names: &Names, field: &str) -> String {
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    match field {
        "received_on" => demand.received_on.to_string(),
        "form" => demand.form.code().to_owned(),
        "body" => demand.body.reveal().to_owned(),
        "head" => demand.head.reveal().to_owned(),
        "document_number" => demand.document_number.reveal().to_owned(),
        "document_date" => date(demand.document_date),
        "basis" => demand.basis.map_or("", Basis::code).to_owned(),
        "basis_text" => demand.basis_text.reveal().to_owned(),
        "persons" => {
            let line = |person: &PersonAsked| match &person.application {
                Some(id) => format!("{} {}", person.named.reveal(), names.receipt(id)),
                None => person.named.reveal().to_owned(),
            };
            demand.persons.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        "period_from" => date(demand.period.map(|(from, _)| from)),
        "period_until" => date(demand.period.map(|(_, until)| until)),
        "items" => demand.items.reveal().to_owned(),
        _ => String::new(),
    }
}

/// `GET /desk/disclosures/new`.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn blank(clerk: Clerk) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    shown(&clerk, None, (Faults::none(), None)).await
}

/// `GET /desk/disclosures/{id}/change`.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn get(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    shown(&clerk, Some(id), (Faults::none(), None)).await
}

async fn shown(
    clerk: &Clerk,
    id: Option<i64>,
    (faults, typed): (Faults, Option<&Form>),
) -> Result<Response, Error> {
    let (context, staff) = (clerk.context(), clerk.member.id);
    let today = context.now.to_zoned(TOKYO.clone()).date();
    let known = match id {
        None => None,
        Some(id) => {
            let read = clerk.guest.app.store.write(move |tx| {
                let kept = disclosures::entry(tx, &context, id)?;
                disclosures::note_read(tx, &context, (&kept, staff), "disclosure.read")?;
                let names = Names::read(tx, &context, std::slice::from_ref(&kept))?;
                Ok::<_, Error>((kept, names))
            });
            Some(read.await?)
        }
    };
    let (forms, bases) = (Labels::forms()?, Labels::bases()?);
    show(&FormPage { page: clerk.page(), faults, typed, known, forms, bases, today })
}

/// `POST /desk/disclosures/new`: enters a demand.
///
/// # Errors
/// [`Error::Forbidden`]; refusals are shown beside their fields.
pub async fn enter(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let today = clerk.context().now.to_zoned(TOKYO.clone()).date();
    let typed = match read(&form, today) {
        Ok(typed) => typed,
        Err(wrong) => return refused(&clerk, None, &form, wrong).await,
    };
    let done = carry_out(&clerk, &form, move |tx, context, _, staff| {
        let demand = resolve(tx, context, &typed)?;
        let id = disclosures::enter(tx, context, demand, staff)?;
        Ok(format!("/desk/disclosures/{id}?done=entered"))
    });
    answered(&clerk, None, &form, done.await).await
}

/// `POST /desk/disclosures/{id}/change`: writes a demand otherwise.
///
/// # Errors
/// As [`enter`]; [`Error::Missing`].
pub async fn change(clerk: Clerk, Path(id): Path<i64>, form: Form) -> Result<Response, Error> {
    clerk.must(Act::KeepDisclosures)?;
    let today = clerk.context().now.to_zoned(TOKYO.clone()).date();
    let typed = match read(&form, today) {
        Ok(typed) => typed,
        Err(wrong) => return refused(&clerk, Some(id), &form, wrong).await,
    };
    let done = carry_out(&clerk, &form, move |tx, context, form, staff| {
        disclosures::entry(tx, context, id)?;
        let revision = form.get("revision").parse().map_err(|_| Refusal::Shape)?;
        let demand = resolve(tx, context, &typed)?;
        disclosures::rewrite(tx, context, (id, revision), demand, staff)?;
        Ok(format!("/desk/disclosures/{id}?done=rewritten"))
    });
    answered(&clerk, Some(id), &form, done.await).await
}

async fn answered(
    clerk: &Clerk,
    id: Option<i64>,
    form: &Form,
    done: Result<String, Error>,
) -> Result<Response, Error> {
    match done {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(Error::Refused(refusal)) => {
            let of_persons = matches!(refusal, Refusal::NoSuchPerson);
            let field = if of_persons { "persons" } else { "form" };
            refused(clerk, id, form, vec![(field, refusal)]).await
        }
        Err(other) => Err(other),
    }
}

async fn refused(
    clerk: &Clerk,
    id: Option<i64>,
    form: &Form,
    wrong: Wrong,
) -> Result<Response, Error> {
    let mut faults = Faults::none();
    for (field, refusal) in wrong {
        faults.add(field, said::of_refusal(&refusal, &clerk.context())?);
    }
    Ok(again(shown(clerk, id, (faults, Some(form))).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_stands_at_the_end_of_a_line() {
        let check = |typed: &str, expected: &[(&str, Option<&str>)]| {
            let read = persons(typed).expect("persons");
            let read: Vec<(&str, Option<&str>)> =
                read.iter().map(|(named, it)| (named.reveal(), it.as_deref())).collect();
            assert_eq!(read, expected, "{typed:?}");
        };
        check("", &[]);
        check(" \r\n　", &[]);
        check("見本 花子", &[("見本 花子", None)]);
        check(
            "見本 花子　abcd-2345\r\n例示 太郎",
            &[("見本 花子", Some("ABCD-2345")), ("例示 太郎", None)],
        );
        check("ABCD-2345", &[("ABCD-2345", Some("ABCD-2345"))]);
        check("99990-1000001", &[("99990-1000001", None)]);
        check("あいうえ-2345", &[("あいうえ-2345", None)]);
        assert_eq!(persons(&"見本\n".repeat(51)), Err(Refusal::Shape));
    }
}
