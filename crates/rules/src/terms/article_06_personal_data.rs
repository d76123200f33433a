//! Article 6: personal information.
//!
//! - First sentence: it is protected under the Employment Security Act, whose article on
//!   jobseekers' data is 5-5 since October 2022. The citation belongs to the text of a version and
//!   stands in no page. Protection itself is `service`'s: encryption, roles, a row for each
//!   reading.
//! - Second sentence: in sessions of a supporter for intractable diseases, data may be shared with
//!   the bodies concerned. Only there can a sharing be recorded. No such sessions are held yet,
//!   and so no sharing exists.
