/**
 * The server's time in this page. It runs on the monotonic clock: whoever sets the device's clock
 * in mid-answer changes nothing.
 */
export class ServerClock {
  private offset = Date.now() - performance.now();
  private bestRoundTrip = Number.POSITIVE_INFINITY;

  /** Learn from an answer's `server_time`: the quickest answer tells it best. */
  learn(serverTime: string, sentAt: number, receivedAt: number): void {
    const roundTrip = receivedAt - sentAt;
    const server = Date.parse(serverTime);
    if (Number.isNaN(server) || roundTrip > this.bestRoundTrip) return;
    this.bestRoundTrip = roundTrip;
    this.offset = server - (sentAt + receivedAt) / 2;
  }

  /** Milliseconds since 1970, by the server. */
  now(): number {
    return performance.now() + this.offset;
  }
}
