//! Faults of other people's waiting rooms, by the numbers under which BigBlueButton's users told
//! of them. None may happen here.

use super::*;

#[test]
fn bbb_14347_who_lost_the_line_is_back_in_the_list_on_reconnecting() {
    let lost = "09:50 C in 21; 09:52 J in 11; 09:55 lost 11";
    check(lost, &[("21", "in call [] | J lost 09:55")]);
    let back = format!("{lost}; 09:58 J in 12");
    check(&back, &[("21", "in call [] | J waits 09:52"), ("12", "waiting 09:52 staff here")]);
}

#[test]
fn bbb_12827_who_reloads_after_a_long_time_is_in_the_list() {
    let long = "08:00 C in 21; 08:01 J in 11; 09:30 lost 11; 11:00 J in 12; 11:59 C in 22";
    check(long, &[("22", "in call [] | J waits 08:01"), ("12", "waiting 08:01 staff here")]);
}

#[test]
fn bbb_12254_a_reload_of_the_staff_page_gets_the_whole_list() {
    let three = "09:50 J in 11; 09:51 K in 31; 09:52 C in 21";
    let list = "in call [] | J waits 09:50 | K waits 09:51";
    check(three, &[("21", list)]);
    check(&format!("{three}; 09:53 C in 22"), &[("22", list), ("21", "-")]);
    check(&format!("{three}; 09:53 lost 21; 09:58 C in 22"), &[("22", list)]);
    check(&format!("{three}; 09:53 node 1"), &[("21", "-"), ("11", "-")]);
}

#[test]
fn bbb_21833_who_closed_the_tab_is_not_in_the_list() {
    let gone = "in call [] | J lost 09:55";
    check("09:50 C in 21; 09:52 J in 11; 09:55 lost 11", &[("21", gone)]);
    let left = "in call [] | J left 09:55";
    check("09:50 C in 21; 09:52 J in 11; 09:55 leave 11", &[("21", left)]);
    // Word of the old page that comes late does not remove who is back on another.
    let late = "09:50 C in 21; 09:52 J in 11; 09:53 J in 12; 09:55 lost 11";
    check(late, &[("21", "in call [] | J waits 09:52"), ("12", "waiting 09:52 staff here")]);
}

#[test]
fn bbb_20000_and_16620_an_approval_is_in_one_place_and_lets_in() {
    // Let in while the line was broken, or twice, or by two of the staff.
    let lost = "09:50 C in 21; 09:52 J in 11; 09:55 lost 11; 09:56 21 admit J";
    check(&format!("{lost}; 09:58 J in 12"), &[("12", "in call [<C21]")]);
    let twice = "09:50 C in 21; 09:52 J in 11; 09:55 21 admit J; 09:56 21 admit J";
    check(twice, &[("11", "in call [<C21]")]);
    follows(twice, "");
    let two = "09:50 C in 21; 09:50 D in 61; 09:52 J in 11; 09:55 21 admit J; 09:56 61 admit J";
    check(two, &[("11", "in call [<C21 <D61]"), ("61", "in call [<C21 >J11]")]);
}

#[test]
fn bbb_14290_approval_works_after_any_time() {
    let long = "08:00 J in 11; 08:01 C in 21; 11:59 21 admit J";
    check(long, &[("11", "in call [<C21]")]);
}

#[test]
fn who_was_let_in_goes_straight_back_in() {
    let met = "09:50 J in 11; 09:51 C in 21; 10:00 21 admit J";
    for gone in ["lost 11", "leave 11", "node 1"] {
        let back = format!("{met}; 10:05 {gone}; 10:20 C in 22 own 2; 10:20 J in 12 own 2");
        check(&back, &[("12", "in call [<C22]"), ("22", "in call [>J12]")]);
    }
    // Who leaves before being let in begins to wait anew.
    let anew = "09:50 J in 11; 09:51 leave 11; 09:58 J in 12";
    check(anew, &[("12", "waiting 09:58")]);
}

#[test]
fn a_lost_node_takes_only_its_own_sockets() {
    let two = "09:50 J in 11 own 1; 09:51 C in 21 own 2; 10:00 21 admit J; 10:05 node 1";
    check(two, &[("11", "-"), ("21", "in call [] | J lost 10:05")]);
    follows(&format!("{two}; 10:06 node 1"), "");
    follows(&format!("{two}; 10:06 node 7"), "");
    follows(&format!("{two}; 10:06 lost 11"), "");
}
