import { beforeEach, describe, expect, it, vi } from "vitest";

import { lineHint, probeUplink, UplinkMeter } from "./uplink";

const measured = vi.fn<(bitsPerSecond: number) => void>();
const answers = vi.fn<(answers: boolean) => void>();
let meter: UplinkMeter;

beforeEach(() => {
  measured.mockReset();
  answers.mockReset();
  meter = new UplinkMeter(measured, answers);
});

const KIB = 1024;

describe("the uplink", () => {
  it("is as fast as the pieces that were waiting went", () => {
    meter.sent(256 * KIB, 2097, true);
    expect(measured).toHaveBeenLastCalledWith(1_000_000);
    meter.sent(256 * KIB, 4194, true);
    expect(measured).toHaveBeenLastCalledWith(670_000);
  });

  it("forgets what is long ago", () => {
    for (let pieces = 0; pieces < 9; pieces += 1) meter.sent(256 * KIB, 20_972, true);
    for (let pieces = 0; pieces < 8; pieces += 1) meter.sent(256 * KIB, 1049, true);
    expect(meter.bitsPerSecond).toBe(2_000_000);
  });

  it("is not judged by a piece that took all there was, unless it went faster", () => {
    meter.sent(64 * KIB, 1000, false);
    expect(measured).not.toHaveBeenCalled();
    meter.sent(128 * KIB, 1049, true);
    meter.sent(64 * KIB, 2000, false);
    expect(meter.bitsPerSecond).toBe(1_000_000);
    meter.sent(64 * KIB, 131, false);
    expect(meter.bitsPerSecond).toBeGreaterThan(1_000_000);
  });

  it("is not judged by crumbs", () => {
    meter.sent(1000, 500, true);
    expect(measured).not.toHaveBeenCalled();
  });

  it("is down and back as pieces break and arrive", () => {
    meter.broke();
    expect(answers).toHaveBeenLastCalledWith(false);
    meter.sent(64 * KIB, 100, false);
    expect(answers).toHaveBeenLastCalledWith(true);
  });
});

describe("a measurement before the first answer", () => {
  it("takes the way there and back off the time", async () => {
    vi.useFakeTimers();
    const send = (bytes: number) =>
      new Promise<void>((done) => void setTimeout(done, 300 + (bytes * 8) / 1000));
    const probing = probeUplink(send, meter);
    await vi.runAllTimersAsync();
    await probing;
    vi.useRealTimers();
    expect(measured).toHaveBeenLastCalledWith(1_000_000);
  });

  it("leaves the failure to who asked", async () => {
    await expect(probeUplink(() => Promise.reject(new Error("no way")), meter)).rejects.toThrow();
    expect(measured).not.toHaveBeenCalled();
  });
});

describe("what the browser believes of the line", () => {
  const hint = (connection?: object) => lineHint({ connection } as unknown as Navigator);

  it.each([
    [undefined, { metered: false, quality: 720 }],
    [
      { effectiveType: "4g", type: "wifi" },
      { metered: false, quality: 720 },
    ],
    [
      { effectiveType: "4g", type: "cellular" },
      { metered: true, quality: 720 },
    ],
    [{ effectiveType: "3g" }, { metered: false, quality: 480 }],
    [{ effectiveType: "slow-2g" }, { metered: false, quality: 360 }],
    [
      { effectiveType: "4g", saveData: true },
      { metered: true, quality: 360 },
    ],
  ])("%j means %j", (connection, expected) => {
    expect(hint(connection)).toEqual(expected);
  });
});
