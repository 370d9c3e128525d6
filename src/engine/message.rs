//! What a message is to us: octets, two digests, a verdict about its copy, its date and its flags.
//!
//! Promises: everything here is a pure function of its arguments; a message of any size is digested in bounded memory;
//! the two digests never depend on how the octets were cut into pieces; nothing is forgiven that is not written in
//! `normal` or [`compare`].
//!
//! It deliberately changes no message: normal form exists only inside a digest. It reads no mailbox and knows no clock.

pub mod compare;
pub mod date;
pub mod digest;
pub mod flags;
pub mod header;
mod normal;
mod parts;

pub use self::compare::{Class, Comparison, Reason, classify};
pub use self::date::{DateSource, fallback_date, instant, internal_date, valid_internal_date};
pub use self::digest::{Digest, Digester, Digests, digest};
pub use self::flags::{Flags, translate_flags};
pub use self::header::{header_of, is_signed};
