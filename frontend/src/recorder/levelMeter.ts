export interface LevelMeter {
  /** Loudness now, 0 (silent) to 1 (as loud as it goes). */
  read(): number;
  close(): void;
}

const FLOOR_DB = -60;

export function createLevelMeter(stream: MediaStream, context = new AudioContext()): LevelMeter {
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  // Opened without a click (after a reload), a context starts suspended.
  if (context.state === "suspended") void context.resume();
  const samples = new Float32Array(analyser.fftSize);
  return {
    read() {
      analyser.getFloatTimeDomainData(samples);
      return levelOf(samples);
    },
    close() {
      source.disconnect();
      void context.close();
    },
  };
}

export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB));
}
