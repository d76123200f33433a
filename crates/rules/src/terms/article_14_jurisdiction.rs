//! Article 14: the law of Japan applies; one court alone is competent.
//!
//! - First sentence: asks nothing of the software.
//! - Second: the court is each office's own, a word of [`OfficeWords`](super::OfficeWords), lest
//!   one office copy another's; [`courts`](super::courts) says whether it sits in its prefecture.
