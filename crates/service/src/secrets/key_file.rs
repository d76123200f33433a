//! The file in which the keys are, apart from the data.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::{Zeroize, Zeroizing};

use super::fill;
use crate::store::sync_folder;

/// A key of 256 bits; wiped when dropped.
pub(super) type Octets = Zeroizing<[u8; 32]>;

/// What keys are for, as their names begin.
pub(super) const USES: [&str; 4] = ["personal", "care", "digest", "cookie"];

/// The longest file that is read; a key takes 60 octets.
const LONGEST_FILE: u64 = 64 << 10;

const INTRODUCTION: &str = "\
# The keys of this Madoguchi. Whoever has this file and a copy of the data can read everything;
# whoever has lost it can read nothing again. Keep a copy in a safe place, and never with the data.
#
# Each line is a use, a number, and 256 random bits in base64. To change a key, add a line with the
# next number (personal-2): the highest seals, all of them open. digest-1 cannot be changed so,
# because what it marks would not be found again.
#
# personal: names, numbers, contacts.  care: requests for consideration.
# digest: finding a person again.      cookie: forms and cookies.

";

/// Why the keys cannot be had.
#[derive(Debug)]
pub enum KeyFileRefusal {
    /// There is no such file.
    Absent(PathBuf),
    /// It cannot be read or made.
    Unreadable(PathBuf, std::io::Error),
    /// Others than its owner may read or write it; its mode.
    OpenToOthers(PathBuf, u32),
    /// Something in it is not as it must be.
    Malformed(PathBuf, String),
}

impl fmt::Display for KeyFileRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent(path) => write!(out, "there is no key file {}", path.display()),
            Self::Unreadable(path, error) => {
                write!(out, "the key file {} cannot be used: {error}", path.display())
            }
            Self::OpenToOthers(path, mode) => write!(
                out,
                "others may read the key file {0} (mode {mode:04o}); \
                 only its owner may: chmod 600 {0}",
                path.display()
            ),
            Self::Malformed(path, what) => {
                write!(out, "the key file {} is wrong: {what}", path.display())
            }
        }
    }
}

impl std::error::Error for KeyFileRefusal {}

/// A key as the file names it.
pub(super) struct Entry {
    /// One of [`USES`].
    pub(super) used_for: &'static str,
    /// From 1.
    pub(super) number: u16,
    pub(super) octets: Octets,
}

/// Makes the file with fresh keys, unless it is there. Two programs that start together end up
/// with the same keys: the file appears under its name only once it is whole.
pub(super) fn create_if_absent(path: &Path) -> Result<(), KeyFileRefusal> {
    if path.symlink_metadata().is_ok() {
        return Ok(());
    }
    let unreadable = |error| KeyFileRefusal::Unreadable(path.to_owned(), error);
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}.draft", std::process::id()));
    let draft = PathBuf::from(draft);
    let made = write_draft(&draft).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    });
    let removed = fs::remove_file(&draft);
    made.and(removed).map_err(unreadable)?;
    sync_folder(path).map_err(unreadable)
}

fn write_draft(draft: &Path) -> std::io::Result<()> {
    let mut text = Zeroizing::new(String::from(INTRODUCTION));
    // Growing would leave copies behind that nobody wipes.
    text.reserve(USES.len() * 64);
    for used_for in USES {
        let mut octets = Zeroizing::new([0_u8; 32]);
        fill(&mut *octets);
        let encoded = Zeroizing::new(STANDARD.encode(*octets));
        text.push_str(used_for);
        text.push_str("-1 = \"");
        text.push_str(&encoded);
        text.push_str("\"\n");
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Reads the keys, in the order of the file.
pub(super) fn read(path: &Path) -> Result<Vec<Entry>, KeyFileRefusal> {
    let unreadable = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => KeyFileRefusal::Absent(path.to_owned()),
        _ => KeyFileRefusal::Unreadable(path.to_owned(), error),
    };
    let file = File::open(path).map_err(unreadable)?;
    refuse_when_open_to_others(path, &file)?;
    let mut text = Zeroizing::new(String::new());
    file.take(LONGEST_FILE).read_to_string(&mut text).map_err(unreadable)?;
    parse(&text).map_err(|what| KeyFileRefusal::Malformed(path.to_owned(), what))
}

#[cfg(unix)]
fn refuse_when_open_to_others(path: &Path, file: &File) -> Result<(), KeyFileRefusal> {
    use std::os::unix::fs::PermissionsExt;

    let metadata = file.metadata();
    let metadata = metadata.map_err(|error| KeyFileRefusal::Unreadable(path.to_owned(), error))?;
    match metadata.permissions().mode() & 0o7777 {
        mode if mode & 0o077 != 0 => Err(KeyFileRefusal::OpenToOthers(path.to_owned(), mode)),
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn refuse_when_open_to_others(_: &Path, _: &File) -> Result<(), KeyFileRefusal> {
    Ok(())
}

/// What is wrong is told by line and name, never by content.
fn parse(text: &str) -> Result<Vec<Entry>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        format!("line {line} is not of the form personal-1 = \"…\"")
    })?;
    let mut entries = Vec::new();
    for (name, value) in table {
        let toml::Value::String(mut encoded) = value else {
            return Err(format!("{name} is not text between quotation marks"));
        };
        let entry = entry(&name, &encoded);
        encoded.zeroize();
        entries.push(entry?);
    }
    for used_for in USES {
        if entries.iter().all(|entry| entry.used_for != used_for) {
            return Err(format!("{used_for}-1 is missing"));
        }
    }
    if entries.iter().filter(|entry| entry.used_for == "digest").count() > 1 {
        return Err("there is more than one digest key".to_owned());
    }
    Ok(entries)
}

fn entry(name: &str, encoded: &str) -> Result<Entry, String> {
    let unknown = || format!("{name} is not a key: {} with a number are", USES.join(", "));
    let (used_for, number) = name.split_once('-').ok_or_else(unknown)?;
    let used_for = USES.into_iter().find(|known| *known == used_for).ok_or_else(unknown)?;
    let plain = !number.starts_with(['0', '+']);
    let number = number.parse().ok().filter(|_| plain).ok_or_else(unknown)?;
    let decoded = STANDARD.decode(encoded).map(Zeroizing::new);
    let decoded = decoded.map_err(|_| format!("{name} is not base64"))?;
    let octets = decoded.as_slice().try_into();
    let octets = octets.map_err(|_| format!("{name} does not have 256 bits"))?;
    Ok(Entry { used_for, number, octets: Zeroizing::new(octets) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_key_file() {
        fn check(change: (&str, &str), expected: &str) {
            let key = STANDARD.encode([7; 32]);
            let whole: String = USES.iter().map(|name| format!("{name}-1 = \"{key}\"\n")).collect();
            let text = whole.replacen(change.0, change.1, 1).replace("KEY", &key);
            let said = parse(&text).map(|_| "well".to_owned()).unwrap_or_else(|what| what);
            assert_eq!(said, expected, "{change:?}");
            assert!(!said.contains(&key));
        }
        let uses = "personal, care, digest, cookie with a number are";
        check(("", ""), "well");
        check(("", "personal-2 = \"KEY\"\n"), "well");
        check(("care-1", "# care-1"), "care-1 is missing");
        check(("care-1", "care-0"), &format!("care-0 is not a key: {uses}"));
        check(("care-1", "care"), &format!("care is not a key: {uses}"));
        check(("care-1", "cart-1"), &format!("cart-1 is not a key: {uses}"));
        check(("care-1", "care-65536"), &format!("care-65536 is not a key: {uses}"));
        check(("", "digest-2 = \"KEY\"\n"), "there is more than one digest key");
        check(("care-1 = \"", "care-1 = \"!"), "care-1 is not base64");
        check(("", "care-2 = \"QUJD\"\n"), "care-2 does not have 256 bits");
        check(("", "care-2 = 5\n"), "care-2 is not text between quotation marks");
        let form = "is not of the form personal-1 = \"…\"";
        check(("care-1 = \"", "care-1 = "), &format!("line 2 {form}"));
        check(("cookie-1", "care-1"), &format!("line 4 {form}"));
    }

    #[cfg(unix)]
    #[test]
    fn a_key_file_is_made_once_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("office.key");
        assert!(matches!(read(&path), Err(KeyFileRefusal::Absent(_))));
        create_if_absent(&path).expect("it is made");
        let made = fs::read(&path).expect("the file");
        create_if_absent(&path).expect("it is there");
        assert_eq!(fs::read(&path).expect("the file"), made, "it is not made again");
        assert_eq!(read(&path).expect("the keys").len(), USES.len());
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "no draft is left");
        for mode in [0o600, 0o400, 0o640, 0o604, 0o620, 0o601, 0o777] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("its mode");
            match read(&path) {
                Ok(_) => assert!(mode & 0o077 == 0, "{mode:o}"),
                Err(KeyFileRefusal::OpenToOthers(_, told)) => assert_eq!(told, mode),
                Err(other) => panic!("{other}"),
            }
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("its mode");
        fs::write(&path, "").expect("it is emptied");
        let refused = read(&path).map(drop).expect_err("no keys").to_string();
        assert!(refused.ends_with("is wrong: personal-1 is missing"), "{refused}");
    }
}
