"""Writes folding-cases.tsv: text and its plain view as Python's unicodedata (another implementation) has it, in hexadecimal.

    python3 folding-cases.py > folding-cases.tsv
"""
import random
import unicodedata

random.seed(1)
assigned = [c for c in range(0x110000) if unicodedata.category(chr(c)) not in ('Cn', 'Cs', 'Co')]
marks = [c for c in assigned if unicodedata.combining(chr(c))]
changing = [c for c in assigned if unicodedata.normalize('NFKD', chr(c)) != chr(c) and not 0xAC00 <= c < 0xD7A4]
skipped = set("'`´‘’ʼ")


def lower(c):
    return 'σ' if c == 'ς' else 'i' if c == 'İ' else c.lower() if len(c.lower()) == 1 else c


def fold(text):
    while True:
        following = unicodedata.normalize('NFKC', ''.join(map(lower, unicodedata.normalize('NFKD', text))))
        if following == text:
            return text
        text = following


def seen(text):
    """Runs are split at spaces and controls, and an unseen character after a sign, a digit or an emoji is dropped: leave such texts out."""
    return not any(unicodedata.category(c) in ('Zs', 'Zl', 'Zp', 'Cc', 'Cf') or c in skipped or c == '\u2800' for c in text)


cases = [chr(c) for c in random.sample(changing, 1200)] + [chr(c) for c in random.sample(assigned, 600)]
for _ in range(1200):
    text = ''
    for _ in range(random.randint(1, 3)):
        text += chr(random.choice(random.choice([list(range(0x41, 0x7B)), list(range(0xC0, 0x250)), changing, assigned])))
        text += ''.join(chr(random.choice(random.choice([list(range(0x300, 0x345)), marks]))) for _ in range(random.randint(0, 6)))
    cases.append(text)
for _ in range(200):
    lead, vowel, trail = (chr(random.randrange(*r)) for r in ((0x1100, 0x1113), (0x1161, 0x1176), (0x11A8, 0x11C3)))
    cases.append(random.choice([lead + vowel, lead + vowel + trail, vowel + trail, lead + trail, chr(random.randrange(0xAC00, 0xD7A4)) + trail]))
ignorable = set('\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0') | {chr(c) for r in ((0x180B, 0x1810), (0xFE00, 0xFE10), (0xE0000, 0xE1000)) for c in range(*r)}
for text in cases:
    folded = fold(text)
    if text and seen(text) and seen(folded) and not set(folded) & ignorable:
        print(' '.join(f'{ord(c):x}' for c in text), ' '.join(f'{ord(c):x}' for c in folded), sep='\t')
