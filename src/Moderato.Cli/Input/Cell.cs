using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Moderato.Decisions;

namespace Moderato.Cli.Input;

/// <summary>Turns one cell into a value. An empty cell never comes here.</summary>
/// <returns>Null, or what would be right.</returns>
internal delegate string? CellParser<T>(ReadOnlySpan<byte> cell, out T value);

/// <summary>What the cells of a decision file may hold (CONTRACT, "Decision files").</summary>
internal static class Cell
{
    /// <summary>A rarer label than one in a million millions is a slip, and its weight would swallow all others.</summary>
    private const double LeastProbability = 1e-12;

    private const double MostViews = 1e15;

    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    public static string? Score(ReadOnlySpan<byte> cell, out double score) =>
        Number(cell, out score) && score is >= 0 and <= 1 ? null : "a score is a number from 0 to 1";

    public static string? InclusionProbability(ReadOnlySpan<byte> cell, out double probability) =>
        Number(cell, out probability) && probability is >= LeastProbability and <= 1
            ? null
            : "a probability with which a row came to be labelled is above 0 and at most 1; leave it empty where it is not known";

    public static string? Views(ReadOnlySpan<byte> cell, out double views) =>
        Number(cell, out views) && views is >= 0 and <= MostViews ? null : "views are a number, 0 or more";

    public static string? Label(ReadOnlySpan<byte> cell, out sbyte label)
    {
        label = Binary(cell);
        return label >= 0 ? null : "a label is 1 (violating), 0 (safe) or empty (unknown)";
    }

    public static string? Verdict(ReadOnlySpan<byte> cell, out Verdict verdict)
    {
        (verdict, bool known) = cell switch
        {
            _ when Is(cell, "safe"u8) => (Decisions.Verdict.Safe, true),
            _ when Is(cell, "borderline"u8) => (Decisions.Verdict.Borderline, true),
            _ when Is(cell, "violating"u8) => (Decisions.Verdict.Violating, true),
            _ => (Binary(cell) == 1 ? Decisions.Verdict.Violating : Decisions.Verdict.Safe, Binary(cell) >= 0),
        };
        return known ? null : "a verdict is safe, borderline or violating, or 0 or 1";
    }

    public static string? Votes(ReadOnlySpan<byte> cell, out Votes votes)
    {
        int slash = cell.IndexOf((byte)'/');
        votes = default;
        if (slash > 0
            && Utf8Parser.TryParse(cell[..slash], out int violating, out int read) && read == slash
            && Utf8Parser.TryParse(cell[(slash + 1)..], out int all, out read) && read == cell.Length - slash - 1
            && violating >= 0 && all > 0 && violating <= all)
        {
            votes = new Votes(violating, all);
            return null;
        }

        return "votes are violating votes / all votes, as in 1/3";
    }

    public static string? Source(ReadOnlySpan<byte> cell, out LabelSource source)
    {
        foreach (var known in Enum.GetValues<LabelSource>())
        {
            if (Is(cell, Encoding.UTF8.GetBytes(known.ToString())))
            {
                source = known;
                return null;
            }
        }

        source = LabelSource.Unknown;
        return "a label source is random, audit, queue, appeal, complaint, gold or import";
    }

    public static string? Period(ReadOnlySpan<byte> cell, out Period period)
    {
        period = Is(cell, "reference"u8) ? Decisions.Period.Reference : Decisions.Period.Current;
        return period == Decisions.Period.Reference || Is(cell, "current"u8) ? null : "a period is reference or current";
    }

    public static string? Time(ReadOnlySpan<byte> cell, out IsoTime time) =>
        IsoTime.TryParse(cell, out time) ? null : "a time is ISO 8601, as in 2026-03-01T14:05:00Z or 2026-03-01T14:05:00+02:00";

    /// <summary>The value as an error may show it: numbers, dates and a few known words; of all else only the length, for it might be content.</summary>
    public static string Shown(ReadOnlySpan<byte> cell)
    {
        bool plain = cell.Length <= 40 && cell.IndexOfAnyExcept("0123456789+-.,:/%eETZ "u8) < 0;
        string text = Encoding.UTF8.GetString(cell.Length <= 40 ? cell : []);
        return plain || text.ToLowerInvariant() is "yes" or "no" or "y" or "n" or "t" or "f" or "nan" or "inf" or "null" or "none" or "na" or "n/a"
            or "unknown" or "safe" or "borderline" or "violating" or "spam" or "ham" or "toxic" or "true" or "false" or "flagged" or "ok" or "positive" or "negative"
            ? $"\"{text}\""
            : $"a text of {Encoding.UTF8.GetCharCount(cell)} characters";
    }

    private static sbyte Binary(ReadOnlySpan<byte> cell) =>
        cell.Length == 1 ? (cell[0] is (byte)'0' or (byte)'1' ? (sbyte)(cell[0] - '0') : (sbyte)-1)
        : Is(cell, "true"u8) ? (sbyte)1
        : Is(cell, "false"u8) ? (sbyte)0
        : Number(cell, out double number) && number is 0 or 1 ? (sbyte)number
        : (sbyte)-1;

    private static bool Is(ReadOnlySpan<byte> cell, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(cell, word);

    private static bool Number(ReadOnlySpan<byte> cell, out double number) => Short(cell, out number)
        || double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>"0.1234" and the like, up to 15 digits: both parts are exact doubles, so their quotient is the nearest double.</summary>
    private static bool Short(ReadOnlySpan<byte> cell, out double number)
    {
        number = 0;
        long digits = 0;
        int point = -1;
        if (cell.Length is 0 or > 16)
        {
            return false;
        }

        for (int i = 0; i < cell.Length; i++)
        {
            if (cell[i] == '.' && point < 0)
            {
                point = i;
                continue;
            }

            uint digit = (uint)(cell[i] - '0');
            if (digit > 9)
            {
                return false;
            }

            digits = (digits * 10) + digit;
        }

        int decimals = point < 0 ? 0 : cell.Length - 1 - point;
        if (cell.Length - (point < 0 ? 0 : 1) is 0 or > 15)
        {
            return false;
        }

        number = digits / PowersOfTen[decimals];
        return true;
    }
}
