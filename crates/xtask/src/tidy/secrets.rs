//! What belongs to one machine, or to nobody's eyes, is not committed.

use super::tree::{Fault, Tree};

/// Hosts that a checkout must not depend on by name: clients know where their registry is.
/// Spelled in halves, so that this file passes its own check.
const HOSTS: &[&str] = &[
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("registry.", "npmjs.org"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("deb.", "debian.org"),
    concat!("proxy.", "golang.org"),
];

const PLACES: &[&str] = &[concat!("/wor", "k/"), concat!("/ro", "ot/"), concat!("/home", "/")];

/// Lock files too: npm writes hosts into its own unless `.npmrc` forbids it.
pub(super) fn no_host_of_a_registry(tree: &Tree) -> Vec<Fault> {
    let npm_resolved = concat!("\"resolved\": \"", "http");
    let names_host =
        |line: &str| HOSTS.iter().any(|host| line.contains(host)) || line.contains(npm_resolved);
    let what = "the host of a package registry: leave it to the client's configuration \
                (npm: `omit-lockfile-registry-resolved=true` in .npmrc)";
    let files = tree.files.iter();
    files.flat_map(|file| file.faults_on_lines(&file.text, names_host, what)).collect()
}

/// A path of one machine works on no other.
pub(super) fn no_path_of_one_machine(tree: &Tree) -> Vec<Fault> {
    let is_start =
        |c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.' | '/' | '}' | '>');
    let names_place = |line: &str| {
        PLACES.iter().any(|place| {
            line.match_indices(place)
                .any(|(at, _)| line[..at].chars().next_back().is_none_or(is_start))
        })
    };
    let what = "a path of one machine: name it from the repository's root, or take it as an option";
    let files = tree.files.iter();
    files.flat_map(|file| file.faults_on_lines(&file.text, names_place, what)).collect()
}

/// A key in a commit is known to everybody, for ever.
pub(super) fn no_key(tree: &Tree) -> Vec<Fault> {
    let what = "this looks like a key: make it when it is needed (a test makes its own), \
                and if it was ever in use, replace it";
    let files = tree.files.iter().filter(|file| !is_lock_file(file.name()));
    files.flat_map(|file| file.faults_on_lines(&file.text, looks_like_key, what)).collect()
}

fn is_lock_file(name: &str) -> bool {
    name == "Cargo.lock" || name == "package-lock.json"
}

/// The head of a private key, or a line that is, or ends by assigning, 32 bytes or more in base64.
fn looks_like_key(line: &str) -> bool {
    let is_head = line.contains("-----BEGIN") && line.contains(concat!("PRIVATE", " KEY"));
    let last = line.split_whitespace().next_back().unwrap_or_default();
    let assigned = last.split_once(['=', ':']).map_or(last, |(_, value)| value);
    is_head || [last, assigned].into_iter().any(is_key)
}

fn is_key(text: &str) -> bool {
    let body = text.trim_matches(['"', '\'', ',', ';']).trim_end_matches('=');
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    let has = |kind: fn(&char) -> bool| body.chars().filter(kind).count() >= 3;
    // A checksum, such as a content security policy holds, hides nothing.
    let is_checksum = ["sha256-", "sha384-", "sha512-"].iter().any(|sum| body.starts_with(sum));
    body.len() >= 42
        && !is_checksum
        && body.chars().all(is_base64)
        && has(char::is_ascii_uppercase)
        && has(char::is_ascii_lowercase)
        && has(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::super::assert_faults;
    use super::*;

    #[test]
    fn hosts_of_registries_are_caught() {
        for host in HOSTS {
            let text = format!("a\nurl = https://{host}/b\n");
            assert_faults(no_host_of_a_registry, &[("a.toml", &text)], &["a.toml:2"]);
        }
        let text = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
        assert_faults(no_host_of_a_registry, &[("Cargo.lock", text)], &[]);
        let text = concat!("  \"resolved\": \"", "http://10.0.0.1/a.tgz\"\n");
        let file = "e2e/package-lock.json";
        assert_faults(no_host_of_a_registry, &[(file, text)], &["e2e/package-lock.json:1"]);
    }

    #[test]
    fn paths_of_one_machine_are_caught() {
        for place in PLACES {
            let text = format!("open(\"{place}terms\")\n");
            assert_faults(no_path_of_one_machine, &[("a.rs", &text)], &["a.rs:1"]);
            let text = format!("https://example.org{place}terms crates{place}mod.rs\n");
            assert_faults(no_path_of_one_machine, &[("a.rs", &text)], &[]);
        }
    }

    #[test]
    fn keys_are_caught() {
        let head = concat!("-----BEGIN PRIVATE", " KEY-----");
        let value = concat!("q83vEjRWeJq83vEjRWeJq8", "3vEjRWeJq83vEjRWeJq8A=");
        let named = format!("personal = \"{value}\"");
        let exported = format!("PERSONAL={value}");
        for text in [head, value, &named, &exported] {
            assert_faults(no_key, &[("office.toml", text)], &["office.toml:1"]);
        }
        let path = "crates/service/src/application/store_of_wishes_and_reasons";
        let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let checksum = format!("'sha256-{value}'");
        for text in
            [path, digest, &checksum, "a_function_with_a_very_long_name_that_says_it_all_2_times()"]
        {
            assert_faults(no_key, &[("a.txt", text)], &[]);
        }
        let integrity = format!("\"integrity\": \"{value}\"");
        assert_faults(no_key, &[("e2e/package-lock.json", &integrity)], &[]);
    }
}
