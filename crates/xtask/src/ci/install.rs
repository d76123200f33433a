//! Installs what the tests need and the machine lacks, by the distribution's own package manager.

use super::Outcome;
use super::shell::Shell;
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// A Debian package, and how to tell that what it brings is already there, whoever brought it.
struct Need {
    package: &'static str,
    present: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need { package: "postgresql", present: has_postgresql },
    Need { package: "coturn", present: || on_path("turnserver") },
    Need { package: "openssl", present: || on_path("openssl") },
    Need { package: "chromium", present: || on_path("chromium") },
    Need { package: "fonts-noto-cjk", present: has_japanese_font },
];

/// Needed only where the browser tests are.
const NEEDS_OF_BROWSER: &[Need] = &[
    Need { package: "nodejs", present: node_is_current },
    Need { package: "npm", present: || on_path("npm") },
];

/// Installs what is missing, and says so. With `--no-install` it only leaves things as they are.
pub(super) fn run(shell: &Shell) -> Result<Outcome> {
    if !shell.may_install() {
        return Ok(Outcome::Skipped("--no-install"));
    }
    let e2e = shell.root().join("e2e");
    let with_browser = e2e.join("package-lock.json").exists();
    let more = if with_browser { NEEDS_OF_BROWSER } else { &[] };
    let missing: Vec<&str> = NEEDS
        .iter()
        .chain(more)
        .filter(|need| !(need.present)())
        .map(|need| need.package)
        .collect();
    let mut ok = missing.is_empty() || install_packages(shell, &missing)?;
    if with_browser && !node_is_current() {
        bail!(
            "the browser tests need Node.js {OLDEST_NODE} or later, which this release of the \
             distribution does not have: Debian 13 does, or install it by hand"
        );
    }
    if with_browser && !npm_is_current(&e2e) {
        println!("   npm packages of e2e: installing those of the lock file");
        let mut npm = shell.command("npm");
        npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(&e2e);
        ok &= succeeded(&shell.chore(npm)?);
    }
    Ok(Outcome::Chore { ok })
}

/// The oldest Node.js that the locked packages run on; Debian has it since release 13.
const OLDEST_NODE: u32 = 20;

/// Whether there is a `node`, and new enough: it prints `v20.20.2`.
fn node_is_current() -> bool {
    let printed = Command::new("node").arg("--version").output().map(|done| done.stdout);
    printed.is_ok_and(|version| major(&String::from_utf8_lossy(&version)) >= Some(OLDEST_NODE))
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn install_packages(shell: &Shell, packages: &[&str]) -> Result<bool> {
    let names = packages.join(" ");
    if !on_path("apt-get") {
        bail!(
            "missing: {names}; there is no apt-get here, so install them (or their like) by hand"
        );
    }
    println!("   missing: {names}; installing");
    let install = ["install", "--yes", "--no-install-recommends"];
    Ok(succeeded(&shell.chore(apt_get(shell, &["update"])?)?)
        && succeeded(&shell.chore(apt_get(shell, &[&install, packages].concat())?)?))
}

/// `apt-get`, through `sudo` when this is not root; asks no question.
fn apt_get(shell: &Shell, arguments: &[&str]) -> Result<Command> {
    let id = Command::new("id").arg("-u").output()?;
    let mut command = if id.stdout.trim_ascii() == b"0" {
        shell.command("apt-get")
    } else if on_path("sudo") {
        let mut sudo = shell.command("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    } else {
        bail!(
            "only root installs packages and there is no sudo: run `apt-get {}` as root",
            arguments.join(" ")
        );
    };
    command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
    Ok(command)
}

fn succeeded(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Chore { ok: true })
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Debian keeps the server's programs of each version out of the path.
fn has_postgresql() -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    on_path("postgres") || versions.into_iter().any(|v| v.path().join("bin/postgres").exists())
}

/// Any font with Japanese will do; without one, screenshots and widths are those of empty boxes.
fn has_japanese_font() -> bool {
    let fonts = Command::new("fc-list").arg(":lang=ja").output();
    fonts.is_ok_and(|listed| !listed.stdout.trim_ascii().is_empty())
        || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists()
}

/// npm leaves a copy of the lock file that it carried out.
fn npm_is_current(e2e: &Path) -> bool {
    let changed = |path: &str| e2e.join(path).metadata().and_then(|found| found.modified());
    match (changed("node_modules/.package-lock.json"), changed("package-lock.json")) {
        (Ok(installed), Ok(wanted)) => installed >= wanted,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_node() {
        let check = |printed: &str, expected| assert_eq!(major(printed), expected, "{printed}");
        check("v20.20.2\n", Some(20));
        check("v18.20.4", Some(18));
        check("v7", Some(7));
        check("", None);
        check("20.1.0", None);
    }
}
