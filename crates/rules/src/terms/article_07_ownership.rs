//! Article 7: intellectual and other property in online counselling belongs to the office.
//!
//! Asks nothing of the software. The program has its own licence; the article speaks of what the
//! office itself provides.
