// Frees memory at once that nobody needs any more. Left to the garbage collector, the pieces of a large file mean a dozen
// collections of everything. It never frees what somebody may still read.

import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/** Of the last one who holds them: they are empty afterwards. Does nothing for bytes that share their memory with others. */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  if (isWhole && byteLength > 0) buffer.transfer(0);
}

/**
 * What the socket of a client reads for this response: Node's parser has seen it before, and copies what it hands on. At the
 * end of the response the socket may be used for another one, whose parser is told after us.
 */
export function letGoOfRead(response: IncomingMessage): void {
  const socket: Socket | null = response.socket; // null once the response has ended
  const leave = () => socket?.off("data", letGo);
  socket?.on("data", letGo);
  response.once("end", leave).once("close", leave);
}
