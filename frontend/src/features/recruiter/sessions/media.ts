import type { Response } from "@/api/types";
import type { Media } from "@/media/media";

/** Return a recording as the player takes it; null as long as there is nothing to play. */
export function mediaOf(recording: Response["recording"]): Media | null {
  if (recording?.state !== "ready" || recording.url === null) return null;
  return {
    src: recording.url,
    poster: recording.poster_url,
    storyboard: recording.storyboard,
    captions: recording.captions,
    expiresAt: recording.grant_expires_at,
    durationSeconds: (recording.duration_ms ?? 0) / 1000,
    hasVideo: recording.has_video,
    playsEverywhere: recording.plays_everywhere,
    waveform: recording.waveform,
    loudnessLufs: recording.loudness_lufs,
    peakDbfs: recording.peak_dbfs,
  };
}
