//! Article 3: what it costs.
//!
//! - First sentence: online counselling is free. There is no field, page or code for a fee.
//! - Second: device and connection are at the jobseeker's cost.
//! - Third: care is needed where the contract charges by amount. The office's own figure for the
//!   amount (`people::Practice`) stands beside it.
//!
//! All three are said before an application is sent and in the notice of a session; the third also
//! on the page for joining.

/// What must be said about cost (article 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statement {
    /// Online counselling is free of charge.
    FreeOfCharge,
    /// Device and connection are paid for by the jobseeker.
    OwnDeviceAndConnection,
    /// A connection charged by the amount of data needs care.
    MeteredConnection,
}

impl Statement {
    /// All statements, in the article's order: said before applying and in the notice.
    pub const ALL: [Self; 3] =
        [Self::FreeOfCharge, Self::OwnDeviceAndConnection, Self::MeteredConnection];

    /// Whether it is said once more where the jobseeker joins.
    pub fn is_repeated_at_joining(self) -> bool {
        self == Self::MeteredConnection
    }

    /// The sentence of the article.
    pub fn clause(self) -> &'static str {
        match self {
            Self::FreeOfCharge => "3a",
            Self::OwnDeviceAndConnection => "3b",
            Self::MeteredConnection => "3c",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_3_only_the_warning_is_repeated() {
        let repeated = Statement::ALL.into_iter().filter(|s| s.is_repeated_at_joining());
        assert_eq!(repeated.map(Statement::clause).collect::<Vec<_>>(), ["3c"]);
    }
}
