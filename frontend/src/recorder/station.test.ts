import { beforeEach, describe, expect, it } from "vitest";

import type { Bytes } from "./bytes";
import { describeFormat } from "./format";
import { RecordingStation } from "./station";
import { type FakeMedia, FakeRecorder, installMedia } from "./test/fakeMedia";

const FORMAT = describeFormat("video/webm;codecs=h264,opus");

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
  durationMs: number | null = null;
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
    expect(await station.record(FORMAT, sink)).toBe(true);
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
    await station.record(FORMAT, sink);
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
    await station.record(FORMAT, sink);
    FakeRecorder.last?.dispatchEvent(new Event("error"));
    await expect.poll(() => kinds()[1]).toBe("stopped");
    expect(station.getState().recording).toEqual({ kind: "stopped", cause: "recorder_error" });
  });

  it("does not record without devices", async () => {
    expect(await station.record(FORMAT, new Sink())).toBe(false);
    expect(kinds()).toEqual(["closed", "idle"]);
  });

  it("takes one recording after the other", async () => {
    await station.open({});
    for (const words of ["first ", "second "]) {
      const sink = new Sink();
      station.leaveTake();
      await station.record(FORMAT, sink);
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

  it("says why devices did not open", async () => {
    media.failNext("NotAllowedError");
    await station.open({});
    expect(station.getState().devices).toEqual({ kind: "failed", reason: "permission_denied" });
  });
});
