//! Letters that staff pass on: in an office without a mail server, to a person without an address,
//! and after the mail server gave up.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn an_office_without_a_mail_server_writes_every_letter() {
    on_both(|store| async move {
        let site = Site { mail_from: String::new(), ..site() };
        let office = Office::open_at(store, Some(ADDRESS), site).await;
        office.carry_out(&Arc::new(Post::ByHand)).await;
        let lines = office.lines().await;
        let told: Vec<_> = lines.iter().map(|line| (line.letter, line.state)).collect();
        let expected = [(Letter::Confirmation, State::ByHand), (Letter::Receipt, State::ByHand)];
        assert_eq!(told, expected);
        let application = office.application;
        let file = move |tx: &mut Tx<'_>, context: &Context| {
            letters::calendar_file(tx, context, application)
        };
        let file = office.within(file).await.expect("a calendar file");
        assert!(file.contains("METHOD:PUBLISH\r\n") && !file.contains("ORGANIZER"), "{file}");
    })
    .await;
}

/// Moves the session to the next day at two.
async fn moves(office: &Office) {
    let application = office.application;
    let moved = office.within(move |tx, context| {
        let counsellor = schedule::counsellors(tx, context)?[0].rule.id;
        let slot = slot("2026-11-25T14:00:00+09:00");
        let appoint = Appoint { slot, counsellor, same_day_reason: None };
        appointment::move_to(tx, context, application, &appoint, None)
    });
    moved.await.expect("moved");
}

async fn failing(office: &Office) -> Vec<(Letter, State)> {
    let lines = office.within(letters::failing).await.expect("a list");
    lines.iter().map(|line| (line.letter, line.state)).collect()
}

/// What was not yet passed on when the session moved would tell the old time.
#[tokio::test(flavor = "multi_thread")]
async fn a_later_letter_takes_the_place_of_what_waits_for_a_hand() {
    on_both(|store| async move {
        let office = Office::open(store, None).await;
        let post = Arc::new(Post::Outbox);
        office.carry_out(&post).await;
        let hand = State::ByHand;
        let waiting = [(Letter::Confirmation, hand), (Letter::Receipt, hand)];
        assert_eq!(failing(&office).await, waiting);
        moves(&office).await;
        office.carry_out(&post).await;
        assert_eq!(failing(&office).await, [(Letter::Change, hand), (Letter::Receipt, hand)]);
        let old = office.lines().await.into_iter().find(|it| it.letter == Letter::Confirmation);
        let old = old.expect("it is kept");
        assert_eq!(old.state, State::Overtaken);
        let application = office.application;
        let tells = office.within(move |tx, context| {
            let session = appointment::session(tx, context, application)?;
            Ok(letters::read(tx, context, old.id)?.tells_of(&session))
        });
        assert!(!tells.await.expect("read"), "how to join now belongs on no old paper");
        let handed =
            office.within(move |tx, context| letters::note_handed_over(tx, context, old.id));
        assert!(matches!(handed.await, Err(Error::Missing)));
    })
    .await;
}

/// Whoever handles a refused letter in one place finds it settled in the other.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_and_then_passed_on_is_owed_no_more() {
    on_both(|store| async move {
        let post = Arc::new(Sink::open(Manner::Refuses(550)).post());
        let office = Office::open(store, Some(ADDRESS)).await;
        office.carry_out(&post).await;
        assert_eq!(office.within(duties::for_desk).await.expect("a list").len(), 2);
        let receipt = office.lines().await.into_iter().find(|it| it.letter == Letter::Receipt);
        let id = receipt.expect("a receipt").id;
        let handed = office.within(move |tx, context| letters::note_handed_over(tx, context, id));
        handed.await.expect("handed over");
        let owed = office.within(duties::for_desk).await.expect("a list");
        assert!(owed.iter().all(|it| it.kind == duties::Kind::Write(Letter::Confirmation)));
        assert_eq!(owed.len(), 1);
        moves(&office).await;
        office.carry_out(&Arc::new(Post::Outbox)).await;
        assert!(office.within(duties::for_desk).await.expect("a list").is_empty(), "overtaken");
        assert!(failing(&office).await.is_empty());
    })
    .await;
}
