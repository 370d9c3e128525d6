# Passo 4: l’elenco degli utenti.

users-title = Utenti da migrare
users-purpose = Aggiungi gli account uno per uno oppure importa un elenco, poi verifica che le credenziali funzionino.

users-drop = Trascina qui l’elenco degli utenti
users-drop-about = TXT, CSV o XLSX, un account per riga. Le password servono solo ad accedere ai tuoi server.
users-drop-here = Trascina qui un elenco
users-drop-kinds = TXT, CSV o XLSX
users-release = Rilascia per importare
users-wrong-type = Formato non supportato
users-wrong-type-about = Usa un file TXT o CSV, oppure un foglio di calcolo XLSX, XLS o ODS, con un account per riga.
users-choose = Scegli file…
users-choose-title = Scegli l’elenco degli utenti
users-choose-kind = Elenchi
users-template = Scarica un modello
users-template-short = Modello
users-template-title = Salva il modello
users-template-name = elenco-utenti.csv
users-template-saved = Modello salvato: { $path }
users-template-saved-about = Compilalo con un programma di fogli di calcolo, poi trascinalo qui.
users-template-unsaved = Il modello non è stato salvato
users-template-unsaved-about = Scegli un’altra cartella e riprova. { $detail }
users-path = oppure scrivi il percorso
users-do-import = Importa
users-import = Importa elenco…
users-add = Aggiungi utente
users-example-first = g.bianchi:password1:g.bianchi@azienda.example
users-example-second = m.conti:password2:m.conti@azienda.example
users-reading = Lettura dell’elenco…

users-one = Oppure aggiungi un solo utente
users-one-about = Se l’accesso avviene con l’indirizzo completo, scrivilo anche come nome utente.
users-login = Utente di origine
users-login-example = m.conti
users-password = Password
users-own-password = Password a destinazione
users-address = Indirizzo a destinazione
users-address-example = m.conti@azienda.example
users-do-add = Aggiungi
users-do-save = Salva

users-search = Cerca per nome o indirizzo
users-all = Tutti
users-good = Verificati
users-to-fix = Da correggere
users-duplicates = Duplicati
users-verify = Verifica credenziali
users-stop = Ferma la verifica
users-state = Stato
users-tick-all = Seleziona tutti quelli in vista, o nessuno
users-chosen =
    { $count ->
        [one] { $number } su { $all } selezionato
       *[other] { $number } su { $all } selezionati
    }
users-none-of-these = Nessuna riga di questo tipo.
users-none-found = Nessuna riga contiene “{ $query }”.
users-no-value = vuota
users-no-need = non serve

users-row-unproven = Da verificare
users-row-waiting = In attesa
users-row-checking = Verifica…
users-row-good = Accesso riuscito
users-row-locked = Password sotto chiave
users-row-no-login = Utente mancante
users-row-no-login-why = Serve il nome con cui accede all’origine
users-row-no-password = Password mancante
users-row-no-password-origin = Serve per accedere all’origine
users-row-no-password-destination = Serve per accedere alla destinazione
users-row-bad-address = Indirizzo non valido
users-row-bad-alias = Alias non valido
users-row-bad-alias-why = Alias { $number }: { $why }
users-row-alias-taken = Alias di un altro account
users-row-alias-taken-why = L’alias { $number } è già della riga { $row }
users-row-duplicate = Duplicato della riga { $row }
users-row-same-login = Stesso utente di origine
users-row-same-address = Stesso indirizzo, altro utente
users-row-same-mailbox = Stessa casella a destinazione
users-row-address-twice = Indirizzo ripetuto
users-row-address-twice-why = Lo stesso della riga { $row }, ma in un’altra casella
users-row-unreadable = Caratteri illeggibili
users-row-unreadable-why = Il file è rovinato in questo punto
users-row-too-many = Troppi campi
users-row-too-many-why = { $found } invece di { $columns }: riscrivi i dati
users-row-ambiguous = Riga ambigua
users-row-ambiguous-why = Si divide in più modi: riscrivi i dati
users-row-suspicious = Password da controllare
users-row-suspicious-why = Ha _ o ?, forse al posto di una lettera
users-row-space = Spazio nella password
users-row-space-why = Comincia o finisce con uno spazio
users-flaw-comma = Una virgola al posto del punto
users-flaw-space = Contiene uno spazio
users-flaw-no-at = Manca la chiocciola (@)
users-flaw-two-ats = Ha più di una chiocciola (@)
users-flaw-no-domain = Manca il dominio dopo la chiocciola
users-flaw-dot = C’è un punto di troppo nel dominio
users-flaw-other = Contiene un carattere non ammesso
users-refused-origin = L’origine non la accetta
users-refused-destination = La destinazione non la accetta
users-refused-master-origin = L’amministratore non entra nell’origine
users-refused-master-destination = L’amministratore non entra nella destinazione
users-at-origin = Origine: { $words }
users-at-destination = Destinazione: { $words }
users-short-password = Password rifiutata
users-short-refused = Accesso rifiutato
users-short-unreachable = Server irraggiungibile
users-short-suspended = Accessi sospesi
users-short-imap = IMAP disattivato
users-short-method = Accesso non supportato
users-short-app = Password per le app
users-short-blocked = Accesso bloccato
users-short-busy = Server occupato
users-short-certificate = Certificato non attendibile
users-short-failed = Verifica non riuscita
users-do-enter = Inserisci
users-do-correct = Correggi
users-do-edit = Modifica
users-do-remove = Rimuovi

users-rows =
    { $count ->
        [one] { $number } riga
       *[other] { $number } righe
    }
users-sum-good =
    { $count ->
        [one] { $number } verificato
       *[other] { $number } verificati
    }
users-sum-unproven = { $number } da verificare
users-sum-waiting = { $number } in attesa
users-sum-locked = { $number } sotto chiave
users-sum-to-fix = { $number } da correggere
users-sum-duplicates =
    { $count ->
        [one] { $number } duplicato
       *[other] { $number } duplicati
    }
users-new =
    { $count ->
        [one] { $number } nuovo
       *[other] { $number } nuovi
    }
users-changed =
    { $count ->
        [one] { $number } aggiornato
       *[other] { $number } aggiornati
    }
users-same =
    { $count ->
        [one] { $number } uguale
       *[other] { $number } uguali
    }
users-removed =
    { $count ->
        [one] { $number } riga rimossa.
       *[other] { $number } righe rimosse.
    }
users-undo = Annulla

users-status-empty = Aggiungi almeno un utente per proseguire
users-status-none = Seleziona almeno un utente senza problemi per proseguire
users-status-locked = Password sotto chiave: sbloccale per verificare gli accessi
users-status-wrong =
    { $count ->
        [one] { $number } riga da sistemare: se prosegui, verrà esclusa
       *[other] { $number } righe da sistemare: se prosegui, verranno escluse
    }
users-status-unproven =
    { $count ->
        [one] { $number } accesso ancora da verificare: puoi farlo adesso o nel controllo preliminare
       *[other] { $number } accessi ancora da verificare: puoi farlo adesso o nel controllo preliminare
    }
users-status-good = Tutti gli accessi funzionano
users-editing = Invio salva, Esc annulla
users-verifying = Verifica delle credenziali: { $done } su { $all }
users-no-master = Manca la password dell’amministratore
users-no-master-origin = Inseriscila al passo Origine, poi ripeti la verifica.
users-no-master-destination = Inseriscila al passo Destinazione, poi ripeti la verifica.

users-not-imported = “{ $file }” non è stato importato
users-file-missing = Il file non c’è: controlla il percorso.
users-file-folder = È una cartella: trascina il file dell’elenco.
users-file-denied = Non hai il permesso di leggerlo: copialo in un’altra cartella e riprova.
users-file-other = Il file non si può leggere: chiudilo negli altri programmi e riprova. { $detail }
users-file-empty = Non contiene nessuna riga: controlla che sia il file giusto e che sia stato salvato.
users-file-not-a-list = È un documento, un’immagine o una pagina web: serve un testo o un foglio di calcolo con un account per riga.
users-file-encrypted = È protetto da una password: aprilo, toglila e salvalo di nuovo, oppure esportalo in CSV.
users-file-damaged = Il foglio di calcolo è danneggiato: aprilo con il programma che lo ha creato e salvalo di nuovo. { $detail }
users-file-too-large = È troppo grande per un elenco (al massimo 50 MB e 100.000 righe): dividilo in più file.
users-file-open-quote = Alla riga { $row } si aprono virgolette che non si chiudono: correggila e importa di nuovo.
users-file-unknown-column = Alla riga { $row } il nome della colonna { $column } non è riconosciuto: usa utente, password e indirizzo.
users-file-repeated-column = Alla riga { $row } la colonna { $column } ripete un nome già usato: togli quella di troppo.

users-columns-title = Che cosa contengono le colonne?
users-columns-about = Controlla le colonne di “{ $file }” prima di importare.
users-columns-column = Colonna
users-columns-number = Colonna { $number }
users-columns-holds = Contiene
users-columns-row = Riga { $number }
users-columns-header = La prima riga è un’intestazione
users-columns-import = Importa
users-columns-no-login = Indica la colonna con l’utente di origine o con l’indirizzo.
users-doubt-repeated = Le colonne { $first } e { $second } hanno lo stesso nome.
users-doubt-unnamed = Il nome della colonna { $column } non dice che cosa contiene.
users-doubt-two-readings = Le colonne { $first } e { $second } si possono leggere in più modi.
users-doubt-no-login = Nessuna colonna sembra contenere nomi utente.
users-field-destination-login = Utente a destinazione
users-field-first-name = Nome
users-field-last-name = Cognome
users-field-full-name = Nome e cognome
users-field-aliases = Alias
users-field-group = Gruppo
users-field-ignored = Ignora

users-aliases-example = alias, separati da virgole

users-groups-all = Gruppo: tutti
users-groups-one = { $name } ({ $number })
users-groups-alone = Senza gruppo ({ $number })
users-groups-only = Seleziona solo questi
users-groups-assign = Assegna al gruppo…
users-groups-title = Assegna al gruppo
users-groups-about =
    { $count ->
        [one] { $number } utente selezionato fra quelli in vista. Un gruppo si migra insieme, nella serata che scegli; senza nome, l’utente ne esce.
       *[other] { $number } utenti selezionati fra quelli in vista. Un gruppo si migra insieme, nella serata che scegli; senza nome, gli utenti ne escono.
    }
users-groups-example = lunedì amministrazione
users-groups-known = Gruppi già presenti
users-groups-pick = Scegli un gruppo
users-groups-put = Assegna
users-groups-leave = Togli dal gruppo

aliases-do = Cerca alias…
aliases-title = Alias degli account
aliases-about = Cerca nelle caselle di origine gli altri indirizzi di ogni utente. Nulla viene aggiunto senza la tua conferma.
aliases-standard = Standard
aliases-standard-about = Un alias per account, ricavato dall’header From: dei messaggi inviati.
aliases-username = Nome utente – consigliata
aliases-username-about = L’alias è il nome usato per accedere. Gli header non vengono analizzati.
aliases-extended = Risoluzione estesa destinatario
aliases-extended-about = Cerca tutti i possibili alias negli header dei messaggi ricevuti.
aliases-no-envelope = Escludi X-Envelope-To
aliases-no-received = Escludi Received
aliases-domains = Altri domini di cui valgono gli indirizzi (facoltativo)
aliases-domains-example = azienda.example, azienda.test
aliases-domains-wrong = Scrivi solo i domini, separati da virgole: azienda.example
aliases-nobody = Seleziona almeno un utente senza problemi.
aliases-effort-none = Nessuna casella viene aperta.
aliases-effort =
    { $count ->
        [one] Vengono lette le intestazioni di { $number } casella, mai il testo dei messaggi.
       *[other] Vengono lette le intestazioni di { $number } caselle, mai il testo dei messaggi.
    }
aliases-search = Cerca
aliases-opening = Lettura delle proposte…
aliases-reading =
    { $count ->
        [one] Lettura delle intestazioni: { $done } account su { $all }
       *[other] Lettura delle intestazioni: { $done } account su { $all }
    }
aliases-stop = Ferma
aliases-see = Proposte trovate: { $time }
aliases-again = Cerca di nuovo…
aliases-sums = Indirizzi accettati: { $accepted }; proposti, da confermare: { $suggested }; scartati: { $refused }.
aliases-column-address = Account e indirizzi
aliases-column-envelope = Consegna
aliases-column-received = Received
aliases-column-sent = Inviati
aliases-column-visible = A/Cc
aliases-column-other = Altro
aliases-column-verdict = Esito
aliases-present = Già nell’elenco
aliases-accepted = Accettato
aliases-suggested = Proposto
aliases-refused = Scartato
aliases-other-account = È di { $login }
aliases-claimed = Compare anche in { $logins }
aliases-role = È un indirizzo di servizio
aliases-list = È una lista di distribuzione
aliases-by-name = L’alias è il nome utente
aliases-read =
    { $count ->
        [one] { $number } messaggio letto
       *[other] { $number } messaggi letti
    }
aliases-none = Nessun alias trovato: vale il nome utente ({ $read })
aliases-catch-all = Riceve tutto il dominio
aliases-catch-all-about = Questa casella sembra ricevere tutto ciò che arriva al dominio: sono certi solo gli indirizzi da cui scrive.
aliases-least = Anche quelli proposti con almeno N messaggi:
aliases-do-accept = Accetta
aliases-apply =
    { $count ->
        [0] Aggiungi
        [one] Aggiungi { $number } alias
       *[other] Aggiungi { $number } alias
    }
aliases-added =
    { $count ->
        [0] Nessun alias da aggiungere: c’erano già tutti.
        [one] { $number } alias aggiunto all’elenco.
       *[other] { $number } alias aggiunti all’elenco.
    }
aliases-unkept = Le proposte non si possono conservare nella cartella della migrazione. { $detail }
