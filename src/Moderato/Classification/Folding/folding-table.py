"""Packs what folding needs of Unicode 15.0 and of its confusables into folding-table.bin.

    apt-get install unicode-data                                  # /usr/share/unicode, 15.0
    apt-get download python3-confusable-homoglyphs                # confusables.json, from Unicode's confusables.txt
    dpkg-deb -x python3-confusable-homoglyphs_*.deb homoglyphs
    python3 folding-table.py /usr/share/unicode \
        homoglyphs/usr/lib/python3/dist-packages/confusable_homoglyphs/confusables.json folding-table.bin

A record says what one code point becomes: its kind, its canonical combining class, its fold (NFKC of the lower-cased
NFKD, one step), its decomposition (the same, NFKD) and its skeleton. Layout, zlib-compressed, integers as LEB128: see
`pack` below; FoldingTable.cs reads it in the same order.
"""
import json
import re
import sys
import zlib

UCD, CONFUSABLES, TARGET = sys.argv[1:]
LAST = 0x110000

# ---- Unicode Character Database

category, ccc, decomposition, canonical, lower, upper, name = {}, {}, {}, {}, {}, {}, {}
first = None
for line in open(f'{UCD}/UnicodeData.txt'):
    f = line.rstrip('\n').split(';')
    cp = int(f[0], 16)
    if f[1].endswith(', First>'):
        first = cp
        continue
    span = range(first, cp + 1) if f[1].endswith(', Last>') else (cp,)
    first = None
    for c in span:
        category[c] = f[2]
        if f[3] != '0':
            ccc[c] = int(f[3])
    name[cp] = f[1]
    if f[5]:
        parts = f[5].split()
        canonical[cp] = not parts[0].startswith('<')
        decomposition[cp] = [int(p, 16) for p in parts if not p.startswith('<')]
    if f[13]:
        lower[cp] = int(f[13], 16)
    if f[12]:
        upper[cp] = int(f[12], 16)
lower[0x3C2] = 0x3C3  # final sigma is sigma


def properties(file, wanted=None):
    for line in open(f'{UCD}/{file}'):
        f = [part.strip() for part in line.split('#')[0].split(';')]
        if len(f) >= 2 and (wanted is None or f[1] in wanted):
            a, _, b = f[0].partition('..')
            for c in range(int(a, 16), int(b or a, 16) + 1):
                yield c, f[1]


script = dict(properties('Scripts.txt'))
ignorable = {c for c, _ in properties('DerivedCoreProperties.txt', {'Default_Ignorable_Code_Point'})}
ignorable |= {0x640}  # the Arabic tatweel only stretches
excluded = {int(line.split('#')[0].strip(), 16) for line in open(f'{UCD}/CompositionExclusions.txt') if line.split('#')[0].strip()}

pairs = {}
for cp, parts in decomposition.items():
    if canonical[cp] and len(parts) == 2 and cp not in excluded and not ccc.get(cp) and not ccc.get(parts[0]):
        pairs[tuple(parts)] = cp
combining = set(ccc) | {second for _, second in pairs} | set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))

# ---- fold and decomposition of one code point


def decompose(cp):
    if 0xAC00 <= cp < 0xD7A4:
        s = cp - 0xAC00
        t = s % 28
        return [0x1100 + s // 588, 0x1161 + s % 588 // 28] + ([0x11A7 + t] if t else [])
    return [d for part in decomposition[cp] for d in decompose(part)] if cp in decomposition else [cp]


def reorder(cps):
    i = 0
    while i < len(cps):
        j = i
        while j < len(cps) and ccc.get(cps[j]):
            j += 1
        cps[i:j] = sorted(cps[i:j], key=ccc.get)
        i = j + 1
    return cps


def compose(cps):
    out, starter, last = [], None, 0
    for c in cps:
        k = ccc.get(c, 0)
        if starter is not None and (last < k or last == 0):
            s = out[starter]
            joined = pairs.get((s, c))
            if 0x1100 <= s < 0x1113 and 0x1161 <= c < 0x1176:
                joined = 0xAC00 + ((s - 0x1100) * 21 + c - 0x1161) * 28
            elif 0xAC00 <= s < 0xD7A4 and (s - 0xAC00) % 28 == 0 and 0x11A8 <= c < 0x11C3:
                joined = s + c - 0x11A7
            if joined:
                out[starter] = joined
                continue
        if k == 0:
            starter, last = len(out), 0
        else:
            last = k
        out.append(c)
    return out


def folded_parts(cp):
    cps = [cp]
    while True:
        following = [lower.get(d, d) for c in cps for d in decompose(c)]
        if following == cps:
            return reorder(cps)
        cps = following


# ---- kinds, in the order of CharKind

SPACE, LETTER, DIGIT, APOSTROPHE, ALONE, SIGN = range(6)


def kind(cp):
    c = category.get(cp, 'Cn')
    if cp in (0x27, 0x2019, 0x2018, 0x60, 0xB4, 0x2BC):
        return APOSTROPHE
    if cp == 0x2800:  # a blank that looks like a space
        return SPACE
    if cp in ignorable or c == 'Cf':
        return LETTER
    if c in ('Zs', 'Zl', 'Zp', 'Cc'):
        return SPACE
    if script.get(cp) in ('Han', 'Hiragana', 'Katakana', 'Bopomofo') and c[0] in 'LN':
        return ALONE
    if c == 'Nd':
        return DIGIT
    if c[0] in 'LMN' or c in ('Cn', 'Co'):
        return LETTER
    return ALONE if c == 'So' or cp >= 0x1F000 else SIGN


# ---- skeletons, classes in the order of SkeletonClass

NONE, ACCENT, VARIANT, LOOKALIKE, STRICT_LOOKALIKE, UNSEEN, MARK = range(7)
confusables = json.load(open(CONFUSABLES))
LETTERS = re.compile('[a-z]{1,2}')
SHAPE = re.compile(r'LATIN (?:SMALL LETTER|LETTER SMALL CAPITAL|SMALL CAPITAL LETTER) '
                   r'(?:DOTLESS |TURNED |REVERSED |SIDEWAYS |SCRIPT |INSULAR |BLACKLETTER |LONG |SMALL |OPEN )*([A-Z]{1,2})(?: WITH .*| ROTUNDA| DIGRAPH)?')
BOXED = re.compile(r'(?:NEGATIVE CIRCLED LATIN CAPITAL LETTER|NEGATIVE SQUARED LATIN CAPITAL LETTER|REGIONAL INDICATOR SYMBOL LETTER) ([A-Z])')
OWN = {0xDF: 'ss', 0xFE: 'th', 0xF0: 'd', 0xE6: 'ae', 0x153: 'oe', 0x131: 'i', 0x237: 'j', 0x17F: 's', 0x1DD: 'e', 0x259: 'e', 0x250: 'a',
       0x254: 'c', 0x25F: 'f', 0x25B: 'e', 0x14B: 'n', 0x21F: 'h', 0x265: 'h', 0x26F: 'm', 0x279: 'r', 0x287: 't', 0x28C: 'v', 0x28D: 'w', 0x28E: 'y',
       0x443: 'y', 0x445: 'x', 0x43A: 'k', 0x43C: 'm', 0x442: 't', 0x43D: 'h', 0x432: 'b', 0x438: 'u', 0x44F: 'r', 0x3B1: 'a', 0x3B5: 'e',
       0x3B7: 'n', 0x3B9: 'i', 0x3BA: 'k', 0x3BC: 'u', 0x3C1: 'p', 0x3C4: 't', 0x3C5: 'u', 0x3C7: 'x', 0x3C9: 'w', 0x3BD: 'v', 0x3BF: 'o',
       0x3B2: 'b', 0xA2: 'c', 0x20AC: 'e', 0xA3: 'l', 0xA5: 'y', 0x2020: 't', 0x2605: '*', 0x2022: '*', 0xD7: 'x', 0xA1: 'i'}
# Letters of everyday spelling somewhere: no disguise, however they are written without accents.
EVERYDAY = set(map(ord, 'ßþðæœøłđħıŋə'))
LOOKALIKE_SCRIPTS = {'Cyrillic', 'Greek', 'Cherokee', 'Armenian', 'Coptic', 'Lisu', 'Deseret', 'Osage', 'Carian', 'Lycian', 'Gothic',
                     'Old_Italic', 'Canadian_Aboriginal', 'Georgian', 'Tifinagh', 'Vai', 'Runic', 'Warang_Citi'}
STRICT = {0x430: 'a', 0x441: 'c', 0x435: 'e', 0x43E: 'o', 0x440: 'p', 0x445: 'x', 0x443: 'y', 0x456: 'i', 0x458: 'j', 0x455: 's', 0x501: 'd',
          0x4BB: 'h', 0x51B: 'q', 0x51D: 'w', 0x475: 'v', 0x4CF: 'l'}


def stripped(text):
    return ''.join(c for c in text.lower() if ord(c) not in ccc)


def lookalike(cp):
    for c in (cp, upper.get(cp)):
        for candidate in confusables.get(chr(c), []) if c else []:
            letters = stripped(candidate['c'])
            if LETTERS.fullmatch(letters):
                return letters
    return None


def skeleton(cp):
    """What a folded code point looks like to a Latin reader, and by which right."""
    if cp < 0x80:
        return NONE, ''
    if cp in ignorable or category.get(cp) == 'Cf':
        return UNSEEN, ''
    if cp in ccc or category.get(cp) in ('Mn', 'Me'):
        return (MARK, '') if script.get(cp) == 'Inherited' else (NONE, '')
    if cp == 0x451:  # Cyrillic io, mostly written as ie
        return ACCENT, chr(0x435)
    if cp in STRICT:
        return STRICT_LOOKALIKE, STRICT[cp]
    parts = decompose(cp) if canonical.get(cp) else [cp]
    base = parts[0]
    if base != cp and all(c in ccc for c in parts[1:]) and script.get(base) in ('Latin', 'Greek'):
        if base < 0x80:
            return ACCENT, chr(base)
        under = skeleton(base)
        return under if under[0] else (ACCENT, chr(base))
    own = script.get(cp, 'Common') in ('Latin', 'Common')
    if not own and script.get(cp) not in LOOKALIKE_SCRIPTS:
        return NONE, ''
    boxed = BOXED.fullmatch(name.get(cp, ''))
    shape = SHAPE.fullmatch(name.get(cp, ''))
    letters = OWN.get(cp) or (boxed and boxed[1].lower()) or (shape and shape[1].lower()) or (kind(cp) == LETTER and lookalike(cp)) or None
    if not letters:
        return NONE, ''
    return (ACCENT if cp in EVERYDAY else VARIANT if own else LOOKALIKE), letters


# ---- records


def leb(out, value):
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)


records, record_of = [], {}
index = []
for cp in range(LAST):
    hangul = 0xAC00 <= cp < 0xD7A4
    parts = [cp] if hangul else folded_parts(cp)
    fold = compose(parts)
    key = (kind(cp), ccc.get(cp, 0), cp in combining, *skeleton(cp),
           tuple(fold) if fold != [cp] else (), tuple(parts) if parts != [cp] else ())
    if key not in record_of:
        record_of[key] = len(records)
        records.append(key)
    index.append(record_of[key])

blocks, block_of, stage = [], {}, []
for start in range(0, LAST, 128):
    block = tuple(index[start:start + 128])
    if block not in block_of:
        block_of[block] = len(blocks)
        blocks.append(block)
    stage.append(block_of[block])


def pack():
    out = bytearray()
    leb(out, len(records))
    for column in range(3):
        for record in records:
            leb(out, int(record[column]))
    for record in records:
        leb(out, record[3])
    for column in range(4, 7):
        for record in records:
            leb(out, len(record[column]))
        for record in records:
            for c in record[column]:
                leb(out, ord(c) if isinstance(c, str) else c)
    leb(out, len(stage))
    for block in stage:
        leb(out, block)
    leb(out, len(blocks))
    for block in blocks:
        last = 0
        for record in block:  # zigzag differences: neighbours have neighbouring records
            delta = record - last
            leb(out, delta * 2 if delta >= 0 else -delta * 2 - 1)
            last = record
    leb(out, len(pairs))
    for (a, b), c in sorted(pairs.items()):
        leb(out, a), leb(out, b), leb(out, c)
    return zlib.compress(bytes(out), 9)


packed = pack()
open(TARGET, 'wb').write(packed)
print(f'{len(records)} records, {len(blocks)} blocks, {len(pairs)} pairs, {len(packed)} bytes')
