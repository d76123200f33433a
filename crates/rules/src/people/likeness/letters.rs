//! Different ways to write the same letters, brought to one: width, case, kana, old kanji, accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Kanji that registers keep apart and people type for each other: a group's first stands for all.
const VARIANTS: &str = "高髙 崎﨑嵜 吉𠮷 斉斎齊齋 辺邊邉 沢澤 浜濱濵 広廣 国國 島嶋嶌 桜櫻 真眞 \
    竜龍 恵惠 栄榮 弥彌 寿壽 徳德 槙槇 瀬瀨 黒黑 曽曾 富冨 万萬 与與 蔵藏 条條 滝瀧 淵渕 円圓 静靜 \
    礼禮 豊豐 来來 学學 将將 緒緖 横橫 増增 清淸 青靑 桑桒 館舘 橋槗 壮壯 晋晉 亜亞 実實 寛寬 \
    関關 鉄鐵 塩鹽 峰峯 芦蘆 経經 義羲 児兒 郎郞 野埜 遥遙 凛凜 尭堯 \
    薮藪 桧檜 頼賴 巌巖 穂穗 県縣 鴎鷗";

/// Letters that Unicode does not take apart into a plain letter and an accent.
const PLAIN: [(char, &str); 9] = [
    ('đ', "d"),
    ('ð', "d"),
    ('ø', "o"),
    ('ł', "l"),
    ('ı', "i"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
];

/// The words of a text in one writing: NFKC, small letters without accents, hiragana for katakana,
/// the usual kanji for its variants. Everything but letters (digits too) only separates words.
pub(super) fn words(text: &str) -> Vec<String> {
    let visible = text.chars().filter(|letter| !is_invisible(*letter));
    let mut plain = String::new();
    for letter in visible.nfkc().flat_map(char::to_lowercase) {
        push_plain(letter, &mut plain);
    }
    // Half-width kana and their marks meet again here.
    let composed: String = plain.nfc().collect();
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in composed.chars() {
        let letter = if letter == '々' { before } else { usual(to_hiragana(letter)) };
        before = letter;
        match words.last_mut() {
            Some(word) if letter.is_alphabetic() => word.push(letter),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Variation selectors and joiners: they choose a shape or nothing at all, never another letter.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{feff}' | '\u{ad}')
}

fn push_plain(letter: char, plain: &mut String) {
    if let Some((_, letters)) = PLAIN.iter().find(|(special, _)| *special == letter) {
        plain.push_str(letters);
        return;
    }
    decompose_canonical(letter, |piece| {
        let accent = is_combining_mark(piece) && matches!(piece, '\u{300}'..='\u{36f}');
        if !accent {
            plain.push(piece);
        }
    });
}

fn to_hiragana(letter: char) -> char {
    let hiragana = match letter {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(letter as u32 - 0x60).unwrap_or(letter),
        _ => letter,
    };
    match hiragana {
        'ゕ' => 'か',
        'ゖ' => 'け',
        other => other,
    }
}

fn usual(letter: char) -> char {
    if letter < '\u{3400}' {
        return letter;
    }
    let group = VARIANTS.split_whitespace().find(|group| group.contains(letter));
    group.and_then(|group| group.chars().next()).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writing_for_all() {
        let rows = [
            ("ｻｶｲ ﾀﾞﾛｳ", "さかい だろう"),
            ("ＳＡＫＡＩ＿Ｔａｒō", "sakai taro"),
            ("髙﨑", "高崎"),
            ("𠮷田", "吉田"),
            ("葛\u{e0100}城", "葛城"),
            ("佐々木", "佐佐木"),
            ("齋藤27🙂渡邉", "斉藤 渡辺"),
            ("Đặng Nguyễn", "dang nguyen"),
            ("か\u{3099}", "が"),
            ("市ヶ谷", "市け谷"),
            ("1234 -", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn a_kanji_is_in_one_group_only() {
        let letters: Vec<char> = VARIANTS.chars().filter(|c| !c.is_whitespace()).collect();
        let once: std::collections::HashSet<char> = letters.iter().copied().collect();
        assert_eq!(letters.len(), once.len());
    }
}
