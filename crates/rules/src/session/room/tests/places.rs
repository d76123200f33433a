//! Four at once, and whose seat is whose.

use super::*;

#[test]
fn a_fifth_finds_no_place() {
    let four = "09:50 J in 11; 09:51 C in 21; 09:52 K in 31; 09:53 I in 41";
    follows(&format!("{four}; 09:54 S in 51"), "close 51 full");
    follows(&format!("{four}; 09:54 D in 61"), "close 61 full");
    follows(&format!("{four}; 09:54 K in 32"), "changed, close 31 taken_over");
    follows(&format!("{four}; 09:54 lost 31; 09:55 S in 51"), "changed");
    follows(&format!("{four}; 09:54 lost 31; 09:55 S in 51; 09:56 K in 32"), "close 32 full");
}

#[test]
fn a_place_is_kept_for_the_jobseeker_and_for_the_staff() {
    follows("09:50 K in 31; 09:51 I in 41; 09:52 S in 51", "close 51 full");
    follows("09:50 C in 21; 09:51 K in 31; 09:52 I in 41; 09:53 S in 51", "close 51 full");
    follows("09:50 C in 21; 09:51 D in 61; 09:52 K in 31; 09:53 I in 41", "close 41 full");
    follows("09:50 J in 11; 09:51 K in 31; 09:52 I in 41; 09:53 S in 51", "close 51 full");
    follows("09:50 K in 31; 09:51 I in 41; 09:52 J in 11; 09:53 C in 21", "changed");
}

#[test]
fn a_credential_fits_one_seat_only() {
    let mut room = play("09:50 J in 11; 09:51 C in 21").0;
    let mut connect = |seat: u32, role: SeatRole| {
        let entry = Entry { seat: SeatId(seat), role, ..entry("J", "99", "other", "1") };
        room.step(Input { at: at("10:00"), what: What::Connected(entry) })
    };
    let closed = [Output::Close { connection: socket("99"), why: Closing::NotYours }];
    assert_eq!(connect(9, SeatRole::Jobseeker), closed);
    assert_eq!(connect(1, SeatRole::Counsellor), closed);
    assert_eq!(connect(2, SeatRole::Jobseeker), closed);
}

#[test]
fn a_socket_is_told_of_once() {
    follows("09:50 J in 11; 09:51 J in 11", "");
    follows("09:50 J in 11; 09:51 C in 11", "");
    follows("09:50 J in 11; 09:51 J in 12 other; 09:52 J in 12 other", "");
}

#[test]
fn the_name_is_stamped_anew_on_each_connection() {
    let mut room = play("09:50 J in 11").0;
    let entry = Entry { name: "相談-8765".to_owned(), ..entry("J", "12", "own", "1") };
    room.step(Input { at: at("09:51"), what: What::Connected(entry) });
    assert_eq!(room.view(socket("12"), at("09:51")).unwrap().you.name, "相談-8765");
}

/// Staff come and go, helpers too: who left longest ago is forgotten, but never the jobseeker, nor
/// who was removed.
#[test]
fn a_room_forgets_who_left_longest_ago() {
    let mut room = play("09:00 J in 11; 09:01 desk admit J; 09:02 lost 11").0;
    room.step(input("09:03 K in 31"));
    room.step(input("09:04 desk remove K"));
    for number in 100..150_u32 {
        let entry = Entry {
            seat: SeatId(number),
            connection: ConnectionId(number.into()),
            ..entry("D", "1", "own", "1")
        };
        let connection = entry.connection;
        let outputs = room.step(Input { at: at("09:05"), what: What::Connected(entry) });
        assert_eq!(outputs, [Output::StateChanged], "{number}");
        room.step(Input { at: at("09:06"), what: What::Disconnected { connection } });
        assert!(room.seats().len() <= SEATS_REMEMBERED);
    }
    assert_eq!(room.step(input("09:07 K in 32")).len(), 1);
    room.step(input("09:08 C in 21"));
    room.step(input("09:08 J in 12"));
    assert_eq!(seen(&room, "32"), "-");
    assert_eq!(seen(&room, "12"), "in call [<C21]");
}
