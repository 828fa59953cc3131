use std::io::Cursor;

use object::write::{Object as Writing, StandardSection};
use object::{Architecture, BinaryFormat, Endianness, SectionKind};
use proptest::prelude::*;

use super::*;
use crate::testing::{Record, event};

fn elf(records: &[Record]) -> Vec<u8> {
    let mut object = Writing::new(BinaryFormat::Elf, Architecture::X86_64, Endianness::Little);
    let text = object.section_id(StandardSection::Text);
    object.append_section_data(text, &[0xc3; 64], 16);
    // Several sections of one name, as the compiler makes them.
    for record in records {
        let section = object.add_section(Vec::new(), SECTIONS[0].into(), SectionKind::ReadOnlyData);
        object.append_section_data(section, &record.note(), 4);
    }
    object.write().expect("an object")
}

fn two() -> [Record; 2] {
    [
        event("user.signed_out", 1).string("reason"),
        event("user.signed_in", 2).string("method"),
    ]
}

fn names(events: &[Event]) -> Vec<(&str, u32)> {
    events
        .iter()
        .map(|event| (event.action.as_str(), event.version))
        .collect()
}

fn in_file(bytes: &[u8]) -> Result<Vec<Event>, Problem> {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    fs::write(file.path(), bytes).expect("written");
    read(file.path())
}

/// An archive as `ar` makes it.
fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    members
        .iter()
        .fold(b"!<arch>\n".to_vec(), |mut bytes, (name, data)| {
            bytes.extend(
                format!(
                    "{:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n",
                    format!("{name}/"),
                    0,
                    0,
                    0,
                    "644",
                    data.len()
                )
                .bytes(),
            );
            bytes.extend(*data);
            bytes.resize(bytes.len().next_multiple_of(2), b'\n');
            bytes
        })
}

#[test]
fn reads_every_section_of_the_name() {
    let events = in_file(&elf(&two())).expect("events");
    assert_eq!(
        names(&events),
        [("user.signed_in", 2), ("user.signed_out", 1)]
    );
}

#[test]
fn reads_the_other_formats_and_byte_orders_and_notes() {
    for (format, architecture, endianness, segment, section, kind) in [
        (
            BinaryFormat::MachO,
            Architecture::Aarch64,
            Endianness::Little,
            "__DATA",
            "__audit_ev",
            SectionKind::Data,
        ),
        (
            BinaryFormat::Coff,
            Architecture::X86_64,
            Endianness::Little,
            "",
            ".auditev",
            SectionKind::Data,
        ),
        (
            BinaryFormat::Elf,
            Architecture::S390x,
            Endianness::Big,
            "",
            ".auditev",
            SectionKind::ReadOnlyData,
        ),
        (
            BinaryFormat::Elf,
            Architecture::X86_64,
            Endianness::Little,
            "",
            ".note.audit",
            SectionKind::Note,
        ),
    ] {
        let mut object = Writing::new(format, architecture, endianness);
        let id = object.add_section(segment.into(), section.into(), kind);
        for record in two() {
            object.append_section_data(id, &record.note(), 4);
        }
        let events = in_file(&object.write().expect("an object")).expect("events");
        assert_eq!(events.len(), 2, "{format:?}");
    }
}

#[test]
fn reads_archives_and_each_record_once() {
    let object = elf(&two());
    let bytes = archive(&[
        ("lib.rmeta", b"broken metadata, never read"),
        ("a.o", &object),
        ("notes.txt", b"text"),
        ("b.o", &object),
    ]);
    assert_eq!(in_file(&bytes).expect("events").len(), 2);
}

#[test]
fn reads_by_magic_what_has_no_sections() {
    let bytes = [
        b"\0asm....".as_slice(),
        &event("a.b", 1).bytes(),
        b"in between",
        &event("c.d", 1).bytes(),
        b"the end",
    ]
    .concat();
    assert_eq!(
        names(&in_file(&bytes).expect("events")),
        [("a.b", 1), ("c.d", 1)]
    );
}

#[test]
fn the_magic_alone_is_no_record() {
    let bytes = [
        b"text".as_slice(),
        &MAGIC,
        b"more text of a program that knows the magic",
    ]
    .concat();
    assert!(matches!(in_file(&bytes), Err(Problem::Nothing(_))));
    let newer = [MAGIC.as_slice(), &2_u32.to_le_bytes(), &[0; 64]].concat();
    assert!(matches!(
        in_file(&newer),
        Err(Problem::Record(ReadError::Format(2)))
    ));
}

#[test]
fn says_why_a_program_may_have_no_records() {
    let failure = Problem::Nothing(None).into_failure(Path::new("acme"));
    let Failure::Message { help, .. } = failure else {
        panic!("{failure:?}")
    };
    assert!(
        help.contains("`AUDIT_RECORDS=off`") && help.contains("older than binutils 2.36"),
        "{help}"
    );
}

#[test]
fn says_that_an_archive_holds_bitcode() {
    let bytes = archive(&[("lib.rmeta", b"metadata"), ("a.o", b"BC\xC0\xDE....")]);
    assert!(matches!(in_file(&bytes), Err(Problem::Bitcode)));
    let by_luck = [b"BC\xC0\xDE".as_slice(), &event("a.b", 1).bytes()].concat();
    assert!(
        matches!(in_file(&by_luck), Err(Problem::Bitcode)),
        "other records may stand between bytes"
    );
    let wrapped = archive(&[("a.o", b"\xDE\xC0\x17\x0B....")]);
    assert!(matches!(in_file(&wrapped), Err(Problem::Bitcode)));
}

#[test]
fn passes_over_nothing_in_a_section() {
    let mut object = Writing::new(BinaryFormat::Elf, Architecture::X86_64, Endianness::Little);
    let section = object.add_section(Vec::new(), SECTIONS[0].into(), SectionKind::ReadOnlyData);
    let mut damaged = two()[1].note();
    damaged[20] ^= 1;
    object.append_section_data(section, &[two()[0].note(), damaged].concat(), 4);
    assert!(matches!(
        in_file(&object.write().expect("an object")),
        Err(Problem::Damaged(_))
    ));
}

#[test]
fn says_what_is_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(read(folder.path()), Err(Problem::NoFile)));
    assert!(matches!(
        read(&folder.path().join("missing")),
        Err(Problem::Io(_))
    ));
    assert!(matches!(in_file(b"short text"), Err(Problem::Nothing(_))));
}

#[test]
fn a_file_of_many_gigabytes_is_refused_unread() {
    let file = tempfile::tempfile().expect("a temporary file");
    drop(file);
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.as_file()
        .set_len(MAX_BYTES + 1)
        .expect("a sparse file");
    assert!(matches!(read(file.path()), Err(Problem::TooLarge)));
}

/// An archive as rustc makes it: a table of the symbols, of which the member at each place has one, and the compiler's metadata first.
fn rlib(members: &[(&str, &[u8])]) -> Vec<u8> {
    let plain = archive(members);
    let table = |offsets: &[u32]| {
        let count = u32::try_from(offsets.len()).expect("few").to_be_bytes();
        let offsets = offsets.iter().flat_map(|offset| offset.to_be_bytes());
        [
            count.into(),
            offsets.collect::<Vec<_>>(),
            b"s\0".repeat(members.len()),
        ]
        .concat()
    };
    let head = archive(&[("", &table(&vec![0; members.len()]))]).len();
    let mut at = head;
    let offset = |(_, data): &(&str, &[u8])| {
        let here = u32::try_from(at).expect("small");
        at += 60 + data.len().next_multiple_of(2);
        here
    };
    let offsets: Vec<_> = members.iter().map(offset).collect();
    [
        archive(&[("", &table(&offsets))]),
        plain[b"!<arch>\n".len()..].into(),
    ]
    .concat()
}

#[test]
fn every_truncation_is_damaged_or_whole() {
    let object = elf(&two());
    let metadata: &[u8] = &[b'm'; 301];
    let whole_rlib = rlib(&[
        ("lib.rmeta", metadata),
        ("a.o", &object),
        ("b.o", &elf(&two()[..1])),
    ]);
    assert_eq!(in_file(&whole_rlib).expect("events").len(), 2);
    for whole in [whole_rlib, archive(&[("a.o", &object)]), object] {
        for len in 0..whole.len() {
            match events_in(&mut Cursor::new(&whole[..len])) {
                // What is missing is what fills the last member up.
                Ok(events) => assert!(
                    events.len() == 2 && len + 1 == whole.len(),
                    "{len} bytes hold not everything"
                ),
                Err(problem) => assert!(
                    matches!(problem, Problem::Damaged(_)),
                    "{len} bytes: {problem}"
                ),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), kind in 0_usize..6) {
        let heads: [&[u8]; 6] = [b"", b"\x7fELF\x02\x01\x01", b"!<arch>\n", b"\xcf\xfa\xed\xfe", b"MZ", &MAGIC];
        let _ = events_in(&mut Cursor::new([heads[kind], &bytes].concat()));
    }

    #[test]
    fn truncated_and_flipped_objects_never_panic(
        cut in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..8), 0..6),
        in_an_archive in any::<bool>(),
    ) {
        let object = elf(&two());
        let mut bytes = if in_an_archive { archive(&[("a.o", &object)]) } else { object };
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        let _ = events_in(&mut Cursor::new(&bytes)).map_err(|problem| problem.to_string());
    }

    #[test]
    fn flipped_records_never_panic(flips in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..8), 1..4)) {
        let mut bytes = two()[0].bytes();
        for (at, bit) in flips {
            let at = 24 + at.index(bytes.len() - 24);
            bytes[at] ^= 1 << bit;
        }
        if let Ok(events) = events_in(&mut Cursor::new(&bytes)) {
            for event in events {
                let _ = crate::catalogue::Entry::new(event).map(|entry| crate::event_schema::render(&entry.event));
            }
        }
    }
}
