//! Finds the records in a file: in the sections that hold them, or, where a format has none, by the magic they begin with.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use audit_core::schema::record::read::{Event, ReadError, read as read_record};
use audit_core::schema::record::{MAGIC, SECTIONS};
use memchr::memmem;
use object::read::archive::{ArchiveFile, ArchiveMember};
use object::{FileKind, Object, ObjectSection, ReadCache};

use crate::failure::{Failure, io_message};

/// Files over 4 GiB are refused: no artifact that anybody ships is as large.
const MAX_BYTES: u64 = 4 << 30;

/// The compiler's metadata, which repeats what the objects beside it hold.
const METADATA_MEMBER: &[u8] = b"lib.rmeta";

/// Magic bytes of archives and objects (ELF, Mach-O).
const BEGINNINGS: [&[u8]; 3] = [b"!<arch>\n", b"\x7fELF", b"\xcf\xfa\xed\xfe"];

/// Formats are told apart by as many bytes.
const TELLING: usize = 16;

/// LLVM bitcode, bare and wrapped.
const BITCODE: [[u8; 4]; 2] = [*b"BC\xC0\xDE", [0xDE, 0xC0, 0x17, 0x0B]];

/// Bytes between two records of a section, padding aside: the frame of the second.
const FRAME: usize = 20;

/// Where a file has no section for records the magic may stand in it by accident (this program holds it, too). What follows it
/// then is no format number, which are small.
const LAST_PLAUSIBLE_FORMAT: u32 = 1000;

/// Reason why a file has no events.
#[derive(Debug)]
pub enum Problem {
    Io(io::Error),
    NoFile,
    TooLarge,
    /// Whole, and without records. What it is, if that is known.
    Nothing(Option<String>),
    Bitcode,
    /// Not what it begins like.
    Damaged(String),
    Record(ReadError),
}

impl Problem {
    pub fn into_failure(self, path: &Path) -> Failure {
        let failure = Failure::at(path, &self);
        match self {
            Self::Io(error) => Failure::io("read", path, &error),
            Self::Bitcode => failure.help(
                "build it with `lto = \"off\"` and without `-C linker-plugin-lto`, or inspect the linked executable",
            ),
            Self::Nothing(None) => failure.help(
                "neither a program that declares no events has any, nor one that was built with `AUDIT_RECORDS=off`: build it without \
                 the variable; a linker older than binutils 2.36 drops them with Rust 1.90 or newer: link with a newer one",
            ),
            _ => failure,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => f.write_str(&io_message(error)),
            Self::NoFile => f.write_str("not a file"),
            Self::TooLarge => f.write_str("larger than 4 GiB"),
            Self::Nothing(None) => f.write_str("no audit records in it"),
            Self::Nothing(Some(what)) => write!(f, "no audit records in it, and {what}"),
            Self::Bitcode => f.write_str("built under LTO: it holds LLVM bitcode, which has no sections to read records from"),
            Self::Damaged(what) => write!(f, "damaged: {what}"),
            Self::Record(error) => error.fmt(f),
        }
    }
}

/// The events whose records a file holds. Never an empty list.
pub fn read(path: &Path) -> Result<Vec<Event>, Problem> {
    let events = events_in(&mut open(path)?)?;
    if events.is_empty() {
        Err(Problem::Nothing(None))
    } else {
        Ok(events)
    }
}

fn open(path: &Path) -> Result<File, Problem> {
    // Asked before opening it: opening a pipe waits for its writer.
    let about = fs::metadata(path).map_err(Problem::Io)?;
    if !about.is_file() {
        return Err(Problem::NoFile);
    }
    if about.len() > MAX_BYTES {
        return Err(Problem::TooLarge);
    }
    File::open(path).map_err(Problem::Io)
}

fn events_in(file: &mut (impl Read + Seek)) -> Result<Vec<Event>, Problem> {
    let kind = FileKind::parse(&ReadCache::new(&mut *file));
    let mut events = if matches!(kind, Ok(FileKind::Archive)) {
        in_archive(file)?
    } else {
        let len = file
            .seek(SeekFrom::End(0))
            .map_err(Problem::Io)?
            .min(MAX_BYTES);
        // As large as it says, so that nothing is copied while it grows.
        let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or_default());
        part(file, 0, len, &mut bytes)?;
        if is_cut_at_once(&bytes) {
            return Err(Problem::Damaged("it ends before its contents begin".into()));
        }
        in_object(&bytes)?
    };
    events.sort_by(|a, b| (&a.action, a.version).cmp(&(&b.action, b.version)));
    // One record can stand in several objects of an archive.
    events.dedup();
    Ok(events)
}

/// Whether it is so short that it can't be told from something else.
fn is_cut_at_once(bytes: &[u8]) -> bool {
    bytes.len() < TELLING
        && BEGINNINGS
            .iter()
            .any(|magic| magic.starts_with(bytes) || bytes.starts_with(magic))
}

/// Reads one member at a time, and nothing of the others.
fn in_archive(file: &mut (impl Read + Seek)) -> Result<Vec<Event>, Problem> {
    let (mut events, mut bitcode) = (Vec::new(), false);
    let mut bytes = Vec::new();
    for (offset, size) in members(file)? {
        part(file, offset, size, &mut bytes)?;
        match in_object(&bytes) {
            Ok(found) => events.extend(found),
            Err(Problem::Bitcode) => bitcode = true,
            // Members that are not objects are ignored.
            Err(Problem::Nothing(_)) => {}
            Err(problem) => return Err(problem),
        }
    }
    if events.is_empty() && bitcode {
        Err(Problem::Bitcode)
    } else {
        Ok(events)
    }
}

/// Where the members of an archive stand, and how many bytes each has; every one that its symbols are in must be there.
fn members(file: &mut (impl Read + Seek)) -> Result<Vec<(u64, u64)>, Problem> {
    let damaged = |error: object::Error| unreadable(&error.to_string());
    let whole = file.seek(SeekFrom::End(0)).map_err(Problem::Io)?;
    let heads = ReadCache::new(file);
    let archive = ArchiveFile::parse(&heads).map_err(damaged)?;
    if archive.is_thin() {
        return Err(Problem::Nothing(Some(
            "a thin archive only names its members: inspect those".into(),
        )));
    }
    for symbol in archive.symbols().map_err(damaged)?.into_iter().flatten() {
        if symbol.map_err(damaged)?.offset().0 >= whole {
            return Err(unreadable("it ends before its last member"));
        }
    }
    let all = archive
        .members()
        .collect::<Result<Vec<_>, _>>()
        .map_err(damaged)?;
    let ends_inside =
        |member: &ArchiveMember<'_>| member.file_range().0.saturating_add(member.size()) > whole;
    if all.is_empty() {
        return Err(unreadable("it has no members"));
    }
    if all.iter().any(ends_inside) {
        return Err(unreadable("it ends inside a member"));
    }
    Ok(all
        .iter()
        .filter(|member| member.name() != METADATA_MEMBER)
        .map(ArchiveMember::file_range)
        .collect())
}

fn unreadable(what: &str) -> Problem {
    Problem::Damaged(format!("the archive can't be read: {what}"))
}

/// Reads a range of the file, up to its end, into `bytes`.
fn part(
    file: &mut (impl Read + Seek),
    offset: u64,
    size: u64,
    bytes: &mut Vec<u8>,
) -> Result<(), Problem> {
    bytes.clear();
    file.seek(SeekFrom::Start(offset)).map_err(Problem::Io)?;
    file.take(size)
        .read_to_end(bytes)
        .map(drop)
        .map_err(Problem::Io)
}

fn in_object(bytes: &[u8]) -> Result<Vec<Event>, Problem> {
    let object = match object::File::parse(bytes) {
        Ok(object) => object,
        Err(error) if is_surely_an_object(bytes) => {
            return Err(Problem::Damaged(format!(
                "it can't be read as an object: {error}"
            )));
        }
        Err(_) => return elsewhere(bytes),
    };
    let is_for_records = |section: &object::Section<'_, '_>| {
        section.name().is_ok_and(|name| SECTIONS.contains(&name))
    };
    let mut sections = object.sections().filter(is_for_records).peekable();
    if sections.peek().is_none() {
        return anywhere(bytes);
    }
    let mut events = Vec::new();
    for section in sections {
        let data = section.data().map_err(|error| {
            Problem::Damaged(format!(
                "the section of the audit records can't be read: {error}"
            ))
        })?;
        in_section(data, &mut events)?;
    }
    Ok(events)
}

/// COFF objects begin with two bytes that anything may begin with, and some formats are known by name only.
fn is_surely_an_object(bytes: &[u8]) -> bool {
    use FileKind::{Elf32, Elf64, MachO32, MachO64, Pe32, Pe64};
    matches!(
        FileKind::parse(bytes),
        Ok(Elf32 | Elf64 | MachO32 | MachO64 | Pe32 | Pe64)
    )
}

/// In what is no object that we know: WebAssembly, universal binaries, memory dumps.
fn elsewhere(bytes: &[u8]) -> Result<Vec<Event>, Problem> {
    // Bitcode is a stream of bits: some records may stand at whole bytes by luck, and the others would be passed over.
    if BITCODE.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Problem::Bitcode);
    }
    let events = anywhere(bytes)?;
    if events.is_empty() {
        Err(Problem::Nothing(Some(
            "it is neither an object nor an archive".into(),
        )))
    } else {
        Ok(events)
    }
}

/// Every byte of a section belongs to a record, to its frame or to padding: nothing is passed over.
fn in_section(data: &[u8], events: &mut Vec<Event>) -> Result<(), Problem> {
    let mut rest = data;
    loop {
        let start = memmem::find(rest, &MAGIC);
        let gap = after_padding(&rest[..start.unwrap_or(rest.len())]);
        if gap.len() > FRAME || (start.is_none() && !gap.is_empty()) {
            return Err(Problem::Damaged(
                "what stands among the audit records isn't one".into(),
            ));
        }
        let Some(start) = start else { return Ok(()) };
        let (event, len) = read_record(&rest[start..]).map_err(Problem::Record)?;
        events.push(event);
        rest = &rest[start + len..];
    }
}

/// Records wherever they stand.
fn anywhere(bytes: &[u8]) -> Result<Vec<Event>, Problem> {
    let (mut events, mut problem) = (Vec::new(), None);
    let mut rest = bytes;
    while let Some(start) = memmem::find(rest, &MAGIC) {
        rest = match read_record(&rest[start..]) {
            Ok((event, len)) => {
                events.push(event);
                &rest[start + len..]
            }
            Err(error) => {
                let by_accident = matches!(error, ReadError::Format(format) if format == 0 || format > LAST_PLAUSIBLE_FORMAT);
                if !by_accident {
                    problem.get_or_insert(error);
                }
                &rest[start + MAGIC.len()..]
            }
        };
    }
    match problem {
        Some(error) => Err(Problem::Record(error)),
        None => Ok(events),
    }
}

/// The bytes after the padding.
fn after_padding(gap: &[u8]) -> &[u8] {
    let start = gap.iter().position(|byte| *byte != 0).unwrap_or(gap.len());
    &gap[start..]
}

#[cfg(test)]
mod tests;
