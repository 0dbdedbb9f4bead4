import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Bytes } from "./bytes";
import { RecordingStation } from "./station";
import { type FakeMedia, FakeRecorder, installMedia } from "./test/fakeMedia";

let media: FakeMedia;
let network: EventTarget;
let station: RecordingStation;

beforeEach(() => {
  media = installMedia();
  network = new EventTarget();
  station = new RecordingStation(media.devices, network);
});

/** Keeps what a take was given, in the order of the calls. */
class Sink {
  readonly parts: Promise<Bytes>[] = [];
  readonly types: string[] = [];
  durationMs: number | null = null;
  describe = async (mimeType: string) => void this.types.push(mimeType);
  append = async (bytes: Bytes | Promise<Bytes>) => {
    this.parts.push(Promise.resolve(bytes));
  };
  close = async (durationMs: number) => {
    this.durationMs = durationMs;
  };
  async text() {
    return (await Promise.all(this.parts)).map((part) => new TextDecoder().decode(part)).join("");
  }
}

const kinds = () => [station.getState().devices.kind, station.getState().recording.kind];

describe("a recording station", () => {
  it("records from the first chunk to the last, and closes the sink", async () => {
    const sink = new Sink();
    await station.open({});
    expect(await station.record(sink)).toBe(true);
    expect(kinds()).toEqual(["open", "recording"]);
    FakeRecorder.last?.give("one ");
    FakeRecorder.last?.give("");
    FakeRecorder.last?.give("two ");
    await station.stop("candidate");
    expect(await sink.text()).toBe("one two end");
    expect(sink.durationMs).toBeGreaterThanOrEqual(0);
    expect(station.getState().recording).toEqual({ kind: "stopped", cause: "candidate" });
  });

  it("keeps what there is when the microphone is unplugged, and lets the camera go", async () => {
    const sink = new Sink();
    await station.open({});
    await station.record(sink);
    FakeRecorder.last?.give("half ");
    media.stream().tracks[1]?.dispatchEvent(new Event("ended"));
    await expect.poll(() => sink.durationMs).not.toBeNull();
    expect(await sink.text()).toBe("half end");
    expect(station.getState().recording).toEqual({ kind: "stopped", cause: "microphone_ended" });
    expect(station.getState().devices).toEqual({ kind: "failed", reason: "no_microphone" });
    await expect.poll(() => station.stream).toBeNull();
    expect(media.stream().tracks[0]?.stop).toHaveBeenCalledOnce();
  });

  it("stops with what there is when the browser's recorder fails", async () => {
    const sink = new Sink();
    await station.open({});
    await station.record(sink);
    FakeRecorder.last?.dispatchEvent(new Event("error"));
    await expect.poll(() => kinds()[1]).toBe("stopped");
    expect(station.getState().recording).toEqual({ kind: "stopped", cause: "recorder_error" });
  });

  it("does not record without devices", async () => {
    expect(await station.record(new Sink())).toBe(false);
    expect(kinds()).toEqual(["closed", "idle"]);
  });

  it("takes one recording after the other", async () => {
    await station.open({});
    for (const words of ["first ", "second "]) {
      const sink = new Sink();
      station.leaveTake();
      await station.record(sink);
      FakeRecorder.last?.give(words);
      await station.stop("time_limit");
      expect(await sink.text()).toBe(`${words}end`);
    }
  });

  it("releases the earlier devices when others are chosen", async () => {
    await station.open({});
    const earlier = media.stream();
    await station.open({ cameraId: "other" });
    expect(earlier.tracks[0]?.stop).toHaveBeenCalledOnce();
    earlier.tracks[0]?.dispatchEvent(new Event("ended"));
    expect(kinds()).toEqual(["open", "idle"]);
  });

  it("lets devices go that open after they were closed", async () => {
    const opening = station.open({});
    station.close();
    await opening;
    expect(kinds()).toEqual(["closed", "idle"]);
    for (const track of media.stream().tracks) expect(track.stop).toHaveBeenCalledOnce();
  });

  it("keeps one camera where two are asked for at once", async () => {
    const opening = station.open({ cameraId: "front" });
    const first = media.stream();
    await Promise.all([opening, station.open({ cameraId: "back" })]);
    expect(first.tracks[0]?.stop).toHaveBeenCalledOnce();
    expect(station.stream).toBe(media.stream());
    expect(kinds()).toEqual(["open", "idle"]);
  });

  it("follows the network and a muted microphone", async () => {
    await station.open({});
    network.dispatchEvent(new Event("offline"));
    media.stream().tracks[1]?.dispatchEvent(new Event("mute"));
    expect(station.getState()).toMatchObject({
      online: false,
      devices: { kind: "open", microphoneMuted: true },
    });
    network.dispatchEvent(new Event("online"));
    expect(station.getState().online).toBe(true);
  });

  it("says that the browser cannot record where its recorder gives nothing", async () => {
    vi.useFakeTimers();
    FakeRecorder.mute = true;
    const opened = station.open({});
    await vi.runAllTimersAsync();
    await opened;
    expect(station.getState().devices).toEqual({ kind: "failed", reason: "unsupported_browser" });
    expect(media.stream().tracks[0]?.stop).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });

  it("stays closed when it is closed while it tries to record", async () => {
    const opened = station.open({});
    await expect.poll(() => station.stream).not.toBeNull();
    station.close();
    await opened;
    expect(kinds()).toEqual(["closed", "idle"]);
  });

  it("goes on with the next format when the first fails before a byte", async () => {
    FakeRecorder.broken = ["video/webm;codecs=h264,opus"];
    const sink = new Sink();
    await station.open({});
    await station.record(sink);
    FakeRecorder.last?.give("vp9 ");
    await station.stop("candidate");
    expect(FakeRecorder.last?.options.mimeType).toBe("video/webm;codecs=vp9,opus");
    expect(await sink.text()).toBe("vp9 end");
    expect(station.getState().recording).toEqual({ kind: "stopped", cause: "candidate" });
  });

  it("changes the format in mid-answer as long as there is no byte, and says so", async () => {
    const sink = new Sink();
    await station.open({});
    await station.record(sink);
    const first = FakeRecorder.last;
    first?.fail();
    await expect.poll(() => FakeRecorder.last).not.toBe(first);
    await expect.poll(() => FakeRecorder.last?.state).toBe("recording");
    FakeRecorder.last?.give("second ");
    await station.stop("candidate");
    expect(await sink.text()).toBe("second end");
    expect(FakeRecorder.last?.options.mimeType).toContain("vp9");
  });

  it("keeps what a failing format gave, and takes another one for the next answer", async () => {
    const sink = new Sink();
    await station.open({});
    await station.record(sink);
    FakeRecorder.last?.give("half ");
    FakeRecorder.last?.fail();
    await expect.poll(() => sink.durationMs).not.toBeNull();
    expect(await sink.text()).toBe("half ");
    expect(station.getState().recording).toEqual({ kind: "stopped", cause: "recorder_error" });
    station.leaveTake();
    await station.record(new Sink());
    expect(FakeRecorder.last?.options.mimeType).toContain("vp9");
  });

  it("does not call recorded what the browser gave no byte of", async () => {
    const sink = new Sink();
    await station.open({});
    await station.record(sink);
    FakeRecorder.mute = true;
    await station.stop("candidate");
    expect(sink.parts).toEqual([]);
    expect(station.getState().recording).toEqual({ kind: "stopped", cause: "nothing_recorded" });
  });

  it("asks for a smaller picture when no format works, and tries them all again", async () => {
    await station.open({});
    FakeRecorder.isTypeSupported = (type: string) => type.includes("webm;codecs=v");
    FakeRecorder.broken = ["video/webm;codecs=vp9,opus", "video/webm;codecs=vp8,opus"];
    expect(await station.record(new Sink())).toBe(false);
    expect(station.getState().recording).toEqual({ kind: "stopped", cause: "recorder_error" });
    FakeRecorder.broken = [];
    station.leaveTake();
    await station.prepare();
    const [camera] = media.stream().tracks;
    expect(camera?.applyConstraints).toHaveBeenCalledWith(
      expect.objectContaining({ height: { ideal: 480 } }),
    );
    expect(await station.record(new Sink())).toBe(true);
    expect(FakeRecorder.last?.options.videoBitsPerSecond).toBe(800_000);
  });

  it("records sound alone, without bits for a picture", async () => {
    const sink = new Sink();
    await station.open({ soundOnly: true });
    expect(station.getState().devices).toMatchObject({ kind: "open", camera: false });
    await station.record(sink);
    expect(FakeRecorder.last?.options).toEqual({
      mimeType: "audio/webm;codecs=opus",
      audioBitsPerSecond: 128_000,
    });
    expect(sink.types).toEqual(["audio/webm"]);
  });

  it("opens a frozen camera again between answers, never in one", async () => {
    await station.open({ cameraId: "front" });
    await station.record(new Sink());
    station.tell({ type: "picture", picture: "frozen" });
    await station.prepare();
    expect(media.asked).toHaveLength(1);
    await station.stop("candidate");
    await station.prepare();
    expect(media.asked).toHaveLength(2);
    expect(media.asked[1]?.video).toMatchObject({ deviceId: { exact: "front" } });
    expect(station.getState().devices).toMatchObject({ kind: "open", picture: "moving" });
  });

  it("opens the camera no larger than the uplink carries", async () => {
    station.tell({ type: "uplink_measured", bitsPerSecond: 600_000 });
    await station.open({});
    expect(media.asked[0]?.video).toMatchObject({ height: { ideal: 360 } });
  });

  it("knows a device that is muted from the start", async () => {
    media.mutedNext();
    await station.open({});
    expect(station.getState().devices).toMatchObject({ kind: "open", microphoneMuted: true });
  });

  it("tells a permission that was taken back from a camera that was unplugged", async () => {
    const states: Record<string, PermissionState> = { camera: "granted", microphone: "granted" };
    const permissions = { query: async ({ name }: { name: string }) => ({ state: states[name] }) };
    station = new RecordingStation(media.devices, network, permissions as unknown as Permissions);
    const sink = new Sink();
    await station.open({});
    await station.record(sink);
    states["camera"] = "prompt";
    media.stream().tracks[0]?.dispatchEvent(new Event("ended"));
    await expect.poll(() => sink.durationMs).not.toBeNull();
    const cause = "permission_withdrawn";
    await expect.poll(() => station.getState().recording).toEqual({ kind: "stopped", cause });
    expect(station.getState().devices).toEqual({ kind: "failed", reason: "permission_denied" });
  });

  it("leaves alone what was opened anew while it asked why a device went", async () => {
    const answers: ((status: { state: PermissionState }) => void)[] = [];
    const query = () => new Promise((resolve) => answers.push(resolve));
    const permissions = { query };
    station = new RecordingStation(media.devices, network, permissions as unknown as Permissions);
    await station.open({});
    media.stream().tracks[0]?.dispatchEvent(new Event("ended"));
    await station.open({});
    for (const answer of answers) answer({ state: "granted" });
    await new Promise((resolve) => setTimeout(resolve));
    expect(kinds()[0]).toBe("open");
    expect(station.stream).toBe(media.stream());
    expect(media.stream().tracks[0]?.stop).not.toHaveBeenCalled();
  });

  it("says why devices did not open", async () => {
    media.failNext("NotAllowedError");
    await station.open({});
    expect(station.getState().devices).toEqual({ kind: "failed", reason: "permission_denied" });
  });
});
