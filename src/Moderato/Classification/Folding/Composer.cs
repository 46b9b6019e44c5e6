namespace Moderato.Classification.Folding;

/// <summary>Canonical ordering and composition (UAX #15) of a run, in place.</summary>
internal sealed class Composer(FoldingTable table)
{
    private const uint SyllableBase = 0xAC00;
    private const uint LeadBase = 0x1100;
    private const uint VowelBase = 0x1161;
    private const uint TrailBase = 0x11A7;
    private const uint Vowels = 21;
    private const uint Trails = 28;

    private readonly uint[] composed = new uint[TextRun.MostCodePoints];
    private readonly uint[] cluster = new uint[TextRun.MostCodePoints];

    public void Compose(TextRun run)
    {
        var codePoints = run.CodePoints;
        int written = 0;
        for (int at = 0; at < codePoints.Length;)
        {
            int end = at + 1;
            while (end < codePoints.Length && table.IsCombining(table.RecordOf(codePoints[end])))
            {
                end++;
            }

            int length = Decompose(codePoints[at..end]);
            Reorder(cluster.AsSpan(0, length));
            length = Compose(cluster.AsSpan(0, length));
            cluster.AsSpan(0, length).CopyTo(composed.AsSpan(written));
            written += length;
            at = end;
        }

        run.Replace(composed.AsSpan(0, written), table);
    }

    private int Decompose(ReadOnlySpan<uint> codePoints)
    {
        int length = 0;
        foreach (uint codePoint in codePoints)
        {
            if (codePoint - SyllableBase < 19 * Vowels * Trails)
            {
                uint syllable = codePoint - SyllableBase;
                cluster[length++] = LeadBase + (syllable / (Vowels * Trails));
                cluster[length++] = VowelBase + (syllable % (Vowels * Trails) / Trails);
                cluster[length] = TrailBase + (syllable % Trails);
                length += syllable % Trails == 0 ? 0 : 1;
                continue;
            }

            var parts = table.DecompositionOf(table.RecordOf(codePoint));
            if (parts.IsEmpty)
            {
                cluster[length++] = codePoint;
            }
            else
            {
                parts.CopyTo(cluster.AsSpan(length));
                length += parts.Length;
            }
        }

        return length;
    }

    /// <summary>Stable, and quick because a run keeps few marks on a letter.</summary>
    private void Reorder(Span<uint> codePoints)
    {
        for (int i = 1; i < codePoints.Length; i++)
        {
            uint moving = codePoints[i];
            int order = table.CombiningClassOf(moving);
            int to = i;
            while (order != 0 && to > 0 && table.CombiningClassOf(codePoints[to - 1]) > order)
            {
                codePoints[to] = codePoints[to - 1];
                to--;
            }

            codePoints[to] = moving;
        }
    }

    private int Compose(Span<uint> codePoints)
    {
        int starter = -1;
        int written = 0;
        int last = 0;
        foreach (uint codePoint in codePoints)
        {
            int order = table.CombiningClassOf(codePoint);
            if (starter >= 0 && (last < order || last == 0) && Joined(codePoints[starter], codePoint) is var joined && joined != 0)
            {
                codePoints[starter] = joined;
                continue;
            }

            (starter, last) = order == 0 ? (written, 0) : (starter, order);
            codePoints[written++] = codePoint;
        }

        return written;
    }

    private uint Joined(uint first, uint second)
    {
        if (first - LeadBase < 19 && second - VowelBase < Vowels)
        {
            return SyllableBase + ((((first - LeadBase) * Vowels) + second - VowelBase) * Trails);
        }

        if (first - SyllableBase < 19 * Vowels * Trails && (first - SyllableBase) % Trails == 0 && second - TrailBase - 1 < Trails - 1)
        {
            return first + second - TrailBase;
        }

        return table.Composed(first, second);
    }
}
