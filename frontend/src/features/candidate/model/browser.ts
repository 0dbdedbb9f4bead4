export type BrowserFamily = "android" | "ios" | "edge" | "firefox" | "chrome" | "safari" | "other";

const SIGNS: [BrowserFamily, RegExp][] = [
  ["android", /Android/],
  ["ios", /iPhone|iPad|iPod/],
  ["edge", /Edg\//],
  ["firefox", /Firefox\//],
  ["chrome", /Chrome\//],
  ["safari", /Safari\//],
];

/** Which words help: where a browser keeps the permission of the camera. */
export function browserFamily(userAgent: string): BrowserFamily {
  return SIGNS.find(([, sign]) => sign.test(userAgent))?.[0] ?? "other";
}
