//! Tokens: what a link or a cookie carries and the store knows only by its digest.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use super::{fill, hex};

/// A secret of 256 random bits. Who holds it may do what it was made for.
#[derive(Clone)]
pub struct Token(Zeroizing<[u8; 32]>);

impl Token {
    /// A fresh token.
    pub fn draw() -> Self {
        let mut octets = Zeroizing::new([0; 32]);
        fill(&mut *octets);
        Self(octets)
    }

    /// Reads what `reveal` wrote; nothing when it is something else.
    pub fn parse(text: &str) -> Option<Self> {
        let octets = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        Some(Self(Zeroizing::new(octets.as_slice().try_into().ok()?)))
    }

    /// The token itself, 43 characters of base64url, for the link or cookie and nothing else.
    pub fn reveal(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(*self.0))
    }

    /// What the store keeps in its place: SHA-256. A token is random enough to need no key.
    pub fn digest(&self) -> Digest {
        Digest::of(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &*self.0).as_ref())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token")
    }
}

/// A digest of 256 bits, in hexadecimal. Equality takes the same time wherever two differ.
#[derive(Clone)]
pub struct Digest(String);

impl Digest {
    pub(super) fn of(octets: &[u8]) -> Self {
        Self(hex(octets))
    }

    /// 64 hexadecimal digits, for the store.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the digest written there, compared in constant time.
    pub fn matches(&self, written: &str) -> bool {
        let (one, other) = (self.0.as_bytes(), written.as_bytes());
        aws_lc_rs::constant_time::verify_slices_are_equal(one, other).is_ok()
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.matches(&other.0)
    }
}

impl Eq for Digest {}

/// It finds a person's row, so it is not shown.
impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Digest")
    }
}

impl From<&Digest> for crate::store::Value {
    fn from(digest: &Digest) -> Self {
        Self::Text(digest.0.clone())
    }
}

impl From<Digest> for crate::store::Value {
    fn from(digest: Digest) -> Self {
        Self::Text(digest.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_known_by_its_digest() {
        let token = Token::draw();
        let text = token.reveal();
        assert_eq!(text.len(), 43);
        let again = Token::parse(&text).expect("what reveal wrote");
        assert_eq!(again.digest(), token.digest());
        assert!(token.digest().matches(again.digest().as_str()));
        assert_ne!(Token::draw().digest(), token.digest());
        assert_eq!(token.digest().as_str().len(), 64);
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for text in ["", "abc", &"A".repeat(42), &"A".repeat(44), &"=".repeat(43), "あ"] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
        assert!(Token::parse(&"A".repeat(43)).is_some());
    }

    #[test]
    fn debug_reveals_nothing() {
        let token = Token::draw();
        assert_eq!(format!("{token:?} {:?}", token.digest()), "Token Digest");
    }
}
