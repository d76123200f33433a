//! Article 14(2): the one court that an office and its users agree on, and the prefecture in which
//! it sits.
//!
//! The district courts and their seats are those of the act that establishes the lower courts
//! (下級裁判所の設立及び管轄区域に関する法律): one in each prefecture, four in Hokkaido.

use unicode_normalization::UnicodeNormalization;

/// The prefectures in the order of their official codes, with the seats of their district courts.
const PREFECTURES: [(&str, &[&str]); 47] = [
    ("北海道", &["札幌地方裁判所", "函館地方裁判所", "旭川地方裁判所", "釧路地方裁判所"]),
    ("青森県", &["青森地方裁判所"]),
    ("岩手県", &["盛岡地方裁判所"]),
    ("宮城県", &["仙台地方裁判所"]),
    ("秋田県", &["秋田地方裁判所"]),
    ("山形県", &["山形地方裁判所"]),
    ("福島県", &["福島地方裁判所"]),
    ("茨城県", &["水戸地方裁判所"]),
    ("栃木県", &["宇都宮地方裁判所"]),
    ("群馬県", &["前橋地方裁判所"]),
    ("埼玉県", &["さいたま地方裁判所"]),
    ("千葉県", &["千葉地方裁判所"]),
    ("東京都", &["東京地方裁判所"]),
    ("神奈川県", &["横浜地方裁判所"]),
    ("新潟県", &["新潟地方裁判所"]),
    ("富山県", &["富山地方裁判所"]),
    ("石川県", &["金沢地方裁判所"]),
    ("福井県", &["福井地方裁判所"]),
    ("山梨県", &["甲府地方裁判所"]),
    ("長野県", &["長野地方裁判所"]),
    ("岐阜県", &["岐阜地方裁判所"]),
    ("静岡県", &["静岡地方裁判所"]),
    ("愛知県", &["名古屋地方裁判所"]),
    ("三重県", &["津地方裁判所"]),
    ("滋賀県", &["大津地方裁判所"]),
    ("京都府", &["京都地方裁判所"]),
    ("大阪府", &["大阪地方裁判所"]),
    ("兵庫県", &["神戸地方裁判所"]),
    ("奈良県", &["奈良地方裁判所"]),
    ("和歌山県", &["和歌山地方裁判所"]),
    ("鳥取県", &["鳥取地方裁判所"]),
    ("島根県", &["松江地方裁判所"]),
    ("岡山県", &["岡山地方裁判所"]),
    ("広島県", &["広島地方裁判所"]),
    ("山口県", &["山口地方裁判所"]),
    ("徳島県", &["徳島地方裁判所"]),
    ("香川県", &["高松地方裁判所"]),
    ("愛媛県", &["松山地方裁判所"]),
    ("高知県", &["高知地方裁判所"]),
    ("福岡県", &["福岡地方裁判所"]),
    ("佐賀県", &["佐賀地方裁判所"]),
    ("長崎県", &["長崎地方裁判所"]),
    ("熊本県", &["熊本地方裁判所"]),
    ("大分県", &["大分地方裁判所"]),
    ("宮崎県", &["宮崎地方裁判所"]),
    ("鹿児島県", &["鹿児島地方裁判所"]),
    ("沖縄県", &["那覇地方裁判所"]),
];

const DISTRICT: &str = "地方裁判所";
const FAMILY: &str = "家庭裁判所";
const SUMMARY: &str = "簡易裁判所";

/// A prefecture of Japan, in which an office and its court lie (article 14(2)).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefecture(usize);

impl Prefecture {
    /// All prefectures, in the order of their official codes.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..PREFECTURES.len()).map(Self)
    }

    /// Its full name: 大阪府.
    pub fn name(self) -> &'static str {
        PREFECTURES[self.0].0
    }
}

impl std::fmt::Debug for Prefecture {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Why a court does not fit an office (article 14(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CourtFault {
    /// No district court, nor another court known by a district court's seat, has this name. A
    /// summary court of another town may have; that is for a person to say.
    UnknownCourt,
    /// The court sits in this other prefecture.
    OfAnotherPrefecture(Prefecture),
}

/// The prefecture in which an address lies, by what it begins with: a postal code may stand
/// before. Nothing where the address begins with the town.
pub fn prefecture_of_address(address: &str) -> Option<Prefecture> {
    let folded = folded(address);
    let is_code = |c: char| c.is_ascii_digit() || matches!(c, '〒' | '-' | '‐' | '−' | 'ー');
    let place = folded.trim_start_matches(is_code);
    Prefecture::all().find(|prefecture| place.starts_with(prefecture.name()))
}

/// The district courts that sit in a prefecture.
pub fn courts_of(prefecture: Prefecture) -> &'static [&'static str] {
    PREFECTURES[prefecture.0].1
}

/// The prefecture in which a court sits: a district court, its branch, or the family or summary
/// court of the same seat.
pub fn prefecture_of_court(court: &str) -> Option<Prefecture> {
    let court = folded(court);
    let is_of_seat = |seat: &str| {
        let kind = court.strip_prefix(seat).unwrap_or_default();
        let branch = kind.strip_prefix(DISTRICT).or_else(|| kind.strip_prefix(FAMILY));
        kind == SUMMARY || branch.is_some_and(|branch| branch.is_empty() || is_branch(branch))
    };
    Prefecture::all().find(|&prefecture| seats_of(prefecture).any(is_of_seat))
}

/// Whether a court fits an office of a prefecture: its district court, a branch of it, or the
/// family or summary court of the same seat (article 14(2)).
///
/// # Errors
/// The court is not known, or sits in another prefecture.
pub fn check_court(court: &str, prefecture: Prefecture) -> Result<(), CourtFault> {
    match prefecture_of_court(court) {
        Some(found) if found == prefecture => Ok(()),
        Some(other) => Err(CourtFault::OfAnotherPrefecture(other)),
        None => Err(CourtFault::UnknownCourt),
    }
}

/// The seats of the district courts of a prefecture: 大阪.
pub(super) fn seats_of(prefecture: Prefecture) -> impl Iterator<Item = &'static str> {
    courts_of(prefecture).iter().map(|court| court.trim_end_matches(DISTRICT))
}

/// 堺支部, 都島出張所; 支部 alone names none.
fn is_branch(branch: &str) -> bool {
    let place = branch.strip_suffix("支部").or_else(|| branch.strip_suffix("出張所"));
    place.is_some_and(|place| !place.is_empty() && !place.contains("裁判所"))
}

/// One width, no blanks.
fn folded(written: &str) -> String {
    written.nfkc().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Prefecture {
        Prefecture::all().find(|prefecture| prefecture.name() == name).unwrap()
    }

    #[test]
    fn article_14_2_every_prefecture_has_its_courts() {
        let courts: Vec<&str> = Prefecture::all().flat_map(courts_of).copied().collect();
        assert_eq!((Prefecture::all().count(), courts.len()), (47, 50));
        for prefecture in Prefecture::all() {
            assert_eq!(prefecture_of_address(prefecture.name()), Some(prefecture));
            for court in courts_of(prefecture) {
                assert_eq!(courts.iter().filter(|other| *other == court).count(), 1, "{court}");
                assert!(court.ends_with(DISTRICT) && court.len() > DISTRICT.len(), "{court}");
                assert_eq!(check_court(court, prefecture), Ok(()), "{court}");
            }
        }
        let of = |name| courts_of(named(name)).len();
        assert_eq!(["北海道", "東京都", "沖縄県"].map(of), [4, 1, 1]);
    }

    #[test]
    fn article_14_2_an_address_says_its_prefecture() {
        let check = |address: &str, name: Option<&str>| {
            let found = prefecture_of_address(address).map(Prefecture::name);
            assert_eq!(found, name, "{address}");
        };
        check("京都府京都市中京区１－２", Some("京都府"));
        check("　東京都 千代田区", Some("東京都"));
        check("〒１００－０００１　東京都千代田区", Some("東京都"));
        check("〒590-0000 大阪府堺市", Some("大阪府"));
        check("神奈川県\n横浜市", Some("神奈川県"));
        check("⼤阪府堺市", Some("大阪府")); // A radical, as some PDF files write it.
        check("堺市堺区", None);
        check("大阪", None);
        check("住所：大阪府", None);
        check("", None);
        check("\0", None);
    }

    #[test]
    fn article_14_2_a_court_fits_the_office() {
        let check = |court: &str, prefecture: &str, fault: Option<CourtFault>| {
            assert_eq!(check_court(court, named(prefecture)).err(), fault, "{court} {prefecture}");
        };
        let of = |name| Some(CourtFault::OfAnotherPrefecture(named(name)));
        let unknown = Some(CourtFault::UnknownCourt);
        check("大阪地方裁判所", "大阪府", None);
        check(" 大阪 地方裁判所", "大阪府", None);
        check("大阪地方裁判所堺支部", "大阪府", None);
        check("大阪家庭裁判所堺支部", "大阪府", None);
        check("大阪簡易裁判所", "大阪府", None);
        check("大阪家庭裁判所", "大阪府", None);
        check("旭川地方裁判所", "北海道", None);
        check("横浜地方裁判所", "神奈川県", None);
        check("さいたま地方裁判所川越支部", "埼玉県", None);
        check("大阪地方裁判所", "京都府", of("大阪府"));
        check("東京地方裁判所", "京都府", of("東京都"));
        check("大津地方裁判所", "三重県", of("滋賀県"));
        check("津地方裁判所", "滋賀県", of("三重県"));
        check("釧路地方裁判所", "青森県", of("北海道"));
        check("見本地方裁判所", "大阪府", unknown);
        check("大阪地方裁判所支部", "大阪府", unknown);
        check("大阪簡易裁判所堺支部", "大阪府", unknown);
        check("大阪高等裁判所", "大阪府", unknown);
        check("地方裁判所", "大阪府", unknown);
        check("大阪地方裁判所または大阪簡易裁判所", "大阪府", unknown);
        check("", "大阪府", unknown);
    }
}
