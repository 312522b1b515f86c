import { crc32, deflateSync } from "node:zlib";

/** A PNG file in one colour, from dark at the top to light at the bottom: enough of a picture for a product. */
export function picture(name: string, [red, green, blue]: readonly [number, number, number], side = 320) {
  const rows = Array.from({ length: side }, (_, y) => {
    const light = 0.6 + (0.4 * y) / side;
    const pixel = [red, green, blue].map((part) => Math.round(part * light));
    // Every row begins with its filter: none.
    return Buffer.from([0, ...Array.from({ length: side }, () => pixel).flat()]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8); // eight bits for each of red, green and blue
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.concat(rows))), chunk("IEND")];
  return { name, mimeType: "image/png", buffer: Buffer.concat([signature, ...parts]) };
}

function chunk(kind: string, data = Buffer.alloc(0)): Buffer {
  const content = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}
