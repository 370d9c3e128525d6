//! A name server for tests, on this computer. It knows what it is told, and keeps what it is asked.
//!
//! Stands alone, so that the tests of the whole program can use it too.

use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex};

use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, CNAME, MX, SRV, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record};

const TTL: u32 = 300;

/// What a name server knows.
#[derive(Debug, Default, Clone)]
pub struct Zone {
    records: Vec<(String, RData)>,
    broken: bool,
}

impl Zone {
    pub fn a(self, host: &str) -> Self {
        self.with(host, RData::A(A(Ipv4Addr::LOCALHOST)))
    }

    pub fn hosts(self, hosts: &[&str]) -> Self {
        hosts.iter().fold(self, |zone, host| zone.a(host))
    }

    pub fn cname(self, host: &str, target: &str) -> Self {
        self.with(host, RData::CNAME(CNAME(name(target))))
    }

    pub fn mx(self, domain: &str, preference: u16, host: &str) -> Self {
        self.with(domain, RData::MX(MX::new(preference, name(host))))
    }

    pub fn srv(self, record: &str, order: (u16, u16), port: u16, host: &str) -> Self {
        let srv = SRV::new(order.0, order.1, port, name(host));
        self.with(record, RData::SRV(srv))
    }

    pub fn txt(self, domain: &str, parts: &[&str]) -> Self {
        let parts = parts.iter().map(ToString::to_string).collect();
        self.with(domain, RData::TXT(TXT::new(parts)))
    }

    fn with(mut self, owner: &str, data: RData) -> Self {
        self.records.push((owner.to_owned(), data));
        self
    }

    fn answer(&self, question: &Message) -> Message {
        let metadata = &question.metadata;
        let mut answer = Message::response(metadata.id, metadata.op_code);
        answer.metadata.recursion_desired = true;
        answer.metadata.recursion_available = true;
        let Some(query) = question.queries.first() else {
            return answer;
        };
        answer.queries.push(query.clone());
        if self.broken {
            answer.metadata.response_code = ResponseCode::ServFail;
            return answer;
        }
        let mut owner = shown(query.name());
        let below = format!(".{owner}");
        let known = |(name, _): &(String, RData)| *name == owner || name.ends_with(&below);
        if !self.records.iter().any(known) {
            answer.metadata.response_code = ResponseCode::NXDomain;
            return answer;
        }
        for _ in 0..8 {
            let mut alias = None;
            for (_, data) in self.records.iter().filter(|(name, _)| *name == owner) {
                if let RData::CNAME(target) = data {
                    alias = Some(shown(&target.0));
                } else if data.record_type() != query.query_type() {
                    continue;
                }
                let record = Record::from_rdata(name(&owner), TTL, data.clone());
                answer.answers.push(record);
            }
            match alias {
                Some(alias) => owner = alias,
                None => break,
            }
        }
        answer
    }
}

/// A name server at work, until the tests end.
#[derive(Debug)]
pub struct Names {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Names {
    /// Answers from the zone.
    pub fn serve(zone: Zone) -> Self {
        Self::start(Some(zone))
    }

    /// Hears every question and answers none.
    pub fn silent() -> Self {
        Self::start(None)
    }

    /// Answers every question with a failure of its own.
    pub fn broken() -> Self {
        Self::start(Some(Zone {
            broken: true,
            ..Zone::default()
        }))
    }

    fn start(zone: Option<Zone>) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = asked.clone();
        let _serving = std::thread::spawn(move || {
            let mut packet = [0; 4_096];
            while let Ok((length, from)) = socket.recv_from(&mut packet) {
                let Ok(question) = Message::from_vec(&packet[..length]) else {
                    continue;
                };
                for query in &question.queries {
                    let question = format!("{} {}", query.query_type(), shown(query.name()));
                    heard.lock().unwrap().push(question);
                }
                if let Some(zone) = &zone {
                    let answer = zone.answer(&question).to_vec().unwrap();
                    let _ = socket.send_to(&answer, from);
                }
            }
        });
        Self { address, asked }
    }

    /// Everything asked so far, like `MX cantiere.example`.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn name(text: &str) -> Name {
    Name::from_ascii(format!("{}.", text.trim_end_matches('.'))).unwrap()
}

fn shown(name: &Name) -> String {
    let text = name.to_ascii().to_ascii_lowercase();
    text.trim_end_matches('.').to_owned()
}
