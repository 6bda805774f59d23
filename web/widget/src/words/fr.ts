import type { MoreStrings } from "../more/words";
import type { Strings } from "./en";

export const words: Strings & MoreStrings = {
  open: "Ouvrir le chat", close: "Fermer le chat", chatWith: "Discuter avec {}",
  log: "Conversation", assistant: "Assistant", team: "Équipe", you: "Vous",
  online: "Assistant IA · répond aussitôt", connecting: "Connexion…",
  offline: "Pas de connexion. Nouvel essai…",
  greeting: "Bonjour ! Que puis-je faire pour vous ?",
  intro: "Posez vos questions sur {}. Une personne prend le relais quand vous le souhaitez.",
  suggestions: ["Que proposez-vous ?", "Quels sont vos horaires ?", "Parler à une personne"],
  placeholder: "Écrivez un message…", send: "Envoyer", sending: "Envoi…", sent: "Envoyé",
  failed: "Non envoyé", retry: "Réessayer", typing: "Rédige une réponse",
  attachment: "Pièce jointe", newMessages: "Nouveaux messages", unread: "non lus",
  camera: "Prendre une photo", attach: "Joindre un fichier", remove: "Retirer",
  uploading: "Envoi en cours", tooBig: "Dépasse {}", tooMany: "{} fichiers au maximum à la fois",
  refused: "Ce type de fichier n’est pas accepté", notUploaded: "Non envoyé", picture: "Image",
  coming: "En route…", soldOut: "Épuisé", seen: "Vu", dropHere: "Déposez les fichiers ici",
  consent: "Ce navigateur peut-il garder la conversation pour que vous la retrouviez ?",
  agree: "Oui, la garder", decline: "Non",
};
