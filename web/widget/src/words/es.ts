import type { MoreStrings } from "../more/words";
import type { Strings } from "./en";

export const words: Strings & MoreStrings = {
  open: "Abrir chat", close: "Cerrar chat", chatWith: "Chat con {}", log: "Conversación",
  assistant: "Asistente", team: "Equipo", you: "Tú",
  online: "Asistente de IA · responde al instante", connecting: "Conectando…",
  offline: "Sin conexión. Reintentando…",
  greeting: "¡Hola! ¿En qué podemos ayudarte?",
  intro: "Pregunta lo que quieras sobre {}. Una persona te atiende cuando lo pidas.",
  suggestions: ["¿Qué ofrecéis?", "¿Cuál es el horario?", "Hablar con una persona"],
  placeholder: "Escribe un mensaje…", send: "Enviar", sending: "Enviando…", sent: "Enviado",
  failed: "No enviado", retry: "Reintentar", typing: "Escribiendo una respuesta",
  attachment: "Archivo adjunto", newMessages: "Mensajes nuevos", unread: "sin leer",
  camera: "Hacer una foto", attach: "Adjuntar un archivo", remove: "Quitar",
  uploading: "Subiendo", tooBig: "Supera {}", tooMany: "Como máximo {} archivos a la vez",
  refused: "No se acepta este tipo de archivo", notUploaded: "No se ha subido", picture: "Imagen",
  coming: "En camino…", soldOut: "Agotado", seen: "Visto", dropHere: "Suelta aquí los archivos",
  consent: "¿Puede este navegador recordar la conversación para que la encuentres de nuevo?",
  agree: "Sí, recordar", decline: "No",
};
