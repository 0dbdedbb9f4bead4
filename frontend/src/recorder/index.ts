/**
 * Recording in a browser, below any framework: devices and their state (`RecordingStation`), and in
 * `delivery` the spool on the device and the upload that is fed from it. Every chunk goes to the
 * spool first; what the upload sends, it reads from there, so that a reload or a crash changes
 * nothing but who goes on sending.
 */
export { type Bytes } from "./bytes";
export { playChime } from "./chime";
export * from "./devices";
export type { RecordingFormat } from "./format";
export { createLevelMeter, type LevelMeter } from "./levelMeter";
export { estimatedBytes, type Quality } from "./quality";
export type { TakeRecord } from "./spool/store";
export * from "./state";
export { RecordingStation } from "./station";
export { browserParts, checkSupport, type Support } from "./support";
export { claimTab } from "./tabLock";
export { backoffMs, pause } from "./upload/backoff";
export type { UploadFailure } from "./upload/tus";
export type { UploadTicket } from "./upload/uploader";
