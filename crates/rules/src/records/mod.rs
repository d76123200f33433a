//! What is written down of a session (article 5(1)), what its sums may say, and what is given to
//! whom under a law (article 5(2)). The items stand with their article, in
//! [`crate::terms::article_05_usage_records`].

pub mod disclosure;
pub mod objection;
pub mod retention;
pub mod statistics;
