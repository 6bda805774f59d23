import type { MoreStrings } from "../more/words";
import type { Strings } from "./en";

export const words: Strings & MoreStrings = {
  open: "Apri la chat", close: "Chiudi la chat", chatWith: "Chatta con {}",
  log: "Conversazione", assistant: "Assistente", team: "Team", you: "Tu",
  online: "Assistente IA · risponde subito", connecting: "Connessione…",
  offline: "Nessuna connessione. Riprovo…",
  greeting: "Ciao! Come possiamo aiutarti?",
  intro: "Chiedi quello che vuoi su {}. Una persona risponde quando preferisci.",
  suggestions: ["Che cosa offrite?", "Quali sono gli orari?", "Parlare con una persona"],
  placeholder: "Scrivi un messaggio…", send: "Invia", sending: "Invio…", sent: "Inviato",
  failed: "Non inviato", retry: "Riprova", typing: "Sta scrivendo una risposta",
  attachment: "Allegato", newMessages: "Nuovi messaggi", unread: "non letti",
  camera: "Scatta una foto", attach: "Allega un file", remove: "Rimuovi",
  uploading: "Caricamento", tooBig: "Supera {}", tooMany: "Al massimo {} file alla volta",
  refused: "Questo tipo di file non è accettato", notUploaded: "Non caricato",
  picture: "Immagine", coming: "In arrivo…", soldOut: "Esaurito", seen: "Visto",
  dropHere: "Rilascia qui i file",
  consent: "Questo browser può ricordare la conversazione, così la ritrovi?",
  agree: "Sì, ricorda", decline: "No",
};
