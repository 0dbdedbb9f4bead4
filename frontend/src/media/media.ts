/** Small pictures in one image, row by row from the left, one for each interval. */
export interface Storyboard {
  url: string;
  columns: number;
  rows: number;
  /** Pixels. */
  tile_width: number;
  tile_height: number;
  interval_seconds: number;
  tiles: number;
}

export interface Captions {
  url: string;
  language: string;
  label: string;
}

/** One recording as a player takes it. Addresses are signed, and good for some minutes only. */
export interface Media {
  src: string;
  poster: string | null;
  storyboard: Storyboard | null;
  captions: Captions[];
  /** Until when the addresses work, in ISO 8601; null: for good. */
  expiresAt: string | null;
  /** A stream without an index does not know its own length. */
  durationSeconds: number;
  hasVideo: boolean;
  playsEverywhere: boolean;
  /** The sound's peaks over equal parts of the whole, 0 to 100. */
  waveform: number[] | null;
  loudnessLufs: number | null;
  peakDbfs: number | null;
}
