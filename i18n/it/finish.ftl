# Il completamento: passaggio finale, verifica, esito, passaggio al nuovo server.

finish-title = Completamento
finish-purpose = L’ultimo passaggio recupera la posta arrivata dopo la prima copia, poi confronta origine e destinazione.
finish-title-last = Passaggio finale in corso
finish-title-last-paused = Passaggio finale in pausa
finish-title-last-about = Controlliamo di nuovo tutte le caselle e copiamo solo ciò che manca.
finish-title-verify = Verifica in corso
finish-title-verify-paused = Verifica in pausa
finish-title-verify-about = Ogni copia viene cercata a destinazione e confrontata con l’originale.
finish-title-done = Migrazione completata
finish-title-done-about = Tutti i messaggi previsti sono arrivati. Conserva il rapporto e concludi il passaggio al nuovo server.
finish-title-copied = Copia verificata
finish-title-copied-about = Quello che c’era sull’origine è arrivato tutto. Manca il passaggio finale, per la posta arrivata dopo.
finish-title-nearly = Quasi completata
finish-title-nearly-about = La verifica ha trovato qualche messaggio che a destinazione non c’è ancora.
finish-title-differs-about = I messaggi ci sono tutti, ma qualche copia non è come l’originale.
finish-title-partly = Verificata in parte
finish-title-partly-about = Nessun messaggio risulta mancante, ma le copie non sono state confrontate tutte per intero.
finish-title-unverified = Da verificare
finish-title-unverified-about = I messaggi sono stati copiati. Che ci siano davvero tutti lo dice soltanto la verifica.
finish-title-check = Da controllare
finish-title-check-about = Di qualche casella o cartella non sappiamo abbastanza per dire che non manca nulla.
finish-title-stopped = Migrazione fermata a metà
finish-title-verify-stopped = Verifica fermata a metà
finish-title-stopped-about = Puoi riprendere quando vuoi da questo punto: nulla viene copiato due volte.

finish-done = Fine
finish-gathering = Preparazione del rapporto…
finish-ungathered = Il registro della migrazione non si legge. { $detail }
finish-see = Vedi
finish-none = nessuno
finish-never = mai
finish-of = { $done } di { $all }
finish-reason = { $name }: { $reason }
finish-reason-waiting = Non ancora copiati.
finish-others =
    { $count ->
        [one] E un altro account.
       *[other] E altri { $number } account.
    }

# La linea dei tre passaggi.
finish-first = Prima copia
finish-first-none = La prima copia non è ancora stata avviata.
finish-first-open = La prima copia non è terminata
finish-first-running = In corso: { $done } messaggi su { $all }.
finish-first-done =
    { $count ->
        [one] { $number } account e { $messages }, terminata { $when }.
       *[other] { $number } account e { $messages }, terminata { $when }.
    }
finish-first-done-once =
    { $count ->
        [one] { $number } account e { $messages }.
       *[other] { $number } account e { $messages }.
    }
finish-first-left =
    { $count ->
        [one] Non terminata: da copiare { $messages } in { $number } account. Puoi riprenderla, oppure lasciar fare al passaggio finale.
       *[other] Non terminata: da copiare { $messages } in { $number } account. Puoi riprenderla, oppure lasciar fare al passaggio finale.
    }
finish-first-unread =
    { $count ->
        [one] Non terminata: { $number } account non è arrivato in fondo. Puoi riprenderla, oppure lasciar fare al passaggio finale.
       *[other] Non terminata: { $number } account non sono arrivati in fondo. Puoi riprenderla, oppure lasciar fare al passaggio finale.
    }
finish-to-copy = Vai alla migrazione
finish-last = Passaggio finale
finish-last-about = Controlliamo di nuovo tutte le caselle e copiamo solo ciò che manca: la posta arrivata nel frattempo, e i messaggi non ancora riusciti.
finish-last-now = Lettura delle caselle e copia di ciò che manca…
finish-last-over = Terminato.
finish-last-outside = Questa volta solo la verifica.
finish-complete = Completa migrazione
finish-lacking =
    { $count ->
        [one] Ancora da copiare: { $messages } in { $number } account
       *[other] Ancora da copiare: { $messages } in { $number } account
    }
finish-lacking-accounts =
    { $count ->
        [one] { $number } account non è arrivato in fondo
       *[other] { $number } account non sono arrivati in fondo
    }
finish-verify = Verifica
finish-verify-about = Subito dopo, ogni messaggio dell’origine viene cercato a destinazione. Al termine ricevi il rapporto.
finish-verify-to-come = Comincia appena termina il passaggio finale.
finish-verify-now-about = Rilettura delle copie e confronto con gli originali…
finish-verify-only = Solo la verifica
finish-verify-again = Ripeti solo la verifica
finish-level-full = Confronto completo (consigliato)
finish-level-full-about = Ogni copia viene riletta e confrontata byte per byte: è la sola prova che non manca nulla. Riscarica tutta la posta dalla destinazione.
finish-level-sample = A campione
finish-level-sample-about = Rilegge { $number } messaggi a caso per casella (tutti, sotto i 2 GB). Molto più rapido; un difetto raro può sfuggire.
finish-level-present = Solo presenza
finish-level-present-about = Ogni copia deve risultare nell’elenco della destinazione. Pochi minuti, ma il contenuto non viene letto.
finish-preparing = Preparazione…
finish-pausing = In pausa appena arrivano i messaggi in viaggio…
finish-paused = In pausa
finish-stopping = Si ferma appena arrivano i messaggi in viaggio…
finish-pause = Pausa
finish-resume = Riprendi
finish-stop = Ferma
finish-stop-last = Vuoi fermare il passaggio finale?
finish-stop-last-about = I messaggi in viaggio arrivano a destinazione, poi tutto si ferma. Potrai riprendere da questo punto, senza creare duplicati.
finish-stop-verify = Vuoi fermare la verifica?
finish-stop-verify-about = Ciò che è già stato confrontato resta nel rapporto. Finché la verifica non termina non si può dire che non manca nulla.
finish-stop-no = Continua
finish-stop-yes = Ferma
finish-now-accounts =
    { $count ->
        [one] { $done } account su { $number }
       *[other] { $done } account su { $number }
    }
finish-now-brought =
    { $count ->
        [one] { $number } messaggio recuperato finora
       *[other] { $number } messaggi recuperati finora
    }
finish-now-read =
    { $count ->
        [one] { $number } copia riletta e confrontata finora
       *[other] { $number } copie rilette e confrontate finora
    }
finish-now-lacking =
    { $count ->
        [one] { $number } messaggio senza una copia buona
       *[other] { $number } messaggi senza una copia buona
    }
finish-now-left = Circa { $time } al termine
finish-wait-copy = Attendi la fine della copia in corso, o fermala, prima di completare
finish-ready = Pronto per il passaggio finale
finish-advice =
    { $today ->
        [1] Consiglio: completa dopo le { $time }
       *[other] Consiglio: completa dopo { $when }
    }
finish-repeatable = Puoi ripetere il passaggio finale tutte le volte che vuoi: i messaggi già copiati non vengono duplicati.
finish-passes = Ripeti il passaggio finale
finish-to-result = Torna all’esito

# Prima di completare.
finish-before-title = Prima di completare
finish-seen = Secondo il DNS di questo computer, { $when }
finish-mx-point = Il record MX punta al nuovo server
finish-ttl-wait = Aspetta che scada il TTL
finish-ttl-wait-about =
    { $today ->
        [1] Se il record è cambiato da poco, fino alle { $time } qualche mittente può ancora consegnare al vecchio server.
       *[other] Se il record è cambiato da poco, qualche mittente può ancora consegnare al vecchio server: fino a { $when }.
    }
finish-ttl-over = Il TTL è scaduto
finish-ttl = TTL del record: { $time }
finish-ttl-about = Dopo averlo cambiato aspetta almeno altrettanto, poi completa.
finish-quiet = Nessuna copia in corso
finish-quiet-since = La migrazione è ferma da { $when }
finish-copying = Copia in corso
finish-copying-about = Il passaggio finale può cominciare quando è ferma.
finish-looking = Ricerca nel DNS…
finish-look-again = Ricontrolla
finish-dns-silent = Il DNS non ha risposto
finish-dns-demo = Nella demo il DNS non si controlla
finish-dns-local = Destinazione in rete locale: il DNS non si controlla
finish-dns-no-domain = Nessun dominio negli indirizzi degli account
finish-dns-no-resolver = Nessun server DNS su questo computer
finish-dns-by-hand = Controlla tu che la posta nuova arrivi già al nuovo server.

# L’esito.
finish-proven-about =
    { $count ->
        [one] Confronto completo di { $messages } in { $number } account: ci sono tutti.
       *[other] Confronto completo di { $messages } in { $number } account: ci sono tutti.
    }
finish-disagree = I conti non tornano
finish-disagree-about = Le somme del registro non concordano: finché non tornano, non ci si può basare su questo esito.
finish-failed-about = Sono caselle mai lette, o il cui ultimo passaggio non è riuscito: che cosa contengono adesso non si sa.
finish-stopped = Fermata a metà
finish-stopped-about = Il passaggio finale non è terminato in tutte le caselle.
finish-stopped-verify-about = Il passaggio finale è terminato, la verifica no: vale solo per le copie già confrontate.
finish-unread =
    { $count ->
        [one] { $number } cartella non letta
       *[other] { $number } cartelle non lette
    }
finish-unread-about = Che cosa contengono non si sa: guarda i motivi, poi ripeti il passaggio finale.
finish-missing-waiting-about = Sono ancora sull’origine: recuperali adesso.
finish-missing-refused-about = Non è stato possibile copiarli: guarda i motivi nella tabella, poi riprova.
finish-missing-about = Alcuni sono ancora da copiare, altri non si sono potuti copiare: guarda i motivi, poi riprova.
finish-differs = Copie da guardare
finish-differs-about = Nessun messaggio risulta mancante, ma il confronto ha trovato copie diverse dagli originali: il rapporto dice quali.
finish-unverified = Non ancora verificata
finish-unverified-about = Il server di destinazione ha accettato tutte le copie. Nessuna è stata ancora riletta e confrontata.
finish-unverified-some-about = Il server di destinazione ha accettato tutte le copie. Rilette e confrontate finora: { $read } su { $of }.
finish-none-seen = Nessun messaggio risulta mancante
finish-present-about = Verifica della sola presenza di { $messages } nell’elenco della destinazione: il contenuto non è stato letto.
finish-sampled-about = Verifica a campione: { $read } copie su { $of } rilette e confrontate per intero, le altre presenti.
finish-nothing = Niente da verificare
finish-nothing-about = Nessun account fa parte di questa migrazione.
finish-recover =
    { $count ->
        [one] Recupera il messaggio
       *[other] Recupera i { $number } messaggi
    }
finish-try-again =
    { $count ->
        [one] Riprova su { $number } account
       *[other] Riprova su { $number } account
    }
finish-go-on = Riprendi
finish-verify-now = Avvia la verifica
finish-verify-all = Confronta tutto
finish-to-pass = Vai al passaggio finale
finish-status-missing =
    { $count ->
        [one] { $messages } da recuperare in { $number } account
       *[other] { $messages } da recuperare in { $number } account
    }
finish-status-ended = Terminata { $when }
finish-open =
    { $count ->
        [one] In { $number } account il passaggio finale è ancora da fare
       *[other] In { $number } account il passaggio finale è ancora da fare
    }
finish-independent =
    { $count ->
        [0] Un confronto indipendente dei due server dà lo stesso risultato: non manca nulla.
        [one] Un confronto indipendente dei due server dà lo stesso risultato: { $number } messaggio mancante.
       *[other] Un confronto indipendente dei due server dà lo stesso risultato: { $number } messaggi mancanti.
    }
finish-independent-not =
    { $count ->
        [one] Un confronto indipendente dei due server dà un altro risultato: { $number } messaggio mancante. Non fidarti di questo esito.
       *[other] Un confronto indipendente dei due server dà un altro risultato: { $number } messaggi mancanti. Non fidarti di questo esito.
    }
finish-fact-verified = Ultima verifica
finish-fact-copied = Copiati
finish-fact-additional = Col passaggio finale
finish-fact-missing = Mancanti
finish-fact-approved = Mancanti approvati
finish-fact-excluded = Esclusi dai filtri
finish-fact-folders = Cartelle escluse
finish-fact-gone = Tolti dall’origine
finish-fact-left-out = Account lasciati fuori
finish-fact-compared = Confronto
finish-fact-code = Codice del rapporto
finish-excluded = { $number }, { $reason }
finish-over = oltre { $size }
finish-before = prima del { $day }
finish-deleted = già eliminati
finish-compared-not = nessuno
finish-compared-some = { $read } riletti su { $of }
finish-compared-present = solo presenza
finish-compared-sample = a campione, { $read } riletti
finish-compared-full = completo, byte per byte
finish-export = Esporta il rapporto
finish-save-as = Salva con nome…
finish-save-title = Salva il rapporto
finish-open-folder = Apri cartella
finish-unwritten = Il file non è stato scritto. { $detail }
finish-unshown = Su questo computer non c’è un programma che lo apra: il file è al suo posto.

# La tabella degli account.
finish-accounts = Verifica per account
finish-accounts-now = Account
finish-search = Cerca account
finish-none-found = Nessun account corrisponde
finish-column-account = Account
finish-column-origin = Origine
finish-column-copies = Destinazione
finish-column-excluded = Esclusi
finish-column-missing = Mancanti
finish-column-outcome = Esito
finish-column-done = Messaggi
finish-column-state = Stato
finish-outcome-complete = Completo
finish-outcome-recover = Recupera
finish-outcome-to-see = Da vedere
finish-outcome-stopped = Fermato
finish-outcome-unverified = Da verificare
finish-outcome-present = Presente
finish-outcome-sampled = A campione
finish-outcome-left-out = Lasciato fuori
finish-now-queued = In coda
finish-now-preparing = Preparazione
finish-now-listing = Lettura
finish-now-copying = Copia
finish-now-verifying = Confronto
finish-now-waiting = In attesa
finish-now-done = Completato
finish-now-exceptions = Da vedere
finish-now-failed = Errore
finish-now-stopped = Fermato

# Il registro di un account.
finish-ledger-all = Messaggi non copiati
finish-ledger-all-about = Tutto ciò che non è andato come doveva, account per account
finish-ledger-copies = { $copies } copie su { $listed } messaggi
finish-ledger-empty = Nessuna eccezione in questo account
finish-line-failed = L’ultimo passaggio non è arrivato in fondo
finish-line-never = La casella non è mai stata letta
finish-line-never-about = Che cosa contiene non si sa
finish-line-sums = I conti non tornano
finish-line-sums-about = Ripeti il passaggio finale di questo account
finish-line-folder = Cartella { $folder }
finish-line-waiting =
    { $count ->
        [one] { $number } messaggio ancora da copiare
       *[other] { $number } messaggi ancora da copiare
    }
finish-line-waiting-about = Il passaggio finale li copia
finish-open-eml = Apri .eml
finish-approve = Approva…
finish-approve-why = Perché può restare indietro?
finish-approve-now = Approva
finish-approve-failed = L’approvazione non è stata registrata. { $detail }
finish-approved-because = Approvato da { $name }: { $words }
finish-withdraw = Ritira l’approvazione

# Il passaggio al nuovo server.
finish-cutover = Passaggio al nuovo server
finish-done-of = { $done } di { $all } fatti
finish-item-mx = Record MX
finish-item-webmail = Webmail raggiungibile
finish-item-autodiscover = Autodiscover
finish-item-clients = Client degli utenti
finish-item-signatures = SPF, DKIM e DMARC
finish-item-old = Vecchio server
finish-of-domain = { $domain }: { $words }
finish-mx-new = Punta al nuovo server
finish-mx-all = Puntano tutti al nuovo server
finish-mx-old = Punta ancora al vecchio server ({ $host })
finish-mx-both = Punta a tutti e due i server
finish-mx-elsewhere = Punta a { $host }
finish-mx-none = Nessun record MX
finish-mx-refuses = Il dominio dichiara di non ricevere posta
finish-mx-no-domain = Il dominio non esiste nel DNS
finish-auto-new = Punta al nuovo server
finish-auto-old = Punta ancora all’origine
finish-auto-elsewhere = Punta a { $host }
finish-auto-none = Non configurato
finish-signatures-all = Presenti tutti e tre
finish-spf-names = SPF: comprende il nuovo server
finish-spf-unnamed = SPF: non si riconosce il nuovo server
finish-spf-several = SPF: più di un record, valgono come nessuno
finish-spf-missing = Manca il record SPF
finish-spf-unknown = SPF: il DNS non ha risposto
finish-dkim-found = DKIM: chiave presente ({ $selectors })
finish-dkim-unseen = DKIM: chiave non trovata con i nomi più comuni
finish-dkim-missing = Manca la chiave DKIM
finish-dkim-unknown = DKIM: il DNS non ha risposto
finish-dmarc-policy = DMARC: presente (p={ $policy })
finish-dmarc-missing = Manca il record DMARC
finish-dmarc-unknown = DMARC: il DNS non ha risposto
finish-webmail-about = Provala tu: { $host }
finish-clients-about = Istruzioni pronte da inviare
finish-clients-save = Salva
finish-old-about = Tienilo acceso ancora 30 giorni
finish-old-until = Tienilo acceso fino al { $day }
finish-records-about = Risposte del DNS di questo computer, { $when }
finish-records-none = Nessun record.
finish-records-others =
    { $count ->
        [one] Un altro dominio non è stato controllato.
       *[other] Altri { $number } domini non sono stati controllati.
    }

# Il testo per gli utenti.
finish-client-title = La tua posta sul nuovo server
finish-client-about = Imposta il tuo programma di posta con questi dati:
finish-client-imap = Posta in arrivo (IMAP): { $host }, porta { $port }
finish-client-security = Sicurezza della connessione: { $security }
finish-client-tls = SSL/TLS
finish-client-starttls = STARTTLS
finish-client-clear = nessuna
finish-client-user = Nome utente: { $form }
finish-client-address = il tuo indirizzo e-mail per intero
finish-client-login = lo stesso di prima
finish-client-local = ciò che nel tuo indirizzo sta prima della chiocciola
finish-client-example = Per esempio: { $login }
finish-client-password = Password: quella che ti ha dato chi gestisce la posta
finish-client-smtp = Posta in uscita (SMTP): ______________________ (lo indica chi gestisce la posta)
finish-client-after = Messaggi e cartelle sono già sul nuovo server. Nel programma aggiungi il nuovo account; elimina quello vecchio solo dopo aver controllato che ci sia tutto.

finish-half-made =
    { $count ->
        [one] { $number } account è stato creato solo in parte: avvia di nuovo la migrazione per completarlo.
       *[other] { $number } account sono stati creati solo in parte: avvia di nuovo la migrazione per completarli.
    }
finish-held =
    { $count ->
        [one] { $number } account è ancora bloccato per la migrazione: avviala di nuovo per sbloccarlo.
       *[other] { $number } account sono ancora bloccati per la migrazione: avviala di nuovo per sbloccarli.
    }
finish-changed =
    { $count ->
        [one] Sul nuovo server { $number } impostazione è stata cambiata per la migrazione.
       *[other] Sul nuovo server { $number } impostazioni sono state cambiate per la migrazione.
    }
finish-put-back = Le impostazioni del server sono di nuovo quelle di prima.
finish-not-put-back = Le impostazioni del server non sono state rimesse
finish-fact-passwords = Password impostate
finish-fact-made = Account creati
finish-fact-existed = Account già presenti
finish-outcome-set = Impostata
finish-outcome-not-set = Non impostata
finish-title-passwords = Password trasferite
finish-title-passwords-about = I messaggi si spostano con altri mezzi: qui non se ne dice nulla.
finish-title-passwords-some = Qualche password non è stata impostata.
finish-list = Elenco account per un altro pannello…
finish-list-title = Elenco degli account
finish-list-about = Una tabella CSV con indirizzo, nome utente, nome e alias, da importare in un altro pannello.
finish-list-passwords = Anche le password
finish-list-passwords-about = Stanno nel file in chiaro: chi lo apre le legge. Eliminalo appena l’hai importato.
finish-list-password-missing = la password di { $address } non è nota
finish-unfinished-accounts = Account da sistemare
finish-unfinished-accounts-about = I messaggi sono confrontati; sul nuovo server qualche account non è ancora a posto.
