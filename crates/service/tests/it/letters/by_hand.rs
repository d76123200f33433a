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
