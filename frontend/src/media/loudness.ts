/** EBU R 128: what programmes are brought to. */
const TARGET_LUFS = -23;
/** Sample peaks stand below the true ones: a decibel is left between them and clipping. */
const CEILING_DBFS = -1;

/**
 * Return the factor that brings a recording to the common loudness, without clipping.
 * Of a peak that nobody measured nothing is known but that the recording holds it: never louder.
 */
export function levelling(loudnessLufs: number, peakDbfs: number | null): number {
  const room = peakDbfs === null ? 0 : CEILING_DBFS - peakDbfs;
  return 10 ** (Math.min(TARGET_LUFS - loudnessLufs, room) / 20);
}
