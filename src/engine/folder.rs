//! Which folder of the origin becomes which folder of the destination.
//!
//! A pure function from two folder lists and the operator's rules to a table, shown before anything is copied.
//! Promises: the same input gives the same table, in the origin's order and whatever the order the servers list in;
//! a decision once recorded (`previous`) is never changed by folders that appear later; two folders of the origin
//! never end in one folder of the destination unless the operator asked for it, and then both say so; every folder of
//! the origin is either mapped or in the list of the excluded, with the reason.
//!
//! It creates nothing and knows no server by name: what a server refuses is told to it in [`Rules`], or comes back to
//! it through [`fallback`]. It does not compare Unicode normal forms.

mod clean;
mod letters;
mod place;
mod roles;
mod target;
mod tree;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use self::clean::{fallback, rebase};
pub use self::place::map;
pub use self::roles::{Language, Role, RoleSource, of_name as role_of_name};
pub use self::tree::matches;
use crate::imap::name::FolderName;

/// A folder as LIST (or XLIST) and STATUS show it, on either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginFolder {
    /// Its name.
    pub name: FolderName,
    /// The hierarchy separator LIST gave with it; `None` for NIL.
    pub separator: Option<u8>,
    /// Its attributes, backslash included.
    pub attributes: Vec<String>,
    /// Whether it can hold messages.
    pub selectable: bool,
    /// Whether it is subscribed to.
    pub subscribed: bool,
    /// How many messages it holds, where known.
    pub messages: Option<u64>,
}

impl OriginFolder {
    /// Whether it carries an attribute, in any case.
    pub fn has(&self, attribute: &str) -> bool {
        self.attributes
            .iter()
            .any(|known| known.eq_ignore_ascii_case(attribute))
    }

    /// Whether messages can be in it.
    fn holds_mail(&self) -> bool {
        self.selectable && !self.has("\\Noselect") && !self.has("\\NonExistent")
    }
}

/// One of the two mailboxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// All its folders.
    pub folders: Vec<OriginFolder>,
    /// The prefix of the personal namespace, such as `INBOX.`; often empty.
    pub prefix: FolderName,
    /// The separator of the personal namespace; `None` where folders cannot be nested.
    pub separator: Option<u8>,
}

/// What the operator chose, and what the destination is known to refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Folders to leave out: patterns on the name as shown, `*` for anything and `%` for anything within one level.
    pub exclude: Vec<String>,
    /// Name as shown at the origin → path at the destination, levels separated by `/`, without the prefix.
    ///
    /// The operator's word: two folders sent to one path are merged, and noted.
    pub overrides: BTreeMap<String, String>,
    /// The destination does not tell `Trash` from `trash`.
    pub case_insensitive: bool,
    /// Characters the destination does not take in a name.
    pub forbidden: Vec<char>,
    /// Whether the destination takes characters beyond U+FFFF.
    pub emoji: bool,
    /// Top-level names the destination keeps for itself, such as `Files` on Exchange: such a folder gets a number.
    pub reserved: Vec<String>,
    /// The same with what such a folder is called instead, such as `Archive` on IceWarp. Whatever stands there under the
    /// reserved name is never taken for a folder of the mailbox.
    pub instead: Vec<(String, String)>,
    /// Characters with which no top-level name may begin; each is replaced.
    pub forbidden_start: Vec<char>,
    /// The language in which special folders are named when the destination lacks them; `None` keeps their names.
    pub language: Option<Language>,
    /// All folders with one role go to the one folder of that role, instead of only the first.
    pub merge_roles: bool,
    /// Leave out the folders the server itself marks as `\Flagged` or `\Important`: on Gmail and its like they are
    /// views of messages that are in other folders too, and copying them makes every message twice. Default `true`;
    /// never applied when they are all there is.
    pub virtual_views: bool,
    /// Leave out the folder marked `\All` too. Default `false`, because on Gmail archived messages are nowhere else:
    /// only for a caller who reads them another way (X-GM-EXT-1).
    pub all_mail: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            exclude: Vec::new(),
            overrides: BTreeMap::new(),
            case_insensitive: false,
            forbidden: Vec::new(),
            emoji: true,
            reserved: Vec::new(),
            instead: Vec::new(),
            forbidden_start: Vec::new(),
            language: None,
            merge_roles: false,
            virtual_views: true,
            all_mail: false,
        }
    }
}

/// The folder of a mailbox that has a role: by its attributes, else by its name.
pub fn with_role(side: &Side, role: Role) -> Option<&OriginFolder> {
    let rules = Rules::default();
    let found = target::Target::new(side, &rules).with_role(role)?;
    side.folders.iter().find(|folder| folder.name == found.name)
}

impl Rules {
    /// What a top-level name has to be instead; `None` where it may stay.
    fn instead_of(&self, level: &str) -> Option<String> {
        let small = level.to_lowercase();
        let mut kept = self.instead.iter();
        if let Some((_, instead)) = kept.find(|(name, _)| name.to_lowercase() == small) {
            return Some(instead.clone());
        }
        let rest = level.strip_prefix(self.forbidden_start.as_slice())?;
        Some(format!("_{rest}"))
    }
}

/// The whole table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapped {
    /// One per folder that is copied, in the origin's order.
    pub mappings: Vec<Mapping>,
    /// One per folder that is not.
    pub excluded: Vec<Excluded>,
    /// Folders above the mapped ones that neither exist nor are mapped themselves, parents first. Most servers make
    /// them by themselves when a child is created.
    pub parents: Vec<FolderName>,
}

/// Where one folder goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The folder at the origin.
    pub origin: FolderName,
    /// The folder at the destination.
    pub destination: FolderName,
    /// The destination's separator.
    pub separator: Option<u8>,
    /// The role the folder takes there, also for CREATE-SPECIAL-USE.
    pub role: Option<Role>,
    /// Whether it was subscribed to.
    pub subscribed: bool,
    /// Whether it has to be created first.
    pub create: bool,
    /// What a person should know about the choice.
    pub notes: Vec<Note>,
}

/// A folder that is not copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    /// The folder at the origin.
    pub origin: FolderName,
    /// The reason.
    pub why: Exclusion,
}

/// Why a folder is not copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exclusion {
    /// The operator's pattern.
    Pattern(String),
    /// It holds no messages, only other folders.
    Container,
    /// The server shows there messages that are in other folders.
    View(Role),
    /// The same folder is listed under this name too.
    Duplicate(FolderName),
}

/// Something about a mapping that is not evident from the two names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The name was changed.
    Renamed {
        /// The reason.
        why: Rename,
    },
    /// Shares its destination with another folder of the origin, as the operator asked.
    Merged {
        /// The other folder of the origin.
        with: FolderName,
    },
    /// The destination's separator stood inside the name and was replaced.
    SeparatorReplaced,
    /// The destination cannot tell the name from this one, which differs only in case.
    CaseClash {
        /// The other folder: of the origin, or already at the destination.
        with: FolderName,
    },
    /// Characters the destination does not take were replaced.
    IllegalReplaced,
    /// How the role was found.
    RoleFrom(RoleSource),
    /// Would have had a role, which another folder of the origin took.
    RoleTaken {
        /// The folder of the origin that has it.
        by: FolderName,
    },
    /// Levels were joined, because the destination cannot nest folders there.
    Flattened,
    /// The operator chose the destination.
    Chosen,
    /// The destination was decided in an earlier run.
    Recorded,
}

/// Why a name was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rename {
    /// Spaces at its ends were removed.
    Spaces,
    /// A level had no name.
    Empty,
    /// The destination keeps the name for itself.
    Reserved,
    /// The name does not decode; the new one is a guess.
    Undecodable,
    /// A special folder is named in the language chosen.
    Language,
    /// Another folder of the origin goes there.
    Taken {
        /// The folder of the origin that goes there.
        by: FolderName,
    },
}
