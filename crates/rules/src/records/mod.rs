//! What is written down of a session (article 5(1)). The items stand with their article, in
//! [`crate::terms::article_05_usage_records`].
