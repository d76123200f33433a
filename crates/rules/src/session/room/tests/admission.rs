//! Who is let in, and what is known before (articles 2(3), 5(4)).

use super::*;

const MET: &str = "09:50 J in 11; 09:55 C in 21; 10:00 21 admit J";

#[test]
fn nothing_is_known_before_admission() {
    check("09:50 J in 11", &[("11", "waiting 09:50")]);
    check("09:50 J in 11; 09:55 C in 21", &[("11", "waiting 09:50 staff here")]);
    check("09:50 J in 11; 09:51 K in 31", &[("11", "waiting 09:50"), ("31", "waiting 09:51")]);
    let (room, _) = play("09:50 J in 11; 09:52 C in 21; 09:53 I in 41; 09:54 21 admit I");
    let view = room.view(socket("11"), at("09:55")).unwrap();
    assert!(!view.may_relay());
    let said = serde_json::to_string(&view).unwrap();
    for hidden in ["窓口", "通訳", "peer", "desk\":{", "0015", "0029"] {
        assert!(!said.contains(hidden), "{hidden} in {said}");
    }
    assert_eq!(view.you.name, "相談-2738");
}

#[test]
fn admission_opens_the_call_to_both() {
    check(MET, &[("11", "in call [<C21]"), ("21", "in call [>J11]")]);
    let (room, _) = play(MET);
    for id in ["11", "21"] {
        assert!(room.view(socket(id), at("10:00")).unwrap().may_relay());
    }
    assert_eq!(room.view(socket("99"), at("10:00")), None);
}

#[test]
fn article_2_4_arrival_is_told_once() {
    follows("09:50 J in 11", "arrived 09:50, changed");
    follows("09:50 J in 11; 09:51 J in 12", "changed, close 11 taken_over");
    follows("09:50 J in 11; 09:51 lost 11; 09:52 J in 12", "changed");
    follows("09:50 J in 11; 09:51 leave 11; 09:52 J in 12", "changed");
    follows("09:50 C in 21", "changed");
    follows("09:50 K in 31", "changed");
    follows("09:55 desk move telephone; 10:01 J in 11", "arrived 10:01, changed");
    follows("09:50 desk end; 09:51 J in 11", "close 11 ended");
}

#[test]
fn article_5_1_the_talk_begins_when_both_are_in_the_call() {
    let met = |script: &str| play(script).0.met().map(clock);
    assert_eq!(met("09:50 J in 11; 09:55 C in 21"), None);
    assert_eq!(met("09:50 K in 31; 09:51 desk admit K; 09:55 C in 21"), None);
    assert_eq!(met(MET).as_deref(), Some("10:00"));
    assert_eq!(met("09:50 J in 11; 09:51 desk admit J; 09:55 C in 21").as_deref(), Some("09:55"));
    let again = format!("{MET}; 10:05 lost 11; 10:09 J in 12; 10:30 21 end");
    assert_eq!(met(&again).as_deref(), Some("10:00"));
    let room = play(&format!("{MET}; 10:01 K in 31; 10:02 J in 12 other")).0;
    let let_in = ["11", "21", "31", "12", "99"].map(|id| room.has_let_in(socket(id)));
    assert_eq!(let_in, [true, true, false, false, false]);
}

#[test]
fn one_of_each_two_offers_and_it_is_the_staff_side() {
    let all = format!("{MET}; 10:01 K in 31; 10:02 21 admit K; 10:03 S in 51; 10:04 21 admit S");
    check(
        &all,
        &[
            ("21", "in call [>J11 >K31 >S51]"),
            ("11", "in call [<C21 >K31 >S51]"),
            ("31", "in call [<J11 <C21 >S51]"),
            ("51", "in call [<J11 <C21 <K31]"),
        ],
    );
    check("10:00 C in 21; 10:00 D in 61", &[("21", "in call [>D61]"), ("61", "in call [<C21]")]);
}

#[test]
fn staff_admit_send_back_remove() {
    check(
        &format!("{MET}; 10:05 21 send_back J"),
        &[("11", "waiting 10:05 staff here"), ("21", "in call [] | J waits 10:05")],
    );
    check(&format!("{MET}; 10:05 21 send_back J; 10:06 21 admit J"), &[("11", "in call [<C21]")]);
    let removed = format!("{MET}; 10:05 21 remove J");
    follows(&removed, "changed, close 11 removed");
    check(&removed, &[("11", "-"), ("21", "in call [] | J removed 10:05")]);
    follows(&format!("{removed}; 10:06 J in 12"), "close 12 removed");
    check(&format!("{removed}; 10:06 21 admit J; 10:07 J in 12"), &[("12", "in call [<C21]")]);
    let back = format!("{removed}; 10:06 21 send_back J; 10:07 J in 12");
    check(&back, &[("12", "waiting 10:07 staff here")]);
}

#[test]
fn only_staff_give_orders() {
    let both = format!("{MET}; 10:01 K in 31");
    for order in ["admit K", "send_back K", "remove C", "take_over K", "chat off", "end"] {
        follows(&format!("{both}; 10:02 11 {order}"), "refuse 11 staff_only");
        follows(&format!("{both}; 10:02 31 {order}"), "refuse 31 staff_only");
        follows(&format!("{both}; 10:02 99 {order}"), "");
    }
    follows(&format!("{both}; 10:02 31 move telephone"), "refuse 31 staff_only");
    follows(&format!("{both}; 10:02 21 remove C"), "refuse 21 is_staff");
    follows(&format!("{both}; 10:02 desk send_back C"), "refuse desk is_staff");
    follows(&format!("{both}; 10:02 desk admit S"), "refuse desk no_such_seat");
    follows(&format!("{both}; 10:02 desk admit K"), "changed");
    // Who gave orders and is gone gives none.
    follows(&format!("{both}; 10:02 lost 21; 10:03 21 admit K"), "");
}

#[test]
fn orders_can_be_repeated() {
    for order in
        ["admit J", "send_back J", "remove J", "chat off", "move by_hand", "end", "take_over J"]
    {
        let once = format!("{MET}; 10:05 desk {order}");
        follows(&format!("{once}; 10:06 desk {order}"), "");
        assert_eq!(play(&once).0, play(&format!("{once}; 10:06 desk {order}")).0, "{order}");
    }
}

#[test]
fn the_end_is_the_end_for_everybody() {
    let ended = format!("{MET}; 10:01 K in 31; 10:30 21 end");
    follows(&ended, "changed, close 11 ended, close 21 ended, close 31 ended");
    check(&ended, &[("11", "-"), ("21", "-"), ("31", "-")]);
    for who in ["J", "C", "K", "S"] {
        follows(&format!("{ended}; 10:31 {who} in 99"), "close 99 ended");
    }
    for order in ["admit J", "chat on"] {
        follows(&format!("{ended}; 10:31 desk {order}"), "refuse desk over");
    }
    // Ended by mistake: the desk has it go on, here or elsewhere.
    for order in ["move telephone", "move room"] {
        follows(&format!("{ended}; 10:31 desk {order}"), "changed");
    }
    check(
        &format!("{ended}; 10:31 desk move room; 10:32 J in 12; 10:33 C in 22"),
        &[("12", "in call [<C22]")],
    );
    follows(&format!("{ended}; 10:31 lost 11; 10:32 leave 21; 10:33 node 1"), "");
    let by = |script: &str| play(script).0.phase();
    assert_eq!(by(&ended), Phase::Ended { by: Some(seat("C")), at: at("10:30") });
    assert_eq!(by("10:30 desk end"), Phase::Ended { by: None, at: at("10:30") });
}

#[test]
fn a_moved_session_tells_everybody_where() {
    let moved = format!("{MET}; 10:01 K in 31; 10:02 11 media cm; 10:05 21 move telephone");
    let where_to = "moved telephone 10:05";
    check(&moved, &[("11", where_to), ("31", where_to)]);
    check(&format!("{moved}; 10:06 J in 12"), &[("12", where_to), ("11", "-")]);
    check(&format!("{moved}; 10:06 S in 51"), &[("51", where_to)]);
    check(&format!("{moved}; 10:06 21 move by_hand"), &[("11", "moved by_hand 10:06")]);
    check(&format!("{moved}; 10:06 21 move telephone"), &[("11", where_to)]);
    follows(&format!("{moved}; 10:06 11 media cm"), "refuse 11 not_admitted");
    // Back in the room: who was let in still is, with nothing switched on.
    let back = format!("{moved}; 10:06 21 move room");
    check(&back, &[("11", "in call [<C21]"), ("31", "waiting 10:01 staff here")]);
    follows(&format!("{moved}; 10:06 21 end; 10:07 desk admit J"), "refuse desk over");
}

#[test]
fn article_5_4_screens_are_shown_by_staff() {
    follows(&format!("{MET}; 10:01 11 media cms"), "refuse 11 staff_only");
    check(&format!("{MET}; 10:01 11 media m"), &[("21", "in call [>J11m]")]);
    check(&format!("{MET}; 10:01 21 media cms"), &[("11", "in call [<C21cms]")]);
    check(&format!("{MET}; 10:01 21 media s; 10:02 C in 22"), &[("11", "in call [<C22]")]);
    follows("09:50 J in 11; 09:51 11 media m", "refuse 11 not_admitted");
    follows(&format!("{MET}; 10:01 99 media m"), "");
    let reload = format!("{MET}; 10:01 11 media cm; 10:02 C in 22");
    check(&reload, &[("22", "in call [>J11cm]")]);
}

#[test]
fn what_is_stored_comes_back_the_same() {
    let script = format!("{MET}; 10:01 J in 12 other; 10:02 K in 31; 10:03 21 move by_hand");
    for script in [MET, &script, "10:00 J in 11; 10:01 desk end", ""] {
        let (room, _) = play(script);
        let stored = serde_json::to_string(&room).unwrap();
        assert_eq!(serde_json::from_str::<Room>(&stored).unwrap(), room, "{stored}");
    }
    // What an older program stored lacks what a later one added.
    assert_eq!(serde_json::from_str::<Room>("{}").unwrap(), Room::default());
}

/// What was called off is told to who waits; who is asked in again needs not wait again.
#[test]
fn who_is_turned_out_is_told_why() {
    follows("09:50 J in 11; 09:51 shut 11", "changed, close 11 shut");
    follows("09:50 J in 11; 09:51 shut 12", "");
    follows("09:50 J in 11; 09:51 shut 11; 09:52 shut 11", "");
    check(
        "09:50 J in 11; 09:51 desk admit J; 09:52 shut 11; 09:55 J in 12",
        &[("11", "-"), ("12", "in call []")],
    );
}
