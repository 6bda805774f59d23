import type { MoreStrings } from "../more/words";
import type { Strings } from "./en";

export const words: Strings & MoreStrings = {
  open: "Chat öffnen", close: "Chat schließen", chatWith: "Chat mit {}", log: "Unterhaltung",
  assistant: "Assistent", team: "Team", you: "Sie",
  online: "KI-Assistent · antwortet sofort", connecting: "Verbinden…",
  offline: "Keine Verbindung. Neuer Versuch…",
  greeting: "Hallo! Wie können wir helfen?",
  intro: "Fragen Sie alles über {}. Auf Wunsch übernimmt ein Mensch.",
  suggestions: ["Was bieten Sie an?", "Wann haben Sie geöffnet?", "Mit einem Menschen sprechen"],
  placeholder: "Nachricht schreiben…", send: "Senden", sending: "Wird gesendet…",
  sent: "Gesendet", failed: "Nicht gesendet", retry: "Erneut senden",
  typing: "Schreibt eine Antwort", attachment: "Anhang", newMessages: "Neue Nachrichten",
  unread: "ungelesen",
  camera: "Foto aufnehmen", attach: "Datei anhängen", remove: "Entfernen",
  uploading: "Wird hochgeladen", tooBig: "Größer als {}",
  tooMany: "Höchstens {} Dateien auf einmal", refused: "Diese Art Datei wird nicht angenommen",
  notUploaded: "Nicht hochgeladen", picture: "Bild", coming: "Unterwegs…", soldOut: "Ausverkauft",
  seen: "Gesehen", dropHere: "Dateien hier ablegen",
  consent: "Darf dieser Browser sich die Unterhaltung merken, damit Sie sie wiederfinden?",
  agree: "Ja, merken", decline: "Nein",
};
