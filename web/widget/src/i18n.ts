// The widget's language for this visitor, with dates and times formatted in it (Intl). English is built in;
// any other language is loaded before the widget appears.

import { en, type Strings } from "./words/en";

export type { Strings };

const kOthers = ["es", "fr", "de", "pt", "it", "ar"];

export interface Language {
  tag: string;
  strings: Strings;
  dir: "ltr" | "rtl";
}

export const fill = (text: string, value: string): string => text.replace("{}", () => value);

/**
 * Picks the first wanted language that the widget has, and the tag for dates: the visitor's own region of
 * that language, if the browser names one. Falls back to English if the language cannot be loaded.
 */
export async function pickLanguage(
  wanted: readonly string[], regions: readonly string[], origin: string,
): Promise<Language> {
  const short = (tag: string): string => tag.slice(0, 2).toLowerCase();
  const chosen = wanted.find((tag) => short(tag) === "en" || kOthers.includes(short(tag))) ?? "en";
  const tag = regions.find((region) => short(region) === short(chosen)) ?? chosen;
  if (short(chosen) === "en") return { tag, strings: en, dir: "ltr" };
  try {
    const { words } = await import(`${origin}/widget-${short(chosen)}.js`) as { words: Partial<Strings> };
    return { tag, strings: { ...en, ...words }, dir: short(chosen) === "ar" ? "rtl" : "ltr" };
  } catch {
    return { tag: "en", strings: en, dir: "ltr" };
  }
}

export class Clock {
  readonly #time: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #relative: Intl.RelativeTimeFormat;

  constructor(tag: string) {
    this.#time = new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit" });
    this.#date = new Intl.DateTimeFormat(tag, { weekday: "long", day: "numeric", month: "long" });
    this.#relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  }

  timeOf(at: number): string {
    return this.#time.format(at);
  }

  /** "Today", "Yesterday", or the date. */
  dayOf(at: number): string {
    const midnight = (t: number): number => new Date(t).setHours(0, 0, 0, 0);
    const days = Math.round((midnight(at) - midnight(Date.now())) / 86_400_000);
    const label = days === 0 || days === -1 ? this.#relative.format(days, "day") : this.#date.format(at);
    return label.charAt(0).toUpperCase() + label.slice(1);
  }
}
