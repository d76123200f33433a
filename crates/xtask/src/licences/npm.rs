//! The npm packages of the browser tests and the design tokens, as their lock file tells them.

use super::Dependency;
use anyhow::{Context as _, Result};
use serde_json::Value;

/// Reads a `package-lock.json` of version 2 or 3. The project itself is left out.
pub(super) fn packages(lock: &str) -> Result<Vec<Dependency>> {
    let lock: Value = serde_json::from_str(lock)?;
    let packages = lock["packages"].as_object().context("the lock file lists no packages")?;
    let dependencies = packages.iter().filter(|(path, package)| {
        let is_link = package["link"].as_bool() == Some(true);
        !path.is_empty() && !is_link
    });
    Ok(dependencies.map(|(path, package)| dependency(path, package)).collect())
}

fn dependency(path: &str, package: &Value) -> Dependency {
    let text = |key: &str| package[key].as_str().map(str::to_owned);
    let name = path.rsplit("node_modules/").next().unwrap_or(path);
    // The registry's packages carry a checksum of the archive; others come by git or by path.
    let source = match text("integrity") {
        Some(_) => None,
        None => Some(text("resolved").unwrap_or_else(|| "unknown".to_owned())),
    };
    Dependency {
        name: name.to_owned(),
        version: text("version").unwrap_or_default(),
        licence: text("license"),
        source,
        named_by_us: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_read_from_the_lock_file() {
        let lock = r#"{ "lockfileVersion": 3, "packages": {
            "": { "name": "e2e" },
            "node_modules/axe-core": { "version": "4.1.0", "license": "MPL-2.0", "integrity": "x" },
            "node_modules/a/node_modules/@b/c": { "version": "1.0.0", "integrity": "x" },
            "node_modules/fork": { "version": "1.0.0", "license": "MIT", "resolved": "git+ssh://x" }
        }}"#;
        let read = packages(lock).expect("the sample is well formed");
        let names: Vec<&str> = read.iter().map(|package| package.name.as_str()).collect();
        assert_eq!(names, ["@b/c", "axe-core", "fork"]);
        let faulty: Vec<bool> = read.iter().map(|package| !package.faults().is_empty()).collect();
        assert_eq!(faulty, [true, false, true]);
        assert!(packages("{}").is_err());
    }
}
