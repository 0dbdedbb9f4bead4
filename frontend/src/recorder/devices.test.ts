import { describe, expect, it, vi } from "vitest";

import { openDevices } from "./devices";

const fail = (name: string) => Object.assign(new Error(name), { name });
const device = (kind: MediaDeviceKind) => ({ kind }) as MediaDeviceInfo;
const STREAM = {} as MediaStream;

function media(error: Error | null, kinds: MediaDeviceKind[] = []) {
  return {
    getUserMedia: vi.fn(async () => {
      if (error) throw error;
      return STREAM;
    }),
    enumerateDevices: async () => kinds.map(device),
  };
}

describe("opening the devices", () => {
  it.each([
    ["NotAllowedError", [], "permission_denied"],
    ["SecurityError", [], "insecure_page"],
    ["NotReadableError", ["videoinput", "audioinput"], "device_busy"],
    ["NotFoundError", [], "no_devices"],
    ["NotFoundError", ["audioinput"], "no_camera"],
    ["NotFoundError", ["videoinput"], "no_microphone"],
    ["TypeError", [], "unknown"],
  ] as const)("turns %s with %j into %s", async (name, kinds, reason) => {
    await expect(openDevices(media(fail(name), [...kinds]), {})).rejects.toMatchObject({ reason });
  });

  it("asks for 720p, then less, before it gives up", async () => {
    const camera = media(null);
    camera.getUserMedia.mockRejectedValueOnce(fail("NotReadableError"));
    await expect(openDevices(camera, {})).resolves.toBe(STREAM);
    expect(camera.getUserMedia).toHaveBeenLastCalledWith(
      expect.objectContaining({ video: expect.objectContaining({ height: { ideal: 480 } }) }),
    );
  });

  it("takes any camera when the chosen one is gone", async () => {
    const camera = media(null);
    for (let tries = 0; tries < 3; tries += 1) {
      camera.getUserMedia.mockRejectedValueOnce(fail("OverconstrainedError"));
    }
    await expect(openDevices(camera, { cameraId: "gone" })).resolves.toBe(STREAM);
    expect(camera.getUserMedia).toHaveBeenLastCalledWith(
      expect.objectContaining({ video: expect.objectContaining({ facingMode: "user" }) }),
    );
  });

  it("asks for no more than the line or the device can carry", async () => {
    const camera = media(null);
    await openDevices(camera, {}, 360);
    expect(camera.getUserMedia).toHaveBeenCalledWith(
      expect.objectContaining({ video: expect.objectContaining({ height: { ideal: 360 } }) }),
    );
  });

  it("asks for no camera where sound alone was agreed to", async () => {
    const camera = media(null);
    await openDevices(camera, { soundOnly: true });
    expect(camera.getUserMedia).toHaveBeenCalledWith(expect.objectContaining({ video: false }));
  });

  it("misses the microphone, not the camera, where sound alone was agreed to", async () => {
    const opening = openDevices(media(fail("NotFoundError")), { soundOnly: true });
    await expect(opening).rejects.toMatchObject({ reason: "no_microphone" });
  });

  it("does not ask again after a refusal", async () => {
    const camera = media(fail("NotAllowedError"));
    await expect(openDevices(camera, {})).rejects.toThrow();
    expect(camera.getUserMedia).toHaveBeenCalledOnce();
  });
});
