import type { DeviceFailure } from "./devices";
import { chooseFormats, type RecordingFormat } from "./format";

export interface BrowserParts {
  isSecureContext: boolean;
  mediaDevices: Pick<MediaDevices, "getUserMedia"> | undefined;
  MediaRecorder: Pick<typeof MediaRecorder, "isTypeSupported"> | undefined;
  subtle: SubtleCrypto | undefined;
}

export type Support =
  | { ok: true; format: RecordingFormat }
  | { ok: false; reason: Extract<DeviceFailure, "insecure_page" | "unsupported_browser"> };

/** Say whether this browser can record at all, before anything is asked of the candidate. */
export function checkSupport(parts: BrowserParts): Support {
  // Browsers hide camera and cryptography from pages without TLS: name the real cause.
  if (!parts.isSecureContext) return { ok: false, reason: "insecure_page" };
  const recorder = parts.MediaRecorder;
  if (!parts.mediaDevices || !recorder || !parts.subtle) {
    return { ok: false, reason: "unsupported_browser" };
  }
  const [format] = chooseFormats((type) => recorder.isTypeSupported(type), "video");
  return format ? { ok: true, format } : { ok: false, reason: "unsupported_browser" };
}

export function browserParts(scope: typeof globalThis = globalThis): BrowserParts {
  return {
    isSecureContext: scope.isSecureContext,
    mediaDevices: scope.navigator.mediaDevices,
    MediaRecorder: scope.MediaRecorder,
    subtle: scope.crypto?.subtle,
  };
}
