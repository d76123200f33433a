//! What was typed while somebody called or stood at the counter, as an application.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::application::{Intake, Interpreter, Support, WishFault, check_wishes};
use rules::people::{
    ContactRefusal, Email, FreeText, JobseekerNumber, Kana, Language, LegalName, Telephone,
};
use rules::schedule::{Bounds, Slot, parse_wish};
use rules::terms::eligibility::NeedReason;
use rules::terms::environment::{
    Answer, Declaration, DeclarationRefusal, Device, Item, JoinBy, judge,
};

use super::said::FieldFault;
use crate::application::{Care, NOTE_AT_MOST, NewApplication, Person};

/// How a form is asked: the first value of a field, and all of them.
pub(super) trait Fields {
    fn get(&self, name: &str) -> &str;
    fn all(&self, name: &str) -> Vec<String>;
}

impl Fields for crate::web::Form {
    fn get(&self, name: &str) -> &str {
        self.get(name)
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.all(name)
    }
}

/// The faults of a form by field, in the order of the fields.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found(pub(super) Vec<(String, FieldFault)>);

impl Found {
    fn keep<T, R>(
        &mut self,
        field: &str,
        read: Result<T, R>,
        fault: impl Fn(R) -> FieldFault,
    ) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.0.push((field.to_owned(), fault(refusal)));
                None
            }
        }
    }

    /// As [`Found::keep`], for a field that may be left empty.
    fn keep_if_any<T, R>(
        &mut self,
        (field, typed): (&str, &str),
        read: impl Fn(&str) -> Result<T, R>,
        fault: impl Fn(R) -> FieldFault,
    ) -> Option<T> {
        if typed.trim().is_empty() {
            return None;
        }
        self.keep(field, read(typed), fault)
    }

    fn choice<T>(&mut self, field: &str, chosen: Option<T>) -> Option<T> {
        self.keep(field, chosen.ok_or(()), |()| FieldFault::NotChosen)
    }
}

/// The name of an answer's field.
pub(super) fn answer_field(item: Item) -> String {
    format!("answer_{}", item.code())
}

/// Reads the whole form, of somebody who asks for a time or for a group session.
///
/// # Errors
/// Every fault, field by field.
pub(super) fn read(
    form: &impl Fields,
    (bounds, group): (&Bounds<'_>, Option<i64>),
    (officer, now): (i64, Timestamp),
) -> Result<NewApplication, Found> {
    let mut found = Found::default();
    let intake = Intake::parse(form.get("intake")).filter(|intake| *intake != Intake::Web);
    let intake = found.choice("intake", intake);
    let person = person(form, &mut found);
    let language = found.choice("language", Language::parse(form.get("language")));
    let wishes = match group {
        Some(_) => Vec::new(),
        None => wishes(form, bounds, now, &mut found),
    };
    let care = care(form, &mut found);
    let declaration = declaration(form, now, &mut found);
    if form.get("consent") != "yes" {
        found.0.push(("consent".to_owned(), FieldFault::NoConsent));
    }
    match (intake, person, language, care, declaration) {
        (Some(intake), Some(person), Some(language), Some(care), Some(declaration))
            if found.0.is_empty() =>
        {
            Ok(NewApplication {
                person,
                care,
                declaration,
                wishes,
                language,
                group,
                intake,
                entered_by: Some(officer),
                consented_version: form.get("terms_version").to_owned(),
            })
        }
        _ => Err(found),
    }
}

fn person(form: &impl Fields, found: &mut Found) -> Option<Person> {
    let name = found.keep("name", LegalName::parse(form.get("name")), FieldFault::Name);
    let kana = found.keep_if_any(("kana", form.get("kana")), Kana::parse, FieldFault::Kana);
    let number = JobseekerNumber::parse(form.get("number"));
    let number = found.keep("number", number, FieldFault::Number);
    let telephone = form.get("telephone");
    let telephone =
        found.keep_if_any(("telephone", telephone), Telephone::parse, FieldFault::Telephone);
    let email = found.keep_if_any(("email", form.get("email")), Email::parse, FieldFault::Email);
    let typed = |field: &str| !form.get(field).trim().is_empty();
    if !typed("telephone") && !typed("email") {
        found.keep("telephone", Err(ContactRefusal::Empty), |_: ContactRefusal| {
            FieldFault::NoContact
        })?;
    }
    let note = text(form, "note", found);
    Some(Person { name: name?, kana, number: number?, email, telephone, note: note? })
}

/// A text that may be empty. Nothing when it is not taken.
#[expect(clippy::option_option, reason = "a fault is not an empty text")]
fn text(form: &impl Fields, field: &str, found: &mut Found) -> Option<Option<FreeText>> {
    let read = FreeText::parse(form.get(field), NOTE_AT_MOST);
    let text = found.keep(field, read, |refusal| FieldFault::Text(refusal, NOTE_AT_MOST))?;
    Some(Some(text).filter(|text| !text.is_empty()))
}

/// The wishes of the rows that were filled in, in their order.
fn wishes(form: &impl Fields, bounds: &Bounds<'_>, now: Timestamp, found: &mut Found) -> Vec<Slot> {
    let row = |rank: u8, part: &str| form.get(&format!("wish{rank}_{part}"));
    let mut ranks = Vec::new();
    let mut wishes = Vec::new();
    let faults_before = found.0.len();
    for rank in 1..=bounds.practice.wishes_at_most {
        if row(rank, "date").trim().is_empty() && row(rank, "time").trim().is_empty() {
            continue;
        }
        let read = parse_wish(row(rank, "date"), row(rank, "time"), row(rank, "minutes"));
        let field = format!("wish{rank}_date");
        let refused = |refusal| FieldFault::Wish(WishFault::Refused(usize::from(rank), refusal));
        if let Some(wish) = found.keep(&field, read, refused) {
            ranks.push(rank);
            wishes.push(wish);
        }
    }
    if found.0.len() == faults_before {
        for fault in check_wishes(&wishes, bounds, now).err().unwrap_or_default() {
            // Ranks of the rules count the rows that were filled in.
            let of = |place: usize| ranks.get(place - 1).copied().unwrap_or(1);
            let (rank, fault) = match fault {
                WishFault::Twice(place) => (of(place), WishFault::Twice(of(place).into())),
                WishFault::Refused(place, refusal) => {
                    (of(place), WishFault::Refused(of(place).into(), refusal))
                }
                other => (1, other),
            };
            found.0.push((format!("wish{rank}_date"), FieldFault::Wish(fault)));
        }
    }
    wishes
}

fn care(form: &impl Fields, found: &mut Found) -> Option<Care> {
    let reasons: Vec<NeedReason> =
        form.all("reasons").iter().filter_map(|code| NeedReason::parse(code)).collect();
    if reasons.is_empty() {
        found.0.push(("reasons".to_owned(), FieldFault::NoReason));
    }
    let supports: Vec<Support> =
        form.all("supports").iter().filter_map(|code| Support::parse(code)).collect();
    let interpreter = match supports.contains(&Support::Interpreter) {
        true => {
            let named = Interpreter::parse(form.get("interpreter"));
            Some(found.keep("interpreter", named.ok_or(()), |()| FieldFault::NoLanguage)?)
        }
        false => None,
    };
    let words = text(form, "care_words", found)?;
    Some(Care { reasons, supports, interpreter, words })
}

/// The declaration, as asked on the telephone: what was not asked is "unsure".
fn declaration(form: &impl Fields, now: Timestamp, found: &mut Found) -> Option<Declaration> {
    let device = found.choice("device", Device::parse(form.get("device")));
    let join_by = found.choice("join_by", JoinBy::parse(form.get("join_by")));
    let answer = |item| {
        let given = Answer::parse(form.get(&answer_field(item)));
        (item, given.unwrap_or(Answer::Unsure))
    };
    let answers: BTreeMap<Item, Answer> = Item::ALL.into_iter().map(answer).collect();
    let declaration = Declaration { device: device?, join_by: join_by?, answers, at: now };
    match judge(&declaration) {
        Ok(_) => Some(declaration),
        Err(DeclarationRefusal::Unanswered(item) | DeclarationRefusal::NotAnAnswer(item, _)) => {
            found.0.push((answer_field(item), FieldFault::NotAnAnswer));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use rules::people::{NameRefusal, NumberRefusal, Practice};
    use rules::schedule::{Calendar, SlotRefusal};
    use rules::terms;

    use super::*;

    impl Fields for Vec<(&str, &str)> {
        fn get(&self, name: &str) -> &str {
            self.iter().rev().find(|(field, _)| *field == name).map_or("", |(_, value)| value)
        }

        fn all(&self, name: &str) -> Vec<String> {
            let same = self.iter().filter(|(field, _)| *field == name);
            same.map(|(_, value)| (*value).to_owned()).collect()
        }
    }

    fn filled() -> Vec<(&'static str, &'static str)> {
        vec![
            ("intake", "telephone"),
            ("name", "髙橋　花子"),
            ("number", "２７０８０－０１３９１８７３"),
            ("telephone", "072-000-0000"),
            ("language", "ja"),
            ("wish1_date", "2026-11-26"),
            ("wish1_time", "10:15"),
            ("wish1_minutes", "45"),
            ("reasons", "distance"),
            ("device", "phone"),
            ("join_by", "app"),
            ("consent", "yes"),
        ]
    }

    /// The filled form with other fields; the faults that are found.
    fn check(changes: &[(&'static str, &'static str)], expected: &[(&str, FieldFault)]) {
        let mut form = filled();
        form.extend_from_slice(changes);
        let model = terms::model();
        let (calendar, practice) = (Calendar::default(), Practice::default());
        let bounds = Bounds { rules: &model.rules, calendar: &calendar, practice: &practice };
        let now = "2026-11-16T10:00:00+09:00".parse().unwrap();
        let faults = read(&form, (&bounds, None), (1, now)).err().unwrap_or_default();
        let faults: Vec<(&str, FieldFault)> =
            faults.0.iter().map(|(field, fault)| (field.as_str(), *fault)).collect();
        assert_eq!(faults, expected, "{changes:?}");
    }

    #[test]
    fn article_2_1_what_staff_enter_for_somebody() {
        use FieldFault as F;
        check(&[], &[]);
        check(&[("intake", "web")], &[("intake", F::NotChosen)]);
        check(&[("name", " ")], &[("name", F::Name(NameRefusal::Empty))]);
        check(&[("number", "1234")], &[("number", F::Number(NumberRefusal::Incomplete))]);
        check(&[("telephone", "")], &[("telephone", F::NoContact)]);
        check(&[("telephone", ""), ("email", "a@example.jp")], &[]);
        check(&[("email", "a")], &[("email", F::Email(ContactRefusal::AtSign))]);
        check(&[("language", "xx")], &[("language", F::NotChosen)]);
        check(&[("device", "")], &[("device", F::NotChosen)]);
        check(&[("consent", "")], &[("consent", F::NoConsent)]);
        check(&[("answer_firewall", "not_applicable")], &[]);
        check(
            &[("device", "computer"), ("answer_firewall", "not_applicable")],
            &[("answer_firewall", F::NotAnAnswer)],
        );
    }

    #[test]
    fn article_2_1_wishes_by_row() {
        let refused = |rank, refusal| FieldFault::Wish(WishFault::Refused(rank, refusal));
        let second = |date, time, minutes| {
            [("wish2_date", date), ("wish2_time", time), ("wish2_minutes", minutes)]
        };
        check(&second("2026-11-27", "１４：００", "60"), &[]);
        check(
            &second("2026-11-27", "", "60"),
            &[("wish2_date", refused(2, SlotRefusal::NotATime))],
        );
        check(
            &second("令和8年11月27日", "14:00", "60"),
            &[("wish2_date", refused(2, SlotRefusal::EraDate))],
        );
        check(
            &[("wish1_date", ""), ("wish1_time", "")],
            &[("wish1_date", FieldFault::Wish(WishFault::None))],
        );
        // The rank is that of the row, though the row before it is empty.
        check(
            &[("wish3_date", "2026-11-23"), ("wish3_time", "10:15"), ("wish3_minutes", "45")],
            &[("wish3_date", refused(3, SlotRefusal::Holiday))],
        );
        check(
            &[("wish3_date", "2026-11-26"), ("wish3_time", "10:15"), ("wish3_minutes", "45")],
            &[("wish3_date", FieldFault::Wish(WishFault::Twice(3)))],
        );
    }

    #[test]
    fn what_was_not_asked_is_unsure() {
        let mut found = Found::default();
        let form = vec![("device", "computer"), ("join_by", "browser"), ("answer_safe", "yes")];
        let now = "2026-11-16T10:00:00+09:00".parse().unwrap();
        let declaration = declaration(&form, now, &mut found).unwrap();
        assert_eq!(declaration.answers[&Item::Safe], Answer::Yes);
        assert_eq!(declaration.answers[&Item::Online], Answer::Unsure);
    }
}
