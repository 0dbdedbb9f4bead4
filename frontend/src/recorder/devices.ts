export type DeviceFailure =
  | "permission_denied"
  | "no_camera"
  | "no_microphone"
  | "no_devices"
  | "device_busy"
  | "insecure_page"
  | "unsupported_browser"
  | "unknown";

export class DeviceError extends Error {
  constructor(
    readonly reason: DeviceFailure,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = "DeviceError";
  }
}

export interface DeviceChoice {
  cameraId?: string | undefined;
  microphoneId?: string | undefined;
}

export interface DeviceList {
  cameras: MediaDeviceInfo[];
  microphones: MediaDeviceInfo[];
}

/** The sizes asked for, in order: a camera that cannot do one is asked for the next. */
const SIZES = [
  { width: 1280, height: 720 },
  { width: 854, height: 480 },
  { width: 640, height: 360 },
];

type Media = Pick<MediaDevices, "getUserMedia" | "enumerateDevices">;

/** Open camera and microphone, or raise a DeviceError that says what is missing. */
export async function openDevices(media: Media, choice: DeviceChoice): Promise<MediaStream> {
  let last: unknown;
  for (const size of SIZES) {
    try {
      return await media.getUserMedia(constraints(choice, size));
    } catch (error) {
      last = error;
      if (!mayWorkSmaller(error)) break;
    }
  }
  if (isGone(last) && (choice.cameraId || choice.microphoneId)) return openDevices(media, {});
  throw await explain(media, last);
}

export async function listDevices(media: Media): Promise<DeviceList> {
  const all = await media.enumerateDevices();
  return {
    cameras: all.filter((device) => device.kind === "videoinput"),
    microphones: all.filter((device) => device.kind === "audioinput"),
  };
}

export function stopStream(stream: MediaStream | null): void {
  stream?.getTracks().forEach((track) => track.stop());
}

/** The height the camera gives, or the one asked for where it does not say. */
export function streamHeight(stream: MediaStream): number {
  const settings = stream.getVideoTracks()[0]?.getSettings();
  if (!settings?.height) return 720;
  // A phone held upright gives 720 × 1280: the short side names the quality.
  return Math.min(settings.height, settings.width ?? settings.height);
}

function constraints(choice: DeviceChoice, size: { width: number; height: number }) {
  return {
    video: {
      width: { ideal: size.width },
      height: { ideal: size.height },
      frameRate: { ideal: 30, max: 30 },
      ...(choice.cameraId ? { deviceId: { exact: choice.cameraId } } : { facingMode: "user" }),
    },
    audio: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(choice.microphoneId ? { deviceId: { exact: choice.microphoneId } } : {}),
    },
  } satisfies MediaStreamConstraints;
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : "");
const mayWorkSmaller = (error: unknown) =>
  ["OverconstrainedError", "NotReadableError", "AbortError"].includes(nameOf(error));
const isGone = (error: unknown) =>
  ["OverconstrainedError", "NotFoundError"].includes(nameOf(error));

async function explain(media: Media, error: unknown): Promise<DeviceError> {
  return new DeviceError(await reasonOf(media, error), { cause: error });
}

async function reasonOf(media: Media, error: unknown): Promise<DeviceFailure> {
  switch (nameOf(error)) {
    case "NotAllowedError":
    case "PermissionDeniedError":
      return "permission_denied";
    case "SecurityError":
      return "insecure_page";
    case "NotReadableError":
    case "AbortError":
    case "TrackStartError":
      return "device_busy";
    case "NotFoundError":
    case "OverconstrainedError":
      return missingKind(media);
    default:
      return "unknown";
  }
}

async function missingKind(media: Media): Promise<DeviceFailure> {
  const { cameras, microphones } = await listDevices(media);
  if (cameras.length === 0 && microphones.length === 0) return "no_devices";
  return cameras.length === 0 ? "no_camera" : "no_microphone";
}
