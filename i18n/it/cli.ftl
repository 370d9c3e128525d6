# La riga di comando: aiuto, domande, avanzamento, esiti.

# Aiuto

cli-about = Sposta caselle di posta da un server IMAP a un altro e dimostra che non si è perso nemmeno un messaggio.
cli-about-demo = Mostra tutto il viaggio su due server di prova, senza toccare la posta di nessuno
cli-about-discover = Trova i server di posta di un indirizzo e-mail; non invia nessuna password
cli-about-probe = Prova un server: connessione, certificato, programma, funzionalità e, se vuoi, un accesso
cli-about-new = Prepara la cartella di una nuova migrazione
cli-about-users = Gestisce l’elenco delle caselle
cli-about-users-import = Importa un elenco: gli account nel piano, le password sotto chiave
cli-about-users-template = Stampa un modello di elenco da riempire
cli-about-users-list = Mostra gli account del piano
cli-about-aliases = Cerca gli alias degli account nelle intestazioni dei loro messaggi e li propone
cli-about-check = Controllo preliminare: accessi, cartelle, dimensioni, limiti. Non cambia nulla
cli-about-run = Copia i messaggi non ancora copiati. Si può fermare e riprendere
cli-about-complete = Passaggio finale: copia ciò che è arrivato nel frattempo e chiude i conti
cli-about-verify = Rilegge le copie e le confronta con gli originali
cli-about-exceptions = Mostra i messaggi senza una copia buona; permette di accettarli
cli-about-report = Scrive il rapporto: totali, cartelle, eccezioni, valutazione
cli-about-status = Mostra a che punto è la migrazione, anche mentre è in corso

cli-heading-usage = Uso:
cli-heading-commands = Comandi
cli-heading-options = Opzioni
cli-heading-arguments = Argomenti
cli-usage-options = [OPZIONI]
cli-usage-command = COMANDO

cli-name-address = INDIRIZZO
cli-name-dir = CARTELLA
cli-name-user = UTENTE
cli-name-account = ACCOUNT
cli-name-group = GRUPPO
cli-name-domain = DOMINIO
cli-name-pattern = MODELLO
cli-name-folder = VECCHIA=NUOVA
cli-name-key = CHIAVE
cli-name-text = TESTO
cli-name-name = NOME
cli-name-date = AAAA-MM-GG

cli-option-lang = Lingua: it o en; altrimenti quella del sistema
cli-option-help = Mostra questo aiuto
cli-option-version = Mostra la versione
cli-option-dir = Cartella della migrazione
cli-option-address = Indirizzo e-mail, o soltanto il suo dominio
cli-option-file = Elenco degli utenti: testo, CSV, XLSX, XLS o ODS
cli-option-json = Risultati in JSON, un oggetto per riga
cli-option-demo-dir =
    Lavora in questa cartella e la conserva;
    altrimenti resta solo il rapporto
cli-option-url =
    Server da provare: imaps://host[:porta], imap://host[:porta] (con STARTTLS
    obbligatorio) o imap+insecure://host[:porta] (in chiaro)
cli-option-login = Prova anche questo accesso
cli-option-accept-one = Accetta il certificato con questa impronta, qualunque difetto abbia
cli-option-ca-one = File PEM con altre autorità di certificazione
cli-option-origin =
    Server di origine: imaps://host[:porta], imap://host[:porta] (con STARTTLS
    obbligatorio), imap+insecure://host[:porta] (in chiaro), oppure
    maildir:CARTELLA (un archivio locale)
cli-option-destination = Server di destinazione, scritto allo stesso modo
cli-option-users = Elenco degli utenti da importare subito
cli-option-columns =
    Che cosa c’è nelle colonne dell’elenco (le vuote non contano), in ordine: login, password, address,
    destination-login, destination-password, name, first-name, last-name, aliases, group;
    - per una colonna da saltare
cli-option-template-format = csv (per i fogli di calcolo; scelta abituale) o txt (una riga per casella)
cli-option-destination-login =
    Accesso a destinazione, se l’elenco non lo dice: address (l’indirizzo, scelta abituale),
    login (lo stesso dell’origine) o localpart (ciò che precede la @)
cli-option-accept = Accetta questo certificato per quel server, qualunque difetto abbia; ripetibile
cli-option-ca =
    File PEM con altre autorità di certificazione: uno per entrambi i lati,
    oppure uno per lato con origin= e destination=
cli-option-master-user = Amministratore che accede a tutte le caselle; senza prefisso, per l’origine; ripetibile
cli-option-master-separator =
    Ciò che sta tra casella e amministratore nel nome di accesso (di norma *);
    sasl usa invece l’identità di autorizzazione di SASL PLAIN
cli-option-mailboxes = Account copiati insieme (di norma 4)
cli-option-connections = Connessioni per casella e per lato (di norma 3)
cli-option-window =
    Lavora solo in questa fascia oraria: 22:00-06:00 passa la mezzanotte;
    con +weekends sabato e domenica sono liberi
cli-option-bandwidth = Limite di banda di tutte le connessioni insieme, per ciascuna direzione: 20Mbit, 512kbit
cli-option-now = Lavora a qualunque ora, anche fuori dalla fascia del piano
cli-option-exclude-folder =
    Lascia fuori le cartelle con questo nome: * sta per qualunque testo,
    % per qualunque testo in un solo livello; ripetibile
cli-option-folder = Copia la cartella VECCHIA in NUOVA, con / tra un livello e l’altro; ripetibile
cli-option-special-folders =
    Lingua delle cartelle speciali (Posta inviata, Bozze, Cestino…) che a destinazione mancano;
    altrimenti tengono il nome che hanno all’origine
cli-option-since = Solo i messaggi arrivati da questo giorno in poi
cli-option-max-size =
    Solo i messaggi fino a questa dimensione: 25M sono 25 × 1024 × 1024 byte,
    25MB sono 25 milioni
cli-option-group = Solo gli account di questo gruppo che il piano non lascia fuori; ripetibile
cli-option-account = Solo questo account, anche se il piano lo lascia fuori; ripetibile
cli-option-alias-mode =
    Dove cercare: standard (l’indirizzo da cui l’utente scrive), username (da nessuna parte:
    l’alias è il nome utente; scelta abituale) o extended (tutti i destinatari dei messaggi
    ricevuti); altrimenti come dice il piano
cli-option-no-x-envelope-to = Non guarda X-Envelope-To
cli-option-no-received = Non guarda Received
cli-option-alias-domain = Valgono anche gli indirizzi di questo dominio; ripetibile
cli-option-alias-min = Con --apply, anche gli alias da confermare che compaiono in almeno N messaggi
cli-option-apply = Aggiunge al piano gli alias certi, e vi conserva le scelte fatte qui; non ne toglie nessuno
cli-option-dry-run = Prova a vuoto: elenca e conta, non cambia nulla
cli-option-level =
    Profondità: present (ogni copia è nell’elenco della destinazione),
    sample (in più, un campione riletto per intero; scelta abituale)
    o full (tutto riletto per intero)
cli-option-sample =
    Messaggi del campione per ogni casella (di norma 300);
    sotto i 2 GB la casella si rilegge tutta
cli-option-approve =
    Accetta così questa eccezione: la chiave mostrata,
    un motivo come too-large, o all per tutte; ripetibile
cli-option-withdraw = Ritira l’accettazione; si indica allo stesso modo
cli-option-note = Perché va bene così; obbligatorio con --approve
cli-option-by = Chi lo decide; altrimenti l’utente di questo computer
cli-option-format =
    html (una pagina; scelta abituale), csv (una tabella)
    o json (anche sull’uscita standard)

cli-after-help =
    Per cominciare:
      traghetto-cli demo
      traghetto-cli new ditta --origin imaps://vecchio.example --destination imaps://nuovo.example --users utenti.txt
      traghetto-cli check ditta
      traghetto-cli run ditta
      traghetto-cli complete ditta
      traghetto-cli verify ditta
      traghetto-cli report ditta

    Codici di uscita:
      0    tutto in uno stato finale buono
      1    errore nel comando o nel piano: non è stato fatto nulla
      2    finito, con eccezioni da guardare; per discover: nessun server trovato
      3    fermato: accesso rifiutato, frase segreta sbagliata, server irraggiungibile, disco pieno
      130  interrotto dall’operatore

    Variabili d’ambiente:
      TRAGHETTO_PASSPHRASE             frase segreta che protegge le password della migrazione
      TRAGHETTO_ORIGIN_PASSWORD        password dell’amministratore di origine
      TRAGHETTO_DESTINATION_PASSWORD   password dell’amministratore di destinazione
      TRAGHETTO_ADMIN_PASSWORD         password dell’amministratore che crea gli account
      TRAGHETTO_PROBE_PASSWORD         password dell’accesso di prova
      TRAGHETTO_LOG                    dettaglio del log: warn, info, debug, trace
      NO_COLOR                         senza colori
cli-after-probe =
    Non cambia nulla sul server. La password dell’accesso non si scrive mai nel comando: viene chiesta,
    oppure letta da TRAGHETTO_PROBE_PASSWORD. Non viene conservata, e una password rifiutata non si riprova.
cli-after-aliases =
    Si leggono le intestazioni, mai i testi: i 2.000 messaggi più recenti della posta in arrivo e i 500 della posta
    inviata. Contano solo gli indirizzi dei domini degli account. Un indirizzo che appartiene a un altro account, o che
    compare in più caselle, non viene mai accettato da solo. L’esito resta in aliases.json, nella cartella.
cli-after-exceptions =
    Un messaggio accettato resta contato tra i mancanti e la prossima esecuzione lo ritenta; il rapporto dice chi
    l’ha accettato e perché. L’accettazione vale finché il motivo resta lo stesso.
cli-after-new =
    La password dell’amministratore non si scrive mai nel comando: viene chiesta, oppure letta da
    TRAGHETTO_ORIGIN_PASSWORD o TRAGHETTO_DESTINATION_PASSWORD. Qui non viene conservata; se l’ha conservata la
    finestra, sotto chiave, vale quella.
cli-after-users-import =
    L’elenco può essere un foglio di calcolo (XLSX, XLS, ODS), un CSV o un testo. Di un foglio o di un CSV la prima riga
    dice le colonne: “traghetto-cli users template” ne stampa uno; se manca, e non è chiaro, serve --columns.

    In un testo, una riga per casella: accesso:password:indirizzo. I primi due punti chiudono l’accesso; gli ultimi aprono
    l’indirizzo, se quel che segue contiene una @: la password può quindi contenere i due punti. Con due soli campi
    accesso e password valgono su entrambi i lati. Le righe vuote e quelle che iniziano con # si saltano. Una prima
    riga con i nomi delle colonne può aggiungere destination-login, destination-password, aliases e group.
    Più alias stanno in una sola cella, separati da spazio, virgola, punto e virgola o |; a un nome senza @ si aggiunge
    il dominio dell’indirizzo. Il gruppo serve a migrare insieme solo alcuni account, con --group.
    Se una riga non va, non viene importato nulla.

# Errori di battitura

cli-error = Errore:
cli-warning = Avviso:
cli-usage-no-command = Manca il comando.
cli-usage-unknown-command = Il comando “{ $command }” non esiste.
cli-usage-unknown-option = “{ $option }” non è previsto qui.
cli-usage-missing = Manca qualcosa: { $options }.
cli-usage-repeated = “{ $option }” può stare una volta sola.
cli-usage-no-value = A “{ $option }” manca il valore.
cli-usage-value = Il valore “{ $value }” non va bene per “{ $option }”.
cli-usage-too-much = “{ $value }” è di troppo.
cli-usage-other = Il comando non si capisce.
cli-usage-valid = Valori ammessi: { $values }
cli-usage-did-you-mean = Volevi dire “{ $nearest }”?
cli-usage-help = Vedi { $program } --help
cli-sample-without-level = --sample vale solo con --level sample.
cli-value-columns = “{ $name }” non è una colonna.
cli-value-side-missing = “{ $text }”: indica il lato, origin=SHA256:… o destination=SHA256:…
cli-value-master = “{ $text }”: manca il nome dell’amministratore.
cli-value-separator = Il separatore dell’amministratore non può essere vuoto.
cli-value-twice =
    --{ $option } è indicata due volte per { $side ->
        [origin] l’origine
       *[destination] la destinazione
    }.
cli-value-twice-remedy = Lascia una sola --{ $option } per lato: origin=… per l’origine, destination=… per la destinazione.
cli-value-authority = “{ $file }” non contiene nessun certificato in formato PEM.
cli-value-authority-remedy = Il file deve contenere “-----BEGIN CERTIFICATE-----”: se è in formato DER, convertilo prima in PEM.
cli-value-folder = “{ $text }”: scrivi --folder VECCHIA=NUOVA.
cli-value-folder-twice = La cartella “{ $folder }” è indicata due volte.
cli-value-since = “{ $text }” non è una data.
cli-value-since-remedy = Scrivi anno, mese e giorno: --since 2024-12-31.
cli-value-size = “{ $text }” non è una dimensione.
cli-value-size-remedy = Scrivi un numero e un’unità: --max-size 25M, oppure 500k o 1G.
cli-value-bandwidth = “{ $text }” non è un limite di banda.
cli-value-bandwidth-remedy = Scrivi un numero e un’unità: --bandwidth 20Mbit, oppure 512kbit.
cli-value-domain = “{ $text }” non è un dominio.
cli-value-domain-remedy = Scrivi solo ciò che segue la @: --alias-domain azienda.example
cli-value-window = “{ $text }” non è una fascia oraria.
cli-value-window-remedy = Scrivi da che ora a che ora: --window 22:00-06:00, oppure 22:00-06:00+weekends.
cli-error-address-scheme = “{ $text }”: l’indirizzo del server deve iniziare con imaps://, imap:// o imap+insecure://, quello di un archivio locale con maildir:.
cli-error-address-host = “{ $text }”: manca il nome del server o della cartella.
cli-error-address-port = “{ $text }”: la porta è un numero da 1 a 65535.
cli-error-address-trailing = “{ $text }”: dopo il server e la porta non deve esserci altro; l’utente sta nell’elenco.
cli-error-fingerprint = “{ $text }”: un’impronta si scrive SHA256: seguita da 64 cifre esadecimali.
cli-error-fingerprint-remedy = L’impronta del certificato si legge in ciò che risponde “traghetto-cli check”.
cli-error-address-remedy = Scrivi per esempio imaps://posta.example oppure imap://posta.example:143, senza utente né password; per un archivio locale maildir:/dati/archivio.
cli-error-no-file = Il file “{ $file }” non c’è.
cli-error-no-file-remedy = Controlla il nome e il percorso del file, poi ripeti il comando.

# Cartella e piano

cli-error-not-a-project = In “{ $dir }” non c’è nessuna migrazione.
cli-error-not-a-project-remedy = Controlla il percorso, oppure preparala con “traghetto-cli new”.
cli-error-exists = In “{ $dir }” c’è già una migrazione.
cli-error-exists-remedy = Scegli un’altra cartella; per cambiare l’elenco usa “traghetto-cli users import”.
cli-error-plan-syntax = Il piano della migrazione non si può leggere.
cli-error-plan-syntax-remedy = Correggi migration.toml nel punto indicato, poi ripeti il comando.
cli-error-plan-version = Il piano è di una versione più recente ({ $version }): serve un Traghetto aggiornato.
cli-error-plan-range = “{ $field }” vale { $value }: sono ammessi i valori da { $least } a { $most }.
cli-error-plan-twice = L’account “{ $login }” compare due volte nel piano.
cli-error-plan-same-destination = “{ $first }” e “{ $second }” finirebbero nella stessa casella “{ $destination }”.
cli-error-plan-same-destination-remedy = Dai a ciascuno la sua destinazione: due caselle non si mescolano mai.
cli-error-onto-itself = “{ $login }” si copierebbe su sé stessa: origine e destinazione sono la stessa casella su { $server }.
cli-error-onto-itself-remedy = Controlla i due server, oppure dai a questo account un altro accesso a destinazione.
cli-error-one-archive = Origine e destinazione sono lo stesso archivio, o uno sta dentro l’altro: { $folder }.
cli-error-one-archive-remedy = Scegli per la destinazione un’altra cartella.
cli-error-no-archive = La cartella dell’archivio “{ $folder }” non c’è.
cli-error-no-archive-remedy = Controlla il percorso e che il disco sia collegato, poi ripeti il comando.
cli-error-archive-not-empty = La cartella “{ $folder }” contiene altro e non è un archivio.
cli-error-archive-not-empty-remedy = Scegli una cartella nuova o vuota, oppure un archivio fatto da Traghetto.
cli-warning-one-server = origine e destinazione sono lo stesso server ({ $server }): controlla che nessuna casella abbia due nomi, o si copierebbe su sé stessa.
cli-error-no-accounts = Il piano non ha ancora account.
cli-error-no-accounts-remedy = Importa un elenco con “traghetto-cli users import”.
cli-error-no-such-account = L’account “{ $name }” non è nel piano.
cli-error-no-such-account-remedy = Gli account del piano si vedono con “traghetto-cli users list”.
cli-error-no-such-group = Il gruppo “{ $name }” non c’è nel piano.
cli-error-no-such-group-remedy = I gruppi del piano: { $groups }
cli-error-no-groups-remedy = Nessun account del piano ha un gruppo: aggiungi all’elenco la colonna “gruppo” e importalo di nuovo.
cli-error-none-selected = Tutti questi account sono lasciati fuori dal piano.
cli-error-none-selected-remedy = Indica gli account con --account, oppure togli “selected = false” da migration.toml.
cli-error-not-begun = Questa migrazione non è ancora cominciata.
cli-error-not-begun-remedy = Avviala con “traghetto-cli run { $dir }”.

# Password

cli-ask-passphrase = Frase segreta:
cli-ask-passphrase-new = Nuova frase segreta:
cli-ask-passphrase-again = Ancora una volta:
cli-ask-passphrase-wrong = La frase segreta non è quella giusta.
cli-ask-passphrase-differ = Le due frasi sono diverse: riprova.
cli-ask-passphrase-why = Portachiavi del sistema non disponibile: le password saranno protette da una frase segreta, che dovrai reinserire a ogni comando.
cli-ask-master = Password di { $user } su { $server }:
cli-error-no-passphrase = Per proteggere le password serve una frase segreta.
cli-error-no-passphrase-remedy = Imposta { $variable }, oppure dai il comando da un terminale.
cli-error-wrong-passphrase = La frase segreta non apre le password di questa migrazione.
cli-error-wrong-passphrase-remedy = Controlla { $variable }, oppure togli quella variabile e rispondi alla domanda.
cli-error-key-missing = Le password sono state protette con una chiave che questo portachiavi non ha: è di un altro utente o di un altro computer.
cli-error-import-again-remedy = Elimina “vault.sealed” dalla cartella della migrazione e importa di nuovo l’elenco.
cli-error-keyring-locked = Il portachiavi del sistema è bloccato.
cli-error-keyring-locked-remedy = Sbloccalo e ripeti il comando.
cli-error-keyring-absent = Le password sono protette dal portachiavi del sistema, che in questa sessione non risponde.
cli-error-keyring-absent-remedy = Ripeti il comando nella sessione in cui hai importato l’elenco.
cli-error-vault-damaged = Il file delle password è danneggiato.
cli-error-vault-newer = Il file delle password è di una versione più recente.
cli-error-vault-newer-remedy = Usa un Traghetto aggiornato.
cli-error-vault-replaced = Nel frattempo il file delle password è stato sostituito.
cli-error-again-remedy = Ripeti il comando.
cli-error-seal = Non è stato possibile proteggere le password.
cli-error-no-passwords = Mancano le password di: { $logins }.
cli-error-no-passwords-many =
    Mancano le password di: { $logins } e di { $count ->
        [one] un altro accesso
       *[other] altri { $number } accessi
    }.
cli-error-no-passwords-remedy = Importa un elenco che le contiene con “traghetto-cli users import”.
cli-error-no-master-password = Manca la password dell’amministratore { $user }.
cli-error-no-master-password-remedy = Imposta { $variable }, oppure dai il comando da un terminale.
cli-error-no-probe-password = Manca la password di { $user }.

# Ricerca del server

cli-discover-provider = Gestore della posta: { $name }
cli-discover-trying = Nessuno lo dice: provo i nomi più comuni…
cli-discover-source-provider = dominio di un gestore conosciuto
cli-discover-source-srv = dal DNS: { $record }
cli-discover-source-page = dalla pagina { $page }
cli-discover-source-page-plain = dalla pagina { $page }, non protetta: chi è in rete può averla cambiata
cli-discover-source-page-mx = dalla pagina { $page } del gestore di { $host }, che riceve la posta
cli-discover-source-mx = gestore riconosciuto da { $host }, che riceve la posta
cli-discover-source-probe = trovato per tentativi
cli-discover-source-probe-untrusted = trovato per tentativi; il suo certificato non è attendibile
cli-discover-login-address = l’utente è l’indirizzo intero
cli-discover-login-localpart = l’utente è ciò che precede la @
cli-discover-oauth = solo con OAuth2, non con la password
cli-discover-clear = in chiaro: chi è sulla stessa rete può leggere password e messaggi
cli-discover-absent = Il dominio dichiara di non offrire: { $services }
cli-discover-next = Il prossimo passo: traghetto-cli new { $dir } --origin { $url } --destination URL
cli-discover-nothing = Per “{ $domain }” non è stato trovato nessun server di posta.
cli-discover-nothing-remedy = Chiedi il nome del server a chi gestisce la posta.
cli-discover-no-domain = Il dominio “{ $domain }” non esiste.
cli-discover-no-domain-remedy = Controlla come è scritto l’indirizzo.
cli-discover-not-an-address = “{ $text }” non è un indirizzo e-mail né un dominio.
cli-discover-not-an-address-remedy = Scrivi per esempio anna@ditta.example oppure ditta.example.
cli-discover-no-dns = Il DNS non risponde: non si può cercare nessun server.
cli-discover-no-dns-remedy = Controlla la connessione a Internet, poi ripeti il comando.
cli-discover-name-servers = “{ $text }” non va bene per { $variable }.
cli-discover-name-servers-remedy = Scrivi indirizzo e porta del server DNS, per esempio 127.0.0.1:5353.

# Che cosa fare da qui

cli-hint-accept = Per accettarlo: --accept-certificate quando prepari la migrazione, poi “certificate” in migration.toml.
cli-hint-authority = Il file di un’autorità si indica con --ca quando prepari la migrazione, poi con “authority” in migration.toml.
cli-hint-probe-accept = Per accettarlo: --accept-certificate { $pin }
cli-hint-security = Lo dice l’inizio dell’indirizzo: imaps:// è TLS, imap:// è STARTTLS, imap+insecure:// è in chiaro.
cli-hint-list = Se viene da un elenco, correggilo e importalo di nuovo: si riprende da dove si era.
cli-hint-connections = Per aprirne meno, riduci --mailboxes e --connections.
cli-hint-folder = Si fa con --folder VECCHIA=NUOVA in una nuova migrazione, o nel file migration.toml.
cli-hint-master = La password si legge da { $variable }.

# Prova di un server

cli-probe-connection = Connessione
cli-probe-software = Programma
cli-probe-encryption = Cifratura
cli-probe-certificate = Certificato
cli-probe-names = Vale per
cli-probe-issuer = Emesso da
cli-probe-validity = Validità
cli-probe-fingerprint = Impronta
cli-probe-separator = Separatore
cli-probe-capabilities = Funzionalità
cli-probe-login = Accesso
cli-probe-peer = Lì risponde
cli-probe-connected = { $time } ms
cli-probe-clear = nessuna: la connessione è in chiaro
cli-probe-trusted = attendibile
cli-probe-pinned = accettato per impronta
cli-probe-by-authority = garantito dal file di autorità indicato
cli-probe-refused = non accettato
cli-probe-self-signed = autofirmato
cli-probe-valid = dal { $from } al { $until }
cli-probe-more =
    { $count ->
        [one] e un’altra
       *[other] e altre { $number }
    }
cli-probe-uncounted = messaggi non contati: serviva troppo tempo
cli-probe-peer-imap = un server IMAP
cli-probe-peer-pop3 = un server POP3
cli-probe-peer-smtp = un server SMTP
cli-probe-peer-http = un server web
cli-probe-peer-tls = un server che vuole TLS
cli-probe-peer-other = un servizio sconosciuto
cli-probe-alternative = IMAP risponde qui: { $url }
cli-probe-alternative-untrusted = Qui risponde un server con un certificato da accettare: { $url }

# Nuova migrazione ed elenco

cli-new-done = La migrazione è pronta in “{ $dir }”: { $mailboxes }.
cli-new-next-users = Il prossimo passo: traghetto-cli users import { $dir } FILE
cli-new-next-check = Il prossimo passo: traghetto-cli check { $dir }
cli-new-insecure = la connessione a { $server } è in chiaro: chi è sulla stessa rete può leggere password e messaggi.
cli-users-imported = Caselle importate: { $number }, di cui nuove: { $new }. Nel piano ora: { $total }.
cli-users-empty = In “{ $file }” non c’è nessuna casella.
cli-users-empty-remedy = Scrivi una riga per casella: accesso:password oppure accesso:password:indirizzo. Un modello: traghetto-cli users template
cli-users-problems =
    { $count ->
        [one] Una riga di “{ $file }” non va
       *[other] { $number } righe di “{ $file }” non vanno
    }: non è stato importato nulla.
cli-users-problems-remedy = Correggi l’elenco e ripeti il comando.
cli-users-line = riga { $line }: { $what }
cli-users-more =
    { $count ->
        [one] e un’altra riga
       *[other] e altre { $number } righe
    }
cli-users-empty-login = manca l’accesso
cli-users-missing-password = manca la password
cli-users-missing-destination-password = manca la password per la destinazione
cli-users-bad-address = al posto dell’indirizzo c’è qualcosa che non lo è
cli-users-address-comma = nell’indirizzo c’è una virgola
cli-users-address-space = nell’indirizzo c’è uno spazio
cli-users-address-no-at = all’indirizzo manca la @
cli-users-address-two-ats = nell’indirizzo ci sono due @
cli-users-address-no-domain = all’indirizzo manca il dominio, dopo la @
cli-users-address-dot = nell’indirizzo c’è un punto di troppo dopo la @
cli-users-bad-alias = l’alias { $number } non va: { $what }
cli-users-alias-taken = l’alias { $number } appartiene già alla riga { $first }
cli-users-duplicate = lo stesso accesso è già alla riga { $first }
cli-users-duplicate-address = lo stesso indirizzo è già alla riga { $first }
cli-users-same-destination = andrebbe nella stessa casella della riga { $first }
cli-users-too-many = { $found } campi, ma le colonne sono { $columns }
cli-users-ambiguous = i due punti nelle password si possono dividere in più modi
cli-users-unreadable = contiene caratteri illeggibili
cli-users-suspicious = la password contiene “_” o “?”: in questo file potrebbero stare al posto di un altro carattere
cli-users-space-around = la password comincia o finisce con uno spazio
cli-users-open-quote = qui si aprono virgolette che non si chiudono più
cli-users-unknown-column = il nome della colonna { $column } non è tra quelli conosciuti
cli-users-repeated-column = la colonna { $column } ripete una colonna precedente
cli-users-unsure = Non è chiaro che cosa contengano le colonne di “{ $file }”.
cli-users-unsure-remedy = Dillo con --columns, colonna per colonna; - per una da saltare. Per esempio: --columns { $columns }
cli-users-columns = colonne trovate: { $names }
cli-users-doubt-repeated = le colonne { $first } e { $second } hanno lo stesso significato
cli-users-doubt-two = le colonne { $first } e { $second } si possono leggere in più modi
cli-users-doubt-no-login = nessuna colonna sembra contenere l’accesso
cli-users-not-a-list = “{ $file }” non è un elenco: non è né un testo né un foglio di calcolo.
cli-users-not-a-list-remedy = Apri il file nel suo programma e salvalo come CSV, XLSX, XLS o ODS.
cli-users-encrypted = “{ $file }” è protetto da una password.
cli-users-encrypted-remedy = Apri il file nel suo programma e salvane una copia senza password.
cli-users-damaged = “{ $file }” non si può leggere: è danneggiato.
cli-users-too-large = “{ $file }” è troppo grande per essere un elenco.
cli-users-too-large-remedy = Dividi l’elenco, oppure togli ciò che non serve: al massimo 50 MB e 100.000 righe.
cli-template-login = utente
cli-template-password = password
cli-template-address = indirizzo
cli-template-aliases = alias
cli-template-group = gruppo
cli-users-elsewhere = La posta di “{ $login }” è già in viaggio verso “{ $old }”; l’elenco la manderebbe a “{ $new }”. Non è stato importato nulla.
cli-users-elsewhere-remedy = Lascia la destinazione com’era, oppure prepara una nuova migrazione per questo account.

# Alias

cli-aliases-progress = { $login }: letta, { $done } su { $of }
cli-aliases-none = nessun alias trovato: vale il nome utente
cli-aliases-catch-all = questa casella sembra ricevere tutto ciò che arriva al dominio: sono certi solo gli indirizzi da cui scrive.
cli-aliases-column-address = Indirizzo
cli-aliases-column-verdict = Esito
cli-aliases-column-total = Messaggi
cli-aliases-column-envelope = Consegna
cli-aliases-column-received = Received
cli-aliases-column-sent = Inviati
cli-aliases-column-visible = A/Cc
cli-aliases-column-other = Altro
cli-aliases-accepted = certo
cli-aliases-suggested = da confermare
cli-aliases-added = aggiunto al piano
cli-aliases-other-account = no: appartiene a { $login }
cli-aliases-claimed = no: compare anche in { $logins }
cli-aliases-role = no: è un indirizzo di servizio
cli-aliases-list = no: è una lista
cli-aliases-total = Alias certi: { $certain }; da confermare: { $suggested }; rifiutati: { $refused }.
cli-aliases-applied =
    { $count ->
        [0] Nessun alias da aggiungere al piano.
        [one] { $number } alias aggiunto al piano.
       *[other] { $number } alias aggiunti al piano.
    }
cli-aliases-username = Nessuna intestazione è stata letta: l’alias è il nome utente. Per cercarli usa --mode standard o --mode extended.
cli-aliases-next = Per aggiungere al piano quelli certi: traghetto-cli aliases { $dir } --apply

# Controllo preliminare

cli-side-origin = Origine     { "" }
cli-side-destination = Destinazione
cli-check-quota = { $used } occupati su { $most }
cli-check-append-limit = messaggi fino a { $size }
cli-check-round-trip = risposta in { $time } ms
cli-check-left-out = { $folder }: esclusa
cli-check-estimate = Durata stimata: circa { $time }
cli-check-estimate-short = Durata stimata: meno di 1 s
cli-check-before-filters = I conteggi sono prima dei filtri ({ $filters }): quanti messaggi restino lo dice “traghetto-cli run --dry-run”.
cli-check-total = Caselle pronte: { $ready } su { $number }; { $messages }, { $size }
cli-check-not-ready =
    { $count ->
        [one] Una casella non si può migrare così: correggi quanto indicato sopra.
       *[other] { $number } caselle non si possono migrare così: correggi quanto indicato sopra.
    }
cli-warning-quota = la posta da copiare ({ $needed }) non sta nello spazio libero a destinazione ({ $free }).
cli-warning-hidden-folders = le cartelle con “/” nel nome non si vedono via IMAP su questo server: rinominale prima, altrimenti restano fuori.
cli-warning-hidden-labels = Gmail può nascondere etichette a IMAP o limitare le cartelle ai messaggi più recenti: controlla in Impostazioni, Inoltro e POP/IMAP.
cli-warning-unreadable-folder = una riga dell’elenco delle cartelle non si può leggere: { $words }
cli-warning-folder-refused = il server non apre la cartella “{ $folder }”.
cli-warning-not-empty = a destinazione c’è già posta ({ $messages }): viene confrontata per intero, e ciò che è uguale non si copia di nuovo.
cli-warning-no-uidplus = la destinazione non dice dove mette le copie: verranno cercate dopo, con un po’ più di tempo.
cli-warning-groupware = cartelle di calendario, contatti o note: IMAP ne porta i messaggi, non il significato ({ $folders }).
cli-check-other-folders =
    { $count ->
        [one] un’altra cartella prende
       *[other] altre { $number } cartelle prendono
    } separatore e prefisso della destinazione, come “{ $from }” → “{ $to }”
cli-note-spaces = tolti gli spazi ai bordi
cli-note-empty = un livello non aveva nome
cli-note-reserved = nome riservato a destinazione
cli-note-undecodable = nome illeggibile, ricostruito
cli-note-language = cartella speciale nella lingua scelta
cli-note-taken = nome già preso da un’altra cartella
cli-note-separator = il nome conteneva il separatore della destinazione
cli-note-case = differisce da un’altra solo per le maiuscole
cli-note-characters = sostituiti i caratteri non ammessi
cli-note-flattened = livelli uniti: a destinazione non si annida
cli-note-merged = unita a un’altra, come richiesto
cli-note-role-taken = un’altra cartella ha già questo ruolo
cli-note-chosen = scelta da te
cli-note-pattern = esclusa da “{ $pattern }”
cli-note-container = contiene solo altre cartelle
cli-note-view = mostra messaggi di altre cartelle
cli-note-duplicate = la stessa cartella con un altro nome
cli-note-foreign = appartiene ad altri

# Avanzamento

cli-event-started = { $login }: inizio
cli-event-folder = { $login }: “{ $folder }” → “{ $target }”, { $messages }
cli-event-folder-failed = { $login }: cartella “{ $folder }”: { $what }
cli-event-exception = { $login }: “{ $folder }”, messaggio { $uid }: { $what }
cli-event-more-exceptions = { $login }: altre eccezioni; sono tutte nel rapporto
cli-event-waiting = { $login }: attesa di { $pause }. { $what }
cli-event-outside-hours = Fuori dalla fascia oraria: si riprende il { $when }
cli-event-within-hours = Nella fascia oraria: si riprende
cli-event-done-copy = { $login }: finita, { $messages }
cli-event-would-copy = { $login }: da copiare { $messages }
cli-event-nothing-to-verify = { $login }: niente da rileggere; avvia prima run
cli-event-done-complete = { $login }: completata
cli-event-done-verify = { $login }: verificata, { $messages }
cli-count-exceptions =
    { $count ->
        [0] nessuna eccezione
        [one] { $number } eccezione
       *[other] { $number } eccezioni
    }
cli-bar-total = Totale
cli-bar-listing = lettura dell’elenco…
cli-bar-waiting = in attesa…
cli-bar-stopping = arresto tra un messaggio e l’altro…
cli-bar-paused = in pausa
cli-bar-outside-hours = fuori orario, si riprende il { $when }
cli-rate = { $size }/s
cli-about-time = circa { $time }
cli-less-than-a-tenth = meno di 0,1 s
cli-stopping = Mi fermo appena finiti i messaggi in viaggio. Ancora Ctrl-C per uscire subito.

# Esiti

cli-summary-copied = Messaggi copiati: { $number } ({ $size }) in { $time }.
cli-summary-verified = Messaggi riletti: { $number } in { $time }.
cli-summary-dry-run = Prova a vuoto: da copiare { $messages } in { $mailboxes }. Non è stato cambiato nulla.
cli-summary-finished = Caselle finite: { $number }.
cli-summary-failed =
    { $count ->
        [one] Una casella si è fermata con un problema.
       *[other] { $number } caselle si sono fermate con un problema.
    }
cli-summary-failed-folders =
    { $count ->
        [one] Una cartella non è stata copiata.
       *[other] { $number } cartelle non sono state copiate.
    }
cli-summary-exceptions =
    { $count ->
        [one] Un messaggio non è stato copiato: è tra le eccezioni.
       *[other] { $number } messaggi non sono stati copiati: sono tra le eccezioni.
    }
cli-additional =
    { $login }: { $count ->
        [one] { $number } messaggio aggiuntivo
       *[other] { $number } messaggi aggiuntivi
    }
cli-next-run-again = Per riprendere da qui: traghetto-cli { $command } { $dir }
cli-next-after-failure =
    { $count ->
        [one] Risolvi il problema indicato e ripeti
       *[other] Risolvi i problemi indicati e ripeti
    }: traghetto-cli { $command } { $dir }
cli-next-run = Prima copia la posta: traghetto-cli run { $dir }
cli-next-report = Che cosa è stato di ogni messaggio: traghetto-cli report { $dir }
cli-next-complete = Quando la posta nuova arriva ormai a destinazione: traghetto-cli complete { $dir }
cli-next-verify = Il prossimo passo: traghetto-cli verify { $dir }

# Stato e rapporto

cli-left-out = Lasciato fuori
cli-left-out-now = lasciato fuori
cli-column-account = Account
cli-column-group = Gruppo
cli-column-phase = Stato
cli-column-listed = In elenco
cli-column-copied = Copiati
cli-column-verified = Verificati
cli-column-exceptions = Eccezioni
cli-report-file = Rapporto: { $file }
cli-report-more =
    { $count ->
        [one] e un’altra osservazione; è nel rapporto
       *[other] e altre { $number } osservazioni; sono nel rapporto
    }

# Eccezioni

cli-exceptions-line = { $key }  { $login }  “{ $folder }”  { $size }  { $what } [{ $code }]
cli-exceptions-approved = accettato da { $by } il { $when }: { $note }
cli-exceptions-count =
    { $count ->
        [0] Nessuna eccezione.
        [one] { $number } eccezione, accettate { $approved }.
       *[other] { $number } eccezioni, accettate { $approved }.
    }
cli-exceptions-both = --approve e --withdraw non vanno insieme.
cli-exceptions-no-note = Perché va bene così? Manca la nota.
cli-exceptions-no-note-remedy = Aggiungi --note "…": sarà nel rapporto.
cli-exceptions-no-name = Chi lo decide? Aggiungi --by NOME.
cli-exceptions-unknown = Nessuna eccezione si chiama “{ $key }” né ha questo motivo.
cli-exceptions-unknown-remedy = Le chiavi e i motivi si vedono con “traghetto-cli exceptions”.
cli-exceptions-done =
    { $count ->
        [one] { $number } eccezione accettata.
       *[other] { $number } eccezioni accettate.
    }
cli-exceptions-undone =
    { $count ->
        [one] { $number } accettazione ritirata.
       *[other] { $number } accettazioni ritirate.
    }

# Dimostrazione

cli-demo-no-server = I server di prova non si possono avviare su questo computer.
cli-demo-begin = Un cantiere navale immaginario cambia server: { $mailboxes }, { $messages }, { $size }.
cli-demo-servers = Origine { $origin }, destinazione { $destination }: due server di prova dentro questo programma.
cli-demo-folder = Cartella della migrazione: { $dir }
cli-demo-copy = Copia
cli-demo-complete = Passaggio finale: nel frattempo è arrivata altra posta
cli-demo-verify = Verifica: ogni copia viene riletta e confrontata
cli-demo-verdict = { $verdict }. { $messages } ({ $size }) in { $mailboxes }.
cli-demo-missing =
    { $count ->
        [one] { $number } messaggio mancante
       *[other] { $number } messaggi mancanti
    }, { $exceptions }, { $time } in tutto.
cli-demo-equal = Confrontati i due server: ogni messaggio è uguale all’originale, byte per byte.
cli-demo-kept = La cartella della migrazione resta in { $dir }

# Account a destinazione

cli-about-accounts = Account a destinazione: prova, elenca che cosa farebbe; con --apply li prepara
cli-option-scope =
    Che cosa si migra: accounts (crea gli account e copia i messaggi), messages (solo i messaggi, in account che
    esistono; scelta abituale) o passwords (imposta solo le password)
cli-option-icewarp = Crea gli account su questo IceWarp Server, dalla sua porta web (di norma 443, oppure 32001)
cli-option-icewarp-admin = Indirizzo completo dell’amministratore di IceWarp
cli-option-icewarp-certificate = Accetta il certificato con questa impronta per il servizio web di IceWarp
cli-option-icewarp-tool = Crea gli account con il tool di IceWarp che si trova qui, su questo computer
cli-option-provision = Crea gli account con questo programma, chiamato una volta per account
cli-option-provision-arg = Argomento per quel programma; ripetibile
cli-option-provision-limit = Secondi concessi a quel programma (di norma 60)
cli-option-create-domains = Crea anche i domini che mancano
cli-option-quota = Spazio dei nuovi account, in MB
cli-option-migration-account = Account di migrazione: riceve gli accessi degli utenti mentre la loro casella è in copia
cli-option-hold =
    Che cosa si fa di un account durante la copia: none (niente; scelta abituale), forward (inoltra anche
    all’account di migrazione) o unavailable (il suo utente non può accedere)
cli-option-after = Esegue questo programma dopo ogni account
cli-option-after-arg = Argomento per quel programma; ripetibile
cli-option-after-limit = Secondi concessi a quel programma (di norma 60)
cli-option-after-failure = Se fallisce: warning (lo dice; scelta abituale) o stop (non comincia altri account)
cli-option-accounts-apply = Prepara davvero gli account, senza copiare messaggi
cli-option-put-right = Imposta sul server i valori adatti alla migrazione, ricordando quelli di prima
cli-option-put-back = Rimette sul server i valori di prima
cli-after-accounts =
    Senza --apply e --put-right non cambia nulla. La password dell’amministratore si legge da TRAGHETTO_ADMIN_PASSWORD,
    oppure viene chiesta. Un account che esiste già resta com’è; in che cosa differisce viene detto.
cli-error-no-provision = Il piano non dice chi crea gli account (scopo: { $scope }).
cli-error-no-provision-remedy = Indicalo con “new --icewarp”, “--icewarp-tool” o “--provision”, oppure usa --scope messages.
cli-error-passwords-only = Questo piano trasferisce solo le password: non ci sono messaggi da completare né da verificare.
cli-error-passwords-only-remedy = Con “run --scope messages” o “--scope accounts” si copiano anche i messaggi.
cli-accounts-scope-messages = Il piano copia solo i messaggi: agli account non viene fatto nulla.
cli-accounts-put-right = Per sistemare ciò che Traghetto può impostare: traghetto-cli accounts { $dir } --put-right
cli-accounts-put-back = { $count ->
    [0] Non c’era nulla da rimettere com’era.
    [one] Un valore è tornato com’era.
   *[other] { $count } valori sono tornati com’erano.
}
cli-event-prepared = { $login }: { $what }
cli-event-not-released = { $login }: l’account è rimasto bloccato, la prossima esecuzione riprova. { $what }
cli-event-no-migration-account = L’account di migrazione non è pronto; le caselle vengono copiate lo stesso. { $what }
cli-event-after-failed = { $login }: il programma dopo l’account è fallito. { $what }
cli-event-after-stops = { $login }: il programma dopo l’account è fallito, perciò non comincia nessun altro account. { $what }
cli-prepared-created = account creato
cli-prepared-completed = account completato
cli-prepared-existed = l’account esiste già
cli-prepared-password-set = password impostata
cli-prepared-unchanged = account già a posto
cli-prepared-would-create = l’account verrebbe creato
cli-prepared-would-complete = l’account verrebbe completato
cli-prepared-would-set-password = la password verrebbe impostata
cli-summary-accounts = Account esaminati in { $time }.
cli-finding-good = A posto:
cli-finding-note = Nota:
cli-finding-blocker = Problema:
cli-option-export = Scrive in questo file la tabella degli account, per un altro pannello; non chiede nulla a nessun server
cli-option-export-columns =
    Colonne della tabella, in ordine: address, localpart, domain, login, name, first-name, last-name, aliases,
    password, quota-mb; - per una colonna vuota
cli-option-separator = Ciò che divide le celle: , (scelta abituale), ; | : oppure tab
cli-option-encoding = Codifica della tabella: utf-8 (scelta abituale), utf-8-bom o windows-1252
cli-option-with-passwords = Scrive nella tabella anche le password, in chiaro
cli-option-tool-files = Scrive ciò che serve al tool di IceWarp sul suo server: tabella e comandi
cli-export-done = { $count ->
    [one] Scritto un account in { $file }.
   *[other] Scritti { $count } account in { $file }.
}
cli-export-passwords = Attenzione: { $file } contiene le password in chiaro. Eliminalo appena è servito.
cli-export-no-address = L’account { $login } non ha un indirizzo a destinazione.
cli-export-no-address-remedy = Completa l’elenco con gli indirizzi e importalo di nuovo.
cli-export-column = La colonna “{ $word }” non esiste.
cli-export-column-remedy = Colonne possibili: { $columns }.
cli-export-separator = “{ $text }” non può dividere le celle: usa , ; | : oppure tab.
cli-export-not-asked = Per scrivere la colonna password serve --with-passwords.
cli-export-no-password = Riga { $row }: non c’è una password per { $address }.
cli-export-encoding = Riga { $row } ({ $address }): la colonna { $column } contiene caratteri che { $encoding } non ha.
cli-export-encoding-remedy = Usa --encoding utf-8 o utf-8-bom.
cli-tool-files = { $count ->
    [one] Scritto un account per il tool di IceWarp:
   *[other] Scritti { $count } account per il tool di IceWarp:
}
cli-tool-unfit = Riga { $row }, { $address }: la tabella non può contenerlo tutto. { $what }
