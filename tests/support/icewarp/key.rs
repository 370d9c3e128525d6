//! The key of the RSA challenge.

use rsa::traits::PublicKeyParts as _;
use rsa::{BoxedUint, Pkcs1v15Encrypt, PrivateKey};

/// Two primes made for this file and used nowhere else.
const P: &str = "c38335e91d8072b897bb010ffbb7f22fed9a8919d016779e763900ff7c64b5772d5420fce767b616e8fdd1fb9a3fa9a0fe50cf15a48a01d30c8ef44dfadce4628e8b6a63a9029b6dc98503824b365b489dc16a01a7d1204cb759e38853fc895dc36b4c1b1ec3398373f7b1e9f5b09616433e8dc376067656eb7cca4ff3fb496f";
const Q: &str = "bb86d34fb6c0a3d1fc26d5fe690d064ca9eec5cd599ae6c46ddaadd2f9222d548e23e64159b634bddf0dabb880243ff5e44669732777b51b087bbc26a5697fdef3151616ef9606f61fa6bfffe8b80aa094dbdb8fcc14b6b1e5e2d6087c8fea9bbb591079b5efc06aa610130e571490e4f24c32dd99242102d473beb5857143bd";

fn pair() -> PrivateKey {
    let prime = |digits: &str| BoxedUint::from_be_hex(digits, 1024).into_option().unwrap();
    PrivateKey::from_p_q(prime(P), prime(Q), BoxedUint::from(65_537_u64)).unwrap()
}

pub fn modulus() -> String {
    pair().n().to_string_radix_vartime(16)
}

pub fn decrypt(digest: &str) -> String {
    let octets: Vec<u8> = (0..digest.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digest[at..at + 2], 16).unwrap())
        .collect();
    String::from_utf8(pair().decrypt(Pkcs1v15Encrypt, &octets).unwrap()).unwrap()
}

pub fn decoded(text: &str) -> String {
    let mut octets = Vec::new();
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        octets.push(if octet == b'%' {
            let pair = [rest.next().unwrap(), rest.next().unwrap()];
            u8::from_str_radix(std::str::from_utf8(&pair).unwrap(), 16).unwrap()
        } else {
            octet
        });
    }
    String::from_utf8(octets).unwrap()
}
