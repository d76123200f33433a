//! What the product may carry. A change here is a decision and goes with a page in docs/decisions.

use anyhow::{Context as _, Result};
use spdx::{Expression, ParseMode};

/// Licences under which a dependency may be shipped inside a program under ours: permissive ones,
/// and of the others only the file-wise MPL-2.0, which asks nothing of code left as it came.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OpenSSL",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// How cargo names the crates registry.
pub(super) const KNOWN_SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Packages that must not come in, not even through another package, and why.
pub(super) const BANNED: &[(&str, &str)] = &[
    ("async-std", "no longer maintained, and a second runtime beside tokio"),
    ("failure", "no longer maintained; anyhow is the one error carrier"),
    ("native-tls", "one TLS library: rustls; the system's would have to be there and right"),
    ("openssl", "one TLS library: rustls; OpenSSL would have to be installed"),
    ("openssl-sys", "one TLS library: rustls; OpenSSL would have to be installed"),
];

/// Packages that no crate of ours may name; another package may need them for itself.
pub(super) const NOT_BY_US: &[(&str, &str)] = &[
    ("chrono", "one time library: jiff, which knows zones and civil time"),
    ("diesel", "SQL is written in full in store.rs"),
    ("lazy_static", "the standard library has LazyLock"),
    ("once_cell", "the standard library has LazyLock and OnceLock"),
    ("serde_yaml", "no longer maintained, and data of ours is TOML"),
    ("sqlx", "SQL is written in full in store.rs"),
    ("time", "one time library: jiff, which knows zones and civil time"),
];

/// Whether some reading of the SPDX expression needs allowed licences only.
///
/// # Errors
/// When the text is not an SPDX expression, even by the older spelling with `/` for OR.
pub(super) fn permits(expression: &str) -> Result<bool> {
    let mode = ParseMode { allow_slash_as_or_operator: true, ..ParseMode::STRICT };
    let expression = Expression::parse_mode(expression, mode)
        .with_context(|| format!("`{expression}` is not an SPDX expression"))?;
    Ok(expression.evaluate(|licence| ALLOWED.contains(&licence.to_string().as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expression: &str, expected: Option<bool>) {
        assert_eq!(permits(expression).ok(), expected, "{expression}");
    }

    #[test]
    fn expressions() {
        check("MIT", Some(true));
        check("MIT OR Apache-2.0", Some(true));
        check("MIT/Apache-2.0", Some(true));
        check("Apache-2.0 / MIT", Some(true));
        check("Apache-2.0 WITH LLVM-exception", Some(true));
        check("(MIT OR Apache-2.0) AND Unicode-3.0", Some(true));
        check("MPL-2.0", Some(true));
        check("GPL-3.0-only", Some(false));
        check("Apache-2.0 OR GPL-2.0-only", Some(true));
        check("MIT AND GPL-2.0-only", Some(false));
        check("MIT AND (LGPL-2.1-or-later OR ISC)", Some(true));
        check("GPL-2.0-only WITH Classpath-exception-2.0", Some(false));
        check("SEE LICENSE IN LICENSE.md", None);
        check("", None);
    }
}
