//! The Cabinet Office's list of holidays as it is published: octets, in Shift_JIS.

use anyhow::{anyhow, bail};
use rules::schedule::{Overrides, read_holiday_file};

/// Reads the file `syukujitsu.csv`, in Shift_JIS as it is published, or in UTF-8 as it is often
/// saved again.
///
/// # Errors
/// A sentence that names each line at fault.
pub fn read_holiday_list(octets: &[u8]) -> anyhow::Result<Overrides> {
    let text = match std::str::from_utf8(octets) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let (text, _, has_errors) = encoding_rs::SHIFT_JIS.decode(octets);
            if has_errors {
                bail!("it is neither in Shift_JIS nor in UTF-8");
            }
            text.into_owned()
        }
    };
    read_holiday_file(&text).map_err(|faults| {
        let lines: Vec<String> =
            faults.iter().map(|fault| format!("line {}: {:?}", fault.line, fault.kind)).collect();
        anyhow!("{}", lines.join("; "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 国民の祝日・休日月日,国民の祝日・休日名称 and two rows, as the Cabinet Office writes them.
    const PUBLISHED: &[u8] = b"\x8d\x91\x96\xaf\x82\xcc\x8f\x6a\x93\xfa\x81\x45\x8b\x78\x93\xfa\
        \x8c\x8e\x93\xfa,\x8d\x91\x96\xaf\x82\xcc\x8f\x6a\x93\xfa\x81\x45\x8b\x78\x93\xfa\
        \x96\xbc\x8f\xcc\r\n2026/1/1,\x8c\xb3\x93\xfa\r\n\
        2026/11/23,\x8b\xce\x98\x4a\x8a\xb4\x8e\xd3\x82\xcc\x93\xfa\r\n";
    const AS_TEXT: &str =
        "国民の祝日・休日月日,国民の祝日・休日名称\r\n2026/1/1,元日\r\n2026/11/23,勤労感謝の日\r\n";

    fn names(octets: &[u8]) -> Result<Vec<String>, String> {
        let list = read_holiday_list(octets).map_err(|error| error.to_string())?;
        Ok(list.rows().map(|(_, name)| name.japanese().to_owned()).collect())
    }

    #[test]
    fn the_list_is_read_in_either_encoding() {
        let expected = Ok(vec!["元日".to_owned(), "勤労感謝の日".to_owned()]);
        assert_eq!(names(PUBLISHED), expected);
        assert_eq!(names(AS_TEXT.as_bytes()), expected);
        assert_eq!(names(format!("\u{feff}{AS_TEXT}").as_bytes()), expected);
    }

    #[test]
    fn what_is_no_list_is_told_with_its_lines() {
        let check = |octets: &[u8], said: &str| {
            let error = names(octets).expect_err("no list");
            assert!(error.contains(said), "{error}");
        };
        check(b"\x8d\x91\xff\xff", "neither in Shift_JIS nor in UTF-8");
        check("2026/1/1,元日\n2026/2/30,ない日\n".as_bytes(), "line 2: NotADate");
        check(&PUBLISHED[..PUBLISHED.len() - 25], "YearIncomplete");
    }
}
