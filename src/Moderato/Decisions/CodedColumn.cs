namespace Moderato.Decisions;

/// <summary>A column of few distinct values, dictionary-coded: row i holds <c>Values[Codes[i]]</c>, or nothing where the code is −1.</summary>
public sealed record CodedColumn(string Name, int[] Codes, IReadOnlyList<string> Values)
{
    public const int Missing = -1;

    public string? this[int row] => Codes[row] is var code && code == Missing ? null : Values[code];

    public sealed class Builder(string name)
    {
        private readonly Dictionary<string, int> codeOf = new(StringComparer.Ordinal);
        private readonly List<string> values = [];
        private readonly List<int> codes = [];

        public void Add(string? value)
        {
            if (string.IsNullOrEmpty(value))
            {
                codes.Add(Missing);
                return;
            }

            if (!codeOf.TryGetValue(value, out int code))
            {
                code = values.Count;
                values.Add(value);
                codeOf.Add(value, code);
            }

            codes.Add(code);
        }

        public CodedColumn Build() => new(name, [.. codes], values);
    }
}
