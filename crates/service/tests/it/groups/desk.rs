//! Group sessions on the desk, over HTTP.

use axum::http::{Method, StatusCode};
use rules::appointment::{Standing, What};
use rules::terms::suspension::Function;

use super::{ONE, TITLE};
use crate::cast::{hana, maria, one_of_many, taro};
use crate::office::{Office, scene};
use crate::pages::addresses::tokens;
use crate::visitor::Visitor;

fn plan(counsellor: &str) -> Vec<(&str, &str)> {
    vec![
        ("title", TITLE),
        ("about", "持ち物：なし"),
        ("date", "2026-11-24"),
        ("time", "13:00"),
        ("minutes", "60"),
        ("seats", "２"),
        ("counsellor", counsellor),
        ("until_date", "2026-11-23"),
        ("until_time", ""),
    ]
}

/// The number at the end of the page's address.
fn number(clerk: &Visitor) -> i64 {
    let path = clerk.page().path.split('?').next().unwrap_or_default();
    path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a number")
}

#[test]
fn from_the_plan_to_the_outcome() {
    scene(|office| {
        office.decides(|practice| practice.groups = true);
        let counsellor = office.counsellors[0].to_string();
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get("/desk/groups/new");
        clerk.post("/desk/groups", &plan(&counsellor));
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
        let group = number(&clerk);
        let plan = office.group(group).plan;
        assert_eq!((plan.seats, plan.apply_until), (2, crate::office::at("2026-11-24T00:00:00")));
        let page = format!("/desk/groups/{group}");
        let people = [hana(), taro(), maria()];
        let ids: Vec<i64> = people.iter().map(|person| office.waits(person, group)).collect();
        clerk.get(&page);
        for id in &ids[..2] {
            clerk.post(&format!("{page}/seat"), &[("application", &id.to_string())]);
            assert_eq!(clerk.status(), 200, "{}", clerk.text());
        }
        assert!(clerk.text().contains("満席"));
        // From a page that was opened while a seat was free.
        let mut stale = tokens(&clerk);
        stale.push(("application".to_owned(), ids[2].to_string()));
        clerk.send(&format!("{page}/seat"), &stale);
        assert_eq!(clerk.status(), 422);
        assert!(clerk.text().contains("空いている席がありません"), "{}", clerk.text());
        clerk.get(&page);
        clerk.post(&format!("{page}/joining"), &[("meeting", "12")]);
        assert_eq!(clerk.status(), 422);
        clerk.post(&format!("{page}/joining"), &[("meeting", "987 6543 2101")]);
        assert!(clerk.text().contains("987 6543 2101"), "{}", clerk.text());
        clerk.get(&format!("{page}/print"));
        let list = clerk.page().body.clone();
        for id in &ids[..2] {
            assert!(list.contains(office.session(*id).alias.reveal()));
        }
        assert!(people.iter().all(|person| !list.contains(&person.name)), "no real name");
        the_hour_comes(office, (group, &ids));
    });
}

/// Arrivals and outcomes, by a counsellor.
fn the_hour_comes(office: &Office, (group, ids): (i64, &[i64])) {
    let page = format!("/desk/groups/{group}");
    office.clock(ONE);
    let mut clerk = Visitor::clerk(office, "counsellor");
    clerk.get(&page);
    clerk.post(&format!("{page}/arrived"), &[("application", &ids[0].to_string())]);
    assert_eq!(office.standing(ids[0]), Standing::Present);
    assert_eq!(office.standing(ids[1]), Standing::Waiting);
    clerk.post(&format!("{page}/arrived"), &[("application", "999999")]);
    assert_eq!(clerk.status(), 404);
    clerk.get(&page);
    clerk.post(&format!("{page}/arrived"), &[("all", "yes")]);
    assert_eq!(office.standing(ids[1]), Standing::Present);
    clerk.post(&format!("{page}/outcome"), &[("outcome", "sung")]);
    assert_eq!(clerk.status(), 422);
    clerk.get(&page);
    clerk.post(&format!("{page}/outcome"), &[("outcome", "held")]);
    assert_eq!(clerk.status(), 200, "{}", clerk.text());
    assert!(ids[..2].iter().all(|id| office.standing(*id) == Standing::Held));
    let kinds = office.rows(
        service::store::Sql::unregistered("select kind from applications order by id"),
        Vec::new(),
        |row| row.text(0),
    );
    assert!(kinds.iter().all(|kind| kind == "group"), "statistics count each seat as of a group");
}

#[test]
fn the_board_shows_a_group_session_once() {
    scene(|office| {
        let group = office.plans(9);
        let ids: Vec<i64> = (0..4).map(|it| office.seats(&one_of_many(it), group)).collect();
        let alone = office.books(&hana(), "2026-11-24T14:00:00");
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get("/desk/today?day=2026-11-24");
        let board = clerk.page().body.clone();
        assert_eq!(board.matches(TITLE).count(), 1);
        assert!(board.contains(office.session(alone).alias.reveal()));
        for id in &ids {
            assert!(!board.contains(office.session(*id).alias.reveal()));
        }
        // Of an earlier day with open outcomes it stands once, too.
        office.clock(ONE);
        for id in &ids {
            office.records(*id, What::Arrived, ONE).expect("came");
        }
        office.clock("2026-11-25T09:00:00");
        office.turns_the_minute_hand();
        clerk = Visitor::clerk(office, "manager");
        clerk.get("/desk/today");
        assert_eq!(clerk.page().body.matches(TITLE).count(), 1, "{}", clerk.text());
        clerk.get("/desk/days?day=2026-11-24");
        assert!(
            clerk.page().body.contains(&format!("/desk/groups/{group}")) || clerk.status() == 200
        );
    });
}

#[test]
fn article_8_2_stands_first_where_others_take_part() {
    scene(|office| {
        let group = office.plans(2);
        let (seat, alone) =
            (office.seats(&hana(), group), office.books(&taro(), "2026-11-24T10:00:00"));
        let mut clerk = Visitor::clerk(office, "counsellor");
        let mut first = |id: i64| {
            clerk.get(&format!("/desk/sessions/{id}/incident"));
            let body = &clerk.page().body;
            let from = body.find("<option value=\"8").expect("items of article 8");
            body[from + 15..from + 19].to_owned()
        };
        assert_eq!(first(seat), "8(2)");
        assert_eq!(first(alone), "8(1)");
    });
}

#[test]
fn the_page_of_a_seat_leads_to_its_group() {
    scene(|office| {
        let group = office.plans(2);
        let (seat, waits) = (office.seats(&hana(), group), office.waits(&taro(), group));
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get(&format!("/desk/sessions/{seat}"));
        assert!(clerk.page().links().contains(&format!("/desk/groups/{group}")));
        assert!(!clerk.page().body.contains(&format!("/desk/sessions/{seat}/channel")));
        clerk.get(&format!("/desk/sessions/{seat}/move"));
        assert_eq!(clerk.page().path, format!("/desk/groups/{group}"));
        let case = format!("/desk/applications/{waits}");
        clerk.get(&case);
        assert!(clerk.text().contains(TITLE) && !clerk.page().body.contains("/propose"));
        clerk.post(&format!("{case}/seat"), &[]);
        assert_eq!(office.standing(waits), Standing::Waiting, "{}", clerk.text());
    });
}

#[test]
fn article_2_1_staff_take_in_who_telephones_for_a_group_session() {
    scene(|office| {
        let group = office.plans(2);
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get(&format!("/desk/enter?group={group}"));
        assert!(clerk.text().contains(TITLE) && !clerk.text().contains("第1希望"));
        clerk.post(
            "/desk/enter",
            &[
                ("intake", "telephone"),
                ("name", "見本 花子"),
                ("number", "99990-1000001"),
                ("telephone", "090-0000-0001"),
                ("language", "ja"),
                ("reasons", "health"),
                ("device", "phone"),
                ("join_by", "app"),
                ("consent", "yes"),
            ],
        );
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
        assert_eq!(office.group(group).waiting, 1);
        let check = |typed: &str| {
            let answer =
                clerk.clone().ask(Method::GET, &format!("/desk/enter?group={typed}"), None);
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{typed}");
        };
        check("999999");
        check("abc");
    });
}

#[test]
fn what_cannot_be_planned_is_said_beside_its_field_and_kept() {
    scene(|office| {
        office.decides(|practice| practice.groups = true);
        let counsellor = office.counsellors[0].to_string();
        let mut clerk = Visitor::clerk(office, "coordinator");
        let mut check = |field: &str, typed: &str, at_field: &str| {
            clerk.get("/desk/groups/new");
            let mut fields = plan(&counsellor);
            fields.retain(|(name, _)| *name != field);
            fields.push((field, typed));
            clerk.post("/desk/groups", &fields);
            assert_eq!(clerk.status(), 422, "{field}={typed}");
            let body = &clerk.page().body;
            assert!(body.contains(&format!("id=\"{at_field}-fault\"")), "{field}={typed}");
        };
        check("title", "", "title");
        check("title", &"長".repeat(61), "title");
        check("title", "逆\u{202e}向き", "title");
        check("about", &"長".repeat(1001), "title");
        check("about_en", "Something", "title");
        check("date", "", "date");
        check("date", "令和8年11月24日", "date");
        check("date", "2026-11-28", "date");
        check("date", "2026-02-30", "date");
        check("date", "1999-01-01", "date");
        check("time", "25:00", "date");
        check("time", "23:30", "time");
        check("minutes", "", "date");
        check("minutes", "14", "minutes");
        check("minutes", "99999999999", "date");
        check("seats", "", "seats");
        check("seats", "1", "seats");
        check("seats", "501", "seats");
        check("seats", "-3", "seats");
        check("counsellor", "", "counsellor");
        check("counsellor", "999999", "counsellor");
        check("until_date", "2026-11-25", "until_date");
        check("until_date", "あした", "until_date");
        assert_eq!(office.count("group_sessions"), 0);
    });
}

#[test]
fn article_9_6_calling_off_takes_a_cause_and_article_10_1_a_stop_keeps_from_giving_seats() {
    scene(|office| {
        let group = office.plans(2);
        let (seat, waits) = (office.seats(&hana(), group), office.waits(&taro(), group));
        let page = format!("/desk/groups/{group}");
        let mut clerk = Visitor::clerk(office, "manager");
        clerk.get(&page);
        clerk.post(&format!("{page}/call-off"), &[]);
        assert_eq!(clerk.status(), 422);
        clerk.get(&page);
        clerk.post(&format!("{page}/call-off"), &[("cause", "called_off")]);
        assert_eq!(clerk.status(), 422);
        assert_eq!(office.standing(seat), Standing::Waiting);
        office.halts_function(Function::Group);
        clerk.get(&page);
        clerk.post(&format!("{page}/seat"), &[("application", &waits.to_string())]);
        assert_eq!(clerk.status(), 422);
        clerk.get(&page);
        let cause = What::StoppedByOffice(rules::appointment::StopCause::Failure).code();
        clerk.post(&format!("{page}/call-off"), &[("cause", cause)]);
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
        assert_eq!(office.standing(seat), Standing::StoppedByOffice);
        clerk.get(&format!("{page}/change"));
        assert_eq!(clerk.status(), 200);
        let counsellor = office.counsellors[1].to_string();
        let mut later = plan(&counsellor);
        later.retain(|(name, _)| *name != "date");
        later.push(("date", "2026-11-26"));
        clerk.post(&format!("{page}/change"), &later);
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
        assert_eq!(office.standing(seat), Standing::Waiting);
    });
}

#[test]
fn an_office_without_group_sessions_shows_nothing_of_them() {
    scene(|office| {
        let group = office.plans(2);
        office.decides(|practice| practice.groups = false);
        let mut clerk = Visitor::clerk(office, "coordinator");
        clerk.get("/desk");
        assert!(!clerk.page().body.contains("/desk/groups"));
        let paths = ["", "/new", "/1", &format!("/{group}"), &format!("/{group}/print")];
        for path in paths {
            let answer = clerk.ask(Method::GET, &format!("/desk/groups{path}"), None);
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}
