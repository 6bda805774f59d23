// Every text of the widget itself; {} stands for a name or a number. Each other language is a file of its
// own, loaded when it is needed.

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
  failed: string;
  retry: string;
  typing: string;
  attachment: string;
  newMessages: string;
  unread: string;
  camera: string;
  attach: string;
  uploading: string;
  notUploaded: string;
  seen: string;
  dropHere: string;
  consent: string;
  agree: string;
  decline: string;
}

export const en: Strings = {
  open: "Open chat", close: "Close chat", chatWith: "Chat with {}", log: "Conversation",
  assistant: "Assistant", team: "Team", you: "You",
  online: "AI assistant · replies instantly", connecting: "Connecting…",
  offline: "No connection. Trying again…",
  greeting: "Hello! How can we help?",
  intro: "Ask anything about {}. A person takes over whenever you like.",
  suggestions: ["What do you offer?", "When are you open?", "Talk to a person"],
  placeholder: "Write a message…", send: "Send", sending: "Sending…", sent: "Sent",
  failed: "Not sent", retry: "Try again", typing: "Writing a reply", attachment: "Attachment",
  newMessages: "New messages", unread: "unread",
  camera: "Take a photo", attach: "Attach a file", uploading: "Uploading",
  notUploaded: "Not uploaded",
  seen: "Seen", dropHere: "Drop files here",
  consent: "May this browser remember our conversation, so that you find it again?",
  agree: "Yes, remember", decline: "No",
};
