//! Where the pieces of one metadata key lie in what its derive rendered: the derives write it, constants read it.

/// What precedes a key in its line of the canonical form.
pub const BEFORE_KEY: &str = "\n      \"";

/// What follows it.
pub const AFTER_KEY: &str = "\": {";

/// Bytes around a key in its line, as a constant of its own: const evaluation pays for each call.
const AROUND_KEY: usize = BEFORE_KEY.len() + AFTER_KEY.len();

/// One key's entry in the table of a metadata struct, in little endian.
#[derive(Clone, Copy, Debug)]
#[repr(C, packed)]
pub struct Leaf {
    /// Where its line begins in the object's schema.
    pub line_at: u32,
    /// Where its record part begins among the others.
    pub note_at: u32,
    /// Bytes in that part.
    pub note_len: u32,
    /// Index of its type, or [`TEXT`](Self::TEXT).
    pub ty: u16,
    /// The limit in characters that an attribute sets.
    pub max_len: u16,
    /// Bytes in the key.
    pub key_len: u8,
    /// [`OPTIONAL`](Self::OPTIONAL) and so on.
    pub attributes: u8,
}

impl Leaf {
    /// Bytes in an entry.
    pub const BYTES: usize = size_of::<Self>();
    /// Text that the derive itself makes, of at most `max_len` characters: no type says more.
    pub const TEXT: u16 = u16::MAX;
    /// An `Option`, by its tokens.
    pub const OPTIONAL: u8 = 1;
    /// `max_len = N` or `truncate = N`.
    pub const LIMITED: u8 = 2;
    /// `strings = "truncate"`.
    pub const CUT_IF_FREE: u8 = 4;
    /// It has a limit, and only the name of its type says that it is text.
    pub const TOLD_TEXT: u8 = 8;

    /// The entry as bytes of the table.
    pub fn to_bytes(self) -> Vec<u8> {
        let Self {
            line_at,
            note_at,
            note_len,
            ty,
            max_len,
            key_len,
            attributes,
        } = self;
        let mut bytes = Vec::with_capacity(Self::BYTES);
        for number in [line_at, note_at, note_len] {
            bytes.extend(number.to_le_bytes());
        }
        for number in [ty, max_len] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend([key_len, attributes]);
        bytes
    }

    /// The entry at `index` of a table.
    ///
    /// # Panics
    /// Where the table ends before it.
    pub const fn read(table: &'static [u8], index: usize) -> Self {
        let from = index * Self::BYTES;
        assert!(
            from + Self::BYTES <= size_of_val(table),
            "audit[A0699]: a bug in audit-macros: a key isn't in the table"
        );
        let table = &raw const *table;
        // SAFETY: as many bytes are readable there, any are valid, and a packed struct lies anywhere.
        let leaf = unsafe { *(&raw const (*table)[from]).cast::<Self>() };
        if cfg!(target_endian = "little") {
            leaf
        } else {
            leaf.swapped()
        }
    }

    const fn swapped(self) -> Self {
        Self {
            line_at: self.line_at.swap_bytes(),
            note_at: self.note_at.swap_bytes(),
            note_len: self.note_len.swap_bytes(),
            ty: self.ty.swap_bytes(),
            max_len: self.max_len.swap_bytes(),
            ..self
        }
    }

    /// Bytes from the line's beginning to behind the property's brace.
    pub const fn line_len(&self) -> usize {
        AROUND_KEY + self.key_len as usize
    }
}
