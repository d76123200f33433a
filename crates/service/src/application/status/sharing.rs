//! What the person is asked to agree to, on their own page (article 6): with whom, what, and for
//! what; a yes and a no that weigh the same, and a way to take a yes back.

use axum::response::Response;
use rules::terms::personal_data::{Answer, AskedWay, Item, Purpose, Reply};

use super::actions::command;
use crate::error::{Error, Refusal};
use crate::records::sharing::{self, Sharing};
use crate::secrets::Token;
use crate::web::{Form, Seeker};
use crate::words::{Markup, Words, key};

/// A question as the page tells it.
pub(super) struct Question {
    pub(super) id: i64,
    pub(super) partner: String,
    /// What was asked for, or what was agreed to.
    pub(super) items: Vec<Markup>,
    pub(super) purpose: Option<Markup>,
    /// The same in the counsellor's words, in Japanese.
    pub(super) sentence: String,
    pub(super) state: State,
    /// When something was shared.
    pub(super) shared: Option<Markup>,
    pub(super) key: String,
}

/// Where a question stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It waits for an answer.
    Open,
    /// Yes.
    Given,
    /// No.
    Refused,
    /// A yes that was taken back before anything was shared.
    Withdrawn,
    /// A yes that was taken back; the partner will be told, or has been.
    WithdrawnFrom { told: bool },
}

impl Question {
    pub(super) fn of(words: Words, sharing: &Sharing) -> Self {
        let state = match sharing.reply() {
            None => State::Open,
            Some(Reply::Given(_)) => State::Given,
            Some(Reply::Refused) => State::Refused,
            Some(Reply::Withdrawn) if sharing.shared.is_none() => State::Withdrawn,
            Some(Reply::Withdrawn) => State::WithdrawnFrom { told: sharing.told.is_some() },
        };
        let items = sharing.given().unwrap_or(&sharing.items);
        let shared = sharing.shared.as_ref();
        Self {
            id: sharing.id,
            partner: sharing.partner.name.clone(),
            items: items.iter().map(|item| words.t(item_key(*item))).collect(),
            purpose: sharing.purpose.map(|purpose| words.t(purpose_key(purpose))),
            sentence: sharing.sentence.clone(),
            state,
            shared: shared
                .map(|it| words.t1("status-sharing-shared", "moment", words.moment(it.at))),
            key: Token::draw().reveal().to_string(),
        }
    }
}

/// Yes, no, or a yes taken back.
///
/// # Errors
/// [`Refusal::Sharing`] when it was answered already; [`Refusal::Shape`] for neither answer;
/// [`Error::Missing`] for a question that was put to nobody here.
pub async fn answer_sharing(seeker: Seeker, form: Form) -> Result<Response, Error> {
    let id: i64 = form.get("sharing").parse().map_err(|_| Refusal::Shape)?;
    let said = form.get("answer").to_owned();
    command(&seeker, &form, move |tx, context, application| {
        let reply = match said.as_str() {
            "give" => {
                let asked = sharing::of_application(tx, context, application)?.into_iter();
                let asked = asked.filter(|it| it.id == id).map(|it| it.items).next();
                Reply::Given(asked.ok_or(Error::Missing)?)
            }
            "refuse" => Reply::Refused,
            "withdraw" => Reply::Withdrawn,
            _ => return Err(Refusal::Shape.into()),
        };
        let answer = Answer { reply, way: AskedWay::Online, at: context.now };
        sharing::answer(tx, context, (application, id), &answer, None)
    })
    .await
}

fn item_key(item: Item) -> &'static str {
    match item {
        Item::Name => key!("status-sharing-item-name"),
        Item::Contact => key!("status-sharing-item-contact"),
        Item::WorkWishes => key!("status-sharing-item-work-wishes"),
        Item::Experience => key!("status-sharing-item-experience"),
        Item::Accommodation => key!("status-sharing-item-accommodation"),
        Item::Course => key!("status-sharing-item-course"),
        Item::Plan => key!("status-sharing-item-plan"),
    }
}

fn purpose_key(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::JointSupport => key!("status-sharing-purpose-joint-support"),
        Purpose::Referral => key!("status-sharing-purpose-referral"),
        Purpose::Workplace => key!("status-sharing-purpose-workplace"),
        Purpose::FollowUp => key!("status-sharing-purpose-follow-up"),
    }
}
