//! The header of a message cut into fields, and the few questions asked of it.
//!
//! Fields are octets: nothing is decoded and nothing is dropped. It does not parse addresses or MIME.

/// The header section of a message, the blank line included; all of it when there is no blank line.
pub fn header_of(message: &[u8]) -> &[u8] {
    let mut end = 0;
    for line in message.split_inclusive(|&octet| octet == b'\n') {
        end += line.len();
        if line.ends_with(b"\n") && line.iter().all(|octet| matches!(octet, b'\r' | b'\n')) {
            break;
        }
    }
    &message[..end]
}

/// Whether a message carries a signature that any change would break, or is Italian certified mail (PEC).
pub fn is_signed(header: &[u8]) -> bool {
    fields(header)
        .iter()
        .any(|field| match field.name.to_ascii_lowercase().as_str() {
            "content-type" => {
                let kind = field.value().trim_start().to_ascii_lowercase();
                [
                    "multipart/signed",
                    "application/pkcs7-mime",
                    "application/x-pkcs7-mime",
                ]
                .iter()
                .any(|signed| kind.starts_with(signed))
            }
            "x-riferimento-message-id" | "x-trasporto" | "x-ricevuta" | "x-tiporicevuta" => true,
            _ => false,
        })
}

/// One field with its continuation lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field<'x> {
    /// The name as written; empty for a line that has none.
    pub name: String,
    /// The whole field, line ends included.
    pub octets: &'x [u8],
}

impl Field<'_> {
    /// What follows the colon, unfolded.
    pub fn value(&self) -> String {
        let value = self
            .octets
            .iter()
            .position(|&octet| octet == b':')
            .map_or(self.octets, |at| &self.octets[at + 1..]);
        String::from_utf8_lossy(value).replace(['\r', '\n'], "")
    }

    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The fields in order; the blank line is not one of them.
pub(super) fn fields(header: &[u8]) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let (mut start, mut end) = (0, 0);
    for line in header.split_inclusive(|&octet| octet == b'\n') {
        let blank = line.iter().all(|octet| matches!(octet, b'\r' | b'\n'));
        let continues = end > start && matches!(line.first(), Some(b' ' | b'\t'));
        if !continues {
            if end > start {
                fields.push(field(&header[start..end]));
            }
            start = end;
        }
        if blank {
            return fields;
        }
        end += line.len();
    }
    if end > start {
        fields.push(field(&header[start..end]));
    }
    fields
}

fn field(octets: &[u8]) -> Field<'_> {
    let name = octets
        .iter()
        .position(|&octet| octet == b':')
        .map_or(&[][..], |at| &octets[..at]);
    Field {
        name: String::from_utf8_lossy(name).trim().to_owned(),
        octets,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_ends_at_the_blank_line() {
        assert_eq!(header_of(b"A: b\r\n\r\nbody\r\n\r\n"), b"A: b\r\n\r\n");
        assert_eq!(header_of(b"A: b\n\nbody"), b"A: b\n\n");
        assert_eq!(header_of(b"A: b"), b"A: b");
        assert_eq!(header_of(b"\r\nbody"), b"\r\n");
        assert_eq!(header_of(b""), b"");
    }

    #[test]
    fn fields_keep_their_continuations() {
        let found = fields(b"A: b\r\n c\r\nnonsense\r\nD:e\r\n\r\nF: g\r\n");
        let names: Vec<&str> = found.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["A", "", "D"]);
        assert_eq!(found[0].value(), " b c");
        assert_eq!(found[2].octets, b"D:e\r\n");
    }

    #[test]
    fn signed_and_certified_mail_is_recognised() {
        for header in [
            "Content-Type:\r\n multipart/Signed; micalg=x\r\n",
            "content-type: application/pkcs7-mime; smime-type=signed-data\r\n",
            "X-Ricevuta: avvenuta-consegna\r\n",
            "X-Trasporto: posta-certificata\r\n",
            "X-Riferimento-Message-ID: <a@b>\r\n",
        ] {
            assert!(is_signed(header.as_bytes()), "{header}");
        }
        assert!(!is_signed(
            b"Content-Type: multipart/mixed\r\n\r\nX-Ricevuta: no\r\n"
        ));
    }
}
