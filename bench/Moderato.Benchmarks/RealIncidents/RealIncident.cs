using Moderato.Decisions;

namespace Moderato.Benchmarks.RealIncidents;

/// <summary>A content as it came, with what is recorded of it and what only the planter knows.</summary>
internal sealed class RealRow(RealContent content, bool current)
{
    public RealContent Content { get; } = content;

    public bool Current { get; set; } = current;

    /// <summary>Set where the text is a copy with small edits.</summary>
    public string? Edited { get; set; }

    public string Text => Edited ?? Content.Text;

    public string Kind => Content.Kind;

    public double Logit { get; set; }

    public double Score { get; set; }

    public Verdict Verdict { get; set; }

    public bool Violating { get; set; } = content.Violating;

    /// <summary>What the first labeller says; differs from the truth under label noise.</summary>
    public bool Label { get; set; } = content.Violating;

    public Votes Votes { get; set; }

    public long Time { get; set; }

    public int Author { get; set; }

    public string Id { get; set; } = "";

    public bool IsFalsePositive => !Label && Verdict == Verdict.Violating;
}

/// <summary>How an incident is shown: which columns, how the periods are told apart, what labels there are.</summary>
internal sealed record Showing(
    bool Text, bool Time, string? SurfaceColumn, string? LanguageColumn, bool Author, string? ReleaseColumn, bool VerdictColumn, bool Votes, bool SecondLabel,
    Comparison Comparison, bool ScoreRenamed);

internal enum Comparison
{
    Period,
    ReferenceFile,
    Since,
    None,
}

/// <param name="Causes">What is right, the principal first; any of them is right as the principal.</param>
/// <param name="Objective">Stated, where only it shows that something is wrong or where it is stated beside a reference.</param>
internal sealed record RealIncident(
    string Name, IReadOnlyList<string> Causes, IReadOnlyList<RealRow> Rows, double Cut, double CurrentCut, double? ReviewFrom, double? Objective, Showing Showing)
{
    public double FprOf(bool current)
    {
        double safe = Rows.Count(row => row.Current == current && !row.Label);
        return Rows.Count(row => row.Current == current && row.IsFalsePositive) / safe;
    }

    public double PrevalenceOf(bool current) => Rows.Count(row => row.Current == current && row.Violating) / (double)Rows.Count(row => row.Current == current);
}
