//! Article 10: suspension of the service, and termination for one user.
//!
//! - (1): the office may suspend all or part without notice. Without notice is allowed, not asked:
//!   those who are booked are told where it is possible. For appointments, a stop is a fact of
//!   `appointment`; it never counts against the jobseeker (article 9(6)).
//! - (2): a breach lets the office end one user's use. A manager decides, naming the incident;
//!   never the software. It is another power than declining under article 2(4), and kept apart
//!   from it. Terminations are not recorded yet.
