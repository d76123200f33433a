//! Retention on the desk: what may be deleted, a batch to be reviewed, the certificate.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use rules::people::{Act, FreeText};
use rules::records::retention::{Keeper, RecordClass, RetentionRefusal};

use super::{Batch, ClassLine, Item};
use crate::error::{Error, Refusal};
use crate::records::retention;
use crate::store::Tx;
use crate::web::fields::Faults;
use crate::web::{self, Clerk, Form, Page, said};

/// Why a batch is rejected is told in at most so many characters.
const REASON_AT_MOST: usize = 400;

#[derive(Template)]
#[template(path = "records/retention/all.html")]
struct AllPage {
    page: Page,
    faults: Faults,
    classes: Vec<ClassLine>,
    batches: Vec<Batch>,
    may_list: bool,
    now: Timestamp,
}

impl AllPage {
    fn overdue(&self) -> Vec<&Batch> {
        self.batches.iter().filter(|batch| batch.is_overdue(self.now)).collect()
    }
}

#[derive(Template)]
#[template(path = "records/retention/one.html")]
struct OnePage {
    page: Page,
    faults: Faults,
    typed: Form,
    batch: Batch,
    items: Vec<Item>,
    may_decide: bool,
    now: Timestamp,
}

impl OnePage {
    fn to_delete(&self) -> Vec<&Item> {
        self.items.iter().filter(|item| item.keeper.is_none()).collect()
    }

    fn kept_back(&self) -> Vec<(&Item, Keeper)> {
        self.items.iter().filter_map(|item| Some((item, item.keeper?))).collect()
    }
}

#[derive(Template)]
#[template(path = "records/retention/certificate.html")]
struct CertificatePage {
    page: Page,
    batch: Batch,
    now: Timestamp,
}

#[derive(Template)]
#[template(path = "records/retention/list.txt", escape = "none")]
struct ListFile {
    items: Vec<Item>,
}

/// `GET /desk/retention`: each class as it stands today, and every batch.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn all(clerk: Clerk) -> Result<Response, Error> {
    clerk.must(Act::ReadRetention)?;
    all_page(&clerk, Faults::none()).await
}

async fn all_page(clerk: &Clerk, faults: Faults) -> Result<Response, Error> {
    let context = clerk.context();
    let now = context.now;
    let read = move |tx: &mut Tx<'_>| retention::overview(tx, &context);
    let (classes, batches) = clerk.guest.app.store.read(read).await?;
    let (page, may_list) = (clerk.page(), clerk.member.role.may(Act::ListRetention));
    let is_refused = !faults.is_empty();
    let shown = web::show(&AllPage { page, faults, classes, batches, may_list, now })?;
    Ok(web::with_status(is_refused, shown))
}

/// `POST /desk/retention`: lists what of a class may be deleted today.
///
/// # Errors
/// [`Error::Forbidden`]; refusals are shown on the page.
pub async fn list(clerk: Clerk, form: Form) -> Result<Response, Error> {
    clerk.must(Act::ListRetention)?;
    let done = clerk.carry_out(&form, |tx, context, form, officer| {
        let class = RecordClass::parse(form.get("class")).ok_or(Refusal::Shape)?;
        let id = retention::list(tx, context, class, officer)?;
        Ok(format!("/desk/retention/{id}"))
    });
    match done.await {
        Err(Error::Refused(refusal)) => {
            let class = RecordClass::parse(form.get("class")).unwrap_or(RecordClass::Unused);
            let faults = said::fault(&clerk.context(), class.code(), &refusal)?;
            all_page(&clerk, faults).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}

/// `GET /desk/retention/{batch}`: what is in a batch. No name is: a receipt tells of nobody.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`].
pub async fn one(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::ReadRetention)?;
    one_page(&clerk, id, Form::blank(), Faults::none()).await
}

async fn read(clerk: &Clerk, id: i64) -> Result<(Batch, Vec<Item>), Error> {
    let context = clerk.context();
    let work = move |tx: &mut Tx<'_>| {
        let batch = retention::batch(tx, &context, id)?;
        let items = retention::items(tx, &context, &batch)?;
        Ok::<_, Error>((batch, items))
    };
    clerk.guest.app.store.read(work).await
}

async fn one_page(clerk: &Clerk, id: i64, typed: Form, faults: Faults) -> Result<Response, Error> {
    let (batch, items) = read(clerk, id).await?;
    let is_refused = !faults.is_empty();
    let shown = web::show(&OnePage {
        page: clerk.page(),
        faults,
        typed,
        batch,
        items,
        may_decide: clerk.member.role.may(Act::ApproveRetention),
        now: clerk.guest.app.clock.now(),
    })?;
    Ok(web::with_status(is_refused, shown))
}

/// `GET /desk/retention/{batch}/list`: the same as a file, to be reviewed elsewhere.
///
/// # Errors
/// As [`one`].
pub async fn file(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::ReadRetention)?;
    let (_, items) = read(&clerk, id).await?;
    let text = ListFile { items }.render().map_err(anyhow::Error::from)?;
    // A byte order mark and CRLF, so that a spreadsheet reads it as it is.
    let octets = format!("\u{feff}{}\r\n", text.trim_end().replace('\n', "\r\n"));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"retention-{id}.csv\"")),
    ];
    Ok((headers, octets).into_response())
}

/// `GET /desk/retention/{batch}/certificate`: that it was deleted, to be printed.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Missing`] until all of it was judged.
pub async fn certificate(clerk: Clerk, Path(id): Path<i64>) -> Result<Response, Error> {
    clerk.must(Act::ReadRetention)?;
    let context = clerk.context();
    let now = context.now;
    let read = move |tx: &mut Tx<'_>| retention::batch(tx, &context, id);
    let batch = clerk.guest.app.store.read(read).await?;
    if batch.finished_at.is_none() {
        return Err(Error::Missing);
    }
    web::show(&CertificatePage { page: clerk.page(), batch, now })
}

/// `POST /desk/retention/{batch}/{decision}`: approves a batch, or rejects it with a reason.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Missing`]; refusals are shown on the page.
pub async fn decide(
    clerk: Clerk,
    Path((id, decision)): Path<(i64, String)>,
    form: Form,
) -> Result<Response, Error> {
    clerk.must(Act::ApproveRetention)?;
    let field = if decision == "reject" { "reason" } else { "sure" };
    let done = clerk.carry_out(&form, move |tx, context, form, officer| {
        match decision.as_str() {
            "approve" => {
                retention::batch(tx, context, id)?;
                if form.get("sure").is_empty() {
                    return Err(Refusal::Retention(RetentionRefusal::NotReviewed).into());
                }
                retention::approve(tx, context, (id, officer))?;
            }
            "reject" => {
                let reason = FreeText::parse(form.get("reason"), REASON_AT_MOST);
                let reason = reason.map_err(|_| Refusal::Shape)?;
                retention::reject(tx, context, (id, officer), &reason)?;
            }
            _ => return Err(Error::Missing),
        }
        Ok(format!("/desk/retention/{id}"))
    });
    match done.await {
        Err(Error::Refused(refusal)) => {
            let faults = said::fault(&clerk.context(), field, &refusal)?;
            one_page(&clerk, id, form, faults).await
        }
        done => Ok(Redirect::to(&done?).into_response()),
    }
}
