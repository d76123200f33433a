//! Every statement of the product fits the schema of both engines.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::engines::on_both;

const NOW: Timestamp = Timestamp::constant(1_795_000_000, 0);

/// Fewer were found than the product had when this was written: then the reader is at fault.
const AT_LEAST: usize = 75;

/// Statements that do not fit, each for a reason of its own.
const UNFIT: [&str; 4] = [
    "select nothing from offices",
    "select id from nowhere",
    "insert into offices (slug) values ($1",
    "update staff set login = $1 where no_such_column = $2",
];

#[tokio::test]
async fn each_statement_can_be_prepared_on_both_engines() {
    let found = statements_of_the_sources();
    assert!(found.len() >= AT_LEAST, "only {} statements were found", found.len());
    on_both(|store| {
        let texts: Vec<&'static str> = found.iter().map(|(_, text)| *text).collect();
        let found = &found;
        async move {
            store.migrate(NOW).await.expect("the schema is made");
            let Err(unfit) = store.prepare_each(texts).await else { return };
            let lines: Vec<String> = unfit
                .iter()
                .map(|(text, why)| format!("{}: {why}\n{text}", place(found, text)))
                .collect();
            panic!("{} statements do not fit:\n\n{}", lines.len(), lines.join("\n\n"));
        }
    })
    .await;
}

/// The control: the same way of looking finds what does not fit, among statements that do.
#[tokio::test]
async fn a_statement_that_does_not_fit_the_real_schema_is_found() {
    let found = statements_of_the_sources();
    on_both(|store| {
        let mut texts: Vec<&'static str> = found.iter().map(|(_, text)| *text).take(5).collect();
        texts.extend(UNFIT);
        async move {
            store.migrate(NOW).await.expect("the schema is made");
            let unfit = store.prepare_each(texts).await.expect_err("four are unfit");
            let unfit: Vec<&str> = unfit.iter().map(|(text, _)| *text).collect();
            assert_eq!(unfit, UNFIT);
        }
    })
    .await;
}

#[test]
fn literals_are_read_as_the_compiler_reads_them() {
    let check = |source: &str, expected: &[&str]| {
        let found = literals(Path::new("it.rs"), source);
        assert_eq!(found, expected, "{source}");
    };
    check(r#"tx.execute(sql!("select 1"), params![])"#, &["select 1"]);
    check("sql!(\n    \"select a\n     from b\"\n)", &["select a\n     from b"]);
    check("sql!(\"select \\\n    1\",)", &["select 1"]);
    check(r#"sql!("select \"a\", '\\', 'x\ty'")"#, &["select \"a\", '\\', 'x\ty'"]);
    check("sql!(r#\"select \"a\" \\ \"#)", &["select \"a\" \\ "]);
    check("/// Like sql!(\"select 0\")\n// sql!(nothing)\nlet a = sql!(\"b\");", &["b"]);
    check("pub use crate::sql;\nmacro_rules! sql {}", &[]);
}

/// Only the store's own statements may do without `sql!`: they bring their own tables.
#[test]
fn no_noun_goes_around_the_check() {
    for (path, source) in sources() {
        let is_stores = path.components().any(|part| part.as_os_str() == "store");
        let around = source.contains("Sql::unregistered(") || source.contains("Sql::registered(");
        assert!(is_stores || !around, "{} goes around sql!", path.display());
    }
}

fn place(found: &[(PathBuf, &'static str)], text: &str) -> String {
    let path = found.iter().find(|(_, it)| *it == text).map(|(path, _)| path);
    path.map_or_else(String::new, |path| path.display().to_string())
}

/// Each statement with the file in which it stands.
fn statements_of_the_sources() -> Vec<(PathBuf, &'static str)> {
    let mut found = Vec::new();
    for (path, source) in sources() {
        for text in literals(&path, &source) {
            let text: &'static str = text.leak();
            found.push((path.clone(), text));
        }
    }
    found
}

/// The product's sources, by path.
fn sources() -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let source = fs::read_to_string(&path).expect("a source in UTF-8");
                sources.push((path, source));
            }
        }
    }
    sources.sort();
    sources
}

/// What stands in each use of `sql!` outside of comments.
fn literals(path: &Path, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("sql!(") {
        let line = source[..at].rsplit('\n').next().unwrap_or_default();
        if line.trim_start().starts_with("//") {
            continue;
        }
        let rest = source[at + "sql!(".len()..].trim_start();
        let text = read_literal(rest);
        found.push(
            text.unwrap_or_else(|| panic!("{}: not one literal: {rest:.60}", path.display())),
        );
    }
    found
}

/// Reads the string literal at the beginning of `rest`.
fn read_literal(rest: &str) -> Option<String> {
    if let Some(raw) = rest.strip_prefix('r') {
        let fence = raw.len() - raw.trim_start_matches('#').len();
        let body = raw[fence..].strip_prefix('"')?;
        let end = body.find(&format!("\"{}", "#".repeat(fence)))?;
        return Some(body[..end].to_owned());
    }
    let mut text = String::new();
    let mut signs = rest.strip_prefix('"')?.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => return Some(text),
            '\\' => match signs.next()? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                '\n' => while signs.next_if(|it| it.is_whitespace()).is_some() {},
                same @ ('"' | '\\' | '\'') => text.push(same),
                _ => return None,
            },
            other => text.push(other),
        }
    }
    None
}
