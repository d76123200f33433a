//! Sums of sessions at the desk: counted, taken out for a purpose, made fit to be published.

use std::io::{Cursor, Read};

use rules::appointment::{Outcome, Standing, StopCause};
use rules::records::statistics::rates;
use service::records::statistics::{Period, counted};
use service::store::Sql;

use crate::cast::{hana, maria, one_of_many, taro};
use crate::office::{Office, PASSWORD, scene};
use crate::pages::addresses::tokens;
use crate::visitor::Visitor;

const PAGE: &str = "/desk/statistics?from=2026-11-24&until=2026-11-25";
const EXPORT: &str = "/desk/statistics/export";

/// Tuesday: one is held, one stays away, one is stopped by the office. Wednesday: one to come.
fn two_days(office: &Office) -> [i64; 4] {
    let held = office.books(&hana(), "2026-11-24T10:00:00");
    let silent = office.books(&taro(), "2026-11-24T11:00:00");
    let stopped = office.books(&maria(), "2026-11-24T14:00:00");
    let to_come = office.books(&one_of_many(1), "2026-11-25T10:00:00");
    office.clock("2026-11-24T10:40:00");
    let times = [Some("2026-11-24T10:00:00"), Some("2026-11-24T10:30:00")];
    office.records(held, rules::appointment::What::Arrived, "2026-11-24T10:01:00").expect("seen");
    office.ends(held, Outcome::Held, times).expect("ended");
    office.clock("2026-11-24T11:15:00");
    office.turns_the_minute_hand();
    office.stops(stopped, StopCause::Failure).expect("stopped");
    [held, silent, stopped, to_come]
}

fn days(from: &str, until: &str) -> Period {
    let [from, until] = [from, until].map(|day| day.parse().expect("a day"));
    Period::new(from, until).expect("a period")
}

#[test]
fn article_5_1_sessions_are_counted_as_they_stand() {
    scene(|office| {
        let ids = two_days(office);
        let seen = office.does(|tx, at| counted(tx, at, days("2026-11-24", "2026-11-25")));
        let standings: Vec<Standing> = seen.iter().map(|session| session.standing).collect();
        use Standing::{DeemedCancelled, Held, StoppedByOffice, Waiting};
        assert_eq!(standings, [Held, DeemedCancelled, StoppedByOffice, Waiting]);
        for (session, id) in seen.iter().zip(ids) {
            let booked = office.session(id);
            assert_eq!((session.start, session.office), (booked.slot.start, office.id));
            assert_eq!(session.received, office.application(id).received_at);
            assert!(session.answered.is_some(), "a confirmed application was answered");
        }
        let rate = rates(&seen).no_show_rate.expect("somebody came or did not");
        assert_eq!((rate.part, rate.of), (1, 2), "what the office stopped is left out");
        // Days are those of Japan: the session at ten on the 25th is not of the 24th.
        let one = office.does(|tx, at| counted(tx, at, days("2026-11-24", "2026-11-24")));
        assert_eq!(one.len(), 3);
        let none = office.does(|tx, at| counted(tx, at, days("2026-11-26", "2026-12-31")));
        assert!(none.is_empty());
    });
}

#[test]
fn the_page_tells_figures_a_table_and_a_chart() {
    scene(|office| {
        two_days(office);
        let mut clerk = Visitor::clerk(office, "manager");
        let page = clerk.get(PAGE);
        let said = page.main();
        for words in [
            "予約4件",
            "50.0%（2件のうち1件）",
            "当方の都合で中止",
            "11月24日（火）01113",
            "計11114",
            "みなしキャンセル",
            "半数は8日",
        ] {
            assert!(said.replace(' ', "").contains(&words.replace(' ', "")), "{words}: {said}");
        }
        let body = &page.body;
        assert!(body.contains("<svg class=\"chart\" role=\"img\"") && body.contains("<desc"));
        assert!(body.contains("いちばん多いのは11月24日（火）の3件"), "{body}");
        assert!(!body.contains("見本 花子") && !body.contains("<script"));
        // By other things, and for the month of today when nothing is asked.
        clerk.get(&format!("{PAGE}&rows=hour&columns=kind"));
        assert!(clerk.page().main().contains("開始の時間帯×種類"), "{}", clerk.text());
        assert!(clerk.page().main().contains("10時台"));
        clerk.get("/desk/statistics");
        assert!(clerk.page().body.contains("value=\"2026-11-01\""));
        clerk.get("/desk/statistics?from=2020-01-01&until=2020-01-31");
        assert_eq!(clerk.status(), 200);
        assert!(clerk.page().main().contains("予約はありません"), "{}", clerk.text());
        assert!(!clerk.page().body.contains("<svg class"));
        clerk.get("/desk/statistics?from=2026-11-25&until=2026-11-25");
        assert!(clerk.page().main().contains("予約1件"), "{}", clerk.text());
    });
}

#[test]
fn days_that_cannot_be_read_are_said_and_kept() {
    scene(|office| {
        let mut clerk = Visitor::clerk(office, "coordinator");
        for (query, sentence, kept) in [
            ("from=yesterday", "日付として読めません", "value=\"yesterday\""),
            ("from=2026-11-02&until=2026-11-01", "前です", "value=\"2026-11-01\""),
            ("from=2020-01-01&until=2026-01-01", "5年分まで", "value=\"2020-01-01\""),
            ("rows=office", "一覧から", "value=\"2026-11-30\""),
            ("until=%3Cb%3E9999-12-31", "日付として読めません", "&#60;b&#62;9999-12-31"),
        ] {
            clerk.get(&format!("/desk/statistics?{query}"));
            assert_eq!(clerk.status(), 422, "{query}");
            assert!(clerk.page().main().contains(sentence), "{query}: {}", clerk.text());
            assert!(clerk.page().body.contains(kept), "{query}: {}", clerk.page().body);
        }
    });
}

/// The rows of reports: staff, purpose, days, sides, format, whether public.
fn reports(office: &Office) -> Vec<(i64, String, bool)> {
    const ROWS: Sql = Sql::unregistered(
        "select staff, purpose || ' ' || from_day || ' ' || until_day || ' ' || rows_by || ' '
             || columns_by || ' ' || format, is_public from reports order by id",
    );
    office.rows(ROWS, Vec::new(), |row| Ok((row.int(0)?, row.text(1)?, row.bool(2)?)))
}

#[test]
fn article_5_1_no_report_without_a_purpose() {
    scene(|office| {
        two_days(office);
        let mut clerk = Visitor::clerk(office, "coordinator");
        for purpose in ["", "research", "Usage"] {
            clerk.get(PAGE);
            clerk.post(EXPORT, &[("purpose", purpose), ("format", "csv-utf8")]);
            assert_eq!(clerk.status(), 422);
            let page = clerk.page();
            assert!(page.main().contains("利用目的を選んでください"), "{}", page.main());
            assert!(page.body.contains("value=\"2026-11-24\""), "the days are kept");
            assert!(page.body.contains("value=\"csv-utf8\" checked"), "the format is kept");
        }
        clerk.get(PAGE);
        clerk.post(EXPORT, &[("purpose", "usage"), ("format", "pdf")]);
        assert_eq!(clerk.status(), 422);
        assert!(reports(office).is_empty(), "nothing left the window");
    });
}

#[test]
fn each_report_leaves_a_row_and_a_repeat_none() {
    scene(|office| {
        two_days(office);
        let mut clerk = Visitor::clerk(office, "manager");
        clerk.get(PAGE);
        let page = clerk.clone();
        let asked = |format| [("purpose", "operation"), ("format", format)];
        clerk.post(EXPORT, &asked("csv-utf8"));
        assert_eq!(clerk.status(), 200);
        let name = "attachment; filename=\"statistics-20261124-20261125.csv\"";
        assert_eq!(clerk.page().headers["content-disposition"], name);
        let csv = clerk.page().body.clone();
        let lines = [
            "\u{feff}日,開始前,実施済み,みなしキャンセル,当方の都合で中止,計",
            "2026-11-24,0,1,1,1,3",
            "2026-11-25,1,0,0,0,1",
            "計,1,1,1,1,4",
        ];
        assert_eq!(csv, lines.join("\r\n") + "\r\n");
        // The same page is still there, and is sent once more, and as another file.
        let mut again = page.clone();
        again.post(EXPORT, &asked("csv-utf8"));
        assert_eq!((again.status(), &again.page().body), (200, &csv));
        let mut other = page.clone();
        other.post(EXPORT, &asked("xlsx"));
        assert_eq!(other.status(), 200, "{}", other.text());
        let staff = office.staff.manager;
        let row = |format| {
            let said = format!("operation 2026-11-24 2026-11-25 day outcome {format}");
            (staff, said, false)
        };
        assert_eq!(reports(office), [row("csv-utf8"), row("xlsx")]);
        let mut archive = zip::ZipArchive::new(Cursor::new(&other.page().octets)).expect("a zip");
        let mut sheet = String::new();
        let mut file = archive.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
        file.read_to_string(&mut sheet).expect("text");
        assert!(sheet.contains("<v>3</v>"), "{sheet}");
    });
}

#[test]
fn only_who_may_read_sums_reads_them_and_only_the_own() {
    scene(|office| {
        two_days(office);
        for login in ["counsellor", "administrator"] {
            let mut clerk = Visitor::clerk(office, login);
            for address in [PAGE, "/desk/statistics/public?month=2026-10"] {
                clerk.get(address);
                assert_eq!(clerk.status(), 403, "{login} {address}");
            }
            clerk.post(EXPORT, &[("purpose", "usage"), ("format", "xlsx")]);
            assert_eq!(clerk.status(), 403, "{login}");
        }
        let neighbour = office.neighbour();
        let mut clerk = Visitor::of(office);
        clerk.get("/desk/sign-in");
        clerk.post("/desk/sign-in", &[("login", "tonari-manager"), ("password", PASSWORD)]);
        clerk.get(PAGE);
        assert_eq!(clerk.status(), 200);
        assert!(clerk.page().main().contains("予約はありません"), "{}", clerk.text());
        clerk.post(EXPORT, &[("purpose", "usage"), ("format", "csv-utf8")]);
        assert_eq!(clerk.page().body, "\u{feff}日,計\r\n計,0\r\n");
        drop(neighbour);
    });
}

/// As many sessions in November, on days and at hours that differ, as are wanted.
fn november(office: &Office, count: u32) {
    let day = |index: u32| ["24", "25", "26", "27", "30"][(index / 4) as usize % 5];
    for index in 0..count {
        let hour = ["10:00", "10:30", "11:00", "14:00"][index as usize % 4];
        office.books(&one_of_many(index), &format!("2026-11-{}T{hour}:00", day(index)));
    }
}

#[test]
fn article_5_2_the_public_edition_of_a_month_that_is_over() {
    scene(|office| {
        november(office, 12);
        let mut clerk = Visitor::clerk(office, "manager");
        clerk.get("/desk/statistics/public?month=2026-11");
        assert_eq!(clerk.status(), 422, "the month is not over");
        assert!(clerk.page().main().contains("まだ終わっていない月"), "{}", clerk.text());
        clerk.post(
            EXPORT,
            &[("purpose", "usage"), ("format", "xlsx"), ("public", "yes"), ("month", "2026-11")],
        );
        assert_eq!(clerk.status(), 422, "nor is it taken out");
        office.clock("2026-12-01T09:00:00");
        office.turns_the_minute_hand();
        let mut clerk = Visitor::clerk(office, "manager");
        clerk.get("/desk/statistics/public");
        assert_eq!(clerk.status(), 200);
        assert!(clerk.page().body.contains("value=\"2026-11\""), "the month before is usual");
        let said = clerk.page().main();
        for words in ["月×結果", "月×開始の時間帯", "月×種類", "どう守っているか"]
        {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(said.contains('―') && said.contains("10"), "{said}");
        assert!(!said.replace("2026年12月1日", "").contains("12"), "the exact number: {said}");
        clerk.post(EXPORT, &[("purpose", "usage"), ("format", "csv-utf8")]);
        assert_eq!(clerk.status(), 200, "{}", clerk.text());
        let csv = clerk.page().body.clone();
        assert!(csv.contains("月×種類\r\n月,職業相談,計\r\n2026年11月,10,10\r\n"), "{csv}");
        assert!(csv.contains("2026年11月,―,―,"), "{csv}");
        let said = "usage 2026-11-01 2026-11-30 month outcome+hour+kind csv-utf8".to_owned();
        assert_eq!(reports(office), [(office.staff.manager, said, true)]);
        clerk.get("/desk/statistics/public?month=2026-11");
        assert!(clerk.page().main().contains("先に出したものだけ"), "{}", clerk.text());
    });
}

#[test]
fn article_5_2_what_would_tell_too_much_is_not_published() {
    scene(|office| {
        november(office, 3);
        office.clock("2026-12-01T09:00:00");
        office.turns_the_minute_hand();
        let mut clerk = Visitor::clerk(office, "manager");
        for (month, sentence) in [("2026-11", "満たない"), ("2026-10", "予約はありませんでした")]
        {
            clerk.get(&format!("/desk/statistics/public?month={month}"));
            assert_eq!(clerk.status(), 200);
            assert!(clerk.page().main().contains(sentence), "{}", clerk.text());
            assert!(clerk.page().forms().iter().all(|form| form.action != EXPORT));
            let mut fields = tokens(&clerk);
            let asked = [("purpose", "usage"), ("format", "xlsx"), ("public", "yes")];
            for (name, value) in asked.into_iter().chain([("month", month)]) {
                fields.push((name.to_owned(), value.to_owned()));
            }
            clerk.send(EXPORT, &fields);
            assert!(clerk.page().main().contains(sentence), "{}", clerk.text());
        }
        assert!(reports(office).is_empty());
    });
}

/// Ten sessions at ten and four at hours of their own are fourteen of one kind at most: who adds
/// up knows that each of the four is one.
#[test]
fn article_5_2_tables_that_tell_together_are_refused_without_their_numbers() {
    scene(|office| {
        let many = ["24", "25", "26", "27", "30"].map(|day| [(day, "10:00"), (day, "10:30")]);
        let few = ["11:00", "14:00", "15:00", "16:00"].map(|hour| ("24", hour));
        for (index, (day, hour)) in (0..).zip(many.into_iter().flatten().chain(few)) {
            office.books(&one_of_many(index), &format!("2026-11-{day}T{hour}:00"));
        }
        office.clock("2026-12-01T09:00:00");
        office.turns_the_minute_hand();
        let mut clerk = Visitor::clerk(office, "manager");
        clerk.get("/desk/statistics/public?month=2026-11");
        let said = clerk.page().main();
        assert!(said.contains("表を一つだけにして") && said.contains("より長い期間"), "{said}");
        assert!(!said.contains("14") && !said.contains("10"), "{said}");
        assert!(!clerk.page().body.contains("<table"));
    });
}
