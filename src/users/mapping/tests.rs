use super::*;
use crate::users::sheet::read;

fn table(text: &str) -> Table {
    read(text.as_bytes(), "x.csv").unwrap()
}

/// The columns as letters, with `!` where the first row is a header and `?` where it is not sure.
fn show(mapping: &Mapping) -> String {
    let letter = |field: &Field| match field {
        Field::Login => 'L',
        Field::Password => 'P',
        Field::Address => 'A',
        Field::DestinationLogin => 'l',
        Field::DestinationPassword => 'p',
        Field::FirstName => 'f',
        Field::LastName => 's',
        Field::FullName => 'n',
        Field::Aliases => 'a',
        Field::Group => 'g',
        Field::Ignored => '-',
    };
    let mut text: String = mapping.columns.iter().map(letter).collect();
    text.push_str(if mapping.header { "!" } else { "" });
    text.push_str(if mapping.sure { "" } else { "?" });
    text
}

#[test]
fn names_of_columns_are_known_in_both_languages() {
    let cases: &[(Field, &[&str])] = &[
        (
            Field::Login,
            &[
                "utente",
                "Nome utente",
                "USER",
                "username",
                "User Name",
                "user_name",
                "login",
                "account",
                "accesso",
                "Utente di origine",
                "utente (vecchio)",
                "login origine",
                "origin-login",
                "user1",
                "sAMAccountName",
                "E-mail di origine",
                "old email",
                "Nome utente*",
                " utente ",
            ],
        ),
        (
            Field::Password,
            &[
                "password",
                "Password:",
                "PWD",
                "pass",
                "Parola chiave",
                "parola d’ordine",
                "password1",
                "Password origine",
                "vecchia password",
                "Password [Required]",
                "passwd",
                "psw",
            ],
        ),
        (
            Field::Address,
            &[
                "e-mail",
                "E-Mail",
                "email",
                "Mail",
                "indirizzo",
                "Indirizzo e-mail",
                "casella",
                "Casella di posta",
                "alias@domain",
                "Indirizzo a destinazione",
                "nuovo indirizzo",
                "new e-mail",
                "Email Address [Required]",
                "mailbox",
                "posta elettronica",
                "userPrincipalName",
            ],
        ),
        (
            Field::Aliases,
            &[
                "alias",
                "Alias(es)",
                "Alias e-mail",
                "aliases",
                "Indirizzi aggiuntivi",
                "Indirizzi e-mail aggiuntivi",
                "Altri indirizzi",
                "Additional addresses",
                "alias 2",
            ],
        ),
        (
            Field::Group,
            &["gruppo", "Group", "Gruppo di migrazione", "batch"],
        ),
        (
            Field::DestinationLogin,
            &[
                "destination login",
                "utente destinazione",
                "nuovo utente",
                "user2",
                "new_user",
                "destination",
                "Destinazione",
                "Login a destinazione",
                "destination-username",
            ],
        ),
        (
            Field::DestinationPassword,
            &[
                "nuova password",
                "new password",
                "password2",
                "Password destinazione",
                "destination-password",
            ],
        ),
        (
            Field::FirstName,
            &["nome", "First Name [Required]", "givenName"],
        ),
        (Field::LastName, &["cognome", "Last name", "surname", "sn"]),
        (
            Field::FullName,
            &[
                "Nome e cognome",
                "nominativo",
                "display name",
                "name",
                "Cognome Nome",
            ],
        ),
        (
            Field::Ignored,
            &["quota", "Quota (MB)", "note", "N.", "reparto"],
        ),
    ];
    for (expected, names) in cases {
        for name in *names {
            assert_eq!(field(name), Some(*expected), "{name}");
        }
    }
    for name in [
        "",
        "-",
        "mario",
        "mario@example.it",
        "Kennwort",
        "1",
        "2",
        "segreta",
        "città",
    ] {
        assert_eq!(field(name), None, "{name}");
    }
}

#[test]
fn a_header_says_what_the_columns_are() {
    for (header, expected) in [
        ("utente;password;indirizzo", "LPA!"),
        ("Indirizzo;Password;Utente", "APL!"),
        ("nome;cognome;email;password;quota", "fsAP-!"),
        ("Nome;E-mail;Password", "nAP!"),
        ("email;password", "AP!"),
        ("email;password;alias@domain", "LPA!"),
        ("user1;password1;user2;password2", "LPlp!"),
        ("E-mail origine;Password;E-mail destinazione", "LPA!"),
        ("utente;password;destinazione;nuova password", "LPlp!"),
        ("e-mail;quota", "A-!"),
        ("utente;password;Reparto interno", "LP-!"),
        // In doubt.
        ("email;Kennwort", "AP!?"),
        ("utente;Kennwort;Geheimnis", "L--!?"),
        ("utente;password;password", "LP-!?"),
        ("utente;email;mail;password", "LA-P!?"),
        ("utente;email;alias;password", "LAaP!"),
        ("password;nome", "Pn!?"),
    ] {
        let row = header
            .split(';')
            .map(|_| "x1")
            .collect::<Vec<_>>()
            .join(";");
        let mapping = guess(&table(&format!("{header}\n{row}\n")));
        assert_eq!(show(&mapping), expected, "{header}");
    }
}

#[test]
fn without_a_header_the_contents_decide() {
    for (rows, expected) in [
        ("anna;segreta;anna@a.it\nbruno;Giusta1;bruno@a.it", "LPA"),
        ("anna@a.it;S3greta!;anna\nb@a.it;x y;b", "APL"),
        (
            "anna@old.it;S3greta!;anna@new.it\nb@old.it;segreta;b@new.it",
            "LPA",
        ),
        ("anna@a.it;S3greta!\nbruno@a.it;segreta", "AP"),
        ("S3greta!;anna@a.it\nx y;bruno@a.it", "PA"),
        ("anna;S3greta!\nbruno;x y", "LP"),
        ("anna;uguale\nbruno;uguale", "LP"),
        // A comma for a dot does not make an address something else.
        ("anna@a,it;S3g;anna\nbruno@a.it;X;bruno", "APL"),
        (
            "anna;p@ss.w;anna@a.it\nbruno;Giusta1;bruno@a.it\ncarla;x;carla@a.it",
            "LPA",
        ),
        // In doubt.
        ("anna;segreta\nbruno;giusta", "LP?"),
        ("anna@a.it;segreta\nbruno@a.it;giusta", "AP?"),
        ("u001;anna;anna@a.it\nu002;bruno;bruno@a.it", "PLA?"),
        ("anna;anna.rossi@a.it\nbruno;bruno.verdi@a.it", "LA?"),
        ("anna@a.it;anna@b.it\nbruno@a.it;bruno@b.it", "LA?"),
        (
            "anna;Anna Rossi;S3g;anna@a.it\nb;Bruno Verdi;X;b@a.it",
            "LP-A?",
        ),
        (
            "Anna;Rossi;anna@a.it;S3g\nBruno;Verdi;bruno@a.it;X",
            "LP A-?",
        ),
    ] {
        let mapping = guess(&table(rows));
        let expected = expected.replace(' ', "");
        assert_eq!(show(&mapping), expected, "{rows} {:?}", mapping.why);
    }
}

#[test]
fn a_first_row_of_unknown_names_is_not_taken_for_an_account() {
    let mapping = guess(&table(
        "Benutzer;Kennwort;Adresse\nanna;X;anna@a.it\nbruno;Y;bruno@a.it\n",
    ));
    assert_eq!(show(&mapping), "LPA!?");
    let table = table("Benutzer;Kennwort;Adresse\nanna;X;anna@a.it\n");
    assert!(given(&table, vec![Field::Login]).header);
    // But somebody's password may be a word for a column.
    let table = self::table;
    let mapping = guess(&table("anna;password;anna@a.it\nbruno;Y;bruno@a.it\n"));
    assert_eq!(show(&mapping), "LPA");
    let mapping = guess(&table("anna;password\nbruno;Y x\n"));
    assert!(!mapping.sure && mapping.header);
}

#[test]
fn the_colon_form_and_a_person_need_no_guess() {
    let colon = read(b"anna:x:anna@a.it", "x").unwrap();
    assert_eq!(
        (show(&guess(&colon)), guess(&colon).why),
        ("LPA".into(), Why::Form)
    );
    let header = read(b"password:login:destination-password\nx:anna:y", "x").unwrap();
    assert_eq!(show(&guess(&header)), "PLp");
    let table = table("anna;segreta;altro\nbruno;giusta;altro\n");
    let chosen = given(&table, vec![Field::Password, Field::Login]);
    assert_eq!((show(&chosen), chosen.why), ("PL-".into(), Why::Given));
    assert!(given(&self::table("utente;x\nanna;y\n"), Vec::new()).header);
    assert!(!given(&table, Vec::new()).has_login());
}

#[test]
fn a_preview_shows_the_first_rows_under_their_names() {
    let table = table("utente;password;note\nanna;x\nbruno;y;z\ncarla;w\n");
    let mapping = guess(&table);
    let shown = preview(&table, &mapping, 2);
    assert_eq!(shown.header, Some(vec!["utente", "password", "note"]));
    assert_eq!(
        shown.rows,
        [(2, vec!["anna", "x", ""]), (3, vec!["bruno", "y", "z"])]
    );
    assert!(mapping.columns[1].is_secret() && !mapping.columns[0].is_secret());
    let plain = Mapping {
        header: false,
        ..mapping
    };
    let shown = preview(&table, &plain, 99);
    assert_eq!((shown.header, shown.rows.len()), (None, 4));
}

#[test]
fn an_alias_is_the_address_only_where_no_other_is() {
    for (text, expected) in [
        ("utente;password;alias\na;x;a@b.it\n", "LPA!"),
        ("alias;password\na@b.it;x\n", "AP!"),
        (
            "utente;password;indirizzo;alias;gruppo\na;x;a@b.it;c;g\n",
            "LPAag!",
        ),
        ("utente;password;aliases\na@b.it;x;c\n", "LPa!"),
        (
            "utente;password;alias;alias 2;mail\na;x;c;d;a@b.it\n",
            "LPaaA!",
        ),
    ] {
        assert_eq!(show(&guess(&table(text))), expected, "{text:?}");
    }
}
