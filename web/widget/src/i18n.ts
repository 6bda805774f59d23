// Every word the widget says itself, in six languages. Dates and times come from Intl.

export interface Strings {
  open: string;
  close: string;
  chatWith: string;
  log: string;
  assistant: string;
  team: string;
  you: string;
  online: string;
  connecting: string;
  offline: string;
  greeting: string;
  intro: string;
  suggestions: string[];
  placeholder: string;
  send: string;
  sending: string;
  sent: string;
  read: string;
  failed: string;
  retry: string;
  typing: string;
  attachment: string;
  newMessages: string;
  unread: string;
}

const en: Strings = {
  open: "Open chat", close: "Close chat", chatWith: "Chat with {name}", log: "Conversation",
  assistant: "Assistant", team: "Team", you: "You",
  online: "AI assistant · replies instantly", connecting: "Connecting…",
  offline: "No connection. Trying again…",
  greeting: "Hello! How can we help?",
  intro: "Ask anything about {name}. A person takes over whenever you like.",
  suggestions: ["What do you offer?", "When are you open?", "Talk to a person"],
  placeholder: "Write a message…", send: "Send", sending: "Sending…", sent: "Sent", read: "Read",
  failed: "Not sent", retry: "Try again", typing: "Writing a reply", attachment: "Attachment",
  newMessages: "New messages", unread: "unread",
};

const es: Strings = {
  open: "Abrir chat", close: "Cerrar chat", chatWith: "Chat con {name}", log: "Conversación",
  assistant: "Asistente", team: "Equipo", you: "Tú",
  online: "Asistente de IA · responde al instante", connecting: "Conectando…",
  offline: "Sin conexión. Reintentando…",
  greeting: "¡Hola! ¿En qué podemos ayudarte?",
  intro: "Pregunta lo que quieras sobre {name}. Una persona te atiende cuando lo pidas.",
  suggestions: ["¿Qué ofrecéis?", "¿Cuál es el horario?", "Hablar con una persona"],
  placeholder: "Escribe un mensaje…", send: "Enviar", sending: "Enviando…", sent: "Enviado",
  read: "Leído", failed: "No enviado", retry: "Reintentar", typing: "Escribiendo una respuesta",
  attachment: "Archivo adjunto", newMessages: "Mensajes nuevos", unread: "sin leer",
};

const fr: Strings = {
  open: "Ouvrir le chat", close: "Fermer le chat", chatWith: "Discuter avec {name}",
  log: "Conversation", assistant: "Assistant", team: "Équipe", you: "Vous",
  online: "Assistant IA · répond aussitôt", connecting: "Connexion…",
  offline: "Pas de connexion. Nouvel essai…",
  greeting: "Bonjour ! Que puis-je faire pour vous ?",
  intro: "Posez vos questions sur {name}. Une personne prend le relais quand vous le souhaitez.",
  suggestions: ["Que proposez-vous ?", "Quels sont vos horaires ?", "Parler à une personne"],
  placeholder: "Écrivez un message…", send: "Envoyer", sending: "Envoi…", sent: "Envoyé",
  read: "Lu", failed: "Non envoyé", retry: "Réessayer", typing: "Rédige une réponse",
  attachment: "Pièce jointe", newMessages: "Nouveaux messages", unread: "non lus",
};

const de: Strings = {
  open: "Chat öffnen", close: "Chat schließen", chatWith: "Chat mit {name}", log: "Unterhaltung",
  assistant: "Assistent", team: "Team", you: "Sie",
  online: "KI-Assistent · antwortet sofort", connecting: "Verbinden…",
  offline: "Keine Verbindung. Neuer Versuch…",
  greeting: "Hallo! Wie können wir helfen?",
  intro: "Fragen Sie alles über {name}. Auf Wunsch übernimmt ein Mensch.",
  suggestions: ["Was bieten Sie an?", "Wann haben Sie geöffnet?", "Mit einem Menschen sprechen"],
  placeholder: "Nachricht schreiben…", send: "Senden", sending: "Wird gesendet…",
  sent: "Gesendet", read: "Gelesen", failed: "Nicht gesendet", retry: "Erneut senden",
  typing: "Schreibt eine Antwort", attachment: "Anhang", newMessages: "Neue Nachrichten",
  unread: "ungelesen",
};

const pt: Strings = {
  open: "Abrir chat", close: "Fechar chat", chatWith: "Conversar com {name}", log: "Conversa",
  assistant: "Assistente", team: "Equipe", you: "Você",
  online: "Assistente de IA · responde na hora", connecting: "Conectando…",
  offline: "Sem conexão. Tentando de novo…",
  greeting: "Olá! Como podemos ajudar?",
  intro: "Pergunte o que quiser sobre {name}. Uma pessoa assume quando você quiser.",
  suggestions: ["O que vocês oferecem?", "Qual é o horário?", "Falar com uma pessoa"],
  placeholder: "Escreva uma mensagem…", send: "Enviar", sending: "Enviando…", sent: "Enviada",
  read: "Lida", failed: "Não enviada", retry: "Tentar de novo", typing: "Escrevendo uma resposta",
  attachment: "Anexo", newMessages: "Novas mensagens", unread: "não lidas",
};

const it: Strings = {
  open: "Apri la chat", close: "Chiudi la chat", chatWith: "Chatta con {name}",
  log: "Conversazione", assistant: "Assistente", team: "Team", you: "Tu",
  online: "Assistente IA · risponde subito", connecting: "Connessione…",
  offline: "Nessuna connessione. Riprovo…",
  greeting: "Ciao! Come possiamo aiutarti?",
  intro: "Chiedi quello che vuoi su {name}. Una persona risponde quando preferisci.",
  suggestions: ["Che cosa offrite?", "Quali sono gli orari?", "Parlare con una persona"],
  placeholder: "Scrivi un messaggio…", send: "Invia", sending: "Invio…", sent: "Inviato",
  read: "Letto", failed: "Non inviato", retry: "Riprova", typing: "Sta scrivendo una risposta",
  attachment: "Allegato", newMessages: "Nuovi messaggi", unread: "non letti",
};

const kLanguages: Record<string, Strings> = { en, es, fr, de, pt, it };

/**
 * The words of the first wanted language that we speak, and the tag to write dates with: the
 * visitor's own region of that language, if the browser names one.
 */
export function pickLanguage(
  wanted: readonly string[], regions: readonly string[],
): { tag: string; strings: Strings } {
  const language = (tag: string): string => tag.slice(0, 2).toLowerCase();
  const chosen = wanted.find((tag) => language(tag) in kLanguages) ?? "en";
  const same = regions.find((tag) => language(tag) === language(chosen));
  return { tag: same ?? chosen, strings: kLanguages[language(chosen)] ?? en };
}

export class Clock {
  private readonly time: Intl.DateTimeFormat;
  private readonly date: Intl.DateTimeFormat;
  private readonly relative: Intl.RelativeTimeFormat;

  constructor(tag: string) {
    this.time = new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit" });
    this.date = new Intl.DateTimeFormat(tag, { weekday: "long", day: "numeric", month: "long" });
    this.relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  }

  timeOf(at: number): string {
    return this.time.format(at);
  }

  /** "Today", "Yesterday", or the date. */
  dayOf(at: number): string {
    const midnight = (t: number): number => new Date(t).setHours(0, 0, 0, 0);
    const days = Math.round((midnight(at) - midnight(Date.now())) / 86_400_000);
    const label = days === 0 || days === -1 ? this.relative.format(days, "day") : this.date.format(at);
    return label.charAt(0).toUpperCase() + label.slice(1);
  }
}
