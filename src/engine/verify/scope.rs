//! How much of a mailbox is read back (field.md E6), and which messages.
//!
//! Promises: a sample is random, without repetition, and the same again for the recorded seed.

use std::collections::{BTreeSet, HashMap};

use crate::engine::Level;
use crate::engine::copy::journal_trouble;
use crate::engine::mailbox::Mailbox;
use crate::engine::progress::Count;
use crate::journal::FolderRow;
use crate::trouble::Trouble;

/// Below this many octets a mailbox is read back whole, whatever the sample.
const SMALL_MAILBOX: u64 = 2_000_000_000;

/// What is read back of one mailbox.
pub(super) struct Scope {
    pub(super) level: Level,
    /// Per folder, the positions (in order of UID) that are read back in full; `None`: all of them.
    pub(super) chosen: Option<HashMap<i64, BTreeSet<u64>>>,
    pub(super) seed: u64,
}

/// Which messages are read back in full.
pub(super) async fn scope(
    mailbox: &Mailbox,
    folders: &[FolderRow],
    level: Level,
) -> Result<Scope, Trouble> {
    let journal = &mailbox.shared.request.journal;
    let (mut counts, mut octets) = (Vec::new(), 0);
    for folder in folders {
        let (count, size) = journal
            .copy_count(folder.id, folder.uid_validity)
            .await
            .map_err(|error| journal_trouble(&error))?;
        counts.push((folder.id, count));
        octets += size;
    }
    let total: u64 = counts.iter().map(|(_, count)| count).sum();
    let seed = getrandom::u64().unwrap_or(0x5eed);
    let chosen = match level {
        Level::Full => None,
        Level::Sample(_) if octets < SMALL_MAILBOX => None,
        Level::Present => Some(HashMap::new()),
        Level::Sample(count) => Some(choose(&counts, total, u64::from(count), seed)),
    };
    let full = chosen.as_ref().map_or(total, |chosen| {
        chosen.values().map(|some| some.len() as u64).sum()
    });
    mailbox.meter.set(
        Count::Listed,
        if level == Level::Present { total } else { full },
    );
    mailbox.meter.set(
        Count::OctetsListed,
        if chosen.is_none() { octets } else { 0 },
    );
    Ok(Scope {
        level,
        chosen,
        seed,
    })
}

/// A random sample without repetition, the same for the same seed.
fn choose(
    counts: &[(i64, u64)],
    total: u64,
    wanted: u64,
    seed: u64,
) -> HashMap<i64, BTreeSet<u64>> {
    let mut picked = BTreeSet::new();
    let mut state = seed;
    while (picked.len() as u64) < wanted.min(total) {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let _ = picked.insert((mixed ^ (mixed >> 31)) % total);
    }
    let mut chosen: HashMap<i64, BTreeSet<u64>> = HashMap::new();
    let mut begin = 0;
    for (folder, count) in counts {
        for index in picked.range(begin..begin + count) {
            let _ = chosen.entry(*folder).or_default().insert(index - begin);
        }
        begin += count;
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_as_large_as_asked_without_repetition_and_spread_over_folders() {
        let counts = [(1, 1_000), (2, 0), (3, 3_000)];
        let chosen = choose(&counts, 4_000, 300, 7);
        assert_eq!(chosen.values().map(BTreeSet::len).sum::<usize>(), 300);
        assert!(chosen[&1].iter().all(|index| *index < 1_000));
        assert!(chosen[&3].len() > chosen[&1].len());
        assert_eq!(chosen, choose(&counts, 4_000, 300, 7));
        assert_eq!(
            choose(&counts, 4_000, 9_999, 7)
                .values()
                .map(BTreeSet::len)
                .sum::<usize>(),
            4_000
        );
    }
}
