//! Does a name seen on the screen look like the jobseeker's real name (article 2(3))?
//!
//! Article 2(3) keeps real names off the screen, but the habit of online meetings is to type one.
//! So staff are told at once and can ask for a change: a slip to be put right, not a breach.
//! Kanji, kana and Latin letters are compared, in any width, case, order and usual romanisation.
//!
//! Without kana only the letters of the legal name can be compared: nobody can know from 堺 alone
//! that it is read Sakai. Kana bend names from abroad (キム is no "Kim"), so these are found best
//! in the letters they are registered in. A family or given name alone is found only where the
//! registered name, or its kana, has a space between the two.

mod letters;
mod romaji;

use crate::people::{Kana, LegalName};

/// How much a seen name looks like the real one (article 2(3)). Ordered: `No` < `Partly` < `Yes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Nothing of the real name was found.
    No,
    /// The family name or the given name alone was found.
    Partly,
    /// The whole name was found, whatever else stands around it.
    Yes,
}

/// Characters of a seen name that are looked at. Meetings allow 64; the rest would only cost time.
const LOOKED_AT: usize = 256;

/// Compares a name seen in the meeting with the jobseeker's own (article 2(3)).
///
/// Total: any text gives an answer. See the module for what cannot be found.
#[must_use]
pub fn looks_like_real_name(name: &LegalName, kana: Option<&Kana>, seen: &str) -> Likeness {
    let seen: String = seen.chars().take(LOOKED_AT).collect();
    let words = letters::words(&seen);
    if words.is_empty() {
        return Likeness::No;
    }
    let (written, spoken) = (Seen::written(&words), Seen::spoken(&words));
    let sources = std::iter::once(name.reveal()).chain(kana.map(Kana::reveal));
    let mut likeness = Likeness::No;
    for source in sources {
        let parts = parts(source);
        let sounds: Vec<_> = parts.iter().map(|words| joined_sound(words)).collect();
        let letters: Vec<_> = parts.iter().map(|words| words.concat()).collect();
        likeness = likeness.max(written.compare(&letters)).max(spoken.compare(&sounds));
    }
    likeness
}

/// What stands between two parts of a name besides white space: dots and double hyphens of foreign
/// names, brackets around another name of the same person.
const BETWEEN_PARTS: &str = "・･·‧•゠＝=（）()";

/// Family and given name, each as its words.
fn parts(name: &str) -> Vec<Vec<String>> {
    let split = name.split(|letter: char| letter.is_whitespace() || BETWEEN_PARTS.contains(letter));
    split.map(letters::words).filter(|words| !words.is_empty()).collect()
}

fn joined_sound(words: &[String]) -> String {
    words.iter().map(|word| romaji::sound(word)).collect()
}

/// A seen name, ready for comparison.
struct Seen {
    words: Vec<String>,
    /// All words without anything between them; a second form where joining changes a sound.
    wholes: Vec<String>,
}

impl Seen {
    fn written(words: &[String]) -> Self {
        Self { words: words.to_vec(), wholes: vec![words.concat()] }
    }

    fn spoken(words: &[String]) -> Self {
        let words: Vec<String> = words.iter().map(|word| romaji::sound(word)).collect();
        let whole = words.concat();
        Self { wholes: vec![romaji::shorten(&whole), whole], words }
    }

    fn compare(&self, parts: &[String]) -> Likeness {
        if forms(parts).iter().any(|form| self.shows(form)) {
            return Likeness::Yes;
        }
        match parts.iter().filter(|part| self.mentions(part)).count() {
            0 => Likeness::No,
            found if found == parts.len() => Likeness::Yes,
            _ => Likeness::Partly,
        }
    }

    /// The whole name is there; one that is very short must be all there is.
    fn shows(&self, form: &str) -> bool {
        let telling = is_telling(form);
        self.wholes.iter().any(|whole| whole == form || (telling && whole.contains(form)))
    }

    /// One part is there. A few Latin letters count only at an end of a word: Eri in "erisan" is a
    /// name, in "Xperia" it is not.
    fn mentions(&self, part: &str) -> bool {
        let short = part.is_ascii() && part.len() < 5;
        match is_telling(part) {
            false => false,
            true if short => {
                self.words.iter().any(|word| word.starts_with(part) || word.ends_with(part))
            }
            true => self.wholes.iter().any(|whole| whole.contains(part)),
        }
    }
}

/// Long enough to be no accident: two kanji or kana, three Latin letters.
fn is_telling(text: &str) -> bool {
    let least = if text.is_ascii() { 3 } else { 2 };
    text.chars().count() >= least
}

/// The whole name in every order: parts forwards and backwards, or, where the name has no space,
/// cut at any letter and turned round.
fn forms(parts: &[String]) -> Vec<String> {
    let forwards = parts.concat();
    let backwards: String = parts.iter().rev().map(String::as_str).collect();
    // Joining may make a long vowel where there was none (しょう うえだ).
    let joined = [romaji::shorten(&forwards), romaji::shorten(&backwards)];
    let mut forms: Vec<String> = joined.into_iter().chain([forwards, backwards]).collect();
    if let [only] = parts {
        let turned = !only.is_ascii() || only.len() >= 5;
        let cuts = only.char_indices().skip(1).filter(|_| turned);
        forms.extend(cuts.map(|(at, _)| format!("{}{}", &only[at..], &only[..at])));
    }
    forms.retain(|form| !form.is_empty());
    forms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Likeness::{No, Partly, Yes};
    use super::*;

    fn look(name: &str, kana: &str, seen: &str) -> Likeness {
        let name = LegalName::parse(name).unwrap();
        let kana = (!kana.is_empty()).then(|| Kana::parse(kana).unwrap());
        looks_like_real_name(&name, kana.as_ref(), seen)
    }

    fn check(name: &str, kana: &str, rows: &[(&str, Likeness)]) {
        for (seen, expected) in rows {
            assert_eq!(look(name, kana, seen), *expected, "{name} {kana} seen as {seen:?}");
        }
    }

    #[test]
    fn article_2_3_boundary_vectors() {
        let rows = [
            ("堺　太郎", Yes),
            ("堺太郎", Yes),
            ("太郎・堺", Yes),
            ("さかいたろう", Yes),
            ("さかい　たろー", Yes),
            ("ｻｶｲ ﾀﾛｳ", Yes),
            ("sakai taro", Yes),
            ("Tarou Sakai", Yes),
            ("TARŌ SAKAI", Yes),
            ("TARÔ_SAKAI", Yes),
            ("ｓａｋａｉ．ｔａｒｏｈ", Yes),
            ("sakaitaro", Yes),
            ("堺太郎27080", Yes),
            ("27080堺太郎さん", Yes),
            ("Sakai Taro 様", Yes),
            ("Taro SAKAI's iPad", Yes),
            ("堺さん", No),
            ("相談-0427", No),
            ("相談-2738", No),
            ("iPhone", No),
            ("Galaxy S24", No),
            ("🙂", No),
            ("大阪次郎", No),
            ("", No),
        ];
        check("堺太郎", "サカイタロウ", &rows);
        check("堺 太郎", "サカイ タロウ", &rows);
        check("堺　太郎", "ｻｶｲ　ﾀﾛｳ", &rows);
    }

    #[test]
    fn article_2_3_one_part_needs_a_space_in_the_registered_name() {
        let rows = [
            ("サカイ", Partly),
            ("さかいさん", Partly),
            ("taro", Partly),
            ("Tarou's iPad", Partly),
        ];
        check("堺太郎", "サカイ タロウ", &rows);
        check("堺太郎", "サカイタロウ", &rows.map(|(seen, _)| (seen, No)));
        check("堺 太郎", "", &[("太郎", Partly), ("太郎@家", Partly), ("堺", No), ("太", No)]);
    }

    #[test]
    fn article_2_3_without_kana_only_the_letters_of_the_name() {
        check(
            "堺太郎",
            "",
            &[("堺 太郎", Yes), ("太郎堺", Yes), ("sakai taro", No), ("さかい", No)],
        );
        check("さかい 太郎", "", &[("SAKAI", Partly), ("太郎 さかい", Yes)]);
    }

    #[test]
    fn article_2_3_old_and_new_kanji() {
        check("髙﨑 花子", "", &[("高崎花子", Yes), ("高﨑", Partly), ("髙嵜 花子", Yes)]);
        check("斎藤\u{e0101}恵", "", &[("齋藤惠", Yes), ("斉藤恵", Yes), ("齊藤", No)]);
        check("渡邉 国広", "", &[("渡辺國廣", Yes), ("渡邊", Partly), ("国広", Partly)]);
        check("𠮷澤 濱", "", &[("吉沢浜", Yes), ("吉澤", Partly), ("嶋", No)]);
        check("佐々木 嶋子", "", &[("佐佐木島子", Yes), ("佐々木", Partly), ("佐木", No)]);
    }

    #[test]
    fn article_2_3_long_vowels_and_n() {
        let ohno = [("ono yuko", Yes), ("Yuuko OHNO", Yes), ("oono yuhko", Yes), ("ŌNO", Partly)];
        check("大野 優子", "オオノ ユウコ", &ohno);
        check(
            "大野優子",
            "オオノユウコ",
            &[("優子大野", Yes), ("yuuko ohno", Yes), ("おーのゆーこ", Yes)],
        );
        let shinichi = [("shin'ichi", Partly), ("Shinichi", Partly), ("siniti nanba", Yes)];
        check("難波 真一", "ナンバ シンイチ", &shinichi);
        check("難波 真一", "ナンバ シンイチ", &[("NAMBA Shin-ichi", Yes), ("眞一", Partly)]);
        let joined =
            [("Sho Ueda", Yes), ("ueda shou", Yes), ("しょううえだ", Yes), ("上田翔", Yes)];
        check("上田 翔", "ウエダ ショウ", &joined);
        check("上田翔", "ウエダショウ", &joined[..2]);
        let satoh = [("Satoh Ichiro", Yes), ("ichirou satou", Yes), ("SATŌ", Partly)];
        check("佐藤 一郎", "サトウ イチロウ", &satoh);
    }

    #[test]
    fn article_2_3_names_from_abroad() {
        let name = "Nguyễn Thị Hoa";
        let rows = [
            ("nguyen thi hoa", Yes),
            ("NGUYEN THI HOA", Yes),
            ("Hoa Thi Nguyen", Yes),
            ("Ｎｇｕｙｅｎ", Partly),
            ("hoa", Partly),
            ("Tran", No),
            ("iPhone", No),
        ];
        check(name, "", &rows);
        check(name, "グエン・ティ・ホア", &[("グエン", Partly), ("ぐえんてぃほあ", Yes)]);
        check("スミス（山田） 太郎", "", &[("山田太郎", Partly), ("スミス太郎", Partly)]);
        check("Bo Li", "", &[("li bo", Yes), ("Li", No), ("Bob Lindt", No)]);
        check("김민수", "キム ミンス", &[("김민수", Yes), ("Kim Minsu", Partly), ("キム", Partly)]);
    }

    #[test]
    fn article_2_3_short_names_and_devices_are_no_accident() {
        check("秋 絵里", "アキ エリ", &[("Xperia", No), ("eri", Partly), ("えり", Partly)]);
        check(
            "本 愛",
            "ホン アイ",
            &[("iPhone", No), ("ai", No), ("Ai Hon", Yes), ("アイ", Partly)],
        );
        check("林", "", &[("林", Yes), ("小林", No)]);
        check("青井", "アオイ", &[("Xiaomi", No), ("aoi", Yes)]);
    }

    proptest! {
        #[test]
        fn article_2_3_no_text_is_too_strange(name in "[\\p{L}\\p{M} ・（）]{0,40}",
            kana in "[ぁ-ヿ ・]{0,40}",
            seen in any::<String>()) {
            // Whatever the two accept; the seen name is anything at all.
            let kana = Kana::parse(&kana).ok();
            if let Ok(name) = LegalName::parse(&format!("a{name}")) {
                let _ = looks_like_real_name(&name, kana.as_ref(), &seen);
                let itself = looks_like_real_name(&name, None, name.reveal());
                prop_assert_eq!(itself, Yes);
            }
        }

        #[test]
        fn article_2_3_width_and_case_change_nothing(seen in "[ -~ぁ-んァ-ー堺太郎]{0,30}",
            parts in "[a-z]{0,5}", tail in "(sakai|TARO| |サカイ|太郎|堺){0,4}") {
            let seen = format!("{seen}{tail}{parts}");
            let wide: String = seen.chars().map(|letter| match letter {
                ' ' => '　',
                '!'..='~' => char::from_u32(letter as u32 + 0xfee0).unwrap(),
                other => other,
            }).collect();
            let expected = look("堺 太郎", "サカイ タロウ", &seen);
            for other in [wide, seen.to_uppercase(), seen.to_lowercase()] {
                prop_assert_eq!(look("堺 太郎", "サカイ タロウ", &other), expected);
            }
        }

        #[test]
        fn article_2_3_the_name_itself_is_always_found(family in "[ァ-ヴ]{2,6}",
            given in "[ァ-ヴ]{2,6}", digits in "[0-9]{0,5}") {
            let kana = format!("{family} {given}");
            for seen in [format!("{family}{given}{digits}"), format!("{given} {family}様")] {
                prop_assert_eq!(look("堺 太郎", &kana, &seen), Yes);
            }
        }
    }
}
