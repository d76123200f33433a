//! Stops of the service (article 10(1)) and group sessions: they have a function of their own.

use rules::appointment::Standing;
use rules::session::Door;
use rules::terms::suspension::Function;
use service::application;
use service::error::{Error, Refusal};
use service::people::stops;

use crate::cast::{hana, one_of_many, taro};
use crate::office::{Office, scene};

#[test]
fn article_10_1_each_function_stops_group_sessions_or_the_others() {
    /// What can be done, of a group session and of counselling: applying, confirming, joining.
    fn done(office: &Office, group: i64, counselled: i64, seat: i64) -> [[bool; 2]; 3] {
        let is_stopped =
            |answer: Result<i64, Error>| matches!(answer, Err(Error::Refused(Refusal::Stopped(_))));
        let seat_asked = office.asks_for_group(&one_of_many(90), group);
        let asked = office.receives(&one_of_many(91), &["2026-11-25T14:00:00"]);
        let given = office.gives(seat).map(|()| 0);
        let confirmed =
            office.confirms(counselled, "2026-11-25T10:00:00", office.counsellors[0]).map(|()| 0);
        let open = |id: i64| !matches!(office.door(id), Door::ServiceStopped { .. });
        let (of_group, alone) = (office.numbered(70), office.numbered(71));
        [
            [!is_stopped(seat_asked), !is_stopped(asked.map(|it| it.id))],
            [!is_stopped(given), !is_stopped(confirmed)],
            [open(of_group), open(alone)],
        ]
    }
    let check = |function: Function, expected: [[bool; 2]; 3]| {
        scene(|office| {
            let group = office.plans(9);
            office.seats(&one_of_many(70), group);
            office.books(&one_of_many(71), "2026-11-24T14:00:00");
            let seat = office.waits(&one_of_many(80), group);
            let counselled = office.applies(&one_of_many(81), &["2026-11-25T10:00:00"]);
            office.decides_all(counselled);
            office.decides(|practice| practice.join_opens_minutes_before = 240);
            office.clock("2026-11-24T11:00:00");
            office.halts_function(function);
            assert_eq!(done(office, group, counselled, seat), expected, "{function:?}");
        });
    };
    let free = [true, true];
    check(Function::Group, [[false, true]; 3]);
    check(Function::Apply, [[true, false], free, free]);
    check(Function::Confirm, [free, [true, false], free]);
    check(Function::Join, [free, free, [true, false]]);
    check(Function::All, [[false, false]; 3]);
}

impl Office {
    /// The application of one of the crowd.
    fn numbered(&self, index: u32) -> i64 {
        let number = one_of_many(index).number;
        let number = rules::people::JobseekerNumber::parse(&number).expect("a number");
        self.does(move |tx, context| application::of_number(tx, context, &number))[0].0
    }
}

#[test]
fn articles_9_6_and_10_1_a_stop_of_group_sessions_keeps_their_limit_from_running() {
    let check = |function: Function, group_stands: Standing, other_stands: Standing| {
        scene(|office| {
            let group = office.plans(2);
            let seat = office.seats(&hana(), group);
            let alone = office.books(&taro(), "2026-11-24T14:00:00");
            office.clock("2026-11-24T12:30:00");
            let stop = office.halts_function(function);
            let (_, touched) = office.does(move |tx, context| stops::touched(tx, context, stop));
            let touched: Vec<i64> = touched.iter().map(|it| it.application).collect();
            assert_eq!(touched.contains(&seat), group_stands == Standing::Waiting);
            assert_eq!(touched.contains(&alone), other_stands == Standing::Waiting);
            office.clock("2026-11-24T13:20:00");
            office.turns_the_minute_hand();
            assert_eq!(office.standing(seat), group_stands, "{function:?}");
            office.clock("2026-11-24T14:20:00");
            office.turns_the_minute_hand();
            assert_eq!(office.standing(alone), other_stands, "{function:?}");
        });
    };
    check(Function::Group, Standing::Waiting, Standing::DeemedCancelled);
    check(Function::Join, Standing::DeemedCancelled, Standing::Waiting);
    check(Function::All, Standing::Waiting, Standing::Waiting);
}
