// Finding Vietnamese text: both ways of writing composed letters (NFC, NFD), both places of the tone mark (hoà, hòa) and
// upper or lower case are the same; who types without marks finds all ("tam ky" finds "Tam Kỳ").

const kTones = /[\u0300\u0301\u0303\u0309\u0323]/g; // grave, acute, tilde, hook above, dot below
const kMarks = /[\u0300-\u036f]/g;

/** One form for all ways of writing: the tone of each syllable stands at its end, where its letter does not matter. */
export function searchForm(text: string): string {
  return text
    .normalize('NFD')
    .toLocaleLowerCase('vi')
    .replace(/[\p{L}\p{M}]+/gu, (syllable) => {
      const tones = syllable.match(kTones)?.join('') ?? '';
      return syllable.replace(kTones, '') + tones;
    });
}

/** Without any marks; đ is d. */
export function plainForm(text: string): string {
  return text.normalize('NFD').replace(kMarks, '').toLocaleLowerCase('vi').replace(/đ/g, 'd');
}

/** A test of texts against what was typed: every word of it must occur. Words with marks must match with their marks. */
export function matcher(typed: string): (text: string) => boolean {
  const words = typed.normalize('NFC').split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  const wanted = words.map((word) => {
    const plain = plainForm(word);
    const exact = plain !== word.toLocaleLowerCase('vi');
    return { exact, form: exact ? searchForm(word) : plain };
  });
  return (text) => {
    const whole = searchForm(text);
    const plain = plainForm(text);
    return wanted.every(({ exact, form }) => (exact ? whole : plain).includes(form));
  };
}
