using Moderato.Decisions;
using Moderato.Investigation.Findings;

namespace Moderato.Investigation.Shift;

/// <summary>
/// How far the texts of the current period can be told from the reference's, by a classifier that never scores a text it was
/// fitted to, nor a near-duplicate of it.
/// </summary>
/// <param name="Evidence">By row, of every row with text, sampled or not.</param>
internal sealed record TextDomain(TextShift Shift, TextEvidence Evidence)
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
        var features = FeatureRows.Of(texts, sample.Rows);
        if (CrossFittedDomain.Of(features, current, folds, seed) is not { } domain)
        {
            return null;
        }

        var (auc, interval, _, p) = domain.Auc;
        return new(new TextShift(auc, interval.Low, interval.High, p, TellingTerms.Of(texts, sample.Rows, current)), ScoreAll(texts, sample, domain.Models, Expectations(table, features, sample, folds)));
    }

    /// <summary>A model of the reference's scores for each fold, fitted to the others; null where a text of the reference has no score.</summary>
    private static ExpectedScoreModel[]? Expectations(DecisionTable table, FeatureRows features, DomainSample sample, int[] folds)
    {
        if (table.Scores is not { } scores || sample.Rows[..sample.Reference].Any(row => double.IsNaN(scores[row])))
        {
            return null;
        }

        double[] targets = Array.ConvertAll(sample.Rows[..sample.Reference], row => ExpectedScoreModel.Target(scores[row]));
        var models = new ExpectedScoreModel[DomainSample.Folds];
        Parallel.For(0, models.Length, fold =>
            models[fold] = ExpectedScoreModel.Fit(features, [.. Enumerable.Range(0, sample.Reference).Where(text => folds[text] != fold)], targets));
        return models;
    }

    private static TextEvidence ScoreAll(PackedStrings texts, DomainSample sample, DomainModel[] models, ExpectedScoreModel[]? expectations)
    {
        var scores = new double[texts.Count];
        double[]? expected = expectations is null ? null : new double[texts.Count];
        var reader = new FeatureRows.Reader(FeatureRows.BytesRead(sample.Rows.Length));
        for (int row = 0; row < scores.Length; row++)
        {
            var features = reader.Read(texts.Utf8(row));
            int fold = sample.FoldOf(row);
            scores[row] = features.IsEmpty ? double.NaN : 1 / (1 + Math.Exp(-models[fold].Score(features)));
            if (expected is not null)
            {
                expected[row] = features.IsEmpty ? double.NaN : expectations![fold].Score(features);
            }
        }

        return new(scores, expected);
    }
}
