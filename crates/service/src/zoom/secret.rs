//! What is given to one person, or to this program, and shown to nobody else.

use std::fmt;

use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

/// A type for one kind of text that neither `Debug` nor an error shows, and that is wiped from
/// memory when it is dropped.
macro_rules! hidden {
    ($(#[$meaning:meta])* $name:ident) => {
        $(#[$meaning])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(Zeroizing::new(text.into()))
            }

            /// The text, for the one place that it is meant for.
            pub fn reveal(&self) -> &str {
                &self.0
            }
        }

        /// Reveals nothing, not even how long it is.
        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(stringify!($name))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from).map(Self::new)
            }
        }
    };
}

hidden! {
    /// A secret that Zoom gave the office: of its app, or a token.
    Secret
}

hidden! {
    /// The address that starts a meeting as its host. Zoom lets it expire after two hours: it is
    /// read anew when it is needed (Zoom OpenAPI v2, `start_url`).
    StartUrl
}

hidden! {
    /// The address at which one participant joins, or everybody who has none of their own.
    JoinUrl
}

hidden! {
    /// What a participant types to join without a link.
    Passcode
}

hidden! {
    /// The name a participant carries in Zoom. An alias if all went well, and else perhaps the
    /// real name of somebody who is signed in to Zoom: it is compared and not kept.
    ShownName
}
