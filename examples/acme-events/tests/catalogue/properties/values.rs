//! Values of every kind, in all three metadata objects.

use std::borrow::Cow;
use std::net::IpAddr;
use std::num::NonZeroI64;

use audit_core::AuditEvent;
use proptest::option;
use proptest::prelude::*;
use serde::Serialize;

use super::inputs::{Expected, float, signed, single, text, unsigned};
use super::probed::{
    Group, Input, Metadata, Probed, Prober, ProberMetadata, Sample, SampleMetadata,
};
use super::{Twin, TwinEntity, config, envelope, judge, schemas};

prop_compose! {
    fn metadata()(
        (owned, borrowed, either, boxed) in (text(500), text(500), text(500), text(500)),
        (maybe, short) in (option::of(text(500)), option::of(text(3))),
        (signed, unsigned, pointer, optional) in (signed(), unsigned(), unsigned(), option::of(signed())),
        non_zero in signed().prop_filter_map("not 0", NonZeroI64::new),
        (double, single, no_double, shown) in (float(), single(), option::of(float()), float()),
        (small, large, letter, flag) in (any::<i8>(), any::<u32>(), any::<char>(), any::<bool>()),
        (address, digits) in (any::<IpAddr>(), unsigned()),
    ) -> Metadata {
        let pointer = usize::try_from(pointer).unwrap_or(usize::MAX);
        let (digits, shown) = (digits.to_string(), shown.to_string());
        Metadata {
            owned, borrowed, either, boxed, maybe, short, signed, unsigned, pointer, non_zero, optional, double, single, no_double,
            small, large, letter, flag, address, digits, shown,
        }
    }
}

prop_compose! {
    fn sample()(id in any::<i64>(), weight in signed(), label in text(500), ratio in single()) -> Sample {
        Sample { id, weight, group: Group { label: label.into(), ratio } }
    }
}

prop_compose! {
    fn input()(
        (nick, score, name) in (text(7), option::of(float()), option::of(text(600))),
        samples in proptest::sample::select(vec![0, 1, 1, 2, 20, 21]).prop_flat_map(|number| prop::collection::vec(sample(), number)),
        metadata in metadata(),
    ) -> Input {
        Input { prober: ProberMetadata { nick, score }, name, samples, metadata }
    }
}

/// Half of all inputs break nothing by their numbers, so that accepted events are common.
fn tame(mut input: Input) -> Input {
    let finite = |number: f64| if number.is_finite() { number } else { 0.5 };
    let safe = |number: i64| number >> 11;
    let cut = |text: &mut String, limit: usize| *text = text.chars().take(limit).collect();
    cut(&mut input.prober.nick, 7);
    input.prober.score = input.prober.score.map(finite);
    input.samples.truncate(20);
    if input.samples.is_empty() {
        input.samples.push(Sample {
            id: 0,
            weight: 0,
            group: Group {
                label: "".into(),
                ratio: 0.0,
            },
        });
    }
    for sample in &mut input.samples {
        sample.weight = safe(sample.weight);
        sample.group.label = sample
            .group
            .label
            .chars()
            .take(500)
            .collect::<String>()
            .into();
        sample.group.ratio = if sample.group.ratio.is_finite() {
            sample.group.ratio
        } else {
            1.5
        };
    }
    let metadata = &mut input.metadata;
    for text in [
        &mut metadata.owned,
        &mut metadata.borrowed,
        &mut metadata.either,
        &mut metadata.boxed,
    ] {
        cut(text, 500);
    }
    metadata.maybe.iter_mut().for_each(|text| cut(text, 500));
    metadata.short.iter_mut().for_each(|text| cut(text, 3));
    metadata.signed = safe(metadata.signed);
    metadata.optional = metadata.optional.map(safe);
    metadata.unsigned >>= 11;
    metadata.pointer >>= 11;
    metadata.non_zero =
        NonZeroI64::new(safe(metadata.non_zero.get()) | 1).unwrap_or(metadata.non_zero);
    metadata.double = finite(metadata.double);
    metadata.no_double = metadata.no_double.map(finite);
    metadata.single = if metadata.single.is_finite() {
        metadata.single
    } else {
        -0.25
    };
    input
}

fn event(input: &Input) -> Probed<'_> {
    let metadata = &input.metadata;
    let by = Prober {
        id: "p\u{8}1",
        name: input.name.as_deref(),
        nick: &input.prober.nick,
        score: input.prober.score,
    };
    Probed {
        by,
        samples: &input.samples,
        owned: metadata.owned.clone(),
        borrowed: &metadata.borrowed,
        either: Cow::Borrowed(&metadata.either),
        boxed: metadata.boxed.as_str().into(),
        maybe: metadata.maybe.clone(),
        short: metadata.short.clone(),
        signed: metadata.signed,
        unsigned: metadata.unsigned,
        pointer: metadata.pointer,
        non_zero: metadata.non_zero,
        optional: metadata.optional,
        double: metadata.double,
        single: metadata.single,
        no_double: metadata.no_double,
        small: metadata.small,
        large: metadata.large,
        letter: metadata.letter,
        flag: metadata.flag,
        address: metadata.address,
        digits: metadata.digits.parse().expect("they are digits"),
        shown: metadata.shown.parse().expect("it is a number"),
    }
}

fn twin(input: &Input) -> impl Serialize {
    let actor = TwinEntity {
        r#type: "prober",
        id: "p\u{8}1".into(),
        name: input.name.clone(),
        metadata: input.prober.clone(),
    };
    let sample = |sample: &Sample| {
        let metadata = SampleMetadata {
            weight: sample.weight,
            label: sample.group.label.to_string(),
            ratio: sample.group.ratio,
        };
        TwinEntity {
            r#type: "sample",
            id: sample.id.to_string(),
            name: None,
            metadata,
        }
    };
    Twin::of::<Probed<'_>>(
        actor,
        input.samples.iter().map(sample).collect(),
        input.metadata.clone(),
    )
}

fn expected(input: &Input) -> Vec<String> {
    let (mut expected, metadata) = (Expected::default(), &input.metadata);
    expected.text("/actor/metadata/nick", &input.prober.nick, 7);
    expected.unless(
        "/actor/metadata/score",
        input.prober.score.is_none_or(f64::is_finite),
    );
    for (index, sample) in input.samples.iter().enumerate() {
        expected.integer(&format!("/targets/{index}/metadata/weight"), sample.weight);
        expected.text(
            format!("/targets/{index}/metadata/label"),
            &sample.group.label,
            500,
        );
        expected.unless(
            format!("/targets/{index}/metadata/ratio"),
            sample.group.ratio.is_finite(),
        );
    }
    expected.unless("/targets", (1..=20).contains(&input.samples.len()));
    expected.text("/metadata/owned", &metadata.owned, 500).text(
        "/metadata/borrowed",
        &metadata.borrowed,
        500,
    );
    expected
        .text("/metadata/either", &metadata.either, 500)
        .text("/metadata/boxed", &metadata.boxed, 500);
    expected.text(
        "/metadata/maybe",
        metadata.maybe.as_deref().unwrap_or_default(),
        500,
    );
    expected.text(
        "/metadata/short",
        metadata.short.as_deref().unwrap_or_default(),
        3,
    );
    expected
        .integer("/metadata/signed", metadata.signed)
        .integer("/metadata/unsigned", metadata.unsigned);
    expected
        .integer("/metadata/pointer", metadata.pointer as u64)
        .integer("/metadata/non_zero", metadata.non_zero.get());
    expected.integer("/metadata/optional", metadata.optional.unwrap_or_default());
    expected
        .unless("/metadata/double", metadata.double.is_finite())
        .unless("/metadata/single", metadata.single.is_finite());
    expected
        .unless(
            "/metadata/no_double",
            metadata.no_double.is_none_or(f64::is_finite),
        )
        .paths()
}

#[test]
fn values_are_accepted_as_their_schema_says() {
    let schemas = schemas::<Probed<'_>>();
    proptest!(config(), |(input in input(), as_it_is in any::<bool>())| {
        let input = if as_it_is { input } else { tame(input) };
        judge(&schemas, event(&input).try_into_event(envelope()), &twin(&input), expected(&input))?;
    });
}
