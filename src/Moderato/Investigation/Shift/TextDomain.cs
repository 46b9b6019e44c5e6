using Moderato.Decisions;
using Moderato.Investigation.Findings;

namespace Moderato.Investigation.Shift;

/// <summary>
/// How far the texts of the current period can be told from the reference's, by a classifier that never scores a text it was
/// fitted to, nor a near-duplicate of it.
/// </summary>
/// <param name="Scores">P(current | text) at even odds by row, of every row with text, sampled or not; NaN where nothing of the text could be read.</param>
internal sealed record TextDomain(TextShift Shift, double[] Scores)
{
    /// <summary>Fewer texts a side tell nothing.</summary>
    public const int LeastASide = 50;

    /// <returns>Null when either side has fewer than <see cref="LeastASide"/> distinct texts.</returns>
    public static TextDomain? Of(DecisionTable table, PackedStrings texts, int[] clusters, ulong seed)
    {
        var sample = DomainSample.Of(table, clusters, seed);
        if (sample.Reference < LeastASide || sample.Current < LeastASide)
        {
            return null;
        }

        bool[] current = Array.ConvertAll(sample.Rows, table.IsCurrent);
        int[] folds = Array.ConvertAll(sample.Rows, sample.FoldOf);
        if (CrossFittedDomain.Of(FeatureRows.Of(texts, sample.Rows), current, folds, seed) is not { } domain)
        {
            return null;
        }

        var (auc, interval, _, p) = domain.Auc;
        return new(new TextShift(auc, interval.Low, interval.High, p, TellingTerms.Of(texts, sample.Rows, current)), ScoreAll(texts, sample, domain.Models));
    }

    private static double[] ScoreAll(PackedStrings texts, DomainSample sample, DomainModel[] models)
    {
        var scores = new double[texts.Count];
        var reader = new FeatureRows.Reader(FeatureRows.BytesRead(sample.Rows.Length));
        for (int row = 0; row < scores.Length; row++)
        {
            var features = reader.Read(texts.Utf8(row));
            scores[row] = features.IsEmpty ? double.NaN : 1 / (1 + Math.Exp(-models[sample.FoldOf(row)].Score(features)));
        }

        return scores;
    }
}
