//! A thousand accounts.

use std::time::{Duration, Instant};

use futures::StreamExt as _;
use traghetto::provision::icewarp::Icewarp;
use traghetto::provision::{Provisioner as _, Standing, Wanted};

use crate::support::icewarp::{Simulator, World};
use crate::{client, make, wanted};

const ALL: usize = 1_000;

fn people() -> Vec<Wanted> {
    let alias = |number: usize| format!("u.{number}");
    (0..ALL)
        .map(|number| wanted(&format!("u{number}"), &[&alias(number)]))
        .collect()
}

/// Makes those that are missing, as the engine does; answers how many were made.
async fn make_missing(client: &Icewarp, people: &[Wanted]) -> usize {
    let each = futures::stream::iter(people).map(|one| async move {
        match client.look(one).await.unwrap() {
            Standing::Missing => {
                make(client, one).await.unwrap();
                1
            }
            Standing::Exists(differences) => {
                assert_eq!(differences, []);
                0
            }
        }
    });
    each.buffer_unordered(client.at_once())
        .fold(0, |sum, one| async move { sum + one })
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_accounts_are_made_at_bounded_concurrency_and_the_rest_after_a_stop() {
    let mut world = World::new();
    world.faults.latency = Duration::from_millis(2);
    let simulator = Simulator::start(world).await;
    let people = people();
    // Stopped in the middle: whatever is under way is dropped.
    let first = client(&simulator);
    let stopped =
        tokio::time::timeout(Duration::from_millis(1_500), make_missing(&first, &people)).await;
    // What was dropped is still being answered.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let peak = simulator.with(|world| std::mem::take(&mut world.busy.1));
    assert!((2..=4).contains(&peak), "{peak} at once");
    drop(first);
    tokio::time::sleep(Duration::from_millis(200)).await;
    let before = simulator.with(|world| world.accounts.len());
    println!("{before} accounts when stopped ({stopped:?})");
    let second = client(&simulator);
    // Those that were under way are half made: the engine, which wrote that down, finishes them.
    for one in &people {
        let half = simulator
            .account(&one.address)
            .is_some_and(|account| account.passwords == 0);
        if half {
            second
                .set_password(one, &crate::PASSWORD.into())
                .await
                .unwrap();
        }
    }
    let began = Instant::now();
    let made = make_missing(&second, &people).await;
    println!("{made} accounts in {:?}", began.elapsed());
    simulator.with(|world| {
        assert_eq!(world.accounts.len(), ALL);
        assert!(
            world
                .accounts
                .values()
                .all(|account| account.passwords == 1)
        );
        assert!((2..=4).contains(&world.busy.1), "{} at once", world.busy.1);
    });
    // An account may have been made between the stop and the count.
    assert!(
        (ALL - before).abs_diff(made) <= 4,
        "{made} made after {before}"
    );
    assert_eq!(make_missing(&second, &people).await, 0);
    let wrong = simulator.with(|world| {
        world
            .calls
            .iter()
            .filter(|call| *call == "authenticate")
            .count()
    });
    assert_eq!(wrong, 2);
}
