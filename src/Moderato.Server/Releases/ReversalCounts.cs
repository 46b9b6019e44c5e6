using Moderato.Decisions;

namespace Moderato.Server.Releases;

/// <summary>Contents whose verdict would change, by what becomes of them.</summary>
internal sealed class ReversalCounts
{
    public long Restored { get; private set; }

    public long NewlyCaught { get; private set; }

    public long ToReview { get; private set; }

    public long Released { get; private set; }

    public long Bound { get; private set; }

    public long Changed => Restored + NewlyCaught + ToReview + Released;

    /// <summary>Of the verdict that falls; of the new one where there was none.</summary>
    public static string CategoryOf(Decision standing, string? next) => (standing.Verdict > Verdict.Safe ? standing.Category : next) ?? "none";

    public void Add(Verdict from, Verdict to, bool bound)
    {
        if (bound)
        {
            Bound++;
        }
        else if (from == Verdict.Violating)
        {
            Restored++;
        }
        else if (to == Verdict.Violating)
        {
            NewlyCaught++;
        }
        else if (to == Verdict.Borderline)
        {
            ToReview++;
        }
        else
        {
            Released++;
        }
    }
}
