//! The program as an administrator meets it: a process, a configuration file, an environment, a
//! signal.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::engines::{Fresh, engines};
use crate::office::PASSWORD;

/// A machine on which the program is installed and nothing else was done yet.
struct Installed {
    fresh: Fresh,
    folder: TempDir,
}

impl Installed {
    /// The file names no store that could be opened: the environment names the right one.
    fn on(fresh: Fresh) -> Self {
        let folder = TempDir::new().expect("a folder");
        let keys = folder.path().join("keys.toml");
        let text = format!(
            "listen = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1\"\n\
             store = \"sqlite:/nowhere/at/all.db\"\nkey_file = \"{}\"\n",
            keys.display()
        );
        fs::write(folder.path().join("madoguchi.toml"), text).expect("a configuration");
        Self { fresh, folder }
    }

    /// The program, in its folder; the configuration is found there under its usual name.
    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
        command.args(arguments).current_dir(self.folder.path());
        command.env("MADOGUCHI_STORE", &self.fresh.written).env_remove("RUST_LOG");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program to its end, with this line typed.
    fn runs(&self, arguments: &[&str], typed: &str) -> Output {
        let mut child = self.program(arguments).spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("its input");
        // A program that refused before it read has closed the pipe.
        let _ = writeln!(stdin, "{typed}");
        drop(stdin);
        child.wait_with_output().expect("the program ends")
    }

    /// What it printed; it must succeed.
    fn does(&self, arguments: &[&str], typed: &str) -> String {
        let output = self.runs(arguments, typed);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output.stderr));
        said(&output.stdout)
    }

    /// What it said; it must fail, with the exit code that scripts look for.
    fn refuses(&self, arguments: &[&str], typed: &str, reason: &str) {
        let output = self.runs(arguments, typed);
        let told = said(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
        assert!(told.contains(reason), "{arguments:?}: {told}");
        assert!(!told.contains(PASSWORD), "{told}");
    }
}

fn said(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

/// `madoguchi serve` while it runs; ended when dropped.
struct Serving {
    child: Child,
    stderr: BufReader<ChildStderr>,
    address: String,
}

impl Serving {
    /// Starts it, and waits until it says where it listens.
    fn start(installed: &Installed) -> Self {
        let mut child = installed.program(&["serve"]).spawn().expect("the program starts");
        let mut stderr = BufReader::new(child.stderr.take().expect("its log"));
        let mut log = String::new();
        while !log.contains("the window is open") {
            let read = stderr.read_line(&mut log).expect("a line");
            assert!(read > 0, "it ended: {log}");
        }
        let address = log.split_whitespace().find_map(|word| word.strip_prefix("listen="));
        let address = address.unwrap_or_else(|| panic!("where it listens: {log}")).to_owned();
        Self { child, stderr, address }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            .expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    }

    /// Asks it to end, as a service manager does. Its exit code, and what it logged since.
    fn ends(mut self) -> (Option<i32>, String) {
        let asking = format!("kill -TERM {}", self.child.id());
        let asked = Command::new("sh").args(["-c", &asking]).status();
        assert!(asked.expect("a shell").success());
        let mut log = String::new();
        self.stderr.read_to_string(&mut log).expect("the rest of the log");
        (self.child.wait().expect("it ends").code(), log)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It has ended already, unless a test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const OPEN: [&str; 10] = [
    "office",
    "open",
    "--slug",
    "sakae-test",
    "--name",
    "ハローワークみほん（見本）",
    "--telephone",
    "00-0000-0000",
    "--court",
    "見本地方裁判所",
];

fn add<'a>(office: &'a str, login: &'a str) -> [&'a str; 10] {
    let role = "coordinator";
    ["staff", "add", "--office", office, "--login", login, "--name", "受付（見本）", "--role", role]
}

/// The first day: the service is started on an empty store, the office is opened and an account
/// made beside it, and the service is ended.
#[test]
fn an_office_is_opened_and_served_and_ended() {
    for fresh in engines() {
        let installed = Installed::on(fresh);
        let serving = Serving::start(&installed);
        assert!(installed.folder.path().join("keys.toml").is_file(), "made at the first start");
        assert!(serving.get("/healthz").starts_with("HTTP/1.1 200 "));
        assert!(serving.get("/offices/sakae-test").starts_with("HTTP/1.1 404 "));
        assert!(installed.does(&OPEN, "").contains("is open under the terms model-1"));
        let list = installed.does(&["office", "list"], "");
        assert_eq!(list, "sakae-test\tハローワークみほん（見本）\n");
        let page = serving.get("/offices/sakae-test");
        assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("ハローワークみほん"), "{page}");
        let added = installed.does(&add("sakae-test", "uketsuke"), PASSWORD);
        assert_eq!(added, "uketsuke may sign in as coordinator\n");
        let (code, log) = serving.ends();
        assert_eq!(code, Some(0), "{log}");
        assert!(log.contains("the window is closed"), "{log}");
        let (code, log) = Serving::start(&installed).ends();
        assert_eq!(code, Some(0), "and once more on a store that is there: {log}");
    }
}

#[test]
fn what_cannot_be_done_is_told_in_words() {
    for fresh in engines() {
        let installed = Installed::on(fresh);
        installed.does(&OPEN, "");
        installed.refuses(&OPEN, "", "an office sakae-test exists already");
        installed.refuses(&add("nowhere", "uketsuke"), PASSWORD, "there is no office nowhere");
        installed.refuses(&add("sakae-test", "uketsuke"), "short", "fewer than 15 characters");
        installed.refuses(&add("sakae-test", "uketsuke"), "", "as one line on standard input");
        installed.does(&add("sakae-test", "uketsuke"), PASSWORD);
        installed.refuses(&add("sakae-test", "uketsuke"), PASSWORD, "exists already");
        let of = |act| ["staff", act, "--login", "uketsuke"];
        let reset = installed.does(&of("password"), "もうひとつの とても長い合言葉です");
        assert!(reset.contains("uketsuke has another password"), "{reset}");
        installed.does(&of("disable"), "");
        installed.refuses(&of("disable"), "", "it was ended before");
        installed.refuses(&of("password"), PASSWORD, "or it was ended");
        installed.refuses(&add("sakae-test", "uketsuke"), PASSWORD, "that was ended");
        let elsewhere = ["serve", "--config", "elsewhere.toml"];
        installed.refuses(&elsewhere, "", "elsewhere.toml cannot be read");
        let shipped = installed.does(&["support-data"], "");
        let table = installed.folder.path().join("support.toml");
        fs::write(&table, shipped.replacen("[[browser]]", "[[browzer]]", 1)).expect("a table");
        let mut serve = installed.program(&["serve"]);
        let refused = serve.env("MADOGUCHI_SUPPORT_DATA", &table).output().expect("it ends");
        let told = said(&refused.stderr);
        assert!(told.contains("support.toml: line") && !refused.status.success(), "{told}");
        fs::remove_file(installed.folder.path().join("keys.toml")).expect("the keys are lost");
        installed.refuses(&["serve"], "", "put their file back");
        assert!(!installed.folder.path().join("keys.toml").exists());
    }
}

#[test]
fn the_pool_of_hosts_is_kept_by_commands() {
    for fresh in engines() {
        let installed = Installed::on(fresh);
        installed.does(&OPEN, "");
        let office = ["--office", "sakae-test"];
        let hosts = |words: &[&'static str]| -> Vec<&'static str> {
            ["zoom", "hosts"].into_iter().chain(words.iter().copied()).collect()
        };
        let window = ["--zoom-user", "window-1@example.jp"];
        let add = hosts(&[&["add"], &office[..], &window].concat());
        assert!(installed.does(&add, "").contains("holds sessions of sakae-test"));
        installed.refuses(&add, "", "in the pool of an office already");
        let of = |user| hosts(&[&["add"], &office[..], &["--zoom-user", user]].concat());
        installed.refuses(&of("a/../b"), "", "is no user ID or address");
        let many = [add.clone(), vec!["--at-once", "3"]].concat();
        installed.refuses(&many, "", "neither 1 nor 2");
        let list = hosts(&[&["list"], &office[..]].concat());
        assert_eq!(installed.does(&list, ""), "window-1@example.jp\t1 at once\n");
        let end = hosts(&[&["end"], &window[..]].concat());
        installed.does(&end, "");
        installed.refuses(&end, "", "in no office's pool");
        installed.does(&add, "");
        // Without an account it is told what to do.
        for act in ["check", "reconcile"] {
            let output = installed.runs(&["zoom", act, "--office", "sakae-test"], "");
            assert_eq!(output.status.code(), Some(1), "{act}");
            let told = format!("{}{}", said(&output.stdout), said(&output.stderr));
            assert!(told.contains("docs/zoom.md"), "{act}: {told}");
        }
        installed.refuses(&["zoom", "check", "--office", "nowhere"], "", "no office nowhere");
    }
}

/// The way of a version: from an office's text to the day on which it is in force.
#[test]
fn article_11_terms_are_imported_checked_tried_compared_and_published() {
    for fresh in engines() {
        let installed = Installed::on(fresh);
        installed.does(&OPEN, "");
        let write = |name: &str, text: &str| {
            fs::write(installed.folder.path().join(name), text).expect("a file");
        };
        // The model's text stands for an office's own, in force later and with a shorter silence.
        let own =
            rules::terms::MODEL_TEXTS[0].1.replace("令和７年４月１５日", "令和９９年４月１日");
        write("text.txt", &own.replace("１０分が過ぎても", "８分が過ぎても"));
        let import = ["terms", "import", "text.txt", "--into", "own", "--version", "model-2"];
        let told = installed.does(&import, "");
        assert!(told.contains("14 articles") && told.contains("stands on its phrase"), "{told}");
        installed.refuses(&import, "", "is not written over");
        let check = ["terms", "check", "own", "--office", "sakae-test"];
        let told = installed.does(&check, "");
        assert!(told.contains("model-2 is in order; in force from 2117-04-01"), "{told}");
        let case = concat!(
            r#"{"ask":"standing","start":"2026-11-24 10:00","#,
            r#""minutes":30,"now":"2026-11-24 10:09"}"#
        );
        let answers = |terms: &str| installed.does(&["terms", "try", "--terms", terms], case);
        assert!(answers("own").contains("deemed_cancelled"));
        assert!(answers("model-1").contains("waiting"));
        installed.refuses(&["terms", "try"], "no case", "1 lines were no cases");
        installed.refuses(&["terms", "try", "--terms", "other-1"], case, "no version other-1");
        let told = installed.does(&["terms", "diff", "model-1", "own"], "");
        assert!(told.contains("2 passages of model-2 say otherwise"), "{told}");
        let of = |from: &'static str| {
            ["terms", "publish", "own", "--office", "sakae-test", "--from", from]
        };
        installed.refuses(&of("2117-04-02"), "", "in force from 2117-04-01");
        installed.does(&of("2117-04-01"), "");
        installed.refuses(&of("2117-04-01"), "", "a version model-2 already");
        let told =
            installed.does(&["terms", "diff", "model-1", "model-2", "--office", "sakae-test"], "");
        assert!(told.contains("2 passages"), "{told}");
        installed.refuses(&["explain", "NONE-NONE"], "", "no office has a receipt NONE-NONE");
        // A phrase that says another number, and a text that says nothing.
        let folder = installed.folder.path().join("own/version.toml");
        let numbers = fs::read_to_string(&folder).expect("numbers");
        fs::write(&folder, numbers.replacen("value = 8", "value = 9", 1)).expect("changed");
        installed.refuses(&check, "", "the phrase says 8 minutes and not the value");
        write("empty.txt", "");
        let empty = ["terms", "import", "empty.txt", "--into", "none", "--version", "a-1"];
        installed.refuses(&empty, "", "has no articles");
    }
}

#[test]
fn article_14_an_office_does_not_open_under_the_court_of_another_prefecture() {
    for fresh in engines() {
        let installed = Installed::on(fresh);
        let elsewhere: Vec<&str> =
            [&OPEN[..9], &["大阪地方裁判所", "--address", "京都府京都市"]].concat();
        installed.refuses(&elsewhere, "", "there it would be 京都地方裁判所");
        let there: Vec<&str> =
            [&OPEN[..9], &["京都地方裁判所", "--address", "京都府京都市"]].concat();
        installed.does(&there, "");
    }
}

/// What an older copy of the store brings back is deleted by command, and when serving begins.
#[test]
fn article_5_1_the_file_of_what_was_deleted_is_read_before_the_window_opens() {
    for fresh in engines() {
        let installed = Installed::on(fresh);
        installed.does(&OPEN, "");
        let told = installed.does(&["retention", "reapply"], "");
        assert_eq!(told, "0 records were deleted once more\n");
        let file = installed.folder.path().join("keys.toml.deleted");
        fs::write(&file, "nonsense\n").expect("spoilt");
        installed.refuses(&["retention", "reapply"], "", "line 1 of ");
        installed.refuses(&["serve"], "", "is none of a deletion");
        let choices = installed.folder.path().join("choices.json");
        fs::write(&choices, r#"{"retention":{"session":0}}"#).expect("choices");
        let asked = ["office", "practice", "--slug", "sakae-test", "--file", "choices.json"];
        installed.refuses(&asked, "", "retention.session: write months from 1 to 360");
    }
}

/// A stop of all offices by command reaches the pages, and so does its end (article 10(1)).
#[test]
fn article_10_1_a_command_stops_a_function_everywhere_and_lifts_it() {
    for fresh in engines() {
        let installed = Installed::on(fresh);
        let stop = ["office", "stop", "--function", "join", "--reason", "maintenance"];
        let everywhere = [&stop[..], &["--all-offices"]].concat();
        installed.refuses(&everywhere, "", "there is no office yet");
        installed.does(&OPEN, "");
        let there = |arguments: &[&'static str]| [&stop[..], arguments].concat();
        installed.refuses(&there(&["--office", "elsewhere"]), "", "there is no office elsewhere");
        let past = ["--all-offices", "--from", "2020-01-01T00:00:00Z"];
        installed.refuses(&there(&past), "", "has passed");
        let turned = ["--from", "2999-01-02T00:00:00Z", "--until", "2999-01-01T00:00:00Z"];
        installed.refuses(&[&everywhere[..], &turned].concat(), "", "end lies before");
        let other = ["office", "stop", "--all-offices", "--function", "all", "--reason", "other"];
        installed.refuses(&other, "", "reason");
        assert_eq!(installed.does(&["office", "stops", "--all-offices"], ""), "");
        let note = ["--note", "回線の工事"];
        let made = installed.does(&[&everywhere[..], &note].concat(), "");
        assert_eq!(made, "1\tjoin is stopped\n");
        let own = installed.does(&there(&["--office", "sakae-test"]), "");
        assert_eq!(own, "2\tjoin is stopped\n");
        let list = installed.does(&["office", "stops", "--office", "sakae-test"], "");
        assert!(list.contains("1\tall offices\tjoin\t"), "{list}");
        assert!(list.contains("2\tsakae-test\tjoin\t"), "{list}");
        assert!(list.contains("until lifted\tmaintenance\tholds"), "{list}");
        let serving = Serving::start(&installed);
        let page = serving.get("/offices/sakae-test");
        assert!(page.contains("参加できません") && page.contains("回線の工事"), "{page}");
        serving.ends();
        let lift = ["office", "lift", "--note", "終わった", "--stop"];
        installed.refuses(&[&lift[..], &["1", "--office", "sakae-test"]].concat(), "", "no such");
        installed.refuses(&[&lift[..], &["2", "--all-offices"]].concat(), "", "no such");
        installed.does(&[&lift[..], &["1", "--all-offices"]].concat(), "");
        installed.refuses(&[&lift[..], &["1", "--all-offices"]].concat(), "", "lifted");
        installed.does(&[&lift[..], &["2", "--office", "sakae-test"]].concat(), "");
        assert_eq!(installed.does(&["office", "stops", "--all-offices"], ""), "");
        let serving = Serving::start(&installed);
        assert!(!serving.get("/offices/sakae-test").contains("参加できません"));
        serving.ends();
    }
}

/// Sums over several offices, for one of the three purposes, noted in each (articles 5(1), 5(2)).
#[test]
fn article_5_1_a_bureau_takes_sums_out_for_a_purpose() {
    for fresh in engines() {
        let installed = Installed::on(fresh);
        installed.does(&OPEN, "");
        let add = ["staff", "add", "--office", "sakae-test", "--login", "shocho", "--name", "所長"];
        installed
            .does(&[&add[..], &["--role", "manager"]].concat(), "a-long-pass-word-of-the-test");
        let ask = ["statistics", "--from", "2026-11-01", "--until", "2026-11-30"];
        let of = |more: &[&'static str]| [&ask[..], more].concat();
        let file = ["--format", "csv-utf8", "--into", "sums.csv"];
        let own = of(&[&["--office", "sakae-test", "--by", "shocho"], &file[..]].concat());
        for (purpose, told) in [
            (&[][..], "--purpose"),
            (&["--purpose", "profit"], "one of operation, usage, convenience"),
        ] {
            let output = installed.runs(&[&own[..], purpose].concat(), "");
            let said = said(&output.stderr);
            assert_eq!((output.status.code(), said.contains(told)), (Some(2), true), "{said}");
        }
        let good = [&own[..], &["--purpose", "usage"]].concat();
        let nobody: Vec<&str> =
            good.iter().map(|it| if *it == "shocho" { "nobody" } else { it }).collect();
        installed.refuses(&nobody, "", "no such account");
        assert!(!installed.folder.path().join("sums.csv").exists(), "nothing half made is left");
        assert_eq!(installed.does(&good, ""), "sums of 1 offices are in sums.csv\n");
        let sums = fs::read_to_string(installed.folder.path().join("sums.csv")).expect("the file");
        assert!(sums.starts_with('\u{feff}'), "{sums}");
        installed.refuses(&good, "", "cannot be made");
        let turned = ["statistics", "--from", "2026-11-02", "--until", "2026-11-01"];
        let rest = ["--office", "sakae-test", "--by", "shocho", "--purpose", "usage"];
        let turned = [&turned[..], &rest, &["--into", "x.csv"]].concat();
        installed.refuses(&turned, "", "--until lies before");
    }
}
