const SMALLEST = 64 * 1024;
const LARGEST = 4 * 1024 * 1024;
const QUICK_MS = 1500;
const SLOW_MS = 6000;

/**
 * How many bytes a request may carry: small on a slow line, so that a break costs little and the
 * progress moves; large on a quick one.
 */
export class PieceSize {
  private bytes = 256 * 1024;

  get limit(): number {
    return this.bytes;
  }

  took(sent: number, ms: number): void {
    if (ms > SLOW_MS) this.failed();
    // A piece that was not full says nothing about a larger one.
    else if (ms < QUICK_MS && sent >= this.bytes) this.bytes = Math.min(LARGEST, this.bytes * 2);
  }

  failed(): void {
    this.bytes = Math.max(SMALLEST, this.bytes / 2);
  }
}
