/** What keeps and sends a recording. Apart from the index, so that a page can fetch it later. */
export { Lookout, tooMuchHeld } from "./lookout";
export { Heartbeat } from "./spool/heartbeat";
export { Spool } from "./spool/spool";
export { SpooledTake } from "./spool/spooledTake";
export {
  Uploader,
  type UploadLine,
  type UploadProgress,
  type UploadSource,
  type UploadState,
} from "./upload/uploader";
