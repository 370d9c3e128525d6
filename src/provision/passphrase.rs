//! Passwords nobody chose: what an account is made with before it gets its own.
//!
//! Promises: drawn from the system's randomness, and within every policy IceWarp knows: long, mixed case, digits, a
//! special character, and nothing of the person in it. Deliberately absent: being remembered.

use secrecy::SecretString;

/// Characters of one; beyond what any policy asks.
const LENGTH: usize = 24;
/// Without those that are mistaken for each other.
const SMALL: &[u8] = b"abcdefghijkmnpqrstuvwxyz";
const LARGE: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const DIGITS: &[u8] = b"23456789";
/// Special to a policy, and to no parser.
const SPECIAL: &[u8] = b"-_.!";
/// Draws before it is given up to keep clear of all words.
const DRAWS: usize = 4_000;

/// A password in which none of these words stands, whatever their case.
pub(crate) fn random<'a>(
    without: impl IntoIterator<Item = &'a str>,
) -> Result<SecretString, getrandom::Error> {
    let without: Vec<String> = without
        .into_iter()
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let mut drawn = draw()?;
    for _ in 1..DRAWS {
        let lower = drawn.to_lowercase();
        if !without.iter().any(|word| lower.contains(word)) {
            break;
        }
        drawn = draw()?;
    }
    Ok(drawn.into())
}

fn draw() -> Result<String, getrandom::Error> {
    let all = [SMALL, LARGE, DIGITS, SPECIAL].concat();
    let mut password = String::with_capacity(LENGTH);
    // The first four see to it that each class is there; where they stand tells nothing.
    for at in 0..LENGTH {
        let from = match at {
            0 => SMALL,
            1 => DIGITS,
            2 => SPECIAL,
            3 => LARGE,
            _ => &all,
        };
        password.push(char::from(from[below(from.len())?]));
    }
    Ok(password)
}

/// An evenly drawn number below `bound`, which is at most 256.
fn below(bound: usize) -> Result<usize, getrandom::Error> {
    let fair = 256 - 256 % bound;
    loop {
        let mut octet = [0];
        getrandom::fill(&mut octet)?;
        let drawn = usize::from(octet[0]);
        if drawn < fair {
            return Ok(drawn % bound);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use secrecy::ExposeSecret as _;

    #[test]
    fn it_follows_every_policy_and_is_never_the_same() {
        let mut seen = HashSet::new();
        for _ in 0..200 {
            let password = random(["anna.rossi", "a", "Z", ""]).unwrap();
            let password = password.expose_secret();
            for class in [SMALL, LARGE, DIGITS, SPECIAL] {
                assert!(
                    password.bytes().any(|octet| class.contains(&octet)),
                    "{password}"
                );
            }
            assert_eq!(password.len(), LENGTH);
            assert!(!password.to_lowercase().contains(['a', 'z']), "{password}");
            assert!(seen.insert(password.to_owned()));
        }
    }
}
