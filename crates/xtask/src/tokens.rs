//! Design tokens of デジタル庁デザインシステム: from the locked npm package into one committed file.
//!
//! Building the product needs no npm: the values that our style sheets use are in
//! `crates/service/src/web/tokens.css`, written here and checked for being current.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

/// The package, as `e2e/package.json` names it.
const PACKAGE: &str = "@digital-go-jp/design-tokens";
/// The file that is written, from the repository's root.
const WRITTEN: &str = "crates/service/src/web/tokens.css";

/// The tokens that our style sheets use: our shorter name, and the package's.
const USED: [(&str, &str); 28] = [
    ("white", "color-neutral-white"),
    ("black", "color-neutral-black"),
    ("gray-50", "color-neutral-solid-gray-50"),
    ("gray-100", "color-neutral-solid-gray-100"),
    ("gray-200", "color-neutral-solid-gray-200"),
    ("gray-420", "color-neutral-solid-gray-420"),
    ("gray-600", "color-neutral-solid-gray-600"),
    ("gray-700", "color-neutral-solid-gray-700"),
    ("gray-900", "color-neutral-solid-gray-900"),
    ("blue-50", "color-primitive-blue-50"),
    ("blue-100", "color-primitive-blue-100"),
    ("blue-200", "color-primitive-blue-200"),
    ("blue-900", "color-primitive-blue-900"),
    ("blue-1000", "color-primitive-blue-1000"),
    ("blue-1200", "color-primitive-blue-1200"),
    ("green-50", "color-primitive-green-50"),
    ("green-800", "color-primitive-green-800"),
    ("green-900", "color-primitive-green-900"),
    ("yellow-50", "color-primitive-yellow-50"),
    ("yellow-300", "color-primitive-yellow-300"),
    ("yellow-700", "color-primitive-yellow-700"),
    ("red-50", "color-primitive-red-50"),
    ("red-900", "color-primitive-red-900"),
    ("red-1000", "color-primitive-red-1000"),
    ("magenta-900", "color-primitive-magenta-900"),
    ("radius-4", "border-radius-4"),
    ("radius-8", "border-radius-8"),
    ("radius-12", "border-radius-12"),
];

/// Writes the file, or with `check` only says whether it is current.
///
/// # Errors
/// The package is not installed or is not the locked version; it lacks a token; the file cannot be
/// written; with `check`, the file differs from what would be written.
pub(crate) fn run(check: bool) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let written = root.join(WRITTEN);
    let wanted = style_sheet(&Package::read(&root.join("e2e"))?)?;
    let present = fs::read_to_string(&written).unwrap_or_default();
    if present == wanted {
        println!("{WRITTEN} is current");
        return Ok(());
    }
    if check {
        bail!("{WRITTEN} is not current: run `cargo xtask tokens` and commit the file");
    }
    fs::write(&written, wanted).with_context(|| format!("cannot write {WRITTEN}"))?;
    println!("{WRITTEN} written");
    Ok(())
}

/// What is read from the package.
struct Package {
    version: String,
    licence: String,
    /// The line of its licence that begins with "Copyright".
    copyright: String,
    css: String,
}

impl Package {
    /// Reads the installed package below `e2e`, and holds it against the lock file.
    fn read(e2e: &Path) -> anyhow::Result<Self> {
        let folder = e2e.join("node_modules").join(PACKAGE);
        let manifest = read_json(&folder.join("package.json"))
            .context("the package is not installed: run `npm ci --ignore-scripts` in e2e")?;
        let version = text_at(&manifest, "/version")?;
        let lock = read_json(&e2e.join("package-lock.json"))?;
        // "~1" stands for "/" in a JSON pointer.
        let place = format!("/packages/node_modules~1{}/version", PACKAGE.replace('/', "~1"));
        let locked = text_at(&lock, &place)?;
        if version != locked {
            bail!("{PACKAGE} {version} is installed, {locked} is locked: run `npm ci` in e2e");
        }
        let licence_text = read(&folder.join("LICENSE"))?;
        let copyright = licence_text.lines().find(|line| line.starts_with("Copyright"));
        Ok(Self {
            version,
            licence: text_at(&manifest, "/license")?,
            copyright: copyright.context("its licence names no holder")?.trim().to_owned(),
            css: read(&folder.join("dist/tokens.css"))?,
        })
    }
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn read_json(path: &Path) -> anyhow::Result<serde_json::Value> {
    serde_json::from_str(&read(path)?).with_context(|| format!("no JSON: {}", path.display()))
}

fn text_at(json: &serde_json::Value, place: &str) -> anyhow::Result<String> {
    let found = json.pointer(place).and_then(serde_json::Value::as_str);
    found.map(str::to_owned).with_context(|| format!("nothing stands at {place}"))
}

fn style_sheet(package: &Package) -> anyhow::Result<String> {
    let values = declarations(&package.css);
    let mut css = format!(
        "/*! Values of {PACKAGE} {} ({}). {} */\n\
         /* Written by `cargo xtask tokens`. Do not edit. */\n:root {{\n",
        package.version, package.licence, package.copyright
    );
    for (ours, theirs) in USED {
        let value = values.get(theirs).with_context(|| format!("no token {theirs}"))?;
        writeln!(css, "  --{ours}: {value};")?;
    }
    css.push_str("}\n");
    Ok(css)
}

/// The custom properties of a style sheet that declares one per line.
fn declarations(css: &str) -> BTreeMap<&str, &str> {
    css.lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(css: &str) -> Package {
        Package {
            version: "1.0.0".to_owned(),
            licence: "MIT".to_owned(),
            copyright: "Copyright (c) somebody".to_owned(),
            css: css.to_owned(),
        }
    }

    #[test]
    fn values_and_notice_are_written() {
        let all = |(_, name): &(&str, &str)| format!("  --{name}: value of {name};\n");
        let source: String = USED.iter().map(all).collect();
        let css = style_sheet(&package(&source)).expect("all tokens are there");
        assert!(css.contains("1.0.0 (MIT). Copyright (c) somebody"), "{css}");
        assert!(css.contains("  --blue-900: value of color-primitive-blue-900;\n"), "{css}");
    }

    #[test]
    fn a_token_that_the_package_dropped_is_named() {
        let fault = style_sheet(&package(":root {\n}\n")).expect_err("nothing is there");
        assert!(fault.to_string().contains("color-neutral-white"), "{fault}");
    }
}
