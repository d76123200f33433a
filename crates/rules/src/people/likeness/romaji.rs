//! The sound of a name: kana and every common romanisation of it come to the same letters.
//!
//! Names are romanised in many ways (Hepburn, Kunrei, Nihon-shiki, a passport's own), and long
//! vowels are dropped, doubled, or written with h or a macron. The letters here are no spelling
//! that anybody uses: they only make equal what may be the same name.

/// The sound of one word of [`super::letters::words`]. Kanji and other scripts stay as they are.
pub(super) fn sound(word: &str) -> String {
    shorten(&plain_romaji(&in_latin(word)))
}

/// Runs of one letter become one (double vowels, small tsu, nn), and ou becomes o.
pub(super) fn shorten(romaji: &str) -> String {
    let mut short = String::with_capacity(romaji.len());
    let mut last = ' ';
    for letter in romaji.chars() {
        // 佐佐木 is not 佐木: only Latin letters are shortened.
        if letter.is_ascii() && (letter == last || (last == 'o' && letter == 'u')) {
            continue;
        }
        short.push(letter);
        last = letter;
    }
    short
}

const VOWELS: [char; 5] = ['a', 'i', 'u', 'e', 'o'];

/// Hiragana by consonant; a full stop where there is no such kana.
const ROWS: [(&str, &str); 17] = [
    ("", "あいうえお"),
    ("k", "かきくけこ"),
    ("g", "がぎぐげご"),
    ("s", "さしすせそ"),
    ("z", "ざじずぜぞ"),
    ("t", "たちつてと"),
    ("d", "だぢづでど"),
    ("n", "なにぬねの"),
    ("h", "はひ.へほ"),
    ("f", "..ふ.."),
    ("b", "ばびぶべぼ"),
    ("p", "ぱぴぷぺぽ"),
    ("m", "まみむめも"),
    ("y", "や.ゆ.よ"),
    ("r", "らりるれろ"),
    ("w", "わゐ.ゑを"),
    ("v", "..ゔ.."),
];

fn kana_sound(kana: char) -> Option<(&'static str, char)> {
    ROWS.iter().find_map(|(consonant, row)| {
        let column = row.chars().position(|of_row| of_row == kana)?;
        Some((*consonant, VOWELS[column]))
    })
}

/// The vowel of a small kana and whether it glides (ゃ).
fn small_kana(kana: char) -> Option<(char, bool)> {
    let all = "ぁぃぅぇぉゃ.ゅ.ょ";
    let at = all.chars().position(|small| small == kana)?;
    Some((VOWELS[at % 5], at >= 5))
}

/// Writes hiragana in Latin letters, in one of the usual ways; all else is copied.
fn in_latin(word: &str) -> String {
    let mut latin = String::new();
    let mut full: Option<(&str, char)> = None;
    for kana in word.chars() {
        if let Some((vowel, glides)) = small_kana(kana) {
            push_small(full.take(), (vowel, glides), &mut latin);
            continue;
        }
        let before = full.take();
        match kana {
            // A doubled consonant is one in the end.
            'っ' => {}
            'ん' => latin.push('n'),
            // ケーコ is けいこ; every other long vowel is short in the end.
            'ー' if matches!(before, Some((_, 'e'))) => latin.push('i'),
            'ー' => {}
            'ゐ' => latin.push('i'),
            'ゑ' => latin.push('e'),
            _ => {
                full = kana_sound(kana);
                match full {
                    Some((consonant, vowel)) => {
                        latin.push_str(consonant);
                        latin.push(vowel);
                    }
                    None => latin.push(kana),
                }
            }
        }
    }
    latin
}

/// Joins a small kana to the full one before it: きゃ, しぇ, てぃ, うぃ, くぁ, ファ.
fn push_small(full: Option<(&str, char)>, small: (char, bool), latin: &mut String) {
    let (vowel, glides) = small;
    if let Some((consonant, own)) = full {
        latin.pop();
        match (consonant, own) {
            ("", 'u') | ("k" | "g", 'u') if !glides => latin.push('w'),
            ("", _) => latin.push(own),
            (_, 'i') => latin.push('y'),
            _ if glides => latin.push('y'),
            _ => {}
        }
    } else if glides {
        latin.push('y');
    }
    latin.push(vowel);
}

/// Spellings and what they become, the longest first where one begins another.
const SPELLINGS: [(&str, &str); 17] = [
    ("shi", "si"),
    ("sh", "sy"),
    ("chi", "ti"),
    ("ch", "ty"),
    ("tsu", "tu"),
    ("ji", "zi"),
    ("jy", "zy"),
    ("j", "zy"),
    ("dz", "z"),
    ("du", "zu"),
    ("di", "zi"),
    ("dy", "zy"),
    ("fu", "hu"),
    ("ph", "f"),
    ("wo", "o"),
    ("l", "r"),
    ("v", "b"),
];

/// Brings every romanisation to one: shi and si, ji and zi, mb and nb, oh and o.
fn plain_romaji(latin: &str) -> String {
    let mut plain = String::with_capacity(latin.len());
    let mut rest = latin;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        let next = after.chars().next().unwrap_or(' ');
        // A doubled consonant is one (tch too); the mm of Homma is んま and is read below.
        let doubled = letter == next && letter.is_ascii() && letter != 'm';
        if doubled || rest.starts_with("tch") {
            rest = after;
            continue;
        }
        if let Some((from, to)) = SPELLINGS.iter().find(|(from, _)| rest.starts_with(from)) {
            plain.push_str(to);
            rest = &rest[from.len()..];
            continue;
        }
        match letter {
            'm' if matches!(next, 'b' | 'p' | 'm') => plain.push('n'),
            // Ohno, Satoh, Yuhko, Ohya: this h only makes the vowel long.
            'h' if plain.ends_with(VOWELS) && !VOWELS.contains(&next) => {}
            _ => plain.push(letter),
        }
        rest = after;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_sound_in_every_spelling() {
        let rows: [&[&str]; 23] = [
            &["さかい", "sakai"],
            &["たろう", "たろー", "tarou", "taroo", "taro", "taroh"],
            &["おおの", "おーの", "ono", "oono", "ohno", "ouno"],
            &["おおはし", "ohashi", "oohashi", "ohasi"],
            &["おおや", "ohya", "oya", "ooya"],
            &["しんいち", "shinichi", "sinniti", "siniti"],
            &["ゆうこ", "yuko", "yuuko", "yuhko"],
            &["ちづこ", "chizuko", "tizuko", "chiduko", "chidzuko", "tiduko"],
            &["じゅんいちろう", "junichiro", "zyunitirou", "jyunichiroh"],
            &["なんば", "namba", "nanba"],
            &["ほんま", "homma", "honma"],
            &["さんぺい", "sampei", "sanpei"],
            &["はっとり", "hattori"],
            &["はっちょう", "hatcho", "hacchou", "hattyo"],
            &["いっしき", "isshiki", "issiki"],
            &["つじ", "tsuji", "tuzi", "tsuzi"],
            &["ふじた", "fujita", "huzita", "hujita"],
            &["しょうこ", "shoko", "syouko", "shohko"],
            &["かをる", "kaoru", "kaworu"],
            &["けーこ", "けいこ", "keiko"],
            &["りさ", "risa", "lisa"],
            &["じぇーむず", "jemuzu", "jeemuzu"],
            &["うぃりあむ", "wiriamu"],
        ];
        for row in rows {
            for spelling in row {
                assert_eq!(sound(spelling), sound(row[0]), "{spelling}");
            }
        }
    }

    #[test]
    fn different_sounds_stay_apart() {
        let rows = [
            ("たろう", "jiro"),
            ("ようこ", "yuko"),
            ("さいとう", "sato"),
            ("かとう", "goto"),
            ("あべ", "abo"),
            ("ほん", "iphone"),
        ];
        for (kana, latin) in rows {
            assert_ne!(sound(kana), sound(latin), "{kana} {latin}");
        }
    }

    #[test]
    fn other_letters_are_kept() {
        assert_eq!(sound("相談"), "相談");
        assert_eq!(sound("ゃっー"), "ya");
    }
}
