//! Article 8: what users must not do.
//!
//! - Opening words and (1) to (8): the list is shown with the terms. What looks like a breach is an
//!   incident with the number of its item; a manager decides whether it was one (article 10(2)).
//!   Incidents are not recorded yet.
//! - (4), obstruction: mass applications meet limits in `service`.
//! - (5), sharing ID and password: the means of joining are made for one session, shown late, and
//!   stand in no subject line.
