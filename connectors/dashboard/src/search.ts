// Searching Vietnamese text as people type it: composed or decomposed, with the tone mark in the old or the new place
// (hoà, hòa), and without any marks at all. Pure functions.

interface Syllable {
  /** Letters with their own marks (â, ă, ê, ô, ơ, ư, đ) but without a tone. */
  letters: string;
  plain: string;
  tone: string;
}

const kTones = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const kMarks = /[\u0300-\u036f]/gu;

function syllablesOf(text: string): Syllable[] {
  return text
    .normalize('NFD')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean)
    .map((word) => {
      const letters = word.replace(kTones, '');
      return { letters, plain: letters.replace(kMarks, '').replace(/đ/gu, 'd'), tone: (word.match(kTones) ?? []).join('') };
    });
}

/** A question to put to many texts: true where every word of the query begins or is within some word of the text. */
export function matcher(query: string): (text: string) => boolean {
  const wanted = syllablesOf(query);
  if (wanted.length === 0) return () => true;
  return (text) => {
    const held = syllablesOf(text);
    return wanted.every((word) => held.some((other) => matches(word, other)));
  };
}

/** A word typed without marks finds all its readings; one typed with marks finds only those that bear them. */
function matches(wanted: Syllable, held: Syllable): boolean {
  const bare = wanted.letters === wanted.plain;
  if (!(bare ? held.plain : held.letters).includes(bare ? wanted.plain : wanted.letters)) return false;
  return wanted.tone === '' || wanted.tone === held.tone;
}
