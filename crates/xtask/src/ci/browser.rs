//! Hands the built program to the browser tests.

use super::Outcome;
use super::shell::Shell;
use anyhow::{Context as _, Result};
use std::path::PathBuf;

/// Browser code is served as it is written, so its types are checked and nothing is compiled.
pub(super) fn types(shell: &Shell) -> Result<Outcome> {
    let mut node = shell.command("node");
    node.args(["e2e/node_modules/typescript/bin/tsc", "--project", "e2e/tsconfig.json"]);
    shell.chore(node)
}

/// `node e2e/run.mjs` is told in `MADOGUCHI` which program to test, and closes with the plain
/// line `N passed, N failed`.
pub(super) fn run(shell: &Shell) -> Result<Outcome> {
    if !shell.root().join("e2e/run.mjs").exists() {
        return Ok(Outcome::Skipped("there is no e2e/run.mjs"));
    }
    let built = shell.chore(shell.cargo("build --locked --package service --bin madoguchi"))?;
    if let Outcome::Chore { ok: false } = built {
        return Ok(built);
    }
    let mut node = shell.command("node");
    node.arg("e2e/run.mjs").env("MADOGUCHI", target_folder(shell)?.join("debug/madoguchi"));
    shell.tests(node)
}

/// Where cargo builds, which the environment and cargo's own configuration may both move.
fn target_folder(shell: &Shell) -> Result<PathBuf> {
    let metadata = crate::licences::metadata(shell.root())?;
    let folder = metadata["target_directory"].as_str().context("cargo names no target folder")?;
    Ok(PathBuf::from(folder))
}
