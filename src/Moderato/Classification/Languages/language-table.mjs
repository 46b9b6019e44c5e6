// Packs the n-gram scores of ELD (npm "eld" 2.1.0, Apache-2.0, Copyright 2023 Nito T.M.) into language-table.bin:
//   npm pack eld@2.1.0 && tar xzf eld-2.1.0.tgz && node make-table.mjs package language-table.bin
// Kept: the languages of scripts that several languages share; a script of one language needs no table.
// Layout, brotli-compressed, integers as LEB128: languages, their two-letter codes, n-grams; then the streams
// differences of the sorted keys (up to 6 bytes, first byte highest, as a number) · how many languages · language · score.
import { writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { pathToFileURL } from 'node:url';
import { join, resolve } from 'node:path';

const [source, target] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(resolve(join(source, 'src', file))));
const { ngramsData } = await load('ngrams/large.js');
const { dictionary } = await load('dictionary.js');

const oneLanguageOneScript = 'am bn el gu he hy ja ka kn ko lo ml or pa ta te th zh'.split(' ');
const baseScore = 53; // ELD stores scores less this
const bytesOf = new Map();
dictionary.forEach((character, byte) => { if (character !== ' ') bytesOf.set(character, byte); });
bytesOf.set(' ', 0x20);

const kept = Object.entries(ngramsData.languages).filter(([, code]) => !oneLanguageOneScript.includes(code));
const indexOf = new Map(kept.map(([id], index) => [id, index]));
const grams = [];
for (const [gram, scores] of Object.entries(ngramsData.ngrams)) {
  const languages = Object.entries(scores).filter(([id]) => indexOf.has(id));
  if (languages.length === 0) continue;
  let key = 0n;
  for (const character of gram) {
    const byte = character.charCodeAt(0) < 0x80 && /[a-z'` ]/.test(character) ? character.charCodeAt(0) : bytesOf.get(character);
    key = (key << 8n) | BigInt(byte);
  }
  grams.push([key, languages.map(([id, score]) => [indexOf.get(id), score + baseScore])]);
}
grams.sort((a, b) => (a[0] < b[0] ? -1 : 1));

const out = [];
const number = (value) => {
  let rest = BigInt(value);
  while (rest > 127n) { out.push(Number(rest & 127n) | 128); rest >>= 7n; }
  out.push(Number(rest));
};
number(kept.length);
for (const [, code] of kept) out.push(code.charCodeAt(0), code.charCodeAt(1));
number(grams.length);
grams.forEach(([key], i) => number(key - (i ? grams[i - 1][0] : 0n)));
for (const [, languages] of grams) number(languages.length);
for (const [, languages] of grams) for (const [language] of languages) number(language);
for (const [, languages] of grams) for (const [, score] of languages) number(score);
const packed = brotliCompressSync(Uint8Array.from(out), { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } });
writeFileSync(target, packed);
console.log(`${kept.length} languages, ${grams.length} n-grams, ${packed.length} bytes`);
