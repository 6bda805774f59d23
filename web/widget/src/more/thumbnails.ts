// Thumbnails of local files, drawn on a canvas: an <img> with a blob: URL would need a permission in the host
// page's Content-Security-Policy, and the engine does not have the file yet.

import { h } from "../dom";

const kSide = 160;
const kept = new WeakMap<File, Promise<ImageBitmap>>();

/** An element that shows the picture once it is decoded; null if the file is no picture. */
export function thumbnail(file: File): HTMLCanvasElement | null {
  if (!file.type.startsWith("image/") || !("createImageBitmap" in window)) return null;
  const canvas = h("canvas", { class: "thumb", width: kSide, height: kSide, "aria-hidden": "true" });
  const bitmap = kept.get(file) ?? createImageBitmap(file);
  kept.set(file, bitmap);
  bitmap.then((image) => {
    const side = Math.min(image.width, image.height);
    canvas.getContext("2d")?.drawImage(
      image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, kSide, kSide);
  }).catch(() => canvas.classList.add("blank"));
  return canvas;
}
