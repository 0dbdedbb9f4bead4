import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Picture } from "../state";
import { RecordingStation } from "../station";
import { FakeRecorder, installMedia } from "../test/fakeMedia";
import { Lookout } from ".";
import { PictureWatch } from "./pictureWatch";

/** A page that a test hides, freezes and fills. */
class FakePage extends EventTarget {
  hidden = false;
  hide(hidden: boolean) {
    this.hidden = hidden;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

const sink = {
  append: async () => undefined,
  describe: async () => undefined,
  close: async () => undefined,
};

let page: FakePage;
let station: RecordingStation;
const released = vi.fn<() => Promise<void>>();
const request = vi.fn<() => Promise<{ release: () => Promise<void> }>>();
const estimate = vi.fn<() => Promise<StorageEstimate>>();
const persist = vi.fn<() => Promise<boolean>>();

function lookOut(more: object = {}): Lookout {
  const navigator = { wakeLock: { request }, storage: { estimate, persist }, ...more };
  return new Lookout(station, { document: page, navigator } as never);
}

beforeEach(() => {
  page = new FakePage();
  station = new RecordingStation(installMedia().devices, new EventTarget());
  request.mockReset().mockResolvedValue({ release: released });
  estimate.mockReset();
  persist.mockReset().mockResolvedValue(true);
  released.mockReset().mockResolvedValue();
});

afterEach(() => void vi.useRealTimers());

const record = async () => {
  await station.open({});
  await station.record(sink);
  FakeRecorder.last?.give("words");
};

describe("the screen", () => {
  it("stays on while recording, and no longer", async () => {
    lookOut();
    await station.open({});
    expect(request).not.toHaveBeenCalled();
    await station.record(sink);
    expect(request).toHaveBeenCalledOnce();
    await station.stop("candidate");
    await expect.poll(() => released.mock.calls.length).toBe(1);
  });

  it("is kept on again when the page comes back: hidden, the browser lets go", async () => {
    lookOut();
    await record();
    page.hide(true);
    page.hide(false);
    expect(request).toHaveBeenCalledTimes(2);
  });

  it("is none of the recording's business where the browser has no such lock", async () => {
    lookOut({ wakeLock: undefined });
    await record();
    expect(station.getState().recording.kind).toBe("recording");
  });

  it("may go dark where the lock is refused", async () => {
    request.mockRejectedValue(new DOMException("low battery", "NotAllowedError"));
    lookOut();
    await record();
    await station.stop("candidate");
    expect(station.getState().recording.kind).toBe("stopped");
  });
});

describe("the picture", () => {
  it("is spoken of when it changes, not each second", async () => {
    let onChange: (picture: Picture) => void = () => undefined;
    vi.spyOn(PictureWatch, "of").mockImplementation((_stream, tell) => {
      onChange = tell;
      return null;
    });
    const told: string[] = [];
    station.subscribe((event) => event.type === "picture" && told.push(event.picture));
    lookOut();
    await station.open({});
    for (const picture of ["moving", "slow", "slow", "moving", "moving"] as const)
      onChange(picture);
    expect(told).toEqual(["slow", "moving"]);
  });
});

describe("the page", () => {
  it("is seen to be hidden, and the recording goes on", async () => {
    lookOut();
    await record();
    page.hide(true);
    expect(station.getState().page).toEqual({ hidden: true, away: "hidden" });
    page.hide(false);
    expect(station.getState().page).toEqual({ hidden: false, away: "hidden" });
    expect(station.getState().recording.kind).toBe("recording");
  });

  it("is seen to be frozen", async () => {
    lookOut();
    await record();
    page.dispatchEvent(new Event("freeze"));
    expect(station.getState().page.away).toBe("frozen");
  });

  it("is seen to have slept with its computer", async () => {
    lookOut();
    await record();
    vi.useFakeTimers();
    lookOut();
    vi.advanceTimersByTime(3000);
    expect(station.getState().page.away).toBe("no");
    vi.setSystemTime(Date.now() + 60_000);
    vi.advanceTimersByTime(1000);
    expect(station.getState().page.away).toBe("frozen");
  });
});

describe("the room on the device", () => {
  it.each([
    [1_000_000_000, false, 0],
    [20_000_000, true, 1],
  ])("with %i bytes left is low for 90 seconds: %s", async (quota, low, asked) => {
    estimate.mockResolvedValue({ quota, usage: 0 });
    await lookOut().checkRoom(90);
    expect(station.getState().storageLow).toBe(low);
    expect(persist).toHaveBeenCalledTimes(asked);
  });

  it("is enough for a smaller picture where a larger one would not fit", async () => {
    estimate.mockResolvedValue({ quota: 20_000_000, usage: 0 });
    const lookout = lookOut();
    station.tell({ type: "uplink_measured", bitsPerSecond: 500_000 });
    await lookout.checkRoom(90);
    expect(station.getState().storageLow).toBe(false);
  });

  it.each([{}, { storage: undefined }])("is not doubted where nobody says: %j", async (more) => {
    estimate.mockRejectedValue(new TypeError("no"));
    await lookOut(more).checkRoom(90);
    expect(station.getState().storageLow).toBe(false);
  });
});

describe("the way to the server", () => {
  it("is measured once before the first answer", async () => {
    const send = vi.fn<(bytes: number) => Promise<void>>(async () => undefined);
    const lookout = lookOut();
    await lookout.probe(send);
    await lookout.probe(send);
    expect(send).toHaveBeenCalledTimes(2);
    expect(station.getState().line.bitsPerSecond).toBeGreaterThan(1_000_000);
  });

  it("is measured with the next test of the devices where it was not there", async () => {
    const send = vi.fn<(bytes: number) => Promise<void>>();
    const lookout = lookOut();
    send.mockRejectedValueOnce(new Error("offline"));
    await lookout.probe(send);
    expect(station.getState().line.bitsPerSecond).toBeNull();
    send.mockResolvedValue();
    await lookout.probe(send);
    expect(station.getState().line.bitsPerSecond).not.toBeNull();
  });

  it("is not measured where bytes cost money", async () => {
    const send = vi.fn<(bytes: number) => Promise<void>>();
    await lookOut({ connection: { saveData: true } }).probe(send);
    expect(send).not.toHaveBeenCalled();
    expect(station.getState().line).toMatchObject({ metered: true, quality: 360 });
  });

  it("is told by the uploads, the server's silence too", () => {
    const { line } = lookOut();
    line.broke();
    expect(station.getState()).toMatchObject({ online: true, line: { serverAnswers: false } });
    line.sent(256 * 1024, 3000, true);
    expect(station.getState().line).toMatchObject({ serverAnswers: true, quality: 360 });
  });
});
