const NOTES = [523.25, 659.25];
const NOTE_SECONDS = 0.35;
const LOUDNESS = 0.25;

/** Play two notes; raises where the browser plays nothing. */
export async function playChime(context = new AudioContext()): Promise<void> {
  try {
    await context.resume();
    await Promise.all(NOTES.map((pitch, index) => playNote(context, pitch, index * NOTE_SECONDS)));
  } finally {
    void context.close();
  }
}

/** A note that swells and fades: one that is cut off clicks. */
function playNote(context: AudioContext, pitch: number, after: number): Promise<unknown> {
  const from = context.currentTime + after;
  const volume = new GainNode(context, { gain: 0 });
  const tone = new OscillatorNode(context, { frequency: pitch });
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(LOUDNESS, from + NOTE_SECONDS / 4);
  volume.gain.linearRampToValueAtTime(0, from + NOTE_SECONDS);
  tone.connect(volume).connect(context.destination);
  const ended = new Promise((resolve) => tone.addEventListener("ended", resolve, { once: true }));
  tone.start(from);
  tone.stop(from + NOTE_SECONDS);
  return ended;
}
