import { beforeEach, describe, expect, it, vi } from "vitest";

import { RecordingStation } from "@/recorder";
import { Spool } from "@/recorder/delivery";
import { memoryStore } from "@/recorder/spool/memoryStore";
import { FakeRecorder, installMedia } from "@/recorder/test/fakeMedia";

import { Attendant } from "./attendant";
import { EventLog } from "./eventLog";

const MEGABYTE = 1024 * 1024;

let station: RecordingStation;
let attendant: Attendant;
const log = new EventLog();

beforeEach(() => {
  station = new RecordingStation(installMedia().devices, new EventTarget());
  attendant = new Attendant(station, { probe: async () => undefined }, log);
});

async function recording() {
  const take = await new Spool(memoryStore(), "s").create({
    takeId: "t1",
    questionId: "q1",
    uploadId: "u1",
    mimeType: "",
  });
  await station.open({});
  await station.record(take);
  return take;
}

describe("an answer on a device that takes no more", () => {
  it("goes on as long as the server takes what the device does not", async () => {
    const take = await recording();
    let acknowledged = 0;
    attendant.mind(take, () => acknowledged);
    for (let pieces = 0; pieces < 20; pieces += 1) {
      acknowledged = take.byteLength;
      await take.append(new Uint8Array(8 * MEGABYTE));
    }
    expect(station.getState().recording.kind).toBe("recording");
  });

  it("is stopped with what there is when the server is far behind as well", async () => {
    const take = await recording();
    attendant.mind(take, () => 0);
    for (let pieces = 0; pieces < 9; pieces += 1) {
      await take.append(new Uint8Array(8 * MEGABYTE));
    }
    await expect
      .poll(() => station.getState().recording)
      .toEqual({ kind: "stopped", cause: "storage_full" });
    expect(take.closed).toBe(true);
    expect(take.byteLength).toBe(72 * MEGABYTE + "end".length);
  });
});

describe("the session's log", () => {
  it("hears of what happens around a recording, and not how loud the line is", async () => {
    const add = vi.spyOn(log, "add");
    await recording();
    FakeRecorder.last?.give("words");
    station.tell({ type: "page_slept", ms: 9000 });
    station.tell({ type: "uplink_measured", bitsPerSecond: 1_000_000 });
    const kinds = add.mock.calls.map(([kind]) => kind);
    expect(kinds).toEqual(["recording_started", "page_slept"]);
    expect(add).toHaveBeenCalledWith("page_slept", { ms: 9000 });
  });
});
