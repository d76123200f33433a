//! Jobseekers, counsellors and the office: who they are and what they may do.

mod characters;
pub mod contact;
pub mod free_text;
pub mod job_number;
pub mod language;
pub mod names;
pub mod practice;
pub mod roles;

pub use contact::{ContactRefusal, Email, Telephone};
pub use free_text::{FreeText, TextRefusal};
pub use job_number::{JobseekerNumber, NumberRefusal};
pub use language::Language;
pub use names::{Kana, LegalName, NameRefusal};
pub use practice::{Practice, RecordedItems};
pub use roles::{Act, Role};
