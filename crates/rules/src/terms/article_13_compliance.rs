//! Article 13: users keep the law besides the terms.
//!
//! Asks nothing of the software.
