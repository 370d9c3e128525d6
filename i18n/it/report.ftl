# Il rapporto: totali, eccezioni, grado.

state-planned = Da copiare
state-in-flight = In viaggio
state-acked = Accettati
state-verified = Verificati
state-adopted = Già presenti
state-merged = Uniti
state-gone = Spariti
state-excluded = Esclusi
state-exception = Non copiati

report-title = Rapporto di migrazione
report-made = Creato il { $when } con Traghetto { $version }. Non contiene oggetti né testi dei messaggi.
report-code = Codice del rapporto: { $code }. Sono le prime cifre dello SHA-256 di report.json.
report-grade = Valutazione: { $grade }
report-grade-perfect = Perfetta
report-grade-good = Buona
report-grade-to-check = Da verificare
report-grade-critical = Critica
report-note = Nota
report-findings = Perché questa valutazione

report-headline-zero = 0 messaggi mancanti
report-headline-copied =
    { $count ->
        [one] { $number } messaggio copiato
       *[other] { $number } messaggi copiati
    }
report-headline-missing =
    { $count ->
        [one] { $number } messaggio non ancora a destinazione
       *[other] { $number } messaggi non ancora a destinazione
    }
report-headline-failed =
    { $count ->
        [one] { $number } casella da rivedere
       *[other] { $number } caselle da rivedere
    }

report-statement-copies = Copie a destinazione: { $messages } in { $mailboxes }.
report-statement-nothing = Non c’è ancora nessuna copia da confrontare.
report-statement-accepted = Il server di destinazione li ha accettati. Nessuna copia è stata ancora riletta e confrontata.
report-statement-accepted-some = Il server di destinazione li ha accettati. Per ora { $read } su { $of } sono stati riletti e confrontati.
report-statement-present = Sono presenti: ogni copia è nell’elenco della destinazione, con una dimensione plausibile. Riletti e confrontati per intero: { $read } su { $of }.
report-statement-sample = Sono presenti, e { $read } su { $of } sono stati riletti e confrontati per intero, scelti a caso: 0 difetti. Nelle caselle verificate a campione (almeno { $smallest } riletti in ciascuna) i difetti sono meno del { $bound }, con confidenza del 95%.
report-statement-sample-defects = Sono presenti, e { $read } su { $of } sono stati riletti e confrontati per intero, scelti a caso. Difetti trovati: { $defects }. Ripeti la verifica completa.
report-statement-full = Ogni copia è stata confrontata per intero con l’originale. Identiche byte per byte: { $identical }; identiche salvo i fine riga o le intestazioni di servizio: { $normal }; con intestazioni aggiunte dal server e il resto identico: { $headers }; già presenti prima della copia e risultate uguali: { $adopted }.
report-statement-reader = Le copie sono state rilette con { $reader }.
report-statement-fallbacks =
    { $count ->
        [one] In { $number } caso il lettore indipendente non ha capito il server ed è stato usato quello di Traghetto.
       *[other] In { $number } casi il lettore indipendente non ha capito il server ed è stato usato quello di Traghetto.
    }
report-statement-seed = Seme del campione: { $seed }

report-finding-sums = { $account }, cartella “{ $folder }”: l’elenco dell’origine conta { $listed } messaggi, gli esiti registrati sono { $counted }. I conti non tornano: ripeti la migrazione di questa casella.
report-finding-ledger = { $account }: gli esiti contano { $counted } messaggi non copiati, il registro delle eccezioni { $lines } righe con un motivo. I conti non tornano.
report-finding-comparisons = { $account }, cartella “{ $folder }”: risultano { $verified } messaggi verificati e { $compared } confronti registrati. I conti non tornano: ripeti la verifica.
report-finding-account-failed = { $account }: l’ultimo passaggio non è arrivato in fondo. { $trouble }
report-finding-never-listed = { $account }: la casella non è mai stata letta. Non si sa che cosa contiene.
report-finding-folder-failed = { $account }, cartella “{ $folder }”: { $trouble }
report-finding-many =
    { $count ->
        [one] { $number } messaggio su { $of } non è stato copiato: troppi per una migrazione riuscita. Guarda il registro delle eccezioni.
       *[other] { $number } messaggi su { $of } non sono stati copiati: troppi per una migrazione riuscita. Guarda il registro delle eccezioni.
    }
report-finding-exceptions =
    { $count ->
        [one] { $number } messaggio non è stato copiato. È nel registro delle eccezioni, con le parole del server.
       *[other] { $number } messaggi non sono stati copiati. Sono nel registro delle eccezioni, con le parole del server.
    }
report-finding-approved =
    { $count ->
        [one] { $number } messaggio non copiato è stato accettato così: nel registro delle eccezioni c’è chi lo ha deciso e perché. Resta contato tra i mancanti.
       *[other] { $number } messaggi non copiati sono stati accettati così: nel registro delle eccezioni c’è chi lo ha deciso e perché. Restano contati tra i mancanti.
    }
report-finding-not-finished = Non finita: restano { $messages } da copiare e { $folders } da leggere. Avvia di nuovo la migrazione: riprende da dov’era arrivata.
report-finding-messages-left = Non finita: { $messages } da copiare. Avvia di nuovo la migrazione: riprende da dov’era arrivata.
report-finding-folders-left = Non finita: { $folders } da leggere. Avvia di nuovo la migrazione: riprende da dov’era arrivata.
report-finding-stopped = Non finita: è stata fermata prima di aver letto tutto. Avvia di nuovo la migrazione: riprende da dov’era arrivata.
report-finding-not-verified =
    { $count ->
        [one] Non ancora verificata: { $number } copia è stata solo accettata dal server. Avvia la verifica.
       *[other] Non ancora verificata: { $number } copie sono state solo accettate dal server. Avvia la verifica.
    }
report-finding-presence =
    { $count ->
        [one] Di { $number } copia è stata verificata la presenza, non il contenuto.
       *[other] Di { $number } copie è stata verificata la presenza, non il contenuto.
    }
report-finding-merged =
    { $count ->
        [one] { $number } messaggio è stato unito dal server di destinazione a uno identico.
       *[other] { $number } messaggi sono stati uniti dal server di destinazione ad altri identici.
    }
report-finding-reencoded =
    { $count ->
        [one] { $number } copia è stata ricodificata dal server: il contenuto è uguale, i byte no.
       *[other] { $number } copie sono state ricodificate dal server: il contenuto è uguale, i byte no.
    }
report-finding-different =
    { $count ->
        [one] { $number } copia è diversa dall’originale.
       *[other] { $number } copie sono diverse dall’originale.
    }
report-finding-sample =
    { $count ->
        [one] { $number } copia non è stata riletta: per lei vale il campione.
       *[other] { $number } copie non sono state rilette: per loro vale il campione.
    }
report-finding-headers =
    { $count ->
        [one] A { $number } copia il server di destinazione ha aggiunto intestazioni; il resto è identico.
       *[other] A { $number } copie il server di destinazione ha aggiunto intestazioni; il resto è identico.
    }
report-finding-metadata =
    { $count ->
        [one] { $number } messaggio è arrivato intero ma senza una sua etichetta o con un’altra data: la destinazione non la accetta.
       *[other] { $number } messaggi sono arrivati interi ma senza una loro etichetta o con un’altra data: la destinazione non le accetta.
    }
report-finding-excluded =
    { $count ->
        [one] { $number } messaggio è stato escluso dai filtri scelti.
       *[other] { $number } messaggi sono stati esclusi dai filtri scelti.
    }
report-finding-gone =
    { $count ->
        [one] { $number } messaggio è stato tolto dall’origine prima di essere letto.
       *[other] { $number } messaggi sono stati tolti dall’origine prima di essere letti.
    }
report-finding-left-out =
    { $count ->
        [one] { $number } casella del piano è lasciata fuori per scelta: non è stata né letta né copiata, e qui non conta.
       *[other] { $number } caselle del piano sono lasciate fuori per scelta: non sono state né lette né copiate, e qui non contano.
    }
report-finding-final-pass =
    { $count ->
        [one] In { $number } casella il passaggio finale è ancora da fare: ciò che arriva nel frattempo sul vecchio server non è in questo rapporto.
       *[other] In { $number } caselle il passaggio finale è ancora da fare: ciò che arriva nel frattempo sul vecchio server non è in questo rapporto.
    }

report-plan = Che cosa è stato migrato
report-none = nessuna
report-no-limit = nessun limite
report-origin = Origine
report-destination = Destinazione
report-since = Solo messaggi dal
report-max-size = Solo messaggi fino a
report-excluded-folders = Cartelle escluse
report-folder-choices = Cartelle spostate a scelta
report-deleted = Messaggi segnati come eliminati
report-deleted-copy = copiati, con il segno
report-deleted-unmark = copiati, senza il segno
report-deleted-skip = lasciati all’origine

report-accounts = Account
report-account = Account
report-destination-login = Utente a destinazione
report-phase = Stato
report-phase-waiting = Non iniziato
report-phase-copying = In corso
report-phase-copied = Copiato
report-phase-completed = Completo
report-phase-interrupted = Interrotto
report-left-out = Lasciato fuori
report-trouble = Problema
report-listed = All’origine
report-copies = Copiati
report-excluded = Esclusi
report-missing = Mancanti
report-octets = Dimensione
report-additional = Arrivati col passaggio finale
report-absent = Copiati e poi tolti dall’origine
report-assurance = Confronto
report-sums = Conti
report-sums-agree = tornano
report-sums-disagree = non tornano
report-total = Totale
report-claim-nothing = niente da confrontare
report-claim-accepted = accettati dal server
report-claim-present = presenti
report-claim-sample = presenti, { $read } riletti
report-claim-full = riletti tutti

report-folders = Cartelle
report-folder-origin = Cartella di origine
report-folder-destination = Cartella di destinazione
report-folder-active = Migrata
report-folder-excluded = Esclusa
report-folder-failed = Non riuscita
report-folder-vanished = Non c’è più all’origine
report-folder-not-listed = Non ancora letta
report-notes = Note
report-outcome = Esito

report-exceptions = Registro delle eccezioni
report-no-exceptions = Nessuna: ogni messaggio previsto ha una copia, o è ancora da copiare.
report-date = Data
report-reason = Motivo
report-server-words = Parole del server
report-saved = Messaggio salvato
report-approved-by = Accettata da
report-approval = Nota di accettazione
report-open = Apri .eml

report-limits = Che cosa è provato e che cosa no
report-limits-sums = Ogni messaggio che il server di origine ha elencato ha un solo esito, registrato prima e dopo la copia; Traghetto ricalcola le somme e qui dice se tornano. Nessuna copia vale per due messaggi.
report-limits-when = Il rapporto vale per gli elenchi letti dall’origine a partire da questo momento: { $when }. Quello che è arrivato sul vecchio server dopo l’elenco della sua cartella non c’è.
report-limits-hidden = Traghetto vede solo quello che il server mostra via IMAP: etichette o cartelle nascoste, calendari e contatti non sono compresi.
report-limits-later = Quello che gli utenti spostano o cancellano dopo la copia, da una parte o dall’altra, è affar loro e non compare come mancante.
report-limits-self = Un rapporto non prova da solo che il programma abbia guardato bene: per questo le copie si rileggono con un lettore scritto da altri, e i file esportati si possono ricontrollare.

report-setup = Account a destinazione
report-setup-half-made = creato solo in parte
report-setup-made = creato da Traghetto
report-setup-existed = c’era già
report-setup-password = password impostata
report-headline-passwords = { $count ->
    [0] Nessuna password impostata
    [one] Una password impostata
   *[other] { $number } password impostate
}
report-statement-passwords = Sono state trasferite solo le password: i messaggi non sono stati copiati né confrontati, e questo rapporto non ne dice nulla.
report-finding-not-prepared = { $account }: l’account a destinazione non è pronto. { $trouble }
report-finding-half-made = { $account }: l’account a destinazione è stato creato solo in parte; avvia di nuovo la migrazione per completarlo. { $trouble }
report-finding-held = { $account }: l’account a destinazione è ancora bloccato per la migrazione; avviala di nuovo per sbloccarlo.
report-finding-password-not-set = { $account }: la password non è stata impostata.

# Account a destinazione

accounts-rights = { $admin } ha i permessi per creare gli account
accounts-seats = Posti liberi: { $free }; account da creare: { $wanted }
accounts-seats-advice = Prima di cominciare estendi la licenza o il limite del dominio, oppure migra meno account.
accounts-domain = Il dominio { $domain } esiste
accounts-domain-created = Il dominio { $domain } manca e verrà creato
accounts-domain-missing = Il dominio { $domain } manca
accounts-domain-missing-advice = Crealo sul server, o consenti a Traghetto di crearlo.
accounts-present = { $count ->
    [0] Nessuno degli account esiste già
    [one] Un account esiste già
   *[other] { $number } account esistono già
}
accounts-impersonates = L’amministratore può aprire le caselle: la copia non ha bisogno delle password degli utenti
accounts-impersonates-not = L’amministratore non può aprire le caselle degli utenti
accounts-impersonates-not-advice = La copia accede a ogni casella con la sua password.
accounts-setting = { $setting }: { $value }
accounts-better = { $advice } Traghetto può impostare { $value } e rimettere poi il valore di prima.
accounts-migration-active = Modalità di migrazione del server
accounts-migration-active-advice = Deve essere spenta: ogni accesso sbagliato verrebbe inviato al vecchio server.
accounts-imap-active = Servizio IMAP
accounts-imap-active-advice = Deve essere attivo: la posta arriva da lì.
accounts-append-rate = Messaggi accettati al minuto via IMAP
accounts-append-rate-advice = Oltre questo numero il server rallenta la copia; 0 vuol dire senza limite.
accounts-binary-append = Messaggi con byte nulli
accounts-binary-append-advice = Se non sono ammessi, i pochi messaggi che ne contengono vengono rifiutati e stanno fra le eccezioni.
accounts-imap-antivirus = Antivirus su IMAP
accounts-imap-antivirus-advice = Rallenta la copia e può rifiutare vecchi messaggi infetti: valuta di spegnerlo durante la migrazione.
accounts-imap-tarpit = Rallentamento delle connessioni IMAP (tarpit)
accounts-imap-tarpit-advice = Aggiungi l’indirizzo di questo computer fra quelli esclusi.
accounts-block-address = Blocco degli indirizzi con molte connessioni al minuto
accounts-block-address-advice = Aggiungi l’indirizzo di questo computer fra quelli esclusi, o alza il limite.
accounts-imap-connections = Connessioni IMAP insieme
accounts-imap-connections-advice = Tieni il numero di account copiati insieme sotto questo limite.
accounts-imap-bandwidth = Banda del servizio IMAP (kB/s)
accounts-imap-bandwidth-advice = La copia non può andare più veloce di così.
accounts-imap-addresses = Indirizzi ammessi o esclusi da IMAP
accounts-imap-addresses-advice = Controlla che questo computer possa collegarsi.
accounts-message-size = Dimensione massima dei messaggi
accounts-message-size-advice = I messaggi più grandi potrebbero essere rifiutati; starebbero fra le eccezioni.
accounts-login-form = Nome con cui si accede
accounts-login-form-advice = Controlla che il nome utente a destinazione abbia questa forma.
accounts-login-attempts = Tentativi prima del blocco dell’accesso
accounts-login-attempts-advice = Qualche password sbagliata nell’elenco può bloccare gli accessi.
accounts-plain-disabled = Accesso SASL PLAIN
accounts-plain-disabled-advice = Senza PLAIN l’amministratore non può aprire le caselle.
accounts-two-factor = Secondo fattore
accounts-two-factor-advice = Gli account con il secondo fattore non accettano la sola password via IMAP.
accounts-password-policy = Regole sulle password
accounts-password-policy-advice = Le password vecchie vengono impostate lo stesso; agli utenti potrà essere chiesto di cambiarle.
accounts-retention = Eliminazione automatica dei messaggi vecchi
accounts-retention-advice = Spegnila prima di copiare: i messaggi vecchi sparirebbero poco dopo la migrazione.
accounts-archive-folder = Cartella dell’archivio del server
accounts-archive-folder-advice = Una cartella con questo nome arriva con un altro nome.
accounts-differs-name = il nome è “{ $found }”, nell’elenco “{ $wanted }”
accounts-differs-alias = manca l’alias { $wanted }
accounts-differs-quota = la quota è { $found }, doveva essere { $wanted }
accounts-differs-imap = non ammette IMAP
accounts-differs-password = la sua password sta in una directory
accounts-differs-disabled = è disattivato
accounts-differs-kind = non è una casella ({ $found })
accounts-differs-retention = i messaggi vecchi vengono eliminati da soli ({ $found })
accounts-differs-discards = scarta i messaggi che riceve
accounts-notice-name = Migrazione in corso
accounts-notice-subject = La tua casella sta arrivando sul nuovo server
accounts-notice-text =
    Stiamo copiando la tua posta dal vecchio server a questo.
    Nessun messaggio va perso: a copia finita troverai tutto al suo posto.
    Nel frattempo la tua casella può non essere raggiungibile; riprova più tardi.
