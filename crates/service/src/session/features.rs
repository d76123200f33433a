//! The functions of a session in words (article 5(4)).

use rules::session::{Feature, FeatureProfile, Use};

use crate::words::{Markup, Words};

/// Each function, and who may use it.
pub fn features(words: Words, profile: &FeatureProfile) -> Vec<(Markup, Markup)> {
    let dashed = |code: &str| code.replace('_', "-");
    let line = |(feature, who): (Feature, Use)| {
        let name = words.t(&format!("session-feature-{}", dashed(feature.code())));
        (name, words.t(&format!("session-use-{}", dashed(who.code()))))
    };
    profile.list().map(line).to_vec()
}
