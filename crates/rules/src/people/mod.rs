//! Jobseekers, counsellors and the office: who they are and what they may do.

pub mod alias;
mod characters;
mod contact;
mod free_text;
mod job_number;
mod language;
mod likeness;
mod names;
mod practice;
mod roles;

pub use alias::{Alias, AliasPattern};
pub use contact::{ContactRefusal, Email, Telephone};
pub use free_text::{FreeText, TextRefusal};
pub use job_number::{JobseekerNumber, NumberRefusal};
pub use language::Language;
pub use likeness::{Likeness, looks_like_real_name};
pub use names::{Kana, LegalName, NAME_MAX_CHARS, NameRefusal};
pub use practice::{METERED_MINUTES, Practice, PracticeFault, RecordedItems};
pub use roles::{Act, Role};
