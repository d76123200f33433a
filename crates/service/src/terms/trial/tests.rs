use super::*;

/// A row: the case, and the answer, to the byte; the row may break it into lines.
fn check(case: &str, expected: &str) {
    let given = answer(&rules::terms::model(), case).unwrap_or_else(|error| error);
    let expected: String = expected.lines().map(str::trim).collect();
    assert_eq!(given, expected, "{case}");
}

fn refused(refusal: &str, article: &str) -> String {
    format!(r#"{{"allowed":false,"refusal":"{refusal}","article":"{article}"}}"#)
}

#[test]
fn article_2_1_windows() {
    let ask = |now: &str, start: &str, minutes: &str| {
        format!(r#"{{"ask":"window","now":"{now}","start":"{start}","minutes":{minutes}}}"#)
    };
    let row = |start: &str, minutes: &str, expected: &str| {
        let start = format!("2026-11-24T{start}:00+09:00");
        check(&ask("2026-11-20T09:00:00+09:00", &start, minutes), expected);
    };
    let (yes, outside) =
        (r#"{"allowed":true,"article":"2(1)"}"#, refused("outside_window", "2(1)"));
    row("10:00", "30", yes);
    row("11:30", "30", yes);
    row("11:31", "30", &outside);
    row("12:00", "30", &outside);
    row("13:59", "30", &outside);
    row("14:00", "60", yes);
    row("14:07", "31", yes); // No step of an office binds where only the terms are asked.
    row("16:00", "30", yes);
    row("16:01", "30", &outside);
    row("15:30", "60", yes);
    for (minutes, refusal) in [
        ("29", "too_short"),
        ("61", "too_long"),
        ("0", "too_short"),
        ("-30", "too_short"),
        ("30.5", "not_a_time"),
        ("99999999999999999999", "too_long"),
        ("1e300", "too_long"),
        (r#""３０分""#, "allowed"),
        (r#""half an hour""#, "not_a_time"),
        ("null", "not_a_time"),
    ] {
        let expected = match refusal {
            "allowed" => yes.to_owned(),
            refusal => refused(refusal, "2(1)"),
        };
        row("10:00", minutes, &expected);
    }
    let day = |now: &str, start: &str, expected: &str| check(&ask(now, start, "30"), expected);
    day("2026-11-23T23:59:59+09:00", "2026-11-24T10:00:00+09:00", yes);
    day("2026-11-24T00:00:00+09:00", "2026-11-24T10:00:00+09:00", &refused("same_day", "2(1)"));
    day("2026-11-20", "2026-11-24T10:00", r#"{"error":"`now` is no time"}"#);
    day("2026-11-20 9:00", "2026-11-24 午前10時", yes);
    day("2026-11-20 9:00", "2026-11-21T10:00", &refused("weekend", "2(1)"));
    day("2026-11-20 9:00", "2026-11-23T10:00", &refused("holiday", "2(1)"));
    day("2026-11-20 9:00", "2026-12-30T10:00", &refused("year_end", "2(1)"));
    day("2026-11-20 9:00", "2026-11-19T10:00", &refused("in_the_past", "2(1)"));
    day("2026-11-20 9:00", "2026-02-30T10:00", &refused("not_a_time", "2(1)"));
    day("2026-11-20 9:00", "2026-11-24T25:00", &refused("not_a_time", "2(1)"));
    day("2026-11-20 9:00", "2026-11-24", &refused("not_a_time", "2(1)"));
    day("2026-11-20 9:00", "令和8年11月24日 10:00", &refused("era_date", "2(1)"));
}

#[test]
fn article_2_1_what_the_case_adds() {
    let row = |more: &str, expected: &str| {
        let case = format!(
            r#"{{"ask":"window","now":"2026-11-24T09:00","start":"2026-11-24T10:00",
                "minutes":30{more}}}"#
        );
        check(&case, expected);
    };
    row("", &refused("same_day", "2(1)"));
    row(r#","override":true"#, r#"{"allowed":true,"article":"2(1)"}"#);
    row(r#","closed":["2026-11-24"]"#, &refused("office_closed", "2(2)"));
    let case = |practice: &str| {
        format!(
            r#"{{"ask":"window","now":"2026-11-24T09:00","start":"2027-11-24T10:05","minutes":30,
                "practice":{practice}}}"#
        )
    };
    check(&case("{}"), &refused("not_on_step", "2(2)"));
    check(&case(r#"{"step_minutes":5}"#), &refused("beyond_horizon", "2(2)"));
    check(
        &case(r#"{"step_minutes":5,"horizon_days":400}"#),
        r#"{"allowed":true,"article":"2(1)"}"#,
    );
}

#[test]
fn article_2_4_standings() {
    let row = |facts: &str, now: &str, expected: &str| {
        let case = format!(
            r#"{{"ask":"standing","start":"2026-11-24T10:00:00+09:00","minutes":30,
                "facts":[{facts}],"now":"2026-11-24T{now}+09:00"}}"#
        );
        check(&case, expected);
    };
    let fact =
        |what: &str, at: &str| format!(r#"{{"fact":"{what}","at":"2026-11-24T{at}+09:00"}}"#);
    let said = |standing: &str, since: &str, article: &str| {
        let since = match since {
            "" => "null".to_owned(),
            since => format!(r#""2026-11-24T{since}+09:00""#),
        };
        format!(r#"{{"standing":"{standing}","since":{since},"article":"{article}"}}"#)
    };
    row("", "10:09:59", &said("waiting", "", "2(4)"));
    row("", "10:10:00", &said("deemed_cancelled", "10:10:00", "2(4)"));
    row("", "17:00:00", &said("deemed_cancelled", "10:10:00", "2(4)"));
    row(&fact("called", "10:08:00"), "10:20:00", &said("in_contact", "10:08:00", "2(4)"));
    row(&fact("arrived", "10:09:00"), "10:10:00", &said("present", "10:09:00", "2(4)"));
    row(&fact("arrived", "10:10:01"), "10:20:00", &said("deemed_cancelled", "10:10:00", "2(4)"));
    row(&fact("outage", "10:05:00"), "10:20:00", &said("waiting", "", "2(4)"));
    row(&fact("outage", "10:05:00"), "10:30:00", &said("offices_trouble", "10:30:00", "9(6)"));
    for stop in ["stopped_by_office", "stopped_failure", "stopped_service"] {
        let expected = said("stopped_by_office", "09:00:00", "10(1)");
        row(&fact(stop, "09:00:00"), "10:20:00", &expected);
    }
    row(&fact("called_off", "09:00:00"), "10:20:00", &said("called_off", "09:00:00", "2(4)"));
    row(&fact("held", "10:30:00"), "10:40:00", &said("held", "10:30:00", "5(1)"));
    row(
        &fact("fell_asleep", "10:30:00"),
        "10:40:00",
        r#"{"error":"there is no fact `fell_asleep`"}"#,
    );
    row(&fact("held", "10:30:99"), "10:40:00", r#"{"error":"`at` is no time"}"#);
}

#[test]
fn article_2_1_numbers() {
    let row = |text: &str, expected: &str| {
        check(&format!(r#"{{"ask":"number","text":"{text}"}}"#), expected);
    };
    let same = r#"{"allowed":true,"article":"2(1)","number":"27080-1391873",
        "dashed":"27080-1391873","masked":"27080-****1873","short":false}"#;
    row(
        "２７０８０－０１３９１８７３",
        &same.replacen(r#""dashed":"27080-"#, r#""dashed":"27080-0"#, 1),
    );
    row("27080 1391873", same);
    row("2708001391873", &same.replacen(r#""dashed":"27080-"#, r#""dashed":"27080-0"#, 1));
    row("2708-013918-7", &refused("establishment_number", "2(1)"));
    row("27080", &refused("incomplete", "2(1)"));
    row("", &refused("empty", "2(1)"));
    row(
        "2708002918",
        r#"{"allowed":true,"article":"2(1)","number":"27080-2918","dashed":"27080-02918",
        "masked":"27080-****918","short":true}"#,
    );
}

#[test]
fn article_2_3_names_on_the_screen() {
    let row = |more: &str, seen: &str, refusal: Option<&str>| {
        let expected = match refusal {
            None => r#"{"allowed":true,"article":"2(3)"}"#.to_owned(),
            Some(refusal) => refused(refusal, "2(3)"),
        };
        check(&format!(r#"{{"ask":"alias","name":"堺太郎"{more},"seen":"{seen}"}}"#), &expected);
    };
    row("", "堺　太郎", Some("real_name"));
    row("", "さかいたろう", Some("not_an_alias"));
    row(r#","kana":"サカイタロウ""#, "さかいたろう", Some("real_name"));
    row(r#","kana":"サカイタロウ""#, "sakai taro", Some("real_name"));
    row("", "相談-0427", None);
    row("", "相談－０４２７", None);
    row("", "iPhone", Some("not_an_alias"));
    row("", "", Some("not_an_alias"));
    row(r#","given":"相談-0427""#, "相談-0427", None);
    row(r#","given":"相談-0427""#, "相談-0428", Some("another_name"));
    row(r#","given":"相談-0427""#, "堺太郎 相談-0427", Some("real_name"));
}

#[test]
fn article_4_environments() {
    let row = |answers: &str, expected: &str| {
        check(&format!(r#"{{"ask":"environment",{answers}}}"#), expected);
    };
    let all = |line: &str| {
        format!(
            r#""answers":{{"safe":"yes","online":true,"trusted_line":"{line}","app_installed":"yes",
            "supported_system":"yes","updated":"yes","firewall":"yes","no_file_sharing":"yes",
            "anti_virus":"unsure"}}"#
        )
    };
    let unsettled = r#"{"answer":"unsure","article":"4(8)","item":"anti_virus"}"#;
    row(
        &all("yes"),
        &format!(r#"{{"allowed":true,"article":"4","ready":false,"unsettled":[{unsettled}]}}"#),
    );
    let line = r#"{"answer":"no","article":"4(2)b","item":"trusted_line"}"#;
    row(
        &all("no"),
        &format!(
            r#"{{"allowed":false,"refusal":"forbidden","article":"4(2)b","ready":false,
            "unsettled":[{line},{unsettled}]}}"#
        ),
    );
    row(
        &all("not_applicable"),
        r#"{"allowed":false,"refusal":"not_an_answer","article":"4(2)b","item":"trusted_line"}"#,
    );
    row(
        r#""answers":{}"#,
        r#"{"allowed":false,"refusal":"unanswered","article":"4(1)","item":"safe"}"#,
    );
    row(r#""answers":{"mood":true}"#, r#"{"error":"there is no item `mood`"}"#);
    row(r#""answers":{"safe":7}"#, r#"{"error":"7 is no answer"}"#);
}

#[test]
fn article_1_conditions() {
    let row = |conditions: &str, expected: &str| {
        check(&format!(r#"{{"ask":"eligibility","conditions":{{{conditions}}}}}"#), expected);
    };
    row(r#""registered":true,"environment":true,"need":true"#, r#"{"allowed":true,"article":"1"}"#);
    row(
        r#""registered":true,"need":true"#,
        r#"{"allowed":false,"refusal":"undecided","article":"1(2)","condition":"environment"}"#,
    );
    row(
        r#""registered":true,"need":false"#,
        r#"{"allowed":false,"refusal":"not_met","article":"1(3)","condition":"need"}"#,
    );
}

#[test]
fn what_is_no_case_is_answered_too() {
    let model = rules::terms::model();
    for line in [
        "",
        "{",
        "[]",
        "7",
        "null",
        r#"{"ask":"weather"}"#,
        r#"{"ask":"number"}"#,
        r#"{"ask":"number","text":"1","more":1}"#,
        "\u{0}",
    ] {
        let error = answer(&model, line).expect_err(line);
        assert!(error.starts_with(r#"{"error":""#), "{error}");
    }
}

/// Other terms, other numbers, other articles: the answer follows the version and not the code.
#[test]
fn article_11_the_version_decides() {
    let mut other = rules::terms::model();
    other.rules.grace_minutes = Some(15);
    for number in &mut other.numbers {
        if number.name == NumberName::GraceMinutes {
            number.article = rules::terms::Clause::parse("7(2)").expect("a clause");
        }
    }
    let case =
        r#"{"ask":"standing","start":"2026-11-24T10:00","minutes":30,"now":"2026-11-24T10:15"}"#;
    let expected =
        r#"{"standing":"deemed_cancelled","since":"2026-11-24T10:15:00+09:00","article":"7(2)"}"#;
    assert_eq!(answer(&other, case).as_deref(), Ok(expected));
}

/// The published table is the one that the code makes: `madoguchi terms codes`.
#[test]
fn the_table_of_codes_is_current() {
    let published = include_str!("../../../../../docs/codes.md");
    assert!(published.ends_with(&table()), "run `madoguchi terms codes` and replace the table");
}

/// The guide tells of every choice that a version or an office can make, with its article.
#[test]
fn article_11_every_choice_is_in_the_guide() {
    let guide = include_str!("../../../../../docs/running.md");
    let row_of = |code: &str| {
        let named = |line: &&str| {
            let first = line.split('|').nth(1).unwrap_or_default();
            line.starts_with("| `") && first.split('`').any(|it| it == code)
        };
        guide.lines().find(named)
    };
    for chosen in rules::terms::Chosen::ALL {
        let row = row_of(chosen.name().code()).expect("a row");
        assert!(row.contains(&format!("`{}`", chosen.code())), "{chosen:?}: {row}");
        assert!(row.contains(&format!("| {} |", chosen.name().clause())), "{row}");
    }
    let practice = serde_json::to_value(rules::people::Practice::default()).expect("JSON");
    for name in practice.as_object().expect("an object").keys() {
        let row = row_of(name).unwrap_or_else(|| panic!("{name} is not in docs/running.md"));
        let article = row.split('|').nth(2).unwrap_or_default().trim();
        let first = article.split(", ").next().unwrap_or_default();
        assert!(rules::terms::Clause::parse(first).is_some(), "{name}: {article}");
    }
}
