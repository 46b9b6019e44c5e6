using System.Text;

namespace Moderato.Decisions;

/// <summary>A column of few distinct values, dictionary-coded: row i holds <c>Values[Codes[i]]</c>, or nothing where the code is −1.</summary>
public sealed record CodedColumn(string Name, int[] Codes, IReadOnlyList<string> Values)
{
    public const int Missing = -1;

    public string? this[int row] => Codes[row] is var code && code == Missing ? null : Values[code];

    /// <param name="mostValues">More distinct values than this, and the column is given up: it names things, it does not group them.</param>
    public sealed class Builder(string name, int mostValues = int.MaxValue)
    {
        private readonly List<byte[]> keys = [];
        private Growing<int> codes = new();
        private int[] slots = new int[64];
        private int last = Missing;

        public string Name => name;

        /// <summary>More than the allowed number of distinct values were seen; nothing is kept.</summary>
        public bool GivenUp { get; private set; }

        public void Add(string? value) => Add(value is null ? [] : Encoding.UTF8.GetBytes(value));

        /// <summary>An empty value is missing.</summary>
        public void Add(ReadOnlySpan<byte> utf8)
        {
            if (GivenUp)
            {
                return;
            }

            int code = utf8.IsEmpty ? Missing : CodeOf(utf8);
            if (!GivenUp)
            {
                codes.Add(code);
            }
        }

        public void AddMissing(int rows)
        {
            if (!GivenUp)
            {
                codes.Add(Missing, rows);
            }
        }

        public CodedColumn Build() => new(name, codes.Build(), [.. keys.Select(Encoding.UTF8.GetString)]);

        private int CodeOf(ReadOnlySpan<byte> utf8)
        {
            // Logs are often sorted by what groups them, so the last value is the likeliest.
            if (last != Missing && utf8.SequenceEqual(keys[last]))
            {
                return last;
            }

            int slot = (int)Utf8Hash.Of(utf8) & (slots.Length - 1);
            while (slots[slot] != 0 && !utf8.SequenceEqual(keys[slots[slot] - 1]))
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            return last = slots[slot] != 0 ? slots[slot] - 1 : New(utf8, slot);
        }

        private int New(ReadOnlySpan<byte> utf8, int slot)
        {
            if (keys.Count == mostValues)
            {
                GivenUp = true;
                keys.Clear();
                codes = new Growing<int>();
                return Missing;
            }

            keys.Add(utf8.ToArray());
            slots[slot] = keys.Count;
            if (keys.Count * 2 > slots.Length)
            {
                Grow();
            }

            return keys.Count - 1;
        }

        private void Grow()
        {
            slots = new int[slots.Length * 2];
            for (int code = 0; code < keys.Count; code++)
            {
                int slot = (int)Utf8Hash.Of(keys[code]) & (slots.Length - 1);
                while (slots[slot] != 0)
                {
                    slot = (slot + 1) & (slots.Length - 1);
                }

                slots[slot] = code + 1;
            }
        }
    }
}
