//! A chart of bars, drawn on the server: no script, no inline style. A number stands at each bar's
//! end, and its parts differ in their pattern, so that neither colour nor the eye's measure has to
//! tell anything.

use askama::Template;

use crate::error::Error;
use crate::web::said::rendered;
use crate::words::Markup;

/// More bars than this are no picture.
pub(super) const BARS_AT_MOST: usize = 62;

/// The picture's own units; a page stretches it as a whole.
const WIDTH: u64 = 340;
const LINE: u64 = 26;
const BAR: u64 = 18;
/// Room for the number at a bar's end.
const NUMBER: u64 = 44;
const GAP: u64 = 8;
/// The widest name; a longer one is cut, and stands in full in the table.
const NAME_AT_MOST: u64 = 150;
/// Letters of 13, with the space that pages give them.
const WIDE_LETTER: u64 = 14;
const NARROW_LETTER: u64 = 8;

/// As many parts of a bar as there are patterns that are told apart.
pub(super) const PARTS_AT_MOST: usize = 6;

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    /// What it is of.
    pub(super) name: String,
    /// How many of each part, in the order of the parts.
    pub(super) counts: Vec<u64>,
}

impl Bar {
    /// How many in all.
    pub(super) fn count(&self) -> u64 {
        self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

#[derive(Template)]
#[template(path = "records/statistics/chart.html")]
struct Chart<'a> {
    title: &'a str,
    description: &'a str,
    width: u64,
    height: u64,
    /// Where the bars begin.
    edge: u64,
    lines: Vec<Line>,
    parts: &'a [String],
}

/// A bar as it is drawn.
struct Line {
    name: String,
    count: u64,
    top: u64,
    /// Where the writing stands.
    base: u64,
    /// Which part, where it begins, how long it is; none that is nothing.
    pieces: Vec<(usize, u64, u64)>,
    /// Where its number begins.
    end: u64,
}

/// Draws the bars, in their order, with the names of their parts where they have several. `title`
/// and `description` are for those who do not see it.
///
/// # Errors
/// A fault of the template.
pub(super) fn draw(
    (title, description): (&str, &str),
    bars: &[Bar],
    parts: &[String],
) -> Result<Markup, Error> {
    let most = bars.iter().map(Bar::count).max().unwrap_or_default();
    let widest = bars.iter().map(|bar| width_of(&bar.name)).max().unwrap_or_default();
    let edge = widest.min(NAME_AT_MOST) + GAP;
    let room = WIDTH - edge - NUMBER;
    let line = |(at, bar): (u64, &Bar)| {
        let top = at * LINE + (LINE - BAR) / 2;
        let (name, base) = (cut(&bar.name), top + BAR - 4);
        let end = edge + length(bar.count(), most, room);
        Line { name, count: bar.count(), top, base, pieces: pieces(bar, edge, end), end: end + GAP }
    };
    let lines: Vec<Line> = (0..).zip(bars).map(line).collect();
    let height = LINE * lines.len().max(1) as u64;
    rendered(&Chart { title, description, width: WIDTH, height, edge, lines, parts })
}

/// The parts of a bar from one place to the other. Each begins where the one before it ends.
fn pieces(bar: &Bar, from: u64, until: u64) -> Vec<(usize, u64, u64)> {
    let mut pieces = Vec::new();
    let (mut sum, mut begin) = (0_u64, from);
    for (part, &count) in bar.counts.iter().enumerate() {
        sum = sum.saturating_add(count);
        let end = from + length(sum, bar.count(), until - from);
        if count > 0 && end > begin {
            pieces.push((part, begin, end - begin));
            begin = end;
        }
    }
    pieces
}

/// Something is seen of everything that is not nothing.
fn length(count: u64, most: u64, room: u64) -> u64 {
    match (count, most) {
        (0, _) | (_, 0) => 0,
        _ => {
            let length = u128::from(count) * u128::from(room) / u128::from(most);
            u64::try_from(length).unwrap_or(room).max(2)
        }
    }
}

fn width_of(name: &str) -> u64 {
    name.chars().map(|sign| if sign.is_ascii() { NARROW_LETTER } else { WIDE_LETTER }).sum()
}

fn cut(name: &str) -> String {
    if width_of(name) <= NAME_AT_MOST {
        return name.to_owned();
    }
    let mut kept = String::new();
    for sign in name.chars() {
        kept.push(sign);
        if width_of(&kept) + WIDE_LETTER > NAME_AT_MOST {
            kept.pop();
            break;
        }
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(bars: &[(&str, u64)]) -> String {
        let bar =
            |(name, count): &(&str, u64)| Bar { name: (*name).to_owned(), counts: vec![*count] };
        drawn_with(&bars.iter().map(bar).collect::<Vec<_>>(), &[])
    }

    fn drawn_with(bars: &[Bar], parts: &[&str]) -> String {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        let drawn = draw(("件数<b>", "\"最も多い\" & 3件"), bars, &parts).expect("a chart");
        let drawn = drawn.to_string();
        assert_well_formed(&drawn);
        drawn
    }

    /// Every element is closed in its order, every attribute is quoted, every sign is escaped.
    fn assert_well_formed(xml: &str) {
        let mut open = Vec::new();
        for part in xml.split('<').skip(1) {
            let (tag, text) = part.split_once('>').expect("a tag ends");
            assert!(!text.contains('>'), "{text}");
            for after in [tag, text].iter().flat_map(|it| it.split('&').skip(1)) {
                let (name, _) = after.split_once(';').expect("a reference ends");
                assert!(name.starts_with('#') || ["amp", "lt", "gt"].contains(&name), "{name}");
            }
            assert!(!tag.contains(" style=") && !tag.contains(" on"), "{tag}");
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "{xml}");
            } else if !tag.ends_with('/') {
                open.push(tag.split(' ').next().expect("a name"));
            }
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        }
        assert!(open.is_empty(), "{open:?}");
    }

    fn lengths(svg: &str) -> Vec<u64> {
        let rects = svg.split("<rect class=\"bar\"").skip(1);
        let width = |rect: &str| rect.split(" width=\"").nth(1)?.split('"').next()?.parse().ok();
        rects.map(|rect| width(rect).expect("a width")).collect()
    }

    #[test]
    fn bars_are_as_long_as_their_numbers() {
        let drawn = drawn(&[("実施済み", 20), ("キャンセル", 10), ("なし", 0)]);
        let [first, second] = lengths(&drawn)[..] else { panic!("two bars: {drawn}") };
        assert!(first.abs_diff(second * 2) <= 1, "{first} {second}");
        for number in [">20<", ">10<", ">0<"] {
            assert!(drawn.contains(number), "{number} stands at its bar");
        }
    }

    #[test]
    fn one_bar_none_and_nothing_but_zero() {
        assert_eq!(lengths(&drawn(&[("実施済み", 1)])).len(), 1);
        assert!(lengths(&drawn(&[])).is_empty());
        assert!(lengths(&drawn(&[("a", 0), ("b", 0)])).is_empty());
        let [little, _] = lengths(&drawn(&[("a", 1), ("b", u64::MAX)]))[..] else { panic!("two") };
        assert_eq!(little, 2, "what is there is seen");
    }

    #[test]
    fn parts_fill_their_bar_and_are_named() {
        let bar = |counts: &[u64]| Bar { name: "11月24日".to_owned(), counts: counts.to_vec() };
        let whole = lengths(&drawn(&[("11月24日", 7)]))[0];
        let drawn = drawn_with(&[bar(&[3, 0, 4])], &["実施済み", "<なし>", "キャンセル"]);
        assert_eq!(lengths(&drawn).len(), 2, "a part of nothing is not drawn");
        assert_eq!(lengths(&drawn).iter().sum::<u64>(), whole);
        for pattern in ["url(#part-0)", "url(#part-2)", "id=\"part-0\"", "id=\"part-2\""] {
            assert!(drawn.contains(pattern), "{pattern}: {drawn}");
        }
        assert!(drawn.contains("キャンセル") && drawn.contains("&#60;なし&#62;"), "{drawn}");
        for part in 0..PARTS_AT_MOST {
            assert!(drawn.contains(&format!("id=\"part-{part}\"")), "a pattern for each part");
        }
    }

    #[test]
    fn names_are_text_whatever_they_say() {
        let hostile = "</text><script>alert(1)</script>\" onload='x' &amp;";
        let drawn = drawn(&[(hostile, 3), ("'\"", 1)]);
        assert!(!drawn.contains("<script") && !drawn.contains("件数<b>"), "{drawn}");
        assert!(
            drawn.contains("role=\"img\"") && drawn.contains("<title") && drawn.contains("<desc")
        );
    }

    #[test]
    fn a_long_name_is_cut() {
        let long = "難病患者就職サポーターの相談と職業相談";
        let drawn = drawn(&[(long, 3)]);
        assert!(!drawn.contains(long) && drawn.contains('…'), "{drawn}");
        assert_eq!(cut("11月24日（火）"), "11月24日（火）");
    }
}
