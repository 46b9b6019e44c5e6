namespace Moderato.Decisions.Counting;

/// <summary>Counts as bytes: what a commit adds to the tables lies in one row until it is added up.</summary>
public static class PackedCounts
{
    public static byte[] Pack(DecisionCounts counts)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var names = new Dictionary<string, int>();
        var cells = counts.Cells.ToList();
        writer.Write7BitEncodedInt(cells.Count);
        foreach (var (cell, count) in cells)
        {
            writer.Write7BitEncodedInt(cell.Workspace);
            writer.Write7BitEncodedInt(cell.Hour);
            foreach (string name in (ReadOnlySpan<string>)[cell.Release, cell.Category, cell.Language, cell.Surface, cell.Tier])
            {
                WriteName(writer, names, name);
            }

            writer.Write((sbyte)cell.Bin);
            foreach (long number in (ReadOnlySpan<long>)[count.Scored, count.Safe, count.Borderline, count.Violating])
            {
                writer.Write7BitEncodedInt64(number);
            }
        }

        writer.Write7BitEncodedInt(counts.Histograms.Count);
        foreach (var (key, histogram) in counts.Histograms)
        {
            writer.Write7BitEncodedInt(key.Workspace);
            writer.Write7BitEncodedInt(key.Day);
            WriteName(writer, names, key.Release);
            WriteName(writer, names, key.Category);
            histogram.Write(writer);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Adds what <see cref="Pack"/> wrote.</summary>
    /// <param name="surfaces">Those that are counted by name; new ones are, in the order in which they were first counted.</param>
    /// <exception cref="EndOfStreamException">The bytes end too early.</exception>
    public static void AddTo(DecisionCounts counts, byte[] packed, NamedSurfaces surfaces)
    {
        using var reader = new BinaryReader(new MemoryStream(packed));
        var names = new List<string>();
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var cell = new CountCell(
                reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), ReadName(reader, names), ReadName(reader, names), ReadName(reader, names),
                ReadName(reader, names), ReadName(reader, names), reader.ReadSByte());
            counts.Add(cell with { Surface = surfaces.Of(cell.Workspace, cell.Surface) }, new(reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64()));
        }

        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var key = new HistogramKey(reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), ReadName(reader, names), ReadName(reader, names));
            counts.Histogram(key).Add(BinCounts.Read(reader));
        }
    }

    /// <summary>A name is written where it first stands; later its number is.</summary>
    private static void WriteName(BinaryWriter writer, Dictionary<string, int> names, string name)
    {
        if (names.TryGetValue(name, out int number))
        {
            writer.Write7BitEncodedInt(number);
            return;
        }

        writer.Write7BitEncodedInt(names.Count);
        writer.Write(name);
        names.Add(name, names.Count);
    }

    private static string ReadName(BinaryReader reader, List<string> names)
    {
        int number = reader.Read7BitEncodedInt();
        if (number == names.Count)
        {
            names.Add(reader.ReadString());
        }

        return names[number];
    }
}
