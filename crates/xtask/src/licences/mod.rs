//! Every dependency: a licence that the product may carry, a source that is known, a name that is
//! not banned. No network is used; the lock files are what is judged.

mod npm;
mod policy;

use anyhow::{Context as _, Result, bail};
use policy::{BANNED, KNOWN_SOURCE, NOT_BY_US, permits};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// A dependency, as its package says it is.
#[derive(Debug, PartialEq, Eq)]
struct Dependency {
    name: String,
    version: String,
    /// The SPDX expression; absent when the package states none.
    licence: Option<String>,
    /// Absent for a crate of this workspace.
    source: Option<String>,
    /// The names that a crate of this workspace depends on itself.
    named_by_us: Vec<String>,
}

impl Dependency {
    /// What is wrong with it, in sentences that say what to do.
    fn faults(&self) -> Vec<String> {
        let Self { name, version, licence, source, named_by_us } = self;
        let mut faults = Vec::new();
        match licence.as_deref().map(permits) {
            Some(Ok(true)) => {}
            Some(Ok(false)) => {
                let licence = licence.as_deref().unwrap_or_default();
                faults.push(format!(
                    "{name} {version} is under `{licence}`: choose another package, or add the \
                     licence to policy.rs together with a decision in docs/decisions"
                ));
            }
            Some(Err(error)) => faults.push(format!("{name} {version}: {error:#}")),
            None => faults.push(format!(
                "{name} {version} states no licence: nobody may ship it; choose another package"
            )),
        }
        if source.as_deref().is_some_and(|source| source != KNOWN_SOURCE) {
            faults.push(format!(
                "{name} {version} comes from elsewhere than the crates registry: use a published \
                 version, so that it is there tomorrow and can be checked"
            ));
        }
        if let Some((_, reason)) = BANNED.iter().find(|(banned, _)| banned == name) {
            faults.push(format!("{name} {version} is banned: {reason}"));
        }
        for (other, reason) in NOT_BY_US {
            if named_by_us.iter().any(|named| named == other) {
                faults.push(format!("{name} depends on {other}: {reason}"));
            }
        }
        faults
    }
}

/// Judges the crates and the npm packages that the lock files name.
///
/// # Errors
/// When anything is wrong with any of them; each fault has been printed.
pub(crate) fn run() -> Result<()> {
    let root = crate::root();
    let mut dependencies = crates(&metadata(&root)?)?;
    let lock = root.join("e2e/package-lock.json");
    if lock.exists() {
        let text = std::fs::read_to_string(&lock)?;
        dependencies.extend(npm::packages(&text).context("e2e/package-lock.json")?);
    }
    let faults: Vec<String> = dependencies.iter().flat_map(Dependency::faults).collect();
    for fault in &faults {
        println!("{fault}");
    }
    if !faults.is_empty() {
        bail!("licences: {} to put right, in {} packages", faults.len(), dependencies.len());
    }
    println!("licences: {} packages, all in order", dependencies.len());
    Ok(())
}

/// What cargo knows of the workspace and every crate in its lock file.
pub(crate) fn metadata(root: &Path) -> Result<Value> {
    // Not `--offline`: on a fresh machine the crates themselves are still to be downloaded.
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked", "--quiet"])
        .current_dir(root)
        .output()
        .context("cargo could not be started")?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn crates(metadata: &Value) -> Result<Vec<Dependency>> {
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    packages
        .iter()
        .map(|package| {
            let source = text(&package["source"]);
            let named = package["dependencies"].as_array().filter(|_| source.is_none());
            let named = named.into_iter().flatten().filter_map(|named| text(&named["name"]));
            Ok(Dependency {
                name: text(&package["name"]).context("a crate without a name")?,
                version: text(&package["version"]).context("a crate without a version")?,
                licence: text(&package["license"]),
                source,
                named_by_us: named.collect(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, licence: Option<&str>, source: Option<&str>, said: &[&str]) {
        let dependency = Dependency {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: licence.map(str::to_owned),
            source: source.map(str::to_owned),
            named_by_us: Vec::new(),
        };
        let faults = dependency.faults();
        assert_eq!(faults.len(), said.len(), "{faults:?}");
        for (fault, said) in faults.iter().zip(said) {
            assert!(fault.contains(said), "{fault}");
        }
    }

    #[test]
    fn a_dependency_is_judged_by_licence_source_and_name() {
        let git = Some("git+https://example.org/fork?branch=main#abc");
        check("jiff", Some("Unlicense OR MIT"), Some(KNOWN_SOURCE), &[]);
        check("rules", Some("Apache-2.0"), None, &[]);
        check("copyleft", Some("AGPL-3.0-only"), Some(KNOWN_SOURCE), &["AGPL-3.0-only"]);
        check("silent", None, Some(KNOWN_SOURCE), &["states no licence"]);
        check("fork", Some("MIT"), git, &["comes from elsewhere"]);
        check("native-tls", Some("MIT"), Some(KNOWN_SOURCE), &["is banned"]);
        check("openssl-sys", None, git, &["no licence", "elsewhere", "banned"]);
        check("odd", Some("Our own words"), Some(KNOWN_SOURCE), &["not an SPDX expression"]);
    }

    #[test]
    fn crates_are_read_from_cargo_metadata() {
        let metadata = serde_json::json!({ "packages": [
            { "name": "a", "version": "1.2.3", "license": "MIT", "source": KNOWN_SOURCE },
            { "name": "b", "version": "0.1.0", "license": "MIT", "source": null,
              "dependencies": [{ "name": "a" }, { "name": "chrono" }] },
        ]});
        let read = crates(&metadata).expect("the sample is well formed");
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].licence.as_deref(), Some("MIT"));
        assert_eq!(read[0].faults(), Vec::<String>::new());
        let faults = read[1].faults();
        assert!(faults.len() == 1 && faults[0].contains("b depends on chrono"), "{faults:?}");
        assert!(crates(&serde_json::json!({})).is_err());
    }
}
