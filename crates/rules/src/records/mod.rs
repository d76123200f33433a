//! What is written down of a session (article 5(1)), and what its sums may say. The items stand
//! with their article, in [`crate::terms::article_05_usage_records`].

pub mod statistics;
