//! Flags as letters at the end of a file's name (`:2,FS`), and which letters a folder's keywords have.
//!
//! Promises: what Dovecot understands is written as Dovecot does, with `dovecot-keywords` for the letters `a` to `z`;
//! keywords beyond these, and spellings that differ in capitals only, are left to the index. Windows, and disks that it
//! writes too, take no `:` in a name: there it is `;2,`, and both are read everywhere.

use std::fs;
use std::io;
use std::path::Path;

use super::disk;

/// The file that says which keyword has which letter.
const FILE: &str = "dovecot-keywords";
/// What stands before the letters, and where that is refused.
const MARKS: [&str; 2] = [":2,", ";2,"];
/// Letters, in the order in which they stand in a name.
const SYSTEM: [(char, &str); 5] = [
    ('D', "\\Draft"),
    ('F', "\\Flagged"),
    ('R', "\\Answered"),
    ('S', "\\Seen"),
    ('T', "\\Deleted"),
];

/// The system flags, as IMAP lists them.
pub(super) fn system() -> impl Iterator<Item = &'static str> {
    SYSTEM.iter().map(|(_, flag)| *flag)
}

/// The usual spelling of a flag; `None` where nobody may set it.
pub(super) fn usual(given: &str) -> Option<String> {
    match system().find(|flag| flag.eq_ignore_ascii_case(given)) {
        Some(flag) => Some(flag.to_owned()),
        None => (!given.starts_with('\\')).then(|| given.to_owned()),
    }
}

/// Moves a file into its place in `cur`, under its name with these letters; answers the end of the name.
pub(super) fn put(from: &Path, cur: &Path, base: &str, letters: &str) -> io::Result<String> {
    let mut refused = None;
    for mark in MARKS.iter().skip(usize::from(cfg!(windows))) {
        let suffix = format!("{mark}{letters}");
        match fs::rename(from, cur.join(format!("{base}{suffix}"))) {
            Ok(()) => return Ok(suffix),
            Err(error) if disk::refuses_name(&error) => refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(refused.unwrap_or_else(|| io::ErrorKind::InvalidFilename.into()))
}

/// A file's name without its flags, and the flags with what stands before them.
pub(super) fn split(name: &str) -> (&str, &str) {
    let at = name.find([':', ';']).filter(|at| {
        let tail = &name[*at..];
        tail.starts_with(':') || tail.starts_with(";2,")
    });
    name.split_at(at.unwrap_or(name.len()))
}

/// The keywords of one folder; the first has the letter `a`.
#[derive(Debug, Default)]
pub(super) struct Keywords {
    names: Vec<String>,
    changed: bool,
}

impl Keywords {
    pub(super) fn read(dir: &Path) -> io::Result<Self> {
        let mut names = vec![String::new(); 26];
        for line in disk::text(&dir.join(FILE))?.lines() {
            if let Some((number, name)) = line.split_once(' ')
                && let Some(place) = number.parse().ok().and_then(|at: usize| names.get_mut(at))
            {
                name.clone_into(place);
            }
        }
        Ok(Self {
            names,
            changed: false,
        })
    }

    /// Makes new letters durable; to be done before a name with one is on the disk.
    pub(super) fn save(&mut self, dir: &Path) -> io::Result<()> {
        if self.changed {
            let lines = self.names.iter().enumerate();
            let lines = lines.filter(|(_, name)| !name.is_empty());
            let lines: Vec<_> = lines.map(|(at, name)| format!("{at} {name}\n")).collect();
            let text = lines.concat();
            disk::replace(&dir.join(FILE), text.as_bytes())?;
            self.changed = false;
        }
        Ok(())
    }

    /// All keywords with a letter.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.names.iter().map(String::as_str);
        names.filter(|name| !name.is_empty())
    }

    /// The flags that the end of a name means.
    pub(super) fn flags(&self, suffix: &str) -> Vec<String> {
        let letters = suffix.get(3..).unwrap_or_default().chars();
        let flags = letters.filter_map(|letter| {
            let system = SYSTEM.iter().find(|(known, _)| *known == letter);
            let keyword = || {
                let at = u32::from(letter).checked_sub(u32::from('a'))?;
                let name = self.names.get(at as usize)?;
                (!name.is_empty()).then_some(name.as_str())
            };
            system.map(|(_, flag)| *flag).or_else(keyword)
        });
        flags.map(str::to_owned).collect()
    }

    /// The letters that mean these flags, and the keywords that have none.
    pub(super) fn letters(&mut self, flags: &[String]) -> (String, Vec<String>) {
        let (mut letters, mut others) = (Vec::new(), Vec::new());
        for flag in flags {
            let system = SYSTEM.iter().find(|(_, known)| known == flag);
            match system.map(|(letter, _)| *letter) {
                Some(letter) => letters.push(letter),
                None => match self.letter(flag) {
                    Some(letter) => letters.push(letter),
                    None => others.push(flag.clone()),
                },
            }
        }
        letters.sort_unstable();
        letters.dedup();
        (String::from_iter(letters), others)
    }

    /// The letter of a keyword; it gets one where there is one left.
    fn letter(&mut self, keyword: &str) -> Option<char> {
        let same = |name: &String| name.eq_ignore_ascii_case(keyword);
        let known = self.names.iter().position(same);
        let at = known.or_else(|| self.names.iter().position(String::is_empty))?;
        if known.is_none() {
            keyword.clone_into(&mut self.names[at]);
            self.changed = true;
        }
        let letter = char::from_u32(u32::from('a') + u32::try_from(at).ok()?);
        letter.filter(|_| self.names[at] == keyword)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn flags_go_into_the_name_and_come_back() {
        let dir = tempfile::tempdir().unwrap();
        let mut keywords = Keywords::read(dir.path()).unwrap();
        let flags = words("\\Seen \\Answered $Forwarded Progetto");
        let (letters, others) = keywords.letters(&flags);
        assert_eq!((&*letters, others.len()), ("RSab", 0));
        keywords.save(dir.path()).unwrap();
        let text = std::fs::read_to_string(dir.path().join(FILE)).unwrap();
        assert_eq!(text, "0 $Forwarded\n1 Progetto\n");
        let again = Keywords::read(dir.path()).unwrap();
        let read = again.flags(":2,RSab");
        assert_eq!(read, words("\\Answered \\Seen $Forwarded Progetto"));
    }

    #[test]
    fn what_has_no_letter_is_left_over_not_lost() {
        let dir = tempfile::tempdir().unwrap();
        let mut keywords = Keywords::read(dir.path()).unwrap();
        let many: Vec<String> = (0..30).map(|n| format!("k{n}")).collect();
        assert_eq!(keywords.letters(&many).1, &many[26..]);
        // Dovecot does not tell these apart.
        assert_eq!(keywords.letters(&words("K3 k3")).1, ["K3"]);
    }

    #[test]
    fn both_ways_of_writing_flags_are_read() {
        for (name, base, suffix) in [
            ("1.a,S=3:2,FS", "1.a,S=3", ":2,FS"),
            ("1.a;2,S", "1.a", ";2,S"),
            ("1.a;x", "1.a;x", ""),
            ("1.a", "1.a", ""),
        ] {
            assert_eq!(split(name), (base, suffix));
        }
    }
}
