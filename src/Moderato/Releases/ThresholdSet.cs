using Moderato.Decisions;

namespace Moderato.Releases;

/// <summary>The cuts of one category, and where they differ by language or surface.</summary>
public sealed record CategoryThresholds
{
    public required Cuts Cuts { get; init; }

    /// <summary>None where a file leaves it out: the reader made at build sets what is absent to null.</summary>
    public IReadOnlyList<ThresholdException> Exceptions { get; init => field = value ?? []; } = [];

    /// <summary>The cuts of the exception that names most of what this content is, the first of several; else the category's own.</summary>
    public Cuts For(string? language, string? surface)
    {
        var cuts = Cuts;
        if (Exceptions.Count == 0)
        {
            return cuts;
        }

        int best = 0;
        foreach (var exception in Exceptions)
        {
            int named = exception.Matches(language, surface);
            if (named > best)
            {
                (cuts, best) = (exception.Cuts, named);
            }
        }

        return cuts;
    }
}

/// <summary>Other cuts for one language, one surface, or one language on one surface.</summary>
public sealed record ThresholdException
{
    public string? Language { get; init; }

    public string? Surface { get; init; }

    public required Cuts Cuts { get; init; }

    /// <summary>How many of its conditions hold; 0 when one does not.</summary>
    internal int Matches(string? language, string? surface) =>
        (Language is null || Language == language) && (Surface is null || Surface == surface)
            ? (Language is null ? 0 : 1) + (Surface is null ? 0 : 1)
            : 0;
}
