# L’aiuto di ogni schermata (F1).

help-start = Per cominciare
help-start-about =
    Una migrazione ha otto passi. I primi sei non toccano nessuna casella: dici da dove e verso dove, chi, e come; poi un controllo preliminare prova tutto.

    Ogni migrazione è una cartella: dentro ci sono il piano (migration.toml), il registro di ogni messaggio, il log e il rapporto. La stessa cartella si può usare dalla riga di comando.

    La demo usa due piccoli server su questo computer, con posta inventata: serve a vedere tutto il viaggio senza rischi.
help-origin =
    Scrivi un indirizzo del dominio e premi Rileva: di solito bastano pochi secondi. Se non trova nulla, il nome del server è spesso imap.dominio o mail.dominio, porta 993 con SSL/TLS.

    Google, Yahoo, iCloud e altri non accettano la password normale da un programma: serve una password per le app, che si crea nelle impostazioni di sicurezza dell’account.

    Se il certificato è autofirmato, confronta l’impronta con chi gestisce il server prima di accettarla. Un’impronta accettata vale solo per questo server.

    Un utente master (Dovecot, Cyrus, Zimbra…) apre tutte le caselle con una sola password.
help-destination =
    Con IceWarp Server basta l’amministratore: Traghetto crea gli account, controlla le impostazioni che rallentano o rifiutano la copia e, se lo chiedi, le cambia; “Rimetti come prima” le riporta com’erano. Se il server lo permette, le caselle si aprono senza le password degli utenti.

    Con un altro server IMAP le caselle devono esistere già, oppure al passo 3 indichi un programma che le crea. Se contengono posta, Traghetto la confronta e copia solo ciò che manca.

    Un archivio locale è una cartella con una Maildir per account: una copia di sicurezza, o un deposito da caricare più avanti su un server scegliendo “Archivio locale” al passo 1.

    Controlla lo spazio: se una casella ha una quota più piccola della posta che arriva, il controllo preliminare lo dice prima di partire.
help-mode =
    Con la modalità manuale servono nome utente e password di ogni account, oppure un utente master. La migrazione ha un inizio e una fine, e puoi farla a gruppi.

    “Migra gli account” crea gli account e ne copia i messaggi. “Migra i messaggi” copia in account che esistono già. “Solo password” imposta soltanto le password, per chi sposta la posta con altri mezzi. Tutto si può ripetere: un account che esiste resta com’è.

    Senza IceWarp gli account li crea un programma tuo: Traghetto lo chiama per ogni account e gli passa i dati in JSON sullo standard input. Gli esempi sono nella cartella packaging/examples.

    La posta che arriva durante la copia si recupera con il passaggio finale.
help-users =
    L’elenco può essere un testo (utente:password:indirizzo), un CSV o un foglio di calcolo. Da Excel salva pure il file .xlsx così com’è: evita gli accenti rovinati che il CSV a volte produce.

    Le righe con un problema restano in elenco, ma non vengono migrate finché non le correggi. Con la casella a sinistra scegli chi migrare adesso.

    Verifica credenziali prova ogni accesso una volta sola: una password rifiutata non viene riprovata da sola, per non bloccare l’account.

    “Cerca alias…” legge le intestazioni della posta di origine e propone gli altri indirizzi di ognuno, con il numero di messaggi che li mostrano: Consegna e Received li ha scritti il server, gli Inviati l’utente stesso, A/Cc e Altro i mittenti. Decidi tu quali aggiungere.

    Un gruppo si migra in una serata sua: seleziona le righe, premi “Assegna al gruppo…”, poi al passo 6 avvia solo quel gruppo. L’elenco si può importare di nuovo con altre righe: chi è già stato migrato resta com’è.
help-options =
    I valori proposti vanno bene nella maggior parte dei casi. Le cartelle speciali (Posta inviata, Cestino…) vengono abbinate da sole anche se i nomi sono diversi.

    Un filtro lascia indietro dei messaggi: sono contati a parte, in ogni schermata e nel rapporto, mai fra i mancanti.

    Un account di migrazione accoglie gli utenti mentre la loro casella è in copia. Lo script dopo ogni account serve per ciò che fai di solito a mano: avvisare l’utente, aggiornare un altro sistema.
help-preflight =
    Il controllo accede a ogni casella su entrambi i lati, conta cartelle e messaggi e cerca ciò che potrebbe andare storto. Non modifica nulla.

    Solo un problema blocca l’avvio; un avviso no. Gli account con un problema si possono escludere tornando al passo 4.

    Se Traghetto crea gli account, qui leggi che cosa ne sarà di ognuno: da creare, già presente e in che cosa è diverso. Quelli che ci sono già non vengono modificati.
help-live =
    Puoi mettere in pausa o fermare quando vuoi: nessun messaggio resta a metà e si riprende da lì. Anche se manca la corrente.

    Se la rete cade, Traghetto aspetta e riprova da solo. Un account con un errore non ferma gli altri: correggi e premi Riprova.
help-completion =
    Prima del passaggio finale sposta il record MX e aspetta che scada il TTL: fino ad allora qualche mittente può ancora consegnare al vecchio server.

    “0 messaggi mancanti” compare solo dopo un confronto completo: ogni messaggio dell’origine è stato riletto a destinazione. Conserva il rapporto.

    Tieni acceso il vecchio server ancora per un po’: puoi ripetere il passaggio finale tutte le volte che vuoi.

    Le impostazioni del server cambiate per la migrazione si rimettono con un pulsante. L’elenco degli account per un altro pannello contiene le password solo se lo chiedi.
help-keys = Tastiera
help-key-tab = il controllo successivo; con Maiusc il precedente
help-key-arrows = si sposta in elenchi, schede e scelte
help-key-enter = il pulsante principale
help-key-escape = chiude un riquadro o una domanda
help-key-steps = passo precedente e successivo
help-key-search = cerca
help-key-tabs = le tre schede della migrazione
help-key-again = ripete la verifica
help-key-help = apre e chiude questo aiuto
help-scale = Dimensione del testo
help-about = Traghetto { $version }. Licenza MIT o Apache-2.0. Caratteri Inter e JetBrains Mono (SIL OFL 1.1), icone Lucide (ISC).
