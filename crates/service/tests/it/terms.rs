//! Versions of the terms: what cannot stand beside the others is not stored.

use service::error::Error;
use service::terms::{self, Source};

use crate::office::{Office, scene};

/// The model terms under another name, in force a year later than the shipped ones.
fn a_year_later(name: &str) -> Source {
    let mut source = Source::model();
    let later = |text: &str| {
        let text = text.replace("2025-04", "2026-04").replace("令和７年４月", "令和８年４月");
        text.replace("２０２５", "２０２６").replace("April 2025", "April 2026")
    };
    source.version = later(&source.version).replacen("model-1", name, 1);
    source.texts.values_mut().for_each(|text| *text = later(text));
    source
}

fn publishes(office: &Office, source: Source) -> Result<(), Error> {
    office.tries(move |tx, context| terms::publish(tx, context.office.id, &source, context.now))
}

/// Stored versions are read together: a gap among them would fail every page of the office.
#[test]
fn article_11_a_version_that_leaves_a_gap_is_not_stored() {
    scene(|office| {
        for name in ["model-3", "model-1"] {
            let refused = publishes(office, a_year_later(name));
            assert!(matches!(refused, Err(Error::Fault(_))), "{name}");
        }
        assert!(publishes(office, Source::model()).is_err(), "two of one day");
        publishes(office, a_year_later("model-2")).expect("the next of the series");
        publishes(office, a_year_later("other-1")).expect_err("two of one day");
        office.app.forget_offices();
        assert_eq!(office.context().office.editions.iter().count(), 2);
    });
}
