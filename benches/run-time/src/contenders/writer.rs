//! What one would write by hand for this event alone, in safe Rust, if nothing else counted: fragments escaped beforehand, a buffer of
//! sufficient size, eight bytes looked at a time, limits checked.

use crate::contenders::plain::{self, Event, Target};
use crate::input::Input;

/// The service's limit, in characters.
const LIMIT: usize = 500;
/// More than all fragments, numbers and enums have together.
const FRAGMENTS: usize = 768;

pub fn owned(input: &Input<'_>, out: &mut Vec<u8>) {
    *out = write(&plain::build_owned(input)).expect("it is within the limits");
}

pub fn borrowed(input: &Input<'_>, out: &mut Vec<u8>) {
    *out = write(&plain::build_borrowed(input)).expect("it is within the limits");
}

#[expect(clippy::too_many_lines, reason = "a statement for each fragment")]
fn write<S: AsRef<str>, L: AsRef<[Target<S>]>>(event: &Event<S, L>) -> Option<Vec<u8>> {
    let Event {
        occurred_at,
        actor,
        targets,
        context,
        metadata,
        ..
    } = event;
    let [deployment, environment] = targets.as_ref() else {
        return None;
    };
    let (person, commit) = (&actor.metadata, deployment.metadata.commit.as_ref()?);
    let (actor_name, deployment_name, environment_name) = (
        actor.name.as_ref()?,
        deployment.name.as_ref()?,
        environment.name.as_ref()?,
    );
    let limited = [
        &person.team,
        &person.session_id,
        commit,
        &metadata.build_id,
        &metadata.approved_by,
        &metadata.request_path,
        &metadata.request_id,
        &metadata.region,
    ];
    let free = [
        occurred_at,
        &actor.id,
        actor_name,
        &deployment.id,
        deployment_name,
        &environment.id,
        environment_name,
        &context.location,
        &context.user_agent,
    ];
    let reason = metadata.reason.as_ref().map(AsRef::as_ref);
    let fits = limited.iter().map(AsRef::as_ref).chain(reason).all(fits);
    if !fits || !metadata.error_rate.is_finite() {
        return None;
    }
    let texts = limited
        .iter()
        .chain(&free)
        .map(|text| text.as_ref().len())
        .sum::<usize>()
        + reason.map_or(0, str::len);
    let mut bytes = Vec::with_capacity(FRAGMENTS + texts);
    let out = &mut bytes;
    text(
        out,
        r#"{"action":"deployment.promoted","version":4,"occurred_at":""#,
        occurred_at,
    );
    text(out, r#"","actor":{"type":"user","id":""#, &actor.id);
    text(out, r#"","name":""#, actor_name);
    text(out, r#"","metadata":{"team":""#, &person.team);
    text(out, r#"","session_id":""#, &person.session_id);
    text(
        out,
        r#""}},"targets":[{"type":"deployment","id":""#,
        &deployment.id,
    );
    text(out, r#"","name":""#, deployment_name);
    text(out, r#"","metadata":{"commit":""#, commit);
    text(out, r#""}},{"type":"environment","id":""#, &environment.id);
    text(out, r#"","name":""#, environment_name);
    text(
        out,
        r#"","metadata":{}}],"context":{"location":""#,
        &context.location,
    );
    text(out, r#"","user_agent":""#, &context.user_agent);
    text(out, r#""},"metadata":{"build_id":""#, &metadata.build_id);
    text(out, r#"","approved_by":""#, &metadata.approved_by);
    text(out, r#"","request_path":""#, &metadata.request_path);
    text(out, r#"","request_id":""#, &metadata.request_id);
    text(out, r#"","region":""#, &metadata.region);
    if let Some(reason) = &metadata.reason {
        text(out, r#"","reason":""#, reason);
    }
    raw(out, r#"","strategy":""#, metadata.strategy.name());
    raw(out, r#"","trigger":""#, metadata.trigger.name());
    raw(
        out,
        r#"","artifact_bytes":"#,
        itoa::Buffer::new().format(metadata.artifact_bytes),
    );
    raw(
        out,
        r#","attempt":"#,
        itoa::Buffer::new().format(metadata.attempt),
    );
    raw(
        out,
        r#","error_rate":"#,
        zmij::Buffer::new().format_finite(metadata.error_rate),
    );
    raw(
        out,
        if metadata.canary {
            r#","canary":true}}"#
        } else {
            r#","canary":false}}"#
        },
        "",
    );
    Some(bytes)
}

fn raw(out: &mut Vec<u8>, fragment: &str, json: &str) {
    out.extend_from_slice(fragment.as_bytes());
    out.extend_from_slice(json.as_bytes());
}

#[inline]
fn text<S: AsRef<str>>(out: &mut Vec<u8>, fragment: &str, text: &S) {
    let text = text.as_ref();
    out.extend_from_slice(fragment.as_bytes());
    if is_clean(text.as_bytes()) {
        out.extend_from_slice(text.as_bytes());
    } else {
        escape(out, text);
    }
}

/// Characters are counted only where there are enough bytes to be too many.
fn fits(text: &str) -> bool {
    text.len() <= LIMIT || text.chars().count() <= LIMIT
}

const ONES: u64 = u64::MAX / 255;

/// A bit is set in each byte that is zero; above the lowest such byte others may be, too.
fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & (ONES << 7)
}

fn is_clean(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut found = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let control = word.wrapping_sub(ONES * 0x20) & !word & (ONES << 7);
        found |= control
            | zero_bytes(word ^ (ONES * u64::from(b'"')))
            | zero_bytes(word ^ (ONES * u64::from(b'\\')));
    }
    found == 0
        && rest
            .iter()
            .all(|byte| *byte >= 0x20 && *byte != b'"' && *byte != b'\\')
}

#[cold]
fn escape(out: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            8 => out.extend_from_slice(b"\\b"),
            12 => out.extend_from_slice(b"\\f"),
            0..0x20 => {
                let digit = |nibble: u8| b"0123456789abcdef"[usize::from(nibble)];
                out.extend_from_slice(&[
                    b'\\',
                    b'u',
                    b'0',
                    b'0',
                    digit(byte >> 4),
                    digit(byte & 15),
                ]);
            }
            _ => out.push(byte),
        }
    }
}
