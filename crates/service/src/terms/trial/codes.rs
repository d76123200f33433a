//! The names that answers use, as one table for those who write or read cases.

use std::fmt::Write as _;

use rules::appointment::Outcome;
use rules::appointment::{Standing, StopCause, What};
use rules::people::NumberRefusal;
use rules::schedule::SlotRefusal;
use rules::terms::eligibility::Condition;
use rules::terms::environment::{Answer, Item};

use super::standing::STOPPED;

/// A row: to which question it belongs, what it is, its code, the article, and what it means.
type Row = [String; 5];

/// The table of all codes, as Markdown. The articles are those of the model terms.
pub fn table() -> String {
    let mut table =
        String::from("| ask | is a | code | article | meaning |\n|---|---|---|---|---|\n");
    for [ask, kind, code, article, meaning] in rows() {
        let _ = writeln!(table, "| {ask} | {kind} | `{code}` | {article} | {meaning} |");
    }
    table
}

fn rows() -> Vec<Row> {
    let row = |ask: &str, kind: &str, code: &str, article: &str, meaning: &str| -> Row {
        [ask, kind, code, article, meaning].map(str::to_owned)
    };
    let mut rows = Vec::new();
    for it in SlotRefusal::ALL {
        rows.push(row("window", "refusal", it.code(), it.article(), slot(it)));
    }
    rows.push(row("standing", "fact", STOPPED, "10(1)", "the office stopped it; why is not told"));
    for it in What::ALL {
        let (article, meaning) = fact(it);
        rows.push(row("standing", "fact", it.code(), article, meaning));
    }
    for it in Standing::ALL {
        rows.push(row("standing", "standing", it.code(), it.article(), standing(it)));
    }
    for it in NumberRefusal::ALL {
        rows.push(row("number", "refusal", it.code(), "2(1)", number(it)));
    }
    for (code, meaning) in ALIAS {
        rows.push(row("alias", "refusal", code, "2(3)", meaning));
    }
    for (code, meaning) in ENVIRONMENT {
        rows.push(row("environment", "refusal", code, "the item's", meaning));
    }
    for it in Item::ALL {
        rows.push(row("environment", "item", it.code(), it.clause(), item(it)));
    }
    for it in Answer::ALL {
        rows.push(row("environment", "answer", it.code(), "4", declared(it)));
    }
    for (code, meaning) in ELIGIBILITY {
        rows.push(row("eligibility", "refusal", code, "the condition's", meaning));
    }
    for it in Condition::ALL {
        rows.push(row("eligibility", "condition", it.code(), it.clause(), condition(it)));
    }
    rows
}

const ALIAS: [(&str, &str); 3] = [
    ("real_name", "the real name, or a part of it, is on the screen"),
    ("another_name", "it is not the name that the office told"),
    ("not_an_alias", "it has not the form of a name that an office tells"),
];

const ENVIRONMENT: [(&str, &str); 3] = [
    ("forbidden", "an item without which the article forbids use is declared not kept"),
    ("unanswered", "an item that is asked has no answer"),
    ("not_an_answer", "the item cannot be answered so on this device"),
];

const ELIGIBILITY: [(&str, &str); 2] = [
    ("not_met", "an officer found the condition not met"),
    ("undecided", "no officer has decided on the condition"),
];

fn slot(refusal: SlotRefusal) -> &'static str {
    match refusal {
        SlotRefusal::NotATime => "no date, time of day or number of minutes",
        SlotRefusal::EraDate => "a date in an era; the year of the calendar is asked for",
        SlotRefusal::TooShort => "shorter than the terms allow",
        SlotRefusal::TooLong => "longer than the terms allow",
        SlotRefusal::NotOnStep => "start or length is not on the office's step",
        SlotRefusal::InThePast => "the session has begun or is over",
        SlotRefusal::Weekend => "a Saturday or Sunday",
        SlotRefusal::Holiday => "a national holiday",
        SlotRefusal::YearEnd => "29 December to 3 January",
        SlotRefusal::OfficeClosed => "a day that the office closed on its own account",
        SlotRefusal::OutsideWindow => "not wholly inside one of the terms' windows",
        SlotRefusal::SameDay => "the day by which a booking must be complete is over",
        SlotRefusal::PastAcceptance => "the office no longer takes applications for that day",
        SlotRefusal::BeyondHorizon => "further ahead than the office plans",
    }
}

fn fact(what: What) -> (&'static str, &'static str) {
    match what {
        What::Called => ("2(4)", "the person got in touch, or the office reached them"),
        What::CalledOff => ("2(4)", "the person cancelled"),
        What::Arrived => ("2(4)", "the person was seen at the door"),
        What::WrongName => ("2(3)", "the person was there under another name than the told one"),
        What::StoppedByOffice(StopCause::CounsellorAbsent) => {
            ("9(6)", "the counsellor cannot come")
        }
        What::StoppedByOffice(StopCause::Failure) => ("9(6)", "equipment or network failed"),
        What::StoppedByOffice(StopCause::Disaster) => ("9(6)", "disaster or attack"),
        What::StoppedByOffice(StopCause::ServiceStopped) => ("10(1)", "the service is stopped"),
        What::BrokenOff => ("9(4)", "the office ended it because of a breach"),
        What::Outage => ("9(6)", "the office's side could not be reached"),
        What::ToTelephone => ("2(2)", "the office will call instead"),
        What::FromTelephone => ("2(2)", "the person comes to the door after all"),
        What::Moved => ("2(2)", "another start was notified"),
        What::SlotLost => ("2(2)", "the time had gone to another person"),
        What::Ended(Outcome::Held) => ("5(1)", "counselling took place"),
        What::Ended(Outcome::JobseekersTrouble) => ("9(2)", "the jobseeker's equipment failed"),
        What::Ended(Outcome::OfficesTrouble) => ("9(6)", "the office's equipment failed"),
        What::Ended(Outcome::ByTelephone) => ("5(1)", "it went on by telephone"),
    }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Waiting => "booked; nothing has been heard yet",
        Standing::InContact => "the person got in touch; no limit runs",
        Standing::Present => "the person is, or was, there",
        Standing::Held => "counselling took place",
        Standing::ByTelephone => "it went on by telephone",
        Standing::JobseekersTrouble => "the jobseeker's equipment failed; no no-show",
        Standing::OfficesTrouble => "the office's side failed; no no-show",
        Standing::CalledOff => "cancelled by the person",
        Standing::DeemedCancelled => "deemed cancelled after silence",
        Standing::StoppedByOffice => "called off by the office; no no-show",
        Standing::BrokenOff => "ended or called off because of a breach; no no-show",
        Standing::Displaced => "its time was another's when it came back; a new one is owed",
        Standing::Unrecorded => "the day passed without an outcome; counts against nobody",
    }
}

fn number(refusal: NumberRefusal) -> &'static str {
    match refusal {
        NumberRefusal::Empty => "nothing, or a label alone",
        NumberRefusal::TooLong => "more digits than any number has",
        NumberRefusal::NotDigits => "something else than digits, dashes and spaces",
        NumberRefusal::Incomplete => "the second part is missing",
        NumberRefusal::MisplacedDash => "a dash elsewhere than after the fifth digit",
        NumberRefusal::LooksLikeEstablishmentNumber => "an establishment's number (事業所番号)",
        NumberRefusal::LooksLikeJobOfferNumber => "a job offer's number (求人番号)",
    }
}

fn item(item: Item) -> &'static str {
    match item {
        Item::Safe => "the device is safe",
        Item::Online => "the device is connected",
        Item::TrustedLine => "it is known who keeps the connection; forbidding",
        Item::AppInstalled => "the tool's app is installed",
        Item::SupportedSystem => "the system is supported and patched; forbidding",
        Item::Updated => "browser and software are up to date",
        Item::Firewall => "the firewall is on",
        Item::NoFileSharing => "no file-sharing software is installed",
        Item::AntiVirus => "anti-virus software is installed and up to date",
    }
}

fn declared(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "it is so; `true` says the same",
        Answer::No => "it is not so; `false` says the same",
        Answer::Unsure => "the person does not know",
        Answer::NotApplicable => "it does not concern this device",
    }
}

fn condition(condition: Condition) -> &'static str {
    match condition {
        Condition::Registered => "registered as a jobseeker",
        Condition::Environment => "has the environment and can use the tool",
        Condition::Need => "some need is foreseen",
        Condition::CleanHistory => "never broke the terms and was never stopped; not in the model",
    }
}
