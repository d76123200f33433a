//! Article 3: what it costs.
//!
//! - First sentence: online counselling is free. There is no field, page or code for a fee.
//! - Second: device and connection are at the jobseeker's cost.
//! - Third: care is needed where the contract charges by amount. The office's own figure for the
//!   amount (`people::Practice`) stands beside it.
//!
//! All three are said before an application is sent and in the notice of a session; the third also
//! on the page for joining. Nothing is decided here, so this file holds no code.
