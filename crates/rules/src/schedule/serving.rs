//! A counsellor who serves several offices of a prefecture, as supporters for intractable diseases
//! do (article 6).

use crate::terms::courts::prefecture_of_address;

/// Why a counsellor cannot serve another office, or not leave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServingRefusal {
    /// It is the counsellor's own office, or served already.
    AlreadyServed,
    /// The address of one of the offices does not begin with its prefecture.
    UnknownPrefecture,
    /// The offices lie in different prefectures.
    OtherPrefecture,
    /// Sessions to come are settled there, or times are held.
    HasSessions,
}

/// Whether a counsellor of an office at `home` may also serve one at `other`.
///
/// # Errors
/// [`ServingRefusal::UnknownPrefecture`], [`ServingRefusal::OtherPrefecture`].
pub fn check_serving(home: &str, other: &str) -> Result<(), ServingRefusal> {
    match (prefecture_of_address(home), prefecture_of_address(other)) {
        (Some(home), Some(other)) if home == other => Ok(()),
        (Some(_), Some(_)) => Err(ServingRefusal::OtherPrefecture),
        (None, _) | (_, None) => Err(ServingRefusal::UnknownPrefecture),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_6_a_supporter_serves_the_offices_of_a_prefecture() {
        let check = |home: &str, other: &str, expected| {
            assert_eq!(check_serving(home, other), expected, "{home} {other}");
        };
        let sakai = "大阪府堺市堺区南瓦町2番29号";
        check(sakai, "大阪府東大阪市永和2-1-1", Ok(()));
        check(sakai, "〒556-0011 大阪府大阪市浪速区", Ok(()));
        check(sakai, "京都府京都市下京区", Err(ServingRefusal::OtherPrefecture));
        check(sakai, "堺市堺区", Err(ServingRefusal::UnknownPrefecture));
        check("堺市堺区", sakai, Err(ServingRefusal::UnknownPrefecture));
        check("", "", Err(ServingRefusal::UnknownPrefecture));
        check("見本県見本市", "見本県見本市", Err(ServingRefusal::UnknownPrefecture));
    }
}
