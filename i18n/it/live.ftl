# La tappa in cui si segue la migrazione: avanzamento, account, log, statistiche.

live-preparing = Avvio della migrazione
live-preparing-about = Si aprono il registro e i collegamenti con i server.
live-running = Migrazione in corso
live-running-about = Avviata { $at }. Lascia acceso il computer: in caso di interruzione riprende da dov’era arrivata.
live-pass-accounts = Account a destinazione
live-pass-complete = Passaggio finale
live-pass-verify = Verifica
live-offline = In attesa della rete
live-offline-about = I server non si raggiungono: si riprova da sé finché tornano, da questo punto.
live-offline-about-at = I server non si raggiungono: nuovo tentativo alle { $time }, da questo punto.
live-pausing = Pausa in arrivo
live-pausing-about = Si completano i messaggi già in viaggio.
live-paused = Migrazione in pausa
live-paused-about = Nessuna copia in corso. Puoi riprendere quando vuoi, da questo punto.
live-closed = In attesa della fascia oraria
live-closed-about = Si copia solo nella fascia { $hours }: riprende da sé { $at }. Lascia acceso il computer.
live-closed-about-plain = Si copia solo nella fascia oraria scelta: poi riprende da sé. Lascia acceso il computer.
live-stopping = Fermata in corso
live-stopping-about = Si completano i messaggi già in viaggio, poi tutto si ferma.
live-draining-about =
    { $count ->
        [one] Si completa l’account in copia; gli altri restano in coda.
       *[other] Si completano i { $number } account in copia; gli altri restano in coda.
    }
live-finishing = Ultimi conti
live-finishing-about = Si rileggono i totali dal registro.
live-not-begun = La migrazione non è partita
live-broken = La migrazione si è interrotta
live-not-yet = Migrazione non ancora avviata
live-not-yet-about = Non è stato ancora copiato nessun messaggio.
live-stopped = Migrazione ferma
live-stopped-about = I messaggi già copiati restano a destinazione. Riprendi quando vuoi da questo punto, senza creare duplicati.
live-interrupted = Migrazione interrotta
live-interrupted-about = Ultima attività { $at }. Riprendi quando vuoi da questo punto, senza creare duplicati.
live-wrong = Copia terminata con errori
live-wrong-about =
    { $count ->
        [one] Un account ha bisogno di te: leggi il motivo nella riga, correggi e riprova.
       *[other] { $number } account hanno bisogno di te: leggi il motivo nella riga, correggi e riprova.
    }
live-well = Copia terminata
live-well-about =
    { $count ->
        [one] L’account è stato copiato. Mancano il passaggio finale e la verifica.
       *[other] Tutti i { $number } account sono stati copiati. Mancano il passaggio finale e la verifica.
    }

live-pause = Pausa
live-resume = Riprendi
live-retry-now = Riprova ora
live-stop = Ferma…
live-stop-now-ask = Ferma subito…
live-stopping-button = Fermata in corso
live-completion-later = Disponibile quando la migrazione è ferma o terminata.
live-begin-now = Avvia migrazione
live-begin-again = Riprendi migrazione

live-demo = Dati di esempio: due server su questo computer, con 80 ms di ritardo come se fossero lontani.
live-status-running = In copia { $running }, in coda { $queued }
live-status-offline = Server non raggiungibili: si riprova da sé
live-status-left = Da completare: { $accounts }
live-status-wrong = Con errori: { $accounts }
live-status-well = Tutti gli account sono copiati
live-unread = Il registro della migrazione non si legge, i dati possono mancare. { $detail }
live-retry-later = Non adesso: riprova quando la migrazione è ferma.

live-at-today = oggi alle { $time }
live-at-day = il { $day } alle { $time }
live-under-a-minute = meno di un minuto
live-minutes = { $number } min
live-hours = { $number } h
live-about = circa { $time }
live-end = fine prevista alle { $time }
live-end-day = fine prevista il { $day } alle { $time }
live-missing = mancano circa { $time }
live-missing-little = manca meno di un minuto
live-reckoning = Calcolo in corso…
live-ending = Quasi fermo…
live-paused-since = In pausa dalle { $time }
live-next-try = Nuovo tentativo alle { $time }
live-resumes = Riprende { $at }
live-took = Durata { $time }
live-ended-at = terminata { $at }
live-of = { $done } di { $of }
live-of-messages =
    { $count ->
        [one] { $done } di { $of } messaggio
       *[other] { $done } di { $of } messaggi
    }
live-of-at-least =
    { $count ->
        [one] { $done } di almeno { $of } messaggio
       *[other] { $done } di almeno { $of } messaggi
    }
live-of-unknown = Messaggi ancora da contare
live-accounts-of =
    { $count ->
        [one] { $done } account su { $of }
       *[other] { $done } account su { $of }
    }
live-sample-server = Server di esempio
live-messages-per-second = messaggi/s
live-last-minutes =
    { $count ->
        [one] Ultimo minuto
       *[other] Ultimi { $number } minuti
    }
live-last-seconds =
    { $count ->
        [one] Ultimo secondo
       *[other] Ultimi { $number } secondi
    }
live-minutes-ago = { $number } min fa
live-seconds-ago = { $number } s fa
live-now = ora

live-tab-accounts = Account
live-tab-log = Log
live-tab-statistics = Statistiche
live-filter-all = Tutti
live-filter-wrong = Con errori
live-filter-done = Completati
live-filter-left = Da copiare
live-filter-more = Altri
live-search = Cerca account
live-nothing = Ancora nessun account
live-nothing-found = Nessun account corrisponde
live-column-state = Stato
live-column-account = Account
live-column-progress = Avanzamento
live-column-folder = Cartella corrente
live-column-folder-name = Cartella
live-column-messages = Messaggi
live-state-running = In corso
live-state-waiting = In attesa
live-state-paused = In pausa
live-state-queued = In coda
live-state-failed = Errore
live-state-done = Completato
live-state-stopped = Fermo
live-state-skipped = Saltato
live-inbox = Posta in arrivo
live-note-preparing = Preparazione dell’account…
live-note-listing = Lettura delle cartelle…
live-note-folders = Cartelle incomplete
live-note-waiting = { $reason }, riprova alle { $time }
live-not-copied =
    { $count ->
        [one] { $number } non copiato
       *[other] { $number } non copiati
    }

live-reason-login-refused = Password rifiutata
live-reason-login-suspended = Accesso sospeso
live-reason-imap-disabled = IMAP disattivato
live-reason-provider-gate = Serve una password per app
live-reason-password-missing = Password mancante
live-reason-unreachable = Server irraggiungibile
live-reason-timed-out = Nessuna risposta
live-reason-connection-lost = Connessione interrotta
live-reason-certificate = Certificato non attendibile
live-reason-too-many-connections = Troppe connessioni
live-reason-server-busy = Server occupato
live-reason-over-quota = Casella piena
live-reason-too-large = Messaggio troppo grande
live-reason-refused = Rifiutato dalla destinazione
live-reason-folder = Cartella rifiutata
live-reason-unreadable = Illeggibile all’origine
live-reason-altered = Copia da controllare
live-reason-server-error = Errore del server
live-reason-disk-full = Disco pieno
live-reason-too-many-failures = Troppi tentativi falliti
live-reason-count = { $reason }: { $number }

live-since = da { $time }
live-since-left = da { $time }, ancora { $left }
live-finished = finito { $at }, in { $took }
live-folders-looking = Lettura del registro…
live-folders-none = Nessuna cartella ancora
live-folder-excluded = esclusa
live-folder-vanished = non c’è più
live-folder-failed = non copiata
live-not-copied-title =
    { $count ->
        [one] { $number } messaggio non copiato
       *[other] { $number } messaggi non copiati
    }
live-excluded-title =
    { $count ->
        [one] { $number } messaggio escluso dai filtri
       *[other] { $number } messaggi esclusi dai filtri
    }
live-skip = Salta account
live-saved = Messaggi salvati
live-fix-password = Correggi la password

live-log-all = Tutti
live-log-info = Informazioni
live-log-warn = Avvisi
live-log-error = Errori
live-log-accounts = Tutti gli account
live-log-search = Cerca nel log
live-log-follow = Segui
live-log-copy = Copia le righe
live-log-copy-chosen = Copia la selezione
live-log-open = Apri il file
live-log-nothing = Ancora nessuna riga
live-log-nothing-found = Nessuna riga corrisponde

live-per-minute = Messaggi copiati al minuto
live-average = media { $number }
live-begin = Avvio
live-elapsed = Tempo trascorso
live-last = Ultima attività
live-expected-end = Fine prevista
live-copied = Messaggi copiati
live-present = Già presenti, saltati
live-left-out = Non copiati
live-biggest = Account più grandi
live-biggest-copied = copiato
live-biggest-all = totale
live-left-out-title = Messaggi non copiati
live-left-out-none = Nessuno, finora.
live-left-out-list = Vedi l’elenco
live-excluded = Esclusi dai filtri
live-excluded-size = Oltre { $size }, esclusi dai filtri
live-excluded-since = Più vecchi, esclusi dai filtri
live-excluded-deleted = Eliminati, esclusi dai filtri
live-export = Esporta CSV
live-exported = Statistiche salvate in { $path }
live-not-exported = Le statistiche non sono state salvate. { $detail }
live-csv-file = traghetto-statistiche.csv
live-csv-messages = Messaggi all’origine
live-csv-done = Messaggi fatti
live-csv-copied = Copiati in questa esecuzione
live-csv-exceptions = Non copiati
live-csv-octets = Byte all’origine
live-csv-octets-done = Byte fatti
live-csv-reason = Motivo

live-ask-stop = Fermare la migrazione?
live-ask-stop-about = I messaggi già copiati restano a destinazione. Potrai riavviare da questo punto, senza creare duplicati.
live-ask-stop-yes = Ferma
live-drain =
    { $count ->
        [one] Termina prima l’account in copia
       *[other] Termina prima i { $number } account in copia
    }
live-drain-in = Si ferma fra { $time }
live-drain-about = Gli altri restano in coda
live-stop-now = Ferma subito
live-stop-now-about = Si interrompe dopo il messaggio in corso di ogni account

live-setup-making = L’account viene creato sul nuovo server…
live-setup-half-made = Account creato solo in parte sul nuovo server: avvia di nuovo la migrazione per completarlo.
live-setup-made = Account creato da Traghetto sul nuovo server
live-setup-existed = L’account c’era già sul nuovo server e non è stato modificato
live-setup-password = Password impostata
live-setup-differs = Diverso dall’elenco: { $what }
live-setup-held-now = Bloccato finché la sua posta si copia, poi sbloccato
live-setup-held = Ancora bloccato per la migrazione: avviala di nuovo per sbloccarlo.
live-passwords-running = Password in corso di impostazione
live-passwords-well = Password impostate
live-passwords-well-about = I messaggi non sono stati copiati: con questa scelta si trasferiscono solo le password.
live-passwords-only = Nessun messaggio viene copiato
live-passwords-no-folders = I messaggi non si copiano
live-passwords-short = { $done } / { $of } password
live-passwords-of =
    { $count ->
        [one] password impostata, su { $of } account
       *[other] password impostate, su { $of } account
    }
live-column-done = Account a destinazione
