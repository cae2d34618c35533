// A plain bar chart as PNG: what stands for a visualisation of Genie. No text, no axes.

import { crc32, deflateSync } from "node:zlib";

const WIDTH = 320;
const HEIGHT = 200;
const WHITE = [255, 255, 255] as const;
const BLUE = [31, 119, 180] as const;

/** One bar per value (at most 40); values that are no numbers count as 0. */
export function barChartPng(values: readonly number[]): Buffer {
  const bars = values.slice(0, 40).map((value) => (Number.isFinite(value) ? Math.abs(value) : 0));
  const highest = Math.max(1, ...bars);
  const heights = bars.map((value) => Math.round((value / highest) * (HEIGHT - 10)));
  const rows = Array.from({ length: HEIGHT }, (_, y) => pixelRow(heights, HEIGHT - y));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header()),
    pngChunk("IDAT", deflateSync(Buffer.concat(rows))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function pixelRow(heights: readonly number[], level: number): Buffer {
  const slot = WIDTH / Math.max(1, heights.length);
  const pixels = Array.from({ length: WIDTH }, (_, x) => {
    const inBar = x % slot >= slot * 0.2;
    return inBar && (heights[Math.floor(x / slot)] ?? 0) >= level ? BLUE : WHITE;
  });
  // The leading 0 of every row: no filter.
  return Buffer.from([0, ...pixels.flat()]);
}

function header(): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(WIDTH, 0);
  bytes.writeUInt32BE(HEIGHT, 4);
  bytes.set([8, 2, 0, 0, 0], 8); // 8 bits a channel, RGB
  return bytes;
}

function pngChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "ascii"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}
