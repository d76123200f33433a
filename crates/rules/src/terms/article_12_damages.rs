//! Article 12: a user who breaks the terms bears the loss.
//!
//! Asks nothing of the software: no amounts are recorded and nothing is billed.
