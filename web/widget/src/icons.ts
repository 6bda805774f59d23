// Path data of the widget's icons, drawn for it, in a 24 × 24 box.

export const kWave = [
  "M3 10c2.2 0 2.2-2 4.5-2s2.3 2 4.5 2 2.2-2 4.5-2 2.3 2 4.5 2",
  "M3 15c2.2 0 2.2-2 4.5-2s2.3 2 4.5 2 2.2-2 4.5-2 2.3 2 4.5 2",
];
export const kChat = [
  "M12 3.5c5 0 9 3.4 9 7.8s-4 7.8-9 7.8c-1 0-2-.1-2.9-.4L4.6 20.7l.9-3.8C3.9 15.5 3 13.5 3 11.3c0-4.4 4-7.8 9-7.8z",
  "M7.5 12.3c1.5 0 1.5-1.6 3-1.6s1.5 1.6 3 1.6 1.5-1.6 3-1.6",
];
export const kDown = ["M5.5 9l6.5 6.5L18.5 9"];
export const kClose = ["M6 6l12 12M18 6L6 18"];
export const kSend = ["M12 19V5M5.5 11.5L12 5l6.5 6.5"];
export const kClip = [
  "M20 11.5l-8.3 8.3a5 5 0 0 1-7.1-7.1l8.6-8.6a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.6 1.6 0 0 1-2.3-2.3l7.7-7.7",
];
export const kCamera = [
  "M4 8h3l1.6-2.5h6.8L17 8h3a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1z",
  "M12 16.8a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
];
export const kFile = ["M6 3h8l5 5v12a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z", "M13.5 3.5V8.5H19"];
