export { type Bytes } from "./bytes";
export * from "./devices";
export { chooseFormat, describeFormat, estimatedBytes, type RecordingFormat } from "./format";
export { createLevelMeter, type LevelMeter } from "./levelMeter";
export { Spool } from "./spool/spool";
export { SpooledTake } from "./spool/spooledTake";
export type { TakeRecord } from "./spool/store";
export * from "./state";
export { RecordingStation } from "./station";
export { browserParts, checkSupport, type Support } from "./support";
export { claimTab } from "./tabLock";
export { backoffMs, pause } from "./upload/backoff";
export type { UploadFailure } from "./upload/tus";
export {
  Uploader,
  type UploadProgress,
  type UploadSource,
  type UploadState,
  type UploadTicket,
} from "./upload/uploader";
