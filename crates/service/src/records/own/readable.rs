//! The file of a person's records, laid out for people who read no JSON.

use askama::Template;
use jiff::Timestamp;
use rules::application::{Course, DeclineReason, Intake, Interpreter, Kind, Support};
use rules::appointment::{Standing, What};
use rules::letters::Letter;
use rules::people::Language;
use rules::records::disclosure::{Basis, HoldKind, Outcome};
use rules::session::room::SeatRole;
use rules::session::{Channel, Level};
use rules::terms::amendment::ConsentWay;
use rules::terms::eligibility::{Condition, NeedReason};
use rules::terms::environment::{Answer, Device, Item, JoinBy};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::IdentifiedBy;
use crate::appointment::CallPurpose;
use crate::error::Error;
use crate::letters::State;
use crate::records::disclosures::pages::{Labels, Named, html};
use crate::records::sharing;
use crate::words::{Markup, Words};

/// In which order fields are told. One that is not here comes last.
const ORDER: [&str; 117] = [
    "made_at",
    "office",
    "records",
    "application",
    "care",
    "appointment",
    "contacts",
    "letters",
    "session",
    "usage_record",
    "conduct",
    "sharing",
    "accesses",
    "given_to_others",
    "own_requests",
    "disclosures",
    "holds",
    "receipt",
    "application_kind",
    "course",
    "intake",
    "entered_by",
    "language",
    "received_at",
    "answer_due",
    "answered_at",
    "decline_reason",
    "person",
    "name",
    "kana",
    "number",
    "email",
    "telephone",
    "note",
    "wishes",
    "proposal",
    "declaration",
    "decisions",
    "kind_changes",
    "consents",
    "condition",
    "met",
    "version",
    "way",
    "reasons",
    "supports",
    "interpreter",
    "words",
    "start",
    "minutes",
    "lapses_at",
    "alias",
    "counsellor",
    "standing",
    "channel",
    "letter",
    "role",
    "what",
    "who",
    "purpose",
    "at",
    "kind",
    "from",
    "until",
    "lifted_at",
    "identified_by",
    "received_on",
    "device",
    "join_by",
    "answers",
    "announced_start",
    "announced_times",
    "terms",
    "joining_told",
    "same_day_reason",
    "began_at",
    "ended_at",
    "facts",
    "recorded_at",
    "staff",
    "retracted_reason",
    "retracted_by",
    "state",
    "written_at",
    "sent_at",
    "to",
    "subject",
    "text",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
    "outcome",
    "quality",
    "device_check",
    "participants",
    "met_at",
    "meeting_seen",
    "act",
    "body",
    "basis",
    "basis_text",
    "handed",
    "given_on",
    "partner",
    "partner_kind",
    "sharing_purpose",
    "sharing_sentence",
    "asked_at",
    "sharing_reply",
    "shared_items",
    "sharing_way",
    "sharing_answers",
    "shared",
    "sharing_medium",
    "digest",
    "partner_told_at",
];

/// What people wrote: shown as it is, line by line.
const WRITTEN: [&str; 8] =
    ["text", "note", "words", "handed", "body", "subject", "partner", "sharing_sentence"];

/// A value, with all that is below it.
#[derive(Template)]
#[template(path = "records/own/tree.html")]
struct Tree<'a> {
    words: Words,
    key: &'a str,
    value: &'a Value,
}

/// The name of a field.
#[derive(Template)]
#[template(path = "records/own/label.html")]
struct Label<'a> {
    key: &'a str,
    item: Option<Item>,
}

/// What a code of the file means.
enum Meaning {
    Course(Course),
    Intake(Intake),
    Language(Language),
    Decline(DeclineReason),
    Device(Device),
    JoinBy(JoinBy),
    Answer(Answer),
    Condition(Condition),
    Way(ConsentWay),
    Reason(NeedReason),
    Support(Support),
    Interpreter(Interpreter),
    Kind(Kind),
    /// A word of sharing (article 6).
    Sharing(sharing::pages::Named),
    Standing(Standing),
    Channel(Channel),
    What(What),
    Purpose(CallPurpose),
    Letter(Letter),
    State(State),
    Level(Level),
    Role(SeatRole),
    /// A word of the register of demands.
    Named(Named),
    Moment(Timestamp),
}

/// The file as a page tells it.
pub(super) fn laid_out(words: Words, file: &Value) -> Result<Markup, Error> {
    html(&Tree { words, key: "", value: file })
}

impl Tree<'_> {
    /// What is said, term by term. What is not known has no line.
    fn lines(&self) -> Result<Vec<(Markup, Markup)>, askama::Error> {
        let Value::Object(fields) = self.value else { return Ok(Vec::new()) };
        let mut said: Vec<_> = fields.iter().filter(|(_, value)| !is_nothing(value)).collect();
        let place = |key: &str| ORDER.iter().position(|known| *known == key);
        said.sort_by_key(|(key, _)| place(key).unwrap_or(ORDER.len()));
        said.into_iter().map(|(key, value)| Ok((label(key)?, self.branch(key, value)?))).collect()
    }

    fn items(&self) -> Result<Vec<Markup>, askama::Error> {
        let Value::Array(items) = self.value else { return Ok(Vec::new()) };
        items.iter().map(|item| self.branch(self.key, item)).collect()
    }

    fn branch(&self, key: &str, value: &Value) -> Result<Markup, askama::Error> {
        // Each item of the declaration is a field of its own.
        let key = if self.key == "answers" { self.key } else { key };
        let branch = Tree { words: self.words, key, value };
        Ok(Markup::of_safe_html(branch.render()?))
    }

    fn meaning(&self, code: &str) -> Option<Meaning> {
        let meaning = match self.key {
            "course" => Course::parse(code).map(Meaning::Course),
            "intake" => Intake::parse(code).map(Meaning::Intake),
            "language" => Language::parse(code).map(Meaning::Language),
            "decline_reason" => DeclineReason::parse(code).map(Meaning::Decline),
            "device" => read(code).map(Meaning::Device),
            "join_by" => read(code).map(Meaning::JoinBy),
            "answers" => read(code).map(Meaning::Answer),
            "condition" => Condition::parse(code).map(Meaning::Condition),
            "way" => ConsentWay::parse(code).map(Meaning::Way),
            "reasons" => read(code).map(Meaning::Reason),
            "supports" => read(code).map(Meaning::Support),
            "interpreter" => Interpreter::parse(code).map(Meaning::Interpreter),
            "application_kind" => Kind::parse(code).map(Meaning::Kind),
            "standing" => Standing::parse(code).map(Meaning::Standing),
            "channel" => Channel::parse(code).map(Meaning::Channel),
            "what" => What::parse(code).map(Meaning::What),
            "purpose" => CallPurpose::parse(code).map(Meaning::Purpose),
            "letter" => Letter::parse(code).map(Meaning::Letter),
            "state" => State::parse(code).map(Meaning::State),
            "quality" => Level::parse(code).map(Meaning::Level),
            "role" => SeatRole::parse(code).map(Meaning::Role),
            // Of a session, and of a demand under a law.
            "outcome" => Standing::parse(code)
                .map(Meaning::Standing)
                .or_else(|| Outcome::parse(code).map(Named::Outcome).map(Meaning::Named)),
            "basis" => Basis::parse(code).map(Named::Basis).map(Meaning::Named),
            "kind" => HoldKind::parse(code).map(Named::Hold).map(Meaning::Named),
            "identified_by" => IdentifiedBy::parse(code).map(Named::Identified).map(Meaning::Named),
            other => sharing::pages::Named::read(other, code).map(Meaning::Sharing),
        };
        let moment = || code.parse().ok().map(Meaning::Moment);
        meaning.or_else(|| if self.is_written() { None } else { moment() })
    }

    fn is_written(&self) -> bool {
        WRITTEN.contains(&self.key)
    }

    fn role(role: &SeatRole) -> String {
        rules::session::zoom::DisplayName::of_role(*role).reveal().to_owned()
    }

    fn sharing(named: &sharing::pages::Named) -> Result<Markup, askama::Error> {
        named.name().map_err(|_| askama::Error::Fmt)
    }

    fn name(named: &Named) -> Result<Markup, askama::Error> {
        Labels::name(*named).map_err(|_| askama::Error::Fmt)
    }
}

fn read<T: DeserializeOwned>(code: &str) -> Option<T> {
    serde_json::from_value(Value::from(code)).ok()
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(is_nothing),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn label(key: &str) -> Result<Markup, askama::Error> {
    Ok(Markup::of_safe_html(Label { key, item: read(key) }.render()?))
}
