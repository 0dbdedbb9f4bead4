import { QUALITIES, type Quality } from "./quality";

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
  /** Without a camera: the candidate has agreed to that. */
  soundOnly?: boolean | undefined;
}

export interface DeviceList {
  cameras: MediaDeviceInfo[];
  microphones: MediaDeviceInfo[];
}

/** A camera that cannot do one size is asked for the next. */
const SIZES = {
  720: { width: { ideal: 1280 }, height: { ideal: 720 } },
  480: { width: { ideal: 854 }, height: { ideal: 480 } },
  360: { width: { ideal: 640 }, height: { ideal: 360 } },
};

type Picture = keyof typeof SIZES;
type Media = Pick<MediaDevices, "getUserMedia" | "enumerateDevices">;

/**
 * Open camera and microphone, or raise a DeviceError that says what is missing. The picture is no
 * larger than `best`.
 */
export async function openDevices(
  media: Media,
  choice: DeviceChoice,
  best: Quality = 720,
): Promise<MediaStream> {
  let last: unknown;
  for (const wanted of wantedOf(choice, best)) {
    try {
      return await media.getUserMedia(wanted);
    } catch (error) {
      last = error;
      if (!mayWorkSmaller(error)) break;
    }
  }
  if (isGone(last) && (choice.cameraId || choice.microphoneId)) {
    return openDevices(media, { soundOnly: choice.soundOnly }, best);
  }
  throw await explain(media, last, choice);
}

export async function listDevices(media: Media): Promise<DeviceList> {
  const all = await media.enumerateDevices();
  return {
    cameras: all.filter((device) => device.kind === "videoinput"),
    microphones: all.filter((device) => device.kind === "audioinput"),
  };
}

/** Ask an open camera for another size. One that cannot goes on as it is. */
export async function resizePicture(stream: MediaStream, quality: Quality): Promise<void> {
  if (quality === "audio") return;
  const [track] = stream.getVideoTracks();
  await track?.applyConstraints(pictureOf(quality)).catch(() => undefined);
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

function wantedOf(choice: DeviceChoice, best: Quality): MediaStreamConstraints[] {
  const audio = soundOf(choice);
  if (choice.soundOnly) return [{ video: false, audio }];
  const sizes = QUALITIES.slice(QUALITIES.indexOf(best)).filter((one) => one !== "audio");
  const camera = choice.cameraId
    ? { deviceId: { exact: choice.cameraId } }
    : { facingMode: "user" };
  return sizes.map((size) => ({ video: { ...pictureOf(size), ...camera }, audio }));
}

const pictureOf = (size: Picture) => ({ ...SIZES[size], frameRate: { ideal: 30, max: 30 } });

const soundOf = ({ microphoneId }: DeviceChoice): MediaTrackConstraints => ({
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  ...(microphoneId ? { deviceId: { exact: microphoneId } } : {}),
});

const nameOf = (error: unknown) => (error instanceof Error ? error.name : "");
const mayWorkSmaller = (error: unknown) =>
  ["OverconstrainedError", "NotReadableError", "AbortError"].includes(nameOf(error));
const isGone = (error: unknown) =>
  ["OverconstrainedError", "NotFoundError"].includes(nameOf(error));

async function explain(media: Media, error: unknown, choice: DeviceChoice): Promise<DeviceError> {
  return new DeviceError(await reasonOf(media, error, choice), { cause: error });
}

async function reasonOf(
  media: Media,
  error: unknown,
  choice: DeviceChoice,
): Promise<DeviceFailure> {
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
      return choice.soundOnly ? "no_microphone" : missingKind(media);
    default:
      return "unknown";
  }
}

async function missingKind(media: Media): Promise<DeviceFailure> {
  const { cameras, microphones } = await listDevices(media);
  if (cameras.length === 0 && microphones.length === 0) return "no_devices";
  return cameras.length === 0 ? "no_camera" : "no_microphone";
}
