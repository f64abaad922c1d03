// Raw bytes as people can read them: as text where they are text (every byte that is not, as \xNN), and as hexadecimal.

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** How many bytes the UTF-8 sequence at `at` has; 0 when none begins there. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length =
    first < 0x80
      ? 1
      : first >= 0xc2 && first < 0xe0
      ? 2
      : first >= 0xe0 && first < 0xf0
      ? 3
      : first >= 0xf0 && first < 0xf5
      ? 4
      : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}

export function asText(bytes: Uint8Array): string {
  try {
    return visible(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    // Not all of it is text: byte by byte.
  }
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceAt(bytes, at);
    if (length === 0) {
      parts.push(`\\x${hex(bytes[at] ?? 0)}`);
      at += 1;
    } else {
      parts.push(visible(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(at, at + length))));
      at += length;
    }
  }
  return parts.join('');
}

/** Control characters other than line ends and tabs, and those that turn the direction of text, are shown by number. */
function visible(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
    (char) => {
      const code = char.charCodeAt(0);
      return code < 0x100 ? `\\x${hex(code)}` : `\\u${code.toString(16).padStart(4, '0')}`;
    },
  );
}

/** "00000010  7b 22 69 64 …  {"id…" in lines of sixteen. */
export function asHex(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += 16) {
    const row = Array.from(bytes.subarray(start, start + 16));
    const digits = row.map(hex).join(' ').padEnd(47);
    const letters = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${start.toString(16).padStart(8, '0')}  ${digits}  ${letters}`);
  }
  return lines.join('\n');
}

/** JSON laid out in lines where the text is JSON; otherwise the text as it is. */
export function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
