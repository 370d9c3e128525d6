use super::*;
use proptest::prelude::*;
use tokio::io::duplex;

/// All lines and bodies that come out of these octets, sent in pieces of the given sizes.
async fn items(octets: Vec<u8>, pieces: Vec<usize>) -> (Vec<Vec<u8>>, Vec<Vec<u8>>, Option<Error>) {
    let (near, mut far) = duplex(1 << 20);
    let _sending = tokio::spawn(async move {
        let mut rest = &octets[..];
        for piece in pieces.into_iter().chain(std::iter::repeat(usize::MAX)) {
            if rest.is_empty() {
                break;
            }
            let (now, later) = rest.split_at(piece.clamp(1, rest.len()));
            far.write_all(now).await.unwrap();
            tokio::task::yield_now().await;
            rest = later;
        }
    });
    let (mut reader, _writer) = open(Box::new(near), Duration::from_secs(5));
    let (mut lines, mut bodies) = (Vec::new(), Vec::new());
    loop {
        match reader.advance().await {
            Ok(Step::Line) => lines.push(reader.line().to_vec()),
            Ok(Step::Body(_)) => {
                let mut body = Vec::new();
                loop {
                    match reader.body_chunk().await {
                        Ok(Some(chunk)) => body.extend_from_slice(chunk),
                        Ok(None) => break,
                        Err(error) => return (lines, bodies, Some(error)),
                    }
                }
                bodies.push(body);
            }
            Err(error) => return (lines, bodies, Some(error)),
        }
    }
}

const TALK: &[u8] = b"* OK text may end in {5}\r\n\
    * 1 FETCH (UID 7 BODY[] {12}\r\nbody {3}\r\nab FLAGS (\\Seen))\r\n\
    * LIST () \"/\" {5}\r\na\r\nb{\r\n\
    * 2 FETCH (BODY[]<0> {0}\r\n UID 8)\r\n\
    * 3 FETCH (UID 9 RFC822 {2+}\r\nxy)\r\n\
    a1 OK done {3}\n";

#[tokio::test]
async fn bodies_are_lifted_out_and_other_literals_stay() {
    let (lines, bodies, end) = items(TALK.to_vec(), vec![]).await;
    assert_eq!(lines.len(), 6);
    assert_eq!(
        lines[1],
        b"* 1 FETCH (UID 7 BODY[] {0}\r\n FLAGS (\\Seen))\r\n"
    );
    assert_eq!(lines[2], b"* LIST () \"/\" {5}\r\na\r\nb{\r\n");
    assert_eq!(lines[5], b"a1 OK done {3}\r\n");
    assert_eq!(bodies, [&b"body {3}\r\nab"[..], b"", b"xy"]);
    assert!(matches!(end, Some(Error::Closed(_))));
}

#[tokio::test]
async fn a_body_cut_short_is_closed() {
    let (lines, bodies, end) = items(b"* 1 FETCH (BODY[] {10}\r\nabc".to_vec(), vec![]).await;
    assert!(lines.is_empty() && bodies.is_empty());
    assert!(matches!(end, Some(Error::Closed(_))));
}

#[tokio::test]
async fn a_line_without_end_is_refused() {
    let (mut near_end, far) = {
        let (near, far) = duplex(1 << 20);
        (open(Box::new(near), Duration::from_secs(5)), far)
    };
    let _flood = tokio::spawn(async move {
        let mut far = far;
        let piece = vec![b'x'; 1 << 20];
        while far.write_all(&piece).await.is_ok() {}
    });
    assert!(matches!(
        near_end.0.advance().await,
        Err(Error::Protocol(_))
    ));
}

#[tokio::test]
async fn compression_carries_both_ways() {
    let (near, far) = duplex(1 << 16);
    let (mut reader, mut writer) = open(Box::new(near), Duration::from_secs(5));
    let (mut peer_reader, mut peer_writer) = open(Box::new(far), Duration::from_secs(5));
    compress(&mut reader, &mut writer).unwrap();
    compress(&mut peer_reader, &mut peer_writer).unwrap();
    for round in 0..3 {
        writer
            .write(format!("* {round} EXISTS\r\n").as_bytes())
            .await
            .unwrap();
        writer.flush().await.unwrap();
        assert_eq!(peer_reader.advance().await.unwrap(), Step::Line);
        assert_eq!(
            peer_reader.line(),
            format!("* {round} EXISTS\r\n").as_bytes()
        );
        peer_writer.write(b"a OK\r\n").await.unwrap();
        peer_writer.flush().await.unwrap();
        assert_eq!(reader.advance().await.unwrap(), Step::Line);
    }
}

proptest! {
    #[test]
    fn any_split_of_the_octets_gives_the_same_items(pieces in proptest::collection::vec(1_usize..9, 0..120)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let whole = runtime.block_on(items(TALK.to_vec(), vec![]));
        let split = runtime.block_on(items(TALK.to_vec(), pieces));
        prop_assert_eq!(whole.0, split.0);
        prop_assert_eq!(whole.1, split.1);
    }

    #[test]
    fn no_octets_make_it_panic(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let _ = runtime.block_on(items(octets, vec![]));
    }
}
