//! How the names of one mailbox are divided into levels, as far as the names themselves tell.

/// The separator and whether everything stands below the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shape {
    pub(super) separator: Option<char>,
    below_inbox: bool,
}

const SEPARATORS: [char; 3] = ['/', '.', '\\'];

impl Shape {
    pub(super) fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let names: Vec<&str> = names.collect();
        let known: std::collections::HashSet<&str> = names.iter().copied().collect();
        // A separator stands between a folder and one that is below it.
        let count = |separator: char| {
            let below = names.iter().filter(|name| {
                name.match_indices(separator)
                    .any(|(at, _)| known.contains(&name[..at]) || is_inbox(&name[..at]))
            });
            below.count()
        };
        let counts = SEPARATORS.map(|separator| (count(separator), separator));
        let most = counts.iter().map(|(count, _)| *count).max().unwrap_or(0);
        let slash = names.iter().any(|name| name.contains('/'));
        let separator = counts
            .iter()
            .find(|(count, _)| *count == most && most > 0)
            .map(|(_, separator)| *separator)
            .or_else(|| slash.then_some('/'));
        let others = || names.iter().filter(|name| !is_inbox(name));
        let below_inbox = separator.is_some_and(|separator| {
            others().next().is_some() && others().all(|name| below(name, separator).is_some())
        });
        Self {
            separator,
            below_inbox,
        }
    }

    /// The levels of a name divided by `/`, without the inbox that everything stands below.
    pub(super) fn path(self, name: &str) -> String {
        if is_inbox(name) {
            return super::INBOX.to_owned();
        }
        let Some(separator) = self.separator else {
            return name.replace('/', "-");
        };
        let own = below(name, separator).filter(|_| self.below_inbox);
        let levels = own.unwrap_or(name).split(separator);
        let plain = |level: &str| {
            if separator == '/' {
                level.to_owned()
            } else {
                level.replace('/', "-")
            }
        };
        levels.map(plain).collect::<Vec<_>>().join("/")
    }
}

fn is_inbox(name: &str) -> bool {
    name.eq_ignore_ascii_case(super::INBOX)
}

fn below(name: &str, separator: char) -> Option<&str> {
    let (first, rest) = name.split_once(separator)?;
    is_inbox(first).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_seen_in_the_names() {
        for (names, name, path) in [
            (&["INBOX", "A", "A/B"][..], "A/B", "A/B"),
            (&["INBOX", "INBOX.Sent", "INBOX.A.B"], "INBOX.A.B", "A/B"),
            (
                &["INBOX", "INBOX.Sent", "Other"],
                "INBOX.Sent",
                "INBOX/Sent",
            ),
            (&["INBOX", "v. 1.2"], "v. 1.2", "v. 1.2"),
            (&["INBOX", "A", "A.B/C"], "A.B/C", "A/B-C"),
            (&["inbox", "Inbox/X"], "inbox", "INBOX"),
        ] {
            assert_eq!(
                Shape::of(names.iter().copied()).path(name),
                path,
                "{names:?}"
            );
        }
    }
}
