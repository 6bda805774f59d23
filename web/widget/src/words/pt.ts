import type { MoreStrings } from "../more/words";
import type { Strings } from "./en";

export const words: Strings & MoreStrings = {
  open: "Abrir chat", close: "Fechar chat", chatWith: "Conversar com {}", log: "Conversa",
  assistant: "Assistente", team: "Equipe", you: "Você",
  online: "Assistente de IA · responde na hora", connecting: "Conectando…",
  offline: "Sem conexão. Tentando de novo…",
  greeting: "Olá! Como podemos ajudar?",
  intro: "Pergunte o que quiser sobre {}. Uma pessoa assume quando você quiser.",
  suggestions: ["O que vocês oferecem?", "Qual é o horário?", "Falar com uma pessoa"],
  placeholder: "Escreva uma mensagem…", send: "Enviar", sending: "Enviando…", sent: "Enviada",
  failed: "Não enviada", retry: "Tentar de novo", typing: "Escrevendo uma resposta",
  attachment: "Anexo", newMessages: "Novas mensagens", unread: "não lidas",
  camera: "Tirar uma foto", attach: "Anexar um arquivo", remove: "Remover",
  uploading: "Enviando arquivo", tooBig: "Maior que {}", tooMany: "No máximo {} arquivos por vez",
  refused: "Este tipo de arquivo não é aceito", notUploaded: "Não enviado", picture: "Imagem",
  coming: "A caminho…", soldOut: "Esgotado", seen: "Visto", dropHere: "Solte os arquivos aqui",
  consent: "Este navegador pode guardar a conversa para você encontrá-la de novo?",
  agree: "Sim, guardar", decline: "Não",
};
