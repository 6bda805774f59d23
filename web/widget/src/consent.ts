// Asks whether the browser may store the conversation, if the page requires the question
// (data-consent="ask"). The chat works either way; no answer counts as no.

import { h } from "./dom";
import type { Strings } from "./i18n";

export function consentCard(strings: Strings, decide: (agreed: boolean) => void): HTMLElement {
  const answer = (label: string, agreed: boolean): HTMLElement =>
    h("button", { type: "button", class: agreed ? "chip yes" : "chip", click: () => decide(agreed) }, label);
  return h(
    "div", { class: "consent", role: "group", "aria-label": strings.consent },
    h("p", {}, strings.consent),
    h("div", { class: "chips" }, answer(strings.agree, true), answer(strings.decline, false)),
  );
}
