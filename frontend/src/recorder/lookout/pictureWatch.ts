import type { Picture } from "../state";

const TICK_MS = 1000;
const FROZEN_AFTER_SECONDS = 3;
const SLOW_FRAMES_A_SECOND = 10;
const WINDOW_SECONDS = 5;

/**
 * Count the frames of a stream's picture, and say when it stops or gets slow. Nothing is said
 * where the browser does not count, nor while the page is hidden: no frame is drawn then.
 */
export class PictureWatch {
  private readonly video: HTMLVideoElement;
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly seconds: number[] = [];
  private frames = 0;
  private handle = 0;

  static of(stream: MediaStream, onChange: (picture: Picture) => void): PictureWatch | null {
    const counts = "requestVideoFrameCallback" in HTMLVideoElement.prototype;
    return counts && stream.getVideoTracks().length > 0 ? new PictureWatch(stream, onChange) : null;
  }

  private constructor(
    stream: MediaStream,
    private readonly onChange: (picture: Picture) => void,
  ) {
    this.video = document.createElement("video");
    this.video.muted = true;
    this.video.playsInline = true;
    this.video.srcObject = stream;
    this.video.play().catch(() => undefined);
    this.count();
    this.timer = setInterval(() => this.look(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.video.cancelVideoFrameCallback(this.handle);
    this.video.srcObject = null;
  }

  private count(): void {
    this.handle = this.video.requestVideoFrameCallback(() => {
      this.frames += 1;
      this.count();
    });
  }

  private look(): void {
    const { frames } = this;
    this.frames = 0;
    if (document.hidden) {
      this.seconds.length = 0;
      return;
    }
    this.seconds.push(frames);
    if (this.seconds.length > WINDOW_SECONDS) this.seconds.shift();
    const picture = judge(this.seconds);
    if (picture) this.onChange(picture);
  }
}

/** Null as long as it is too early to say. */
export function judge(framesOfSeconds: readonly number[]): Picture | null {
  const last = framesOfSeconds.slice(-FROZEN_AFTER_SECONDS);
  if (last.length < FROZEN_AFTER_SECONDS) return null;
  if (last.every((frames) => frames === 0)) return "frozen";
  if (framesOfSeconds.length < WINDOW_SECONDS) return null;
  const sum = framesOfSeconds.reduce((total, frames) => total + frames, 0);
  return sum < SLOW_FRAMES_A_SECOND * WINDOW_SECONDS ? "slow" : "moving";
}
