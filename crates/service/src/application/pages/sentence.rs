//! The sentences of refusals, with the numbers of the terms and of the office in them.

use rules::application::WishFault;
use rules::people::{NAME_MAX_CHARS, NameRefusal, TextRefusal};
use rules::schedule::{Bounds, SlotRefusal};

use crate::error::{Refusal, slot_key};
use crate::words::{Markup, Words, key};

/// What to say of a refusal to a jobseeker, and what to do next.
pub(super) fn sentence(words: Words, refusal: &Refusal, bounds: &Bounds<'_>) -> Markup {
    match refusal {
        Refusal::Slot(slot) => slot_sentence(words, *slot, bounds),
        Refusal::Wishes(faults) => match faults.first() {
            Some(fault) => wish_sentence(words, *fault, bounds),
            None => words.t(refusal.key()),
        },
        other => words.t(other.key()),
    }
}

/// Why a time is not possible, followed by what is possible where a number tells it.
pub(super) fn slot_sentence(words: Words, refusal: SlotRefusal, bounds: &Bounds<'_>) -> Markup {
    let why = words.t(slot_key(refusal));
    let practice = bounds.practice;
    let possible = match refusal {
        SlotRefusal::TooShort | SlotRefusal::TooLong => words.t2(
            key!("application-possible-length"),
            "shortest",
            bounds.rules.shortest_minutes,
            "longest",
            bounds.rules.longest_minutes,
        ),
        SlotRefusal::NotOnStep => {
            words.t1(key!("application-possible-step"), "step", practice.step_minutes)
        }
        SlotRefusal::OutsideWindow => words.t1(
            key!("application-possible-windows"),
            "windows",
            words.windows(&bounds.rules.windows),
        ),
        SlotRefusal::PastAcceptance => words.t2(
            key!("application-possible-acceptance"),
            "days",
            practice.acceptance_working_days,
            "time",
            words.time(practice.acceptance_until),
        ),
        SlotRefusal::BeyondHorizon => {
            words.t1(key!("application-possible-horizon"), "days", practice.horizon_days)
        }
        _ => return why,
    };
    joined(words, &why, &possible)
}

/// What is wrong with a list of wishes.
pub(super) fn wish_sentence(words: Words, fault: WishFault, bounds: &Bounds<'_>) -> Markup {
    match fault {
        WishFault::None => words.t(key!("application-wishes-none")),
        WishFault::TooMany => {
            let at_most = bounds.practice.wishes_at_most;
            words.t1(key!("application-wishes-too-many"), "count", at_most)
        }
        WishFault::Twice(_) => words.t(key!("application-wishes-twice")),
        WishFault::Refused(_, refusal) => slot_sentence(words, refusal, bounds),
    }
}

/// What is wrong with a name or its reading.
pub(super) fn name_sentence(words: Words, refusal: NameRefusal) -> Markup {
    words.t(match refusal {
        NameRefusal::Empty => key!("application-name-empty"),
        NameRefusal::TooLong => {
            return words.t1(key!("application-name-too-long"), "count", NAME_MAX_CHARS);
        }
        NameRefusal::NotKana => key!("application-kana-fault"),
        NameRefusal::PrivateUse => key!("application-name-private-use"),
        NameRefusal::NoLetter => key!("application-name-no-letter"),
        NameRefusal::Control | NameRefusal::BidiControl | NameRefusal::ZeroWidth => {
            key!("application-name-unseen")
        }
        NameRefusal::Symbol => key!("application-name-symbol"),
    })
}

/// What is wrong with free text.
pub(super) fn text_sentence(words: Words, refusal: TextRefusal, at_most: usize) -> Markup {
    match refusal {
        TextRefusal::TooLong => words.t1(key!("application-text-too-long"), "count", at_most),
        TextRefusal::Control | TextRefusal::BidiControl => words.t(key!("application-text-unseen")),
    }
}

/// Two sentences, one after the other: with a blank only where the language has blanks.
fn joined(words: Words, one: &Markup, other: &Markup) -> Markup {
    let blank = if words.html_lang() == "ja" { "" } else { " " };
    Markup::of_safe_html(format!("{one}{blank}{other}"))
}
