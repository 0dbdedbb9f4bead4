import { describe, expect, it } from "vitest";

import {
  initialRecorderState,
  isSlowLine,
  leavingLoses,
  mayOfferSound,
  nextQuality,
  type RecorderEvent,
  type RecorderState,
  reduceRecorder,
  wasInterrupted,
} from "./state";

const after = (events: RecorderEvent[], from: RecorderState = initialRecorderState) =>
  events.reduce(reduceRecorder, from);

const OPENED = { camera: true, cameraMuted: false, microphoneMuted: false };
const OPEN: RecorderEvent[] = [{ type: "devices_asked" }, { type: "devices_opened", ...OPENED }];
const RECORDING: RecorderEvent[] = [
  ...OPEN,
  { type: "recording_asked" },
  { type: "recording_started", format: "video/webm", quality: 720 },
];

describe("devices", () => {
  it.each([
    "permission_denied",
    "no_camera",
    "no_microphone",
    "no_devices",
    "device_busy",
    "insecure_page",
    "unsupported_browser",
    "unknown",
  ] as const)("say why they failed: %s, and open on the next try", (reason) => {
    const failed = after([{ type: "devices_asked" }, { type: "devices_failed", reason }]);
    expect(failed.devices).toEqual({ kind: "failed", reason });
    expect(after(OPEN, failed).devices.kind).toBe("open");
  });

  it("show a camera covered or a microphone switched off, and the end of it", () => {
    const muted = after([...OPEN, { type: "track_muted", kind: "audio", muted: true }]);
    expect(muted.devices).toMatchObject({ cameraMuted: false, microphoneMuted: true });
    const back = after([{ type: "track_muted", kind: "audio", muted: false }], muted);
    expect(back.devices).toMatchObject({ cameraMuted: false, microphoneMuted: false });
  });

  it("are not asked again in the middle of an answer", () => {
    expect(after([...RECORDING, { type: "devices_asked" }]).devices.kind).toBe("open");
  });

  it("may be muted from the start", () => {
    const state = after([{ type: "devices_opened", ...OPENED, microphoneMuted: true }]);
    expect(state.devices).toMatchObject({ kind: "open", microphoneMuted: true });
  });

  it("ignore a mute of devices that are gone", () => {
    const closed = after([...OPEN, { type: "devices_closed" }]);
    expect(after([{ type: "track_muted", kind: "video", muted: true }], closed)).toEqual(closed);
  });
});

describe("recording", () => {
  it("goes from idle to stopped, keeping the cause", () => {
    const stopping = after([...RECORDING, { type: "stop_asked", cause: "time_limit" }]);
    expect(stopping.recording).toEqual({ kind: "stopping", cause: "time_limit" });
    const stopped = after([{ type: "recording_stopped", empty: false }], stopping);
    expect(stopped.recording).toEqual({ kind: "stopped", cause: "time_limit" });
    expect(after([{ type: "take_left" }], stopped).recording).toEqual({ kind: "idle" });
  });

  it("does not start without devices, nor twice", () => {
    expect(after([{ type: "recording_asked" }]).recording.kind).toBe("idle");
    expect(after([...RECORDING, { type: "recording_asked" }]).recording.kind).toBe("recording");
  });

  it("ignores a second stop: the first cause stands", () => {
    const twice = after([
      ...RECORDING,
      { type: "stop_asked", cause: "candidate" },
      { type: "stop_asked", cause: "time_limit" },
    ]);
    expect(twice.recording).toEqual({ kind: "stopping", cause: "candidate" });
  });

  it.each([
    ["video", "camera_ended", "no_camera"],
    ["audio", "microphone_ended", "no_microphone"],
  ] as const)("stops with what there is when the %s track ends", (kind, cause, reason) => {
    const state = after([...RECORDING, { type: "track_ended", kind }]);
    expect(state.recording).toEqual({ kind: "stopping", cause });
    expect(state.devices).toEqual({ kind: "failed", reason });
    expect(wasInterrupted(cause)).toBe(true);
  });

  it("stays as it is when a track ends outside an answer", () => {
    const state = after([...OPEN, { type: "track_ended", kind: "video" }]);
    expect(state.recording.kind).toBe("idle");
  });

  it("goes on while offline and on a full disk", () => {
    const state = after([
      ...RECORDING,
      { type: "network", online: false },
      { type: "spool", durable: false },
    ]);
    expect(state).toMatchObject({
      recording: { kind: "recording" },
      online: false,
      spoolDurable: false,
    });
  });

  it("says so when the browser refuses to record", () => {
    const state = after([...OPEN, { type: "recording_asked" }, { type: "recording_failed" }]);
    expect(state.recording).toEqual({ kind: "stopped", cause: "recorder_error" });
  });
});

describe("a permission withdrawn in mid-answer", () => {
  const WITHDRAWN: RecorderEvent = { type: "permission_withdrawn", kind: "video" };
  const ENDED: RecorderEvent = { type: "track_ended", kind: "video" };

  it.each([
    ["alone", [WITHDRAWN]],
    ["after the end of the track", [ENDED, WITHDRAWN]],
    ["before the end of the track", [WITHDRAWN, ENDED]],
  ])("is the cause that is told, %s", (_, events) => {
    const state = after([...RECORDING, ...events]);
    expect(state.recording).toEqual({ kind: "stopping", cause: "permission_withdrawn" });
  });

  it("asks for the permission, not for a camera", () => {
    const state = after([...RECORDING, ENDED, WITHDRAWN]);
    expect(state.devices).toEqual({ kind: "failed", reason: "permission_denied" });
  });

  it("concerns nobody who records sound alone", () => {
    const state = after([{ type: "devices_opened", ...OPENED, camera: false }, WITHDRAWN]);
    expect(state.devices.kind).toBe("open");
  });

  it("does not change the cause of an answer that had ended before", () => {
    const state = after([...RECORDING, { type: "stop_asked", cause: "candidate" }, WITHDRAWN]);
    expect(state.recording).toEqual({ kind: "stopping", cause: "candidate" });
  });
});

describe("the page", () => {
  it("behind another is noted in an answer, which goes on, and shown on the return", () => {
    const state = after([...RECORDING, { type: "page_hidden" }, { type: "page_shown" }]);
    expect(state.page).toEqual({ hidden: false, away: "hidden" });
    expect(state.recording.kind).toBe("recording");
  });

  it.each([
    ["frozen by the browser", { type: "page_frozen" }],
    ["asleep with its computer, its screen locked", { type: "page_slept", ms: 60_000 }],
  ] as const)("%s says that something may be missing", (_, event) => {
    const state = after([...RECORDING, { type: "page_hidden" }, event, { type: "page_shown" }]);
    expect(state.page).toEqual({ hidden: false, away: "frozen" });
    expect(state.recording.kind).toBe("recording");
  });

  it("may be left outside an answer, and starts the next one as if nothing had been", () => {
    expect(after([...OPEN, { type: "page_hidden" }]).page.away).toBe("no");
    const state = after([
      ...RECORDING,
      { type: "page_hidden" },
      { type: "stop_asked", cause: "candidate" },
      { type: "recording_stopped", empty: false },
      { type: "take_left" },
      { type: "recording_asked" },
    ]);
    expect(state.page.away).toBe("no");
  });
});

describe("the size of the next answer", () => {
  it.each([
    [2_000_000, 720],
    [1_000_000, 480],
    [700_000, 360],
    [50_000, 360],
  ])("follows an uplink of %i bits a second: %i", (bitsPerSecond, quality) => {
    const state = after([...OPEN, { type: "uplink_measured", bitsPerSecond }]);
    expect(nextQuality(state)).toBe(quality);
    expect(isSlowLine(state)).toBe(quality !== 720);
  });

  it("is no reason to stop the answer under way", () => {
    const state = after([...RECORDING, { type: "uplink_measured", bitsPerSecond: 10_000 }]);
    expect(state.recording).toEqual({ kind: "recording" });
  });

  it("believes what was sent more than what the browser says", () => {
    const hint: RecorderEvent = { type: "line_hint", metered: true, quality: 480 };
    expect(nextQuality(after([...OPEN, hint]))).toBe(480);
    const measured = after([...OPEN, { type: "uplink_measured", bitsPerSecond: 5e6 }, hint]);
    expect(nextQuality(measured)).toBe(720);
    expect(measured.line.metered).toBe(true);
  });

  it("goes down a step with each answer whose picture came too slowly, never to sound alone", () => {
    const slow: RecorderEvent[] = [
      { type: "picture", picture: "slow" },
      { type: "picture", picture: "slow" },
      { type: "picture", picture: "moving" },
    ];
    expect(nextQuality(after([...RECORDING, ...slow]))).toBe(480);
    expect(nextQuality(after([...RECORDING, ...slow, ...slow, ...slow]))).toBe(360);
  });

  it("goes down when the browser's recorder refuses", () => {
    const state = after([...OPEN, { type: "recording_asked" }, { type: "recording_failed" }]);
    expect(nextQuality(state)).toBe(480);
  });

  it("is sound where there is no camera", () => {
    expect(nextQuality(after([{ type: "devices_opened", ...OPENED, camera: false }]))).toBe(
      "audio",
    );
  });
});

describe("sound without a picture", () => {
  const failed = (reason: "no_camera" | "device_busy" | "permission_denied" | "no_devices") =>
    [{ type: "devices_asked" }, { type: "devices_failed", reason }] as RecorderEvent[];

  it("is offered at once where there is no camera", () => {
    expect(mayOfferSound(after(failed("no_camera")))).toBe(true);
  });

  it("is offered when the camera has failed twice", () => {
    expect(mayOfferSound(after(failed("device_busy")))).toBe(false);
    expect(mayOfferSound(after([...failed("device_busy"), ...failed("device_busy")]))).toBe(true);
  });

  it("is offered when recording has failed twice, and forgotten when it works", () => {
    const fails: RecorderEvent[] = [
      { type: "recording_asked" },
      { type: "recording_failed" },
      { type: "take_left" },
    ];
    const twice = [...OPEN, ...fails, ...fails];
    expect(mayOfferSound(after(twice))).toBe(true);
    expect(mayOfferSound(after([{ type: "recording_stopped", empty: false }], after(twice)))).toBe(
      false,
    );
  });

  it.each(["permission_denied", "no_devices"] as const)("is no way round %s", (reason) => {
    expect(mayOfferSound(after([...failed(reason), ...failed(reason)]))).toBe(false);
  });
});

describe("network, server and storage", () => {
  it("are told apart: the device's network, and a server that does not answer", () => {
    const state = after([{ type: "server", answers: false }]);
    expect(state).toMatchObject({ online: true, line: { serverAnswers: false } });
    expect(after([{ type: "server", answers: true }], state).line.serverAnswers).toBe(true);
  });

  it("warn before an answer that may not fit", () => {
    const low = after([...OPEN, { type: "storage", low: true }]);
    expect(low.storageLow).toBe(true);
    expect(after([{ type: "storage", low: false }], low).storageLow).toBe(false);
  });

  it("stop an answer that neither device nor line takes, with what there is", () => {
    const state = after([...RECORDING, { type: "stop_asked", cause: "storage_full" }]);
    expect(state.recording).toEqual({ kind: "stopping", cause: "storage_full" });
    expect(wasInterrupted("storage_full")).toBe(true);
  });

  it("leave the state untouched when nothing changes", () => {
    const state = after(OPEN);
    expect(after([{ type: "server", answers: true }], state)).toBe(state);
    expect(after([{ type: "picture", picture: "moving" }], state)).toBe(state);
  });
});

describe("leaving", () => {
  it("is warned of while recording and while bytes are unsent, and free otherwise", () => {
    expect(leavingLoses(after(RECORDING), [])).toBe(true);
    expect(leavingLoses(after(OPEN), [{ kind: "waiting", failures: 2 }])).toBe(true);
    expect(leavingLoses(after(OPEN), [{ kind: "done" }])).toBe(false);
  });
});
