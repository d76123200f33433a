//! One credential in two browsers (article 8(5)).

use super::*;

const MET: &str = "09:50 J in 11; 09:55 C in 21; 10:00 21 admit J";

#[test]
fn a_reload_of_the_same_browser_is_no_alarm() {
    follows(&format!("{MET}; 10:05 J in 12"), "changed, close 11 taken_over");
    check(&format!("{MET}; 10:05 J in 12"), &[("12", "in call [<C21]"), ("11", "-")]);
    follows("09:50 J in 11; 09:51 J in 12", "changed, close 11 taken_over");
    check("09:50 J in 11; 09:51 J in 12", &[("12", "waiting 09:50")]);
}

#[test]
fn a_second_browser_is_kept_out_and_the_desk_told() {
    let twice = format!("{MET}; 10:05 J in 12 other");
    follows(&twice, "alarm J 10:05, changed");
    check(
        &twice,
        &[
            ("11", "in call [<C21]"),
            ("12", "in use 10:05"),
            ("21", "in call [>J11] | J twice 10:05"),
        ],
    );
    // It may do nothing but ask again; a third one is closed.
    follows(&format!("{twice}; 10:06 12 media cm"), "refuse 12 not_admitted");
    follows(&format!("{twice}; 10:06 12 end"), "refuse 12 staff_only");
    follows(&format!("{twice}; 10:06 J in 13 other"), "changed, close 12 taken_over");
    check(&format!("{twice}; 10:06 J in 13 other"), &[("13", "in use 10:05"), ("12", "-")]);
    follows(&format!("{twice}; 10:06 J in 13 third"), "close 13 in_use");
    // The first one's reload changes nothing for the second.
    let reload = format!("{twice}; 10:06 J in 13");
    check(&reload, &[("13", "in call [<C21]"), ("12", "in use 10:05")]);
}

#[test]
fn staff_can_give_the_seat_to_the_second_browser() {
    let given = format!("{MET}; 10:05 J in 12 other; 10:06 21 take_over J");
    follows(&given, "changed, close 11 taken_over");
    check(&given, &[("12", "in call [<C21]"), ("21", "in call [>J12]"), ("11", "-")]);
    follows(&format!("{given}; 10:07 21 take_over J"), "");
    // The first one is now the second.
    follows(&format!("{given}; 10:08 J in 13"), "alarm J 10:08, changed");
    let waiting = "09:50 J in 11; 09:55 C in 21; 09:56 J in 12 other; 09:57 21 take_over J";
    check(waiting, &[("12", "waiting 09:50 staff here")]);
}

#[test]
fn what_was_allowed_to_one_browser_is_not_allowed_to_another() {
    // The first one goes: no longer used twice, but the person is to be seen again.
    let gone = format!("{MET}; 10:05 J in 12 other; 10:06 lost 11");
    check(&gone, &[("12", "waiting 10:06 staff here"), ("21", "in call [] | J waits 10:06")]);
    let later = format!("{MET}; 10:05 lost 11; 10:06 J in 12 other");
    check(&later, &[("12", "waiting 10:06 staff here")]);
    follows(&later, "changed");
    // The second one goes: nothing is left of it.
    for how in ["lost 12", "leave 12"] {
        let gone = format!("{MET}; 10:05 J in 12 other; 10:06 {how}");
        check(&gone, &[("11", "in call [<C21]"), ("21", "in call [>J11]"), ("12", "-")]);
    }
    let node = format!("{MET}; 10:05 J in 12 other 2; 10:06 node 2");
    check(&node, &[("21", "in call [>J11]"), ("12", "-")]);
    let both = format!("{MET}; 10:05 J in 12 other; 10:06 node 1; 10:07 C in 22");
    check(&both, &[("22", "in call [] | J lost 10:06"), ("12", "-")]);
    let out = format!("{MET}; 10:05 J in 12 other; 10:06 21 remove J");
    follows(&out, "changed, close 11 removed, close 12 removed");
}

#[test]
fn staff_go_on_at_another_machine() {
    let other = format!("{MET}; 10:05 C in 22 other");
    follows(&other, "changed, close 21 taken_over");
    check(&other, &[("22", "in call [>J11]"), ("11", "in call [<C22]")]);
}
