//! What was deleted is also written into a file beside the keys, apart from the store and its
//! backups. When an older copy of the store is put back, it is deleted once more.
//!
//! A line is office, class, year, serial, day, mark and instant, with tabs between. It names
//! nobody: a mark is a receipt under a key.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;
use jiff::Timestamp;
use jiff::civil::Date;
use rules::records::retention::RecordClass;

use super::subject::{self, Subject};
use super::{Number, erasure, mark, midnight, store};
use crate::app::{App, Context};
use crate::error::Error;
use crate::people;
use crate::store::{Tx, sync_folder};

/// So many records are looked at in one unit of work.
const AT_ONCE: u16 = 200;

/// That a record was deleted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tombstone {
    /// The short name of the office.
    pub office: String,
    /// What was deleted.
    pub class: RecordClass,
    /// The certificate's.
    pub number: Number,
    /// What was closed before this day was deleted.
    pub over_before: Date,
    /// The mark of the record.
    pub mark: String,
    /// When.
    pub deleted_at: Timestamp,
}

impl Tombstone {
    fn line(&self) -> String {
        let Self { office, class, number: (year, serial), over_before, mark, deleted_at } = self;
        let at = deleted_at.as_millisecond();
        format!("{office}\t{}\t{year}\t{serial}\t{over_before}\t{mark}\t{at}\n", class.code())
    }

    fn parse(line: &str) -> Option<Self> {
        let parts: Vec<&str> = line.split('\t').collect();
        let [office, class, year, serial, over_before, mark, at] = parts[..] else { return None };
        let is_mark = mark.len() == 64 && mark.bytes().all(|octet| octet.is_ascii_hexdigit());
        Some(Self {
            office: office.to_owned(),
            class: RecordClass::parse(class)?,
            number: (year.parse().ok()?, serial.parse().ok()?),
            over_before: over_before.parse().ok()?,
            mark: is_mark.then(|| mark.to_owned())?,
            deleted_at: Timestamp::from_millisecond(at.parse().ok()?).ok()?,
        })
    }
}

/// The file of what was deleted. Lines are added and never taken away.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    writing: Mutex<()>,
}

impl Ledger {
    /// The file beside a key file: its name with `.deleted` after it.
    pub fn beside(key_file: &Path) -> Self {
        let mut path = key_file.as_os_str().to_owned();
        path.push(".deleted");
        Self { path: path.into(), writing: Mutex::new(()) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds lines, and makes sure that they survive a power cut. A line that was cut off goes: the
    /// store still has it.
    ///
    /// # Errors
    /// A sentence for the administrator.
    pub fn append(&self, tombstones: &[Tombstone]) -> anyhow::Result<()> {
        if tombstones.is_empty() {
            return Ok(());
        }
        let lines: String = tombstones.iter().map(Tombstone::line).collect();
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.write(&lines).with_context(|| format!("{} cannot be written", self.path.display()))
    }

    fn write(&self, lines: &str) -> std::io::Result<()> {
        let mut file = self.open()?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let whole = text.iter().rposition(|octet| *octet == b'\n').map_or(0, |at| at + 1);
        file.set_len(u64::try_from(whole).unwrap_or_default())?;
        file.seek(SeekFrom::End(0))?;
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        sync_folder(&self.path)
    }

    fn open(&self) -> std::io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path)
    }

    /// Every line; none when there is no file yet. A last line that was cut off is left out.
    ///
    /// # Errors
    /// A sentence for the administrator that names the line which is none.
    pub fn read(&self) -> anyhow::Result<BTreeSet<Tombstone>> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
            Err(error) => {
                let what = format!("{} cannot be read", self.path.display());
                return Err(anyhow::Error::new(error).context(what));
            }
        };
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let lines = whole.lines().enumerate().map(|(at, line)| {
            Tombstone::parse(line).with_context(|| {
                format!("line {} of {} is none of a deletion", at + 1, self.path.display())
            })
        });
        lines.collect()
    }
}

/// What was done to a store that is older than what is known to be deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reapplied {
    /// Records that were there again, and were deleted once more.
    pub deleted: usize,
    /// Records that were there again, and a legal hold keeps.
    pub held: usize,
}

/// Deletes once more what an older copy of the store brought back, and writes into the file what
/// only the store knows. Blocks. Done again, it changes nothing.
///
/// # Errors
/// The file cannot be read or written; faults of the store.
pub fn reapply(app: &App) -> anyhow::Result<Reapplied> {
    let Some(ledger) = &app.ledger else { return Ok(Reapplied::default()) };
    let plain = |error| match error {
        Error::Fault(fault) => fault,
        other => anyhow::anyhow!("what was deleted could not be deleted again: {other:?}"),
    };
    let written = ledger.read()?;
    let known: BTreeSet<Tombstone> =
        app.store.read_blocking(store::tombstones).map_err(plain)?.into_iter().collect();
    ledger.append(&known.difference(&written).cloned().collect::<Vec<_>>())?;
    let mut missing: BTreeMap<(String, RecordClass), Vec<Tombstone>> = BTreeMap::new();
    for tombstone in written.difference(&known) {
        let of = (tombstone.office.clone(), tombstone.class);
        missing.entry(of).or_default().push(tombstone.clone());
    }
    let mut done = Reapplied::default();
    for class in IN_THEIR_ORDER {
        for ((office, _), tombstones) in missing.iter().filter(|((_, of), _)| *of == class) {
            let again = of_class(app, (office, class), tombstones).map_err(plain)?;
            done.deleted += again.deleted;
            done.held += again.held;
        }
    }
    if done.deleted > 0 {
        app.store.forget_deleted()?;
    }
    Ok(done)
}

/// What refers to applications before the applications.
const IN_THEIR_ORDER: [RecordClass; 8] = [
    RecordClass::Disclosure,
    RecordClass::Conduct,
    RecordClass::OwnRequest,
    RecordClass::Report,
    RecordClass::Access,
    RecordClass::Technical,
    RecordClass::Unused,
    RecordClass::Session,
];

/// Looks through the records of a class for those that were deleted.
fn of_class(
    app: &App,
    (office, class): (&str, RecordClass),
    tombstones: &[Tombstone],
) -> Result<Reapplied, Error> {
    let by_mark: BTreeMap<String, Tombstone> =
        tombstones.iter().map(|it| (it.mark.clone(), it.clone())).collect();
    let (mut done, mut held, mut after) = (Reapplied::default(), BTreeSet::new(), 0);
    loop {
        let (shared, slug, marks) = (app.clone(), office.to_owned(), by_mark.clone());
        let work = move |tx: &mut Tx<'_>| {
            let context = match people::office_by_slug(tx, &slug) {
                Ok(office) => shared.context(office.into()),
                // The file may know of an office that this store never had.
                Err(Error::Missing) => return Ok(None),
                Err(other) => return Err(other),
            };
            some(tx, &context, class, (&marks, after)).map(Some)
        };
        let Some(part) = app.store.write_blocking(work)? else { return Ok(done) };
        done.deleted += part.deleted;
        held.extend(part.held);
        let Some(last) = part.last else { break };
        after = last;
    }
    done.held = held.len();
    let slug = office.to_owned();
    let settled: Vec<Tombstone> =
        tombstones.iter().filter(|it| !held.contains(&it.mark)).cloned().collect();
    app.store.write_blocking(move |tx| {
        let office = people::office_by_slug(tx, &slug)?.id;
        settled.iter().try_for_each(|it| store::insert_tombstone(tx, office, it))
    })?;
    Ok(done)
}

/// What one unit of work came to.
struct Part {
    deleted: usize,
    /// Marks of what a hold keeps.
    held: Vec<String>,
    /// The last number that was looked at; none at the end.
    last: Option<i64>,
}

fn some(
    tx: &mut Tx<'_>,
    context: &Context,
    class: RecordClass,
    (by_mark, after): (&BTreeMap<String, Tombstone>, i64),
) -> Result<Part, Error> {
    let ids = subject::store::after(tx, context.office.id, class, (after, AT_ONCE))?;
    let mut part = Part { deleted: 0, held: Vec::new(), last: ids.last().copied() };
    for id in ids {
        let Some(Subject { proof, kept, .. }) = subject::load(tx, context, class, id)? else {
            continue;
        };
        let mark = mark(&context.keys, class, &proof);
        let Some(tombstone) = by_mark.get(mark.as_str()) else { continue };
        // Of an application that stays, only what was over then: it may have gained something.
        let is_over = kept.closed_on.is_some_and(|day| day < tombstone.over_before);
        if !class.is_whole() && !is_over {
            continue;
        }
        if kept.is_held {
            part.held.push(tombstone.mark.clone());
            continue;
        }
        erasure::erase(tx, context, (class, id), midnight(tombstone.over_before))?;
        part.deleted += 1;
    }
    Ok(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tombstone(serial: i64) -> Tombstone {
        Tombstone {
            office: "sakai".to_owned(),
            class: RecordClass::Session,
            number: (2031, serial),
            over_before: "2028-04-01".parse().unwrap(),
            mark: "ab".repeat(32),
            deleted_at: Timestamp::from_millisecond(1_930_000_000_000).unwrap(),
        }
    }

    #[test]
    fn lines_are_read_back_and_added_to() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::beside(&folder.path().join("keys.toml"));
        assert_eq!(ledger.read().unwrap(), BTreeSet::new(), "no file is no deletion");
        ledger.append(&[tombstone(1), tombstone(2)]).unwrap();
        ledger.append(&[]).unwrap();
        ledger.append(&[tombstone(3)]).unwrap();
        let read: Vec<Tombstone> = ledger.read().unwrap().into_iter().collect();
        assert_eq!(read, [tombstone(1), tombstone(2), tombstone(3)]);
    }

    #[test]
    fn a_line_that_was_cut_off_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::beside(&folder.path().join("keys.toml"));
        ledger.append(&[tombstone(1)]).unwrap();
        let whole = std::fs::read_to_string(ledger.path()).unwrap();
        std::fs::write(ledger.path(), format!("{whole}sakai\tsess")).unwrap();
        assert_eq!(ledger.read().unwrap().len(), 1);
        ledger.append(&[tombstone(2)]).unwrap();
        assert_eq!(ledger.read().unwrap().len(), 2);
    }

    #[test]
    fn what_is_no_line_is_said_by_its_number() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::beside(&folder.path().join("keys.toml"));
        for wrong in ["<b>", "sakai\tsession\t2031\t1\t2028-04-01\tzz\t1", "\t\t\t\t\t\t"] {
            std::fs::write(ledger.path(), format!("{}{wrong}\n", tombstone(1).line())).unwrap();
            let said = ledger.read().unwrap_err().to_string();
            assert!(said.starts_with("line 2 of "), "{said}");
        }
    }
}
