//! The keys, and what is done with them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use zeroize::Zeroizing;

use super::key_file::{self, Entry, KeyFileRefusal};
use super::token::Digest;
use super::{fill, hex};

/// The first octet of everything sealed: how it is sealed.
const FORMAT: u8 = 1;

/// Format, purpose, and the key's number in two octets.
const HEADER: usize = 4;

/// What is sealed, and therefore with which keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Purpose {
    /// Names, numbers, contacts, free text.
    Personal,
    /// Requests for consideration because of an illness or disability: sensitive by law
    /// (要配慮個人情報), so with keys that fewer parts of the service use.
    Care,
}

impl Purpose {
    fn code(self) -> u8 {
        match self {
            Self::Personal => 1,
            Self::Care => 2,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::Care => "care",
        }
    }
}

/// Why something sealed does not open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpenRefusal {
    /// It was not sealed here, or for another purpose.
    Malformed,
    /// The key file lacks the key with this number.
    UnknownKey(u16),
    /// It was altered, moved to another place, or sealed with another key.
    Altered,
}

impl fmt::Display for OpenRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => out.write_str("this was not sealed here for this purpose"),
            Self::UnknownKey(number) => write!(out, "the key with number {number} is missing"),
            Self::Altered => out.write_str("this was altered or moved since it was sealed"),
        }
    }
}

impl std::error::Error for OpenRefusal {}

/// All keys of this installation. Clones share them.
#[derive(Clone)]
pub struct Keys(Arc<Rings>);

struct Rings {
    seals: BTreeMap<(Purpose, u16), LessSafeKey>,
    digest: hmac::Key,
    /// The newest first.
    cookies: Vec<hmac::Key>,
    fingerprints: Vec<(String, String)>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Keys")
    }
}

impl Keys {
    /// Reads the key file. Refused when it is absent, malformed, or readable by others.
    pub fn load(path: &Path) -> Result<Self, KeyFileRefusal> {
        Ok(Self::from_entries(key_file::read(path)?))
    }

    /// As `load`, and makes the file with fresh keys when it is absent (mode 0600).
    ///
    /// A file that was lost would be replaced unnoticed: compare [`Keys::fingerprints`] with what
    /// the store remembers before anything is sealed.
    pub fn load_or_create(path: &Path) -> Result<Self, KeyFileRefusal> {
        key_file::create_if_absent(path)?;
        Self::load(path)
    }

    fn from_entries(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.number));
        let mac = |entry: &Entry| hmac::Key::new(hmac::HMAC_SHA256, &*entry.octets);
        let used_for = |name: &'static str| entries.iter().filter(move |key| key.used_for == name);
        let mut seals = BTreeMap::new();
        for purpose in [Purpose::Personal, Purpose::Care] {
            for entry in used_for(purpose.name()) {
                let key = UnboundKey::new(&AES_256_GCM, &*entry.octets);
                let key = LessSafeKey::new(key.expect("the key has 256 bits"));
                seals.insert((purpose, entry.number), key);
            }
        }
        let digest = used_for("digest").next().map(mac).expect("the file has a digest key");
        let cookies = used_for("cookie").map(mac).collect();
        let mut fingerprints: Vec<_> = entries.iter().map(fingerprint).collect();
        fingerprints.sort();
        Self(Arc::new(Rings { seals, digest, cookies, fingerprints }))
    }

    /// Seals octets for the place that `context` names, such as `application/17/name`. They open
    /// there and nowhere else. The result is 32 octets longer.
    pub fn seal(&self, purpose: Purpose, context: &str, plain: &[u8]) -> Vec<u8> {
        let (&(_, number), key) = self
            .0
            .seals
            .range((purpose, 0)..=(purpose, u16::MAX))
            .next_back()
            .expect("the file has a key for each purpose");
        let mut nonce = [0; NONCE_LEN];
        fill(&mut nonce);
        let mut sealed = Vec::with_capacity(HEADER + NONCE_LEN + plain.len() + 16);
        sealed.extend([FORMAT, purpose.code()]);
        sealed.extend(number.to_be_bytes());
        let bound_to = bound_to(&sealed, context);
        sealed.extend(nonce);
        sealed.extend(plain);
        let body = &mut sealed[HEADER + NONCE_LEN..];
        let tag =
            key.seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), bound_to, body);
        sealed.extend(tag.expect("what is sealed is shorter than 64 GiB").as_ref());
        sealed
    }

    /// Opens what `seal` sealed for this purpose and this place.
    pub fn open(
        &self,
        purpose: Purpose,
        context: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenRefusal> {
        let (header, rest) = sealed.split_at_checked(HEADER).ok_or(OpenRefusal::Malformed)?;
        let (nonce, body) = rest.split_at_checked(NONCE_LEN).ok_or(OpenRefusal::Malformed)?;
        if header[..2] != [FORMAT, purpose.code()] {
            return Err(OpenRefusal::Malformed);
        }
        let number = u16::from_be_bytes([header[2], header[3]]);
        let key = self.0.seals.get(&(purpose, number)).ok_or(OpenRefusal::UnknownKey(number))?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| OpenRefusal::Malformed)?;
        let mut plain = Zeroizing::new(body.to_vec());
        let opened = key.open_in_place(nonce, bound_to(header, context), &mut plain);
        let length = opened.map_err(|_| OpenRefusal::Altered)?.len();
        plain.truncate(length);
        Ok(plain)
    }

    /// As `open`, for text.
    pub fn open_text(
        &self,
        purpose: Purpose,
        context: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<String>, OpenRefusal> {
        let mut plain = self.open(purpose, context, sealed)?;
        let text = String::from_utf8(std::mem::take(&mut *plain));
        text.map(Zeroizing::new).map_err(|_| OpenRefusal::Malformed)
    }

    /// The mark by which something sealed is found again. The label keeps kinds apart: a number
    /// and a telephone that are written alike have different marks.
    pub fn digest(&self, label: &str, text: &str) -> Digest {
        Digest::of(mark(&self.0.digest, label, text).as_ref())
    }

    /// The mark of a form or cookie that this service made. The label says which kind.
    pub fn sign(&self, label: &str, text: &str) -> Digest {
        let newest = self.0.cookies.first().expect("the file has a cookie key");
        Digest::of(mark(newest, label, text).as_ref())
    }

    /// Whether `sign` made this mark, with any of the cookie keys.
    pub fn is_signed(&self, label: &str, text: &str, written: &str) -> bool {
        let by = |key| Digest::of(mark(key, label, text).as_ref()).matches(written);
        self.0.cookies.iter().any(by)
    }

    /// The name of each key with a value that tells it from others without revealing it. The
    /// store remembers them, so that data are never met with the keys of other data.
    pub fn fingerprints(&self) -> &[(String, String)] {
        &self.0.fingerprints
    }
}

/// What is sealed is bound to its header and its place. The header has a fixed length, so no two
/// pairs read alike.
fn bound_to(header: &[u8], context: &str) -> Aad<Vec<u8>> {
    Aad::from([header, context.as_bytes()].concat())
}

/// The length of the label goes first, so that no label and text read like another pair.
fn mark(key: &hmac::Key, label: &str, text: &str) -> hmac::Tag {
    let mut context = hmac::Context::with_key(key);
    context.update(&(label.len() as u64).to_be_bytes());
    context.update(label.as_bytes());
    context.update(text.as_bytes());
    context.sign()
}

fn fingerprint(entry: &Entry) -> (String, String) {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &*entry.octets);
    let tag = hmac::sign(&key, b"the fingerprint of a key of Madoguchi");
    (format!("{}-{}", entry.used_for, entry.number), hex(&tag.as_ref()[..8]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(names: &[(&'static str, u16, u8)]) -> Keys {
        let entry = |&(used_for, number, octet): &(&'static str, u16, u8)| Entry {
            used_for,
            number,
            octets: Zeroizing::new([octet; 32]),
        };
        Keys::from_entries(names.iter().map(entry).collect())
    }

    const FIRST: [(&str, u16, u8); 4] =
        [("personal", 1, 1), ("care", 1, 2), ("digest", 1, 3), ("cookie", 1, 4)];

    const HERE: &str = "application/17/name";
    const NAME: &[u8] = "髙﨑 𠮷子".as_bytes();

    #[test]
    fn what_is_sealed_opens_in_its_place_only() {
        let keys = keys(&FIRST);
        let sealed = keys.seal(Purpose::Personal, HERE, NAME);
        let open = |purpose, place: &str| keys.open(purpose, place, &sealed);
        assert_eq!(**open(Purpose::Personal, HERE).expect("opens"), *NAME);
        assert_eq!(open(Purpose::Personal, "application/18/name"), Err(OpenRefusal::Altered));
        assert_eq!(open(Purpose::Personal, ""), Err(OpenRefusal::Altered));
        assert_eq!(open(Purpose::Care, HERE), Err(OpenRefusal::Malformed));
        let text = keys.open_text(Purpose::Personal, HERE, &sealed).expect("opens");
        assert_eq!(text.as_bytes(), NAME);
        assert_eq!(sealed.len(), NAME.len() + 32);
        assert_ne!(sealed, keys.seal(Purpose::Personal, HERE, NAME), "the nonce is random");
        let nothing = keys.seal(Purpose::Care, HERE, b"");
        assert!(keys.open(Purpose::Care, HERE, &nothing).expect("opens").is_empty());
    }

    #[test]
    fn every_altered_bit_and_every_cut_is_refused() {
        let keys = keys(&FIRST);
        let sealed = keys.seal(Purpose::Care, HERE, NAME);
        for place in 0..sealed.len() {
            for bit in 0..8 {
                let mut altered = sealed.clone();
                altered[place] ^= 1 << bit;
                assert!(keys.open(Purpose::Care, HERE, &altered).is_err(), "{place}.{bit}");
            }
            assert!(keys.open(Purpose::Care, HERE, &sealed[..place]).is_err(), "{place}");
        }
    }

    #[test]
    fn a_new_key_seals_and_the_old_one_opens() {
        let old = keys(&FIRST);
        let both = keys(&[&FIRST[..], &[("personal", 2, 9)]].concat());
        let before = old.seal(Purpose::Personal, HERE, NAME);
        let after = both.seal(Purpose::Personal, HERE, NAME);
        assert_eq!(**both.open(Purpose::Personal, HERE, &before).expect("opens"), *NAME);
        assert_eq!(**both.open(Purpose::Personal, HERE, &after).expect("opens"), *NAME);
        let refused = old.open(Purpose::Personal, HERE, &after);
        assert_eq!(refused, Err(OpenRefusal::UnknownKey(2)));
        let other = keys(&[("personal", 1, 8), FIRST[1], FIRST[2], FIRST[3]]);
        let refused = other.open(Purpose::Personal, HERE, &before);
        assert_eq!(refused, Err(OpenRefusal::Altered));
        assert_ne!(old.fingerprints()[3], other.fingerprints()[3]);
        assert_eq!(old.fingerprints()[..3], other.fingerprints()[..3]);
    }

    #[test]
    fn marks_differ_by_label_text_and_key() {
        let keys = keys(&FIRST);
        assert_eq!(keys.digest("number", "27080-1"), keys.digest("number", "27080-1"));
        assert_ne!(keys.digest("number", "27080-1"), keys.digest("email", "27080-1"));
        assert_ne!(keys.digest("number", "27080-1"), keys.digest("number", "27080-2"));
        assert_ne!(keys.digest("ab", "c"), keys.digest("a", "bc"));
        assert_ne!(keys.digest("form", "x"), keys.sign("form", "x"));
    }

    #[test]
    fn forms_signed_with_an_older_cookie_key_still_count() {
        let old = keys(&FIRST);
        let both = keys(&[&FIRST[..], &[("cookie", 2, 9)]].concat());
        let mark = old.sign("form", "apply");
        assert!(both.is_signed("form", "apply", mark.as_str()));
        assert!(!both.is_signed("form", "cancel", mark.as_str()));
        assert!(!old.is_signed("form", "apply", both.sign("form", "apply").as_str()));
        assert!(!old.is_signed("form", "apply", ""));
    }

    #[test]
    fn debug_reveals_nothing() {
        assert_eq!(format!("{:?}", keys(&FIRST)), "Keys");
    }
}
