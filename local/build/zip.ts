// Writes a ZIP archive: deflated files, no folders, no times, so that the same files make the same bytes. Needs no program
// of the machine. It knows no ZIP64: an archive of 4 GiB or 65,535 files is refused.

import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  /** With forward slashes, without a leading one. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** 1980-01-01, the earliest that the format knows. */
const NO_TIME = 0x0021_0000;
const VERSION = 20;
const DEFLATED = 8;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const UNIX = 3 << 8;
const READABLE = 0o100644 * 0x1_0000;
const MOST = 0xffff;

export function zip(entries: readonly ZipEntry[]): Buffer {
  if (entries.length >= MOST) throw new Error(`${entries.length} files are too many for one ZIP`);
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { data, facts, name } = describe(entry);
    const local = numbers([4, 0x0403_4b50], [2, VERSION], ...facts, [2, name.length], [2, 0]);
    directory.push(
      numbers(
        [4, 0x0201_4b50],
        [2, UNIX + VERSION],
        [2, VERSION],
        ...facts,
        [2, name.length],
        ...([2, 2, 2, 2].map((size) => [size, 0]) as Field[]), // no extra field, no comment, disk 0, no text
        [4, READABLE],
        [4, offset],
      ),
      name,
    );
    parts.push(local, name, data);
    offset += local.length + name.length + data.length;
  }
  const index = Buffer.concat(directory);
  const count = entries.length;
  const end = numbers(
    [4, 0x0605_4b50],
    [4, 0],
    [2, count],
    [2, count],
    [4, index.length],
    [4, offset],
    [2, 0],
  );
  return Buffer.concat([...parts, index, end]);
}

type Field = readonly [size: 2 | 4, value: number];

/** What the entry before the file and the one in the directory have in common. */
function describe({ path, content }: ZipEntry) {
  const data = deflateRawSync(content, { level: 9 });
  const facts: Field[] = [
    [2, FLAGS],
    [2, DEFLATED],
    [4, NO_TIME],
    [4, crc32(content)],
    [4, data.length],
    [4, content.length],
  ];
  return { data, facts, name: Buffer.from(path, "utf8") };
}

/** Little-endian; throws where a number does not fit. */
function numbers(...fields: readonly Field[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0));
  let position = 0;
  for (const [size, value] of fields) position = buffer.writeUIntLE(value, position, size);
  return buffer;
}
