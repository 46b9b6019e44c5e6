using Moderato.Decisions;
using Moderato.Investigation.Findings;

namespace Moderato.Investigation.Shift;

/// <summary>Step 2: is the content another than before? Most of it needs no label.</summary>
/// <param name="NotAssessed">Which parts of <paramref name="Finding"/> are missing, and what would make them possible.</param>
/// <param name="Texts">By row; null without a text shift.</param>
public sealed record ShiftAnalysis(ShiftFinding Finding, IReadOnlyList<NotAssessed> NotAssessed, TextEvidence? Texts)
{
    /// <summary>What is missing where nothing says what the reference is.</summary>
    internal const string NoReference = "distribution shift";

    public static ShiftAnalysis Of(Evidence evidence, ulong seed)
    {
        var table = evidence.Table;
        var missing = new List<NotAssessed>();
        TextDomain? text = null;
        ScoreShift? score = null;
        IReadOnlyList<ColumnShift> columns = [];
        FprAttribution? attribution = null;
        if (evidence.HasReference)
        {
            var sizes = PeriodSizes.Of(evidence);
            text = Text(table, evidence, seed, missing);
            score = Score(table, sizes, missing) is { } moved ? moved with { Flags = FlagRateMoves.Of(evidence) } : null;
            columns = ColumnShifts.Of(evidence, sizes);
            attribution = FprChange.Of(evidence, seed + 50, out string? whyNot);
            Note(missing, "mix shift and rate change", whyNot);
        }
        else
        {
            missing.Add(new(NoReference, "nothing says what the reference is: give --reference FILE, --since TIME or a column period; bursts and floods need none"));
        }

        var finding = new ShiftFinding(text?.Shift, score, columns, attribution, BurstsOf(evidence, missing), FloodsOf(evidence, missing)) { Days = DaySeries.Of(table) };
        return new(finding, missing, text?.Evidence);
    }

    private static TextDomain? Text(DecisionTable table, Evidence evidence, ulong seed, List<NotAssessed> missing)
    {
        if (table.Texts is not { } texts)
        {
            missing.Add(new("text shift", "the log has no text"));
            return null;
        }

        var domain = TextDomain.Of(table, texts, evidence.Clusters, seed);
        Note(missing, "text shift", domain is null ? $"fewer than {TextDomain.LeastASide} distinct texts in one of the periods" : null);
        return domain;
    }

    private static ScoreShift? Score(DecisionTable table, PeriodSizes sizes, List<NotAssessed> missing)
    {
        if (table.Scores is not { } scores)
        {
            missing.Add(new("score shift", "the log has no scores"));
            return null;
        }

        var shift = ScoreShifts.Of(table, scores, sizes);
        Note(missing, "score shift", shift is null ? "one of the periods has no score, or all scores of the reference are equal" : null);
        return shift;
    }

    private static IReadOnlyList<Burst> BurstsOf(Evidence evidence, List<NotAssessed> missing)
    {
        if (evidence.Table is not { Texts: { } texts, Times: not null })
        {
            missing.Add(new("bursts", evidence.Table.Texts is null ? "the log has no text" : "the log has no time"));
            return [];
        }

        var bursts = Bursts.Of(evidence, texts, out string? whyNot);
        Note(missing, "bursts", whyNot);
        return bursts;
    }

    private static IReadOnlyList<Flood> FloodsOf(Evidence evidence, List<NotAssessed> missing)
    {
        if (evidence.Table.Texts is null)
        {
            missing.Add(new("floods", "the log has no text, so near-duplicates cannot be told"));
            return [];
        }

        return Floods.Of(evidence);
    }

    private static void Note(List<NotAssessed> missing, string what, string? why)
    {
        if (why is not null)
        {
            missing.Add(new(what, why));
        }
    }
}
